//! What calls about sessions of the committee take and give.

use std::collections::{BTreeMap, BTreeSet};

use domain::committee::MemberId;
use domain::complaint::{LongText, ShortText};
use domain::meeting::{Attendance, Meeting, Outcome, Stage, Topic};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::desk::meetings::SeenPoint;

/// All sessions.
#[derive(Serialize, ToSchema)]
pub(super) struct MeetingsView {
    /// The newest first.
    pub(super) meetings: Vec<MeetingView>,
    /// How many there are besides that cannot be read.
    pub(super) unreadable: usize,
}

/// A session.
#[derive(Serialize, ToSchema)]
pub(super) struct MeetingView {
    id: String,
    /// `INSTALACION`, `ORDINARIA`, `EXTRAORDINARIA`.
    kind: &'static str,
    /// Its number within the year and kind.
    number: u16,
    year: i16,
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// `PRESENCIAL`, `VIRTUAL`, `MIXTA`.
    mode: &'static str,
    /// Where, and at what hour.
    #[schema(value_type = String)]
    place: ShortText,
    /// `called`, `held`, `closed`, `cancelled`.
    stage: &'static str,
    #[schema(value_type = String, format = Date)]
    called_on: Date,
    /// Days for which it was called before.
    #[schema(value_type = Vec<String>)]
    postponed: Vec<Date>,
}

impl MeetingView {
    pub(super) fn new(meeting: &Meeting) -> Self {
        Self {
            id: meeting.id().to_string(),
            kind: meeting.kind().code(),
            number: meeting.number(),
            year: meeting.year(),
            on: meeting.on(),
            mode: meeting.said().mode.code(),
            place: meeting.said().place.clone(),
            stage: match meeting.stage() {
                Stage::Called => "called",
                Stage::Held { .. } => "held",
                Stage::Closed { .. } => "closed",
                Stage::Cancelled { .. } => "cancelled",
            },
            called_on: meeting.called().0,
            postponed: meeting.postponed().iter().map(|one| one.from).collect(),
        }
    }
}

/// A session with its agenda, as far as the reader may know of it.
#[derive(Serialize, ToSchema)]
pub(super) struct WholeView {
    #[serde(flatten)]
    meeting: MeetingView,
    /// Who sits for a seat with a vote, once it is held.
    present: Vec<SeatView>,
    /// Who is there with voice alone.
    voice: Vec<String>,
    /// What else the minutes say.
    #[schema(value_type = Option<String>)]
    remarks: Option<LongText>,
    /// The points that exist for the reader.
    points: Vec<PointView>,
    /// How many there are besides that cannot be read.
    unreadable: usize,
}

/// Somebody who sits for a seat.
#[derive(Serialize, ToSchema)]
pub(super) struct SeatView {
    /// Id of the member.
    member: String,
    /// Code of the seat.
    seat: &'static str,
    /// Id of the titular of the seat: another than the member for a suplente.
    holder: String,
}

/// A point of the agenda.
#[derive(Serialize, ToSchema)]
pub(super) struct PointView {
    id: String,
    /// As it stands in the agenda of this reader, from 1.
    number: usize,
    /// The case that it is on, if on one.
    folio: Option<String>,
    /// Code of what is proposed on the case.
    motion: Option<&'static str>,
    /// Code of what it is about otherwise.
    matter: Option<&'static str>,
    /// The same in words.
    #[schema(value_type = Option<String>)]
    title: Option<ShortText>,
    /// Whether it does not exist for some members.
    reserved: bool,
    /// What came of it, once something did.
    outcome: Option<OutcomeView>,
    /// How far the case is on which something was agreed that moves it.
    carried_out: Option<CarriedView>,
}

/// What came of a point.
#[derive(Serialize, ToSchema)]
pub(super) struct OutcomeView {
    /// Whether it was carried; nothing if it was taken note of without a vote.
    carried: Option<bool>,
    /// What was voted on or noted.
    #[schema(value_type = String)]
    text: LongText,
    /// What those say who think otherwise.
    #[schema(value_type = Option<String>)]
    dissent: Option<LongText>,
    /// By id of the member: `A_FAVOR`, `EN_CONTRA`, `ABSTENCION`.
    votes: BTreeMap<String, &'static str>,
    /// Ids of those who were out of the room.
    out: Vec<String>,
}

