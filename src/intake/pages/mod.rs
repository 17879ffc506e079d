//! The pages for people. They work without scripts and set no cookie.

mod echo;
mod file;
mod follow;
mod form;
mod guide;
mod home;
mod instances;
mod leave;
mod orientation;
mod phones;
mod receipt;
mod roots;
mod typed_back;
mod verify;

use actix_web::http::StatusCode;
use actix_web::web::{Data, ServiceConfig, post, scope};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use service::body::BodyError;
use service::language::{Language, Texts};
use service::page::{self, AnswerSize};
use service::problem::Problem;

use self::guide::Topic;
pub(crate) use self::phones::linked;
use crate::fallback::{READ, READ_AND_SEND, SEND, read, resource};
use crate::shared::Shared;

/// The pages of the guide that every page leads to.
pub(crate) const IN_THE_FOOT: [Topic; 6] = [
    Topic::Committee,
    Topic::Afterwards,
    Topic::Anonymity,
    Topic::Protection,
    Topic::Support,
    Topic::Privacy,
];

const FORM: &str = "application/x-www-form-urlencoded";

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/", READ).route(read().to(home::show)))
        .service(
            resource("/denunciar", READ_AND_SEND)
                .route(read().to(file::show))
                .route(post().to(file::send)),
        )
        .service(
            resource("/seguimiento", READ_AND_SEND)
                .route(read().to(follow::show))
                .route(post().to(follow::look)),
        )
        .service(resource("/seguimiento/mensaje", SEND).route(post().to(follow::send)))
        .service(resource("/seguimiento/palabras", SEND).route(post().to(follow::choose_words)))
        .service(resource("/seguimiento/mensajes", SEND).route(post().to(follow::show_earlier)))
        .service(resource("/seguimiento/enviado", SEND).route(post().to(follow::show_filed)))
        .service(
            resource("/orientacion", READ_AND_SEND)
                .route(read().to(orientation::show))
                .route(post().to(orientation::answer)),
        )
        .service(resource("/acuse", SEND).route(post().to(receipt::give)))
        .service(
            resource("/acuse/verificar", READ_AND_SEND)
                .route(read().to(verify::show))
                .route(post().to(verify::check)),
        )
        .service(resource("/acuse/raices", READ).route(read().to(roots::newest)))
        .service(resource("/acuse/raices/{before}", READ).route(read().to(roots::earlier)))
        .service(resource("/salir", READ).route(read().to(leave::show)));
    for topic in Topic::ALL {
        let show = move |shared: Data<Shared>, request: HttpRequest| async move {
            guide::show(topic, &shared, &request)
        };
        config.service(resource(topic.path(), READ).route(read().to(show)));
    }
}

/// The same pages below the address of each language, for whoever chose one by hand.
pub(crate) fn routes_by_language(config: &mut ServiceConfig) {
    for language in Language::ALL {
        config.service(scope(language.prefix()).configure(routes));
    }
}

/// A page that says what is wrong and what to do next.
pub(crate) fn problem(texts: &Texts, problem: &Problem) -> HttpResponse {
    #[derive(Template)]
    #[template(path = "problem.html")]
    struct Page<'a> {
        t: &'a Texts,
        here: &'static str,
        problem: &'a Problem,
    }
    let status = StatusCode::from_u16(problem.status).expect("a problem is made from a status");
    render(
        status,
        texts,
        &Page {
            t: texts,
            here: "",
            problem,
        },
    )
}

/// Why the body of a form was not taken.
#[derive(Debug, thiserror::Error)]
enum Unreadable {
    #[error(transparent)]
    Body(#[from] BodyError),
    #[error(transparent)]
    Form(#[from] form::NotAForm),
}

impl Unreadable {
    fn answer(&self, texts: &Texts) -> HttpResponse {
        let told = match self {
            Self::Body(error) => Problem::body(texts, *error),
            Self::Form(form::NotAForm::Encoding | form::NotAForm::TooMany) => {
                Problem::new(texts, StatusCode::BAD_REQUEST, "not-form")
            }
            Self::Form(form::NotAForm::Utf8) => {
                Problem::new(texts, StatusCode::BAD_REQUEST, "not-utf8")
            }
        };
        problem(texts, &told)
    }
}

fn unavailable(texts: &Texts) -> Problem {
    Problem::new(texts, StatusCode::SERVICE_UNAVAILABLE, "unavailable")
}

fn render(status: StatusCode, texts: &Texts, template: &impl Template) -> HttpResponse {
    render_of(AnswerSize::Small, status, texts, template)
}

/// The same, padded to a size at least.
fn render_of(
    least: AnswerSize,
    status: StatusCode,
    texts: &Texts,
    template: &impl Template,
) -> HttpResponse {
    let html = template.render().expect("writing to memory does not fail");
    page::html_of(least, status, texts.language(), html)
}
