//! On a real store, with real keys: who can open what, when the service says so and when only the bytes
//! of the database count.

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

#[tokio::test]
async fn the_three_offices_open_a_new_case_and_others_do_not() {
    let house = House::new().await;
    let access = house.access();
    let (case, _) = house.admit(&access, plain()).await;
    for at in [PRESIDENT, EXECUTIVE, TECHNICAL] {
        assert_eq!(house.opened(&access, case, at).await.unwrap(), 1);
    }
    for at in [ELECTED, DEPUTY, CONTROL] {
        assert!(matches!(
            access.keys(case, house.key(at)).await,
            Err(AccessError::NoCopy)
        ));
        assert_eq!(
            access.circle(case).await.unwrap().relation_of(house.id(at)),
            Relation::Outside
        );
    }
}

#[tokio::test]
async fn a_denounced_member_reads_nothing_with_every_byte_and_the_own_key_and_the_deputy_acts() {
    let house = House::new().await;
    let access = house.access();
    let (case, _) = house
        .admit(&access, about("Lic. QUINTANAR ROBLEDO Bonifacio"))
        .await;
    let circle = access.circle(case).await.unwrap();
    assert_eq!(circle.relation_of(house.id(EXECUTIVE)), Relation::Excluded);
    assert_eq!(circle.excluded()[0].ground, Ground::Denounced);
    assert!(!house.reads_anything(case, house.key(EXECUTIVE)).await);
    assert_eq!(house.opened(&access, case, DEPUTY).await.unwrap(), 1);
    assert!(house.reads_anything(case, house.key(DEPUTY)).await);

    let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
    let documents = house.cases.documents(case).await.unwrap();
    let why = documents
        .iter()
        .find(|document| document.kind == DocumentKind::Conflict)
        .unwrap();
    let place = place(case, why.id, why.kind, why.written_on);
    let told: ConflictDocument = keys.open(&place, &why.sealed).unwrap();
    assert_eq!(told.found.conflicts[0].member, house.id(EXECUTIVE));
}

#[tokio::test]
async fn cases_look_alike_at_rest_whoever_is_kept_out() {
    let house = House::new().await;
    let access = house.access();
    let (one, _) = house.admit(&access, plain()).await;
    let (other, _) = house
        .admit(&access, about("Bonifacio Quintanar Robledo"))
        .await;
    let at_rest = |stored: store::rings::CaseAccess| {
        (
            stored.circle.map(|circle| circle.len()),
            stored
                .rings
                .iter()
                .map(|ring| (ring.ring.len(), ring.recovery.is_some()))
                .collect::<Vec<_>>(),
            stored.committee_wrap,
        )
    };
    let kinds = async |case| -> Vec<DocumentKind> {
        let documents = house.cases.documents(case).await.unwrap();
        let mut kinds: Vec<_> = documents.iter().map(|document| document.kind).collect();
        kinds.sort_unstable();
        kinds
    };
    assert_eq!(kinds(one).await, kinds(other).await);
    let one = house.cases.access(one).await.unwrap().unwrap();
    let other = house.cases.access(other).await.unwrap().unwrap();
    assert_eq!(at_rest(one), at_rest(other));
    assert!(house.folder.path().exists());
}

#[tokio::test]
async fn what_the_committee_held_goes_to_the_members_when_they_come() {
    let house = House::new().await;
    let nobody = house.access_of(|_| false);
    let (case, first) = house.admit(&nobody, about("Aurelia Montejano Islas")).await;
    assert!(matches!(first, NewAccess::Committee { .. }));
    assert!(!nobody.hand_over(case).await.unwrap());

    // Only the denounced one has come so far: nobody is let in.
    let alone = house.access_of(|at| at == PRESIDENT);
    assert!(!alone.hand_over(case).await.unwrap());

    let access = house.access();
    assert!(access.hand_over(case).await.unwrap());
    assert!(!access.hand_over(case).await.unwrap(), "once");
    let stored = house.cases.access(case).await.unwrap().unwrap();
    assert!(stored.committee_wrap.is_none());
    assert!(house.opened(&access, case, EXECUTIVE).await.unwrap() >= 1);
    assert!(!house.reads_anything(case, house.key(PRESIDENT)).await);
}

