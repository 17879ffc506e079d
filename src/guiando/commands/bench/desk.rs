//! How long the committee's desk takes with many cases: its list, its page of today, and a search.
//!
//! The case files are filled with the code that the service itself uses, and the real program answers. Of
//! all cases some are open and the member's to read; the others are closed and only known to the member.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use committee::access::Access;
use committee::circle::{self, Basis, Circle};
use committee::course;
use committee::documents::place;
use committee::keyring::{Keyring, ServiceRecord};
use committee::members::strength::StrongPassphrase;
use committee::members::{LoginName, MemberRecord, Roster, Versioned};
use committee::places;
use domain::calendar::Calendar;
use domain::case::{CaseState, Folio};
use domain::catalogue::TermKey;
use domain::committee::{MemberId, MemberProfile, PersonName, Seat, Standing, Term, Unit};
use domain::complaint::{Complaint, NamePart, SecretText};
use domain::procedure::{Clock, Course};
use jiff::civil::Date;
use mailbox::{ENTRY_SIZES, SealedEntry};
use opening::{CaseKey, Passphrase, PersonIdentity, case_ring};
use ring::rand::{SecureRandom as _, SystemRandom};
use sealing::{EnvelopeId, TrackingToken};
use service::clock::{Clock as _, SystemClock};
use service::settings::StoreUrl;
use store::casefiles::{Admission, Admitted, CaseFiles, CaseId, NewCase};
use store::casefiles::{DocumentId, DocumentKind, SealedDocument};
use store::rings::NewAccess;

use super::client::{Question, exchange, load};
use super::table::Timing;
use super::{BenchError, Stage, sample};
use crate::children::beside;
use crate::children::ready::{free, ready};
use crate::key_files;

/// The name and passphrase to sign in with.
const NAME: &str = "banco";
const PASSPHRASE: &str = "cuatro palabras del banco";
/// Opens the identity file.
const IDENTITY: &str = "bench";
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
    let filled = Filled::new(folder, all, open.min(all)).await?;
    let address = free(SocketAddr::new(address, 0))?;
    let mut triage = beside("triage")?
        .option("--listen", address.to_string())
        .option("--mailroom", filled.mailroom.expose())
        .option("--cases", filled.cases.expose())
        .option("--identity", filled.keys.join(key_files::PRIVATE))
        .option("--recipients", filled.keys.join(key_files::PUBLIC))
        .variable("GUIANDO_PASSPHRASE", IDENTITY)
        .start()?;
    let outcome = async {
        tokio::select! {
            error = triage.ended() => return Err(error.into()),
            outcome = ready("triage", address) => outcome?,
        }
        ask(address, stage).await
    };
    let outcome = outcome.await;
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

/// Case files with their cases.
struct Filled {
    mailroom: StoreUrl,
    cases: StoreUrl,
    keys: PathBuf,
}

impl Filled {
    async fn new(folder: &Path, all: u32, open: u32) -> Result<Self, BenchError> {
        let keys = folder.join("desk-keys");
        let identity = key_files::generate(&keys, Passphrase::from(IDENTITY.to_owned()))?;
        let filled = Self {
            mailroom: url(folder, "desk-mailroom.db"),
            cases: url(folder, "desk-cases.db"),
            keys,
        };
        service::stores::mailroom(&filled.mailroom).await?;
        let cases = service::stores::case_files(&filled.cases).await?;
        let keyring = Keyring::unseal(identity, &*cases).await.map_err(failed)?;
        let writer = Filler::new(cases, Arc::new(keyring)).await?;
        for number in 0..all {
            writer.add(number, number < open).await?;
        }
        Ok(filled)
    }
}

/// Writes cases.
struct Filler {
    access: Access,
    reader: MemberId,
    complaint: Complaint,
    calendar: Calendar,
    rng: SystemRandom,
    /// What nobody opens: of a closed case, for somebody else.
    closed: (CaseKey, Vec<u8>),
}

impl Filler {
    async fn new(cases: Arc<dyn CaseFiles>, keyring: Arc<Keyring>) -> Result<Self, BenchError> {
        let rng = SystemRandom::new();
        let calendar = Calendar::default();
        let today = calendar.legal_day(SystemClock.now());
        let reader = MemberId(draw(&rng)?);
        let record = member(reader, today, &rng)?;
        Versioned::add(record, &*cases, &keyring)
            .await
            .map_err(failed)?;
        let roster = Roster::load(&*cases, &keyring).await.map_err(failed)?;
        let key = CaseKey::generate();
        let other = PersonIdentity::generate().recipient();
        let place = places::ring(CaseId([0; 16]), &key.public_key());
        let closed = case_ring::seal_ring(&key, &[other], &place, &rng).map_err(failed)?;
        Ok(Self {
            access: Access {
                people: Arc::new(roster.people(today)),
                recovery: None,
                cases,
                keyring,
                today,
            },
            reader,
            complaint: sample::complaint()?,
            calendar,
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
            Admitted::Before | Admitted::FolioTaken => {
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
        circle.note_outside(self.reader);
        let keyring = &*self.access.keyring;
        let sealed = keyring.seal_record(&places::circle(case), &circle, circle::LEAST);
        Ok(NewAccess::Members {
            circle: sealed.map_err(failed)?,
            ring: ring.to_vec(),
            recovery: None,
        })
    }
}

fn member(id: MemberId, today: Date, rng: &SystemRandom) -> Result<MemberRecord, BenchError> {
    let part = |text: &str| {
        NamePart::parse(SecretText::from(text.to_owned()))
            .map_err(|_| BenchError::Sample("a member has no name"))
    };
    let name = PersonName::new(part("Persona")?, part("Banco")?, None);
    let profile = MemberProfile {
        id,
        name: name.map_err(|_| BenchError::Sample("a member has no name"))?,
        seat: Seat::Presidencia,
        standing: Standing::Titular,
        unit: Unit::default(),
        term: Term {
            from: today,
            until: None,
        },
        agreement_on: None,
        suspended_from: None,
        edition: 0,
    };
    let login = LoginName::parse(NAME).ok();
    let login = login.ok_or(BenchError::Sample("a member has no login"))?;
    let passphrase = StrongPassphrase::drawn(SecretText::from(PASSPHRASE.to_owned()));
    let record = MemberRecord::of_demonstration(profile, login, &passphrase, today, rng);
    Ok(record.map_err(failed)?.0)
}

fn draw(rng: &SystemRandom) -> Result<[u8; 16], BenchError> {
    let mut bytes = [0; 16];
    rng.fill(&mut bytes).map_err(no_randomness)?;
    Ok(bytes)
}

fn no_randomness(_: ring::error::Unspecified) -> BenchError {
    BenchError::Sample("the system gives no randomness")
}

fn url(folder: &Path, name: &str) -> StoreUrl {
    format!("sqlite://{}", folder.join(name).display())
        .parse()
        .expect("a path that is not empty makes a store's URL")
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> BenchError {
    BenchError::Io(io::Error::other(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn open_and_closed_cases_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let filled = Filled::new(folder.path(), 6, 4).await.unwrap();
        let cases = service::stores::case_files(&filled.cases).await.unwrap();
        let register = cases.register(None).await.unwrap();
        let open = register
            .iter()
            .filter(|entry| entry.state == CaseState::UnderReview);
        assert_eq!((register.len(), open.count()), (6, 4));
        assert!(register.iter().all(|entry| entry.circle.is_some()));
    }
}
