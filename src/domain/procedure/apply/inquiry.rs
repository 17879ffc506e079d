//! From the session that admits to the interviews: CHIS 61 to 75.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::turn::{Turn, at_most, between};
use crate::case::CaseState;
use crate::catalogue::{TermKey, current};
use crate::committee::MemberId;
use crate::procedure::clock::{About, Clock, Ending};
use crate::procedure::codes::{EarlyCause, NoProcedureCause, Party, Sense, SessionKind};
use crate::procedure::notice::ProcedureNotice;
use crate::procedure::records::Summons;
use crate::procedure::refused::{Field, Needed, Refused};
use crate::procedure::session::Agreement;
use crate::procedure::step::limits;

impl Turn<'_> {
    /// Checks that the call is early enough; the day of the session is not reached by a clock that runs
    /// on, but by one that is counted back from it (CHIS 28).
    pub(super) fn call_session(&mut self, kind: SessionKind, held_on: Date) -> Result<(), Refused> {
        if kind == SessionKind::Installation {
            return Err(self.wrong_code(kind.code()));
        }
        let amount = TermKey::Convocatoria.term().amount();
        let called_by = self.rules.calendar.latest_before(held_on, amount)?;
        if called_by < self.today {
            return Err(Refused::CalledTooLate { called_by });
        }
        self.course.session_on = Some(held_on);
        Ok(())
    }

    /// What was asked for and not answered ends a case before its registration alone.
    pub(super) fn not_admit(
        &mut self,
        cause: NoProcedureCause,
        agreement: &Agreement,
    ) -> Result<(), Refused> {
        match cause {
            NoProcedureCause::OutsideScope | NoProcedureCause::TooLate => {}
            NoProcedureCause::RequestUnanswered | NoProcedureCause::AnswerInsufficient => {
                return Err(self.wrong_code(cause.code()));
            }
        }
        let on = self.agreed(agreement)?;
        self.enter(CaseState::NotAdmitted, on);
        self.decide(on, Some(*agreement))
    }

    pub(super) fn admit(&mut self, agreement: &Agreement) -> Result<(), Refused> {
        let on = self.agreed(agreement)?;
        self.enter(CaseState::Admitted, on);
        self.decide(on, Some(*agreement))
    }

    pub(super) fn appoint(&mut self, members: &BTreeSet<MemberId>) -> Result<(), Refused> {
        at_most(members.len(), current().procedure().commission.most)?;
        if members.is_empty() {
            let what = Needed::CommissionMember;
            return Err(Refused::Missing { what });
        }
        self.course.commission.clone_from(members);
        Ok(())
    }

    pub(super) fn inquire(&mut self) {
        if self.course.state != CaseState::UnderInquiry {
            self.enter(CaseState::UnderInquiry, self.today);
            self.notice = Some(ProcedureNotice::InProgress);
        }
    }

    /// Where the complainant has died, no notice is owed (CHIS 65).
    pub(super) fn conclude_early(
        &mut self,
        cause: EarlyCause,
        agreement: &Agreement,
    ) -> Result<(), Refused> {
        let on = self.agreed(agreement)?;
        self.course.early_cause = Some(cause);
        self.course.sense = Some(Sense::EndedEarly);
        self.enter(CaseState::ConcludedEarly, on);
        if cause == EarlyCause::ComplainantDied {
            self.note(on, Some(*agreement), Some(on))
        } else {
            self.decide(on, Some(*agreement))
        }
    }

    /// The complainant is not told the day: it would tell of the denounced person.
    pub(super) fn notify_denounced(&mut self, notified_on: Date) -> Result<(), Refused> {
        let on = self.within(Field::NotifiedOn, notified_on, self.course.since)?;
        self.start(TermKey::DescargoDenunciada, About::Case, on)?;
        self.enter(CaseState::AwaitingAnswer, on);
        Ok(())
    }

    /// The interviews are due after the term to answer (CHIS 75). Whether that means its last day or the
    /// day of an earlier answer, the norm leaves open: the earlier of the two, the stricter for the
    /// committee.
    pub(super) fn receive_answer(&mut self, received_on: Date) -> Result<(), Refused> {
        let on = self.within(Field::ReceivedOn, received_on, self.course.since)?;
        let due_on = self.answer_clock().map_or(on, Clock::due_on);
        self.keep(TermKey::DescargoDenunciada, About::Case, on);
        self.start(TermKey::Entrevistas, About::Case, on.min(due_on))?;
        self.enter(CaseState::GatheringEvidence, on);
        Ok(())
    }

    /// If a party gives no evidence, the committee decides with what there is (CHIS 80).
    pub(super) fn go_on_without_answer(&mut self) -> Result<(), Refused> {
        let key = TermKey::DescargoDenunciada;
        let due_on = self.answer_clock().map_or(self.today, Clock::due_on);
        if self.answer_clock().is_some() && due_on >= self.today {
            let until = due_on;
            return Err(Refused::TermStillRuns { key, until });
        }
        let how = Some(Ending::Lapsed);
        self.stop_where(due_on, how, |clock| clock.key() == key);
        self.start(TermKey::Entrevistas, About::Case, due_on)?;
        self.enter(CaseState::GatheringEvidence, due_on);
        Ok(())
    }

    fn answer_clock(&self) -> Option<&Clock> {
        self.course.clock(TermKey::DescargoDenunciada, About::Case)
    }

    /// The first interview of a party lies within the term; one more summons, if the party did not come,
    /// may lie after it. Where the term is over, a late interview is better than none.
    pub(super) fn summon(&mut self, party: Party, held_on: Date) -> Result<(), Refused> {
        let summonses = &self.course.summonses;
        at_most(summonses.len() + 1, limits::PER_CASE)?;
        let others = summonses.iter().filter(|summons| summons.party == party);
        let first = party == Party::Witness || others.clone().count() == 0;
        if party != Party::Witness {
            at_most(others.count() + 1, current().procedure().summonses.most)?;
        }
        let due_on = self.course.clock(TermKey::Entrevistas, About::Case);
        let due_on = due_on.map_or(Date::MAX, Clock::due_on);
        let to = if first && due_on >= self.today {
            due_on
        } else {
            Date::MAX
        };
        between(Field::HeldOn, held_on, self.today, to)?;
        self.course.summonses.push(Summons { party, held_on });
        if party == Party::Complainant {
            self.notice = Some(ProcedureNotice::Summoned);
        }
        Ok(())
    }
}