#[tokio::test]
async fn whoever_is_kept_out_later_reads_nothing_that_comes_after_and_then_nothing_at_all() {
    let house = House::new().await;
    let access = house.access();
    let (case, _) = house.admit(&access, plain()).await;
    let whom = [(house.id(EXECUTIVE), Ground::Declared)];
    assert!(
        access
            .exclude(case, &whom, Findings::default())
            .await
            .unwrap()
    );
    assert!(
        !access
            .exclude(case, &whom, Findings::default())
            .await
            .unwrap(),
        "once"
    );
    house.write(case, "La persona se llama Bonifacio.").await;
    assert!(matches!(
        access.keys(case, house.key(EXECUTIVE)).await,
        Err(AccessError::NoCopy)
    ));
    // The deputy stepped in, and has what is new.
    assert_eq!(house.opened(&access, case, DEPUTY).await.unwrap(), 1);

    let theirs = access.keys(case, house.key(DEPUTY)).await.unwrap();
    assert!(!theirs.are_whole());
    assert!(!access.settle(case, &theirs).await.unwrap().changed);
    let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
    assert!(keys.are_whole());
    assert!(access.settle(case, &keys).await.unwrap().changed);
    assert!(!access.settle(case, &keys).await.unwrap().changed, "once");
    assert_eq!(house.opened(&access, case, DEPUTY).await.unwrap(), 2);
    assert!(!house.reads_anything(case, house.key(EXECUTIVE)).await);
}

fn said(what: Stated, about: MemberId, by: MemberId) -> Statement {
    Statement {
        what,
        about,
        by,
        decided_by: None,
        reason: serde_json::from_value(json!("Somos concuños.")).unwrap(),
    }
}

#[tokio::test]
async fn a_namesake_is_let_in_again_and_gets_a_copy_from_whoever_opens_next() {
    let house = House::new().await;
    let access = house.access();
    let (case, _) = house
        .admit(&access, about("Bonifacio Quintanar Robledo"))
        .await;
    let (meant, by) = (house.id(EXECUTIVE), house.id(PRESIDENT));
    let lifted = said(Stated::Lifted, meant, by);
    assert!(access.lift(case, meant, lifted.clone()).await.unwrap());
    assert!(
        !access.lift(case, meant, lifted.clone()).await.unwrap(),
        "once"
    );
    let circle = access.circle(case).await.unwrap();
    assert_eq!(circle.relation_of(meant), Relation::Entitled);
    assert!(access.keys(case, house.key(EXECUTIVE)).await.is_err());

    let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
    let told = access.told(case, &keys).await.unwrap();
    assert_eq!(told.len(), 2);
    assert!(
        told.iter()
            .any(|told| told.what.said == Some(lifted.clone()))
    );
    access.settle(case, &keys).await.unwrap();
    assert_eq!(house.opened(&access, case, EXECUTIVE).await.unwrap(), 1);
}

#[tokio::test]
async fn a_case_is_not_taken_from_the_last_one_who_can_open_it() {
    let mut house = House::new().await;
    let access = house.access_of(|at| at == PRESIDENT);
    let (case, _) = house.admit(&access, plain()).await;
    let whom = [(house.id(PRESIDENT), Ground::Declared)];
    let told = said(Stated::Declared, house.id(PRESIDENT), house.id(PRESIDENT));
    let refused = access.exclude(case, &whom, told.clone()).await;
    assert!(matches!(refused, Err(AccessError::NobodyLeft)));
    assert_eq!(house.opened(&access, case, PRESIDENT).await.unwrap(), 1);

    // Whoever holds pieces of its key can open it again.
    let holders = ["Notaría", "Órgano de control"].map(|name| Holder {
        name: name.to_owned(),
        recipient: PersonIdentity::generate().recipient(),
    });
    house.recovery = Some(Arc::new(RecoveryHolders::new(2, holders.into()).unwrap()));
    let access = house.access_of(|at| at == PRESIDENT);
    assert!(access.exclude(case, &whom, told).await.unwrap());
}

#[tokio::test]
async fn a_member_who_came_later_is_looked_at_before_they_know_of_a_case() {
    let house = House::new().await;
    let before = house.access_of(|at| at < ELECTED);
    let (theirs, _) = house
        .admit(&before, about("Donato Urrutia Villagrán"))
        .await;
    let (other, _) = house.admit(&before, plain()).await;
    let access = house.access();
    for case in [theirs, other] {
        let relation = access
            .circle(case)
            .await
            .unwrap()
            .relation_of(house.id(ELECTED));
        assert_eq!(relation, Relation::Excluded, "nobody has looked");
        let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
        assert!(access.settle(case, &keys).await.unwrap().changed);
    }
    let relation = |circle: crate::circle::Circle| circle.relation_of(house.id(ELECTED));
    assert_eq!(
        relation(access.circle(theirs).await.unwrap()),
        Relation::Excluded
    );
    assert_eq!(
        relation(access.circle(other).await.unwrap()),
        Relation::Outside
    );

    let keys = access.keys(other, house.key(PRESIDENT)).await.unwrap();
    assert!(access.share(other, &keys, house.id(ELECTED)).await.unwrap());
    assert_eq!(house.opened(&access, other, ELECTED).await.unwrap(), 1);
    let keys = access.keys(theirs, house.key(PRESIDENT)).await.unwrap();
    assert!(
        !access
            .share(theirs, &keys, house.id(ELECTED))
            .await
            .unwrap()
    );
    assert!(!house.reads_anything(theirs, house.key(ELECTED)).await);
}

