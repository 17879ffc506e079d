//! `GET /integrantes`: the members, and what may be changed about them; `GET /integrantes.csv` and
//! `GET /resguardo.csv`: them, and who holds pieces of keys, as tables.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::web::Data;
use askama::Template;
use committee::members::{MemberRecord, Roster, State};
use domain::committee::policy::{decide, decide_about};
use domain::committee::{Act, Ruling, Seat, Standing};
use jiff::civil::Date;
use service::language::Texts;
use service::problem::Problem;
use zeroize::Zeroizing;

use super::form::{Typed, View};
use super::founding::Shown;
use super::wording::{term, unit};
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::labels::Labelled as _;
use crate::desk::pages::{self, Frame};
use crate::desk::table::Table;
use service::wording;

/// Where the members are.
pub(super) const HERE: &str = "/integrantes";

#[derive(Template)]
#[template(path = "members.html")]
struct Page<'a> {
    frame: Frame<'a>,
    problem: Option<&'a Problem>,
    invitation: Option<Shown>,
    token: &'a str,
    rows: Vec<Row>,
    /// From when on a suspension may hold.
    today: String,
    holders: Holders,
    /// Whether the reader may ask somebody in.
    form: Option<View<'a>>,
}

/// A member, as the list shows one.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: Zeroizing<String>,
    pub(super) seat: String,
    /// For whom a suplente stands in.
    pub(super) stands_in_for: Option<Zeroizing<String>>,
    pub(super) unit: Option<String>,
    pub(super) term: String,
    pub(super) state: String,
    /// Whether the reader may ask that the membership end.
    pub(super) may_end: bool,
    /// Whether the reader may ask that the member be let in again.
    pub(super) may_readmit: bool,
    /// Whether the reader may ask that something known of the member be changed.
    pub(super) may_amend: bool,
    /// What the reader may ask for as to a suspension.
    pub(super) suspension: Option<Suspension>,
}

/// What can be asked for as to a suspension.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Suspension {
    /// That the member be suspended.
    Begin,
    /// That it be taken back.
    End,
}

/// Who holds pieces of each case's key, for when no member can open one.
struct Holders {
    /// How many of them it takes; `None` when nobody does.
    threshold: Option<String>,
    names: Vec<String>,
    /// Whether the file on the server says something else.
    differ: bool,
}

impl Holders {
    fn of(desk: &Desk, member: &Member) -> Self {
        let confirmed = member.access.recovery.as_deref();
        Self {
            threshold: confirmed.map(|list| list.quorum().threshold().to_string()),
            names: confirmed
                .iter()
                .flat_map(|list| list.holders())
                .map(|holder| holder.name.clone())
                .collect(),
            differ: desk.vault.holders_differ(&member.keyring),
        }
    }
}

/// The page.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let typed = Typed::empty(desk.today());
    page(&desk, &request, &member, &typed, None, None)
}

/// The page, with what came of a change.
pub(super) fn page(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    typed: &Typed,
    invitation: Option<Shown>,
    problem: Option<&Problem>,
) -> HttpResponse {
    let texts = desk.texts(request);
    let token = member.session.token.as_str();
    let form = match decide(&member.actor, Act::InviteMember, None) {
        Ruling::Allowed => Some(false),
        Ruling::NeedsSecond => Some(true),
        Ruling::Hidden | Ruling::Refused => None,
    };
    let page = Page {
        frame: Frame::of(texts, member),
        problem,
        invitation,
        token,
        rows: Row::all(texts, &member.roster, Some(member), desk.today()),
        today: desk.today().to_string(),
        holders: Holders::of(desk, member),
        form: form.map(|takes_two| {
            View::new(
                texts,
                HERE.to_owned(),
                token,
                typed,
                &member.roster,
                takes_two,
            )
        }),
    };
    pages::page(texts, pages::status_of(problem), &page)
}

