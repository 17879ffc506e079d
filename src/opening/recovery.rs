//! The last resort: a case's key in pieces among a few holders, for when no entitled member is left.
//!
//! Each holder has a key of their own, kept offline. For each case its key is split anew (Shamir, k of
//! n), and each piece sealed to its holder. A holder who is recused from a case gets no piece of it,
//! but a decoy that looks the same; so that share can never count, whatever else they hold.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use ring::rand::SecureRandom;
use sealing::{Recipients, SIZE_CLASSES, SealError};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::case_key::{CaseKey, open_json, seal_json};
use crate::custody::{Quorum, QuorumError};
use crate::error::OpenError;
use crate::person::{PersonIdentity, PersonRecipient};

/// Bytes of one sealed piece.
const PIECE: usize = 4 << 10;

const THRESHOLD: &str = "# threshold:";
const HOLDER: &str = "# holder:";

/// Who holds pieces, and how many of them it takes: the file `recovery.pub`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RecoveryHolders {
    quorum: Quorum,
    holders: Vec<Holder>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// As the file names them; a conflict is looked for by it.
    pub name: String,
    /// Their key.
    pub recipient: PersonRecipient,
}

/// Why a file is no list of holders.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoldersError {
    /// No line says how many it takes.
    #[error("no line reads `# threshold: K`")]
    Threshold,
    /// See there.
    #[error(transparent)]
    Quorum(#[from] QuorumError),
    /// A key without a name in front, a name without a key, or neither.
    #[error("line {line}: each holder is a line `# holder: NAME` and then their key, age1…")]
    Line {
        /// Which, from 1.
        line: usize,
    },
}

/// A piece of one case's key.
#[derive(Serialize, Deserialize)]
pub struct Piece {
    /// How many it takes.
    threshold: u8,
    /// Of the key that was split, so that pieces of two splittings are not mixed.
    public_key: String,
    share: Zeroizing<String>,
}

/// Why pieces do not make a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoverError {
    /// There are not enough of them.
    #[error("it takes {needed} holders of this case, and {came} came")]
    TooFew {
        /// How many it takes.
        needed: u8,
        /// How many came, each counted once.
        came: usize,
    },
    /// They are of two splittings, or altered.
    #[error("the pieces do not belong together")]
    Foreign,
}

impl RecoveryHolders {
    /// A list of these holders.
    ///
    /// # Errors
    /// See [`QuorumError`].
    pub fn new(threshold: u8, holders: Vec<Holder>) -> Result<Self, QuorumError> {
        let members = u8::try_from(holders.len()).unwrap_or(u8::MAX);
        Ok(Self {
            quorum: Quorum::new(threshold, members)?,
            holders,
        })
    }

    /// Who they are, in the order of the file.
    pub fn holders(&self) -> &[Holder] {
        &self.holders
    }

    /// How many there are, and how many it takes.
    pub fn quorum(&self) -> Quorum {
        self.quorum
    }

    /// Splits a case's key among those whom `counts` names; the others get decoys. `None` when those
    /// who are left are fewer than it takes: then nobody could ever use the pieces.
    ///
    /// # Errors
    /// See [`SealError`].
    pub fn split(
        &self,
        key: &CaseKey,
        counts: impl Fn(&Holder) -> bool,
        place: &str,
        rng: &dyn SecureRandom,
    ) -> Result<Option<Vec<u8>>, SealError> {
        let counted: Vec<bool> = self.holders.iter().map(counts).collect();
        let left = counted.iter().filter(|counts| **counts).count();
        if left < usize::from(self.quorum.threshold()) {
            return Ok(None);
        }
        let secret = key.to_text();
        // As many as there are holders, so that a holder's number does not tell who was left out.
        let parts: Vec<blahaj::Share> = blahaj::Sharks(self.quorum.threshold())
            .dealer(secret.as_bytes())
            .take(self.holders.len())
            .collect();
        let mut all = Vec::new();
        for ((holder, counts), part) in self.holders.iter().zip(counted).zip(&parts) {
            let bytes = Zeroizing::new(Vec::from(part));
            let piece = Piece {
                threshold: self.quorum.threshold(),
                public_key: key.public_key(),
                share: Zeroizing::new(hex::encode(&*bytes)),
            };
            let to = if counts {
                holder.recipient.recipients().clone()
            } else {
                Recipients::decoy()
            };
            let sealed = seal_json(&piece, &to, place, rng)?;
            if sealed.len() != PIECE {
                return Err(SealError::TooLong);
            }
            all.extend(sealed);
        }
        pad(all, rng).map(Some)
    }
}

