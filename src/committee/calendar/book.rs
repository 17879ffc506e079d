//! Where suspensions and choices of an official list are kept: one sealed record each, all of one size, under a random id.
//!
//! Whoever has the database learns how many there were; what they say is published anyway.

use domain::calendar::{Calendar, Profile};
use domain::committee::MemberId;
use domain::complaint::ShortText;
use jiff::Timestamp;
use jiff::civil::Date;
use opening::OpenError;
use sealing::{AnnouncedCalendar, SealError};
use store::StoreError;
use store::casefiles::CaseFiles;
use store::records::RecordKind;

use super::entered::{
    self, ChosenProfile, Entered, EntryFault, Suspended, SuspensionId, Withdrawn,
};
use crate::documents::random_id;
use crate::keyring::Keyring;
use crate::places;

/// Bytes of a sealed record: room for three short texts.
const SIZE: usize = 8 << 10;

/// All suspensions that were entered.
#[derive(Clone, Copy)]
pub struct CalendarBook<'a> {
    cases: &'a dyn CaseFiles,
    keyring: &'a Keyring,
}

/// A suspension with the bytes that were read: a change is written only if they are kept still.
#[derive(Debug, Clone)]
pub struct Kept {
    /// What was entered.
    pub entered: Suspended,
    sealed: Vec<u8>,
}

/// All that was entered.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Suspensions, by their days, those that were taken back too.
    pub suspensions: Vec<Kept>,
    /// Choices of an official list, the first one first.
    pub choices: Vec<ChosenProfile>,
}

impl Ledger {
    /// The choice that holds, if one was made.
    pub fn in_force(&self) -> Option<&ChosenProfile> {
        entered::in_force(&self.choices)
    }

    /// The calendar that all of it makes.
    pub fn calendar(&self) -> Calendar {
        entered::calendar(&self.choices, self.entered())
    }

    /// The same as intake is told it. Nothing that was entered is ever removed, so the number grows with
    /// each change.
    pub fn announced(&self) -> AnnouncedCalendar {
        let taken_back = self.entered().filter(|one| !one.holds()).count();
        let changes = self.suspensions.len() + taken_back + self.choices.len();
        AnnouncedCalendar {
            number: u64::try_from(changes).unwrap_or(u64::MAX),
            calendar: self.calendar(),
        }
    }

    /// Every calendar by which intake may have dated a letter.
    pub fn ever(&self) -> Vec<Calendar> {
        entered::ever(self.entered())
    }

    /// The same as a file that `guiando terms due --suspensions` reads.
    pub fn file(&self) -> String {
        entered::file(&self.choices, self.entered())
    }

    fn entered(&self) -> impl Iterator<Item = &Suspended> {
        self.suspensions.iter().map(|kept| &kept.entered)
    }
}

