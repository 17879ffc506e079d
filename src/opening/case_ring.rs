//! The ring of a case: its private key, wrapped for each person who may open it, and naming none.
//!
//! It is one age file. A stanza of age tells nothing of whom it is for, and decoys fill the ring up to
//! a fixed number of stanzas in random order: whoever holds the database sees neither who may open a
//! case nor how many may, and so not who was kept out of it.

use ring::rand::SecureRandom;
use sealing::{Recipients, SealError};

use crate::case_key::{CaseKey, open_json, seal_json};
use crate::error::OpenError;
use crate::person::{PersonIdentity, PersonRecipient};

/// How many stanzas a ring may have.
const SLOTS: [usize; 3] = [16, 32, 64];

/// Wraps a case's key for these people, for one place. A ring for nobody is of decoys alone.
///
/// # Errors
/// [`SealError::TooLong`] for more people than a ring has room for; [`SealError`] else.
pub fn seal_ring(
    key: &CaseKey,
    people: &[PersonRecipient],
    place: &str,
    rng: &dyn SecureRandom,
) -> Result<Vec<u8>, SealError> {
    let slots = SLOTS
        .into_iter()
        .find(|slots| people.len() <= *slots)
        .ok_or(SealError::TooLong)?;
    let mut everyone: Vec<Recipients> = people
        .iter()
        .map(|person| person.recipients().clone())
        .collect();
    everyone.resize_with(slots, Recipients::decoy);
    shuffle(&mut everyone, rng)?;
    let everyone = Recipients::together(everyone).ok_or(SealError::TooLong)?;
    seal_json(&key.to_text().as_str(), &everyone, place, rng)
}

/// Takes the case's key out of the ring, if there is a copy for this person.
///
/// # Errors
/// [`OpenError::WrongKey`] when there is none; [`OpenError`] else.
pub fn open_ring(ring: &[u8], person: &PersonIdentity, place: &str) -> Result<CaseKey, OpenError> {
    let text: zeroize::Zeroizing<String> = open_json(&person.0, place, ring)?;
    CaseKey::from_text(&text).ok_or(OpenError::Damaged)
}

/// Sorts by random keys of 128 bits: every order is as likely.
fn shuffle<T>(all: &mut Vec<T>, rng: &dyn SecureRandom) -> Result<(), SealError> {
    let mut keyed = Vec::with_capacity(all.len());
    for one in all.drain(..) {
        let mut key = [0; 16];
        rng.fill(&mut key).map_err(|_| SealError::Randomness)?;
        keyed.push((key, one));
    }
    keyed.sort_by_key(|(key, _)| *key);
    all.extend(keyed.into_iter().map(|(_, one)| one));
    Ok(())
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;

    use super::*;

    fn people(count: usize) -> (Vec<PersonIdentity>, Vec<PersonRecipient>) {
        let identities: Vec<_> = (0..count).map(|_| PersonIdentity::generate()).collect();
        let recipients = identities.iter().map(PersonIdentity::recipient).collect();
        (identities, recipients)
    }

    fn sealed(count: usize) -> (Vec<PersonIdentity>, CaseKey, Vec<u8>) {
        let (identities, recipients) = people(count);
        let key = CaseKey::generate();
        let ring = seal_ring(&key, &recipients, "case 1 key", &SystemRandom::new()).unwrap();
        (identities, key, ring)
    }

    #[test]
    fn everybody_in_the_ring_opens_it_and_nobody_else() {
        let (identities, key, ring) = sealed(15);
        for identity in &identities {
            let opened = open_ring(&ring, identity, "case 1 key").unwrap();
            assert_eq!(opened.public_key(), key.public_key());
            assert!(matches!(
                open_ring(&ring, identity, "case 2 key"),
                Err(OpenError::Moved)
            ));
        }
        assert!(matches!(
            open_ring(&ring, &PersonIdentity::generate(), "case 1 key"),
            Err(OpenError::WrongKey)
        ));
    }

    /// A recipient to whom much is sealed is sealed to in another way.
    #[test]
    fn the_twentieth_ring_for_the_same_people_opens_like_the_first() {
        let (identities, recipients) = people(3);
        for _ in 0..20 {
            let key = CaseKey::generate();
            let ring = seal_ring(&key, &recipients, "p", &SystemRandom::new()).unwrap();
            for identity in &identities {
                let opened = open_ring(&ring, identity, "p").unwrap();
                assert_eq!(opened.public_key(), key.public_key());
            }
            assert!(matches!(
                open_ring(&ring, &PersonIdentity::generate(), "p"),
                Err(OpenError::WrongKey)
            ));
        }
    }

    #[test]
    fn a_ring_tells_neither_who_is_in_it_nor_how_many() {
        let stanzas = |ring: &[u8]| String::from_utf8_lossy(ring).matches("-> X25519 ").count();
        let (_, _, none) = sealed(0);
        let (_, _, one) = sealed(1);
        let (_, _, full) = sealed(16);
        let (_, _, more) = sealed(17);
        assert_eq!([&none, &one, &full].map(|ring| stanzas(ring)), [16; 3]);
        assert_eq!(stanzas(&more), 32);
        assert!(none.len() == one.len() && one.len() == full.len());
    }

    #[test]
    fn the_place_of_a_person_in_the_ring_is_drawn() {
        // With 16 places, 40 rings that all agree on one place happen once in 2^156.
        let (identities, recipients) = people(1);
        let mut places = std::collections::BTreeSet::new();
        for _ in 0..40 {
            let ring =
                seal_ring(&CaseKey::generate(), &recipients, "p", &SystemRandom::new()).unwrap();
            let text = String::from_utf8_lossy(&ring).into_owned();
            let at = (0..16)
                .find(|at| opens_without(&ring, &text, *at, &identities[0]))
                .unwrap();
            places.insert(at);
        }
        assert!(places.len() > 1);
    }

    /// Whether the stanza at a place is the one that this person needs.
    fn opens_without(ring: &[u8], text: &str, at: usize, person: &PersonIdentity) -> bool {
        let begins: Vec<_> = text.match_indices("-> X25519 ").map(|(i, _)| i).collect();
        let mut altered = ring.to_vec();
        // The first letter of the ephemeral share; lossy reading keeps offsets in the ASCII header
        // once the binary length field in front is accounted for.
        let offset = ring
            .windows(10)
            .enumerate()
            .filter(|(_, window)| *window == b"-> X25519 ")
            .map(|(i, _)| i)
            .nth(at);
        let Some(offset) = offset else {
            return begins.is_empty();
        };
        let letter = &mut altered[offset + 12];
        *letter = if *letter == b'A' { b'B' } else { b'A' };
        matches!(open_ring(&altered, person, "p"), Err(OpenError::WrongKey))
    }

    #[test]
    fn more_people_than_places_are_refused() {
        let (_, recipients) = people(65);
        assert!(matches!(
            seal_ring(&CaseKey::generate(), &recipients, "p", &SystemRandom::new()),
            Err(SealError::TooLong)
        ));
    }
}