/// Fills up to a size class: the number of holders is no secret, but columns have few sizes.
fn pad(mut all: Vec<u8>, rng: &dyn SecureRandom) -> Result<Vec<u8>, SealError> {
    let size = SIZE_CLASSES
        .into_iter()
        .map(sealing::SizeClass::bytes)
        .find(|size| all.len() <= *size)
        .ok_or(SealError::TooLong)?;
    let from = all.len();
    all.resize(size, 0);
    rng.fill(&mut all[from..])
        .map_err(|_| SealError::Randomness)?;
    Ok(all)
}

impl Piece {
    /// The holder's piece of a case.
    ///
    /// # Errors
    /// [`OpenError::WrongKey`] when the case has none for them.
    pub fn of(pieces: &[u8], holder: &PersonIdentity, place: &str) -> Result<Self, OpenError> {
        for sealed in pieces.chunks_exact(PIECE) {
            match open_json(&holder.0, place, sealed) {
                Ok(piece) => return Ok(piece),
                // The padding behind the last piece is no piece.
                Err(OpenError::WrongKey | OpenError::Frame | OpenError::Damaged) => {}
                Err(other) => return Err(other),
            }
        }
        Err(OpenError::WrongKey)
    }

    /// The case's key, from the pieces of enough holders.
    ///
    /// # Errors
    /// See [`RecoverError`].
    pub fn join(pieces: &[Self]) -> Result<CaseKey, RecoverError> {
        let Some(first) = pieces.first() else {
            return Err(RecoverError::TooFew { needed: 1, came: 0 });
        };
        let mut shares = BTreeMap::new();
        for piece in pieces {
            if piece.public_key != first.public_key || piece.threshold != first.threshold {
                return Err(RecoverError::Foreign);
            }
            let bytes = hex::decode(&*piece.share)
                .map(Zeroizing::new)
                .map_err(|_| RecoverError::Foreign)?;
            let share =
                blahaj::Share::try_from(bytes.as_slice()).map_err(|_| RecoverError::Foreign)?;
            shares.insert(share.x.0, share);
        }
        if shares.len() < usize::from(first.threshold) {
            return Err(RecoverError::TooFew {
                needed: first.threshold,
                came: shares.len(),
            });
        }
        let secret = blahaj::Sharks(first.threshold)
            .recover(shares.values())
            .map(Zeroizing::new)
            .map_err(|_| RecoverError::Foreign)?;
        std::str::from_utf8(&secret)
            .ok()
            .and_then(CaseKey::from_text)
            .filter(|key| key.public_key() == first.public_key)
            .ok_or(RecoverError::Foreign)
    }
}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Piece(…)")
    }
}

impl TryFrom<String> for RecoveryHolders {
    type Error = HoldersError;

    fn try_from(text: String) -> Result<Self, HoldersError> {
        text.parse()
    }
}

impl From<RecoveryHolders> for String {
    fn from(list: RecoveryHolders) -> Self {
        list.to_string()
    }
}

impl FromStr for RecoveryHolders {
    type Err = HoldersError;

    fn from_str(text: &str) -> Result<Self, HoldersError> {
        let mut threshold = None;
        let mut name: Option<&str> = None;
        let mut holders = Vec::new();
        for (line, number) in text.lines().zip(1..) {
            let line = line.trim();
            let fault = HoldersError::Line { line: number };
            if let Some(value) = line.strip_prefix(THRESHOLD) {
                let value = value.trim().parse().map_err(|_| HoldersError::Threshold)?;
                threshold = Some(value);
            } else if let Some(value) = line.strip_prefix(HOLDER) {
                if name.replace(value.trim()).is_some() || value.trim().is_empty() {
                    return Err(fault);
                }
            } else if !line.is_empty() && !line.starts_with('#') {
                let name = name.take().ok_or(fault.clone())?.to_owned();
                let recipient = line.parse().map_err(|_: sealing::RecipientError| fault)?;
                holders.push(Holder { name, recipient });
            }
        }
        if name.is_some() {
            return Err(HoldersError::Line {
                line: text.lines().count(),
            });
        }
        Ok(Self::new(
            threshold.ok_or(HoldersError::Threshold)?,
            holders,
        )?)
    }
}