#[tokio::test]
async fn a_member_with_a_new_key_gets_copies_from_the_others_and_the_old_key_opens_nothing_new() {
    let mut house = House::new().await;
    let (case, _) = house.admit(&house.access(), plain()).await;
    let lost = house.members[TECHNICAL].1.clone();
    house.members[TECHNICAL].1 = PersonIdentity::generate();
    let access = house.access();
    assert!(access.keys(case, house.key(TECHNICAL)).await.is_err());
    let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
    assert!(access.settle(case, &keys).await.unwrap().changed);
    assert_eq!(house.opened(&access, case, TECHNICAL).await.unwrap(), 1);
    assert!(!house.reads_anything(case, &lost).await);
}

#[tokio::test]
async fn whoever_is_no_member_any_more_loses_every_case() {
    let house = House::new().await;
    let (case, _) = house.admit(&house.access(), plain()).await;
    let access = house.access_of(|at| at != TECHNICAL);
    assert!(access.forget_gone(case).await.unwrap());
    assert!(!access.forget_gone(case).await.unwrap(), "once");
    let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
    access.settle(case, &keys).await.unwrap();
    assert!(!house.reads_anything(case, house.key(TECHNICAL)).await);
    assert_eq!(house.opened(&access, case, PRESIDENT).await.unwrap(), 1);
}

#[tokio::test]
async fn what_was_taken_away_is_not_given_back_by_the_next_who_opens() {
    let house = House::new().await;
    let access = house.access();
    let (case, _) = house.admit(&access, plain()).await;
    assert!(access.withdraw(case, house.id(TECHNICAL)).await.unwrap());
    let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
    access.settle(case, &keys).await.unwrap();
    let circle = access.circle(case).await.unwrap();
    assert_eq!(circle.relation_of(house.id(TECHNICAL)), Relation::Outside);
    assert!(!house.reads_anything(case, house.key(TECHNICAL)).await);
}

#[tokio::test]
async fn a_holder_who_is_kept_out_has_no_piece_of_that_case() {
    let mut house = House::new().await;
    let names = [
        "Bonifacio Quintanar Robledo",
        "Gema Ruelas Ancona",
        "Hilario Tamez Osuna",
    ];
    let identities = names.map(|_| PersonIdentity::generate());
    let holders = names
        .iter()
        .zip(&identities)
        .map(|(name, identity)| Holder {
            name: (*name).to_owned(),
            recipient: identity.recipient(),
        })
        .collect();
    house.recovery = Some(Arc::new(RecoveryHolders::new(2, holders).unwrap()));
    let access = house.access();
    let (theirs, _) = house.admit(&access, about(names[0])).await;
    let (other, _) = house.admit(&access, plain()).await;
    for (case, counts) in [(theirs, false), (other, true)] {
        let stored = house.cases.access(case).await.unwrap().unwrap();
        let ring = &stored.rings[0];
        let place = places::recovery(case, &ring.recipient);
        let pieces = ring.recovery.as_ref().unwrap();
        let piece = |at: usize| Piece::of(pieces, &identities[at], &place);
        assert_eq!(piece(0).is_ok(), counts);
        let key = Piece::join(&[piece(1).unwrap(), piece(2).unwrap()]).unwrap();
        assert_eq!(key.public_key(), ring.recipient);
    }
}

