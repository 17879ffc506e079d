//! Codes that people say, write and type: of letters that nobody takes for one another.

use ring::rand::SecureRandom;
use zeroize::Zeroizing;

use super::NoRandomness;

/// Letters of a group.
const GROUP: usize = 4;
/// Crockford's base32: 5 bits a letter.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Random letters.
pub(super) fn draw<const LETTERS: usize>(
    rng: &dyn SecureRandom,
) -> Result<Zeroizing<String>, NoRandomness> {
    let drawn = super::draw::<LETTERS>(rng)?;
    let mut letters = Zeroizing::new(String::with_capacity(LETTERS));
    for byte in drawn.iter() {
        // 256 is a multiple of 32, so every letter is as likely.
        letters.push(char::from(ALPHABET[usize::from(byte % 32)]));
    }
    Ok(letters)
}

/// In groups, as they are shown and typed.
pub(super) fn grouped(letters: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(2 * letters.len()));
    for (at, letter) in letters.chars().enumerate() {
        if at > 0 && at % GROUP == 0 {
            text.push('-');
        }
        text.push(letter);
    }
    text
}

/// So many letters however they were typed; `None` for what is no such code.
pub(super) fn read<const LETTERS: usize>(typed: &str) -> Option<Zeroizing<String>> {
    let mut letters = Zeroizing::new(String::with_capacity(LETTERS));
    for letter in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        let letter = match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let known = u8::try_from(letter).is_ok_and(|byte| ALPHABET.contains(&byte));
        if !known || letters.len() == LETTERS {
            return None;
        }
        letters.push(letter);
    }
    (letters.len() == LETTERS).then_some(letters)
}
