//! What is answered where nothing is: addresses that do not exist and methods that they do not take.

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse, Resource, Route, guard};
use service::problem::Problem;

use crate::pages;
use crate::shared::Shared;

/// What reading takes, as the `Allow` header has it.
pub(crate) const READ: &str = "GET, HEAD";
/// What sending takes.
pub(crate) const SEND: &str = "POST";
/// What a page with a form takes.
pub(crate) const READ_AND_SEND: &str = "GET, HEAD, POST";

/// A resource that says which methods it takes when it is asked for another one.
pub(crate) fn resource(path: &'static str, allow: &'static str) -> Resource {
    web::resource(path).default_service(web::to(
        move |shared: Data<Shared>, request: HttpRequest| async move {
            let mut answer = refuse(&shared, &request, StatusCode::METHOD_NOT_ALLOWED, "method");
            answer
                .headers_mut()
                .insert(ALLOW, HeaderValue::from_static(allow));
            answer
        },
    ))
}

/// A route for GET and for HEAD, whose body the server leaves out.
pub(crate) fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// For every address that does not exist.
pub(crate) async fn no_such_page(shared: Data<Shared>, request: HttpRequest) -> HttpResponse {
    refuse(&shared, &request, StatusCode::NOT_FOUND, "not-found")
}

/// Programs get a problem, people a page.
fn refuse(shared: &Shared, request: &HttpRequest, status: StatusCode, code: &str) -> HttpResponse {
    let texts = shared.texts(request);
    let problem = Problem::new(texts, status, code);
    if request.path().starts_with("/api/") {
        problem.respond(texts)
    } else {
        pages::problem(texts, &problem)
    }
}
