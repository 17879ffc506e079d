//! `GET` and `POST /incidentes`: the log of security incidents; `POST /incidentes/{incident}`: what was found
//! later, and what whoever filed is told.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::documents::random_id;
use committee::incidents::{
    Incident, IncidentError, IncidentId, Incidents, Nature, Note, Notice, Whom,
};
use committee::log::LogError;
use domain::case::Folio;
use domain::complaint::{FaultKind, FieldFaults, LongText, SecretText};
use jiff::civil::Date;
use sealing::SealError;
use serde::Deserialize;
use service::language::Texts;
use service::problem::Problem;
use service::wording;
use store::StoreError;
use zeroize::Zeroizing;

use super::acts::view::name;
use super::gate::{Form, Member};
use super::labels::Labelled as _;
use super::pages::{self, Frame};
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

/// Why something is not done.
#[derive(Debug, thiserror::Error)]
enum Fault {
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

#[derive(Template)]
#[template(path = "incidents.html")]
struct Page<'a> {
    frame: Frame<'a>,
    token: &'a str,
    today: String,
    natures: Vec<(&'static str, String)>,
    incidents: Vec<Line>,
}

struct Line {
    id: String,
    nature: String,
    days: String,
    what: LongText,
    affected: LongText,
    measures: LongText,
    told: Option<LongText>,
    recorded: String,
    notes: Vec<(String, LongText)>,
    notice: Option<Said>,
    /// Whether those who filed can still be told.
    may_tell: bool,
}

/// What those who filed were told.
struct Said {
    text: LongText,
    to: String,
    how_far: String,
}

/// The page.
pub(super) async fn show(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    match page(&desk, texts, &member).await {
        Ok(page) => pages::page(texts, StatusCode::OK, &page),
        Err(fault) => fallback::problem(&desk, &request, &fault.problem(texts)),
    }
}

/// Writes one down.
pub(super) async fn record(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    match add(&desk, &member, &form).await {
        Ok(id) => to(id),
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
    match change(&desk, &member, &incident, &form).await {
        Ok(id) => to(id),
        Err(fault) => fallback::problem(&desk, &request, &fault.problem(desk.texts(&request))),
    }
}

fn to(id: IncidentId) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, format!("{HERE}#incidente-{id}")))
        .finish()
}

async fn page<'a>(desk: &Desk, texts: &'a Texts, member: &'a Member) -> Result<Page<'a>, Fault> {
    let known = known(desk, member).await?;
    let all = Incidents::new(&*desk.cases, &member.keyring).all().await?;
    Ok(Page {
        frame: Frame::of(texts, member),
        token: &member.session.token,
        today: desk.today().to_string(),
        natures: Nature::ALL
            .iter()
            .map(|nature| (nature.code(), nature.label(texts)))
            .collect(),
        incidents: all
            .into_iter()
            .map(|incident| line(texts, member, &known, incident))
            .collect(),
    })
}

fn line(texts: &Texts, member: &Member, known: &BTreeSet<Folio>, incident: Incident) -> Line {
    let by = |by, on| -> String {
        let who: Zeroizing<String> = name(member, texts, by);
        let on = wording::date(texts, on);
        texts.fill("desk-incident-by", &[("who", &who), ("on", &on)])
    };
    let notice = incident
        .notice
        .as_ref()
        .and_then(|notice| said(texts, known, notice));
    Line {
        id: incident.id.to_string(),
        nature: incident.nature.label(texts),
        days: texts.fill(
            "desk-incident-days",
            &[
                ("happened", &wording::date(texts, incident.happened_on)),
                ("noticed", &wording::date(texts, incident.noticed_on)),
            ],
        ),
        recorded: by(incident.recorded_by, incident.recorded_on),
        notes: incident
            .notes
            .into_iter()
            .map(|note| (by(note.by, note.on), note.text))
            .collect(),
        may_tell: incident.notice.is_none(),
        notice,
        what: incident.what,
        affected: incident.affected,
        measures: incident.measures,
        told: incident.told,
    }
}

