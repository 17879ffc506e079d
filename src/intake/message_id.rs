//! The name of a further letter, so that a page that is sent twice sends one.
//!
//! Each page with a form draws a number. The id of the envelope is a keyed hash of that number and of
//! what is sent, under the mailbox's own key: the same page with the same content gives the same
//! envelope, which the store keeps once; another text, or another page, gives another. Nobody without
//! the token can tell such an id from a random one. It needs no key of this process, so a page that
//! was opened before a restart or long ago still sends, once.

use std::fmt;
use std::str::FromStr;

use ring::hmac;
use ring::rand::SecureRandom;
use sealing::{EnvelopeId, FollowUp, TrackingToken};

const CONTEXT: &[u8] = b"guiando further letter, v1";
const OF_NEW_WORDS: &[u8] = b"guiando letter of new words, v2";

/// What a page draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Once([u8; 16]);

/// The id of the letter by which the holder of a token takes another: the same whichever that is, so that
/// of several such letters the store takes the first. Whoever has the token finds nothing by it that the
/// token does not tell.
pub(crate) fn of_new_words(token: &TrackingToken) -> EnvelopeId {
    let key = hmac::Key::new(hmac::HMAC_SHA256, token.mailbox_key().expose());
    let mut mac = hmac::Context::with_key(&key);
    mac.update(OF_NEW_WORDS);
    first_bytes(mac)
}

fn first_bytes(mac: hmac::Context) -> EnvelopeId {
    let tag = mac.sign();
    let (id, _) = tag
        .as_ref()
        .split_first_chunk::<{ EnvelopeId::LENGTH }>()
        .expect("SHA-256 gives 32 bytes");
    EnvelopeId::from(*id)
}

/// A text that no page of ours has drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not what a page draws")]
pub(crate) struct NotDrawn;

impl Once {
    /// Draws one. Without randomness it is the same for every page, and then the content alone tells
    /// letters apart.
    pub(crate) fn draw(rng: &dyn SecureRandom) -> Self {
        let mut bytes = [0; 16];
        match rng.fill(&mut bytes) {
            Ok(()) => Self(bytes),
            Err(_) => Self([0; 16]),
        }
    }

    /// The id of a letter.
    pub(crate) fn envelope(self, token: &TrackingToken, told: &FollowUp) -> EnvelopeId {
        let key = hmac::Key::new(hmac::HMAC_SHA256, token.mailbox_key().expose());
        let mut mac = hmac::Context::with_key(&key);
        mac.update(CONTEXT);
        mac.update(&self.0);
        let text = told.text.as_ref().map_or("", |text| text.expose());
        mac.update(&(text.len() as u64).to_be_bytes());
        mac.update(text.as_bytes());
        mac.update(&[
            u8::from(told.text.is_some()),
            u8::from(told.answers_request),
        ]);
        let consent = told.referral_consent.map_or("", |consent| consent.code());
        mac.update(&(consent.len() as u64).to_be_bytes());
        mac.update(consent.as_bytes());
        for item in &told.evidence {
            mac.update(&item.sha256.0);
            mac.update(item.version.code().as_bytes());
        }
        first_bytes(mac)
    }
}

impl fmt::Display for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl FromStr for Once {
    type Err = NotDrawn;

    fn from_str(text: &str) -> Result<Self, NotDrawn> {
        if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotDrawn);
        }
        let number = u128::from_str_radix(text, 16).map_err(|_| NotDrawn)?;
        Ok(Self(number.to_be_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use domain::complaint::{MessageText, ReferralConsent, SecretText};
    use ring::rand::SystemRandom;

    use super::*;

    fn told(text: &str, consent: Option<ReferralConsent>, answers: bool) -> FollowUp {
        let text = MessageText::parse(SecretText::from(text.to_owned())).unwrap();
        FollowUp::new(Some(text), consent, answers, Vec::new()).unwrap()
    }

    #[test]
    fn what_a_page_draws_reads_back() {
        let once = Once::draw(&SystemRandom::new());
        assert_eq!(once.to_string().parse(), Ok(once));
        for bad in ["", "x", "+0000000000000000000000000000001", &"0".repeat(33)] {
            assert_eq!(bad.parse::<Once>(), Err(NotDrawn), "{bad}");
        }
    }

    #[test]
    fn the_same_page_with_the_same_content_is_one_letter_and_nothing_else_is() {
        let rng = SystemRandom::new();
        let (token, other) = (
            TrackingToken::draw(&rng).unwrap(),
            TrackingToken::draw(&rng).unwrap(),
        );
        let (page, later) = (Once::draw(&rng), Once::draw(&rng));
        let told_once = told("Hola", None, false);
        let id = page.envelope(&token, &told_once);
        assert_eq!(page.envelope(&token, &told("Hola", None, false)), id);
        for different in [
            later.envelope(&token, &told_once),
            page.envelope(&other, &told_once),
            page.envelope(&token, &told("Hola.", None, false)),
            page.envelope(&token, &told("Hola", None, true)),
            page.envelope(&token, &told("Hola", Some(ReferralConsent::No), false)),
        ] {
            assert_ne!(different, id);
        }
    }

    #[test]
    fn the_letter_of_new_words_is_named_by_the_words_of_before_alone() {
        let rng = SystemRandom::new();
        let (token, other) = (
            TrackingToken::draw(&rng).unwrap(),
            TrackingToken::draw(&rng).unwrap(),
        );
        let id = of_new_words(&token);
        assert_eq!(of_new_words(&token), id);
        assert_ne!(of_new_words(&other), id);
        let in_clear = token.lookup_id();
        assert!(
            !in_clear
                .as_bytes()
                .windows(id.as_bytes().len())
                .any(|part| part == id.as_bytes())
        );
    }
}
