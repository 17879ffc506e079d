//! Files that are not taken, or not cleaned, and what is said of each.

use cleaner::clean;
use cleaning::{NotCleaned, Outcome, Refusal, sniff};
use domain::evidence::MediaType;

use crate::corpus;
use crate::making::{boxed, deflated, jpeg, pdf, png_chunk, zip};

fn outcome(bytes: &[u8]) -> Outcome {
    let cleaned = clean(sniff(bytes), bytes);
    assert_eq!(
        cleaned.copy.is_some(),
        matches!(cleaned.report.outcome, Outcome::Cleaned(_)),
        "a copy without a word, or the other way round"
    );
    cleaned.report.outcome
}

#[test]
fn files_that_are_cut_off_are_damaged() {
    for sample in corpus::all() {
        let half = &sample.bytes[..sample.bytes.len() / 2];
        let found = clean(sample.media, half).report.outcome;
        // Sound may end anywhere: what is there can be heard.
        let may_end = matches!(
            sample.media,
            MediaType::Mp3 | MediaType::Flac | MediaType::Wav
        );
        assert!(
            found == Outcome::Refused(Refusal::Malformed)
                || may_end && !matches!(found, Outcome::NothingFound),
            "{}: {found:?}",
            sample.media
        );
    }
}

#[test]
fn pictures_with_too_many_points_are_bombs() {
    let head = [0, 0, 0x7f, 0xff, 0, 0, 0x7f, 0xff, 8, 0, 0, 0, 0];
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend(png_chunk(*b"IHDR", &head));
    png.extend(png_chunk(*b"IDAT", &deflated(&vec![0; 1 << 20], true)));
    png.extend(png_chunk(*b"IEND", b""));
    assert_eq!(outcome(&png), Outcome::Refused(Refusal::Bomb));

    let mut photo = jpeg(&[]);
    let at = photo
        .windows(2)
        .position(|bytes| bytes == [0xff, 0xc0])
        .unwrap();
    photo[at + 5..at + 9].copy_from_slice(&[0xff; 4]);
    assert_eq!(outcome(&photo), Outcome::Refused(Refusal::Bomb));
}

#[test]
fn archives_that_unpack_to_too_much_are_bombs() {
    let bomb = vec![b' '; 200 << 20];
    let types = "<?xml version=\"1.0\"?><Types><Override PartName=\"/word/document.xml\" ContentType=\
        \"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let docx = zip(&[
        ("[Content_Types].xml", types.as_bytes(), true),
        ("word/document.xml", &bomb, true),
    ]);
    assert!(docx.len() < 1 << 20, "{} bytes are no bomb", docx.len());
    assert_eq!(outcome(&docx), Outcome::Refused(Refusal::Bomb));
}

