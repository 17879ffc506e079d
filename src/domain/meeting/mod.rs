//! A session of the committee: called, held, closed (DOMAIN §3.2; CHIS 28 to 33).
//!
//! In the code it is a *meeting*, because a *session* is that of a signed-in member. A [`Meeting`] holds
//! what everybody on the committee may know: kind, number, day, who was there, and the names of its
//! [`Point`]s. What a point is about is a record of its own, since a point on a case exists only for
//! those who may know of that case; so nothing here counts the points, and closing depends on none.
//!
//! Nothing here writes or reads the time: days, members and the calendar come in.

mod attendance;
mod ballot;
mod point;
mod refused;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::catalogue::{TermKey, current};
use crate::committee::{MemberId, MemberProfile, Sufficiency, quorum};
use crate::complaint::{LongText, ShortText};
use crate::ids::hex_id;
use crate::procedure::SessionKind;

pub use attendance::{Attendance, Seated};
pub use ballot::{Ballot, Cast, Vote};
pub use point::{Entered, MatterKind, Motion, Outcome, Point, Topic};
pub use refused::MeetingRefused;

hex_id!(
    /// Which session.
    MeetingId
);
hex_id!(
    /// Which point of an agenda.
    PointId
);

/// Most points of one agenda: a bound of the service, not of a norm.
pub const POINTS: usize = 200;
/// Days ahead for which a session may be called: a limit against slips of the pen, not a norm.
const AHEAD: i64 = 366;

crate::coded_enum! {
    /// How the members come together (CHIS 28).
    pub enum Mode {
        /// In one place.
        InPerson = "PRESENCIAL",
        /// Each from where they are.
        Remote = "VIRTUAL",
        /// Some of each.
        Mixed = "MIXTA",
    }
}

/// What a call says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Installation, ordinary or extraordinary.
    pub kind: SessionKind,
    /// The day.
    pub on: Date,
    /// How.
    pub mode: Mode,
    /// Where, and at what hour: as the call says it.
    pub place: ShortText,
}

/// That a session was put off for want of a quorum (CHIS 33).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Postponement {
    /// The day for which it was called.
    pub from: Date,
    /// When that was noted.
    pub noted_on: Date,
    /// By whom.
    pub by: MemberId,
}

/// How far a session is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case", deny_unknown_fields)]
pub enum Stage {
    /// It is to come.
    Called,
    /// It began with a quorum; its points are voted on.
    Held {
        /// Who was there.
        attendance: Attendance,
        /// Who entered that.
        by: MemberId,
    },
    /// It is over; nothing of it changes.
    Closed {
        /// Who was there.
        attendance: Attendance,
        /// What else the minutes say.
        remarks: Option<LongText>,
        /// When it was closed.
        on: Date,
        /// By whom.
        by: MemberId,
    },
    /// It was called off.
    Cancelled {
        /// When.
        on: Date,
        /// By whom.
        by: MemberId,
        /// Why.
        reason: ShortText,
    },
}

/// A session of the committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    id: MeetingId,
    call: Call,
    year: i16,
    number: u16,
    called_on: Date,
    called_by: MemberId,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    postponed: Vec<Postponement>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    points: Vec<PointId>,
    stage: Stage,
}

impl Meeting {
    /// Calls a session; `number` is its number within the year and kind, from 1.
    ///
    /// # Errors
    /// [`MeetingRefused::CalledTooLate`] with fewer than the working days that CHIS 28 wants between the
    /// call and the session, [`MeetingRefused::NotWorkingDay`], [`MeetingRefused::TooFar`].
    pub fn call(
        id: MeetingId,
        call: Call,
        number: u16,
        by: MemberId,
        today: Date,
        calendar: &Calendar,
    ) -> Result<Self, MeetingRefused> {
        let latest = Self::latest_call(call.on, calendar)?;
        if latest < today {
            return Err(MeetingRefused::CalledTooLate { latest });
        }
        check_day(call.on, today, calendar)?;
        Ok(Self {
            id,
            year: call.on.year(),
            call,
            number,
            called_on: today,
            called_by: by,
            postponed: Vec::new(),
            points: Vec::new(),
            stage: Stage::Called,
        })
    }