/// How far an agreement is carried out.
#[derive(Serialize, ToSchema)]
pub(super) struct CarriedView {
    /// Code of the move.
    #[serde(rename = "move")]
    pub(super) kind: &'static str,
    /// `made`; `open`: this member can make it; `waits` for others; `stuck`: the procedure says no;
    /// `unreadable`: how the case stands does not open.
    pub(super) standing: &'static str,
    /// Why it is stuck.
    pub(super) why: Option<String>,
}

impl WholeView {
    pub(super) fn new(meeting: &Meeting, points: Vec<PointView>, unreadable: usize) -> Self {
        let attendance: Attendance = meeting.attendance().cloned().unwrap_or_default();
        let seat = |one: &domain::meeting::Seated| SeatView {
            member: one.member.to_string(),
            seat: one.seat.code(),
            holder: one.holder.to_string(),
        };
        Self {
            meeting: MeetingView::new(meeting),
            present: attendance.seated().iter().map(seat).collect(),
            voice: ids(attendance.voice()),
            remarks: match meeting.stage() {
                Stage::Closed { remarks, .. } => remarks.clone(),
                Stage::Called | Stage::Held { .. } | Stage::Cancelled { .. } => None,
            },
            points,
            unreadable,
        }
    }
}

impl PointView {
    pub(super) fn new(
        seen: &SeenPoint,
        number: usize,
        meeting: &Meeting,
        carried_out: Option<CarriedView>,
    ) -> Self {
        let point = &seen.point;
        let (motion, matter, title, reserved) = match point.topic() {
            Topic::Case { motion, .. } => (Some(motion.code()), None, None, false),
            Topic::Matter {
                matter,
                title,
                kept_from,
            } => (
                None,
                Some(matter.code()),
                Some(title.clone()),
                !kept_from.is_empty(),
            ),
        };
        Self {
            id: point.id().to_string(),
            number,
            folio: point.topic().case().map(|folio| folio.to_string()),
            motion,
            matter,
            title,
            reserved,
            outcome: point
                .outcome()
                .map(|outcome| OutcomeView::new(outcome, point.agreement(meeting).is_some())),
            carried_out,
        }
    }
}

impl OutcomeView {
    fn new(outcome: &Outcome, carried: bool) -> Self {
        match outcome {
            Outcome::Voted {
                ballot,
                out,
                text,
                dissent,
                ..
            } => Self {
                carried: Some(carried),
                text: text.clone(),
                dissent: dissent.clone(),
                votes: ballot
                    .cast()
                    .iter()
                    .map(|cast| (cast.who.member.to_string(), cast.vote.code()))
                    .collect(),
                out: ids(out),
            },
            Outcome::Noted { text, .. } => Self {
                carried: None,
                text: text.clone(),
                dissent: None,
                votes: BTreeMap::new(),
                out: Vec::new(),
            },
        }
    }
}

fn ids<'a>(all: impl IntoIterator<Item = &'a MemberId>) -> Vec<String> {
    all.into_iter().map(ToString::to_string).collect()
}

/// The votes on a point.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VotesBody {
    /// What is voted on, in up to 2,000 code points.
    #[schema(value_type = String)]
    pub(super) text: LongText,
    /// What those say who think otherwise.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub(super) dissent: Option<LongText>,
    /// By id of the member: `A_FAVOR`, `EN_CONTRA`, `ABSTENCION`, or `EXCUSA` of whoever leaves the room.
    /// Whoever votes and did not come stands in for this point.
    pub(super) votes: BTreeMap<String, String>,
}

/// What a point was taken note of with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteBody {
    /// In words.
    #[schema(value_type = String)]
    pub(super) text: LongText,
}

/// Who is there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PresentBody {
    /// Ids of members.
    #[schema(value_type = Vec<String>)]
    pub(super) present: BTreeSet<MemberId>,
}

/// To which day a session is put off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DayBody {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub(super) to: Date,
}

/// Why a session is called off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonBody {
    /// In up to 300 code points.
    #[schema(value_type = String)]
    pub(super) reason: ShortText,
}

/// What the minutes say besides.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RemarksBody {
    /// In words, if anything.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub(super) remarks: Option<LongText>,
}
