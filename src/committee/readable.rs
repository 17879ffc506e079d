//! Sealed records of which some may be damaged: one that does not open takes nothing else down with it.

use opening::OpenError;

/// What of many records can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readable<T> {
    /// Those that open.
    pub records: Vec<T>,
    /// How many do not. Whoever shows the others says so.
    pub damaged: usize,
}

impl<T> Readable<T> {
    /// Of records that were tried.
    pub fn of(tried: impl IntoIterator<Item = Result<T, OpenError>>) -> Self {
        let mut all = Self {
            records: Vec::new(),
            damaged: 0,
        };
        for one in tried {
            match one {
                Ok(record) => all.records.push(record),
                Err(error) => {
                    tracing::error!(cause = %error, "a record does not open; it is left out");
                    all.damaged += 1;
                }
            }
        }
        all
    }

    /// Whether some cannot be read.
    pub fn is_damaged(&self) -> bool {
        self.damaged > 0
    }
}
