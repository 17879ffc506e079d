//! The ethics committee: who sits on it, who may open which case, and who may do what.
//!
//! - [`MemberProfile`], [`Seat`]: the persons and their places (DOMAIN §3.1).
//! - [`conflict`]: who may not know of a case, found in what was filed (DOMAIN §3.3).
//! - [`entitlement`]: who gets the key of a new case.
//! - [`quorum`]: whether enough are left to act (DOMAIN §3.2).
//! - [`policy`]: the one function that says who may do what on which case (DOMAIN §14.1).
//!
//! Nothing here knows keys, sessions or pages: those ask, and do as they are told.

mod act;
pub mod alike;
pub mod conflict;
pub mod entitlement;
#[cfg(test)]
mod laws;
mod member;
mod names;
#[cfg(test)]
pub(crate) mod people;
pub mod policy;
mod posts;
pub mod quorum;
#[cfg(test)]
mod random;
mod seat;
mod shown;
mod units;
pub(crate) mod words;

pub use act::Act;
pub use conflict::{Conflict, Doubt, Findings, Reason};
pub use entitlement::Entitlement;
pub use member::{
    Ground, MemberId, MemberProfile, NameFault, NotAMemberId, PersonName, Standing, Term, Unit,
};
pub use names::How;
pub use policy::{Actor, Relation, Ruling};
pub use quorum::{Shortage, Sufficiency};
pub use seat::Seat;
pub use shown::ShownGround;
