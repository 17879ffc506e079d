//! The ethics committee: who sits on it, who may open which case, and who may do what.
//!
//! - [`MemberProfile`], [`Seat`]: the persons and their places (DOMAIN §3.1).
//! - [`policy`]: the one function that says who may do what on which case (DOMAIN §14.1).
//!
//! Nothing here knows keys, sessions or pages: those ask, and do as they are told.

mod member;
pub mod policy;
mod seat;

pub use member::{
    Ground, MemberId, MemberProfile, NameFault, NotAMemberId, PersonName, Standing, Term, Unit,
};
pub use policy::{Act, Actor, Relation, Ruling};
pub use seat::Seat;
