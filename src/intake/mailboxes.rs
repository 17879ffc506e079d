//! Reading one mailbox at the same cost whether it exists or not, and however long it is.
//!
//! A look reads the first entry and the newest [`WINDOW`] of the others, opens as many as [`SEALED`]
//! bytes hold, and then opens decoys until it has opened as many bytes as every other look, in no fewer
//! pieces. Every entry that triage writes says where the case stands, so the newest ones are enough
//! to tell it. What is older is read by a further look, from a place in the mailbox on.
//!
//! # Limits
//!
//! A complaint as filed of the last size costs more to open; it takes ten people with long descriptions
//! in signs of four bytes each. What the database does for a mailbox that exists, it
//! does not do for one that does not.

use domain::case::{Deadline, Status};
use domain::catalogue::TermKey;
use domain::complaint::{Complaint, ComplaintDraft, SecretText};
use jiff::civil::{Date, date};
use mailbox::{
    Author, Body, Entry, EntrySealError, Filed, Found, LookupId, MOST_ENTRIES, Mailbox, MailboxKey,
    Message, Notice, SealedEntry, Standing,
};
use receipts::{ReceiptKey, commit};
use ring::rand::SecureRandom;
use sealing::TrackingToken;
use store::StoreError;
use tokio::sync::SemaphorePermit;

use crate::abuse::{Crowded, Lane};
use crate::shared::Shared;

/// How many entries a look opens beside the first one.
const WINDOW: u32 = 64;
/// How many sealed bytes of them; the longest message takes less.
const SEALED: usize = 160 << 10;
/// How many bytes every look opens in all: the most that it may find, and all that is opened for the
/// number's sake.
const VOLUME: usize = 320 << 10;

/// Sentences of the decoys' texts: such a complaint and such a message have the second size.
const DECOY_STORY: usize = 80;
/// The day of everything that is a decoy.
const DECOY_DAY: Date = date(2026, 1, 5);

/// A mailbox of this process alone, opened in the place of entries that do not exist.
#[derive(Debug)]
pub(crate) struct Decoy {
    key: MailboxKey,
    /// As long as most complaints as filed.
    filed: SealedEntry,
    /// As long as a notice.
    notice: SealedEntry,
    /// As long as most messages.
    message: SealedEntry,
}

/// Why a mailbox was not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LookError {
    /// Too many look at the same time.
    #[error(transparent)]
    Crowded(#[from] Crowded),
    /// See there.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was found for a token.
#[derive(Debug)]
pub(crate) struct Seen {
    /// What was read of the mailbox; for an unknown token one that says nothing, so that the answer for
    /// a known one can be made, and thrown away, at the same cost.
    pub(crate) mailbox: Mailbox,
    /// Whether there is such a mailbox.
    pub(crate) known: bool,
    /// Whether it takes no further message.
    pub(crate) full: bool,
    /// Before which position there are entries that were not read, apart from the first.
    pub(crate) older: Option<u32>,
}

/// What was found, beside the place of whoever looks.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    /// What was found.
    pub(crate) seen: Seen,
    /// Kept until the mailbox has been shown.
    _place: Option<SemaphorePermit<'a>>,
}

impl Reading<'_> {
    /// What was found alone: the place is given back before the store is waited for again.
    pub(crate) fn leave(self) -> Seen {
        self.seen
    }
}

