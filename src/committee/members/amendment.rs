//! Changing what the committee knows of a member: as it was, and as it is to be.
//!
//! Both are kept, so that whoever agrees reads both, and so that nothing is changed that is another by then.

use domain::coded_enum;
use domain::committee::{MemberId, MemberProfile, PersonName, Seat, Standing, Term, Unit};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::record::MemberRecord;
use super::roster::Roster;

coded_enum! {
    /// Something that the committee knows of a member.
    pub enum Detail {
        /// Name.
        Name = "NAME",
        /// Place in the committee.
        Seat = "SEAT",
        /// Titular, or whom the member stands in for.
        Standing = "STANDING",
        /// Where the person works.
        Unit = "UNIT",
        /// Term of office.
        Term = "TERM",
        /// Day of the confidentiality agreement.
        Agreement = "AGREEMENT",
    }
}

/// What can be changed of a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Details {
    /// Name.
    pub name: PersonName,
    /// Place in the committee.
    pub seat: Seat,
    /// Titular or suplente.
    pub standing: Standing,
    /// Where the person works.
    pub unit: Unit,
    /// Term of office.
    pub term: Term,
    /// Day on which the confidentiality agreement was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement_on: Option<Date>,
}

/// Why somebody cannot hold a place so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// Whoever is stood in for is nobody, or holds another seat.
    #[error("whoever is stood in for holds another seat, or none")]
    Titular,
    /// Others stand in for the member, in a place that would be the member's no more.
    #[error("others stand in for the member in the place of before")]
    Suplentes,
}

/// A change of a member's details.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// As they were when it was asked for.
    pub was: Details,
    /// As they are to be.
    pub becomes: Details,
}

impl Details {
    /// Of a member as known.
    pub fn of(profile: &MemberProfile) -> Self {
        Self {
            name: profile.name.clone(),
            seat: profile.seat,
            standing: profile.standing,
            unit: profile.unit.clone(),
            term: profile.term,
            agreement_on: profile.agreement_on,
        }
    }

    /// Whether a member, or somebody who is to be one, can hold this place beside the others.
    ///
    /// # Errors
    /// See [`Misfit`].
    pub fn fit(&self, member: MemberId, roster: &Roster) -> Result<(), Misfit> {
        let staying = || {
            let all = roster.all().iter().map(|one| &one.record);
            let staying = all.filter(|record| !record.has_ended());
            staying.map(|record| &record.profile)
        };
        if let Standing::Suplente { of } = self.standing {
            let is_titular = |one: &MemberProfile| {
                one.id == of && one.seat == self.seat && one.standing == Standing::Titular
            };
            if of == member || !staying().any(is_titular) {
                return Err(Misfit::Titular);
            }
        }
        let stands_in = |one: &MemberProfile| one.stands_in_for() == Some(member);
        let holds =
            |one: &MemberProfile| self.standing == Standing::Titular && one.seat == self.seat;
        if staying().filter(|one| stands_in(one)).all(holds) {
            Ok(())
        } else {
            Err(Misfit::Suplentes)
        }
    }
}

impl Amendment {
    /// What it changes.
    pub fn changes(&self) -> Vec<Detail> {
        let Self { was, becomes } = self;
        [
            (Detail::Name, was.name != becomes.name),
            (Detail::Seat, was.seat != becomes.seat),
            (Detail::Standing, was.standing != becomes.standing),
            (Detail::Unit, was.unit != becomes.unit),
            (Detail::Term, was.term != becomes.term),
            (Detail::Agreement, was.agreement_on != becomes.agreement_on),
        ]
        .into_iter()
        .filter_map(|(detail, changed)| changed.then_some(detail))
        .collect()
    }

    /// Whether it can be made still: the member is as whoever asked saw them, and can hold the place.
    pub fn is_possible(&self, member: MemberId, roster: &Roster) -> bool {
        let known = roster.of(member).map(|found| &found.record);
        let known = known.filter(|record| !record.has_ended());
        known.is_some_and(|record| Details::of(&record.profile) == self.was)
            && self.becomes.fit(member, roster).is_ok()
    }

    /// The member with it, to be looked for anew in every case if they may be found by something else
    /// now; `None` if the member is not as they were when it was asked for.
    pub fn apply(&self, record: &MemberRecord) -> Option<MemberRecord> {
        let known = &record.profile;
        if Details::of(known) != self.was {
            return None;
        }
        let Details {
            name,
            seat,
            standing,
            unit,
            term,
            agreement_on,
        } = self.becomes.clone();
        let found_by_more = self.changes().into_iter().any(Detail::is_looked_for);
        Some(MemberRecord {
            profile: MemberProfile {
                name,
                seat,
                standing,
                unit,
                term,
                agreement_on,
                edition: known.edition.saturating_add(u32::from(found_by_more)),
                id: known.id,
                suspended_from: known.suspended_from,
            },
            ..record.clone()
        })
    }
}

impl Detail {
    /// Whether members are found in a case by it.
    const fn is_looked_for(self) -> bool {
        match self {
            Self::Name | Self::Seat | Self::Standing | Self::Unit => true,
            Self::Term | Self::Agreement => false,
        }
    }
}
