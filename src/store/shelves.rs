//! The register in pieces, each with a mark that changes with it, so that whoever has read it all once
//! reads again only what changed.
//!
//! A shelf is the cases whose random id begins with the same byte. Its mark is random and drawn anew by
//! the database itself, whoever writes: it counts nothing, and tells neither what changed nor when.
//!
//! Read the marks first and the shelves after: what changes in between is then read once more than
//! needed, and never missed.
//!
//! *The road not taken:* a revision of each case. In clear it would be a count of what happens in a
//! case, or an order of all that happens.

use async_trait::async_trait;

use crate::StoreError;
use crate::casefiles::{CaseId, DocumentId, RegisterEntry};

/// Which shelf: the first byte of the ids of its cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Shelf(pub u8);

impl Shelf {
    /// The shelf of a case.
    pub const fn of(case: CaseId) -> Self {
        Self(case.0[0])
    }

    /// As the column writes it.
    pub fn code(self) -> String {
        format!("{:02X}", self.0)
    }

    /// The least and the greatest id that it may hold.
    pub const fn bounds(self) -> ([u8; 16], [u8; 16]) {
        let mut least = [0; 16];
        let mut greatest = [0xff; 16];
        least[0] = self.0;
        greatest[0] = self.0;
        (least, greatest)
    }
}

/// Says whether a shelf is as it was: another mark, and something of a case of it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark(pub [u8; 16]);

/// Reading the register by shelves.
#[async_trait]
pub trait Shelves: Send + Sync {
    /// The mark of every shelf.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn marks(&self) -> Result<Vec<(Shelf, Mark)>, StoreError>;

    /// The cases of a shelf.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn shelf(&self, which: Shelf) -> Result<Vec<RegisterEntry>, StoreError>;

    /// How the cases of a shelf stand in the procedure, sealed; a case of before this was kept is left
    /// out.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn shelf_courses(&self, which: Shelf) -> Result<Vec<(CaseId, Vec<u8>)>, StoreError>;

    /// Which documents the cases of a shelf have, by case.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn shelf_documents(&self, which: Shelf) -> Result<Vec<(CaseId, DocumentId)>, StoreError>;
}
