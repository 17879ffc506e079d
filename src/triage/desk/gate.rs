//! The one place that decides whether a request goes on.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::ErrorInternalServerError;
use actix_web::http::StatusCode;
use actix_web::http::header::{HOST, HeaderName, HeaderValue, ORIGIN, WWW_AUTHENTICATE};
use actix_web::middleware::Next;
use actix_web::web::{self, Data};
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, HttpResponse};
use committee::access::Access as CaseAccess;
use committee::keyring::Keyring;
use committee::members::roster::RosterError;
use committee::members::{Roster, SecondFactor, Versioned};
use domain::committee::{Act, Actor, MemberProfile, Relation, Ruling, policy};
use domain::complaint::SecretText;
use opening::PersonIdentity;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use service::body::BodyError;
use service::problem::Problem;
use zeroize::Zeroizing;

use super::Desk;
use super::account;
use super::at_risk::AtRisk;
use super::fallback;
use super::pass::{self, NoPass};
use super::routes::{self, Access, access};
use super::session::{Enrolment, FirstStep, Session, Visit};
use super::sign_in::to;
use committee::log::{Actor as LogActor, Recorder};

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
    /// The member's private key, for this request.
    pub(super) key: PersonIdentity,
    /// The member as kept now.
    pub(super) me: Versioned,
    /// What the policy is asked with.
    pub(super) actor: Actor,
    /// All members as kept now.
    pub(super) roster: Arc<Roster>,
    /// How cases are opened for members.
    pub(super) access: CaseAccess,
    /// Where a life may be at risk; for a page.
    pub(super) at_risk: AtRisk,
}

impl Member {
    /// The member's name, seat, unit and term.
    pub(super) fn profile(&self) -> &MemberProfile {
        &self.me.record.profile
    }

    /// Writes down what this member does now.
    pub(super) fn recorder<'a>(&'a self, desk: &'a Desk) -> Recorder<'a> {
        let actor = LogActor::Member(self.actor.id);
        desk.vault
            .log()
            .recorder(&self.keyring, actor, desk.clock.now())
    }

    /// Whether the member may do more than look after the own account.
    pub(super) fn is_in_office(&self) -> bool {
        self.actor.in_office
    }

    /// Whether there is a page of acts that take two for this member.
    pub(super) fn has_acts(&self) -> bool {
        policy::decide(&self.actor, Act::SecondAct, None) == Ruling::Allowed
    }

    /// Whether the member may do something on a case that they can open.
    fn may_inside(&self, act: Act) -> bool {
        policy::decide(&self.actor, act, Some(Relation::Entitled)) == Ruling::Allowed
    }

    /// Whether the member may write papers on a case that they can open.
    pub(super) fn may_write_papers(&self) -> bool {
        self.may_inside(Act::WritePaper)
    }

    /// Whether the member may make versions of a case that they can open.
    pub(super) fn may_redact(&self) -> bool {
        self.may_inside(Act::RedactFile)
    }

    /// Whether the member may copy a case that they can open into the Secretaría's system.
    pub(super) fn may_capture(&self) -> bool {
        self.may_inside(Act::CaptureCase)
    }

    /// Whether there is a log of incidents for this member.
    pub(super) fn has_incidents(&self) -> bool {
        policy::decide(&self.actor, Act::RecordIncident, None) == Ruling::Allowed
    }

    /// Whether this member may know who sits on the committee.
    pub(super) fn has_members(&self) -> bool {
        policy::decide(&self.actor, Act::ReadMembers, None) == Ruling::Allowed
    }

    /// Whether this member may seal the service.
    pub(super) fn may_seal(&self) -> bool {
        policy::decide(&self.actor, Act::SealService, None) == Ruling::Allowed
    }

    /// Whether there are sessions of the committee for this member.
    pub(super) fn has_meetings(&self) -> bool {
        policy::decide(&self.actor, Act::ReadMeetings, None) == Ruling::Allowed
    }

    /// Whether this member enters attentions.
    pub(super) fn has_attentions(&self) -> bool {
        policy::decide(&self.actor, Act::RecordAttention, None) == Ruling::Allowed
    }

    /// Whether this member keeps consultations and petitions.
    pub(super) fn has_matters(&self) -> bool {
        policy::decide(&self.actor, Act::KeepMatters, None) == Ruling::Allowed
    }

    /// Whether it is the member of the demonstration, who signs in without a second factor.
    pub(super) fn is_demonstration(&self) -> bool {
        let credentials = self.me.record.credentials();
        credentials.is_some_and(|kept| match kept.second {
            SecondFactor::Demonstration => true,
            SecondFactor::Required(_) => false,
        })
    }
}

/// Whoever else has a session that an address takes, in an unsealed service.
#[derive(Clone)]
pub(super) struct Guest<T> {
    pub(super) visit: Visit,
    pub(super) keyring: Arc<Keyring>,
    pub(super) what: T,
}

/// Somebody who opened the service and may invite the first members.
#[derive(Clone, Copy)]
pub(super) struct Founding;

impl FromRequest for Member {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(passed(request))
    }
}

impl<T: Clone + 'static> FromRequest for Guest<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(passed(request))
    }
}

/// The keyring, for whoever signs in.
#[derive(Clone)]
pub(super) struct Unsealed(pub(super) Arc<Keyring>);

impl FromRequest for Unsealed {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(passed(request))
    }
}

/// What the gate left for a handler.
pub(super) fn passed<T: Clone + 'static>(request: &HttpRequest) -> Result<T, Error> {
    let found = request.extensions().get::<T>().cloned();
    found.ok_or_else(|| ErrorInternalServerError("a handler was left outside the gate"))
}

