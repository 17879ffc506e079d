//! How many members hold a share, and how many of them it takes.

use std::fmt;

/// Most members that hold a share: more than the seats of any committee (DOMAIN §3.1).
const MOST_MEMBERS: u8 = 30;

/// `threshold` of `members`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quorum {
    threshold: u8,
    members: u8,
}

/// Why these numbers make no quorum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QuorumError {
    /// One member alone would open everything.
    #[error("a threshold below 2 would let one member alone open everything")]
    Alone,
    /// Nobody could ever open.
    #[error("a threshold of {threshold} cannot be met by {members} members")]
    Unreachable {
        /// How many it would take.
        threshold: u8,
        /// How many there would be.
        members: u8,
    },
    /// More members than a committee has.
    #[error("at most {MOST_MEMBERS} members can hold a share")]
    TooMany,
}

impl Quorum {
    /// `threshold` of `members`.
    ///
    /// # Errors
    /// See [`QuorumError`].
    pub fn new(threshold: u8, members: u8) -> Result<Self, QuorumError> {
        if threshold < 2 {
            Err(QuorumError::Alone)
        } else if members > MOST_MEMBERS {
            Err(QuorumError::TooMany)
        } else if threshold > members {
            Err(QuorumError::Unreachable { threshold, members })
        } else {
            Ok(Self { threshold, members })
        }
    }

    /// How many members it takes.
    pub fn threshold(self) -> u8 {
        self.threshold
    }

    /// How many members hold a share.
    pub fn members(self) -> u8 {
        self.members
    }

    /// Whether one more lost share would leave too few: nobody could open any more.
    pub fn is_fragile(self) -> bool {
        self.threshold == self.members
    }
}

impl fmt::Display for Quorum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.threshold, self.members)
    }
}
