//! Measures whether anything that lies in a database tells in which order rows came.
//!
//! Rows arrive in a known order. Each leaves marks: bytes that are found again in the database's
//! files. A driver's test reads where each mark lies, and [`assert_orderless`] compares these places
//! with the order of arrival, and those of one table with those of another, since an envelope that
//! lies where its mailbox lies is joined to it.

use std::collections::HashMap;

use domain::case::Folio;
use sealing::ChunkId;

use super::casefiles::wrap_and_circle;
use super::samples::Samples;
use crate::casefiles::{Admission, Admitted, CaseFiles};
use crate::mailroom::Mailroom;
use crate::records::{RecordId, RecordKind};
use crate::rings::NewAccess;

/// How many rows arrive. Chance alone gives a tau of ±0.021 (one standard deviation).
pub const ARRIVALS: usize = 1000;

/// The largest tau that counts as no order: what comes is drawn from a fixed seed and the order of its
/// ids is known, so chance is drawn once and for all.
pub const BAR: f64 = 0.05;

/// The same for fewer arrivals: chance alone shrinks with the root of their number.
fn bar(arrivals: usize) -> f64 {
    let count = |arrivals| f64::from(u32::try_from(arrivals).expect("arrivals are few"));
    BAR * (count(ARRIVALS) / count(arrivals)).sqrt()
}

/// How long a mark is.
pub const MARK: usize = 16;

/// Bytes to look for.
pub type Mark = [u8; MARK];

/// The marks of all arrivals in one column, in the order in which they came.
#[derive(Debug)]
pub struct Trace {
    /// The table that they are written to first.
    pub table: &'static str,
    /// Which bytes of it.
    pub what: &'static str,
    /// By arrival.
    pub marks: Vec<Mark>,
}

/// The places of the marks of a [`Trace`], by arrival; a smaller number lies further to the front.
#[derive(Debug)]
pub struct Order {
    /// The table.
    pub table: &'static str,
    /// How the place was read.
    pub how: String,
    /// By arrival.
    pub places: Vec<u64>,
}

/// The first bytes.
fn head(bytes: &[u8]) -> Mark {
    *bytes
        .first_chunk()
        .expect("every column of the rules is longer than a mark")
}

/// The last bytes, which for long values lie elsewhere than the first.
fn tail(bytes: &[u8]) -> Mark {
    *bytes
        .last_chunk()
        .expect("every column of the rules is longer than a mark")
}

fn traces<const N: usize>(
    columns: [(&'static str, &'static str); N],
    rows: &[[Mark; N]],
) -> Vec<Trace> {
    (columns.into_iter().enumerate())
        .map(|(column, (table, what))| {
            let marks = rows.iter().map(|row| row[column]).collect();
            Trace { table, what, marks }
        })
        .collect()
}

/// Lets complaints arrive, one by one and in small groups as intake makes them.
pub async fn let_envelopes_arrive(mailroom: &dyn Mailroom) -> Vec<Trace> {
    let mut samples = Samples::new(1);
    let key = samples.id();
    let deposits: Vec<_> = (0..ARRIVALS).map(|_| samples.deposit(key)).collect();
    let mut rest = deposits.as_slice();
    for size in [1, 1, 2, 1, 4].into_iter().cycle() {
        let (group, later) = rest.split_at(size.min(rest.len()));
        mailroom.deposit(group).await.expect("deposited");
        rest = later;
        if rest.is_empty() {
            break;
        }
    }
    let rows: Vec<_> = deposits
        .iter()
        .map(|deposit| {
            let entry = deposit
                .first_entry
                .as_ref()
                .expect("a complaint has a mailbox");
            let envelope = &deposit.envelope;
            [
                *envelope.id.as_bytes(),
                head(&envelope.bytes),
                tail(&envelope.bytes),
                head(entry.lookup_id.as_bytes()),
                head(&entry.bytes),
                tail(&entry.bytes),
                head(&deposit.leaf.expect("a complaint adds a leaf").hash),
            ]
        })
        .collect();
    let columns = [
        ("envelopes", "id"),
        ("envelopes", "first bytes of sealed"),
        ("envelopes", "last bytes of sealed"),
        ("mailbox_entries", "lookup_id"),
        ("mailbox_entries", "first bytes of sealed"),
        ("mailbox_entries", "last bytes of sealed"),
        ("receipt_leaves", "hash"),
    ];
    traces(columns, &rows)
}

/// How many chunks arrive: fewer, for each is as long as sixty envelopes.
pub const CHUNK_ARRIVALS: usize = 64;

/// How many cases with members arrive: each is as long as five others.
pub const MEMBER_ARRIVALS: usize = 250;

