//! Making a move in a case.

use actix_web::http::StatusCode;
use committee::access::recipient_of;
use committee::course;
use committee::documents::random_id;
use committee::log::LogError;
use domain::case::Folio;
use domain::catalogue::{Risk, TermKey};
use domain::complaint::{FaultKind, FieldFaults};
use domain::procedure::{
    By, Clock, Course, Move, Needed, Next, ProcedureNotice, Refused, Rules, Step, Stop, is_final,
};
use domain::routing::{Urgency, route};
use jiff::civil::Date;
use mailbox::{Author, Body, Entry, EntrySealError, Message};
use opening::OpenError;
use sealing::{RecipientError, SealError};
use service::language::Texts;
use service::problem::Problem;
use store::StoreError;
use store::casefiles::{
    CaseHandle, DocumentId, DocumentKind, NewDocument, RegisterEntry, SealedDocument,
};
use store::steps::{CaseStep, Confirmed, Stepped};

use super::refusal;
use super::told::told;
use crate::desk::case::CaseError;
use crate::desk::dossier::{Dossier, DossierError};
use crate::desk::gate::Member;
use crate::desk::pass::{self, NoPass};
use crate::desk::{Desk, fallback};
use crate::documents::{StepDocument, place};
use crate::standing::standing;

/// How often a move is tried while the case, or the log, is changed by others.
const TRIES: u32 = 16;

/// A move that was made.
pub(in crate::desk) struct Made {
    /// Its day.
    pub(in crate::desk) on: Date,
    /// How the case stands since.
    pub(in crate::desk) course: Course,
    /// Clocks that run since, or to another day.
    pub(in crate::desk) started: Vec<Clock>,
    /// Clocks that stand since.
    pub(in crate::desk) stopped: Vec<(TermKey, Stop)>,
    /// What whoever filed is told.
    pub(in crate::desk) notice: Option<ProcedureNotice>,
}

