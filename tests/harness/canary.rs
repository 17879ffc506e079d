//! Strings that must not be found, in every form that they might be written in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use bip39::{Language, Mnemonic};
use domain::code::fold;
use sealing::TrackingToken;
use unicode_normalization::UnicodeNormalization as _;

use super::person::url;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which needle, in which form.
    pub what: String,
    /// In which file.
    pub file: PathBuf,
    /// At which byte.
    pub at: usize,
}

/// What is searched for.
#[derive(Debug)]
pub struct Needles {
    forms: BTreeMap<Vec<u8>, String>,
    matcher: Option<AhoCorasick>,
}

/// Forms shorter than this are left out: they would be found by chance.
const SHORTEST: usize = 7;

impl Default for Needles {
    fn default() -> Self {
        Self::new()
    }
}

impl Needles {
    /// None yet.
    pub fn new() -> Self {
        Self {
            forms: BTreeMap::new(),
            matcher: None,
        }
    }

    /// How many forms are searched for.
    pub fn count(&self) -> usize {
        self.forms.len()
    }

    /// A text, in all its forms.
    pub fn add_text(&mut self, name: &str, text: &str) {
        let composed: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        for (norm, text) in [("NFC", &composed), ("NFD", &decomposed)] {
            self.add_bytes(&format!("{name}, {norm}"), text.as_bytes());
            let units: Vec<u16> = text.encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            self.add(&format!("{name}, {norm}, UTF-16LE"), little);
            self.add(&format!("{name}, {norm}, UTF-16BE"), big);
            self.add(
                &format!("{name}, {norm}, as in a form"),
                url(text).into_bytes(),
            );
            self.add(
                &format!("{name}, {norm}, as in a URL"),
                url(text).replace("%20", "+").into(),
            );
            self.add(
                &format!("{name}, {norm}, as in JSON"),
                json_escaped(text).into_bytes(),
            );
        }
        self.add(
            &format!("{name}, lower case"),
            composed.to_lowercase().into_bytes(),
        );
        self.add(
            &format!("{name}, upper case"),
            composed.to_uppercase().into_bytes(),
        );
        self.add(&format!("{name}, folded"), fold(text).into_bytes());
    }

    /// Bytes as they are, in hexadecimal, and in base64 wherever they may begin.
    pub fn add_bytes(&mut self, name: &str, bytes: &[u8]) {
        self.add(name, bytes.to_vec());
        self.add(
            &format!("{name}, hexadecimal"),
            hex::encode(bytes).into_bytes(),
        );
        self.add(
            &format!("{name}, HEXADECIMAL"),
            hex::encode_upper(bytes).into_bytes(),
        );
        for before in 0..3 {
            let shifted = [&[0; 3][..before], bytes].concat();
            // The first digits hold bits of what stands before, the last ones of what follows.
            let skip = [0, 2, 3][before];
            let end = shifted.len() * 8 / 6;
            for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
                let digits = engine.encode(&shifted);
                self.add(
                    &format!("{name}, base64 at {before}"),
                    digits[skip..end].into(),
                );
            }
        }
    }

    fn add(&mut self, name: &str, form: Vec<u8>) {
        if form.len() >= SHORTEST {
            self.forms.entry(form).or_insert_with(|| name.to_owned());
            self.matcher = None;
        }
    }

    /// Readies the search; adding more afterwards undoes it.
    ///
    /// # Panics
    /// Never for the few thousand forms of a test.
    #[must_use]
    pub fn ready(mut self) -> Self {
        self.matcher = Some(AhoCorasick::new(self.forms.keys()).expect("there are not too many"));
        self
    }

    /// Finds them in the bytes of a file.
    pub(crate) fn search(&self, file: &Path, bytes: &[u8], hits: &mut Vec<Hit>) {
        let matcher = self.matcher.as_ref().expect("the needles were readied");
        for found in matcher.find_iter(bytes) {
            let what = self.forms.values().nth(found.pattern().as_usize());
            hits.push(Hit {
                what: what.cloned().unwrap_or_default(),
                file: file.to_owned(),
                at: found.start(),
            });
        }
    }
}

