//! Nobody completes an act alone, whoever is kept out of a case sees no act of it, and of fifty who
//! agree at once one counts.

use std::sync::Arc;

use domain::case::Folio;
use domain::committee::{
    Act, Actor, MemberId, MemberProfile, PersonName, Relation, Seat, Standing, Term, Unit,
};
use domain::complaint::{NamePart, SecretText};
use futures_util::future::join_all;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use opening::CommitteeIdentity;
use proptest::prelude::*;
use ring::rand::SystemRandom;
use store::casefiles::CaseId;
use store::records::{RecordId, RecordKind, Records as _};
use store_sqlite::SqliteCaseFiles;
use tempfile::TempDir;

use super::*;
use crate::keyring::Keyring;
use crate::members::InvitationCode;

const START: Timestamp = Timestamp::constant(1_772_600_000, 0);
const DAY: Date = Date::constant(2026, 3, 4);

fn id(n: u8) -> MemberId {
    MemberId([n; 16])
}

fn actor(n: u8, seat: Seat) -> Actor {
    let part = |text: &str| NamePart::parse(SecretText::from(text.to_owned())).unwrap();
    let profile = |n, seat| MemberProfile {
        id: id(n),
        name: PersonName::new(part("Inés"), part("Robles"), None).unwrap(),
        seat,
        standing: Standing::Titular,
        unit: Unit::default(),
        term: Term {
            from: DAY,
            until: None,
        },
        agreement_on: Some(DAY),
        suspended_from: None,
        edition: 0,
    };
    let (own, other) = (profile(n, seat), profile(200, Seat::SecretariaTecnica));
    Actor::of(&own, &[own.clone(), other], DAY)
}

fn reason() -> Reason {
    Reason::parse(SecretText::from("Lo pide la autoridad.".to_owned())).unwrap()
}

fn case() -> CaseRef {
    CaseRef::new(CaseId([7; 16]), Folio::new(2026, 7).unwrap())
}

fn on_case(n: u8) -> Asked {
    let case = case();
    let member = id(3);
    match n % 6 {
        4 => Asked::Recuse { case, member },
        5 => Asked::LiftRecusal { case, member },
        0 => Asked::UnmaskIdentity { case },
        1 => Asked::ExportCase { case },
        2 => Asked::DeleteCase { case },
        _ => Asked::RotateCase {
            case,
            without: id(3),
        },
    }
}

fn who(actor: &Actor, relation: Relation) -> Who<'_> {
    Who {
        actor,
        relation: Some(relation),
    }
}

fn asked(what: Asked, by: &Actor) -> PendingAct {
    let act = ActId([1; 16]);
    PendingAct::ask(act, what, who(by, Relation::Entitled), reason(), START).unwrap()
}

fn later(hours: i64) -> Timestamp {
    START + SignedDuration::from_hours(hours)
}

#[test]
fn two_members_open_a_window_that_closes_by_itself() {
    let (asker, other) = (actor(1, Seat::Presidencia), actor(2, Seat::Electa));
    let asker = who(&asker, Relation::Entitled);
    let act = asked(Asked::UnmaskIdentity { case: case() }, asker.actor);
    let opens = |act: &PendingAct, member, hours| {
        act.opens(Act::UnmaskIdentity, case().id(), member, later(hours))
    };
    assert_eq!(opens(&act, id(1), 0), None);
    let agreed = act
        .approve(who(&other, Relation::Entitled), Some(asker), later(1))
        .unwrap();
    assert_eq!(opens(&agreed, id(1), 24), Some(later(25)));
    assert_eq!(opens(&agreed, id(2), 24), Some(later(25)));
    assert_eq!(opens(&agreed, id(3), 24), None, "nobody else");
    assert_eq!(opens(&agreed, id(1), 25), None, "it is over");
    let on_other = agreed.opens(Act::UnmaskIdentity, CaseId([8; 16]), id(1), later(2));
    assert_eq!(on_other, None, "no other case");
    let other_act = agreed.opens(Act::ExportCase, case().id(), id(1), later(2));
    assert_eq!(other_act, None, "no other act");
}

