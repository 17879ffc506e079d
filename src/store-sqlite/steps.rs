//! What a message or a reply changes in its case: position, state and terms.

use domain::catalogue::TermKey;
use jiff::civil::Date;
use sqlx::SqliteConnection;
use store::StoreError;
use store::casefiles::{CaseHandle, CaseId};

use crate::connect::Connections;
use crate::failure::unavailable;
use crate::rows::{HandleRow, Step};

/// Takes the step, unless the position is taken, or the case stands elsewhere or has another key; says
/// whether it did.
pub(crate) async fn take(
    connection: &mut SqliteConnection,
    step: &Step<'_>,
) -> Result<bool, StoreError> {
    let case_id = step.case.0.as_slice();
    let from = step.state.map(|(from, _)| from.code());
    let to = step.state.map(|(_, to)| to.code());
    let moved = sqlx::query!(
        "UPDATE cases
        SET next_position = next_position + 1, messages = messages + $3, state = coalesce($5, state)
        WHERE id = $1 AND next_position = $2 AND ($4 IS NULL OR state = $4)
            AND ($6 IS NULL OR recipient = $6)",
        case_id,
        step.position,
        step.messages,
        from,
        to,
        step.recipient,
    )
    .execute(&mut *connection)
    .await
    .map_err(unavailable)?;
    if moved.rows_affected() == 0 {
        return Ok(false);
    }
    if let Some(stop) = step.stop {
        let term = stop.code();
        sqlx::query!(
            "DELETE FROM case_terms WHERE case_id = $1 AND term = $2",
            case_id,
            term,
        )
        .execute(&mut *connection)
        .await
        .map_err(unavailable)?;
    }
    if let Some(start) = step.start {
        let term = start.deadline.key.code();
        let starts_on = start.starts_on.to_string();
        let due_on = start.deadline.due_on.to_string();
        sqlx::query!(
            "INSERT INTO case_terms (case_id, term, starts_on, due_on) VALUES ($1, $2, $3, $4)
            ON CONFLICT (case_id, term)
            DO UPDATE SET starts_on = excluded.starts_on, due_on = excluded.due_on",
            case_id,
            term,
            starts_on,
            due_on,
        )
        .execute(&mut *connection)
        .await
        .map_err(unavailable)?;
    }
    Ok(true)
}

pub(crate) async fn due(
    store: &Connections,
    term: TermKey,
    by: Date,
    after: Option<CaseId>,
    limit: u32,
) -> Result<Vec<CaseHandle>, StoreError> {
    let term = term.code();
    let by = by.to_string();
    let after = after.map(|case| case.0.to_vec());
    let rows = sqlx::query_as!(
        HandleRow,
        "SELECT c.id, c.folio_year, c.folio_digits, c.state, c.recipient, c.service_record,
            c.next_position, c.main_risk, c.circle
        FROM case_terms AS t JOIN cases AS c ON c.id = t.case_id
        WHERE t.term = $1 AND t.due_on <= $2 AND ($3 IS NULL OR c.id > $3)
        ORDER BY c.id
        LIMIT $4",
        term,
        by,
        after,
        limit,
    )
    .fetch_all(&store.reader)
    .await
    .map_err(unavailable)?;
    rows.into_iter().map(CaseHandle::try_from).collect()
}
