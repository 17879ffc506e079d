//! All answers together, and sending them.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use domain::complaint::{Complaint, FieldFaults, SecretText};
use domain::privacy::Edition;
use sealing::{EnvelopeId, TrackingToken};
use serde::{Deserialize, Serialize};
use service::language::Texts;
use service::problem::Problem;
use service::wording;

use super::super::form::{Answers, Fields, STEPS, Shown, Step, StepSummary, summary};
use super::walk::{self, Told};
use super::warnings::{Warning, warnings};
use super::{DELAY, Desk, Go, HERE, OtherLanguage, STATE, evidence, kept};
use crate::abuse::Wait;
use crate::evidence::{is_undecided, items};
use crate::filing::PreparedComplaint;
use crate::held_view;
use crate::page_seal::{Opened, Purpose};
use crate::visit::Visit;

/// What the review carries: however often it is sent, it is this complaint under this token.
#[derive(Serialize, Deserialize)]
struct Prepared {
    answers: Answers,
    token: SecretText,
    envelope_id: EnvelopeId,
    /// The edition of the privacy notice that the page shows.
    notice: Edition,
}

impl Prepared {
    /// The complaint as it is sent.
    fn complaint(&self, desk: Desk<'_>) -> Result<Complaint, FieldFaults> {
        let complaint = walk::complaint(desk, &self.answers)?;
        Ok(Complaint {
            privacy_notice: Some(self.notice),
            ..complaint
        })
    }

    fn token(&self) -> TrackingToken {
        TrackingToken::parse(self.token.expose()).expect("what was sealed with the page is a token")
    }
}

#[derive(Template)]
#[template(path = "review.html")]
struct Page<'a> {
    t: &'a Texts,
    here: &'static str,
    visit: Visit<'a>,
    languages: Vec<OtherLanguage>,
    state: &'a str,
    delay: Option<&'a str>,
    steps: usize,
    warnings: Vec<Warning>,
    summary: Vec<StepSummary<'a>>,
    danger: bool,
    /// Which edition of the privacy notice it is, and since when.
    notice: String,
    problem: Option<Problem>,
}

/// Why a review that was sent is shown again.
enum Again {
    /// The store does not answer.
    Unavailable,
    /// There is a flood, and this one has not waited.
    Wait(Wait),
    /// Its page had lapsed.
    GivenBack,
}

impl Again {
    fn problem(&self, t: &Texts) -> Problem {
        match self {
            Self::Unavailable => super::super::unavailable(t),
            Self::Wait(wait) => wait.problem(t),
            Self::GivenBack => super::given_back(t, "review-given-back"),
        }
    }
}

/// The review of new answers; when something is wrong, the first step where it is.
pub(super) fn page(desk: Desk<'_>, answers: Answers) -> HttpResponse {
    page_with(desk, answers, None)
}

fn page_with(desk: Desk<'_>, mut answers: Answers, again: Option<Again>) -> HttpResponse {
    answers.reviewed = true;
    if desk.has_aged(&answers) {
        let problem = again.map(|again| again.problem(desk.t));
        return evidence::page(desk, &answers, problem, Vec::new());
    }
    if is_undecided(&answers.evidence) {
        return undecided(desk, &answers);
    }
    if let Err(faults) = walk::complaint(desk, &answers) {
        return step_at_fault(desk, &answers, faults);
    }
    let (Ok(token), Ok(envelope_id)) = (
        TrackingToken::draw(&desk.shared.rng),
        EnvelopeId::draw(&desk.shared.rng),
    ) else {
        return super::super::problem(desk.t, &super::super::unavailable(desk.t));
    };
    let prepared = Prepared {
        answers,
        token: SecretText::from(token.phrase().to_string()),
        envelope_id,
        notice: Edition::CURRENT,
    };
    let state = desk.seal(Purpose::Review, &prepared.answers, &prepared);
    show(desk, &prepared, &state, again)
}

/// What a person gets who sent the review.
pub(super) async fn answer(desk: Desk<'_>, go: Go, sent: &Fields) -> HttpResponse {
    let state = sent.value(STATE);
    let Opened { value, lapsed } = match desk.shared.open_page(Purpose::Review, state) {
        Ok(opened) => opened,
        Err(error) => {
            let told = Told {
                problem: Some(super::lapsed(desk.t, "review-lapsed", error)),
                refused: super::nothing(),
                faults: None,
            };
            return walk::page(desk, Step::What, &desk.blank(), told);
        }
    };
    let mut prepared: Prepared = value;
    if lapsed {
        prepared.answers.begin_again(desk.shared.clock.now());
    }
    let step = |step| walk::page(desk, step, &prepared.answers, Told::default());
    match go {
        Go::Send if lapsed => too_late(desk, prepared, state).await,
        Go::Send => send(desk, &prepared, state, sent.value(DELAY)).await,
        Go::To(wanted) => step(wanted),
        Go::Back => step(Step::Handling),
        Go::Next
        | Go::Stay
        | Go::More(_)
        | Go::Less(..)
        | Go::Remove(_)
        | Go::Review
        | Go::Check
        | Go::Skip
        | Go::Download => match aged_page(desk, &prepared.answers) {
            Some(page) => page,
            None => show(desk, &prepared, state, None),
        },
    }
}