#[test]
fn nobody_agrees_twice_too_late_or_to_what_is_taken_back() {
    let (asker, other) = (actor(1, Seat::Presidencia), actor(2, Seat::Electa));
    let (asker, other) = (
        who(&asker, Relation::Entitled),
        who(&other, Relation::Entitled),
    );
    let act = asked(Asked::DeleteCase { case: case() }, asker.actor);
    let agreed = act.approve(other, Some(asker), later(1)).unwrap();
    let again = agreed.approve(other, Some(asker), later(1));
    assert_eq!(again.unwrap_err(), ActError::Closed);
    // Nor is it carried out when the record of it comes back long after.
    assert!(agreed.is_left_unfinished(later(24)));
    assert!(!agreed.is_left_unfinished(later(25)));
    assert_eq!(agreed.stage(later(25)), Stage::Over);
    let week = 7 * 24;
    assert!(act.approve(other, Some(asker), later(week - 1)).is_ok());
    let late = act.approve(other, Some(asker), later(week));
    assert_eq!(late.unwrap_err(), ActError::Closed);
    assert_eq!(act.stage(later(week)), Stage::Expired);
    let back = act.withdraw(asker, later(1)).unwrap();
    let gone = back.approve(other, Some(asker), later(1));
    assert_eq!(gone.unwrap_err(), ActError::Closed);
    let not_own = act.withdraw(other, later(1));
    assert_eq!(not_own.unwrap_err(), ActError::Refused);
    let refused = act.refuse(other, &[asker, other], later(1)).unwrap();
    assert_eq!(refused.stage(later(2)), Stage::Refused);
}

#[test]
fn one_who_does_not_agree_stops_nothing_that_another_agrees_to() {
    let (asker, third) = (actor(1, Seat::Presidencia), actor(3, Seat::Electa));
    let accomplice = actor(2, Seat::Electa);
    let [asker, accomplice, third] =
        [&asker, &accomplice, &third].map(|one| who(one, Relation::Entitled));
    let all = [asker, accomplice, third];
    let act = asked(Asked::DeleteCase { case: case() }, asker.actor);
    let refused = act.refuse(accomplice, &all, later(1)).unwrap();
    assert_eq!(refused.stage(later(2)), Stage::Waiting);
    for again in [
        refused.refuse(accomplice, &all, later(2)),
        refused.approve(accomplice, Some(asker), later(2)),
    ] {
        assert_eq!(again.unwrap_err(), ActError::Closed, "it has answered");
    }
    assert!(refused.approve(third, Some(asker), later(2)).is_ok());
    let by_both = refused.refuse(third, &all, later(2)).unwrap();
    assert_eq!(by_both.stage(later(2)), Stage::Refused);
    // Whoever may not agree is not waited for.
    let outside = who(third.actor, Relation::Outside);
    let alone = act.refuse(accomplice, &[asker, accomplice, outside], later(1));
    assert_eq!(alone.unwrap().stage(later(1)), Stage::Refused);
}

#[test]
fn whoever_was_kept_out_since_has_asked_for_nothing() {
    let (asker, other) = (actor(1, Seat::Presidencia), actor(2, Seat::Electa));
    let act = asked(Asked::DeleteCase { case: case() }, &asker);
    let other = who(&other, Relation::Entitled);
    for now in [
        Some(who(&asker, Relation::Excluded)),
        Some(who(&asker, Relation::Outside)),
        None,
        // Not whoever asked.
        Some(other),
    ] {
        let lapsed = act.approve(other, now, later(1));
        assert_eq!(lapsed.unwrap_err(), ActError::Lapsed, "{now:?}");
    }
    assert!(act.lapse(later(1)).is_some());
}

#[test]
fn a_case_that_is_no_more_leaves_its_act_to_the_two_alone() {
    let (asker, other) = (actor(1, Seat::Presidencia), actor(2, Seat::Electa));
    let act = asked(Asked::DeleteCase { case: case() }, &asker);
    let approved = act
        .approve(
            who(&other, Relation::Entitled),
            Some(who(&asker, Relation::Entitled)),
            later(1),
        )
        .unwrap();
    let gone = approved.done().unwrap();
    let third = actor(4, Seat::SecretariaEjecutiva);
    for (member, seen) in [(&asker, true), (&other, true), (&third, false)] {
        let who = Who {
            actor: member,
            relation: None,
        };
        assert_eq!(gone.is_seen_by(who), seen);
    }
}

