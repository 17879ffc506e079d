//! `/casos/{folio}/tramite`: where a case stands, what is open to this member, and what was done;
//! `/casos/{folio}/tramite.csv`: which steps were made, as a table; `/casos/{folio}/tramite/{paso}`: the form of
//! one move.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::complaint::FieldFaults;
use domain::procedure::{About, Clock, MoveKind, Refused, Rules, signal};
use service::language::Texts;
use service::problem::Problem;
use service::wording;

use super::asked::{Asked, LINES, MOST_LINES};
use super::done::{self, Line};
use super::forms::Typed;
use super::inputs::{Inputs, begun, offered};
use super::make::{StepError, make};
use super::refusal;
use crate::desk::case::{self, CaseError};
use crate::desk::dossier::Dossier;
use crate::desk::gate::{Form, Member};
use crate::desk::labels::{self, Labelled};
use crate::desk::pages::{self, Frame};
use crate::desk::pass::CasePass;
use crate::desk::table::{self, Table};
use crate::desk::{Desk, fallback};

#[derive(Template)]
#[template(path = "procedure.html")]
struct Overview<'a> {
    frame: Frame<'a>,
    folio: String,
    state: String,
    joined_into: Option<String>,
    marks: Vec<&'static str>,
    at_risk: bool,
    hsyas: bool,
    clocks: Vec<ClockView>,
    over: Vec<ClockView>,
    /// Moves along the way of the case.
    along: Vec<Choice>,
    /// Moves beside it.
    beside: Vec<Choice>,
    lists: Vec<done::List>,
    steps: Vec<Line>,
}

/// A move to choose.
struct Choice {
    code: &'static str,
    name: &'static str,
    source: &'static str,
}

struct ClockView {
    what: String,
    about: Option<String>,
    owner: String,
    starts: String,
    due: String,
    length: String,
    source: &'static str,
    /// Code and words of the signal, or of how it came to stand.
    signal: (&'static str, String),
}

#[derive(Template)]
#[template(path = "procedure_step.html")]
struct StepPage<'a> {
    frame: Frame<'a>,
    folio: String,
    code: &'static str,
    name: &'static str,
    source: &'static str,
    error: Option<String>,
    asked: Asked,
}

/// Where the case stands.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
) -> HttpResponse {
    let texts = desk.texts(&request);
    match case::open(&desk, &member, &pass).await {
        Ok(dossier) => {
            let page = overview(&desk, texts, &member, &dossier);
            pages::page(texts, StatusCode::OK, &page)
        }
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

/// Which steps were made, when, by whom and where the case stood then. What a step says is not in it: the words
/// of a case leave only in the file that two members agree on.
pub(in crate::desk) async fn export(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let dossier = case::open(&desk, &member, &pass).await;
    let table = dossier.map(|dossier| {
        let headings = [
            "desk-log-number",
            "desk-step-on",
            "desk-step-name",
            "desk-step-by",
            "desk-state",
        ];
        let lines = done::lines(texts, &member, &dossier).into_iter();
        let lines = lines.map(|line| {
            let Line {
                number,
                on,
                name,
                by,
                state,
                ..
            } = line;
            [
                number.to_string(),
                on.to_string(),
                name.to_owned(),
                by,
                state,
            ]
            .map(Into::into)
        });
        Table::new(texts, format!("{}-tramite", dossier.entry.folio), headings).with_all(lines)
    });
    table::answer(&desk, &request, table.map_err(|error| error.problem(texts)))
}

fn overview<'a>(
    desk: &Desk,
    texts: &'a Texts,
    member: &'a Member,
    dossier: &Dossier,
) -> Overview<'a> {
    use domain::procedure::Mark;
    let course = &dossier.course;
    let mut running: Vec<&Clock> = course.running().collect();
    running.sort_by_key(|clock| clock.due_on());
    let rules = Rules {
        calendar: &desk.calendar(),
    };
    let nothing_to_recount = course.recount(&rules).is_empty();
    let (beside, along) = course
        .open_moves(member.actor.seat)
        .into_iter()
        .filter(|kind| *kind != MoveKind::Recount || !nothing_to_recount)
        .partition(|kind| is_beside(*kind));
    let choices = |kinds: Vec<MoveKind>| kinds.into_iter().map(Choice::new).collect();
    Overview {
        frame: Frame::of(texts, member),
        folio: dossier.entry.folio.to_string(),
        state: course.state().label(texts),
        joined_into: course.joined_into().map(|folio| folio.to_string()),
        marks: course
            .marks()
            .iter()
            .map(|mark| mark.label().name.as_str())
            .collect(),
        at_risk: course.marks().contains(&Mark::LifeAtRisk),
        hsyas: course.marks().contains(&Mark::Hsyas),
        clocks: running
            .into_iter()
            .map(|clock| clock_view(desk, texts, clock))
            .collect(),
        over: course
            .over()
            .map(|clock| clock_view(desk, texts, clock))
            .collect(),
        along: choices(along),
        beside: choices(beside),
        lists: done::lists(texts, member, course),
        steps: done::lines(texts, member, dossier),
    }
}

