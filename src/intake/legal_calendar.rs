//! By which calendar a complaint is dated: the committee's, as triage announces it in the mailroom.
//!
//! What is announced is signed with a key that `committee.pub` names (`sealing::AnnouncementKey`), so whoever
//! writes to the mailroom can withhold it, or put back an older one, and make none up. It is read at the
//! start and again and again. As long as none was read that holds, complaints are dated by the calendar that
//! the program was built with; one that was read holds until a newer one is, whatever stands there meanwhile.
//! An older one than was read is not taken; a new start takes it.
//!
//! Files wait for their letter by the calendar that the program was built with alone (the house's): triage
//! throws away by it what nobody sent, and the two must not differ (`domain::evidence`).

use std::error::Error as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::web::Data;
use domain::calendar::Calendar;
use jiff::civil::Date;
use sealing::{AnnouncementError, AnnouncementKey};
use store::StoreError;
use tokio::time::MissedTickBehavior;

use crate::shared::Shared;

/// How often it is looked whether something else is announced.
const ROUND: Duration = Duration::from_secs(10);
/// How long the start waits for the first look.
const FIRST_LOOK: Duration = Duration::from_secs(5);

/// The calendars of this process.
pub(crate) struct LegalCalendar {
    key: Option<AnnouncementKey>,
    house: Calendar,
    held: Mutex<Held>,
}

struct Held {
    calendar: Arc<Calendar>,
    /// Of the announcement that was taken last.
    number: Option<u64>,
    standing: Standing,
}

/// What became of the last look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Complaints are dated by what the committee announces.
    Announced,
    /// There was no look yet.
    NotRead,
    /// `committee.pub` names no key.
    NoKey,
    /// The store does not answer.
    NoStore,
    /// Nothing is announced for this committee key.
    Missing,
    /// It is not signed by the committee.
    Forged,
    /// It is signed, and not understood.
    OtherVersion,
    /// It is older than the one that was read before.
    Older,
}

impl Standing {
    /// A stable code for the log and for whoever keeps the service running.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::NotRead => "not_read",
            Self::NoKey => "no_announcement_key",
            Self::NoStore => "store",
            Self::Missing => "nothing_announced",
            Self::Forged => "bad_signature",
            Self::OtherVersion => "other_version",
            Self::Older => "older",
        }
    }
}

impl LegalCalendar {
    /// The calendar that the program was built with, until something is read that this key signed.
    pub(crate) fn new(key: Option<AnnouncementKey>) -> Self {
        let house = Calendar::default();
        Self {
            key,
            held: Mutex::new(Held {
                calendar: Arc::new(house.clone()),
                number: None,
                standing: Standing::NotRead,
            }),
            house,
        }
    }

    /// The one that complaints are dated by.
    pub(crate) fn now(&self) -> Arc<Calendar> {
        Arc::clone(&self.held().calendar)
    }

    /// The one that files are kept by.
    pub(crate) fn house(&self) -> &Calendar {
        &self.house
    }

    /// What became of the last look.
    pub(crate) fn standing(&self) -> Standing {
        self.held().standing
    }

    /// Takes what was found, if it holds; says what became of it.
    fn take(&self, key: AnnouncementKey, found: Option<&[u8]>) -> Standing {
        let Some(found) = found else {
            return Standing::Missing;
        };
        let announced = match key.read(found) {
            Ok(announced) => announced,
            Err(AnnouncementError::Signature) => return Standing::Forged,
            Err(AnnouncementError::Form) => return Standing::OtherVersion,
        };
        let mut held = self.held();
        if held.number.is_some_and(|number| announced.number < number) {
            return Standing::Older;
        }
        held.number = Some(announced.number);
        held.calendar = Arc::new(announced.calendar);
        Standing::Announced
    }

    /// Notes what became of a look, and tells it if it is news. What was announced is not told: whoever reads
    /// the log would learn when.
    fn note(&self, standing: Standing) {
        self.note_why(standing, None);
    }

    /// The same with what the store says.
    fn note_why(&self, standing: Standing, cause: Option<&StoreError>) {
        let mut held = self.held();
        let before = std::mem::replace(&mut held.standing, standing);
        if before == standing {
            return;
        }
        let reason = standing.code();
        let cause = cause.map(why);
        match (standing, held.number) {
            (Standing::Announced, _) => {
                tracing::info!("complaints are dated by the committee's calendar");
            }
            (_, Some(_)) => tracing::warn!(
                reason,
                cause,
                "the committee's calendar was not read again; the one read before stays"
            ),
            (_, None) => tracing::warn!(
                reason,
                cause,
                "the committee's calendar is not known; complaints are dated by the program's own"
            ),
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // Each change is a single step, so a panic elsewhere leaves it sound.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a store says, with what its engine told it: a right that is missing, for one. It has no data
/// in it.
fn why(error: &StoreError) -> String {
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

impl Shared {
    /// Looks what is announced.
    pub(crate) async fn read_calendar(&self) {
        let standing = match self.calendar.key {
            None => Standing::NoKey,
            Some(key) => match self
                .mailroom
                .announced_calendar(self.recipients.key_id())
                .await
            {
                Ok(found) => self.calendar.take(key, found.as_deref()),
                Err(error) => return self.calendar.note_why(Standing::NoStore, Some(&error)),
            },
        };
        self.calendar.note(standing);
    }

    /// The first look, before anybody is served. A store that does not answer holds nobody up for long.
    pub(crate) async fn begin_calendar(&self) {
        let look = tokio::time::timeout(FIRST_LOOK, self.read_calendar());
        if look.await.is_err() {
            self.calendar.note(Standing::NoStore);
        }
    }

    /// The legal day of what comes now.
    pub(crate) fn today(&self) -> Date {
        self.calendar.now().legal_day(self.clock.now())
    }

    /// The legal day of now by the program's own calendar: files are kept by it, and no fact lies after it.
    /// Days that are suspended for weeks do not move it.
    pub(crate) fn house_day(&self) -> Date {
        self.calendar.house().legal_day(self.clock.now())
    }
}

/// Looks again and again, until it is dropped.
pub(crate) async fn keep_up(shared: Data<Shared>) {
    let mut rounds = tokio::time::interval(ROUND);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The first one comes at once, and was made already.
    rounds.tick().await;
    loop {
        rounds.tick().await;
        shared.read_calendar().await;
    }
}
