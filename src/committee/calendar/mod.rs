//! The committee's calendar: the official list of non-working days that it chose, and the days on which terms stand
//! still, both because the Secretaría Técnica entered so (DOMAIN §12; LFPA 28).
//!
//! - [`entered`]: what is entered, and what makes it a calendar. No I/O.
//! - [`book`]: where it is kept, sealed as all records of the committee are.
//!
//! The desk and the worker count by one [`SharedCalendar`], which takes over what is entered at once;
//! every process reads what others entered before each round. A sealed service counts by what it last
//! knew.
//!
//! Intake counts the day of reception by it too: triage announces the days alone, signed and in clear, since
//! intake can open nothing that is sealed to the committee ([`Ledger::announced`]). The sweep of leftover
//! files goes by the calendar that the programs are built with, and takes into account every one by which a
//! letter may have been dated ([`Ledger::ever`]).
//!
//! # Roads not taken
//!
//! - *Removing a row to take a suspension back* would leave nothing to tell why terms once came out
//!   otherwise. It is marked instead.
//! - *Changing running terms by itself*: terms that come out otherwise are shown, and a person takes them
//!   over (`domain::procedure::Move::Recount`).

pub mod book;
pub mod entered;
#[cfg(test)]
mod tests;

use std::sync::{Arc, PoisonError, RwLock};

use domain::calendar::Calendar;

pub use self::book::{CalendarBook, CalendarError, Kept, Ledger};
pub use self::entered::{ChosenProfile, EntryFault, Suspended, SuspensionId, Withdrawn};

/// The calendar that all parts of a process count by. Its copies are one and the same.
#[derive(Debug, Clone, Default)]
pub struct SharedCalendar(Arc<RwLock<Arc<Calendar>>>);

impl SharedCalendar {
    /// The calendar as it is now. Whoever does several things that have to agree asks once.
    pub fn now(&self) -> Arc<Calendar> {
        // Replacing is a single step, so a panic elsewhere leaves it sound.
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on this one.
    pub fn replace(&self, calendar: Calendar) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(calendar);
    }
}
