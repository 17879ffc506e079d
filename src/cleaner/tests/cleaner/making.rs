//! The building blocks of files.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, ZlibEncoder};

pub(crate) fn deflated(bytes: &[u8], with_header: bool) -> Vec<u8> {
    if with_header {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
        zlib.write_all(bytes).unwrap();
        zlib.finish().unwrap()
    } else {
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::best());
        raw.write_all(bytes).unwrap();
        raw.finish().unwrap()
    }
}

pub(crate) fn crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// An entry of a directory: tag, type, value.
type Entry = (u16, u16, Vec<u8>);

/// A TIFF structure with what telephones write: device, author, time, and a position in the centre of
/// Mexico City; held upright by a quarter turn.
pub(crate) fn exif(make: &str, model: &str, software: &str, artist: &str) -> Vec<u8> {
    let start = b"MM\0\x2a\0\0\0\x08".to_vec();
    with_directories(start, Vec::new(), [make, model, software, artist])
}

/// The same with a picture of one point.
pub(crate) fn tiff(make: &str, model: &str, software: &str, artist: &str) -> Vec<u8> {
    let start = b"MM\0\x2a\0\0\0\x0a\x7f\0".to_vec();
    let short = |tag, value| (tag, 3, vec![0, value]);
    let picture = vec![
        short(0x0100, 1),
        short(0x0101, 1),
        short(0x0102, 8),
        short(0x0103, 1),
        short(0x0106, 1),
        (0x0111, 4, vec![0, 0, 0, 8]),
        short(0x0115, 1),
        short(0x0116, 1),
        (0x0117, 4, vec![0, 0, 0, 1]),
    ];
    with_directories(start, picture, [make, model, software, artist])
}

fn with_directories(mut bytes: Vec<u8>, mut first: Vec<Entry>, told: [&str; 4]) -> Vec<u8> {
    let text = |tag: u16, value: &str| (tag, 2, [value.as_bytes(), b"\0"].concat());
    let angle = |tag: u16, parts: [u32; 3]| {
        let pairs = parts.into_iter().flat_map(|part| [part, 100]);
        (tag, 5, pairs.flat_map(u32::to_be_bytes).collect())
    };
    let [make, model, software, artist] = told;
    first.extend([
        text(0x010f, make),
        text(0x0110, model),
        (0x0112, 3, vec![0, 6]),
        text(0x0131, software),
        text(0x0132, "2026:08:19 12:30:45"),
        text(0x013b, artist),
        (0x8825, 4, vec![0; 4]),
    ]);
    first.sort_by_key(|(tag, ..)| *tag);
    let place = vec![
        text(0x0001, "N"),
        angle(0x0002, [1_900, 2_500, 5_736]),
        text(0x0003, "W"),
        angle(0x0004, [9_900, 700, 5_952]),
    ];
    let place_at = directory(&mut bytes, &first);
    let pointer = bytes
        .windows(4)
        .position(|w| w == [0x88, 0x25, 0, 4])
        .unwrap()
        + 8;
    bytes[pointer..pointer + 4].copy_from_slice(&place_at);
    directory(&mut bytes, &place);
    bytes
}

/// Writes a directory and its values; tells where the next may begin.
fn directory(bytes: &mut Vec<u8>, entries: &[Entry]) -> [u8; 4] {
    let number = |length: usize| u32::try_from(length).unwrap();
    let mut values = Vec::new();
    let behind = bytes.len() + 2 + 12 * entries.len() + 4;
    bytes.extend(u16::try_from(entries.len()).unwrap().to_be_bytes());
    for (tag, kind, value) in entries {
        let unit = match kind {
            2 => 1,
            3 => 2,
            4 => 4,
            _ => 8,
        };
        bytes.extend(tag.to_be_bytes());
        bytes.extend(kind.to_be_bytes());
        bytes.extend(number(value.len() / unit).to_be_bytes());
        if value.len() <= 4 {
            let mut inline = value.clone();
            inline.resize(4, 0);
            bytes.extend(inline);
        } else {
            bytes.extend(number(behind + values.len()).to_be_bytes());
            values.extend(value);
            values.resize(values.len().next_multiple_of(2), 0);
        }
    }
    bytes.extend([0; 4]);
    bytes.extend(values);
    number(bytes.len()).to_be_bytes()
}