async fn send(desk: Desk<'_>, prepared: &Prepared, state: &str, delay: &str) -> HttpResponse {
    let complaint = match prepared.complaint(desk) {
        Ok(complaint) => complaint,
        Err(faults) => return step_at_fault(desk, &prepared.answers, faults),
    };
    let Ok(evidence) = items(&prepared.answers.evidence) else {
        return undecided(desk, &prepared.answers);
    };
    // Whoever sends again what is filed already gets their words, flood or not, for as long as the
    // review is good: when it was sent first is kept nowhere, and whose answer got lost late on their
    // way would have lost their words. The page of the words says so.
    let before = desk.shared.filed_before(prepared.token()).await;
    if let Ok(Some(filed)) = before {
        return kept::first_page(desk, &filed);
    }
    let pass = desk
        .shared
        .may_file(desk.request, prepared.envelope_id, delay);
    if let Err(wait) = pass {
        return show(desk, prepared, state, Some(Again::Wait(wait)));
    }
    let received_on = desk.shared.today();
    if let Some(page) = aged_page(desk, &prepared.answers) {
        return page;
    }
    let prepared_complaint = PreparedComplaint {
        token: prepared.token(),
        envelope_id: prepared.envelope_id,
        complaint,
        evidence,
        received_on,
    };
    let Ok(filed) = desk.shared.file_once(prepared_complaint).await else {
        return show(desk, prepared, state, Some(Again::Unavailable));
    };
    kept::first_page(desk, &filed)
}

/// Nothing is sent from a page that lapsed. If it was sent in time, that is told; otherwise everything
/// is given back, under another token.
async fn too_late(desk: Desk<'_>, prepared: Prepared, state: &str) -> HttpResponse {
    match desk.shared.filed_before(prepared.token()).await {
        Ok(Some(_)) => kept::lapsed_page(desk.t),
        Ok(None) => page_with(desk, prepared.answers, Some(Again::GivenBack)),
        Err(_) => show(desk, &prepared, state, Some(Again::Unavailable)),
    }
}

/// The step of the files, where something has to be decided.
fn undecided(desk: Desk<'_>, answers: &Answers) -> HttpResponse {
    let told = Told {
        problem: Some(held_view::undecided(desk.t)),
        ..Told::default()
    };
    walk::page(desk, Step::Evidence, answers, told)
}

/// The step of the files without those that are too old, if any is; nothing is sent meanwhile.
fn aged_page(desk: Desk<'_>, answers: &Answers) -> Option<HttpResponse> {
    desk.shared.first_aged(&answers.evidence)?;
    Some(evidence::page(desk, answers, None, Vec::new()))
}

fn step_at_fault(desk: Desk<'_>, answers: &Answers, faults: FieldFaults) -> HttpResponse {
    let places = faults
        .iter()
        .filter_map(|fault| Step::place_of(&fault.field));
    let step = places.map(|place| place.step).min().unwrap_or(Step::What);
    let here = |field: &str| Step::place_of(field).is_none_or(|place| place.step == step);
    let told = Told {
        faults: faults.only(|fault| here(&fault.field)),
        refused: super::nothing(),
        problem: None,
    };
    walk::page(desk, step, answers, told)
}

fn show(desk: Desk<'_>, prepared: &Prepared, state: &str, again: Option<Again>) -> HttpResponse {
    let answers = &prepared.answers;
    let problem = again.as_ref().map(|again| again.problem(desk.t));
    let status = match &problem {
        Some(problem) => {
            StatusCode::from_u16(problem.status).expect("a problem is made from a status")
        }
        None => StatusCode::OK,
    };
    let wait = match again {
        Some(Again::Wait(wait)) => Some(wait),
        Some(Again::Unavailable | Again::GivenBack) | None => None,
    };
    let handed_in = items(&answers.evidence).unwrap_or_default();
    let page = Page {
        t: desk.t,
        here: HERE,
        visit: desk.visit,
        languages: super::other_languages(desk.t),
        state,
        delay: wait.as_ref().map(|wait| wait.carried.as_str()),
        steps: STEPS,
        warnings: walk::complaint(desk, answers)
            .map(|complaint| warnings(desk.t, &complaint, &handed_in))
            .unwrap_or_default(),
        summary: summary(desk.t, answers),
        danger: answers.tells_of_danger(),
        notice: desk.t.fill(
            "guide-updated",
            &[
                ("version", prepared.notice.code()),
                ("date", &wording::date(desk.t, prepared.notice.since())),
            ],
        ),
        problem,
    };
    let mut answer = super::super::render(status, desk.t, &page);
    if let Some(wait) = wait {
        wait.mark(&mut answer);
    }
    answer
}
