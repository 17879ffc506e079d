//! The one place that decides whether a request goes on.
//!
//! `caller` finds out who calls, `member` is what a handler gets of them, `form` is what they sent, and
//! `refusal` is why a request does not go on.

mod caller;
mod form;
mod member;
mod refusal;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HOST, HeaderName, HeaderValue, ORIGIN};
use actix_web::middleware::Next;
use actix_web::web::{self, Data};
use actix_web::{Error, HttpMessage as _, HttpRequest};
use domain::committee::Act;
use service::body::BodyError;

use self::caller::{Caller, caller};
pub(super) use self::form::Form;
pub(super) use self::member::{Founding, Guest, Member, Unsealed, passed};
use self::refusal::Refusal;
use super::at_risk::AtRisk;
use super::pass::{self, NoPass};
use super::routes::{self, Access, access};
use super::{Desk, fallback};

const FORM: &str = "application/x-www-form-urlencoded";
/// Of the form that brings a file.
const FORM_WITH_FILE: &str = "multipart/form-data";
/// Where signing in happens.
pub(super) const SIGN_IN: &str = "/entrar";
/// Carries the session's token in calls of the interface.
pub(super) const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-csrf-token");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

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
    // As the server matches it, whatever other ways there are to write it.
    let path = request.match_info().as_str().to_owned();
    let access = access(request.method(), &path);
    let keyring = match (access, desk.vault.keyring()) {
        (Access::Open, _) => return Ok(()),
        (Access::Unseal, None) => None,
        (Access::Unseal, Some(_)) => return Err(Refusal::Unsealed),
        (_, None) => return Err(Refusal::Sealed),
        (_, Some(keyring)) => Some(keyring),
    };
    let changes = !request.method().is_safe();
    if changes && !is_own(request.request()) {
        return Err(Refusal::Foreign);
    }
    let mut caller = match keyring {
        Some(keyring) => caller(desk, access, request.request(), keyring).await?,
        None => Caller::Nobody,
    };
    if let Caller::Member(member) = &mut caller
        && !fallback::is_for_programs(request.request())
    {
        member.at_risk = AtRisk::now(desk, member).await;
        // For the page that tells of a problem, too.
        request
            .extensions_mut()
            .insert::<AtRisk>(member.at_risk.clone());
    }
    // Before anything of the body is read: what is not for a member is answered alike whatever they send.
    let pass = match (&caller, access) {
        (Caller::Member(member), Access::Member(act)) => {
            match pass::ask(desk, member, act, &path).await {
                Ok(pass) => pass,
                Err(NoPass::Refused) if path == "/" && !member.is_in_office() => {
                    return Err(Refusal::NotInOffice);
                }
                Err(refused) => {
                    note(desk, member, act, &path, &refused).await;
                    return Err(refused.into());
                }
            }
        }
        _ => None,
    };
    // Forms are read here, after the session is known, so that no handler can forget the token.
    let form = if changes && !fallback::is_for_programs(request.request()) {
        let payload = request
            .extract::<web::Payload>()
            .await
            .map_err(|_| BodyError::Broken)?;
        let limits = match caller {
            Caller::Nobody | Caller::Anybody(_) => &desk.limits,
            Caller::Member(_)
            | Caller::FirstStep(_)
            | Caller::Enrolling(_)
            | Caller::Founding(_) => &desk.letters,
        };
        let kind = match caller {
            Caller::Nobody => FORM_WITH_FILE,
            Caller::Anybody(_)
            | Caller::Member(_)
            | Caller::FirstStep(_)
            | Caller::Enrolling(_)
            | Caller::Founding(_) => FORM,
        };
        Some(Form(limits.read(request.request(), payload, kind).await?))
    } else {
        None
    };
    if changes && !caller.carries_token(desk, request, form.as_ref()) {
        // Somebody may have tried it in the member's name.
        if let (Caller::Member(member), Access::Member(act)) = (&caller, access) {
            note(desk, member, act, &path, &NoPass::Refused).await;
        }
        return Err(Refusal::Token);
    }
    let mut extensions = request.extensions_mut();
    if let Some(pass) = pass {
        extensions.insert(pass);
    }
    match caller {
        Caller::Nobody => {}
        Caller::Anybody(keyring) => {
            extensions.insert(Unsealed(keyring));
        }
        Caller::Member(member) => {
            extensions.insert(*member);
        }
        Caller::FirstStep(guest) => {
            extensions.insert(*guest);
        }
        Caller::Enrolling(guest) => {
            extensions.insert(*guest);
        }
        Caller::Founding(guest) => {
            extensions.insert(*guest);
        }
    }
    if let Some(form) = form {
        extensions.insert(form);
    }
    Ok(())
}

/// Writes down that a request was refused.
async fn note(desk: &Desk, member: &Member, act: Act, path: &str, refused: &NoPass) {
    let case = routes::folio_in(path).and_then(|folio| folio.parse().ok());
    pass::note(desk, member, act, case, refused).await;
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
