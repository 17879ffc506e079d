//! How far a message is: it waits, is being handed over, or was taken.
//!
//! A message is first marked as being handed over, then handed over, then marked as taken. So of a service
//! that stops, or a second one that works on the same database, each message is in one pair of hands.
//!
//! *What can be sent twice:* a message whose taking the server said, or was about to say, and that could not
//! be marked: the service was killed between the server's `250` and the commit of the mark, some milliseconds,
//! or the connection broke between the server's decision and our reading of it. It is then handed over again,
//! the same to the byte and under the same `Message-ID`, by which mail servers and programs know a message
//! that they have. No protocol without a common transaction can do better and lose nothing.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a hand-over may take before another may begin; longer than the time limits of [`crate::smtp`]
/// add up to.
const HANDS: SignedDuration = SignedDuration::from_mins(10);
/// The first wait after a failure; each further one is twice as long.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
/// The longest wait.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(30);
/// How long a message is kept that no server takes. One of each slot came after it, and says the same.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// How far a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum Delivery {
    /// It waits.
    Waiting {
        /// How often it was tried.
        tries: u32,
        /// From when on it is tried next.
        next: Timestamp,
    },
    /// It is being handed over.
    Sending {
        /// How often it was tried before.
        tries: u32,
        /// Who has it lost it then.
        until: Timestamp,
    },
    /// A server took it.
    Taken {
        /// When.
        at: Timestamp,
    },
}

impl Delivery {
    /// One that goes out from a moment on.
    pub fn from(next: Timestamp) -> Self {
        Self::Waiting { tries: 0, next }
    }

    /// Takes it in hand, if it may be tried now.
    #[must_use]
    pub fn begin(self, now: Timestamp) -> Option<Self> {
        let (tries, from) = match self {
            Self::Waiting { tries, next } => (tries, next),
            // Whoever had it was stopped.
            Self::Sending { tries, until } => (tries.saturating_add(1), until),
            Self::Taken { .. } => return None,
        };
        (from <= now).then(|| Self::Sending {
            tries,
            until: later(now, HANDS),
        })
    }

    /// After a failure.
    #[must_use]
    pub fn failed(self, now: Timestamp) -> Self {
        match self {
            Self::Sending { tries, .. } | Self::Waiting { tries, .. } => Self::Waiting {
                tries: tries.saturating_add(1),
                next: later(now, wait_after(tries)),
            },
            Self::Taken { .. } => self,
        }
    }

    /// Whether a server took it.
    pub fn is_taken(self) -> bool {
        match self {
            Self::Taken { .. } => true,
            Self::Waiting { .. } | Self::Sending { .. } => false,
        }
    }

    /// Whether a message that began to wait at a moment is given up.
    pub fn is_over(self, since: Timestamp, now: Timestamp) -> bool {
        match self {
            Self::Waiting { .. } => now.duration_since(since) >= KEPT,
            Self::Sending { until, .. } => now.duration_since(since) >= KEPT && until <= now,
            Self::Taken { .. } => false,
        }
    }
}

fn wait_after(tries: u32) -> SignedDuration {
    let doubled = 1_i32.checked_shl(tries.min(16)).unwrap_or(i32::MAX);
    FIRST_WAIT.saturating_mul(doubled).min(LONGEST_WAIT)
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.saturating_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn now() -> Timestamp {
        "2026-03-04T16:01:00Z".parse().unwrap()
    }

    #[test]
    fn waits_double_up_to_half_an_hour() {
        let waits: Vec<i64> = [0, 1, 2, 5, 6, 7, 40, u32::MAX]
            .map(|tries| wait_after(tries).as_secs())
            .to_vec();
        assert_eq!(waits, [30, 60, 120, 960, 1800, 1800, 1800, 1800]);
    }

    #[test]
    fn one_that_was_left_in_hand_goes_on_later_and_counts_as_tried() {
        let begun = Delivery::from(now()).begin(now()).unwrap();
        assert_eq!(begun.begin(now()), None, "in one pair of hands");
        let after = later(now(), HANDS);
        let again = begun.begin(after).unwrap();
        assert_eq!(
            again,
            Delivery::Sending {
                tries: 1,
                until: later(after, HANDS)
            }
        );
        assert!(
            !begun.is_over(now() - KEPT, now()),
            "nobody gives up what another has in hand"
        );
    }

    #[derive(Debug, Clone, Copy)]
    enum Step {
        Begin,
        Fail,
        Take,
        Wait(u32),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            Just(Step::Begin),
            Just(Step::Fail),
            Just(Step::Take),
            (1_u32..7200).prop_map(Step::Wait)
        ];
        prop::collection::vec(step, 0..60)
    }

    proptest! {
        #[test]
        fn what_was_taken_is_never_tried_again_and_what_was_not_always_is(steps in steps()) {
            let (mut clock, mut one, mut taken) = (now(), Delivery::from(now()), 0);
            for step in steps {
                match step {
                    Step::Begin => one = one.begin(clock).unwrap_or(one),
                    Step::Fail => one = one.failed(clock),
                    Step::Take => {
                        if let Delivery::Sending { .. } = one {
                            one = Delivery::Taken { at: clock };
                            taken += 1;
                        }
                    }
                    Step::Wait(seconds) => clock = later(clock, SignedDuration::from_secs(seconds.into())),
                }
            }
            prop_assert!(taken <= 1);
            prop_assert_eq!(one.is_taken(), taken == 1);
            let much_later = later(clock, HANDS + LONGEST_WAIT);
            prop_assert_eq!(one.begin(much_later).is_some(), taken == 0);
        }
    }
}
