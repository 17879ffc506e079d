//! Files that a person hands in: what they are called, of what type they are, what was found in them.
//!
//! The type is told by a file's content, never by its name. What a file holds is not looked at here.

mod file_name;
mod keeping;
mod media_type;

pub use self::file_name::FileName;
pub use self::keeping::{chunks_may_go, letter_may_name};
pub use self::media_type::{Family, MediaType};

use serde::{Deserialize, Serialize};

use crate::coded_enum;
use crate::complaint::SecretText;

coded_enum! {
    /// Which of the two copies of a file.
    pub enum Version {
        /// To the byte as it was sent.
        Original = "original",
        /// Without the metadata that was found in it.
        Cleaned = "cleaned",
    }
}

coded_enum! {
    /// Why somebody needs a file as it was sent, when there is a clean copy of it to look at.
    pub enum OriginalNeed {
        /// There is no clean copy, or it does not show enough.
        NoView = "SIN_VISTA",
        /// Whether it is genuine is to be examined.
        Examination = "PERITAJE",
        /// An authority asks for it.
        Authority = "AUTORIDAD",
    }
}

coded_enum! {
    /// What kind of metadata was found in a file.
    pub enum FindingKind {
        /// Where it was made, such as the position of a photograph.
        Location = "location",
        /// Who made or changed it.
        Author = "author",
        /// With which telephone, camera or computer.
        Device = "device",
        /// With which program.
        Software = "software",
        /// When.
        Date = "date",
        /// A title, a comment, a note.
        Comment = "comment",
        /// Anything else that is not the content itself.
        Other = "other",
    }
}

/// Metadata that was found in a file; told to the sender before they send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What kind.
    pub kind: FindingKind,
    /// What it says, where that can be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<SecretText>,
}
