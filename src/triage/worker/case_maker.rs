//! Making a case of a complaint: all that comes before the stores.

use std::sync::Arc;

use committee::access::Access;
use committee::course;
use committee::keyring::{Keyring, ServiceRecord};
use domain::calendar::{Calendar, CalendarError};
use domain::case::Folio;
use domain::catalogue::{Risk, TermKey};
use domain::complaint::Complaint;
use domain::procedure::Course;
use jiff::civil::Date;
use mailbox::{Body, Entry, Notice, SealedEntry};
use opening::CaseKey;
use ring::rand::SecureRandom as _;
use sealing::{Content, EnvelopeId, Letter};
use store::casefiles::{Admission, CaseId, DocumentId, DocumentKind, NewCase};

use super::{WorkerError, random_id, seal_document};
use crate::standing::standing;

/// The mailbox position of the first reply; position 0 is intake's own entry.
const FIRST_REPLY: u32 = 1;

/// What makes cases, as things stand while a batch is worked off.
pub(super) struct CaseMaker {
    pub(super) access: Access,
    pub(super) calendar: Arc<Calendar>,
    /// The committee's day.
    pub(super) today: Date,
}

/// What became of a complaint.
pub(super) enum Made {
    /// A case that waits to be written.
    Case(Box<Draft>),
    /// No case can begin on its day.
    NoDay(EnvelopeId),
}

/// A case that waits to be written, and its mailbox.
pub(super) struct Draft {
    pub(super) admission: Admission,
    pub(super) mailbox: ServiceRecord,
}

impl CaseMaker {
    /// A case under a key and a folio of its own, with its first reply.
    pub(super) fn make(&self, letter: Letter) -> Result<Made, WorkerError> {
        let Letter {
            envelope_id,
            lookup_id,
            mailbox_key,
            received_on,
            content,
            ..
        } = letter;
        let Content::Complaint { complaint, .. } = content else {
            unreachable!("only letters with a complaint become cases")
        };
        let Ok(course) = self.course(&complaint, received_on) else {
            return Ok(Made::NoDay(envelope_id));
        };
        let Some(folio) = draw_folio(self.keyring(), received_on)? else {
            return Ok(Made::NoDay(envelope_id));
        };
        let mailbox = ServiceRecord {
            lookup_id,
            mailbox_key,
        };
        let case = self.case(folio, &course, &complaint, &mailbox)?;
        let admission = Admission {
            envelope_id,
            seen_on: received_on,
            reply: self.first_reply(&mailbox, &case)?,
            case,
        };
        Ok(Made::Case(Box::new(Draft { admission, mailbox })))
    }

    /// The same under another folio, which the first reply tells.
    pub(super) fn redraw(&self, draft: &mut Draft) -> Result<(), WorkerError> {
        let case = &mut draft.admission.case;
        if let Some(folio) = draw_folio(self.keyring(), case.received_on)? {
            case.folio = folio;
            draft.admission.reply = self.first_reply(&draft.mailbox, case)?;
        }
        Ok(())
    }

    fn keyring(&self) -> &Keyring {
        &self.access.keyring
    }

    /// How a case begins: with its first term and that of the interim message, and marked if a life may
    /// be at risk.
    fn course(&self, complaint: &Complaint, received_on: Date) -> Result<Course, CalendarError> {
        let terms = [first_term(complaint), TermKey::MensajeIntermedio];
        let course = course::begin(received_on, terms, &self.calendar)?;
        Ok(if complaint.immediate_danger == Some(true) {
            course.at_risk()
        } else {
            course
        })
    }

    fn case(
        &self,
        folio: Folio,
        course: &Course,
        complaint: &Complaint,
        mailbox: &ServiceRecord,
    ) -> Result<NewCase, WorkerError> {
        let keyring = self.keyring();
        let key = CaseKey::generate();
        let id = CaseId(random_id(keyring)?);
        let first = self.access.first(id, &key, complaint)?;
        let received_on = course.received_on();
        Ok(NewCase {
            id,
            folio,
            lookup_hash: keyring.hash(mailbox.lookup_id),
            received_on,
            state: course.state(),
            ooad: complaint.workplace.ooad,
            umae: complaint.workplace.umae,
            recipient: key.public_key(),
            access: first.access,
            service_record: keyring.seal_service_record(id, mailbox)?,
            complaint: seal_document(
                keyring,
                DocumentId(random_id(keyring)?),
                id,
                &key.recipient(),
                DocumentKind::Complaint,
                received_on,
                complaint,
            )?,
            conflict: Some(first.conflict),
            course: course::seal(keyring, id, course)?,
            terms: course::terms(course),
        })
    }

    fn first_reply(&self, to: &ServiceRecord, case: &NewCase) -> Result<SealedEntry, WorkerError> {
        let entry = Entry {
            posted_on: self.today,
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
            self.keyring().rng(),
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
