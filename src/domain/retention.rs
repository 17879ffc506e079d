//! How long a case is kept once it is closed, when it is blocked, and when it may be deleted.
//!
//! A closed case is kept for the term of its archival [`Series`]. When that is over it is *blocked*: it is kept
//! for nothing but to answer for what was done with it, until two members delete it (LGPDPPSO 3-V, 17; LGA 37).
//! Nothing is ever deleted by itself.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use serde::{Deserialize, Serialize};

use crate::catalogue::{Risk, Series};
use crate::coded_enum;
use crate::procedure::{Course, is_final};

/// A closed case, as far as keeping it is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Which term holds.
    pub series: Series,
    /// Day of the last entry, with which it was closed.
    pub closed_on: Date,
    /// The last day of the term; `None` if it does not end by itself.
    pub until: Option<Date>,
}

coded_enum! {
    /// Where a closed case is on its way.
    pub enum Phase {
        /// Its term runs, or does not end.
        Kept = "CONSERVADA",
        /// Something came from whoever filed after the closing: a person has to look at it first.
        Fresh = "CON_MENSAJE",
        /// Its term is over: it may be deleted.
        Blocked = "BLOQUEADA",
    }
}

impl Kept {
    /// Of a case; `None` while it is not closed. A case that was joined to another that is there still is
    /// kept as long as that one.
    pub fn of(course: &Course, joined_is_there: bool) -> Option<Self> {
        if !is_final(course.state()) {
            return None;
        }
        let closed_on = course.last_entry();
        let series = series_of(course);
        let years = series.entry().years.filter(|_| !joined_is_there);
        let until = years.and_then(|years| closed_on.checked_add(span(years)).ok());
        Some(Self {
            series,
            closed_on,
            until,
        })
    }

    /// Where it is on a day; `heard_on` is the last day on which whoever filed wrote.
    pub fn phase(&self, today: Date, heard_on: Option<Date>) -> Phase {
        if heard_on.is_some_and(|day| day > self.closed_on) {
            Phase::Fresh
        } else if self.until.is_some_and(|until| until < today) {
            Phase::Blocked
        } else {
            Phase::Kept
        }
    }
}

fn span(years: i16) -> Span {
    years.years()
}

/// The series with the longest term that the case belongs to.
fn series_of(course: &Course) -> Series {
    let about_rights = course.classification().is_some_and(|found| {
        found.main == Risk::DerechosHumanos || found.others.contains(&Risk::DerechosHumanos)
    });
    if about_rights {
        Series::HumanRights
    } else if course.referrals().is_empty() {
        Series::General
    } else {
        Series::Referred
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    /// A case that was closed on a day.
    fn course(state: &str, closed_on: Date, more: &Value) -> Course {
        let mut written = json!({
            "state": state, "since": closed_on, "received_on": "2025-11-03",
            "last_entry": closed_on, "clocks": [],
        });
        for (name, value) in more.as_object().unwrap() {
            written[name] = value.clone();
        }
        serde_json::from_value(written).unwrap()
    }

    #[test]
    fn each_series_has_its_term_and_the_day_after_it_the_case_is_blocked() {
        let closed = date(2026, 3, 4);
        let vista = json!({ "referrals": [{ "given_on": "2026-01-15", "answered_on": null }] });
        let rights = json!({ "classification": {
            "main": "corrupcion", "others": ["derechos_humanos"], "mediation": "possible", "rule": "x",
        } });
        for (more, series, until) in [
            (json!({}), Series::General, Some(date(2029, 3, 4))),
            (vista, Series::Referred, Some(date(2033, 3, 4))),
            (rights, Series::HumanRights, None),
        ] {
            let kept = Kept::of(&course("CONCLUIDA", closed, &more), false).unwrap();
            assert_eq!((kept.series, kept.until), (series, until));
            if let Some(until) = until {
                assert_eq!(
                    kept.phase(until, None),
                    Phase::Kept,
                    "the last day is one of the term"
                );
                let after = until.tomorrow().unwrap();
                assert_eq!(kept.phase(after, None), Phase::Blocked);
                assert_eq!(kept.phase(after, Some(closed)), Phase::Blocked);
                let fresh = closed.tomorrow().ok();
                assert_eq!(
                    kept.phase(after, fresh),
                    Phase::Fresh,
                    "somebody wrote since"
                );
            }
        }
        let whole = course("CONCLUIDA", closed, &json!({}));
        assert_eq!(
            Kept::of(&whole, true).unwrap().until,
            None,
            "another goes on for it"
        );
        let leap = Kept::of(&course("NO_ADMITIDA", date(2028, 2, 29), &json!({})), false);
        assert_eq!(leap.unwrap().until, Some(date(2031, 2, 28)));
    }

    proptest! {
        #[test]
        fn a_case_that_is_open_is_never_on_its_way(state in prop::sample::select(crate::case::CaseState::ALL)) {
            let found = Kept::of(&course(state.code(), date(2026, 3, 4), &json!({})), false);
            prop_assert_eq!(found.is_some(), is_final(state));
        }
    }
}
