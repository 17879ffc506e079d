//! What a page carries for its person: answers, tokens, positions, sealed so that only an intake
//! process reads them again. There is no session on our side and no cookie on theirs.
//!
//! A sealed text is base64url without padding of `version (1 byte, 1) ‖ salt (24) ‖ ciphertext`. Salt
//! and form key give, by HKDF-SHA-256, a key and a nonce for this one text: with 192 random bits, no
//! number of pages makes two of them meet. What is sealed with ChaCha20-Poly1305 is `last second
//! (i64) ‖ length (u32) ‖ JSON ‖ zeros`, padded to one of a few sizes, with the purpose as
//! associated data: a sealed draft is no sealed token.
//!
//! A page that lapsed is still ours: what was written in it is given back for a day, and not acted on.
//!
//! Roads not taken: *a key for each page in memory* would be a session store, and one that a flood
//! fills. *Encrypting to the committee* would keep the person from seeing their own answers.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use ring::rand::SecureRandom;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::shared::Shared;

/// Version of the format, its first byte.
const VERSION: u8 = 1;
/// Names the product and the version of the scheme.
const LABEL: &[u8] = b"guiando tu denuncia, page seal, v1";
/// Bytes of a form key.
const KEY: usize = 32;
/// Most keys of a file: whoever finds an old page and its key reads the page, so keys go once their
/// pages have lapsed.
const MOST_KEYS: usize = 3;
/// Bytes of a salt.
const SALT: usize = 24;
/// Bytes before the JSON: the last second and the length.
const HEAD: usize = 8 + 4;
/// Sizes of what is sealed, in bytes; a longer one is padded to a multiple of the last.
const SIZES: [usize; 5] = [1 << 10, 8 << 10, 32 << 10, 128 << 10, 256 << 10];

/// What a sealed text is for. One that was sealed for another purpose does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The answers given so far in the form.
    Draft,
    /// A complaint with its token, ready to be sent.
    Review,
    /// A complaint that was sent, and which of its words to ask for.
    Filed,
    /// A wait in a flood.
    Delay,
    /// Work that a program is to do in a flood.
    Work,
    /// A further message with its files, ready to be sent.
    Message,
    /// Words that a person is about to take in place of theirs.
    NewWords,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Draft => b"draft",
            Self::Review => b"review",
            Self::Filed => b"filed",
            Self::Message => b"message",
            Self::NewWords => b"new words",
            Self::Delay => b"delay",
            Self::Work => b"work",
        }
    }

    /// For how many seconds a page can be sent back: mostly time for a long story and a break.
    const fn seconds(self) -> i64 {
        match self {
            Self::Draft | Self::Review | Self::Message => 8 * 60 * 60,
            // Time to write twelve words down; whoever comes to the machine later finds none.
            Self::Filed | Self::NewWords => 30 * 60,
            Self::Delay | Self::Work => crate::abuse::GOOD_FOR,
        }
    }
}

/// For how many seconds what was sealed can be read at all.
const READABLE: i64 = 24 * 60 * 60;

/// What a page carried.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Opened<T> {
    /// What was sealed.
    pub(crate) value: T,
    /// Whether the page is older than it may be: it can be shown again, and nothing more.
    pub(crate) lapsed: bool,
}

/// Why a sealed text is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PageSealError {
    /// It is ours, and so old that it is not even given back.
    #[error("the page is too old")]
    TooOld,
    /// Altered, for another purpose, or sealed with a key that this process does not have.
    #[error("the page is not one of ours")]
    Foreign,
}

/// Why a text gives no form keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotPageKeys {
    /// Something else.
    #[error("not a list of form keys: one of {KEY} bytes on each line, in base64url")]
    Format,
    /// Keys that have long been of no use to anybody but whoever gets hold of the file.
    #[error("more than {MOST_KEYS} form keys: take out the last ones, whose pages have lapsed")]
    TooMany,
}

