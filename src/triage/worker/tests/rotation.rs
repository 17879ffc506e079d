//! The committee's key is changed while cases are kept and envelopes wait: nothing is lost, wherever it is
//! killed.

use std::sync::Arc;

use committee::keyring::Keyring;
use committee::members::{LoginName, MemberRecord, Roster, State, Versioned};
use committee::places;
use committee::rotation::{Needed, Rotated, Rotation, RotationError};
use domain::committee::{MemberId, Seat};
use opening::CommitteeIdentity;
use opening::recovery::RecoveryHolders;
use sealing::TrackingToken;
use store::StoreError;
use store::casefiles::{CaseFiles, DocumentKind};
use store::mailroom::{Deposit, TriageMailroom as _};
use store::records::{RecordId, RecordKind, Records as _};

use super::frail::frail;
use super::{FURTHER, Moment, STORY, count};
use crate::testing::{House, story};
use crate::worker::Round;

const LIST: &str = "# threshold: 2
# holder: Ana Ruiz
age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj
# holder: Luz Paz
age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p
";

const RECORD: RecordId = RecordId([7; 16]);

fn place() -> String {
    places::record(RecordKind::Act.code(), RECORD.0)
}

fn holders() -> RecoveryHolders {
    LIST.parse().unwrap()
}

/// A member of before, who opens nothing.
async fn somebody_who_left(house: &House) -> MemberId {
    let profile = house.profile(Seat::Presidencia, "eduviges");
    let id = profile.id;
    let record = MemberRecord {
        profile,
        login: LoginName::parse("eduviges").unwrap(),
        state: State::Ended { on: house.today() },
    };
    let added = Versioned::add(record, &*house.cases, &house.keyring);
    added.await.unwrap();
    id
}

/// A house with a case, a record, and two envelopes that wait.
async fn house() -> (House, [TrackingToken; 2]) {
    let house = House::new().await;
    let kept = house.file(story(STORY)).await;
    house.worker().round().await.unwrap();
    let sealed = house.keyring.seal_record(&place(), &"Juana", 8 << 10);
    house
        .cases
        .put_record(RecordKind::Act, RECORD, None, &sealed.unwrap())
        .await
        .unwrap();
    let waits = house.file(story(STORY)).await;
    house.write(&kept, FURTHER).await;
    somebody_who_left(&house).await;
    let list = holders();
    let done = house.keyring.confirm_holders(&*house.cases, Some(&list));
    done.await.unwrap();
    (house, [kept, waits])
}

fn rotation(house: &House, keyring: Keyring) -> Rotation {
    Rotation {
        mailroom: house.mailroom.clone(),
        cases: house.cases.clone(),
        keyring: Arc::new(keyring),
    }
}

async fn unsealed(house: &House, identity: &CommitteeIdentity) -> Keyring {
    Keyring::unseal(identity.clone(), &*house.cases)
        .await
        .unwrap()
}

/// Runs it on stores that break at the `n`th call; says whether they did.
async fn killed(house: &House, identity: &CommitteeIdentity, n: u32, moment: Moment) -> bool {
    let stores = frail(house, n, moment);
    let Ok(keyring) = Keyring::unseal(identity.clone(), &*stores.cases).await else {
        return true;
    };
    let rotation = Rotation {
        mailroom: stores.mailroom,
        cases: stores.cases,
        keyring: Arc::new(keyring),
    };
    match rotation.run(&|_| {}).await {
        Ok(_) => false,
        Err(RotationError::Store(StoreError::Unavailable(_))) => true,
        Err(other) => panic!("call {n}, {moment:?}: {other}"),
    }
}

#[tokio::test]
async fn nothing_is_lost_wherever_a_rotation_is_killed() {
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let (mut house, tokens) = house().await;
            let identity = house.identity.rotated().unwrap();
            let was_killed = killed(&house, &identity, n, moment).await;
            let what = format!("call {n}, {moment:?}");

            // Half done, everything opens still; and run again, it goes on.
            let rotation = rotation(&house, unsealed(&house, &identity).await);
            rotation.run(&|_| {}).await.expect(&what);
            assert_eq!(
                rotation.needed().await.unwrap(),
                Needed::default(),
                "{what}"
            );

            // The new key does without the old one, which opens nothing any more.
            let old = Keyring::unseal(house.identity.clone(), &*house.cases).await;
            assert!(old.is_err(), "{what}");
            house.keyring = Arc::new(unsealed(&house, &identity.retired()).await);
            let sealed = house.cases.record(RecordKind::Act, RECORD).await.unwrap();
            let sealed = sealed.unwrap().sealed;
            assert_eq!(sealed.len(), 8 << 10, "{what}");
            let record: String = house.keyring.open_record(&place(), &sealed).unwrap();
            assert_eq!(record, "Juana", "{what}");
            let roster = Roster::load(&*house.cases, &house.keyring).await;
            assert_eq!(roster.expect(&what).all().len(), 1, "{what}");
            let kept = house.keyring.holders();
            assert_eq!(kept.as_deref(), Some(&holders()), "{what}");
            let round = house.worker().round().await.unwrap();
            assert_eq!((round.admitted, round.followed), (1, 1), "{what}");
            let idle = house.worker().round().await.unwrap();
            assert_eq!(idle, Round::default(), "{what}");
            assert_eq!(house.register().await.len(), 2, "{what}");
            for token in &tokens {
                assert!(house.mailbox(token).await.len() > 1, "{what}");
            }
            if !was_killed {
                assert!(n >= 10, "only {n} calls were put to the test");
                break;
            }
        }
    }
}