impl Decoy {
    pub(crate) fn new(
        rng: &dyn SecureRandom,
        receipts: &ReceiptKey,
    ) -> Result<Self, EntrySealError> {
        let mut bits = [0; 32];
        rng.fill(&mut bits)
            .map_err(|_| EntrySealError::Randomness)?;
        let key = MailboxKey::from(bits);
        let token = TrackingToken::draw(rng).map_err(|_| EntrySealError::Randomness)?;
        let complaint = decoy_complaint();
        let term = Deadline {
            key: TermKey::RegistroSseccoe,
            due_on: DECOY_DAY,
        };
        let commitment = commit(&token.receipt_blinding(), &complaint, &[]);
        let receipt = receipts.sign(token.receipt_id(), DECOY_DAY, &[term], commitment);
        let seal = |body| {
            let entry = Entry {
                posted_on: DECOY_DAY,
                body,
            };
            mailbox::seal(&key, LookupId::from([0; 32]), 0, &entry, rng)
        };
        let filed = seal(Body::Filed(Box::new(Filed {
            receipt: receipt.text,
            complaint: Box::new(complaint),
            evidence: Vec::new(),
            assisted: false,
        })))?;
        let notice = seal(Body::Standing(Standing {
            status: Status::Received,
            folio: None,
            deadlines: Vec::new(),
            notice: Notice::Stored,
            detail: None,
        }))?;
        let message = seal(Body::Message(Message::written(
            Author::Complainant,
            decoy_text(),
        )))?;
        Ok(Self {
            key,
            filed,
            notice,
            message,
        })
    }

    fn open(&self, sealed: &SealedEntry) -> Option<Entry> {
        mailbox::open(&self.key, sealed).ok()
    }

    /// What stands for a mailbox that does not exist.
    fn mailbox(&self) -> Mailbox {
        Mailbox::read(self.open(&self.filed))
    }
}

/// A story of usual length.
fn decoy_complaint() -> Complaint {
    let draft = ComplaintDraft {
        narrative: Some(decoy_text()),
        ..ComplaintDraft::default()
    };
    Complaint::parse(draft).expect("a story of usual length is a complaint")
}

fn decoy_text() -> SecretText {
    SecretText::from("Una historia. ".repeat(DECOY_STORY))
}

impl Shared {
    /// Opens the newest entries of a mailbox, or those before a position, at the cost of every other
    /// look. Waits for its turn in its lane; the next one comes when the reading is dropped.
    pub(crate) async fn read(
        &self,
        token: &TrackingToken,
        lane: Lane,
        before: Option<u32>,
    ) -> Result<Reading<'_>, LookError> {
        let place = self.place(lane).await?;
        let page = self.page(token, before, WINDOW).await?;
        Ok(Reading {
            seen: self.open_window(token, &page, before),
            _place: place,
        })
    }

    /// Whether a mailbox of a token takes messages: two entries are opened, whether there is one or not.
    pub(crate) async fn door(&self, token: &TrackingToken, lane: Lane) -> Result<Door, LookError> {
        let _place = self.place(lane).await?;
        let page = self.page(token, None, 1).await?;
        let key = token.mailbox_key();
        let opened =
            |sealed: &SealedEntry| Some((sealed.position, mailbox::open(&key, sealed).ok()?));
        let entries: Vec<_> = page.iter().filter_map(opened).collect();
        for decoy in [&self.decoy.filed, &self.decoy.notice]
            .into_iter()
            .skip(page.len())
        {
            std::hint::black_box(self.decoy.open(decoy));
        }
        let found = Mailbox::read_at(entries).found;
        Ok(match page.last() {
            None => Door::Unknown,
            Some(newest) if is_full(newest) => Door::Full,
            Some(_) => match found {
                Found::Own | Found::Moving => Door::Open,
                Found::SeenByOther => Door::WordsFirst,
                Found::TooLate => Door::TooLate,
            },
        })
    }

    async fn place(&self, lane: Lane) -> Result<Option<SemaphorePermit<'_>>, Crowded> {
        Ok(match &self.looks {
            Some(lanes) => Some(lanes.place(lane).await?),
            None => None,
        })
    }

    async fn page(
        &self,
        token: &TrackingToken,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<SealedEntry>, StoreError> {
        let page = self.mailroom.mailbox_page(token.lookup_id(), before, limit);
        page.await
            .inspect_err(|error| tracing::error!(cause = %error, "a mailbox was not read"))
    }

    fn open_window(
        &self,
        token: &TrackingToken,
        page: &[SealedEntry],
        before: Option<u32>,
    ) -> Seen {
        let window = window(page);
        let key = token.mailbox_key();
        let mut cost = Cost::default();
        let mut entries = Vec::with_capacity(window.len() + 1);
        // Those that were filed before the window come first; it may be there itself.
        let first = page.first().filter(|first| first.position == 0);
        for sealed in first.into_iter().chain(window) {
            cost.add(sealed);
            match mailbox::open(&key, sealed) {
                Ok(entry) => entries.push((sealed.position, entry)),
                Err(error) => tracing::warn!(cause = %error, "an entry of a mailbox is left out"),
            }
        }
        let known = !page.is_empty();
        let mailbox = if known {
            Mailbox::read_at(entries)
        } else {
            cost.add(&self.decoy.filed);
            self.decoy.mailbox()
        };
        while let Some(decoy) = cost.missing(&self.decoy) {
            std::hint::black_box(self.decoy.open(decoy));
            cost.add(decoy);
        }
        Seen {
            mailbox,
            known,
            full: before.is_none() && page.last().is_some_and(is_full),
            older: window
                .first()
                .map(|oldest| oldest.position)
                .filter(|oldest| *oldest > 1),
        }
    }
}

