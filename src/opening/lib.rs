//! What the committee's side holds: the identity that opens envelopes, and the keys of cases.
//!
//! Only triage, the operator's program and tests may depend on this crate; `cargo deny` and the
//! `boundary` test see to it that intake never does.
//!
//! - [`CommitteeIdentity`]: made by `guiando keys generate`, kept under a passphrase, opens
//!   envelopes with [`CommitteeIdentity::open`].
//! - [`custody`]: the identity split among members, so that some of them together open and none alone.
//! - [`CaseKey`]: each case has its own; documents of a case are sealed to its public half, so the
//!   service can always add, and the private half is wrapped for whoever may read.
//! - [`evidence`]: opens the chunks of the files that a letter names.
//! - [`LookupHasher`]: finds the case of a mailbox without storing the lookup id.

mod case_key;
pub mod custody;
mod error;
pub mod evidence;
mod identity;
mod lookup;
mod protected;

pub use self::case_key::{CaseKey, CaseRecipient};
pub use self::error::{IdentityError, OpenError, ProtectedError};
pub use self::identity::CommitteeIdentity;
pub use self::lookup::LookupHasher;
pub use self::protected::Passphrase;
