//! Terms counted anew when a calendar or a term changes: shown first, and changed only when a person says
//! so.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Rules;
use super::clock::{About, Clock};
use super::course::Course;
use crate::calendar::Calendar;
use crate::catalogue::TermKey;

/// A running term whose last day is another by the terms and the calendar as they are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recounted {
    /// Which.
    pub key: TermKey,
    /// What it is about.
    pub about: About,
    /// Its last day so far.
    pub was: Date,
    /// Its last day counted anew.
    pub becomes: Date,
}

impl Course {
    /// The running terms that come out otherwise now. Nothing changes by asking; [`Move::Recount`] takes
    /// over what it is given.
    ///
    /// A term that was told to somebody outside the committee is never made shorter: they count on the day
    /// that they were told. One that no calendar can hold any more keeps the day that it has.
    ///
    /// [`Move::Recount`]: super::Move::Recount
    pub fn recount(&self, rules: &Rules<'_>) -> Vec<Recounted> {
        Recounted::of(self.running(), rules)
    }
}

impl Recounted {
    /// The same of the terms that run in a case; see [`Course::recount`].
    pub fn of<'a>(running: impl IntoIterator<Item = &'a Clock>, rules: &Rules<'_>) -> Vec<Self> {
        let running = running.into_iter();
        running
            .filter_map(|clock| counted_anew(clock, rules.calendar))
            .collect()
    }
}

fn counted_anew(clock: &Clock, calendar: &Calendar) -> Option<Recounted> {
    let was = clock.due_on();
    let becomes = clock.counted_anew(calendar).ok()?;
    let told = clock.owner().seat().is_none();
    if becomes == was || (told && becomes < was) {
        return None;
    }
    Some(Recounted {
        key: clock.key(),
        about: clock.about(),
        was,
        becomes,
    })
}
