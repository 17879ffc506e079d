//! What a member may change about the own account.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use committee::log::LogError;
use committee::members::factors::{LastFactor, TooMany};
use committee::members::passkey::{Label, PasskeyError};
use committee::members::passphrase::ProtectedKey;
use committee::members::recovery_codes::{RecoveryCode, RecoveryCodes};
use committee::members::roster::ChangeError;
use committee::members::strength::{StrongPassphrase, Weakness};
use committee::members::totp::Totp;
use committee::members::{Factors, MemberRecord, NoRandomness, SecondFactor};
use domain::coded_enum;
use domain::complaint::SecretText;
use notices::address::NotAnAddress;
use notices::key::NotAMailKey;
use ring::rand::SystemRandom;
use serde::Deserialize;
use service::language::Texts;
use service::problem::Problem;

use super::mail;
use crate::desk::credentials::{CredentialsError, Known, Records, Whose};
use crate::desk::enrolment::{known_of, weak};
use crate::desk::gate::{Form, Member};
use crate::desk::known_device::KnownDevice;
use crate::desk::session::Setup;
use crate::desk::sign_in::note_end;
use crate::desk::{Desk, fallback};
use crate::mail::contact::ContactError;

coded_enum! {
    /// What is to be done.
    pub(super) enum Action {
        /// End one session.
        EndSession = "end-session",
        /// End all sessions but this one.
        EndOthers = "end-others",
        /// Set up an app, in place of the one before.
        SetApp = "set-app",
        /// Remove the app.
        RemoveApp = "remove-app",
        /// Take up a device.
        AddDevice = "add-device",
        /// Remove a device.
        RemoveDevice = "remove-device",
        /// Make recovery codes anew.
        NewCodes = "new-codes",
        /// Change the passphrase.
        NewPhrase = "new-phrase",
        /// Say where mail goes.
        SetMail = "set-mail",
        /// Want no mail.
        NoMail = "no-mail",
    }
}

#[derive(Deserialize)]
struct Fields {
    action: Option<Action>,
    session: Option<String>,
    device: Option<String>,
    current: Option<SecretText>,
    code: Option<SecretText>,
    passkey: Option<SecretText>,
    label: Option<String>,
    passphrase: Option<SecretText>,
    again: Option<SecretText>,
    address: Option<String>,
    mail_key: Option<String>,
}

