//! Where a picture was taken and how it lies, from its Exif data.

use std::io::Cursor;

use exif::{Context, Exif, In, Rational, Reader, Tag, Value};

/// The Exif data of a picture, if it has any that can be read.
pub(crate) fn read(file: &[u8]) -> Option<Exif> {
    Reader::new()
        .read_from_container(&mut Cursor::new(file))
        .ok()
}

/// What in the Exif data tells who, where or with what. A TIFF picture has other fields that it needs.
const TELLING: [Tag; 12] = [
    Tag::Make,
    Tag::Model,
    Tag::Artist,
    Tag::Copyright,
    Tag::Software,
    Tag::DateTime,
    Tag::DateTimeOriginal,
    Tag::CameraOwnerName,
    Tag::BodySerialNumber,
    Tag::LensSerialNumber,
    Tag::ImageUniqueID,
    Tag::MakerNote,
];

/// Whether the Exif data tells who, where or with what.
pub(crate) fn tells_somebody(file: &[u8]) -> bool {
    read(file).is_some_and(|exif| {
        exif.fields()
            .any(|field| field.tag.context() == Context::Gps || TELLING.contains(&field.tag))
    })
}

/// The position, rounded to about a kilometre: enough for the sender to see what it gives away.
pub(crate) fn position(file: &[u8]) -> Option<String> {
    let exif = read(file)?;
    let latitude = angle(&exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, b'S')?;
    let longitude = angle(&exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, b'W')?;
    rounded(latitude, longitude)
}

/// Two decimals, if it is a place on earth.
pub(crate) fn rounded(latitude: f64, longitude: f64) -> Option<String> {
    let on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
    on_earth.then(|| format!("{latitude:.2}, {longitude:.2}"))
}

fn angle(exif: &Exif, tag: Tag, reference: Tag, negative: u8) -> Option<f64> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else {
        return None;
    };
    let [degrees, minutes, seconds, ..] = parts.as_slice() else {
        return None;
    };
    let value = |part: &Rational| (part.denom != 0).then(|| part.to_f64());
    let angle = value(degrees)? + value(minutes)? / 60.0 + value(seconds).unwrap_or(0.0) / 3600.0;
    let side = exif
        .get_field(reference, In::PRIMARY)
        .map(|field| &field.value);
    let turned = matches!(side, Some(Value::Ascii(text))
        if text.first().and_then(|text| text.first()) == Some(&negative));
    Some(if turned { -angle } else { angle })
}

/// ISO 6709, as videos of telephones write it: `+19.4326-099.1332+2240/`.
pub(crate) fn iso6709(text: &str) -> Option<String> {
    let text = text.trim();
    let signs: Vec<usize> = text
        .char_indices()
        .filter(|(_, c)| matches!(c, '+' | '-'))
        .map(|(at, _)| at)
        .collect();
    let [0, second, more @ ..] = signs.as_slice() else {
        return None;
    };
    let end = more
        .first()
        .copied()
        .or_else(|| text.find('/'))
        .unwrap_or(text.len());
    let latitude = text.get(..*second)?.parse().ok()?;
    let longitude = text.get(*second..end)?.parse().ok()?;
    rounded(latitude, longitude)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_of_a_video_is_rounded() {
        for (text, told) in [
            ("+19.4326-099.1332/", Some("19.43, -99.13")),
            ("+19.4326-099.1332+2240.123/", Some("19.43, -99.13")),
            ("-33.4-070.6", Some("-33.40, -70.60")),
            ("+91+000/", None),
            ("aquí", None),
            ("", None),
            ("+", None),
        ] {
            assert_eq!(iso6709(text).as_deref(), told, "{text}");
        }
    }
}
