//! Both stores in PostgreSQL: the driver for when one machine is not enough.
//!
//! Several intake and triage processes may share one server. The mailroom is the schema `mailroom`,
//! the case files are the schema `casefiles`; they may lie in one database or in two. Each statement
//! names its schema, so no setting of a connection can lead it elsewhere.
//!
//! - Durable means synced: `synchronous_commit=on` on every connection.
//! - Values travel as bind parameters only, so a server that logs its statements logs none. A
//!   refused row would be logged with its values, so what may be there already is never left to an
//!   error: it is `ON CONFLICT DO NOTHING` and a count.
//! - A role that may not create anything can open a store that another role has prepared.
//!
//! # Order
//!
//! PostgreSQL keeps rows where they came: the row's place, its transaction id and the ids of values
//! stored out of line all count arrivals. [`shuffle`](store::mailroom::TriageMailroom::shuffle) deletes
//! and writes again every row of a table in the order of its random ids, in one statement, and gives
//! the table new files with `VACUUM FULL`. Only the owner of a table may do that, so triage's role is
//! the owner. The rows as they lay are kept for as long as an older transaction of the database, such
//! as a backup, may still see them; `shuffle` then fails, though nothing is lost, and is to be done
//! again.
//!
//! *The road not taken:* `CLUSTER` alone keeps transaction ids and the ids of out-of-line values.
//! `TRUNCATE`, or a new table under the old name, shows an empty table and no error to a transaction
//! that began before: a backup without a row. Not reached at all: the write-ahead log until its
//! segments are reused, and `track_commit_timestamp`, which must stay off.
//!
//! Every statement is checked against the schema when this crate is compiled, from the descriptions
//! in `.sqlx`; `.ci/refresh-sql` renews them. The few that it can't know (opening, rewriting) hold no
//! data.

mod admission;
mod announcements;
mod casefiles;
mod classification;
mod connect;
mod evidence;
#[path = "../store-sqlite/failure.rs"]
mod failure;
mod log;
mod mailroom;
mod receipts;
mod records;
mod rings;
#[path = "../store-sqlite/rows.rs"]
mod rows;
#[path = "../store-sqlite/sealed_rows.rs"]
mod sealed_rows;
mod shelves;
mod steps;
#[cfg(test)]
mod tests;

pub use self::casefiles::PgCaseFiles;
pub use self::mailroom::PgMailroom;