#[tokio::test]
async fn when_all_have_left_the_holders_give_a_case_to_who_may_know_of_it_and_to_nobody_else() {
    let mut house = House::new().await;
    let identities = [(); 2].map(|()| PersonIdentity::generate());
    let holders = identities
        .iter()
        .zip(["Gema Ruelas Ancona", "Hilario Tamez Osuna"])
        .map(|(identity, name)| Holder {
            name: name.to_owned(),
            recipient: identity.recipient(),
        })
        .collect();
    house.recovery = Some(Arc::new(RecoveryHolders::new(2, holders).unwrap()));
    // The committee was the president alone; she left, and two others came.
    let (case, _) = house
        .admit(
            &house.access_of(|at| at == PRESIDENT),
            about("Casilda Zúñiga Peralta"),
        )
        .await;
    let access = house.access_of(|at| [EXECUTIVE, TECHNICAL].contains(&at));
    assert!(access.forget_gone(case).await.unwrap());
    house.write(case, "Sigue pasando.").await;
    for at in [EXECUTIVE, TECHNICAL] {
        assert!(access.keys(case, house.key(at)).await.is_err());
    }

    let one = last_resort::give_to_members(&access, case, &identities[..1]).await;
    assert!(matches!(one, Err(LastResortError::Pieces(_))));
    let members = last_resort::give_to_members(&access, case, &identities).await;
    assert_eq!(members.unwrap(), 1);
    assert_eq!(house.opened(&access, case, EXECUTIVE).await.unwrap(), 2);
    // The case is about her, whom nobody had looked at.
    assert!(!house.reads_anything(case, house.key(TECHNICAL)).await);
    assert!(!house.reads_anything(case, house.key(PRESIDENT)).await);
    let circle = access.circle(case).await.unwrap();
    assert_eq!(circle.relation_of(house.id(TECHNICAL)), Relation::Excluded);
    // It can be done again, whatever became of the copies.
    let rings = house.cases.access(case).await.unwrap().unwrap().rings;
    assert!(rings.len() == 1 && rings[0].recovery.is_some());
    let rng = SystemRandom::new();
    last_resort::give_to(&*house.cases, case, &identities, &[], &rng)
        .await
        .unwrap();
    assert!(access.keys(case, house.key(EXECUTIVE)).await.is_err());
    let members = last_resort::give_to_members(&access, case, &identities).await;
    assert_eq!(members.unwrap(), 1);
    assert_eq!(house.opened(&access, case, EXECUTIVE).await.unwrap(), 2);
}

#[tokio::test]
async fn a_circle_of_another_case_or_another_hand_is_refused() {
    let house = House::new().await;
    let access = house.access();
    let (one, _) = house
        .admit(&access, about("Bonifacio Quintanar Robledo"))
        .await;
    let (other, _) = house.admit(&access, plain()).await;
    let circle = |stored: store::rings::CaseAccess| stored.circle.unwrap();
    let moved = circle(house.cases.access(other).await.unwrap().unwrap());
    assert_eq!(
        open_circle(&house.keyring, one, &moved),
        Err(OpenError::Damaged)
    );
    let stranger = CommitteeIdentity::generate().own();
    let forged = stranger
        .seal(
            &places::circle(one),
            &crate::circle::Circle::default(),
            crate::circle::LEAST,
            &SystemRandom::new(),
        )
        .unwrap();
    assert_eq!(
        open_circle(&house.keyring, one, &forged),
        Err(OpenError::Damaged)
    );
}

#[tokio::test]
async fn a_circle_of_before_in_its_place_opens_nothing_for_anybody() {
    let house = House::new().await;
    let access = house.access();
    let (case, _) = house.admit(&access, plain()).await;
    let before = house.cases.access(case).await.unwrap().unwrap();
    let whom = [(house.id(EXECUTIVE), Ground::Declared)];
    access
        .exclude(case, &whom, Findings::default())
        .await
        .unwrap();
    house.write(case, "La persona se llama Bonifacio.").await;
    let after = house.cases.access(case).await.unwrap().unwrap();
    let back = AccessChange::of_circle(case, after.circle, before.circle.clone().unwrap());
    assert!(house.cases.change_access(&back).await.unwrap());
    for at in [PRESIDENT, EXECUTIVE] {
        let refused = access.keys(case, house.key(at)).await;
        assert!(matches!(refused, Err(AccessError::Altered)));
    }

    // Nor does it with the public key of before beside it.
    let back = AccessChange {
        recipient: Some(before.recipient.clone()),
        ring: Some(before.rings[0].clone()),
        ..AccessChange::of_circle(case, before.circle.clone(), before.circle.unwrap())
    };
    assert!(house.cases.change_access(&back).await.unwrap());
    let refused = access.keys(case, house.key(EXECUTIVE)).await;
    assert!(matches!(refused, Err(AccessError::Altered)));
}

