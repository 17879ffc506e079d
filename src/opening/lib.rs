//! What the committee's side holds: the identity that opens envelopes, and the keys of cases.
//!
//! Only triage, the operator's program and tests may depend on this crate; `cargo deny` and the
//! `boundary` test see to it that intake never does.
//!
//! - [`CommitteeIdentity`]: made by `guiando keys generate`, kept under a passphrase, opens
//!   envelopes with [`CommitteeIdentity::open`].
//! - [`CaseKey`]: each case has its own; documents of a case are sealed to its public half, so the
//!   service can always add, and the private half is wrapped for whoever may read.
//! - [`evidence`]: opens the chunks of the files that a letter names.
//! - [`LookupHasher`]: finds the case of a mailbox without storing the lookup id.

mod case_key;
mod error;
pub mod evidence;
mod identity;
mod lookup;

pub use self::case_key::{CaseKey, CaseRecipient};
pub use self::error::{IdentityError, OpenError};
pub use self::identity::{CommitteeIdentity, Passphrase};
pub use self::lookup::LookupHasher;