/// The body of a form that the gate has read.
pub(super) struct Form(Zeroizing<Vec<u8>>);

impl Form {
    /// What came, whole.
    pub(super) fn into_bytes(self) -> Zeroizing<Vec<u8>> {
        self.0
    }

    fn token(&self) -> Option<SecretText> {
        self.parse::<TokenField>()?.csrf
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
    /// The members cannot be read.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// It is for the first page of all, and the member may see the own account alone.
    #[error("the member is not in office")]
    NotInOffice,
    /// The policy does not let it.
    #[error(transparent)]
    NoPass(#[from] NoPass),
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

/// Who calls, as far as the address asks for it.
enum Caller {
    /// Somebody before a sealed service.
    Nobody,
    /// Somebody who need not have a session.
    Anybody(Arc<Keyring>),
    Member(Box<Member>),
    FirstStep(Box<Guest<FirstStep>>),
    Enrolling(Box<Guest<Enrolment>>),
    Founding(Box<Guest<Founding>>),
}

async fn caller(
    desk: &Desk,
    access: Access,
    request: &HttpRequest,
    keyring: Arc<Keyring>,
) -> Result<Caller, Refusal> {
    match access {
        Access::Open | Access::Unseal | Access::SignIn => Ok(Caller::Anybody(keyring)),
        Access::Member(_) => {
            let (session, key) = desk.sessions.of(request).ok_or(Refusal::SignedOut)?;
            let member = member(desk, session, key, keyring).await?;
            Ok(Caller::Member(Box::new(member)))
        }
        Access::SecondStep => {
            let what = desk
                .sessions
                .first_step(request)
                .ok_or(Refusal::SignedOut)?;
            let visit = what.visit.clone();
            Ok(Caller::FirstStep(Box::new(Guest {
                visit,
                keyring,
                what,
            })))
        }
        Access::Enrolment => {
            let (visit, what) = desk.sessions.enrolment(request).ok_or(Refusal::SignedOut)?;
            Ok(Caller::Enrolling(Box::new(Guest {
                visit,
                keyring,
                what,
            })))
        }
        Access::Founding => {
            let visit = desk.sessions.founding(request).ok_or(Refusal::SignedOut)?;
            Ok(Caller::Founding(Box::new(Guest {
                visit,
                keyring,
                what: Founding,
            })))
        }
    }
}

/// The member of a session, as kept now: who was ended or readmitted meanwhile is out at once.
async fn member(
    desk: &Desk,
    session: Session,
    key: PersonIdentity,
    keyring: Arc<Keyring>,
) -> Result<Member, Refusal> {
    let roster = Roster::load(&*desk.cases, &keyring).await?;
    let me = roster
        .of(session.member)
        .filter(|me| {
            let credentials = me.record.credentials();
            credentials.is_some_and(|kept| kept.public == key.recipient())
        })
        .cloned();
    let Some(me) = me else {
        desk.sessions.end_all_of(session.member);
        return Err(Refusal::SignedOut);
    };
    let actor = Actor::of(&me.record.profile, &roster.profiles(), desk.today());
    let access = CaseAccess {
        cases: Arc::clone(&desk.cases),
        keyring: Arc::clone(&keyring),
        recovery: keyring.holders(),
        people: Arc::new(roster.people(desk.today())),
        today: desk.today(),
    };
    Ok(Member {
        access,
        session,
        keyring,
        key,
        me,
        actor,
        roster: Arc::new(roster),
        at_risk: AtRisk::default(),
    })
}

impl Caller {
    /// Whether a change carries the token of the session, where there is one. Programs that take the
    /// second step of signing in have none yet.
    fn carries_token(&self, desk: &Desk, request: &ServiceRequest, form: Option<&Form>) -> bool {
        match self {
            Self::Nobody | Self::Anybody(_) => true,
            Self::FirstStep(_) if form.is_none() => true,
            Self::Member(member) => {
                let header = || {
                    let value = request.headers().get(TOKEN_HEADER)?;
                    Some(SecretText::from(value.to_str().ok()?.to_owned()))
                };
                let token = match form {
                    Some(form) => form.token(),
                    None => header(),
                };
                token.is_some_and(|token| desk.sessions.accepts(&member.session, token.expose()))
            }
            Self::FirstStep(guest) => guest.visit.has_token(desk, form),
            Self::Enrolling(guest) => guest.visit.has_token(desk, form),
            Self::Founding(guest) => guest.visit.has_token(desk, form),
        }
    }
}

impl Visit {
    fn has_token(&self, desk: &Desk, form: Option<&Form>) -> bool {
        let token = form.and_then(Form::token);
        token.is_some_and(|token| desk.sessions.accepts_visit(self, token.expose()))
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
                return to(SIGN_IN);
            }
            Self::NotInOffice => return to(account::HERE),
            Self::Roster(error) => {
                return fallback::problem(desk, request, &fallback::no_members(texts, error));
            }
            Self::NoPass(NoPass::Hidden) => {
                return fallback::problem(desk, request, &fallback::no_such_case(texts));
            }
            Self::NoPass(NoPass::Refused) => (StatusCode::FORBIDDEN, "not-yours"),
            Self::NoPass(NoPass::Blocked) => (StatusCode::CONFLICT, "blocked"),
            Self::NoPass(error @ (NoPass::Store(_) | NoPass::Circle(_) | NoPass::Kept(_))) => {
                tracing::error!(cause = %error, "it cannot be found out who may open a case");
                (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
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
