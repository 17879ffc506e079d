//! What the committee's keys cost: wrapping the key of a new case, opening a case, and sealing everything
//! anew when the committee's key changes.

use std::hint::black_box;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use committee::circle::{self, Basis, Circle};
use committee::documents::place;
use committee::keyring::Keyring;
use committee::places;
use committee::rotation::Rotation;
use domain::committee::MemberId;
use hdrhistogram::Histogram;
use jiff::civil::{Date, date};
use opening::recovery::{Holder, RecoveryHolders};
use opening::{CaseKey, CommitteeIdentity, PersonIdentity, PersonRecipient, case_ring};
use ring::rand::SystemRandom;
use store::casefiles::{CaseId, DocumentId, DocumentKind};

use super::house::{self, failed, store};
use super::table::{Resealing, Timing};
use super::{BenchError, sample, sealing};

/// Members of a large committee, all of whom open a case.
const MEMBERS: u8 = 15;
/// Holders of the last resort, and how many it takes.
const HOLDERS: (u8, u8) = (3, 5);
/// Documents of a case with an answered question.
const DOCUMENTS: [DocumentKind; 4] = [
    DocumentKind::Complaint,
    DocumentKind::Proposal,
    DocumentKind::Conflict,
    DocumentKind::Message,
];
/// Most times that something is done, whatever the time.
const MOST: u64 = 1_000_000;
/// Longest time that is told apart, in microseconds.
const LONGEST: u64 = 60_000_000;
const CASE: CaseId = CaseId([7; 16]);
const DAY: Date = date(2026, 1, 29);

/// A committee, and what its service holds.
pub(crate) struct Committee {
    keyring: Keyring,
    members: Vec<PersonIdentity>,
    holders: RecoveryHolders,
    rng: SystemRandom,
}

impl Committee {
    /// With case files of its own in a folder.
    pub(crate) async fn prepare(folder: &Path) -> Result<Self, BenchError> {
        let cases = service::stores::case_files(&store(folder, "committee.db")).await?;
        let keyring = Keyring::unseal(CommitteeIdentity::generate(), &*cases).await;
        let holders = (0..HOLDERS.1)
            .map(|number| Holder {
                name: format!("Persona {number}"),
                recipient: PersonIdentity::generate().recipient(),
            })
            .collect();
        Ok(Self {
            keyring: keyring.map_err(failed)?,
            members: (0..MEMBERS).map(|_| PersonIdentity::generate()).collect(),
            holders: RecoveryHolders::new(HOLDERS.0, holders).map_err(failed)?,
            rng: SystemRandom::new(),
        })
    }

    /// All that is sealed when a case gets its members: the ring, the circle, the pieces.
    pub(crate) fn wrapping(&self, span: Duration) -> Result<Timing, BenchError> {
        let people: Vec<PersonRecipient> =
            self.members.iter().map(PersonIdentity::recipient).collect();
        timed(span, || {
            let key = CaseKey::generate();
            black_box(self.wrapped(&key, &people)?);
            Ok(())
        })
    }

    fn wrapped(
        &self,
        key: &CaseKey,
        people: &[PersonRecipient],
    ) -> Result<[Vec<u8>; 3], BenchError> {
        let recipient = key.public_key();
        let mut circle = Circle::default();
        for number in 0..MEMBERS {
            circle.entitle(MemberId([number; 16]), Basis::Seat);
        }
        let people =
            circle.copied_to(|MemberId([number, ..])| people.get(usize::from(number)).cloned());
        let pieces = self
            .holders
            .split(
                key,
                |_| true,
                &places::recovery(CASE, &recipient),
                &self.rng,
            )
            .map_err(failed)?;
        Ok([
            case_ring::seal_ring(key, &people, &places::ring(CASE, &recipient), &self.rng)
                .map_err(failed)?,
            self.keyring
                .seal_record(&places::circle(CASE), &circle, circle::LEAST)
                .map_err(failed)?,
            pieces.ok_or(BenchError::Sample("no pieces were made"))?,
        ])
    }