#[tokio::test]
async fn a_key_that_somebody_put_in_place_of_the_cases_own_is_not_sealed_to() {
    let house = House::new().await;
    let access = house.access();
    let theirs = CaseKey::generate();
    let committee = house.access_of(|_| false);
    for (case, _) in [
        house.admit(&access, plain()).await,
        house.admit(&committee, plain()).await,
    ] {
        let mut handle = house.cases.handle(case).await.unwrap().unwrap();
        assert!(
            recipient_of(&*house.cases, &house.keyring, &handle)
                .await
                .is_ok()
        );
        let own = handle.recipient.clone();
        for put in [
            theirs.public_key(),
            format!("{own}\n{}", theirs.public_key()),
        ] {
            handle.recipient = put;
            let refused = recipient_of(&*house.cases, &house.keyring, &handle).await;
            assert!(matches!(refused, Err(AccessError::Altered)));
        }
    }
}

#[tokio::test]
async fn a_wrap_that_the_service_did_not_make_is_refused() {
    let house = House::new().await;
    let stranger = CommitteeIdentity::generate().own();
    let case = CaseId([9; 16]);
    let forged = CaseKey::generate()
        .wrap_own(
            &stranger,
            &places::committee_wrap(case),
            1 << 10,
            &SystemRandom::new(),
        )
        .unwrap();
    assert!(house.keyring.case_key(case, &forged).is_err());
    let key = CaseKey::generate();
    let wrapped = house.keyring.wrap(case, &key).unwrap();
    let opened = house.keyring.case_key(case, &wrapped).unwrap();
    assert_eq!(opened.public_key(), key.public_key());
    assert!(house.keyring.case_key(CaseId([8; 16]), &wrapped).is_err());
}

#[tokio::test]
async fn a_holder_who_is_no_member_and_is_named_gets_no_piece_then_or_later() {
    let mut house = House::new().await;
    let names = [
        "Lic. Gema Ruelas Ancona",
        "Hilario Tamez Osuna",
        "Iris Jasso",
        "Notaría 12",
    ];
    let identities = names.map(|_| PersonIdentity::generate());
    let holders: Vec<Holder> = names
        .iter()
        .zip(&identities)
        .map(|(name, identity)| Holder {
            name: (*name).to_owned(),
            recipient: identity.recipient(),
        })
        .collect();
    // The case comes before the members do, another after them, and a third before the holders.
    let before = house.access();
    let (third, _) = house.admit(&before, about("Gema Ruelas")).await;
    house.recovery = Some(Arc::new(RecoveryHolders::new(2, holders).unwrap()));
    let nobody = house.access_of(|_| false);
    let (early, _) = house.admit(&nobody, about("GEMA RUELAS ANCONA")).await;
    let access = house.access();
    assert!(access.hand_over(early).await.unwrap());
    let (late, _) = house.admit(&access, about("Ruelas Ancona, Gema")).await;
    let keys = access.keys(third, house.key(PRESIDENT)).await.unwrap();
    assert!(access.settle(third, &keys).await.unwrap().changed);
    assert!(!access.settle(third, &keys).await.unwrap().changed, "once");
    let with_pieces = async |case| {
        let stored = house.cases.access(case).await.unwrap().unwrap();
        let newest = stored
            .rings
            .into_iter()
            .find(|ring| ring.recipient == stored.recipient)
            .unwrap();
        let place = places::recovery(case, &newest.recipient);
        let pieces = newest.recovery.unwrap();
        let has = |holder: &PersonIdentity| Piece::of(&pieces, holder, &place).is_ok();
        identities.iter().map(has).collect::<Vec<bool>>()
    };
    for case in [early, late, third] {
        assert_eq!(with_pieces(case).await, [false, true, true, true]);
    }

    // A message names another: the case has a new key, of which neither has a piece.
    for (text, new) in [
        ("También estaba Iris Jasso.", true),
        ("Iris Jasso lo sabía.", false),
        ("Nadie hizo nada.", false),
    ] {
        let circle = access.circle(late).await.unwrap();
        let changed = access.keep_out_named(late, &circle, text).await.unwrap();
        assert_eq!(changed, new, "{text}");
    }
    assert_eq!(with_pieces(late).await, [false, true, false, true]);
    // Nor of the keys that follow, for which nobody reads what was written.
    let whom = [(house.id(EXECUTIVE), Ground::Declared)];
    let told = Findings::default();
    assert!(access.exclude(late, &whom, told).await.unwrap());
    assert_eq!(with_pieces(late).await, [false, true, false, true]);
    let keys = access.keys(late, house.key(PRESIDENT)).await.unwrap();
    assert!(access.settle(late, &keys).await.unwrap().changed);
    assert_eq!(with_pieces(late).await, [false, true, false, true]);
}
