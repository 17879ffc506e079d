//! What is done once a day whether the service is sealed or not: leftover chunks of evidence are
//! swept, leaves whose tree is published are forgotten, both stores are rewritten in an order that
//! tells nothing, and one line says what the day brought. The log of the committee's acts gets the entry
//! of the day, and another line says where it ends.

use std::sync::Arc;

use committee::access::rulings;
use committee::log::{Actor, Head, LogError};
use domain::calendar::Calendar;
use domain::catalogue;
use jiff::civil::Date;
use service::clock::Clock;
use store::StoreError;
use store::casefiles::CaseFiles;
use store::mailroom::TriageMailroom;
use tokio::sync::Mutex;

use crate::announcing::{AnnounceError, announce};
use crate::sweep::sweep;
use crate::vault::Vault;
use crate::worker::Round;

/// The daily work.
pub struct Upkeep {
    mailroom: Arc<dyn TriageMailroom>,
    cases: Arc<dyn CaseFiles>,
    vault: Arc<Vault>,
    clock: Arc<dyn Clock>,
    calendar: Calendar,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    done_on: Option<Date>,
    /// When the end of the log was last told.
    told_on: Option<Date>,
    /// When a day was last entered into the log; a sealed service cannot write it.
    entered_on: Option<Date>,
    /// When what the service ruled by itself was last entered into the log.
    ruled_on: Option<Date>,
    total: Round,
}

