//! Nothing that is sent may make the cleaner panic or go on for ever.

use cleaner::{clean, show};
use cleaning::{NotCleaned, Outcome, sniff};
use domain::evidence::MediaType;
use proptest::prelude::*;

use crate::corpus;

/// The copy, if there is one, is what the report says, and never comes of a file that is refused.
fn check(media: MediaType, bytes: &[u8]) -> Result<(), TestCaseError> {
    let cleaned = clean(media, bytes);
    let length = cleaned
        .copy
        .as_ref()
        .map(|copy| u64::try_from(copy.len()).unwrap());
    let told = match cleaned.report.outcome {
        Outcome::Cleaned(length) => Some(length),
        Outcome::Refused(_) | Outcome::NotCleaned(_) | Outcome::NothingFound => None,
    };
    prop_assert_eq!(length, told);
    for page in [0, 1] {
        let shown = show(bytes, page);
        let length = u64::try_from(shown.bytes.len()).unwrap();
        prop_assert_eq!(shown.view.shown.bytes(), length);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_of_any_announced_type(
        media in prop::sample::select(MediaType::ALL),
        bytes in prop::collection::vec(any::<u8>(), 0..2_000),
    ) {
        check(media, &bytes)?;
        check(sniff(&bytes), &bytes)?;
    }

    #[test]
    fn whole_files_with_bytes_changed(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let all = corpus::all();
        let sample = which.get(&all);
        let mut bytes = sample.bytes.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        check(sample.media, &bytes)?;
    }

    #[test]
    fn whole_files_cut_repeated_and_joined(
        which in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let all = corpus::all();
        let sample = which.get(&all);
        let cut = cut.index(sample.bytes.len());
        let (head, tail) = sample.bytes.split_at(cut);
        check(sample.media, head)?;
        check(sample.media, &[head, &other.get(&all).bytes, tail].concat())?;
        check(sample.media, &[&sample.bytes[..], tail].concat())?;
    }
}

#[test]
fn a_file_that_is_only_nested_comes_to_an_end() {
    let deep = "[".repeat(200_000);
    let bytes = crate::making::pdf(&[deep], "/Root 1 0 R");
    let outcome = clean(MediaType::Pdf, &bytes).report.outcome;
    assert!(
        matches!(
            outcome,
            Outcome::Refused(_) | Outcome::NotCleaned(NotCleaned::Unusual)
        ),
        "{outcome:?}"
    );
}
