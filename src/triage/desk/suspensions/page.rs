//! The page of the suspensions.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::calendar::{CalendarBook, ChosenProfile, Kept, Suspended};
use committee::members::Roster;
use domain::calendar::{Profile, ProfileRules};
use domain::committee::policy::decide;
use domain::committee::{Act, MemberId, Ruling};
use jiff::Timestamp;
use service::language::Texts;
use service::problem::Problem;
use service::wording;

use super::{Typed, unread};
use crate::desk::gate::Member;
use crate::desk::pages::{self, Frame};
use crate::desk::{Desk, fallback, labels};

#[derive(Template)]
#[template(path = "suspensions.html")]
struct Page<'a> {
    frame: Frame<'a>,
    problem: Option<&'a Problem>,
    /// The name of the official list in use, and where it was published.
    profile: &'a str,
    profile_source: &'a str,
    /// Which lists were chosen, the latest first.
    choices: Vec<String>,
    /// The lists that may be chosen.
    others: Vec<(&'static str, &'static ProfileRules)>,
    rows: Vec<Row>,
    token: &'a str,
    /// What was typed, for whoever may enter days.
    form: Option<&'a Typed>,
}

/// Days on which terms stand still.
pub(super) struct Row {
    id: String,
    days: String,
    pub(super) reason: String,
    pub(super) source: String,
    pub(super) entered: String,
    /// When and why it was taken back.
    pub(super) withdrawn: Option<String>,
}

/// The page, with what came of a change.
pub(super) async fn answer(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    typed: &Typed,
    problem: Option<&Problem>,
) -> HttpResponse {
    let texts = desk.texts(request);
    let book = CalendarBook::new(&*desk.cases, &member.keyring);
    let all = match book.read().await {
        Ok(all) => all,
        Err(error) => return fallback::problem(desk, request, &unread(texts, &error)),
    };
    let may_enter = match decide(&member.actor, Act::SetCalendar, None) {
        Ruling::Allowed => true,
        Ruling::NeedsSecond | Ruling::Hidden | Ruling::Refused => false,
    };
    let calendar = desk.calendar();
    let rules = calendar.profile().rules();
    let others = Profile::ALL
        .iter()
        .filter(|profile| **profile != calendar.profile());
    let page = Page {
        frame: Frame::of(texts, member),
        problem,
        profile: &rules.name,
        profile_source: &rules.source,
        // The latest first.
        choices: all
            .choices
            .iter()
            .rev()
            .map(|one| choice(texts, &member.roster, one))
            .collect(),
        others: others.map(|one| (one.code(), one.rules())).collect(),
        rows: all
            .suspensions
            .iter()
            .rev()
            .map(|kept| row(texts, &member.roster, kept))
            .collect(),
        token: member.session.token.as_str(),
        form: may_enter.then_some(typed),
    };
    pages::page(texts, pages::status_of(problem), &page)
}

fn choice(texts: &Texts, roster: &Roster, one: &ChosenProfile) -> String {
    let who = by(texts, roster, one.by, one.at);
    let (reason, source) = (one.reason.expose(), one.source.expose());
    texts.fill(
        "desk-profile-chosen",
        &[
            ("profile", &one.profile.rules().name),
            ("reason", reason),
            ("source", source),
            ("who", &who),
        ],
    )
}

pub(super) fn row(texts: &Texts, roster: &Roster, kept: &Kept) -> Row {
    let one = &kept.entered;
    Row {
        id: one.id.to_string(),
        days: days(texts, one),
        reason: one.reason.expose().to_owned(),
        source: one.source.expose().to_owned(),
        entered: by(texts, roster, one.by, one.at),
        withdrawn: one.withdrawn.as_ref().map(|back| {
            let who = by(texts, roster, back.by, back.at);
            let reason = back.reason.expose();
            texts.fill(
                "desk-suspension-withdrawn",
                &[("who", &who), ("reason", reason)],
            )
        }),
    }
}

fn days(texts: &Texts, one: &Suspended) -> String {
    let from = wording::date(texts, one.from);
    if one.from == one.to {
        return from;
    }
    let to = wording::date(texts, one.to);
    texts.fill("desk-suspension-days", &[("from", &from), ("to", &to)])
}

/// Who did something, and when.
pub(super) fn by(texts: &Texts, roster: &Roster, who: MemberId, at: Timestamp) -> String {
    let name = roster.of(who).map_or_else(
        || texts.get("desk-log-someone"),
        |kept| kept.record.profile.name.full().to_string(),
    );
    let when = labels::moment(texts, at);
    texts.fill("desk-suspension-by", &[("who", &name), ("when", &when)])
}