impl Choice {
    fn new(kind: MoveKind) -> Self {
        let label = kind.label();
        Self {
            code: kind.code(),
            name: &label.name,
            source: &label.source,
        }
    }
}

/// Whether a move leaves the case where it stands.
const fn is_beside(kind: MoveKind) -> bool {
    matches!(
        kind,
        MoveKind::NotifyDecision
            | MoveKind::Extend
            | MoveKind::ProposeMeasure
            | MoveKind::OrderMeasure
            | MoveKind::DropMeasure
            | MoveKind::LiftMeasure
            | MoveKind::WaiveMeasures
            | MoveKind::Refer
            | MoveKind::RecordReferralOutcome
            | MoveKind::Join
            | MoveKind::SetMark
            | MoveKind::ClearMark
            | MoveKind::Recount
    )
}

fn clock_view(desk: &Desk, texts: &Texts, clock: &Clock) -> ClockView {
    let term = clock.key().term();
    let numbered = |id: &str, number: u16| Some(texts.with(id, "number", u32::from(number)));
    let signal = if let Some(stop) = clock.stopped() {
        (stop.how.code(), stop.how.label().name.clone())
    } else {
        let signal = signal(clock, desk.today(), &desk.calendar());
        (signal.code(), Labelled::label(signal, texts))
    };
    ClockView {
        what: texts.get(&format!("term-{}", clock.key().code())),
        about: match clock.about() {
            About::Case => None,
            About::Decision(number) => numbered("desk-step-decision", number),
            About::Recommendation(number) => numbered("desk-step-recommendation", number),
            About::Referral(number) => numbered("desk-step-referral", number),
        },
        owner: Labelled::label(clock.owner(), texts),
        starts: wording::date(texts, clock.starts_on()),
        due: wording::date(texts, clock.due_on()),
        length: labels::amount(texts, term.amount()),
        source: &term.source,
        signal,
    }
}

