//! What a reader may look at in place of a file: text, or pictures that were drawn here.
//!
//! Nothing of the file's own bytes is passed on. A picture is decoded to points and written anew; a page is drawn;
//! of an office file and a text only the characters are left. So neither hidden data nor anything that a program
//! would run comes with it.
//!
//! Each page is asked for by itself, from a process of its own: a page that breaks the drawing takes none of the
//! others with it.

mod office;
mod page;
mod picture;
mod text;

use std::panic::{AssertUnwindSafe, catch_unwind};

use cleaning::{Drawn, NotShown, Refusal, Shown, View, sniff};
use domain::evidence::{Family, MediaType};

use crate::{bombs, locked};

/// Most points of a side of what is drawn: enough to read a page at twice its size.
const SIDE: u32 = 2_000;
/// Most points of what is drawn.
const POINTS: u64 = 4_000_000;

/// What is told, and what follows it.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// What there is to look at.
    pub view: View,
    /// The text, or the picture.
    pub bytes: Vec<u8>,
}

impl Page {
    /// Nothing follows.
    pub(crate) fn empty(media: MediaType, shown: Shown) -> Self {
        Self {
            view: View { media, shown },
            bytes: Vec::new(),
        }
    }
}

/// A text, and whether there is more of it.
struct Text {
    text: String,
    cut: bool,
}

/// A picture, written anew.
struct Picture {
    bytes: Vec<u8>,
    drawn: Drawn,
    width: u32,
    height: u32,
}

/// Why there is nothing to look at.
enum Fault {
    Refused(Refusal),
    Nothing(NotShown),
}

impl From<NotShown> for Fault {
    fn from(why: NotShown) -> Self {
        Self::Nothing(why)
    }
}

impl From<Refusal> for Fault {
    fn from(why: Refusal) -> Self {
        Self::Refused(why)
    }
}

/// Shows the whole of a file (0), or one page of it (from 1 on).
pub fn show(file: &[u8], page: u32) -> Page {
    let media = sniff(file);
    // The parsers of other people are asked not to panic, and sometimes do.
    let looked = catch_unwind(AssertUnwindSafe(|| look(media, file, page)));
    looked
        .unwrap_or_else(|_| Err(NotShown::Unreadable.into()))
        .unwrap_or_else(|fault| {
            let shown = match fault {
                Fault::Refused(why) => Shown::Refused(why),
                Fault::Nothing(why) => Shown::Nothing(why),
            };
            Page::empty(media, shown)
        })
}

fn look(media: MediaType, file: &[u8], page: u32) -> Result<Page, Fault> {
    if bombs::is_bomb(media, file) {
        return Err(Refusal::Bomb.into());
    }
    if locked::needs_password(media, file) {
        return Err(Refusal::Encrypted.into());
    }
    match (media.family(), page) {
        (Family::Image, 0) => {
            picture::decode(media, file)?;
            Ok(pages(media, 1, false))
        }
        (Family::Image, 1) => {
            let decoded = picture::decode(media, file)?;
            Ok(drawn(media, picture::write(decoded)?))
        }
        (Family::Document, _) if media == MediaType::Pdf => match page.checked_sub(1) {
            None => {
                let (count, cut) = page::count(file)?;
                Ok(pages(media, count, cut))
            }
            Some(index) => Ok(drawn(media, page::draw(file, index)?)),
        },
        (Family::Document, 0) => Ok(written(media, office::read(media, file)?)),
        (Family::Text, 0) => Ok(written(media, text::read(file)?)),
        (Family::Image | Family::Document | Family::Text, _) => Err(NotShown::NoSuchPage.into()),
        (Family::Audio | Family::Video | Family::Other, _) => Err(NotShown::Unsupported.into()),
    }
}

fn pages(media: MediaType, count: u32, cut: bool) -> Page {
    Page::empty(media, Shown::Pages { count, cut })
}

fn written(media: MediaType, text: Text) -> Page {
    let bytes = text.text.into_bytes();
    let shown = Shown::Text {
        bytes: length(&bytes),
        cut: text.cut,
    };
    Page {
        view: View { media, shown },
        bytes,
    }
}

fn drawn(media: MediaType, picture: Picture) -> Page {
    let shown = Shown::Picture {
        bytes: length(&picture.bytes),
        drawn: picture.drawn,
        width: picture.width,
        height: picture.height,
    };
    Page {
        view: View { media, shown },
        bytes: picture.bytes,
    }
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}
