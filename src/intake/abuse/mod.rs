//! Limits against floods, without knowing who anybody is.
//!
//! Most of the time nothing here is in anybody's way: a hospital whose people all file behind one
//! address in one night stays far below every budget ([`Budgets`]). A budget that is used up says that
//! the flood is real. From then on, and only until it ebbs,
//!
//! - a page answers what was sent with a short wait: a time that is sealed in the page, and a button to
//!   send again. No script, no puzzle, no new hardware; what was written stays in the page;
//! - a program is answered 429 with a [`Challenge`]: some work that costs a flood its speed.
//!
//! Either opens the way for one call. Nothing that is valid is ever refused for good.
//!
//! # Who is flooding
//!
//! One source that sends far more than any hospital pays alone, and all others stay free. Its address
//! never leaves [`crate::network`]: what is counted is a mark of it under a key that is drawn at the
//! start and again each hour, when all marks are forgotten. Marks are in memory only, no more than
//! some thousand, and nothing of them is logged. Whoever looks like everybody else has no mark at all:
//! those who come through Tor, the Institute's own network, or a proxy that does not tell. For them,
//! and for a flood from everywhere, the budget of all together counts.
//!
//! # Files
//!
//! Files cost more than texts: a place while they come, room at the store, a cleaner. So an upload of a
//! page or a program has a budget beside that of filing, asked before the first chunk is stored, and it
//! must begin with what only a page of ours carries, or with a complaint that could be filed. Who
//! gets a place and how many bytes, says `crate::evidence`: of each, one source gets a part, all who are
//! not told apart get most, and those who come back have what nobody else can take.
//!
//! # Those who come back
//!
//! Looking into a mailbox costs nothing, ever. Those who look have places of their
//! own ([`Lanes`]), so no number of new complaints takes one away; a source that looks far too often
//! queues in a lane of its own.
//!
//! Writing to the committee has budgets that those who file do not touch: one of each mailbox, told
//! apart by a mark as above, and one of all together. Who is over that of their mailbox waits until it
//! has grown, a minute at most; in a flood of all, a page waits and a program works as for a
//! complaint. What was written is given back each time.
//!
//! # Limits
//!
//! Budgets are those of one process, and so is the memory of passes that were used: with two
//! processes, a pass opens the way twice. Places and bytes of uploads are those of one process too.
//! Whoever comes through Tor shares what is there for all who do, with those who flood through it. A
//! flood that files first has mailboxes, and shares what is there for those who come back; it does not
//! have what is there for those whom the committee has asked for something. A wait alone does not stop a flood that waits too; it makes
//! it come back for each complaint, at twice the requests. What holds in the end are the limits on
//! everything at once (`service::body`).
//!
//! # Roads not taken
//!
//! - *A puzzle in the page* would need a script, and would lock out old phones and Tor's safest mode.
//! - *`actix-governor`* keys by the bare address. *`altcha`* is made for its widget, which is a script;
//!   what remains of it for a program is one hash.
//! - *Addresses that are barred* would have to be remembered, and Tor's exits would be among them.

mod budgets;
mod lanes;
mod passes;
mod sources;
#[cfg(test)]
mod tests;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpRequest;
use governor::clock::Clock as Ticking;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use ring::rand::SystemRandom;
use sealing::{EnvelopeId, LookupId};
use service::clock::Clock;

pub use self::budgets::{Budget, Budgets};
pub(crate) use self::lanes::{Crowded, Lane, Lanes};
use self::passes::{Awaited, Delay, Passes, Work};
pub(crate) use self::passes::{Challenge, GOOD_FOR, HEADER, Wait};
use self::sources::Sources;
use crate::network::Mark;
use crate::page_seal::{Opened, Purpose};
use crate::shared::Shared;

/// What may come in floods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    /// A new complaint.
    Filing,
    /// Files for one.
    Evidence,
    /// A further message.
    Message,
}

/// Why a program's further message is not taken now.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Held {
    /// Its mailbox sends too much, and may send again in so many seconds.
    #[error("the mailbox sends too much")]
    Back {
        /// How long to wait.
        seconds: u32,
    },
    /// All mailboxes together do.
    #[error(transparent)]
    Flood(#[from] Challenge),
}

