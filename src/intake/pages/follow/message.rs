//! `POST /seguimiento/mensaje`: a further message, an answer, or what is stated about a handover.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::{Complaint, FaultKind, MessageText, ReferralConsent, SecretText};
use jiff::civil::Date;
use sealing::{EvidenceItem, FollowUp, TrackingToken};
use service::language::Texts;
use service::page::AnswerSize;
use service::problem::{Problem, fault_text};

use super::super::form::Fields;
use super::super::{echo, problem, unavailable};
use super::files::{self, NotReceived, PENDING, Pending, Received, Told};
use super::room::{in_html, size_for};
use super::view::MessageForm;
use super::{
    NoMailbox, TOKEN, find, kept, mailbox_page, no_mailbox_page, not_now, read, unknown_page,
    words_first,
};
use crate::abuse::Wait;
use crate::evidence::{HeldFile, Undecided, items};
use crate::filing::FilingError;
use crate::held_view::{RefusedFile, undecided};
use crate::message_id::Once;
use crate::multipart::is_multipart;
use crate::page_seal::PageSealError;
use crate::shared::Shared;
use crate::visit::Visit;

/// The field of the text.
pub(super) const TEXT: &str = "text";
/// Whether it answers what the committee asked for.
pub(super) const ANSWERS: &str = "answers_request";
/// What is stated about handing the case over.
pub(super) const CONSENT: &str = "referral_consent";
/// What each page draws, so that what it sends counts once.
pub(super) const ONCE: &str = "once";
/// The wait that a page carries in a flood.
pub(super) const DELAY: &str = "delay";

/// The least size of an answer to files, which brings them back sealed with what was found in them.
const WITH_FILES: AnswerSize = AnswerSize::Large;

