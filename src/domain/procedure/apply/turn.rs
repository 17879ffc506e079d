//! A move in the making: clocks, states and decisions, as every move needs them.

use jiff::civil::Date;

use crate::calendar::Calendar;
use crate::case::CaseState;
use crate::catalogue::TermKey;
use crate::procedure::clock::{About, Clock, Ending, Stop};
use crate::procedure::codes::SessionKind;
use crate::procedure::course::{Course, is_final};
use crate::procedure::moves::MoveKind;
use crate::procedure::notice::ProcedureNotice;
use crate::procedure::records::Decision;
use crate::procedure::refused::{Field, Refused};
use crate::procedure::session::Agreement;
use crate::procedure::step::limits;
use crate::procedure::{By, Rules};

/// A move in the making.
pub(super) struct Turn<'a> {
    pub(super) course: Course,
    pub(super) kind: MoveKind,
    pub(super) by: By,
    pub(super) today: Date,
    /// The day that it is in any calendar; where only the legal day is known, the first that counts as it.
    pub(super) entered_on: Date,
    pub(super) rules: &'a Rules<'a>,
    pub(super) started: Vec<Clock>,
    pub(super) stopped: Vec<(TermKey, Stop)>,
    pub(super) notice: Option<ProcedureNotice>,
}

impl Turn<'_> {
    /// Starts a clock with what happened on `on`, unless it runs already: it is never begun anew to win
    /// time.
    pub(super) fn start(&mut self, key: TermKey, about: About, on: Date) -> Result<(), Refused> {
        if self.course.clock(key, about).is_none() {
            let clock = Clock::start(key, about, on, self.rules.calendar)?;
            let clock = clock.entered(self.entered_on);
            self.started.push(clock.clone());
            self.course.clocks.push(clock);
        }
        Ok(())
    }

    /// What has to be done in a term was done on `on`.
    pub(super) fn keep(&mut self, key: TermKey, about: About, on: Date) {
        self.stop_where(on, None, |clock| {
            clock.key() == key && clock.about() == about
        });
    }

    /// Nothing is left to be done in a term.
    pub(super) fn drop_clock(&mut self, key: TermKey, about: About) {
        let how = Some(Ending::Dropped);
        self.stop_where(self.today, how, |clock| {
            clock.key() == key && clock.about() == about
        });
    }

    /// Stops the running clocks of which `which` says so; without `how`, by whether `on` is in time.
    pub(super) fn stop_where(
        &mut self,
        on: Date,
        how: Option<Ending>,
        which: impl Fn(&Clock) -> bool,
    ) {
        let calendar = self.rules.calendar;
        for clock in &mut self.course.clocks {
            if clock.is_running() && which(clock) {
                let in_time = if calendar.is_over_on(clock.due_on(), on) {
                    Ending::Late
                } else {
                    Ending::Kept
                };
                let stop = clock.stop(on, how.unwrap_or(in_time));
                self.stopped.push((clock.key(), stop));
            }
        }
    }

    /// Lets the last clock of a term about the case go on, with the last day that it had; says whether
    /// there is one that can.
    pub(super) fn resume(&mut self, key: TermKey) -> bool {
        let mut clocks = self.course.clocks.iter_mut().rev();
        let Some(clock) = clocks.find(|clock| clock.key() == key && clock.about() == About::Case)
        else {
            return false;
        };
        if clock.is_running() {
            return true;
        }
        if clock.stopped().map(|stop| stop.how) == Some(Ending::Dropped) {
            return false;
        }
        clock.resume();
        self.started.push(clock.clone());
        true
    }

    /// The case enters a state; nothing out of it may be of an earlier day than `on`. At an end, what
    /// nobody is owed any more stands still.
    pub(super) fn enter(&mut self, state: CaseState, on: Date) {
        self.course.state = state;
        self.course.since = on;
        if is_final(state) {
            self.keep(TermKey::ConclusionTotal, About::Case, on);
            self.stop_where(self.today, Some(Ending::Dropped), |clock| {
                !outlives_the_case(clock.key())
            });
        }
    }

    /// Takes note of a decision, of which those concerned have to be told.
    pub(super) fn decide(&mut self, on: Date, agreement: Option<Agreement>) -> Result<(), Refused> {
        self.note(on, agreement, None)?;
        let about = About::Decision(number(self.course.decisions.len()));
        self.start(TermKey::NotificarAcuerdo, about, on)
    }

    /// Takes note of a decision.
    pub(super) fn note(
        &mut self,
        on: Date,
        agreement: Option<Agreement>,
        notified_on: Option<Date>,
    ) -> Result<(), Refused> {
        at_most(self.course.decisions.len() + 1, limits::PER_CASE)?;
        self.course.decisions.push(Decision {
            kind: self.kind,
            step: self.course.steps,
            on,
            agreement,
            notified_on,
        });
        Ok(())
    }

    /// Checks what a session decided; gives its day.
    pub(super) fn agreed(&mut self, agreement: &Agreement) -> Result<Date, Refused> {
        let on = self.within(Field::HeldOn, agreement.held_on, self.course.since)?;
        // The installation only installs (CHIS 21).
        if agreement.kind == SessionKind::Installation {
            return Err(self.wrong_code(agreement.kind.code()));
        }
        if !agreement.votes.carry() {
            return Err(Refused::NotCarried);
        }
        self.course.session_on = None;
        Ok(on)
    }

    /// Checks that a day lies between `from` and today.
    pub(super) fn within(&self, field: Field, on: Date, from: Date) -> Result<Date, Refused> {
        since(field, on, from, self.today, self.rules.calendar)
    }

    pub(super) fn wrong_code(&self, code: &'static str) -> Refused {
        Refused::WrongCode {
            kind: self.kind,
            code,
        }
    }
}

/// Checks that a day lies between two others.
pub(super) fn between(field: Field, on: Date, from: Date, to: Date) -> Result<Date, Refused> {
    if (from..=to).contains(&on) {
        Ok(on)
    } else {
        Err(Refused::DayOutside { field, from, to })
    }
}

/// Checks that a day lies between `from` and today. What was done under a calendar of then may bear a day that
/// is later than it was done: then it is the first on which it may have been.
pub(super) fn since(
    field: Field,
    on: Date,
    from: Date,
    today: Date,
    calendar: &Calendar,
) -> Result<Date, Refused> {
    let from = calendar.done_from(from);
    between(field, on, from.min(today), today)
}

/// The number of the entry that is the `count`th; lists are bounded far below what it can hold.
pub(super) fn number(count: usize) -> u16 {
    u16::try_from(count).expect("`limits` keeps every list short")
}

/// What is owed to people even when the case is at its end.
pub(super) const fn outlives_the_case(key: TermKey) -> bool {
    matches!(
        key,
        TermKey::NotificarAcuerdo | TermKey::VistaFaltaGrave | TermKey::MedidasProteccionHsas
    )
}

/// Refuses a list that is too long.
pub(super) fn at_most(count: usize, most: usize) -> Result<(), Refused> {
    (count <= most)
        .then_some(())
        .ok_or(Refused::TooMany { most })
}
