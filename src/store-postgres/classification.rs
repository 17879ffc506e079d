//! The second step of triage: what is proposed for cases.

use std::collections::{HashMap, HashSet};

use sqlx::{PgConnection, PgPool};
use store::StoreError;
use store::casefiles::{Added, Proposed};

use crate::casefiles::insert_new_documents;
use crate::failure::unavailable;
use crate::rows::{HIDDEN, list};

/// Writes proposals and then their documents, each table in the order of its own ids.
pub(crate) async fn classify_all(
    pool: &PgPool,
    proposed: &[Proposed],
) -> Result<Vec<Added>, StoreError> {
    if proposed.is_empty() {
        return Ok(Vec::new());
    }
    let mut transaction = pool.begin().await.map_err(unavailable)?;
    let open = lock(&mut transaction, proposed).await?;
    let mut outcomes = Vec::with_capacity(proposed.len());
    let mut taken = HashSet::new();
    for one in proposed {
        let id = one.case.0.as_slice();
        outcomes.push(match open.get(id) {
            None => Added::Outdated,
            Some(row) if row.is_classified || taken.contains(id) => Added::Before,
            Some(row) if row.recipient != one.document.recipient => Added::Outdated,
            Some(_) => {
                taken.insert(id);
                Added::Now
            }
        });
    }
    let mut written = Vec::with_capacity(proposed.len());
    let mut documents = Vec::with_capacity(proposed.len());
    for (one, outcome) in proposed.iter().zip(&outcomes) {
        if *outcome == Added::Now {
            written.push(one);
            documents.push((one.case, &one.document.document));
        }
    }
    write(&mut transaction, &written).await?;
    insert_new_documents(&mut transaction, &documents).await?;
    transaction.commit().await.map_err(unavailable)?;
    Ok(outcomes)
}

/// A case as it stands until the transaction ends.
struct Row {
    is_classified: bool,
    recipient: String,
}

/// Keeps others from changing these cases meanwhile, in one order for all processes.
async fn lock(
    connection: &mut PgConnection,
    proposed: &[Proposed],
) -> Result<HashMap<Vec<u8>, Row>, StoreError> {
    let ids: Vec<&[u8]> = proposed.iter().map(|one| one.case.0.as_slice()).collect();
    let rows = sqlx::query!(
        r#"SELECT id, recipient, main_risk IS NOT NULL AS "is_classified!"
        FROM casefiles.cases
        WHERE id = ANY($1::BYTEA[])
        ORDER BY id
        FOR NO KEY UPDATE"#,
        &ids as _,
    )
    .fetch_all(connection)
    .await
    .map_err(unavailable)?;
    let rows = rows.into_iter().map(|row| {
        let found = Row {
            is_classified: row.is_classified,
            recipient: row.recipient,
        };
        (row.id, found)
    });
    Ok(rows.collect())
}

async fn write(connection: &mut PgConnection, proposed: &[&Proposed]) -> Result<(), StoreError> {
    let told = || proposed.iter().map(|one| &one.classification);
    let ids: Vec<&[u8]> = proposed.iter().map(|one| one.case.0.as_slice()).collect();
    let main_risks: Vec<&str> = told()
        .map(|told| told.main().map_or(HIDDEN, |risk| risk.code()))
        .collect();
    let labels: Vec<String> = told()
        .map(|told| list(told.labels().iter().map(|risk| risk.code())))
        .collect();
    let urgencies: Vec<&str> = told().map(|told| told.urgency.code()).collect();
    let reviews: Vec<i64> = told().map(|told| i64::from(told.review)).collect();
    let priorities: Vec<&str> = told().map(|told| told.priority.code()).collect();
    let mediations: Vec<&str> = told().map(|told| told.mediation.code()).collect();
    let protocols: Vec<String> = told()
        .map(|told| list(told.protocols().iter().map(|protocol| protocol.code())))
        .collect();
    let models: Vec<&str> = told().map(|told| told.model.as_str()).collect();
    sqlx::query!(
        "UPDATE casefiles.cases AS old
        SET main_risk = new.main_risk, labels = new.labels, urgency = new.urgency,
            review = new.review, priority = new.priority, mediation = new.mediation,
            protocols = new.protocols, model = new.model
        FROM (
            SELECT * FROM UNNEST(
                $1::BYTEA[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::BIGINT[], $6::TEXT[],
                $7::TEXT[], $8::TEXT[], $9::TEXT[]
            ) AS proposed (
                id, main_risk, labels, urgency, review, priority, mediation, protocols, model
            )
            ORDER BY id
        ) AS new
        WHERE old.id = new.id",
        &ids as _,
        &main_risks as _,
        &labels,
        &urgencies as _,
        &reviews,
        &priorities as _,
        &mediations as _,
        &protocols,
        &models as _,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}
