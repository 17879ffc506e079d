//! Whether the service is sealed, and how it is opened and closed while it runs.
//!
//! A service that was started without an identity is sealed: it holds no key, and opens nothing. It is
//! opened by the members' shares, as they come in; the key that they make together stays in memory
//! until the service is sealed again or ends. What is waited for in between is in memory alone, too.
//!
//! Whoever reaches the desk can hand in what they like. So only shares of the set that `committee.pub`
//! names are taken, and no share can be made up from another. Reading one costs memory and time on
//! purpose, so one is read at a time, whether or not its sender waits for the answer.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use opening::custody::{Assembly, SetId, Share, ShareError, ShareRefused};
use opening::recovery::RecoveryHolders;
use opening::{CommitteeIdentity, Passphrase};
use sealing::Recipients;
use service::clock::Clock;
use store::casefiles::CaseFiles;
use tokio::sync::{Semaphore, watch};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use committee::anchor::AnchorError;
use committee::calendar::{CalendarBook, CalendarError, Ledger, SharedCalendar};
use committee::keyring::{Keyring, KeyringError};
use committee::log::{Actor, LogError, Logbook};

/// How long a share waits for those before it to be read.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long shares wait for the next one.
const CEREMONY: SignedDuration = SignedDuration::from_mins(30);

/// The key of the service, if it has one.
pub struct Vault {
    cases: Arc<dyn CaseFiles>,
    log: Arc<Logbook>,
    clock: Arc<dyn Clock>,
    expected: Expected,
    keyring: watch::Sender<Option<Arc<Keyring>>>,
    calendar: SharedCalendar,
    /// What is in the ledger of the calendar, as it was read last.
    ledger: Mutex<Option<Arc<Ledger>>>,
    /// Shares that came in, and do not open yet.
    gathered: Mutex<Gathered>,
    /// How many were not taken since the service was last opened.
    refused: AtomicU32,
    /// One share is read at a time.
    reading: Arc<Semaphore>,
}

/// What the files beside the service say, as far as they are given.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// What intake seals to; no other key opens the service.
    pub recipients: Option<Recipients>,
    /// The set whose shares are taken; without it none are.
    pub shares: Option<SetId>,
    /// The holders of the last resort. It is compared with the list that the committee confirmed, and
    /// nobody gets a piece by it.
    pub recovery: Option<RecoveryHolders>,
}

/// How far the opening is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The service was not told which shares are meant.
    NoShares,
    /// No share has come in.
    Nothing,
    /// Some have.
    Some {
        /// How many.
        came: usize,
        /// How many it takes.
        needed: u8,
    },
    /// The service is open.
    Open,
}

