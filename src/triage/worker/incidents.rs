//! Telling those who filed of a security incident, through their mailboxes.
//!
//! Into each case the notice goes in one transaction, under a name that follows from incident and case. So a
//! service that stops in between goes on where it was, and nobody reads it twice.

use committee::access::recipient_of;
use committee::incidents::{Incident, Incidents, Notice as Told};
use domain::complaint::SecretText;
use mailbox::{Author, Body, Entry, Message, Notice};
use store::casefiles::{DocumentKind, NewDocument, RegisterEntry};
use store::steps::{CaseChange, CaseStep, Stepped};

use super::{Round, TRIES, Worker, WorkerError};
use crate::documents::{ReplyDocument, ReplyKind};
use crate::standing::standing;

impl Worker {
    /// Posts every notice into each mailbox that has not got it yet.
    pub(super) async fn tell_of_incidents(&self, round: &mut Round) -> Result<(), WorkerError> {
        let incidents = Incidents::new(&*self.cases, &self.keyring);
        // One that does not open holds up none of the others; the desk shows that it is there.
        let mut pending = incidents.all().await?.records;
        pending.retain(|incident| incident.pending().is_some());
        if pending.is_empty() {
            return Ok(());
        }
        // The store is asked, and not the desk's register: a worker runs without a desk, and a case that came
        // this moment is told too.
        let cases = self.cases.register(None).await?;
        for incident in pending {
            let Some(told) = incident.pending() else {
                continue;
            };
            let mut all = true;
            for case in &cases {
                if !incident.is_for(case.folio, case.received_on) {
                    continue;
                }
                if let Err(error) = self.tell_of(&incident, told, case).await {
                    all = false;
                    round.defer(error)?;
                }
            }
            self.deliver_outbox().await?;
            if all {
                let today = self.today();
                let done = |mut incident: Incident| {
                    if let Some(notice) = &mut incident.notice {
                        notice.done_on.get_or_insert(today);
                    }
                    incident
                };
                incidents.change(incident.id, done).await?;
            }
        }
        Ok(())
    }

    async fn tell_of(
        &self,
        incident: &Incident,
        told: &Told,
        case: &RegisterEntry,
    ) -> Result<(), WorkerError> {
        let id = incident.document(case.id);
        let text = || SecretText::from(told.text.expose().to_owned());
        for _ in 0..TRIES {
            if self.cases.has_document(case.id, id).await? {
                return Ok(());
            }
            let Some(handle) = self.cases.handle(case.id).await? else {
                return Ok(());
            };
            let record = self
                .keyring
                .open_service_record(case.id, &handle.service_record)
                .map_err(WorkerError::ServiceRecord)?;
            let Some(case) = self.cases.case(case.folio).await? else {
                return Ok(());
            };
            // The message changes nothing about where the case stands.
            let stands = standing(handle.state, case.folio, case.terms, Notice::Opened);
            let entry = Entry {
                posted_on: self.today(),
                body: Body::Message(Message {
                    situation: Some(stands.into()),
                    ..Message::written(Author::Committee, text())
                }),
            };
            let entry = mailbox::seal(
                &record.mailbox_key,
                record.lookup_id,
                handle.next_position,
                &entry,
                self.keyring.rng(),
            )?;
            let recipient = recipient_of(&*self.cases, &self.keyring, &handle).await?;
            let content = ReplyDocument {
                kind: ReplyKind::Message,
                text: text(),
                by: told.account.clone(),
                position: handle.next_position,
            };
            let kind = DocumentKind::Reply;
            let document =
                self.document_under(id, case.id, &recipient, kind, self.today(), &content)?;
            let step = CaseStep {
                document: Some(NewDocument {
                    recipient: handle.recipient,
                    document,
                }),
                entry: Some(entry),
                change: CaseChange {
                    state: Some((handle.state, handle.state)),
                    ..CaseChange::default()
                },
                ..CaseStep::on(case.id)
            };
            match self.cases.step(&step).await? {
                Stepped::Now => return Ok(()),
                Stepped::Outdated | Stepped::LogTaken => {}
            }
        }
        Err(WorkerError::Contended)
    }
}
