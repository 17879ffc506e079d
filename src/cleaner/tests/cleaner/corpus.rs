//! Small, whole files with something in them that tells who made them. All of it is invented.

use domain::evidence::FindingKind::{self, Author, Comment, Date, Device, Location, Software};
use domain::evidence::MediaType;

use crate::making::{boxed, chunk, exif, jpeg, pdf, png_chunk, tiff, zip};

/// A file, what it must be told of, and what must be gone from the copy.
pub(crate) struct Sample {
    pub(crate) media: MediaType,
    pub(crate) bytes: Vec<u8>,
    pub(crate) told: Vec<(FindingKind, &'static str)>,
    pub(crate) planted: Vec<&'static str>,
}

const MAKE: &str = "Fabricante Inventado";
const MODEL: &str = "Modelo 7";
const DEVICE: &str = "Fabricante Inventado Modelo 7";
const WHO: &str = "Autora Inventada";
const WITH: &str = "Programa 1.2";

/// One file of each type that can be cleaned.
pub(crate) fn all() -> Vec<Sample> {
    vec![
        jpeg_photo(),
        png(),
        camera(MediaType::Tiff, tiff(MAKE, MODEL, WITH, WHO)),
        webp(),
        gif(),
        pdf_document(),
        packed_pdf_document(),
        docx(),
        odt(),
        mp3(),
        wav(),
        flac(),
        mp4(),
    ]
}

fn camera(media: MediaType, bytes: Vec<u8>) -> Sample {
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

pub(crate) fn camera_block() -> Vec<u8> {
    exif(MAKE, MODEL, WITH, WHO)
}

fn jpeg_photo() -> Sample {
    let block = [&b"Exif\0\0"[..], &camera_block()].concat();
    let mut sample = camera(
        MediaType::Jpeg,
        jpeg(&[(0xe1, &block), (0xfe, b"Nota escondida")]),
    );
    sample.told.push((Comment, "Nota escondida"));
    sample.planted.push("escondida");
    sample
}

fn png() -> Sample {
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

fn webp() -> Sample {
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

fn gif() -> Sample {
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

fn pdf_document() -> Sample {
    let packet = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><dc:creator><rdf:Seq><rdf:li>Coautora \
                  Inventada</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>".to_owned(),
        "<</Length 3>>stream\nq Q\nendstream".to_owned(),
        format!("<</Author({WHO})/Creator({WITH})/CreationDate(D:20260819123045-06'00')>>"),
        format!(
            "<</Type/Metadata/Subtype/XML/Length {}>>stream\n{packet}\nendstream",
            packet.len()
        ),
    ];
    Sample {
        media: MediaType::Pdf,
        bytes: pdf(&objects, "/Root 1 0 R/Info 5 0 R"),
        told: vec![
            (Author, WHO),
            (Author, "Coautora Inventada"),
            (Software, WITH),
            (Date, "2026-08-19 12:30"),
        ],
        planted: vec!["Inventada", WITH, "20260819"],
    }
}

/// The same with its objects in compressed streams, as PDF has them since version 1.5.
fn packed_pdf_document() -> Sample {
    let mut sample = pdf_document();
    let mut document = lopdf::Document::load_mem(&sample.bytes).unwrap();
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes).unwrap();
    assert!(bytes.windows(7).any(|part| part == b"/ObjStm"));
    sample.bytes = bytes;
    sample
}

fn docx() -> Sample {
    const TYPE: &str = "application/vnd.openxmlformats";
    const NS: &str = "http://schemas.openxmlformats.org";
    let types = format!(
        "<?xml version=\"1.0\"?><Types xmlns=\"{NS}/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"{TYPE}-package.relationships+xml\"/>\
         <Override PartName=\"/word/document.xml\" \
         ContentType=\"{TYPE}-officedocument.wordprocessingml.document.main+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" \
         ContentType=\"{TYPE}-package.core-properties+xml\"/></Types>"
    );
    let relations = format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"{NS}/package/2006/relationships\">\
         <Relationship Id=\"a\" Type=\"{NS}/officeDocument/2006/relationships/officeDocument\" \
         Target=\"word/document.xml\"/>\
         <Relationship Id=\"b\" Type=\"{NS}/package/2006/relationships/metadata/core-properties\" \
         Target=\"docProps/core.xml\"/></Relationships>"
    );
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"{NS}/wordprocessingml/2006/main\"><w:body>\
         <w:p w:rsidR=\"00AB12CD\"><w:r><w:t>Lo que se ve</w:t></w:r></w:p></w:body></w:document>"
    );
    let core = format!(
        "<?xml version=\"1.0\"?><cp:coreProperties \
         xmlns:cp=\"{NS}/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>{WHO}</dc:creator>\
         <cp:lastModifiedBy>Otra Inventada</cp:lastModifiedBy></cp:coreProperties>"
    );
    Sample {
        media: MediaType::Docx,
        bytes: zip(&[
            ("[Content_Types].xml", types.as_bytes(), true),
            ("_rels/.rels", relations.as_bytes(), true),
            ("word/document.xml", document.as_bytes(), true),
            ("docProps/core.xml", core.as_bytes(), true),
        ]),
        told: vec![(Author, WHO), (Author, "Otra Inventada")],
        planted: vec!["Inventada", "00AB12CD"],
    }
}

fn odt() -> Sample {
    const NS: &str = "urn:oasis:names:tc:opendocument:xmlns";
    const TYPE: &str = "application/vnd.oasis.opendocument.text";
    let manifest = format!(
        "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"{NS}:manifest:1.0\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{TYPE}\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\
         <manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>\
         </manifest:manifest>"
    );
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"{NS}:office:1.0\" \
         xmlns:text=\"{NS}:text:1.0\" office:version=\"1.3\"><office:body><office:text>\
         <text:p>Lo que se ve</text:p></office:text></office:body></office:document-content>"
    );
    let meta = format!(
        "<?xml version=\"1.0\"?><office:document-meta xmlns:office=\"{NS}:office:1.0\" \
         xmlns:meta=\"{NS}:meta:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><office:meta>\
         <meta:initial-creator>{WHO}</meta:initial-creator><meta:generator>{WITH}</meta:generator>\
         </office:meta></office:document-meta>"
    );
    Sample {
        media: MediaType::Odt,
        bytes: zip(&[
            ("mimetype", TYPE.as_bytes(), false),
            ("content.xml", content.as_bytes(), true),
            ("meta.xml", meta.as_bytes(), true),
            ("META-INF/manifest.xml", manifest.as_bytes(), true),
        ]),
        told: vec![(Author, WHO), (Software, WITH)],
        planted: vec![WHO, WITH],
    }
}

