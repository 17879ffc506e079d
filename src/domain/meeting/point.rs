//! A point of an agenda: what it is about, and what came of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ballot::{Ballot, Vote};
use super::refused::MeetingRefused;
use super::{Meeting, MeetingId, PointId};
use crate::case::{CaseState, Folio};
use crate::coded_enum;
use crate::committee::{MemberId, MemberProfile};
use crate::complaint::{LongText, ShortText};
use crate::procedure::{Agreement, MoveKind, SessionKind, is_in_reach};

coded_enum! {
    /// What is proposed on a case.
    pub enum Motion {
        /// To admit it.
        Admit = "ADMITIR",
        /// Not to admit it.
        NotAdmit = "NO_ADMITIR",
        /// To guide to another instance.
        Redirect = "ORIENTAR",
        /// To end it before its determination.
        ConcludeEarly = "CONCLUIR_ANTICIPADAMENTE",
        /// To determine it.
        Determine = "DETERMINAR",
        /// To open it again.
        Reopen = "REABRIR",
        /// Anything else that the committee agrees on in it; moves nothing by itself.
        Other = "OTRO_ACUERDO",
    }
}

impl Motion {
    /// The move that the agreement allows; `None` if it moves nothing by itself.
    pub const fn moves(self) -> Option<MoveKind> {
        match self {
            Self::Admit => Some(MoveKind::Admit),
            Self::NotAdmit => Some(MoveKind::NotAdmit),
            Self::Redirect => Some(MoveKind::Redirect),
            Self::ConcludeEarly => Some(MoveKind::ConcludeEarly),
            Self::Determine => Some(MoveKind::Determine),
            Self::Reopen => Some(MoveKind::Reopen),
            Self::Other => None,
        }
    }

    /// What a session may decide on a case that stands in a state, the likeliest first.
    pub fn on(state: CaseState) -> impl Iterator<Item = Self> {
        let reach = move |motion: &Self| {
            let kind = motion.moves();
            kind.is_none_or(|kind| is_in_reach(kind, state))
        };
        Self::ALL.iter().copied().filter(reach)
    }
}

coded_enum! {
    /// What a point is about that is on no case.
    pub enum MatterKind {
        /// The yearly programme of work.
        Programme = "PROGRAMA_ANUAL",
        /// The yearly report.
        Report = "INFORME_ANUAL",
        /// Training and outreach.
        Training = "CAPACITACION_DIFUSION",
        /// The committee itself: members, suspensions, commissions.
        Committee = "INTEGRACION",
        /// Minutes of before.
        Minutes = "ACTA_ANTERIOR",
        /// A citizen petition.
        Petition = "PETICION_CIUDADANA",
        /// A rule or criterion.
        Rules = "NORMATIVA",
        /// Following up what was agreed.
        FollowUp = "SEGUIMIENTO",
        /// General matters.
        General = "ASUNTOS_GENERALES",
    }
}

/// What a point is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "topic", rename_all = "snake_case", deny_unknown_fields)]
pub enum Topic {
    /// A case: the point exists only for those who may know of the case.
    Case {
        /// Which.
        folio: Folio,
        /// What is proposed.
        motion: Motion,
    },
    /// Something else.
    Matter {
        /// Of what kind.
        matter: MatterKind,
        /// In words.
        title: ShortText,
        /// For whom the point does not exist, because it is about them.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        kept_from: BTreeSet<MemberId>,
    },
}

impl Topic {
    /// Whether it may come up in a session without being on its agenda.
    pub fn is_general(&self) -> bool {
        match self {
            Self::Case { .. } => false,
            Self::Matter { matter, .. } => *matter == MatterKind::General,
        }
    }

    /// Whether such a session deals with it: an extraordinary one with no following up and no general
    /// matters (CHIS 28), an installation with no case (CHIS 21).
    pub fn fits(&self, kind: SessionKind) -> bool {
        match (kind, self) {
            (SessionKind::Ordinary, _) | (SessionKind::Extraordinary, Self::Case { .. }) => true,
            (SessionKind::Installation, Self::Case { .. }) => false,
            (
                SessionKind::Extraordinary | SessionKind::Installation,
                Self::Matter { matter, .. },
            ) => ![MatterKind::FollowUp, MatterKind::General].contains(matter),
        }
    }

    /// The case, if it is on one.
    pub fn case(&self) -> Option<Folio> {
        match self {
            Self::Case { folio, .. } => Some(*folio),
            Self::Matter { .. } => None,
        }
    }

    /// Whether it is about somebody for whom it does not exist. Of a case, its circle says so.
    pub fn is_kept_from(&self, member: MemberId) -> bool {
        match self {
            Self::Case { .. } => false,
            Self::Matter { kept_from, .. } => kept_from.contains(&member),
        }
    }
}

