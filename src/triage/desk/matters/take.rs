//! Entering a consultation or petition, and taking the next step in one.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use committee::shelf::{Shelf, ShelfError};
use domain::matter::{Entered, Kind, Matter, MatterId, Step, StepKind};
use jiff::civil::Date;
use store::records::RecordId;

use super::{MatterError, find, home};
use crate::desk::fields::{Fields, Wrong};
use crate::desk::gate::{Form, Member};
use crate::desk::{Desk, fallback};

/// Highest number within a year: a bound of the service.
const MOST: u16 = 9_999;

/// Enters a consultation.
pub(in crate::desk) async fn enter_consultation(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let entered = enter_typed(&desk, &member, Kind::Consultation, &form).await;
    answer(&desk, &request, entered)
}

/// Enters a petition.
pub(in crate::desk) async fn enter_petition(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let entered = enter_typed(&desk, &member, Kind::Petition, &form).await;
    answer(&desk, &request, entered)
}

async fn enter_typed(
    desk: &Desk,
    member: &Member,
    kind: Kind,
    form: &Form,
) -> Result<Matter, MatterError> {
    let fields = Fields::of(form);
    let what = Entered {
        kind,
        received_on: fields.needed("received_on")?,
        name: fields.short("name")?,
        contact: fields.short("contact")?,
        ooad: fields.read("ooad")?,
        umae: fields.read("umae")?,
        statement: fields.long("statement")?.ok_or(Wrong("statement"))?,
        documents: fields.short("documents")?,
    };
    enter(desk, member, what).await
}

/// Enters what a member says of one.
pub(in crate::desk) async fn enter(
    desk: &Desk,
    member: &Member,
    what: Entered,
) -> Result<Matter, MatterError> {
    let kind = what.kind;
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let year = what.received_on.year();
    let all = shelf.readable::<Matter>().await;
    let all = all.map_err(ShelfError::from)?.records;
    let same = all
        .iter()
        .filter(|one| one.what().kind == kind && one.year() == year);
    let last = same.map(Matter::number).max().unwrap_or_default();
    let mut logged = false;
    // The id follows from the number, so two who enter at once do not get the same one.
    for number in last + 1..=MOST {
        let id = MatterId(
            member
                .keyring
                .name_of(&format!("matter {kind} {year} {number}")),
        );
        let (by, today) = (member.actor.id, desk.today());
        let matter = Matter::enter(id, what.clone(), number, by, today, &desk.calendar())?;
        if !logged {
            member.recorder(desk).matter_changed().await?;
            logged = true;
        }
        if shelf.add(&matter).await? {
            return Ok(matter);
        }
    }
    Err(MatterError::Full)
}

/// Takes a step.
pub(in crate::desk) async fn take(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    id: Path<String>,
    form: Form,
) -> HttpResponse {
    let taken = match read(&Fields::of(&form)) {
        Ok((step, on)) => go_on(&desk, &member, &id, step, on).await,
        Err(wrong) => Err(wrong.into()),
    };
    answer(&desk, &request, taken)
}

/// Takes a step on a day, in one that exists for the member.
pub(in crate::desk) async fn go_on(
    desk: &Desk,
    member: &Member,
    id: &str,
    step: Step,
    on: Date,
) -> Result<Matter, MatterError> {
    let matter = find(desk, member, id).await?;
    let (by, today) = (member.actor.id, desk.today());
    let next = |one: &Matter| -> Result<Matter, MatterError> {
        Ok(one.take(step.clone(), on, by, today, &desk.calendar())?)
    };
    next(&matter)?;
    member.recorder(desk).matter_changed().await?;
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let changed = shelf.step(RecordId(matter.id().0), next).await?;
    changed.ok_or(MatterError::None)
}

fn read(fields: &Fields) -> Result<(Step, Date), Wrong> {
    let short = || fields.short("text")?.ok_or(Wrong("text"));
    let long = || fields.long("text")?.ok_or(Wrong("text"));
    let step = match fields.needed::<StepKind>("step")? {
        StepKind::Send => Step::Send { letter: short()? },
        StepKind::Answer => Step::Answer { text: long()? },
        StepKind::Assess => Step::Assess {
            verdict: fields.needed("verdict")?,
            text: long()?,
        },
        StepKind::Tell => Step::Tell { letter: short()? },
        StepKind::Ask => Step::Ask { missing: short()? },
        StepKind::Complete => Step::Complete { text: short()? },
        StepKind::Lapse => Step::Lapse {},
    };
    Ok((step, fields.needed("on")?))
}

/// Leads to the one that was changed. Whoever entered one that names them does not find it there.
fn answer(
    desk: &Desk,
    request: &HttpRequest,
    outcome: Result<Matter, MatterError>,
) -> HttpResponse {
    match outcome {
        Ok(matter) => HttpResponse::SeeOther()
            .insert_header((
                LOCATION,
                format!("{}/{}", home(matter.what().kind), matter.id()),
            ))
            .finish(),
        Err(error) => {
            let problem = error.problem(desk.texts(request));
            fallback::problem(desk, request, &problem)
        }
    }
}
