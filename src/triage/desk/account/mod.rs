//! `GET` and `POST /mi-cuenta`: a member's own sessions, second factors and passphrase, and where mail goes.
//!
//! Whatever changes what the member signs in with asks for the passphrase again: an unattended session
//! is not enough.

mod change;
mod mail;
mod page;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use self::change::Done;
use super::Desk;
use super::gate::{Form, Member};
use super::sign_in::to;

/// Where the account is.
pub(super) const HERE: &str = "/mi-cuenta";

/// The page.
pub(super) async fn show(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    page::show(&desk, &request, &member, None).await
}

/// Changes something.
pub(super) async fn change(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    match change::take(&desk, &request, &member, &form).await {
        Ok(Done::Nothing) => to(HERE),
        Ok(Done::Codes(codes)) => page::codes(desk.texts(&request), &member, &codes),
        Err(error) => {
            let problem = error.problem(desk.texts(&request));
            page::show(&desk, &request, &member, Some(&problem)).await
        }
    }
}
