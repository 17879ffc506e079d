//! On a real store, with real keys: who can open what, when the service says so and when only the bytes
//! of the database count.

mod amended;
mod change;
mod first;
mod forged;
mod holders;
mod settle;
mod suspended;

use std::sync::Arc;

use domain::committee::conflict::Findings;
use domain::committee::{
    Ground, MemberId, MemberProfile, PersonName, Relation, Seat, Standing, Term, Unit,
};
use domain::complaint::{Complaint, ComplaintDraft, NamePart};
use jiff::civil::{Date, date};
use mailbox::SealedEntry;
use opening::recovery::{Holder, Piece, RecoveryHolders};
use opening::{CaseKey, CommitteeIdentity, OpenError, PersonIdentity, case_ring};
use ring::rand::SystemRandom;
use sealing::{EnvelopeId, LookupId};
use serde_json::json;
use store::casefiles::{Admission, Admitted, CaseFiles, CaseId, DocumentId, DocumentKind};
use store::casefiles::{NewCase, NewDocument, SealedDocument};
use store::rings::{AccessChange, NewAccess, Rings as _};
use store_sqlite::SqliteCaseFiles;
use tempfile::TempDir;

use super::{Access, AccessError, ConflictDocument, Stated, Statement, open_circle, recipient_of};
use crate::documents::{place, random_id};
use crate::keyring::{Keyring, ServiceRecord};
use crate::last_resort::{self, LastResortError};
use crate::people::People;
use crate::places;

const TODAY: Date = date(2026, 3, 4);

/// A committee of five, with one suplente, and its store.
struct House {
    cases: Arc<SqliteCaseFiles>,
    keyring: Arc<Keyring>,
    members: Vec<(MemberProfile, PersonIdentity)>,
    recovery: Option<Arc<RecoveryHolders>>,
    folder: TempDir,
}

const PRESIDENT: usize = 0;
const EXECUTIVE: usize = 1;
const TECHNICAL: usize = 2;
const ELECTED: usize = 3;
const DEPUTY: usize = 4;
const CONTROL: usize = 5;

fn profile(at: u8, name: [&str; 3], seat: Seat, standing: Standing) -> MemberProfile {
    let [given, first, second] =
        name.map(|part| serde_json::from_value::<NamePart>(json!(part)).unwrap());
    MemberProfile {
        id: MemberId([at; 16]),
        name: PersonName::new(given, first, Some(second)).unwrap(),
        seat,
        standing,
        unit: Unit::default(),
        term: Term {
            from: date(2025, 1, 1),
            until: None,
        },
        agreement_on: Some(date(2025, 1, 1)),
        suspended_from: None,
        edition: 0,
    }
}

