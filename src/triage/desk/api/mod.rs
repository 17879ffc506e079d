//! The interface for programs: JSON in, JSON or problem details out.

pub(super) mod acts;
pub(super) mod attentions;
pub(super) mod case;
pub(super) mod cases;
mod conflicts;
mod frame;
pub(super) mod incidents;
pub(super) mod letters;
pub(super) mod log;
pub(super) mod matters;
pub(super) mod meetings;
pub(super) mod openapi;
pub(super) mod originals;
pub(super) mod papers;
pub(super) mod recusals;
pub(super) mod retention;
pub(super) mod schemas;
pub(super) mod session;
pub(super) mod transitions;
pub(super) mod versions;
