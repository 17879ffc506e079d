//! Conflict-of-interest consultations and citizen petitions: who answers, by when, and what became of
//! them (DOMAIN §4.4-9 and 10; CHIS 47, 89 to 92).
//!
//! A consultation is written and never anonymous: the committee registers it and sends it to the unit of
//! the Secretaría (UCMAPF), which answers; the committee passes the answer on. A petition is looked at:
//! it may lead to a recommendation, go to another area, or come to nothing; whoever made it is told.

mod step;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::case::Deadline;
use crate::catalogue::{OoadCode, TermKey, UmaeCode};
use crate::coded_enum;
use crate::committee::MemberId;
use crate::complaint::{LongText, ShortText};
use crate::ids::hex_id;

pub use step::{MatterRefused, Step, StepKind, Taken, Verdict};

hex_id!(
    /// Which consultation or petition.
    MatterId
);

/// Days back for which one may be entered: a limit against slips of the pen, not a norm.
const BACK: i64 = 366;

coded_enum! {
    /// What somebody wrote for.
    pub enum Kind {
        /// A consultation on a conflict of interest (CHIS 89 to 92).
        Consultation = "CONSULTA_CONFLICTO_INTERES",
        /// A citizen petition (CHIS 47).
        Petition = "PETICION_CIUDADANA",
    }
}

coded_enum! {
    /// Where a consultation or petition stands.
    pub enum State {
        /// It waits for the committee: to be registered, or looked at.
        Received = "RECIBIDA",
        /// Something is missing, and whoever wrote was asked for it.
        Asked = "REQUERIDA",
        /// The unit of the Secretaría has it (UCMAPF).
        Sent = "ENVIADA_UCMAPF",
        /// There is an answer, which whoever wrote has not been told.
        Answered = "CON_RESPUESTA",
        /// It was answered.
        Told = "CONTESTADA",
        /// What was missing did not come.
        Lapsed = "NO_DESAHOGADA",
    }
}

impl State {
    /// Whether nothing more is done.
    pub const fn is_final(self) -> bool {
        match self {
            Self::Told | Self::Lapsed => true,
            Self::Received | Self::Asked | Self::Sent | Self::Answered => false,
        }
    }
}

/// What is entered of a consultation or petition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entered {
    /// Which of the two.
    pub kind: Kind,
    /// The day it came.
    pub received_on: Date,
    /// Who wrote; a consultation has to say so (CHIS 90).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<ShortText>,
    /// Where the answer goes; a consultation has to say so (CHIS 90).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ShortText>,
    /// OOAD of whoever wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ooad: Option<OoadCode>,
    /// UMAE of whoever wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub umae: Option<UmaeCode>,
    /// What it says.
    pub statement: LongText,
    /// Which documents came with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<ShortText>,
}

/// A consultation or a petition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    id: MatterId,
    what: Entered,
    year: i16,
    number: u16,
    by: MemberId,
    entered_on: Date,
    state: State,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deadline: Option<Deadline>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    taken: Vec<Taken>,
}

impl Matter {
    /// Enters one; `number` is its number within the year and kind, from 1.
    ///
    /// # Errors
    /// [`MatterRefused::Day`], [`MatterRefused::NotAnonymous`].
    pub fn enter(
        id: MatterId,
        what: Entered,
        number: u16,
        by: MemberId,
        today: Date,
        calendar: &Calendar,
    ) -> Result<Self, MatterRefused> {
        let first = today.checked_sub(jiff::Span::new().days(BACK));
        if what.received_on > today || first.is_ok_and(|first| what.received_on < first) {
            return Err(MatterRefused::Day);
        }
        if what.kind == Kind::Consultation && (what.name.is_none() || what.contact.is_none()) {
            return Err(MatterRefused::NotAnonymous);
        }
        let key = first_term(what.kind);
        Ok(Self {
            id,
            deadline: Some(clock(key, what.received_on, calendar)?),
            year: what.received_on.year(),
            what,
            number,
            by,
            entered_on: today,
            state: State::Received,
            taken: Vec::new(),
        })
    }

    /// Which.
    pub fn id(&self) -> MatterId {
        self.id
    }

    /// What was entered of it.
    pub fn what(&self) -> &Entered {
        &self.what
    }

