//! A mailbox as its page shows it.

use askama::Template;
use domain::case::{Deadline, Status};
use domain::catalogue::TermKey;
use domain::complaint::ReferralConsent;
use mailbox::{FiledFile, Found, Mailbox, Words};
use service::language::Texts;
use service::wording;

use super::HERE;
use super::room::{REQUEST, beginning};
use super::sheet::{MessageView, Place, Sheet};
use crate::held_view::size;
use crate::lists::List;
use crate::mailboxes::Seen;
use crate::message_id::Once;
use crate::publication::Inclusion;
use crate::shared::Shared;
use crate::wording::due;

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
    request: Option<RequestView<'a>>,
    /// The newest first.
    messages: Vec<MessageView>,
    /// Where those begin that did not fit.
    older: Option<Place>,
    /// Whether what was filed is kept.
    has_filed: bool,
    /// The receipt; what a member of the committee wrote down for the person has none.
    receipt: Option<&'a str>,
    /// Whether the receipt is in the list of its day.
    listed: Option<ListedView>,
    consent: ConsentView,
    /// Whether the case has ended; more can be told all the same.
    is_over: bool,
    /// Whether the words are new, and what was said comes later.
    is_moving: bool,
    message: MessageForm<'a>,
}

/// What the committee asks for.
struct RequestView<'a> {
    /// The text, or its beginning; none if it stands in messages that are not on this page.
    text: Option<&'a str>,
    /// Whether there is more of it than is shown.
    goes_on: bool,
    until: Option<String>,
    is_late: bool,
}

/// Whether a receipt is in the list of its day, in words.
struct ListedView {
    told: String,
    /// What to do, when it should be there and is not.
    alarm: Option<String>,
    /// The proof that it is there.
    proof: Option<String>,
}

/// Whether the case may be handed over to the control body.
struct ConsentView {
    /// What was stated last.
    current: Option<String>,
    /// Whether it was stated in messages that were not read, if it was.
    is_further_back: bool,
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
        seen: &'a Seen,
        (listed, first_terms): (Option<Inclusion>, &[Deadline]),
        mut message: MessageForm<'a>,
    ) -> Self {
        let mailbox = &seen.mailbox;
        let code = mailbox.status.code();
        let request = request_view(shared, t, seen);
        message.answers &= request.is_some();
        let Sheet { messages, older } = Sheet::new(t, seen, None);
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
            deadlines: deadlines(mailbox, first_terms)
                .iter()
                .map(|term| due(t, *term))
                .collect(),
            request,
            messages,
            older,
            has_filed: mailbox.filed.is_some(),
            receipt: mailbox
                .filed
                .as_ref()
                .map(|filed| filed.receipt.as_str())
                .filter(|receipt| !receipt.is_empty()),
            listed: listed.map(|inclusion| listed_view(t, &inclusion)),
            consent: consent_view(t, seen),
            is_over: is_over(mailbox.status),
            is_moving: mailbox.found == Found::Moving,
            message,
        }
    }
}

/// The terms that run. Until the committee has opened the complaint nothing in the mailbox says any:
/// those that the receipt names run from the day of reception.
fn deadlines<'a>(mailbox: &'a Mailbox, first_terms: &'a [Deadline]) -> &'a [Deadline] {
    let is_unopened = mailbox.status == Status::Received && mailbox.folio.is_none();
    if mailbox.deadlines.is_empty() && is_unopened {
        first_terms
    } else {
        &mailbox.deadlines
    }
}

fn request_view<'a>(shared: &Shared, t: &Texts, seen: &'a Seen) -> Option<RequestView<'a>> {
    let mailbox = &seen.mailbox;
    let asked = mailbox.request.map(|request| &mailbox.messages[request]);
    if asked.is_none() && mailbox.status != Status::NeedsInformation {
        return None;
    }
    let text = asked.and_then(|asked| match &asked.words {
        Words::Written(text) => Some(text.expose()),
        Words::Notice(_) | Words::None => None,
    });
    let shown = text.map(|text| beginning(text, REQUEST));
    let until = mailbox
        .deadlines
        .iter()
        .find(|deadline| deadline.key == TermKey::PrevencionDesahogo)
        .map(|deadline| deadline.due_on);
    let calendar = shared.calendar.now();
    let is_over = |until| calendar.is_over_on(until, shared.today());
    Some(RequestView {
        text: shown,
        goes_on: shown != text,
        is_late: until.is_some_and(is_over),
        until: until.map(|until| wording::date(t, until)),
    })
}

fn listed_view(t: &Texts, inclusion: &Inclusion) -> ListedView {
    let told = |id: &str| ListedView {
        told: t.get(id),
        alarm: None,
        proof: None,
    };
    match inclusion {
        Inclusion::Proved(proof) => ListedView {
            proof: Some(proof.to_string()),
            ..told("verify-list-there")
        },
        Inclusion::Pending => told("mailbox-list-pending"),
        Inclusion::Missing => ListedView {
            alarm: Some(t.get("mailbox-list-missing")),
            ..told("verify-list-missing")
        },
        Inclusion::Older => told("verify-list-older"),
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

fn consent_view(t: &Texts, seen: &Seen) -> ConsentView {
    // What was filed is always read, what came between it and the newest messages is not.
    let said_since = seen
        .mailbox
        .messages
        .iter()
        .any(|posted| posted.referral_consent.is_some());
    let is_further_back = seen.older.is_some() && !said_since;
    let current = seen
        .mailbox
        .referral_consent
        .filter(|_| !is_further_back)
        .map(ReferralConsent::code);
    let options = List::ReferralConsent
        .labelled(t)
        .into_iter()
        .map(|(code, label)| (code, label, Some(code) == current))
        .collect();
    ConsentView {
        current: current.map(|code| label_of(t, List::ReferralConsent, code)),
        is_further_back,
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
