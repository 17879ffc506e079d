//! How long a look into a mailbox takes, with few and with many complaints stored.

use domain::case::Status;
use hyper::body::Bytes;
use jiff::civil::{Date, date};
use mailbox::{Body, ENTRY_SIZES, Entry, LookupId, Notice, SealedEntry, Standing};
use ring::rand::{SecureRandom as _, SystemRandom};
use sealing::{EnvelopeId, KeyId, SIZE_CLASSES, SealedEnvelope, TrackingToken};
use serde_json::json;
use service::settings::StoreUrl;
use store::mailroom::{Deposit, IntakeMailroom};

use super::client::{Question, load};
use super::filing::Filing;
use super::table::{Point, Subject};
use super::{BenchError, Stage};

/// Complaints stored in the first measurement.
const FEW: u32 = 1_000;
/// Mailboxes that are looked into.
const KNOWN: u32 = 64;
/// Complaints stored in one transaction while the store is filled.
const GROUP: u32 = 2_000;
/// Connections at once: fewer than intake has places for looks.
const CONNECTIONS: u32 = 4;
/// Day of all that is stored.
const DAY: Date = date(2026, 1, 29);
/// Points that [`measure`] measures.
pub(crate) const POINTS: u64 = 2;

/// Measures with [`FEW`] complaints and with `many` in the same mailroom.
pub(crate) async fn measure(
    filing: &Filing,
    engine: &'static str,
    mailroom: &StoreUrl,
    many: u32,
    stage: &Stage,
) -> Result<Vec<Point>, BenchError> {
    let rng = SystemRandom::new();
    let store = service::stores::mailroom(mailroom).await?;
    let tokens = (0..KNOWN)
        .map(|_| TrackingToken::draw(&rng).map_err(no_randomness))
        .collect::<Result<Vec<_>, _>>()?;
    let known = tokens.iter().map(|token| known(token, &rng));
    store
        .deposit(&known.collect::<Result<Vec<_>, _>>()?)
        .await?;
    let questions = tokens
        .iter()
        .map(|token| Bytes::from(json!({ "tracking_token": *token.phrase() }).to_string()));
    let question = Question::mailbox(questions.collect());

    let mut points = Vec::new();
    let mut stored = KNOWN;
    for wanted in [FEW, many] {
        stage.begin(&format!("{engine}: {wanted} complaints are stored"));
        fill(store.as_ref(), &mut stored, wanted, &rng).await?;
        let looks = filing
            .with_intake(mailroom, async |_, address| {
                Ok(load(address, &question, CONNECTIONS, stage.span).await?)
            })
            .await?;
        points.push(Point {
            engine,
            subject: Subject::Looks {
                stored: wanted,
                load: looks,
            },
        });
    }
    Ok(points)
}

/// Stores complaints that nobody will open until there are so many.
async fn fill(
    store: &dyn IntakeMailroom,
    stored: &mut u32,
    wanted: u32,
    rng: &SystemRandom,
) -> Result<(), BenchError> {
    while *stored < wanted {
        let group = GROUP.min(wanted - *stored);
        let deposits = (0..group)
            .map(|_| unknown(rng))
            .collect::<Result<Vec<_>, _>>()?;
        store.deposit(&deposits).await?;
        *stored += group;
    }
    Ok(())
}

/// The mailbox of a token as intake begins it; its envelope plays no part.
fn known(token: &TrackingToken, rng: &SystemRandom) -> Result<Deposit, BenchError> {
    let entry = Entry {
        posted_on: DAY,
        body: Body::Standing(Standing {
            status: Status::Received,
            folio: None,
            deadlines: Vec::new(),
            notice: Notice::Stored,
            detail: None,
        }),
    };
    let first = mailbox::seal(&token.mailbox_key(), token.lookup_id(), 0, &entry, rng)
        .map_err(|_| BenchError::Sample("the first entry is not sealed"))?;
    deposit(first, rng)
}

/// A row of the same size for a token that nobody has.
fn unknown(rng: &SystemRandom) -> Result<Deposit, BenchError> {
    let mut lookup_id = [0; 32];
    let mut bytes = vec![0; ENTRY_SIZES[0]];
    rng.fill(&mut lookup_id).map_err(no_randomness)?;
    rng.fill(&mut bytes).map_err(no_randomness)?;
    let entry = SealedEntry {
        lookup_id: LookupId::from(lookup_id),
        position: 0,
        bytes,
    };
    deposit(entry, rng)
}

fn deposit(first_entry: SealedEntry, rng: &SystemRandom) -> Result<Deposit, BenchError> {
    Ok(Deposit {
        envelope: SealedEnvelope {
            id: EnvelopeId::draw(rng).map_err(no_randomness)?,
            received_on: DAY,
            key_id: KeyId::from([0; 8]),
            bytes: vec![0; SIZE_CLASSES[0].bytes()],
        },
        first_entry: Some(first_entry),
        leaf: None,
    })
}

fn no_randomness(_: ring::error::Unspecified) -> BenchError {
    BenchError::Sample("the system gives no randomness")
}
