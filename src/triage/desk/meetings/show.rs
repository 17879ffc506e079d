//! `GET /sesiones/{meeting}`: one session, as far as the reader may know of its points.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::circle::Circle;
use committee::readable::Readable;
use domain::committee::{Act, MemberId, MemberProfile, Ruling, Seat, policy};
use domain::meeting::{Attendance, MatterKind, Meeting, Motion, Outcome, Stage, Topic};
use service::language::Texts;
use service::wording;
use store::casefiles::RegisterEntry;
use zeroize::Zeroizing;

use super::agenda::{Candidate, candidates};
use super::carry::Sent;
use super::list::{stage, title};
use super::moves::{self, MoveView};
use super::{MeetingError, SeenPoint, find, name, points};
use crate::desk::fields::{Choice, options};
use crate::desk::gate::Member;
use crate::desk::labels::Labelled as _;
use crate::desk::pages::{self, Frame};
use crate::desk::register::{Eye, way_to};
use crate::desk::unseen::visible;
use crate::desk::{Desk, fallback};

#[derive(Template)]
#[template(path = "meeting.html")]
struct Page<'a> {
    frame: Frame<'a>,
    id: String,
    title: String,
    day: String,
    stage: String,
    class: &'static str,
    mode: String,
    place: String,
    called: String,
    /// Days for which it was called before, and by when it should be held then.
    postponed: Vec<String>,
    should_be_held_by: Option<String>,
    /// Why it was called off.
    cancelled: Option<String>,
    remarks: Option<String>,
    there: Vec<Person>,
    voice: Vec<Person>,
    points: Vec<PointView>,
    /// Whether there are points that do not open.
    unreadable: bool,
    proposed: Vec<Proposed>,
    motions: Vec<Choice>,
    matters: Vec<Choice>,
    /// Everybody in office, to be ticked.
    everybody: Vec<Person>,
    votes: Vec<Choice>,
    may: May,
    today: String,
}

/// What the reader may do now.
#[expect(clippy::struct_excessive_bools, reason = "a form each")]
struct May {
    /// Put points on the agenda.
    arrange: bool,
    /// Only general matters any more.
    only_general: bool,
    /// Put off, call off.
    shift: bool,
    /// Enter who is there.
    hold: bool,
    /// Close.
    close: bool,
    /// Take the call.
    call: bool,
    /// Take the minutes.
    minutes: bool,
}

/// A member, in a list.
pub(super) struct Person {
    id: String,
    pub(super) name: Zeroizing<String>,
    pub(super) seat: String,
    /// For whom a suplente sits.
    pub(super) stands_in_for: Option<Zeroizing<String>>,
    ticked: bool,
}

/// A case that is proposed for the agenda.
struct Proposed {
    folio: String,
    /// Where it leads.
    way: String,
    state: String,
    due: Option<String>,
    is_due: bool,
    motions: Vec<Choice>,
}

/// A point.
struct PointView {
    id: String,
    number: usize,
    title: String,
    folio: Option<String>,
    /// Where that leads.
    way: String,
    state: Option<String>,
    /// Whether it does not exist for some.
    reserved: bool,
    result: Option<ResultView>,
    /// How far the move is that was agreed.
    moves: Option<MoveView>,
    form: Option<FormView>,
    may_remove: bool,
}

/// What came of a point.
struct ResultView {
    class: &'static str,
    words: String,
    counts: Option<String>,
    text: String,
    dissent: Option<String>,
    votes: Vec<(Zeroizing<String>, String)>,
    out: Vec<Zeroizing<String>>,
}

/// The form in which votes are entered.
struct FormView {
    voters: Vec<Person>,
    suplentes: Vec<Person>,
    may_note: bool,
}

