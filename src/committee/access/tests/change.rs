//! Somebody is kept out, let in again, or is no member any more.

use super::*;

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
