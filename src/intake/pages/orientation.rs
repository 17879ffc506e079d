//! `/orientacion`: a few questions, and who can help. Nothing of the answers is kept.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::catalogue::{Accused, Advice, Answers, Destination, InstanceCode, Matter, YesNo};
use service::language::Texts;

use super::form::Fields;
use super::instances::{self, ShownInstance};
use super::{FORM, Unreadable};
use crate::shared::Shared;

const HERE: &str = "/orientacion";

#[derive(Template)]
#[template(path = "orientation.html")]
struct Page<'a> {
    t: &'a Texts,
    here: &'static str,
    questions: [Question; 4],
    unanswered: bool,
    instances: Vec<ShownInstance>,
}

#[derive(Template)]
#[template(path = "advice.html")]
struct AdvicePage<'a> {
    t: &'a Texts,
    here: &'static str,
    advice: Vec<ShownAdvice>,
}

struct Question {
    name: &'static str,
    text: String,
    error: Option<String>,
    /// The first one that was left open.
    focused: bool,
    options: Vec<Choice>,
}

struct Choice {
    code: &'static str,
    label: String,
    chosen: bool,
}

struct ShownAdvice {
    why: String,
    /// Nothing for this committee itself.
    instance: Option<ShownInstance>,
}

pub(super) async fn show(shared: Data<Shared>, request: HttpRequest) -> HttpResponse {
    let t = shared.texts(&request);
    questions_page(t, StatusCode::OK, &Fields::default(), false)
}

pub(super) async fn answer(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let t = shared.texts(&request);
    let fields = match read(&shared, &request, payload).await {
        Ok(fields) => fields,
        Err(unreadable) => return unreadable.answer(t),
    };
    let Some(answers) = answers(&fields) else {
        return questions_page(t, StatusCode::UNPROCESSABLE_ENTITY, &fields, true);
    };
    let page = AdvicePage {
        t,
        here: HERE,
        advice: answers
            .advice()
            .into_iter()
            .map(|advice| shown(t, advice))
            .collect(),
    };
    super::render(StatusCode::OK, t, &page)
}

async fn read(
    shared: &Shared,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Fields, Unreadable> {
    let body = shared.limits.read(request, payload, FORM).await?;
    Ok(Fields::parse(&body)?)
}

/// All four answers, or nothing.
fn answers(fields: &Fields) -> Option<Answers> {
    Some(Answers {
        danger: fields.value("peligro").parse().ok()?,
        matter: fields.value("asunto").parse().ok()?,
        accused: fields.value("persona").parse().ok()?,
        works_here: fields.value("trabaja").parse().ok()?,
    })
}

fn questions_page(
    t: &Texts,
    status: StatusCode,
    fields: &Fields,
    unanswered: bool,
) -> HttpResponse {
    let question = |name: &'static str, codes: Vec<&'static str>| {
        let value = fields.value(name);
        Question {
            name,
            text: t.get(&format!("orientation-{name}")),
            error: (unanswered && !codes.contains(&value)).then(|| t.get("orientation-choose")),
            focused: false,
            options: codes
                .into_iter()
                .map(|code| Choice {
                    code,
                    label: t.get(&format!("orientation-{name}-{code}")),
                    chosen: value == code,
                })
                .collect(),
        }
    };
    let mut questions = [
        question("peligro", YesNo::ALL.iter().map(|one| one.code()).collect()),
        question("asunto", Matter::ALL.iter().map(|one| one.code()).collect()),
        question(
            "persona",
            Accused::ALL.iter().map(|one| one.code()).collect(),
        ),
        question("trabaja", YesNo::ALL.iter().map(|one| one.code()).collect()),
    ];
    if let Some(first) = questions.iter_mut().find(|one| one.error.is_some()) {
        first.focused = true;
    }
    let page = Page {
        t,
        here: HERE,
        questions,
        unanswered,
        instances: InstanceCode::all()
            .map(|instance| instances::shown(t, instance))
            .collect(),
    };
    super::render(status, t, &page)
}

fn shown(t: &Texts, advice: Advice) -> ShownAdvice {
    ShownAdvice {
        why: t.get(&format!("orientation-why-{}", advice.why)),
        instance: match advice.to {
            Destination::Committee => None,
            Destination::Instance(code) => Some(instances::shown(t, code)),
        },
    }
}

#[cfg(test)]
mod tests {
    use service::language::Language;

    use super::*;
    use crate::shared::translations;

    #[test]
    fn every_answer_and_every_reason_has_its_words() {
        let translations = translations().unwrap();
        let mut ids: Vec<String> = domain::catalogue::orientation_reasons()
            .map(|why| format!("orientation-why-{why}"))
            .collect();
        for (name, codes) in [
            (
                "peligro",
                YesNo::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(),
            ),
            ("asunto", Matter::ALL.iter().map(|one| one.code()).collect()),
            (
                "persona",
                Accused::ALL.iter().map(|one| one.code()).collect(),
            ),
            ("trabaja", YesNo::ALL.iter().map(|one| one.code()).collect()),
        ] {
            ids.push(format!("orientation-{name}"));
            ids.extend(
                codes
                    .into_iter()
                    .map(|code| format!("orientation-{name}-{code}")),
            );
        }
        for language in Language::ALL {
            for id in &ids {
                assert!(translations.of(language).has(id), "{language:?} {id}");
            }
        }
    }
}
