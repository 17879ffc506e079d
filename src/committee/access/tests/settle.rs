//! What is done for others when a member opens a case.

use super::*;

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
async fn whoever_kept_away_from_a_case_keeps_away_in_the_next_membership() {
    let mut house = House::new().await;
    let (case, _) = house.admit(&house.access(), plain()).await;
    let access = house.access();
    let gone = house.id(TECHNICAL);
    let whom = [(gone, Ground::Declared)];
    let declared = access.exclude(case, &whom, Findings::default());
    assert!(declared.await.unwrap());
    let ended = house.members[TECHNICAL].0.clone();
    house.members[TECHNICAL].0.id = MemberId([0x33; 16]);
    house.members[TECHNICAL].1 = PersonIdentity::generate();
    let again = house.id(TECHNICAL);
    let mut access = house.access();
    let mut people = (*access.people).clone();
    people.note_ended(ended);
    access.people = Arc::new(people);
    access.forget_gone(case).await.unwrap();
    let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
    let settled = access.settle(case, &keys).await.unwrap();
    assert_eq!(settled.kept_out, [(again, Ground::Declared)]);
    let circle = access.circle(case).await.unwrap();
    assert_eq!(circle.relation_of(again), Relation::Excluded);
    assert!(!house.reads_anything(case, house.key(TECHNICAL)).await);
}