    /// The year that its number is of.
    pub fn year(&self) -> i16 {
        self.year
    }

    /// Its number within the year and kind, from 1.
    pub fn number(&self) -> u16 {
        self.number
    }

    /// Who entered it, and when.
    pub fn entered(&self) -> (MemberId, Date) {
        (self.by, self.entered_on)
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        self.state
    }

    /// The term that runs.
    pub fn deadline(&self) -> Option<Deadline> {
        self.deadline
    }

    /// What was done, the first thing first.
    pub fn taken(&self) -> &[Taken] {
        &self.taken
    }

    /// The steps that are open, in the order in which they are usually taken.
    pub fn open_steps(&self) -> Vec<StepKind> {
        let all = StepKind::ALL.iter().copied();
        all.filter(|kind| self.admits(*kind).is_ok()).collect()
    }

    /// Whether a step of this kind is open.
    ///
    /// # Errors
    /// [`MatterRefused::NotNow`], [`MatterRefused::OnlyOnce`].
    pub fn admits(&self, step: StepKind) -> Result<(), MatterRefused> {
        let fits = match (self.what.kind, step) {
            (_, StepKind::Ask)
            | (Kind::Consultation, StepKind::Send)
            | (Kind::Petition, StepKind::Assess) => self.state == State::Received,
            (_, StepKind::Complete | StepKind::Lapse) => self.state == State::Asked,
            (Kind::Consultation, StepKind::Answer) => self.state == State::Sent,
            (_, StepKind::Tell) => self.state == State::Answered,
            (Kind::Petition, StepKind::Send | StepKind::Answer)
            | (Kind::Consultation, StepKind::Assess) => false,
        };
        if !fits {
            return Err(MatterRefused::NotNow);
        }
        let mut before = self.taken.iter();
        if step == StepKind::Ask && before.any(|taken| taken.step.kind() == StepKind::Ask) {
            return Err(MatterRefused::OnlyOnce);
        }
        Ok(())
    }

    /// Takes a step that happened on `on`.
    ///
    /// # Errors
    /// See [`MatterRefused`].
    pub fn take(
        &self,
        step: Step,
        on: Date,
        by: MemberId,
        today: Date,
        calendar: &Calendar,
    ) -> Result<Self, MatterRefused> {
        self.admits(step.kind())?;
        let last = self.taken.last().map(|taken| taken.on);
        if on > today || on < last.unwrap_or(self.what.received_on) {
            return Err(MatterRefused::Day);
        }
        let (state, term) = match &step {
            Step::Ask { .. } => (State::Asked, Some(TermKey::ConsultaCiRequerimiento)),
            // The committee has as long again as for one that comes complete.
            Step::Complete { .. } => (State::Received, Some(first_term(self.what.kind))),
            // The person's last day is theirs.
            Step::Lapse {} if self.deadline.is_some_and(|term| on <= term.due_on) => {
                return Err(MatterRefused::StillRunning);
            }
            Step::Lapse {} => (State::Lapsed, None),
            Step::Send { .. } => (State::Sent, None),
            Step::Answer { .. } | Step::Assess { .. } => {
                (State::Answered, Some(TermKey::GenericoSinPlazo))
            }
            Step::Tell { .. } => (State::Told, None),
        };
        let mut next = self.clone();
        next.state = state;
        next.deadline = term.map(|key| clock(key, on, calendar)).transpose()?;
        next.taken.push(Taken {
            step,
            on,
            by,
            late: self.deadline.is_some_and(|term| on > term.due_on),
        });
        Ok(next)
    }
}

/// The term that runs first.
const fn first_term(kind: Kind) -> TermKey {
    match kind {
        Kind::Consultation => TermKey::ConsultaCiRegistro,
        // No norm sets one.
        Kind::Petition => TermKey::GenericoSinPlazo,
    }
}

fn clock(key: TermKey, starts_on: Date, calendar: &Calendar) -> Result<Deadline, MatterRefused> {
    let due_on = calendar
        .due(starts_on, key.term().amount())
        .map_err(|_| MatterRefused::Day)?;
    Ok(Deadline { key, due_on })
}

#[cfg(test)]
mod tests;
