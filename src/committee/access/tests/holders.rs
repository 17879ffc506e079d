//! Holders of the last resort whom a case is about, and those whom it is not.

use super::*;

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
