//! What the unsealed service of the committee works with, over its stores and without any page: keys,
//! members, who may open which case, and the log of what was done.
//!
//! - [`keyring`]: what an unsealed service holds in memory, and nothing else holds anywhere.
//! - [`alike`]: cases that may concern the same person or unit.
//! - [`anchor`]: what has to be there, so that nothing is taken away or put back unnoticed.
//! - [`acts`]: what takes two members.
//! - [`kept`]: how long a case is kept, and [`certificate`]: what is left of one that was deleted.
//! - [`incidents`]: security incidents, and what those who filed are told of them.
//! - [`calendar`]: the days on which the committee's terms stand still.
//! - [`log`]: what was done, and by whom, in a chain that shows every change.
//! - [`members`]: who can sign in, and with what.
//! - [`last_resort`]: opening a case again when no member is left who can.
//! - [`places`]: where each thing is sealed for.
//! - [`rotation`]: sealing everything anew when the committee's key changes.
//! - [`shelf`]: small records of one kind, each sealed for its place.
//! - [`waiting`]: what waits for any of its keys.
//! - [`people`]: who the members are, as far as entitlements are concerned.
//! - [`circle`]: who may open a case, who may know of it, for whom it does not exist.
//! - [`course`]: how each case stands in the procedure.
//! - [`documents`]: where the documents of a case are sealed for.
//! - [`feedback`]: what the committee made of what was proposed.
//! - [`proposal`]: what the machine proposed for a case, and what of it is shown when.
//!
//! Only triage, the operator's program and tests may depend on this crate.

pub mod access;
pub mod acts;
pub mod alike;
pub mod anchor;
pub mod calendar;
pub mod certificate;
pub mod circle;
pub mod course;
pub mod documents;
pub mod feedback;
pub mod former_words;
pub mod incidents;
pub mod kept;
pub mod keyring;
pub mod last_resort;
pub mod log;
pub mod members;
pub mod people;
pub mod places;
pub mod proposal;
pub mod readable;
pub mod rotation;
pub mod shelf;
pub mod waiting;
