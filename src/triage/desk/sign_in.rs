//! `GET` and `POST /entrar`, `POST /salir`: the first step of signing in, and signing out.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::keyring::Keyring;
use committee::log::{Actor, LogError, Recorder};
use committee::members::SecondFactor;
use committee::members::factors::Way;
use domain::committee::MemberId;
use domain::complaint::SecretText;
use opening::PersonIdentity;
use serde::Deserialize;
use service::language::Texts;
use service::problem::Problem;

use super::credentials::{CredentialsError, Records};
use super::gate::{Form, Member, SIGN_IN, Unsealed};
use super::known_device::KnownDevice;
use super::session::{Begun, removal};
use super::throttle::NotNow;
use super::{Desk, DeskError, fallback, known_device, pages, second_step};

#[derive(Deserialize)]
struct Fields {
    user: Option<String>,
    passphrase: Option<SecretText>,
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub(super) enum SignInError {
    /// The request has not the fields that it must have.
    #[error("not a name and a passphrase")]
    Form,
    /// See there.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// The session could not begin.
    #[error(transparent)]
    Session(#[from] DeskError),
    /// It could not be written down, so nobody is let in.
    #[error(transparent)]
    Log(#[from] LogError),
}

/// What the first step leads to.
pub(super) enum Entered {
    /// Signed in: the member of the demonstration.
    In { begun: Begun, account: Arc<str> },
    /// The second step is to come.
    Half { begun: Begun, ways: Vec<Way> },
}

impl SignInError {
    /// What is told; a member who does not exist and a wrong passphrase are one and the same.
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        let (status, code) = match self {
            Self::Form => (StatusCode::BAD_REQUEST, "not-form"),
            Self::Credentials(error) => return error.problem(texts, "credentials"),
            Self::Log(error) => return fallback::not_logged(texts, error),
            Self::Session(_) => {
                tracing::error!(cause = %self, "nobody can sign in");
                (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
            }
        };
        Problem::new(texts, status, code)
    }
}

impl CredentialsError {
    /// What is told; `wrong` names what was wrong.
    pub(super) fn problem(&self, texts: &Texts, wrong: &'static str) -> Problem {
        let (status, code) = match self {
            Self::Wrong(_) => (StatusCode::UNAUTHORIZED, wrong),
            Self::NotNow(NotNow::Crowded) => (StatusCode::TOO_MANY_REQUESTS, "crowded"),
            Self::NotNow(NotNow::Early(_)) => (StatusCode::TOO_MANY_REQUESTS, "early"),
            Self::Roster(error) => return fallback::no_members(texts, error),
            Self::Change(_) | Self::Broken => {
                tracing::error!(cause = %self, "nobody can sign in");
                (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
            }
        };
        Problem::new(texts, status, code)
    }
}

/// Checks name and passphrase and begins a session under a new id. The session that the request
/// came with, if any, ends.
pub(super) async fn begin(
    desk: &Desk,
    keyring: &Keyring,
    request: &HttpRequest,
    name: &str,
    passphrase: SecretText,
) -> Result<Entered, SignInError> {
    let records = Records {
        cases: &*desk.cases,
        keyring,
    };
    let device = KnownDevice::of(request, keyring, name, desk.clock.now());
    let checked = desk
        .credentials
        .check(records, name, device, passphrase)
        .await;
    let known = told(desk, keyring, checked).await?;
    let record = &known.member.record;
    let (id, account) = (record.profile.id, record.login.as_str());
    if let Some(SecondFactor::Demonstration) = record.credentials().map(|kept| &kept.second) {
        recorder(desk, keyring, id).signed_in().await?;
    }
    desk.sessions.end(request);
    match record.credentials().map(|kept| &kept.second) {
        Some(SecondFactor::Required(factors)) => Ok(Entered::Half {
            ways: factors.ways(desk.passkeys.is_some()),
            begun: desk.sessions.begin_first(id, account, &known.key)?,
        }),
        Some(SecondFactor::Demonstration) => Ok(Entered::In {
            begun: begin_member(desk, keyring, id, account, &known.key)?,
            account: account.into(),
        }),
        None => Err(CredentialsError::Wrong(Some(id)).into()),
    }
}

/// Begins the session of a member who is signed in, and lets the browser be known from now on.
pub(super) fn begin_member(
    desk: &Desk,
    keyring: &Keyring,
    member: MemberId,
    account: &str,
    key: &PersonIdentity,
) -> Result<Begun, DeskError> {
    let device = known_device::make(keyring, account, desk.clock.now())?;
    let begun = desk.sessions.begin_member(member, account, key)?;
    Ok(begun.with_device(device))
}

/// What came of a check; one that failed is written down.
pub(super) async fn told<T>(
    desk: &Desk,
    keyring: &Keyring,
    checked: Result<T, CredentialsError>,
) -> Result<T, SignInError> {
    if let Err(CredentialsError::Wrong(account)) = checked {
        let unknown = desk
            .vault
            .log()
            .recorder(keyring, Actor::Unknown, desk.clock.now());
        unknown.sign_in_refused(account).await?;
    }
    Ok(checked?)
}

/// Writes down what a member does who is not signed in yet.
pub(super) fn recorder<'a>(desk: &'a Desk, keyring: &'a Keyring, member: MemberId) -> Recorder<'a> {
    let actor = Actor::Member(member);
    desk.vault.log().recorder(keyring, actor, desk.clock.now())
}

/// The form.
pub(super) async fn form(desk: Data<Desk>, request: HttpRequest) -> HttpResponse {
    if desk.sessions.of(&request).is_some() {
        return to("/");
    }
    pages::sign_in(desk.texts(&request), StatusCode::OK, None)
}

/// Takes the first step.
pub(super) async fn enter(
    desk: Data<Desk>,
    request: HttpRequest,
    Unsealed(keyring): Unsealed,
    form: Form,
) -> HttpResponse {
    match take(&desk, &keyring, &request, &form).await {
        Ok(Entered::In { begun, .. }) => with_cookie(to("/"), &begun),
        Ok(Entered::Half { begun, .. }) => with_cookie(to(second_step::HERE), &begun),
        Err(error) => {
            let texts = desk.texts(&request);
            let problem = error.problem(texts);
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::UNAUTHORIZED);
            pages::sign_in(texts, status, Some(&problem))
        }
    }
}

async fn take(
    desk: &Desk,
    keyring: &Keyring,
    request: &HttpRequest,
    form: &Form,
) -> Result<Entered, SignInError> {
    let Fields {
        user: Some(user),
        passphrase: Some(passphrase),
    } = form.parse().ok_or(SignInError::Form)?
    else {
        return Err(SignInError::Form);
    };
    begin(desk, keyring, request, &user, passphrase).await
}

/// Signs out.
pub(super) async fn leave(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    desk.sessions.end(&request);
    note_end(&desk, &member).await;
    let mut answer = to(SIGN_IN);
    let _ = answer.add_cookie(&removal());
    answer
}

/// Writes down that a session has ended. Nobody is kept in because it cannot be written.
pub(super) async fn note_end(desk: &Desk, member: &Member) {
    if let Err(error) = member.recorder(desk).session_ended().await {
        tracing::error!(cause = %error, "the end of a session is not in the log");
    }
}

/// An answer that carries a new session.
pub(super) fn with_cookie(mut answer: HttpResponse, begun: &Begun) -> HttpResponse {
    for cookie in begun.cookies() {
        // A cookie of our own making is always one that a header can carry.
        let _ = answer.add_cookie(&cookie);
    }
    answer
}

/// Sends a browser somewhere else.
pub(super) fn to(place: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, place))
        .finish()
}
