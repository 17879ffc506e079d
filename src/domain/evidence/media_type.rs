//! The types of files that are known, as their content tells them.

use crate::coded_enum;

coded_enum! {
    /// The type of a file, told by its content.
    pub enum MediaType {
        /// JPEG image.
        Jpeg = "jpeg",
        /// PNG image.
        Png = "png",
        /// WebP image.
        Webp = "webp",
        /// GIF image.
        Gif = "gif",
        /// HEIF image, as telephones of one maker take them.
        Heic = "heic",
        /// AVIF image.
        Avif = "avif",
        /// TIFF image.
        Tiff = "tiff",
        /// PDF document.
        Pdf = "pdf",
        /// Office Open XML text.
        Docx = "docx",
        /// Office Open XML sheet.
        Xlsx = "xlsx",
        /// Office Open XML slides.
        Pptx = "pptx",
        /// `OpenDocument` text.
        Odt = "odt",
        /// `OpenDocument` sheet.
        Ods = "ods",
        /// `OpenDocument` slides.
        Odp = "odp",
        /// MPEG audio.
        Mp3 = "mp3",
        /// Wave audio.
        Wav = "wav",
        /// FLAC audio.
        Flac = "flac",
        /// Ogg audio other than Opus.
        Ogg = "ogg",
        /// Opus audio in Ogg, as voice messages are.
        Opus = "opus",
        /// AAC audio in MPEG-4.
        M4a = "m4a",
        /// MPEG-4 video.
        Mp4 = "mp4",
        /// `QuickTime` video.
        Mov = "mov",
        /// `WebM` video.
        Webm = "webm",
        /// AVI video.
        Avi = "avi",
        /// Plain text in UTF-8.
        Text = "text",
        /// None of these.
        Unknown = "unknown",
    }
}

/// What kind of thing a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// A picture.
    Image,
    /// Pages, sheets, slides.
    Document,
    /// Sound.
    Audio,
    /// Moving pictures.
    Video,
    /// Plain text.
    Text,
    /// Anything else.
    Other,
}

impl MediaType {
    /// The media type that HTTP names it by.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Heic => "image/heic",
            Self::Avif => "image/avif",
            Self::Tiff => "image/tiff",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Mp3 => "audio/mpeg",
            Self::Wav => "audio/wav",
            Self::Flac => "audio/flac",
            Self::Ogg => "audio/ogg",
            Self::Opus => "audio/opus",
            Self::M4a => "audio/mp4",
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
            Self::Webm => "video/webm",
            Self::Avi => "video/x-msvideo",
            Self::Text => "text/plain",
            Self::Unknown => "application/octet-stream",
        }
    }

    /// What kind of thing it is.
    pub const fn family(self) -> Family {
        match self {
            Self::Jpeg
            | Self::Png
            | Self::Webp
            | Self::Gif
            | Self::Heic
            | Self::Avif
            | Self::Tiff => Family::Image,
            Self::Pdf
            | Self::Docx
            | Self::Xlsx
            | Self::Pptx
            | Self::Odt
            | Self::Ods
            | Self::Odp => Family::Document,
            Self::Mp3 | Self::Wav | Self::Flac | Self::Ogg | Self::Opus | Self::M4a => {
                Family::Audio
            }
            Self::Mp4 | Self::Mov | Self::Webm | Self::Avi => Family::Video,
            Self::Text => Family::Text,
            Self::Unknown => Family::Other,
        }
    }

    /// The usual ending of its file names, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Text => "txt",
            Self::Unknown => "bin",
            Self::Png
            | Self::Webp
            | Self::Gif
            | Self::Heic
            | Self::Avif
            | Self::Tiff
            | Self::Pdf
            | Self::Docx
            | Self::Xlsx
            | Self::Pptx
            | Self::Odt
            | Self::Ods
            | Self::Odp
            | Self::Mp3
            | Self::Wav
            | Self::Flac
            | Self::Ogg
            | Self::Opus
            | Self::M4a
            | Self::Mp4
            | Self::Mov
            | Self::Webm
            | Self::Avi => self.code(),
        }
    }
}
