//! What the unsealed service of the committee works with, over its stores and without any page: keys,
//! members, who may open which case, and the log of what was done.
//!
//! - [`keyring`]: what an unsealed service holds in memory, and nothing else holds anywhere.
//! - [`members`]: who can sign in, and with what.
//! - [`places`]: where each thing is sealed for.
//! - [`waiting`]: what waits for any of its keys.
//!
//! Only triage, the operator's program and tests may depend on this crate.

pub mod keyring;
pub mod members;
pub mod places;
pub mod waiting;
