//! How many refusals are written down one by one: a flood of them must not fill the log.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::committee::MemberId;
use jiff::{SignedDuration, Timestamp};

use super::entry::Actor;

/// In so long …
const WINDOW: SignedDuration = SignedDuration::from_mins(10);
/// … so many refused acts of one member are written …
const ACTS: u32 = 20;
/// … and so many refused sign-ins in all. Were they limited for each account, an answer that takes less
/// time would tell which accounts there are.
const SIGN_INS: u32 = 100;

/// Refusals of late. What is not written is counted, and the next entry has the number; there are no
/// more of them than members.
#[derive(Debug, Default)]
pub(super) struct Refusals(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    sign_ins: Window,
    /// By whose account it was.
    of_account: HashMap<Option<MemberId>, u32>,
    acts: HashMap<Actor, Window>,
    of_actor: HashMap<Actor, u32>,
}

#[derive(Debug, Default)]
struct Window {
    begun: Option<Timestamp>,
    written: u32,
}

impl Window {
    /// Whether one more is written.
    fn has_room(&mut self, most: u32, now: Timestamp) -> bool {
        let runs = |begun| now.duration_since(begun) < WINDOW;
        if !self.begun.is_some_and(runs) {
            self.begun = Some(now);
            self.written = 0;
        }
        let room = self.written < most;
        self.written += u32::from(room);
        room
    }
}

impl Refusals {
    /// How many refused sign-ins to this account the entry to be written now stands for; `None`: this
    /// one is only counted.
    pub(super) fn sign_in(&self, account: Option<MemberId>, now: Timestamp) -> Option<u32> {
        let mut state = self.state();
        let count = one_more(&mut state.of_account, account);
        state.sign_ins.has_room(SIGN_INS, now).then(|| {
            state.of_account.remove(&account);
            count
        })
    }

    /// Those to this account that were only counted; they count as written from now on.
    pub(super) fn counted_sign_ins(&self, account: Option<MemberId>) -> Option<u32> {
        self.state().of_account.remove(&account)
    }

    /// How many refused acts of this actor the entry to be written now stands for; `None`: this one is
    /// only counted.
    pub(super) fn act(&self, actor: Actor, now: Timestamp) -> Option<u32> {
        let mut state = self.state();
        let count = one_more(&mut state.of_actor, actor);
        let window = state.acts.entry(actor).or_default();
        window.has_room(ACTS, now).then(|| {
            state.of_actor.remove(&actor);
            count
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Numbers that a panic elsewhere leaves as they are; none of them opens anything.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn one_more<T: Eq + Hash>(counts: &mut HashMap<T, u32>, whose: T) -> u32 {
    let count = counts.entry(whose).or_default();
    *count = count.saturating_add(1);
    *count
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn a_flood_is_counted_and_none_of_it_is_lost() {
        let refusals = Refusals::default();
        let actor = Actor::Member(MemberId([1; 16]));
        let written = (0..1_000).filter_map(|_| refusals.act(actor, NOW));
        assert_eq!(written.collect::<Vec<_>>(), [1; 20]);
        assert_eq!(refusals.act(Actor::Service, NOW), Some(1));
        assert_eq!(refusals.act(actor, NOW + WINDOW), Some(981));
        assert_eq!(refusals.act(actor, NOW + WINDOW), Some(1));
    }

    #[test]
    fn whether_a_refused_sign_in_is_written_does_not_tell_whether_there_is_such_an_account() {
        let refusals = Refusals::default();
        let account = Some(MemberId([1; 16]));
        for _ in 0..50 {
            assert_eq!(refusals.sign_in(None, NOW), Some(1));
            assert_eq!(refusals.sign_in(account, NOW), Some(1));
        }
        for _ in 0..50 {
            assert_eq!(refusals.sign_in(None, NOW), None);
            assert_eq!(refusals.sign_in(account, NOW), None);
        }
        assert_eq!(refusals.counted_sign_ins(account), Some(50));
        assert_eq!(refusals.counted_sign_ins(account), None);
        assert_eq!(refusals.sign_in(None, NOW + WINDOW), Some(51));
        assert_eq!(refusals.sign_in(account, NOW + WINDOW), Some(1));
    }
}
