//! `GET` and `POST /invitacion/{link}`, `POST /invitacion`: from a link and a code to a member.
//!
//! The link leads to a form that asks for the code and tells nothing. The right code begins a session of its
//! own, in which the second factor is offered: whoever saw the page before does not know it. A link that was
//! used, has expired, is void or never was gets one answer.

mod page;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use committee::keyring::Keyring;
use committee::log::{Actor, LogError};
use committee::members::factors::FirstFactor;
use committee::members::invitation::{Acceptance, Accepted};
use committee::members::passkey::{Label, PasskeyError};
use committee::members::roster::{ChangeError, RosterError};
use committee::members::strength::{StrongPassphrase, Weakness};
use committee::members::totp::{Totp, TotpSecret};
use committee::members::{
    Checked, Invitation, InvitationCode, MemberRecord, NoRandomness, Roster, Versioned,
};
use domain::complaint::SecretText;
use ring::rand::SystemRandom;
use serde::Deserialize;
use service::language::Texts;
use service::problem::Problem;

use super::credentials::{CredentialsError, Whose};
use super::gate::{Form, Guest, Unsealed};
use super::session::{Enrolment, removal};
use super::sign_in::{recorder, with_cookie};
use super::{Desk, DeskError, fallback, pages};

/// Where an invitation is accepted.
pub(super) const HERE: &str = "/invitacion";

#[derive(Deserialize)]
struct Fields {
    agreement: Option<String>,
    passphrase: Option<SecretText>,
    again: Option<SecretText>,
    code: Option<SecretText>,
    passkey: Option<SecretText>,
    label: Option<String>,
}

/// How often a guess is taken while others guess.
const ATTEMPTS: usize = 16;

#[derive(Deserialize)]
struct Guess {
    code: Option<SecretText>,
}