impl Upkeep {
    /// On these stores.
    pub fn new(
        mailroom: Arc<dyn TriageMailroom>,
        cases: Arc<dyn CaseFiles>,
        vault: Arc<Vault>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            mailroom,
            cases,
            vault,
            clock,
            calendar: Calendar::default(),
            state: Mutex::default(),
        }
    }

    /// Sees to it that intake knows the committee's calendar as this process does, unless it is sealed.
    ///
    /// # Errors
    /// See [`AnnounceError`]; the next call tries again.
    pub async fn announce(&self) -> Result<(), AnnounceError> {
        if let (Some(keyring), Some(ledger)) = (self.vault.keyring(), self.vault.ledger()) {
            announce(&*self.mailroom, &keyring, &ledger.announced()).await?;
        }
        Ok(())
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
        self.begin_day(&mut state, today).await;
        self.write_rulings(&mut state, today).await;
        self.note_end().await;
        if state.done_on == Some(today) {
            return Ok(false);
        }
        let dated_by = self.vault.ledger().map(|ledger| ledger.ever());
        sweep(&*self.mailroom, &self.calendar, dated_by.as_deref(), today).await?;
        self.mailroom.forget_published_leaves().await?;
        self.mailroom.shuffle().await?;
        self.cases.shuffle().await?;
        if state.done_on.is_some() {
            let Round {
                admitted,
                followed,
                moved: _,
                quarantined,
                deferred,
                more_waits: _,
                unheld,
            } = state.total;
            tracing::info!(
                cases = admitted,
                messages = followed,
                quarantined,
                deferred,
                "the stores are rewritten; this is what the day brought"
            );
            if unheld > 0 {
                tracing::warn!(
                    unheld,
                    "cases that none of the members may open: invite somebody they are not about"
                );
            }
        }
        state.done_on = Some(today);
        state.total = Round::default();
        Ok(true)
    }

    /// Writes into the log how far the service's own state is, if that changed since the last entry: nobody
    /// can then put it back. Notes where the log ends, if something was written: it cannot be cut off before that entry, nor begin
    /// anew, without a service that is started again saying so.
    pub async fn note_end(&self) {
        let Some(keyring) = self.vault.keyring() else {
            return;
        };
        let log = self.vault.log();
        let noted = match keyring.refresh(&*self.cases).await {
            Ok(()) if log.is_behind(&keyring) => {
                let recorder = log.recorder(&keyring, Actor::Service, self.clock.now());
                recorder
                    .state_noted()
                    .await
                    .map_err(|error| error.to_string())
            }
            Ok(()) => Ok(()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(cause) = noted {
            tracing::error!(
                cause,
                "the service's own state was not noted; it is tried again"
            );
        }
        // A log that was changed takes no entry; whoever acts is told.
        let Ok(Some(head)) = self.vault.log().head().await else {
            return;
        };
        if let Err(error) = keyring.note_head(&*self.cases, head).await {
            tracing::error!(cause = %error, "the end of the log was not noted; it is tried again");
        }
    }

    /// Enters what the service ruled by itself about who may open cases. What fails is tried again.
    async fn write_rulings(&self, state: &mut State, today: Date) {
        let Some(keyring) = self.vault.keyring() else {
            return;
        };
        if state.ruled_on == Some(today) {
            return;
        }
        let log = self.vault.log();
        let recorder = log.recorder(&keyring, Actor::Service, self.clock.now());
        match rulings::write(&*self.cases, &keyring, recorder).await {
            Ok(()) => state.ruled_on = Some(today),
            Err(error) => {
                tracing::error!(cause = %error, "what the service ruled about cases is not all in the log");
            }
        }
    }

    /// Enters the day into the log, and tells where that ends: whoever keeps what the service prints can
    /// show later that the end was cut off. What fails is tried again, if that may help.
    async fn begin_day(&self, state: &mut State, today: Date) {
        let keyring = self.vault.keyring();
        let due = match keyring {
            Some(_) => state.entered_on != Some(today),
            None => state.told_on != Some(today),
        };
        if !due {
            return;
        }
        let log = self.vault.log();
        let head: Result<Option<Head>, LogError> = match &keyring {
            Some(keyring) => {
                let recorder = log.recorder(keyring, Actor::Service, self.clock.now());
                recorder.day_begun().await.map(Some)
            }
            None => log.head().await,
        };
        match head {
            Ok(Some(head)) => tracing::info!(%head, "the log of the committee's acts ends here"),
            Ok(None) => {}
            Err(LogError::Store(_) | LogError::Contended) => return,
            Err(
                error @ (LogError::Changed { .. }
                | LogError::Foreign { .. }
                | LogError::DoesNotOpen { .. }
                | LogError::Seal(_)),
            ) => {
                tracing::error!(cause = %error, "the log of the committee's acts is not as it was");
            }
        }
        state.told_on = Some(today);
        if keyring.is_some() {
            state.entered_on = Some(today);
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

    use committee::log::{Content, Entry, Event, Opened};
    use domain::committee::Seat;

    use super::*;
    use crate::testing::{House, story, surname_of};
    use crate::vault::Expected;

    #[tokio::test]
    async fn the_stores_are_rewritten_at_the_start_and_once_each_day() {
        let house = House::new().await;
        house
            .file(story("Desde hace un mes piden dinero por cada guardia."))
            .await;
        let vault = Arc::new(Vault::sealed(
            house.cases.clone(),
            Expected::default(),
            house.clock.clone(),
        ));
        let upkeep = Upkeep::new(
            house.mailroom.clone(),
            house.cases.clone(),
            Arc::clone(&vault),
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

    #[tokio::test]
    async fn each_day_is_entered_into_the_log_once_when_the_service_is_open() {
        let house = House::new().await;
        let vault = Arc::new(Vault::sealed(
            house.cases.clone(),
            Expected::default(),
            house.clock.clone(),
        ));
        let upkeep = Upkeep::new(
            house.mailroom.clone(),
            house.cases.clone(),
            Arc::clone(&vault),
            house.clock.clone(),
        );
        upkeep.run().await.unwrap();
        assert_eq!(vault.log().head().await.unwrap(), None);
        vault.unseal(house.identity.clone()).await.unwrap();
        let days = async || {
            let events = |entries: &[Opened]| {
                let is_day = |opened: &&Opened| match &opened.content {
                    Content::Act(entry) => entry.event == Event::DayBegun,
                    Content::Key(_) => false,
                };
                entries.iter().filter(is_day).count()
            };
            vault.log().read(&house.keyring, events).await.unwrap()
        };
        for day in 1..=2 {
            for _ in 0..2 {
                upkeep.run().await.unwrap();
                assert_eq!(days().await, day);
            }
            house.clock.advance(SignedDuration::from_hours(24));
        }
    }

    #[tokio::test]
    async fn what_the_service_ruled_is_entered_as_the_next_day_begins_and_tells_no_order() {
        const PASSPHRASE: &str = "cuatro palabras de demostración";
        let house = House::new().await;
        for (seat, login) in [
            (Seat::Presidencia, "eduviges"),
            (Seat::SecretariaEjecutiva, "casimira"),
        ] {
            house.member(seat, login, PASSPHRASE).await;
        }
        let technical = Seat::SecretariaTecnica;
        let gone = house.member(technical, "tiburcio", PASSPHRASE).await;
        let vault = Arc::new(Vault::sealed(
            house.cases.clone(),
            Expected::default(),
            house.clock.clone(),
        ));
        vault.unseal(house.identity.clone()).await.unwrap();
        let upkeep = Upkeep::new(
            house.mailroom.clone(),
            house.cases.clone(),
            Arc::clone(&vault),
            house.clock.clone(),
        );
        let ruled = async || -> Vec<Entry> {
            let entries = |entries: &[Opened]| -> Vec<Entry> {
                let acts = entries.iter().filter_map(|opened| match &opened.content {
                    Content::Act(entry) => Some(entry.clone()),
                    Content::Key(_) => None,
                });
                acts.filter(|entry| entry.event == Event::CaseRuled)
                    .collect()
            };
            vault.log().read(&house.keyring, entries).await.unwrap()
        };
        upkeep.run().await.unwrap();
        let worker = house.worker();
        for _ in 0..4 {
            house.case(story("Piden dinero por cada guardia.")).await;
        }
        let name = format!(
            "Casimira {} Xicoténcatl",
            surname_of(Seat::SecretariaEjecutiva)
        );
        let about = house.case(serde_json::json!({
            "narrative": "Cobra por cambiar los turnos.",
            "people": [{ "name": name }],
        }));
        let about = about.await;
        let token = house.file(story("Faltan medicamentos desde enero.")).await;
        worker.round().await.unwrap();
        let length = vault.log().head().await.unwrap();
        house
            .write(&token, &format!("Quien lo hace es {name}."))
            .await;
        worker.round().await.unwrap();
        upkeep.run().await.unwrap();
        assert_eq!(
            vault.log().head().await.unwrap(),
            length,
            "not the same day"
        );

        house.clock.advance(SignedDuration::from_hours(24));
        upkeep.run().await.unwrap();
        let entries = ruled().await;
        let folios: Vec<_> = entries
            .iter()
            .map(|entry| entry.case.unwrap().to_string())
            .collect();
        assert_eq!(folios.len(), 6, "one for each case, whatever was found");
        assert!(folios.is_sorted(), "{folios:?}");
        let casimira = committee::members::Roster::load(&*house.cases, &house.keyring)
            .await
            .unwrap()
            .signing_in_as("casimira")
            .unwrap()
            .record
            .profile
            .id;
        let keeps_out = |entry: &&Entry| entry.kept_from.contains(casimira);
        assert_eq!(entries.iter().filter(keeps_out).count(), 2);
        let of_it = entries.iter().find(|entry| entry.case == Some(about));
        assert_eq!(of_it.unwrap().count, Some(2));
        assert!(entries.iter().all(|entry| entry.actor == Actor::Service));

        house.end(gone).await;
        worker.round().await.unwrap();
        for _ in 0..2 {
            house.clock.advance(SignedDuration::from_hours(24));
            upkeep.run().await.unwrap();
            assert_eq!(ruled().await.len(), 12, "each case has a new key; once");
        }
    }
}
