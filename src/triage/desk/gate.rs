//! The one place that decides whether a request goes on.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::ErrorInternalServerError;
use actix_web::http::StatusCode;
use actix_web::http::header::{HOST, HeaderName, HeaderValue, LOCATION, ORIGIN, WWW_AUTHENTICATE};
use actix_web::middleware::Next;
use actix_web::web::{self, Data};
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, HttpResponse};
use domain::complaint::SecretText;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use service::body::BodyError;
use service::problem::Problem;
use zeroize::Zeroizing;

use super::Desk;
use super::fallback;
use super::routes::{Access, access};
use super::session::Session;
use committee::keyring::Keyring;
use committee::log::{Actor, Recorder};

const FORM: &str = "application/x-www-form-urlencoded";
/// Of the form that brings a file.
const FORM_WITH_FILE: &str = "multipart/form-data";
/// Where signing in happens.
pub(super) const SIGN_IN: &str = "/entrar";
/// Carries the session's token in calls of the interface.
pub(super) const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-csrf-token");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// A signed-in member of an unsealed service. Only the gate makes one, and it holds the only way to
/// the keyring.
#[derive(Clone)]
pub(super) struct Member {
    pub(super) session: Session,
    pub(super) keyring: Arc<Keyring>,
}

impl Member {
    /// Writes down what this member does now.
    pub(super) fn recorder<'a>(&'a self, desk: &'a Desk) -> Recorder<'a> {
        let log = desk.vault.log();
        log.recorder(&self.keyring, Actor::Founders, desk.clock.now())
    }
}

impl FromRequest for Member {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let member = request.extensions().get::<Self>().cloned();
        ready(member.ok_or_else(|| ErrorInternalServerError("a handler was left outside the gate")))
    }
}

/// The body of a form that the gate has read.
pub(super) struct Form(Zeroizing<Vec<u8>>);

impl Form {
    /// What came, whole.
    pub(super) fn into_bytes(self) -> Zeroizing<Vec<u8>> {
        self.0
    }

    /// Its fields, if they are all there, and once each.
    pub(super) fn parse<T: DeserializeOwned>(&self) -> Option<T> {
        let text = std::str::from_utf8(&self.0).ok()?;
        web::Query::<T>::from_query(text)
            .ok()
            .map(web::Query::into_inner)
    }
}

impl FromRequest for Form {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let form = request.extensions_mut().remove::<Self>();
        ready(form.ok_or_else(|| ErrorInternalServerError("a form was left outside the gate")))
    }
}

#[derive(Deserialize)]
struct TokenField {
    csrf: Option<SecretText>,
}

/// Why a request does not go on.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    /// The service has no key.
    #[error("the service is sealed")]
    Sealed,
    /// The service is open already.
    #[error("the service is open")]
    Unsealed,
    /// It changes something and comes from another site.
    #[error("the request comes from another site")]
    Foreign,
    /// There is no session, or it has ended.
    #[error("nobody is signed in")]
    SignedOut,
    /// It changes something without the session's token.
    #[error("the token of the session is missing or not the one")]
    Token,
    /// Its form could not be read.
    #[error(transparent)]
    Body(#[from] BodyError),
}

