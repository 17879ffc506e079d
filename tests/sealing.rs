//! What is sealed opens again, to the byte, for whom it was sealed and for nobody else; what was
//! altered anywhere is refused by name.

use std::sync::LazyLock;

use domain::complaint::{Complaint, ComplaintDraft, MessageText, Narrative, SecretText};
use jiff::civil::{Date, date};
use opening::{CommitteeIdentity, OpenError};
use proptest::prelude::*;
use ring::rand::SystemRandom;
use sealing::{
    Content, EnvelopeId, FillerKey, Letter, LetterError, Recipients, SIZE_CLASSES, SealedEnvelope,
    SizeClass, TrackingToken, seal,
};

/// Three committees; making a key is cheap, but not for every case.
static COMMITTEES: LazyLock<[CommitteeIdentity; 3]> =
    LazyLock::new(|| [(); 3].map(|()| CommitteeIdentity::generate()));

/// The recipients of the first `count` committees, the first one's key in use.
fn recipients(count: usize) -> Recipients {
    let lines: Vec<_> = COMMITTEES[..count]
        .iter()
        .map(CommitteeIdentity::public_key)
        .collect();
    lines
        .join("\n")
        .parse()
        .expect("public keys are recipients")
}

fn complaint(narrative: &str) -> Content {
    let draft = ComplaintDraft {
        narrative: Some(SecretText::from(narrative.to_owned())),
        ..ComplaintDraft::default()
    };
    Content::complaint(Complaint::parse(draft).expect("the narrative is long enough"))
}

fn message(text: &str) -> Content {
    Content::from(
        MessageText::parse(SecretText::from(text.to_owned())).expect("the text is a message"),
    )
}

fn letter(content: Content, received_on: Date) -> Letter {
    let rng = SystemRandom::new();
    let token = TrackingToken::draw(&rng).expect("the system has randomness");
    Letter {
        envelope_id: EnvelopeId::draw(&rng).expect("the system has randomness"),
        lookup_id: token.lookup_id(),
        mailbox_key: token.mailbox_key(),
        received_on,
        filler_key: FillerKey::draw(&rng).expect("the system has randomness"),
        content,
    }
}

fn sealed(narrative: &str) -> SealedEnvelope {
    let letter = letter(complaint(narrative), date(2026, 3, 4));
    seal(&letter, &recipients(1)).expect("it fits")
}

const STORY: &str = "Una historia que basta para que alguien la lea con calma.";

/// What a person may write: any text without control characters, long enough to be a narrative.
fn narratives() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[^\\p{Cc}]{20,400}",
        2 => "[a-zñáéíóú .,\\n\\t]{400,3000}",
        1 => "[\\p{L}🙂 ]{3000,6000}",
        1 => (3000..20_000_usize).prop_map(|length| "ñ".repeat(length)),
    ]
    .prop_filter("long enough without what nobody sees", |text| {
        Narrative::parse(SecretText::from(text.clone())).is_ok()
    })
}

fn days() -> impl Strategy<Value = Date> {
    (2020..2100_i16, 1..=12_i8, 1..=28_i8)
        .prop_map(|(year, month, day)| Date::new(year, month, day).expect("a day of any month"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_narrative_comes_back_as_it_was_written(
        narrative in narratives(), day in days(), count in 1..=3_usize,
    ) {
        let letter = letter(complaint(&narrative), day);
        let envelope = seal(&letter, &recipients(count)).expect("it fits");

        prop_assert!(SIZE_CLASSES.iter().any(|class| class.bytes() == envelope.bytes.len()));
        prop_assert_eq!(envelope.id, letter.envelope_id);
        prop_assert_eq!(envelope.received_on, day);
        for committee in &COMMITTEES[..count] {
            prop_assert_eq!(committee.open(&envelope), Ok(letter.clone()));
        }
        for stranger in &COMMITTEES[count..] {
            prop_assert_eq!(stranger.open(&envelope), Err(OpenError::WrongKey));
        }
    }

    #[test]
    fn any_message_comes_back_as_it_was_written(text in "[^\\p{Cc}]{1,500}", day in days()) {
        prop_assume!(!text.trim().is_empty());
        let letter = letter(message(&text), day);
        let envelope = seal(&letter, &recipients(1)).expect("it fits");
        prop_assert_eq!(COMMITTEES[0].open(&envelope), Ok(letter));
    }

    #[test]
    fn a_size_tells_its_class_and_nothing_else(narrative in narratives(), count in 1..=3_usize) {
        let letter = letter(complaint(&narrative), date(2026, 3, 4));
        let sizes: Vec<_> = (0..4)
            .map(|_| seal(&letter, &recipients(count)).expect("it fits").bytes.len())
            .collect();
        prop_assert!(sizes.iter().all(|size| *size == sizes[0]));
    }

    #[test]
    fn an_envelope_with_any_byte_altered_is_refused(
        at in any::<prop::sample::Index>(), flip in 1..=255_u8,
    ) {
        let mut envelope = sealed(STORY);
        let at = at.index(envelope.bytes.len());
        envelope.bytes[at] ^= flip;
        let outcome = COMMITTEES[0].open(&envelope);
        // Which of the refusals it is depends on where the byte stands: see the table of places.
        prop_assert!(
            matches!(
                outcome,
                Err(OpenError::Frame | OpenError::Damaged | OpenError::Filler | OpenError::WrongKey)
            ),
            "byte {at}: {outcome:?}"
        );
    }

    #[test]
    fn an_envelope_cut_or_lengthened_is_refused(length in 0..12_000_usize) {
        prop_assume!(SizeClass::of(length).is_none());
        let mut envelope = sealed(STORY);
        envelope.bytes.resize(length, 0);
        prop_assert_eq!(COMMITTEES[0].open(&envelope), Err(OpenError::Size));
    }

    #[test]
    fn noise_is_refused_and_never_panics(
        class in prop::sample::select(SIZE_CLASSES[..3].to_vec()), seed: u64,
    ) {
        let mut state = seed | 1;
        let mut envelope = sealed(STORY);
        envelope.bytes = (0..class.bytes())
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state.to_le_bytes()[3]
            })
            .collect();
        let outcome = COMMITTEES[0].open(&envelope);
        prop_assert!(matches!(outcome, Err(OpenError::Frame | OpenError::Damaged)), "{outcome:?}");
    }
}