/// What a reader is shown of a notice: of the cases, those that they may know of; of one that went to others
/// only, nothing.
fn said(texts: &Texts, known: &BTreeSet<Folio>, notice: &Notice) -> Option<Said> {
    let to = match &notice.to {
        Whom::All => texts.get("desk-incident-all"),
        Whom::Cases(cases) => {
            let mut shown = cases
                .iter()
                .filter(|folio| known.contains(folio))
                .peekable();
            shown.peek()?;
            let shown: Vec<String> = shown.map(Folio::to_string).collect();
            shown.join(", ")
        }
    };
    let how_far = match notice.done_on {
        Some(day) => texts.fill("desk-incident-done", &[("on", &wording::date(texts, day))]),
        None => texts.get("desk-incident-going"),
    };
    let text = notice.text.clone();
    Some(Said { text, to, how_far })
}

/// The cases that the member may know of.
async fn known(desk: &Desk, member: &Member) -> Result<BTreeSet<Folio>, Fault> {
    let register = desk.register.now(&*desk.cases, &member.keyring).await?;
    let eye = Eye::of(member);
    let known = register.cases().filter(|case| eye.knows(case));
    Ok(known.map(|case| case.entry.folio).collect())
}

async fn add(desk: &Desk, member: &Member, form: &Form) -> Result<IncidentId, Fault> {
    let new: New = form.parse().ok_or(Fault::Form)?;
    let today = desk.today();
    let happened_on = day("happened_on", new.happened_on, today)?;
    let noticed_on = day("noticed_on", new.noticed_on, today)?;
    if noticed_on < happened_on {
        return Err(FieldFaults::one("noticed_on", FaultKind::WrongType).into());
    }
    let incident = Incident {
        id: IncidentId(random_id(member.keyring.rng())?),
        nature: new
            .nature
            .ok_or_else(|| FieldFaults::one("nature", FaultKind::UnknownCode))?,
        happened_on,
        noticed_on,
        what: text("what", new.what)?,
        affected: text("affected", new.affected)?,
        measures: text("measures", new.measures)?,
        told: optional("told", new.told)?,
        recorded_on: today,
        recorded_by: member.actor.id,
        notes: Vec::new(),
        notice: None,
    };
    member.recorder(desk).incident_recorded().await?;
    let incidents = Incidents::new(&*desk.cases, &member.keyring);
    incidents.add(&incident).await?;
    Ok(incident.id)
}

async fn change(
    desk: &Desk,
    member: &Member,
    incident: &str,
    form: &Form,
) -> Result<IncidentId, Fault> {
    let id: IncidentId = incident.parse().map_err(|_| Fault::Unknown)?;
    let more: More = form.parse().ok_or(Fault::Form)?;
    let incidents = Incidents::new(&*desk.cases, &member.keyring);
    let all = incidents.all().await?;
    let found = all.iter().find(|one| one.id == id).ok_or(Fault::Unknown)?;
    let (on, by) = (desk.today(), member.actor.id);
    let note = optional("note", more.note)?.map(|text| Note { on, by, text });
    let notice = match optional("notice", more.notice)? {
        Some(_) if found.notice.is_some() => return Err(Fault::Told),
        Some(text) => Some(Notice {
            text,
            to: whom(desk, member, more.cases.as_deref().unwrap_or_default()).await?,
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
    let changed = incidents.change(id, |mut incident| {
        incident.notes.extend(note.clone());
        // Of two who order one at the same time, the first.
        incident.notice = incident.notice.or_else(|| notice.clone());
        incident
    });
    changed.await?.ok_or(Fault::Unknown)?;
    Ok(id)
}

/// A case that the member may not know of is refused as one that does not exist.
async fn whom(desk: &Desk, member: &Member, cases: &str) -> Result<Whom, Fault> {
    let known = known(desk, member).await?;
    let mut folios = Vec::new();
    for typed in cases.split(|c: char| c.is_whitespace() || c == ',') {
        if typed.is_empty() {
            continue;
        }
        let folio = typed.to_uppercase().parse::<Folio>().ok();
        let folio = folio.filter(|folio| known.contains(folio));
        folios.push(folio.ok_or_else(|| FieldFaults::one("cases", FaultKind::UnknownCode))?);
    }
    Ok(if folios.is_empty() {
        Whom::All
    } else {
        Whom::Cases(folios)
    })
}

fn day(field: &'static str, typed: Option<String>, today: Date) -> Result<Date, Fault> {
    let read = typed.unwrap_or_default().trim().parse::<Date>().ok();
    let read = read.filter(|day| *day <= today);
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
    fn problem(&self, texts: &Texts) -> Problem {
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
