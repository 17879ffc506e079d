//! How long the committee's desk takes with many cases: its list, its page of today, and a search.
//!
//! The case files are filled with the code that the service itself uses, and the real program answers. Of
//! all cases some are open and the member's to read; the others are closed and only known to the member.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use committee::access::Access;
use committee::circle::{self, Basis, Circle};
use committee::course;
use committee::documents::place;
use committee::keyring::ServiceRecord;
use committee::members::Roster;
use committee::places;
use domain::calendar::Calendar;
use domain::case::{CaseState, Folio};
use domain::catalogue::TermKey;
use domain::committee::MemberId;
use domain::complaint::Complaint;
use domain::procedure::{Clock, Course};
use mailbox::{ENTRY_SIZES, SealedEntry};
use opening::{CaseKey, PersonIdentity, case_ring};
use ring::rand::{SecureRandom as _, SystemRandom};
use sealing::{EnvelopeId, TrackingToken};
use store::casefiles::{Admission, Admitted, CaseId, NewCase};
use store::casefiles::{DocumentId, DocumentKind, SealedDocument};
use store::rings::NewAccess;

use super::client::{Question, exchange, load};
use super::house::{House, NAME, PASSPHRASE, draw, failed, member_id};
use super::table::Timing;
use super::{BenchError, Stage, sample};

/// What is looked for: it is in every case.
const WORDS: &str = "guardia+jefe+gritar+companeras";
/// What the answer has that is still incomplete.
const PARTIAL: &str = "role=\"status\">El índice se está preparando";
/// How often it is asked whether the index is complete.
const PATIENCE: usize = 600;
/// Points that [`measure`] measures.
pub(crate) const POINTS: u64 = 4;

/// How long each page took.
pub(crate) struct Measured {
    pub(crate) list: Timing,
    pub(crate) today: Timing,
    pub(crate) search: Timing,
}

/// Measures with so many cases in all, of which so many are open.
pub(crate) async fn measure(
    folder: &Path,
    address: IpAddr,
    (all, open): (u32, u32),
    stage: &Stage,
) -> Result<Measured, BenchError> {
    stage.begin(&format!("desk: {all} cases are stored"));
    let house = filled(folder, all, open.min(all)).await?;
    let (mut triage, address) = house.open(address).await?;
    let outcome = tokio::select! {
        error = triage.ended() => Err(error.into()),
        outcome = ask(address, stage) => outcome,
    };
    triage.stop().await;
    outcome
}

async fn ask(address: SocketAddr, stage: &Stage) -> Result<Measured, BenchError> {
    let body = format!("{{\"user\":\"{NAME}\",\"passphrase\":\"{PASSPHRASE}\"}}");
    let answer = exchange(address, &Question::sign_in(body)).await?;
    let view: serde_json::Value = serde_json::from_str(&answer.body)
        .map_err(|_| BenchError::Sample("nobody can sign in at the desk"))?;
    let token = view["csrf"].as_str();
    let (Some(cookie), Some(token)) = (answer.cookie, token) else {
        return Err(BenchError::Sample("nobody can sign in at the desk"));
    };
    let page = |path| Question::page(path, &cookie);
    let timed = async |question: &Question| -> Result<Timing, BenchError> {
        Ok(load(address, question, 1, stage.span).await?.into())
    };
    // The first reads everything.
    exchange(address, &page("/")).await?;
    stage.begin("desk: the list");
    let list = timed(&page("/")).await?;
    stage.begin("desk: today");
    let today = timed(&page("/hoy")).await?;
    stage.begin("desk: the search");
    let question = Question::search(format!("csrf={token}&words={WORDS}"), &cookie);
    let mut complete = false;
    for _ in 0..PATIENCE {
        let answer = exchange(address, &question).await?;
        if !answer.body.contains(PARTIAL) {
            complete = true;
            break;
        }
    }
    if !complete {
        return Err(BenchError::Sample("the index was not built in time"));
    }
    let search = timed(&question).await?;
    Ok(Measured {
        list,
        today,
        search,
    })
}

/// Stores so many cases, of which so many are open.
async fn filled(folder: &Path, all: u32, open: u32) -> Result<House, BenchError> {
    let house = House::new(folder, "desk", 1).await?;
    let writer = Filler::new(&house).await?;
    for number in 0..all {
        writer.add(number, number < open).await?;
    }
    Ok(house)
}

/// Writes cases.
struct Filler {
    access: Access,
    complaint: Complaint,
    calendar: Calendar,
    rng: SystemRandom,
    /// What nobody opens: of a closed case, for somebody else.
    closed: (CaseKey, Vec<u8>),
}

