//! The second step: what the machine proposes for a case.

use classifier::Proposal;
use committee::access::recipient_of;
use committee::alike::AlikeBook;
use domain::complaint::Complaint;
use domain::routing::route;
use opening::CaseRecipient;
use store::casefiles::{Added, Classification, DocumentKind, NewDocument};
use tokio::task::spawn_blocking;

use super::{AdmittedCase, TRIES, Worker, WorkerError};
use crate::documents::ProposalDocument;

impl Worker {
    /// Proposes risk, urgency and route, unless that is done.
    pub(super) async fn classify(&self, admitted: &AdmittedCase) -> Result<(), WorkerError> {
        // A case that is found by nothing would be missed where the same person is denounced again.
        let book = AlikeBook::new(&*self.cases, &self.keyring);
        book.note(admitted.case, &admitted.complaint).await?;
        if admitted.classified {
            return Ok(());
        }
        let complaint = &admitted.complaint;
        let proposal = self.propose(complaint).await?;
        let route = route(
            proposal.main,
            &proposal.labels,
            proposal.urgency,
            complaint.immediate_danger == Some(true),
            proposal.review,
        );
        let classification = Classification {
            main: proposal.main,
            labels: proposal.labels.clone(),
            urgency: proposal.urgency,
            review: proposal.review || route.needs_person,
            priority: route.priority.value,
            mediation: route.mediation.value,
            protocols: route
                .protocols
                .iter()
                .map(|decided| decided.value)
                .collect(),
            model: self.classifier.version().to_owned(),
        };
        let document = ProposalDocument::new(&classification, &proposal, &route);
        let mut newest = admitted.recipient.clone();
        for _ in 0..TRIES {
            let recipient: CaseRecipient = newest.parse()?;
            let sealed = self.document(
                admitted.case,
                &recipient,
                DocumentKind::Proposal,
                admitted.received_on,
                &document,
            )?;
            let proposal = NewDocument {
                recipient: newest,
                document: sealed,
            };
            let added = self
                .cases
                .classify(admitted.case, &classification, &proposal)
                .await?;
            match added {
                Added::Now | Added::Before => return Ok(()),
                Added::Outdated => {}
            }
            match self.cases.handle(admitted.case).await? {
                Some(case) => {
                    recipient_of(&*self.cases, &self.keyring, &case).await?;
                    newest = case.recipient;
                }
                None => return Ok(()),
            }
        }
        Err(WorkerError::Contended)
    }

    /// Runs the classifier on a thread of its own: a text that makes it panic is the fault of one
    /// case and not the end of the worker.
    async fn propose(&self, complaint: &Complaint) -> Result<Proposal, WorkerError> {
        let classifier = self.classifier;
        let narrative = complaint.narrative.clone();
        spawn_blocking(move || classifier.classify(narrative.expose()))
            .await
            .map_err(|_| WorkerError::Panicked)
    }
}
