//! `/actos`: what waits for this member, what they asked for, and what is over; `/actos.csv`: the same; and `POST
//! /actos/{act}`, their answer.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::acts::{ActError, ActId, Asked, Effect};
use serde::Deserialize;
use service::language::Texts;

use super::view::{Group, Line, name};
use super::{Answer, Answered, Fault, answer, seen_by};
use crate::desk::gate::{Form, Member};
use crate::desk::pages::{self, Frame};
use crate::desk::table::{self, Cells, Table};
use crate::desk::{Desk, fallback};

/// Most acts that are over and shown; the log has them all.
const OVER: usize = 50;

#[derive(Template)]
#[template(path = "acts.html")]
struct Page<'a> {
    frame: Frame<'a>,
    /// Whether there are acts that do not open.
    unreadable: bool,
    awaits: Vec<Line>,
    own: Vec<Line>,
    others: Vec<Line>,
    over: Vec<Line>,
}

#[derive(Template)]
#[template(path = "act_code.html")]
struct CodePage<'a> {
    frame: Frame<'a>,
    name: &'a str,
    code: &'a str,
}

#[derive(Deserialize)]
struct Fields {
    answer: Option<String>,
}

/// The page.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let seen = match seen_by(&desk, &member).await {
        Ok(seen) => seen,
        Err(fault) => return fallback::problem(&desk, &request, &fault.problem(texts)),
    };
    let now = desk.clock.now();
    let mut page = Page {
        frame: Frame::of(texts, &member),
        unreadable: seen.is_damaged(),
        awaits: Vec::new(),
        own: Vec::new(),
        others: Vec::new(),
        over: Vec::new(),
    };
    for one in seen.records {
        let group = match one.group(&member, now) {
            Group::Awaits => &mut page.awaits,
            Group::Own => &mut page.own,
            Group::Others => &mut page.others,
            Group::Over if page.over.len() == OVER => continue,
            Group::Over => &mut page.over,
        };
        group.push(one.line(&member, texts, now));
    }
    pages::page(texts, StatusCode::OK, &page)
}

/// The acts as a table, group after group as on the page, and all of those that are over.
pub(in crate::desk) async fn export(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let now = desk.clock.now();
    let table = seen_by(&desk, &member).await.map(|seen| {
        let mut acts: Vec<(Group, Line)> = seen
            .records
            .iter()
            .map(|one| (one.group(&member, now), one.line(&member, texts, now)))
            .collect();
        // Within a group they stay in their order.
        acts.sort_by_key(|(group, _)| *group);
        let headings = [
            "desk-acts-group",
            "desk-act-what",
            "desk-act-whom",
            "desk-state",
            "desk-folio",
            "desk-amend-changes",
            "desk-act-by",
            "desk-act-when",
            "desk-act-reason",
            "desk-act-follows",
        ];
        Table::new(texts, "actos", headings)
            .with_all(acts.iter().map(|(group, line)| cells(texts, *group, line)))
            .complete(texts, seen.is_damaged())
    });
    table::answer(&desk, &request, table.map_err(|fault| fault.problem(texts)))
}

fn cells<'a>(texts: &Texts, group: Group, line: &'a Line) -> Cells<'a, 10> {
    let group = match group {
        Group::Awaits => "desk-acts-await",
        Group::Own => "desk-acts-own",
        Group::Others => "desk-acts-others",
        Group::Over => "desk-acts-over",
    };
    let stage: Vec<&str> = std::iter::once(line.stage.as_str())
        .chain(line.refused.iter().map(String::as_str))
        .collect();
    [
        texts.get(group).into(),
        line.what.as_str().into(),
        line.about.as_ref().map_or("", |name| name.as_str()).into(),
        stage.join("; ").into(),
        line.folio.as_deref().unwrap_or_default().into(),
        line.changes.join("; ").into(),
        line.by.as_str().into(),
        line.asked.as_str().into(),
        line.reason.as_str().into(),
        line.follows.as_str().into(),
    ]
}

/// An answer.
pub(in crate::desk) async fn take(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    act: Path<String>,
    form: Form,
) -> HttpResponse {
    let texts = desk.texts(&request);
    match read(&desk, &member, &act, &form).await {
        Ok(Answered {
            act,
            effect: Some(Effect::Code { member: whom, code }),
        }) => {
            let name = match &act.what {
                Asked::InviteMember { profile, .. } => profile.name.full(),
                Asked::UnmaskIdentity { .. }
                | Asked::ExportCase { .. }
                | Asked::DeleteCase { .. }
                | Asked::RotateCase { .. }
                | Asked::Recuse { .. }
                | Asked::LiftRecusal { .. }
                | Asked::EndMembership { .. }
                | Asked::ReadmitMember { .. }
                | Asked::AmendMember { .. }
                | Asked::SuspendMember { .. }
                | Asked::LiftSuspension { .. } => name(&member, texts, whom),
            };
            let code = code.text();
            let page = CodePage {
                frame: Frame::of(texts, &member),
                name: &name,
                code: &code,
            };
            pages::page(texts, StatusCode::OK, &page)
        }
        Ok(Answered { act, .. }) => HttpResponse::SeeOther()
            .insert_header((LOCATION, format!("/actos#acto-{}", act.id)))
            .finish(),
        Err(fault) => fallback::problem(&desk, &request, &fault.problem(texts)),
    }
}

async fn read(desk: &Desk, member: &Member, act: &str, form: &Form) -> Result<Answered, Fault> {
    let id: ActId = act.parse().map_err(|_| ActError::Hidden)?;
    let Fields { answer: said } = form.parse().ok_or(Fault::Form)?;
    let said: Answer = said
        .unwrap_or_default()
        .parse()
        .map_err(|_| Fault::Answer)?;
    answer(desk, member, id, said).await
}
