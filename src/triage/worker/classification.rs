//! The second step: what the machine proposes for a case.

use domain::routing::route;
use opening::CaseRecipient;
use store::casefiles::{Classification, DocumentId, DocumentKind, SealedDocument};

use super::{AdmittedCase, Worker, WorkerError, random_id};
use crate::documents::ProposalDocument;

impl Worker {
    /// Proposes risk, urgency and route, unless that is done.
    pub(super) async fn classify(&self, admitted: &AdmittedCase) -> Result<(), WorkerError> {
        if admitted.classified {
            return Ok(());
        }
        let complaint = &admitted.complaint;
        let proposal = self.classifier.classify(complaint.narrative.expose());
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
        let document = ProposalDocument::new(self.classifier.version(), &proposal, &route);
        let recipient: CaseRecipient = admitted.recipient.parse()?;
        let sealed = SealedDocument {
            id: DocumentId(random_id(&self.keyring)?),
            kind: DocumentKind::Proposal,
            written_on: admitted.received_on,
            sealed: recipient.seal(&document, self.keyring.rng())?,
        };
        self.cases
            .classify(admitted.case, &classification, &sealed)
            .await?;
        Ok(())
    }
}
