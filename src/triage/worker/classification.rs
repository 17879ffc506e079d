//! The third step: what the machine proposes for cases, and by what they are found.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use classifier::Classifier;
use committee::access::recipient_of;
use committee::alike;
use committee::keyring::Keyring;
use domain::complaint::Complaint;
use domain::routing::route;
use jiff::civil::Date;
use opening::CaseRecipient;
use sealing::{Content, EnvelopeId, Letter, LookupId};
use store::casefiles::{
    Added, CaseId, DocumentId, DocumentKind, NewDocument, Proposed, SealedDocument,
};
use store::records::{RecordKind, SealedRecord};

use super::cores::{on_all_cores, on_all_cores_until};
use super::words::{MAILBOX_KEY, Whose};
use super::{HiddenShare, Round, TRIES, Worker, WorkerError, only, random_id, seal_document};
use crate::documents::{self, ProposalDocument};

/// What is left to do for complaints when a round has proposed what it may.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Unproposed {
    /// Whether any brought files.
    pub(super) files: bool,
    /// Whether there may be more for which nothing is proposed.
    pub(super) more: bool,
}

/// What became of a complaint in the steps before.
enum Found {
    /// It has its case.
    Case(AdmittedCase),
    /// Its case no longer exists.
    Over,
    /// It did not become a case, for this reason.
    Refused(&'static str),
}

/// A complaint that has its case.
struct AdmittedCase {
    envelope: EnvelopeId,
    case: CaseId,
    recipient: String,
    received_on: Date,
    complaint: Box<Complaint>,
    has_files: bool,
    classified: bool,
}

/// What is written of a case in this step.
struct Assessed {
    envelope: EnvelopeId,
    has_files: bool,
    /// What it is found by.
    alike: SealedRecord,
    /// `None` if something was proposed before.
    proposal: Option<Proposal>,
}

/// What came of a batch.
struct ProposedBatch {
    /// Whether anything was proposed.
    any: bool,
    /// Whether the time was over before all were begun.
    put_off: bool,
    /// Whether files are to be moved.
    files: bool,
}

/// What is proposed for a case, and what its document says.
struct Proposal {
    proposed: Proposed,
    content: ProposalDocument,
}

impl Worker {
    /// Proposes risk, urgency and route for the cases of these complaints, for as long as a round may, and is
    /// done with those that brought no files.
    pub(super) async fn propose_all(
        &self,
        complaints: &HashSet<EnvelopeId>,
        round: &mut Round,
    ) -> Result<Unproposed, WorkerError> {
        let mut files = false;
        let mut left = self.proposing;
        let mut walk = self.walk();
        while let Some(batch) = walk.next(&*self.mailroom).await? {
            let batch = only(batch, complaints);
            if batch.is_empty() {
                continue;
            }
            let letters = self.open_all(batch, round).await?;
            let begun = Instant::now();
            let proposed = self.propose(letters, begun + left, round).await?;
            files |= proposed.files;
            // Those that only wait for their files to be moved come again each round, and take nobody's time.
            if proposed.any {
                left = left.saturating_sub(begun.elapsed());
            }
            if proposed.put_off || (proposed.any && left.is_zero()) {
                return Ok(Unproposed { files, more: true });
            }
        }
        Ok(Unproposed { files, more: false })
    }

    async fn propose(
        &self,
        letters: Vec<Letter>,
        end: Instant,
        round: &mut Round,
    ) -> Result<ProposedBatch, WorkerError> {
        let asked: Vec<_> = letters
            .iter()
            .map(|letter| (letter.envelope_id, self.keyring.hash(letter.lookup_id)))
            .collect();
        let mut done = Vec::with_capacity(letters.len());
        let mut cases = Vec::with_capacity(letters.len());
        for (letter, known) in letters.into_iter().zip(self.cases.known(&asked).await?) {
            // What was put off waits for the next round.
            if !known.seen {
                continue;
            }
            let id = letter.envelope_id;
            // Whoever writes to the mailroom can put another letter in the place of one that is known.
            if !matches!(letter.content, Content::Complaint { .. }) {
                self.answered.forget(id);
                continue;
            }
            match self.found(letter).await {
                Ok(Found::Case(case)) => cases.push(case),
                Ok(Found::Over) => done.push(id),
                Ok(Found::Refused(reason)) => self.set_aside(id, reason, round).await?,
                Err(error) => round.defer(error)?,
            }
        }
        let proposed = self.assess(cases, end, &mut done, round).await?;
        self.mailroom.remove_all(&done).await?;
        Ok(proposed)
    }

