//! What is told of each type of file, and that the copy holds none of it.

use cleaner::clean;
use cleaning::{Outcome, sniff};
use domain::complaint::SecretText;
use domain::evidence::MediaType;
use flate2::{Decompress, FlushDecompress};

use crate::corpus;
use crate::making::{jpeg, zip};

/// The bytes, and all that they unpack to wherever they are read from.
fn everything(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![bytes.to_vec()];
    for at in 0..bytes.len() {
        for with_header in [true, false] {
            let mut unpacked = Vec::with_capacity(64 << 10);
            // A stream that breaks off has told its beginning all the same.
            let _ = Decompress::new(with_header).decompress_vec(
                &bytes[at..],
                &mut unpacked,
                FlushDecompress::Finish,
            );
            if unpacked.len() > 8 {
                all.push(unpacked);
            }
        }
    }
    all
}

fn holds(bytes: &[Vec<u8>], text: &str) -> bool {
    bytes.iter().any(|bytes| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    })
}

#[test]
fn what_is_found_is_told_and_gone_from_the_copy() {
    for sample in corpus::all() {
        let media = sample.media;
        assert_eq!(sniff(&sample.bytes), media);
        let before = everything(&sample.bytes);
        for planted in &sample.planted {
            assert!(
                holds(&before, planted),
                "{media}: {planted} is not there: the look is blind"
            );
        }

        let cleaned = clean(media, &sample.bytes);
        let copy = cleaned
            .copy
            .unwrap_or_else(|| panic!("{media}: {:?}", cleaned.report));
        let length = u64::try_from(copy.len()).unwrap();
        assert_eq!(cleaned.report.outcome, Outcome::Cleaned(length), "{media}");
        assert_eq!(cleaned.report.media, media);
        for (kind, value) in &sample.told {
            let told = |finding: &domain::evidence::Finding| {
                finding.kind == *kind
                    && finding.detail.as_ref().map(SecretText::expose) == Some(*value)
            };
            assert!(
                cleaned.report.findings.iter().any(told),
                "{media}: {value} is not told: {:?}",
                lines(&cleaned.report.findings)
            );
        }
        let after = everything(&copy);
        for planted in &sample.planted {
            assert!(!holds(&after, planted), "{media}: {planted} is still there");
        }
    }
}

fn lines(findings: &[domain::evidence::Finding]) -> Vec<(&str, Option<&str>)> {
    findings
        .iter()
        .map(|found| {
            (
                found.kind.code(),
                found.detail.as_ref().map(SecretText::expose),
            )
        })
        .collect()
}

#[test]
fn a_copy_is_as_clean_as_can_be_and_stays_what_it_was() {
    for sample in corpus::all() {
        let media = sample.media;
        let copy = clean(media, &sample.bytes).copy.unwrap();
        assert_eq!(sniff(&copy), media);
        let again = clean(media, &copy);
        // Only the way that a photograph is held may be left in it.
        if media != MediaType::Jpeg {
            assert_eq!(again.report.outcome, Outcome::NothingFound, "{media}");
        }
        assert!(
            again
                .report
                .findings
                .iter()
                .all(|found| found.detail.is_none()),
            "{media}: {:?}",
            lines(&again.report.findings)
        );
    }
}

#[test]
fn what_people_see_is_still_there() {
    for media in [
        MediaType::Docx,
        MediaType::Xlsx,
        MediaType::Pptx,
        MediaType::Odt,
        MediaType::Ods,
        MediaType::Odp,
    ] {
        let copy = clean(media, &corpus::one(media).bytes).copy.unwrap();
        assert!(holds(&everything(&copy), "Lo que se ve"), "{media}");
    }
    for media in [
        MediaType::Mp4,
        MediaType::M4a,
        MediaType::Heic,
        MediaType::Avif,
    ] {
        let copy = clean(media, &corpus::one(media).bytes).copy.unwrap();
        assert!(holds(&[copy], "0123456789abcdef"), "{media}");
    }
}

#[test]
fn photographs_stay_upright() {
    let sample = corpus::one(MediaType::Jpeg);
    let copy = clean(MediaType::Jpeg, &sample.bytes).copy.unwrap();
    let read = exif::Reader::new()
        .read_from_container(&mut std::io::Cursor::new(&copy))
        .unwrap();
    let fields: Vec<_> = read
        .fields()
        .map(|field| (field.tag, field.value.get_uint(0)))
        .collect();
    assert_eq!(fields, [(exif::Tag::Orientation, Some(6))]);
    let size = imagesize::blob_size(&copy).unwrap();
    assert_eq!((size.width, size.height), (8, 8));
}

#[test]
fn a_file_with_nothing_in_it_needs_no_copy() {
    for (media, bytes) in [
        (MediaType::Jpeg, jpeg(&[])),
        (MediaType::Text, "Una nota.\n".as_bytes().to_vec()),
    ] {
        let cleaned = clean(media, &bytes);
        assert_eq!(cleaned.report.outcome, Outcome::NothingFound, "{media}");
        assert!(cleaned.report.findings.is_empty() && cleaned.copy.is_none());
    }
}

#[test]
fn a_photograph_inside_a_document_is_cleaned_as_well() {
    let sample = corpus::one(MediaType::Odt);
    let block = [&b"Exif\0\0"[..], &corpus::camera_block()].concat();
    let photo = jpeg(&[(0xe1, &block)]);
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest \
        xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">\
        <manifest:file-entry manifest:full-path=\"/\" \
        manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>\
        <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\
        <manifest:file-entry manifest:full-path=\"Pictures/a.jpg\" manifest:media-type=\"image/jpeg\"/>\
        </manifest:manifest>";
    let content = "<?xml version=\"1.0\"?><office:document-content \
        xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"><office:body>\
        <office:text/></office:body></office:document-content>";
    let bytes = zip(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.text",
            false,
        ),
        ("content.xml", content.as_bytes(), true),
        ("Pictures/a.jpg", &photo, false),
        ("META-INF/manifest.xml", manifest.as_bytes(), true),
    ]);
    let cleaned = clean(sample.media, &bytes);
    let copy = cleaned
        .copy
        .unwrap_or_else(|| panic!("{:?}", cleaned.report));
    assert!(!holds(&everything(&copy), "Fabricante"));
    assert!(
        lines(&cleaned.report.findings)
            .contains(&("device", Some("Fabricante Inventado Modelo 7")))
    );
}
