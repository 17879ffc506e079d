//! What is shown in place of a file: what a reader needs of it, and nothing else.

use std::io::Cursor;

use cleaner::{Page, show};
use cleaning::{Drawn, NotShown, Refusal, Shown};
use domain::evidence::{Family, MediaType};
use image::{GenericImageView as _, ImageFormat, Rgb, RgbImage};

use crate::corpus;
use crate::making::{exif, pdf};

fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let points = RgbImage::from_fn(width, height, |x, _| {
        // The left half is red, the right one blue.
        if x < width / 2 {
            Rgb([220, 0, 0])
        } else {
            Rgb([0, 0, 220])
        }
    });
    let mut bytes = Vec::new();
    points
        .write_to(&mut Cursor::new(&mut bytes), format)
        .unwrap();
    bytes
}

fn has(bytes: &[u8], part: &str) -> bool {
    bytes
        .windows(part.len())
        .any(|found| found == part.as_bytes())
}

/// Of every type of file, nothing that tells who made it is in what is shown.
#[test]
fn nothing_hidden_comes_with_a_view() {
    let mut seen = Vec::new();
    for sample in corpus::all() {
        for page in [0, 1] {
            let Page { view, bytes } = show(&sample.bytes, page);
            for planted in &sample.planted {
                assert!(!has(&bytes, planted), "{}: {planted}", sample.media);
            }
            if !bytes.is_empty() {
                seen.push((view.media, page));
            }
        }
    }
    for media in [
        MediaType::Docx,
        MediaType::Xlsx,
        MediaType::Pptx,
        MediaType::Odt,
    ] {
        assert!(seen.contains(&(media, 0)), "{media}: {seen:?}");
    }
    for media in [MediaType::Png, MediaType::Pdf] {
        assert!(seen.contains(&(media, 1)), "{media}: {seen:?}");
    }
}

#[test]
fn office_files_are_read() {
    for sample in corpus::all() {
        let written = [MediaType::Docx, MediaType::Xlsx, MediaType::Pptx];
        if written.contains(&sample.media) {
            let shown = show(&sample.bytes, 0);
            let text = String::from_utf8(shown.bytes).unwrap();
            assert!(text.contains("Lo que se ve"), "{}: {text}", sample.media);
        }
    }
}

#[test]
fn pictures_are_drawn_anew_upright_and_no_larger_than_needed() {
    for (format, drawn) in [
        (ImageFormat::Jpeg, Drawn::Jpeg),
        (ImageFormat::Png, Drawn::Png),
        (ImageFormat::Gif, Drawn::Png),
        (ImageFormat::Tiff, Drawn::Png),
        (ImageFormat::WebP, Drawn::Png),
    ] {
        let file = picture(format, 60, 30);
        let one = Shown::Pages {
            count: 1,
            cut: false,
        };
        assert_eq!(show(&file, 0).view.shown, one, "{format:?}");
        let Page { view, bytes } = show(&file, 1);
        let length = u64::try_from(bytes.len()).unwrap();
        let expected = Shown::Picture {
            bytes: length,
            drawn,
            width: 60,
            height: 30,
        };
        assert_eq!(view.shown, expected, "{format:?}");
        let points = image::load_from_memory(&bytes).unwrap();
        let left = points.get_pixel(10, 15);
        assert!(left[0] > 150 && left[2] < 100, "{format:?}: {left:?}");
        let none = Shown::Nothing(NotShown::NoSuchPage);
        assert_eq!(show(&file, 2).view.shown, none);
    }
    let large = show(&picture(ImageFormat::Png, 5_000, 100), 1);
    let Shown::Picture { width, height, .. } = large.view.shown else {
        panic!("{:?}", large.view)
    };
    assert_eq!((width, height), (2_000, 40));
}

/// A telephone that is held upright writes the picture lying, and says so.
#[test]
fn a_photograph_stands_as_it_was_taken() {
    // To be turned to the right by a quarter (EXIF 4.6.4: six).
    let told = exif("Fabricante", "Modelo", "Programa", "Autora");
    let block = [&b"Exif\0\0"[..], &told].concat();
    let length = u16::try_from(block.len() + 2).unwrap().to_be_bytes();
    let lying = picture(ImageFormat::Jpeg, 60, 30);
    let (start, rest) = lying.split_at(2);
    let file = [start, &[0xff, 0xe1], &length, &block, rest].concat();
    let Shown::Picture { width, height, .. } = show(&file, 1).view.shown else {
        panic!("it is a picture")
    };
    assert_eq!((width, height), (30, 60));
}

#[test]
fn pages_are_drawn_one_by_one_and_bounded() {
    let page = |size: &str| {
        let content = "1 0 0 rg 0 0 9999 9999 re f";
        pdf(
            &[
                "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
                "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
                format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size}]/Contents 4 0 R>>"),
                format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
            ],
            "/Root 1 0 R",
        )
    };
    for (size, expected) in [
        ("100 50", (200, 100)),
        ("14400 7200", (2_000, 1_000)),
        ("5000 5000", (2_000, 2_000)),
    ] {
        let Page { view, bytes } = show(&page(size), 1);
        let Shown::Picture {
            drawn: Drawn::Png,
            width,
            height,
            ..
        } = view.shown
        else {
            panic!("{size}: {view:?}")
        };
        let near = |one: u32, other: u32| one.abs_diff(other) <= 1;
        assert!(
            near(width, expected.0) && near(height, expected.1),
            "{size}: {width} {height}"
        );
        let points = image::load_from_memory(&bytes).unwrap();
        assert_eq!(points.get_pixel(width / 2, height / 2).0[..3], [255, 0, 0]);
    }
    let none = show(&page("100 50"), 2).view.shown;
    assert_eq!(none, Shown::Nothing(NotShown::NoSuchPage));
}

#[test]
fn what_is_made_to_harm_is_not_opened() {
    let mut huge =
        b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0".to_vec();
    huge.extend([0; 40]);
    assert_eq!(show(&huge, 0).view.shown, Shown::Refused(Refusal::Bomb));
    let deep = pdf(&["[".repeat(200_000)], "/Root 1 0 R");
    assert!(matches!(
        show(&deep, 0).view.shown,
        Shown::Nothing(NotShown::Unreadable)
    ));
    for sample in corpus::all() {
        let recorded = matches!(sample.media.family(), Family::Audio | Family::Video);
        if recorded {
            let none = Shown::Nothing(NotShown::Unsupported);
            assert_eq!(show(&sample.bytes, 0).view.shown, none, "{}", sample.media);
        }
    }
}
