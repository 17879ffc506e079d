//! What a session of the committee decided, and whether the votes carry it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::codes::SessionKind;

/// The votes on one point of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Votes {
    /// In favour.
    pub favour: u16,
    /// Against.
    pub against: u16,
    /// Neither.
    pub abstained: u16,
    /// Whether the Presidencia gave the casting vote in favour.
    pub casting: bool,
}

impl Votes {
    /// Whether the point is carried: more than half of those present with a vote or, in a tie, by the
    /// casting vote of the Presidencia (CHIS 33). Who abstains is present; so an abstention carries
    /// nothing.
    pub fn carry(self) -> bool {
        let favour = u32::from(self.favour);
        let others = u32::from(self.against) + u32::from(self.abstained);
        favour > others || (favour > 0 && favour == others && self.casting)
    }
}

/// The point of a session in which something was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Kind of the session.
    pub kind: SessionKind,
    /// Its number within the year.
    pub number: u16,
    /// The day it was held.
    pub held_on: Date,
    /// The votes on this point.
    pub votes: Votes,
}
