//! How many refusals are written down one by one: a flood of them must not fill the log.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::committee::MemberId;
use jiff::{SignedDuration, Timestamp};

use super::entry::Actor;

/// Whose refusals they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Whose {
    /// Of whoever tries to sign in, to a member's account or to none.
    SignIn(Option<MemberId>),
    /// Of whoever is signed in.
    Act(Actor),
}

/// In so long …
const WINDOW: SignedDuration = SignedDuration::from_mins(10);
/// … so many are written for one person; the others are counted, and the next entry has their number.
const EACH: u32 = 20;

/// Refusals of late, by whose they were. There are no more of them than members.
#[derive(Debug, Default)]
pub(super) struct Refusals(Mutex<HashMap<Whose, Window>>);

#[derive(Debug)]
struct Window {
    begun: Timestamp,
    written: u32,
    counted: u32,
}

impl Refusals {
    /// How many refusals the entry to be written now stands for; `None`: this one is only counted.
    pub(super) fn one_more(&self, whose: Whose, now: Timestamp) -> Option<u32> {
        let mut all = self.all();
        let window = all.entry(whose).or_insert(Window {
            begun: now,
            written: 0,
            counted: 0,
        });
        if now.duration_since(window.begun) >= WINDOW {
            window.begun = now;
            window.written = 0;
        }
        window.counted = window.counted.saturating_add(1);
        if window.written >= EACH {
            return None;
        }
        window.written += 1;
        Some(std::mem::take(&mut window.counted))
    }

    /// Those that were only counted; they count as written from now on.
    pub(super) fn counted(&self, whose: Whose) -> Option<u32> {
        let mut all = self.all();
        let counted = std::mem::take(&mut all.get_mut(&whose)?.counted);
        (counted > 0).then_some(counted)
    }

    fn all(&self) -> MutexGuard<'_, HashMap<Whose, Window>> {
        // Each change is a single step, so a panic elsewhere leaves it sound.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_counted_and_none_of_it_is_lost() {
        let refusals = Refusals::default();
        let now = Timestamp::UNIX_EPOCH;
        let written: Vec<u32> = (0..1_000)
            .filter_map(|_| refusals.one_more(Whose::SignIn(None), now))
            .collect();
        assert_eq!(written, [1; 20]);
        assert_eq!(refusals.one_more(Whose::Act(Actor::Service), now), Some(1));
        assert_eq!(
            refusals.one_more(Whose::SignIn(None), now + WINDOW),
            Some(981)
        );
        assert_eq!(refusals.counted(Whose::SignIn(None)), None);
    }
}