/// What came of a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// It was voted on.
    Voted {
        /// How.
        ballot: Ballot,
        /// Who was out of the room, of those who had come (CHIS 34).
        out: BTreeSet<MemberId>,
        /// What was voted on, in words.
        text: LongText,
        /// What those say who think otherwise (CHIS 33).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dissent: Option<LongText>,
        /// Who entered it.
        by: MemberId,
    },
    /// It was taken note of.
    Noted {
        /// In words.
        text: LongText,
        /// Who entered it.
        by: MemberId,
    },
}

/// A point of an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    id: PointId,
    meeting: MeetingId,
    topic: Topic,
    added_by: MemberId,
    added_on: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
}

/// What is entered of a vote.
#[derive(Debug, Clone)]
pub struct Entered {
    /// Who is out of the room besides those who may not know of the case.
    pub excused: BTreeSet<MemberId>,
    /// Suplentes who stand in on this point.
    pub stand_ins: BTreeSet<MemberId>,
    /// The votes.
    pub votes: BTreeMap<MemberId, Vote>,
    /// What is voted on.
    pub text: LongText,
    /// What those say who think otherwise.
    pub dissent: Option<LongText>,
}

impl Point {
    /// A point of a session.
    pub fn new(id: PointId, meeting: MeetingId, topic: Topic, by: MemberId, today: Date) -> Self {
        Self {
            id,
            meeting,
            topic,
            added_by: by,
            added_on: today,
            outcome: None,
        }
    }

    /// Which.
    pub fn id(&self) -> PointId {
        self.id
    }

    /// Of which session.
    pub fn meeting(&self) -> MeetingId {
        self.meeting
    }

    /// What it is about.
    pub fn topic(&self) -> &Topic {
        &self.topic
    }

    /// What came of it, once something did.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Enters the votes. `may_not_know` says who may not know of the case that it is on, if it is on one:
    /// they are out of the room whatever is entered.
    ///
    /// # Errors
    /// [`MeetingRefused::NotNow`] unless the session is held, [`MeetingRefused::DecidedBefore`], and what
    /// is wrong with the room or the votes.
    pub fn vote(
        &self,
        meeting: &Meeting,
        entered: Entered,
        may_not_know: impl Fn(MemberId) -> bool,
        members: &[MemberProfile],
        by: MemberId,
    ) -> Result<Self, MeetingRefused> {
        self.is_open(meeting)?;
        let attendance = meeting.attendance().ok_or(MeetingRefused::NotNow)?;
        let is_out =
            |id| entered.excused.contains(&id) || self.topic.is_kept_from(id) || may_not_know(id);
        let room = attendance.room(is_out, &entered.stand_ins, members, meeting.on())?;
        let ballot = Ballot::count(&room, &entered.votes)?;
        let seated = attendance.seated().iter().map(|seated| seated.member);
        Ok(self.with(Outcome::Voted {
            ballot,
            out: seated.filter(|id| is_out(*id)).collect(),
            text: entered.text,
            dissent: entered.dissent,
            by,
        }))
    }

    /// Takes note without a vote; not on a case.
    ///
    /// # Errors
    /// [`MeetingRefused::NotNow`], [`MeetingRefused::DecidedBefore`], [`MeetingRefused::TakesVote`].
    pub fn note(
        &self,
        meeting: &Meeting,
        text: LongText,
        by: MemberId,
    ) -> Result<Self, MeetingRefused> {
        self.is_open(meeting)?;
        if self.topic.case().is_some() {
            return Err(MeetingRefused::TakesVote);
        }
        Ok(self.with(Outcome::Noted { text, by }))
    }

    /// What the session agreed, for the move of the case; `None` unless it was carried.
    pub fn agreement(&self, meeting: &Meeting) -> Option<Agreement> {
        match self.outcome.as_ref()? {
            Outcome::Voted { ballot, .. } if ballot.carries() => Some(Agreement {
                kind: meeting.kind(),
                number: meeting.number(),
                held_on: meeting.on(),
                votes: ballot.votes(),
            }),
            Outcome::Voted { .. } | Outcome::Noted { .. } => None,
        }
    }

    fn is_open(&self, meeting: &Meeting) -> Result<(), MeetingRefused> {
        if meeting.is_over() {
            return Err(MeetingRefused::Over);
        }
        let on_agenda = meeting.points().contains(&self.id) && self.meeting == meeting.id();
        if !meeting.is_held() || !on_agenda {
            return Err(MeetingRefused::NotNow);
        }
        if self.outcome.is_some() {
            return Err(MeetingRefused::DecidedBefore);
        }
        Ok(())
    }

    fn with(&self, outcome: Outcome) -> Self {
        Self {
            outcome: Some(outcome),
            ..self.clone()
        }
    }
}
