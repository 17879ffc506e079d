//! Mediation, where it is open: CHIS 76 to 78.

use jiff::civil::Date;

use super::turn::{Turn, between};
use crate::case::CaseState;
use crate::catalogue::TermKey;
use crate::procedure::clock::{About, Clock};
use crate::procedure::codes::Sense;
use crate::procedure::notice::ProcedureNotice;
use crate::procedure::records::Settlement;
use crate::procedure::refused::{Field, Needed, Refused};
use crate::procedure::session::Agreement;

impl Turn<'_> {
    /// The meeting lies within its term after the interviews were closed; when that is over, the draft is
    /// the way on.
    pub(super) fn open_mediation(
        &mut self,
        interviews_closed_on: Date,
        held_on: Date,
    ) -> Result<(), Refused> {
        let closed_on = self.interviews_closed(interviews_closed_on)?;
        let key = TermKey::MediacionCita;
        let clock = Clock::start(key, About::Case, closed_on, self.rules.calendar)?;
        let since = clock.due_on();
        if since < self.today {
            return Err(Refused::TermIsOver { key, since });
        }
        between(Field::HeldOn, held_on, closed_on, since)?;
        self.start(key, About::Case, closed_on)?;
        self.enter(CaseState::InMediation, closed_on);
        self.notice = Some(ProcedureNotice::InvitedToMediation);
        Ok(())
    }

    /// Checks the day on which the interviews were closed, and keeps their term by it.
    pub(super) fn interviews_closed(&mut self, on: Date) -> Result<Date, Refused> {
        let on = self.within(Field::InterviewsClosedOn, on, self.course.since)?;
        self.keep(TermKey::Entrevistas, About::Case, on);
        Ok(on)
    }

    /// The Secretaría Ejecutiva mediates, and the representation of the control body is there (CHIS 76).
    pub(super) fn settle(
        &mut self,
        signed_on: Date,
        oic_present: bool,
        verify_on: Date,
    ) -> Result<(), Refused> {
        let on = self.within(Field::SignedOn, signed_on, self.course.since)?;
        if !oic_present {
            let what = Needed::OicPresent;
            return Err(Refused::Missing { what });
        }
        between(Field::VerifyOn, verify_on, on, Date::MAX)?;
        self.course.settlement = Some(Settlement {
            signed_on: on,
            verify_on,
        });
        self.course.sense = Some(Sense::Mediated);
        self.keep(TermKey::MediacionCita, About::Case, on);
        self.enter(CaseState::ConcludedByMediation, on);
        self.decide(on, None)
    }

    /// The term for the draft runs from the end of the mediation.
    pub(super) fn end_mediation(&mut self, ended_on: Date) -> Result<(), Refused> {
        let on = self.within(Field::EndedOn, ended_on, self.course.since)?;
        self.keep(TermKey::MediacionCita, About::Case, on);
        self.start(TermKey::Proyecto, About::Case, on)?;
        self.enter(CaseState::Drafting, on);
        self.notice = Some(ProcedureNotice::MediationEnded);
        Ok(())
    }

    /// The total term goes on as if it had not stood still, with the last day that it had: the norm gives
    /// no new one.
    pub(super) fn reopen(&mut self, agreement: &Agreement) -> Result<(), Refused> {
        let on = self.agreed(agreement)?;
        self.resume(TermKey::ConclusionTotal);
        self.course.sense = None;
        self.enter(CaseState::Reopened, on);
        self.decide(on, Some(*agreement))
    }
}
