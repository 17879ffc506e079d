//! One holder's part of the committee's key, and the file that keeps it.

use std::fmt;

use ring::digest;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Quorum, QuorumError, SetId};
use crate::error::ProtectedError;
use crate::protected::{self, Brought, Passphrase};

/// What a file of a share says of itself once it is open.
const KIND: &str = "guiando custody share 1";

/// One act of splitting: shares of the same one fit together, and with no others.
///
/// Every share names the digests of all of them, so none can be made up by whoever holds another.
#[derive(Clone, PartialEq, Eq)]
pub struct Splitting {
    quorum: Quorum,
    /// The public half of what was split (`age1…`).
    public_key: String,
    /// Of each share, in the order of their numbers. A share has more random bits than could be
    /// tried, so its digest tells nothing of it.
    digests: Vec<Digest>,
}

type Digest = [u8; digest::SHA256_OUTPUT_LEN];

impl Splitting {
    pub(super) fn of(quorum: Quorum, public_key: String, parts: &[blahaj::Share]) -> Self {
        Self {
            quorum,
            public_key,
            digests: parts.iter().map(digest_of).collect(),
        }
    }

    /// What sets this act of splitting apart from all others; public.
    pub fn id(&self) -> SetId {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(KIND.as_bytes());
        context.update(&[self.quorum.threshold(), self.quorum.members()]);
        for digest in &self.digests {
            context.update(digest);
        }
        context.update(self.public_key.as_bytes());
        SetId(finish(context))
    }

    /// Whether this is one of its shares.
    fn holds(&self, part: &blahaj::Share) -> bool {
        part.x
            .0
            .checked_sub(1)
            .and_then(|at| self.digests.get(usize::from(at)))
            .is_some_and(|digest| *digest == digest_of(part))
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

fn digest_of(part: &blahaj::Share) -> Digest {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(&Zeroizing::new(Vec::from(part)));
    finish(context)
}

fn finish(context: digest::Context) -> Digest {
    let mut digest = [0; digest::SHA256_OUTPUT_LEN];
    digest.copy_from_slice(context.finish().as_ref());
    digest
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
    public_key: String,
    threshold: u8,
    members: u8,
    digests: Vec<String>,
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

    pub(super) fn part(&self) -> &blahaj::Share {
        &self.part
    }

    /// Reads a holder's file with the holder's passphrase.
    ///
    /// # Errors
    /// See [`ShareError`].
    pub fn from_protected(file: &[u8], passphrase: Passphrase) -> Result<Self, ShareError> {
        let text = protected::open(file, passphrase, Brought::ByAnybody)?;
        let written: Written = serde_json::from_str(&text).map_err(|_| ShareError::NotAShare)?;
        if written.kind != KIND {
            return Err(ShareError::NotAShare);
        }
        let quorum = Quorum::new(written.threshold, written.members)?;
        let digests = written
            .digests
            .iter()
            .map(|text| {
                let mut digest = [0; digest::SHA256_OUTPUT_LEN];
                hex::decode_to_slice(text, &mut digest).map(|()| digest)
            })
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| ShareError::NotAShare)?;
        let bytes =
            Zeroizing::new(hex::decode(&*written.share).map_err(|_| ShareError::NotAShare)?);
        let part = blahaj::Share::try_from(bytes.as_slice()).map_err(|_| ShareError::NotAShare)?;
        let splitting = Splitting {
            quorum,
            public_key: written.public_key,
            digests,
        };
        let complete = splitting.digests.len() == usize::from(quorum.members());
        if !complete || !splitting.holds(&part) {
            return Err(ShareError::NotAShare);
        }
        Ok(Self { splitting, part })
    }

    /// The holder's file: age, under the holder's passphrase, in armor.
    ///
    /// # Errors
    /// [`ProtectedError::Seal`].
    pub fn to_protected(&self, passphrase: Passphrase) -> Result<Vec<u8>, ProtectedError> {
        let bytes = Zeroizing::new(Vec::from(&self.part));
        let written = Written {
            kind: KIND.to_owned(),
            public_key: self.splitting.public_key.clone(),
            threshold: self.splitting.quorum.threshold(),
            members: self.splitting.quorum.members(),
            digests: self.splitting.digests.iter().map(hex::encode).collect(),
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