impl fmt::Display for RecoveryHolders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{THRESHOLD} {}", self.quorum.threshold())?;
        for holder in &self.holders {
            writeln!(f, "{HOLDER} {}\n{}", holder.name, holder.recipient)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;

    use super::*;

    fn holders(names: &[&str], threshold: u8) -> (Vec<PersonIdentity>, RecoveryHolders) {
        let identities: Vec<_> = names.iter().map(|_| PersonIdentity::generate()).collect();
        let holders = names
            .iter()
            .zip(&identities)
            .map(|(name, identity)| Holder {
                name: (*name).to_owned(),
                recipient: identity.recipient(),
            })
            .collect();
        (
            identities,
            RecoveryHolders::new(threshold, holders).unwrap(),
        )
    }

    const NAMES: [&str; 4] = ["Ana Ruiz", "Luz Paz", "Raúl Gil", "Iris Sol"];

    #[test]
    fn enough_holders_rebuild_the_key_of_their_case_alone() {
        let (identities, holders) = holders(&NAMES, 2);
        let key = CaseKey::generate();
        let pieces = holders
            .split(&key, |_| true, "case 1", &SystemRandom::new())
            .unwrap()
            .unwrap();
        let piece = |at: usize| Piece::of(&pieces, &identities[at], "case 1").unwrap();
        for (a, b) in [(0, 1), (3, 1), (2, 3)] {
            let joined = Piece::join(&[piece(a), piece(b)]).unwrap();
            assert_eq!(joined.public_key(), key.public_key());
        }
        for too_few in [vec![piece(0)], vec![piece(1), piece(1)]] {
            assert!(matches!(
                Piece::join(&too_few),
                Err(RecoverError::TooFew { needed: 2, came: 1 })
            ));
        }
        assert!(Piece::of(&pieces, &identities[0], "case 2").is_err());
    }

    #[test]
    fn a_recused_holder_has_no_piece_and_looks_like_the_others() {
        let (identities, holders) = holders(&NAMES, 2);
        let rng = SystemRandom::new();
        let key = CaseKey::generate();
        let split = |out: &str| {
            holders
                .split(&key, |holder| holder.name != out, "case 1", &rng)
                .unwrap()
                .unwrap()
        };
        let (without, all) = (split("Luz Paz"), split(""));
        assert_eq!(without.len(), all.len());
        assert!(matches!(
            Piece::of(&without, &identities[1], "case 1"),
            Err(OpenError::WrongKey)
        ));
        let others = [0, 2].map(|at| Piece::of(&without, &identities[at], "case 1").unwrap());
        assert!(Piece::join(&others).is_ok());
        // Nor does a piece of an older splitting fill the gap.
        let older = Piece::of(&all, &identities[1], "case 1").unwrap();
        let [one, _] = others;
        assert!(matches!(
            Piece::join(&[one, older]),
            Err(RecoverError::Foreign)
        ));
    }

    #[test]
    fn pieces_that_could_never_be_enough_are_not_made() {
        let (_, holders) = holders(&NAMES, 3);
        let pieces = holders.split(
            &CaseKey::generate(),
            |holder| holder.name.as_str() < "I",
            "case 1",
            &SystemRandom::new(),
        );
        assert!(pieces.unwrap().is_none());
    }

    #[test]
    fn the_file_comes_back_and_a_broken_one_says_where() {
        let (_, holders) = holders(&NAMES, 3);
        let again: RecoveryHolders = holders.to_string().parse().unwrap();
        assert_eq!(again.holders(), holders.holders());
        assert_eq!(again.quorum(), holders.quorum());
        let key = PersonIdentity::generate().recipient();
        for (text, wrong) in [
            (format!("# holder: Ana\n{key}\n"), HoldersError::Threshold),
            (
                format!("# threshold: 2\n{key}\n"),
                HoldersError::Line { line: 2 },
            ),
            (
                "# threshold: 2\n# holder: Ana\n# holder: Luz\n".to_owned(),
                HoldersError::Line { line: 3 },
            ),
            (
                format!("# threshold: 2\n# holder: Ana\n{key}\n# holder: Luz"),
                HoldersError::Line { line: 4 },
            ),
        ] {
            assert_eq!(
                text.parse::<RecoveryHolders>().unwrap_err(),
                wrong,
                "{text}"
            );
        }
    }
}
