//! What somebody put into the database is not believed.

use super::*;

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