/// Why a further message was not taken.
#[derive(Debug, thiserror::Error)]
enum NotSent {
    #[error("the text breaks a rule")]
    Text(FaultKind),
    #[error("the mailbox is full")]
    Full,
    #[error("no file was taken")]
    Files(Vec<RefusedFile>),
    #[error("the store took no file")]
    NotStored,
    #[error(transparent)]
    Undecided(#[from] Undecided),
    #[error(transparent)]
    Page(#[from] PageSealError),
    #[error("messages come in a flood")]
    Wait(Wait),
    #[error(transparent)]
    Filing(#[from] FilingError),
}

/// What is to become of a form.
enum Wish {
    /// It is sent as it is.
    Send(FollowUp, Option<Once>),
    /// It waits for the person to look at what was found in the files.
    Look(Waiting),
    /// They have looked and send it.
    SendFiles(Waiting),
}

/// A message with files, beside what went wrong while they came.
struct Waiting {
    pending: Pending,
    sealed: String,
    refused: Vec<RefusedFile>,
    unavailable: bool,
}

pub(in crate::pages) async fn send(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let t = shared.texts(&request);
    let visit = shared.visit(&request);
    let (received, broken) = if is_multipart(&request) {
        files::receive(&shared, t, &request, payload).await
    } else {
        match read(&shared, &request, payload).await {
            Ok(fields) => (Received::of(fields), None),
            Err(unreadable) => return unreadable.answer(t),
        }
    };
    // However long it waits from here on: this is the day of the letter. Its files are looked at now as well,
    // by the house's own calendar.
    let received_on = shared.today();
    let size = size_of(&received);
    let (fields, wish) = wish(&shared, t, received);
    if let Some(broken) = broken {
        return not_received(t, visit, size, broken, &fields, wish);
    }
    let (token, seen) = match find(&shared, &request, fields.value(TOKEN), None).await {
        // The place is given up before the store is waited for: others want to look.
        Ok((token, reading)) => (token, reading.leave()),
        Err(error) => return no_mailbox(t, visit, size, &error, &fields, wish),
    };
    if !seen.known {
        return unknown_page(t, visit, size, &token);
    }
    let found = seen.mailbox.found;
    if let Some(first) = words_first(t, (size, StatusCode::CONFLICT), &token, found) {
        return first;
    }
    let filed = seen.mailbox.filed.as_deref();
    let whose = (&token, filed.map(|filed| &*filed.complaint));
    let post = Post {
        shared: &shared,
        request: &request,
        token: &token,
        delay: fields.value(DELAY),
        received_on,
        full: seen.full,
    };
    let outcome = match wish {
        Ok(Wish::Look(waiting)) => return waiting.page(t, size, whose, None, None),
        Ok(Wish::SendFiles(waiting)) => match post.send_files(&waiting).await {
            Err(NotSent::Wait(wait)) => {
                return waiting.page(t, size, whose, Some(wait.problem(t)), Some(&wait));
            }
            Err(NotSent::Full) => {
                return waiting.page(t, size, whose, Some(full_problem(t)), None);
            }
            Err(NotSent::Undecided(_)) => {
                return waiting.page(t, size, whose, Some(undecided(t)), None);
            }
            Err(NotSent::Filing(_)) => {
                return waiting.page(t, size, whose, Some(unavailable(t)), None);
            }
            outcome => outcome,
        },
        Ok(Wish::Send(told, once)) => post.send(told, once).await,
        Err(error) => Err(error),
    };
    let (status, form) = match outcome {
        Err(NotSent::Wait(wait)) => {
            let problem = wait.problem(t);
            return kept::page(t, size, &token, &fields, problem, Some(&wait));
        }
        Ok(()) => (
            StatusCode::CREATED,
            MessageForm {
                sent: true,
                ..MessageForm::default()
            },
        ),
        Err(error) => failed(t, &fields, error),
    };
    mailbox_page(&shared, t, (size, status), &token, &seen, form).await
}

/// The size of every answer to a form: it depends on what was sent and on nothing that was found.
fn size_of(received: &Received) -> AnswerSize {
    let written = received
        .fields
        .iter()
        .filter(|(name, _)| *name != TOKEN)
        .map(|(_, value)| in_html(value.expose()))
        .sum();
    let size = size_for(written);
    if received.files.is_empty() && received.refused.is_empty() {
        size
    } else {
        size.max(WITH_FILES)
    }
}

/// What a form asks for, and its fields.
fn wish(shared: &Shared, t: &Texts, received: Received) -> (Fields, Result<Wish, NotSent>) {
    let Received {
        mut fields,
        files,
        refused,
        unavailable,
    } = received;
    let wish = if fields.value(PENDING).is_empty() {
        if files.is_empty() {
            match (refused.is_empty(), unavailable) {
                (_, true) => Err(NotSent::NotStored),
                (false, false) => Err(NotSent::Files(refused)),
                (true, false) => alone(&fields),
            }
        } else {
            with_files(&fields, files).map(|pending| {
                Wish::Look(Waiting {
                    sealed: pending.seal(shared),
                    pending,
                    refused,
                    unavailable,
                })
            })
        }
    } else {
        files::open(shared, &fields)
            .map_err(NotSent::Page)
            .and_then(|(pending, sealed)| still_there(shared, t, &mut fields, (pending, sealed)))
    };
    (fields, wish)
}

/// A message whose files are looked at once more: those that are too old for a letter of now are
/// taken out and named, and nothing is sent meanwhile.
fn still_there(
    shared: &Shared,
    t: &Texts,
    fields: &mut Fields,
    (mut pending, sealed): (Pending, String),
) -> Result<Wish, NotSent> {
    let aged = shared.take_aged(&mut pending.files);
    let refused: Vec<_> = aged.iter().map(|file| RefusedFile::aged(t, file)).collect();
    if refused.is_empty() {
        return Ok(Wish::SendFiles(Waiting {
            pending,
            sealed,
            refused,
            unavailable: false,
        }));
    }
    if pending.files.is_empty() {
        // There is nothing left to look at: the message goes back to where it was written.
        fields.push(TEXT.to_owned(), pending.text);
        if pending.answers {
            fields.push(ANSWERS.to_owned(), SecretText::from("1".to_owned()));
        }
        return Err(NotSent::Files(refused));
    }
    Ok(Wish::Look(Waiting {
        sealed: pending.seal(shared),
        pending,
        refused,
        unavailable: false,
    }))
}

/// A message without files.
fn alone(fields: &Fields) -> Result<Wish, NotSent> {
    let told = parse(
        fields.value(TEXT),
        fields.value(CONSENT),
        answers(fields),
        Vec::new(),
    );
    let once = fields.value(ONCE).parse().ok();
    Ok(Wish::Send(told.map_err(NotSent::Text)?, once))
}

/// What breaks a rule is told before, not after the look at the files.
fn with_files(fields: &Fields, files: Vec<HeldFile>) -> Result<Pending, NotSent> {
    let text = SecretText::from(fields.value(TEXT).to_owned());
    if !text.expose().is_empty() {
        MessageText::parse(text.clone()).map_err(NotSent::Text)?;
    }
    Ok(Pending {
        text,
        answers: answers(fields),
        once: fields.value(ONCE).to_owned(),
        files,
    })
}

/// What a message is sent with.
struct Post<'a> {
    shared: &'a Shared,
    request: &'a HttpRequest,
    token: &'a TrackingToken,
    /// The wait that the page carried.
    delay: &'a str,
    received_on: Date,
    full: bool,
}

impl Post<'_> {
    async fn send_files(&self, waiting: &Waiting) -> Result<(), NotSent> {
        let Pending {
            text,
            answers,
            once,
            files,
        } = &waiting.pending;
        let told = parse(text.expose(), "", *answers, items(files)?).map_err(NotSent::Text)?;
        self.send(told, once.parse().ok()).await
    }

    async fn send(&self, told: FollowUp, once: Option<Once>) -> Result<(), NotSent> {
        if self.full {
            return Err(NotSent::Full);
        }
        self.shared
            .may_write(self.request, self.token.lookup_id(), self.delay)
            .map_err(NotSent::Wait)?;
        let stored = self
            .shared
            .follow_up(self.token, told, once, self.received_on);
        Ok(stored.await?)
    }
}

impl Waiting {
    /// The page of the files; nothing that the person wrote or chose is lost.
    fn page(
        self,
        t: &Texts,
        size: AnswerSize,
        (token, filed): (&TrackingToken, Option<&Complaint>),
        problem: Option<Problem>,
        wait: Option<&Wait>,
    ) -> HttpResponse {
        let problem = problem.or_else(|| self.unavailable.then(|| unavailable(t)));
        let told = Told {
            problem,
            refused: self.refused,
            wait,
        };
        self.pending
            .page(t, size, (token, filed), &self.sealed, told)
    }
}

/// When the mailbox could not be read, what was written and the files that are held are kept for the
/// next try.
fn no_mailbox(
    t: &Texts,
    visit: Visit<'_>,
    size: AnswerSize,
    error: &NoMailbox,
    fields: &Fields,
    wish: Result<Wish, NotSent>,
) -> HttpResponse {
    match error {
        NoMailbox::Missing | NoMailbox::Malformed(_) => {
            no_mailbox_page(t, visit, size, error, fields.value(TOKEN))
        }
        NoMailbox::Crowded(_) | NoMailbox::Store(_) => {
            let problem = not_now(t, error);
            given_back(t, visit, size, problem, fields, wish)
        }
    }
}

/// The same when the form was not read to its end.
fn not_received(
    t: &Texts,
    visit: Visit<'_>,
    size: AnswerSize,
    error: NotReceived,
    fields: &Fields,
    wish: Result<Wish, NotSent>,
) -> HttpResponse {
    // Whatever came of the files, it was a form with files.
    let size = size.max(WITH_FILES);
    match error {
        NotReceived::Form(error) => {
            given_back(t, visit, size, files::unreadable(t, error), fields, wish)
        }
        NotReceived::Mailbox(error) => no_mailbox(t, visit, size, &error, fields, wish),
        NotReceived::Unknown(token) => unknown_page(t, visit, size, &token),
    }
}

/// What was written and the files that are held, on a page from which they can be sent again.
fn given_back(
    t: &Texts,
    visit: Visit<'_>,
    size: AnswerSize,
    told: Problem,
    fields: &Fields,
    wish: Result<Wish, NotSent>,
) -> HttpResponse {
    let written = fields.value(TOKEN);
    let token = match super::parse(written) {
        Ok(token) => token,
        // The form broke off before the words.
        Err(NoMailbox::Missing) => return problem(t, &told),
        Err(error) => return no_mailbox_page(t, visit, size, &error, written),
    };
    match wish {
        Ok(Wish::Look(waiting) | Wish::SendFiles(waiting)) => {
            waiting.page(t, size, (&token, None), Some(told), None)
        }
        Ok(Wish::Send(..)) | Err(_) => kept::page(t, size, &token, fields, told, None),
    }
}

/// The form given back, with what is wrong about it.
fn failed<'a>(t: &Texts, fields: &'a Fields, error: NotSent) -> (StatusCode, MessageForm<'a>) {
    let (status, error) = match error {
        NotSent::Text(fault) => (StatusCode::UNPROCESSABLE_ENTITY, fault_text(t, fault)),
        NotSent::Full => (StatusCode::TOO_MANY_REQUESTS, in_one(full_problem(t))),
        NotSent::Files(refused) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            refused
                .into_iter()
                .map(|file| format!("{}: {}", file.name.expose(), in_one(file.problem)))
                .collect::<Vec<_>>()
                .join(" "),
        ),
        NotSent::Page(_) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            t.get("mailbox-files-lapsed"),
        ),
        NotSent::Undecided(_) => (StatusCode::UNPROCESSABLE_ENTITY, in_one(undecided(t))),
        NotSent::Wait(wait) => (StatusCode::TOO_MANY_REQUESTS, in_one(wait.problem(t))),
        NotSent::NotStored | NotSent::Filing(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, in_one(unavailable(t)))
        }
    };
    let most = usize::try_from(MessageText::MAX).unwrap_or(usize::MAX);
    let (written, is_cut) = echo::cut(fields.value(TEXT), most);
    let error = if is_cut {
        echo::told(t, Some(error), most)
    } else {
        error
    };
    let form = MessageForm {
        written,
        error: Some(error),
        answers: answers(fields),
        sent: false,
    };
    (status, form)
}

fn full_problem(t: &Texts) -> Problem {
    Problem::new(t, StatusCode::TOO_MANY_REQUESTS, "mailbox-full")
}

/// What is wrong and what to do next, in one text.
fn in_one(problem: Problem) -> String {
    [problem.title, problem.detail.unwrap_or_default()].join(" ")
}

fn answers(fields: &Fields) -> bool {
    !fields.value(ANSWERS).is_empty()
}

/// A text, a decision, files, or several of these.
fn parse(
    text: &str,
    consent: &str,
    answers: bool,
    evidence: Vec<EvidenceItem>,
) -> Result<FollowUp, FaultKind> {
    let consent: Option<ReferralConsent> = match consent {
        "" => None,
        code => Some(code.parse().map_err(|_| FaultKind::UnknownCode)?),
    };
    let text = if text.is_empty() && (consent.is_some() || !evidence.is_empty()) {
        None
    } else {
        Some(MessageText::parse(SecretText::from(text.to_owned()))?)
    };
    FollowUp::new(text, consent, answers, evidence).map_err(|_| FaultKind::Required)
}
