//! Who the members are: `/integrantes`, and `/fundar` while there are none.

pub(super) mod changes;
mod form;
pub(super) mod founding;
mod list;

pub(super) use self::list::show;
