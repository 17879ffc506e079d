//! What opens the way in a flood: a wait that has passed, for the one page that waited, or work that
//! is done, once.

use std::collections::HashSet;
use std::sync::Mutex;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue, RETRY_AFTER};
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom as _, SystemRandom};
use sealing::EnvelopeId;
use serde::{Deserialize, Serialize};
use service::language::Texts;
use service::problem::Problem;

use super::{Call, Held};

/// In an answer: the work that is wanted, `bits=N challenge=TEXT`. In a request: `TEXT NONCE`, where
/// the SHA-256 of exactly that has N leading zero bits.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("guiando-work");
/// How long a pass is good, in seconds; long enough to send again after a bad connection.
pub(crate) const GOOD_FOR: i64 = 10 * 60;
/// How many used passes of a kind are remembered per [`GOOD_FOR`]. Beyond that, nobody passes by work
/// that was done, and a wait opens the way as often as it is sent: it costs nothing to get, so a flood
/// that collects waits must not make those of others worthless.
const REMEMBERED: usize = 1 << 16;

pub(super) type Id = [u8; 16];

/// A wait, sealed in a page. It opens the way for what that page sends and nothing else.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Delay {
    /// What is sent.
    pub(super) what: Awaited,
    /// Second since 1970 from which on the page is taken.
    pub(super) not_before: i64,
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Awaited {
    /// A complaint: the id of its envelope. It is taken as often as it is sent: the store takes it
    /// once, and whoever presses twice must find their words.
    Filing(EnvelopeId),
    /// An upload, once.
    Upload(Id),
    /// Further messages to one mailbox, by its lookup id; how many, its own budget says.
    Message([u8; 32]),
}

/// Work that a program is to do, sealed in its challenge.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Work {
    pub(super) id: Id,
    pub(super) bits: u32,
}

/// What a page shows in a flood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wait {
    /// What it is for.
    pub(super) call: Call,
    /// How long to wait before sending again.
    pub(crate) seconds: u32,
    /// What the page carries, in a field of its form.
    pub(crate) carried: String,
}

/// What a program is answered in a flood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("work is wanted")]
pub(crate) struct Challenge {
    pub(super) bits: u32,
    pub(super) text: String,
}

impl Wait {
    /// What the person is told.
    pub(crate) fn problem(&self, texts: &Texts) -> Problem {
        let (problem, title, next) = match self.call {
            Call::Filing => ("flood", "flood-wait", "flood-wait-next"),
            Call::Evidence => ("flood", "flood-wait", "flood-wait-files-next"),
            Call::Message => ("many-messages", "message-wait", "message-wait-next"),
        };
        Problem {
            title: texts.with(title, "seconds", self.seconds),
            detail: Some(texts.get(next)),
            ..Problem::new(texts, StatusCode::TOO_MANY_REQUESTS, problem)
        }
    }

    /// Tells the browser too.
    pub(crate) fn mark(&self, answer: &mut HttpResponse) {
        let headers = answer.headers_mut();
        headers.insert(RETRY_AFTER, HeaderValue::from(self.seconds));
    }
}

impl Held {
    /// The answer to a program.
    pub(crate) fn respond(&self, texts: &Texts) -> HttpResponse {
        match self {
            Self::Back { seconds } => {
                let problem = Problem::new(texts, StatusCode::TOO_MANY_REQUESTS, "many-messages");
                let mut answer = problem.respond(texts);
                let headers = answer.headers_mut();
                headers.insert(RETRY_AFTER, HeaderValue::from(*seconds));
                answer
            }
            Self::Flood(challenge) => challenge.respond(texts),
        }
    }
}

impl Challenge {
    /// The answer to a program.
    ///
    /// # Panics
    /// Never: base64url is a header.
    pub(crate) fn respond(&self, texts: &Texts) -> HttpResponse {
        let problem = Problem::new(texts, StatusCode::TOO_MANY_REQUESTS, "flood");
        let mut answer = problem.respond(texts);
        let wanted = format!("bits={} challenge={}", self.bits, self.text);
        let wanted = HeaderValue::try_from(wanted).expect("base64url is a header");
        let headers = answer.headers_mut();
        headers.insert(HEADER, wanted);
        // Work done, there is nothing to wait for.
        headers.insert(RETRY_AFTER, HeaderValue::from(0));
        answer
    }
}

/// Draws the id of a pass.
///
/// # Panics
/// When the system, which gave randomness at the start, has no more of it.
pub(super) fn draw_id(rng: &SystemRandom) -> Id {
    let mut id = [0; 16];
    rng.fill(&mut id)
        .expect("the system's randomness does not run dry");
    id
}