/// The page.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let page = async {
        let meeting = find(&desk, &member, &meeting).await?;
        page(&desk, texts, &member, &meeting, None).await
    };
    match page.await {
        Ok(page) => pages::page(texts, StatusCode::OK, &page),
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

/// The page again, with what was sent for one of the points.
pub(super) async fn again(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
    meeting: &Meeting,
    status: StatusCode,
    sent: &Sent,
) -> Result<HttpResponse, MeetingError> {
    let page = page(desk, texts, member, meeting, Some(sent)).await?;
    Ok(pages::page(texts, status, &page))
}

async fn page<'a>(
    desk: &Desk,
    texts: &'a Texts,
    member: &'a Member,
    meeting: &Meeting,
    sent: Option<&Sent>,
) -> Result<Page<'a>, MeetingError> {
    let Readable {
        records: seen,
        damaged,
    } = points(desk, member, meeting).await?;
    let may = may(desk, member, meeting);
    let proposed = if may.arrange && !may.only_general {
        candidates(desk, member, meeting, &seen).await?
    } else {
        Vec::new()
    };
    let people = People {
        texts,
        member,
        profiles: member.roster.profiles(),
    };
    let (stage_words, class) = stage(meeting);
    let (called_on, called_by) = meeting.called();
    let attendance = meeting.attendance().cloned().unwrap_or_default();
    let day = |day| wording::date(texts, day);
    let mut shown = Vec::new();
    for (one, number) in seen.iter().zip(1..) {
        let moves = moves::of_point(desk, texts, member, (one, meeting), sent).await?;
        shown.push(people.point(one, number, (meeting, &may), moves));
    }
    Ok(Page {
        frame: Frame::of(texts, member),
        id: meeting.id().to_string(),
        title: title(texts, meeting),
        day: day(meeting.on()),
        stage: texts.get(stage_words),
        class,
        mode: meeting.said().mode.label(texts),
        place: visible(meeting.said().place.expose()).into_owned(),
        called: texts.fill(
            "desk-meeting-called-by",
            &[
                ("date", &day(called_on)),
                ("who", &name(member, texts, called_by)),
            ],
        ),
        postponed: meeting
            .postponed()
            .iter()
            .map(|one| day(one.from))
            .collect(),
        should_be_held_by: meeting
            .should_be_held_by(&desk.calendar())
            .filter(|_| matches!(meeting.stage(), Stage::Called))
            .map(day),
        cancelled: match meeting.stage() {
            Stage::Cancelled { reason, .. } => Some(visible(reason.expose()).into_owned()),
            Stage::Called | Stage::Held { .. } | Stage::Closed { .. } => None,
        },
        remarks: match meeting.stage() {
            Stage::Closed { remarks, .. } => remarks
                .as_ref()
                .map(|text| visible(text.expose()).into_owned()),
            Stage::Called | Stage::Held { .. } | Stage::Cancelled { .. } => None,
        },
        there: people.seated(&attendance),
        voice: attendance.voice().iter().map(|id| people.of(*id)).collect(),
        points: shown,
        unreadable: damaged > 0,
        proposed: proposed.iter().map(|one| people.proposed(one)).collect(),
        motions: options(Motion::ALL, texts),
        matters: options(matter_kinds(&may), texts),
        everybody: people.in_office(meeting, &attendance),
        votes: options(domain::meeting::Vote::ALL, texts),
        today: desk.today().to_string(),
        may,
    })
}

/// What may be put on the agenda that is on no case.
fn matter_kinds(may: &May) -> &'static [MatterKind] {
    if may.only_general {
        &[MatterKind::General]
    } else {
        MatterKind::ALL
    }
}

fn may(desk: &Desk, member: &Member, meeting: &Meeting) -> May {
    let allowed = |act| policy::decide(&member.actor, act, None) == Ruling::Allowed;
    let called = matches!(meeting.stage(), Stage::Called);
    let general = Topic::Matter {
        matter: MatterKind::General,
        title: meeting.said().place.clone(),
        kept_from: std::collections::BTreeSet::new(),
    };
    let general = meeting.is_held() && general.fits(meeting.kind());
    May {
        arrange: (called || general) && allowed(Act::HoldMeeting),
        only_general: !called,
        shift: called && allowed(Act::CallMeeting),
        hold: !meeting.is_over() && desk.today() >= meeting.on() && allowed(Act::HoldMeeting),
        close: meeting.is_held() && allowed(Act::CloseMeeting),
        call: called || meeting.attendance().is_some(),
        minutes: meeting.attendance().is_some(),
    }
}

