//! Small, whole files with something in them that tells who made them. All of it is invented.

mod documents;
mod pictures;
mod recordings;

use domain::evidence::{FindingKind, MediaType};

pub(crate) use self::documents::naming;
use crate::making::exif;

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

/// One file of each type that can be cleaned, at least.
pub(crate) fn all() -> Vec<Sample> {
    vec![
        pictures::jpeg_photo(),
        pictures::png(),
        pictures::tiff_picture(),
        pictures::webp(),
        pictures::gif(),
        pictures::heic(),
        pictures::avif(),
        documents::pdf_document(),
        documents::packed_pdf_document(),
        documents::docx(),
        documents::xlsx(),
        documents::pptx(),
        documents::odt(),
        documents::ods(),
        documents::odp(),
        recordings::mp3(),
        recordings::wav(),
        recordings::flac(),
        recordings::ogg(),
        recordings::ogg_flac(),
        recordings::opus(),
        recordings::m4a(),
        recordings::mp4(),
    ]
}

/// The first of a type.
pub(crate) fn one(media: MediaType) -> Sample {
    let found = all().into_iter().find(|sample| sample.media == media);
    found.expect("there is one of each type that can be cleaned")
}

pub(crate) fn camera_block() -> Vec<u8> {
    exif(MAKE, MODEL, WITH, WHO)
}

#[test]
fn there_is_one_of_each_type_that_can_be_cleaned() {
    let kept_as_they_are = [
        MediaType::Mov,
        MediaType::Webm,
        MediaType::Avi,
        MediaType::Text,
        MediaType::Unknown,
    ];
    for &media in MediaType::ALL {
        let there = all().iter().any(|sample| sample.media == media);
        assert_ne!(there, kept_as_they_are.contains(&media), "{media}");
    }
}