    /// The last day on which a session of a day can be called (CHIS 28).
    ///
    /// # Errors
    /// [`MeetingRefused::TooFar`] before the first days of the civil calendar.
    pub fn latest_call(on: Date, calendar: &Calendar) -> Result<Date, MeetingRefused> {
        let notice = TermKey::Convocatoria.term().amount();
        calendar
            .latest_before(on, notice)
            .map_err(|_| MeetingRefused::TooFar)
    }

    /// Which.
    pub fn id(&self) -> MeetingId {
        self.id
    }

    /// Its kind.
    pub fn kind(&self) -> SessionKind {
        self.call.kind
    }

    /// The year that its number is of: that of the first call.
    pub fn year(&self) -> i16 {
        self.year
    }

    /// Its number within the year and kind, from 1.
    pub fn number(&self) -> u16 {
        self.number
    }

    /// The day for which it is called or, once held, on which it was.
    pub fn on(&self) -> Date {
        self.call.on
    }

    /// What the call says.
    pub fn said(&self) -> &Call {
        &self.call
    }

    /// When it was called, and by whom.
    pub fn called(&self) -> (Date, MemberId) {
        (self.called_on, self.called_by)
    }

    /// The times it was put off, the first one first.
    pub fn postponed(&self) -> &[Postponement] {
        &self.postponed
    }

    /// The points, in the order of the agenda. Some may not exist for the reader: never show how many.
    pub fn points(&self) -> &[PointId] {
        &self.points
    }

    /// How far it is.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Who was there; `None` while it has not begun.
    pub fn attendance(&self) -> Option<&Attendance> {
        match &self.stage {
            Stage::Held { attendance, .. } | Stage::Closed { attendance, .. } => Some(attendance),
            Stage::Called | Stage::Cancelled { .. } => None,
        }
    }

    /// Whether points are voted on now.
    pub fn is_held(&self) -> bool {
        matches!(self.stage, Stage::Held { .. })
    }

