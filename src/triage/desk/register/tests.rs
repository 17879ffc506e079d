use committee::keyring::Keyring;
use domain::case::Folio;
use domain::committee::Seat;

use super::*;
use crate::testing::{House, story};

const PASSPHRASE: &str = "cuatro palabras de demostración";

async fn now(register: &Register, house: &House) -> Snapshot {
    register
        .now(&*house.cases, &house.keyring)
        .await
        .expect("the store answers")
}

fn folios(snapshot: &Snapshot) -> Vec<Folio> {
    let mut folios: Vec<Folio> = snapshot.cases().map(|case| case.entry.folio).collect();
    folios.sort_unstable();
    folios
}

#[tokio::test]
async fn only_what_changed_is_read_again_whoever_wrote_it() {
    let house = House::new().await;
    house
        .member(Seat::Presidencia, "presidencia", PASSPHRASE)
        .await;
    let register = Register::default();
    assert_eq!(folios(&now(&register, &house).await), []);
    let mut all = Vec::new();
    let token = house.file(story("Piden dinero por cada guardia.")).await;
    house.worker().round().await.unwrap();
    all.push(house.register().await[0].folio);
    for _ in 0..5 {
        all.push(
            house
                .case(story("El jefe grita cada día en la oficina."))
                .await,
        );
    }
    all.sort_unstable();
    let before = now(&register, &house).await;
    assert_eq!(folios(&before), all);

    let again = now(&register, &house).await;
    for case in before.cases() {
        let same = again.case(case.entry.id).unwrap();
        assert!(Arc::ptr_eq(case, same), "nothing was read again");
    }

    house.write(&token, "Hoy volvió a pasar.").await;
    house.worker().round().await.unwrap();
    let after = now(&register, &house).await;
    let written = before.cases().find(|case| {
        let now = after.case(case.entry.id).unwrap();
        now.entry.messages != case.entry.messages
    });
    let written = Shelf::of(written.expect("the message is counted").entry.id);
    for case in before.cases() {
        let is_same = Arc::ptr_eq(case, after.case(case.entry.id).unwrap());
        assert_eq!(is_same, Shelf::of(case.entry.id) != written);
    }
}

#[tokio::test]
async fn cases_that_the_same_members_may_open_share_one_circle() {
    let house = House::new().await;
    house
        .member(Seat::Presidencia, "presidencia", PASSPHRASE)
        .await;
    for _ in 0..4 {
        house.case(story("Piden dinero por cada guardia.")).await;
    }
    let register = Register::default();
    let snapshot = now(&register, &house).await;
    let mut circles = snapshot.cases().map(|case| case.circle.as_ref().unwrap());
    let first = circles.next().unwrap();
    assert!(circles.all(|circle| Arc::ptr_eq(circle, first)));
    let kept = register.kept.lock().await;
    assert_eq!(kept.as_ref().unwrap().circles.len(), 1);
}

#[tokio::test]
async fn with_another_keyring_everything_is_opened_anew() {
    let house = House::new().await;
    house
        .member(Seat::Presidencia, "presidencia", PASSPHRASE)
        .await;
    house.case(story("Piden dinero por cada guardia.")).await;
    let register = Register::default();
    let before = now(&register, &house).await;
    let other = Keyring::unseal(house.identity.clone(), &*house.cases).await;
    let after = register.now(&*house.cases, &Arc::new(other.unwrap())).await;
    let (before, after) = (before.cases().next(), after.unwrap());
    assert!(!Arc::ptr_eq(before.unwrap(), after.cases().next().unwrap()));

    register.forget().await;
    assert!(register.kept.lock().await.is_none());
}
