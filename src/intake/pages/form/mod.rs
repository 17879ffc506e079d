//! The form of a complaint: its table of controls, what a browser sends of it, and how it is shown
//! again with what was written.

mod draft;
mod fields;
mod table;
mod view;

pub(super) use self::draft::to_draft;
pub(super) use self::fields::{Fields, NotAForm};
pub(super) use self::table::Widget;
pub(super) use self::view::FormView;
