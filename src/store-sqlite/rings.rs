//! Who can open a case: circles, rings and the committee's wraps.

use std::collections::BTreeSet;

use async_trait::async_trait;
use sqlx::SqliteConnection;
use store::StoreError;
use store::casefiles::{CaseId, NewCase, SealedDocument};
use store::rings::{
    AccessChange, CaseAccess, NewAccess, Resealed, ResealedCase, Rings, StoredRing,
};

use crate::SqliteCaseFiles;
use crate::bulk::Bulk;
use crate::casefiles::insert_new_document;
use crate::failure::unavailable;
use crate::rows::Column;
use crate::sealed_rows::{AccessRow, access, case_ids};

/// Whose copy of a case's key [`CaseFiles::committee_wrap`](store::casefiles::CaseFiles::committee_wrap)
/// gives.
pub(crate) const COMMITTEE: &str = "committee";

/// Writes who can open new cases.
pub(crate) async fn insert_access(
    connection: &mut SqliteConnection,
    cases: &[&NewCase],
) -> Result<(), StoreError> {
    const WRAPS: Bulk = Bulk {
        into: "INSERT INTO case_keys (case_id, holder, wrapped)",
        then: "",
    };
    const RINGS: Bulk = Bulk {
        into: "INSERT INTO case_rings (case_id, recipient, ring, recovery)",
        then: "",
    };
    let (mut wraps, mut rings) = (Vec::new(), Vec::new());
    for case in cases {
        match &case.access {
            NewAccess::Committee { wrap } => wraps.push((case.id, wrap)),
            NewAccess::Members {
                circle: _,
                ring,
                recovery,
            } => rings.push((case.id, &case.recipient, ring, recovery)),
        }
    }
    WRAPS
        .execute(connection, &wraps, |values, (case, wrap)| {
            values
                .push_bind(case.0.as_slice())
                .push_bind(COMMITTEE)
                .push_bind(wrap.as_slice());
        })
        .await?;
    RINGS
        .execute(
            connection,
            &rings,
            |values, (case, recipient, ring, recovery)| {
                values
                    .push_bind(case.0.as_slice())
                    .push_bind(recipient.as_str())
                    .push_bind(ring.as_slice())
                    .push_bind(recovery.as_deref());
            },
        )
        .await?;
    Ok(())
}

