//! What the committee's service tells intake in clear, so that nobody in between can make it up: the days
//! on which terms stand still.
//!
//! Intake can open nothing, and has of the committee only `committee.pub`. A line of that file names the
//! key, one that follows from the committee's own, with which announcements are checked; to whoever only
//! seals it is a comment. An announcement is a signature (Ed25519) and a text:
//!
//! ```text
//! guiando tu denuncia, announced calendar, v1
//! 7
//! federal_decree
//! 2026-12-21/2027-01-06
//! ```
//!
//! The number counts what was entered, so that an older announcement is told from a newer one. There is no
//! day of entry, no reason and no name in it: the days are published anyway, and nothing else is needed.
//!
//! *What this does not show:* whether an announcement is the newest one. Who reads goes back to no lower
//! number for as long as it runs.

use std::fmt;
use std::str::FromStr;

use domain::calendar::{Calendar, Profile, Suspension, read_suspensions};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};

/// Says so in `committee.pub`, where it is a comment to whoever only seals.
const LINE: &str = "# announcements: ";
/// The first line of what is signed, so that a signature is good for nothing else.
const HEAD: &str = "guiando tu denuncia, announced calendar, v1";
const SIGNATURE: usize = 64;

/// Longest announcement, in bytes: thousands of suspensions.
pub const LONGEST_ANNOUNCEMENT: usize = 64 << 10;

/// Checks what the committee's service announces.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AnnouncementKey([u8; 32]);

/// Signs what the committee's service announces.
pub struct Announcer(Ed25519KeyPair);

/// A text that names no such key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key of announcements is 64 hexadecimal digits")]
pub struct NotAnAnnouncementKey;

/// Why an announcement is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnnouncementError {
    /// It is of another key, or was altered.
    #[error("the announcement is not signed by the committee's key")]
    Signature,
    /// It is signed, and none that this version reads.
    #[error("the announcement is of another version")]
    Form,
}

/// It takes more than [`LONGEST_ANNOUNCEMENT`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the calendar is too long to be announced")]
pub struct TooLongToAnnounce;

/// The committee's calendar, as it is announced.
#[derive(Debug, Clone)]
pub struct AnnouncedCalendar {
    /// How much was entered so far: of two, the one with the higher number is the newer.
    pub number: u64,
    /// The calendar; its suspensions have no reasons.
    pub calendar: Calendar,
}

impl Announcer {
    /// The one that follows from a derived secret.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed);
        Self(pair.expect("a derived seed is as long as Ed25519's"))
    }

    /// What checks its announcements.
    pub fn key(&self) -> AnnouncementKey {
        let bytes = self.0.public_key().as_ref();
        AnnouncementKey(bytes.try_into().expect("an Ed25519 key has 32 bytes"))
    }

    /// The announcement of a calendar: the same bytes each time, of the days alone.
    ///
    /// # Errors
    /// See [`TooLongToAnnounce`].
    pub fn announce(&self, announced: &AnnouncedCalendar) -> Result<Vec<u8>, TooLongToAnnounce> {
        let text = announced.text();
        let bytes = [self.0.sign(text.as_bytes()).as_ref(), text.as_bytes()].concat();
        if bytes.len() > LONGEST_ANNOUNCEMENT {
            return Err(TooLongToAnnounce);
        }
        Ok(bytes)
    }
}

impl AnnouncementKey {
    /// The line that names it in `committee.pub`.
    pub fn line(self) -> String {
        format!("{LINE}{self}")
    }

    /// The one that a `committee.pub` names; `None` in one that was made before there were announcements.
    ///
    /// # Errors
    /// [`NotAnAnnouncementKey`] when the line is there and damaged.
    pub fn named_in(recipients: &str) -> Result<Option<Self>, NotAnAnnouncementKey> {
        recipients
            .lines()
            .find_map(|line| line.strip_prefix(LINE))
            .map(str::parse)
            .transpose()
    }

    /// Reads an announcement that this key's other half signed.
    ///
    /// # Errors
    /// See [`AnnouncementError`].
    pub fn read(self, announcement: &[u8]) -> Result<AnnouncedCalendar, AnnouncementError> {
        let (signature, text) = announcement
            .split_first_chunk::<SIGNATURE>()
            .ok_or(AnnouncementError::Signature)?;
        UnparsedPublicKey::new(&ED25519, self.0)
            .verify(text, signature)
            .map_err(|_| AnnouncementError::Signature)?;
        std::str::from_utf8(text)
            .ok()
            .and_then(AnnouncedCalendar::of_text)
            .ok_or(AnnouncementError::Form)
    }
}

impl AnnouncedCalendar {
    fn text(&self) -> String {
        let mut days: Vec<_> = self
            .calendar
            .suspensions()
            .iter()
            .map(|one| (one.from(), one.to()))
            .collect();
        // In an order that tells nothing of when they were entered.
        days.sort_unstable();
        days.dedup();
        let mut text = format!("{HEAD}\n{}\n{}\n", self.number, self.calendar.profile());
        for (from, to) in days {
            if let Ok(suspension) = Suspension::new(from, to, "") {
                text.push_str(&suspension.to_string());
                text.push('\n');
            }
        }
        text
    }

