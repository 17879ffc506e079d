//! The form of a complaint: its table of steps, what a browser sends of one, what was answered so
//! far, and how it is shown again.

mod answers;
mod draft;
mod fields;
mod summary;
mod table;
mod view;

pub(super) use self::answers::{Answers, Refused};
pub(super) use self::draft::to_draft;
pub(super) use self::fields::{Fields, NotAForm};
pub(super) use self::summary::{Shown, StepSummary, summary};
pub(super) use self::table::{Group, STEPS, Step, Widget};
pub(super) use self::view::{StepView, less_button, more_button};