    /// Assesses cases on all cores and writes what comes of it; what is not begun before the end is put off.
    /// Adds those that are done.
    async fn assess(
        &self,
        cases: Vec<AdmittedCase>,
        end: Instant,
        done: &mut Vec<EnvelopeId>,
        round: &mut Round,
    ) -> Result<ProposedBatch, WorkerError> {
        let keyring = Arc::clone(&self.keyring);
        let (classifier, hidden) = (self.classifier, self.hidden);
        let work = move |case| assess(&keyring, classifier, hidden, &case);
        // What only waits for its files to be moved costs little, and must not take the turn of others.
        let (before, new): (Vec<_>, Vec<_>) = cases.into_iter().partition(|case| case.classified);
        let mut outcomes = on_all_cores_until(new, end, work.clone()).await;
        let put_off = outcomes.iter().any(Option::is_none);
        outcomes.extend(on_all_cores(before, work).await.into_iter().map(Some));
        let mut assessed = Vec::with_capacity(outcomes.len());
        for outcome in outcomes.into_iter().flatten() {
            match outcome.map_err(WorkerError::from).flatten() {
                Ok(one) => assessed.push(one),
                Err(error) => round.defer(error)?,
            }
        }
        // A case that is found by nothing would be missed where the same person is denounced again.
        let (mut records, mut proposals) = (Vec::new(), Vec::new());
        let mut origins = Vec::with_capacity(assessed.len());
        for one in assessed {
            records.push(one.alike);
            if let Some(Proposal { proposed, content }) = one.proposal {
                proposals.push(proposed);
                origins.push((one.envelope, one.has_files, Some(content)));
            } else {
                origins.push((one.envelope, one.has_files, None));
            }
        }
        self.cases.keep_records(RecordKind::Alike, &records).await?;
        let any = !proposals.is_empty();
        let outcomes = self.cases.classify_all(&proposals).await?;
        let mut written = proposals.into_iter().zip(outcomes);
        let mut files = false;
        for (envelope, has_files, content) in origins {
            let written = content.and_then(|content| Some((content, written.next()?)));
            if let Some((content, (proposed, Added::Outdated))) = written
                && let Err(error) = self.propose_again(proposed, &content).await
            {
                round.defer(error)?;
                continue;
            }
            if has_files {
                files = true;
            } else {
                done.push(envelope);
                round.admitted += 1;
            }
        }
        Ok(ProposedBatch {
            any,
            put_off,
            files,
        })
    }

    /// Proposes for a case that got another key meanwhile.
    async fn propose_again(
        &self,
        mut proposed: Proposed,
        content: &ProposalDocument,
    ) -> Result<(), WorkerError> {
        for _ in 0..TRIES {
            let Some(case) = self.cases.handle(proposed.case).await? else {
                return Ok(());
            };
            let recipient = recipient_of(&*self.cases, &self.keyring, &case).await?;
            let SealedDocument {
                id,
                kind,
                written_on,
                sealed: _,
            } = proposed.document.document;
            proposed.document = NewDocument {
                recipient: case.recipient,
                document: self
                    .document_under(id, case.id, &recipient, kind, written_on, content)?,
            };
            let Proposed {
                case,
                classification,
                document,
            } = &proposed;
            match self.cases.classify(*case, classification, document).await? {
                Added::Now | Added::Before => return Ok(()),
                Added::Outdated => {}
            }
        }
        Err(WorkerError::Contended)
    }