/// Why suspensions were not read or changed.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record was altered, or is of another key. Terms are not counted without it: they would come out
    /// otherwise than people were told.
    #[error("the record of a suspension of terms does not open")]
    Open(#[from] OpenError),
    /// The record could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// It cannot be done.
    #[error(transparent)]
    Fault(#[from] EntryFault),
}

impl<'a> CalendarBook<'a> {
    /// Of these case files.
    pub fn new(cases: &'a dyn CaseFiles, keyring: &'a Keyring) -> Self {
        Self { cases, keyring }
    }

    /// All that was entered.
    ///
    /// # Errors
    /// See [`CalendarError`].
    pub async fn read(&self) -> Result<Ledger, CalendarError> {
        let mut all = Ledger::default();
        for row in self.cases.records(RecordKind::Suspension).await? {
            let entered: Entered = self.keyring.open_record(&place(row.id.0), &row.sealed)?;
            if entered.id().0 != row.id.0 {
                return Err(OpenError::Moved.into());
            }
            let sealed = row.sealed;
            match entered {
                Entered::Suspended(entered) => all.suspensions.push(Kept { entered, sealed }),
                Entered::Chosen(chosen) => all.choices.push(chosen),
            }
        }
        all.suspensions.sort_by_key(|kept| {
            let one = &kept.entered;
            (one.from, one.to, one.id)
        });
        all.choices.sort_by_key(|one| (one.number, one.id));
        Ok(all)
    }

    /// The calendar that they make.
    ///
    /// # Errors
    /// See [`CalendarError`].
    pub async fn calendar(&self) -> Result<Calendar, CalendarError> {
        Ok(self.read().await?.calendar())
    }

    /// One that may be entered, not kept yet: what is written into the log comes before [`Self::add`].
    ///
    /// # Errors
    /// See [`CalendarError`].
    pub async fn draft(
        &self,
        days: (Date, Date),
        (reason, source): (ShortText, ShortText),
        by: MemberId,
        (at, today): (Timestamp, Date),
    ) -> Result<Suspended, CalendarError> {
        let (from, to) = days;
        Suspended::check_days(from, to, today)?;
        let all = self.read().await?.suspensions;
        let mut hold = all
            .iter()
            .map(|kept| &kept.entered)
            .filter(|one| one.holds());
        if hold.any(|one| (one.from, one.to) == days) {
            return Err(EntryFault::Before.into());
        }
        Ok(Suspended {
            id: SuspensionId(random_id(self.keyring.rng())?),
            from,
            to,
            reason,
            source,
            by,
            at: to_the_second(at),
            withdrawn: None,
        })
    }

    /// Keeps one that was drafted.
    ///
    /// # Errors
    /// See [`CalendarError`].
    pub async fn add(&self, drafted: &Suspended) -> Result<(), CalendarError> {
        self.put(&Entered::Suspended(drafted.clone()), None).await
    }

    /// A choice that may be made, not kept yet.
    ///
    /// # Errors
    /// [`EntryFault::InForce`] if terms follow this list already; see [`CalendarError`].
    pub async fn draft_choice(
        &self,
        profile: Profile,
        (reason, source): (ShortText, ShortText),
        by: MemberId,
        at: Timestamp,
    ) -> Result<ChosenProfile, CalendarError> {
        let all = self.read().await?;
        if all.calendar().profile() == profile {
            return Err(EntryFault::InForce.into());
        }
        let number = all.in_force().map_or(0, |last| last.number);
        Ok(ChosenProfile {
            id: SuspensionId(random_id(self.keyring.rng())?),
            number: number.saturating_add(1),
            profile,
            reason,
            source,
            by,
            at: to_the_second(at),
        })
    }

    /// Keeps a choice that was drafted.
    ///
    /// # Errors
    /// See [`CalendarError`].
    pub async fn choose(&self, drafted: &ChosenProfile) -> Result<(), CalendarError> {
        self.put(&Entered::Chosen(drafted.clone()), None).await
    }

    /// One that holds.
    ///
    /// # Errors
    /// [`EntryFault::Gone`] if there is none; see [`CalendarError`].
    pub async fn find(&self, id: SuspensionId) -> Result<Kept, CalendarError> {
        let all = self.read().await?.suspensions;
        let found = all.into_iter().find(|kept| kept.entered.id == id);
        Ok(found
            .filter(|kept| kept.entered.holds())
            .ok_or(EntryFault::Gone)?)
    }

    /// Takes one back.
    ///
    /// # Errors
    /// [`EntryFault::Gone`] if somebody else did; see [`CalendarError`].
    pub async fn withdraw(
        &self,
        kept: Kept,
        by: MemberId,
        reason: ShortText,
        at: Timestamp,
    ) -> Result<(), CalendarError> {
        let withdrawn = Some(Withdrawn {
            by,
            at: to_the_second(at),
            reason,
        });
        let becomes = Suspended {
            withdrawn,
            ..kept.entered
        };
        self.put(&Entered::Suspended(becomes), Some(&kept.sealed))
            .await
    }

    async fn put(&self, one: &Entered, expected: Option<&[u8]>) -> Result<(), CalendarError> {
        let id = one.id();
        let sealed = self.keyring.seal_record(&place(id.0), one, SIZE)?;
        let kind = RecordKind::Suspension;
        let wrote = self
            .cases
            .put_record(kind, id.into(), expected, &sealed)
            .await?;
        if wrote {
            Ok(())
        } else {
            Err(EntryFault::Gone.into())
        }
    }
}

fn place(id: [u8; 16]) -> String {
    places::record(RecordKind::Suspension.code(), id)
}

fn to_the_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

impl std::fmt::Debug for CalendarBook<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CalendarBook").finish_non_exhaustive()
    }
}
