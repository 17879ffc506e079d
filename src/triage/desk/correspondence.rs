//! Writing to the person who filed: `POST /casos/{folio}/mensajes`, and what the interface shares
//! with it.
//!
//! A letter is one transaction of the case files: the text sealed to the case, the entry sealed to
//! the mailbox, and, for the one request for what is missing (prevención, CHIS 60), the state and the
//! term that runs from it. The worker copies the entry into the mailroom in its next round.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::access::recipient_of;
use domain::calendar::CalendarError;
use domain::case::{CaseState, Deadline};
use domain::catalogue::TermKey;
use domain::complaint::{FaultKind, FieldFaults, MessageText, SecretText};
use jiff::civil::Date;
use mailbox::{Author, Body, Entry, EntrySealError, Message, Notice};
use opening::OpenError;
use ring::rand::SecureRandom as _;
use sealing::{RecipientError, SealError};
use serde::Deserialize;
use service::language::Texts;
use service::problem::{Problem, fault_text};
use store::StoreError;
use store::casefiles::{DocumentId, DocumentKind, NewDocument, RunningTerm, SealedDocument};
use store::steps::{CaseChange, CaseStep, Stepped};

use super::case::{self, CaseError, Draft};
use super::dossier::{Dossier, DossierError};
use super::gate::{Form, Member};
use super::pass::CasePass;
use super::{Desk, fallback};
use crate::documents::{ReplyDocument, ReplyKind, place};
use crate::standing::standing;

/// The term that a request starts.
pub(super) const ANSWER_TERM: TermKey = TermKey::PrevencionDesahogo;

/// How often a position in the mailbox is tried while other entries take it.
const TRIES: u32 = 16;

/// What is to be written.
pub(super) struct Letter {
    pub(super) kind: ReplyKind,
    pub(super) text: MessageText,
}

