//! Putting a further message of the complainant into its case, and showing it back to them.

use committee::access::{Access, AccessError, open_circle, recipient_of};
use committee::course;
use domain::complaint::SecretText;
use domain::procedure::{By, Course, Move, MoveKind, Rules};
use mailbox::{Author, Body, Entry, FiledFile, MOST_ENTRIES, Message, Notice};
use sealing::{EvidenceItem, FollowUp as Told, Letter};
use store::casefiles::{CaseHandle, DocumentKind, NewDocument, RegisterEntry};
use store::steps::{CaseChange, FollowUp, Followed};

use super::words::{MAILBOX_KEY, Whose};
use super::{TRIES, Worker, WorkerError};
use crate::documents::MessageDocument;
use crate::standing::standing;

/// The reason of the quarantine for a message to a mailbox that holds more than any conversation. While
/// the service is sealed, intake cannot see how many messages wait for one.
const MAILBOX_FULL: &str = "mailbox_full";

/// From how many entries on. Intake stops at [`MOST_ENTRIES`]: what it took in just before is not set
/// aside.
const FULL: u32 = MOST_ENTRIES + 100;

/// What became of a message.
pub(super) enum Following {
    /// It is in its case and the echo in the outbox.
    Done,
    /// Its mailbox has no case yet.
    NoCase,
    /// It cannot enter the case, for this reason.
    Refused(&'static str),
}

impl Worker {
    /// Writes the message and its echo, or finds them written.
    pub(super) async fn follow_up(
        &self,
        letter: &Letter,
        told: &Told,
        access: &Access,
    ) -> Result<Following, WorkerError> {
        for _ in 0..TRIES {
            let (case, record) = match self.whose(letter.lookup_id, &letter.mailbox_key).await? {
                Whose::Case(case, record) => (*case, record),
                Whose::Nobody => return Ok(Following::NoCase),
                Whose::Forged => return Ok(Following::Refused(MAILBOX_KEY)),
            };
            if case.next_position >= FULL && !self.cases.has_seen(letter.envelope_id).await? {
                return Ok(Following::Refused(MAILBOX_FULL));
            }
            if self.keep_out_who_is_named(told, &case, access).await? {
                // It has a new key by now, of which they have no copy.
                continue;
            }
            let recipient = recipient_of(&*self.cases, &self.keyring, &case).await?;
            let Some(register) = self.cases.case(case.folio).await? else {
                return Ok(Following::NoCase);
            };
            let answered = self.answered(letter, told, &case, &register)?;
            let echo = Entry {
                posted_on: letter.received_on,
                body: Body::Message(echo(&case, told, &register, answered.as_ref())),
            };
            let follow_up = FollowUp {
                envelope_id: letter.envelope_id,
                seen_on: letter.received_on,
                case_id: case.id,
                document: NewDocument {
                    recipient: case.recipient.clone(),
                    document: self.document(
                        case.id,
                        &recipient,
                        DocumentKind::Message,
                        letter.received_on,
                        &MessageDocument {
                            text: text_of(told),
                            referral_consent: told.referral_consent,
                            answers_request: answered.is_some(),
                            position: Some(case.next_position),
                        },
                    )?,
                },
                reply: mailbox::seal(
                    &record.mailbox_key,
                    record.lookup_id,
                    case.next_position,
                    &echo,
                    self.keyring.rng(),
                )?,
                change: match &answered {
                    Some(course) => course::change(&self.keyring, &case, &register.terms, course)?,
                    None => CaseChange::default(),
                },
            };
            match self.cases.follow_up(&follow_up).await? {
                Followed::Now | Followed::Before => {
                    return Ok(Following::Done);
                }
                Followed::Outdated => {}
            }
        }
        Err(WorkerError::Contended)
    }

    /// Keeps members and holders out of a case whom a message names. Says whether the case has another key now.
    async fn keep_out_who_is_named(
        &self,
        told: &Told,
        case: &CaseHandle,
        access: &Access,
    ) -> Result<bool, WorkerError> {
        let (Some(text), Some(circle)) = (&told.text, &case.circle) else {
            return Ok(false);
        };
        let circle = open_circle(&self.keyring, case.id, circle).map_err(AccessError::from)?;
        Ok(access
            .keep_out_named(case.id, &circle, text.expose())
            .await?)
    }

    /// How the case stands after an answer to what was asked for; `None` if the message is none, or the
    /// case takes none now.
    fn answered(
        &self,
        letter: &Letter,
        told: &Told,
        case: &CaseHandle,
        register: &RegisterEntry,
    ) -> Result<Option<Course>, WorkerError> {
        let course =
            course::open(&self.keyring, case, register).map_err(WorkerError::ServiceRecord)?;
        if !told.answers_request || course.admits(MoveKind::Answer, By::Complainant).is_err() {
            return Ok(None);
        }
        let rules = Rules {
            calendar: &self.calendar.now(),
        };
        // A suspension that was taken back since has dated it ahead of what the desk does from now on, or
        // what the desk did last; what waited in the mailroom meanwhile is older than what was done in the case.
        let today = self.today();
        let on = letter.received_on.max(course.last_entry()).min(today);
        let answer = |on| course.apply(&Move::Answer {}.into(), By::Complainant, on, &rules);
        // An answer that came counts even where the service's own clock was set back.
        let next = answer(on).or_else(|_| answer(today.max(course.last_entry())));
        Ok(next.ok().map(|next| next.course))
    }
}

/// What the person sees of what they sent, and where the case stands since: in another state, if it
/// answers what was asked for.
fn echo(
    case: &CaseHandle,
    told: &Told,
    register: &RegisterEntry,
    answered: Option<&Course>,
) -> Message {
    let (standing, situation) = if let Some(course) = answered {
        let terms = course::terms(course);
        let stands = standing(course.state(), case.folio, terms, Notice::Answered);
        (Some(stands), None)
    } else {
        let terms = register.terms.iter().copied();
        let stands = standing(case.state, case.folio, terms, Notice::Answered);
        (None, Some(stands.into()))
    };
    let file = |item: &EvidenceItem| FiledFile {
        name: item.name.clone(),
        bytes: item.bytes,
        version: item.version,
    };
    Message {
        from: Author::Complainant,
        text: text_of(told),
        evidence: told.evidence.iter().map(file).collect(),
        referral_consent: told.referral_consent,
        standing,
        situation,
    }
}

fn text_of(told: &Told) -> Option<SecretText> {
    told.text
        .as_ref()
        .map(|text| SecretText::from(text.expose().to_owned()))
}
