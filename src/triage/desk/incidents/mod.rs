//! `GET` and `POST /incidentes`: the log of security incidents; `POST /incidentes/{incident}`: what was found
//! later, and what whoever filed is told. `page` shows it, and makes the table of `GET /incidentes.csv`.

mod page;

pub(super) use self::page::{export, show};

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use committee::documents::random_id;
use committee::incidents::{
    Incident, IncidentError, IncidentId, Incidents, Nature, Note, Notice, Whom,
};
use committee::log::LogError;
use committee::readable::Readable;
use domain::case::Folio;
use domain::complaint::{FaultKind, FieldFaults, LongText, SecretText};
use jiff::civil::Date;
use sealing::SealError;
use serde::Deserialize;
use service::language::Texts;
use service::problem::Problem;
use store::StoreError;

use super::gate::{Form, Member};
use super::register::{Eye, RegisterError};
use super::{Desk, fallback};

/// Where the log of incidents is.
const HERE: &str = "/incidentes";

#[derive(Deserialize)]
struct New {
    nature: Option<Nature>,
    happened_on: Option<String>,
    noticed_on: Option<String>,
    what: Option<SecretText>,
    affected: Option<SecretText>,
    measures: Option<SecretText>,
    told: Option<SecretText>,
}

#[derive(Deserialize)]
struct More {
    note: Option<SecretText>,
    notice: Option<SecretText>,
    /// Folios; for all cases if there are none.
    cases: Option<String>,
}

/// What a member says of one.
pub(super) struct Report {
    pub(super) nature: Nature,
    pub(super) happened_on: Date,
    pub(super) noticed_on: Date,
    pub(super) what: LongText,
    pub(super) affected: LongText,
    pub(super) measures: LongText,
    pub(super) told: Option<LongText>,
}

/// What a member adds to one.
pub(super) struct Addition {
    /// What was found later.
    pub(super) note: Option<LongText>,
    /// What those who filed are told.
    pub(super) notice: Option<LongText>,
    /// In which cases; in all if nothing is said.
    pub(super) cases: Option<Vec<Folio>>,
}

/// Why something is not done.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error("not a form of an incident")]
    Form,
    #[error(transparent)]
    Field(#[from] FieldFaults),
    #[error("there is no such incident")]
    Unknown,
    #[error("those who filed are told once")]
    Told,
    #[error(transparent)]
    Incident(#[from] IncidentError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Log(#[from] LogError),
}

/// Writes one down.
pub(super) async fn record(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let added = match read(&form) {
        Ok(report) => add(&desk, &member, report).await,
        Err(fault) => Err(fault),
    };
    match added {
        Ok(incident) => to(incident.id),
        Err(fault) => fallback::problem(&desk, &request, &fault.problem(desk.texts(&request))),
    }
}

/// Adds to one.
pub(super) async fn more(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    incident: Path<String>,
    form: Form,
) -> HttpResponse {
    let changed = match read_more(&form) {
        Ok(addition) => change(&desk, &member, &incident, addition).await,
        Err(fault) => Err(fault),
    };
    match changed {
        Ok(incident) => to(incident.id),
        Err(fault) => fallback::problem(&desk, &request, &fault.problem(desk.texts(&request))),
    }
}

fn to(id: IncidentId) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, format!("{HERE}#incidente-{id}")))
        .finish()
}

/// What a reader is shown of a notice: of the cases, those that they may know of; of one that went to others
/// only, nothing.
pub(super) fn shown(known: &BTreeSet<Folio>, notice: &Notice) -> Option<Whom> {
    match &notice.to {
        Whom::All => Some(Whom::All),
        Whom::Cases(cases) => {
            let shown = cases.iter().filter(|folio| known.contains(folio));
            let shown: Vec<Folio> = shown.copied().collect();
            (!shown.is_empty()).then_some(Whom::Cases(shown))
        }
    }
}

/// The cases that the member may know of.
pub(super) async fn known(desk: &Desk, member: &Member) -> Result<BTreeSet<Folio>, Fault> {
    let register = desk.register.now(&*desk.cases, &member.keyring).await?;
    let eye = Eye::of(member);
    let known = register.cases().filter(|case| eye.knows(case));
    Ok(known.map(|case| case.entry.folio).collect())
}

/// All incidents that can be read.
pub(super) async fn all(desk: &Desk, member: &Member) -> Result<Readable<Incident>, Fault> {
    let incidents = Incidents::new(&*desk.cases, &member.keyring);
    Ok(incidents.all().await?)
}

fn read(form: &Form) -> Result<Report, Fault> {
    let new: New = form.parse().ok_or(Fault::Form)?;
    Ok(Report {
        happened_on: day("happened_on", new.happened_on)?,
        noticed_on: day("noticed_on", new.noticed_on)?,
        nature: new
            .nature
            .ok_or_else(|| FieldFaults::one("nature", FaultKind::UnknownCode))?,
        what: text("what", new.what)?,
        affected: text("affected", new.affected)?,
        measures: text("measures", new.measures)?,
        told: optional("told", new.told)?,
    })
}