#[tokio::test]
async fn what_is_done_is_counted_and_done_once() {
    let (house, _) = house().await;
    let identity = house.identity.rotated().unwrap();
    let rotation = rotation(&house, unsealed(&house, &identity).await);
    let needed = Needed {
        // The secret, the record, the member, and of the case the service record, the wrap, the course
        // and what it is compared by.
        kept: 7,
        waiting: 2,
        quarantined: 0,
    };
    assert_eq!(rotation.needed().await.unwrap(), needed);
    let done = Rotated {
        kept: 7,
        envelopes: 2,
        ..Rotated::default()
    };
    assert_eq!(rotation.run(&|_| {}).await.unwrap(), done);
    assert_eq!(rotation.run(&|_| {}).await.unwrap(), Rotated::default());
}

#[tokio::test]
async fn what_opens_under_no_key_stays_as_it_is_and_is_told_of() {
    let (mut house, _) = house().await;
    let identity = house.identity.rotated().unwrap();
    let rotation = rotation(&house, unsealed(&house, &identity).await);
    // Set aside under the old key; damaged, and waiting; and a record that was made up.
    house.set_all_aside().await;
    let aside = house.mailroom.quarantined().await.unwrap();
    let waits = TrackingToken::draw(&house.rng).unwrap();
    let mut damaged = house.seal(
        &waits,
        sealing::Content::from(
            domain::complaint::MessageText::parse(FURTHER.to_owned().into()).unwrap(),
        ),
        &house.recipients,
    );
    damaged.bytes[300] ^= 1;
    house
        .deposit(Deposit {
            envelope: damaged.clone(),
            first_entry: None,
            leaf: None,
        })
        .await;
    let made_up = RecordId([8; 16]);
    house
        .cases
        .put_record(RecordKind::Act, made_up, None, &[1; 1024])
        .await
        .unwrap();

    let done = rotation.run(&|_| {}).await.unwrap();
    let expected = Rotated {
        kept: 7,
        damaged: 1,
        envelopes: 0,
        left: 1,
        quarantined: 2,
    };
    assert_eq!(done, expected);
    assert_eq!(house.mailroom.quarantined().await.unwrap(), aside);
    let record = house.cases.record(RecordKind::Act, made_up).await.unwrap();
    assert_eq!(record.unwrap().sealed, [1; 1024]);
    let waiting = house
        .mailroom
        .waiting(damaged.key_id, None, 9)
        .await
        .unwrap();
    assert_eq!(waiting, [store::mailroom::WaitingEnvelope::Sound(damaged)]);
    // The old key is needed for what is set aside and for what waits; not for what nothing opens.
    let needed = Needed {
        kept: 0,
        waiting: 1,
        quarantined: 2,
    };
    assert_eq!(rotation.needed().await.unwrap(), needed);
    house.keyring = Arc::new(unsealed(&house, &identity.retired()).await);
    let case = house.register().await[0].id;
    assert_eq!(count(&house, case, DocumentKind::Complaint).await, 1);
}

#[tokio::test]
async fn a_member_is_as_before_or_as_after_wherever_a_change_is_killed() {
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let house = House::new().await;
            let id = somebody_who_left(&house).await;
            let what = format!("call {n}, {moment:?}");
            let stores = frail(&house, n, moment);
            let change = async |cases: &dyn CaseFiles| {
                let found = Versioned::load(id, cases, &house.keyring).await;
                let Ok(Some(member)) = found else {
                    return false;
                };
                let mut changed = member.record.clone();
                changed.login = LoginName::parse("luz").unwrap();
                member.replace(changed, cases, &house.keyring).await.is_ok()
            };
            let done = change(&*stores.cases).await;
            for keyring in [&*house.keyring, &unsealed(&house, &house.identity).await] {
                let roster = Roster::load(&*house.cases, keyring).await.expect(&what);
                let login = &roster.of(id).expect(&what).record.login;
                assert!(login.as_str() == "luz" || !done, "{what}");
            }
            assert!(change(&*house.cases).await, "{what}: it can be done again");
            if done {
                assert!(n >= 4, "only {n} calls were put to the test");
                break;
            }
        }
    }
}
