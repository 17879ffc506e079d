//! A mailbox as its page shows it.

use askama::Template;
use domain::case::Status;
use domain::catalogue::TermKey;
use domain::complaint::ReferralConsent;
use mailbox::{Author, FiledFile, Mailbox, Posted, Words};
use service::language::Texts;
use service::wording;

use super::HERE;
use crate::held_view::size;
use crate::lists::List;
use crate::message_id::Once;
use crate::shared::Shared;
use crate::wording::{due, words};

/// The mailbox, with a form for a further message.
#[derive(Template)]
#[template(path = "mailbox.html")]
pub(super) struct MailboxPage<'a> {
    t: &'a Texts,
    here: &'static str,
    token: &'a str,
    once: String,
    status: String,
    means: String,
    next: String,
    folio: Option<String>,
    received_on: Option<String>,
    deadlines: Vec<String>,
    request: Option<RequestView>,
    /// The newest first.
    messages: Vec<MessageView>,
    /// The receipt, if what was filed is kept.
    receipt: Option<&'a str>,
    consent: ConsentView,
    /// Whether the case has ended; more can be told all the same.
    is_over: bool,
    message: MessageForm<'a>,
}

/// What the committee asks for.
struct RequestView {
    text: String,
    until: Option<String>,
    is_late: bool,
}

struct MessageView {
    from: String,
    class: &'static str,
    lang: Option<&'static str>,
    posted_on: String,
    text: Option<String>,
    files: Vec<String>,
    consent: Option<String>,
}

/// Whether the case may be handed over to the control body.
struct ConsentView {
    current: Option<String>,
    options: Vec<(&'static str, String, bool)>,
}

/// The form for a further message and what became of the one before.
#[derive(Default)]
pub(super) struct MessageForm<'a> {
    pub(super) written: &'a str,
    pub(super) error: Option<String>,
    /// Whether it was to answer the request.
    pub(super) answers: bool,
    pub(super) sent: bool,
}

impl<'a> MailboxPage<'a> {
    pub(super) fn new(
        shared: &Shared,
        t: &'a Texts,
        token: &'a str,
        mailbox: &'a Mailbox,
        mut message: MessageForm<'a>,
    ) -> Self {
        let code = mailbox.status.code();
        let request = request_view(shared, t, mailbox);
        message.answers &= request.is_some();
        Self {
            t,
            here: HERE,
            token,
            once: Once::draw(&shared.rng).to_string(),
            status: t.get(&format!("status-{code}")),
            means: t.get(&format!("status-{code}-means")),
            next: t.get(&format!("status-{code}-then")),
            folio: mailbox.folio.map(|folio| folio.to_string()),
            received_on: mailbox
                .messages
                .first()
                .map(|posted| wording::date(t, posted.posted_on)),
            deadlines: mailbox.deadlines.iter().map(|term| due(t, *term)).collect(),
            request,
            messages: mailbox
                .messages
                .iter()
                .rev()
                .map(|posted| message_view(t, posted))
                .collect(),
            receipt: mailbox.filed.as_ref().map(|filed| filed.receipt.as_str()),
            consent: consent_view(t, mailbox),
            is_over: is_over(mailbox.status),
            message,
        }
    }
}

fn request_view(shared: &Shared, t: &Texts, mailbox: &Mailbox) -> Option<RequestView> {
    let asked = &mailbox.messages[mailbox.request?];
    let until = mailbox
        .deadlines
        .iter()
        .find(|deadline| deadline.key == TermKey::PrevencionDesahogo)
        .map(|deadline| deadline.due_on);
    Some(RequestView {
        text: words(t, &asked.words),
        is_late: until.is_some_and(|until| until < shared.today()),
        until: until.map(|until| wording::date(t, until)),
    })
}

fn message_view(t: &Texts, posted: &Posted) -> MessageView {
    let text = match &posted.words {
        Words::None => None,
        Words::Written(_) | Words::Notice(_) => Some(words(t, &posted.words)),
    };
    MessageView {
        from: t.get(&format!("from-{}", posted.from.code())),
        class: posted.from.code(),
        // The committee writes Spanish; a person writes what they like.
        lang: (posted.from == Author::Committee).then_some("es-MX"),
        posted_on: wording::date(t, posted.posted_on),
        text,
        files: posted
            .evidence
            .iter()
            .map(|file| file_text(t, file))
            .collect(),
        consent: posted
            .referral_consent
            .map(|consent| label_of(t, List::ReferralConsent, consent.code())),
    }
}

/// A file that was sent, in one line.
pub(super) fn file_text(t: &Texts, file: &FiledFile) -> String {
    let size = size(t, file.bytes);
    let version = t.get(&format!("version-{}", file.version.code()));
    t.fill(
        "mailbox-file",
        &[
            ("name", file.name.expose()),
            ("size", &size),
            ("version", &version),
        ],
    )
}

fn consent_view(t: &Texts, mailbox: &Mailbox) -> ConsentView {
    let current = mailbox.referral_consent.map(ReferralConsent::code);
    let options = List::ReferralConsent
        .labelled(t)
        .into_iter()
        .map(|(code, label)| (code, label, Some(code) == current))
        .collect();
    ConsentView {
        current: current.map(|code| label_of(t, List::ReferralConsent, code)),
        options,
    }
}

/// The label of a code of a list.
pub(super) fn label_of(t: &Texts, list: List, code: &str) -> String {
    list.labelled(t)
        .into_iter()
        .find(|(known, _)| *known == code)
        .map_or_else(String::new, |(_, label)| label)
}

fn is_over(status: Status) -> bool {
    match status {
        Status::Concluded | Status::Redirected => true,
        Status::Received
        | Status::NeedsInformation
        | Status::InAnalysis
        | Status::InProgress
        | Status::Determined => false,
    }
}
