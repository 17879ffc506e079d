//! Pictures, decoded to points and written anew.

use std::io::Cursor;

use cleaning::{Drawn, NotShown};
use domain::evidence::MediaType;
use image::codecs::jpeg::JpegEncoder;
use image::error::ImageError;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

use super::{Fault, POINTS, Picture, SIDE};

/// Most bytes that a decoded picture may take: half of what the process has.
const DECODED_BYTES: u64 = 512 << 20;
/// How well a photograph is kept, of 100.
const QUALITY: u8 = 85;

/// The points of a picture, upright, and whether it is a photograph.
pub(super) struct Decoded {
    points: DynamicImage,
    photograph: bool,
}

pub(super) fn decode(media: MediaType, file: &[u8]) -> Result<Decoded, Fault> {
    let format = format_of(media).ok_or(NotShown::Unsupported)?;
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODED_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| why(&error))?;
    if decoder.total_bytes() > DECODED_BYTES {
        return Err(NotShown::TooLarge.into());
    }
    // Without one, or with one that cannot be read, it is as it lies.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut points = DynamicImage::from_decoder(decoder).map_err(|error| why(&error))?;
    points = fit(points);
    points.apply_orientation(orientation);
    Ok(Decoded {
        points,
        photograph: format == ImageFormat::Jpeg,
    })
}

fn format_of(media: MediaType) -> Option<ImageFormat> {
    match media {
        MediaType::Jpeg => Some(ImageFormat::Jpeg),
        MediaType::Png => Some(ImageFormat::Png),
        MediaType::Webp => Some(ImageFormat::WebP),
        MediaType::Gif => Some(ImageFormat::Gif),
        MediaType::Tiff => Some(ImageFormat::Tiff),
        // For the first two nobody has written a decoder that is well kept and safe in memory.
        MediaType::Heic
        | MediaType::Avif
        | MediaType::Pdf
        | MediaType::Docx
        | MediaType::Xlsx
        | MediaType::Pptx
        | MediaType::Odt
        | MediaType::Ods
        | MediaType::Odp
        | MediaType::Mp3
        | MediaType::Wav
        | MediaType::Flac
        | MediaType::Ogg
        | MediaType::Opus
        | MediaType::M4a
        | MediaType::Mp4
        | MediaType::Mov
        | MediaType::Webm
        | MediaType::Avi
        | MediaType::Text
        | MediaType::Unknown => None,
    }
}

/// The library's errors are texts for people; this is all that a reader needs to know.
fn why(error: &ImageError) -> NotShown {
    match error {
        ImageError::Limits(_) => NotShown::TooLarge,
        ImageError::Unsupported(_) => NotShown::Unsupported,
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::IoError(_) => NotShown::Unreadable,
    }
}

/// Smaller, if it has more points than are shown; with eight bits for each colour.
fn fit(points: DynamicImage) -> DynamicImage {
    let (width, height) = (points.width(), points.height());
    let all = u64::from(width) * u64::from(height);
    let points = if width > SIDE || height > SIDE || all > POINTS {
        points.thumbnail(SIDE, SIDE)
    } else {
        points
    };
    if points.color().has_alpha() {
        DynamicImage::ImageRgba8(points.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(points.into_rgb8())
    }
}

/// Writes it, with nothing but points.
pub(super) fn write(decoded: Decoded) -> Result<Picture, Fault> {
    let Decoded { points, photograph } = decoded;
    let mut bytes = Vec::new();
    let drawn = if photograph {
        let to = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        points
            .to_rgb8()
            .write_with_encoder(to)
            .map(|()| Drawn::Jpeg)
    } else {
        let mut to = Cursor::new(&mut bytes);
        points
            .write_to(&mut to, ImageFormat::Png)
            .map(|()| Drawn::Png)
    };
    Ok(Picture {
        drawn: drawn.map_err(|error| why(&error))?,
        width: points.width(),
        height: points.height(),
        bytes,
    })
}
