//! How far an act is that takes two, and who may take it further. Every step asks the policy.

use domain::catalogue::{ActTerms, current};
use domain::committee::policy::{decide, decide_about, may_second, may_second_about};
use domain::committee::{Act, Actor, MemberId, Relation, Ruling};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::casefiles::CaseId;

use super::asked::{ActId, Asked, Reason};

/// After which time the service carries on by itself what was broken off: whoever agreed has their
/// answer by then. A setting, not a norm.
const BROKEN_OFF: SignedDuration = SignedDuration::from_mins(5);

/// How long an act waits, and stays open.
fn terms() -> &'static ActTerms {
    &current().committee().acts
}

/// An act that one member asked for.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PendingAct {
    /// Which.
    pub id: ActId,
    /// What.
    pub what: Asked,
    /// Who asked.
    pub by: MemberId,
    /// Why.
    pub reason: Reason,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Until when somebody else may agree.
    pub until: Timestamp,
    /// Who does not agree. It waits on for the others: one alone, who may be an accomplice, stops nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused_by: Vec<MemberId>,
    /// How far it is, as kept: time may have taken it further, see [`PendingAct::stage`].
    pub state: State,
}

/// How far an act is, as kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum State {
    /// It waits for another member.
    Waiting,
    /// Another agreed.
    Approved {
        /// Who.
        by: MemberId,
        /// When.
        at: Timestamp,
    },
    /// It is done.
    Done {
        /// Who agreed.
        by: MemberId,
        /// When they did.
        at: Timestamp,
    },
    /// Nobody of those who could have agreed did.
    Refused {
        /// Who said so last.
        by: MemberId,
        /// When.
        at: Timestamp,
    },
    /// Whoever asked took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// Nobody agreed in time, or whoever asked may not ask any more.
    Expired {
        /// When.
        at: Timestamp,
    },
}

/// How far an act is at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It waits for another member.
    Waiting,
    /// Both agreed, and the service has not finished.
    Unfinished,
    /// Both agreed, and may do it until then.
    Open {
        /// The end.
        until: Timestamp,
    },
    /// It was done, or could be for as long as both agreed.
    Over,
    /// Nobody of those who could have agreed did.
    Refused,
    /// It was taken back.
    Withdrawn,
    /// Nobody agreed in time.
    Expired,
}

/// Who takes a step, and what they are to the act's case now; `None` for an act on no case, and for a
/// case that is no more.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// The member.
    pub actor: &'a Actor,
    /// What the member is to the case.
    pub relation: Option<Relation>,
}

/// Why a step is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    /// To be answered as if there were no such act, nor such a case.
    #[error("for this member there is no such act")]
    Hidden,
    /// Not for this member.
    #[error("not for this member")]
    Refused,
    /// It takes one member, who may do it at once.
    #[error("this takes nobody else")]
    TakesOne,
    /// It does not wait any more.
    #[error("the act is closed")]
    Closed,
    /// Whoever asked may not ask for it any more, so it must not be done.
    #[error("whoever asked may not ask any more")]
    Lapsed,
    /// What it was asked for is another by now, so it must not be done.
    #[error("what was to be changed is another by now")]
    Outdated,
}

impl PendingAct {
    /// Asks.
    ///
    /// # Errors
    /// [`ActError::Hidden`], [`ActError::Refused`], [`ActError::TakesOne`].
    pub fn ask(
        id: ActId,
        what: Asked,
        who: Who<'_>,
        reason: Reason,
        now: Timestamp,
    ) -> Result<Self, ActError> {
        match may_ask(&what, who) {
            Ruling::NeedsSecond => Ok(Self {
                id,
                what,
                by: who.actor.id,
                reason,
                asked_at: now,
                until: now.saturating_add(terms().wait()).unwrap_or(Timestamp::MAX),
                refused_by: Vec::new(),
                state: State::Waiting,
            }),
            Ruling::Allowed => Err(ActError::TakesOne),
            Ruling::Hidden => Err(ActError::Hidden),
            Ruling::Refused => Err(ActError::Refused),
        }
    }

