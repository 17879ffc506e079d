//! How much is still no flood.

use std::num::NonZeroU32;
use std::time::Duration;

use super::some;

/// So many at once, then one more each time that so much has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    pub(crate) at_once: NonZeroU32,
    pub(crate) one_more_every: Duration,
}

impl Budget {
    pub(crate) const fn new(at_once: u32, one_more_every: Duration) -> Self {
        Self {
            at_once: some(at_once),
            one_more_every,
        }
    }
}

/// All budgets of one process, and what it costs to be over one.
///
/// The largest institutions that publish it get some thousand complaints a year. The budgets are made
/// for the worst honest hour of such a place, a scandal that makes everybody file, many times over;
/// a flood that means harm brings that much in a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budgets {
    /// Complaints of everybody: 172,800 a day.
    pub(crate) all_filings: Budget,
    /// Complaints of one source: all of a hospital's night shift, and 720 an hour after that.
    pub(crate) source_filings: Budget,
    /// Uploads of files to complaints, of everybody: 86,400 a day. A complaint takes one or a few.
    pub(crate) all_uploads: Budget,
    /// The same of one source: 240 an hour after the first.
    pub(crate) source_uploads: Budget,
    /// Looks into mailboxes of one source.
    pub(crate) source_looks: Budget,
    /// Further messages of everybody: 86,400 a day. Those who file have their own.
    pub(crate) all_messages: Budget,
    /// The same of one mailbox: a long conversation at once, and more than anybody writes after that.
    pub(crate) mailbox_messages: Budget,
    /// How long a page waits, in seconds: felt by a person, and not so long that they give up.
    pub(crate) wait_seconds: u32,
    /// Leading zero bits that a program's hash must have: a million tries, less than a second of one
    /// core, some seconds of an old phone's.
    pub(crate) work_bits: u32,
}

impl Default for Budgets {
    fn default() -> Self {
        Self {
            all_filings: Budget::new(1_000, Duration::from_millis(500)),
            source_filings: Budget::new(240, Duration::from_secs(5)),
            all_uploads: Budget::new(500, Duration::from_secs(1)),
            source_uploads: Budget::new(120, Duration::from_secs(15)),
            source_looks: Budget::new(240, Duration::from_millis(500)),
            all_messages: Budget::new(1_000, Duration::from_secs(1)),
            mailbox_messages: Budget::new(20, Duration::from_mins(1)),
            wait_seconds: 15,
            work_bits: 20,
        }
    }
}
