//! Which shares are meant: what pins a service to one act of splitting.

use std::fmt;
use std::str::FromStr;

/// Says so in `committee.pub`, where it is a comment to whoever only seals.
const LINE: &str = "# shares: ";

/// What sets one act of splitting apart from all others; public.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SetId(pub(super) [u8; 32]);

/// The text is no id of a set of shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a set of shares")]
pub struct NotASetId;

impl SetId {
    /// The line that names it in `committee.pub`.
    pub fn line(self) -> String {
        format!("{LINE}{self}")
    }

    /// The one that a `committee.pub` names; `None` where the key is not split.
    ///
    /// # Errors
    /// [`NotASetId`] when the line is there and damaged.
    pub fn named_in(recipients: &str) -> Result<Option<Self>, NotASetId> {
        recipients
            .lines()
            .find_map(|line| line.strip_prefix(LINE))
            .map(str::parse)
            .transpose()
    }
}

impl FromStr for SetId {
    type Err = NotASetId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut id = [0; 32];
        hex::decode_to_slice(text.trim(), &mut id)
            .map(|()| Self(id))
            .map_err(|_| NotASetId)
    }
}

impl fmt::Display for SetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for SetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SetId({self})")
    }
}