/// The form of a move.
pub(in crate::desk) async fn form(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String)>,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let Ok(kind) = path.1.parse::<MoveKind>() else {
        return fallback::problem(&desk, &request, &no_such_step(texts));
    };
    match case::open(&desk, &member, &pass).await {
        Ok(dossier) => {
            let inputs = Inputs {
                desk: &desk,
                texts,
                member: &member,
                course: &dossier.course,
                prefix: String::new(),
                offered: offered(&dossier, kind),
            };
            let typed = begun(&dossier, kind);
            answer(&inputs, &dossier, kind, &typed, LINES, Told::Nothing)
        }
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

fn no_such_step(texts: &Texts) -> Problem {
    Problem::new(texts, StatusCode::NOT_FOUND, "no-such-step")
}

/// What is wrong with a form that is given back.
enum Told {
    Nothing,
    Fields(FieldFaults),
    Refused(StatusCode, String),
}

fn answer(
    inputs: &Inputs<'_>,
    dossier: &Dossier,
    kind: MoveKind,
    typed: &Typed,
    lines: usize,
    told: Told,
) -> HttpResponse {
    let texts = inputs.texts;
    let (status, faults, error) = match told {
        Told::Nothing => (StatusCode::OK, None, None),
        Told::Fields(faults) => {
            let error = Some(texts.get("problem-fields"));
            (StatusCode::UNPROCESSABLE_ENTITY, Some(faults), error)
        }
        Told::Refused(status, words) => (status, None, Some(words)),
    };
    let label = kind.label();
    let page = StepPage {
        frame: Frame::of(texts, inputs.member),
        folio: dossier.entry.folio.to_string(),
        code: kind.code(),
        name: &label.name,
        source: &label.source,
        error,
        asked: Asked::of(inputs, kind, typed, lines, faults.as_ref(), |_| false),
    };
    pages::page(texts, status, &page)
}

/// Makes the move, or gives the form back.
pub(in crate::desk) async fn take(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String)>,
    form: Form,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let told = |problem: &Problem| fallback::problem(&desk, &request, problem);
    let Ok(kind) = path.1.parse::<MoveKind>() else {
        return told(&no_such_step(texts));
    };
    let Some(entered) = form.parse() else {
        return told(&Problem::new(texts, StatusCode::BAD_REQUEST, "not-form"));
    };
    let typed = Typed::new(entered);
    let dossier = match case::find(&desk, &member, &pass).await {
        Ok(dossier) => dossier,
        Err(error) => return told(&error.problem(texts)),
    };
    let lines = typed.one("lines").and_then(|lines| lines.parse().ok());
    let lines = lines.unwrap_or(LINES).min(MOST_LINES);
    let inputs = Inputs {
        desk: &desk,
        texts,
        member: &member,
        course: &dossier.course,
        prefix: String::new(),
        offered: offered(&dossier, kind),
    };
    let given_back = |lines, told| answer(&inputs, &dossier, kind, &typed, lines, told);
    let outcome = if typed.one("more").is_some() {
        let more = (lines + LINES).min(MOST_LINES);
        Err(given_back(more, Told::Nothing))
    } else {
        match typed.step(kind, lines) {
            Err(faults) => Err(given_back(lines, Told::Fields(faults))),
            Ok(step) => match make(&desk, &member, &dossier, &step).await {
                Ok(made) => Ok(made),
                Err(StepError::Refused(refused)) => {
                    Err(given_back(lines, refused_by(texts, &refused)))
                }
                Err(error @ StepError::NoSuchTarget) => {
                    let words = error.problem(texts).title;
                    let status = StatusCode::UNPROCESSABLE_ENTITY;
                    Err(given_back(lines, Told::Refused(status, words)))
                }
                Err(
                    error @ (StepError::Case(_)
                    | StepError::Store(_)
                    | StepError::Open(_)
                    | StepError::Recipient(_)
                    | StepError::Seal(_)
                    | StepError::Entry(_)
                    | StepError::Pass(_)
                    | StepError::Log(_)
                    | StepError::Contended),
                ) => return told(&error.problem(texts)),
            },
        }
    };
    match outcome {
        Ok(_) => {
            let place = format!("/casos/{}/tramite", dossier.entry.folio);
            HttpResponse::SeeOther()
                .insert_header((LOCATION, place))
                .finish()
        }
        // The form shows what the case has; so that is what was done.
        Err(page) => match member
            .recorder(&desk)
            .case_opened(dossier.entry.folio)
            .await
        {
            Ok(()) => page,
            Err(error) => told(&CaseError::from(error).problem(texts)),
        },
    }
}

fn refused_by(texts: &Texts, refused: &Refused) -> Told {
    let problem = refusal::problem(texts, refused);
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::CONFLICT);
    Told::Refused(status, refusal::words(texts, refused))
}
