//! Which proposals the committee sees only after it has classified the case itself.
//!
//! Where everybody first reads what a machine proposes, that they agree with it says little: people lean
//! towards what they were shown. So some proposals are kept back, drawn by lot, and how often the committee
//! comes to the same says how often the machine is right.

use std::str::FromStr;

use ring::rand::SecureRandom;
use sealing::SealError;

/// What share of the proposals is kept back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HiddenShare(f64);

/// It is none that may be set: with less nothing is learnt in a year, with more the committee is helped
/// too seldom.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the share of hidden proposals is a number from 0.10 to 0.20, such as 0.15")]
pub struct NotAShare;

impl HiddenShare {
    /// None.
    #[cfg(test)]
    pub(crate) const NONE: Self = Self(0.0);
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: Self = Self(1.0);

    /// Draws for one proposal.
    ///
    /// # Errors
    /// [`SealError::Randomness`].
    pub(super) fn draw(self, rng: &dyn SecureRandom) -> Result<bool, SealError> {
        let mut bytes = [0; 4];
        rng.fill(&mut bytes).map_err(|_| SealError::Randomness)?;
        Ok(self.hides(u32::from_le_bytes(bytes)))
    }

    /// Whether a number, drawn from all that there are, is one of this share.
    fn hides(self, drawn: u32) -> bool {
        f64::from(drawn) < self.0 * (f64::from(u32::MAX) + 1.0)
    }
}

impl Default for HiddenShare {
    fn default() -> Self {
        Self(0.15)
    }
}

impl FromStr for HiddenShare {
    type Err = NotAShare;

    fn from_str(text: &str) -> Result<Self, NotAShare> {
        let share: f64 = text.parse().map_err(|_| NotAShare)?;
        if (0.10..=0.20).contains(&share) {
            Ok(Self(share))
        } else {
            Err(NotAShare)
        }
    }
}

impl std::fmt::Display for HiddenShare {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;

    use super::*;

    #[test]
    fn a_share_is_from_a_tenth_to_a_fifth() {
        for good in ["0.10", "0.1", "0.15", "0.20", "0.1234"] {
            assert!(good.parse::<HiddenShare>().is_ok(), "{good}");
        }
        for bad in [
            "", "0", "0.0999", "0.2001", "15", "15%", "-0.15", "NaN", "inf", "0,15",
        ] {
            assert_eq!(bad.parse::<HiddenShare>(), Err(NotAShare), "{bad}");
        }
        assert_eq!(
            HiddenShare::default().to_string().parse(),
            Ok(HiddenShare::default())
        );
    }

    #[test]
    fn as_many_numbers_are_hidden_as_the_share_says() {
        let share: HiddenShare = "0.125".parse().unwrap();
        let eighth = 1 << 29;
        assert!(share.hides(0) && share.hides(eighth - 1));
        assert!(!share.hides(eighth) && !share.hides(u32::MAX));
        assert!(!HiddenShare::NONE.hides(0) && HiddenShare::ALL.hides(u32::MAX));
    }

    /// One try in a million million fails a sound draw.
    #[test]
    fn what_is_drawn_varies() {
        let rng = SystemRandom::new();
        let share = HiddenShare(0.5);
        let drawn: Vec<bool> = (0..64).map(|_| share.draw(&rng).unwrap()).collect();
        assert!(drawn.contains(&true) && drawn.contains(&false));
    }
}
