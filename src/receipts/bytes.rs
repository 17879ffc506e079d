//! Reading and writing the fields that all formats share.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::civil::Date;

/// Longest text that is decoded; the longest proof has a quarter of it.
const LONGEST: usize = 8 << 10;

pub(crate) fn to_text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of a text as people hand it over: blanks and line breaks mean nothing.
pub(crate) fn from_text(text: &str) -> Option<Vec<u8>> {
    let letters: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .take(LONGEST + 1)
        .collect();
    if letters.len() > LONGEST {
        return None;
    }
    URL_SAFE_NO_PAD.decode(letters).ok()
}

pub(crate) fn write_day(day: Date, to: &mut Vec<u8>) {
    to.extend_from_slice(&day.year().to_be_bytes());
    to.extend_from_slice(&day.month().to_be_bytes());
    to.extend_from_slice(&day.day().to_be_bytes());
}

/// What is left to read.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    pub(crate) fn slice(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    pub(crate) fn day(&mut self) -> Option<Date> {
        let [year_high, year_low, month, day] = self.array()?;
        let [month, day] = [month, day].map(|byte| i8::from_be_bytes([byte]));
        Date::new(i16::from_be_bytes([year_high, year_low]), month, day).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
