//! An envelope that cannot be opened is set aside with its reason and never blocks the others; one
//! for another key waits untouched.

use std::collections::BTreeMap;

use domain::complaint::{Complaint, ComplaintDraft, SecretText};
use jiff::civil::date;
use journeys::{Engine, House, until};
use opening::CommitteeIdentity;
use ring::rand::SystemRandom;
use sealing::{
    Content, EnvelopeId, FillerKey, Letter, Recipients, SIZE_CLASSES, SealedEnvelope,
    TrackingToken, frame, seal,
};
use store::mailroom::{Deposit, IntakeMailroom as _, TriageMailroom as _, WaitingEnvelope};
use store_sqlite::SqliteMailroom;

fn envelope(recipients: &Recipients) -> SealedEnvelope {
    let rng = SystemRandom::new();
    let token = TrackingToken::draw(&rng).expect("randomness");
    let draft = ComplaintDraft {
        narrative: Some(SecretText::from(
            "Una historia puesta aquí por la prueba.".to_owned(),
        )),
        ..ComplaintDraft::default()
    };
    let letter = Letter {
        envelope_id: EnvelopeId::draw(&rng).expect("randomness"),
        lookup_id: token.lookup_id(),
        mailbox_key: token.mailbox_key(),
        received_on: date(2026, 3, 4),
        filler_key: FillerKey::draw(&rng).expect("randomness"),
        content: Content::complaint(Complaint::parse(draft).expect("a complaint")),
    };
    seal(&letter, recipients).expect("it fits")
}

/// A good envelope with one thing wrong, and what that is called.
fn hostile(recipients: &Recipients) -> Vec<(SealedEnvelope, &'static str)> {
    let with = |change: &dyn Fn(&mut SealedEnvelope)| {
        let mut envelope = envelope(recipients);
        change(&mut envelope);
        envelope
    };
    let newer = {
        let filler = FillerKey::draw(&SystemRandom::new()).expect("randomness");
        let class = SIZE_CLASSES[0];
        let mut plaintext = vec![0; class.plaintext(recipients.count())];
        plaintext[0] = 9;
        let bytes = frame(&plaintext, class, &filler, recipients).expect("it fits");
        SealedEnvelope {
            bytes,
            ..envelope(recipients)
        }
    };
    // Says that it is ours, and is not.
    let misaddressed = SealedEnvelope {
        key_id: recipients.key_id(),
        ..envelope(CommitteeIdentity::generate().recipients())
    };
    vec![
        (with(&|e| e.bytes[0] = 0xff), "frame"),
        (with(&|e| e.bytes[10] ^= 1), "damaged"),
        (misaddressed, "wrong_key"),
        (
            with(&|e| *e.bytes.last_mut().expect("bytes") ^= 1),
            "filler",
        ),
        (with(&|e| e.received_on = date(2026, 3, 5)), "moved"),
        (newer, "letter"),
    ]
}

#[tokio::test]
async fn what_cannot_be_opened_is_set_aside_with_its_reason_and_the_others_go_on() {
    let mut house = House::build(Engine::Sqlite);
    house.start_intake().await;
    let recipients = house.identity().recipients().clone();
    let mailroom = SqliteMailroom::open(house.mailroom())
        .await
        .expect("the mailroom opens");

    let person = house.person();
    let mut tokens = vec![
        person
            .tell("La primera, antes de las dañadas, y está bien.")
            .await,
    ];
    let hostile = hostile(&recipients);
    let deposits: Vec<_> = hostile
        .iter()
        .map(|(envelope, _)| Deposit {
            envelope: envelope.clone(),
            first_entry: None,
            leaf: None,
        })
        .collect();
    mailroom
        .deposit(&deposits)
        .await
        .expect("the store takes any bytes");
    for n in 0..10 {
        tokens.push(
            person
                .tell(&format!("Una más, la número {n}, y está bien."))
                .await,
        );
    }

    house.start_triage().await;
    for filed in &tokens {
        person.wait_for_folio(&filed.tracking_token).await;
    }
    let expected: BTreeMap<EnvelopeId, (&[u8], &str)> = hostile
        .iter()
        .map(|(envelope, reason)| (envelope.id, (envelope.bytes.as_slice(), *reason)))
        .collect();
    let aside = until("the bad ones to be set aside", async || {
        let aside = mailroom.quarantined().await.expect("the mailroom answers");
        (aside.len() >= expected.len()).then_some(aside)
    })
    .await;
    assert_eq!(aside.len(), expected.len());
    for quarantined in &aside {
        let (bytes, reason) = expected[&quarantined.id];
        assert_eq!(quarantined.reason, reason);
        assert_eq!(quarantined.sealed, bytes, "{reason}: kept to the byte");
    }
    assert_eq!(house.export_json().len(), tokens.len());

    let backlog = until("the mailroom to be worked off", async || {
        let backlog = mailroom
            .backlog(house.identity().key_id())
            .await
            .expect("it answers");
        (backlog.ours == 0).then_some(backlog)
    })
    .await;
    assert_eq!((backlog.foreign, backlog.quarantined), (0, 6));
}

#[tokio::test]
async fn an_envelope_for_another_key_stays_as_it_is() {
    let mut house = House::build(Engine::Sqlite);
    house.start_intake().await;
    let stranger = CommitteeIdentity::generate();
    let foreign = envelope(stranger.recipients());
    let mailroom = SqliteMailroom::open(house.mailroom())
        .await
        .expect("the mailroom opens");
    let deposit = Deposit {
        envelope: foreign.clone(),
        first_entry: None,
        leaf: None,
    };
    mailroom
        .deposit(&[deposit])
        .await
        .expect("the store takes it");
    let filed = house
        .person()
        .tell("Esta sí es para el comité de aquí.")
        .await;

    house.start_triage().await;
    house.person().wait_for_folio(&filed.tracking_token).await;
    house.stop_triage();

    let waiting = mailroom
        .waiting(stranger.key_id(), None, 10)
        .await
        .expect("it answers");
    assert_eq!(
        waiting,
        [WaitingEnvelope::Sound(foreign)],
        "not consumed, not altered"
    );
    assert!(mailroom.quarantined().await.expect("it answers").is_empty());
}
