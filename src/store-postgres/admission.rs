//! The first step of triage: complaints become cases.
//!
//! One statement for each table, however many cases there are. Every table is written in the order of its
//! own ids: where a row lies tells of no row of another table, and two processes that write the same wait
//! for each other and no more.

use std::collections::HashSet;

use sealing::{EnvelopeId, LookupHash};
use sqlx::{PgConnection, PgPool};
use store::StoreError;
use store::casefiles::{Admission, Admitted, CaseId, Known, NewCase, SealedDocument};
use store::rings::NewAccess;

use crate::casefiles::insert_new_documents;
use crate::failure::unavailable;
use crate::rings::COMMITTEE;

/// Writes cases and what comes with each.
pub(crate) async fn admit_all(
    pool: &PgPool,
    admissions: &[Admission],
) -> Result<Vec<Admitted>, StoreError> {
    let mut outcomes = vec![Admitted::Before; admissions.len()];
    let mut left: Vec<usize> = (0..admissions.len()).collect();
    while !left.is_empty() {
        // Whatever is not committed is undone. What cannot become a case is left out, and the others are
        // written anew: an envelope counts as seen only together with its case.
        let mut transaction = pool.begin().await.map_err(unavailable)?;
        let seen = insert_seen(&mut transaction, admissions, &left).await?;
        left.retain(|at| seen.contains(admissions[*at].envelope_id.as_bytes().as_slice()));
        let cases: Vec<&NewCase> = left.iter().map(|at| &admissions[*at].case).collect();
        let written = insert_cases(&mut transaction, admissions, &left).await?;
        if written.len() == cases.len() {
            insert_terms(&mut transaction, &cases).await?;
            insert_wraps(&mut transaction, &cases).await?;
            insert_rings(&mut transaction, &cases).await?;
            insert_new_documents(&mut transaction, &documents_of(&cases)).await?;
            insert_replies(&mut transaction, admissions, &left).await?;
            transaction.commit().await.map_err(unavailable)?;
            for at in left {
                outcomes[at] = Admitted::Now;
            }
            break;
        }
        let (good, bad): (Vec<_>, Vec<_>) = left
            .into_iter()
            .partition(|at| written.contains(admissions[*at].case.id.0.as_slice()));
        for at in bad {
            outcomes[at] = refusal(&mut transaction, &admissions[at].case).await?;
        }
        left = good;
    }
    Ok(outcomes)
}

fn documents_of<'a>(cases: &[&'a NewCase]) -> Vec<(CaseId, &'a SealedDocument)> {
    let mut documents = Vec::with_capacity(cases.len() * 2);
    for case in cases {
        documents.push((case.id, &case.complaint));
        documents.extend(case.conflict.iter().map(|document| (case.id, document)));
    }
    documents
}

/// What is known of complaints, in one statement and so as of one moment.
pub(crate) async fn known(
    pool: &PgPool,
    complaints: &[(EnvelopeId, LookupHash)],
) -> Result<Vec<Known>, StoreError> {
    let envelopes: Vec<&[u8]> = complaints
        .iter()
        .map(|(envelope, _)| &envelope.as_bytes()[..])
        .collect();
    let mailboxes: Vec<&[u8]> = complaints
        .iter()
        .map(|(_, mailbox)| &mailbox.as_bytes()[..])
        .collect();
    let rows = sqlx::query!(
        r#"SELECT
            EXISTS (
                SELECT FROM casefiles.seen_envelopes AS seen
                WHERE seen.envelope_id = asked.envelope_id
            ) AS "seen!",
            EXISTS (
                SELECT FROM casefiles.cases WHERE cases.lookup_hash = asked.lookup_hash
            ) AS "has_case!"
        FROM UNNEST($1::BYTEA[], $2::BYTEA[]) WITH ORDINALITY
            AS asked (envelope_id, lookup_hash, place)
        ORDER BY asked.place"#,
        &envelopes as _,
        &mailboxes as _,
    )
    .fetch_all(pool)
    .await
    .map_err(unavailable)?;
    let known = rows.into_iter().map(|row| Known {
        seen: row.seen,
        has_case: row.has_case,
    });
    Ok(known.collect())
}