/// Who was at a session, and whether they only speak.
pub(super) fn attended(texts: &Texts, member: &Member, meeting: &Meeting) -> Vec<(Person, bool)> {
    let people = People {
        texts,
        member,
        profiles: member.roster.profiles(),
    };
    let attendance = meeting.attendance().cloned().unwrap_or_default();
    let there = people.seated(&attendance).into_iter();
    let voice = attendance.voice().iter().map(|id| (people.of(*id), true));
    there.map(|one| (one, false)).chain(voice).collect()
}

/// Whether a point does not exist for some.
pub(super) fn is_reserved(topic: &Topic) -> bool {
    match topic {
        Topic::Matter { kept_from, .. } => !kept_from.is_empty(),
        Topic::Case { .. } => false,
    }
}

/// Members in words.
struct People<'a> {
    texts: &'a Texts,
    member: &'a Member,
    profiles: Vec<MemberProfile>,
}

impl People<'_> {
    fn of(&self, id: MemberId) -> Person {
        let profile = self.profiles.iter().find(|one| one.id == id);
        let titular = profile.and_then(MemberProfile::stands_in_for);
        self.person(id, profile.map(|one| one.seat), titular)
    }

    fn person(&self, id: MemberId, seat: Option<Seat>, titular: Option<MemberId>) -> Person {
        Person {
            id: id.to_string(),
            name: name(self.member, self.texts, id),
            seat: seat.map(|seat| seat.label(self.texts)).unwrap_or_default(),
            stands_in_for: titular.map(|id| name(self.member, self.texts, id)),
            ticked: false,
        }
    }

    fn seated(&self, attendance: &Attendance) -> Vec<Person> {
        let all = attendance.seated().iter();
        all.map(|one| {
            let titular = one.stands_in().then_some(one.holder);
            self.person(one.member, Some(one.seat), titular)
        })
        .collect()
    }

    fn in_office(&self, meeting: &Meeting, attendance: &Attendance) -> Vec<Person> {
        let mut all: Vec<&MemberProfile> = self
            .profiles
            .iter()
            .filter(|one| one.in_office(meeting.on()))
            .collect();
        all.sort_by_key(|one| {
            (
                one.seat,
                one.stands_in_for().unwrap_or(one.id),
                one.stands_in_for(),
            )
        });
        all.into_iter()
            .map(|one| Person {
                ticked: attendance.was_there(one.id),
                ..self.of(one.id)
            })
            .collect()
    }

    fn proposed(&self, one: &Candidate) -> Proposed {
        let entry = &one.case.entry;
        let motions: Vec<Motion> = Motion::on(entry.state).collect();
        Proposed {
            folio: entry.folio.to_string(),
            way: Eye::of(self.member).way_to(&one.case),
            state: entry.state.label(self.texts),
            due: entry
                .terms
                .first()
                .map(|term| wording::deadline(self.texts, &term.deadline)),
            is_due: one.is_due,
            motions: options(&motions, self.texts),
        }
    }

    fn point(
        &self,
        seen: &SeenPoint,
        number: usize,
        (meeting, may): (&Meeting, &May),
        moves: Option<MoveView>,
    ) -> PointView {
        let point = &seen.point;
        let open = meeting.is_held() && may.hold && point.outcome().is_none();
        PointView {
            id: point.id().to_string(),
            number,
            title: point_title(self.texts, point.topic()),
            folio: point.topic().case().map(|folio| folio.to_string()),
            way: seen
                .case
                .as_ref()
                .map_or_else(String::new, |case| self.way_to(case)),
            state: seen
                .case
                .as_ref()
                .map(|(entry, _)| entry.state.label(self.texts)),
            reserved: is_reserved(point.topic()),
            result: point.outcome().map(|_| self.result(seen, meeting)),
            moves,
            form: open.then(|| self.form(seen, meeting)),
            may_remove: may.arrange && !may.only_general,
        }
    }

    fn way_to(&self, (entry, circle): &(RegisterEntry, Circle)) -> String {
        let actor = &self.member.actor;
        let relation = Some(circle.relation_of(actor.id));
        let reads = policy::decide(actor, Act::ReadCase, relation) == Ruling::Allowed;
        way_to(entry.folio, reads)
    }

    fn result(&self, seen: &SeenPoint, meeting: &Meeting) -> ResultView {
        let carried = seen.point.agreement(meeting).is_some();
        match seen.point.outcome() {
            Some(Outcome::Voted {
                ballot,
                out,
                text,
                dissent,
                ..
            }) => ResultView {
                class: if carried { "on_time" } else { "overdue" },
                words: self.texts.get(outcome_words(carried)),
                counts: Some(counts(self.texts, ballot)),
                text: visible(text.expose()).into_owned(),
                dissent: dissent
                    .as_ref()
                    .map(|text| visible(text.expose()).into_owned()),
                votes: ballot
                    .cast()
                    .iter()
                    .map(|cast| {
                        let who = name(self.member, self.texts, cast.who.member);
                        (who, cast.vote.label(self.texts))
                    })
                    .collect(),
                out: out
                    .iter()
                    .map(|id| name(self.member, self.texts, *id))
                    .collect(),
            },
            Some(Outcome::Noted { text, .. }) => ResultView {
                class: "",
                words: self.texts.get("desk-point-noted"),
                counts: None,
                text: visible(text.expose()).into_owned(),
                dissent: None,
                votes: Vec::new(),
                out: Vec::new(),
            },
            None => ResultView {
                class: "",
                words: String::new(),
                counts: None,
                text: String::new(),
                dissent: None,
                votes: Vec::new(),
                out: Vec::new(),
            },
        }
    }

    fn form(&self, seen: &SeenPoint, meeting: &Meeting) -> FormView {
        let attendance = meeting.attendance().cloned().unwrap_or_default();
        let mut voters = self.seated(&attendance);
        voters.retain(|one| !one.id.parse().is_ok_and(|id| seen.is_kept_from(id)));
        let suplentes = self.profiles.iter().filter(|one| {
            one.seat.votes()
                && one.stands_in_for().is_some()
                && one.in_office(meeting.on())
                && !attendance.is_seated(one.id)
                && !seen.is_kept_from(one.id)
        });
        FormView {
            voters,
            suplentes: suplentes.map(|one| self.of(one.id)).collect(),
            may_note: seen.case.is_none(),
        }
    }
}

/// Whether a vote was carried, in words.
pub(super) const fn outcome_words(carried: bool) -> &'static str {
    if carried {
        "desk-point-carried"
    } else {
        "desk-point-not-carried"
    }
}

/// How many voted how.
pub(super) fn counts(texts: &Texts, ballot: &domain::meeting::Ballot) -> String {
    let votes = ballot.votes();
    let mut words = texts.fill(
        "desk-point-counts",
        &[
            ("favour", &votes.favour.to_string()),
            ("against", &votes.against.to_string()),
            ("abstained", &votes.abstained.to_string()),
        ],
    );
    if votes.casting {
        words.push(' ');
        words.push_str(&texts.get("desk-point-casting"));
    }
    words
}

/// What a point is about, in a line.
pub(super) fn point_title(texts: &Texts, topic: &Topic) -> String {
    match topic {
        Topic::Case { folio, motion } => texts.fill(
            "desk-point-case",
            &[
                ("folio", &folio.to_string()),
                ("motion", &motion.label(texts)),
            ],
        ),
        Topic::Matter { matter, title, .. } => texts.fill(
            "desk-point-matter",
            &[
                ("kind", &matter.label(texts)),
                ("title", &visible(title.expose())),
            ],
        ),
    }
}
