//! The first pass: complaints become cases, a batch at a time, and are answered.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use committee::access::Access;
use committee::calendar::CalendarBook;
use committee::waiting::Walk;
use domain::calendar::{Amount, Unit};
use jiff::SignedDuration;
use jiff::civil::Date;
use sealing::{Content, EnvelopeId, Letter};
use store::casefiles::{Admission, Admitted};
use store::mailroom::WaitingEnvelope;

use super::case_maker::{CaseMaker, Draft, Made};
use super::cores::on_all_cores;
use super::{Round, Worker, WorkerError};

/// How often a folio is drawn. With half of a year's million folios taken, all of them are taken
/// once in 2^64 cases.
const DRAWS: u32 = 64;

/// How far a day of reception may lie ahead of this machine's clock: the next working day after a
/// long closure, and clocks that do not agree. Days that the committee enters come on top.
const AHEAD: SignedDuration = SignedDuration::from_hours(31 * 24);

/// Reasons of the quarantine for letters that open but cannot become a case. A sound intake writes
/// none of them; a broken one must not be able to stop the others.
const MAILBOX_TAKEN: &str = "mailbox_taken";
const DAY: &str = "day";

/// What waits for the later passes of a round. Of each envelope the id alone: what it says is read again.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    /// Complaints.
    pub(super) complaints: HashSet<EnvelopeId>,
    /// Further messages.
    pub(super) messages: HashSet<EnvelopeId>,
    /// Other words for a mailbox.
    pub(super) words: HashSet<EnvelopeId>,
    /// Whether anything came with files.
    pub(super) files: bool,
}

/// Complaints that wait and are known to have their case and their first reply, or a place in the outbox. In
/// memory only: whoever starts anew finds out again.
#[derive(Debug, Default)]
pub struct Answered(Mutex<HashSet<EnvelopeId>>);

impl Answered {
    fn known(&self) -> MutexGuard<'_, HashSet<EnvelopeId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, envelope: EnvelopeId) {
        self.known().insert(envelope);
    }

    /// One that has to be looked at again.
    pub(super) fn forget(&self, envelope: EnvelopeId) {
        self.known().remove(&envelope);
    }

    /// Takes those out that need not be looked at.
    fn take_out(&self, batch: &mut Vec<WaitingEnvelope>) -> Vec<EnvelopeId> {
        let known = self.known();
        let taken = batch.extract_if(.., |envelope| known.contains(&envelope.id()));
        taken.map(|envelope| envelope.id()).collect()
    }

    /// Forgets what waits no more.
    fn keep(&self, waiting: &HashSet<EnvelopeId>) {
        self.known().retain(|envelope| waiting.contains(envelope));
    }
}

impl Waiting {
    /// Notes what a letter is; says whether it is a complaint.
    fn note(&mut self, letter: &Letter) -> bool {
        match &letter.content {
            Content::Complaint { .. } => {
                self.complaints.insert(letter.envelope_id);
                return true;
            }
            Content::FollowUp(told) => {
                self.messages.insert(letter.envelope_id);
                self.files |= !told.evidence.is_empty();
            }
            Content::NewWords(_) => {
                self.words.insert(letter.envelope_id);
            }
        }
        false
    }
}

impl Worker {
    /// Makes a case of every complaint that waits, and answers it. The next batch is made while one is
    /// written.
    pub(super) async fn answer_all(
        &self,
        access: &Access,
        round: &mut Round,
    ) -> Result<Waiting, WorkerError> {
        let maker = Arc::new(CaseMaker {
            access: access.clone(),
            calendar: self.calendar.now(),
            today: self.today(),
        });
        let mut walk = self.walk();
        let mut waiting = Waiting::default();
        let mut made = self
            .make_next(&maker, &mut walk, &mut waiting, round)
            .await?;
        while let Some(drafts) = made {
            let mut meanwhile = Round::default();
            let (written, next) = tokio::join!(
                self.write(&maker, drafts, round),
                self.make_next(&maker, &mut walk, &mut waiting, &mut meanwhile),
            );
            written?;
            made = next?;
            *round += meanwhile;
        }
        self.answered.keep(&waiting.complaints);
        Ok(waiting)
    }

