//! `GET` and `POST /abrir`, `POST /sellar`: opening the service with the members' shares, and sealing it.

use actix_multipart::Multipart;
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::keyring::KeyringError;
use futures_util::{StreamExt as _, stream};
use opening::Passphrase;
use service::language::Texts;
use service::problem::Problem;
use zeroize::Zeroizing;

use super::gate::{Form, Member, SIGN_IN};
use super::members::founding;
use super::pages::{self, Frame};
use super::session::removal;
use super::sign_in::{to, with_cookie};
use super::{BODY_BYTES, Desk, fallback};
use crate::vault::{HandInError, Progress, UnsealError};

/// Where the service is opened.
pub(super) const HERE: &str = "/abrir";

/// The field with a holder's file.
const SHARE: &str = "share";
/// The field with the holder's passphrase.
const PASSPHRASE: &str = "passphrase";
/// Most parts that are looked at.
const PARTS: usize = 4;

#[derive(Template)]
#[template(path = "unseal.html")]
struct Page<'a> {
    frame: Frame<'a>,
    problem: Option<&'a Problem>,
    /// How many have come, and how many are missing.
    progress: Option<String>,
    /// Whether shares are taken at all.
    takes: bool,
}

/// A file and a passphrase.
struct HandedIn {
    file: Zeroizing<Vec<u8>>,
    passphrase: Zeroizing<Vec<u8>>,
}

/// The form.
pub(super) async fn form(desk: Data<Desk>, request: HttpRequest) -> HttpResponse {
    page(
        desk.texts(&request),
        StatusCode::OK,
        desk.vault.progress(),
        None,
    )
}

/// Takes a share.
pub(super) async fn hand_in(desk: Data<Desk>, request: HttpRequest, form: Form) -> HttpResponse {
    let texts = desk.texts(&request);
    let outcome = match HandedIn::read(&request, form).await {
        Some(HandedIn { file, passphrase }) => match std::str::from_utf8(&passphrase) {
            Ok(passphrase) => {
                let passphrase = Passphrase::from(passphrase.to_owned());
                desk.vault.hand_in(file.to_vec(), passphrase).await
            }
            Err(_) => Err(HandInError::Broken),
        },
        None => Err(HandInError::Broken),
    };
    match outcome {
        Ok(Progress::Open) => match founding::begin(&desk).await {
            Some(begun) => with_cookie(to(founding::HERE), &begun),
            None => to(SIGN_IN),
        },
        Ok(Progress::NoShares | Progress::Nothing | Progress::Some { .. }) => to(HERE),
        Err(error) => {
            let (status, code) = match &error {
                HandInError::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "share-refused"),
                HandInError::Broken => (StatusCode::BAD_REQUEST, "not-form"),
                HandInError::Crowded => (StatusCode::TOO_MANY_REQUESTS, "crowded"),
                HandInError::Unseal(UnsealError::Log(cause)) => {
                    let problem = fallback::not_logged(texts, cause);
                    let status = StatusCode::SERVICE_UNAVAILABLE;
                    return page(texts, status, desk.vault.progress(), Some(&problem));
                }
                HandInError::Unseal(
                    cause @ (UnsealError::Anchor(_)
                    | UnsealError::Keyring(KeyringError::Gone | KeyringError::Older)),
                ) => {
                    tracing::error!(cause = %cause, "the service's own state was changed");
                    (StatusCode::SERVICE_UNAVAILABLE, "state-changed")
                }
                HandInError::Unseal(UnsealError::Calendar(cause)) => {
                    tracing::error!(cause = %cause, "the committee's calendar cannot be read");
                    (StatusCode::SERVICE_UNAVAILABLE, "calendar-altered")
                }
                HandInError::Unseal(cause @ (UnsealError::OtherKey | UnsealError::Keyring(_))) => {
                    tracing::error!(cause = %cause, "the shares open a key that the service cannot work with");
                    (StatusCode::CONFLICT, "unseal-failed")
                }
            };
            let problem = Problem::new(texts, status, code);
            page(texts, status, desk.vault.progress(), Some(&problem))
        }
    }
}

/// Seals the service: it forgets its key, and everybody is signed out.
pub(super) async fn seal(desk: Data<Desk>, member: Member) -> HttpResponse {
    if let Err(error) = member.recorder(&desk).service_sealed().await {
        // Sealing protects: it is the one act that goes before its entry.
        tracing::error!(cause = %error, "the service is sealed without an entry in the log");
    }
    desk.vault.seal().await;
    desk.sessions.end_all();
    desk.register.forget().await;
    let mut answer = to(HERE);
    let _ = answer.add_cookie(&removal());
    answer
}

impl HandedIn {
    /// Reads both fields; `None` if the form is not one that a browser makes of our page.
    async fn read(request: &HttpRequest, form: Form) -> Option<Self> {
        has_plain_boundary(request).then_some(())?;
        let body = Bytes::copy_from_slice(&form.into_bytes());
        let whole = stream::iter([Ok::<_, PayloadError>(body)]);
        let mut parts = Multipart::new(request.headers(), whole);
        let (mut file, mut passphrase) = (None, None);
        for _ in 0..PARTS {
            let Some(part) = parts.next().await else {
                break;
            };
            let mut part = part.ok()?;
            let field = match part.name()? {
                SHARE => &mut file,
                PASSPHRASE => &mut passphrase,
                _ => return None,
            };
            // As long as the whole body may be, so that the buffer never moves.
            let mut bytes = Zeroizing::new(Vec::with_capacity(BODY_BYTES));
            while let Some(piece) = part.next().await {
                bytes.extend_from_slice(&piece.ok()?);
            }
            *field = Some(bytes);
        }
        Some(Self {
            file: file?,
            passphrase: passphrase?,
        })
    }
}

/// A boundary of 1 to 70 characters (RFC 2046, 5.1.1), which is what the parser is made for.
fn has_plain_boundary(request: &HttpRequest) -> bool {
    request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once("boundary="))
        .is_some_and(|(_, boundary)| (1..=70).contains(&boundary.trim_matches('"').len()))
}

fn page(
    texts: &Texts,
    status: StatusCode,
    progress: Progress,
    problem: Option<&Problem>,
) -> HttpResponse {
    let takes = progress != Progress::NoShares;
    let progress = match progress {
        Progress::Some { came, needed } => Some(texts.fill(
            "desk-unseal-progress",
            &[("came", &came.to_string()), ("needed", &needed.to_string())],
        )),
        Progress::NoShares | Progress::Nothing | Progress::Open => None,
    };
    pages::page(
        texts,
        status,
        &Page {
            frame: Frame::outside(texts),
            problem,
            progress,
            takes,
        },
    )
}
