//! The id of a session: in the cookie alone, and its hash in memory.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest;
use ring::rand::{SecureRandom as _, SystemRandom};
use zeroize::Zeroizing;

use crate::desk::DeskError;

/// The cookie. The prefix makes browsers insist on HTTPS, on this host alone and on the whole site.
pub(in crate::desk) const COOKIE: &str = "__Host-guiando";

/// Bytes of a session id: 256 random bits.
const ID: usize = 32;

/// What is kept of a session id.
pub(super) type Fingerprint = [u8; digest::SHA256_OUTPUT_LEN];

/// A session id.
pub(super) struct Id(Zeroizing<[u8; ID]>);

impl Id {
    pub(super) fn draw(rng: &SystemRandom) -> Result<Self, DeskError> {
        let mut id = Zeroizing::new([0; ID]);
        rng.fill(id.as_mut_slice())
            .map_err(|_| DeskError::Randomness)?;
        Ok(Self(id))
    }

    /// The one that a request presents.
    pub(super) fn of(request: &HttpRequest) -> Option<Self> {
        let cookie = request.cookie(COOKIE)?;
        let id = decode(cookie.value())?;
        Some(Self(Zeroizing::new(id.as_slice().try_into().ok()?)))
    }

    pub(super) fn fingerprint(&self) -> Fingerprint {
        let mut fingerprint = [0; digest::SHA256_OUTPUT_LEN];
        fingerprint.copy_from_slice(digest::digest(&digest::SHA256, self.0.as_slice()).as_ref());
        fingerprint
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    pub(super) fn cookie(&self) -> Cookie<'static> {
        cookie(encode(self.0.as_slice()))
    }
}

/// The cookie that takes a session's cookie back.
pub(in crate::desk) fn removal() -> Cookie<'static> {
    let mut cookie = cookie(String::new());
    cookie.make_removal();
    cookie
}

pub(in crate::desk) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(in crate::desk) fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    URL_SAFE_NO_PAD.decode(text).ok().map(Zeroizing::new)
}

fn cookie(value: String) -> Cookie<'static> {
    Cookie::build(COOKIE, value)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .finish()
}