/// A token in every form that is not derived by a one-way function: all words and any three in a
/// row, written out and shortened, with every separator, and its bits and its mailbox key.
///
/// # Panics
/// When the text is no token.
pub fn token_needles(needles: &mut Needles, name: &str, token: &str) {
    let parsed = TrackingToken::parse(token).expect("it is a token");
    let words = parsed.words();
    let whole: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let plain: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let short: Vec<String> = plain
        .iter()
        .map(|word| word.chars().take(4).collect())
        .collect();
    for (form, words) in [
        ("words", &whole),
        ("plain words", &plain),
        ("four letters", &short),
    ] {
        for separator in [" ", "-", "_", ",", ", ", "\n", "\t", ""] {
            needles.add_text(&format!("{name}, {form}"), &words.join(separator));
            for (index, three) in words.windows(3).enumerate() {
                let text = three.join(separator);
                needles.add(
                    &format!("{name}, {form} from {index}"),
                    text.clone().into_bytes(),
                );
                let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
                needles.add(&format!("{name}, {form} from {index}, UTF-16LE"), units);
            }
        }
        // As a list in JSON.
        needles.add(
            &format!("{name}, {form}, list"),
            words.join("\",\"").into_bytes(),
        );
    }
    let phrase: String = token.nfd().collect();
    let mnemonic = Mnemonic::parse_in(Language::Spanish, phrase).expect("it is a token");
    needles.add_bytes(&format!("{name}, its bits"), &mnemonic.to_entropy());
    needles.add_bytes(
        &format!("{name}, its mailbox key"),
        parsed.mailbox_key().expose(),
    );
}

/// A string that occurs nowhere by chance: 24 letters, readable, of `seed` alone.
pub fn canary(seed: u64) -> String {
    // Numbers from splitmix64: the point is that they differ, not that they cannot be foreseen.
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x6775_6961_6e64_6f21;
    let mut letters = String::from("cnr");
    while letters.len() < 24 {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let letter = b"bcdfghjklmnpqrstvwxyzaeiou"[((mixed ^ (mixed >> 31)) % 26) as usize % 26];
        letters.push(char::from(letter));
    }
    letters
}

fn json_escaped(text: &str) -> String {
    text.encode_utf16()
        .map(|unit| match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
            _ => format!("\\u{unit:04x}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(needles: &Needles, hay: &[u8]) -> usize {
        let mut hits = Vec::new();
        needles.search(Path::new("hay"), hay, &mut hits);
        hits.len()
    }

    #[test]
    fn a_needle_is_found_in_every_form_and_only_there() {
        let mut needles = Needles::new();
        needles.add_text("name", "Íñigo Peña y Ávila");
        let needles = needles.ready();
        let text = "Íñigo Peña y Ávila";
        let hays: Vec<Vec<u8>> = vec![
            format!("abc{text}def").into(),
            text.nfd().collect::<String>().into(),
            text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            hex::encode(text).into(),
            STANDARD_NO_PAD.encode(format!("x{text}y")).into(),
            STANDARD_NO_PAD.encode(format!("xx{text}y")).into(),
            URL_SAFE_NO_PAD.encode(format!("xxx{text}yy")).into(),
            b"%C3%8D%C3%B1igo%20Pe%C3%B1a%20y%20%C3%81vila".to_vec(),
            b"\\u00cd\\u00f1igo Pe\\u00f1a y \\u00c1vila".to_vec(),
            b"inigo_pena_y_avila".to_vec(),
        ];
        for hay in hays {
            assert!(
                found(&needles, &hay) > 0,
                "{}",
                String::from_utf8_lossy(&hay)
            );
        }
        assert_eq!(
            found(&needles, "Íñigo Pena y Ávila, otra persona".as_bytes()),
            0
        );
    }

    #[test]
    fn canaries_differ() {
        let all: std::collections::BTreeSet<_> = (0..1000).map(canary).collect();
        assert_eq!(all.len(), 1000);
        assert!(all.iter().all(|canary| canary.len() == 24));
    }

    #[test]
    fn a_token_is_found_however_it_is_written() {
        let token = TrackingToken::from([7; 16]);
        let mut needles = Needles::new();
        token_needles(&mut needles, "token", &token.phrase());
        let needles = needles.ready();
        let shortened: Vec<String> = token
            .words()
            .iter()
            .map(|word| fold(word).chars().take(4).collect())
            .collect();
        for hay in [
            token.phrase().as_bytes().to_vec(),
            fold(&token.phrase()).into_bytes(),
            shortened[3..6].join("-").into_bytes(),
            [7; 16].to_vec(),
            hex::encode([7; 16]).into_bytes(),
            token.mailbox_key().expose().to_vec(),
        ] {
            assert!(found(&needles, &hay) > 0, "{hay:?}");
        }
        assert_eq!(found(&needles, token.lookup_id().as_bytes()), 0);
    }
}
