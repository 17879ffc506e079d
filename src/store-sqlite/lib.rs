//! Both stores in SQLite files: the driver that needs no set-up.
//!
//! A store is one file (and, while it is open, the `-wal` and `-shm` beside it), readable by its
//! owner alone. Intake and triage are two processes on the same mailroom file; SQLite's own locks
//! keep them apart, and a statement waits for its turn.
//!
//! - Durable means synced: WAL with `synchronous=FULL`. Each commit costs one sync, so whoever has
//!   many deposits hands them over as one group.
//! - Every table is `STRICT` and `WITHOUT ROWID`: a row number would count arrivals.
//! - What is deleted is overwritten (`secure_delete`), and nothing is logged, not even statements.
//!
//! Every statement is checked against the schema when this crate is compiled, from the descriptions
//! in `.sqlx`; `.ci/refresh-sql` renews them. The few that it can't know (opening, rewriting) hold no
//! data.

mod admission;
mod announcements;
mod bulk;
mod casefiles;
mod classification;
mod connect;
mod evidence;
mod failure;
mod log;
mod mailroom;
mod receipts;
mod records;
mod rings;
mod rows;
mod sealed_rows;
mod shelves;
mod steps;
#[cfg(test)]
mod tests;

pub use self::casefiles::SqliteCaseFiles;
pub use self::mailroom::SqliteMailroom;
