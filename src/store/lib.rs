//! What storage must do, in the words of the domain; the drivers `store-sqlite` and `store-postgres`
//! do it, and pass one and the same suite.
//!
//! There are two stores. The [`mailroom`] is what both services reach: sealed envelopes in, sealed
//! replies out. The [`casefiles`] belong to triage alone; intake has neither address nor credentials
//! of them.
//!
//! One method is one unit of work and one transaction: when it returns `Ok`, the work is durable
//! (committed and synced); when it returns an error, nothing of it is visible. No transaction
//! crosses a trait. The traits are dyn-safe, so that a service is written once and chooses the driver
//! by the URL's scheme.
//!
//! Rules that every driver keeps, each with a test in the `conformance` module:
//! - no column and, after [`shuffle`](mailroom::TriageMailroom::shuffle), no physical order tells in
//!   which order rows came or at what time of day;
//! - absence is `Ok(None)` or an empty list, never an error;
//! - what is done twice under the same id is done once.
//!
//! *The road not taken:* `sqlx::Any` or handlers generic over the database. One copy of the SQL would
//! lose the check of each statement against each engine at compile time.

pub mod casefiles;
mod chunk;
#[cfg(feature = "conformance")]
pub mod conformance;
mod error;
pub mod log;
pub mod mailroom;
pub mod records;
pub mod rings;
pub mod shelves;
pub mod steps;

pub use self::chunk::StoredChunk;
pub use self::error::StoreError;
