//! What every handler works with.

use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpRequest;
use mailbox::EntrySealError;
use receipts::ReceiptKey;
use ring::rand::SystemRandom;
use sealing::{AnnouncementKey, Recipients};
use service::body::{BodyLimits, Crowd, Pace};
use service::clock::Clock;
use service::language::{Language, Texts, TextsError, Translations};
use store::mailroom::IntakeMailroom;
use tokio::sync::Semaphore;

use crate::abuse::{Abuse, Budgets, Lanes};
use crate::cleaner::CleanerProgram;
use crate::deposits::{Deposits, Writer};
use crate::evidence::{Evidence, EvidenceLimits};
use crate::legal_calendar::LegalCalendar;
use crate::mailboxes::Decoy;
use crate::multipart::DRAINS_AT_ONCE;
use crate::network::Networks;
use crate::onion::OnionAddress;
use crate::page_seal::PageKeys;

/// Most bytes of a body: the longest complaint sealed in a page fits, and its narrative once more with
/// every character escaped.
const BODY_BYTES: usize = 1 << 20;
/// Longest time that a body may take; a slow Tor circuit brings the largest one in it.
const BODY_DEADLINE: Duration = Duration::from_secs(15);
/// Room for all bodies that are on their way, in KiB.
const BODIES_KIB: usize = 64 << 10;
/// How fast a body must come; the slowest Tor circuit is many times as fast.
const BODY_PACE: Pace = Pace {
    grace: Duration::from_secs(3),
    bytes_per_second: 1 << 10,
};

const OWN: [(Language, &str); 4] = [
    (
        Language::EsMx,
        include_str!("../../web/locales/es-MX/intake.ftl"),
    ),
    (
        Language::En,
        include_str!("../../web/locales/en/intake.ftl"),
    ),
    (
        Language::EsMx,
        include_str!("../../web/locales/es-MX/guide.ftl"),
    ),
    (Language::En, include_str!("../../web/locales/en/guide.ftl")),
];

/// What the service is given to work with.
pub struct Settings {
    /// The store.
    pub mailroom: Arc<dyn IntakeMailroom>,
    /// To whom complaints are sealed.
    pub recipients: Recipients,
    /// Checks what the committee announces, if it is known.
    pub announcements: Option<AnnouncementKey>,
    /// Signs receipts.
    pub receipts: ReceiptKey,
    /// Seal what pages carry.
    pub pages: PageKeys,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Cleans files.
    pub cleaner: CleanerProgram,
    /// Limits on bodies.
    pub limits: BodyLimits,
    /// What is still no flood, if there are limits against abuse.
    pub budgets: Option<Budgets>,
    /// Which networks are the Institute's.
    pub networks: Networks,
    /// Where this service is inside the Tor network.
    pub onion: Option<OnionAddress>,
    /// Limits on files.
    pub evidence: EvidenceLimits,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// The limits on bodies in use; without those against abuse, any number may come at once, at any speed.
pub(crate) fn body_limits(against_abuse: bool) -> BodyLimits {
    BodyLimits {
        bytes: BODY_BYTES,
        deadline: BODY_DEADLINE,
        at_once: against_abuse.then(|| Crowd {
            room: Semaphore::new(BODIES_KIB),
            pace: BODY_PACE,
        }),
    }
}

/// Why the service cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A translation file is not valid.
    #[error(transparent)]
    Texts(#[from] TextsError),
    /// The decoy could not be sealed.
    #[error("the decoy mailbox could not be sealed")]
    Decoy(#[from] EntrySealError),
    /// The system has no randomness to give.
    #[error("no randomness")]
    Randomness,
}

impl From<ring::error::Unspecified> for SetupError {
    fn from(_: ring::error::Unspecified) -> Self {
        Self::Randomness
    }
}

/// What every handler works with; one for the whole process.
pub(crate) struct Shared {
    pub(crate) mailroom: Arc<dyn IntakeMailroom>,
    pub(crate) deposits: Deposits,
    pub(crate) recipients: Recipients,
    pub(crate) receipts: ReceiptKey,
    pub(crate) rng: SystemRandom,
    pub(crate) limits: BodyLimits,
    pub(crate) evidence: Evidence,
    /// Places for refused forms whose rest is read (`crate::multipart`).
    pub(crate) drains: Semaphore,
    pub(crate) decoy: Decoy,
    /// Places for those who look into a mailbox, if there are limits against abuse.
    pub(crate) looks: Option<Lanes>,
    /// What stands against floods, if there are limits against abuse.
    pub(crate) abuse: Option<Abuse>,
    pub(crate) pages: PageKeys,
    pub(crate) networks: Networks,
    pub(crate) onion: Option<OnionAddress>,
    pub(crate) cleaner: CleanerProgram,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) calendar: LegalCalendar,
    translations: Translations,
}

impl Shared {
    /// Starts the writer of deposits on the runtime that this is called from.
    pub(crate) fn new(settings: Settings) -> Result<(Self, Writer), SetupError> {
        let rng = SystemRandom::new();
        let translations = translations()?;
        let decoy = Decoy::new(&rng, &settings.receipts)?;
        let (deposits, writer) = Deposits::start(Arc::clone(&settings.mailroom));
        let abuse = settings
            .budgets
            .map(|budgets| Abuse::new(budgets, &settings.clock, &rng))
            .transpose()?;
        let shared = Self {
            mailroom: settings.mailroom,
            deposits,
            recipients: settings.recipients,
            receipts: settings.receipts,
            rng,
            evidence: Evidence::new(
                settings.evidence,
                settings
                    .limits
                    .at_once
                    .is_some()
                    .then_some(settings.limits.deadline),
                settings.clock.now(),
            )?,
            limits: settings.limits,
            drains: Semaphore::new(DRAINS_AT_ONCE),
            decoy,
            looks: abuse.is_some().then(Lanes::default),
            abuse,
            pages: settings.pages,
            networks: settings.networks,
            onion: settings.onion,
            cleaner: settings.cleaner,
            clock: settings.clock,
            calendar: LegalCalendar::new(settings.announcements),
            translations,
        };
        Ok((shared, writer))
    }

    /// The texts in the language that a request asks for.
    pub(crate) fn texts(&self, request: &HttpRequest) -> &Texts {
        self.translations.of_request(request)
    }
}

/// The texts of this service in every language.
pub(crate) fn translations() -> Result<Translations, TextsError> {
    Translations::new(&OWN)
}
