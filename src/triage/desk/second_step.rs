//! `GET` and `POST /entrar/segundo`: the second step of signing in, with a code or a device.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::members::factors::Way;
use committee::members::{Factors, SecondFactor, Versioned};
use domain::complaint::SecretText;
use serde::Deserialize;
use service::language::Texts;
use service::problem::Problem;

use super::credentials::{CredentialsError, Records};
use super::gate::{Form, Guest};
use super::known_device::KnownDevice;
use super::pages::{self, Frame};
use super::session::{Begun, FirstStep};
use super::sign_in::{SignInError, begin_member, recorder, to, told, with_cookie};
use super::{Desk, fallback};

/// Where the second step is taken.
pub(super) const HERE: &str = "/entrar/segundo";

#[derive(Template)]
#[template(path = "second_step.html")]
struct Page<'a> {
    frame: Frame<'a>,
    problem: Option<&'a Problem>,
    token: &'a str,
    /// Whether an app shows codes.
    totp: bool,
    /// Whether recovery codes are left.
    recovery: bool,
    /// The challenge for a device, if there is one.
    options: Option<String>,
}

#[derive(Deserialize)]
struct Fields {
    code: Option<SecretText>,
    passkey: Option<SecretText>,
}

/// What is shown as second factor.
pub(super) enum Shown {
    /// A code of the app, or a recovery code.
    Code(SecretText),
    /// What a device answered.
    Device(SecretText),
}

/// The form.
pub(super) async fn form(
    desk: Data<Desk>,
    request: HttpRequest,
    step: Guest<FirstStep>,
) -> HttpResponse {
    page(&desk, &request, &step, None).await
}

/// Takes the second step.
pub(super) async fn enter(
    desk: Data<Desk>,
    request: HttpRequest,
    step: Guest<FirstStep>,
    form: Form,
) -> HttpResponse {
    let shown = form.parse::<Fields>().and_then(|fields| {
        let filled = |text: &SecretText| !text.expose().trim().is_empty();
        let device = fields.passkey.filter(filled).map(Shown::Device);
        device.or(fields.code.filter(filled).map(Shown::Code))
    });
    let outcome = match shown {
        Some(shown) => take(&desk, &request, &step, shown).await,
        None => Err(SignInError::Form),
    };
    match outcome {
        Ok(begun) => with_cookie(to("/"), &begun),
        Err(error) => {
            let problem = problem(&error, desk.texts(&request));
            page(&desk, &request, &step, Some(&problem)).await
        }
    }
}

/// What is told of a second step that failed.
pub(super) fn problem(error: &SignInError, texts: &Texts) -> Problem {
    match error {
        SignInError::Credentials(error) => error.problem(texts, "code"),
        SignInError::Form | SignInError::Session(_) | SignInError::Log(_) => error.problem(texts),
    }
}

/// Checks the second factor, and begins the member's session under a new id; the one of the first step
/// ends.
pub(super) async fn take(
    desk: &Desk,
    request: &HttpRequest,
    step: &Guest<FirstStep>,
    shown: Shown,
) -> Result<Begun, SignInError> {
    let FirstStep {
        member,
        account,
        key,
        visit,
    } = &step.what;
    let records = Records {
        cases: &*desk.cases,
        keyring: &step.keyring,
    };
    let now = desk.clock.now();
    let device = KnownDevice::of(request, &step.keyring, account, now);
    let checked = match &shown {
        Shown::Code(code) => {
            let take =
                |factors: &mut Factors| factors.take(*member, code.expose(), now).map(|_| ());
            desk.credentials
                .second(records, *member, device, take)
                .await
        }
        Shown::Device(answer) => {
            let begun = desk.sessions.take_challenge(visit);
            let take = |factors: &mut Factors| {
                let (passkeys, begun) = (desk.passkeys.as_ref()?, begun.as_deref()?);
                let known = factors.passkeys_mut();
                passkeys.proven(begun, answer.expose(), known).ok()
            };
            desk.credentials
                .second(records, *member, device, take)
                .await
        }
    };
    let fits = |kept: &Versioned| {
        let credentials = kept.record.credentials();
        credentials.is_some_and(|credentials| credentials.public == key.recipient())
    };
    match checked {
        Ok((kept, ())) if fits(&kept) => {
            recorder(desk, &step.keyring, *member).signed_in().await?;
            desk.sessions.end(request);
            Ok(begin_member(desk, &step.keyring, *member, account, key)?)
        }
        Ok(_) => Err(CredentialsError::Wrong(Some(*member)).into()),
        Err(error) => {
            if let CredentialsError::Wrong(_) = error {
                desk.sessions.note_wrong(visit);
            }
            told(desk, &step.keyring, Err(error)).await
        }
    }
}

async fn page(
    desk: &Desk,
    request: &HttpRequest,
    step: &Guest<FirstStep>,
    problem: Option<&Problem>,
) -> HttpResponse {
    let texts = desk.texts(request);
    let found = Versioned::load(step.what.member, &*desk.cases, &step.keyring).await;
    let member = match found {
        Ok(member) => member,
        Err(error) => {
            return pages::problem(texts, &fallback::no_members(texts, &error), None);
        }
    };
    let factors = member
        .as_ref()
        .and_then(|member| match &member.record.credentials()?.second {
            SecondFactor::Required(factors) => Some(factors),
            SecondFactor::Demonstration => None,
        });
    let Some(factors) = factors else {
        return to(super::gate::SIGN_IN);
    };
    let options = desk.passkeys.as_ref().and_then(|passkeys| {
        let proving = passkeys.challenge(factors.passkeys()).ok()?;
        let options = proving.options.clone();
        desk.sessions.put_challenge(&step.visit, proving);
        Some(options)
    });
    let ways = factors.ways(desk.passkeys.is_some());
    let status = pages::status_of(problem);
    let scripted = options.is_some();
    let page = Page {
        frame: Frame::outside(texts),
        problem,
        token: &step.visit.token,
        totp: ways.contains(&Way::Totp),
        recovery: ways.contains(&Way::Recovery),
        options,
    };
    pages::page_with_script(texts, status, &page, scripted)
}
