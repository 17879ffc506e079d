//! What takes two, for programs: `/api/v1/acts` and `/api/v1/cases/{folio}/acts/…`.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use committee::acts::{ActError, ActId, Effect, PendingAct, Stage};
use domain::complaint::SecretText;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use super::frame::{self, Refusal, taking, told_as_on_pages};
use super::schemas::ProblemView;
use crate::desk::Desk;
use crate::desk::acts::asking::{self, Kind, Told};
use crate::desk::acts::view::code;
use crate::desk::acts::{self, Answer, Answered, Fault};
use crate::desk::gate::Member;
use crate::desk::pass::CasePass;

/// Why something is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AskView {
    /// Up to 2,000 code points; whoever has to agree reads it.
    #[schema(value_type = String)]
    reason: Option<SecretText>,
    /// Id of the member from whom the case is taken; for `withdraw` alone.
    member: Option<String>,
}

/// An answer to an act that waits.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerView {
    /// `approve`, `refuse`, or `withdraw` what one asked for oneself.
    answer: String,
}

/// An act that takes two.
#[derive(Serialize, ToSchema)]
pub(super) struct ActView<'a> {
    /// 32 hexadecimal digits.
    id: String,
    /// Code of the act.
    act: &'static str,
    /// What is asked for, where the act can be one thing or its contrary: `LIFT_SUSPENSION`, say.
    what: &'static str,
    /// First day of what is asked for, if it begins on one.
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<String>,
    /// The case that it is on.
    folio: Option<String>,
    /// Id of the member whom it is about.
    about: Option<String>,
    /// Id of the member who asked.
    by: String,
    /// Why.
    reason: &'a str,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
    /// Until when somebody else may agree or, once somebody did, both may do it.
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
    /// `waiting`, `unfinished`, `open`, `over`, `refused`, `withdrawn`, `expired`.
    stage: &'static str,
    /// Id of the member who agreed, or did not.
    second: Option<String>,
    /// Ids of the members who do not agree; the others still can.
    refused_by: Vec<String>,
    /// Whether this member may agree now.
    awaits: bool,
    /// The code that lets somebody in together with the link that whoever asked has; given once, to
    /// whoever agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    code: Option<Zeroizing<String>>,
}

/// All acts that a member may know of.
#[derive(Serialize, ToSchema)]
pub(super) struct ActsView<'a> {
    /// From the newest on.
    acts: Vec<ActView<'a>>,
    /// How many there are besides that cannot be read.
    unreadable: usize,
}

impl<'a> ActView<'a> {
    fn new(act: &'a PendingAct, awaits: bool, now: Timestamp) -> Self {
        let stage = act.stage(now);
        Self {
            id: act.id.to_string(),
            act: act.what.act().code(),
            what: code(&act.what),
            from: act.what.first_day().map(|day| day.to_string()),
            folio: act.what.case().map(|case| case.folio.to_string()),
            about: act.what.about().map(|member| member.to_string()),
            by: act.by.to_string(),
            reason: act.reason.expose(),
            asked_at: act.asked_at,
            until: match stage {
                Stage::Open { until } => until,
                Stage::Waiting
                | Stage::Unfinished
                | Stage::Over
                | Stage::Refused
                | Stage::Withdrawn
                | Stage::Expired => act.until,
            },
            stage: match stage {
                Stage::Waiting => "waiting",
                Stage::Unfinished => "unfinished",
                Stage::Open { .. } => "open",
                Stage::Over => "over",
                Stage::Refused => "refused",
                Stage::Withdrawn => "withdrawn",
                Stage::Expired => "expired",
            },
            second: act.second_person().map(|member| member.to_string()),
            refused_by: act.refused_by.iter().map(ToString::to_string).collect(),
            awaits,
            code: None,
        }
    }
}

told_as_on_pages!(Fault);