/// The keys with which pages are sealed: the current one, then those before it, which still open.
pub struct PageKeys {
    current: Prk,
    previous: Vec<Prk>,
}

impl PageKeys {
    /// Draws a key; gives the text that a key file holds.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn draw(rng: &dyn SecureRandom) -> Result<Zeroizing<String>, ring::error::Unspecified> {
        let mut key = Zeroizing::new([0; KEY]);
        rng.fill(key.as_mut_slice())?;
        Ok(Zeroizing::new(BASE64.encode(key.as_slice())))
    }

    fn seal(
        &self,
        purpose: Purpose,
        json: &[u8],
        last_second: i64,
        rng: &dyn SecureRandom,
    ) -> Result<String, ring::error::Unspecified> {
        let mut salt = [0; SALT];
        rng.fill(&mut salt)?;
        let mut sealed = Zeroizing::new(Vec::with_capacity(
            padded(HEAD + json.len()) + CHACHA20_POLY1305.tag_len(),
        ));
        sealed.extend_from_slice(&last_second.to_be_bytes());
        let length = u32::try_from(json.len()).expect("a body is far shorter than 4 GiB");
        sealed.extend_from_slice(&length.to_be_bytes());
        sealed.extend_from_slice(json);
        sealed.resize(padded(HEAD + json.len()), 0);
        let (key, nonce) = key_of(&self.current, &salt);
        key.seal_in_place_append_tag(nonce, Aad::from(purpose.label()), &mut *sealed)?;
        let mut whole = Vec::with_capacity(1 + SALT + sealed.len());
        whole.push(VERSION);
        whole.extend_from_slice(&salt);
        whole.extend_from_slice(&sealed);
        Ok(BASE64.encode(whole))
    }

    fn open<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        text: &str,
        now: i64,
    ) -> Result<Opened<T>, PageSealError> {
        let whole = BASE64.decode(text).map_err(|_| PageSealError::Foreign)?;
        let Some((&VERSION, rest)) = whole.split_first() else {
            return Err(PageSealError::Foreign);
        };
        let (salt, sealed) = rest
            .split_first_chunk::<SALT>()
            .ok_or(PageSealError::Foreign)?;
        let mut room = Zeroizing::new(Vec::with_capacity(sealed.len()));
        let keys = std::iter::once(&self.current).chain(&self.previous);
        for prk in keys {
            room.clear();
            room.extend_from_slice(sealed);
            let (key, nonce) = key_of(prk, salt);
            if let Ok(plain) = key.open_in_place(nonce, Aad::from(purpose.label()), &mut room) {
                return read(purpose, plain, now);
            }
        }
        Err(PageSealError::Foreign)
    }
}

impl FromStr for PageKeys {
    type Err = NotPageKeys;

    fn from_str(text: &str) -> Result<Self, NotPageKeys> {
        let mut keys = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(|line| {
                let key = Zeroizing::new(BASE64.decode(line).map_err(|_| NotPageKeys::Format)?);
                if key.len() != KEY {
                    return Err(NotPageKeys::Format);
                }
                Ok(Salt::new(HKDF_SHA256, LABEL).extract(&key))
            });
        let current = keys.next().ok_or(NotPageKeys::Format)??;
        let previous: Vec<_> = keys.collect::<Result<_, _>>()?;
        if previous.len() >= MOST_KEYS {
            return Err(NotPageKeys::TooMany);
        }
        Ok(Self { current, previous })
    }
}

impl fmt::Debug for PageKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PageKeys(…)")
    }
}

impl Shared {
    /// Seals what a page carries, for a form field.
    ///
    /// # Panics
    /// When the system, which gave randomness at the start, has no more of it.
    pub(crate) fn seal_page<T: Serialize>(&self, purpose: Purpose, value: &T) -> String {
        self.seal_page_until(purpose, value, i64::MAX)
    }

