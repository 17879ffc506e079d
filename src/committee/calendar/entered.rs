//! A run of days on which terms stand still, as a member entered it.

use std::fmt;
use std::str::FromStr;

use domain::calendar::{Calendar, InForce, Past, Profile, Suspension, SuspensionError, day_of};
use domain::committee::MemberId;
use domain::complaint::ShortText;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use store::records::RecordId;

/// Most days of one suspension: no norm says so, it finds slips of the pen in the year.
pub const MOST_DAYS: i32 = 92;
/// How many days ahead of, or behind, the day of entry one may begin, for the same reason.
pub const FARTHEST: i32 = 3 * 366;

/// Random name of a suspension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SuspensionId(pub [u8; 16]);

/// A text that is no id of a suspension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the id of a suspension is 32 small hexadecimal digits")]
pub struct NotASuspensionId;

impl fmt::Display for SuspensionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl FromStr for SuspensionId {
    type Err = NotASuspensionId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() != 32 || !text.bytes().all(digit) {
            return Err(NotASuspensionId);
        }
        let id = u128::from_str_radix(text, 16).map_err(|_| NotASuspensionId)?;
        Ok(Self(id.to_be_bytes()))
    }
}

impl Serialize for SuspensionId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SuspensionId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl From<SuspensionId> for RecordId {
    fn from(id: SuspensionId) -> Self {
        Self(id.0)
    }
}

/// Days on which terms stand still, both ends included, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspended {
    /// Its name.
    pub id: SuspensionId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Why, in a few words.
    pub reason: ShortText,
    /// Where it was published or agreed: the DOF and its day, or a letter and its number.
    pub source: ShortText,
    /// Who entered it.
    pub by: MemberId,
    /// When, to the second.
    pub at: Timestamp,
    /// If it was taken back: then it does not hold any more, and stays on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// That a suspension was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// By whom.
    pub by: MemberId,
    /// When, to the second.
    pub at: Timestamp,
    /// Why.
    pub reason: ShortText,
}

/// Which official list of non-working days terms follow, as a member chose it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChosenProfile {
    /// Its name among the records of the calendar.
    pub id: SuspensionId,
    /// Which choice it is, from 1: the last one holds.
    pub number: u32,
    /// The list.
    pub profile: Profile,
    /// Why, in a few words.
    pub reason: ShortText,
    /// Where it was agreed.
    pub source: ShortText,
    /// Who chose.
    pub by: MemberId,
    /// When, to the second.
    pub at: Timestamp,
}

/// The choice that holds: the last one.
pub fn in_force<'a>(
    choices: impl IntoIterator<Item = &'a ChosenProfile>,
) -> Option<&'a ChosenProfile> {
    // Of two that were made in the same moment, any, but always the same.
    choices.into_iter().max_by_key(|one| (one.number, one.id))
}

/// What a record of the calendar holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Entered {
    /// Days on which terms stand still.
    Suspended(Suspended),
    /// The list that terms follow.
    Chosen(ChosenProfile),
}

impl Entered {
    /// Its name.
    pub fn id(&self) -> SuspensionId {
        match self {
            Self::Suspended(one) => one.id,
            Self::Chosen(one) => one.id,
        }
    }
}

/// Why something cannot be entered or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryFault {
    /// The last day comes before the first.
    #[error("the last day comes before the first")]
    Backwards,
    /// It is longer than [`MOST_DAYS`].
    #[error("a suspension of more than {MOST_DAYS} days")]
    TooLong,
    /// It begins more than [`FARTHEST`] days from the day of entry.
    #[error("a suspension years away")]
    TooFar,
    /// The same days were entered before, and hold.
    #[error("these days were entered before")]
    Before,
    /// Terms follow this list already.
    #[error("terms follow this list already")]
    InForce,
    /// There is no such suspension that holds.
    #[error("there is no such suspension")]
    Gone,
}

impl Suspended {
    /// Checks the days of one that is entered on `today`.
    ///
    /// # Errors
    /// See [`EntryFault`].
    pub fn check_days(from: Date, to: Date, today: Date) -> Result<(), EntryFault> {
        if to < from {
            return Err(EntryFault::Backwards);
        }
        if days_between(from, to) >= MOST_DAYS {
            return Err(EntryFault::TooLong);
        }
        if days_between(today, from).abs() > FARTHEST {
            return Err(EntryFault::TooFar);
        }
        Ok(())
    }

    /// Whether it counts.
    pub fn holds(&self) -> bool {
        self.withdrawn.is_none()
    }

    /// How many days it has, of every kind.
    pub fn days(&self) -> u32 {
        u32::try_from(days_between(self.from, self.to).saturating_add(1)).unwrap_or(u32::MAX)
    }

    /// As a calendar takes it: what was written of it on one line.
    ///
    /// # Errors
    /// [`SuspensionError::Backwards`], which an entry that was checked is not.
    pub fn as_rule(&self) -> Result<Suspension, SuspensionError> {
        let (reason, source) = (self.reason.expose(), self.source.expose());
        let line = format!("{reason} ({source})");
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        Suspension::new(self.from, self.to, &line)
    }
}

/// Days from one day to another; negative if it lies behind.
fn days_between(from: Date, to: Date) -> i32 {
    // No two days of the civil calendar are farther apart than an `i32` of days.
    from.until((jiff::Unit::Day, to))
        .map_or(i32::MAX, |span| span.get_days())
}

/// The official list that was chosen last, or else the one that the service was built with, and its days; and of
/// what was entered all that holds. What held once is remembered with its days, for what was done meanwhile.
pub fn calendar<'a>(
    choices: &[ChosenProfile],
    entered: impl IntoIterator<Item = &'a Suspended>,
) -> Calendar {
    let official = Calendar::default();
    let (mut days, mut past) = (official.suspensions().to_vec(), Past::default());
    for one in entered {
        let Ok(what) = one.as_rule() else { continue };
        match &one.withdrawn {
            None => days.push(what),
            Some(withdrawn) => past.suspensions.push(InForce {
                what,
                from: day_of(one.at),
                until: day_of(withdrawn.at),
            }),
        }
    }
    days.sort_by_key(|one| (one.from(), one.to()));
    let mut choices: Vec<_> = choices.iter().collect();
    choices.sort_by_key(|one| (one.number, one.id));
    let (mut profile, mut from) = (official.profile(), Date::MIN);
    for choice in choices {
        let until = day_of(choice.at);
        past.profiles.push(InForce {
            what: profile,
            from,
            until,
        });
        (profile, from) = (choice.profile, until);
    }
    Calendar::new(profile, days).remembering(past)
}

/// Every calendar by which intake may have dated a letter: each official list, with all that was ever entered,
/// what was taken back too.
pub fn ever<'a>(entered: impl IntoIterator<Item = &'a Suspended>) -> Vec<Calendar> {
    let mut days = Calendar::default().suspensions().to_vec();
    days.extend(entered.into_iter().filter_map(|one| one.as_rule().ok()));
    let with_days = |profile: &Profile| Calendar::new(*profile, days.clone());
    Profile::ALL.iter().map(with_days).collect()
}

/// What was entered and holds, as a file that `guiando terms due --suspensions` reads.
pub fn file<'a>(
    choices: &[ChosenProfile],
    entered: impl IntoIterator<Item = &'a Suspended>,
) -> String {
    let all = calendar(choices, entered);
    let first = format!("# {}\n", all.profile());
    let lines = all.suspensions().iter().map(|one| one.to_string() + "\n");
    std::iter::once(first).chain(lines).collect()
}
