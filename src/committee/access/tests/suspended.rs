//! A member is suspended, and comes back.

use super::*;
use crate::circle::Basis;

impl House {
    /// Of all members, one of whom is suspended.
    fn access_while_suspended(&self, at: usize) -> Access {
        let mut people = People::default();
        for (other, (profile, key)) in self.members.iter().enumerate() {
            let mut profile = profile.clone();
            if other == at {
                profile.suspended_from = Some(TODAY);
            }
            people.add(profile, Some(key.recipient()));
        }
        people.suspend(self.id(at));
        Access {
            people: Arc::new(people),
            ..self.access()
        }
    }
}

#[tokio::test]
async fn whoever_is_suspended_keeps_no_copy_the_suplente_steps_in_and_the_copies_come_back() {
    let house = House::new().await;
    let (case, _) = house.admit(&house.access(), plain()).await;
    let access = house.access_while_suspended(EXECUTIVE);
    assert!(access.forget_gone(case).await.unwrap());
    assert!(!access.forget_gone(case).await.unwrap(), "once");
    house.write(case, "Hay más.").await;
    let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
    access.settle(case, &keys).await.unwrap();
    assert!(!house.reads_anything(case, house.key(EXECUTIVE)).await);
    for at in [PRESIDENT, DEPUTY] {
        assert_eq!(house.opened(&access, case, at).await.unwrap(), 2, "{at}");
    }
    // Nor can anybody share it with them.
    let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
    let shared = access.share(case, &keys, house.id(EXECUTIVE)).await;
    assert!(!shared.unwrap());

    let access = house.access();
    let refused = access.keys(case, house.key(EXECUTIVE)).await;
    assert!(matches!(refused, Err(AccessError::NoCopy)));
    let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
    assert_eq!(access.settle(case, &keys).await.unwrap().copies, 1);
    assert_eq!(house.opened(&access, case, EXECUTIVE).await.unwrap(), 2);
}

#[tokio::test]
async fn a_case_that_comes_meanwhile_is_theirs_only_after() {
    let house = House::new().await;
    let access = house.access_while_suspended(EXECUTIVE);
    let (case, _) = house.admit(&access, plain()).await;
    assert!(!house.reads_anything(case, house.key(EXECUTIVE)).await);
    assert_eq!(house.opened(&access, case, DEPUTY).await.unwrap(), 1);
    let access = house.access();
    let keys = access.keys(case, house.key(DEPUTY)).await.unwrap();
    access.settle(case, &keys).await.unwrap();
    assert_eq!(house.opened(&access, case, EXECUTIVE).await.unwrap(), 1);
}

#[tokio::test]
async fn coming_back_gives_nothing_that_the_case_itself_keeps_from_a_member() {
    let house = House::new().await;
    let access = house.access();
    let (withdrawn, _) = house.admit(&access, plain()).await;
    let (named, _) = house.admit(&access, plain()).await;
    let (denounced, _) = house
        .admit(&access, about("Bonifacio Quintanar Robledo"))
        .await;
    let executive = house.id(EXECUTIVE);
    assert!(access.withdraw(withdrawn, executive).await.unwrap());
    let during = house.access_while_suspended(EXECUTIVE);
    for case in [withdrawn, named, denounced] {
        during.forget_gone(case).await.unwrap();
    }
    // What names them while they are suspended counts as at any other time.
    let circle = during.circle(named).await.unwrap();
    let told = "Todo lo ordenó Bonifacio Quintanar Robledo.";
    assert!(during.keep_out_named(named, &circle, told).await.unwrap());
    let access = house.access();
    for (case, relation) in [
        (withdrawn, Relation::Outside),
        (named, Relation::Excluded),
        (denounced, Relation::Excluded),
    ] {
        let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
        access.settle(case, &keys).await.unwrap();
        let circle = access.circle(case).await.unwrap();
        assert_eq!(circle.relation_of(executive), relation);
        assert!(!house.reads_anything(case, house.key(EXECUTIVE)).await);
    }
}

#[tokio::test]
async fn what_was_shared_with_a_member_comes_back_too() {
    let house = House::new().await;
    let access = house.access();
    let (case, _) = house.admit(&access, plain()).await;
    let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
    let elected = house.id(ELECTED);
    assert!(access.share(case, &keys, elected).await.unwrap());
    let during = house.access_while_suspended(ELECTED);
    assert!(during.forget_gone(case).await.unwrap());
    let keys = during.keys(case, house.key(PRESIDENT)).await.unwrap();
    during.settle(case, &keys).await.unwrap();
    assert!(!house.reads_anything(case, house.key(ELECTED)).await);
    let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
    access.settle(case, &keys).await.unwrap();
    assert_eq!(house.opened(&access, case, ELECTED).await.unwrap(), 1);
    let circle = access.circle(case).await.unwrap();
    let found = circle.entitled().iter().find(|one| one.member == elected);
    assert_eq!(found.unwrap().by, Basis::Shared);
}

#[tokio::test]
async fn a_holder_of_pieces_who_is_suspended_gets_none() {
    let mut house = House::new().await;
    let names = [
        "Bonifacio Quintanar Robledo",
        "Notaría",
        "Órgano de control",
    ];
    let people = names.map(|_| PersonIdentity::generate());
    let holders = names.into_iter().zip(&people).map(|(name, key)| Holder {
        name: name.to_owned(),
        recipient: key.recipient(),
    });
    house.recovery = Some(Arc::new(
        RecoveryHolders::new(2, holders.collect()).unwrap(),
    ));
    let has_piece = async |case: CaseId, at: usize| {
        let access = house.cases.access(case).await.unwrap().unwrap();
        let newest = access
            .rings
            .iter()
            .find(|ring| ring.recipient == access.recipient);
        let ring = newest.unwrap();
        let piece = Piece::of(
            ring.recovery.as_ref().unwrap(),
            &people[at],
            &places::recovery(case, &ring.recipient),
        );
        piece.is_ok()
    };
    let (case, _) = house.admit(&house.access(), plain()).await;
    assert!(has_piece(case, 0).await && has_piece(case, 1).await);
    let during = house.access_while_suspended(EXECUTIVE);
    during.forget_gone(case).await.unwrap();
    assert!(!has_piece(case, 0).await);
    assert!(has_piece(case, 1).await && has_piece(case, 2).await);
}

#[tokio::test]
async fn a_copy_that_a_request_of_before_gave_is_taken_by_whoever_opens_next() {
    let house = House::new().await;
    let before = house.access();
    let (case, _) = house.admit(&before, plain()).await;
    let during = house.access_while_suspended(EXECUTIVE);
    assert!(during.forget_gone(case).await.unwrap());
    // A request that began before the suspension goes on with the members as they were.
    let keys = before.keys(case, house.key(PRESIDENT)).await.unwrap();
    before.settle(case, &keys).await.unwrap();
    assert!(house.reads_anything(case, house.key(EXECUTIVE)).await);

    for rekeyed in [true, false] {
        let keys = during.keys(case, house.key(PRESIDENT)).await.unwrap();
        let settled = during.settle(case, &keys).await.unwrap();
        assert_eq!(settled.rekeyed, rekeyed);
    }
    assert!(!house.reads_anything(case, house.key(EXECUTIVE)).await);
    assert_eq!(house.opened(&during, case, PRESIDENT).await.unwrap(), 1);
}
