//! From the draft to the end of the case: CHIS 82 to 87.

use jiff::civil::Date;

use super::turn::{Turn, at_most, number};
use crate::case::CaseState;
use crate::catalogue::{TermKey, current};
use crate::procedure::clock::About;
use crate::procedure::codes::{RecommendationState, Sense};
use crate::procedure::notice::ProcedureNotice;
use crate::procedure::records::Recommendation;
use crate::procedure::refused::{Field, Needed, Refused};
use crate::procedure::session::Agreement;
use crate::procedure::step::{NewRecommendation, limits};

impl Turn<'_> {
    /// The term for the draft runs from the day on which the interviews were closed or, in a case that was
    /// opened again, from now.
    pub(super) fn start_draft(&mut self, closed_on: Option<Date>) -> Result<(), Refused> {
        let gathering = self.course.state == CaseState::GatheringEvidence;
        let on = match closed_on {
            Some(closed_on) if gathering => self.interviews_closed(closed_on)?,
            None if gathering => {
                let what = Needed::InterviewsClosed;
                return Err(Refused::Missing { what });
            }
            Some(_) | None => self.today,
        };
        self.start(TermKey::Proyecto, About::Case, on)?;
        self.enter(CaseState::Drafting, on);
        Ok(())
    }

    pub(super) fn submit_draft(&mut self, sense: Sense) -> Result<(), Refused> {
        self.votable(sense)?;
        self.keep(TermKey::Proyecto, About::Case, self.today);
        self.start(TermKey::Determinacion, About::Case, self.today)?;
        self.enter(CaseState::InDetermination, self.today);
        Ok(())
    }

    /// A sense that a session may vote: what ends by mediation or early has ended already.
    fn votable(&self, sense: Sense) -> Result<(), Refused> {
        match sense {
            Sense::IndividualRecommendation | Sense::GeneralRecommendation | Sense::NoBreach => {
                Ok(())
            }
            Sense::Mediated | Sense::EndedEarly => Err(self.wrong_code(sense.code())),
        }
    }

    pub(super) fn determine(
        &mut self,
        sense: Sense,
        recommendations: &[NewRecommendation],
        agreement: &Agreement,
    ) -> Result<(), Refused> {
        self.votable(sense)?;
        at_most(recommendations.len(), limits::RECOMMENDATIONS)?;
        let allowed = &current().procedure().without_breach.kinds;
        let mut kinds = recommendations.iter().map(|one| one.kind);
        if sense != Sense::NoBreach && recommendations.is_empty() {
            let what = Needed::Recommendation;
            return Err(Refused::Missing { what });
        }
        if sense == Sense::NoBreach
            && let Some(kind) = kinds.find(|kind| !allowed.contains(kind))
        {
            return Err(self.wrong_code(kind.code()));
        }
        let on = self.agreed(agreement)?;
        self.course.sense = Some(sense);
        let voted = recommendations.iter().map(|one| Recommendation {
            kind: one.kind,
            state: RecommendationState::Issued,
            since: on,
        });
        self.course.recommendations = voted.collect();
        self.keep(TermKey::Determinacion, About::Case, on);
        self.start(TermKey::NotificarDeterminacion, About::Case, on)?;
        self.enter(CaseState::Determined, on);
        Ok(())
    }

    /// The total term is kept when those concerned are told, not when the committee votes: the stricter,
    /// as the norm does not say (CHIS 56).
    pub(super) fn notify_determination(&mut self, notified_on: Date) -> Result<(), Refused> {
        let on = self.within(Field::NotifiedOn, notified_on, self.course.since)?;
        self.keep(TermKey::NotificarDeterminacion, About::Case, on);
        self.keep(TermKey::ConclusionTotal, About::Case, on);
        self.course.since = on;
        self.notice = Some(ProcedureNotice::Determined);
        Ok(())
    }

    pub(super) fn start_follow_up(&mut self, notified_on: Date) -> Result<(), Refused> {
        let on = self.within(Field::NotifiedOn, notified_on, self.course.since)?;
        for index in 0..self.course.recommendations.len() {
            let about = About::Recommendation(number(index + 1));
            self.start(TermKey::RecomendacionAdopcion, about, on)?;
            let one = &mut self.course.recommendations[index];
            one.state = RecommendationState::Notified;
            one.since = on;
        }
        self.enter(CaseState::InFollowUp, on);
        Ok(())
    }

    pub(super) fn conclude(&mut self) {
        self.enter(CaseState::Concluded, self.today);
        self.notice = Some(ProcedureNotice::Concluded);
    }
}