/// What came of it.
pub(super) enum Done {
    /// The page shows it.
    Nothing,
    /// New recovery codes, to be shown once.
    Codes(Vec<RecoveryCode>),
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub(super) enum AccountError {
    /// The form is not one of ours.
    #[error("not a form of the account")]
    Form,
    /// The passphrase is not the member's, or could not be checked.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// The code is not one of the app's.
    #[error("the code is not one of the app's")]
    Code,
    /// The device did not prove itself.
    #[error(transparent)]
    Device(#[from] PasskeyError),
    /// It is the last factor.
    #[error(transparent)]
    Last(#[from] LastFactor),
    /// There are enough devices.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The new passphrase was not typed twice alike.
    #[error("the passphrases differ")]
    Differ,
    /// The new passphrase is not taken.
    #[error(transparent)]
    Weak(#[from] Weakness),
    /// The member of the demonstration has no factors.
    #[error("the member of the demonstration has no second factor")]
    Demonstration,
    /// The record was not written.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// Nothing could be drawn.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// It is no address that mail can be sent to.
    #[error(transparent)]
    Address(#[from] NotAnAddress),
    /// It is no key that mail can be sealed to.
    #[error(transparent)]
    MailKey(#[from] NotAMailKey),
    /// Where mail goes was not kept.
    #[error(transparent)]
    Contact(#[from] ContactError),
    /// It could not be written down, so it is not done.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl AccountError {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        let code = match self {
            Self::Form => return Problem::new(texts, StatusCode::BAD_REQUEST, "not-form"),
            Self::Credentials(error) => return error.problem(texts, "passphrase"),
            Self::Code => "code",
            Self::Device(_) => "device",
            Self::Last(_) => "last-factor",
            Self::TooMany(_) => "too-many-devices",
            Self::Differ => "differ",
            Self::Weak(weakness) => weak(*weakness),
            Self::Demonstration => "demonstration",
            Self::Address(_) => "mail-address",
            Self::MailKey(NotAMailKey::Unreadable) => "mail-key",
            Self::MailKey(NotAMailKey::Private) => "mail-key-private",
            Self::MailKey(NotAMailKey::NothingToSealTo) => "mail-key-useless",
            Self::MailKey(NotAMailKey::Ended) => "mail-key-ended",
            Self::Change(_) | Self::Randomness(_) | Self::Log(_) | Self::Contact(_) => {
                tracing::error!(cause = %self, "an account cannot be changed");
                return fallback::unavailable(texts);
            }
        };
        Problem::new(texts, StatusCode::UNPROCESSABLE_ENTITY, code)
    }
}

/// Does what a form asks for.
pub(super) async fn take(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    form: &Form,
) -> Result<Done, AccountError> {
    let fields: Fields = form.parse().ok_or(AccountError::Form)?;
    let action = fields.action.ok_or(AccountError::Form)?;
    match action {
        Action::EndSession => {
            let handle = fields.session.ok_or(AccountError::Form)?;
            desk.sessions.end_one(&member.session, &handle);
            note_end(desk, member).await;
            return Ok(Done::Nothing);
        }
        Action::EndOthers => {
            desk.sessions.end_others(&member.session);
            note_end(desk, member).await;
            return Ok(Done::Nothing);
        }
        Action::SetApp
        | Action::RemoveApp
        | Action::AddDevice
        | Action::RemoveDevice
        | Action::NewCodes
        | Action::NewPhrase
        | Action::SetMail
        | Action::NoMail => {}
    }
    let records = Records {
        cases: &*desk.cases,
        keyring: &member.keyring,
    };
    let current = fields.current.clone().unwrap_or_default();
    let account = &member.session.account;
    let device = KnownDevice::of(request, &member.keyring, account, desk.clock.now());
    let known = desk
        .credentials
        .confirm(records, account, device, member.session.member, current)
        .await?;
    let mut record = known.member.record.clone();
    let done = match action {
        Action::SetMail => {
            return mail::set(desk, member, fields.address, fields.mail_key).await;
        }
        Action::NoMail => return mail::stop(desk, member).await,
        Action::NewPhrase => new_phrase(desk, &mut record, &known, fields).await?,
        Action::EndSession
        | Action::EndOthers
        | Action::SetApp
        | Action::RemoveApp
        | Action::AddDevice
        | Action::RemoveDevice
        | Action::NewCodes => change_factors(desk, member, &mut record, action, &fields)?,
    };
    member.recorder(desk).factor_changed().await?;
    known
        .member
        .replace(record, records.cases, records.keyring)
        .await?;
    desk.sessions.put_setup(&member.session, None);
    // Whoever else is signed in as this member got in with what counts no more.
    desk.sessions.end_others(&member.session);
    Ok(done)
}

fn change_factors(
    desk: &Desk,
    member: &Member,
    record: &mut MemberRecord,
    action: Action,
    fields: &Fields,
) -> Result<Done, AccountError> {
    let id = record.profile.id;
    let factors = factors_of(record)?;
    let Setup { totp, passkey } = desk.sessions.setup(&member.session);
    match action {
        Action::SetApp => {
            let code = fields.code.as_ref().map_or("", SecretText::expose);
            let confirmed = totp.and_then(|totp| Totp::confirm(totp, code, desk.clock.now()));
            factors.set_totp(confirmed.ok_or(AccountError::Code)?);
        }
        Action::RemoveApp => factors.remove_totp()?,
        Action::AddDevice => {
            let answer = fields.passkey.as_ref().ok_or(AccountError::Form)?;
            let (Some(passkeys), Some(begun)) = (&desk.passkeys, passkey) else {
                return Err(AccountError::Form);
            };
            let label = fields.label.as_deref().and_then(Label::parse);
            let label = label.unwrap_or_default();
            let passkey = passkeys.registered(&begun, answer.expose(), label)?;
            factors.add_passkey(passkey)?;
        }
        Action::RemoveDevice => {
            let device = fields.device.as_deref().ok_or(AccountError::Form)?;
            factors.remove_passkey(device)?;
        }
        Action::NewCodes => {
            let (kept, codes) = RecoveryCodes::draw(id, &SystemRandom::new())?;
            factors.set_recovery(kept);
            return Ok(Done::Codes(codes));
        }
        Action::EndSession
        | Action::EndOthers
        | Action::NewPhrase
        | Action::SetMail
        | Action::NoMail => {}
    }
    Ok(Done::Nothing)
}

async fn new_phrase(
    desk: &Desk,
    record: &mut MemberRecord,
    known: &Known,
    fields: Fields,
) -> Result<Done, AccountError> {
    let passphrase = fields.passphrase.unwrap_or_default();
    if passphrase != fields.again.unwrap_or_default() {
        return Err(AccountError::Differ);
    }
    let (key, id) = (known.key.clone(), record.profile.id);
    let about = known_of(record);
    let sealed = desk
        .credentials
        .work(Whose::Known, move || {
            let about: Vec<&str> = about.iter().map(String::as_str).collect();
            let strong = StrongPassphrase::choose(passphrase, &about)?;
            Ok::<_, AccountError>(ProtectedKey::seal(&key, &strong, id, &SystemRandom::new())?)
        })
        .await??;
    if let Some(credentials) = record.credentials_mut() {
        credentials.key = sealed;
    }
    Ok(Done::Nothing)
}

fn factors_of(record: &mut MemberRecord) -> Result<&mut Factors, AccountError> {
    match record.credentials_mut().map(|kept| &mut kept.second) {
        Some(SecondFactor::Required(factors)) => Ok(factors),
        Some(SecondFactor::Demonstration) | None => Err(AccountError::Demonstration),
    }
}
