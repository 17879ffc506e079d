//! Which messages stand on a page: the newest first, as many as fit, then those that follow.

use std::fmt;
use std::str::FromStr;

use domain::complaint::ReferralConsent;
use mailbox::{Author, Posted, Words};
use service::language::Texts;
use service::wording;

use super::room::{ROOM, beginning, in_html};
use super::view::{file_text, label_of};
use crate::lists::List;
use crate::mailboxes::Seen;
use crate::wording::words;

/// What a message takes beside its texts, and each of its files.
const MARKUP: usize = 320;
const FILE_MARKUP: usize = 16;

/// Where the messages of a page begin. It travels as it is in the page before: it tells nothing that is
/// not told there, and whoever alters it sees another page of their own mailbox. Always as long, so that
/// the length of what is sent does not tell how far back somebody reads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The entry.
    entry: u32,
    /// How many messages of it were shown, the newest first: one entry may bring two.
    shown: u8,
    /// How many bytes of the next one.
    from: u32,
}

/// A text that is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a place in a mailbox")]
pub(super) struct NotAPlace;

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { entry, shown, from } = self;
        write!(f, "{entry:08x}{shown:02x}{from:08x}")
    }
}

impl FromStr for Place {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        let digits = text.len() == 18 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !digits {
            return Err(NotAPlace);
        }
        Ok(Self {
            entry: u32::from_str_radix(&text[..8], 16).map_err(|_| NotAPlace)?,
            shown: u8::from_str_radix(&text[8..10], 16).map_err(|_| NotAPlace)?,
            from: u32::from_str_radix(&text[10..], 16).map_err(|_| NotAPlace)?,
        })
    }
}

impl Place {
    /// Before which position to read.
    pub(super) fn before(self) -> Option<u32> {
        self.entry.checked_add(1)
    }

    /// The beginning of a row of what was filed, where a row stands for an entry.
    pub(super) fn of_row(row: u32) -> Self {
        Self {
            entry: row,
            ..Self::default()
        }
    }

    /// Whether it is a row that was shown before a page begins.
    pub(super) fn is_row_before(self, begin: Self) -> bool {
        self.entry < begin.entry
    }

    /// Where a row goes on that a page begins with; where it begins, if it is another one.
    pub(super) fn later(self, begin: Self) -> Self {
        if self.entry == begin.entry {
            begin
        } else {
            self
        }
    }

    /// Takes away what was shown of a text before.
    pub(super) fn cut_off(self, text: &mut String) {
        *text = rest(text, self.from).to_owned();
    }

    /// So many bytes further.
    pub(super) fn further(self, bytes: usize) -> Self {
        let bytes = u32::try_from(bytes).expect("a text of a mailbox is far shorter than 4 GiB");
        let from = self.from.saturating_add(bytes);
        Self { from, ..self }
    }
}

/// The messages of one page.
pub(super) struct Sheet {
    /// The newest first.
    pub(super) messages: Vec<MessageView>,
    /// Where the next page begins.
    pub(super) older: Option<Place>,
}

pub(super) struct MessageView {
    pub(super) from: String,
    pub(super) class: &'static str,
    pub(super) lang: Option<&'static str>,
    pub(super) posted_on: String,
    pub(super) text: Option<String>,
    pub(super) files: Vec<String>,
    pub(super) consent: Option<String>,
    /// Whether it began on the page before.
    pub(super) continues: bool,
    /// Whether it goes on on the next one.
    pub(super) goes_on: bool,
}

