//! How each case stands in the procedure, as an unsealed service keeps it: the [`Course`], sealed, and
//! the terms that run, in clear.
//!
//! The course holds no text of anybody: what was decided, and why, are documents of the case, sealed to
//! its key. So the service can count terms and tell which moves are open while nobody is signed in.
//!
//! In clear each term stands once, though it may run several times in one case, for each
//! recommendation or decision: the register has the one that ends first, which is the one to look at.

use domain::calendar::{Calendar, CalendarError};
use domain::case::Deadline;
use domain::catalogue::TermKey;
use domain::procedure::{About, Clock, Course};
use jiff::civil::Date;
use opening::OpenError;
use sealing::SealError;
use store::casefiles::{CaseHandle, CaseId, RegisterEntry, RunningTerm};
use store::steps::{CaseChange, NewCourse};

use crate::keyring::Keyring;
use crate::places;

/// Least bytes of a sealed course, so that most cases have one of the same size.
const LEAST: usize = 4 << 10;

/// The course of a case that is received on a day, with these terms running.
///
/// Of a complaint only its legal day is known. If that is one that a suspension made, its terms count from the
/// first suspended day should the suspension be taken back: the committee has less time then, and nobody waits
/// longer than they have to.
///
/// # Errors
/// [`CalendarError`] when a term ends beyond the civil calendar.
pub fn begin(
    received_on: Date,
    terms: impl IntoIterator<Item = TermKey>,
    calendar: &Calendar,
) -> Result<Course, CalendarError> {
    let entered_on = calendar.suspended_since(received_on);
    let clocks = terms
        .into_iter()
        .map(|key| {
            let clock = Clock::start(key, About::Case, received_on, calendar)?;
            Ok(clock.entered(entered_on))
        })
        .collect::<Result<_, _>>()?;
    Ok(Course::begin(received_on, clocks))
}

/// The terms that run, as the register says, of a case of before courses were kept.
pub fn clocks(register: &RegisterEntry) -> Vec<Clock> {
    let clocks = register.terms.iter().map(|term| {
        let Deadline { key, due_on } = term.deadline;
        Clock::running_since(key, About::Case, term.starts_on, due_on)
    });
    clocks.collect()
}

/// The course of a case; one of before courses were kept stands where the register says.
///
/// # Errors
/// [`OpenError`] when it was altered, or belongs to another case.
pub fn open(
    keyring: &Keyring,
    case: &CaseHandle,
    register: &RegisterEntry,
) -> Result<Course, OpenError> {
    let Some(sealed) = &case.course else {
        let clocks = clocks(register);
        return Ok(Course::adopt(
            case.state,
            register.received_on,
            clocks,
            None,
        ));
    };
    keyring.open_record(&places::course(case.id), sealed)
}

/// Seals a course.
///
/// # Errors
/// See [`SealError`].
pub fn seal(keyring: &Keyring, case: CaseId, course: &Course) -> Result<Vec<u8>, SealError> {
    keyring.seal_record(&places::course(case), course, LEAST)
}

/// The terms that run in a course, each once.
pub fn terms(course: &Course) -> Vec<RunningTerm> {
    let mut terms: Vec<RunningTerm> = Vec::new();
    for clock in course.running() {
        let found = RunningTerm {
            deadline: clock.deadline(),
            starts_on: clock.starts_on(),
        };
        let same = terms
            .iter_mut()
            .find(|term| term.deadline.key == found.deadline.key);
        match same {
            Some(term) if found.deadline.due_on < term.deadline.due_on => *term = found,
            Some(_) => {}
            None => terms.push(found),
        }
    }
    terms
}

/// What is to be written when a case takes another course.
///
/// # Errors
/// See [`SealError`].
pub fn change(
    keyring: &Keyring,
    case: &CaseHandle,
    before: &[RunningTerm],
    after: &Course,
) -> Result<CaseChange, SealError> {
    let runs = terms(after);
    let stop = before.iter().map(|term| term.deadline.key);
    let stop = stop.filter(|key| !runs.iter().any(|term| term.deadline.key == *key));
    Ok(CaseChange {
        state: Some((case.state, after.state())),
        stop: stop.collect(),
        start: runs
            .iter()
            .filter(|term| !before.contains(term))
            .copied()
            .collect(),
        confirmed: None,
        course: Some(NewCourse {
            expected: case.course.clone(),
            sealed: seal(keyring, case.id, after)?,
        }),
    })
}
