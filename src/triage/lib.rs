//! The committee's service: it opens what intake sealed, proposes a risk and a route, keeps the case
//! files, and shows them to the committee.
//!
//! - [`vault`]: sealed or open, and how the members' shares open it.
//! - [`worker`]: from an envelope in the mailroom to a case with a first reply, exactly once.
//! - [`documents`]: what is sealed to a case's key.
//! - [`desk`]: the committee's pages and API.
//! - [`upkeep`]: what is done once a day, sealed or not: leftovers are swept, both stores rewritten.
//! - [`mail`]: notices to members at fixed moments, beside the worker.
//! - [`settings`] and [`start`]: how the program is set up.
//!
//! Without an identity the service starts *sealed*: the desk says so, and nothing is opened.

mod announcing;
pub mod desk;
pub mod documents;
mod key_files;
mod mail;
pub mod settings;
mod standing;
pub mod start;
mod sweep;
#[cfg(test)]
mod testing;
pub mod upkeep;
pub mod vault;
pub mod worker;
