//! The first step: a complaint becomes a case, and its first reply is finished.

use committee::access::{Access, recipient_of};
use committee::course;
use domain::calendar::CalendarError;
use domain::case::Folio;
use domain::catalogue::{Risk, TermKey};
use domain::complaint::Complaint;
use domain::procedure::Course;
use jiff::SignedDuration;
use jiff::civil::Date;
use mailbox::{Body, Entry, Notice, SealedEntry};
use opening::CaseKey;
use ring::rand::SecureRandom as _;
use sealing::{Content, EnvelopeId, Letter, LookupId};
use store::casefiles::{
    Admission as NewAdmission, Admitted as Outcome, CaseId, DocumentKind, NewCase,
};

use super::words::{MAILBOX_KEY, Whose};
use super::{Admission, AdmittedCase, Worker, WorkerError, random_id};
use crate::standing::standing;
use committee::keyring::{Keyring, ServiceRecord};

/// The mailbox position of the first reply; position 0 is intake's own entry.
const FIRST_REPLY: u32 = 1;

/// How often a folio is drawn. With half of a year's million folios taken, all of them are taken
/// once in 2^64 cases.
const DRAWS: u32 = 64;

/// How far a day of reception may lie ahead of this machine's clock: the next working day after a
/// long closure, and clocks that do not agree.
const AHEAD: SignedDuration = SignedDuration::from_hours(31 * 24);

/// Reasons of the quarantine for letters that open but cannot become a case. A sound intake writes
/// none of them; a broken one must not be able to stop the others.
const MAILBOX_TAKEN: &str = "mailbox_taken";
const DAY: &str = "day";

impl Worker {
    /// Writes the case of a complaint, or finds it written.
    pub(super) async fn admit(
        &self,
        letter: Letter,
        access: &Access,
    ) -> Result<Admission, WorkerError> {
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
            unreachable!("only letters with a complaint are admitted")
        };
        let has_files = !evidence.is_empty();
        let hash = self.keyring.hash(lookup_id);
        let mailbox = ServiceRecord {
            lookup_id,
            mailbox_key,
        };
        // The case and the seen id are one transaction: in this order, a case without its id belongs
        // to another envelope, whatever another worker does meanwhile.
        let written = self.cases.case_of(hash).await?;
        let seen = self.cases.has_seen(envelope_id).await?;
        if seen {
            return self
                .case_written_before(envelope_id, &mailbox, received_on, complaint, has_files)
                .await;
        }
        if written.is_some() {
            return Ok(Admission::Refused(MAILBOX_TAKEN));
        }
        if received_on > self.today().saturating_add(AHEAD) {
            return Ok(Admission::Refused(DAY));
        }
        let Ok(course) = self.course(&complaint, received_on) else {
            return Ok(Admission::Refused(DAY));
        };
        let Some(mut folio) = draw_folio(&self.keyring, received_on)? else {
            return Ok(Admission::Refused(DAY));
        };