#[test]
fn whoever_a_conflict_is_pointed_out_of_sees_nothing_of_it_and_another_decides() {
    let (asker, meant) = (actor(1, Seat::Electa), actor(3, Seat::Presidencia));
    let (other, third) = (actor(2, Seat::Electa), actor(4, Seat::Consejera));
    let what = Asked::Recuse {
        case: case(),
        member: id(3),
    };
    // Whoever only knows that there is such a case may point out as well.
    let outside = who(&asker, Relation::Outside);
    let ask = |who| PendingAct::ask(ActId([1; 16]), what.clone(), who, reason(), START);
    let act = ask(outside).unwrap();
    let own = ask(who(&meant, Relation::Entitled));
    assert_eq!(
        own.unwrap_err(),
        ActError::Refused,
        "about oneself: declare"
    );

    let meant = who(&meant, Relation::Entitled);
    assert!(!act.is_seen_by(meant));
    for answer in [
        act.approve(meant, Some(outside), later(1)),
        act.refuse(meant, &[], later(1)),
        act.withdraw(meant, later(1)),
    ] {
        assert_eq!(answer.unwrap_err(), ActError::Hidden);
    }
    let own = act.approve(who(&asker, Relation::Entitled), Some(outside), later(1));
    assert_eq!(own.unwrap_err(), ActError::Refused);
    let third = who(&third, Relation::Entitled);
    assert!(
        act.approve(third, Some(outside), later(1)).is_err(),
        "no vote"
    );
    let other = who(&other, Relation::Entitled);
    assert!(act.is_seen_by(other));
    let agreed = act.approve(other, Some(outside), later(1)).unwrap();
    assert_eq!(agreed.stage(later(1)), Stage::Unfinished);
    assert!(!agreed.is_seen_by(meant));
}

#[test]
fn only_whoever_knows_who_is_kept_out_asks_to_let_them_in() {
    let asker = actor(1, Seat::Electa);
    let what = Asked::LiftRecusal {
        case: case(),
        member: id(3),
    };
    let ask = |relation| {
        let act = ActId([1; 16]);
        PendingAct::ask(act, what.clone(), who(&asker, relation), reason(), START)
    };
    assert!(ask(Relation::Entitled).is_ok());
    assert_eq!(ask(Relation::Outside).unwrap_err(), ActError::Refused);
    assert_eq!(ask(Relation::Excluded).unwrap_err(), ActError::Hidden);
    let recuse = Asked::Recuse {
        case: case(),
        member: id(3),
    };
    assert!(!what.is_same_as(&recuse));
}

#[derive(Debug, Clone)]
enum Step {
    Approve,
    Refuse,
    Withdraw,
    Done,
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Approve),
        Just(Step::Refuse),
        Just(Step::Withdraw),
        Just(Step::Done),
        (0_i64..40).prop_map(Step::Wait),
    ]
}

fn seat() -> impl Strategy<Value = Seat> {
    prop::sample::select(Seat::ALL)
}

fn relation() -> impl Strategy<Value = Option<Relation>> {
    prop::option::of(prop::sample::select(Relation::ALL))
}

fn what() -> impl Strategy<Value = Asked> {
    prop_oneof![
        (0_u8..6).prop_map(on_case),
        Just(Asked::EndMembership { member: id(3) }),
        Just(Asked::ReadmitMember {
            member: id(3),
            link: InvitationCode::draw(&SystemRandom::new()).unwrap().hash(),
        }),
    ]
}

proptest! {
    #[test]
    fn one_member_completes_nothing_whatever_they_do(
        what in what(),
        seat in seat(),
        steps in prop::collection::vec((step(), relation()), 0..30),
    ) {
        let member = actor(1, seat);
        let mut now = START;
        let first = Who {
            actor: &member,
            relation: what.case().map(|_| Relation::Entitled),
        };
        let Ok(mut act) = PendingAct::ask(ActId([1; 16]), what, first, reason(), now) else {
            return Ok(());
        };
        for (step, relation) in steps {
            let who = Who { actor: &member, relation };
            let next = match step {
                Step::Approve => act.approve(who, Some(who), now).ok(),
                Step::Refuse => act.refuse(who, &[], now).ok(),
                Step::Withdraw => act.withdraw(who, now).ok(),
                Step::Done => act.done(),
                Step::Wait(hours) => {
                    now += SignedDuration::from_hours(hours);
                    act.lapse(now)
                }
            };
            act = next.unwrap_or(act);
            prop_assert!(act.second_person().is_none());
            let alone = matches!(
                act.state,
                State::Waiting | State::Withdrawn { .. } | State::Expired { .. }
            );
            prop_assert!(alone);
            let open = act.opens(act.what.act(), case().id(), member.id, now);
            prop_assert_eq!(open, None);
        }
    }

    #[test]
    fn whoever_agrees_is_another_with_a_vote_whom_the_case_concerns(
        what in what(),
        seats in (seat(), seat()),
        second in 1_u8..4,
        relation in relation(),
    ) {
        let (asker, other) = (actor(1, seats.0), actor(second, seats.1));
        let concerned = what.case().map(|_| Relation::Entitled);
        let first = Who { actor: &asker, relation: concerned };
        let Ok(act) = PendingAct::ask(ActId([1; 16]), what, first, reason(), START) else {
            return Ok(());
        };
        let relation = act.what.case().and(relation);
        let who = Who { actor: &other, relation };
        let answer = act.approve(who, Some(first), later(1));
        if relation == Some(Relation::Excluded) {
            prop_assert!(!act.is_seen_by(who));
            prop_assert_eq!(answer.as_ref().unwrap_err(), &ActError::Hidden);
            prop_assert_eq!(act.withdraw(who, later(1)).unwrap_err(), ActError::Hidden);
        }
        if let Ok(act) = answer {
            prop_assert_ne!(second, 1);
            prop_assert_ne!(act.what.about(), Some(other.id));
            prop_assert!(other.seat.votes());
            prop_assert_eq!(relation, concerned);
        }
    }
}

