//! What is known of a member is changed, and the cases are looked through again.

use super::*;
use crate::access::Settled;
use crate::circle::Basis;
use crate::members::{Amendment, Details};

/// The name that somebody takes.
const TAKEN: [&str; 3] = ["Bonifacio", "Salinas", "Mota"];

impl House {
    /// The same house, after a member was changed.
    fn amend(&mut self, at: usize, change: impl FnOnce(&mut MemberProfile)) {
        let profile = &mut self.members[at].0;
        change(profile);
        profile.edition += 1;
    }

    fn rename(&mut self, at: usize, name: [&str; 3]) {
        self.amend(at, |known| {
            known.name = profile(1, name, Seat::Electa, Standing::Titular).name;
        });
    }

    async fn settle(&self, case: CaseId, at: usize) -> Settled {
        let access = self.access();
        let keys = access.keys(case, self.key(at)).await.unwrap();
        access.settle(case, &keys).await.unwrap()
    }
}

#[tokio::test]
async fn whoever_has_another_name_is_looked_for_under_it_and_loses_the_key() {
    let mut house = House::new().await;
    let (about_them, _) = house
        .admit(&house.access(), about("Bonifacio Salinas Mota"))
        .await;
    let (other, _) = house.admit(&house.access(), plain()).await;
    house.write(about_them, "Hay más.").await;
    house.rename(EXECUTIVE, TAKEN);
    let executive = house.id(EXECUTIVE);

    let settled = house.settle(about_them, PRESIDENT).await;
    assert!(settled.rekeyed);
    assert_eq!(settled.kept_out, [(executive, Ground::Denounced)]);
    // What whoever opened it has to have now seals the older documents to the new key.
    assert!(!house.settle(about_them, PRESIDENT).await.rekeyed);
    assert!(!house.reads_anything(about_them, house.key(EXECUTIVE)).await);
    let access = house.access();
    for at in [PRESIDENT, TECHNICAL, DEPUTY] {
        assert_eq!(
            house.opened(&access, about_them, at).await.unwrap(),
            2,
            "{at}"
        );
    }
    assert_eq!(
        house.settle(about_them, PRESIDENT).await,
        Settled::default()
    );

    let settled = house.settle(other, PRESIDENT).await;
    assert!(settled.changed && !settled.rekeyed && settled.kept_out.is_empty());
    assert_eq!(house.opened(&access, other, EXECUTIVE).await.unwrap(), 1);
    assert_eq!(
        house.settle(other, PRESIDENT).await,
        Settled::default(),
        "once"
    );
}

#[tokio::test]
async fn whoever_opens_a_case_that_is_about_them_by_now_keeps_themselves_out() {
    let mut house = House::new().await;
    let (case, _) = house
        .admit(&house.access(), about("Bonifacio Salinas Mota"))
        .await;
    house.rename(EXECUTIVE, TAKEN);
    assert!(house.settle(case, EXECUTIVE).await.rekeyed);
    let circle = house.access().circle(case).await.unwrap();
    assert_eq!(circle.relation_of(house.id(EXECUTIVE)), Relation::Excluded);
    house.settle(case, PRESIDENT).await;
    assert!(!house.reads_anything(case, house.key(EXECUTIVE)).await);
}

#[tokio::test]
async fn another_name_gives_nothing_back() {
    let mut house = House::new().await;
    let access = house.access();
    let (denounced, _) = house
        .admit(&access, about("Bonifacio Quintanar Robledo"))
        .await;
    let (withdrawn, _) = house.admit(&access, plain()).await;
    access
        .withdraw(withdrawn, house.id(EXECUTIVE))
        .await
        .unwrap();
    house.rename(EXECUTIVE, TAKEN);
    for (case, relation) in [
        (denounced, Relation::Excluded),
        (withdrawn, Relation::Outside),
    ] {
        house.settle(case, PRESIDENT).await;
        let circle = house.access().circle(case).await.unwrap();
        assert_eq!(circle.relation_of(house.id(EXECUTIVE)), relation);
        assert!(!house.reads_anything(case, house.key(EXECUTIVE)).await);
    }
}

