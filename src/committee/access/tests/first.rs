//! Who opens a case when it is written, or when the first members come.

use super::*;

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