/// Why a share was not taken.
#[derive(Debug, thiserror::Error)]
pub enum HandInError {
    /// It is not a share of this key, the passphrase is another, or it was handed in before: whoever
    /// hands it in is not told which.
    #[error("the share was not taken")]
    Refused(#[source] Refused),
    /// Others are being read.
    #[error("too many shares at once")]
    Crowded,
    /// The shares open a key, and the service cannot work with it.
    #[error(transparent)]
    Unseal(#[from] UnsealError),
    /// The reading was broken off.
    #[error("a share could not be read")]
    Broken,
}

/// What was wrong with a share.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It does not open.
    #[error(transparent)]
    Share(#[from] ShareError),
    /// It does not belong to the others.
    #[error(transparent)]
    Set(#[from] ShareRefused),
    /// No shares are expected.
    #[error("the recipients name no set of shares")]
    NoShares,
}

/// Why an identity is not taken.
#[derive(Debug, thiserror::Error)]
pub enum UnsealError {
    /// Intake does not seal to it.
    #[error("the identity is not the one of --recipients")]
    OtherKey,
    /// See there.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// The row of the service's own state is not as it has to be.
    #[error(transparent)]
    Anchor(#[from] AnchorError),
    /// The committee's calendar cannot be read.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// That it is opened cannot be written down.
    #[error("the log of the committee's acts cannot be written")]
    Log(#[from] LogError),
}

impl Vault {
    /// A sealed one.
    pub fn sealed(cases: Arc<dyn CaseFiles>, expected: Expected, clock: Arc<dyn Clock>) -> Self {
        Self {
            log: Arc::new(Logbook::new(cases.clone())),
            cases,
            clock,
            gathered: Mutex::new(Gathered::of(expected.shares)),
            expected,
            keyring: watch::Sender::new(None),
            calendar: SharedCalendar::default(),
            ledger: Mutex::default(),
            refused: AtomicU32::new(0),
            reading: Arc::new(Semaphore::new(1)),
        }
    }

    /// Opens it with a whole identity.
    ///
    /// # Errors
    /// See [`UnsealError`].
    pub async fn unseal(&self, identity: CommitteeIdentity) -> Result<(), UnsealError> {
        self.open(identity, Actor::Operator, None).await
    }

    async fn open(
        &self,
        identity: CommitteeIdentity,
        by: Actor,
        shares: Option<u32>,
    ) -> Result<(), UnsealError> {
        if let Some(expected) = &self.expected.recipients
            && expected.key_id() != identity.key_id()
        {
            return Err(UnsealError::OtherKey);
        }
        let keyring = Keyring::unseal(identity, &*self.cases).await?;
        // Before anything is counted: a term must not come out by half a calendar.
        let ledger = CalendarBook::new(&*self.cases, &keyring).read().await?;
        let refused = self.refused.load(Ordering::Relaxed);
        self.log
            .recorder(&keyring, by, self.clock.now())
            .service_opened(shares, refused)
            .await?;
        self.refused.fetch_sub(refused, Ordering::Relaxed);
        if self.holders_differ(&keyring) {
            self.log
                .recorder(&keyring, Actor::Service, self.clock.now())
                .recovery_file_differs()
                .await?;
            tracing::warn!("the file of --recovery is not the list that the committee confirmed");
        }
        if let Some(head) = self.log.head().await? {
            keyring.note_head(&*self.cases, head).await?;
        }
        tracing::warn!(key_id = %keyring.key_id(), "the service is open");
        self.take_over(ledger);
        self.keyring.send_replace(Some(Arc::new(keyring)));
        Ok(())
    }

    /// Takes a holder's file and passphrase.
    ///
    /// # Errors
    /// See [`HandInError`].
    pub async fn hand_in(
        &self,
        file: Vec<u8>,
        passphrase: Passphrase,
    ) -> Result<Progress, HandInError> {
        let taken = self.take(file, passphrase).await;
        if let Err(HandInError::Refused(_)) = &taken {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        taken
    }

    async fn take(&self, file: Vec<u8>, passphrase: Passphrase) -> Result<Progress, HandInError> {
        let Some(set) = self.expected.shares else {
            return Err(HandInError::Refused(Refused::NoShares));
        };
        let place = timeout(PATIENCE, Arc::clone(&self.reading).acquire_owned())
            .await
            .map_err(|_| HandInError::Crowded)?
            .map_err(|_| HandInError::Broken)?;
        let share = spawn_blocking(move || {
            // Held until it is read: whoever hangs up in between does not make room for another.
            let _place = place;
            Share::from_protected(&file, passphrase)
        })
        .await
        .map_err(|_| HandInError::Broken)?
        .map_err(|error| HandInError::Refused(error.into()))?;
        let now = self.clock.now();
        let opened = self
            .gathered()
            .add(share, now)
            .map_err(|error| HandInError::Refused(error.into()))?;
        let Some(identity) = opened else {
            return Ok(self.progress());
        };
        // If the store fails now, the shares are there still: the next one opens.
        let shares = u32::try_from(self.gathered().shares.came()).ok();
        self.open(identity, Actor::Service, shares).await?;
        *self.gathered() = Gathered::of(Some(set));
        Ok(Progress::Open)
    }

    /// How far the opening is.
    pub fn progress(&self) -> Progress {
        if self.keyring().is_some() {
            return Progress::Open;
        }
        if self.expected.shares.is_none() {
            return Progress::NoShares;
        }
        let gathered = self.gathered();
        let shares = &gathered.shares;
        shares.needed().map_or(Progress::Nothing, |needed| {
            let came = shares.came();
            Progress::Some { came, needed }
        })
    }

    /// Forgets the key. What is being done with it ends; nothing new begins.
    pub async fn seal(&self) {
        self.keyring.send_replace(None);
        *self.gathered() = Gathered::of(self.expected.shares);
        self.log.forget().await;
        tracing::warn!("the service is sealed");
    }

    /// The key, unless the service is sealed.
    pub fn keyring(&self) -> Option<Arc<Keyring>> {
        self.keyring.borrow().clone()
    }

    /// Whether the file of the holders of the last resort says something else than the committee.
    pub fn holders_differ(&self, keyring: &Keyring) -> bool {
        let file = self.expected.recovery.as_ref();
        file.is_some_and(|file| keyring.holders().as_deref() != Some(file))
    }

    /// The log of the committee's acts.
    pub fn log(&self) -> &Arc<Logbook> {
        &self.log
    }

    /// What the committee's terms are counted by. A sealed service keeps the one that it knew last.
    pub fn calendar(&self) -> &SharedCalendar {
        &self.calendar
    }

    /// Takes over what was entered in the calendar, here or by another process; nothing while the service
    /// is sealed.
    ///
    /// # Errors
    /// See [`CalendarError`]; then the calendar stays as it is.
    pub async fn read_calendar(&self) -> Result<(), CalendarError> {
        if let Some(keyring) = self.keyring() {
            let book = CalendarBook::new(&*self.cases, &keyring);
            self.take_over(book.read().await?);
        }
        Ok(())
    }

    /// What was entered in the calendar, as far as this process has ever read it: it holds public facts, so a
    /// service that is sealed again keeps it.
    pub fn ledger(&self) -> Option<Arc<Ledger>> {
        let ledger = self.ledger.lock();
        ledger.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn take_over(&self, ledger: Ledger) {
        self.calendar.replace(ledger.calendar());
        // Replacing is a single step, so a panic elsewhere leaves it sound.
        let mut held = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        *held = Some(Arc::new(ledger));
    }

    /// Told whenever the service is opened or sealed.
    pub fn changes(&self) -> watch::Receiver<Option<Arc<Keyring>>> {
        self.keyring.subscribe()
    }

    fn gathered(&self) -> MutexGuard<'_, Gathered> {
        // Each change is a single step, so a panic elsewhere leaves it sound.
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        gathered.forget_old(self.clock.now());
        gathered
    }
}

/// Shares that came in, and when the last one did.
struct Gathered {
    set: Option<SetId>,
    shares: Assembly,
    last: Option<Timestamp>,
}

impl Gathered {
    fn of(set: Option<SetId>) -> Self {
        Self {
            set,
            shares: set.map(Assembly::of).unwrap_or_default(),
            last: None,
        }
    }

    fn add(
        &mut self,
        share: Share,
        now: Timestamp,
    ) -> Result<Option<CommitteeIdentity>, ShareRefused> {
        let opened = self.shares.add(share)?;
        self.last = Some(now);
        Ok(opened)
    }

    /// A ceremony that was given up must not leave the next holder alone with the rest.
    fn forget_old(&mut self, now: Timestamp) {
        if self
            .last
            .is_some_and(|last| now.duration_since(last) >= CEREMONY)
        {
            *self = Self::of(self.set);
        }
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault")
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}
