//! Browsers from which a member has signed in before: a flood on the member's name does not keep them out.
//!
//! After a complete sign-in the browser gets a cookie: a random id, until when it counts, and a tag over
//! both and the name, under a key that follows from the service's own. So nothing has to be stored, and
//! a cookie made up, altered, too old or of another name is as good as none. Whoever brings a good one
//! waits in a lane of their own; it opens nothing and replaces neither step of signing in.
//!
//! OWASP describes this as *device cookies* ("Slow Down Online Guessing Attacks with Device Cookies").
//! When the committee's key is rotated, the cookies of before count no more.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use committee::keyring::Keyring;
use committee::members::login;
use jiff::{SignedDuration, Timestamp};
use ring::hmac;
use ring::rand::{SecureRandom as _, SystemRandom};

use super::DeskError;
use super::session::cookie::{decode, encode};

/// The cookie; see [`super::session::COOKIE`] for the prefix.
pub(super) const COOKIE: &str = "__Host-guiando-device";
/// How long a browser is known after a sign-in.
pub(super) const LASTS: SignedDuration = SignedDuration::from_hours(90 * 24);
/// The use that the key is derived for.
const LABEL: &str = "known devices";

const ID: usize = 16;
const UNTIL: usize = size_of::<i64>();

/// A browser that a member has signed in from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KnownDevice(pub(super) [u8; ID]);

impl KnownDevice {
    /// The one that a request brings, if it is known for this name.
    pub(super) fn of(
        request: &HttpRequest,
        keyring: &Keyring,
        name: &str,
        now: Timestamp,
    ) -> Option<Self> {
        Self::read(request.cookie(COOKIE)?.value(), &key(keyring), name, now)
    }

    fn read(value: &str, key: &hmac::Key, name: &str, now: Timestamp) -> Option<Self> {
        let bytes = decode(value)?;
        let (id, rest) = bytes.split_first_chunk::<ID>()?;
        let (until, tag) = rest.split_first_chunk::<UNTIL>()?;
        hmac::verify(key, &said(id, *until, name), tag).ok()?;
        (now.as_second() < i64::from_be_bytes(*until)).then_some(Self(*id))
    }
}

/// A cookie by which the browser is known for this name from now on.
pub(super) fn make(
    keyring: &Keyring,
    name: &str,
    now: Timestamp,
) -> Result<Cookie<'static>, DeskError> {
    let mut id = [0; ID];
    let drawn = SystemRandom::new().fill(&mut id);
    drawn.map_err(|_| DeskError::Randomness)?;
    let value = write(id, &key(keyring), name, now);
    Ok(Cookie::build(COOKIE, value)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(Duration::seconds(LASTS.as_secs()))
        .finish())
}

fn write(id: [u8; ID], key: &hmac::Key, name: &str, now: Timestamp) -> String {
    let until = (now.as_second() + LASTS.as_secs()).to_be_bytes();
    let tag = hmac::sign(key, &said(&id, until, name));
    encode([id.as_slice(), &until, tag.as_ref()].concat())
}

/// What the tag is over. All but the name has a fixed length.
fn said(id: &[u8; ID], until: [u8; UNTIL], name: &str) -> Vec<u8> {
    [id.as_slice(), &until, login::fold(name).as_bytes()].concat()
}

fn key(keyring: &Keyring) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, keyring.own().derive(LABEL).as_slice())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MADE: Timestamp = Timestamp::UNIX_EPOCH;

    fn one_key() -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, &[7; 32])
    }

    proptest! {
        #[test]
        fn a_browser_is_known_for_one_name_and_for_its_time(
            id: [u8; ID],
            name in "[a-z]{3,8}",
            other in "[a-z]{3,8}",
            at in 0..LASTS.as_secs(),
        ) {
            let key = one_key();
            let value = write(id, &key, &name, MADE);
            let now = MADE + SignedDuration::from_secs(at);
            let known = Some(KnownDevice(id));
            prop_assert_eq!(KnownDevice::read(&value, &key, &name, now), known);
            let shouted = format!(" {} ", name.to_uppercase());
            prop_assert_eq!(KnownDevice::read(&value, &key, &shouted, now), known);
            prop_assert_eq!(KnownDevice::read(&value, &key, &name, MADE + LASTS), None);
            prop_assume!(name != other);
            prop_assert_eq!(KnownDevice::read(&value, &key, &other, now), None);
        }

        #[test]
        fn a_cookie_that_was_altered_or_made_up_is_none(
            id: [u8; ID],
            at in 0..ID + UNTIL + 32,
            by in 1_u8..,
            made_up in "[A-Za-z0-9_-]{0,80}",
        ) {
            let key = one_key();
            let mut bytes = decode(&write(id, &key, "ana", MADE)).unwrap();
            bytes[at] ^= by;
            prop_assert_eq!(KnownDevice::read(&encode(&*bytes), &key, "ana", MADE), None);
            prop_assert_eq!(KnownDevice::read(&made_up, &key, "ana", MADE), None);
        }
    }
}
