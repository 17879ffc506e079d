//! The votes on a point: one for each seat in the room.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::attendance::Seated;
use super::refused::MeetingRefused;
use crate::coded_enum;
use crate::committee::{MemberId, Seat};
use crate::procedure::Votes;

coded_enum! {
    /// How somebody votes.
    pub enum Vote {
        /// In favour.
        Favour = "A_FAVOR",
        /// Against.
        Against = "EN_CONTRA",
        /// Neither.
        Abstain = "ABSTENCION",
    }
}

/// The vote of a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cast {
    /// Who votes.
    pub who: Seated,
    /// How.
    pub vote: Vote,
}

/// All votes on a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ballot {
    cast: Vec<Cast>,
}

impl Ballot {
    /// The votes of all who are in the room, and of nobody else.
    ///
    /// # Errors
    /// [`MeetingRefused::NoVote`], [`MeetingRefused::VoteMissing`].
    pub fn count(
        room: &[Seated],
        votes: &BTreeMap<MemberId, Vote>,
    ) -> Result<Self, MeetingRefused> {
        let in_room = |member: &MemberId| room.iter().any(|seated| seated.member == *member);
        if let Some(stranger) = votes.keys().find(|member| !in_room(member)) {
            return Err(MeetingRefused::NoVote(*stranger));
        }
        let cast = room.iter().map(|who| {
            let vote = votes.get(&who.member).copied();
            let vote = vote.ok_or(MeetingRefused::VoteMissing(who.member))?;
            Ok(Cast { who: *who, vote })
        });
        Ok(Self {
            cast: cast.collect::<Result<_, _>>()?,
        })
    }

    /// Each vote, by seat.
    pub fn cast(&self) -> &[Cast] {
        &self.cast
    }

    /// How many of each. In a tie the vote of the Presidencia counts twice (CHIS 33): it is the casting
    /// vote, so nobody enters another.
    pub fn votes(&self) -> Votes {
        let count = |vote| {
            let number = self.cast.iter().filter(|cast| cast.vote == vote).count();
            u16::try_from(number).unwrap_or(u16::MAX)
        };
        let (favour, against, abstained) = (
            count(Vote::Favour),
            count(Vote::Against),
            count(Vote::Abstain),
        );
        let tie = u32::from(favour) == u32::from(against) + u32::from(abstained);
        let mut presidencia = self.cast.iter();
        let presidencia = presidencia.find(|cast| cast.who.seat == Seat::Presidencia);
        Votes {
            favour,
            against,
            abstained,
            casting: tie && presidencia.is_some_and(|cast| cast.vote == Vote::Favour),
        }
    }

    /// Whether the point is carried.
    pub fn carries(&self) -> bool {
        self.votes().carry()
    }
}