        let case = self.new_case(folio, &course, &complaint, &mailbox, access)?;
        for _ in 0..DRAWS {
            let case = NewCase {
                folio,
                ..case.clone()
            };
            let reply = self.first_reply(&mailbox, &case)?;
            let recipient = case.recipient.clone();
            let id = case.id;
            let new = NewAdmission {
                envelope_id,
                seen_on: received_on,
                case,
                reply,
            };
            match self.cases.admit(&new).await? {
                Outcome::Now => {
                    return Ok(Admission::Case(AdmittedCase {
                        envelope: envelope_id,
                        case: id,
                        recipient,
                        received_on,
                        complaint,
                        has_files,
                        classified: false,
                    }));
                }
                Outcome::FolioTaken => match draw_folio(&self.keyring, received_on)? {
                    Some(drawn) => folio = drawn,
                    None => return Ok(Admission::Refused(DAY)),
                },
                // Another worker was faster; its case is the case.
                Outcome::Before => {
                    return self
                        .case_written_before(
                            envelope_id,
                            &mailbox,
                            received_on,
                            complaint,
                            has_files,
                        )
                        .await;
                }
            }
        }
        Err(WorkerError::NoFolio {
            year: received_on.year(),
        })
    }

    /// How a case begins: with its first term and that of the interim message, and marked if a life may
    /// be at risk.
    fn course(&self, complaint: &Complaint, received_on: Date) -> Result<Course, CalendarError> {
        let terms = [first_term(complaint), TermKey::MensajeIntermedio];
        let course = course::begin(received_on, terms, &self.calendar.now())?;
        Ok(if complaint.immediate_danger == Some(true) {
            course.at_risk()
        } else {
            course
        })
    }

    /// A case under a key of its own.
    fn new_case(
        &self,
        folio: Folio,
        course: &Course,
        complaint: &Complaint,
        service_record: &ServiceRecord,
        access: &Access,
    ) -> Result<NewCase, WorkerError> {
        let key = CaseKey::generate();
        let id = CaseId(random_id(&self.keyring)?);
        let first = access.first(id, &key, complaint)?;
        let received_on = course.received_on();
        Ok(NewCase {
            id,
            folio,
            lookup_hash: self.keyring.hash(service_record.lookup_id),
            received_on,
            state: course.state(),
            ooad: complaint.workplace.ooad,
            umae: complaint.workplace.umae,
            recipient: key.public_key(),
            access: first.access,
            service_record: self.keyring.seal_service_record(id, service_record)?,
            complaint: self.document(
                id,
                &key.recipient(),
                DocumentKind::Complaint,
                received_on,
                complaint,
            )?,
            conflict: Some(first.conflict),
            course: course::seal(&self.keyring, id, course)?,
            terms: course::terms(course),
        })
    }

    /// The case that was written for an envelope before.
    async fn case_written_before(
        &self,
        envelope: EnvelopeId,
        filed: &ServiceRecord,
        received_on: Date,
        complaint: Box<Complaint>,
        has_files: bool,
    ) -> Result<Admission, WorkerError> {
        // The person may have chosen other words since.
        let case = match self.whose(filed.lookup_id, &filed.mailbox_key).await? {
            Whose::Case(case, record) => {
                if record.lookup_id != filed.lookup_id {
                    self.forget_what_came_back(filed.lookup_id).await?;
                }
                case
            }
            Whose::Nobody => return Ok(Admission::Over),
            Whose::Forged => return Ok(Admission::Refused(MAILBOX_KEY)),
        };
        recipient_of(&*self.cases, &self.keyring, &case).await?;
        Ok(Admission::Case(AdmittedCase {
            envelope,
            case: case.id,
            recipient: case.recipient,
            received_on,
            complaint,
            has_files,
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

    fn first_reply(&self, to: &ServiceRecord, case: &NewCase) -> Result<SealedEntry, WorkerError> {
        let entry = Entry {
            posted_on: self.today(),
            body: Body::Standing(standing(
                case.state,
                case.folio,
                case.terms.iter().copied(),
                Notice::Opened,
            )),
        };
        Ok(mailbox::seal(
            &to.mailbox_key,
            to.lookup_id,
            FIRST_REPLY,
            &entry,
            self.keyring.rng(),
        )?)
    }
}

/// The term that runs first, from the catalogue of risks: by the risk that the person believes it to
/// be, as long as nothing else is known.
fn first_term(complaint: &Complaint) -> TermKey {
    complaint
        .suspected_risk
        .unwrap_or(Risk::FueraCompetencia)
        .entry()
        .first_term
        .value
}

/// Draws six digits evenly: what does not fit a whole number of millions is drawn again. `None` for a
/// year that no folio has.
fn draw_folio(keyring: &Keyring, received_on: Date) -> Result<Option<Folio>, WorkerError> {
    const FAIR: u32 = u32::MAX - u32::MAX % Folio::PER_YEAR;
    loop {
        let mut bytes = [0; 4];
        keyring
            .rng()
            .fill(&mut bytes)
            .map_err(|_| WorkerError::Randomness)?;
        let drawn = u32::from_be_bytes(bytes);
        if drawn < FAIR {
            return Ok(Folio::new(received_on.year(), drawn % Folio::PER_YEAR));
        }
    }
}