    /// The same, for a page that can be sent back until a given second and no later, counted from
    /// 1970.
    ///
    /// # Panics
    /// As [`Self::seal_page`] does.
    pub(crate) fn seal_page_until<T: Serialize>(
        &self,
        purpose: Purpose,
        value: &T,
        last_second: i64,
    ) -> String {
        let mut json = Zeroizing::new(Vec::with_capacity(json_length(value)));
        serde_json::to_writer(&mut *json, value).expect("what pages carry has only text keys");
        let last_second = last_second.min(self.clock.now().as_second() + purpose.seconds());
        self.pages
            .seal(purpose, &json, last_second, &self.rng)
            .expect("the system's randomness does not run dry")
    }

    /// Reads what a page carried.
    ///
    /// # Errors
    /// See [`PageSealError`].
    pub(crate) fn open_page<T: DeserializeOwned>(
        &self,
        purpose: Purpose,
        text: &str,
    ) -> Result<Opened<T>, PageSealError> {
        self.pages.open(purpose, text, self.clock.now().as_second())
    }
}

/// Counted first, so that the buffer of a secret never grows and leaves a copy behind.
fn json_length(value: &impl Serialize) -> usize {
    struct Count(usize);

    impl std::io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let mut count = Count(0);
    serde_json::to_writer(&mut count, value).expect("what pages carry has only text keys");
    count.0
}

fn padded(length: usize) -> usize {
    let [.., last] = SIZES;
    SIZES
        .into_iter()
        .find(|size| length <= *size)
        .unwrap_or_else(|| length.next_multiple_of(last))
}

fn read<T: DeserializeOwned>(
    purpose: Purpose,
    plain: &[u8],
    now: i64,
) -> Result<Opened<T>, PageSealError> {
    let (last_second, rest) = plain.split_first_chunk().ok_or(PageSealError::Foreign)?;
    let (length, rest) = rest.split_first_chunk().ok_or(PageSealError::Foreign)?;
    let last_second = i64::from_be_bytes(*last_second);
    let sealed_at = last_second.saturating_sub(purpose.seconds());
    if now.saturating_sub(sealed_at) > READABLE {
        return Err(PageSealError::TooOld);
    }
    let length =
        usize::try_from(u32::from_be_bytes(*length)).map_err(|_| PageSealError::Foreign)?;
    let json = rest.get(..length).ok_or(PageSealError::Foreign)?;
    // Ours, but of a release whose pages were made otherwise.
    let value = serde_json::from_slice(json).map_err(|_| PageSealError::TooOld)?;
    Ok(Opened {
        value,
        lapsed: now > last_second,
    })
}

/// Key and nonce of one text.
fn key_of(prk: &Prk, salt: &[u8; SALT]) -> (LessSafeKey, Nonce) {
    let mut bytes = Zeroizing::new([0; KEY + NONCE_LEN]);
    prk.expand(&[salt], KeyAndNonce)
        .and_then(|okm| okm.fill(bytes.as_mut_slice()))
        .expect("HKDF-SHA-256 gives up to 8,160 bytes");
    let (key, nonce) = bytes.split_at(KEY);
    let key = UnboundKey::new(&CHACHA20_POLY1305, key).expect("a key of its length");
    let nonce = Nonce::try_assume_unique_for_key(nonce).expect("a nonce of its length");
    (LessSafeKey::new(key), nonce)
}

struct KeyAndNonce;

