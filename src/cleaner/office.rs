//! Who is still named in a cleaned copy of an office file.
//!
//! The cleaning library takes out the properties of a file and the authors of comments and changes in
//! their first form. Newer programs of Microsoft keep people in parts of their own, with their accounts,
//! and the workbook knows the folder that it was saved in. A copy with any of that is none.

use domain::evidence::MediaType;
use memchr::memmem;

use crate::archive::parts;

/// Most bytes of a part that are looked at.
const PART_BYTES: usize = 64 << 20;

/// Parts that are there to name people, who shared a workbook, or where its data come from.
const PEOPLE: [&[u8]; 5] = [
    b"word/people.xml",
    b"xl/persons/",
    b"xl/revisions/",
    b"xl/connections.xml",
    b"ppt/authors.xml",
];

/// What names people or their folders in other parts: the folder of a workbook, who locked it, variables
/// of a document, accounts, and the fields of people that document servers keep.
const NAMING: [&[u8]; 5] = [
    b"absPath",
    b"<fileSharing",
    b"<w:docVar ",
    b"userId=\"",
    b"<UserInfo",
];

/// Whether somebody is named where the library does not look.
pub(crate) fn names_somebody(media: MediaType, copy: &[u8]) -> bool {
    let of_microsoft = [MediaType::Docx, MediaType::Xlsx, MediaType::Pptx].contains(&media);
    of_microsoft
        && parts(copy).any(|part| {
            PEOPLE.iter().any(|people| part.name.starts_with(people))
                || part.name.ends_with(b".xml") && {
                    let text = part.unpacked(PART_BYTES);
                    NAMING
                        .iter()
                        .any(|naming| memmem::find(&text, naming).is_some())
                }
        })
}