/// The members as a table.
pub(in crate::desk) async fn export(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let headings = [
        "desk-member-name",
        "desk-member-seat",
        "desk-member-stands-in",
        "desk-member-unit",
        "desk-member-term",
        "desk-member-state",
    ];
    let rows = Row::all(texts, &member.roster, Some(&member), desk.today());
    let lines = rows.iter().map(|row| {
        let titular = row.stands_in_for.as_ref();
        [
            row.name.as_str().into(),
            row.seat.as_str().into(),
            titular.map_or("", |name| name.as_str()).into(),
            row.unit
                .clone()
                .unwrap_or_else(|| texts.get("desk-untold"))
                .into(),
            row.term.as_str().into(),
            row.state.as_str().into(),
        ]
    });
    Table::new(texts, "integrantes", headings)
        .with_all(lines)
        .file()
}

/// Who holds pieces of each case's key, as a table.
pub(in crate::desk) async fn export_holders(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let Holders {
        threshold,
        mut names,
        differ,
    } = Holders::of(&desk, &member);
    if names.is_empty() && differ {
        // The alert is said where there is nobody, too.
        names.push(String::new());
    }
    let threshold = threshold.unwrap_or_default();
    let alert = if differ {
        texts.get("desk-holders-differ")
    } else {
        String::new()
    };
    let lines = names
        .iter()
        .map(|name| [name, &threshold, &alert].map(|cell| cell.as_str().into()));
    let headings = [
        "desk-member-name",
        "desk-holders-threshold",
        "desk-holders-alert",
    ];
    Table::new(texts, "ultimo-recurso", headings)
        .with_all(lines)
        .file()
}

impl Row {
    /// Everybody, those who left last.
    pub(super) fn all(
        texts: &Texts,
        roster: &Roster,
        reader: Option<&Member>,
        today: Date,
    ) -> Vec<Self> {
        let mut all: Vec<_> = roster.all().iter().map(|member| &member.record).collect();
        all.sort_by_cached_key(|record| {
            let seat = record.profile.seat;
            let place = Seat::ALL.iter().position(|one| *one == seat);
            (
                record.has_ended(),
                place,
                record.profile.name.full().to_string(),
            )
        });
        all.into_iter()
            .map(|record| {
                let profile = &record.profile;
                let may = |act| {
                    reader.is_some_and(|reader| {
                        match decide_about(&reader.actor, act, None, profile.id) {
                            Ruling::Allowed | Ruling::NeedsSecond => !record.has_ended(),
                            Ruling::Hidden | Ruling::Refused => false,
                        }
                    })
                };
                let stands_in_for = match profile.standing {
                    Standing::Titular => None,
                    Standing::Suplente { of } => roster
                        .of(of)
                        .map(|titular| titular.record.profile.name.full()),
                };
                Self {
                    id: profile.id.to_string(),
                    name: profile.name.full(),
                    seat: profile.seat.label(texts),
                    stands_in_for,
                    unit: unit(&profile.unit),
                    term: term(texts, profile.term),
                    state: state(texts, record, today),
                    may_end: may(Act::EndMembership),
                    may_readmit: may(Act::ReadmitMember),
                    may_amend: may(Act::AmendMember),
                    suspension: may(Act::SuspendMember).then_some(match profile.suspended_from {
                        Some(_) => Suspension::End,
                        None => Suspension::Begin,
                    }),
                }
            })
            .collect()
    }
}

fn state(texts: &Texts, record: &MemberRecord, today: Date) -> String {
    let suspended = record
        .profile
        .suspended_from
        .filter(|_| !record.has_ended());
    let state = sign_in_state(texts, &record.state, today);
    match suspended {
        Some(from) if from <= today => texts.fill(
            "desk-member-suspended",
            &[("from", &wording::date(texts, from))],
        ),
        Some(from) => texts.fill(
            "desk-member-to-be-suspended",
            &[("state", &state), ("from", &wording::date(texts, from))],
        ),
        None => state,
    }
}

fn sign_in_state(texts: &Texts, state: &State, today: Date) -> String {
    match state {
        State::Invited(invitation) if invitation.until() < today => {
            texts.get("desk-member-expired")
        }
        State::Invited(invitation) => texts.fill(
            "desk-member-invited",
            &[("until", &wording::date(texts, invitation.until()))],
        ),
        State::Active(_) => texts.get("desk-member-active"),
        State::Ended { on } => {
            texts.fill("desk-member-ended", &[("on", &wording::date(texts, *on))])
        }
    }
}