/// A JPEG of 8 by 8 grey points with these segments before the picture.
pub(crate) fn jpeg(segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec();
    let mut put = |marker: u8, body: &[u8]| {
        bytes.extend([0xff, marker]);
        bytes.extend(u16::try_from(body.len() + 2).unwrap().to_be_bytes());
        bytes.extend(body);
    };
    for (marker, body) in segments {
        put(*marker, body);
    }
    put(0xdb, &[&[0][..], &[1; 64]].concat());
    put(0xc0, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
    // One code each: no difference, end of block.
    for table in [0x00, 0x10] {
        put(0xc4, &[&[table, 1][..], &[0; 16]].concat());
    }
    put(0xda, &[1, 1, 0, 0, 63, 0]);
    bytes.extend([0x3f, 0xff, 0xd9]);
    bytes
}

pub(crate) fn png_chunk(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [&kind[..], body].concat();
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&length[..], &named, &crc(&named).to_be_bytes()].concat()
}

/// A chunk of RIFF.
pub(crate) fn chunk(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_le_bytes();
    let pad: &[u8] = if body.len().is_multiple_of(2) {
        &[]
    } else {
        &[0]
    };
    [&kind[..], &length, body, pad].concat()
}

/// A box of ISO base media.
pub(crate) fn boxed(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).unwrap().to_be_bytes();
    [&length[..], &kind, body].concat()
}

/// An Ogg stream (RFC 3533) of pages with whole packets.
pub(crate) fn ogg(pages: &[&[&[u8]]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (number, packets) in (0_u32..).zip(pages) {
        let last = usize::try_from(number).unwrap() + 1 == pages.len();
        let flags = 2 * u8::from(number == 0) + 4 * u8::from(last);
        let granule: u64 = if last { 960 } else { 0 };
        let mut lacing = Vec::new();
        for packet in *packets {
            lacing.resize(lacing.len() + packet.len() / 255, 255);
            lacing.push(u8::try_from(packet.len() % 255).unwrap());
        }
        let mut page = [&b"OggS\0"[..], &[flags]].concat();
        page.extend(granule.to_le_bytes());
        // The serial number of the stream.
        page.extend(0x5eed_u32.to_le_bytes());
        page.extend(number.to_le_bytes());
        page.extend([0; 4]);
        page.push(u8::try_from(lacing.len()).unwrap());
        page.extend(lacing);
        page.extend(packets.concat());
        let sum = ogg_crc(&page).to_le_bytes();
        page[22..26].copy_from_slice(&sum);
        bytes.extend(page);
    }
    bytes
}

/// The polynomial of CRC-32, but neither reflected nor inverted.
fn ogg_crc(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ (u32::from(*byte) << 24), |crc, _| {
            (crc << 1) ^ if crc >> 31 == 1 { 0x04c1_1db7 } else { 0 }
        })
    })
}

pub(crate) fn pdf(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut text = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(text.len());
        write!(text, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let table = text.len();
    let count = objects.len() + 1;
    write!(text, "xref\n0 {count}\n0000000000 65535 f \n").unwrap();
    for place in places {
        writeln!(text, "{place:010} 00000 n ").unwrap();
    }
    write!(
        text,
        "trailer\n<</Size {count}{trailer}>>\nstartxref\n{table}\n%%EOF\n"
    )
    .unwrap();
    text.into_bytes()
}

/// An archive: names, contents, and whether each is deflated.
pub(crate) fn zip(parts: &[(&str, &[u8], bool)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut index = Vec::new();
    for (name, content, deflate) in parts {
        let body = if *deflate {
            deflated(content, false)
        } else {
            content.to_vec()
        };
        let number = |length: usize| u32::try_from(length).unwrap().to_le_bytes();
        let mut facts = vec![20, 0, 0, 0, if *deflate { 8 } else { 0 }, 0, 0, 0, 0x21, 0];
        facts.extend(crc(content).to_le_bytes());
        facts.extend(number(body.len()));
        facts.extend(number(content.len()));
        facts.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        facts.extend([0, 0]);
        index.extend(b"PK\x01\x02\x14\0");
        index.extend(&facts);
        index.extend([0; 10]);
        index.extend(number(bytes.len()));
        index.extend(name.as_bytes());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(facts);
        bytes.extend(name.as_bytes());
        bytes.extend(body);
    }
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    let place = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    let length = u32::try_from(index.len()).unwrap().to_le_bytes();
    bytes.extend(index);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count, count].concat());
    bytes.extend([length, place].concat());
    bytes.extend([0, 0]);
    bytes
}
