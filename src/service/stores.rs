//! Opening a store by its URL.

use std::sync::Arc;

use store::StoreError;
use store::casefiles::CaseFiles;
use store::mailroom::Mailroom;
use store_postgres::{PgCaseFiles, PgMailroom};
use store_sqlite::{SqliteCaseFiles, SqliteMailroom};

use crate::settings::{Engine, StoreUrl};

/// Opens the mailroom and brings its schema up to date.
///
/// # Errors
/// See [`StoreError`].
pub async fn mailroom(url: &StoreUrl) -> Result<Arc<dyn Mailroom>, StoreError> {
    Ok(match url.engine() {
        Engine::Sqlite => Arc::new(SqliteMailroom::open(url.expose()).await?),
        Engine::Postgres => Arc::new(PgMailroom::open(url.expose()).await?),
    })
}

/// Opens the case files and brings their schema up to date.
///
/// # Errors
/// See [`StoreError`].
pub async fn case_files(url: &StoreUrl) -> Result<Arc<dyn CaseFiles>, StoreError> {
    Ok(match url.engine() {
        Engine::Sqlite => Arc::new(SqliteCaseFiles::open(url.expose()).await?),
        Engine::Postgres => Arc::new(PgCaseFiles::open(url.expose()).await?),
    })
}