/// Writes one down.
pub(super) async fn add(desk: &Desk, member: &Member, new: Report) -> Result<Incident, Fault> {
    let today = desk.today();
    for (field, day) in [
        ("happened_on", new.happened_on),
        ("noticed_on", new.noticed_on),
    ] {
        if day > today {
            return Err(FieldFaults::one(field, FaultKind::InTheFuture).into());
        }
    }
    if new.noticed_on < new.happened_on {
        return Err(FieldFaults::one("noticed_on", FaultKind::EndsBeforeItBegins).into());
    }
    let Report {
        nature,
        happened_on,
        noticed_on,
        what,
        affected,
        measures,
        told,
    } = new;
    let incident = Incident {
        id: IncidentId(random_id(member.keyring.rng())?),
        nature,
        happened_on,
        noticed_on,
        what,
        affected,
        measures,
        told,
        recorded_on: today,
        recorded_by: member.actor.id,
        notes: Vec::new(),
        notice: None,
    };
    member.recorder(desk).incident_recorded().await?;
    let incidents = Incidents::new(&*desk.cases, &member.keyring);
    incidents.add(&incident).await?;
    Ok(incident)
}

fn read_more(form: &Form) -> Result<Addition, Fault> {
    let more: More = form.parse().ok_or(Fault::Form)?;
    let cases = more.cases.filter(|cases| !cases.trim().is_empty());
    let folio = |typed: &str| typed.to_uppercase().parse().map_err(|_| no_such_case());
    let folios = |cases: String| {
        let typed = cases.split(|c: char| c.is_whitespace() || c == ',');
        let typed = typed.filter(|typed| !typed.is_empty());
        typed.map(folio).collect::<Result<_, FieldFaults>>()
    };
    Ok(Addition {
        note: optional("note", more.note)?,
        notice: optional("notice", more.notice)?,
        cases: cases.map(folios).transpose()?,
    })
}

/// Adds to one.
pub(super) async fn change(
    desk: &Desk,
    member: &Member,
    incident: &str,
    more: Addition,
) -> Result<Incident, Fault> {
    let id: IncidentId = incident.parse().map_err(|_| Fault::Unknown)?;
    let incidents = Incidents::new(&*desk.cases, &member.keyring);
    let all = incidents.all().await?.records;
    let found = all.iter().find(|one| one.id == id).ok_or(Fault::Unknown)?;
    let (on, by) = (desk.today(), member.actor.id);
    let note = more.note.map(|text| Note { on, by, text });
    let notice = match more.notice {
        Some(_) if found.notice.is_some() => return Err(Fault::Told),
        Some(text) => Some(Notice {
            text,
            to: whom(desk, member, more.cases).await?,
            on,
            by,
            account: member.session.account.to_string(),
            done_on: None,
        }),
        None => None,
    };
    if note.is_none() && notice.is_none() {
        return Err(FieldFaults::one("note", FaultKind::Required).into());
    }
    let recorder = member.recorder(desk);
    if notice.is_some() {
        recorder.incident_told().await?;
    } else {
        recorder.incident_recorded().await?;
    }
    // Of two who order one at the same time, the first; nothing of the other's is kept.
    let came_late = |incident: &Incident| {
        let ordered = notice.is_some() && incident.notice.is_some();
        ordered && incident.notice != notice
    };
    let changed = incidents.change(id, |mut incident| {
        if !came_late(&incident) {
            incident.notes.extend(note.clone());
            incident.notice = incident.notice.or_else(|| notice.clone());
        }
        incident
    });
    let changed = changed.await?.ok_or(Fault::Unknown)?;
    if came_late(&changed) {
        return Err(Fault::Told);
    }
    Ok(changed)
}

/// A case that the member may not know of is refused as one that does not exist.
async fn whom(desk: &Desk, member: &Member, cases: Option<Vec<Folio>>) -> Result<Whom, Fault> {
    let Some(cases) = cases else {
        return Ok(Whom::All);
    };
    if cases.is_empty() {
        // Whoever names none of a list that came out empty does not mean everybody.
        return Err(FieldFaults::one("cases", FaultKind::Required).into());
    }
    let known = known(desk, member).await?;
    if cases.iter().any(|folio| !known.contains(folio)) {
        return Err(no_such_case().into());
    }
    Ok(Whom::Cases(cases))
}

fn no_such_case() -> FieldFaults {
    FieldFaults::one("cases", FaultKind::UnknownCode)
}

fn day(field: &'static str, typed: Option<String>) -> Result<Date, Fault> {
    let read = typed.unwrap_or_default().trim().parse::<Date>().ok();
    Ok(read.ok_or_else(|| FieldFaults::one(field, FaultKind::WrongType))?)
}

fn text(field: &'static str, typed: Option<SecretText>) -> Result<LongText, Fault> {
    let read = LongText::parse(typed.unwrap_or_default());
    Ok(read.map_err(|fault| FieldFaults::one(field, fault))?)
}

fn optional(field: &'static str, typed: Option<SecretText>) -> Result<Option<LongText>, Fault> {
    typed
        .filter(|typed| !typed.expose().trim().is_empty())
        .map(|typed| text(field, Some(typed)))
        .transpose()
}

impl Fault {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Form => Problem::new(texts, StatusCode::BAD_REQUEST, "not-form"),
            Self::Field(faults) => Problem::fields(texts, faults),
            Self::Unknown => Problem::new(texts, StatusCode::NOT_FOUND, "not-found"),
            Self::Told => Problem::new(texts, StatusCode::CONFLICT, "incident-told"),
            Self::Incident(IncidentError::Full) => {
                Problem::new(texts, StatusCode::UNPROCESSABLE_ENTITY, "incident-full")
            }
            Self::Log(error) => fallback::not_logged(texts, error),
            Self::Incident(_) | Self::Store(_) | Self::Register(_) | Self::Seal(_) => {
                tracing::error!(cause = %self, "the log of incidents cannot be read or written");
                fallback::unavailable(texts)
            }
        }
    }
}
