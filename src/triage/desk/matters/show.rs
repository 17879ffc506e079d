//! One consultation or petition.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::matter::{Kind, Matter, Step, StepKind, Taken, Verdict};
use jiff::civil::Date;
use service::language::Texts;
use service::wording;
use zeroize::Zeroizing;

use super::{MatterError, home, open};
use crate::desk::fields::{Choice, options};
use crate::desk::gate::Member;
use crate::desk::labels::{self, Labelled as _};
use crate::desk::meetings::name;
use crate::desk::pages::{self, Frame};
use crate::desk::signal::class;
use crate::desk::unseen::visible;
use crate::desk::{Desk, fallback};

/// A term that runs.
pub(super) struct Due {
    pub(super) what: String,
    pub(super) on: Date,
    pub(super) class: &'static str,
    pub(super) label: String,
}

#[derive(Template)]
#[template(path = "matter.html")]
struct Page<'a> {
    frame: Frame<'a>,
    home: &'static str,
    heading: String,
    id: String,
    title: String,
    state: String,
    due: Option<Due>,
    received: String,
    entered: String,
    told: Vec<(String, Zeroizing<String>)>,
    statement: Zeroizing<String>,
    taken: Vec<TakenView>,
    steps: Vec<StepView>,
    verdicts: Vec<Choice>,
    today: String,
}

/// A step that was taken.
struct TakenView {
    what: String,
    when: String,
    by: Zeroizing<String>,
    text: Option<Zeroizing<String>>,
    late: bool,
}

/// A step that is open.
struct StepView {
    code: &'static str,
    label: String,
    /// What its text is; `None` for a step that takes none.
    text: Option<String>,
    is_long: bool,
    is_assessment: bool,
}

pub(super) const fn words(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Consultation => ("desk-consultations", "desk-consultations-lead"),
        Kind::Petition => ("desk-petitions", "desk-petitions-lead"),
    }
}

pub(super) fn title(texts: &Texts, one: &Matter) -> String {
    texts.fill(
        "desk-matter-title",
        &[
            ("kind", &one.what().kind.label(texts)),
            ("number", &one.number().to_string()),
            ("year", &one.year().to_string()),
        ],
    )
}

pub(super) fn due(desk: &Desk, texts: &Texts, one: &Matter) -> Option<Due> {
    let (term, signal) = super::due(desk, one)?;
    Some(Due {
        what: wording::deadline(texts, &term),
        on: term.due_on,
        class: class(signal),
        label: signal.label().name.clone(),
    })
}

/// One, which is written into the log before it is shown.
pub(in crate::desk) async fn one(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    id: Path<String>,
) -> HttpResponse {
    let texts = desk.texts(&request);
    match opened(&desk, texts, &member, &id).await {
        Ok(page) => pages::page(texts, StatusCode::OK, &page),
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

async fn opened<'a>(
    desk: &Desk,
    texts: &'a Texts,
    member: &'a Member,
    id: &str,
) -> Result<Page<'a>, MatterError> {
    let matter = open(desk, member, id).await?;
    let what = matter.what();
    let text = |text: &str| Zeroizing::new(visible(text).into_owned());
    let told = [
        ("desk-matter-name", what.name.as_ref()),
        ("desk-matter-contact", what.contact.as_ref()),
        ("desk-matter-documents", what.documents.as_ref()),
    ];
    let place = labels::place(what.ooad, what.umae);
    let told = told
        .into_iter()
        .filter_map(|(id, told)| Some((texts.get(id), text(told?.expose()))))
        .chain(place.map(|place| (texts.get("desk-member-unit"), Zeroizing::new(place))));
    let (by, on) = matter.entered();
    Ok(Page {
        frame: Frame::of(texts, member),
        home: home(what.kind),
        heading: texts.get(words(what.kind).0),
        id: matter.id().to_string(),
        title: title(texts, &matter),
        state: matter.state().label(texts),
        due: due(desk, texts, &matter),
        received: wording::date(texts, what.received_on),
        entered: texts.fill(
            "desk-matter-entered",
            &[
                ("date", &wording::date(texts, on)),
                ("who", &name(member, texts, by)),
            ],
        ),
        told: told.collect(),
        statement: text(what.statement.expose()),
        taken: matter
            .taken()
            .iter()
            .map(|one| taken(texts, member, one))
            .collect(),
        steps: matter
            .open_steps()
            .into_iter()
            .map(|kind| step(texts, kind))
            .collect(),
        verdicts: options(Verdict::ALL, texts),
        today: desk.today().to_string(),
    })
}

fn taken(texts: &Texts, member: &Member, one: &Taken) -> TakenView {
    let mut what = one.step.kind().label(texts);
    let text = match &one.step {
        Step::Send { letter } | Step::Tell { letter } => Some(letter.expose()),
        Step::Ask { missing } => Some(missing.expose()),
        Step::Complete { text } => Some(text.expose()),
        Step::Answer { text } => Some(text.expose()),
        Step::Assess { verdict, text } => {
            what = format!("{what}: {}", verdict.label(texts));
            Some(text.expose())
        }
        Step::Lapse {} => None,
    };
    TakenView {
        what,
        when: wording::date(texts, one.on),
        by: name(member, texts, one.by),
        text: text.map(|text| Zeroizing::new(visible(text).into_owned())),
        late: one.late,
    }
}

fn step(texts: &Texts, kind: StepKind) -> StepView {
    let (text, is_long) = match kind {
        StepKind::Send | StepKind::Tell => (Some("desk-step-letter"), false),
        StepKind::Answer => (Some("desk-step-answer"), true),
        StepKind::Assess => (Some("desk-step-why"), true),
        StepKind::Ask => (Some("desk-step-missing"), false),
        StepKind::Complete => (Some("desk-step-came"), false),
        StepKind::Lapse => (None, false),
    };
    StepView {
        code: kind.code(),
        label: kind.label(texts),
        text: text.map(|id| texts.get(id)),
        is_long,
        is_assessment: kind == StepKind::Assess,
    }
}
