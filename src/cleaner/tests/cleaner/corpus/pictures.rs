//! Pictures of telephones and of screens.

use domain::evidence::FindingKind::{Author, Comment, Date, Device, Location, Software};
use domain::evidence::MediaType;

use super::{DEVICE, MAKE, MODEL, Sample, WHO, WITH, camera_block};
use crate::making::{boxed, chunk, jpeg, png_chunk, tiff};

pub(super) fn camera(media: MediaType, bytes: Vec<u8>) -> Sample {
    Sample {
        media,
        bytes,
        told: vec![
            (Location, "19.43, -99.13"),
            (Author, WHO),
            (Device, DEVICE),
            (Software, WITH),
            (Date, "2026-08-19 12:30"),
        ],
        planted: vec![MAKE, MODEL, WHO, WITH, "2026:08:19"],
    }
}

pub(super) fn jpeg_photo() -> Sample {
    let block = [&b"Exif\0\0"[..], &camera_block()].concat();
    let mut sample = camera(
        MediaType::Jpeg,
        jpeg(&[(0xe1, &block), (0xfe, b"Nota escondida")]),
    );
    sample.told.push((Comment, "Nota escondida"));
    sample.planted.push("escondida");
    sample
}

pub(super) fn png() -> Sample {
    let head = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(png_chunk(*b"IHDR", &head));
    bytes.extend(png_chunk(*b"eXIf", &camera_block()));
    bytes.extend(png_chunk(*b"tEXt", b"Comment\0Nota escondida"));
    bytes.extend(png_chunk(
        *b"IDAT",
        &crate::making::deflated(&[0, 0x7f], true),
    ));
    bytes.extend(png_chunk(*b"IEND", b""));
    let mut sample = camera(MediaType::Png, bytes);
    sample.told.push((Comment, "Nota escondida"));
    sample.planted.push("escondida");
    sample
}

pub(super) fn webp() -> Sample {
    // VP8L (the WebP lossless bitstream): signature, then 1 by 1 pixel, and an empty body.
    let picture = [0x2f, 0, 0, 0, 0, 0x88, 0x88, 0x08];
    // VP8X: there is Exif; the canvas is 1 by 1.
    let head = [0b1000, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let body = [
        &b"WEBP"[..],
        &chunk(*b"VP8X", &head),
        &chunk(*b"VP8L", &picture),
        &chunk(*b"EXIF", &camera_block()),
    ]
    .concat();
    camera(MediaType::Webp, chunk(*b"RIFF", &body))
}

pub(super) fn gif() -> Sample {
    let mut bytes = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    bytes.extend(b"!\xfe\x0eNota escondida\0");
    bytes.extend(b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;");
    Sample {
        media: MediaType::Gif,
        bytes,
        told: vec![(Comment, "Nota escondida")],
        planted: vec!["escondida"],
    }
}

pub(super) fn tiff_picture() -> Sample {
    camera(MediaType::Tiff, tiff(MAKE, MODEL, WITH, WHO))
}

/// As the telephones of Apple and many others keep photographs.
pub(super) fn heic() -> Sample {
    still(MediaType::Heic, b"heic\0\0\0\0mif1heic", *b"hvc1", *b"hvcC")
}

pub(super) fn avif() -> Sample {
    still(
        MediaType::Avif,
        b"avif\0\0\0\0avifmif1miaf",
        *b"av01",
        *b"av1C",
    )
}

/// A box with a version and no flags.
fn full(kind: [u8; 4], version: u8, body: &[u8]) -> Vec<u8> {
    boxed(kind, &[&[version, 0, 0, 0][..], body].concat())
}

/// A still picture in a HEIF container (ISO/IEC 23008-12): the picture, its thumbnail, what the camera
/// writes (Exif) and what a program writes (XMP); in the order in which telephones put them.
fn still(media: MediaType, brands: &[u8], codec: [u8; 4], configuration: [u8; 4]) -> Sample {
    let packet = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><dc:creator><rdf:Seq><rdf:li>Coautora \
                  Inventada</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>";
    // How far the block is from here, and then its own mark.
    let block = [&[0, 0, 0, 6][..], b"Exif\0\0", &camera_block()].concat();
    let items: [([u8; 4], &[u8], &[u8]); 4] = [
        (codec, b"Foto de Zoraida\0", b"0123456789abcdef"),
        (*b"Exif", b"\0", &block),
        (*b"mime", b"\0application/rdf+xml\0", packet.as_bytes()),
        (codec, b"\0", b"Miniatura oculta"),
    ];
    let first = boxed(*b"ftyp", brands);
    // The places are of fixed width: the length of the description does not depend on them.
    let length = description(&items, configuration, 0).len();
    let place = u32::try_from(first.len() + length + 8).unwrap();
    let contents: Vec<u8> = items
        .iter()
        .flat_map(|(.., content)| *content)
        .copied()
        .collect();
    let bytes = [
        first,
        description(&items, configuration, place),
        boxed(*b"mdat", &contents),
    ]
    .concat();
    let mut sample = camera(media, bytes);
    sample.told.push((Author, "Coautora Inventada"));
    sample
        .planted
        .extend(["Inventada", "Zoraida", "Miniatura oculta", "Perfil 9"]);
    sample
}

/// The box that says what is in a HEIF file, with the contents beginning at `place`.
fn description(items: &[([u8; 4], &[u8], &[u8])], configuration: [u8; 4], place: u32) -> Vec<u8> {
    let handler = [&[0; 4][..], b"pict", &[0; 12], WITH.as_bytes(), b"\0"].concat();
    let count = u16::try_from(items.len()).unwrap().to_be_bytes();
    let mut named = count.to_vec();
    // Places and lengths of four bytes.
    let mut places = [&[0x44, 0][..], &count].concat();
    let mut at = place;
    for (id, (kind, name, content)) in (1_u16..).zip(items) {
        let entry = [&id.to_be_bytes()[..], &[0, 0], kind, name].concat();
        named.extend(full(*b"infe", 2, &entry));
        let length = u32::try_from(content.len()).unwrap();
        places.extend([&id.to_be_bytes()[..], &[0, 0, 0, 0, 0, 1]].concat());
        places.extend([at.to_be_bytes(), length.to_be_bytes()].concat());
        at += length;
    }
    let about = [
        boxed(*b"cdsc", &[0, 2, 0, 1, 0, 1]),
        boxed(*b"cdsc", &[0, 3, 0, 1, 0, 1]),
        boxed(*b"thmb", &[0, 4, 0, 1, 0, 1]),
    ]
    .concat();
    let properties = [
        full(*b"ispe", 0, &[0, 0, 0, 8, 0, 0, 0, 8]),
        boxed(configuration, &[1; 23]),
        boxed(*b"colr", b"profPerfil 9"),
    ]
    .concat();
    let belong = [0, 0, 0, 1, 0, 1, 3, 1, 0x82, 3];
    let properties = [boxed(*b"ipco", &properties), full(*b"ipma", 0, &belong)].concat();
    full(
        *b"meta",
        0,
        &[
            full(*b"hdlr", 0, &handler),
            full(*b"pitm", 0, &[0, 1]),
            full(*b"iinf", 0, &named),
            full(*b"iref", 0, &about),
            boxed(*b"iprp", &properties),
            full(*b"iloc", 1, &places),
        ]
        .concat(),
    )
}
