//! From step to step.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use domain::complaint::{Complaint, FieldFaults, SecretText};
use service::language::Texts;
use service::problem::Problem;

use super::super::form::{Answers, Fields, Refused, STEPS, Step, StepView, Widget, to_draft};
use super::{Desk, GO, Go, HERE, OtherLanguage, STATE, STEP, evidence, review};
use crate::page_seal::{Opened, Purpose};
use crate::visit::Visit;

/// Fields of a step's page that are no answers.
const ASIDE: &[&str] = &[STATE, STEP, GO];

#[derive(Template)]
#[template(path = "step.html")]
struct Page<'a> {
    t: &'a Texts,
    here: &'static str,
    visit: Visit<'a>,
    languages: Vec<OtherLanguage>,
    state: String,
    step: Step,
    number: usize,
    steps: usize,
    /// Which step asks for the narrative.
    story_number: usize,
    title: String,
    view: StepView<'a>,
    problem: Option<Problem>,
    danger: bool,
    /// Whether the review is offered.
    can_review: bool,
}

/// In the place of the narrative while another step is judged: without one, nothing is a complaint.
const STAND_IN: &str = "xxxxxxxxxxxxxxxxxxxx";

/// What is told on a step's page beside its questions.
#[derive(Default)]
pub(super) struct Told {
    pub(super) faults: Option<FieldFaults>,
    pub(super) refused: Refused,
    pub(super) problem: Option<Problem>,
}

/// What a person gets who sent a step.
pub(super) fn answer(desk: Desk<'_>, step: Step, go: Go, sent: &Fields) -> HttpResponse {
    let (mut answers, lapsed) = draft(desk, sent.value(STATE));
    let refused = answers.take(step, sent, ASIDE);
    if lapsed.is_some() {
        let told = Told {
            faults: None,
            refused,
            problem: lapsed,
        };
        return page(desk, step, &answers, told);
    }
    if !refused.is_empty() {
        let told = Told {
            faults: faults_of(desk, &answers, step),
            refused,
            problem: None,
        };
        return page(desk, step, &answers, told);
    }
    go_on(desk, step, go, answers)
}

/// The answers that a step's page carried and, if they are not taken further, what to tell.
pub(super) fn draft(desk: Desk<'_>, state: &str) -> (Answers, Option<Problem>) {
    match desk.shared.open_page(Purpose::Draft, state) {
        Ok(Opened {
            value,
            lapsed: false,
        }) => (value, None),
        Ok(Opened {
            mut value,
            lapsed: true,
        }) => {
            Answers::begin_again(&mut value, desk.shared.clock.now());
            (value, Some(super::given_back(desk.t, "form-given-back")))
        }
        Err(error) => {
            let problem = super::lapsed(desk.t, "form-lapsed", error);
            (desk.blank(), Some(problem))
        }
    }
}

/// Where a button leads from a step that was taken.
pub(super) fn go_on(desk: Desk<'_>, step: Step, go: Go, mut answers: Answers) -> HttpResponse {
    let show = |step, answers: &Answers| page(desk, step, answers, Told::default());
    match go {
        Go::Back => show(step.previous().unwrap_or(step), &answers),
        Go::To(wanted) => show(wanted, &answers),
        Go::More(group) => {
            answers.add(group);
            show(step, &answers)
        }
        Go::Less(group, index) => {
            answers.remove(group, index);
            show(step, &answers)
        }
        Go::Review => review::page(desk, answers),
        Go::Next => match (faults_of(desk, &answers, step), step.next()) {
            (None, Some(next)) => show(next, &answers),
            (None, None) => review::page(desk, answers),
            (faults, _) => {
                let told = Told {
                    faults,
                    ..Told::default()
                };
                page(desk, step, &answers, told)
            }
        },
        Go::Stay | Go::Remove(_) | Go::Send | Go::Check | Go::Skip | Go::Download => {
            show(step, &answers)
        }
    }
}

/// The complaint that the answers make today.
pub(super) fn complaint(desk: Desk<'_>, answers: &Answers) -> Result<Complaint, FieldFaults> {
    Complaint::parse(to_draft(answers))?.filed_on(desk.shared.house_day())
}

/// What is wrong with one step, whatever the others hold.
fn faults_of(desk: Desk<'_>, answers: &Answers, step: Step) -> Option<FieldFaults> {
    let mut draft = to_draft(&answers.only(step));
    if step != Step::Story {
        draft.narrative = Some(SecretText::from(STAND_IN.to_owned()));
    }
    let judged =
        Complaint::parse(draft).and_then(|complaint| complaint.filed_on(desk.shared.house_day()));
    judged.err()
}

/// A step of the form.
pub(super) fn page(desk: Desk<'_>, step: Step, answers: &Answers, told: Told) -> HttpResponse {
    if step == Step::Evidence {
        return evidence::page(desk, answers, told.problem, Vec::new());
    }
    let wrong = told.faults.is_some() || !told.refused.is_empty() || told.problem.is_some();
    let status = if wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = Page {
        t: desk.t,
        here: HERE,
        visit: desk.visit,
        languages: super::other_languages(desk.t),
        state: desk.seal(Purpose::Draft, answers, answers),
        step,
        number: step.number(),
        steps: STEPS,
        story_number: Step::Story.number(),
        title: desk.t.get(&format!("step-{step}")),
        danger: answers.tells_of_danger(),
        can_review: answers.reviewed || (answers.has_story() && step.next().is_some()),
        view: StepView::new(desk.t, step, answers, told.faults, told.refused),
        problem: told.problem,
    };
    super::super::render(status, desk.t, &page)
}
