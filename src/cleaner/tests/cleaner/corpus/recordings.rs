//! Sound and films.

use domain::evidence::FindingKind::{Author, Comment, Date, Location, Software};
use domain::evidence::MediaType;

use super::{Sample, WHO, WITH};
use crate::making::{self, boxed, chunk};

pub(super) fn mp3() -> Sample {
    let text = |id: &[u8; 4], value: &str| {
        let mut frame = id.to_vec();
        frame.extend(u32::try_from(value.len() + 1).unwrap().to_be_bytes());
        frame.extend([0, 0, 3]);
        frame.extend(value.as_bytes());
        frame
    };
    let tag = [text(b"TPE1", WHO), text(b"TSSE", WITH)].concat();
    let mut bytes = b"ID3\x03\0\0\0\0\0".to_vec();
    bytes.push(u8::try_from(tag.len()).unwrap());
    bytes.extend(tag);
    for _ in 0..4 {
        // 128 kbit/s, 44.1 kHz: 417 bytes.
        bytes.extend(b"\xff\xfb\x90\x00");
        bytes.extend([0; 413]);
    }
    Sample {
        media: MediaType::Mp3,
        bytes,
        told: vec![(Author, WHO), (Software, WITH)],
        planted: vec![WHO, WITH],
    }
}

pub(super) fn wav() -> Sample {
    let format = [1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0];
    let list = [
        &b"INFO"[..],
        &chunk(*b"IART", format!("{WHO}\0").as_bytes()),
        &chunk(*b"ISFT", format!("{WITH}\0").as_bytes()),
    ]
    .concat();
    let body = [
        &b"WAVE"[..],
        &chunk(*b"fmt ", &format),
        &chunk(*b"LIST", &list),
        &chunk(*b"data", &[0x80; 64]),
    ]
    .concat();
    Sample {
        media: MediaType::Wav,
        bytes: chunk(*b"RIFF", &body),
        told: vec![(Author, WHO), (Software, WITH)],
        planted: vec![WHO, WITH],
    }
}

/// The stream information of FLAC: blocks of 4,096, 44.1 kHz, 16 bits.
const STREAM: &[u8; 34] =
    b"\x10\0\x10\0\0\0\0\0\0\0\x0a\xc4\x40\xf0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
const FRAME: &[u8] = b"\xff\xf8\xc9\x18\0\xc2\0\0\0\0";
const PLACE: &str = "GPS=19.4326;-99.1332";

/// The comments of Vorbis, which FLAC and Opus have as well: the program, then names and values.
fn comments() -> Vec<u8> {
    let little = |length: usize| u32::try_from(length).unwrap().to_le_bytes();
    let artist = format!("ARTIST={WHO}");
    let named = [
        &artist[..],
        "DATE=2026-08-19",
        "COMMENT=Nota escondida",
        PLACE,
    ];
    let mut comments = little(WITH.len()).to_vec();
    comments.extend(WITH.as_bytes());
    comments.extend(little(named.len()));
    for comment in named {
        comments.extend(little(comment.len()));
        comments.extend(comment.as_bytes());
    }
    comments
}

fn commented(media: MediaType, bytes: Vec<u8>) -> Sample {
    Sample {
        media,
        bytes,
        told: vec![
            (Author, WHO),
            (Software, WITH),
            (Date, "2026-08-19"),
            (Comment, "Nota escondida"),
        ],
        planted: vec![WHO, WITH, "2026-08-19", "escondida", "19.4326"],
    }
}

/// A block of FLAC; 0x80 marks the last.
fn block(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&[kind][..], &length[1..], body].concat()
}

pub(super) fn flac() -> Sample {
    let bytes = [
        &b"fLaC"[..],
        &block(0, STREAM),
        &block(0x84, &comments()),
        FRAME,
    ]
    .concat();
    commented(MediaType::Flac, bytes)
}

pub(super) fn ogg_flac() -> Sample {
    // Version 1.0 of the mapping, and one more header.
    let first = [&b"\x7fFLAC\x01\0\0\x01fLaC"[..], &block(0, STREAM)].concat();
    let second = block(0x84, &comments());
    let bytes = making::ogg(&[&[&first], &[&second], &[FRAME]]);
    commented(MediaType::Ogg, bytes)
}

pub(super) fn ogg() -> Sample {
    // One channel of 48 kHz; blocks of 256 and 2,048.
    let first = b"\x01vorbis\0\0\0\0\x01\x80\xbb\0\0\0\0\0\0\0\xee\x02\0\0\0\0\0\xb8\x01";
    let second = [&b"\x03vorbis"[..], &comments(), &[1]].concat();
    let third = [&b"\x05vorbis"[..], &[0x55; 300]].concat();
    let bytes = making::ogg(&[&[first], &[&second, &third], &[&[0; 40], &[0; 40]]]);
    commented(MediaType::Ogg, bytes)
}