#[test]
fn documents_whose_index_unpacks_to_too_much_are_bombs() {
    let packed = deflated(&vec![b' '; 80 << 20], true);
    let mut bytes = b"%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode".to_vec();
    bytes.extend(format!("/Length {}>>stream\n", packed.len()).as_bytes());
    bytes.extend(packed);
    bytes.extend(b"\nendstream\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
    assert_eq!(outcome(&bytes), Outcome::Refused(Refusal::Bomb));
}

#[test]
fn programs_and_archives_in_disguise_are_told() {
    let macros = "<?xml version=\"1.0\"?><Types><Override PartName=\"/word/document.xml\" ContentType=\
        \"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>";
    let word = "wordprocessingml.document.macroEnabled.main+xml";
    let macros = macros.replace("document.macroEnabled.main+xml", word);
    let docm = zip(&[
        ("[Content_Types].xml", macros.as_bytes(), true),
        ("word/document.xml", b"<w:document/>", true),
    ]);
    assert_eq!(outcome(&docm), Outcome::Refused(Refusal::Macros));

    let archive = zip(&[
        ("[Content_Types].xml", b"<Types/>", true),
        ("word/", b"", false),
        ("cosa.exe", b"MZ", false),
    ]);
    assert_eq!(outcome(&archive), Outcome::Refused(Refusal::Mislabelled));

    let text = [&b"Una nota larga.\n".repeat(600)[..], b"\0\0MZ"].concat();
    assert_eq!(outcome(&text), Outcome::Refused(Refusal::Mislabelled));
    // What intake was told by the first bytes must be true of the file.
    let told = clean(MediaType::Png, &jpeg(&[])).report.outcome;
    assert_eq!(told, Outcome::Refused(Refusal::Mislabelled));
}

#[test]
fn files_that_need_a_password_are_told() {
    let mut docx = corpus::one(MediaType::Docx).bytes;
    let places: Vec<_> = (0..docx.len() - 4)
        .filter(|at| docx[*at..].starts_with(b"PK\x03\x04"))
        .collect();
    for at in places {
        docx[at + 6] |= 1;
    }
    assert_eq!(outcome(&docx), Outcome::Refused(Refusal::Encrypted));

    let manifest = "<manifest:manifest><manifest:file-entry manifest:full-path=\"content.xml\">\
        <manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let odt = zip(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.text",
            false,
        ),
        ("content.xml", &[0x5a; 64], true),
        ("META-INF/manifest.xml", manifest.as_bytes(), true),
    ]);
    assert_eq!(outcome(&odt), Outcome::Refused(Refusal::Encrypted));

    let zeros = "00".repeat(32);
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>".to_owned(),
        format!("<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{zeros}>/U<{zeros}>>>"),
    ];
    let id = "00".repeat(16);
    let locked = pdf(
        &objects,
        &format!("/Root 1 0 R/Encrypt 4 0 R/ID[<{id}><{id}>]"),
    );
    assert_eq!(outcome(&locked), Outcome::Refused(Refusal::Encrypted));
}

#[test]
fn what_cannot_be_cleaned_is_taken_and_said_plainly() {
    let unsupported = Outcome::NotCleaned(NotCleaned::Unsupported);
    let mov = [boxed(*b"ftyp", b"qt  \0\0\0\0qt  "), boxed(*b"moov", b"")].concat();
    assert_eq!(outcome(&mov), unsupported);
    let webm = [&b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"[..], &[0; 256]].concat();
    assert_eq!(sniff(&webm), MediaType::Webm);
    assert_eq!(outcome(&webm), unsupported);
    let avi = b"RIFF\x20\0\0\0AVI LIST\x10\0\0\0hdrl0123456789ab";
    assert_eq!(sniff(avi), MediaType::Avi);
    assert_eq!(outcome(avi), unsupported);
}

#[test]
fn documents_with_other_files_inside_are_not_called_clean() {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a) 4 0 R]>>>>>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>".to_owned(),
        "<</Type/Filespec/F(a)/EF<</F 5 0 R>>>>".to_owned(),
        "<</Type/EmbeddedFile/Length 4>>stream\nhola\nendstream".to_owned(),
        "<</Author(Autora Inventada)>>".to_owned(),
    ];
    let bytes = pdf(&objects, "/Root 1 0 R/Info 6 0 R");
    let cleaned = clean(MediaType::Pdf, &bytes);
    assert_eq!(
        cleaned.report.outcome,
        Outcome::NotCleaned(NotCleaned::Attachments)
    );
    assert!(cleaned.copy.is_none());
    assert!(
        !cleaned.report.findings.is_empty(),
        "what was seen is told all the same"
    );
}

#[test]
fn office_files_in_which_somebody_stays_named_are_not_called_clean() {
    for (media, bytes) in corpus::naming() {
        let cleaned = clean(media, &bytes);
        let residue = Outcome::NotCleaned(NotCleaned::Residue);
        assert_eq!(cleaned.report.outcome, residue, "{media}");
        assert!(cleaned.copy.is_none() && !cleaned.report.findings.is_empty());
    }
}