impl Sheet {
    /// The messages from a place on, or from the newest one.
    pub(super) fn new(t: &Texts, seen: &Seen, begin: Option<Place>) -> Self {
        let mut room = ROOM;
        let mut sheet = Self {
            messages: Vec::new(),
            older: None,
        };
        for (posted, place) in places(seen) {
            let mut from = 0;
            if let Some(begin) = begin.filter(|begin| begin.entry == place.entry) {
                if place.shown < begin.shown {
                    continue;
                }
                if place.shown == begin.shown {
                    from = begin.from;
                }
            }
            let mut view = message_view(t, posted, from);
            let takes = view.takes();
            if takes > room && !sheet.messages.is_empty() {
                sheet.older = Some(Place { from, ..place });
                return sheet;
            }
            if takes > room && view.cut(room) {
                let shown = view.text.as_ref().map_or(0, String::len);
                sheet.older = Some(Place { from, ..place }.further(shown));
                sheet.messages.push(view);
                return sheet;
            }
            room = room.saturating_sub(takes);
            sheet.messages.push(view);
        }
        sheet.older = seen.older.and_then(|before| {
            Some(Place {
                entry: before.checked_sub(1)?,
                shown: 0,
                from: 0,
            })
        });
        sheet
    }
}

/// What was read, the newest first, each with its place. What stands at the very beginning of a mailbox
/// waits for its turn when there are others in between that were not read.
fn places(seen: &Seen) -> impl Iterator<Item = (&Posted, Place)> {
    let mut last = None;
    seen.mailbox
        .messages
        .iter()
        .rev()
        .filter(|posted| posted.position > 0 || seen.older.is_none())
        .map(move |posted| {
            let entry = posted.position;
            let shown = match last {
                Some((before, shown)) if before == entry => shown + 1,
                _ => 0,
            };
            last = Some((entry, shown));
            let place = Place {
                entry,
                shown,
                from: 0,
            };
            (posted, place)
        })
}

impl MessageView {
    /// How many bytes of HTML it takes, or a few more.
    fn takes(&self) -> usize {
        let files = self.files.iter().map(|file| in_html(file) + FILE_MARKUP);
        let text = self.text.as_deref().map_or(0, in_html);
        let consent = self.consent.as_deref().map_or(0, in_html);
        MARKUP + text + consent + files.sum::<usize>()
    }

    /// Leaves of the text what fits, and the rest of the message for the next page; says whether there
    /// was anything to leave.
    fn cut(&mut self, room: usize) -> bool {
        let room = room.saturating_sub(MARKUP);
        let Some(text) = self.text.take() else {
            return false;
        };
        let fits = beginning(&text, room).to_owned();
        let cut = !fits.is_empty();
        if cut {
            self.goes_on = true;
            self.files.clear();
            self.consent = None;
        }
        self.text = Some(if cut { fits } else { text });
        cut
    }
}

fn message_view(t: &Texts, posted: &Posted, from: u32) -> MessageView {
    let text = match &posted.words {
        Words::None => None,
        Words::Notice(_) => Some(words(t, posted)),
        Words::Written(text) => Some(rest(text.expose(), from).to_owned()),
    };
    MessageView {
        from: t.get(&format!("from-{}", posted.from.code())),
        class: posted.from.code(),
        // The committee writes Spanish; a person writes what they like.
        lang: (posted.from == Author::Committee).then_some("es-MX"),
        posted_on: wording::date(t, posted.posted_on),
        text: text.filter(|text| !text.is_empty()),
        files: posted
            .evidence
            .iter()
            .map(|file| file_text(t, file))
            .collect(),
        consent: posted
            .referral_consent
            .map(ReferralConsent::code)
            .map(|code| label_of(t, List::ReferralConsent, code)),
        continues: from > 0,
        goes_on: false,
    }
}

/// A text from a byte on; all of it when no sign begins there.
fn rest(text: &str, from: u32) -> &str {
    let from = usize::try_from(from).ok();
    from.and_then(|from| text.get(from..)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_travels_as_eighteen_digits() {
        for (entry, shown, from) in [(0, 0, 0), (999, 1, 27_648), (u32::MAX, u8::MAX, u32::MAX)] {
            let place = Place { entry, shown, from };
            assert_eq!(place.to_string().len(), 18);
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for text in [
            "",
            "+00003e700000000",
            "zz",
            &"0".repeat(19),
            "é0000000000000000",
        ] {
            assert_eq!(text.parse::<Place>(), Err(NotAPlace), "{text}");
        }
        let last = "ffffffff0000000000".parse::<Place>().unwrap();
        assert_eq!(last.before(), None, "the whole mailbox");
    }
}