/// A voice note as the messengers of telephones make it.
pub(super) fn opus() -> Sample {
    // Version 1, one channel, 312 samples to skip, 48 kHz (RFC 7845).
    let first = b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0";
    let second = [&b"OpusTags"[..], &comments()].concat();
    let bytes = making::ogg(&[&[first], &[&second], &[&[0x78; 40], &[0x78; 300]]]);
    commented(MediaType::Opus, bytes)
}

fn zeros(count: usize) -> Vec<u8> {
    vec![0; count]
}

/// One track in a container of MPEG-4: the brands, the kind of the track, its header, its codec, and
/// what else is said of the whole.
fn movie(brands: &[u8], kind: [u8; 4], header: &[u8], entry: &[u8], about: &[u8]) -> Vec<u8> {
    // Seconds since 1904 at which it was made, and then the rest of the header.
    let made = [&[0; 4][..], &[0xe6, 0xab, 0xcd, 0xef], &zeros(92)].concat();
    let handler = [&zeros(8)[..], &kind, &zeros(12), b"Programa 1.2\0"].concat();
    let described = [&zeros(7)[..], &[1], entry].concat();
    let offsets = [&zeros(7)[..], &[1], &40_u32.to_be_bytes()].concat();
    let table = [
        boxed(*b"stsd", &described),
        boxed(*b"stts", &zeros(8)),
        boxed(*b"stsc", &zeros(8)),
        boxed(*b"stsz", &zeros(12)),
        boxed(*b"stco", &offsets),
    ]
    .concat();
    let own = boxed(*b"url ", &[0, 0, 0, 1]);
    let reference = boxed(*b"dref", &[&zeros(7)[..], &[1], &own].concat());
    let information = [
        header.to_vec(),
        boxed(*b"dinf", &reference),
        boxed(*b"stbl", &table),
    ]
    .concat();
    let media = [
        boxed(*b"mdhd", &zeros(24)),
        boxed(*b"hdlr", &handler),
        boxed(*b"minf", &information),
    ]
    .concat();
    let track = [boxed(*b"tkhd", &zeros(84)), boxed(*b"mdia", &media)].concat();
    let movie = [
        boxed(*b"mvhd", &made),
        boxed(*b"trak", &track),
        boxed(*b"udta", about),
    ]
    .concat();
    [
        boxed(*b"ftyp", brands),
        boxed(*b"mdat", b"0123456789abcdef"),
        boxed(*b"moov", &movie),
    ]
    .concat()
}

pub(super) fn mp4() -> Sample {
    let place = "+19.4326-099.1332/";
    let xyz = [&[0, 18, 0x15, 0xc7][..], place.as_bytes()].concat();
    let entry = [&zeros(6)[..], &[0, 1], &zeros(70)].concat();
    let bytes = movie(
        b"isom\0\0\0\0isommp42",
        *b"vide",
        &boxed(*b"vmhd", &zeros(12)),
        &boxed(*b"mp4v", &entry),
        &boxed(*b"\xa9xyz", &xyz),
    );
    Sample {
        media: MediaType::Mp4,
        bytes,
        told: vec![(Location, "19.43, -99.13"), (Software, WITH)],
        planted: vec!["19.4326", WITH],
    }
}

/// A voice note as the telephones of Apple keep it: they name it after the street.
pub(super) fn m4a() -> Sample {
    let entry = [
        &zeros(6)[..],
        &[0, 1],
        &zeros(8),
        b"\0\x01\0\x10\0\0\0\0\xbb\x80\0\0",
    ]
    .concat();
    let tag = |name: &[u8; 4], value: &str| {
        // Type 1 is UTF-8.
        let data = [&[0, 0, 0, 1, 0, 0, 0, 0][..], value.as_bytes()].concat();
        boxed(*name, &boxed(*b"data", &data))
    };
    let tags = [
        tag(b"\xa9nam", "Calle Inventada 12"),
        tag(b"\xa9ART", WHO),
        tag(b"\xa9too", WITH),
        tag(b"\xa9day", "2026-08-19T12:30:45Z"),
    ]
    .concat();
    let handler = [&zeros(8)[..], b"mdirappl", &zeros(9)].concat();
    let list = [
        &zeros(4)[..],
        &boxed(*b"hdlr", &handler),
        &boxed(*b"ilst", &tags),
    ]
    .concat();
    let bytes = movie(
        b"M4A \0\0\0\0M4A mp42isom",
        *b"soun",
        &boxed(*b"smhd", &zeros(8)),
        &boxed(*b"mp4a", &entry),
        &boxed(*b"meta", &list),
    );
    Sample {
        media: MediaType::M4a,
        bytes,
        told: vec![
            (Author, WHO),
            (Software, WITH),
            (Date, "2026-08-19 12:30"),
            (Comment, "Calle Inventada 12"),
        ],
        planted: vec!["Inventada", WITH, "2026-08-19"],
    }
}