/// Why an invitation is not opened or accepted.
#[derive(Debug, thiserror::Error)]
pub(super) enum EnrolmentError {
    /// Used, too late, or never made.
    #[error("there is no such invitation")]
    Gone,
    /// The code that goes with the link is another.
    #[error("not the code of the invitation")]
    Spoken {
        /// How many more are taken.
        left: u8,
    },
    /// The form is not one of ours.
    #[error("not the form of an invitation")]
    Form,
    /// The confidentiality agreement is not accepted.
    #[error("the confidentiality agreement is not accepted")]
    Agreement,
    /// The passphrase was not typed twice alike.
    #[error("the passphrases differ")]
    Differ,
    /// The passphrase is not taken.
    #[error(transparent)]
    Weak(#[from] Weakness),
    /// The code is not one of the app's.
    #[error("the code is not one of the app's")]
    Code,
    /// The device did not prove itself.
    #[error(transparent)]
    Device(#[from] PasskeyError),
    /// The passphrase could not be worked on.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// The members cannot be read.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// The member was not written.
    #[error(transparent)]
    Change(ChangeError),
    /// Nothing could be drawn.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// No session could begin.
    #[error(transparent)]
    Session(#[from] DeskError),
    /// It could not be written down, so it is not done.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl EnrolmentError {
    /// What is told.
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        let (status, code) = match self {
            Self::Gone => (StatusCode::NOT_FOUND, "invitation"),
            Self::Spoken { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "invitation-code"),
            Self::Form => (StatusCode::BAD_REQUEST, "not-form"),
            Self::Agreement => (StatusCode::UNPROCESSABLE_ENTITY, "agreement"),
            Self::Differ => (StatusCode::UNPROCESSABLE_ENTITY, "differ"),
            Self::Weak(weakness) => (StatusCode::UNPROCESSABLE_ENTITY, weak(*weakness)),
            Self::Code => (StatusCode::UNPROCESSABLE_ENTITY, "code"),
            Self::Device(_) => (StatusCode::UNPROCESSABLE_ENTITY, "device"),
            Self::Credentials(error) => return error.problem(texts, "credentials"),
            Self::Roster(error) => return fallback::no_members(texts, error),
            Self::Change(_) | Self::Randomness(_) | Self::Session(_) | Self::Log(_) => {
                tracing::error!(cause = %self, "no invitation can be accepted");
                return fallback::unavailable(texts);
            }
        };
        Problem::new(texts, status, code)
    }
}

impl From<ChangeError> for EnrolmentError {
    fn from(error: ChangeError) -> Self {
        match error {
            // Somebody else accepted it, or it was taken back.
            ChangeError::Contended => Self::Gone,
            ChangeError::Store(_) | ChangeError::Seal(_) | ChangeError::Anchor(_) => {
                Self::Change(error)
            }
        }
    }
}

/// The name of what is told of a weak passphrase.
pub(super) fn weak(weakness: Weakness) -> &'static str {
    match weakness {
        Weakness::Short => "phrase-short",
        Weakness::Long => "phrase-long",
        Weakness::Personal => "phrase-personal",
        Weakness::Guessable => "phrase-guessable",
    }
}

/// What others know of a member, and no passphrase should be made of.
pub(super) fn known_of(record: &MemberRecord) -> Vec<String> {
    let unit = &record.profile.unit;
    let places = unit.place.iter().chain(&unit.area);
    std::iter::once(record.profile.name.full().to_string())
        .chain([record.login.as_str().to_owned()])
        .chain(places.map(|place| place.expose().to_owned()))
        .collect()
}

/// Asks for the code of an invitation, and tells nothing of it.
pub(super) async fn ask(
    desk: Data<Desk>,
    request: HttpRequest,
    Unsealed(keyring): Unsealed,
    link: Path<String>,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let asked = async {
        let half = InvitationCode::parse(&link).ok_or(EnrolmentError::Gone)?;
        invited(&desk, &keyring, &half).await?;
        Ok::<_, EnrolmentError>(half)
    };
    match asked.await {
        Ok(half) => page::code(texts, &half, None),
        Err(error) => pages::problem(texts, &error.problem(texts), None),
    }
}

/// Opens an invitation with its code.
pub(super) async fn open(
    desk: Data<Desk>,
    request: HttpRequest,
    Unsealed(keyring): Unsealed,
    link: Path<String>,
    form: Form,
) -> HttpResponse {
    let half = InvitationCode::parse(&link);
    let opened = async {
        let half = half.clone().ok_or(EnrolmentError::Gone)?;
        let Guess { code } = form.parse().ok_or(EnrolmentError::Form)?;
        let member = guessed(&desk, &keyring, &half, &code.unwrap_or_default()).await?;
        let enrolment = offer(&desk, half, &member.record)?;
        desk.sessions.end(&request);
        let begun = desk.sessions.begin_enrolment(enrolment.clone())?;
        Ok::<_, EnrolmentError>((member, enrolment, begun))
    };
    let texts = desk.texts(&request);
    match opened.await {
        Ok((member, enrolment, begun)) => {
            let form = page::form(texts, &member.record, &enrolment, &begun.token, None);
            with_cookie(form, &begun)
        }
        Err(error @ EnrolmentError::Spoken { left }) => match half {
            Some(half) if left > 0 => {
                let problem = error.problem(texts);
                page::code(texts, &half, Some((&problem, left)))
            }
            Some(_) | None => pages::problem(texts, &EnrolmentError::Gone.problem(texts), None),
        },
        Err(error) => pages::problem(texts, &error.problem(texts), None),
    }
}

/// Takes a guess of the code, and looks at it then: of many at once, no more count than there are.
async fn guessed(
    desk: &Desk,
    keyring: &Keyring,
    link: &InvitationCode,
    typed: &SecretText,
) -> Result<Versioned, EnrolmentError> {
    for _ in 0..ATTEMPTS {
        let found = invited(desk, keyring, link).await?;
        let id = found.record.profile.id;
        let taken = found
            .record
            .invitation()
            .and_then(Invitation::with_guess_taken)
            .ok_or(EnrolmentError::Gone)?;
        let record = found.record.invited_again(taken.clone());
        let kept = match found.replace(record, &*desk.cases, keyring).await {
            Ok(kept) => kept,
            Err(ChangeError::Contended) => continue,
            Err(error) => return Err(error.into()),
        };
        return match taken.check(id, typed.expose()) {
            Checked::Right => {
                let forgiven = kept.record.invited_again(taken.with_guesses_given_back());
                Ok(kept.replace(forgiven, &*desk.cases, keyring).await?)
            }
            Checked::Wrong { left } => {
                let now = desk.clock.now();
                let unknown = desk.vault.log().recorder(keyring, Actor::Unknown, now);
                unknown.invitation_refused(id, left).await?;
                Err(EnrolmentError::Spoken { left })
            }
        };
    }
    Err(EnrolmentError::Gone)
}

/// Accepts an invitation.
pub(super) async fn accept(
    desk: Data<Desk>,
    request: HttpRequest,
    guest: Guest<Enrolment>,
    form: Form,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let member = match invited(&desk, &guest.keyring, &guest.what.code).await {
        Ok(member) => member,
        Err(error) => return pages::problem(texts, &error.problem(texts), None),
    };
    match enrol(&desk, &guest, &member, &form).await {
        Ok(accepted) => {
            desk.sessions.end(&request);
            desk.sessions.end_founding();
            let mut answer = page::done(texts, &accepted);
            // A cookie of our own making is always one that a header can carry.
            let _ = answer.add_cookie(&removal());
            answer
        }
        Err(error) => {
            let problem = error.problem(texts);
            let (enrolment, token) = (&guest.what, &guest.visit.token);
            page::form(texts, &member.record, enrolment, token, Some(&problem))
        }
    }
}

async fn enrol(
    desk: &Desk,
    guest: &Guest<Enrolment>,
    member: &Versioned,
    form: &Form,
) -> Result<Accepted, EnrolmentError> {
    let fields: Fields = form.parse().ok_or(EnrolmentError::Form)?;
    if fields.agreement.is_none() {
        return Err(EnrolmentError::Agreement);
    }
    let passphrase = fields.passphrase.unwrap_or_default();
    if passphrase != fields.again.unwrap_or_default() {
        return Err(EnrolmentError::Differ);
    }
    let filled = |text: &SecretText| !text.expose().trim().is_empty();
    let first = if let Some(answer) = fields.passkey.filter(filled) {
        let label = fields.label.as_deref().and_then(Label::parse);
        let (Some(passkeys), Some(begun)) = (&desk.passkeys, &guest.what.passkey) else {
            return Err(EnrolmentError::Form);
        };
        let passkey = passkeys.registered(begun, answer.expose(), label.unwrap_or_default())?;
        FirstFactor::Passkey(Box::new(passkey))
    } else {
        let code = fields.code.unwrap_or_default();
        let totp = Totp::confirm(guest.what.totp.clone(), code.expose(), desk.clock.now());
        FirstFactor::Totp(totp.ok_or(EnrolmentError::Code)?)
    };
    let (record, agreement_on) = (member.record.clone(), desk.today());
    let accepted = desk
        .credentials
        .work(Whose::Known, move || {
            let known = known_of(&record);
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let acceptance = Acceptance {
                agreement_on,
                passphrase: StrongPassphrase::choose(passphrase, &known)?,
                first,
            };
            Ok::<_, EnrolmentError>(record.accept(acceptance, &SystemRandom::new())?)
        })
        .await??;
    let id = accepted.record.profile.id;
    recorder(desk, &guest.keyring, id).admitted(id).await?;
    member
        .replace(accepted.record.clone(), &*desk.cases, &guest.keyring)
        .await?;
    Ok(accepted)
}

async fn invited(
    desk: &Desk,
    keyring: &Keyring,
    code: &InvitationCode,
) -> Result<Versioned, EnrolmentError> {
    let roster = Roster::load(&*desk.cases, keyring).await?;
    let found = roster.invited_with(code, desk.today());
    found.cloned().ok_or(EnrolmentError::Gone)
}

fn offer(
    desk: &Desk,
    code: InvitationCode,
    record: &MemberRecord,
) -> Result<Enrolment, EnrolmentError> {
    let passkey = match &desk.passkeys {
        Some(passkeys) => {
            let profile = &record.profile;
            let name = profile.name.full();
            Some(passkeys.register(profile.id, record.login.as_str(), &name, &[])?)
        }
        None => None,
    };
    Ok(Enrolment {
        code,
        totp: TotpSecret::draw(&SystemRandom::new())?,
        passkey,
    })
}
