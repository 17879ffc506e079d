//! Whether a complaint came after the time in which it may be presented: a warning for a person, never a
//! reason to refuse (CHIS 56; DISC 7).
//!
//! Three years run from the day after the facts, or since they ceased. For discrimination the special
//! protocol speaks of one year; the norms conflict, so a person decides. Facts that go on, or without a
//! day, give no warning: nothing is held against whoever did not tell when.

use jiff::civil::Date;

use crate::calendar::Calendar;
use crate::catalogue::{Risk, TermKey};
use crate::complaint::Facts;

/// A time to present a complaint that was over when it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Late {
    /// Which.
    pub key: TermKey,
    /// The day of the facts, or on which they ceased.
    pub since: Date,
    /// The last day on which it was in time.
    pub until: Date,
}

/// What to warn of: of a complaint with these risks, received on this legal day.
pub fn late(facts: &Facts, risks: &[Risk], received_on: Date, calendar: &Calendar) -> Vec<Late> {
    let Some(since) = ceased(facts) else {
        return Vec::new();
    };
    let special = risks.contains(&Risk::Discriminacion);
    [
        Some(TermKey::PlazoPresentacion),
        special.then_some(TermKey::PlazoPresentacionDisc),
    ]
    .into_iter()
    .flatten()
    .filter_map(|key| {
        // A day that no calendar can hold is not over.
        let until = calendar.due(since, key.term().amount()).ok()?;
        (received_on > until).then_some(Late { key, since, until })
    })
    .collect()
}

fn ceased(facts: &Facts) -> Option<Date> {
    if facts.ongoing == Some(true) {
        None
    } else {
        facts.to.or(facts.from)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const CAME: Date = Date::constant(2026, 3, 4);

    fn facts(from: Option<Date>, to: Option<Date>, ongoing: Option<bool>) -> Facts {
        Facts {
            from,
            to,
            ongoing,
            ..Facts::default()
        }
    }

    fn keys(facts: &Facts, risks: &[Risk], came: Date) -> Vec<TermKey> {
        let found = late(facts, risks, came, &Calendar::default());
        found.into_iter().map(|one| one.key).collect()
    }

    #[test]
    fn three_years_from_the_facts_are_in_time_to_their_last_day() {
        // 4 March 2023 was a Saturday; the term ends on Wednesday, 4 March 2026.
        let told = facts(Some(date(2023, 3, 4)), None, None);
        assert_eq!(keys(&told, &[], CAME), []);
        let found = late(&told, &[], date(2026, 3, 5), &Calendar::default());
        let expected = Late {
            key: TermKey::PlazoPresentacion,
            since: date(2023, 3, 4),
            until: CAME,
        };
        assert_eq!(found, [expected]);
        // It counts since they ceased.
        let lasted = facts(Some(date(2019, 1, 1)), Some(date(2023, 3, 6)), Some(false));
        assert_eq!(keys(&lasted, &[], date(2026, 3, 6)), []);
    }

    #[test]
    fn a_last_day_that_nobody_works_moves_on() {
        // 1 May 2026 is a holiday and a Friday.
        let told = facts(Some(date(2023, 5, 1)), None, None);
        assert_eq!(keys(&told, &[], date(2026, 5, 4)), []);
        assert_eq!(
            keys(&told, &[], date(2026, 5, 5)),
            [TermKey::PlazoPresentacion]
        );
    }

    #[test]
    fn one_year_warns_of_discrimination_only() {
        let told = facts(Some(date(2025, 2, 3)), None, None);
        assert_eq!(keys(&told, &[Risk::Corrupcion], CAME), []);
        let both = [Risk::Corrupcion, Risk::Discriminacion];
        assert_eq!(keys(&told, &both, CAME), [TermKey::PlazoPresentacionDisc]);
        let old = facts(Some(date(2020, 2, 3)), None, None);
        let all = [TermKey::PlazoPresentacion, TermKey::PlazoPresentacionDisc];
        assert_eq!(keys(&old, &both, CAME), all);
    }

    #[test]
    fn what_goes_on_or_has_no_day_is_never_late() {
        let both = [Risk::Discriminacion];
        assert_eq!(keys(&Facts::default(), &both, CAME), []);
        let goes_on = facts(Some(date(2010, 1, 1)), None, Some(true));
        assert_eq!(keys(&goes_on, &both, CAME), []);
        // So do facts that are said to go on and to have ended.
        let unclear = facts(Some(date(2010, 1, 1)), Some(date(2011, 1, 1)), Some(true));
        assert_eq!(keys(&unclear, &both, CAME), []);
    }
}
