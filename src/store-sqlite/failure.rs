//! What went wrong in an engine, without the values that it names.
//!
//! A server's error carries the failing row in its details, and whoever logs an error in full would
//! log ids beside a time of day. So only the code and the plain message go on. Both drivers compile
//! this one file.

use sqlx::migrate::MigrateError;
use store::StoreError;

/// A refusal of the database, as much of it as a log may have.
#[derive(Debug, thiserror::Error)]
#[error("{message} (code {code})")]
struct Refusal {
    code: String,
    message: String,
}

/// The work was not done and may be tried again.
pub(crate) fn unavailable(error: sqlx::Error) -> StoreError {
    if let sqlx::Error::Database(refused) = &error {
        return StoreError::Unavailable(Box::new(Refusal {
            code: refused.code().unwrap_or_default().into_owned(),
            message: refused.message().to_owned(),
        }));
    }
    StoreError::Unavailable(Box::new(error))
}

/// The schema could not be brought up to date.
pub(crate) fn migration(error: MigrateError) -> StoreError {
    if let MigrateError::Execute(error) = error {
        return unavailable(error);
    }
    StoreError::Schema(Box::new(error))
}