async fn put_ring(
    connection: &mut SqliteConnection,
    case: CaseId,
    recipient: &str,
    ring: &[u8],
    recovery: Option<&[u8]>,
) -> Result<(), StoreError> {
    let case_id = case.0.as_slice();
    sqlx::query!(
        "INSERT INTO case_rings (case_id, recipient, ring, recovery) VALUES ($1, $2, $3, $4)
        ON CONFLICT (case_id, recipient)
        DO UPDATE SET ring = excluded.ring, recovery = excluded.recovery",
        case_id,
        recipient,
        ring,
        recovery,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

/// Writes the circle and the newest key, unless the circle is another by now; says whether it wrote.
async fn put_circle(
    connection: &mut SqliteConnection,
    change: &AccessChange,
) -> Result<bool, StoreError> {
    let case_id = change.case.0.as_slice();
    let done = sqlx::query!(
        "UPDATE cases SET circle = $3, recipient = coalesce($4, recipient)
        WHERE id = $1 AND circle IS $2",
        case_id,
        change.expected_circle,
        change.circle,
        change.recipient,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(done.rows_affected() == 1)
}

/// Puts documents sealed anew in the places of the old ones, unless they are not exactly those of the
/// case; says whether it did. The rings of all keys but the newest go.
async fn reseal(
    connection: &mut SqliteConnection,
    case: CaseId,
    documents: &[SealedDocument],
) -> Result<bool, StoreError> {
    let case_id = case.0.as_slice();
    let present = sqlx::query_scalar!("SELECT id FROM documents WHERE case_id = $1", case_id)
        .fetch_all(&mut *connection)
        .await
        .map_err(unavailable)?;
    let present: BTreeSet<&[u8]> = present.iter().map(Vec::as_slice).collect();
    let named: BTreeSet<&[u8]> = documents.iter().map(|one| one.id.0.as_slice()).collect();
    if named != present {
        return Ok(false);
    }
    for document in documents {
        let id = document.id.0.as_slice();
        sqlx::query!(
            "UPDATE documents SET sealed = $2 WHERE id = $1",
            id,
            document.sealed,
        )
        .execute(&mut *connection)
        .await
        .map_err(unavailable)?;
    }
    sqlx::query!(
        "DELETE FROM case_rings
        WHERE case_id = $1 AND recipient <> (SELECT recipient FROM cases WHERE id = $1)",
        case_id,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(true)
}

async fn delete_wrap(connection: &mut SqliteConnection, case: CaseId) -> Result<(), StoreError> {
    let case_id = case.0.as_slice();
    sqlx::query!(
        "DELETE FROM case_keys WHERE case_id = $1 AND holder = $2",
        case_id,
        COMMITTEE,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

/// Whether the newest key of a case has a ring.
async fn has_newest_ring(
    connection: &mut SqliteConnection,
    case: CaseId,
) -> Result<bool, StoreError> {
    let case_id = case.0.as_slice();
    sqlx::query_scalar!(
        r#"SELECT EXISTS (
            SELECT 1 FROM cases AS c
            JOIN case_rings AS r ON r.case_id = c.id AND r.recipient = c.recipient
            WHERE c.id = $1
        ) AS "found!: bool""#,
        case_id,
    )
    .fetch_one(connection)
    .await
    .map_err(unavailable)
}

/// Replaces what the case's own row has under the committee's key, if it is as it was read.
async fn reseal_row(
    connection: &mut SqliteConnection,
    case: CaseId,
    parts: &ResealedCase<'_>,
) -> Result<bool, StoreError> {
    let case_id = case.0.as_slice();
    let (old_circle, new_circle) = Resealed::split(parts.circle);
    let (old_course, new_course) = Resealed::split(parts.course);
    let done = sqlx::query!(
        "UPDATE cases SET service_record = $3, circle = $5, course = $7
        WHERE id = $1 AND service_record = $2 AND circle IS $4 AND course IS $6",
        case_id,
        parts.service_record.old,
        parts.service_record.new,
        old_circle,
        new_circle,
        old_course,
        new_course,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(done.rows_affected() == 1)
}

/// Replaces the committee's wrap, if it is as it was read.
async fn reseal_wrap(
    connection: &mut SqliteConnection,
    case: CaseId,
    wrap: Option<Resealed<'_>>,
) -> Result<bool, StoreError> {
    let case_id = case.0.as_slice();
    let Some(wrap) = wrap else {
        let found = sqlx::query_scalar!(
            r#"SELECT EXISTS (
                SELECT 1 FROM case_keys WHERE case_id = $1 AND holder = $2
            ) AS "found!: bool""#,
            case_id,
            COMMITTEE,
        )
        .fetch_one(connection)
        .await
        .map_err(unavailable)?;
        return Ok(!found);
    };
    let done = sqlx::query!(
        "UPDATE case_keys SET wrapped = $4
        WHERE case_id = $1 AND holder = $2 AND wrapped = $3",
        case_id,
        COMMITTEE,
        wrap.old,
        wrap.new,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(done.rows_affected() == 1)
}

#[async_trait]
impl Rings for SqliteCaseFiles {
    async fn access(&self, case: CaseId) -> Result<Option<CaseAccess>, StoreError> {
        let case_id = case.0.as_slice();
        let rows = sqlx::query_as!(
            AccessRow,
            r#"SELECT c.recipient, c.circle, k.wrapped AS "committee_wrap?",
                r.recipient AS "ring_recipient?", r.ring AS "ring?", r.recovery AS "recovery?"
            FROM cases AS c
            LEFT JOIN case_keys AS k ON k.case_id = c.id AND k.holder = $2
            LEFT JOIN case_rings AS r ON r.case_id = c.id
            WHERE c.id = $1
            ORDER BY r.recipient"#,
            case_id,
            COMMITTEE,
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        Ok(access(rows))
    }

    async fn change_access(&self, change: &AccessChange) -> Result<bool, StoreError> {
        let case = change.case;
        // Whatever returns before the commit undoes all of it.
        let mut transaction = self.connections.write().await?;
        if !put_circle(&mut transaction, change).await? {
            return Ok(false);
        }
        if let Some(StoredRing {
            recipient,
            ring,
            recovery,
        }) = &change.ring
        {
            put_ring(&mut transaction, case, recipient, ring, recovery.as_deref()).await?;
        }
        if let Some(documents) = &change.reseal
            && !reseal(&mut transaction, case, documents).await?
        {
            return Ok(false);
        }
        if let Some(document) = &change.document {
            insert_new_document(&mut transaction, case, document).await?;
        }
        if change.drop_committee_wrap {
            delete_wrap(&mut transaction, case).await?;
        }
        if change.relies_on_ring() && !has_newest_ring(&mut transaction, case).await? {
            return Err(Column("case_rings", "recipient").invalid());
        }
        transaction.commit().await.map_err(unavailable)?;
        Ok(true)
    }

    async fn wrapped_for_committee(
        &self,
        after: Option<CaseId>,
        limit: u32,
    ) -> Result<Vec<CaseId>, StoreError> {
        // No bytes at all come before any id.
        let after = after.as_ref().map_or(&[][..], |case| &case.0);
        let found = sqlx::query_scalar!(
            "SELECT case_id FROM case_keys
            WHERE case_id > $1 AND holder = $2
            ORDER BY case_id
            LIMIT $3",
            after,
            COMMITTEE,
            limit,
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        case_ids(&found)
    }

    async fn reseal_case(&self, case: CaseId, parts: ResealedCase<'_>) -> Result<bool, StoreError> {
        let mut transaction = self.connections.write().await?;
        let done = reseal_row(&mut transaction, case, &parts).await?
            && reseal_wrap(&mut transaction, case, parts.committee_wrap).await?;
        if done {
            transaction.commit().await.map_err(unavailable)?;
        }
        Ok(done)
    }

    async fn case_ids(&self, after: Option<CaseId>, limit: u32) -> Result<Vec<CaseId>, StoreError> {
        let after = after.as_ref().map_or(&[][..], |case| &case.0);
        let found = sqlx::query_scalar!(
            "SELECT id FROM cases WHERE id > $1 ORDER BY id LIMIT $2",
            after,
            limit,
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        case_ids(&found)
    }

    async fn delete_case(&self, case: CaseId) -> Result<bool, StoreError> {
        let id = case.0.as_slice();
        let mut transaction = self.connections.write().await?;
        sqlx::query!("DELETE FROM case_chunks WHERE case_id = $1", id)
            .execute(&mut *transaction)
            .await
            .map_err(unavailable)?;
        sqlx::query!("DELETE FROM documents WHERE case_id = $1", id)
            .execute(&mut *transaction)
            .await
            .map_err(unavailable)?;
        sqlx::query!("DELETE FROM case_terms WHERE case_id = $1", id)
            .execute(&mut *transaction)
            .await
            .map_err(unavailable)?;
        sqlx::query!("DELETE FROM case_rings WHERE case_id = $1", id)
            .execute(&mut *transaction)
            .await
            .map_err(unavailable)?;
        sqlx::query!("DELETE FROM case_keys WHERE case_id = $1", id)
            .execute(&mut *transaction)
            .await
            .map_err(unavailable)?;
        let done = sqlx::query!("DELETE FROM cases WHERE id = $1", id)
            .execute(&mut *transaction)
            .await
            .map_err(unavailable)?;
        transaction.commit().await.map_err(unavailable)?;
        Ok(done.rows_affected() == 1)
    }
}