/// Notes envelopes as worked off; gives those that were not before.
async fn insert_seen(
    connection: &mut PgConnection,
    admissions: &[Admission],
    which: &[usize],
) -> Result<HashSet<Vec<u8>>, StoreError> {
    let which = || which.iter().map(|at| &admissions[*at]);
    let envelopes: Vec<&[u8]> = which().map(|one| &one.envelope_id.as_bytes()[..]).collect();
    let days: Vec<String> = which().map(|one| one.seen_on.to_string()).collect();
    let written = sqlx::query_scalar!(
        "INSERT INTO casefiles.seen_envelopes (envelope_id, seen_on)
        SELECT envelope_id, seen_on
        FROM UNNEST($1::BYTEA[], $2::TEXT[]) AS new (envelope_id, seen_on)
        ORDER BY envelope_id
        ON CONFLICT DO NOTHING
        RETURNING envelope_id",
        &envelopes as _,
        &days,
    )
    .fetch_all(connection)
    .await
    .map_err(unavailable)?;
    Ok(written.into_iter().collect())
}

/// Writes the rows of cases but of those of which a unique value is taken; gives the ids that it wrote.
async fn insert_cases(
    connection: &mut PgConnection,
    admissions: &[Admission],
    which: &[usize],
) -> Result<HashSet<Vec<u8>>, StoreError> {
    let cases = || which.iter().map(|at| &admissions[*at].case);
    let ids: Vec<&[u8]> = cases().map(|case| case.id.0.as_slice()).collect();
    let years: Vec<i64> = cases().map(|case| case.folio.year().into()).collect();
    let digits: Vec<i64> = cases().map(|case| case.folio.digits().into()).collect();
    let hashes: Vec<&[u8]> = cases()
        .map(|case| &case.lookup_hash.as_bytes()[..])
        .collect();
    let days: Vec<String> = cases().map(|case| case.received_on.to_string()).collect();
    let states: Vec<&str> = cases().map(|case| case.state.code()).collect();
    let ooads: Vec<Option<&str>> = cases()
        .map(|case| case.ooad.map(domain::catalogue::OoadCode::code))
        .collect();
    let umaes: Vec<Option<&str>> = cases()
        .map(|case| case.umae.map(domain::catalogue::UmaeCode::code))
        .collect();
    let recipients: Vec<&str> = cases().map(|case| case.recipient.as_str()).collect();
    let records: Vec<&[u8]> = cases().map(|case| case.service_record.as_slice()).collect();
    let positions: Vec<i64> = which
        .iter()
        .map(|at| i64::from(admissions[*at].reply.position) + 1)
        .collect();
    let circles: Vec<Option<&[u8]>> = cases()
        .map(|case| match &case.access {
            NewAccess::Committee { wrap: _ } => None,
            NewAccess::Members { circle, .. } => Some(circle.as_slice()),
        })
        .collect();
    let courses: Vec<&[u8]> = cases().map(|case| case.course.as_slice()).collect();
    let written = sqlx::query_scalar!(
        "INSERT INTO casefiles.cases (
            id, folio_year, folio_digits, lookup_hash, received_on, state, ooad, umae, recipient,
            service_record, next_position, messages, circle, course
        )
        SELECT
            id, folio_year, folio_digits, lookup_hash, received_on, state, ooad, umae, recipient,
            service_record, next_position, 0, circle, course
        FROM UNNEST(
            $1::BYTEA[], $2::BIGINT[], $3::BIGINT[], $4::BYTEA[], $5::TEXT[], $6::TEXT[], $7::TEXT[],
            $8::TEXT[], $9::TEXT[], $10::BYTEA[], $11::BIGINT[], $12::BYTEA[], $13::BYTEA[]
        ) AS new (
            id, folio_year, folio_digits, lookup_hash, received_on, state, ooad, umae, recipient,
            service_record, next_position, circle, course
        )
        ORDER BY id
        ON CONFLICT DO NOTHING
        RETURNING id",
        &ids as _,
        &years,
        &digits,
        &hashes as _,
        &days,
        &states as _,
        &ooads as _,
        &umaes as _,
        &recipients as _,
        &records as _,
        &positions,
        &circles as _,
        &courses as _,
    )
    .fetch_all(connection)
    .await
    .map_err(unavailable)?;
    Ok(written.into_iter().collect())
}

/// Why a case was not written. If whoever stood in the way is gone by now, another folio does no harm.
async fn refusal(connection: &mut PgConnection, case: &NewCase) -> Result<Admitted, StoreError> {
    let has_mailbox = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM casefiles.cases WHERE lookup_hash = $1) AS "found!""#,
        case.lookup_hash.as_bytes(),
    )
    .fetch_one(connection)
    .await
    .map_err(unavailable)?;
    Ok(if has_mailbox {
        Admitted::MailboxTaken
    } else {
        Admitted::FolioTaken
    })
}

