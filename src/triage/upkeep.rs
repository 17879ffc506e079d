//! What is done once a day whether the service is sealed or not: leftover chunks of evidence are
//! swept, leaves whose tree is published are forgotten, both stores are rewritten in an order that
//! tells nothing, and two lines say what the day brought, and where the log of the committee's acts
//! ends.

use std::sync::Arc;

use committee::log::Logbook;
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
    log: Arc<Logbook>,
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
        log: Arc<Logbook>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            mailroom,
            cases,
            log,
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
        self.note_head().await;
        *state = State {
            done_on: Some(today),
            total: Round::default(),
        };
        Ok(true)
    }

    /// Whoever keeps what the service prints can show later that the log's end was cut off.
    async fn note_head(&self) {
        match self.log.head().await {
            Ok(Some(head)) => tracing::info!(%head, "the log of the committee's acts ends here"),
            Ok(None) => {}
            Err(error) => {
                tracing::error!(cause = %error, "the log of the committee's acts is not as it was");
            }
        }
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
            Arc::new(Logbook::new(house.cases.clone())),
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
