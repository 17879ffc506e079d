//! Files that are sealed piece by piece come back to the byte, and no piece can be left out, moved,
//! repeated, cut or taken from elsewhere.

use domain::complaint::ReferralConsent;
use domain::evidence::{FileName, MediaType, Version};
use jiff::civil::date;
use opening::CommitteeIdentity;
use opening::evidence::{EvidenceOpenError, FileOpener, open_chunk};
use proptest::prelude::*;
use ring::rand::{SecureRandom as _, SystemRandom};
use sealing::evidence::{CHUNK_BYTES, FileSealer, SEALED_CHUNK_BYTES};
use sealing::{
    Content, EnvelopeId, EvidenceItem, FileKey, FillerKey, FollowUp, Letter, SealError,
    SealedChunk, TrackingToken, seal,
};

fn key() -> FileKey {
    FileKey::draw(&SystemRandom::new()).expect("the system has randomness")
}

/// A file of that many bytes, no two parts of it alike.
fn file(bytes: usize) -> Vec<u8> {
    let mut file = vec![0; bytes];
    SystemRandom::new()
        .fill(&mut file)
        .expect("the system has randomness");
    file
}

/// Seals a file that arrives in parts of that many bytes.
fn sealed(file: &[u8], part: usize) -> (EvidenceItem, Vec<SealedChunk>) {
    let mut sealer = FileSealer::new(key());
    let mut chunks = Vec::new();
    for part in file.chunks(part) {
        sealer.push(part, &mut chunks).expect("it is short enough");
    }
    let whole = sealer.finish();
    chunks.push(whole.last);
    let item = EvidenceItem {
        name: FileName::parse("turno.jpg"),
        media_type: MediaType::Jpeg,
        version: Version::Original,
        bytes: whole.bytes,
        sha256: whole.sha256,
        key: whole.key,
    };
    (item, chunks)
}

fn opened(item: &EvidenceItem, chunks: &[SealedChunk]) -> Result<Vec<u8>, EvidenceOpenError> {
    let mut opener = FileOpener::new(item);
    let mut file = Vec::new();
    for chunk in chunks {
        file.extend_from_slice(&opener.open(&chunk.bytes)?);
    }
    opener.finish()?;
    Ok(file)
}

