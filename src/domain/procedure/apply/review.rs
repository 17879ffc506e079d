//! From the opened complaint to the proposal: CHIS 59 to 61.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::turn::{Turn, at_most};
use crate::case::CaseState;
use crate::catalogue::{InstanceCode, Risk, TermKey};
use crate::complaint::ShortText;
use crate::procedure::clock::{About, Ending};
use crate::procedure::codes::{Element, Mark, NoProcedureCause};
use crate::procedure::notice::ProcedureNotice;
use crate::procedure::records::{Classification, Prevention, Registration};
use crate::procedure::refused::{Field, Needed, Refused};
use crate::procedure::session::Agreement;
use crate::procedure::side::MeasureState;
use crate::procedure::step::limits;
use crate::routing::{Mediation, Protocol, Urgency, route};

impl Turn<'_> {
    /// Takes the protocols of the risks, and the strictest of their rules on mediation. What was once
    /// forbidden in a case stays forbidden: a second look must not open the way to bring a presumed
    /// victim before the person she denounces (`HSyAS` 56).
    pub(super) fn classify(
        &mut self,
        main: Risk,
        others: &BTreeSet<Risk>,
        with_reason: bool,
    ) -> Result<(), Refused> {
        if self.course.classification.is_some() && !with_reason {
            let what = Needed::Reason;
            return Err(Refused::Missing { what });
        }
        let labels: Vec<Risk> = others.iter().copied().collect();
        let route = route(main, &labels, Urgency::Baja, false, false);
        let before = self.course.classification.take();
        let (mediation, rule) = match before {
            Some(before) if before.mediation == Mediation::Forbidden => {
                (before.mediation, before.rule)
            }
            Some(_) | None => (route.mediation.value, route.mediation.rule.to_owned()),
        };
        self.course.classification = Some(Classification {
            main,
            others: others
                .iter()
                .copied()
                .filter(|risk| *risk != main)
                .collect(),
            mediation,
            rule,
        });
        let follows = |protocol| route.protocols.iter().any(|found| found.value == protocol);
        let was = self.course.has_mark(Mark::Hsyas);
        self.mark(Mark::Hsyas, follows(Protocol::Hsyas));
        self.mark(Mark::Disc, follows(Protocol::Disc));
        if !was && self.course.has_mark(Mark::Hsyas) {
            self.enter_hsyas()?;
        }
        Ok(())
    }

    /// Measures at once, after asking the person (`HSyAS` 41); and what waited for an answer waits no
    /// longer (`HSyAS` 30).
    fn enter_hsyas(&mut self) -> Result<(), Refused> {
        let mut measures = self.course.measures.iter();
        if !measures.any(|measure| measure.state == MeasureState::InForce) {
            self.start(TermKey::MedidasProteccionHsas, About::Case, self.today)?;
        }
        if self.course.state == CaseState::NeedsInformation
            && !self.resume(TermKey::RegistroSseccoe)
        {
            self.start(TermKey::RegistroSseccoe, About::Case, self.today)?;
        }
        Ok(())
    }

    pub(super) fn mark(&mut self, mark: Mark, holds: bool) {
        if holds {
            self.course.marks.insert(mark);
        } else {
            self.course.marks.remove(&mark);
        }
    }

    /// The one request. Making it is what the term to register is for, so that term stands; not under
    /// the protocol on sexual harassment, where the procedure goes on meanwhile (`HSyAS` 30).
    pub(super) fn ask(&mut self, missing: &BTreeSet<Element>) -> Result<(), Refused> {
        if missing.is_empty() {
            let what = Needed::Element;
            return Err(Refused::Missing { what });
        }
        self.course.prevention = Some(Prevention {
            asked_on: self.today,
            missing: missing.clone(),
            answered_on: None,
        });
        if !self.course.has_mark(Mark::Hsyas) {
            self.keep(TermKey::RegistroSseccoe, About::Case, self.today);
        }
        self.start(TermKey::PrevencionDesahogo, About::Case, self.today)?;
        self.enter(CaseState::NeedsInformation, self.today);
        self.notice = Some(ProcedureNotice::NeedsInformation);
        Ok(())
    }

    /// An answer is taken as long as the case was not filed, in time or not. The Secretaría Ejecutiva
    /// looks again: it has the term to register, and that to propose, which runs from the answer on
    /// (CHIS 61).
    pub(super) fn answer(&mut self) -> Result<(), Refused> {
        if let Some(prevention) = &mut self.course.prevention {
            prevention.answered_on = Some(self.today);
        }
        self.keep(TermKey::PrevencionDesahogo, About::Case, self.today);
        self.start(TermKey::RegistroSseccoe, About::Case, self.today)?;
        self.start(TermKey::PropuestaAcuerdo, About::Case, self.today)?;
        self.enter(CaseState::UnderReview, self.today);
        self.notice = Some(ProcedureNotice::Answered);
        Ok(())
    }

    pub(super) fn archive(&mut self, cause: NoProcedureCause) -> Result<(), Refused> {
        let answered = self.course.is_answered();
        match cause {
            NoProcedureCause::RequestUnanswered if !answered => {
                let term = TermKey::PrevencionDesahogo;
                if let Some(clock) = self.course.clock(term, About::Case)
                    && !self.rules.calendar.is_over_on(clock.due_on(), self.today)
                {
                    let until = clock.due_on();
                    return Err(Refused::TermStillRuns { key: term, until });
                }
                let how = Some(Ending::Lapsed);
                self.stop_where(self.today, how, |clock| clock.key() == term);
            }
            NoProcedureCause::AnswerInsufficient if answered => {
                self.keep(TermKey::RegistroSseccoe, About::Case, self.today);
            }
            NoProcedureCause::RequestUnanswered
            | NoProcedureCause::AnswerInsufficient
            | NoProcedureCause::OutsideScope
            | NoProcedureCause::TooLate => return Err(self.wrong_code(cause.code())),
        }
        self.enter(CaseState::ArchivedWithoutProcedure, self.today);
        self.decide(self.today, None)
    }

    /// From the review by the Secretaría Ejecutiva; once the case is before the committee, by its session.
    pub(super) fn redirect(
        &mut self,
        instances: &[InstanceCode],
        agreement: Option<&Agreement>,
    ) -> Result<(), Refused> {
        at_most(instances.len(), limits::LIST)?;
        if instances.is_empty() {
            let what = Needed::Instance;
            return Err(Refused::Missing { what });
        }
        let in_session = self.course.state == CaseState::InAnalysis;
        let on = match agreement {
            Some(agreement) if in_session => self.agreed(agreement)?,
            None if in_session => {
                let what = Needed::Agreement;
                return Err(Refused::Missing { what });
            }
            Some(agreement) => return Err(self.wrong_code(agreement.kind.code())),
            None => self.today,
        };
        self.keep(TermKey::RegistroSseccoe, About::Case, on);
        self.enter(CaseState::Redirected, on);
        self.decide(on, agreement.copied())
    }

    /// The term to register is kept by the day of the capture; the total term runs from that day (CHIS 56).
    pub(super) fn register(&mut self, folio: &ShortText, captured_on: Date) -> Result<(), Refused> {
        let on = self.within(Field::CapturedOn, captured_on, self.course.since)?;
        let folio = folio.clone();
        self.course.registration = Some(Registration {
            folio,
            captured_on: on,
        });
        for key in [
            TermKey::RegistroSseccoe,
            TermKey::ConsejeraTurno,
            TermKey::ConsejeraRegistro,
        ] {
            self.keep(key, About::Case, on);
        }
        // Under the protocol on sexual harassment the answer may be still to come.
        self.drop_clock(TermKey::PrevencionDesahogo, About::Case);
        self.start(TermKey::ConclusionTotal, About::Case, on)?;
        self.start(TermKey::PropuestaAcuerdo, About::Case, on)?;
        self.enter(CaseState::Registered, on);
        self.notice = Some(ProcedureNotice::Registered);
        Ok(())
    }

    pub(super) fn propose(&mut self) {
        self.keep(TermKey::PropuestaAcuerdo, About::Case, self.today);
        self.enter(CaseState::InAnalysis, self.today);
        self.notice = Some(ProcedureNotice::InAnalysis);
    }
}