    /// The case that was written for a complaint.
    async fn found(&self, letter: Letter) -> Result<Found, WorkerError> {
        let Letter {
            envelope_id,
            lookup_id,
            mailbox_key,
            received_on,
            content,
            ..
        } = letter;
        let Content::Complaint {
            complaint,
            evidence,
        } = content
        else {
            unreachable!("only letters with a complaint have cases of their own")
        };
        // The person may have chosen other words since.
        let case = match self.whose(lookup_id, &mailbox_key).await? {
            Whose::Case(case, record) => {
                if record.lookup_id != lookup_id {
                    self.forget_what_came_back(lookup_id).await?;
                }
                case
            }
            Whose::Nobody => return Ok(Found::Over),
            Whose::Forged => return Ok(Found::Refused(MAILBOX_KEY)),
        };
        recipient_of(&*self.cases, &self.keyring, &case).await?;
        Ok(Found::Case(AdmittedCase {
            envelope: envelope_id,
            case: case.id,
            recipient: case.recipient,
            received_on,
            complaint,
            has_files: !evidence.is_empty(),
            classified: case.classified,
        }))
    }

    /// A complaint that is sent again, from a page of before its words were changed, makes its mailbox anew.
    /// It has nothing but what the complaint brought: one that has more is still on the move.
    async fn forget_what_came_back(&self, old: LookupId) -> Result<(), WorkerError> {
        let left = self.mailroom.mailbox_part(old, None, 1).await?;
        if left.iter().all(|entry| entry.position == 0) {
            self.mailroom.purge_mailbox(old).await?;
        }
        Ok(())
    }
}

/// What is written of a case: by what it is found, and what is proposed unless something was.
fn assess(
    keyring: &Keyring,
    classifier: &dyn Classifier,
    hidden: HiddenShare,
    case: &AdmittedCase,
) -> Result<Assessed, WorkerError> {
    let proposal = if case.classified {
        None
    } else {
        Some(propose(keyring, classifier, hidden, case)?)
    };
    Ok(Assessed {
        envelope: case.envelope,
        has_files: case.has_files,
        alike: alike::record(keyring, case.case, &case.complaint)?,
        proposal,
    })
}

fn propose(
    keyring: &Keyring,
    classifier: &dyn Classifier,
    hidden: HiddenShare,
    case: &AdmittedCase,
) -> Result<Proposal, WorkerError> {
    let complaint = &case.complaint;
    let proposal = classifier.classify(complaint.narrative.expose());
    let route = route(
        proposal.main,
        &proposal.labels,
        proposal.urgency,
        complaint.immediate_danger == Some(true),
        proposal.review,
    );
    let protocols = route.protocols.iter().map(|decided| decided.value);
    let proposed = documents::Proposed {
        main: proposal.main,
        labels: proposal.labels.clone(),
        urgency: proposal.urgency,
        review: proposal.review || route.needs_person,
        priority: route.priority.value,
        mediation: route.mediation.value,
        protocols: protocols.collect(),
    };
    let model = classifier.version();
    // Drawn once: what is written stays, and who comes too late draws in vain.
    let hidden = hidden.draw(keyring.rng())?;
    let classification = if hidden {
        proposed.registered_hidden(model, complaint.immediate_danger == Some(true))
    } else {
        proposed.registered(model)
    };
    let content = documents::proposal(proposed, model, hidden, &proposal, &route);
    let recipient: CaseRecipient = case.recipient.parse()?;
    let document = seal_document(
        keyring,
        DocumentId(random_id(keyring)?),
        case.case,
        &recipient,
        DocumentKind::Proposal,
        case.received_on,
        &content,
    )?;
    Ok(Proposal {
        proposed: Proposed {
            case: case.case,
            classification,
            document: NewDocument {
                recipient: case.recipient.clone(),
                document,
            },
        },
        content,
    })
}