/// All that is remembered against floods, in memory alone.
pub(crate) struct Abuse {
    budgets: Budgets,
    filings: Everybody,
    uploads: Everybody,
    messages: Everybody,
    sources: Sources,
    passes: Passes,
}

type Everybody = RateLimiter<NotKeyed, InMemoryState, Ticks, NoOpMiddleware<Duration>>;

/// The service's clock, as `governor` reads it.
#[derive(Clone)]
struct Ticks(Arc<dyn Clock>);

impl Ticking for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        // Before 1970 there was no flood.
        Duration::try_from(self.0.now().as_duration()).unwrap_or_default()
    }
}

impl Budget {
    fn quota(self) -> Quota {
        let quota = Quota::with_period(self.one_more_every).expect("a budget grows again");
        quota.allow_burst(self.at_once)
    }
}

impl Abuse {
    /// # Errors
    /// When the system has no randomness to give.
    pub(crate) fn new(
        budgets: Budgets,
        clock: &Arc<dyn Clock>,
        rng: &SystemRandom,
    ) -> Result<Self, ring::error::Unspecified> {
        let ticks = Ticks(Arc::clone(clock));
        let everybody =
            |budget: Budget| RateLimiter::direct_with_clock(budget.quota(), ticks.clone());
        Ok(Self {
            budgets,
            filings: everybody(budgets.all_filings),
            uploads: everybody(budgets.all_uploads),
            messages: everybody(budgets.all_messages),
            sources: Sources::new(budgets, ticks.clone(), rng)?,
            passes: Passes::default(),
        })
    }

    /// Whether a call comes in a flood: its source's own, or everybody's.
    fn is_flood(&self, shared: &Shared, call: Call, request: &HttpRequest) -> bool {
        let mark = |key: &_| shared.networks.mark(request, key);
        let (all, source) = match call {
            Call::Filing => (&self.filings, sources::Kind::Filings),
            Call::Evidence => (&self.uploads, sources::Kind::Uploads),
            // Its mailbox was asked before, see `Abuse::holds_back`.
            Call::Message => return self.messages.check().is_err(),
        };
        // A source that is over its own budget does not use up everybody's.
        self.sources.is_over(source, &shared.rng, mark) || all.check().is_err()
    }

    /// For how many seconds a mailbox that sends too much has to wait. No pass opens a way round it.
    fn holds_back(&self, id: LookupId, rng: &SystemRandom) -> Option<u32> {
        let mark = |key: &_| Some(Mark::new(id.as_bytes(), key));
        let wait = self.sources.wait(sources::Kind::Messages, rng, mark)?;
        Some(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX - 1) + 1)
    }
}

impl Shared {
    /// Whether a complaint of a page may be taken at once; otherwise what to show, with the wait to
    /// carry.
    ///
    /// # Errors
    /// With the wait, when there is a flood and `carried` is no wait that has passed for this envelope.
    pub(crate) fn may_file(
        &self,
        request: &HttpRequest,
        envelope_id: EnvelopeId,
        carried: &str,
    ) -> Result<(), Wait> {
        let what = Awaited::Filing(envelope_id);
        let waited = self.waited(carried).filter(|delay| delay.what == what);
        self.may_pass(request, Call::Filing, what, waited, carried)
    }

    /// The same for a further message to a mailbox that exists.
    ///
    /// # Errors
    /// With the wait, when the mailbox sends too much, or all do and `carried` is no wait of this one
    /// that has passed.
    pub(crate) fn may_write(
        &self,
        request: &HttpRequest,
        id: LookupId,
        carried: &str,
    ) -> Result<(), Wait> {
        let what = Awaited::Message(*id.as_bytes());
        let waited = self.waited(carried).filter(|delay| delay.what == what);
        if let Some(abuse) = &self.abuse
            && let Some(seconds) = abuse.holds_back(id, &self.rng)
        {
            return Err(Wait {
                call: Call::Message,
                seconds,
                carried: waited.map_or(String::new(), |_| carried.to_owned()),
            });
        }
        self.may_pass(request, Call::Message, what, waited, carried)
    }

    /// The same for a program.
    ///
    /// # Errors
    /// See [`Held`].
    pub(crate) fn may_send(&self, request: &HttpRequest, id: LookupId) -> Result<(), Held> {
        if let Some(abuse) = &self.abuse
            && let Some(seconds) = abuse.holds_back(id, &self.rng)
        {
            return Err(Held::Back { seconds });
        }
        Ok(self.may_call(request, &[Call::Message])?)
    }

