//! The interim message: whoever filed hears of the case at the latest ninety days after.
//!
//! The term runs from admission on and is stopped by the message itself, in one transaction: it is
//! posted once, whatever breaks. It needs the mailbox's key and so an unsealed service; what fell due
//! while the service was sealed or down is posted in its first round.

use domain::case::{CaseState, Deadline, Status};
use domain::catalogue::TermKey;
use jiff::SignedDuration;
use jiff::civil::Date;
use mailbox::{Body, Entry, Notice};
use store::casefiles::{CaseHandle, RunningTerm};
use store::steps::{CaseChange, CaseStep, Stepped};

use super::{BATCH, Round, Worker, WorkerError};
use crate::standing::standing;

const TERM: TermKey = TermKey::MensajeIntermedio;

/// How long before its last day the message is posted: a service that is sealed or down for less
/// keeps the term all the same.
const EARLY: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Worker {
    /// The term as it runs from admission on. A term that ends on a non-working day would move to the
    /// next one; a promise of ninety days at the latest moves to the one before. `None` at the end of
    /// the civil calendar.
    pub(super) fn interim_term(&self, received_on: Date) -> Option<RunningTerm> {
        let days = i64::from(TERM.term().amount().value);
        let last = received_on
            .checked_add(SignedDuration::from_hours(24 * days))
            .ok()?;
        let due_on = self.calendar.working_day_until(last)?;
        Some(RunningTerm {
            deadline: Deadline { key: TERM, due_on },
            starts_on: received_on,
        })
    }

    /// Posts the message into every case in which it is due.
    pub(super) async fn post_interim(&self, round: &mut Round) -> Result<(), WorkerError> {
        let by = self.today().saturating_add(EARLY);
        let mut after = None;
        // Once through the ids: a case whose message cannot be posted now waits for the next round,
        // and no other case waits behind it.
        loop {
            let cases = self.cases.due(TERM, by, after, BATCH).await?;
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
        let others = register
            .terms
            .into_iter()
            .filter(|term| term.deadline.key != TERM);
        let entry = Entry {
            posted_on: self.today(),
            body: Body::Standing(standing(case.state, case.folio, others, Notice::Interim)),
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
            change: CaseChange {
                // The state that the message tells of is the one that the case is in.
                state: Some((case.state, case.state)),
                stop: vec![TERM],
                ..CaseChange::default()
            },
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
