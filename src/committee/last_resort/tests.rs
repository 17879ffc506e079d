use std::sync::Arc;

use jiff::civil::date;
use mailbox::SealedEntry;
use opening::recovery::{Holder, RecoveryHolders};
use ring::rand::SystemRandom;
use sealing::{EnvelopeId, LookupHash, LookupId};
use store::casefiles::{Admission, Admitted, DocumentId, DocumentKind, NewCase, SealedDocument};
use store::rings::{NewAccess, Rings as _};
use store_sqlite::SqliteCaseFiles;
use tempfile::TempDir;

use super::*;

const CASE: CaseId = CaseId([5; 16]);

struct House {
    cases: Arc<SqliteCaseFiles>,
    holders: Vec<PersonIdentity>,
    list: RecoveryHolders,
    rng: SystemRandom,
    _folder: TempDir,
}

impl House {
    /// Three holders, of whom two suffice.
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("cases.db");
        let holders: Vec<_> = (0..3).map(|_| PersonIdentity::generate()).collect();
        let named = holders
            .iter()
            .zip(["Ana", "Luz", "Iris"])
            .map(|(holder, name)| Holder {
                name: name.to_owned(),
                recipient: holder.recipient(),
            })
            .collect();
        Self {
            cases: Arc::new(SqliteCaseFiles::open(path.to_str().unwrap()).await.unwrap()),
            list: RecoveryHolders::new(2, named).unwrap(),
            holders,
            rng: SystemRandom::new(),
            _folder: folder,
        }
    }

    /// A ring for nobody, with pieces for all holders but one.
    fn ring(&self, key: &CaseKey, without: &str) -> StoredRing {
        let recipient = key.public_key();
        let pieces = self.list.split(
            key,
            |holder| holder.name != without,
            &places::recovery(CASE, &recipient),
            &self.rng,
        );
        let ring = case_ring::seal_ring(key, &[], &places::ring(CASE, &recipient), &self.rng);
        StoredRing {
            ring: ring.unwrap(),
            recovery: pieces.unwrap(),
            recipient,
        }
    }

    async fn admit(&self, ring: &StoredRing, access: NewAccess) {
        let day = date(2026, 3, 4);
        let complaint = SealedDocument {
            id: DocumentId([6; 16]),
            kind: DocumentKind::Complaint,
            written_on: day,
            sealed: vec![0; 4096],
        };
        let admission = Admission {
            envelope_id: EnvelopeId::from([1; 16]),
            seen_on: day,
            case: NewCase {
                id: CASE,
                folio: "CE-2026-000001".parse().unwrap(),
                lookup_hash: LookupHash::from([2; 32]),
                received_on: day,
                state: domain::case::CaseState::Received,
                ooad: None,
                umae: None,
                recipient: ring.recipient.clone(),
                access,
                service_record: vec![0; 1024],
                complaint,
                conflict: None,
                course: vec![0; 4096],
                terms: Vec::new(),
            },
            reply: SealedEntry {
                lookup_id: LookupId::from([3; 32]),
                position: 1,
                bytes: vec![0; 512],
            },
        };
        assert_eq!(self.cases.admit(&admission).await.unwrap(), Admitted::Now);
    }

    async fn admit_with(&self, ring: &StoredRing) {
        let access = NewAccess::Members {
            circle: circle(1),
            ring: ring.ring.clone(),
            recovery: ring.recovery.clone(),
        };
        self.admit(ring, access).await;
    }

    async fn recover(
        &self,
        holders: &[usize],
        to: &PersonIdentity,
    ) -> Result<Recovered, LastResortError> {
        let holders: Vec<_> = holders.iter().map(|at| self.holders[*at].clone()).collect();
        give_to(&*self.cases, CASE, &holders, &[to.recipient()], &self.rng).await
    }

    async fn rings(&self) -> Vec<StoredRing> {
        self.cases.access(CASE).await.unwrap().unwrap().rings
    }
}

fn circle(byte: u8) -> Vec<u8> {
    vec![byte; 4096]
}

