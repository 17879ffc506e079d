//! Reading one mailbox at the same cost whether it exists or not.

use domain::case::Status;
use domain::complaint::{Complaint, ComplaintDraft, SecretText};
use jiff::civil::date;
use mailbox::{
    Body, Entry, EntrySealError, Filed, LookupId, Mailbox, MailboxKey, Notice, SealedEntry,
    Standing,
};
use ring::rand::SecureRandom;
use sealing::TrackingToken;
use store::StoreError;
use tokio::sync::SemaphorePermit;

use crate::abuse::Lane;
use crate::shared::Shared;

/// How many entries are opened for any token: a multiple of this, the rest of it decoys.
const STEP: usize = 8;
/// With so many entries, a mailbox takes no further message until the committee is heard: every look
/// opens all of them.
const MOST_ENTRIES: usize = 200;
/// And with so many sealed bytes.
const MOST_BYTES: usize = 4 << 20;

/// Characters of the decoy's receipt, and sentences of its story.
const DECOY_RECEIPT: usize = 240;
const DECOY_STORY: usize = 80;

/// A mailbox of this process alone, opened in the place of entries that do not exist.
#[derive(Debug)]
pub(crate) struct Decoy {
    key: MailboxKey,
    /// As long as most complaints as filed.
    filed: SealedEntry,
    /// As long as a notice.
    notice: SealedEntry,
}

/// What was found for a token.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    /// The mailbox; for an unknown token one that says nothing, so that the answer for a known one
    /// can be made, and thrown away, at the same cost.
    pub(crate) mailbox: Mailbox,
    /// Whether there is such a mailbox.
    pub(crate) known: bool,
    /// Whether it takes no further message.
    pub(crate) full: bool,
    /// Kept until the mailbox has been shown.
    _place: Option<SemaphorePermit<'a>>,
}

impl Reading<'_> {
    /// What was found alone: the place is given back before the store is waited for again.
    pub(crate) fn leave(self) -> Mailbox {
        self.mailbox
    }
}

impl Decoy {
    pub(crate) fn new(rng: &dyn SecureRandom) -> Result<Self, EntrySealError> {
        let mut bits = [0; 32];
        rng.fill(&mut bits)
            .map_err(|_| EntrySealError::Randomness)?;
        let key = MailboxKey::from(bits);
        let seal = |body| {
            let entry = Entry {
                posted_on: date(2026, 1, 1),
                body,
            };
            mailbox::seal(&key, LookupId::from([0; 32]), 0, &entry, rng)
        };
        let filed = seal(Body::Filed(Box::new(Filed {
            receipt: "A".repeat(DECOY_RECEIPT),
            complaint: Box::new(decoy_complaint()),
            evidence: Vec::new(),
        })))?;
        let notice = seal(Body::Standing(Standing {
            status: Status::Received,
            folio: None,
            deadlines: Vec::new(),
            notice: Notice::Stored,
        }))?;
        Ok(Self { key, filed, notice })
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
        narrative: Some(SecretText::from("Una historia. ".repeat(DECOY_STORY))),
        ..ComplaintDraft::default()
    };
    Complaint::parse(draft).expect("a story of usual length is a complaint")
}

impl Shared {
    /// Opens the mailbox of a token: one query, and as many openings as the next multiple of
    /// [`STEP`]. Waits for its turn in its lane; the next one comes when the reading is dropped.
    pub(crate) async fn read(
        &self,
        token: &TrackingToken,
        lane: Lane,
    ) -> Result<Reading<'_>, StoreError> {
        let place = match &self.looks {
            Some(lanes) => Some(lanes.place(lane).await),
            None => None,
        };
        let sealed = self
            .mailroom
            .mailbox(token.lookup_id())
            .await
            .inspect_err(|error| tracing::error!(cause = %error, "a mailbox was not read"))?;
        let known = !sealed.is_empty();
        let key = token.mailbox_key();
        let mut entries = Vec::with_capacity(sealed.len());
        for entry in &sealed {
            match mailbox::open(&key, entry) {
                Ok(entry) => entries.push(entry),
                Err(error) => tracing::warn!(cause = %error, "an entry of a mailbox is left out"),
            }
        }
        let decoys = sealed.len().next_multiple_of(STEP).max(STEP) - sealed.len();
        let mailbox = if known {
            Mailbox::read(entries)
        } else {
            self.decoy.mailbox()
        };
        let decoys = decoys - usize::from(!known);
        for _ in 0..decoys {
            std::hint::black_box(self.decoy.open(&self.decoy.notice));
        }
        Ok(Reading {
            mailbox,
            known,
            full: is_full(&sealed),
            _place: place,
        })
    }
}

fn is_full(sealed: &[SealedEntry]) -> bool {
    let bytes: usize = sealed.iter().map(|entry| entry.bytes.len()).sum();
    sealed.len() >= MOST_ENTRIES || bytes >= MOST_BYTES
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use receipts::ReceiptKey;
    use ring::rand::SystemRandom;
    use service::clock::FixedClock;
    use tokio::time::timeout;

    use super::*;
    use crate::abuse::Budgets;
    use crate::evidence::EvidenceLimits;
    use crate::shared::{Settings, body_limits};
    use crate::testing::{MemoryMailroom, NOON, page_keys, recipients, unused_token};

    fn shared(against_abuse: bool) -> Shared {
        let settings = Settings {
            mailroom: Arc::new(MemoryMailroom::default()),
            cleaner: crate::cleaner::CleanerProgram::new("/nowhere/cleaner".into(), 20),
            recipients: recipients(),
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
            readings.push(shared.read(&token, Lane::Flooding).await.unwrap());
        }
        assert_eq!(readings.len(), 4);
        // The store in memory answers at once: what is not ready now waits for a place.
        let look = |lane| timeout(Duration::ZERO, shared.read(&token, lane));
        assert!(look(Lane::Flooding).await.is_err());
        assert!(look(Lane::Ordinary).await.is_ok(), "others are not held up");
        readings.pop();
        assert!(look(Lane::Flooding).await.is_ok());
        while lanes.free(Lane::Ordinary) > 0 {
            readings.push(shared.read(&token, Lane::Ordinary).await.unwrap());
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
            readings.push(shared.read(&token, Lane::Ordinary).await.unwrap());
        }
        assert!(readings.iter().all(|reading| !reading.known));
    }

    #[test]
    fn a_mailbox_is_full_by_entries_or_by_bytes() {
        let entries = |count: u32, bytes: usize| -> Vec<SealedEntry> {
            let entry = |position| SealedEntry {
                lookup_id: LookupId::from([0; 32]),
                position,
                bytes: vec![0; bytes],
            };
            (0..count).map(entry).collect()
        };
        assert!(!is_full(&entries(199, 1_024)));
        assert!(is_full(&entries(200, 1_024)));
        assert!(!is_full(&entries(3, 1 << 20)));
        assert!(is_full(&entries(4, 1 << 20)));
    }
}