impl KeyType for KeyAndNonce {
    fn len(&self) -> usize {
        KEY + NONCE_LEN
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ring::rand::SystemRandom;

    use super::*;

    const PURPOSES: [Purpose; 3] = [Purpose::Draft, Purpose::Review, Purpose::Message];

    fn key() -> Zeroizing<String> {
        PageKeys::draw(&SystemRandom::new()).unwrap()
    }

    fn keys() -> PageKeys {
        key().parse().unwrap()
    }

    fn seal(keys: &PageKeys, purpose: Purpose, value: &str) -> String {
        let json = serde_json::to_vec(value).unwrap();
        keys.seal(purpose, &json, 1_000, &SystemRandom::new())
            .unwrap()
    }

    fn fresh(value: &str) -> Opened<String> {
        Opened {
            value: value.to_owned(),
            lapsed: false,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_was_sealed_opens_for_a_day_and_for_its_purpose_alone(
            value in ".{0,400}", sealed_for in 0..3_usize, opened_for in 0..3_usize, now in 0..100_000_i64,
        ) {
            let keys = keys();
            let sealed = seal(&keys, PURPOSES[sealed_for], &value);
            // Its last second is 1,000, eight hours after it was sealed.
            let expected = match (sealed_for == opened_for, now <= 1_000 + 16 * 60 * 60) {
                (true, true) => Ok(Opened { value, lapsed: now > 1_000 }),
                (true, false) => Err(PageSealError::TooOld),
                (false, _) => Err(PageSealError::Foreign),
            };
            prop_assert_eq!(keys.open::<String>(PURPOSES[opened_for], &sealed, now), expected);
        }

        #[test]
        fn an_altered_byte_makes_it_foreign(at in 0..1_000_usize, bit in 0..8_u8) {
            let keys = keys();
            let mut bytes = BASE64.decode(seal(&keys, Purpose::Draft, "relato")).unwrap();
            bytes[at] ^= 1 << bit;
            let altered = BASE64.encode(bytes);
            prop_assert_eq!(
                keys.open::<String>(Purpose::Draft, &altered, 0),
                Err(PageSealError::Foreign)
            );
        }

        #[test]
        fn any_other_text_is_foreign(text in ".{0,200}") {
            prop_assert_eq!(
                keys().open::<String>(Purpose::Draft, &text, 0),
                Err(PageSealError::Foreign)
            );
        }
    }

    #[test]
    fn a_previous_key_still_opens_and_a_stranger_one_does_not() {
        let (old, new) = (key(), key());
        let sealed = seal(&old.parse().unwrap(), Purpose::Review, "relato");
        let both: PageKeys = format!("{}\n\n{}\n", *new, *old).parse().unwrap();
        assert_eq!(both.open(Purpose::Review, &sealed, 0), Ok(fresh("relato")));
        let newer = seal(&both, Purpose::Review, "otro");
        let only_new: PageKeys = new.parse().unwrap();
        assert_eq!(only_new.open(Purpose::Review, &newer, 0), Ok(fresh("otro")));
        assert_eq!(
            only_new.open::<String>(Purpose::Review, &sealed, 0),
            Err(PageSealError::Foreign)
        );
    }

    #[test]
    fn keys_whose_pages_have_long_lapsed_are_refused() {
        let three = [key(), key(), key()].map(|key| key.to_string()).join("\n");
        assert!(three.parse::<PageKeys>().is_ok());
        let four = format!("{three}\n{}\n", *key());
        assert_eq!(four.parse::<PageKeys>().unwrap_err(), NotPageKeys::TooMany);
    }

    #[test]
    fn texts_of_like_length_have_one_size_and_no_two_are_alike() {
        let keys = keys();
        let short = seal(&keys, Purpose::Draft, "");
        let longer = seal(&keys, Purpose::Draft, &"x".repeat(900));
        assert_eq!(short.len(), longer.len());
        assert_ne!(short, seal(&keys, Purpose::Draft, ""));
        let long = seal(&keys, Purpose::Draft, &"x".repeat(300 << 10));
        assert_eq!(
            keys.open(Purpose::Draft, &long, 0),
            Ok(fresh(&"x".repeat(300 << 10)))
        );
        assert!(longer.len() < 1_500);
    }

    #[test]
    fn what_holds_no_keys_is_refused_and_debug_shows_none() {
        for text in ["", "\n", "abc", "c2hvcnQ"] {
            let error = text.parse::<PageKeys>().unwrap_err();
            assert_eq!(error, NotPageKeys::Format, "{text}");
        }
        assert_eq!(format!("{:?}", keys()), "PageKeys(…)");
    }
}
