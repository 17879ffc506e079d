use proptest::prelude::*;
use ring::rand::SystemRandom;

use super::*;
use crate::protected::Passphrase;

fn quorum(threshold: u8, members: u8) -> Quorum {
    Quorum::new(threshold, members).unwrap()
}

fn shares(identity: &CommitteeIdentity, threshold: u8, members: u8) -> Vec<Share> {
    split(identity, quorum(threshold, members), &SystemRandom::new()).unwrap()
}

/// Hands shares in until they open.
fn assemble<'a>(shares: impl IntoIterator<Item = &'a Share>) -> Option<CommitteeIdentity> {
    let mut assembly = Assembly::default();
    shares
        .into_iter()
        .find_map(|share| assembly.add(share.clone()).unwrap())
}

/// The same share with other values.
fn altered(share: &Share) -> Share {
    let mut part = share.part().clone();
    for value in &mut part.y {
        value.0 ^= 1;
    }
    Share::new(share.splitting().clone(), part)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_threshold_of_them_open_and_one_less_never_does(
        (threshold, members) in (2_u8..=6).prop_flat_map(|threshold| (Just(threshold), threshold..=9)),
        seed in any::<prop::sample::Index>(),
    ) {
        let identity = CommitteeIdentity::generate();
        let mut all = shares(&identity, threshold, members);
        let turn = seed.index(all.len());
        all.rotate_left(turn);
        let enough = usize::from(threshold);
        let opened = assemble(&all[..enough]).expect("enough came");
        prop_assert_eq!(opened.public_key(), identity.public_key());
        prop_assert!(assemble(&all[..enough - 1]).is_none());
    }

    #[test]
    fn an_altered_share_opens_nothing_and_does_not_lock_the_others_out(
        threshold in 2_u8..=5,
        at in any::<prop::sample::Index>(),
    ) {
        let identity = CommitteeIdentity::generate();
        let mut all = shares(&identity, threshold, threshold + 1);
        let bad = at.index(all.len() - 1);
        all[bad] = altered(&all[bad]);
        let enough = usize::from(threshold);
        prop_assert!(assemble(&all[..enough]).is_none());
        prop_assert!(assemble(&all).is_some());
    }
}

#[test]
fn a_share_is_taken_once_and_only_with_its_like() {
    let identity = CommitteeIdentity::generate();
    let ours = shares(&identity, 3, 4);
    let again = shares(&identity, 3, 4);
    let others = shares(&CommitteeIdentity::generate(), 3, 4);
    let mut assembly = Assembly::default();
    assert_eq!(assembly.progress(), None);
    assert!(assembly.add(ours[0].clone()).unwrap().is_none());
    for (share, refused) in [
        (&ours[0], ShareRefused::Repeated),
        (&again[1], ShareRefused::Foreign),
        (&others[1], ShareRefused::Foreign),
    ] {
        assert_eq!(assembly.add(share.clone()).unwrap_err(), refused);
    }
    assert_eq!(assembly.progress(), Some((1, 3)));
    assert!(assembly.add(ours[2].clone()).unwrap().is_none());
    assert!(assembly.add(ours[1].clone()).unwrap().is_some());
    assert_eq!(assembly.progress(), None, "nothing is kept");
}

#[test]
fn shares_that_never_open_are_not_gathered_for_ever() {
    let all = shares(&CommitteeIdentity::generate(), 2, 9);
    let mut assembly = Assembly::default();
    for share in &all[..5] {
        let mut bad = altered(share);
        // Two bad ones alike would cancel out: each is bad in its own way.
        let twist = share.number();
        for value in &mut bad.part_mut().y {
            value.0 ^= twist.wrapping_mul(37);
        }
        assert!(assembly.add(bad).unwrap().is_none());
    }
    assert_eq!(
        assembly.add(all[5].clone()).unwrap_err(),
        ShareRefused::Spoiled
    );
}

#[test]
fn a_file_opens_with_its_passphrase_alone_and_shows_nothing() {
    let identity = CommitteeIdentity::generate();
    let share = &shares(&identity, 2, 3)[1];
    let passphrase = |text: &str| Passphrase::from(text.to_owned());
    let file = share.to_protected(passphrase("la de una persona")).unwrap();
    assert!(
        !String::from_utf8(file.clone())
            .unwrap()
            .contains(&identity.public_key())
    );
    assert!(matches!(
        Share::from_protected(&file, passphrase("otra")),
        Err(ShareError::Protected(
            crate::ProtectedError::WrongPassphrase
        ))
    ));
    let read = Share::from_protected(&file, passphrase("la de una persona")).unwrap();
    assert_eq!(read.number(), 2);
    assert_eq!(read.splitting(), share.splitting());
    assert_eq!(Vec::from(read.part()), Vec::from(share.part()));
    assert!(!format!("{read:?}").contains(&hex::encode(Vec::from(share.part()))[2..20]));
    // An identity is no share.
    let file = identity.to_protected(passphrase("x")).unwrap();
    assert!(matches!(
        Share::from_protected(&file, passphrase("x")),
        Err(ShareError::NotAShare)
    ));
}

#[test]
fn numbers_that_open_alone_or_never_are_refused() {
    assert_eq!(Quorum::new(1, 3), Err(QuorumError::Alone));
    assert_eq!(Quorum::new(0, 0), Err(QuorumError::Alone));
    assert_eq!(
        Quorum::new(4, 3),
        Err(QuorumError::Unreachable {
            threshold: 4,
            members: 3
        })
    );
    assert_eq!(Quorum::new(2, 31), Err(QuorumError::TooMany));
    assert!(quorum(3, 3).is_fragile());
    assert!(!quorum(2, 3).is_fragile());
}
