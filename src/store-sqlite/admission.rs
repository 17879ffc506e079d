//! The first step of triage: complaints become cases.

use std::collections::HashSet;
use std::iter;

use sealing::{EnvelopeId, LookupHash};
use sqlx::SqliteConnection;
use store::StoreError;
use store::casefiles::{Admission, Admitted, CaseId, Known, NewCase};
use store::rings::NewAccess;

use crate::bulk::Bulk;
use crate::casefiles::insert_new_documents;
use crate::connect::Connections;
use crate::failure::unavailable;
use crate::rings;
use crate::rows::Column;

const CASE_ID: Column = Column("cases", "id");

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
    let mut unseen = insert_seen(&mut transaction, admissions).await?;
    unseen.sort_by_key(|at| admissions[*at].case.id);
    let mut new = insert_cases(&mut transaction, admissions, &unseen).await?;
    let mut written = Vec::with_capacity(unseen.len());
    for at in unseen {
        let admission = &admissions[at];
        outcomes[at] = if new.remove(&admission.case.id) {
            written.push(admission);
            Admitted::Now
        } else {
            forget_seen(&mut transaction, admission.envelope_id).await?;
            if has_mailbox(&mut transaction, admission.case.lookup_hash).await? {
                Admitted::MailboxTaken
            } else {
                Admitted::FolioTaken
            }
        };
    }
    let cases: Vec<&NewCase> = written.iter().map(|admission| &admission.case).collect();
    insert_terms(&mut transaction, &cases).await?;
    rings::insert_access(&mut transaction, &cases).await?;
    let documents = cases.iter().flat_map(|case| {
        let documents = iter::once(&case.complaint).chain(&case.conflict);
        documents.map(|document| (case.id, document))
    });
    let mut documents: Vec<_> = documents.collect();
    documents.sort_by_key(|(_, document)| document.id);
    insert_new_documents(&mut transaction, &documents).await?;
    written.sort_by_key(|admission| admission.reply.lookup_id);
    insert_replies(&mut transaction, &written).await?;
    transaction.commit().await.map_err(unavailable)?;
    Ok(outcomes)
}

/// Notes envelopes as worked off; gives the places of those that were not.
async fn insert_seen(
    connection: &mut SqliteConnection,
    admissions: &[Admission],
) -> Result<Vec<usize>, StoreError> {
    const SEEN: Bulk = Bulk {
        into: "INSERT INTO seen_envelopes (envelope_id, seen_on)",
        then: "ON CONFLICT DO NOTHING RETURNING envelope_id",
    };
    let mut order: Vec<usize> = (0..admissions.len()).collect();
    order.sort_by_key(|at| admissions[*at].envelope_id);
    // One that comes twice is written once.
    order.dedup_by_key(|at| admissions[*at].envelope_id);
    let unseen: Vec<(Vec<u8>,)> = SEEN
        .fetch(connection, &order, |values, at| {
            let admission = &admissions[*at];
            values
                .push_bind(admission.envelope_id.as_bytes().as_slice())
                .push_bind(admission.seen_on.to_string());
        })
        .await?;
    let unseen: HashSet<&[u8]> = unseen.iter().map(|(id,)| id.as_slice()).collect();
    order.retain(|at| unseen.contains(admissions[*at].envelope_id.as_bytes().as_slice()));
    Ok(order)
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

/// Writes the rows of cases, but those of which a unique value is taken; gives the ids that it wrote.
async fn insert_cases(
    connection: &mut SqliteConnection,
    admissions: &[Admission],
    which: &[usize],
) -> Result<HashSet<CaseId>, StoreError> {
    const CASES: Bulk = Bulk {
        into: "INSERT INTO cases (
            id, folio_year, folio_digits, lookup_hash, received_on, state, ooad, umae, recipient,
            service_record, next_position, messages, circle, course
        )",
        then: "ON CONFLICT DO NOTHING RETURNING id",
    };
    let written: Vec<(Vec<u8>,)> = CASES
        .fetch(connection, which, |values, at| {
            let Admission { case, reply, .. } = &admissions[*at];
            let circle = match &case.access {
                NewAccess::Committee { wrap: _ } => None,
                NewAccess::Members { circle, .. } => Some(circle.as_slice()),
            };
            values
                .push_bind(case.id.0.as_slice())
                .push_bind(case.folio.year())
                .push_bind(case.folio.digits())
                .push_bind(case.lookup_hash.as_bytes().as_slice())
                .push_bind(case.received_on.to_string())
                .push_bind(case.state.code())
                .push_bind(case.ooad.map(domain::catalogue::OoadCode::code))
                .push_bind(case.umae.map(domain::catalogue::UmaeCode::code))
                .push_bind(&case.recipient)
                .push_bind(&case.service_record)
                .push_bind(i64::from(reply.position) + 1)
                .push_bind(0)
                .push_bind(circle)
                .push_bind(&case.course);
        })
        .await?;
    let ids = written.iter().map(|(id,)| CASE_ID.id(id).map(CaseId));
    ids.collect()
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

async fn insert_terms(
    connection: &mut SqliteConnection,
    cases: &[&NewCase],
) -> Result<(), StoreError> {
    const TERMS: Bulk = Bulk {
        into: "INSERT INTO case_terms (case_id, term, starts_on, due_on)",
        then: "",
    };
    let terms = cases.iter().flat_map(|case| {
        let terms = case.terms.iter();
        terms.map(|term| (case.id, term))
    });
    let terms: Vec<_> = terms.collect();
    TERMS
        .execute(connection, &terms, |values, (case, term)| {
            values
                .push_bind(case.0.as_slice())
                .push_bind(term.deadline.key.code())
                .push_bind(term.starts_on.to_string())
                .push_bind(term.deadline.due_on.to_string());
        })
        .await?;
    Ok(())
}

/// Puts finished replies into the outbox.
async fn insert_replies(
    connection: &mut SqliteConnection,
    admissions: &[&Admission],
) -> Result<(), StoreError> {
    const REPLIES: Bulk = Bulk {
        into: "INSERT INTO outbox (lookup_id, position, sealed)",
        then: "",
    };
    REPLIES
        .execute(connection, admissions, |values, Admission { reply, .. }| {
            values
                .push_bind(reply.lookup_id.as_bytes().as_slice())
                .push_bind(reply.position)
                .push_bind(&reply.bytes);
        })
        .await?;
    Ok(())
}