#[tokio::test]
async fn another_unit_keeps_out_who_had_the_case_shared() {
    let mut house = House::new().await;
    let mut complaint = plain();
    complaint["workplace"] = json!({ "ooad": "jalisco", "place": "HGZ 14" });
    let (case, _) = house.admit(&house.access(), complaint).await;
    let elected = house.id(ELECTED);
    let access = house.access();
    let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
    assert!(access.share(case, &keys, elected).await.unwrap());
    assert_eq!(house.opened(&access, case, ELECTED).await.unwrap(), 1);
    house.amend(ELECTED, |profile| {
        profile.unit =
            serde_json::from_value(json!({ "ooad": "jalisco", "place": "HGZ 14" })).unwrap();
    });
    let settled = house.settle(case, PRESIDENT).await;
    assert_eq!(settled.kept_out, [(elected, Ground::Unit)]);
    house.settle(case, PRESIDENT).await;
    assert!(!house.reads_anything(case, house.key(ELECTED)).await);
    // Back in the unit of before.
    house.amend(ELECTED, |profile| profile.unit = Unit::default());
    house.settle(case, PRESIDENT).await;
    let circle = house.access().circle(case).await.unwrap();
    assert_eq!(circle.relation_of(elected), Relation::Excluded);
}

#[tokio::test]
async fn a_seat_that_gives_no_case_leaves_what_was_shared_and_nothing_else() {
    let mut house = House::new().await;
    let (case, _) = house.admit(&house.access(), plain()).await;
    house.amend(TECHNICAL, |profile| profile.seat = Seat::Invitada);
    let settled = house.settle(case, PRESIDENT).await;
    assert!(settled.rekeyed);
    assert_eq!(settled.unseated, [house.id(TECHNICAL)]);
    house.settle(case, PRESIDENT).await;
    assert!(!house.reads_anything(case, house.key(TECHNICAL)).await);
    let access = house.access();
    let keys = access.keys(case, house.key(PRESIDENT)).await.unwrap();
    assert!(
        access
            .share(case, &keys, house.id(TECHNICAL))
            .await
            .unwrap()
    );
    house.amend(TECHNICAL, |profile| profile.seat = Seat::Asesora);
    assert!(!house.settle(case, PRESIDENT).await.rekeyed);
    let circle = house.access().circle(case).await.unwrap();
    let found = circle
        .entitled()
        .iter()
        .find(|one| one.member == house.id(TECHNICAL));
    assert_eq!(found.unwrap().by, Basis::Shared);
}

#[tokio::test]
async fn the_only_one_who_can_open_a_case_does_not_lose_it_and_does_not_see_it() {
    let mut house = House::new().await;
    let only = house.access_of(|at| at == EXECUTIVE);
    let (case, _) = house.admit(&only, about("Bonifacio Salinas Mota")).await;
    house.rename(EXECUTIVE, TAKEN);
    let only = house.access_of(|at| at == EXECUTIVE);
    let keys = only.keys(case, house.key(EXECUTIVE)).await.unwrap();
    let refused = only.settle(case, &keys).await;
    assert!(matches!(refused, Err(AccessError::NobodyLeft)));
}

#[test]
fn an_amendment_is_made_of_what_it_was_asked_for_and_of_nothing_else() {
    use crate::members::record::{MemberRecord, State};
    let known = profile(1, ["Ana", "Ruiz", "Sol"], Seat::Electa, Standing::Titular);
    let record = |profile| MemberRecord {
        profile,
        login: crate::members::LoginName::parse("ana").unwrap(),
        state: State::Ended { on: TODAY },
    };
    let was = Details::of(&known);
    let term = Term {
        from: TODAY,
        until: Some(TODAY),
    };
    let renewal = Amendment {
        becomes: Details {
            term,
            ..was.clone()
        },
        was: was.clone(),
    };
    let renewed = renewal.apply(&record(known.clone())).unwrap().profile;
    assert_eq!(
        (renewed.term, renewed.edition),
        (term, 0),
        "found by the same"
    );
    let moved = Amendment {
        becomes: Details {
            seat: Seat::Invitada,
            ..was.clone()
        },
        was,
    };
    let mut suspended = known;
    suspended.suspended_from = Some(TODAY);
    let after = moved.apply(&record(suspended)).unwrap().profile;
    assert_eq!((after.seat, after.edition), (Seat::Invitada, 1));
    assert_eq!(after.suspended_from, Some(TODAY), "which is another matter");
    assert!(moved.apply(&record(renewed)).is_none(), "not as it was");
}
