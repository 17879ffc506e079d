//! What can go wrong in a store, by what the caller can do about it.

use std::error::Error;

/// Why a unit of work was not done. Nothing of it is visible.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, is full or refuses for now: try again later.
    #[error("the store is not available")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
    /// A row holds what no version of this program writes.
    #[error("table `{table}`, column `{column}` holds a value that is not valid")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// The schema could not be brought up to date, or is newer than this program.
    #[error("the schema of the store is not the one of this version")]
    Schema(#[source] Box<dyn Error + Send + Sync>),
    /// Not the address of a store.
    #[error("a store's URL reads sqlite://PATH or postgres://…")]
    Url,
}
