use domain::complaint::{MessageText, SecretText};
use jiff::civil::date;
use ring::rand::SystemRandom;
use sealing::{Content, EnvelopeId, FillerKey, TrackingToken, seal};

use super::*;

fn letter(length: usize) -> Letter {
    let rng = SystemRandom::new();
    let token = TrackingToken::draw(&rng).unwrap();
    Letter {
        envelope_id: EnvelopeId::draw(&rng).unwrap(),
        lookup_id: token.lookup_id(),
        mailbox_key: token.mailbox_key(),
        received_on: date(2026, 3, 4),
        filler_key: FillerKey::draw(&rng).unwrap(),
        content: Content::from(MessageText::parse(SecretText::from("a".repeat(length))).unwrap()),
    }
}

#[test]
fn after_a_rotation_old_and_new_envelopes_open_until_the_old_key_is_retired() {
    let old = CommitteeIdentity::generate();
    let new = old.rotated().unwrap();
    assert_ne!(new.key_id(), old.key_id());
    assert_eq!(new.key_ids(), [new.key_id(), old.key_id()]);
    let (before, after) = (letter(300), letter(300));
    let to_old = seal(&before, old.recipients()).unwrap();
    let to_new = seal(&after, new.recipients()).unwrap();
    assert_eq!(new.open(&to_old).unwrap(), before);
    assert_eq!(new.open(&to_new).unwrap(), after);

    let retired = new.retired();
    assert_eq!(retired.key_ids(), [new.key_id()]);
    assert_eq!(retired.open(&to_old), Err(OpenError::WrongKey));
    assert_eq!(retired.open(&to_new).unwrap(), after);
    let passphrase = || Passphrase::from("x".to_owned());
    let file = new.to_protected(passphrase()).unwrap();
    let read = CommitteeIdentity::from_protected(&file, passphrase()).unwrap();
    assert_eq!(read.key_ids(), new.key_ids(), "the file holds both");
}

#[test]
fn an_envelope_sealed_anew_says_the_same_to_the_new_key_alone() {
    let old = CommitteeIdentity::generate();
    let new = old.rotated().unwrap();
    let both = Recipients::together([
        old.recipients().clone(),
        CommitteeIdentity::generate().recipients().clone(),
    ])
    .unwrap();
    for length in [10, 3_000, 6_500, 9_000] {
        for recipients in [old.recipients(), &both] {
            let letter = letter(length);
            let sealed = seal(&letter, recipients).unwrap();
            let anew = new.reseal(&sealed).unwrap();
            assert_eq!(anew.bytes.len(), sealed.bytes.len(), "the size class stays");
            assert_eq!(anew.key_id, new.key_id());
            assert_eq!(new.retired().open(&anew).unwrap(), letter);
            assert_eq!(old.open(&anew), Err(OpenError::WrongKey));
        }
    }
}

#[test]
fn what_does_not_open_is_not_sealed_anew() {
    let old = CommitteeIdentity::generate();
    let new = old.rotated().unwrap();
    let sealed = seal(&letter(300), old.recipients()).unwrap();
    let mut altered = sealed.clone();
    *altered.bytes.last_mut().unwrap() ^= 1;
    let moved = SealedEnvelope {
        received_on: date(2026, 3, 5),
        ..sealed
    };
    for (envelope, expected) in [(altered, OpenError::Filler), (moved, OpenError::Moved)] {
        assert!(matches!(
            new.reseal(&envelope),
            Err(ResealError::Open(error)) if error == expected
        ));
    }
}

#[test]
fn an_identity_holds_only_so_many_keys() {
    let mut identity = CommitteeIdentity::generate();
    for _ in 1..MOST_KEYS {
        identity = identity.rotated().unwrap();
    }
    assert_eq!(identity.rotated().unwrap_err(), TooManyKeys);
    assert!(identity.retired().rotated().is_ok());
}
