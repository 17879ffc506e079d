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
//! - [`PersonIdentity`]: the key of a member, or of a holder of the last resort.
//! - [`case_ring`]: a case's key wrapped for those who may open it, naming none of them.
//! - [`recovery`]: a case's key in pieces, for when no entitled member is left.
//! - [`OwnKey`]: what the service keeps for itself, sealed and authenticated.
//! - [`evidence`]: opens the chunks of the files that a letter names.
//! - [`LookupHasher`]: finds the case of a mailbox without storing the lookup id.

mod case_key;
pub mod case_ring;
pub mod custody;
mod error;
pub mod evidence;
mod identity;
mod lookup;
mod own;
mod person;
mod protected;
pub mod recovery;

pub use self::case_key::{CaseKey, CaseRecipient};
pub use self::error::{IdentityError, OpenError, ProtectedError, ResealError};
pub use self::identity::{CommitteeIdentity, TooManyKeys};
pub use self::lookup::LookupHasher;
pub use self::own::{OWN_SIZES, OwnKey};
pub use self::person::{PersonIdentity, PersonRecipient};
pub use self::protected::Passphrase;
