//! Keeps cleaned photographs upright.
//!
//! Telephones write how they were held into the same block as the position, and that block goes as a
//! whole. Without it half of all photographs would lie on their side. So exactly this one number is
//! written back, in a block that holds nothing else.

use exif::{In, Tag};

use crate::position;

/// Begins a JPEG file.
const START: [u8; 2] = [0xff, 0xd8];
/// Begins the JFIF block, which must stay first.
const JFIF: [u8; 2] = [0xff, 0xe0];

/// Gives a cleaned JPEG the orientation of the original, if that says anything but upright.
pub(crate) fn restore(original: &[u8], copy: Vec<u8>) -> Vec<u8> {
    let turned = position::read(original)
        .and_then(|exif| {
            let field = exif.get_field(Tag::Orientation, In::PRIMARY)?;
            field.value.get_uint(0)
        })
        .and_then(|value| u8::try_from(value).ok())
        .filter(|value| (2..=8).contains(value));
    match (turned, after_jfif(&copy)) {
        (Some(value), Some(at)) => {
            let mut upright = Vec::with_capacity(copy.len() + 36);
            upright.extend_from_slice(&copy[..at]);
            upright.extend_from_slice(&block(value));
            upright.extend_from_slice(&copy[at..]);
            upright
        }
        _ => copy,
    }
}

/// Where a block may be put: behind the JFIF block, or at the start if there is none.
fn after_jfif(copy: &[u8]) -> Option<usize> {
    let rest = copy.strip_prefix(&START)?;
    match rest.strip_prefix(&JFIF) {
        Some([high, low, ..]) => {
            let end = START.len() + JFIF.len() + usize::from(u16::from_be_bytes([*high, *low]));
            (end <= copy.len()).then_some(end)
        }
        Some(_) => None,
        None => Some(START.len()),
    }
}

/// An Exif block with one entry (Exif 2.32, 4.6): orientation, one short number.
fn block(orientation: u8) -> [u8; 36] {
    let mut block =
        *b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0?\0\0\0\0\0\0";
    block[29] = orientation;
    block
}
