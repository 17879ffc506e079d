//! Finding whatever was removed, altered, put elsewhere or made up, with no secret at all.

use std::fmt;

use store::log::StoredEntry;

use super::chain::{self, Head, KeyEntry, LogKey, NOTHING, Noted, SIZE};

/// How many faults are named; a log that was replaced has as many as entries.
const NAMED: usize = 100;

/// What is wrong with a log, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// There is not one entry.
    Empty,
    /// Entries are missing.
    Missing {
        /// The first of them.
        from: u64,
        /// The last of them.
        until: u64,
    },
    /// The entries from here on are missing: the log was longer once.
    CutOff {
        /// The first that is missing.
        from: u64,
        /// The last that is known to have been.
        known: u64,
    },
    /// The entry is not the one that was written here: altered, or moved from elsewhere.
    Altered {
        /// Which.
        position: u64,
    },
    /// The entry was not written by the committee's service.
    NotSigned {
        /// Which.
        position: u64,
    },
    /// The key that this entry names did not agree to be named, or there is none.
    KeyNotProven {
        /// Which.
        position: u64,
    },
    /// The entry comes again, or after one that it comes before.
    OutOfOrder {
        /// Which.
        position: u64,
    },
    /// The entry is not the one that was noted.
    OtherHead {
        /// Which.
        position: u64,
    },
    /// An entry with the hash that was noted is nowhere: it was altered, or cut off.
    NotedIsGone,
    /// The log was never signed by the key that was given.
    OtherKey,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the log is empty"),
            Self::Missing { from, until } if from == until => {
                write!(f, "entry {from} is missing")
            }
            Self::Missing { from, until } => write!(f, "entries {from} to {until} are missing"),
            Self::CutOff { from, known } => write!(
                f,
                "the log ends before entry {from}, and had one at {known}: its end was cut off"
            ),
            Self::Altered { position } => {
                write!(f, "entry {position} was altered or comes from elsewhere")
            }
            Self::NotSigned { position } => {
                write!(f, "entry {position} is not signed by the log's key")
            }
            Self::KeyNotProven { position } => {
                write!(f, "entry {position} does not name a key as it must")
            }
            Self::OutOfOrder { position } => write!(f, "entry {position} is out of order"),
            Self::OtherHead { position } => {
                write!(f, "entry {position} is not the one that was noted")
            }
            Self::NotedIsGone => f.write_str(
                "the entry that was noted is not there: it was altered, or the log's end was cut off",
            ),
            Self::OtherKey => f.write_str("the log was never signed by the key that was given"),
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What is wrong, in the order of the log; at most the first hundred. None: the log is sound.
    pub faults: Vec<Fault>,
    /// The last entry.
    pub head: Option<Head>,
    /// The keys that the log names, and from where on each one signs.
    pub keys: Vec<(u64, LogKey)>,
}

/// An entry that was noted.
#[derive(Debug)]
struct Sought {
    noted: Noted,
    /// Whether it was seen.
    is_there: bool,
}

/// Walks a log from its first entry to its last.
#[derive(Debug)]
pub struct Verifier {
    trusted: Option<LogKey>,
    noted: Vec<Sought>,
    /// Which position comes next.
    next: u64,
    /// The hash of the entry before, unless that is not known.
    link: Option<[u8; 32]>,
    /// Who signs, unless that is not known.
    signer: Option<LogKey>,
    verdict: Verdict,
}

impl Verifier {
    /// Trusts a key that is known from elsewhere, or else the first that the log names. `noted` are
    /// the entries that were noted earlier: without one, nobody can tell that the end was cut off.
    pub fn new(trusted: Option<LogKey>, noted: impl IntoIterator<Item = Noted>) -> Self {
        let sought = |noted| Sought {
            noted,
            is_there: false,
        };
        Self {
            trusted,
            noted: noted.into_iter().map(sought).collect(),
            next: 0,
            link: Some(NOTHING),
            signer: None,
            verdict: Verdict {
                faults: Vec::new(),
                head: None,
                keys: Vec::new(),
            },
        }
    }

    /// Looks at the next entry.
    pub fn push(&mut self, entry: &StoredEntry) {
        let position = entry.position;
        if position < self.next {
            self.found(Fault::OutOfOrder { position });
            return;
        }
        if position > self.next {
            self.found(Fault::Missing {
                from: self.next,
                until: position - 1,
            });
            self.link = None;
        }
        self.next = position.saturating_add(1);
        self.look_at_noted(entry);

        let whole = entry.sealed.len() == SIZE
            && self
                .link
                .is_none_or(|link| chain::hash(position, &link, &entry.sealed) == entry.hash);
        let named = KeyEntry::read(&entry.sealed);
        let by = match (position, &named) {
            // The first key vouches for itself; whether it is the one, the walk tells.
            (0, Some(named)) => Some(named.key),
            _ => self.signer,
        };
        let signed = by.is_none_or(|key| key.signed(entry));
        if !whole {
            self.found(Fault::Altered { position });
        } else if !signed {
            self.found(Fault::NotSigned { position });
        }
        let proven = named.as_ref().map(|named| {
            self.link
                .is_none_or(|link| named.is_proven(position, &link))
        });
        let sound = whole && signed;
        match (named, proven) {
            (Some(named), Some(true)) if sound => {
                self.signer = Some(named.key);
                self.verdict.keys.push((position, named.key));
            }
            // Whose the next ones are cannot be known; that they hang together still can.
            (Some(_), _) => {
                if sound {
                    self.found(Fault::KeyNotProven { position });
                }
                self.signer = None;
            }
            (None, _) if position == 0 => {
                if sound {
                    self.found(Fault::KeyNotProven { position });
                }
                self.signer = self.trusted;
            }
            (None, _) => {}
        }
        self.link = signed.then_some(entry.hash);
        self.verdict.head = Some(Head::from(entry));
    }

    /// What came of it, after the last entry.
    pub fn finish(mut self) -> Verdict {
        if self.next == 0 {
            self.found(Fault::Empty);
        } else if let Some(trusted) = self.trusted
            && !self.verdict.keys.iter().any(|(_, key)| *key == trusted)
        {
            self.found(Fault::OtherKey);
        }
        for Sought { noted, is_there } in std::mem::take(&mut self.noted) {
            match noted.position {
                Some(known) if known >= self.next => self.found(Fault::CutOff {
                    from: self.next,
                    known,
                }),
                None if !is_there => self.found(Fault::NotedIsGone),
                Some(_) | None => {}
            }
        }
        self.verdict
    }

    fn look_at_noted(&mut self, entry: &StoredEntry) {
        let mut is_other = false;
        for sought in &mut self.noted {
            if sought.noted.hash == entry.hash {
                sought.is_there = true;
            } else if sought.noted.position == Some(entry.position) {
                is_other = true;
            }
        }
        if is_other {
            self.found(Fault::OtherHead {
                position: entry.position,
            });
        }
    }

    fn found(&mut self, fault: Fault) {
        if self.verdict.faults.len() < NAMED {
            self.verdict.faults.push(fault);
        }
    }
}
