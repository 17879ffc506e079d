//! Who is signed in: random ids in cookies, their hashes in memory, and two limits of time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::{digest, hmac};
use service::clock::Clock;
use zeroize::Zeroizing;

use super::DeskError;

/// The cookie. The prefix makes browsers insist on HTTPS, on this host alone and on the whole site.
pub(super) const COOKIE: &str = "__Host-guiando";

/// A session that nobody used for so long has ended.
pub(super) const IDLE: SignedDuration = SignedDuration::from_mins(30);

/// No session lasts longer than this.
pub(super) const ABSOLUTE: SignedDuration = SignedDuration::from_hours(12);

/// Bytes of a session id: 256 random bits.
const ID: usize = 32;

/// What is kept of a session id.
type Fingerprint = [u8; digest::SHA256_OUTPUT_LEN];

/// The sessions of this process.
pub(super) struct Sessions {
    open: Mutex<HashMap<Fingerprint, Kept>>,
    tokens: hmac::Key,
    rng: SystemRandom,
    clock: Arc<dyn Clock>,
}

struct Kept {
    account: Arc<str>,
    begun: Timestamp,
    used: Timestamp,
}

/// One session, as the rest of the desk sees it.
#[derive(Clone)]
pub(super) struct Session {
    /// Who is signed in.
    pub(super) account: Arc<str>,
    /// What every form and call that changes something has to carry.
    pub(super) token: String,
    fingerprint: Fingerprint,
}

/// A session that has just begun: the only moment at which its id is known.
pub(super) struct Begun {
    /// The session.
    pub(super) session: Session,
    id: Zeroizing<String>,
}

impl Sessions {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Result<Self, DeskError> {
        let rng = SystemRandom::new();
        let tokens =
            hmac::Key::generate(hmac::HMAC_SHA256, &rng).map_err(|_| DeskError::Randomness)?;
        Ok(Self {
            open: Mutex::default(),
            tokens,
            rng,
            clock,
        })
    }

    /// Begins a session under a new id; ids that came with a request are never taken over.
    pub(super) fn begin(&self, account: &str) -> Result<Begun, DeskError> {
        let mut secret = Zeroizing::new([0; ID]);
        self.rng
            .fill(secret.as_mut_slice())
            .map_err(|_| DeskError::Randomness)?;
        let id = Zeroizing::new(URL_SAFE_NO_PAD.encode(*secret));
        let fingerprint = fingerprint(&*secret);
        let now = self.clock.now();
        let account: Arc<str> = account.into();
        let mut open = self.open();
        open.retain(|_, kept| kept.is_open(now));
        open.insert(
            fingerprint,
            Kept {
                account: Arc::clone(&account),
                begun: now,
                used: now,
            },
        );
        drop(open);
        Ok(Begun {
            session: self.session(account, fingerprint),
            id,
        })
    }

    /// The session of a request, which counts as used by it.
    pub(super) fn of(&self, request: &HttpRequest) -> Option<Session> {
        let presented = presented(request)?;
        let now = self.clock.now();
        let mut open = self.open();
        let kept = open.get_mut(&presented)?;
        if !kept.is_open(now) {
            open.remove(&presented);
            return None;
        }
        kept.used = now;
        let account = Arc::clone(&kept.account);
        drop(open);
        Some(self.session(account, presented))
    }

    /// Ends the session of a request, if it has one.
    pub(super) fn end(&self, request: &HttpRequest) {
        if let Some(presented) = presented(request) {
            self.open().remove(&presented);
        }
    }

    /// Ends every session.
    pub(super) fn end_all(&self) {
        self.open().clear();
    }

    /// Whether a token belongs to a session; compared in constant time.
    pub(super) fn accepts(&self, session: &Session, token: &str) -> bool {
        URL_SAFE_NO_PAD
            .decode(token)
            .is_ok_and(|tag| hmac::verify(&self.tokens, &session.fingerprint, &tag).is_ok())
    }

    fn session(&self, account: Arc<str>, fingerprint: Fingerprint) -> Session {
        let token = URL_SAFE_NO_PAD.encode(hmac::sign(&self.tokens, &fingerprint));
        Session {
            account,
            token,
            fingerprint,
        }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<Fingerprint, Kept>> {
        // Each change is a single step, so a panic elsewhere leaves the list sound.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn is_open(&self, now: Timestamp) -> bool {
        now.duration_since(self.used) < IDLE && now.duration_since(self.begun) < ABSOLUTE
    }
}

impl Begun {
    /// The cookie that carries the id.
    pub(super) fn cookie(&self) -> Cookie<'static> {
        cookie(self.id.as_str().to_owned())
    }
}

/// The cookie that takes a session's cookie back.
pub(super) fn removal() -> Cookie<'static> {
    let mut cookie = cookie(String::new());
    cookie.make_removal();
    cookie
}

fn cookie(value: String) -> Cookie<'static> {
    Cookie::build(COOKIE, value)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .finish()
}

fn presented(request: &HttpRequest) -> Option<Fingerprint> {
    let cookie = request.cookie(COOKIE)?;
    let secret = Zeroizing::new(URL_SAFE_NO_PAD.decode(cookie.value()).ok()?);
    (secret.len() == ID).then(|| fingerprint(&secret))
}

fn fingerprint(secret: &[u8]) -> Fingerprint {
    let mut fingerprint = [0; digest::SHA256_OUTPUT_LEN];
    fingerprint.copy_from_slice(digest::digest(&digest::SHA256, secret).as_ref());
    fingerprint
}