    /// Whether nothing of it changes any more.
    pub fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Closed { .. } | Stage::Cancelled { .. })
    }

    /// Puts a point on the agenda. Once the session is held, only general matters of an ordinary one
    /// may come up.
    ///
    /// # Errors
    /// [`MeetingRefused::Over`], [`MeetingRefused::NotOnAgenda`], [`MeetingRefused::TooMany`].
    pub fn with_point(&self, id: PointId, topic: &Topic) -> Result<Self, MeetingRefused> {
        match self.stage {
            Stage::Called => {}
            Stage::Held { .. } if topic.is_general() => {}
            Stage::Held { .. } => return Err(MeetingRefused::NotOnAgenda),
            Stage::Closed { .. } | Stage::Cancelled { .. } => return Err(MeetingRefused::Over),
        }
        if !topic.fits(self.call.kind) {
            return Err(MeetingRefused::NotOnAgenda);
        }
        if self.points.len() >= POINTS {
            return Err(MeetingRefused::TooMany);
        }
        let mut next = self.clone();
        if !next.points.contains(&id) {
            next.points.push(id);
        }
        Ok(next)
    }

    /// Takes a point off the agenda again, before the session.
    ///
    /// # Errors
    /// [`MeetingRefused::NotNow`] once it is held; [`MeetingRefused::Over`].
    pub fn without_point(&self, id: PointId) -> Result<Self, MeetingRefused> {
        self.while_called()?;
        let mut next = self.clone();
        next.points.retain(|point| *point != id);
        Ok(next)
    }

    /// Puts the session off for want of a quorum (CHIS 33).
    ///
    /// # Errors
    /// [`MeetingRefused::NotNow`], [`MeetingRefused::Over`], [`MeetingRefused::Earlier`] for a day that is
    /// not after the one of the call, [`MeetingRefused::NotWorkingDay`], [`MeetingRefused::TooFar`].
    pub fn postpone(
        &self,
        to: Date,
        by: MemberId,
        today: Date,
        calendar: &Calendar,
    ) -> Result<Self, MeetingRefused> {
        self.while_called()?;
        if to <= self.call.on || to < today {
            return Err(MeetingRefused::Earlier);
        }
        check_day(to, today, calendar)?;
        let mut next = self.clone();
        next.postponed.push(Postponement {
            from: self.call.on,
            noted_on: today,
            by,
        });
        next.call.on = to;
        Ok(next)
    }

    /// The day until which a session without quorum should be held instead (CHIS 33): advice, no limit.
    pub fn should_be_held_by(&self, calendar: &Calendar) -> Option<Date> {
        let term = &current().committee().postponement;
        let first = self.postponed.first()?;
        calendar.due(first.from, term.amount()).ok()
    }

    /// Calls it off.
    ///
    /// # Errors
    /// [`MeetingRefused::NotNow`], [`MeetingRefused::Over`].
    pub fn cancel(
        &self,
        reason: ShortText,
        by: MemberId,
        today: Date,
    ) -> Result<Self, MeetingRefused> {
        self.while_called()?;
        Ok(self.at(Stage::Cancelled {
            on: today,
            by,
            reason,
        }))
    }

    /// Begins the session with those who are there, or notes who came since. It takes a quorum: half of
    /// the seats with a vote and one, the three offices among them (CHIS 33).
    ///
    /// # Errors
    /// [`MeetingRefused::NoQuorum`], [`MeetingRefused::NotYet`] before its day, [`MeetingRefused::Over`].
    pub fn hold(
        &self,
        attendance: Attendance,
        members: &[MemberProfile],
        by: MemberId,
        today: Date,
    ) -> Result<Self, MeetingRefused> {
        match self.stage {
            Stage::Called | Stage::Held { .. } => {}
            Stage::Closed { .. } | Stage::Cancelled { .. } => return Err(MeetingRefused::Over),
        }
        if today < self.call.on {
            return Err(MeetingRefused::NotYet);
        }
        let there = |id| attendance.is_seated(id);
        let count = attendance.seated().len();
        match quorum::sufficiency(members, there, count, self.call.on) {
            Sufficiency::Enough => Ok(self.at(Stage::Held { attendance, by })),
            Sufficiency::TooFew { why } => Err(MeetingRefused::NoQuorum { why }),
        }
    }

    /// Ends the session: what was not voted on is put off, and nothing of it changes any more.
    ///
    /// # Errors
    /// [`MeetingRefused::NotNow`] before it was held; [`MeetingRefused::Over`].
    pub fn close(
        &self,
        remarks: Option<LongText>,
        by: MemberId,
        today: Date,
    ) -> Result<Self, MeetingRefused> {
        match &self.stage {
            Stage::Held { attendance, .. } => Ok(self.at(Stage::Closed {
                attendance: attendance.clone(),
                remarks,
                on: today,
                by,
            })),
            Stage::Called => Err(MeetingRefused::NotNow),
            Stage::Closed { .. } | Stage::Cancelled { .. } => Err(MeetingRefused::Over),
        }
    }

    fn at(&self, stage: Stage) -> Self {
        Self {
            stage,
            ..self.clone()
        }
    }

    fn while_called(&self) -> Result<(), MeetingRefused> {
        match self.stage {
            Stage::Called => Ok(()),
            Stage::Held { .. } => Err(MeetingRefused::NotNow),
            Stage::Closed { .. } | Stage::Cancelled { .. } => Err(MeetingRefused::Over),
        }
    }
}

/// A session is held on a working day, not too far ahead.
fn check_day(on: Date, today: Date, calendar: &Calendar) -> Result<(), MeetingRefused> {
    if !calendar.is_working_day(on) {
        return Err(MeetingRefused::NotWorkingDay);
    }
    let furthest = today.checked_add(jiff::Span::new().days(AHEAD));
    if furthest.is_ok_and(|furthest| on > furthest) {
        return Err(MeetingRefused::TooFar);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
