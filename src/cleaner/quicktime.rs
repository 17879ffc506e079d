//! Values of the tags in MPEG-4 files.
//!
//! The cleaning library finds and removes these tags; what it shows of their texts is cut. There are two
//! ways of writing them: telephones put a length and a language before the text, music programs put it
//! into a box of its own (`QuickTime` File Format, "User data" and "Metadata").

use domain::evidence::FindingKind;

use crate::position;

/// The tags that say who, where, with what and when.
const TAGS: [([u8; 4], FindingKind); 12] = [
    (*b"\xa9xyz", FindingKind::Location),
    (*b"\xa9ART", FindingKind::Author),
    (*b"aART", FindingKind::Author),
    (*b"\xa9wrt", FindingKind::Author),
    (*b"auth", FindingKind::Author),
    (*b"\xa9mak", FindingKind::Device),
    (*b"\xa9mod", FindingKind::Device),
    (*b"\xa9swr", FindingKind::Software),
    (*b"\xa9too", FindingKind::Software),
    (*b"\xa9day", FindingKind::Date),
    (*b"\xa9cmt", FindingKind::Comment),
    (*b"\xa9nam", FindingKind::Comment),
];

/// The texts of the first tag of each kind in the description of a file, which begins at `moov`.
pub(crate) fn values(file: &[u8]) -> Vec<(FindingKind, String)> {
    let Some(movie) = find(file, b"moov").map(|at| &file[at..]) else {
        return Vec::new();
    };
    TAGS.iter()
        .filter_map(|(name, kind)| {
            let text = text(movie, *name)?;
            let shown = match kind {
                FindingKind::Location => position::iso6709(&text)?,
                FindingKind::Author
                | FindingKind::Device
                | FindingKind::Software
                | FindingKind::Date
                | FindingKind::Comment
                | FindingKind::Other => text,
            };
            Some((*kind, shown))
        })
        .collect()
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// The text of a tag: its length stands four bytes before its name.
fn text(movie: &[u8], name: [u8; 4]) -> Option<String> {
    let at = find(movie, &name)?;
    let length: [u8; 4] = movie.get(at.checked_sub(4)?..at)?.try_into().ok()?;
    let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
    let payload = movie.get(at + 4..at.checked_add(length)?.checked_sub(4)?)?;
    let text = match payload {
        [_, _, _, _, b'd', b'a', b't', b'a', rest @ ..] => rest.get(8..)?,
        [high, low, _, _, rest @ ..] => {
            rest.get(..usize::from(u16::from_be_bytes([*high, *low])))?
        }
        _ => return None,
    };
    String::from_utf8(text.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn boxed(name: &[u8], body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + 8).unwrap().to_be_bytes();
        [&length[..], name, body].concat()
    }

    #[test]
    fn both_ways_of_writing_are_read() {
        let own = [&b"\0\0\0\x01\0\0\0\0"[..], b"Ana"].concat();
        let file = [
            &b"\0\0\0\0moov"[..],
            &boxed(b"\xa9mak", b"\0\x05\x15\xc7Apple"),
            &boxed(b"\xa9ART", &boxed(b"data", &own)),
            &boxed(b"\xa9swr", b"\0\xff\x15\xc7corto"),
        ]
        .concat();
        assert_eq!(
            values(&file),
            [
                (FindingKind::Author, "Ana".to_owned()),
                (FindingKind::Device, "Apple".to_owned()),
            ]
        );
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(before in any::<[u8; 4]>(), after in prop::collection::vec(any::<u8>(), 0..40)) {
            let file = [&b"moov"[..], &before, b"\xa9xyz", &after].concat();
            values(&file);
        }
    }
}
