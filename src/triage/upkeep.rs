//! What is done once a day whether the service is sealed or not: leftover chunks of evidence are
//! swept, leaves whose tree is published are forgotten, both stores are rewritten in an order that
//! tells nothing, and one line says what the day brought.

use std::sync::Arc;

use domain::calendar::Calendar;
use domain::catalogue;
use jiff::civil::Date;
use service::clock::Clock;
use store::StoreError;
use store::casefiles::CaseFiles;
use store::mailroom::TriageMailroom;
use tokio::sync::Mutex;

use crate::sweep::sweep;
use crate::worker::Round;

/// The daily work.
pub struct Upkeep {
    mailroom: Arc<dyn TriageMailroom>,
    cases: Arc<dyn CaseFiles>,
    clock: Arc<dyn Clock>,
    calendar: Calendar,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    done_on: Option<Date>,
    total: Round,
}

impl Upkeep {
    /// On these stores.
    pub fn new(
        mailroom: Arc<dyn TriageMailroom>,
        cases: Arc<dyn CaseFiles>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            mailroom,
            cases,
            clock,
            calendar: Calendar::default(),
            state: Mutex::default(),
        }
    }

    /// Adds what a round did to the day's total. A line for each round would tell, by when it was
    /// written, when complaints came.
    pub async fn add(&self, round: Round) {
        self.state.lock().await.total += round;
    }

    /// Does the day's work unless it is done; says whether it did. The first call after a start does
    /// it, and then the first one of each day in the committee's time zone.
    ///
    /// # Errors
    /// See [`StoreError`]; the next call tries again.
    pub async fn run(&self) -> Result<bool, StoreError> {
        let zone = catalogue::current().holidays().time_zone().clone();
        let today = self.clock.now().to_zoned(zone).date();
        let mut state = self.state.lock().await;
        if state.done_on == Some(today) {
            return Ok(false);
        }
        sweep(&*self.mailroom, &self.calendar, today).await?;
        self.mailroom.forget_published_leaves().await?;
        self.mailroom.shuffle().await?;
        self.cases.shuffle().await?;
        if state.done_on.is_some() {
            let Round {
                admitted,
                followed,
                quarantined,
                deferred,
                files_wait: _,
            } = state.total;
            tracing::info!(
                cases = admitted,
                messages = followed,
                quarantined,
                deferred,
                "the stores are rewritten; this is what the day brought"
            );
        }
        *state = State {
            done_on: Some(today),
            total: Round::default(),
        };
        Ok(true)
    }
}

impl std::fmt::Debug for Upkeep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upkeep").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::testing::{House, story};

    #[tokio::test]
    async fn the_stores_are_rewritten_at_the_start_and_once_each_day() {
        let house = House::new().await;
        house
            .file(story("Desde hace un mes piden dinero por cada guardia."))
            .await;
        let upkeep = Upkeep::new(
            house.mailroom.clone(),
            house.cases.clone(),
            house.clock.clone(),
        );
        assert!(house.log_length() > 0);
        assert!(upkeep.run().await.unwrap());
        assert_eq!(
            house.log_length(),
            0,
            "the rewrite empties the write-ahead log"
        );
        assert!(!upkeep.run().await.unwrap());
        house.clock.advance(SignedDuration::from_hours(24));
        assert!(upkeep.run().await.unwrap());
        // 18:01 in Mexico City is the next day in UTC only.
        house
            .clock
            .advance(SignedDuration::from_hours(8) + SignedDuration::from_mins(1));
        assert!(!upkeep.run().await.unwrap());
    }
}
