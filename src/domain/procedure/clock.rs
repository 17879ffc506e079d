//! A legal term that runs in a case: since when, until when, and who has to keep it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::{Amount, Calendar, CalendarError, Unit};
use crate::case::Deadline;
use crate::catalogue::{TermKey, current};
use crate::coded_enum;
use crate::committee::Seat;

coded_enum! {
    /// Who has to keep a term.
    pub enum Owner {
        /// Presidencia.
        Presidencia = "PRESIDENCIA",
        /// Secretaría Ejecutiva.
        SecretariaEjecutiva = "SECRETARIA_EJECUTIVA",
        /// Secretaría Técnica.
        SecretariaTecnica = "SECRETARIA_TECNICA",
        /// Representation of the control body.
        RepresentacionOic = "REPRESENTACION_OIC",
        /// Persona consejera.
        Consejera = "CONSEJERA",
        /// Whoever filed.
        Complainant = "DENUNCIANTE",
        /// The denounced person.
        Denounced = "DENUNCIADA",
        /// The head of a unit.
        Unit = "UNIDAD",
    }
}

impl Owner {
    /// Who has to keep this term, as the catalogue says.
    pub fn of(key: TermKey) -> Self {
        current().procedure().owner(key).owner
    }

    /// The seat of the committee that it is; `None` for those who have none.
    pub const fn seat(self) -> Option<Seat> {
        match self {
            Self::Presidencia => Some(Seat::Presidencia),
            Self::SecretariaEjecutiva => Some(Seat::SecretariaEjecutiva),
            Self::SecretariaTecnica => Some(Seat::SecretariaTecnica),
            Self::RepresentacionOic => Some(Seat::RepresentacionOic),
            Self::Consejera => Some(Seat::Consejera),
            Self::Complainant | Self::Denounced | Self::Unit => None,
        }
    }
}

/// What a clock is about: the same term may run several times at once in one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    content = "number",
    rename_all = "snake_case",
    deny_unknown_fields
)]
pub enum About {
    /// The case as a whole.
    Case,
    /// The decision of this number.
    Decision(u16),
    /// The recommendation of this number.
    Recommendation(u16),
    /// The notice to the control body of this number.
    Referral(u16),
}

coded_enum! {
    /// How a clock came to stand.
    pub enum Ending {
        /// What had to be done was done by the last day.
        Kept = "CUMPLIDO",
        /// It was done later.
        Late = "CUMPLIDO_TARDE",
        /// It ran out, and the procedure went on without.
        Lapsed = "VENCIDO",
        /// Nothing is left to be done in it.
        Dropped = "SIN_EFECTO",
    }
}

/// That a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// What the clock was about.
    pub about: About,
    /// Since when it stands.
    pub on: Date,
    /// How it came to.
    pub how: Ending,
}

/// How much longer a term runs than it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// The day on which it was entered.
    pub granted_on: Date,
    /// Last day before the extension.
    pub due_before: Date,
    /// By how much, counted from that day.
    pub by: Amount,
}

/// A legal term that runs, or has run, in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    key: TermKey,
    about: About,
    owner: Owner,
    starts_on: Date,
    /// The day on which the start was written down, where it bears a later one: the days between did not
    /// count then, and may count since. Only of the committee's own terms; whoever else has one was told a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entered_on: Option<Date>,
    due_on: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extended: Option<Extension>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stopped: Option<Stop>,
}

impl Clock {
    /// A clock of `key` that starts with a notice or event of `starts_on`, itself not counted.
    ///
    /// # Errors
    /// [`CalendarError`] if it ends beyond the civil calendar.
    pub fn start(
        key: TermKey,
        about: About,
        starts_on: Date,
        calendar: &Calendar,
    ) -> Result<Self, CalendarError> {
        let due_on = last_day(key, starts_on, calendar)?;
        Ok(Self::running_since(key, about, starts_on, due_on))
    }

    /// A clock that runs already, with the last day that was computed when it started.
    pub fn running_since(key: TermKey, about: About, starts_on: Date, due_on: Date) -> Self {
        Self {
            key,
            about,
            owner: Owner::of(key),
            starts_on,
            entered_on: None,
            due_on,
            extended: None,
            stopped: None,
        }
    }

