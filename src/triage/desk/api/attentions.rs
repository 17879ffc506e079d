//! `/api/v1/attentions` and below: calls, orientations and writings, counted apart from complaints.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use committee::readable::Readable;
use domain::attention::{
    Attention, AttentionKind, Channel, Counts, Done as WhatWasDone, Entered, Month, Subject,
};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::frame::{answer, taking, told_as_on_pages};
use crate::desk::Desk;
use crate::desk::attentions::{self, AttentionError};
use crate::desk::gate::Member;

told_as_on_pages!(AttentionError);

/// The attentions of a year that this member sees.
#[derive(Serialize, ToSchema)]
struct YearView {
    year: i16,
    /// January to December: how many, by `LLAMADA`, `ORIENTACION_PERSONAL`, `ESCRITO_DENUNCIA` and `all`.
    months: Vec<BTreeMap<&'static str, u32>>,
    /// Of the whole year, the same.
    whole: BTreeMap<&'static str, u32>,
    /// By code of the way they came.
    channels: BTreeMap<&'static str, u32>,
    /// By code of what they were for.
    subjects: BTreeMap<&'static str, u32>,
    /// By code of what was done.
    done: BTreeMap<&'static str, u32>,
    /// Each, the newest first; those that were taken back too, which count nowhere. Of complaints that others
    /// wrote down only the counts.
    attentions: Vec<AttentionView>,
    /// How many there are besides, of all years, that cannot be read and are not counted.
    unreadable: usize,
}

/// An attention.
#[derive(Serialize, ToSchema)]
struct AttentionView {
    id: String,
    /// As it was entered; without the note if that may be about this member.
    #[schema(value_type = Object)]
    what: Entered,
    /// Id of the member who entered it.
    by: String,
    #[schema(value_type = String, format = Date)]
    entered_on: Date,
    /// When it was taken back.
    #[schema(value_type = Option<String>, format = Date)]
    withdrawn_on: Option<Date>,
}

impl AttentionView {
    fn new(member: &Member, one: &Attention) -> Self {
        let mut what = one.what.clone();
        if !attentions::shows_note(member, one) {
            what.note = None;
        }
        Self {
            id: one.id.to_string(),
            what,
            by: one.by.to_string(),
            entered_on: one.entered_on,
            withdrawn_on: one.withdrawn_on,
        }
    }
}

impl YearView {
    fn new(member: &Member, year: i16, all: &Readable<Attention>) -> Self {
        let seen = &all.records;
        let counts = Counts::of(seen, year);
        let month = |month: Month| {
            let kinds = AttentionKind::ALL.iter();
            let kinds = kinds.map(|kind| (kind.code(), month.of(*kind)));
            kinds.chain([("all", month.all())]).collect()
        };
        let channels = Channel::ALL.iter();
        let subjects = Subject::ALL.iter();
        let done = WhatWasDone::ALL.iter();
        Self {
            year,
            unreadable: all.damaged,
            months: counts.months().iter().copied().map(month).collect(),
            whole: month(counts.whole()),
            channels: channels
                .map(|one| (one.code(), counts.channel(*one)))
                .collect(),
            subjects: subjects
                .map(|one| (one.code(), counts.subject(*one)))
                .collect(),
            done: done.map(|one| (one.code(), counts.done(*one))).collect(),
            attentions: seen
                .iter()
                .filter(|one| attentions::is_shown(member, one))
                .map(|one| AttentionView::new(member, one))
                .collect(),
        }
    }
}

/// The attentions of a year: those of everybody for whoever oversees them, the own ones for others.
#[utoipa::path(
    get, path = "/api/v1/attentions",
    params(("year" = Option<i16>, Query, description = "Which year; without it, this one")),
    responses(
        (status = 200, description = "Counts, and each", body = YearView),
        (status = 401, description = "Nobody is signed in",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn list(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let year = attentions::year(&desk, &request);
    let seen = attentions::seen(&desk, &member, year).await;
    let view = seen.map(|seen| YearView::new(&member, year, &seen));
    answer(&desk, &request, StatusCode::OK, view)
}

/// Enters one: `{"on": "2026-03-04", "channel": "TELEFONO", "subject": "ORIENTACION", "done": "OTRA"}`, and
/// `ooad`, `umae`, `risk` and `note` if told.
#[utoipa::path(
    post, path = "/api/v1/attentions",
    params(("X-CSRF-Token" = String, Header, description = "The token of the session")),
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 201, description = "Entered", body = AttentionView),
        (status = 403, description = "The token is missing or not the session's",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "The day or another field cannot be right",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn enter(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    payload: Payload,
) -> HttpResponse {
    let entered = taking(&desk, &request, payload, async |what: Entered| {
        attentions::enter(&desk, &member, what).await
    })
    .await;
    let entered = entered.map(|one| AttentionView::new(&member, &one));
    answer(&desk, &request, StatusCode::CREATED, entered)
}

/// Takes one back that was entered by mistake; it stays, and counts nowhere.
#[utoipa::path(
    delete, path = "/api/v1/attentions/{attention}",
    params(
        ("attention" = String, Path, description = "Its id"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    responses(
        (status = 200, description = "Taken back", body = AttentionView),
        (status = 404, description = "There is none for this member",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 409, description = "It was taken back before",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn withdraw(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    id: Path<String>,
) -> HttpResponse {
    let taken = attentions::take_back(&desk, &member, &id).await;
    let view = taken.map(|one| AttentionView::new(&member, &one));
    answer(&desk, &request, StatusCode::OK, view)
}
