//! What is done beside the way of the case: notices, the extension, measures, notices to the control
//! body, joining, marks.

use jiff::civil::Date;

use super::turn::{Turn, at_most, number, outlives_the_case, since};
use crate::calendar::Amount;
use crate::case::Folio;
use crate::catalogue::TermKey;
use crate::complaint::ReferralConsent;
use crate::procedure::By;
use crate::procedure::clock::{About, Ending, Extension};
use crate::procedure::codes::{Mark, MeasureKind};
use crate::procedure::moves::MoveKind;
use crate::procedure::notice::ProcedureNotice;
use crate::procedure::recount::Recounted;
use crate::procedure::refused::{Field, Needed, Refused};
use crate::procedure::side::{Measure, MeasureState, Referral};
use crate::procedure::step::{Opinion, limits};

impl Turn<'_> {
    /// The complainant reads of a decision when notice is given of it, not when it is taken: with it, and
    /// not before, the terms run that are theirs (CHIS 63).
    pub(super) fn notify_decision(&mut self, entry: u16, notified_on: Date) -> Result<(), Refused> {
        let to = self.today;
        let index = usize::from(entry).checked_sub(1);
        let decision = index.and_then(|index| self.course.decisions.get_mut(index));
        let decision = decision
            .filter(|decision| decision.notified_on.is_none())
            .ok_or(Refused::NoSuchEntry { number: entry })?;
        let on = since(
            Field::NotifiedOn,
            notified_on,
            decision.on,
            to,
            self.rules.calendar,
        )?;
        decision.notified_on = Some(on);
        self.notice = notice_of(decision.kind);
        self.keep(TermKey::NotificarAcuerdo, About::Decision(entry), on);
        Ok(())
    }

    pub(super) fn extend(&mut self, days: u32) -> Result<(), Refused> {
        let key = TermKey::ConclusionTotal;
        let longest = TermKey::ProrrogaMax.term().amount();
        if days == 0 {
            let what = Needed::Days;
            return Err(Refused::Missing { what });
        }
        if days > longest.value {
            let most = usize::try_from(longest.value).unwrap_or(usize::MAX);
            return Err(Refused::TooMany { most });
        }
        let Some(clock) = self.course.clock(key, About::Case) else {
            return Err(self.course.not_now(self.kind));
        };
        if clock.is_over_on(self.today) {
            let since = clock.due_on();
            return Err(Refused::TermIsOver { key, since });
        }
        let extension = Extension {
            granted_on: self.today,
            due_before: clock.due_on(),
            by: Amount {
                value: days,
                unit: longest.unit,
            },
        };
        let due_on = self.rules.calendar.due(clock.due_on(), extension.by)?;
        for clock in &mut self.course.clocks {
            if clock.is_running() && clock.key() == key {
                clock.extend(extension, due_on);
                self.started.push(clock.clone());
            }
        }
        self.mark(Mark::Extended, true);
        self.notice = Some(ProcedureNotice::Extended);
        Ok(())
    }

    pub(super) fn propose_measure(&mut self, kind: MeasureKind) -> Result<(), Refused> {
        at_most(self.course.measures.len() + 1, limits::PER_CASE)?;
        self.course.measures.push(Measure {
            kind,
            state: MeasureState::Proposed,
            since: self.today,
        });
        Ok(())
    }

    /// With the consent of the protected person always, and of the head of the unit by CHIS 67. The
    /// protocol on sexual harassment asks for the former alone (`HSyAS` 41), and has to be fast.
    pub(super) fn order_measure(
        &mut self,
        entry: u16,
        consented_on: Date,
        unit_agreed_on: Option<Date>,
    ) -> Result<(), Refused> {
        let from = self.course.received_on;
        self.within(Field::ConsentedOn, consented_on, from)?;
        match unit_agreed_on {
            Some(on) => {
                self.within(Field::UnitAgreedOn, on, from)?;
            }
            None if self.course.has_mark(Mark::Hsyas) => {}
            None => {
                let what = Needed::UnitAgrees;
                return Err(Refused::Missing { what });
            }
        }
        let today = self.today;
        let measure = self.measure(entry, MeasureState::Proposed)?;
        measure.state = MeasureState::InForce;
        measure.since = today;
        self.keep(TermKey::MedidasProteccionHsas, About::Case, today);
        self.mark(Mark::ProtectionMeasures, true);
        self.notice = Some(ProcedureNotice::Protection);
        Ok(())
    }

    pub(super) fn drop_measure(&mut self, entry: u16) -> Result<(), Refused> {
        let today = self.today;
        let measure = self.measure(entry, MeasureState::Proposed)?;
        measure.state = MeasureState::Dropped;
        measure.since = today;
        Ok(())
    }

    pub(super) fn lift_measure(&mut self, entry: u16) -> Result<(), Refused> {
        let today = self.today;
        let measure = self.measure(entry, MeasureState::InForce)?;
        measure.state = MeasureState::Lifted;
        measure.since = today;
        let mut all = self.course.measures.iter();
        let left = all.any(|measure| measure.state == MeasureState::InForce);
        self.mark(Mark::ProtectionMeasures, left);
        self.notice = Some(ProcedureNotice::Protection);
        Ok(())
    }

    fn measure(&mut self, entry: u16, state: MeasureState) -> Result<&mut Measure, Refused> {
        let index = usize::from(entry).checked_sub(1);
        index
            .and_then(|index| self.course.measures.get_mut(index))
            .filter(|measure| measure.state == state)
            .ok_or(Refused::NoSuchEntry { number: entry })
    }

    pub(super) fn waive_measures(&mut self, consulted_on: Date) -> Result<(), Refused> {
        let from = self.course.received_on;
        let on = self.within(Field::ConsultedOn, consulted_on, from)?;
        self.keep(TermKey::MedidasProteccionHsas, About::Case, on);
        Ok(())
    }

    /// Does not end the committee's own case (CHIS 83). The alert reminds the committee to ask what became
    /// of it (LGRA 64-II).
    pub(super) fn refer(
        &mut self,
        given_on: Date,
        opinion: &Opinion,
        will: Option<ReferralConsent>,
    ) -> Result<(), Refused> {
        at_most(self.course.referrals.len() + 1, limits::PER_CASE)?;
        let given_on = self.within(Field::GivenOn, given_on, self.course.received_on)?;
        let from = self.course.received_on;
        since(
            Field::HeardOn,
            opinion.heard_on,
            from,
            given_on,
            self.rules.calendar,
        )?;
        if will.is_none() && self.course.has_mark(Mark::Hsyas) {
            let what = Needed::WillOfVictim;
            return Err(Refused::Missing { what });
        }
        self.course.referrals.push(Referral {
            given_on,
            answered_on: None,
        });
        let about = About::Referral(number(self.course.referrals.len()));
        self.start(TermKey::VistaFaltaGrave, about, given_on)?;
        self.mark(Mark::Referred, true);
        self.notice = Some(ProcedureNotice::Referred);
        Ok(())
    }

    pub(super) fn record_outcome(&mut self, entry: u16, on: Date) -> Result<(), Refused> {
        let to = self.today;
        let index = usize::from(entry).checked_sub(1);
        let referral = index
            .and_then(|index| self.course.referrals.get_mut(index))
            .filter(|referral| referral.answered_on.is_none())
            .ok_or(Refused::NoSuchEntry { number: entry })?;
        let on = since(Field::On, on, referral.given_on, to, self.rules.calendar)?;
        referral.answered_on = Some(on);
        self.keep(TermKey::VistaFaltaGrave, About::Referral(entry), on);
        Ok(())
    }

    /// The other case goes on for both, by its own clocks; here only what is owed to people stays.
    pub(super) fn join(&mut self, into: Folio) {
        self.course.joined_into = Some(into);
        self.mark(Mark::Joined, true);
        self.stop_where(self.today, Some(Ending::Dropped), |clock| {
            !outlives_the_case(clock.key())
        });
        self.notice = Some(ProcedureNotice::Joined);
    }

    pub(super) fn set_mark(&mut self, mark: Mark) -> Result<(), Refused> {
        let by_member = matches!(self.by, By::Member(_));
        if mark != Mark::LifeAtRisk && !(mark == Mark::Recusal && by_member) {
            return Err(self.wrong_code(mark.code()));
        }
        self.mark(mark, true);
        Ok(())
    }

    pub(super) fn clear_mark(&mut self, mark: Mark) -> Result<(), Refused> {
        let own = matches!(mark, Mark::LifeAtRisk | Mark::Recusal);
        if !own || !self.course.has_mark(mark) {
            return Err(self.wrong_code(mark.code()));
        }
        self.mark(mark, false);
        Ok(())
    }

    /// Only what comes out so now is taken over: what a person was shown may be old.
    pub(super) fn recount(&mut self, changes: &[Recounted]) -> Result<(), Refused> {
        let now = self.course.recount(self.rules);
        if changes.is_empty() || !changes.iter().all(|change| now.contains(change)) {
            return Err(Refused::CountedOtherwise);
        }
        for clock in &mut self.course.clocks {
            let mut all = changes.iter();
            let changes =
                all.any(|change| change.key == clock.key() && change.about == clock.about());
            if changes && clock.is_running() {
                clock.count_anew(self.rules.calendar)?;
                self.started.push(clock.clone());
            }
        }
        Ok(())
    }
}

/// What the complainant reads when notice is given of a decision.
fn notice_of(kind: MoveKind) -> Option<ProcedureNotice> {
    const NOTICES: [(MoveKind, ProcedureNotice); 7] = [
        (MoveKind::Archive, ProcedureNotice::Archived),
        (MoveKind::Redirect, ProcedureNotice::Redirected),
        (MoveKind::NotAdmit, ProcedureNotice::NotAdmitted),
        (MoveKind::Admit, ProcedureNotice::Admitted),
        (MoveKind::ConcludeEarly, ProcedureNotice::ConcludedEarly),
        (MoveKind::SettleMediation, ProcedureNotice::Mediated),
        (MoveKind::Reopen, ProcedureNotice::Reopened),
    ];
    let mut all = NOTICES.iter();
    all.find(|(other, _)| *other == kind)
        .map(|(_, notice)| *notice)
}