    /// The same clock, whose start was written down on this day of the civil calendar: no notice or event is
    /// later than what was written of it. A term that was told to somebody outside the committee runs from the
    /// day that they were told.
    #[must_use]
    pub fn entered(mut self, on: Date) -> Self {
        let own = self.owner.seat().is_some();
        self.entered_on = (own && on < self.starts_on).then_some(on);
        self
    }

    /// Which term of the catalogue.
    pub fn key(&self) -> TermKey {
        self.key
    }

    /// What it is about.
    pub fn about(&self) -> About {
        self.about
    }

    /// Who has to keep it.
    pub fn owner(&self) -> Owner {
        self.owner
    }

    /// Day of the notice or event that it runs from, itself not counted.
    pub fn starts_on(&self) -> Date {
        self.starts_on
    }

    /// Last day on which it is still kept.
    pub fn due_on(&self) -> Date {
        self.due_on
    }

    /// The extension, if there was one.
    pub fn extended(&self) -> Option<Extension> {
        self.extended
    }

    /// How it came to stand; `None` while it runs.
    pub fn stopped(&self) -> Option<Stop> {
        self.stopped
    }

    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        self.stopped.is_none()
    }

    /// Whether its last day lies before `day`.
    pub fn is_over_on(&self, day: Date) -> bool {
        self.due_on < day
    }

    /// Key and last day, as the mailbox shows them.
    pub fn deadline(&self) -> Deadline {
        Deadline {
            key: self.key,
            due_on: self.due_on,
        }
    }

    /// The last day by the terms and the calendar as they are now.
    ///
    /// # Errors
    /// [`CalendarError`] if it lies beyond the civil calendar.
    pub fn counted_anew(&self, calendar: &Calendar) -> Result<Date, CalendarError> {
        let plain = last_day(self.key, self.started_on(calendar), calendar)?;
        match self.extended {
            Some(extension) => calendar.due(plain, extension.by),
            None => Ok(plain),
        }
    }

    /// The day that it runs from, by the calendar as it is now: what was written down under a suspension that
    /// was taken back since bears an earlier one.
    fn started_on(&self, calendar: &Calendar) -> Date {
        let entered = self.entered_on.map(|on| calendar.counted_as(on));
        entered.map_or(self.starts_on, |on| on.min(self.starts_on))
    }

    pub(super) fn extend(&mut self, extension: Extension, due_on: Date) {
        self.extended = Some(extension);
        self.due_on = due_on;
    }

    pub(super) fn count_anew(&mut self, calendar: &Calendar) -> Result<(), CalendarError> {
        self.due_on = self.counted_anew(calendar)?;
        self.starts_on = self.started_on(calendar);
        Ok(())
    }

    pub(super) fn stop(&mut self, on: Date, how: Ending) -> Stop {
        let stop = Stop {
            about: self.about,
            on,
            how,
        };
        self.stopped = Some(stop);
        stop
    }

    pub(super) fn resume(&mut self) {
        self.stopped = None;
    }
}

/// The last day of a term that starts on `starts_on`.
///
/// The interim message is promised *at the latest* on its day: where that is not a working day, it
/// falls on the working day before, and not after.
fn last_day(key: TermKey, starts_on: Date, calendar: &Calendar) -> Result<Date, CalendarError> {
    let amount = key.term().amount();
    if key != TermKey::MensajeIntermedio {
        return calendar.due(starts_on, amount);
    }
    let out_of_range = CalendarError::OutOfRange {
        start: starts_on,
        amount,
    };
    let whole = match amount.unit {
        Unit::CalendarDays => jiff::Span::new()
            .try_days(amount.value)
            .and_then(|days| starts_on.checked_add(days))
            .map_err(|_| out_of_range)?,
        Unit::WorkingDays | Unit::Months | Unit::Years => calendar.due(starts_on, amount)?,
    };
    calendar.working_day_until(whole).ok_or(out_of_range)
}
