//! The calendars of `calendars.toml`: profiles, office hours, time zone, suspensions.

use jiff::{
    civil::Date,
    tz::{TimeZone, TimeZoneDatabase},
};
use serde::Deserialize;

use super::{
    fault::{Faults, Problem},
    list::Edition,
};
use crate::calendar::{DayOfWeek, OfficeHours, Profile, ProfileRules, Suspension};

/// What the catalogue says about working days.
#[derive(Debug)]
pub struct Holidays {
    edition: Edition,
    default_profile: Profile,
    time_zone: TimeZone,
    office_hours: OfficeHours,
    suspensions: Vec<Suspension>,
    profiles: Vec<ProfileRules>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HolidaysFile {
    version: String,
    as_of: Date,
    source: String,
    default_profile: Profile,
    time_zone: String,
    office_hours: OfficeHours,
    suspensions: Vec<Suspension>,
    profile: Vec<ProfileRules>,
}

impl Holidays {
    pub(super) fn new(file: &'static str, read: HolidaysFile, faults: &mut Faults) -> Self {
        let HolidaysFile {
            version,
            as_of,
            source,
            default_profile,
            time_zone,
            office_hours,
            suspensions,
            profile: profiles,
        } = read;

        let mut senseless = |entry: &str, why| {
            faults.add(
                file,
                Problem::Senseless {
                    entry: entry.to_owned(),
                    why,
                },
            );
        };
        for profile in &profiles {
            let code = profile.code.code();
            if DayOfWeek::ALL
                .iter()
                .all(|day| profile.weekend.contains(day))
            {
                senseless(code, "leaves no working day");
            }
            if profile
                .holidays
                .iter()
                .any(|holiday| !holiday.rule.is_possible())
            {
                senseless(code, "has a holiday on a day that does not exist");
            }
        }
        let OfficeHours { opens, closes } = office_hours;
        if !(0 <= opens && opens < closes && closes <= 24) {
            senseless(
                "office_hours",
                "do not open before they close on the same day",
            );
        }
        // The zones that jiff carries along, so that the answer does not depend on the machine.
        let time_zone = TimeZoneDatabase::bundled()
            .get(&time_zone)
            .unwrap_or_else(|_| {
                senseless("time_zone", "is not a zone of the IANA database");
                TimeZone::UTC
            });
        let found = profiles.iter().map(|profile| profile.code);
        faults.each_once(file, Profile::ALL, Profile::code, found);

        let edition = Edition {
            version,
            as_of,
            source,
        };
        Self {
            edition,
            default_profile,
            time_zone,
            office_hours,
            suspensions,
            profiles,
        }
    }

    /// Version and source of the file.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// The profile used unless the committee chooses another.
    pub fn default_profile(&self) -> Profile {
        self.default_profile
    }

    /// The Institute's time zone, from the zones compiled in.
    pub fn time_zone(&self) -> &TimeZone {
        &self.time_zone
    }

    /// When proceedings happen.
    pub fn office_hours(&self) -> OfficeHours {
        self.office_hours
    }

    /// The suspensions known when this version was built.
    pub fn suspensions(&self) -> &[Suspension] {
        &self.suspensions
    }

    /// The rules of a profile.
    pub fn profile(&self, profile: Profile) -> &ProfileRules {
        self.profiles
            .iter()
            .find(|rules| rules.code == profile)
            .expect("`Catalogues::load` found each profile exactly once")
    }
}
