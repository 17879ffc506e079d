//! What becomes of each recommendation: CHIS 86 and 87.

use jiff::civil::Date;

use super::turn::Turn;
use crate::catalogue::TermKey;
use crate::procedure::clock::{About, Clock, Ending};
use crate::procedure::codes::RecommendationState;
use crate::procedure::refused::{Field, Refused};

/// The terms of a recommendation, of which one runs at a time.
const TERMS: [TermKey; 3] = [
    TermKey::RecomendacionAdopcion,
    TermKey::RecomendacionNegativa,
    TermKey::RecomendacionImplementacion,
];

impl Turn<'_> {
    /// The unit carries it out within its term, which runs from this notice.
    pub(super) fn adopt(&mut self, number: u16, informed_on: Date) -> Result<(), Refused> {
        let on = self.since_then(number, Field::InformedOn, informed_on)?;
        let about = About::Recommendation(number);
        self.keep(TermKey::RecomendacionAdopcion, about, on);
        // A unit that comes round needs no justification any more.
        self.drop_clock(TermKey::RecomendacionNegativa, about);
        self.start(TermKey::RecomendacionImplementacion, about, on)?;
        self.stands(number, RecommendationState::Adopted, on);
        Ok(())
    }

    pub(super) fn decline(&mut self, number: u16, informed_on: Date) -> Result<(), Refused> {
        let on = self.since_then(number, Field::InformedOn, informed_on)?;
        let about = About::Recommendation(number);
        self.keep(TermKey::RecomendacionAdopcion, about, on);
        self.start(TermKey::RecomendacionNegativa, about, on)?;
        self.stands(number, RecommendationState::Notified, on);
        Ok(())
    }

    pub(super) fn justify(&mut self, number: u16, received_on: Date) -> Result<(), Refused> {
        let on = self.since_then(number, Field::ReceivedOn, received_on)?;
        let about = About::Recommendation(number);
        self.keep(TermKey::RecomendacionNegativa, about, on);
        self.stands(number, RecommendationState::DeclinedWithReason, on);
        Ok(())
    }

    pub(super) fn report_progress(&mut self, number: u16) -> Result<(), Refused> {
        self.found(number)?;
        self.stands(number, RecommendationState::UnderWay, self.today);
        Ok(())
    }

    pub(super) fn fulfil(&mut self, number: u16, received_on: Date) -> Result<(), Refused> {
        let on = self.since_then(number, Field::ReceivedOn, received_on)?;
        let about = About::Recommendation(number);
        self.keep(TermKey::RecomendacionImplementacion, about, on);
        self.stands(number, RecommendationState::Fulfilled, on);
        Ok(())
    }

    /// Only when the term that runs is over, and by a person.
    pub(super) fn flag_unfulfilled(&mut self, number: u16) -> Result<(), Refused> {
        self.found(number)?;
        let about = About::Recommendation(number);
        let runs = |clock: &&Clock| clock.about() == about;
        if let Some(clock) = self.course.running().find(runs)
            && !clock.is_over_on(self.today)
        {
            let (key, until) = (clock.key(), clock.due_on());
            return Err(Refused::TermStillRuns { key, until });
        }
        let how = Some(Ending::Lapsed);
        self.stop_where(self.today, how, |clock| {
            clock.about() == about && TERMS.contains(&clock.key())
        });
        self.stands(number, RecommendationState::Unfulfilled, self.today);
        Ok(())
    }

    /// Checks that this can be said of the recommendation.
    fn found(&self, number: u16) -> Result<(), Refused> {
        let stands = self.course.stands_for(self.kind, number);
        stands.then_some(()).ok_or(Refused::NoSuchEntry { number })
    }

    /// Checks that, and that the day lies between what was last said of it and today.
    fn since_then(&self, number: u16, field: Field, on: Date) -> Result<Date, Refused> {
        self.found(number)?;
        let index = usize::from(number) - 1;
        self.within(field, on, self.course.recommendations[index].since)
    }

    fn stands(&mut self, number: u16, state: RecommendationState, since: Date) {
        let one = &mut self.course.recommendations[usize::from(number) - 1];
        one.state = state;
        one.since = since;
    }
}
