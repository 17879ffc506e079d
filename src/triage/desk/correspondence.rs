//! Writing to the person who filed: `POST /casos/{folio}/mensajes`, and what the interface shares
//! with it.
//!
//! A letter is one transaction of the case files: the text sealed to the case, and the entry sealed to
//! the mailbox. The one request for what is missing (prevención, CHIS 60) is a step of the procedure. The
//! worker copies the entry into the mailroom in its next round.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::access::recipient_of;
use committee::documents::random_id;
use domain::catalogue::TermKey;
use domain::complaint::{FaultKind, FieldFaults, MessageText, SecretText};
use domain::procedure::{About, Clock, Element, Move, Refused, Step};
use jiff::civil::Date;
use mailbox::{Author, Body, Entry, EntrySealError, Message, Notice};
use opening::OpenError;
use sealing::{RecipientError, SealError};
use service::language::Texts;
use service::problem::{Problem, fault_text};
use store::StoreError;
use store::casefiles::{DocumentId, DocumentKind, NewDocument, SealedDocument};
use store::steps::{CaseStep, Stepped};

use super::case::{self, CaseError, Draft};
use super::dossier::{Dossier, DossierError};
use super::gate::{Form, Member};
use super::pass::CasePass;
use super::procedure::make::{StepError, make};
use super::{Desk, fallback};
use crate::documents::{ReplyDocument, ReplyKind, place};
use crate::standing::standing;

/// The term that a request starts.
const ANSWER_TERM: TermKey = TermKey::PrevencionDesahogo;

/// How often a position in the mailbox is tried while other entries take it.
const TRIES: u32 = 16;

/// What is to be written.
pub(super) struct Letter {
    pub(super) kind: ReplyKind,
    pub(super) text: MessageText,
    /// What is missing, of a request.
    pub(super) missing: BTreeSet<Element>,
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
    /// What is said to be missing is none of what a complaint has.
    #[error("not an element of a complaint")]
    Element,
    /// What is missing was asked for before, or the case has moved on.
    #[error("information cannot be asked for now")]
    NotNow,
    /// See there.
    #[error(transparent)]
    Step(StepError),
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
            Self::Element => {
                Problem::fields(texts, &FieldFaults::one("missing", FaultKind::UnknownCode))
            }
            Self::Step(error) => error.problem(texts),
            Self::NotNow => Problem::new(texts, StatusCode::CONFLICT, "asked-before"),
            Self::Case(error) => error.problem(texts),
            Self::Store(_)
            | Self::ServiceRecord(_)
            | Self::Recipient(_)
            | Self::Seal(_)
            | Self::Entry(_)
            | Self::Contended => unavailable(),
        }
    }
}

/// A letter from what came from outside. A request that says nothing of what is missing asks about the
/// facts.
pub(super) fn parse<'a>(
    kind: Option<&str>,
    text: Option<SecretText>,
    missing: impl IntoIterator<Item = &'a str>,
) -> Result<Letter, LetterError> {
    let kind = kind.unwrap_or(ReplyKind::Message.code());
    let missing = missing.into_iter().map(str::parse);
    let mut missing: BTreeSet<Element> = missing
        .collect::<Result<_, _>>()
        .map_err(|_| LetterError::Element)?;
    if missing.is_empty() {
        missing.insert(Element::Facts);
    }
    Ok(Letter {
        kind: kind.parse().map_err(|_| LetterError::Kind)?,
        text: MessageText::parse(text.unwrap_or_default()).map_err(LetterError::Text)?,
        missing,
    })
}

/// The fields of the form, of which that for what is missing may come more than once.
struct Fields(Vec<(String, SecretText)>);

impl Fields {
    fn all(&self, name: &str) -> impl Iterator<Item = &SecretText> {
        let fields = self.0.iter().filter(move |(field, _)| field == name);
        fields.map(|(_, value)| value)
    }
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
    let Some(fields) = form.parse().map(Fields) else {
        return told(&LetterError::Form);
    };
    let kind = fields.all("kind").next().map(SecretText::expose);
    let text = fields.all("text").next().cloned();
    let missing = fields.all("missing").map(SecretText::expose);
    let written = text.clone().unwrap_or_default();
    let dossier = match case::find(&desk, &member, &pass).await {
        Ok(dossier) => dossier,
        Err(error) => return told(&error.into()),
    };
    let outcome = match parse(kind, text, missing) {
        Ok(letter) => write(&desk, &member, &dossier, letter).await,
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
    letter: Letter,
) -> Result<Posted, LetterError> {
    match letter.kind {
        ReplyKind::Message => send_message(desk, member, dossier, &letter.text).await,
        ReplyKind::Request => ask(desk, member, dossier, letter).await,
    }
}

/// Asks for what is missing, which is a step of the procedure.
async fn ask(
    desk: &Desk,
    member: &Member,
    dossier: &Dossier,
    letter: Letter,
) -> Result<Posted, LetterError> {
    let step = Step::from(Move::AskForInformation {
        missing: letter.missing,
        question: letter.text,
    });
    let made = make(desk, member, dossier, &step).await;
    let made = made.map_err(|error| {
        if let StepError::Refused(Refused::NotNow { .. } | Refused::OnlyOnce { .. }) = error {
            LetterError::NotNow
        } else {
            LetterError::Step(error)
        }
    })?;
    let due = made.course.clock(ANSWER_TERM, About::Case);
    Ok(Posted {
        posted_on: made.on,
        due_on: due.map(Clock::due_on),
    })
}

async fn send_message(
    desk: &Desk,
    member: &Member,
    dossier: &Dossier,
    text: &MessageText,
) -> Result<Posted, LetterError> {
    let recorder = member.recorder(desk);
    let folio = dossier.entry.folio;
    recorder.letter_sent(folio).await.map_err(CaseError::from)?;
    for _ in 0..TRIES {
        let step = step(desk, member, dossier, text).await?;
        match desk.cases.step(&step).await? {
            Stepped::Now => {
                return Ok(Posted {
                    posted_on: desk.today(),
                    due_on: None,
                });
            }
            Stepped::Outdated | Stepped::LogTaken => {}
        }
    }
    Err(LetterError::Contended)
}

/// Until when a request that is sent today can be answered.
pub(super) fn answer_until(desk: &Desk) -> Option<Date> {
    let amount = ANSWER_TERM.term().amount();
    desk.calendar().due(desk.today(), amount).ok()
}

/// A message sealed for the place in the mailbox that is next now.
async fn step(
    desk: &Desk,
    member: &Member,
    dossier: &Dossier,
    written: &MessageText,
) -> Result<CaseStep, LetterError> {
    let keyring = &*member.keyring;
    let id = dossier.entry.id;
    let unknown = || LetterError::Case(CaseError::Unknown);
    let case = desk.cases.handle(id).await?.ok_or_else(unknown)?;
    let today = desk.today();
    let text = || SecretText::from(written.expose().to_owned());
    let register = desk.cases.case(case.folio).await?.ok_or_else(unknown)?;
    let stands = standing(case.state, case.folio, register.terms, Notice::Opened);
    let entry = Entry {
        posted_on: today,
        body: Body::Message(Message {
            situation: Some(stands.into()),
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
    let document = DocumentId(random_id(keyring.rng())?);
    let content = ReplyDocument {
        kind: ReplyKind::Message,
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
        ..CaseStep::on(id)
    })
}
