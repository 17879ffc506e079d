//! `POST`, `GET` and `DELETE /api/v1/session`, `POST /api/v1/session/second`: signing in and out.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use committee::keyring::Keyring;
use committee::members::factors::Way;
use domain::case::Folio;
use service::page;

use super::frame::{Refusal, Told as _, body_within, refused, told_as_on_pages};
use super::schemas::{SecondStep, SecondStepView, SessionView, SignIn};
use crate::desk::at_risk::AtRisk;
use crate::desk::gate::{Guest, Member, Unsealed};
use crate::desk::second_step::{self, Shown};
use crate::desk::session::{Begun, FirstStep, removal};
use crate::desk::sign_in::{self, Entered, SignInError, note_end, with_cookie};
use crate::desk::{Desk, fallback};

told_as_on_pages!(SignInError);

/// Signs in, or takes the first step of it.
#[utoipa::path(
    post, path = "/api/v1/session",
    request_body(content = SignIn, content_type = "application/json"),
    responses(
        (status = 201, description = "Signed in; the cookie is set", body = SessionView<'_>),
        (status = 202, description = "The second step is missing: the cookie is set for it alone",
            body = SecondStepView),
        (status = 400, description = "Not JSON",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 401, description = "Name and passphrase do not belong together",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "A field is missing, unknown or of the wrong type",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts wait",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    )
)]
pub(in crate::desk) async fn begin(
    desk: Data<Desk>,
    request: HttpRequest,
    Unsealed(keyring): Unsealed,
    payload: Payload,
) -> HttpResponse {
    match take(&desk, &keyring, &request, payload).await {
        Ok(Entered::In { begun, account }) => with_cookie(
            page::json(StatusCode::CREATED, &view(&account, &begun.token)),
            &begun,
        ),
        Ok(Entered::Half { begun, ways }) => {
            let second = ways.into_iter().map(Way::code).collect();
            let answer = page::json(StatusCode::ACCEPTED, &SecondStepView { second });
            with_cookie(answer, &begun)
        }
        Err(refusal) => refused(&desk, &request, &refusal),
    }
}

async fn take(
    desk: &Desk,
    keyring: &Keyring,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Entered, Refusal<SignInError>> {
    let SignIn { user, passphrase } = body_within(&desk.limits, request, payload).await?;
    let begun = sign_in::begin(desk, keyring, request, &user, passphrase).await;
    begun.map_err(Refusal::Own)
}

/// Takes the second step of signing in, with a code of the app or a recovery code.
#[utoipa::path(
    post, path = "/api/v1/session/second",
    request_body(content = SecondStep, content_type = "application/json"),
    responses(
        (status = 201, description = "Signed in; the cookie is set anew", body = SessionView<'_>),
        (status = 400, description = "Not JSON",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 401, description = "The first step is missing or too long ago, or the code is not one",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "A field is missing, unknown or of the wrong type",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts wait",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn second(
    desk: Data<Desk>,
    request: HttpRequest,
    step: Guest<FirstStep>,
    payload: Payload,
) -> HttpResponse {
    match take_second(&desk, &request, &step, payload).await {
        Ok(begun) => {
            let view = view(&step.what.account, &begun.token);
            with_cookie(page::json(StatusCode::CREATED, &view), &begun)
        }
        Err(refusal) => {
            let texts = desk.texts(&request);
            let problem = match &refusal {
                Refusal::Own(error) => second_step::problem(error, texts),
                Refusal::Body(_) | Refusal::Json(_) => refusal.told(texts),
            };
            problem.respond(texts)
        }
    }
}

async fn take_second(
    desk: &Desk,
    request: &HttpRequest,
    step: &Guest<FirstStep>,
    payload: Payload,
) -> Result<Begun, Refusal<SignInError>> {
    let SecondStep { code } = body_within(&desk.limits, request, payload).await?;
    let begun = second_step::take(desk, request, step, Shown::Code(code)).await;
    begun.map_err(Refusal::Own)
}

/// Who is signed in.
#[utoipa::path(
    get, path = "/api/v1/session",
    responses(
        (status = 200, description = "Signed in", body = SessionView<'_>),
        (status = 401, description = "Nobody is signed in",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    let session = &member.session;
    let at_risk = AtRisk::now(&desk, &member).await;
    if at_risk.is_unknown() {
        // A program must not read it as none.
        let texts = desk.texts(&request);
        return fallback::unavailable(texts).respond(texts);
    }
    let folios = at_risk.all().iter().map(Folio::to_string).collect();
    let shown = SessionView {
        life_at_risk: Some(folios),
        ..view(&session.account, &session.token)
    };
    page::json(StatusCode::OK, &shown)
}

/// Signs out.
#[utoipa::path(
    delete, path = "/api/v1/session",
    params(("X-CSRF-Token" = String, Header, description = "The token of the session")),
    responses(
        (status = 204, description = "Signed out"),
        (status = 403, description = "The token is missing or not the session's",
            body = super::schemas::ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn end(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
) -> HttpResponse {
    desk.sessions.end(&request);
    note_end(&desk, &member).await;
    let mut answer = HttpResponse::NoContent().finish();
    let _ = answer.add_cookie(&removal());
    answer
}

fn view<'a>(user: &'a str, csrf: &'a str) -> SessionView<'a> {
    SessionView {
        user,
        csrf,
        life_at_risk: None,
    }
}
