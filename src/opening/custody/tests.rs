use proptest::prelude::*;

use super::*;
use crate::protected::Passphrase;

fn quorum(threshold: u8, members: u8) -> Quorum {
    Quorum::new(threshold, members).unwrap()
}

fn shares(identity: &CommitteeIdentity, threshold: u8, members: u8) -> Vec<Share> {
    split(identity, quorum(threshold, members))
}

/// Hands shares in until they open.
fn assemble<'a>(shares: impl IntoIterator<Item = &'a Share>) -> Option<CommitteeIdentity> {
    let mut assembly = Assembly::default();
    shares
        .into_iter()
        .find_map(|share| assembly.add(share.clone()).unwrap())
}

fn passphrase(text: &str) -> Passphrase {
    Passphrase::from(text.to_owned())
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
}

#[test]
fn the_largest_quorum_opens_at_once_and_its_shares_fit_their_files() {
    let identity = CommitteeIdentity::generate();
    let all = shares(&identity, 30, 30);
    assert!(assemble(&all).is_some());
    let file = all[29].to_protected(passphrase("x")).unwrap();
    let read = Share::from_protected(&file, passphrase("x")).unwrap();
    assert_eq!(read.number(), 30);
}

#[test]
fn shares_carry_the_keys_of_before_a_rotation_along() {
    let mut identity = CommitteeIdentity::generate();
    while let Ok(rotated) = identity.rotated() {
        identity = rotated;
    }
    // As many keys as there may be, in the longest shares that there are, are still read.
    let all = shares(&identity, 2, 30);
    let read: Vec<_> = all[28..]
        .iter()
        .map(|share| {
            let file = share.to_protected(passphrase("x")).unwrap();
            Share::from_protected(&file, passphrase("x")).unwrap()
        })
        .collect();
    let opened = assemble(&read).expect("enough came");
    assert_eq!(opened.key_ids(), identity.key_ids());
    assert_eq!(opened.key_ids().len(), 8);
}

#[test]
fn a_share_is_taken_once_and_only_with_its_like() {
    let identity = CommitteeIdentity::generate();
    let ours = shares(&identity, 3, 4);
    let again = shares(&identity, 3, 4);
    let others = shares(&CommitteeIdentity::generate(), 3, 4);
    let mut assembly = Assembly::default();
    assert_eq!((assembly.came(), assembly.needed()), (0, None));
    assert!(assembly.add(ours[0].clone()).unwrap().is_none());
    for (share, refused) in [
        (&ours[0], ShareRefused::Repeated),
        (&again[1], ShareRefused::Foreign),
        (&others[1], ShareRefused::Foreign),
    ] {
        assert_eq!(assembly.add(share.clone()).unwrap_err(), refused);
    }
    assert_eq!((assembly.came(), assembly.needed()), (1, Some(3)));
    assert!(assembly.add(ours[2].clone()).unwrap().is_none());
    assert!(assembly.add(ours[1].clone()).unwrap().is_some());
    // Whoever could not use the key may have it once more.
    assert!(assembly.add(ours[1].clone()).unwrap().is_some());
}

#[test]
fn an_assembly_of_one_set_takes_no_other_even_as_the_first() {
    let identity = CommitteeIdentity::generate();
    let (ours, again) = (shares(&identity, 2, 2), shares(&identity, 2, 2));
    let set = ours[0].splitting().id();
    assert_ne!(set, again[0].splitting().id());
    let mut assembly = Assembly::of(set);
    assert_eq!(
        assembly.add(again[0].clone()).unwrap_err(),
        ShareRefused::Foreign
    );
    assert!(assembly.add(ours[0].clone()).unwrap().is_none());
    assert!(assembly.add(ours[1].clone()).unwrap().is_some());
}

#[test]
fn who_holds_a_share_cannot_make_up_another() {
    let all = shares(&CommitteeIdentity::generate(), 2, 3);
    let mut part = all[0].part().clone();
    // Another number, and other values for the own one.
    for number in [2, 3, 0, 4, 1] {
        part.x.0 = number;
        part.y[0].0 ^= 1;
        let forged = Share::new(all[0].splitting().clone(), part.clone());
        let file = forged.to_protected(passphrase("x")).unwrap();
        assert!(
            matches!(
                Share::from_protected(&file, passphrase("x")),
                Err(ShareError::NotAShare)
            ),
            "{number}"
        );
    }
}

#[test]
fn a_set_that_names_a_key_which_it_does_not_open_is_found_out() {
    let identity = CommitteeIdentity::generate();
    let parts: Vec<_> = shares(&CommitteeIdentity::generate(), 2, 2)
        .iter()
        .map(|share| share.part().clone())
        .collect();
    let deceptive = Splitting::of(quorum(2, 2), identity.public_key(), &parts);
    let mut assembly = Assembly::default();
    let share = |at: usize| Share::new(deceptive.clone(), parts[at].clone());
    assert!(assembly.add(share(0)).unwrap().is_none());
    assert_eq!(assembly.add(share(1)).unwrap_err(), ShareRefused::Deceptive);
}

#[test]
fn a_file_opens_with_its_passphrase_alone_and_shows_nothing() {
    let identity = CommitteeIdentity::generate();
    let share = &shares(&identity, 2, 3)[1];
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
fn the_id_of_a_set_stands_in_the_recipients_as_a_comment() {
    let id = shares(&CommitteeIdentity::generate(), 2, 2)[0]
        .splitting()
        .id();
    let file = format!("# Committee key\n{}\nage1…\n", id.line());
    assert_eq!(SetId::named_in(&file), Ok(Some(id)));
    assert_eq!(SetId::named_in("# Committee key\nage1…\n"), Ok(None));
    assert_eq!(SetId::named_in("# shares: 00\n"), Err(NotASetId));
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
