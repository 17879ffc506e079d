//! Values of XMP packets (ISO 16684-1), read with a small look instead of an XML reader.
//!
//! The packet goes as a whole; this only decides what the sender is told of it. So a value that is
//! missed costs a line and nothing else.

use domain::evidence::FindingKind;

use crate::position;

/// The properties that say who, where, with what and when.
const PROPERTIES: [(&str, FindingKind); 9] = [
    ("dc:creator", FindingKind::Author),
    ("photoshop:AuthorsPosition", FindingKind::Author),
    ("tiff:Artist", FindingKind::Author),
    ("tiff:Model", FindingKind::Device),
    ("aux:SerialNumber", FindingKind::Device),
    ("xmp:CreatorTool", FindingKind::Software),
    ("pdf:Producer", FindingKind::Software),
    ("xmp:CreateDate", FindingKind::Date),
    ("dc:title", FindingKind::Comment),
];

/// Most bytes of a packet that are looked at.
const PACKET_BYTES: usize = 1 << 20;

/// The values that the first uncompressed packet of a file holds.
pub(crate) fn values(file: &[u8]) -> Vec<(FindingKind, String)> {
    packet(file).map(|packet| read(&packet)).unwrap_or_default()
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

fn packet(file: &[u8]) -> Option<String> {
    let rest = &file[find(file, b"<x:xmpmeta")?..];
    let end = find(rest, b"</x:xmpmeta").unwrap_or(rest.len());
    let packet = &rest[..end.min(PACKET_BYTES)];
    Some(String::from_utf8_lossy(packet).into_owned())
}

fn read(packet: &str) -> Vec<(FindingKind, String)> {
    let mut values: Vec<_> = PROPERTIES
        .iter()
        .filter_map(|(name, kind)| Some((*kind, value(packet, name)?)))
        .collect();
    let angle = |name, negative| angle(&value(packet, name)?, negative);
    let place = angle("exif:GPSLatitude", 'S').zip(angle("exif:GPSLongitude", 'W'));
    if let Some(place) = place.and_then(|(north, east)| position::rounded(north, east)) {
        values.push((FindingKind::Location, place));
    }
    values
}

/// A property written as an attribute or as an element, perhaps with a list inside.
fn value(packet: &str, name: &str) -> Option<String> {
    let attribute = packet.split_once(&format!("{name}=\""));
    if let Some((value, _)) = attribute.and_then(|(_, rest)| rest.split_once('"')) {
        return Some(plain(value));
    }
    let (_, rest) = packet.split_once(&format!("<{name}"))?;
    let (_, rest) = rest.split_once('>')?;
    let (inside, _) = rest.split_once(&format!("</{name}>"))?;
    Some(plain(inside))
}

/// The text between tags, with the five entities of XML read.
fn plain(inside: &str) -> String {
    let mut text = String::new();
    for piece in inside.split('<') {
        let after = piece.split_once('>').map_or(piece, |(_, after)| after);
        if !after.trim().is_empty() {
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(after.trim());
        }
    }
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text, |text, (entity, c)| text.replace(entity, c))
}

/// `19,25.958N` or `19,25,57N`: degrees, minutes, perhaps seconds, side.
fn angle(text: &str, negative: char) -> Option<f64> {
    let side = text.chars().last()?;
    let number = text.strip_suffix(side)?;
    let mut parts = number.split(',').map(str::parse::<f64>);
    let degrees = parts.next()?.ok()?;
    let minutes = parts.next()?.ok()?;
    let seconds = parts.next().and_then(Result::ok).unwrap_or(0.0);
    let angle = degrees + minutes / 60.0 + seconds / 3600.0;
    Some(if side == negative { -angle } else { angle })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn both_ways_of_writing_are_read() {
        let file = br#"junk<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description
            tiff:Model="X100" exif:GPSLatitude="19,25.958N" exif:GPSLongitude="99,7,59W">
            <dc:creator><rdf:Seq><rdf:li>Ana &amp; Eva</rdf:li><rdf:li>Luz</rdf:li></rdf:Seq></dc:creator>
            <xmp:CreatorTool>GIMP</xmp:CreatorTool></rdf:Description></x:xmpmeta>more"#;
        let told = values(file);
        for line in [
            (FindingKind::Author, "Ana & Eva, Luz"),
            (FindingKind::Device, "X100"),
            (FindingKind::Software, "GIMP"),
            (FindingKind::Location, "19.43, -99.13"),
        ] {
            assert!(
                told.contains(&(line.0, line.1.to_owned())),
                "{line:?}: {told:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_packet_breaks_it(inside in "[<>/=\"a-z:é,0-9NSW ]{0,200}") {
            let file = format!("<x:xmpmeta <dc:creator{inside}</dc:creator> exif:GPSLatitude=\"{inside}");
            values(file.as_bytes());
        }
    }
}
