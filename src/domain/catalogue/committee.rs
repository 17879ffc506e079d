//! What the norms say of the committee as a body, as data with its source.

use jiff::SignedDuration;
use jiff::civil::Date;
use serde::Deserialize;

use super::fault::{Faults, Problem};
use super::list::Edition;
use super::terms::Confidence;
use crate::calendar::{Amount, Unit};
use crate::committee::Seat;

/// Seats of which a norm says something.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatList {
    /// Which.
    pub seats: Vec<Seat>,
    /// What holds for them, in Spanish.
    pub meaning: String,
    /// The norm.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// How many seats with a vote make a session.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quorum {
    of: usize,
    plus: usize,
    /// The rule in words, in Spanish.
    pub meaning: String,
    /// The norm.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

impl Quorum {
    /// How many of `seats` have to be there: half of them, rounded down, and one.
    pub fn least(&self, seats: usize) -> usize {
        seats / self.of + self.plus
    }
}

/// How many persons an act takes that nobody does alone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TwoPersons {
    /// That many.
    pub least: usize,
    /// The rule in words, in Spanish.
    pub meaning: String,
    /// Where it comes from.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// How long an act that takes two may take.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActTerms {
    wait_days: u16,
    open_hours: u16,
    /// The rule in words, in Spanish.
    pub meaning: String,
    /// Where it comes from.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

impl ActTerms {
    /// How long it waits for the second person.
    pub fn wait(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.wait_days) * 24)
    }

    /// For how long both may see or take out what they agreed on.
    pub fn open(&self) -> SignedDuration {
        SignedDuration::from_hours(self.open_hours.into())
    }
}

/// How long an invitation works.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvitationTerm {
    /// Days, besides the one on which it was made.
    pub days: u16,
    /// The rule in words, in Spanish.
    pub meaning: String,
    /// Where it comes from.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// By when a session is held that was put off for want of a quorum; advice, no limit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostponementTerm {
    working_days: u32,
    /// The rule in words, in Spanish.
    pub meaning: String,
    /// The norm.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

impl PostponementTerm {
    /// Counted from the day for which it was called first.
    pub fn amount(&self) -> Amount {
        Amount {
            value: self.working_days,
            unit: Unit::WorkingDays,
        }
    }
}

/// How long a member is signed in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionTerms {
    idle_minutes: u16,
    longest_hours: u16,
    /// The rule in words, in Spanish.
    pub meaning: String,
    /// Where it comes from.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

impl SessionTerms {
    /// A session that nobody used for so long has ended.
    pub fn idle(&self) -> SignedDuration {
        SignedDuration::from_mins(self.idle_minutes.into())
    }

    /// No session lasts longer than this.
    pub fn longest(&self) -> SignedDuration {
        SignedDuration::from_hours(self.longest_hours.into())
    }
}

/// The rules of the catalogue.
#[derive(Debug)]
pub struct CommitteeRules {
    edition: Edition,
    /// Seats with a vote.
    pub voting: SeatList,
    /// Seats without which, or whose suplente, there is no session.
    pub indispensable: SeatList,
    /// Seats that may act on matters of their own administrative unit.
    pub own_unit_spared: SeatList,
    /// How many make a session.
    pub quorum: Quorum,
    /// By when a session without quorum is held instead.
    pub postponement: PostponementTerm,
    /// How many an act takes that nobody does alone.
    pub two_persons: TwoPersons,
    /// How long such an act may take.
    pub acts: ActTerms,
    /// How long an invitation works.
    pub invitation: InvitationTerm,
    /// How long a member is signed in.
    pub session: SessionTerms,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommitteeFile {
    version: String,
    as_of: Date,
    source: String,
    voting: SeatList,
    indispensable: SeatList,
    own_unit_spared: SeatList,
    quorum: Quorum,
    postponement: PostponementTerm,
    two_persons: TwoPersons,
    acts: ActTerms,
    invitation: InvitationTerm,
    session: SessionTerms,
}

impl CommitteeRules {
    pub(super) fn new(file: &'static str, read: CommitteeFile, faults: &mut Faults) -> Self {
        let mut senseless = |entry: &str, why| {
            let entry = entry.to_owned();
            faults.add(file, Problem::Senseless { entry, why });
        };
        let voting = &read.voting.seats;
        for (entry, list) in [
            ("indispensable", &read.indispensable),
            ("own_unit_spared", &read.own_unit_spared),
        ] {
            if !list.seats.iter().all(|seat| voting.contains(seat)) {
                senseless(entry, "names a seat without a vote");
            }
        }
        if read.quorum.of == 0 {
            senseless("quorum", "is a part of nothing");
        }
        if read.two_persons.least < 2 {
            senseless("two_persons", "can be one person");
        }
        if read.acts.wait_days == 0 || read.acts.open_hours == 0 {
            senseless("acts", "is over before it begins");
        }
        if read.invitation.days == 0 {
            senseless("invitation", "is over before it begins");
        }
        if read.session.idle().is_zero() || read.session.idle() > read.session.longest() {
            senseless(
                "session",
                "ends unused before it can be used, or lasts longer than it lasts",
            );
        }
        Self {
            edition: Edition {
                version: read.version,
                as_of: read.as_of,
                source: read.source,
            },
            voting: read.voting,
            indispensable: read.indispensable,
            own_unit_spared: read.own_unit_spared,
            quorum: read.quorum,
            postponement: read.postponement,
            two_persons: read.two_persons,
            acts: read.acts,
            invitation: read.invitation,
            session: read.session,
        }
    }

    pub(super) fn edition(&self) -> &Edition {
        &self.edition
    }
}
