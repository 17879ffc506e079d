//! Who is in a session, for which seat, and who of them is in the room for one point.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::refused::MeetingRefused;
use crate::committee::{MemberId, MemberProfile, Seat, Standing, Sufficiency, quorum};

/// Somebody who sits for a seat with a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seated {
    /// Who.
    pub member: MemberId,
    /// Which seat.
    pub seat: Seat,
    /// The titular of the seat: somebody else for a suplente.
    pub holder: MemberId,
}

impl Seated {
    fn of(profile: &MemberProfile) -> Self {
        Self {
            member: profile.id,
            seat: profile.seat,
            holder: match profile.standing {
                Standing::Titular => profile.id,
                Standing::Suplente { of } => of,
            },
        }
    }

    /// Whether a suplente sits there.
    pub fn stands_in(&self) -> bool {
        self.member != self.holder
    }

    fn place(&self) -> (Seat, MemberId) {
        (self.seat, self.holder)
    }
}

/// Who was there. Each seat has one person; a suplente who is there for one point alone stands in that
/// point, so that a titular does not learn from the attendance that they were left out of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    seated: Vec<Seated>,
    voice: Vec<MemberId>,
}

impl Attendance {
    /// Of those who are there.
    ///
    /// # Errors
    /// [`MeetingRefused::NotInOffice`], [`MeetingRefused::SeatTaken`].
    pub fn of(
        present: &BTreeSet<MemberId>,
        members: &[MemberProfile],
        day: Date,
    ) -> Result<Self, MeetingRefused> {
        let mut places: BTreeMap<(Seat, MemberId), Seated> = BTreeMap::new();
        let mut voice = Vec::new();
        for id in present {
            let profile = in_office(*id, members, day)?;
            if !profile.seat.votes() {
                voice.push(*id);
                continue;
            }
            let seated = Seated::of(profile);
            if places.insert(seated.place(), seated).is_some() {
                return Err(MeetingRefused::SeatTaken(seated.holder));
            }
        }
        Ok(Self {
            seated: places.into_values().collect(),
            voice,
        })
    }

    /// Those with a vote, by seat.
    pub fn seated(&self) -> &[Seated] {
        &self.seated
    }

    /// Those with voice alone.
    pub fn voice(&self) -> &[MemberId] {
        &self.voice
    }

    /// Whether somebody sits for a seat with a vote.
    pub fn is_seated(&self, member: MemberId) -> bool {
        self.seated.iter().any(|seated| seated.member == member)
    }

    /// Whether somebody was there at all.
    pub fn was_there(&self, member: MemberId) -> bool {
        self.is_seated(member) || self.voice.contains(&member)
    }

    /// Who votes on a point: without those who are out of the room (CHIS 34), with their suplentes who
    /// stand in. What is left has to be a quorum.
    ///
    /// # Errors
    /// [`MeetingRefused::CannotStandIn`], [`MeetingRefused::NotInOffice`], [`MeetingRefused::NoQuorum`].
    pub fn room(
        &self,
        is_out: impl Fn(MemberId) -> bool,
        stand_ins: &BTreeSet<MemberId>,
        members: &[MemberProfile],
        day: Date,
    ) -> Result<Vec<Seated>, MeetingRefused> {
        let staying = self.seated.iter().filter(|seated| !is_out(seated.member));
        let mut room: BTreeMap<(Seat, MemberId), Seated> =
            staying.map(|seated| (seated.place(), *seated)).collect();
        for id in stand_ins {
            let profile = in_office(*id, members, day)?;
            let seated = Seated::of(profile);
            let able = profile.seat.votes() && seated.stands_in() && !is_out(*id);
            if !able || room.insert(seated.place(), seated).is_some() {
                return Err(MeetingRefused::CannotStandIn(*id));
            }
        }
        let room: Vec<Seated> = room.into_values().collect();
        let there = |id| room.iter().any(|seated| seated.member == id);
        match quorum::sufficiency(members, there, room.len(), day) {
            Sufficiency::Enough => Ok(room),
            Sufficiency::TooFew { why } => Err(MeetingRefused::NoQuorum { why }),
        }
    }
}

fn in_office(
    id: MemberId,
    members: &[MemberProfile],
    day: Date,
) -> Result<&MemberProfile, MeetingRefused> {
    let found = members.iter().find(|member| member.id == id);
    found
        .filter(|member| member.in_office(day))
        .ok_or(MeetingRefused::NotInOffice(id))
}