/// What a mailbox is to somebody who writes to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// There is none.
    Unknown,
    /// It takes no further message.
    Full,
    /// It takes none before the person has chosen other words.
    WordsFirst,
    /// It went to other words.
    TooLate,
    /// It takes one.
    Open,
}

/// The newest entries of a page, without the first of the mailbox, that [`SEALED`] bytes hold.
fn window(page: &[SealedEntry]) -> &[SealedEntry] {
    let others = match page {
        [first, others @ ..] if first.position == 0 => others,
        others => others,
    };
    let mut bytes = 0;
    let held = others.iter().rev().take_while(|entry| {
        bytes += entry.bytes.len();
        bytes <= SEALED
    });
    &others[others.len() - held.count()..]
}

/// Positions count from 0 without a gap.
fn is_full(newest: &SealedEntry) -> bool {
    newest.position >= MOST_ENTRIES - 1
}

/// What has been opened so far.
#[derive(Debug, Default)]
struct Cost {
    entries: u32,
    bytes: usize,
}

impl Cost {
    fn add(&mut self, opened: &SealedEntry) {
        self.entries += 1;
        self.bytes += opened.bytes.len();
    }

    /// The decoy to open next: notices until there are as many entries as in every look, then messages
    /// until there are as many bytes.
    fn missing<'a>(&self, decoy: &'a Decoy) -> Option<&'a SealedEntry> {
        if self.entries <= WINDOW {
            Some(&decoy.notice)
        } else if self.bytes < VOLUME {
            Some(&decoy.message)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use mailbox::ENTRY_SIZES;
    use proptest::prelude::*;
    use ring::rand::SystemRandom;
    use service::clock::FixedClock;
    use tokio::time::timeout;

    use super::*;
    use crate::abuse::Budgets;
    use crate::evidence::EvidenceLimits;
    use crate::shared::{Settings, body_limits};
    use crate::testing::{MemoryMailroom, NOON, page_keys, recipients, unused_token};

    fn decoy() -> Decoy {
        let rng = SystemRandom::new();
        let receipts = ReceiptKey::draw(&rng).unwrap().parse().unwrap();
        Decoy::new(&rng, &receipts).unwrap()
    }

    fn shared(against_abuse: bool) -> Shared {
        let settings = Settings {
            mailroom: Arc::new(MemoryMailroom::default()),
            cleaner: crate::cleaner::CleanerProgram::new("/nowhere/cleaner".into(), 20),
            recipients: recipients(),
            announcements: None,
            receipts: ReceiptKey::draw(&SystemRandom::new())
                .unwrap()
                .parse()
                .unwrap(),
            pages: page_keys(),
            clock: Arc::new(FixedClock(NOON.parse().unwrap())),
            limits: body_limits(against_abuse),
            budgets: against_abuse.then(Budgets::default),
            networks: crate::network::Networks::default(),
            onion: None,
            evidence: EvidenceLimits::default(),
        };
        Shared::new(settings).unwrap().0
    }

    #[actix_web::test]
    async fn whoever_looks_while_all_places_of_a_lane_are_taken_waits_for_one() {
        let shared = shared(true);
        let lanes = shared.looks.as_ref().unwrap();
        let token = TrackingToken::parse(&unused_token()).unwrap();
        let mut readings = Vec::new();
        while lanes.free(Lane::Flooding) > 0 {
            readings.push(shared.read(&token, Lane::Flooding, None).await.unwrap());
        }
        assert_eq!(readings.len(), 4);
        // The store in memory answers at once: what is not ready now waits for a place.
        let look = |lane| timeout(Duration::ZERO, shared.read(&token, lane, None));
        assert!(look(Lane::Flooding).await.is_err());
        assert!(look(Lane::Ordinary).await.is_ok(), "others are not held up");
        readings.pop();
        assert!(look(Lane::Flooding).await.is_ok());
        while lanes.free(Lane::Ordinary) > 0 {
            readings.push(shared.read(&token, Lane::Ordinary, None).await.unwrap());
        }
        assert_eq!(readings.len(), 3 + 12);
        assert!(look(Lane::Ordinary).await.is_err());
    }

    #[actix_web::test]
    async fn without_limits_against_abuse_nobody_waits() {
        let shared = shared(false);
        let token = TrackingToken::parse(&unused_token()).unwrap();
        let mut readings = Vec::new();
        for _ in 0..100 {
            readings.push(shared.read(&token, Lane::Ordinary, None).await.unwrap());
        }
        assert!(readings.iter().all(|reading| !reading.seen.known));
    }

    fn entries(sizes: &[usize]) -> Vec<SealedEntry> {
        let entry = |(position, bytes): (u32, &usize)| SealedEntry {
            lookup_id: LookupId::from([0; 32]),
            position,
            bytes: vec![0; *bytes],
        };
        (0..).zip(sizes).map(entry).collect()
    }

    /// Some sizes of a mailbox: the complaint as filed, then what came after.
    fn mailboxes() -> impl Strategy<Value = Vec<usize>> {
        let filed = prop::sample::select(&ENTRY_SIZES[..4]);
        let others = prop::collection::vec(prop::sample::select(&ENTRY_SIZES[..4]), 0..100);
        (filed, others).prop_map(|(filed, others)| [vec![filed], others].concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_look_costs_the_same_whatever_the_mailbox_holds(sizes in mailboxes()) {
            let decoy = decoy();
            let page = entries(&sizes);
            let keep = page.len().saturating_sub(usize::try_from(WINDOW).unwrap()).max(1);
            let page = [&page[..1], &page[keep..]].concat();
            let window = window(&page);
            let mut cost = Cost::default();
            page.first().into_iter().chain(window).for_each(|sealed| cost.add(sealed));
            while let Some(decoy) = cost.missing(&decoy) {
                cost.add(decoy);
            }
            prop_assert!(cost.entries > WINDOW);
            prop_assert!((VOLUME..VOLUME + ENTRY_SIZES[1]).contains(&cost.bytes), "{}", cost.bytes);
            prop_assert!(window.iter().map(|entry| entry.bytes.len()).sum::<usize>() <= SEALED);
            prop_assert_eq!(window.is_empty(), sizes.len() == 1);
        }
    }

    #[test]
    fn the_decoys_have_the_sizes_of_what_they_stand_for() {
        let decoy = decoy();
        let sizes = [&decoy.filed, &decoy.notice, &decoy.message];
        assert_eq!(
            sizes.map(|entry| entry.bytes.len()),
            [4 << 10, 512, 4 << 10]
        );
        assert!(decoy.mailbox().filed.is_some());
    }

    #[test]
    fn a_mailbox_is_full_by_its_last_position() {
        let last = |position| SealedEntry {
            lookup_id: LookupId::from([0; 32]),
            position,
            bytes: Vec::new(),
        };
        assert!(!is_full(&last(998)));
        assert!(is_full(&last(999)));
        assert!(is_full(&last(u32::MAX)));
    }
}