impl House {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let address = format!("sqlite://{}", folder.path().join("cases.db").display());
        let cases = Arc::new(SqliteCaseFiles::open(&address).await.unwrap());
        let identity = CommitteeIdentity::generate();
        let keyring = Arc::new(Keyring::unseal(identity, &*cases).await.unwrap());
        let deputy = Standing::Suplente {
            of: MemberId([2; 16]),
        };
        let titular = Standing::Titular;
        let members = [
            profile(
                1,
                ["Aurelia", "Montejano", "Islas"],
                Seat::Presidencia,
                titular,
            ),
            profile(
                2,
                ["Bonifacio", "Quintanar", "Robledo"],
                Seat::SecretariaEjecutiva,
                titular,
            ),
            profile(
                3,
                ["Casilda", "Zúñiga", "Peralta"],
                Seat::SecretariaTecnica,
                titular,
            ),
            profile(4, ["Donato", "Urrutia", "Villagrán"], Seat::Electa, titular),
            profile(
                5,
                ["Eulalia", "Yáñez", "Carmona"],
                Seat::SecretariaEjecutiva,
                deputy,
            ),
            profile(
                6,
                ["Fabricio", "Olmedo", "Barragán"],
                Seat::RepresentacionOic,
                titular,
            ),
        ]
        .map(|profile| (profile, PersonIdentity::generate()));
        Self {
            cases,
            keyring,
            members: members.into(),
            recovery: None,
            folder,
        }
    }

    fn id(&self, at: usize) -> MemberId {
        self.members[at].0.id
    }

    fn key(&self, at: usize) -> &PersonIdentity {
        &self.members[at].1
    }

    /// Of all members.
    fn access(&self) -> Access {
        self.access_of(|_| true)
    }

    /// Of some of them.
    fn access_of(&self, is_member: impl Fn(usize) -> bool) -> Access {
        let mut people = People::default();
        for (at, (profile, key)) in self.members.iter().enumerate() {
            if is_member(at) {
                people.add(profile.clone(), Some(key.recipient()));
            }
        }
        Access {
            cases: self.cases.clone(),
            keyring: self.keyring.clone(),
            recovery: self.recovery.clone(),
            people: Arc::new(people),
            today: TODAY,
        }
    }

    /// Writes a case as the worker does.
    async fn admit(&self, access: &Access, complaint: serde_json::Value) -> (CaseId, NewAccess) {
        let draft: ComplaintDraft = serde_json::from_value(complaint).unwrap();
        let complaint = Complaint::parse(draft).unwrap();
        let rng = SystemRandom::new();
        let id = CaseId(random_id(&rng).unwrap());
        let key = CaseKey::generate();
        let first = access.first(id, &key, &complaint).unwrap();
        let mut bytes = [0_u8; 32];
        bytes[..16].copy_from_slice(&id.0);
        let lookup = LookupId::from(bytes);
        let record = ServiceRecord {
            lookup_id: lookup,
            mailbox_key: [7; 32].into(),
        };
        let document = DocumentId(random_id(&rng).unwrap());
        let kind = DocumentKind::Complaint;
        let sealed = key
            .recipient()
            .seal(&place(id, document, kind, TODAY), &complaint, &rng)
            .unwrap();
        let digits = u32::from(id.0[0]) * 256 + u32::from(id.0[1]);
        let admission = Admission {
            envelope_id: EnvelopeId::draw(&rng).unwrap(),
            seen_on: TODAY,
            case: NewCase {
                id,
                folio: domain::case::Folio::new(2026, digits).unwrap(),
                lookup_hash: self.keyring.hash(lookup),
                received_on: TODAY,
                state: domain::case::CaseState::UnderReview,
                ooad: None,
                umae: None,
                recipient: key.public_key(),
                access: first.access.clone(),
                service_record: self.keyring.seal_service_record(id, &record).unwrap(),
                complaint: SealedDocument {
                    id: document,
                    kind,
                    written_on: TODAY,
                    sealed,
                },
                conflict: Some(first.conflict),
                course: vec![0; 4096],
                terms: Vec::new(),
            },
            reply: SealedEntry {
                lookup_id: lookup,
                position: 1,
                bytes: vec![0; 512],
            },
        };
        assert_eq!(self.cases.admit(&admission).await.unwrap(), Admitted::Now);
        (id, first.access)
    }

    /// Whether a member can read anything of a case with the own key and every byte of the database.
    async fn reads_anything(&self, case: CaseId, person: &PersonIdentity) -> bool {
        let mut keys = Vec::new();
        for other in self.cases.case_ids(None, 100).await.unwrap() {
            let access = self.cases.access(other).await.unwrap().unwrap();
            for ring in access.rings {
                let place = places::ring(other, &ring.recipient);
                keys.extend(case_ring::open_ring(&ring.ring, person, &place).ok());
            }
        }
        let documents = self.cases.documents(case).await.unwrap();
        documents.iter().any(|document| {
            let place = place(case, document.id, document.kind, document.written_on);
            keys.iter().any(|key| {
                key.open::<serde_json::Value>(&place, &document.sealed)
                    .is_ok()
            })
        })
    }

    /// Adds what somebody wrote, as the worker does.
    async fn write(&self, case: CaseId, text: &str) {
        let handle = self.cases.handle(case).await.unwrap().unwrap();
        let id = DocumentId(random_id(self.keyring.rng()).unwrap());
        let kind = DocumentKind::Message;
        let recipient: opening::CaseRecipient = handle.recipient.parse().unwrap();
        let sealed = recipient
            .seal(
                &place(case, id, kind, TODAY),
                &json!({ "text": text }),
                self.keyring.rng(),
            )
            .unwrap();
        let document = NewDocument {
            recipient: handle.recipient,
            document: SealedDocument {
                id,
                kind,
                written_on: TODAY,
                sealed,
            },
        };
        self.cases.add_document(case, &document).await.unwrap();
    }

    /// How much of what was written a member's own keys open.
    async fn opened(&self, access: &Access, case: CaseId, at: usize) -> Result<usize, AccessError> {
        let keys = access.keys(case, self.key(at)).await?;
        let documents = self.cases.documents(case).await?;
        let written = documents.iter().filter(|document| {
            [DocumentKind::Complaint, DocumentKind::Message].contains(&document.kind)
        });
        let open = written.filter(|document| {
            let place = place(case, document.id, document.kind, document.written_on);
            keys.open::<serde_json::Value>(&place, &document.sealed)
                .is_ok()
        });
        Ok(open.count())
    }
}

fn plain() -> serde_json::Value {
    json!({ "narrative": "El jefe del turno nocturno cobra por cambiar las guardias desde enero." })
}

fn about(name: &str) -> serde_json::Value {
    json!({
        "narrative": "El jefe del turno nocturno cobra por cambiar las guardias desde enero.",
        "people": [{ "name": name }],
    })
}
