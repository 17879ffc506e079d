//! A case that is over, before the desk has a page to end one.

use domain::case::{CaseState, Folio};
use mailbox::{Author, Body, Entry, Message, Notice, Standing};
use ring::rand::SystemRandom;
use sealing::TrackingToken;
use store::steps::{CaseChange, CaseStep, Stepped};

use super::poll::until;

/// Ends a case and tells the person with this text, as triage writes to both: the case leaves its
/// state in the case files (`cases` is their URL), and the entry waits in the outbox.
///
/// # Panics
/// When there is no such case, or it cannot be written.
pub async fn conclude(cases: &str, folio: &str, token: &str, told: &str) {
    let cases = cases.parse().expect("a URL of a store");
    let cases = service::stores::case_files(&cases)
        .await
        .expect("case files");
    let folio: Folio = folio.parse().expect("a folio");
    let token = TrackingToken::parse(token).expect("twelve words");
    until("the case to be over", async || {
        let case = cases.case(folio).await.expect("the store answers");
        let case = case.expect("the case is there");
        // Of the cases in which this term runs, it is one.
        let term = case.terms.first().expect("a term runs in a new case");
        let (key, last) = (term.deadline.key, term.deadline.due_on);
        let running = cases.due(key, last, None, 100).await;
        let running = running.expect("the store answers");
        let handle = running.iter().find(|one| one.id == case.id);
        let handle = handle.expect("its term runs");
        let message = Message {
            standing: Some(Standing {
                status: CaseState::Concluded.status(),
                folio: Some(folio),
                deadlines: Vec::new(),
                notice: Notice::Opened,
                detail: None,
            }),
            ..Message::written(Author::Committee, told.to_owned().into())
        };
        let entry = Entry {
            posted_on: case.received_on,
            body: Body::Message(message),
        };
        let (place, rng) = (handle.next_position, SystemRandom::new());
        let entry = mailbox::seal(&token.mailbox_key(), token.lookup_id(), place, &entry, &rng);
        let over = CaseStep {
            entry: Some(entry.expect("it fits")),
            change: CaseChange {
                state: Some((case.state, CaseState::Concluded)),
                stop: vec![key],
                ..CaseChange::default()
            },
            ..CaseStep::on(case.id)
        };
        // Triage may have written into the case in between.
        let written = cases.step(&over).await.expect("the store answers");
        (written == Stepped::Now).then_some(())
    })
    .await;
}
