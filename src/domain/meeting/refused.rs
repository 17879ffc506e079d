//! Why a session is not called, held, voted in or closed as somebody asks.

use jiff::civil::Date;

use crate::committee::{MemberId, Shortage};

/// What is in the way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MeetingRefused {
    /// Too few working days lie between the call and the session: choose a later day.
    #[error("it had to be called by {latest}")]
    CalledTooLate {
        /// The last day on which that session could be called.
        latest: Date,
    },
    /// The day is none on which the committee works.
    #[error("not a working day")]
    NotWorkingDay,
    /// The day is too far away: a slip of the pen.
    #[error("the day is too far away")]
    TooFar,
    /// A session that is put off comes later than it was called for.
    #[error("it is put off to an earlier day")]
    Earlier,
    /// Its day has not come.
    #[error("its day has not come")]
    NotYet,
    /// This is done before, or after, the session.
    #[error("not at this stage")]
    NotNow,
    /// It is closed or was called off.
    #[error("the session is over")]
    Over,
    /// This kind of session does not deal with that, or it was not on the agenda.
    #[error("not on the agenda of such a session")]
    NotOnAgenda,
    /// There are [`POINTS`](super::POINTS) already.
    #[error("too many points")]
    TooMany,
    /// Too few are there: put it off (CHIS 33).
    #[error("there is no quorum")]
    NoQuorum {
        /// All that is missing.
        why: Vec<Shortage>,
    },
    /// Whoever is said to be there is no member in office.
    #[error("{0} is not in office")]
    NotInOffice(MemberId),
    /// Both the titular and a suplente are said to be there for one seat, or two suplentes.
    #[error("the seat of {0} is taken by another who is there")]
    SeatTaken(MemberId),
    /// Whoever is to stand in on a point cannot: no suplente, or the seat is taken.
    #[error("{0} cannot stand in")]
    CannotStandIn(MemberId),
    /// A vote of somebody who is not in the room, or a second one.
    #[error("{0} has no vote on this point")]
    NoVote(MemberId),
    /// A vote is missing: whoever is in the room votes or abstains.
    #[error("the vote of {0} is missing")]
    VoteMissing(MemberId),
    /// The point was decided before.
    #[error("the point was decided before")]
    DecidedBefore,
    /// A point on a case is voted on, not only noted.
    #[error("this point takes a vote")]
    TakesVote,
}

impl MeetingRefused {
    /// Stable name, by which people are told.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::CalledTooLate { .. } => "meeting-late",
            Self::NotWorkingDay => "meeting-rest-day",
            Self::TooFar => "meeting-far",
            Self::Earlier => "meeting-earlier",
            Self::NotYet => "meeting-not-yet",
            Self::NotNow => "meeting-not-now",
            Self::Over => "meeting-over",
            Self::NotOnAgenda => "meeting-agenda",
            Self::TooMany => "meeting-points",
            Self::NoQuorum { .. } => "meeting-quorum",
            Self::NotInOffice(_) => "meeting-office",
            Self::SeatTaken(_) => "meeting-seat",
            Self::CannotStandIn(_) => "meeting-stand-in",
            Self::NoVote(_) => "meeting-no-vote",
            Self::VoteMissing(_) => "meeting-vote-missing",
            Self::DecidedBefore => "meeting-decided",
            Self::TakesVote => "meeting-takes-vote",
        }
    }
}