    /// All that is opened when a member, each in turn, reads a case: circle, ring, documents.
    pub(crate) fn opening(&self, span: Duration) -> Result<Timing, BenchError> {
        let people: Vec<PersonRecipient> =
            self.members.iter().map(PersonIdentity::recipient).collect();
        let key = CaseKey::generate();
        let [ring, circle, _] = self.wrapped(&key, &people)?;
        let content: serde_json::Value = serde_json::from_slice(&sample::body())
            .map_err(|_| BenchError::Sample("it is not JSON"))?;
        let mut documents = Vec::new();
        for (kind, number) in DOCUMENTS.into_iter().zip(0..) {
            let place = place(CASE, DocumentId([number; 16]), kind, DAY);
            let sealed = key
                .recipient()
                .seal(&place, &content, &self.rng)
                .map_err(failed)?;
            documents.push((place, sealed));
        }
        let at = places::ring(CASE, &key.public_key());
        let mut members = self.members.iter().cycle();
        timed(span, || {
            let member = members.next().ok_or(BenchError::Sample("no member"))?;
            let circle: Circle = self
                .keyring
                .open_record(&places::circle(CASE), &circle)
                .map_err(failed)?;
            black_box(circle);
            let key = case_ring::open_ring(&ring, member, &at).map_err(failed)?;
            for (place, sealed) in &documents {
                let opened: serde_json::Value = key.open(place, sealed).map_err(failed)?;
                black_box(opened);
            }
            Ok(())
        })
    }
}

/// Changes the committee's key while so many envelopes wait in a SQLite mailroom; against the age crate
/// alone that opens and seals the same complaint, on one core, before and after.
pub(crate) async fn resealing(
    folder: &Path,
    span: Duration,
    envelopes: u32,
) -> Result<Resealing, BenchError> {
    let mailroom = store(folder, "rotated.db");
    let cases = service::stores::case_files(&store(folder, "rotated-cases.db")).await?;
    let old = CommitteeIdentity::generate();
    house::fill(&mailroom, old.recipients(), envelopes).await?;
    let mailroom = service::stores::mailroom(&mailroom).await?;
    let new = old.rotated().map_err(failed)?;
    let rotation = Rotation {
        mailroom,
        cases: cases.clone(),
        keyring: Arc::new(Keyring::unseal(new, &*cases).await.map_err(failed)?),
    };

    let before = age_alone(span / 2)?;
    let begun = Instant::now();
    let done = rotation.run(&|_| {}).await.map_err(failed)?;
    let taken = begun.elapsed();
    let after = age_alone(span / 2)?;
    if done.envelopes != u64::from(envelopes) {
        return Err(BenchError::Sample("not every envelope was sealed anew"));
    }
    Ok(Resealing::new(
        envelopes,
        taken,
        f64::midpoint(before, after),
    ))
}

/// How often a second age opens and seals the sample, on this thread.
fn age_alone(span: Duration) -> Result<f64, BenchError> {
    let identity = age::x25519::Identity::generate();
    let recipient = identity.to_public();
    let mut sealed = sealing::age_alone(&recipient, &sample::body())?;
    let timing = timed(span, || {
        let opened = age::Decryptor::new_buffered(sealed.as_slice())
            .and_then(|age| age.decrypt(std::iter::once(&identity as &dyn age::Identity)));
        let mut bytes = Vec::with_capacity(sealed.len());
        opened.map_err(failed)?.read_to_end(&mut bytes)?;
        sealed = sealing::age_alone(&recipient, &bytes)?;
        Ok(())
    })?;
    Ok(timing.per_second)
}

/// Does something again and again for a while, at least once.
fn timed(
    span: Duration,
    mut work: impl FnMut() -> Result<(), BenchError>,
) -> Result<Timing, BenchError> {
    let mut micros = Histogram::new_with_max(LONGEST, 3)
        .map_err(|_| BenchError::Sample("times cannot be counted"))?;
    let begun = Instant::now();
    loop {
        let once = Instant::now();
        work()?;
        let taken = u64::try_from(once.elapsed().as_micros()).unwrap_or(LONGEST);
        micros.saturating_record(taken);
        if begun.elapsed() >= span || micros.len() >= MOST {
            return Ok(Timing::new(&micros, begun.elapsed()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPAN: Duration = Duration::from_millis(20);

    #[tokio::test]
    async fn wrapping_and_opening_are_measured_with_the_real_code() {
        let folder = tempfile::tempdir().unwrap();
        let committee = Committee::prepare(folder.path()).await.unwrap();
        for timing in [committee.wrapping(SPAN), committee.opening(SPAN)] {
            let timing = timing.unwrap();
            assert!(timing.per_second > 0.0 && timing.p50_ms > 0.0);
        }
    }

    #[tokio::test]
    async fn every_envelope_is_sealed_anew_and_compared() {
        let folder = tempfile::tempdir().unwrap();
        let measured = resealing(folder.path(), SPAN, 70).await.unwrap();
        assert_eq!(measured.envelopes, 70);
        assert!(measured.ratio > 0.0 && measured.age_alone > 0.0);
    }
}