/// Where the age bytes end.
fn age_end(envelope: &SealedEnvelope) -> usize {
    let (length, _) = envelope
        .bytes
        .split_first_chunk()
        .expect("there is a length field");
    4 + usize::try_from(u32::from_be_bytes(*length)).expect("it is small")
}

#[test]
fn every_single_byte_of_an_envelope_is_guarded() {
    let envelope = sealed(STORY);
    let end = age_end(&envelope);
    for at in 0..envelope.bytes.len() {
        let mut altered = envelope.clone();
        altered.bytes[at] ^= 0x40;
        let refused = COMMITTEES[0]
            .open(&altered)
            .expect_err("an altered byte must be noticed");
        match at {
            0..4 => assert!(
                matches!(refused, OpenError::Frame | OpenError::Damaged),
                "length field, byte {at}: {refused:?}"
            ),
            _ if at < end => assert!(
                matches!(refused, OpenError::Damaged | OpenError::WrongKey),
                "age, byte {at}: {refused:?}"
            ),
            _ => assert_eq!(refused, OpenError::Filler, "filler, byte {at}"),
        }
    }
}

#[test]
fn an_envelope_in_another_row_or_on_another_day_is_refused() {
    let (one, other) = (sealed(STORY), sealed(STORY));
    let moved = SealedEnvelope {
        id: other.id,
        ..one.clone()
    };
    assert_eq!(COMMITTEES[0].open(&moved), Err(OpenError::Moved));
    let redated = SealedEnvelope {
        received_on: date(2026, 3, 5),
        ..one.clone()
    };
    assert_eq!(COMMITTEES[0].open(&redated), Err(OpenError::Moved));
    let swapped = SealedEnvelope {
        bytes: other.bytes,
        ..one
    };
    assert_eq!(COMMITTEES[0].open(&swapped), Err(OpenError::Moved));
}

#[test]
fn the_length_field_cannot_move_the_border_of_the_filler() {
    let envelope = sealed(STORY);
    let end = age_end(&envelope);
    for length in [0, 1, end - 4 - 1, end - 4 + 1, envelope.bytes.len() - 4] {
        let mut altered = envelope.clone();
        let field = u32::try_from(length).expect("it is small").to_be_bytes();
        altered.bytes[..4].copy_from_slice(&field);
        assert_eq!(
            COMMITTEES[0].open(&altered),
            Err(OpenError::Damaged),
            "length {length}"
        );
    }
    for length in [envelope.bytes.len(), u32::MAX as usize] {
        let mut altered = envelope.clone();
        let field = u32::try_from(length).expect("it fits").to_be_bytes();
        altered.bytes[..4].copy_from_slice(&field);
        assert_eq!(
            COMMITTEES[0].open(&altered),
            Err(OpenError::Frame),
            "length {length}"
        );
    }
}

#[test]
fn the_longest_complaint_still_fits_an_envelope_for_every_number_of_recipients() {
    // A quotation mark is the longest that JSON makes of what people type: two bytes for one; a
    // character outside the basic plane has four.
    for narrative in [
        "🙂".repeat(20_000),
        "\"".repeat(20_000),
        "\\\n".repeat(10_000),
    ] {
        for count in 1..=3 {
            let letter = letter(complaint(&narrative), date(2026, 3, 4));
            let envelope = seal(&letter, &recipients(count)).expect("it fits");
            assert_eq!(COMMITTEES[0].open(&envelope), Ok(letter));
        }
    }
}

#[test]
fn a_plaintext_of_a_newer_version_is_named_as_such() {
    let filler = FillerKey::draw(&SystemRandom::new()).expect("the system has randomness");
    let class = SIZE_CLASSES[0];
    let mut plaintext = vec![0; class.plaintext(1)];
    plaintext[0] = 2;
    let bytes = sealing::frame(&plaintext, class, &filler, &recipients(1)).expect("it fits");
    let envelope = SealedEnvelope {
        bytes,
        ..sealed(STORY)
    };
    assert_eq!(
        COMMITTEES[0].open(&envelope),
        Err(OpenError::Letter(LetterError::Version(2)))
    );
}