    /// How far it is.
    pub fn stage(&self, now: Timestamp) -> Stage {
        match self.state {
            State::Waiting if now < self.until => Stage::Waiting,
            State::Waiting | State::Expired { .. } => Stage::Expired,
            // What is not done within the window is done no more: a record of before, put back later,
            // must not be carried out again.
            State::Approved { at, .. } => {
                let until = at.saturating_add(terms().open()).unwrap_or(Timestamp::MAX);
                if now >= until {
                    Stage::Over
                } else if self.what.opens_a_window() {
                    Stage::Open { until }
                } else {
                    Stage::Unfinished
                }
            }
            State::Done { .. } => Stage::Over,
            State::Refused { .. } => Stage::Refused,
            State::Withdrawn { .. } => Stage::Withdrawn,
        }
    }

    /// Who agreed, or did not.
    pub fn second_person(&self) -> Option<MemberId> {
        match self.state {
            State::Approved { by, .. } | State::Done { by, .. } | State::Refused { by, .. } => {
                Some(by)
            }
            State::Waiting | State::Withdrawn { .. } | State::Expired { .. } => None,
        }
    }

    /// Whether both agreed, and nothing more is noted.
    pub fn is_agreed(&self) -> bool {
        match self.state {
            State::Approved { .. } => true,
            State::Waiting
            | State::Done { .. }
            | State::Refused { .. }
            | State::Withdrawn { .. }
            | State::Expired { .. } => false,
        }
    }

    /// Whether the service was broken off in doing it and can carry on by itself. What makes a code is
    /// carried on by whoever agreed, who has to see it.
    pub fn is_left_unfinished(&self, now: Timestamp) -> bool {
        let State::Approved { at, .. } = self.state else {
            return false;
        };
        let alone = match self.what {
            Asked::DeleteCase { .. }
            | Asked::RotateCase { .. }
            | Asked::Recuse { .. }
            | Asked::LiftRecusal { .. }
            | Asked::EndMembership { .. }
            | Asked::AmendMember { .. }
            | Asked::SuspendMember { .. }
            | Asked::LiftSuspension { .. } => true,
            Asked::UnmaskIdentity { .. }
            | Asked::ExportCase { .. }
            | Asked::InviteMember { .. }
            | Asked::ReadmitMember { .. } => false,
        };
        let since = now.duration_since(at);
        alone && BROKEN_OFF <= since && since < terms().open()
    }

    /// Whether a member may know of it. On a case, whoever may second acts on it; once the case is no
    /// more, only those two whose doing it was.
    pub fn is_seen_by(&self, who: Who<'_>) -> bool {
        let id = who.actor.id;
        if self.what.is_kept_from(id) {
            return false;
        }
        if self.what.case().is_some() && who.relation.is_none() {
            return self.by == id || self.second_person() == Some(id);
        }
        decide(who.actor, Act::SecondAct, who.relation) == Ruling::Allowed
    }

    /// Whether a member may agree, or not agree, now.
    ///
    /// # Errors
    /// [`ActError::Hidden`], [`ActError::Refused`], [`ActError::Closed`].
    pub fn awaits(&self, who: Who<'_>, now: Timestamp) -> Result<(), ActError> {
        if !self.is_seen_by(who) {
            return Err(ActError::Hidden);
        }
        let (actor, act) = (who.actor, self.what.act());
        let ruling = match self.what.about() {
            Some(about) => may_second_about(actor, act, who.relation, self.by, about),
            None => may_second(actor, act, who.relation, self.by),
        };
        match (ruling, self.stage(now)) {
            (Ruling::Hidden, _) => Err(ActError::Hidden),
            (Ruling::Refused | Ruling::NeedsSecond, _) => Err(ActError::Refused),
            (Ruling::Allowed, Stage::Waiting) if !self.refused_by.contains(&actor.id) => Ok(()),
            (
                Ruling::Allowed,
                // Whoever did not agree has answered.
                Stage::Waiting
                | Stage::Unfinished
                | Stage::Open { .. }
                | Stage::Over
                | Stage::Refused
                | Stage::Withdrawn
                | Stage::Expired,
            ) => Err(ActError::Closed),
        }
    }

    /// Agrees. `asker` is whoever asked, as they are now; `None` if they are no member any more.
    ///
    /// # Errors
    /// As [`PendingAct::awaits`]; [`ActError::Lapsed`]: then it is to be [lapsed](PendingAct::lapse).
    pub fn approve(
        &self,
        who: Who<'_>,
        asker: Option<Who<'_>>,
        now: Timestamp,
    ) -> Result<Self, ActError> {
        self.awaits(who, now)?;
        let still = asker.is_some_and(|asker| {
            asker.actor.id == self.by
                && match may_ask(&self.what, asker) {
                    Ruling::NeedsSecond | Ruling::Allowed => true,
                    Ruling::Hidden | Ruling::Refused => false,
                }
        });
        if !still {
            return Err(ActError::Lapsed);
        }
        Ok(self.in_state(State::Approved {
            by: who.actor.id,
            at: now,
        }))
    }

