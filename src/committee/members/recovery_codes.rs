//! Codes for the day on which app and device are lost. Each works once.

use std::fmt;

use domain::committee::MemberId;
use ring::digest;
use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::{NoRandomness, encoded, letters};

/// How many there are.
pub const COUNT: usize = 10;
/// Letters of a code, of 5 bits each: 60 bits.
const LETTERS: usize = 12;

/// A code, at the only moment at which it is known.
pub struct RecoveryCode(Zeroizing<String>);

/// What is kept of those that are left.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecoveryCodes(Vec<Hash>);

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
struct Hash(#[serde(with = "encoded")] [u8; digest::SHA256_OUTPUT_LEN]);

impl RecoveryCodes {
    /// Draws ten codes, and what is kept of them.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn draw(
        member: MemberId,
        rng: &dyn SecureRandom,
    ) -> Result<(Self, Vec<RecoveryCode>), NoRandomness> {
        let codes: Vec<RecoveryCode> = (0..COUNT)
            .map(|_| RecoveryCode::draw(rng))
            .collect::<Result<_, _>>()?;
        let kept = codes.iter().map(|code| hash(member, &code.0)).collect();
        Ok((Self(kept), codes))
    }

    /// Whether a code is one of those that are left. Then it is spent: what changed has to be kept
    /// before anybody is let in.
    pub fn spend(&mut self, member: MemberId, typed: &str) -> bool {
        let Some(letters) = letters::read::<LETTERS>(typed) else {
            return false;
        };
        let given = hash(member, &letters);
        let before = self.0.len();
        self.0.retain(|kept| !bool::from(kept.0.ct_eq(&given.0)));
        self.0.len() < before
    }

    /// How many are left.
    pub fn left(&self) -> usize {
        self.0.len()
    }
}

impl RecoveryCode {
    fn draw(rng: &dyn SecureRandom) -> Result<Self, NoRandomness> {
        Ok(Self(letters::draw::<LETTERS>(rng)?))
    }

    /// In groups, as it is shown and typed.
    pub fn text(&self) -> Zeroizing<String> {
        letters::grouped(&self.0)
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

/// A fast hash is enough for 60 random bits that lie sealed and serve only beside the passphrase.
fn hash(member: MemberId, letters: &str) -> Hash {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(b"guiando recovery code ");
    context.update(&member.0);
    context.update(letters.as_bytes());
    let mut hash = [0; digest::SHA256_OUTPUT_LEN];
    hash.copy_from_slice(context.finish().as_ref());
    Hash(hash)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ring::rand::SystemRandom;

    use super::*;

    const MEMBER: MemberId = MemberId([1; 16]);

    #[test]
    fn each_code_works_once_for_its_member_however_it_is_typed() {
        let (mut kept, codes) = RecoveryCodes::draw(MEMBER, &SystemRandom::new()).unwrap();
        let texts: BTreeSet<String> = codes.iter().map(|code| code.text().to_string()).collect();
        assert_eq!(texts.len(), COUNT);
        for (spent, text) in texts.iter().enumerate() {
            assert_eq!((text.len(), text.matches('-').count()), (14, 2), "{text}");
            assert_eq!(kept.left(), COUNT - spent);
            let typed = text
                .to_lowercase()
                .replace('-', " ")
                .replace('0', "o")
                .replace('1', "l");
            assert!(!kept.clone().spend(MemberId([2; 16]), &typed));
            assert!(kept.spend(MEMBER, &typed), "{typed}");
            assert!(!kept.spend(MEMBER, text), "{text}");
        }
        assert_eq!(kept.left(), 0);
    }

    #[test]
    fn what_is_no_code_is_refused() {
        let (mut kept, codes) = RecoveryCodes::draw(MEMBER, &SystemRandom::new()).unwrap();
        let code = codes[0].text();
        for bad in [
            "",
            "123456",
            "U123-4567-89AB",
            &code[1..],
            &format!("{}0", *code),
        ] {
            assert!(!kept.spend(MEMBER, bad), "{bad}");
        }
        assert!(kept.spend(MEMBER, &code));
    }

    #[test]
    fn nothing_that_is_kept_holds_a_code() {
        let (kept, codes) = RecoveryCodes::draw(MEMBER, &SystemRandom::new()).unwrap();
        let json = serde_json::to_string(&kept).unwrap();
        assert!(codes.iter().all(|code| !json.contains(code.0.as_str())));
        assert_eq!(format!("{:?}", codes[0]), "RecoveryCode(…)");
    }
}