    /// Whether the files of a page may come at once, asked before the first is stored.
    ///
    /// # Errors
    /// With the wait, when there is a flood and `carried` is no wait that has passed and was not used.
    pub(crate) fn may_upload(&self, request: &HttpRequest, carried: &str) -> Result<(), Wait> {
        let waited = self.waited(carried);
        let (what, waited) = match waited {
            Some(Delay {
                what: what @ Awaited::Upload(_),
                ..
            }) => (what, waited),
            Some(_) | None => (Awaited::Upload(passes::draw_id(&self.rng)), None),
        };
        self.may_pass(request, Call::Evidence, what, waited, carried)
    }

    /// The wait that a page carries.
    fn waited(&self, carried: &str) -> Option<Delay> {
        let opened: Opened<Delay> = self.open_page(Purpose::Delay, carried).ok()?;
        (!opened.lapsed).then_some(opened.value)
    }

    fn may_pass(
        &self,
        request: &HttpRequest,
        call: Call,
        what: Awaited,
        waited: Option<Delay>,
        carried: &str,
    ) -> Result<(), Wait> {
        let Some(abuse) = &self.abuse else {
            return Ok(());
        };
        let now = self.clock.now().as_second();
        let has_waited = waited.as_ref().is_some_and(|delay| delay.not_before <= now);
        let is_used = |what| match what {
            Awaited::Filing(_) | Awaited::Message(_) => false,
            Awaited::Upload(id) => !abuse.passes.wait(id, now),
        };
        if has_waited && !is_used(what) {
            return Ok(());
        }
        if !abuse.is_flood(self, call, request) {
            return Ok(());
        }
        if let Some(delay) = waited
            && let Ok(seconds @ 1..) = u32::try_from(delay.not_before - now)
        {
            return Err(Wait {
                call,
                seconds,
                carried: carried.to_owned(),
            });
        }
        let what = match what {
            Awaited::Filing(_) | Awaited::Message(_) => what,
            // That one may have been used.
            Awaited::Upload(_) => Awaited::Upload(passes::draw_id(&self.rng)),
        };
        let seconds = abuse.budgets.wait_seconds;
        let delay = Delay {
            what,
            not_before: now + i64::from(seconds),
        };
        Err(Wait {
            call,
            seconds,
            carried: self.seal_page(Purpose::Delay, &delay),
        })
    }

    /// The same for a program, which shows solved work in a header; it opens the way for all of its
    /// calls at once.
    ///
    /// # Errors
    /// With the work that is wanted, when there is a flood and none was shown.
    pub(crate) fn may_call(&self, request: &HttpRequest, calls: &[Call]) -> Result<(), Challenge> {
        let Some(abuse) = &self.abuse else {
            return Ok(());
        };
        let now = self.clock.now().as_second();
        let shown = request.headers().get(HEADER);
        let shown = shown.and_then(|shown| shown.to_str().ok()?.split_once(' '));
        if let Some((challenge, nonce)) = shown
            && let Ok(Opened {
                value: work,
                lapsed: false,
            }) = self.open_page::<Work>(Purpose::Work, challenge)
            && passes::is_solved(challenge, nonce, work.bits)
            && abuse.passes.work(work.id, now)
        {
            return Ok(());
        }
        if !calls
            .iter()
            .any(|call| abuse.is_flood(self, *call, request))
        {
            return Ok(());
        }
        let work = Work {
            id: passes::draw_id(&self.rng),
            bits: abuse.budgets.work_bits,
        };
        Err(Challenge {
            bits: work.bits,
            text: self.seal_page(Purpose::Work, &work),
        })
    }

    /// In which lane a look into a mailbox waits for its place.
    pub(crate) fn lane(&self, request: &HttpRequest) -> Lane {
        let mark = |key: &_| self.networks.mark(request, key);
        match &self.abuse {
            Some(abuse) if abuse.sources.is_over(sources::Kind::Looks, &self.rng, mark) => {
                Lane::Flooding
            }
            Some(_) | None => Lane::Ordinary,
        }
    }
}

/// A number that is written here and not 0.
const fn some(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).expect("not 0")
}