/// Whether the work is done.
pub(super) fn is_solved(challenge: &str, nonce: &str, bits: u32) -> bool {
    let hash = digest(&SHA256, format!("{challenge} {nonce}").as_bytes());
    let mut zeros = 0;
    for byte in hash.as_ref() {
        zeros += byte.leading_zeros();
        if *byte != 0 {
            break;
        }
    }
    zeros >= bits
}

/// What became of a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spending {
    /// It was used now, for the first time.
    Now,
    /// It was used before.
    Before,
    /// There is no room to remember it.
    NoRoom,
}

/// What was used of each kind. Waits, which cost nothing, take no room from work.
#[derive(Debug, Default)]
pub(super) struct Passes {
    work: Spent,
    waits: Spent,
}

impl Passes {
    /// Whether work that was done opens the way.
    pub(super) fn work(&self, id: Id, now: i64) -> bool {
        match self.work.spend(id, now) {
            Spending::Now => true,
            Spending::Before | Spending::NoRoom => false,
        }
    }

    /// Whether a wait that has passed does.
    pub(super) fn wait(&self, id: Id, now: i64) -> bool {
        match self.waits.spend(id, now) {
            Spending::Now | Spending::NoRoom => true,
            Spending::Before => false,
        }
    }
}

/// Passes of one kind that were used: those of now, and those of before that may still be good.
#[derive(Debug, Default)]
pub(super) struct Spent(Mutex<Used>);

#[derive(Debug, Default)]
struct Used {
    since: i64,
    now: HashSet<Id>,
    before: HashSet<Id>,
}

impl Spent {
    /// Uses a pass.
    pub(super) fn spend(&self, id: Id, now: i64) -> Spending {
        let mut used = self.0.lock().expect("nothing panics while it is held");
        if now - used.since >= GOOD_FOR {
            used.before = std::mem::take(&mut used.now);
            used.since = now;
        }
        if used.before.contains(&id) || used.now.contains(&id) {
            Spending::Before
        } else if used.now.len() >= REMEMBERED {
            Spending::NoRoom
        } else {
            used.now.insert(id);
            Spending::Now
        }
    }

    #[cfg(test)]
    pub(super) fn remembered(&self) -> usize {
        let used = self.0.lock().unwrap();
        used.now.len() + used.before.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u32) -> Id {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&n.to_be_bytes());
        id
    }

    #[test]
    fn a_pass_is_used_once_for_as_long_as_it_is_good() {
        let spent = Spent::default();
        assert_eq!(spent.spend(id(1), 1_000), Spending::Now);
        assert_eq!(spent.spend(id(1), 1_000), Spending::Before);
        assert_eq!(spent.spend(id(1), 1_000 + GOOD_FOR), Spending::Before);
        assert_eq!(spent.spend(id(2), 1_000 + GOOD_FOR), Spending::Now);
    }

    #[test]
    fn used_passes_take_bounded_room_and_it_comes_back() {
        let spent = Spent::default();
        let all = u32::try_from(REMEMBERED).unwrap();
        let passed = (0..all + 100)
            .filter(|n| spent.spend(id(*n), 0) == Spending::Now)
            .count();
        assert_eq!(passed, REMEMBERED);
        assert_eq!(spent.spend(id(all + 200), GOOD_FOR), Spending::Now);
        assert_eq!(spent.spend(id(all + 300), 2 * GOOD_FOR), Spending::Now);
        assert_eq!(spent.remembered(), 2);
    }

    #[test]
    fn a_flood_that_collects_waits_makes_neither_work_nor_the_waits_of_others_worthless() {
        let passes = Passes::default();
        let all = u32::try_from(REMEMBERED).unwrap();
        assert!((0..all + 100).all(|n| passes.wait(id(n), 0)));
        assert!(passes.work(id(1), 0));
        assert!(!passes.work(id(1), 0));
        assert!(passes.wait(id(all + 200), 0));
        assert!(!passes.wait(id(1), 0), "what was used stays used");
        // Work is not to be had twice, whatever the room.
        assert_eq!(
            (0..all + 100).filter(|n| passes.work(id(*n), 0)).count(),
            REMEMBERED - 1
        );
    }

    #[test]
    fn work_is_done_when_the_hash_has_its_zeros() {
        assert!(is_solved("x", "0", 0));
        assert!(!is_solved("x", "0", 256));
        let nonce = (0..100_000).find(|n| is_solved("x", &n.to_string(), 10));
        let nonce = nonce.unwrap().to_string();
        let hash = digest(&SHA256, format!("x {nonce}").as_bytes());
        assert!(hash.as_ref()[0] == 0 && hash.as_ref()[1] < 0x40);
        assert!(!is_solved("y", &nonce, 20), "it is of one challenge");
    }
}
