//! The interim message: whoever filed hears of the case at the latest ninety days after.
//!
//! The term runs from admission on and is stopped by the message itself, in one transaction: it is
//! posted once, whatever breaks. It needs the mailbox's key and so an unsealed service; what fell due
//! while the service was sealed or down is posted in its first round.

use committee::course;
use domain::case::{CaseState, Status};
use domain::catalogue::TermKey;
use jiff::SignedDuration;
use mailbox::{Body, Entry, Notice};
use store::casefiles::CaseHandle;
use store::steps::{CaseStep, Stepped};

use super::{Round, Worker, WorkerError};
use crate::standing::standing;

const TERM: TermKey = TermKey::MensajeIntermedio;

/// How long before its last day the message is posted: a service that is sealed or down for less
/// keeps the term all the same.
const EARLY: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Worker {
    /// Posts the message into every case in which it is due.
    pub(super) async fn post_interim(&self, round: &mut Round) -> Result<(), WorkerError> {
        let by = self.today().saturating_add(EARLY);
        let mut after = None;
        // Once through the ids: a case whose message cannot be posted now waits for the next round,
        // and no other case waits behind it.
        loop {
            let cases = self.cases.due(TERM, by, after, self.batch).await?;
            let Some(last) = cases.last() else {
                return Ok(());
            };
            after = Some(last.id);
            let mut posted = false;
            for case in cases.iter().filter(|case| !is_over(case.state)) {
                match self.post_interim_to(case).await {
                    Ok(now) => posted |= now,
                    Err(error) => round.defer(error)?,
                }
            }
            if posted {
                self.deliver_outbox().await?;
            }
        }
    }

    /// Says whether it was posted; another reply may have come between.
    async fn post_interim_to(&self, case: &CaseHandle) -> Result<bool, WorkerError> {
        let Some(register) = self.cases.case(case.folio).await? else {
            return Ok(false);
        };
        let record = self
            .keyring
            .open_service_record(case.id, &case.service_record)
            .map_err(WorkerError::ServiceRecord)?;
        let course = course::open(&self.keyring, case, &register)
            .map_err(WorkerError::ServiceRecord)?
            .interim_posted(self.today());
        let terms = course::terms(&course);
        let entry = Entry {
            posted_on: self.today(),
            body: Body::Standing(standing(case.state, case.folio, terms, Notice::Interim)),
        };
        let entry = mailbox::seal(
            &record.mailbox_key,
            record.lookup_id,
            case.next_position,
            &entry,
            self.keyring.rng(),
        )?;
        let step = CaseStep {
            entry: Some(entry),
            change: course::change(&self.keyring, case, &register.terms, &course)?,
            ..CaseStep::on(case.id)
        };
        match self.cases.step(&step).await? {
            Stepped::Now => Ok(true),
            Stepped::Outdated | Stepped::LogTaken => Ok(false),
        }
    }
}

/// Whether there is nothing left to tell. Whatever concludes a case stops its terms.
fn is_over(state: CaseState) -> bool {
    match state.status() {
        Status::Concluded | Status::Redirected => true,
        Status::Received
        | Status::NeedsInformation
        | Status::InAnalysis
        | Status::InProgress
        | Status::Determined => false,
    }
}
