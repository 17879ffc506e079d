//! Many rows in one statement. Each statement is a way to the engine's thread and back, and for a batch of
//! small rows that way costs more than the rows.

use sqlx::query_builder::Separated;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, QueryBuilder, Sqlite, SqliteConnection};
use store::StoreError;

use crate::failure::unavailable;

/// Rows of a statement. SQLite takes 32,766 values, and no table has more than some twenty columns.
const ROWS: usize = 512;

/// Where the values of a row go.
pub(crate) type Values<'q> = Separated<'q, Sqlite, &'static str>;

/// An insertion of many rows. Each number of rows is another statement, so none of them is kept prepared.
pub(crate) struct Bulk {
    /// `INSERT INTO table (columns)`.
    pub(crate) into: &'static str,
    /// What to do with a row that is there, and what to give back.
    pub(crate) then: &'static str,
}

impl Bulk {
    /// Writes rows in their order; says how many were written.
    pub(crate) async fn execute<T>(
        &self,
        connection: &mut SqliteConnection,
        rows: &[T],
        bind: impl Fn(&mut Values<'_>, &T),
    ) -> Result<usize, StoreError> {
        let mut written = 0;
        for rows in rows.chunks(ROWS) {
            let done = self
                .statement(rows, &bind)
                .build()
                .persistent(false)
                .execute(&mut *connection)
                .await
                .map_err(unavailable)?;
            written += usize::try_from(done.rows_affected()).unwrap_or(usize::MAX);
        }
        Ok(written)
    }

    /// Writes rows in their order; gives what the statement gives back, in no order.
    pub(crate) async fn fetch<T, R>(
        &self,
        connection: &mut SqliteConnection,
        rows: &[T],
        bind: impl Fn(&mut Values<'_>, &T),
    ) -> Result<Vec<R>, StoreError>
    where
        R: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        let mut given = Vec::with_capacity(rows.len());
        for rows in rows.chunks(ROWS) {
            let mut statement = self.statement(rows, &bind);
            let query = statement.build_query_as().persistent(false);
            let rows = query.fetch_all(&mut *connection).await;
            given.extend(rows.map_err(unavailable)?);
        }
        Ok(given)
    }

    fn statement<T>(&self, rows: &[T], bind: impl Fn(&mut Values<'_>, &T)) -> QueryBuilder<Sqlite> {
        let mut statement = QueryBuilder::new(self.into);
        statement.push(" ");
        statement.push_values(rows, |mut values, row| bind(&mut values, row));
        statement.push(" ");
        statement.push(self.then);
        statement
    }
}
