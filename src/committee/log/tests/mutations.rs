//! T-AUD1: whatever is done to a log, it shows, and where.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};

use super::*;

/// Does one thing to a log.
fn mutate(entries: &mut Vec<StoredEntry>, rng: &mut StdRng) {
    let at = rng.random_range(0..entries.len());
    match rng.random_range(0..8) {
        0 => {
            let byte = rng.random_range(0..entries[at].sealed.len());
            entries[at].sealed[byte] ^= 1 << rng.random_range(0..8);
        }
        1 => entries[at].hash[rng.random_range(0..32)] ^= 1 << rng.random_range(0..8),
        2 => entries[at].signature[rng.random_range(0..64)] ^= 1 << rng.random_range(0..8),
        3 => {
            // Rows come by their positions, whatever they are.
            entries[at].position ^= 1 << rng.random_range(0..64);
            entries.sort_by_key(|entry| entry.position);
        }
        4 => {
            entries.remove(at);
        }
        5 => {
            // Two rows change places.
            let all = entries.len();
            let other = (at + rng.random_range(1..all)) % all;
            entries.swap(at, other);
            let there = entries[other].position;
            entries[other].position = entries[at].position;
            entries[at].position = there;
        }
        6 => {
            // The end is cut off.
            entries.truncate(at);
        }
        _ => {
            // An old entry comes again: at the end, or in between with all that follow moved on.
            let mut again = entries.choose(rng).unwrap().clone();
            let into = rng.random_range(1..=entries.len());
            again.position = u64::try_from(into).unwrap();
            for entry in &mut entries[into..] {
                entry.position += 1;
            }
            entries.insert(into, again);
        }
    }
}

/// The first position at which a log is no longer what was written.
fn first_other(written: &[StoredEntry], changed: &[StoredEntry]) -> u64 {
    let same = written
        .iter()
        .zip(changed)
        .take_while(|(written, changed)| written == changed)
        .count();
    let positions = [written, changed].map(|log| log.get(same).map(|entry| entry.position));
    positions.into_iter().flatten().min().unwrap()
}

/// Where a fault says that something is.
fn place(fault: Fault) -> Option<u64> {
    match fault {
        Fault::Missing { from, .. } | Fault::CutOff { from, .. } => Some(from),
        Fault::Altered { position }
        | Fault::NotSigned { position }
        | Fault::KeyNotProven { position }
        | Fault::OutOfOrder { position }
        | Fault::OtherHead { position } => Some(position),
        Fault::Empty => Some(0),
        Fault::OtherKey | Fault::NotedIsGone => None,
    }
}

#[tokio::test]
async fn each_of_a_thousand_mutations_is_found_and_its_place_named() {
    let (paper, keyring) = written(8).await;
    let entries = paper.entries();
    let noted = Head::from(entries.last().unwrap());
    let sound = verdict(&entries, None, Some(noted));
    assert_eq!(
        (sound.faults.as_slice(), sound.head),
        (&[][..], Some(noted))
    );
    assert_eq!(sound.keys.len(), 3, "two handovers");
    for (_, key) in &sound.keys {
        let trusted = verdict(&entries, Some(*key), Some(noted));
        assert_eq!(trusted.faults, [], "any of the log's keys will do");
    }
    assert_eq!(sound.keys.last().unwrap().1, Logbook::key(&keyring));

    let mut rng = StdRng::seed_from_u64(0x00a0_d171);
    for trial in 0..1_000 {
        let mut changed = entries.clone();
        mutate(&mut changed, &mut rng);
        assert_ne!(changed, entries, "trial {trial}");
        let at = first_other(&entries, &changed);
        let found = verdict(&changed, None, Some(noted));
        let first = found.faults.first().and_then(|fault| place(*fault));
        assert_eq!(first, Some(at), "trial {trial}: {:?}", found.faults);
    }
}

#[tokio::test]
async fn one_altered_entry_is_one_fault() {
    let (paper, _) = written(20).await;
    let mut entries = paper.entries();
    entries[4].sealed[100] ^= 1;
    let removed = entries.remove(9);
    let found = verdict(&entries, None, None);
    assert_eq!(
        found.faults,
        [
            Fault::Altered { position: 4 },
            Fault::Missing { from: 9, until: 9 }
        ]
    );
    entries.insert(9, removed);
    entries[4].sealed[100] ^= 1;
    assert_eq!(verdict(&entries, None, None).faults, []);
}

#[tokio::test]
async fn a_log_that_somebody_else_made_up_is_not_the_log() {
    let (paper, ring) = written(9).await;
    let key = Logbook::key(&ring);
    let (other, _) = written(9).await;
    let made_up = other.entries();
    assert_eq!(
        verdict(&made_up, None, None).faults,
        [],
        "without a key it may be"
    );
    assert_eq!(verdict(&made_up, Some(key), None).faults, [Fault::OtherKey]);
    // Nor by naming the committee's key at the end of it, copied from where it was named.
    let real = paper.entries();
    let named = real
        .iter()
        .find(|entry| chain::KeyEntry::read(&entry.sealed).is_some_and(|named| named.key == key))
        .unwrap();
    let mut stolen = made_up.clone();
    let position = u64::try_from(stolen.len()).unwrap();
    stolen.push(StoredEntry {
        position,
        hash: chain::hash(position, &stolen.last().unwrap().hash, &named.sealed),
        ..named.clone()
    });
    assert_ne!(verdict(&stolen, Some(key), None).faults, []);
    // Nor by signing it: the maker of the made-up log has the key that signs there.
    let forger = Keys::new().await;
    let forged_ring = forger.ring(&forger.identity).await;
    let forger = chain::Signer::of(forged_ring.own());
    let genesis = forger.genesis();
    let handed = forger.signed(1, &genesis.hash, named.sealed.clone());
    assert_eq!(
        verdict(&[genesis, handed], Some(key), None).faults,
        [Fault::KeyNotProven { position: 1 }, Fault::OtherKey]
    );
}

#[test]
fn a_log_without_entries_is_not_sound() {
    assert_eq!(verdict(&[], None, None).faults, [Fault::Empty]);
}
