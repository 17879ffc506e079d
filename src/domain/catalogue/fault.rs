//! What can be wrong with a data file, all of it told at once.

use std::fmt;

/// The data files cannot be used. Lists every fault found, so that one run is enough to mend them.
#[derive(Debug)]
pub struct CatalogueError {
    /// At least one, in the order of the files.
    pub faults: Vec<Fault>,
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the catalogues are not sound:")?;
        self.faults
            .iter()
            .try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl std::error::Error for CatalogueError {}

/// One thing wrong.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct Fault {
    /// The data file.
    pub file: &'static str,
    /// What is wrong in it.
    pub problem: Problem,
}

/// What is wrong in a data file.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Not TOML, or a value is missing, unknown or of the wrong kind. The rest of this file, and
    /// what other files say of it, could not be checked.
    #[error("{0}")]
    Unreadable(Box<toml::de::Error>),
    /// An official list has a known length.
    #[error("has {found} entries, the official list {expected}")]
    Count {
        /// How long the official list is.
        expected: usize,
        /// How long ours is.
        found: usize,
    },
    /// A code that would not be found as it is written.
    #[error("`{code}` is not written as a code")]
    BadCode {
        /// The code.
        code: String,
    },
    /// A code, name or alias that could mean two entries.
    #[error("`{text}` means both `{first}` and `{second}`")]
    Ambiguous {
        /// What may be typed.
        text: String,
        /// The code of one entry.
        first: String,
        /// The code of the other.
        second: String,
    },
    /// A closed list has to have each of its codes exactly once.
    #[error("`{code}` is there {times} times instead of once")]
    NotOnce {
        /// The code.
        code: &'static str,
        /// How often it is there.
        times: usize,
    },
    /// An entry names something that is in no file.
    #[error("`{entry}`: {field} `{code}` does not exist")]
    Dangling {
        /// The code of the entry.
        entry: String,
        /// Which of its fields.
        field: &'static str,
        /// What it names.
        code: String,
    },
    /// A value that can be read but makes no sense.
    #[error("`{entry}`: {why}")]
    Senseless {
        /// The code of the entry.
        entry: String,
        /// What is wrong with it.
        why: &'static str,
    },
}

/// Collects the faults of one file after the other.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn add(&mut self, file: &'static str, problem: Problem) {
        self.0.push(Fault { file, problem });
    }

    pub(super) fn into_result(self) -> Result<(), CatalogueError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(CatalogueError { faults: self.0 })
        }
    }

    /// Checks that a file has each of the codes of a closed list exactly once.
    pub(super) fn each_once<T: PartialEq + Copy>(
        &mut self,
        file: &'static str,
        all: &[T],
        code: impl Fn(T) -> &'static str,
        found: impl Iterator<Item = T>,
    ) {
        let found: Vec<T> = found.collect();
        for &value in all {
            let times = found.iter().filter(|other| **other == value).count();
            if times != 1 {
                self.add(
                    file,
                    Problem::NotOnce {
                        code: code(value),
                        times,
                    },
                );
            }
        }
    }
}
