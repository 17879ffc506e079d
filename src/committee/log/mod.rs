//! The log of the committee's acts: who did what and when, sealed, chained and signed, so that whoever
//! runs the machine can neither read it nor change it unseen.
//!
//! - [`Entry`]: what is written. Never what a complaint says, who filed it, or from where somebody came.
//! - [`Logbook`] and [`Recorder`]: writing, always *before* the act; without an entry there is no act.
//! - [`Verifier`]: checking with no secret; what `guiando audit verify` does.
//! - [`view`]: which entries somebody may read, and under which numbers.
//! - `chain`: hashes, signatures, and how the log goes on when the committee's key changes.
//!
//! # What it shows, and what not
//!
//! Whoever has the database and not the committee's key can alter no entry, make none up, take none
//! away in the middle, and put none elsewhere, without `guiando audit verify` naming it. Entries that are
//! cut off at the *end*, or a log that is taken away whole, show against a head (position and hash) that was
//! noted. The service notes one itself, in the [anchor](crate::anchor), at its start and within a minute of
//! each entry, and writes nothing into a log that does not have it. It prints one each day, and the members
//! see its hash: by that alone it shows when somebody put *everything* back as it was. Whoever has the
//! committee's key can rewrite everything.
//!
//! The worker writes nothing: its entries would tell in which order complaints came. What it ruled is
//! entered as the next day begins, see [`rulings`](crate::access::rulings).
//!
//! # Roads not taken
//!
//! - *Sealing entries under the service's own key* would make them unreadable once an old committee key is
//!   given up, for entries cannot be sealed anew without breaking the chain. They have a key of their
//!   own, which a handover carries on.
//! - *A column for the key, or for the kind*: whoever reads the database would see it at every row. The few
//!   key entries stand in the place of sealed ones.

mod chain;
mod entry;
mod logbook;
mod read;
mod recorder;
mod refusals;
#[cfg(test)]
mod tests;
mod verify;
pub mod view;

pub use chain::{Head, LogKey, NotALogKey, NotNoted, Noted};
pub use entry::{Actor, Amended, Entry, Event, Members};
pub use logbook::{LogError, Logbook, Pen};
pub(crate) use read::generation;
pub use read::{Content, Opened};
pub use recorder::{Proposed, Recorder};
pub use verify::{Fault, Verdict, Verifier};