#[tokio::test]
async fn enough_holders_give_the_case_to_whom_they_name() {
    let house = House::new().await;
    let key = CaseKey::generate();
    let ring = house.ring(&key, "");
    house.admit_with(&ring).await;
    let member = PersonIdentity::generate();
    let done = house.recover(&[2, 0], &member).await.unwrap();
    assert_eq!(done, Recovered { keys: 1, closed: 0 });

    let [after] = house.rings().await.try_into().unwrap();
    let place = places::ring(CASE, &after.recipient);
    let opened = case_ring::open_ring(&after.ring, &member, &place).unwrap();
    assert_eq!(opened.public_key(), key.public_key());
    assert_eq!(after.recovery, ring.recovery, "the pieces stay");
    let access = house.cases.access(CASE).await.unwrap().unwrap();
    assert_eq!(
        access.circle,
        Some(circle(1)),
        "the circle is the committee's"
    );
}

#[tokio::test]
async fn too_few_holders_or_one_who_is_recused_change_nothing() {
    let house = House::new().await;
    let ring = house.ring(&CaseKey::generate(), "Luz");
    house.admit_with(&ring).await;
    let member = PersonIdentity::generate();
    for (holders, needed) in [(&[0][..], 1), (&[0, 0], 1)] {
        let refused = house.recover(holders, &member).await.unwrap_err();
        let LastResortError::Pieces(RecoverError::TooFew { needed: 2, came }) = refused else {
            panic!("{refused}")
        };
        assert_eq!(came, needed);
    }
    let refused = house.recover(&[0, 1, 2], &member).await.unwrap_err();
    assert!(matches!(refused, LastResortError::NoPiece { holder: 1 }));
    assert_eq!(house.rings().await, [ring]);
}

#[tokio::test]
async fn a_case_without_pieces_or_without_members_says_so() {
    let member = PersonIdentity::generate();
    let house = House::new().await;
    let refused = house.recover(&[0, 1], &member).await.unwrap_err();
    assert!(matches!(refused, LastResortError::Unknown));
    let bare = StoredRing {
        recovery: None,
        ..house.ring(&CaseKey::generate(), "")
    };
    house.admit_with(&bare).await;
    let refused = house.recover(&[0, 1], &member).await.unwrap_err();
    assert!(matches!(refused, LastResortError::NoPieces));

    let house = House::new().await;
    let access = NewAccess::Committee {
        wrap: vec![0; 4096],
    };
    house.admit(&bare, access).await;
    let refused = house.recover(&[0, 1], &member).await.unwrap_err();
    assert!(matches!(refused, LastResortError::WithCommittee));
}

#[tokio::test]
async fn every_key_that_has_pieces_is_recovered_and_a_swapped_piece_is_not() {
    let house = House::new().await;
    let [old, new] = [(); 2].map(|()| CaseKey::generate());
    let (old_ring, new_ring) = (house.ring(&old, ""), house.ring(&new, "Luz"));
    house.admit_with(&old_ring).await;
    let change = AccessChange {
        ring: Some(new_ring.clone()),
        recipient: Some(new_ring.recipient.clone()),
        ..AccessChange::of_circle(CASE, Some(circle(1)), circle(2))
    };
    assert!(house.cases.change_access(&change).await.unwrap());
    let member = PersonIdentity::generate();
    // Luz may not know of the case any more, and her piece of before does not help.
    assert!(house.recover(&[0, 1], &member).await.is_err());
    let done = house.recover(&[0, 2], &member).await.unwrap();
    assert_eq!(done, Recovered { keys: 2, closed: 0 });
    for ring in house.rings().await {
        let place = places::ring(CASE, &ring.recipient);
        let opened = case_ring::open_ring(&ring.ring, &member, &place).unwrap();
        assert_eq!(opened.public_key(), ring.recipient);
    }

    // Whoever writes to the database puts the old key's pieces beside the new one.
    let swapped = StoredRing {
        recovery: old_ring.recovery,
        ..new_ring
    };
    let change = AccessChange {
        ring: Some(swapped),
        ..AccessChange::of_circle(CASE, Some(circle(2)), circle(3))
    };
    assert!(house.cases.change_access(&change).await.unwrap());
    assert!(house.recover(&[0, 1], &member).await.is_err());
}