/// Lengths on both sides of every edge.
fn lengths() -> impl Strategy<Value = usize> {
    prop_oneof![
        Just(0),
        Just(1),
        (1..=3_usize, 0..=2_usize).prop_map(|(chunks, near)| chunks * CHUNK_BYTES + near - 1),
        0..4 * CHUNK_BYTES,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_file_of_any_length_comes_back_however_it_arrives(
        length in lengths(), part in prop_oneof![Just(1_000_usize), Just(65_536), 1_000..900_000_usize],
    ) {
        let file = file(length);
        let (item, chunks) = sealed(&file, part);

        prop_assert_eq!(item.bytes, u64::try_from(length).expect("small"));
        prop_assert!(chunks.iter().all(|chunk| chunk.bytes.len() == SEALED_CHUNK_BYTES));
        prop_assert_eq!(chunks.len(), length.div_ceil(CHUNK_BYTES).max(1));
        let ids: Vec<_> = chunks.iter().map(|chunk| chunk.id).collect();
        prop_assert_eq!(item.chunk_ids().collect::<Vec<_>>(), ids);
        prop_assert_eq!(opened(&item, &chunks), Ok(file));
    }
}

#[test]
fn no_chunk_can_be_left_out_moved_repeated_cut_or_taken_from_elsewhere() {
    let (item, chunks) = sealed(&file(3 * CHUNK_BYTES + 7), 64 << 10);
    let (_, foreign) = sealed(&file(3 * CHUNK_BYTES + 7), 64 << 10);
    let pick = |which: [usize; 4]| which.map(|index| chunks[index].clone()).to_vec();
    assert!(opened(&item, &pick([0, 1, 2, 3])).is_ok());
    for (name, hostile) in [
        ("moved", pick([1, 0, 2, 3])),
        ("repeated", pick([0, 0, 2, 3])),
        ("last one first", pick([3, 1, 2, 0])),
        ("left out", chunks[1..].to_vec()),
        ("cut after a chunk", chunks[..3].to_vec()),
        ("none", Vec::new()),
        ("one more", [&chunks[..], &chunks[3..]].concat()),
        ("from elsewhere", [&foreign[..1], &chunks[1..]].concat()),
    ] {
        assert!(opened(&item, &hostile).is_err(), "{name}");
    }
    for at in [0, 1_000, SEALED_CHUNK_BYTES - 1] {
        let mut bytes = chunks[1].bytes.clone();
        bytes[at] ^= 1;
        assert_eq!(
            open_chunk(&item, 1, &bytes),
            Err(EvidenceOpenError::Damaged)
        );
    }
    let cut = &chunks[1].bytes[..SEALED_CHUNK_BYTES - 1];
    assert_eq!(open_chunk(&item, 1, cut), Err(EvidenceOpenError::Damaged));
}

#[test]
fn a_letter_that_lies_about_its_file_is_found_out() {
    let (item, chunks) = sealed(&file(2 * CHUNK_BYTES + 7), 64 << 10);
    let with = |change: &dyn Fn(&mut EvidenceItem)| {
        let mut item = item.clone();
        change(&mut item);
        opened(&item, &chunks)
    };
    assert_eq!(
        with(&|item| item.bytes -= 1),
        Err(EvidenceOpenError::Padding)
    );
    // Zeros at the end are not part of what was digested.
    assert_eq!(
        with(&|item| item.bytes += 1),
        Err(EvidenceOpenError::Digest)
    );
    assert_eq!(
        with(&|item| item.bytes = 7),
        Err(EvidenceOpenError::Damaged)
    );
    assert_eq!(
        with(&|item| item.sha256.0[0] ^= 1),
        Err(EvidenceOpenError::Digest)
    );
    assert_eq!(
        with(&|item| item.key = key()),
        Err(EvidenceOpenError::Damaged)
    );
}

#[test]
fn nothing_about_chunks_joins_two_of_one_file_or_of_equal_files() {
    let same = vec![0; 4 * CHUNK_BYTES];
    let (_, one) = sealed(&same, 64 << 10);
    let (_, other) = sealed(&same, 64 << 10);
    let all: Vec<_> = one.iter().chain(&other).collect();
    for (at, chunk) in all.iter().enumerate() {
        for another in &all[at + 1..] {
            assert_ne!(chunk.id, another.id);
            assert_ne!(chunk.bytes[..64], another.bytes[..64]);
        }
    }
}

#[test]
fn an_item_that_names_more_chunks_than_there_can_be_is_not_read() {
    let (item, _) = sealed(b"x", 1);
    let mut json = serde_json::to_value(&item).expect("JSON");
    assert_eq!(serde_json::from_value(json.clone()).ok(), Some(item));
    json["bytes"] = u64::MAX.into();
    assert!(serde_json::from_value::<EvidenceItem>(json).is_err());
}

#[test]
fn the_letter_that_names_files_opens_for_the_committee_with_all_of_them() {
    let committee = CommitteeIdentity::generate();
    let rng = SystemRandom::new();
    let token = TrackingToken::draw(&rng).expect("the system has randomness");
    let letter = |evidence: Vec<EvidenceItem>| Letter {
        envelope_id: EnvelopeId::draw(&rng).expect("the system has randomness"),
        lookup_id: token.lookup_id(),
        mailbox_key: token.mailbox_key(),
        received_on: date(2026, 3, 4),
        filler_key: FillerKey::draw(&rng).expect("the system has randomness"),
        content: Content::FollowUp(Box::new(
            FollowUp::new(None, Some(ReferralConsent::No), true, evidence)
                .expect("it says a thing"),
        )),
    };
    let (mut item, _) = sealed(b"x", 1);
    item.name = FileName::parse(&"🙂".repeat(FileName::MAX));
    item.bytes = EvidenceItem::MOST_BYTES;
    let full = letter(vec![item.clone(); Content::MOST_EVIDENCE]);
    let envelope = seal(&full, committee.recipients()).expect("it fits");
    assert_eq!(committee.open(&envelope), Ok(full));

    let beyond = letter(vec![item; Content::MOST_EVIDENCE + 1]);
    assert!(matches!(
        seal(&beyond, committee.recipients()),
        Err(SealError::TooMuchEvidence)
    ));
}
