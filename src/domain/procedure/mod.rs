//! The procedure of a complaint before the committee, as a type: where it stands, who may do what next,
//! and which terms run (DOMAIN §4).
//!
//! A [`Course`] is all of a case that decides which moves are open. [`Course::apply`] makes a [`Move`]:
//! it checks who, when and what, and gives the course that follows, the clocks that started and stopped,
//! and which message the complainant gets. Nothing here writes, reads the time or knows of keys: the day
//! and the calendar come in; how long a term is, [`TermKey::term`] says; who keeps it, and how many of
//! what, the catalogue `procedure.toml`. A course holds no words of anybody: those are in the steps.
//!
//! Where the norms leave something open, the stricter for the committee holds, and the safer for the
//! person; the comment at each place says which.
//!
//! [`TermKey::term`]: crate::catalogue::TermKey::term

mod apply;
mod clock;
mod codes;
mod course;
mod moves;
mod notice;
mod open;
mod reach;
mod records;
mod recount;
mod refused;
mod rights;
mod session;
mod side;
mod signal;
mod step;

pub use clock::{About, Clock, Ending, Extension, Owner, Stop};
pub use codes::{
    EarlyCause, Element, IncompetenceCause, JoinCause, Mark, MeasureKind, NoProcedureCause,
    PaperKind, Party, Proposal, RecommendationKind, RecommendationState, Sense, SessionKind,
};
pub use course::{Course, is_final};
pub use moves::{Move, MoveKind};
pub use notice::ProcedureNotice;
pub(crate) use reach::is_in_reach;
pub use records::{
    Classification, Decision, Prevention, Recommendation, Registration, Settlement, Summons,
};
pub use recount::Recounted;
pub use refused::{Field, Needed, Refused};
pub use rights::{makes, when_unanswered};
pub use session::{Agreement, Votes};
pub use side::{Measure, MeasureState, Referral};
pub use signal::{Signal, signal};
pub use step::{NewRecommendation, Opinion, Paper, Step, limits};

use crate::calendar::Calendar;
use crate::catalogue::TermKey;
use crate::committee::Seat;

/// Who makes a move. The service makes none: what follows on silence, too, a person confirms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A member, by the seat; a suplente has the titular's.
    Member(Seat),
    /// Whoever filed.
    Complainant,
}

/// By what a move is counted.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// The committee's calendar.
    pub calendar: &'a Calendar,
}

/// What follows of a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The course from now on.
    pub course: Course,
    /// Clocks that run from now on, or with another last day than they had.
    pub started: Vec<Clock>,
    /// Clocks that stand from now on.
    pub stopped: Vec<(TermKey, Stop)>,
    /// Which message the complainant gets.
    pub notice: Option<ProcedureNotice>,
}

#[cfg(test)]
mod tests;