impl Filler {
    async fn new(house: &House) -> Result<Self, BenchError> {
        let rng = SystemRandom::new();
        let roster = Roster::load(&*house.cases, &house.keyring).await;
        let key = CaseKey::generate();
        let other = PersonIdentity::generate().recipient();
        let place = places::ring(CaseId([0; 16]), &key.public_key());
        let closed = case_ring::seal_ring(&key, &[other], &place, &rng).map_err(failed)?;
        Ok(Self {
            access: Access {
                people: Arc::new(roster.map_err(failed)?.people(house.today)),
                recovery: None,
                cases: Arc::clone(&house.cases),
                keyring: Arc::clone(&house.keyring),
                today: house.today,
            },
            complaint: sample::complaint()?,
            calendar: Calendar::default(),
            rng,
            closed: (key, closed),
        })
    }

    async fn add(&self, number: u32, open: bool) -> Result<(), BenchError> {
        let keyring = &*self.access.keyring;
        let id = CaseId(draw(&self.rng)?);
        let token = TrackingToken::draw(&self.rng)
            .map_err(|_| BenchError::Sample("the system gives no randomness"))?;
        let record = ServiceRecord {
            lookup_id: token.lookup_id(),
            mailbox_key: token.mailbox_key(),
        };
        let received_on = self.access.today;
        let (key, access, conflict) = if open {
            let key = CaseKey::generate();
            let first = self.access.first(id, &key, &self.complaint);
            let first = first.map_err(failed)?;
            (key, first.access, Some(first.conflict))
        } else {
            let (key, ring) = &self.closed;
            (key.clone(), self.for_somebody_else(id, key, ring)?, None)
        };
        let course = if open {
            let terms = [TermKey::RegistroSseccoe, TermKey::MensajeIntermedio];
            course::begin(received_on, terms, &self.calendar).map_err(failed)?
        } else {
            Course::adopt(CaseState::Concluded, received_on, Vec::<Clock>::new(), None)
        };
        let mut reply = vec![0; ENTRY_SIZES[0]];
        self.rng.fill(&mut reply).map_err(no_randomness)?;
        // Ten years of cases, so that no folio is drawn twice.
        let year = 2017 + i16::try_from(number % 10).unwrap_or_default();
        let folio = Folio::new(year, number / 10 % Folio::PER_YEAR);
        let admission = Admission {
            envelope_id: EnvelopeId::draw(&self.rng).map_err(no_randomness)?,
            seen_on: received_on,
            case: NewCase {
                id,
                folio: folio.ok_or(BenchError::Sample("there are no more folios"))?,
                lookup_hash: keyring.hash(record.lookup_id),
                received_on,
                state: course.state(),
                ooad: self.complaint.workplace.ooad,
                umae: None,
                recipient: key.public_key(),
                access,
                service_record: keyring.seal_service_record(id, &record).map_err(failed)?,
                complaint: self.document(id, &key)?,
                conflict,
                course: course::seal(keyring, id, &course).map_err(failed)?,
                terms: course::terms(&course),
            },
            reply: SealedEntry {
                lookup_id: record.lookup_id,
                position: 1,
                bytes: reply,
            },
        };
        match self.access.cases.admit(&admission).await? {
            Admitted::Now => Ok(()),
            Admitted::Before | Admitted::FolioTaken | Admitted::MailboxTaken => {
                Err(BenchError::Sample("a case was there before"))
            }
        }
    }

    fn document(&self, case: CaseId, key: &CaseKey) -> Result<SealedDocument, BenchError> {
        let id = DocumentId(draw(&self.rng)?);
        let (kind, written_on) = (DocumentKind::Complaint, self.access.today);
        let at = place(case, id, kind, written_on);
        let sealed = key.recipient().seal(&at, &self.complaint, &self.rng);
        Ok(SealedDocument {
            id,
            kind,
            written_on,
            sealed: sealed.map_err(failed)?,
        })
    }

    /// The member knows that there is such a case, and no more.
    fn for_somebody_else(
        &self,
        case: CaseId,
        key: &CaseKey,
        ring: &[u8],
    ) -> Result<NewAccess, BenchError> {
        let mut circle = Circle::default();
        circle.note_key(&key.public_key());
        circle.entitle(MemberId([9; 16]), Basis::Seat);
        circle.note_outside(member_id(0));
        let keyring = &*self.access.keyring;
        let sealed = keyring.seal_record(&places::circle(case), &circle, circle::LEAST);
        Ok(NewAccess::Members {
            circle: sealed.map_err(failed)?,
            ring: ring.to_vec(),
            recovery: None,
        })
    }
}

fn no_randomness(_: ring::error::Unspecified) -> BenchError {
    BenchError::Sample("the system gives no randomness")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn open_and_closed_cases_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let house = filled(folder.path(), 6, 4).await.unwrap();
        let register = house.cases.register(None).await.unwrap();
        let open = register
            .iter()
            .filter(|entry| entry.state == CaseState::UnderReview);
        assert_eq!((register.len(), open.count()), (6, 4));
        assert!(register.iter().all(|entry| entry.circle.is_some()));
    }
}