fn mp3() -> Sample {
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

fn wav() -> Sample {
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

fn flac() -> Sample {
    let little = |length: usize| u32::try_from(length).unwrap().to_le_bytes();
    let artist = format!("ARTIST={WHO}");
    let mut comments = little(WITH.len()).to_vec();
    comments.extend(WITH.as_bytes());
    comments.extend(little(1));
    comments.extend(little(artist.len()));
    comments.extend(artist.as_bytes());
    let mut bytes = b"fLaC\0\0\0\x22".to_vec();
    bytes.extend(b"\x10\0\x10\0\0\0\0\0\0\0\x0a\xc4\x40\xf0\0\0\0\0");
    bytes.extend([0; 16]);
    bytes.extend([0x84, 0, 0, u8::try_from(comments.len()).unwrap()]);
    bytes.extend(comments);
    bytes.extend(b"\xff\xf8\xc9\x18\0\xc2\0\0\0\0");
    Sample {
        media: MediaType::Flac,
        bytes,
        told: vec![(Author, WHO), (Software, WITH)],
        planted: vec![WHO, WITH],
    }
}

fn mp4() -> Sample {
    let zeros = |count: usize| vec![0; count];
    // Seconds since 1904 at which it was made, and then the rest of the header.
    let header = [&[0; 4][..], &[0xe6, 0xab, 0xcd, 0xef], &zeros(92)].concat();
    let place = "+19.4326-099.1332/";
    let xyz = [&[0, 18, 0x15, 0xc7][..], place.as_bytes()].concat();
    let handler = [&zeros(8)[..], b"vide", &zeros(12), b"Programa 1.2\0"].concat();
    let entry = [&zeros(6)[..], &[0, 1], &zeros(70)].concat();
    let described = [&zeros(7)[..], &[1], &boxed(*b"mp4v", &entry)].concat();
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
        boxed(*b"vmhd", &zeros(12)),
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
        boxed(*b"mvhd", &header),
        boxed(*b"trak", &track),
        boxed(*b"udta", &boxed(*b"\xa9xyz", &xyz)),
    ]
    .concat();
    let bytes = [
        boxed(*b"ftyp", b"isom\0\0\0\0isommp42"),
        boxed(*b"mdat", b"0123456789abcdef"),
        boxed(*b"moov", &movie),
    ]
    .concat();
    Sample {
        media: MediaType::Mp4,
        bytes,
        told: vec![(Location, "19.43, -99.13"), (Software, WITH)],
        planted: vec!["19.4326", WITH],
    }
}
