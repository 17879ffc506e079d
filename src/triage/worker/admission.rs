//! The first step: a complaint becomes a case, and its first reply is finished.

use domain::case::{CaseState, Deadline, Folio};
use domain::catalogue::TermKey;
use jiff::civil::Date;
use mailbox::{Body, Entry, Notice, SealedEntry, Standing};
use opening::CaseKey;
use ring::rand::SecureRandom as _;
use sealing::{Content, Letter};
use store::casefiles::{
    Admission, Admitted as Outcome, CaseId, DocumentId, DocumentKind, NewCase, RunningTerm,
    SealedDocument,
};

use super::{Admitted, Worker, WorkerError, random_id};
use crate::keyring::{Keyring, ServiceRecord};

/// The mailbox position of the first reply; position 0 is intake's own entry.
const FIRST_REPLY: u32 = 1;

/// How often a folio is drawn. With half of a year's million folios taken, all of them are taken
/// once in 2^64 cases.
const DRAWS: u32 = 64;

/// The term that runs from reception: the complaint is registered and the folio told (CHIS 59).
const TERM_ON_RECEPTION: TermKey = TermKey::RegistroSseccoe;

impl Worker {
    /// Writes the case of a complaint, or finds it written.
    pub(super) async fn admit(&self, letter: Letter) -> Result<Admitted, WorkerError> {
        let Letter {
            envelope_id,
            lookup_id,
            mailbox_key,
            received_on,
            content,
            ..
        } = letter;
        let Content::Complaint(complaint) = content else {
            unreachable!("only letters with a complaint are admitted")
        };
        let hash = self.keyring.hash(lookup_id);
        if self.cases.has_seen(envelope_id).await?
            && let Some(case) = self.cases.case_of(hash).await?
        {
            return Ok(Admitted {
                envelope: envelope_id,
                case: case.id,
                recipient: case.recipient,
                received_on,
                complaint,
                classified: case.classified,
            });
        }

        let key = CaseKey::generate();
        let state = CaseState::UnderReview;
        let due_on = self
            .calendar
            .due(received_on, TERM_ON_RECEPTION.term().amount())?;
        let deadline = Deadline {
            key: TERM_ON_RECEPTION,
            due_on,
        };
        let service_record = ServiceRecord {
            lookup_id,
            mailbox_key,
        };
        let mut case = NewCase {
            id: CaseId(random_id(&self.keyring)?),
            folio: draw_folio(&self.keyring, received_on)?,
            lookup_hash: hash,
            received_on,
            state,
            ooad: complaint.workplace.ooad,
            umae: complaint.workplace.umae,
            recipient: key.public_key(),
            committee_wrap: self.keyring.wrap(&key)?,
            service_record: self.keyring.seal_service_record(&service_record)?,
            complaint: SealedDocument {
                id: DocumentId(random_id(&self.keyring)?),
                kind: DocumentKind::Complaint,
                written_on: received_on,
                sealed: key.recipient().seal(&*complaint, self.keyring.rng())?,
            },
            terms: vec![RunningTerm {
                deadline,
                starts_on: received_on,
            }],
        };
        for _ in 0..DRAWS {
            let reply = self.first_reply(&service_record, &case, deadline)?;
            let admission = Admission {
                envelope_id,
                seen_on: received_on,
                case: case.clone(),
                reply,
            };
            match self.cases.admit(&admission).await? {
                Outcome::Now => {
                    return Ok(Admitted {
                        envelope: envelope_id,
                        case: case.id,
                        recipient: case.recipient,
                        received_on,
                        complaint,
                        classified: false,
                    });
                }
                Outcome::FolioTaken => case.folio = draw_folio(&self.keyring, received_on)?,
                // Another worker was faster; its case is the case.
                Outcome::Before => {
                    let written = self.cases.case_of(hash).await?;
                    let written = written.ok_or(WorkerError::Contended)?;
                    return Ok(Admitted {
                        envelope: envelope_id,
                        case: written.id,
                        recipient: written.recipient,
                        received_on,
                        complaint,
                        classified: written.classified,
                    });
                }
            }
        }
        Err(WorkerError::NoFolio {
            year: received_on.year(),
        })
    }

    fn first_reply(
        &self,
        to: &ServiceRecord,
        case: &NewCase,
        deadline: Deadline,
    ) -> Result<SealedEntry, WorkerError> {
        let entry = Entry {
            posted_on: self.today(),
            body: Body::Standing(Standing {
                status: case.state.status(),
                folio: Some(case.folio),
                deadlines: vec![deadline],
                notice: Notice::Opened,
            }),
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

/// Draws six digits evenly: what does not fit a whole number of millions is drawn again.
fn draw_folio(keyring: &Keyring, received_on: Date) -> Result<Folio, WorkerError> {
    const FAIR: u32 = u32::MAX - u32::MAX % Folio::PER_YEAR;
    loop {
        let mut bytes = [0; 4];
        keyring
            .rng()
            .fill(&mut bytes)
            .map_err(|_| WorkerError::Randomness)?;
        let drawn = u32::from_be_bytes(bytes);
        if drawn < FAIR {
            let year = received_on.year();
            return Folio::new(year, drawn % Folio::PER_YEAR).ok_or(WorkerError::NoFolio { year });
        }
    }
}