    fn of_text(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(HEAD)?.strip_prefix('\n')?;
        let (number, rest) = rest.split_once('\n')?;
        let (profile, days) = rest.split_once('\n')?;
        let profile: Profile = profile.parse().ok()?;
        Some(Self {
            number: number.parse().ok()?,
            calendar: Calendar::new(profile, read_suspensions(days).ok()?),
        })
    }
}

impl FromStr for AnnouncementKey {
    type Err = NotAnAnnouncementKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut key = [0; 32];
        hex::decode_to_slice(text.trim(), &mut key)
            .map(|()| Self(key))
            .map_err(|_| NotAnAnnouncementKey)
    }
}

impl fmt::Display for AnnouncementKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for AnnouncementKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AnnouncementKey({self})")
    }
}

impl fmt::Debug for Announcer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Announcer({})", self.key())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn announced(number: u64) -> AnnouncedCalendar {
        let days = [
            Suspension::new(
                date(2026, 12, 21),
                date(2027, 1, 6),
                "por el asunto 2026-123456",
            ),
            Suspension::new(date(2026, 6, 7), date(2026, 6, 7), "Elección"),
        ];
        let days = days.map(|one| one.unwrap());
        AnnouncedCalendar {
            number,
            calendar: Calendar::new(Profile::Lft74, days.into()),
        }
    }

    #[test]
    fn what_is_announced_reads_back_and_holds_the_days_alone() {
        let announcer = Announcer::from_seed(&[1; 32]);
        let bytes = announcer.announce(&announced(7)).unwrap();
        assert_eq!(bytes, announcer.announce(&announced(7)).unwrap());
        let text = std::str::from_utf8(&bytes[SIGNATURE..]).unwrap();
        assert_eq!(
            text,
            "guiando tu denuncia, announced calendar, v1\n7\nlft_74\n2026-06-07\n2026-12-21/2027-01-06\n"
        );
        let read = announcer.key().read(&bytes).unwrap();
        assert_eq!((read.number, read.calendar.profile()), (7, Profile::Lft74));
        assert!(!read.calendar.is_working_day(date(2027, 1, 6)));
        assert!(read.calendar.is_working_day(date(2027, 1, 7)));
    }

    #[test]
    fn the_key_is_named_by_a_line_that_is_a_comment_to_whoever_seals() {
        let key = Announcer::from_seed(&[1; 32]).key();
        let recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
        let file = format!("# Committee key\n{}\n{}\n", recipient, key.line());
        assert_eq!(AnnouncementKey::named_in(&file), Ok(Some(key)));
        assert_eq!(file.parse::<crate::Recipients>().unwrap().count(), 1);
        assert_eq!(AnnouncementKey::named_in("# Committee key\n"), Ok(None));
        let damaged = file.replace(&key.to_string()[60..], "");
        assert_eq!(
            AnnouncementKey::named_in(&damaged),
            Err(NotAnAnnouncementKey)
        );
    }

    #[test]
    fn what_is_signed_and_not_understood_is_of_another_version() {
        let announcer = Announcer::from_seed(&[1; 32]);
        for text in [
            "guiando tu denuncia, announced calendar, v2\n7\nlft_74\n",
            "guiando tu denuncia, announced calendar, v1\n-7\nlft_74\n",
            "guiando tu denuncia, announced calendar, v1\n7\nlft_75\n",
            "guiando tu denuncia, announced calendar, v1\n7\nlft_74\n2026-02-30\n",
            "",
        ] {
            let bytes = [announcer.0.sign(text.as_bytes()).as_ref(), text.as_bytes()].concat();
            let refused = announcer.key().read(&bytes).err();
            assert_eq!(refused, Some(AnnouncementError::Form), "{text}");
        }
    }

    #[test]
    fn more_than_fits_is_not_announced() {
        let days = (0..6_000).map(|n| {
            let day = date(2020, 1, 1)
                .checked_add(jiff::Span::new().days(n))
                .unwrap();
            Suspension::new(day, day, "").unwrap()
        });
        let long = AnnouncedCalendar {
            number: 1,
            calendar: Calendar::new(Profile::Lft74, days.collect()),
        };
        let refused = Announcer::from_seed(&[1; 32]).announce(&long);
        assert_eq!(refused, Err(TooLongToAnnounce));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn whoever_alters_or_cuts_an_announcement_is_found_out(at: prop::sample::Index, mask in 1_u8..) {
            let announcer = Announcer::from_seed(&[1; 32]);
            let bytes = announcer.announce(&announced(7)).unwrap();
            let mut altered = bytes.clone();
            altered[at.index(bytes.len())] ^= mask;
            let cut = &bytes[..at.index(bytes.len())];
            for bad in [&altered[..], cut] {
                let refused = announcer.key().read(bad).err();
                prop_assert_eq!(refused, Some(AnnouncementError::Signature));
            }
            let other = Announcer::from_seed(&[2; 32]).key();
            prop_assert_eq!(other.read(&bytes).err(), Some(AnnouncementError::Signature));
        }
    }
}