/// Lets a request through to its handler, or answers it.
pub(super) async fn check(
    desk: Data<Desk>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody, BoxBody>>, Error> {
    match admit(&desk, &mut request).await {
        Ok(()) => Ok(next.call(request).await?.map_into_left_body()),
        Err(refusal) => {
            let answer = refusal.answer(&desk, request.request());
            Ok(request.into_response(answer).map_into_right_body())
        }
    }
}

async fn admit(desk: &Desk, request: &mut ServiceRequest) -> Result<(), Refusal> {
    let access = access(request.method(), request.path());
    if access == Access::Open {
        return Ok(());
    }
    let keyring = match (desk.vault.keyring(), access) {
        (None, Access::Unseal) => None,
        (None, Access::Open | Access::SignIn | Access::Member(_)) => return Err(Refusal::Sealed),
        (Some(_), Access::Unseal) => return Err(Refusal::Unsealed),
        (Some(keyring), Access::Open | Access::SignIn | Access::Member(_)) => Some(keyring),
    };
    let changes = !request.method().is_safe();
    if changes && !is_own(request.request()) {
        return Err(Refusal::Foreign);
    }
    let session = match access {
        Access::Member(_) => Some(
            desk.sessions
                .of(request.request())
                .ok_or(Refusal::SignedOut)?,
        ),
        Access::Open | Access::Unseal | Access::SignIn => None,
    };
    // Forms are read here, after the session is known, so that no handler can forget the token.
    let form = if changes && !fallback::is_for_programs(request.request()) {
        let payload = request
            .extract::<web::Payload>()
            .await
            .map_err(|_| BodyError::Broken)?;
        let limits = match session {
            Some(_) => &desk.letters,
            None => &desk.limits,
        };
        let kind = match access {
            Access::Unseal => FORM_WITH_FILE,
            Access::Open | Access::SignIn | Access::Member(_) => FORM,
        };
        Some(Form(limits.read(request.request(), payload, kind).await?))
    } else {
        None
    };
    if let (Some(session), Some(keyring)) = (session, keyring) {
        if changes && !carries_token(desk, request, &session, form.as_ref()) {
            return Err(Refusal::Token);
        }
        request.extensions_mut().insert(Member { session, keyring });
    }
    if let Some(form) = form {
        request.extensions_mut().insert(form);
    }
    Ok(())
}

fn carries_token(
    desk: &Desk,
    request: &ServiceRequest,
    session: &Session,
    form: Option<&Form>,
) -> bool {
    if let Some(form) = form {
        let field = form.parse::<TokenField>().and_then(|fields| fields.csrf);
        field.is_some_and(|token| desk.sessions.accepts(session, token.expose()))
    } else {
        let header = request
            .headers()
            .get(TOKEN_HEADER)
            .and_then(|value| value.to_str().ok());
        header.is_some_and(|token| desk.sessions.accepts(session, token))
    }
}

/// Whether a request comes from our own pages or from no page at all.
///
/// Browsers say so in `Sec-Fetch-Site`; older ones in `Origin`, which our pages' own forms send as
/// `null`, because they ask for no referrer. `null` alone is therefore refused: any site can send it.
fn is_own(request: &HttpRequest) -> bool {
    let header = |name: HeaderName| request.headers().get(name).map(HeaderValue::as_bytes);
    if let Some(site) = header(FETCH_SITE) {
        return site == b"same-origin" || site == b"none";
    }
    match (header(ORIGIN), header(HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => [b"https://".as_slice(), b"http://"]
            .iter()
            .any(|scheme| origin.strip_prefix(*scheme) == Some(host)),
        (Some(_), None) => false,
    }
}

impl Refusal {
    fn answer(&self, desk: &Desk, request: &HttpRequest) -> HttpResponse {
        let texts = desk.texts(request);
        let programs = fallback::is_for_programs(request);
        let (status, code) = match self {
            Self::Sealed => (StatusCode::SERVICE_UNAVAILABLE, "sealed"),
            Self::Foreign => (StatusCode::FORBIDDEN, "foreign"),
            Self::Token => (StatusCode::FORBIDDEN, "token"),
            Self::SignedOut if programs => (StatusCode::UNAUTHORIZED, "signed-out"),
            Self::SignedOut | Self::Unsealed => {
                return HttpResponse::SeeOther()
                    .insert_header((LOCATION, SIGN_IN))
                    .finish();
            }
            Self::Body(error) => {
                return fallback::problem(desk, request, &Problem::body(texts, *error));
            }
        };
        let mut answer = fallback::problem(desk, request, &Problem::new(texts, status, code));
        if status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Cookie realm=\"guiando\"");
            answer.headers_mut().insert(WWW_AUTHENTICATE, scheme);
        }
        answer
    }
}
