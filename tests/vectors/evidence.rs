//! Files of evidence. A sealed chunk is longer than a vector should be, so its digest stands for it: the
//! key gives every byte of it.

use domain::evidence::{FileName, MediaType, Version};
use opening::evidence::{EvidenceOpenError, FileOpener};
use ring::digest::{SHA256, digest};
use sealing::evidence::{CHUNK_BYTES, FileSealer, SEALED_CHUNK_BYTES, SealedChunk};
use sealing::{EvidenceItem, FileKey};
use serde::{Deserialize, Serialize};

use crate::read;

#[derive(Serialize, Deserialize)]
pub(crate) struct Evidence {
    chunk_bytes: usize,
    sealed_chunk_bytes: usize,
    files: Vec<FileVector>,
    refused: Vec<RefusedFile>,
}

#[derive(Serialize, Deserialize)]
struct FileVector {
    /// What the content is made of.
    seed: u8,
    item: EvidenceItem,
    chunks: Vec<ChunkVector>,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct ChunkVector {
    id: String,
    sha256: String,
}

#[derive(Serialize, Deserialize)]
struct RefusedFile {
    name: String,
    /// The file whose item is used.
    item: usize,
    /// What is handed to it: a file and the number of one of its chunks.
    chunks: Vec<(usize, usize)>,
    /// A chunk among those, and a byte of it whose lowest bit is flipped.
    flipped: Option<(usize, usize)>,
    /// A digest in place of the item's.
    sha256: Option<String>,
    error: String,
}

/// Byte number `i` is `seed + i / 7 mod 251`, modulo 256.
fn content(seed: u8, length: u64) -> Vec<u8> {
    (0..length)
        .map(|at| seed.wrapping_add(u8::try_from(at / 7 % 251).expect("less than 251")))
        .collect()
}

fn sealed(key: FileKey, content: &[u8]) -> (EvidenceItem, Vec<SealedChunk>) {
    let mut file = FileSealer::new(key);
    let mut chunks = Vec::new();
    file.push(content, &mut chunks).expect("it is short");
    let sealed = file.finish();
    chunks.push(sealed.last);
    let item = EvidenceItem {
        name: FileName::parse("recibo.pdf"),
        media_type: MediaType::Pdf,
        version: Version::Original,
        bytes: sealed.bytes,
        sha256: sealed.sha256,
        key: sealed.key,
    };
    (item, chunks)
}

fn vector(chunk: &SealedChunk) -> ChunkVector {
    ChunkVector {
        id: chunk.id.to_string(),
        sha256: hex::encode(digest(&SHA256, &chunk.bytes)),
    }
}

#[test]
fn files_are_sealed_to_these_chunks_and_nothing_else_opens() {
    let vectors: Evidence = read("evidence.json");
    assert_eq!(vectors.chunk_bytes, CHUNK_BYTES);
    assert_eq!(vectors.sealed_chunk_bytes, SEALED_CHUNK_BYTES);
    let mut files = Vec::new();
    for vector in &vectors.files {
        let content = content(vector.seed, vector.item.bytes);
        let (item, chunks) = sealed(vector.item.key.clone(), &content);
        assert!(item == vector.item, "the item of seed {}", vector.seed);
        let told: Vec<_> = chunks.iter().map(self::vector).collect();
        assert_eq!(told, vector.chunks, "seed {}", vector.seed);
        let ids: Vec<_> = item.chunk_ids().map(|id| id.to_string()).collect();
        let stored: Vec<_> = vector.chunks.iter().map(|chunk| chunk.id.clone()).collect();
        assert_eq!(ids, stored);
        let mut opener = FileOpener::new(&item);
        let again: Vec<u8> = (chunks.iter())
            .flat_map(|chunk| opener.open(&chunk.bytes).expect("it opens").to_vec())
            .collect();
        assert_eq!(opener.finish(), Ok(()));
        assert!(again == content, "seed {}", vector.seed);
        files.push(chunks);
    }
    for refused in &vectors.refused {
        let mut item = vectors.files[refused.item].item.clone();
        if let Some(other) = &refused.sha256 {
            hex::decode_to_slice(other, &mut item.sha256.0).expect("hexadecimal");
        }
        let given: Vec<Vec<u8>> = (refused.chunks.iter().enumerate())
            .map(|(place, (file, index))| {
                let mut bytes = files[*file][*index].bytes.clone();
                if let Some((_, byte)) = refused.flipped.filter(|(at, _)| *at == place) {
                    bytes[byte] ^= 1;
                }
                bytes
            })
            .collect();
        let error = open(&item, &given).expect_err(&refused.name);
        assert_eq!(code(error), refused.error, "{}", refused.name);
    }
}

fn open(item: &EvidenceItem, chunks: &[Vec<u8>]) -> Result<(), EvidenceOpenError> {
    let mut opener = FileOpener::new(item);
    for bytes in chunks {
        opener.open(bytes)?;
    }
    opener.finish()
}

fn code(error: EvidenceOpenError) -> &'static str {
    match error {
        EvidenceOpenError::NoSuchChunk => "count",
        EvidenceOpenError::Damaged => "damaged",
        EvidenceOpenError::Padding => "padding",
        EvidenceOpenError::Digest => "digest",
    }
}

/// Nothing here is drawn.
pub(crate) fn new_evidence() -> Evidence {
    let chunk = u64::try_from(CHUNK_BYTES).expect("it fits");
    let lengths = [0, 5, chunk, chunk + 1, 2 * chunk + 9];
    let files = (0_u8..)
        .zip(lengths)
        .map(|(seed, length)| {
            let key = FileKey::from([0x40 + seed; 32]);
            let (item, chunks) = sealed(key, &content(seed, length));
            FileVector {
                seed,
                item,
                chunks: chunks.iter().map(vector).collect(),
            }
        })
        .collect();
    let refuse = |name: &str, chunks: &[(usize, usize)], error: &str| RefusedFile {
        name: name.to_owned(),
        item: 4,
        chunks: chunks.to_vec(),
        flipped: None,
        sha256: None,
        error: error.to_owned(),
    };
    let all = [(4, 0), (4, 1), (4, 2)];
    let flip = |name: &str, at| RefusedFile {
        flipped: Some(at),
        ..refuse(name, &all, "damaged")
    };
    let refused = vec![
        refuse(
            "two chunks in each other's place",
            &[(4, 1), (4, 0), (4, 2)],
            "damaged",
        ),
        refuse("the last one left out", &all[..2], "count"),
        refuse("one in the middle left out", &[(4, 0), (4, 2)], "damaged"),
        refuse("one twice", &[(4, 0), (4, 0), (4, 2)], "damaged"),
        refuse(
            "one more than there are",
            &[(4, 0), (4, 1), (4, 2), (4, 2)],
            "count",
        ),
        refuse("one of another file", &[(4, 0), (3, 1), (4, 2)], "damaged"),
        flip("a flipped bit in the first byte", (0, 0)),
        flip(
            "a flipped bit in the tag of the last chunk",
            (2, SEALED_CHUNK_BYTES - 1),
        ),
        RefusedFile {
            sha256: Some("00".repeat(32)),
            ..refuse("another digest", &all, "digest")
        },
    ];
    Evidence {
        chunk_bytes: CHUNK_BYTES,
        sealed_chunk_bytes: SEALED_CHUNK_BYTES,
        files,
        refused,
    }
}