async fn insert_terms(connection: &mut PgConnection, cases: &[&NewCase]) -> Result<(), StoreError> {
    let terms = || {
        let terms = cases.iter();
        terms.flat_map(|case| case.terms.iter().map(|term| (case.id, term)))
    };
    let ids: Vec<Vec<u8>> = terms().map(|(case, _)| case.0.to_vec()).collect();
    let keys: Vec<&str> = terms().map(|(_, term)| term.deadline.key.code()).collect();
    let starts: Vec<String> = terms()
        .map(|(_, term)| term.starts_on.to_string())
        .collect();
    let ends: Vec<String> = terms()
        .map(|(_, term)| term.deadline.due_on.to_string())
        .collect();
    sqlx::query!(
        "INSERT INTO casefiles.case_terms (case_id, term, starts_on, due_on)
        SELECT case_id, term, starts_on, due_on
        FROM UNNEST($1::BYTEA[], $2::TEXT[], $3::TEXT[], $4::TEXT[])
            AS new (case_id, term, starts_on, due_on)
        ORDER BY case_id, term",
        &ids,
        &keys as _,
        &starts,
        &ends,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

/// Writes the keys that the committee's key holds.
async fn insert_wraps(connection: &mut PgConnection, cases: &[&NewCase]) -> Result<(), StoreError> {
    let wraps = || {
        cases.iter().filter_map(|case| match &case.access {
            NewAccess::Committee { wrap } => Some((case.id.0.as_slice(), wrap.as_slice())),
            NewAccess::Members { .. } => None,
        })
    };
    let ids: Vec<&[u8]> = wraps().map(|(id, _)| id).collect();
    let wrapped: Vec<&[u8]> = wraps().map(|(_, wrap)| wrap).collect();
    sqlx::query!(
        "INSERT INTO casefiles.case_keys (case_id, holder, wrapped)
        SELECT case_id, $2, wrapped
        FROM UNNEST($1::BYTEA[], $3::BYTEA[]) AS new (case_id, wrapped)
        ORDER BY case_id",
        &ids as _,
        COMMITTEE,
        &wrapped as _,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

/// Writes the keys that members hold.
async fn insert_rings(connection: &mut PgConnection, cases: &[&NewCase]) -> Result<(), StoreError> {
    let rings = || {
        cases.iter().filter_map(|case| match &case.access {
            NewAccess::Committee { .. } => None,
            NewAccess::Members {
                circle: _,
                ring,
                recovery,
            } => Some((case, ring.as_slice(), recovery.as_deref())),
        })
    };
    let ids: Vec<&[u8]> = rings().map(|(case, ..)| case.id.0.as_slice()).collect();
    let recipients: Vec<&str> = rings().map(|(case, ..)| case.recipient.as_str()).collect();
    let sealed: Vec<&[u8]> = rings().map(|(_, ring, _)| ring).collect();
    let pieces: Vec<Option<&[u8]>> = rings().map(|(.., recovery)| recovery).collect();
    sqlx::query!(
        "INSERT INTO casefiles.case_rings (case_id, recipient, ring, recovery)
        SELECT case_id, recipient, ring, recovery
        FROM UNNEST($1::BYTEA[], $2::TEXT[], $3::BYTEA[], $4::BYTEA[])
            AS new (case_id, recipient, ring, recovery)
        ORDER BY case_id",
        &ids as _,
        &recipients as _,
        &sealed as _,
        &pieces as _,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}

async fn insert_replies(
    connection: &mut PgConnection,
    admissions: &[Admission],
    which: &[usize],
) -> Result<(), StoreError> {
    let replies = || which.iter().map(|at| &admissions[*at].reply);
    let mailboxes: Vec<&[u8]> = replies()
        .map(|reply| &reply.lookup_id.as_bytes()[..])
        .collect();
    let positions: Vec<i64> = replies().map(|reply| reply.position.into()).collect();
    let sealed: Vec<&[u8]> = replies().map(|reply| reply.bytes.as_slice()).collect();
    sqlx::query!(
        "INSERT INTO casefiles.outbox (lookup_id, position, sealed)
        SELECT lookup_id, position, sealed
        FROM UNNEST($1::BYTEA[], $2::BIGINT[], $3::BYTEA[]) AS new (lookup_id, position, sealed)
        ORDER BY lookup_id, position",
        &mailboxes as _,
        &positions,
        &sealed as _,
    )
    .execute(connection)
    .await
    .map_err(unavailable)?;
    Ok(())
}