/// Lets files arrive, a few chunks at a time as intake writes them.
pub async fn let_chunks_arrive(mailroom: &dyn Mailroom) -> Vec<Trace> {
    let mut samples = Samples::new(3);
    let chunks: Vec<_> = (0..CHUNK_ARRIVALS).map(|_| samples.chunk()).collect();
    let mut rest = chunks.as_slice();
    for size in [1, 3, 1, 8].into_iter().cycle() {
        let (group, later) = rest.split_at(size.min(rest.len()));
        mailroom.put_chunks(group).await.expect("stored");
        rest = later;
        if rest.is_empty() {
            break;
        }
    }
    let rows: Vec<_> = chunks
        .iter()
        .map(|chunk| marks_of_chunk(chunk.id, &chunk.bytes))
        .collect();
    let columns = [
        ("evidence_chunks", "id"),
        ("evidence_chunks", "first bytes of sealed"),
        ("evidence_chunks", "last bytes of sealed"),
    ];
    traces(columns, &rows)
}

/// Lets the files of one case be moved to it, a few chunks at a time as triage does.
pub async fn let_case_chunks_arrive(case_files: &dyn CaseFiles) -> Vec<Trace> {
    let mut samples = Samples::new(4);
    let admission = samples.admission();
    let admitted = case_files.admit(&admission).await.expect("admitted");
    assert_eq!(admitted, Admitted::Now);
    let chunks: Vec<_> = (0..CHUNK_ARRIVALS)
        .map(|_| samples.chunk())
        .map(|chunk| (chunk.id, chunk.bytes))
        .collect();
    let mut rest = chunks.as_slice();
    for size in [8, 1, 3].into_iter().cycle() {
        let (group, later) = rest.split_at(size.min(rest.len()));
        let case = admission.case.id;
        case_files
            .put_case_chunks(case, group)
            .await
            .expect("stored");
        rest = later;
        if rest.is_empty() {
            break;
        }
    }
    let rows: Vec<_> = chunks
        .iter()
        .map(|(id, bytes)| marks_of_chunk(*id, bytes))
        .collect();
    let columns = [
        ("case_chunks", "id"),
        ("case_chunks", "first bytes of sealed"),
        ("case_chunks", "last bytes of sealed"),
    ];
    traces(columns, &rows)
}

fn marks_of_chunk(id: ChunkId, bytes: &[u8]) -> [Mark; 3] {
    [*id.as_bytes(), head(bytes), tail(bytes)]
}

/// Lets cases be admitted, one by one as triage does when little comes.
pub async fn let_cases_arrive(case_files: &dyn CaseFiles) -> Vec<Trace> {
    let mut samples = Samples::new(2);
    let mut rows = Vec::with_capacity(ARRIVALS);
    for _ in 0..ARRIVALS {
        let admission = loop {
            let admission = samples.admission();
            match case_files.admit(&admission).await.expect("admitted") {
                Admitted::Now => break admission,
                Admitted::FolioTaken => {}
                Admitted::Before | Admitted::MailboxTaken => {
                    unreachable!("every envelope id and every mailbox is new")
                }
            }
        };
        rows.push(marks_of_case(&admission));
    }
    traces(COLUMNS_OF_CASE, &rows)
}

/// How many cases arrive in one batch, as triage takes them.
pub const BATCH_ARRIVALS: usize = 256;

/// Lets a batch of cases be admitted, in which nothing tells their order from the beginning.
pub async fn let_a_batch_arrive(case_files: &dyn CaseFiles) -> Vec<Trace> {
    let mut samples = Samples::new(6);
    let mut admissions: Vec<_> = (0..BATCH_ARRIVALS).map(|_| samples.admission()).collect();
    // Folios count nothing, so these may count: none is drawn twice.
    for (digits, admission) in (0..).zip(&mut admissions) {
        admission.case.folio = Folio::new(2026, digits).expect("a folio");
    }
    let outcomes = case_files.admit_all(&admissions).await.expect("admitted");
    assert!(outcomes.iter().all(|outcome| *outcome == Admitted::Now));
    let rows: Vec<_> = admissions.iter().map(marks_of_case).collect();
    traces(COLUMNS_OF_CASE, &rows)
}

const COLUMNS_OF_CASE: [(&str, &str); 10] = [
    ("seen_envelopes", "envelope_id"),
    ("cases", "id"),
    ("cases", "lookup_hash"),
    ("cases", "last bytes of service_record"),
    ("documents", "id"),
    ("documents", "first bytes of sealed"),
    ("documents", "last bytes of sealed"),
    ("case_keys", "first bytes of wrapped"),
    ("outbox", "lookup_id"),
    ("outbox", "last bytes of sealed"),
];

fn marks_of_case(admission: &Admission) -> [Mark; 10] {
    let case = &admission.case;
    [
        *admission.envelope_id.as_bytes(),
        case.id.0,
        head(case.lookup_hash.as_bytes()),
        tail(&case.service_record),
        case.complaint.id.0,
        head(&case.complaint.sealed),
        tail(&case.complaint.sealed),
        head(&wrap_and_circle(admission).0.expect("wrapped")),
        head(admission.reply.lookup_id.as_bytes()),
        tail(&admission.reply.bytes),
    ]
}