struct Files {
    cases: Arc<SqliteCaseFiles>,
    keyring: Keyring,
    _folder: TempDir,
}

async fn files() -> Files {
    let folder = TempDir::new().unwrap();
    let address = format!("sqlite://{}", folder.path().join("cases.db").display());
    let cases = Arc::new(SqliteCaseFiles::open(&address).await.unwrap());
    let keyring = Keyring::unseal(CommitteeIdentity::generate(), &*cases)
        .await
        .unwrap();
    Files {
        cases,
        keyring,
        _folder: folder,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_who_agree_at_once_one_counts() {
    let Files {
        cases,
        keyring,
        _folder,
    } = files().await;
    let book = Book::new(&*cases, &keyring);
    let asker = actor(1, Seat::Presidencia);
    let asker = who(&asker, Relation::Entitled);
    let act = asked(Asked::DeleteCase { case: case() }, asker.actor);
    let kept = book.add(act).await.unwrap();
    let id = kept.act.id;
    let others: Vec<Actor> = (10..60).map(|n| actor(n, Seat::Electa)).collect();
    let yes = others.iter().map(|other| {
        let other = who(other, Relation::Entitled);
        book.step(id, move |act| act.approve(other, Some(asker), later(1)))
    });
    let answers = join_all(yes).await;
    let agreed: Vec<&Kept> = answers.iter().filter_map(|one| one.as_ref().ok()).collect();
    assert_eq!(agreed.len(), 1);
    let winner = agreed[0].act.second_person();
    for answer in &answers {
        if let Err(error) = answer {
            assert!(matches!(error, BookError::Act(ActError::Closed)), "{error}");
        }
    }
    let left = book.find(id).await.unwrap().unwrap();
    assert_eq!(left.act.second_person(), winner);
}

#[tokio::test]
async fn what_is_under_way_is_not_asked_for_twice_and_lies_sealed_in_its_own_row() {
    let Files {
        cases,
        keyring,
        _folder,
    } = files().await;
    let book = Book::new(&*cases, &keyring);
    let asker = actor(1, Seat::Presidencia);
    let asker = who(&asker, Relation::Entitled);
    let draft = |n| book.draft(on_case(n), asker, reason(), START);
    let Draft::New(first) = draft(0).await.unwrap() else {
        panic!("nothing was asked for")
    };
    let first = book.add(*first).await.unwrap();
    let Draft::Before(again) = draft(0).await.unwrap() else {
        panic!("it was asked for")
    };
    assert_eq!(again.act.id, first.act.id);
    let Draft::New(other) = draft(1).await.unwrap() else {
        panic!("that was not asked for")
    };
    let other = book.add(*other).await.unwrap();
    assert_ne!(other.act.id, first.act.id);
    assert_eq!(book.readable().await.unwrap().records.len(), 2);
    assert!(book.forget(&first).await.unwrap());

    // Whoever can write to the database puts one act's bytes in another's row.
    let moved = RecordId(first.act.id.0);
    let row = cases
        .record(RecordKind::Act, RecordId(other.act.id.0))
        .await
        .unwrap()
        .unwrap();
    cases
        .put_record(RecordKind::Act, moved, None, &row.sealed)
        .await
        .unwrap();
    assert!(book.find(first.act.id).await.is_err());
}