/// Why a move is not made. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub(in crate::desk) enum StepError {
    /// The procedure does not allow it; it says why.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The case that it is to be joined to is none of this member's, is this one, or goes on no more.
    #[error("the case cannot be joined to that one")]
    NoSuchTarget,
    /// See there.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the service keeps for the case does not open.
    #[error("what the service keeps for a case does not open")]
    Open(#[from] OpenError),
    /// The public key of the case is not valid.
    #[error("the public key of a case is not valid")]
    Recipient(#[from] RecipientError),
    /// Something could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The entry for the mailbox could not be sealed.
    #[error(transparent)]
    Entry(#[from] EntrySealError),
    /// It cannot be found out who may open another case.
    #[error(transparent)]
    Pass(#[from] NoPass),
    /// It cannot be written down.
    #[error(transparent)]
    Log(#[from] LogError),
    /// Others were faster all the time.
    #[error("the case stayed contended")]
    Contended,
}

impl StepError {
    /// What is told to programs, and to people where there is no form to tell it at.
    pub(in crate::desk) fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Refused(refused) => refusal::problem(texts, refused),
            Self::NoSuchTarget => {
                Problem::fields(texts, &FieldFaults::one("into", FaultKind::UnknownCode))
            }
            Self::Case(error) => error.problem(texts),
            Self::Log(error) => fallback::not_logged(texts, error),
            Self::Contended => Problem::new(texts, StatusCode::CONFLICT, "case-moved-on"),
            Self::Store(_)
            | Self::Open(_)
            | Self::Recipient(_)
            | Self::Seal(_)
            | Self::Entry(_)
            | Self::Pass(_) => {
                tracing::error!(cause = %self, "a step of a case was not made");
                fallback::unavailable(texts)
            }
        }
    }
}

/// Makes a move in a case that the gate let the member at; it is durable when this returns.
pub(in crate::desk) async fn make(
    desk: &Desk,
    member: &Member,
    dossier: &Dossier,
    step: &Step,
) -> Result<Made, StepError> {
    let id = dossier.entry.id;
    let unknown = || StepError::Case(CaseError::Unknown);
    let calendar = desk.calendar();
    let rules = Rules {
        calendar: &calendar,
    };
    gives_reason(dossier, step)?;
    if let Move::Join { into, .. } = &step.act {
        is_joinable(desk, member, dossier, *into).await?;
    }
    for _ in 0..TRIES {
        let case = desk.cases.handle(id).await?.ok_or_else(unknown)?;
        let register = desk.cases.case(case.folio).await?.ok_or_else(unknown)?;
        let course = course::open(&member.keyring, &case, &register)?;
        let reads_steps = matches!(step.act, Move::NotifyDecision { .. });
        if reads_steps && course.steps() != dossier.course.steps() {
            // The person is told the reason of the decision, which the dossier may not have.
            return Err(StepError::Contended);
        }
        let by = By::Member(member.actor.seat);
        let next = course.apply(step, by, desk.now(&calendar), &rules)?;
        let written = write(desk, member, dossier, (&case, &register), step, &next).await?;
        if keep(desk, member, &case, step, written).await? {
            return Ok(Made {
                on: next.course.last_entry(),
                course: next.course,
                started: next.started,
                stopped: next.stopped,
                notice: next.notice,
            });
        }
    }
    Err(StepError::Contended)
}

/// Writes a step with its entry in the log. Says whether it was written; if not, the case has moved on.
async fn keep(
    desk: &Desk,
    member: &Member,
    case: &CaseHandle,
    step: &Step,
    mut written: CaseStep,
) -> Result<bool, StepError> {
    let recorder = member.recorder(desk);
    let entry = recorder.step_made(case.folio, step.act.kind());
    let mut pen = recorder.pen().await;
    for _ in 0..TRIES {
        let next = pen.next(&entry).await?;
        written.log = Some(next.clone());
        match desk.cases.step(&written).await? {
            Stepped::Now => {
                pen.written(&next);
                return Ok(true);
            }
            Stepped::Outdated => return Ok(false),
            Stepped::LogTaken => {}
        }
    }
    Err(StepError::Contended)
}

/// What is to be written of a move, without the entry of the log.
async fn write(
    desk: &Desk,
    member: &Member,
    dossier: &Dossier,
    (case, register): (&CaseHandle, &RegisterEntry),
    step: &Step,
    next: &Next,
) -> Result<CaseStep, StepError> {
    let keyring = &*member.keyring;
    let on = next.course.last_entry();
    let told = next.notice.map(|notice| told(dossier, step, notice));
    let text = told.as_ref().and_then(|told| told.text.clone());
    let entry = match told {
        Some(told) => {
            let terms = course::terms(&next.course);
            let stands = standing(next.course.state(), case.folio, terms, told.said);
            let body = match told.text {
                Some(text) => Body::Message(Message {
                    standing: Some(stands),
                    ..Message::written(Author::Committee, text)
                }),
                None => Body::Standing(stands),
            };
            let record = keyring.open_service_record(case.id, &case.service_record)?;
            Some(mailbox::seal(
                &record.mailbox_key,
                record.lookup_id,
                case.next_position,
                &Entry {
                    posted_on: on,
                    body,
                },
                keyring.rng(),
            )?)
        }
        None => None,
    };
    let content = StepDocument {
        number: next.course.steps(),
        step: step.clone(),
        by: member.session.account.to_string(),
        seat: member.actor.seat,
        state: next.course.state(),
        text,
        position: entry.is_some().then_some(case.next_position),
    };
    let document = DocumentId(random_id(keyring.rng())?);
    let recipient = recipient_of(&*desk.cases, keyring, case)
        .await
        .map_err(DossierError::from)
        .map_err(CaseError::from)?;
    let place = place(case.id, document, DocumentKind::Step, on);
    let mut change = course::change(keyring, case, &register.terms, &next.course)?;
    change.confirmed = confirmed(dossier, register, &next.course, &step.act);
    Ok(CaseStep {
        document: Some(NewDocument {
            recipient: case.recipient.clone(),
            document: SealedDocument {
                id: document,
                kind: DocumentKind::Step,
                written_on: on,
                sealed: recipient.seal(&place, &content, keyring.rng())?,
            },
        }),
        entry,
        change,
        ..CaseStep::on(case.id)
    })
}

/// What the register shows from now on, if the risks were confirmed: what the rules make of them. Who read
/// the case is the person who is asked for, so nothing is left to be looked at.
fn confirmed(
    dossier: &Dossier,
    register: &RegisterEntry,
    course: &Course,
    act: &Move,
) -> Option<Confirmed> {
    let Move::Classify {
        main,
        others,
        urgency,
        ..
    } = act
    else {
        return None;
    };
    let others = others.iter().copied().filter(|risk| risk != main);
    let labels: Vec<Risk> = std::iter::once(*main).chain(others).collect();
    // Where nothing was proposed, perhaps nobody said how urgent the narrative is.
    let proposed = register.classification.as_ref();
    let proposed = proposed.map_or(Urgency::Media, |found| found.urgency);
    let urgency = urgency.unwrap_or(proposed);
    let danger = dossier.complaint.immediate_danger == Some(true);
    let route = route(*main, &labels, urgency, danger, false);
    let strictest = course.classification().map(|kept| kept.mediation);
    Some(Confirmed {
        main: *main,
        urgency,
        priority: route.priority.value,
        mediation: strictest.unwrap_or(route.mediation.value),
        protocols: route.protocols.iter().map(|one| one.value).collect(),
        labels,
    })
}

/// Whoever confirms other risks than were proposed says why, and so does who holds for less urgent what was
/// found urgent; the proposal stays beside it. Further risks that were proposed may be left out: they were only
/// offered. Nobody is asked about risks that are hidden: that would tell what they are.
fn gives_reason(dossier: &Dossier, step: &Step) -> Result<(), Refused> {
    let Move::Classify {
        main,
        others,
        urgency,
        reason: None,
    } = &step.act
    else {
        return Ok(());
    };
    let Some(register) = &dossier.entry.classification else {
        return Ok(());
    };
    let what = Needed::Reason;
    let stays_urgent = urgency.is_none_or(|urgency| urgency == Urgency::Alta);
    if register.urgency == Urgency::Alta && !stays_urgent {
        return Err(Refused::Missing { what });
    }
    let Some(proposed) = &register.finding else {
        return Ok(());
    };
    let is_confirmed = dossier.course.classification().is_some();
    let keeps = |risk: &Risk| risk == main || others.contains(risk);
    let same = proposed.main == *main
        && (!is_confirmed || proposed.labels.iter().all(keeps))
        && others.iter().all(|risk| proposed.labels.contains(risk));
    if same {
        return Ok(());
    }
    Err(Refused::Missing { what })
}

/// Whether a case can be joined to another: one that this member may open, and that goes on.
async fn is_joinable(
    desk: &Desk,
    member: &Member,
    dossier: &Dossier,
    into: Folio,
) -> Result<(), StepError> {
    if into == dossier.entry.folio {
        return Err(StepError::NoSuchTarget);
    }
    let Some(entry) = pass::entitled_to(desk, member, into).await? else {
        return Err(StepError::NoSuchTarget);
    };
    let Some(case) = desk.cases.handle(entry.id).await? else {
        return Err(StepError::NoSuchTarget);
    };
    let course = course::open(&member.keyring, &case, &entry)?;
    if course.joined_into().is_some() || is_final(course.state()) {
        return Err(StepError::NoSuchTarget);
    }
    Ok(())
}
