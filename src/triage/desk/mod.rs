//! The committee's desk: its pages and its interface for programs.
//!
//! # Who gets in
//!
//! Every address is refused by default. The table in [`mod@routes`] names each address, its methods and
//! who may call it; what is registered with the server is made from that table, and the one gate in
//! front of it reads the same table. A handler gets at a case only through [`Member`](gate::Member),
//! which nothing but the gate can make: without a session there is no keyring to open anything with.
//!
//! 1. `gate`: is the service unsealed (otherwise `unsealing` alone answers), does the request come from our own pages, is there a session,
//!    does what changes something carry the session's token.
//! 2. `sign_in`, `second_step` and `credentials`: a name that does not exist costs and answers the same
//!    as a wrong passphrase; `throttle` slows guessing down without locking anybody out,
//!    and `known_device` keeps a lane free for browsers that a member has used before.
//! 3. `list`, `today`, `board`, `agenda`, `case` and `api`: thin; what a case says is opened by `dossier`,
//!    and which cases there are is in `register`; `search` looks for words in them.
//!
//! Sessions live in memory only: a restart signs everybody out.
//!
//! # Roads not taken
//!
//! - *Signed cookies without a list of sessions* cannot be ended by signing out.
//! - *Locking an account after failures* would let anybody lock a member out.

mod account;
mod acts;
mod agenda;
mod agreement;
mod api;
mod assets;
mod assisted;
mod at_risk;
mod attentions;
mod board;
mod capture;
mod case;
mod copies;
mod correspondence;
mod credentials;
mod dossier;
mod enrolment;
mod evidence;
mod fallback;
mod fields;
mod gate;
mod health;
mod highlight;
mod identity;
mod incidents;
mod known_device;
mod labels;
mod list;
mod logbook;
mod matters;
mod meetings;
mod members;
mod pages;
mod papers;
mod pass;
mod procedure;
mod qr;
mod recounts;
mod recusals;
pub(crate) mod register;
mod retention;
mod routes;
mod search;
mod second_step;
mod session;
mod shortcuts;
mod sign_in;
mod signal;
mod suspensions;
mod table;
#[cfg(test)]
mod tests;
mod throttle;
mod today;
mod unsealing;
mod unseen;
mod version;

use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpRequest;
use committee::members::passkey::{Origin, Passkeys};
use domain::calendar::{Calendar, Today};
use jiff::civil::Date;
use notices::slot::Slots;
use service::body::BodyLimits;
use service::clock::Clock;
use service::language::{Language, Texts, TextsError, Translations};
use store::casefiles::CaseFiles;
use store::mailroom::Mailroom;
use tokio::sync::Semaphore;

use self::credentials::Credentials;
pub(crate) use self::evidence::Viewer;
use self::register::Register;
use self::session::Sessions;
use crate::vault::Vault;

pub use self::routes::routes;

/// Most bytes of a body from whoever is not signed in: a name and a passphrase.
const BODY_BYTES: usize = 16 << 10;
/// Most bytes of a body from a member: the longest letter, with every byte of it escaped.
const LETTER_BYTES: usize = 256 << 10;
/// Longest time that a body may take.
const BODY_DEADLINE: Duration = Duration::from_secs(10);

const OWN: [(Language, &str); 2] = [
    (
        Language::EsMx,
        include_str!("../../../web/locales/es-MX/triage.ftl"),
    ),
    (
        Language::En,
        include_str!("../../../web/locales/en/triage.ftl"),
    ),
];

/// What every handler works with; one for the whole process.
pub struct Desk {
    cases: Arc<dyn CaseFiles>,
    mailroom: Arc<dyn Mailroom>,
    vault: Arc<Vault>,
    clock: Arc<dyn Clock>,
    /// What lists and searches read.
    register: Arc<Register>,
    /// One index for searches is built at a time.
    turns: Arc<Semaphore>,
    translations: Translations,
    sessions: Sessions,
    credentials: Credentials,
    /// Without the address of the desk there are none.
    passkeys: Option<Passkeys>,
    origin: Option<Origin>,
    /// When members get mail; without a mail server they get none.
    mail: Option<Slots>,
    /// Shows files; without the program there is nothing to look at but the original.
    viewer: Option<Viewer>,
    limits: BodyLimits,
    letters: BodyLimits,
}

/// Why the desk cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// A translation file is not valid.
    #[error(transparent)]
    Texts(#[from] TextsError),
    /// The system has no randomness to give.
    #[error("the system gives no randomness")]
    Randomness,
}

impl Desk {
    /// Sets the desk up; while the vault is sealed it says so and offers to open it.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub fn new(
        cases: Arc<dyn CaseFiles>,
        mailroom: Arc<dyn Mailroom>,
        vault: Arc<Vault>,
        clock: Arc<dyn Clock>,
        origin: Option<&Origin>,
    ) -> Result<Self, DeskError> {
        Ok(Self {
            cases,
            mailroom,
            vault,
            sessions: Sessions::new(Arc::clone(&clock))?,
            clock,
            register: Arc::default(),
            turns: Arc::new(Semaphore::new(1)),
            translations: translations()?,
            credentials: Credentials::new()?,
            passkeys: origin.map(Passkeys::at),
            origin: origin.cloned(),
            mail: None,
            viewer: None,
            limits: BodyLimits {
                bytes: BODY_BYTES,
                deadline: BODY_DEADLINE,
                at_once: None,
            },
            letters: BodyLimits {
                bytes: LETTER_BYTES,
                deadline: BODY_DEADLINE,
                at_once: None,
            },
        })
    }

    /// The same where members get mail at these slots.
    #[must_use]
    pub fn with_mail(mut self, slots: Slots) -> Self {
        self.mail = Some(slots);
        self
    }

    /// The same with the program that shows files.
    #[must_use]
    pub(crate) fn with_viewer(mut self, viewer: Viewer) -> Self {
        self.viewer = Some(viewer);
        self
    }

    /// The register in memory, for whoever else reads it.
    pub(crate) fn register(&self) -> Arc<Register> {
        Arc::clone(&self.register)
    }

    /// What the committee's terms are counted by, as it is now.
    fn calendar(&self) -> Arc<Calendar> {
        self.vault.calendar().now()
    }

    /// The committee's day: after office hours, and on days that do not count, the next one that does.
    fn today(&self) -> Date {
        self.calendar().legal_day(self.clock.now())
    }

    /// The same by `calendar`, with the day that it is in any.
    fn now(&self, calendar: &Calendar) -> Today {
        calendar.today(self.clock.now())
    }

    /// Forgets what nobody may need any more: sessions that are over, with all that they hold, and the
    /// register of a service that was sealed. To be done from time to time.
    pub async fn tend(&self) {
        self.sessions.forget_closed();
        if self.vault.keyring().is_none() {
            self.register.forget().await;
        }
    }

    /// The texts in the language that a request asks for.
    fn texts(&self, request: &HttpRequest) -> &Texts {
        self.translations.of(Language::of(request))
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk")
            .field("vault", &self.vault)
            .finish_non_exhaustive()
    }
}

/// The texts of this service in every language.
pub(crate) fn translations() -> Result<Translations, TextsError> {
    Translations::new(&OWN)
}
