//! The first step of triage: complaints become cases.

use std::iter;

use sealing::{EnvelopeId, LookupHash};
use sqlx::SqliteConnection;
use store::StoreError;
use store::casefiles::{Admission, Admitted, CaseId, Known, NewCase, RunningTerm};
use store::rings::NewAccess;

use crate::casefiles::{insert_new_document, insert_reply, insert_seen};
use crate::connect::Connections;
use crate::failure::unavailable;
use crate::rings;

/// Writes cases and what comes with each. Every table in the order of its own ids, so that where a row lies
/// tells of no row of another table.
pub(crate) async fn admit_all(
    connections: &Connections,
    admissions: &[Admission],
) -> Result<Vec<Admitted>, StoreError> {
    if admissions.is_empty() {
        return Ok(Vec::new());
    }
    let mut outcomes = vec![Admitted::Before; admissions.len()];
    // Whatever returns before the commit undoes all of it.
    let mut transaction = connections.write().await?;
    let mut order: Vec<usize> = (0..admissions.len()).collect();
    order.sort_by_key(|at| admissions[*at].envelope_id);
    let mut unseen = Vec::with_capacity(order.len());
    for at in order {
        let Admission {
            envelope_id,
            seen_on,
            ..
        } = admissions[at];
        if insert_seen(&mut transaction, envelope_id, seen_on).await? {
            unseen.push(at);
        }
    }
    unseen.sort_by_key(|at| admissions[*at].case.id);
    let mut written = Vec::with_capacity(unseen.len());
    for at in unseen {
        let admission = &admissions[at];
        outcomes[at] = insert_case(&mut transaction, admission).await?;
        if outcomes[at] == Admitted::Now {
            written.push(admission);
        } else {
            forget_seen(&mut transaction, admission.envelope_id).await?;
        }
    }
    for Admission { case, .. } in &written {
        for term in &case.terms {
            insert_term(&mut transaction, case.id, term).await?;
        }
        rings::insert_access(&mut transaction, case.id, &case.recipient, &case.access).await?;
    }
    let documents = written.iter().flat_map(|Admission { case, .. }| {
        let documents = iter::once(&case.complaint).chain(&case.conflict);
        documents.map(|document| (document, case.id))
    });
    let mut documents: Vec<_> = documents.collect();
    documents.sort_by_key(|(document, _)| document.id);
    for (document, case) in documents {
        insert_new_document(&mut transaction, case, document).await?;
    }
    written.sort_by_key(|admission| admission.reply.lookup_id);
    for admission in written {
        insert_reply(&mut transaction, &admission.reply).await?;
    }
    transaction.commit().await.map_err(unavailable)?;
    Ok(outcomes)
}

/// What is known of complaints, in one statement and so as of one moment.
pub(crate) async fn known(
    connections: &Connections,
    complaints: &[(EnvelopeId, LookupHash)],
) -> Result<Vec<Known>, StoreError> {
    let asked: Vec<String> = complaints
        .iter()
        .map(|(envelope, mailbox)| {
            let (envelope, mailbox) = (envelope.as_bytes(), mailbox.as_bytes());
            format!(
                r#"["{}","{}"]"#,
                hex::encode(envelope),
                hex::encode(mailbox)
            )
        })
        .collect();
    let asked = format!("[{}]", asked.join(","));
    let rows = sqlx::query!(
        r#"SELECT
            EXISTS (
                SELECT 1 FROM seen_envelopes WHERE envelope_id = unhex(asked.value ->> 0)
            ) AS "seen!: bool",
            EXISTS (
                SELECT 1 FROM cases WHERE lookup_hash = unhex(asked.value ->> 1)
            ) AS "has_case!: bool"
        FROM json_each($1) AS asked
        ORDER BY asked.key"#,
        asked,
    )
    .fetch_all(&connections.reader)
    .await
    .map_err(unavailable)?;
    let known = rows.into_iter().map(|row| Known {
        seen: row.seen,
        has_case: row.has_case,
    });
    Ok(known.collect())
}

/// Takes back that an envelope was worked off, for a case that was not written.
async fn forget_seen(
    connection: &mut SqliteConnection,
    envelope: EnvelopeId,
) -> Result<(), StoreError> {
    let envelope_id = envelope.as_bytes().as_slice();
    sqlx::query!(
        "DELETE FROM seen_envelopes WHERE envelope_id = $1",
        envelope_id,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

/// Writes the row of a case unless a unique value of it is taken.
async fn insert_case(
    connection: &mut SqliteConnection,
    admission: &Admission,
) -> Result<Admitted, StoreError> {
    let case = &admission.case;
    let next_position = i64::from(admission.reply.position) + 1;
    if insert_row(connection, case, next_position).await? {
        Ok(Admitted::Now)
    } else if has_mailbox(connection, case.lookup_hash).await? {
        Ok(Admitted::MailboxTaken)
    } else {
        Ok(Admitted::FolioTaken)
    }
}

/// Writes the row of a case unless a unique value of it is taken; says whether it wrote.
async fn insert_row(
    connection: &mut SqliteConnection,
    case: &NewCase,
    next_position: i64,
) -> Result<bool, StoreError> {
    let id = case.id.0.as_slice();
    let folio_year = case.folio.year();
    let folio_digits = case.folio.digits();
    let lookup_hash = case.lookup_hash.as_bytes().as_slice();
    let received_on = case.received_on.to_string();
    let state = case.state.code();
    let ooad = case.ooad.map(domain::catalogue::OoadCode::code);
    let umae = case.umae.map(domain::catalogue::UmaeCode::code);
    let circle = match &case.access {
        NewAccess::Committee { wrap: _ } => None,
        NewAccess::Members { circle, .. } => Some(circle),
    };
    let done = sqlx::query!(
        "INSERT INTO cases (
            id, folio_year, folio_digits, lookup_hash, received_on, state, ooad, umae, recipient,
            service_record, next_position, messages, circle, course
        )
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13)
        ON CONFLICT DO NOTHING",
        id,
        folio_year,
        folio_digits,
        lookup_hash,
        received_on,
        state,
        ooad,
        umae,
        case.recipient,
        case.service_record,
        next_position,
        circle,
        case.course,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(done.rows_affected() == 1)
}

async fn has_mailbox(
    connection: &mut SqliteConnection,
    mailbox: LookupHash,
) -> Result<bool, StoreError> {
    let lookup_hash = mailbox.as_bytes().as_slice();
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM cases WHERE lookup_hash = $1) AS "found!: bool""#,
        lookup_hash,
    )
    .fetch_one(connection)
    .await
    .map_err(unavailable)
}

async fn insert_term(
    connection: &mut SqliteConnection,
    case: CaseId,
    term: &RunningTerm,
) -> Result<(), StoreError> {
    let case_id = case.0.as_slice();
    let key = term.deadline.key.code();
    let starts_on = term.starts_on.to_string();
    let due_on = term.deadline.due_on.to_string();
    sqlx::query!(
        "INSERT INTO case_terms (case_id, term, starts_on, due_on) VALUES ($1, $2, $3, $4)",
        case_id,
        key,
        starts_on,
        due_on,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}