    /// Does not agree. That closes it once none of the `others`, all members as they are now, is left who
    /// may agree.
    ///
    /// # Errors
    /// As [`PendingAct::awaits`].
    pub fn refuse(
        &self,
        who: Who<'_>,
        others: &[Who<'_>],
        now: Timestamp,
    ) -> Result<Self, ActError> {
        self.awaits(who, now)?;
        let by = who.actor.id;
        let mut refused = self.clone();
        refused.refused_by.push(by);
        let mut others = others.iter();
        if others.any(|other| refused.awaits(*other, now).is_ok()) {
            Ok(refused)
        } else {
            Ok(refused.in_state(State::Refused { by, at: now }))
        }
    }

    /// Takes it back.
    ///
    /// # Errors
    /// [`ActError::Hidden`], [`ActError::Refused`], [`ActError::Closed`].
    pub fn withdraw(&self, who: Who<'_>, now: Timestamp) -> Result<Self, ActError> {
        if !self.is_seen_by(who) {
            return Err(ActError::Hidden);
        }
        if self.by != who.actor.id {
            return Err(ActError::Refused);
        }
        match self.stage(now) {
            Stage::Waiting => Ok(self.in_state(State::Withdrawn { at: now })),
            Stage::Unfinished
            | Stage::Open { .. }
            | Stage::Over
            | Stage::Refused
            | Stage::Withdrawn
            | Stage::Expired => Err(ActError::Closed),
        }
    }

    /// The same, closed, once nobody can agree any more or whoever asked may not ask; `None` if it does
    /// not wait.
    #[must_use]
    pub fn lapse(&self, now: Timestamp) -> Option<Self> {
        (self.state == State::Waiting).then(|| self.in_state(State::Expired { at: now }))
    }

    /// The same, done; `None` unless both agreed.
    #[must_use]
    pub fn done(&self) -> Option<Self> {
        match self.state {
            State::Approved { by, at } => Some(self.in_state(State::Done { by, at })),
            State::Waiting
            | State::Done { .. }
            | State::Refused { .. }
            | State::Withdrawn { .. }
            | State::Expired { .. } => None,
        }
    }

    /// Until when this lets a member do an act on a case, if it does: both agreed, and the member is
    /// one of the two. What the member is to the case is asked elsewhere, each time.
    pub fn opens(
        &self,
        act: Act,
        case: CaseId,
        member: MemberId,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let meant = self.what.act() == act && self.what.case().is_some_and(|one| one.id() == case);
        let both = self.by == member || self.second_person() == Some(member);
        match self.stage(now) {
            Stage::Open { until } if meant && both => Some(until),
            Stage::Open { .. }
            | Stage::Waiting
            | Stage::Unfinished
            | Stage::Over
            | Stage::Refused
            | Stage::Withdrawn
            | Stage::Expired => None,
        }
    }

    fn in_state(&self, state: State) -> Self {
        Self {
            state,
            ..self.clone()
        }
    }
}

fn may_ask(what: &Asked, who: Who<'_>) -> Ruling {
    let act = match what {
        // Anybody who may know of the case points out; whoever takes it back has to know who is kept
        // out. Both are decided by another.
        Asked::Recuse { .. } => Act::ProposeRecusal,
        Asked::UnmaskIdentity { .. }
        | Asked::ExportCase { .. }
        | Asked::DeleteCase { .. }
        | Asked::RotateCase { .. }
        | Asked::LiftRecusal { .. }
        | Asked::InviteMember { .. }
        | Asked::EndMembership { .. }
        | Asked::ReadmitMember { .. }
        | Asked::AmendMember { .. }
        | Asked::SuspendMember { .. }
        | Asked::LiftSuspension { .. } => what.act(),
    };
    let ruling = match what.about() {
        Some(about) => decide_about(who.actor, act, who.relation, about),
        None => decide(who.actor, act, who.relation),
    };
    if ruling == Ruling::Allowed && what.act() == Act::DecideRecusal {
        Ruling::NeedsSecond
    } else {
        ruling
    }
}
