//! What happens in a case after it was admitted: messages, and steps of the committee.

use async_trait::async_trait;
use domain::catalogue::TermKey;
use jiff::civil::Date;
use sqlx::PgConnection;
use store::StoreError;
use store::casefiles::{CaseHandle, CaseId, RunningTerm};
use store::steps::{CaseStep, Confirmed, FollowUp, Followed, Stepped, Steps, WordsChange};

use crate::PgCaseFiles;
use crate::casefiles::{insert_new_document, insert_reply, insert_seen};
use crate::failure::unavailable;
use crate::log;
use crate::rows::{HandleRow, Step, list};

/// Changes position, messages, state, course and terms of a case, unless something of it is no longer as
/// it was read; says whether it did.
async fn take(connection: &mut PgConnection, step: &Step<'_>) -> Result<bool, StoreError> {
    if !change_row(connection, step).await? {
        return Ok(false);
    }
    if let Some(confirmed) = &step.change.confirmed {
        confirm(connection, step.case, confirmed).await?;
    }
    for term in &step.change.stop {
        stop(connection, step.case, *term).await?;
    }
    for term in &step.change.start {
        start(connection, step.case, term).await?;
    }
    Ok(true)
}

async fn change_row(connection: &mut PgConnection, step: &Step<'_>) -> Result<bool, StoreError> {
    let case_id = step.case.0.as_slice();
    let from = step.change.state.map(|(from, _)| from.code());
    let to = step.change.state.map(|(_, to)| to.code());
    let course = step.change.course.as_ref();
    let expected = course.and_then(|course| course.expected.as_deref());
    let sealed = course.map(|course| course.sealed.as_slice());
    let moved = sqlx::query!(
        "UPDATE casefiles.cases
        SET next_position = next_position + CASE WHEN $2::BIGINT IS NULL THEN 0 ELSE 1 END,
            messages = messages + $3,
            state = coalesce($5::TEXT, state),
            course = coalesce($8::BYTEA, course)
        WHERE id = $1
            AND ($2::BIGINT IS NULL OR next_position = $2)
            AND ($4::TEXT IS NULL OR state = $4)
            AND ($6::TEXT IS NULL OR recipient = $6)
            AND ($8::BYTEA IS NULL OR course IS NOT DISTINCT FROM $7::BYTEA)",
        case_id,
        step.position.map(i64::from),
        i64::from(step.messages),
        from,
        to,
        step.recipient,
        expected,
        sealed,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(moved.rows_affected() == 1)
}

/// Shows in the register what a person confirmed. If nothing was proposed yet, nothing will be.
async fn confirm(
    connection: &mut PgConnection,
    case: CaseId,
    confirmed: &Confirmed,
) -> Result<(), StoreError> {
    let id = case.0.as_slice();
    let main_risk = confirmed.main.code();
    let labels = list(confirmed.labels.iter().map(|risk| risk.code()));
    let urgency = confirmed.urgency.code();
    let priority = confirmed.priority.code();
    let mediation = confirmed.mediation.code();
    let protocols = confirmed.protocols.iter();
    let protocols = list(protocols.map(|protocol| protocol.code()));
    sqlx::query!(
        "UPDATE casefiles.cases
        SET main_risk = $2, labels = $3, urgency = $4, review = 0, priority = $5,
            mediation = $6, protocols = $7, model = coalesce(model, $8)
        WHERE id = $1",
        id,
        main_risk,
        labels,
        urgency,
        priority,
        mediation,
        protocols,
        Confirmed::BY_PERSON,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

async fn stop(
    connection: &mut PgConnection,
    case: CaseId,
    term: TermKey,
) -> Result<(), StoreError> {
    let case_id = case.0.as_slice();
    let term = term.code();
    sqlx::query!(
        "DELETE FROM casefiles.case_terms WHERE case_id = $1 AND term = $2",
        case_id,
        term,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

async fn start(
    connection: &mut PgConnection,
    case: CaseId,
    running: &RunningTerm,
) -> Result<(), StoreError> {
    let case_id = case.0.as_slice();
    let term = running.deadline.key.code();
    let starts_on = running.starts_on.to_string();
    let due_on = running.deadline.due_on.to_string();
    sqlx::query!(
        "INSERT INTO casefiles.case_terms (case_id, term, starts_on, due_on) VALUES ($1, $2, $3, $4)
        ON CONFLICT (case_id, term)
        DO UPDATE SET starts_on = excluded.starts_on, due_on = excluded.due_on",
        case_id,
        term,
        starts_on,
        due_on,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

// Whatever returns before its commit undoes all of it.
#[async_trait]
impl Steps for PgCaseFiles {
    async fn follow_up(&self, follow_up: &FollowUp) -> Result<Followed, StoreError> {
        let mut transaction = self.pool.begin().await.map_err(unavailable)?;
        if !insert_seen(&mut transaction, follow_up.envelope_id, follow_up.seen_on).await? {
            return Ok(Followed::Before);
        }
        if !take(&mut transaction, &Step::from(follow_up)).await? {
            return Ok(Followed::Outdated);
        }
        let document = &follow_up.document.document;
        insert_new_document(&mut transaction, follow_up.case_id, document).await?;
        insert_reply(&mut transaction, &follow_up.reply).await?;
        transaction.commit().await.map_err(unavailable)?;
        Ok(Followed::Now)
    }

    async fn change_words(&self, change: &WordsChange) -> Result<Followed, StoreError> {
        let mut transaction = self.pool.begin().await.map_err(unavailable)?;
        if !insert_seen(&mut transaction, change.envelope_id, change.seen_on).await? {
            return Ok(Followed::Before);
        }
        let moved = sqlx::query!(
            "UPDATE casefiles.cases
            SET lookup_hash = $2, service_record = $3, next_position = next_position + 1
            WHERE id = $1 AND next_position = $4 AND service_record = $5",
            change.case_id.0.as_slice(),
            change.lookup_hash.as_bytes(),
            change.service_record,
            i64::from(change.reply.position),
            change.expected,
        )
        .execute(&mut *transaction)
        .await
        .map_err(unavailable)?;
        if moved.rows_affected() == 0 {
            return Ok(Followed::Outdated);
        }
        insert_reply(&mut transaction, &change.reply).await?;
        transaction.commit().await.map_err(unavailable)?;
        Ok(Followed::Now)
    }

    async fn step(&self, step: &CaseStep) -> Result<Stepped, StoreError> {
        let mut transaction = self.pool.begin().await.map_err(unavailable)?;
        if !take(&mut transaction, &Step::from(step)).await? {
            return Ok(Stepped::Outdated);
        }
        if let Some(new) = &step.document {
            insert_new_document(&mut transaction, step.case_id, &new.document).await?;
        }
        if let Some(entry) = &step.entry {
            insert_reply(&mut transaction, entry).await?;
        }
        if let Some(entry) = &step.log
            && !log::append(&mut transaction, entry).await?
        {
            return Ok(Stepped::LogTaken);
        }
        transaction.commit().await.map_err(unavailable)?;
        Ok(Stepped::Now)
    }

    async fn due(
        &self,
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
                c.next_position, c.main_risk, c.circle, c.course
            FROM casefiles.case_terms AS t JOIN casefiles.cases AS c ON c.id = t.case_id
            WHERE t.term = $1 AND t.due_on <= $2 AND ($3::BYTEA IS NULL OR c.id > $3)
            ORDER BY c.id
            LIMIT $4",
            term,
            by,
            after,
            i64::from(limit),
        )
        .fetch_all(&self.pool)
        .await
        .map_err(unavailable)?;
        rows.into_iter().map(CaseHandle::try_from).collect()
    }
}
