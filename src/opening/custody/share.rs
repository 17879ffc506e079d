//! One holder's part of the committee's key, and the file that keeps it.

use std::fmt;

use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Quorum, QuorumError};
use crate::error::ProtectedError;
use crate::protected::{self, Passphrase};

/// What a file of a share says of itself once it is open.
const KIND: &str = "guiando custody share 1";

/// One act of splitting: shares of the same one fit together.
#[derive(Clone, PartialEq, Eq)]
pub struct Splitting {
    id: [u8; 16],
    quorum: Quorum,
    /// The public half of what was split (`age1…`).
    public_key: String,
}

impl Splitting {
    pub(super) fn draw(
        quorum: Quorum,
        public_key: String,
        rng: &dyn SecureRandom,
    ) -> Result<Self, ring::error::Unspecified> {
        let mut id = [0; 16];
        rng.fill(&mut id)?;
        Ok(Self {
            id,
            quorum,
            public_key,
        })
    }

    /// How many shares there are, and how many it takes.
    pub fn quorum(&self) -> Quorum {
        self.quorum
    }

    /// The public half of what was split (`age1…`).
    pub fn public_key(&self) -> &str {
        &self.public_key
    }
}

impl fmt::Debug for Splitting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Splitting")
            .field("quorum", &self.quorum)
            .field("public_key", &self.public_key)
            .finish_non_exhaustive()
    }
}

/// One holder's part; wiped when dropped, never printed.
#[derive(Clone)]
pub struct Share {
    splitting: Splitting,
    /// Its point and its values.
    part: blahaj::Share,
}

/// Why a file is no share.
#[derive(Debug, thiserror::Error)]
pub enum ShareError {
    /// The file does not open.
    #[error(transparent)]
    Protected(#[from] ProtectedError),
    /// It opens, and is not what `guiando keys generate` writes for a holder.
    #[error("this is not a share of a committee's key")]
    NotAShare,
    /// It names numbers that no key is split by.
    #[error(transparent)]
    Quorum(#[from] QuorumError),
}

/// The text inside a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    kind: String,
    splitting: String,
    public_key: String,
    threshold: u8,
    members: u8,
    share: Zeroizing<String>,
}

impl Share {
    pub(super) fn new(splitting: Splitting, part: blahaj::Share) -> Self {
        Self { splitting, part }
    }

    /// What it is a share of.
    pub fn splitting(&self) -> &Splitting {
        &self.splitting
    }

    /// Its number, from 1 on.
    pub fn number(&self) -> u8 {
        self.part.x.0
    }

    #[cfg(test)]
    pub(super) fn part_mut(&mut self) -> &mut blahaj::Share {
        &mut self.part
    }

    pub(super) fn part(&self) -> &blahaj::Share {
        &self.part
    }

    /// Reads a holder's file with the holder's passphrase.
    ///
    /// # Errors
    /// See [`ShareError`].
    pub fn from_protected(file: &[u8], passphrase: Passphrase) -> Result<Self, ShareError> {
        let text = protected::open(file, passphrase)?;
        let written: Written = serde_json::from_str(&text).map_err(|_| ShareError::NotAShare)?;
        if written.kind != KIND {
            return Err(ShareError::NotAShare);
        }
        let mut id = [0; 16];
        hex::decode_to_slice(&written.splitting, &mut id).map_err(|_| ShareError::NotAShare)?;
        let quorum = Quorum::new(written.threshold, written.members)?;
        let bytes =
            Zeroizing::new(hex::decode(&*written.share).map_err(|_| ShareError::NotAShare)?);
        let part = blahaj::Share::try_from(bytes.as_slice()).map_err(|_| ShareError::NotAShare)?;
        // At point 0 lies the secret itself; no holder has that.
        if part.x.0 == 0 || part.x.0 > quorum.members() {
            return Err(ShareError::NotAShare);
        }
        Ok(Self {
            splitting: Splitting {
                id,
                quorum,
                public_key: written.public_key,
            },
            part,
        })
    }

    /// The holder's file: age, under the holder's passphrase, in armor.
    ///
    /// # Errors
    /// [`ProtectedError::Seal`].
    pub fn to_protected(&self, passphrase: Passphrase) -> Result<Vec<u8>, ProtectedError> {
        let bytes = Zeroizing::new(Vec::from(&self.part));
        let written = Written {
            kind: KIND.to_owned(),
            splitting: hex::encode(self.splitting.id),
            public_key: self.splitting.public_key.clone(),
            threshold: self.splitting.quorum.threshold(),
            members: self.splitting.quorum.members(),
            share: Zeroizing::new(hex::encode(&*bytes)),
        };
        let text = Zeroizing::new(serde_json::to_string(&written).expect("it has only text keys"));
        protected::protect(&text, passphrase)
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Share")
            .field("splitting", &self.splitting)
            .finish_non_exhaustive()
    }
}