/// Lets cases with members be admitted, and records of members be written.
pub async fn let_members_arrive(case_files: &dyn CaseFiles) -> Vec<Trace> {
    let mut samples = Samples::new(5);
    let mut rows = Vec::with_capacity(MEMBER_ARRIVALS);
    for number in 0..MEMBER_ARRIVALS {
        let mut admission = samples.member_admission();
        // Folios count nothing, so these may count: none is drawn twice.
        let digits = u32::try_from(number).expect("arrivals are few");
        admission.case.folio = Folio::new(2026, digits).expect("a folio");
        let admitted = case_files.admit(&admission).await.expect("admitted");
        assert_eq!(admitted, Admitted::Now);
        let case = &admission.case;
        let NewAccess::Members {
            circle,
            ring,
            recovery,
        } = &case.access
        else {
            unreachable!("the sample has members")
        };
        let recovery = recovery.as_ref().expect("the sample has one");
        let id = RecordId(samples.id());
        let record = samples.circle();
        let written = case_files
            .put_record(RecordKind::Member, id, None, &record)
            .await;
        assert!(written.expect("no error"));
        rows.push([
            tail(circle),
            head(ring),
            tail(ring),
            tail(recovery),
            id.0,
            head(&record),
            tail(&record),
        ]);
    }
    let columns = [
        ("cases", "last bytes of circle"),
        ("case_rings", "first bytes of ring"),
        ("case_rings", "last bytes of ring"),
        ("case_rings", "last bytes of recovery"),
        ("records", "id"),
        ("records", "first bytes of sealed"),
        ("records", "last bytes of sealed"),
    ];
    traces(columns, &rows)
}

/// Finds every mark in a file: the first and the last place of each, since an index may hold a
/// second copy. Marks that are not found at all are an error; a measure that sees nothing proves
/// nothing.
pub fn places_in(file: &[u8], trace: &Trace) -> [Order; 2] {
    let index: HashMap<&[u8], usize> = trace
        .marks
        .iter()
        .enumerate()
        .map(|(arrival, mark)| (mark.as_slice(), arrival))
        .collect();
    // Most of a file is no mark at all, which two bytes tell sooner than a whole look-up.
    let mut may_start = vec![false; 1 << 16];
    let start = |bytes: &[u8]| usize::from(u16::from_le_bytes([bytes[0], bytes[1]]));
    for mark in &trace.marks {
        may_start[start(mark)] = true;
    }
    let mut first = vec![None; trace.marks.len()];
    let mut last = vec![None; trace.marks.len()];
    for (offset, window) in (0_u64..).zip(file.windows(MARK)) {
        if !may_start[start(window)] {
            continue;
        }
        if let Some(arrival) = index.get(window) {
            first[*arrival].get_or_insert(offset);
            last[*arrival] = Some(offset);
        }
    }
    let order = |which: &str, places: Vec<Option<u64>>| Order {
        table: trace.table,
        how: format!("{which} place of {} in the file", trace.what),
        places: places
            .into_iter()
            .map(|place| {
                place.unwrap_or_else(|| panic!("{}: {} not found", trace.table, trace.what))
            })
            .collect(),
    };
    [order("first", first), order("last", last)]
}

/// Asserts that no order tells of arrival, and that no two tables share one.
pub fn assert_orderless(orders: &[Order], may_join: impl Fn(&str, &str) -> bool) {
    assert!(!orders.is_empty(), "nothing was measured");
    for (number, order) in orders.iter().enumerate() {
        let arrival: Vec<u64> = (0..).take(order.places.len()).collect();
        let tau = kendall_tau(&arrival, &order.places);
        assert!(
            tau.abs() <= bar(arrival.len()),
            "{}, {}: tau {tau:.3} with arrival",
            order.table,
            order.how
        );
        for other in &orders[..number] {
            if other.table == order.table || may_join(other.table, order.table) {
                continue;
            }
            let tau = kendall_tau(&other.places, &order.places);
            assert!(
                tau.abs() <= bar(arrival.len()),
                "{}, {} is joined to {}, {}: tau {tau:.3}",
                order.table,
                order.how,
                other.table,
                other.how
            );
        }
    }
}

/// Kendall's tau: 1 when two orders agree, −1 when one is the other's reverse, near 0 when neither
/// tells of the other. Pairs that are equal in either count as telling nothing.
pub fn kendall_tau(left: &[u64], right: &[u64]) -> f64 {
    assert_eq!(left.len(), right.len(), "one place for each arrival");
    let mut agreement = 0_i32;
    let mut pairs = 0_i32;
    for second in 1..left.len() {
        for first in 0..second {
            let one = left[first].cmp(&left[second]) as i32;
            let other = right[first].cmp(&right[second]) as i32;
            agreement += one * other;
            pairs += 1;
        }
    }
    f64::from(agreement) / f64::from(pairs.max(1))
}