    /// Makes cases of the next batch; `None` after the last.
    async fn make_next(
        &self,
        maker: &Arc<CaseMaker>,
        walk: &mut Walk,
        waiting: &mut Waiting,
        round: &mut Round,
    ) -> Result<Option<Vec<Draft>>, WorkerError> {
        let Some(mut batch) = walk.next(&*self.mailroom).await? else {
            return Ok(None);
        };
        let answered = self.answered.take_out(&mut batch);
        waiting.complaints.extend(answered);
        let mut letters = self.open_all(batch, round).await?;
        letters.retain(|letter| waiting.note(letter));
        let asked: Vec<_> = letters
            .iter()
            .map(|letter| (letter.envelope_id, self.keyring.hash(letter.lookup_id)))
            .collect();
        let mut unseen = Vec::with_capacity(letters.len());
        for (letter, known) in letters.into_iter().zip(self.cases.known(&asked).await?) {
            // The case and the seen id are one transaction: a case without its id belongs to another
            // envelope.
            match (known.seen, known.has_case) {
                (true, _) => self.answered.note(letter.envelope_id),
                (false, true) => {
                    let id = letter.envelope_id;
                    self.set_aside(id, MAILBOX_TAKEN, round).await?;
                }
                (false, false) => unseen.push(letter),
            }
        }
        let unseen = self.of_sound_days(unseen, maker.today, round).await?;
        let maker = Arc::clone(maker);
        let mut drafts = Vec::with_capacity(unseen.len());
        for made in on_all_cores(unseen, move |letter| maker.make(letter)).await {
            match made.map_err(WorkerError::from).flatten() {
                Ok(Made::Case(draft)) => drafts.push(*draft),
                Ok(Made::NoDay(id)) => self.set_aside(id, DAY, round).await?,
                Err(error) => round.defer(error)?,
            }
        }
        Ok(Some(drafts))
    }

    /// Those of the complaints whose day may have been given to them; the others are set aside. Intake dates
    /// by the committee's calendar, perhaps by one that was changed since, so of a day far ahead it is asked
    /// what was ever entered.
    async fn of_sound_days(
        &self,
        letters: Vec<Letter>,
        today: Date,
        round: &mut Round,
    ) -> Result<Vec<Letter>, WorkerError> {
        let soon = today.saturating_add(AHEAD);
        let (far, mut sound): (Vec<_>, Vec<_>) = letters
            .into_iter()
            .partition(|letter| letter.received_on > soon);
        if far.is_empty() {
            return Ok(sound);
        }
        let last = match self.last_day(soon).await {
            Ok(last) => last,
            Err(error) => {
                // Whether their day is one cannot be told, so they wait.
                round.deferred += u64::try_from(far.len() - 1).unwrap_or(u64::MAX);
                round.defer(error)?;
                return Ok(sound);
            }
        };
        for letter in far {
            if letter.received_on <= last {
                sound.push(letter);
            } else {
                self.set_aside(letter.envelope_id, DAY, round).await?;
            }
        }
        Ok(sound)
    }

    /// The first working day from `soon` on, in whichever of the committee's calendars it comes last.
    async fn last_day(&self, soon: Date) -> Result<Date, WorkerError> {
        let at_once = Amount {
            value: 0,
            unit: Unit::WorkingDays,
        };
        let book = CalendarBook::new(&*self.cases, &self.keyring);
        let ever = book.read().await?.ever();
        let days = ever
            .iter()
            .filter_map(|calendar| calendar.due(soon, at_once).ok());
        Ok(days.max().unwrap_or(soon))
    }

    /// Writes cases, and delivers their first replies.
    async fn write(
        &self,
        maker: &CaseMaker,
        mut drafts: Vec<Draft>,
        round: &mut Round,
    ) -> Result<(), WorkerError> {
        if drafts.is_empty() {
            return Ok(());
        }
        for _ in 0..DRAWS {
            drafts = self.admit(maker, drafts, round).await?;
            if drafts.is_empty() {
                break;
            }
        }
        for Draft { admission, .. } in drafts {
            let year = admission.case.received_on.year();
            round.defer(WorkerError::NoFolio { year })?;
        }
        self.deliver_outbox().await
    }

    /// Writes cases; gives those whose folio was taken, under others.
    async fn admit(
        &self,
        maker: &CaseMaker,
        drafts: Vec<Draft>,
        round: &mut Round,
    ) -> Result<Vec<Draft>, WorkerError> {
        let (admissions, mailboxes): (Vec<Admission>, Vec<_>) = drafts
            .into_iter()
            .map(|draft| (draft.admission, draft.mailbox))
            .unzip();
        let outcomes = self.cases.admit_all(&admissions).await?;
        let mut again = Vec::new();
        let drafts = admissions.into_iter().zip(mailboxes);
        for ((admission, mailbox), outcome) in drafts.zip(outcomes) {
            match outcome {
                // If another worker was faster, its case is the case.
                Admitted::Now | Admitted::Before => self.answered.note(admission.envelope_id),
                Admitted::MailboxTaken => {
                    self.set_aside(admission.envelope_id, MAILBOX_TAKEN, round)
                        .await?;
                }
                Admitted::FolioTaken => {
                    let mut draft = Draft { admission, mailbox };
                    maker.redraw(&mut draft)?;
                    again.push(draft);
                }
            }
        }
        Ok(again)
    }
}
