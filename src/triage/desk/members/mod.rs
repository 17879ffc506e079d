//! Who the members are: `/integrantes` and below, and `/fundar` while there are none.

pub(super) mod amend;
pub(super) mod changes;
mod form;
pub(super) mod founding;
mod list;
pub(super) mod wording;

pub(super) use self::list::{export, export_holders, show};