/// Acts that this member may know of: those that wait, those that are open, and those that are over.
#[utoipa::path(
    get, path = "/api/v1/acts",
    responses(
        (status = 200, description = "The acts", body = ActsView<'_>),
        (status = 403, description = "Not for this member",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn list(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let now = desk.clock.now();
    let seen = acts::seen_by(&desk, &member).await;
    let view = seen.as_ref().map(|seen| ActsView {
        unreadable: seen.damaged,
        acts: seen
            .records
            .iter()
            .map(|one| ActView::new(&one.act, one.awaits(&member, now), now))
            .collect(),
    });
    frame::answer(&desk, &request, StatusCode::OK, view)
}

/// Answers an act. When that makes two who agree, it is done before this answers.
#[utoipa::path(
    post, path = "/api/v1/acts/{act}",
    params(
        ("act" = String, Path, description = "Id of the act"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = AnswerView, content_type = "application/json"),
    responses(
        (status = 200, description = "The act as it is now", body = ActView<'_>),
        (status = 403, description = "Not for this member, or the token is missing",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 404, description = "There is no such act, for this member",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 409, description = "It does not wait any more",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn answer(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    act: Path<String>,
    payload: Payload,
) -> HttpResponse {
    let taken = take(&desk, &request, &member, &act, payload).await;
    let view = taken.as_ref().map(|Answered { act, effect }| {
        let code = match effect {
            Some(Effect::Code { code, .. }) => Some(code.text()),
            Some(Effect::Done | Effect::Window | Effect::Postponed | Effect::Nothing) | None => {
                None
            }
        };
        ActView {
            code,
            ..ActView::new(act, false, desk.clock.now())
        }
    });
    frame::answer(&desk, &request, StatusCode::OK, view)
}

async fn take(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    act: &str,
    payload: Payload,
) -> Result<Answered, Refusal<Fault>> {
    taking(desk, request, payload, async |sent: AnswerView| {
        let id: ActId = act.parse().map_err(|_| ActError::Hidden)?;
        let answer: Answer = sent.answer.parse().map_err(|_| Fault::Answer)?;
        acts::answer(desk, member, id, answer).await
    })
    .await
}

macro_rules! asked {
    ($($(#[$meta:meta])* $name:ident = $kind:ident at $path:literal),+ $(,)?) => {
        $($(#[$meta])*
        #[utoipa::path(
            post, path = $path,
            params(
                ("folio" = String, Path, description = "`CE-<year>-<6 digits>`"),
                ("X-CSRF-Token" = String, Header, description = "The token of the session"),
            ),
            request_body(content = AskView, content_type = "application/json"),
            responses(
                (status = 201, description = "It waits for another member", body = ActView<'_>),
                (status = 403, description = "Not for this member, or the token is missing",
                    body = ProblemView, content_type = "application/problem+json"),
                (status = 404, description = "There is no such case, for this member",
                    body = ProblemView, content_type = "application/problem+json"),
                (status = 422, description = "The reason or the member breaks a rule",
                    body = ProblemView, content_type = "application/problem+json"),
            ),
            security(("session" = []))
        )]
        pub(in crate::desk) async fn $name(
            desk: Data<Desk>,
            request: HttpRequest,
            member: Member,
            pass: CasePass,
            payload: Payload,
        ) -> HttpResponse {
            ask(&desk, &request, &member, &pass, (Kind::$kind, payload)).await
        })+
    };
}

asked! {
    /// Asks for seeing who filed a case.
    unmask = Unmask at "/api/v1/cases/{folio}/acts/unmask",
    /// Asks for taking a whole case out.
    export = Export at "/api/v1/cases/{folio}/acts/export",
    /// Asks for deleting a case.
    delete = Delete at "/api/v1/cases/{folio}/acts/delete",
    /// Asks for taking a case from a member.
    withdraw = Withdraw at "/api/v1/cases/{folio}/acts/withdraw",
}

async fn ask(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    pass: &CasePass,
    what: (Kind, Payload),
) -> HttpResponse {
    let (kind, payload) = what;
    let asked = taking(desk, request, payload, async |sent: AskView| {
        let told = Told {
            reason: sent.reason,
            member: sent.member,
        };
        asking::ask(desk, member, pass, kind, told).await
    })
    .await;
    let now = desk.clock.now();
    let view = asked
        .as_ref()
        .map(|kept| ActView::new(&kept.act, false, now));
    frame::answer(desk, request, StatusCode::CREATED, view)
}
