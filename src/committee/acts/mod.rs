//! Acts that take two members: one asks, another agrees, and only then is anything done.
//!
//! - [`asked`]: what can be asked for, each with what it needs.
//! - [`pending`]: how far an act is, and who may take it further. No I/O; it asks the policy.
//! - [`book`]: where acts are kept, sealed as everything about members and cases is.
//! - [`effect`]: doing what two members agreed on.
//!
//! # Why nobody completes an act alone
//!
//! An act changes only from the bytes that were read: of fifty who agree at once, one counts, and the
//! others find the act closed. Who asked can never agree. Both have to be allowed at the moment of the
//! yes: whoever was kept out of the case, or left the committee, since they asked, has asked for nothing.
//!
//! What is agreed is kept before it is done, and doing it twice is the same as doing it once: an act that
//! was broken off is carried on by whoever comes next.
//!
//! # Roads not taken
//!
//! - *A list of those who agreed*, for more than two: the norms ask for one other, and a quorum is the
//!   committee's session, not this service's.
//! - *Doing it when the asker comes back*: the asker might not; deleting would stay undone after both said
//!   yes.

pub mod asked;
pub mod book;
pub mod effect;
pub mod pending;
#[cfg(test)]
mod tests;

pub use self::asked::{ActId, Asked, CaseRef, Reason};
pub use self::book::{Book, BookError, Draft, Kept};
pub use self::effect::{Effect, EffectError, Hands};
pub use self::pending::{ActError, PendingAct, Stage, State, Who};
