//! What the cleaner shows of a file in place of it: text, or pictures that it drew itself.

use domain::coded_enum;
use domain::evidence::MediaType;
use serde::{Deserialize, Serialize};

use crate::report::Refusal;

coded_enum! {
    /// Why there is nothing to look at in place of a file.
    pub enum NotShown {
        /// It is larger than the limit, or a picture of more points than can be drawn; not even looked at.
        TooLarge = "too_large",
        /// Nothing here draws files of its type: sound, film, and some pictures.
        Unsupported = "unsupported",
        /// It has no such page.
        NoSuchPage = "no_such_page",
        /// Whatever reads it gave up.
        Unreadable = "unreadable",
        /// Looking at it took too long.
        Timeout = "timeout",
        /// The files of others took every place at the cleaner.
        Busy = "busy",
        /// The cleaner is missing, cannot lock itself in, or broke.
        Unavailable = "unavailable",
    }
}

impl NotShown {
    /// Whether the reason is not in the file: another time, it may be shown.
    pub const fn is_passing(self) -> bool {
        match self {
            Self::Timeout | Self::Busy | Self::Unavailable => true,
            Self::TooLarge | Self::Unsupported | Self::NoSuchPage | Self::Unreadable => false,
        }
    }
}

coded_enum! {
    /// How a picture is written.
    pub enum Drawn {
        /// JPEG, for photographs.
        Jpeg = "jpeg",
        /// PNG, for everything else.
        Png = "png",
    }
}

impl Drawn {
    /// Its media type (IANA).
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// Most characters of a text that are shown: about two hundred pages.
pub const TEXT_CHARACTERS: usize = 400_000;
/// Most bytes that so many characters take in UTF-8.
pub const TEXT_BYTES: u64 = 4 * 400_000;

/// What there is to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// So many bytes of text follow, in UTF-8.
    Text {
        /// How many.
        bytes: u64,
        /// Whether the file has more text than that.
        cut: bool,
    },
    /// So many pages can be drawn, one at a time.
    Pages {
        /// How many, at least one.
        count: u32,
        /// Whether the file has more.
        cut: bool,
    },
    /// So many bytes of a picture follow.
    Picture {
        /// How many.
        bytes: u64,
        /// How it is written.
        drawn: Drawn,
        /// Points from side to side.
        width: u32,
        /// Points from top to bottom.
        height: u32,
    },
    /// The file is one that intake would not have taken.
    Refused(Refusal),
    /// There is nothing to look at.
    Nothing(NotShown),
}

impl Shown {
    /// How many bytes follow.
    pub const fn bytes(self) -> u64 {
        match self {
            Self::Text { bytes, .. } | Self::Picture { bytes, .. } => bytes,
            Self::Pages { .. } | Self::Refused(_) | Self::Nothing(_) => 0,
        }
    }
}

/// What the cleaner shows of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// What the file is, as its content says.
    pub media: MediaType,
    /// What there is to look at.
    pub shown: Shown,
}
