//! The second step of triage: what is proposed for cases.

use sqlx::SqliteConnection;
use store::StoreError;
use store::casefiles::{Added, CaseId, Proposed};

use crate::casefiles::insert_new_document;
use crate::connect::Connections;
use crate::failure::unavailable;
use crate::rows::{HIDDEN, list};

/// Writes proposals and then their documents, each table in the order of its own ids.
pub(crate) async fn classify_all(
    connections: &Connections,
    proposed: &[Proposed],
) -> Result<Vec<Added>, StoreError> {
    if proposed.is_empty() {
        return Ok(Vec::new());
    }
    let mut outcomes = vec![Added::Now; proposed.len()];
    let mut order: Vec<usize> = (0..proposed.len()).collect();
    order.sort_by_key(|at| proposed[*at].case);
    let mut written = Vec::with_capacity(order.len());
    let mut transaction = connections.write().await?;
    for at in order {
        let one = &proposed[at];
        if classify(&mut transaction, one).await? {
            written.push(one);
        } else if is_classified(&mut transaction, one.case).await? {
            outcomes[at] = Added::Before;
        } else {
            outcomes[at] = Added::Outdated;
        }
    }
    written.sort_by_key(|one| one.document.document.id);
    for one in written {
        insert_new_document(&mut transaction, one.case, &one.document.document).await?;
    }
    transaction.commit().await.map_err(unavailable)?;
    Ok(outcomes)
}

/// Writes what was proposed unless something was, or the case has another key; says whether it wrote.
async fn classify(
    connection: &mut SqliteConnection,
    proposed: &Proposed,
) -> Result<bool, StoreError> {
    let id = proposed.case.0.as_slice();
    let classification = &proposed.classification;
    let main_risk = classification.main().map_or(HIDDEN, |risk| risk.code());
    let labels = list(classification.labels().iter().map(|risk| risk.code()));
    let urgency = classification.urgency.code();
    let review = i64::from(classification.review);
    let priority = classification.priority.code();
    let mediation = classification.mediation.code();
    let protocols = classification.protocols().iter();
    let protocols = list(protocols.map(|protocol| protocol.code()));
    let written = sqlx::query!(
        "UPDATE cases
        SET main_risk = $2, labels = $3, urgency = $4, review = $5, priority = $6,
            mediation = $7, protocols = $8, model = $9
        WHERE id = $1 AND main_risk IS NULL AND recipient = $10",
        id,
        main_risk,
        labels,
        urgency,
        review,
        priority,
        mediation,
        protocols,
        classification.model,
        proposed.document.recipient,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(written.rows_affected() == 1)
}

async fn is_classified(
    connection: &mut SqliteConnection,
    case: CaseId,
) -> Result<bool, StoreError> {
    let id = case.0.as_slice();
    sqlx::query_scalar!(
        r#"SELECT EXISTS (
            SELECT 1 FROM cases WHERE id = $1 AND main_risk IS NOT NULL
        ) AS "found!: bool""#,
        id,
    )
    .fetch_one(connection)
    .await
    .map_err(unavailable)
}