/// What was written.
pub(super) struct Posted {
    /// Legal day of the letter.
    pub(super) posted_on: Date,
    /// Until when a request can be answered.
    pub(super) due_on: Option<Date>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub(super) enum LetterError {
    /// The request has not the fields that it must have.
    #[error("not a letter")]
    Form,
    /// The kind is none.
    #[error("not a kind of letter")]
    Kind,
    /// The text breaks a rule.
    #[error("the text breaks a rule")]
    Text(FaultKind),
    /// What is missing was asked for before, or the case has moved on.
    #[error("information cannot be asked for now")]
    NotNow,
    /// See there.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the service keeps for the case does not open.
    #[error("what the service keeps for a case does not open")]
    ServiceRecord(#[from] OpenError),
    /// The public key of the case is not valid.
    #[error("the public key of a case is not valid")]
    Recipient(#[from] RecipientError),
    /// The document could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The entry could not be sealed.
    #[error(transparent)]
    Entry(#[from] EntrySealError),
    /// The term ends after the calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The system has no randomness to give.
    #[error("no randomness")]
    Randomness,
    /// Other entries kept taking the position.
    #[error("a mailbox position stayed contended")]
    Contended,
}

impl LetterError {
    /// What is told to programs, and to people where there is no form to tell it at.
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        let unavailable = || {
            tracing::error!(cause = %self, "a letter was not written");
            fallback::unavailable(texts)
        };
        match self {
            Self::Form => Problem::new(texts, StatusCode::BAD_REQUEST, "not-form"),
            Self::Kind => Problem::fields(texts, &FieldFaults::one("kind", FaultKind::UnknownCode)),
            Self::Text(fault) => Problem::fields(texts, &FieldFaults::one("text", *fault)),
            Self::NotNow => Problem::new(texts, StatusCode::CONFLICT, "asked-before"),
            Self::Case(error) => error.problem(texts),
            Self::Store(_)
            | Self::ServiceRecord(_)
            | Self::Recipient(_)
            | Self::Seal(_)
            | Self::Entry(_)
            | Self::Calendar(_)
            | Self::Randomness
            | Self::Contended => unavailable(),
        }
    }
}

#[derive(Deserialize)]
struct Fields {
    kind: Option<String>,
    text: Option<SecretText>,
}

/// A letter from what came from outside.
pub(super) fn parse(kind: Option<&str>, text: Option<SecretText>) -> Result<Letter, LetterError> {
    let kind = kind.unwrap_or(ReplyKind::Message.code());
    Ok(Letter {
        kind: kind.parse().map_err(|_| LetterError::Kind)?,
        text: MessageText::parse(text.unwrap_or_default()).map_err(LetterError::Text)?,
    })
}

/// The form on the page of a case.
pub(super) async fn send(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    form: Form,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let told = |error: &LetterError| fallback::problem(&desk, &request, &error.problem(texts));
    let Some(Fields { kind, text }) = form.parse() else {
        return told(&LetterError::Form);
    };
    let written = text.clone().unwrap_or_default();
    let dossier = match case::find(&desk, &member, &pass).await {
        Ok(dossier) => dossier,
        Err(error) => return told(&error.into()),
    };
    let outcome = match parse(kind.as_deref(), text) {
        Ok(letter) => write(&desk, &member, &dossier, &letter).await,
        Err(error) => Err(error),
    };
    let (status, error) = match outcome {
        Ok(_) => {
            let place = format!("/casos/{}#mensajes", dossier.entry.folio);
            return HttpResponse::SeeOther()
                .insert_header((LOCATION, place))
                .finish();
        }
        Err(LetterError::Text(fault)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, fault_text(texts, fault))
        }
        Err(LetterError::NotNow) => (StatusCode::CONFLICT, texts.get("problem-asked-before")),
        Err(error) => return told(&error),
    };
    // The page shows the whole case, so that is what was done.
    let recorder = member.recorder(&desk);
    if let Err(error) = recorder.case_opened(dossier.entry.folio).await {
        return told(&CaseError::from(error).into());
    }
    let draft = Draft {
        written: written.expose(),
        error: Some(error),
    };
    case::answer(&desk, &member, &pass, texts, status, &dossier, draft).await
}

/// Writes a letter; it is durable when this returns.
pub(super) async fn write(
    desk: &Desk,
    member: &Member,
    dossier: &Dossier,
    letter: &Letter,
) -> Result<Posted, LetterError> {
    let asks = match letter.kind {
        ReplyKind::Message => false,
        ReplyKind::Request if dossier.can_ask() => true,
        ReplyKind::Request => return Err(LetterError::NotNow),
    };
    let today = desk.today();
    let start = asks.then(|| answer_term(desk, today)).transpose()?;
    let recorder = member.recorder(desk);
    let folio = dossier.entry.folio;
    recorder.letter_sent(folio).await.map_err(CaseError::from)?;
    for _ in 0..TRIES {
        let step = step(desk, member, dossier, letter, start).await?;
        match desk.cases.step(&step).await? {
            Stepped::Now => {
                return Ok(Posted {
                    posted_on: today,
                    due_on: start.map(|term| term.deadline.due_on),
                });
            }
            Stepped::Outdated | Stepped::LogTaken => {}
        }
    }
    Err(LetterError::Contended)
}

/// The term of an answer to what is asked for on a day.
pub(super) fn answer_term(desk: &Desk, today: Date) -> Result<RunningTerm, CalendarError> {
    let due_on = desk.calendar.due(today, ANSWER_TERM.term().amount())?;
    Ok(RunningTerm {
        deadline: Deadline {
            key: ANSWER_TERM,
            due_on,
        },
        starts_on: today,
    })
}

/// The letter sealed for the place in the mailbox that is next now.
async fn step(
    desk: &Desk,
    member: &Member,
    dossier: &Dossier,
    letter: &Letter,
    start: Option<RunningTerm>,
) -> Result<CaseStep, LetterError> {
    let keyring = &*member.keyring;
    let id = dossier.entry.id;
    let unknown = || LetterError::Case(CaseError::Unknown);
    let case = desk.cases.handle(id).await?.ok_or_else(unknown)?;
    let state = match start {
        Some(_) if case.state != CaseState::UnderReview => return Err(LetterError::NotNow),
        Some(_) => Some((case.state, CaseState::NeedsInformation)),
        None => None,
    };
    let today = desk.today();
    let text = || SecretText::from(letter.text.expose().to_owned());
    let register = desk.cases.case(case.folio).await?.ok_or_else(unknown)?;
    let terms = register.terms.into_iter().chain(start);
    let next = state.map_or(case.state, |(_, next)| next);
    let stands = standing(next, case.folio, terms, Notice::NeedsInformation);
    let (standing, situation) = match state {
        Some(_) => (Some(stands), None),
        None => (None, Some(stands.into())),
    };
    let entry = Entry {
        posted_on: today,
        body: Body::Message(Message {
            standing,
            situation,
            ..Message::written(Author::Committee, text())
        }),
    };
    let record = keyring.open_service_record(id, &case.service_record)?;
    let entry = mailbox::seal(
        &record.mailbox_key,
        record.lookup_id,
        case.next_position,
        &entry,
        keyring.rng(),
    )?;

    let mut drawn = [0; 16];
    keyring
        .rng()
        .fill(&mut drawn)
        .map_err(|_| LetterError::Randomness)?;
    let document = DocumentId(drawn);
    let content = ReplyDocument {
        kind: letter.kind,
        text: text(),
        by: member.session.account.to_string(),
        position: case.next_position,
    };
    let recipient = recipient_of(&*desk.cases, keyring, &case)
        .await
        .map_err(DossierError::from)
        .map_err(CaseError::from)?;
    let place = place(id, document, DocumentKind::Reply, today);
    Ok(CaseStep {
        document: Some(NewDocument {
            recipient: case.recipient,
            document: SealedDocument {
                id: document,
                kind: DocumentKind::Reply,
                written_on: today,
                sealed: recipient.seal(&place, &content, keyring.rng())?,
            },
        }),
        entry: Some(entry),
        change: CaseChange {
            state,
            start: start.into_iter().collect(),
            ..CaseChange::default()
        },
        ..CaseStep::on(id)
    })
}
