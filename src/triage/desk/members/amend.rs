//! `GET` and `POST /integrantes/{member}/datos`: changing what is known of a member, which another has to
//! agree to.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::acts::Asked;
use committee::members::{Amendment, Details, Versioned};
use domain::committee::policy::decide_about;
use domain::committee::{Act, MemberId, Ruling};
use domain::complaint::SecretText;
use service::problem::Problem;
use zeroize::Zeroizing;

use super::changes::{ACTS, ChangeRefused, ask};
use super::form::{FormFault, Typed, View};
use super::founding::InviteError;
use super::list::HERE;
use crate::desk::gate::{Form, Member};
use crate::desk::pages::{self, Frame};
use crate::desk::sign_in::to;
use crate::desk::{Desk, fallback};

#[derive(Template)]
#[template(path = "amend.html")]
struct Page<'a> {
    frame: Frame<'a>,
    problem: Option<&'a Problem>,
    name: Zeroizing<String>,
    form: View<'a>,
}

/// The form, with what is known.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    whom: Path<String>,
) -> HttpResponse {
    match find(&member, &whom) {
        Some(found) => {
            let typed = Typed::known(&found.record.profile);
            page(&desk, &request, &member, found, &typed, None)
        }
        None => nobody(&desk, &request),
    }
}

/// Asks for the change.
pub(in crate::desk) async fn change(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    whom: Path<String>,
    form: Form,
) -> HttpResponse {
    let Some(found) = find(&member, &whom) else {
        return nobody(&desk, &request);
    };
    let typed = Typed::of(&form);
    let asked = async {
        let profile = &found.record.profile;
        let what = Asked::AmendMember {
            member: profile.id,
            amendment: Box::new(read(&desk, &member, found, &typed).map_err(InviteError::from)?),
        };
        ask(&desk, &member, what, SecretText::from(typed.reason.clone())).await
    };
    match asked.await {
        Ok(_) => to(ACTS),
        Err(error) => {
            let problem = ChangeRefused::problem(&error, desk.texts(&request));
            page(&desk, &request, &member, found, &typed, Some(&problem))
        }
    }
}

fn read(
    desk: &Desk,
    member: &Member,
    found: &Versioned,
    typed: &Typed,
) -> Result<Amendment, FormFault> {
    let profile = &found.record.profile;
    let was = Details::of(profile);
    let becomes = Details {
        agreement_on: typed.agreement(was.agreement_on, desk.today())?,
        ..typed.details(profile.id, &member.roster)?
    };
    let amendment = Amendment { was, becomes };
    if amendment.changes().is_empty() {
        return Err(FormFault::Unchanged);
    }
    Ok(amendment)
}

/// A member whom the reader may ask to change.
fn find<'m>(member: &'m Member, whom: &str) -> Option<&'m Versioned> {
    let id: MemberId = whom.parse().ok()?;
    let found = member
        .roster
        .of(id)
        .filter(|found| !found.record.has_ended())?;
    match decide_about(&member.actor, Act::AmendMember, None, id) {
        Ruling::Allowed | Ruling::NeedsSecond => Some(found),
        Ruling::Hidden | Ruling::Refused => None,
    }
}

fn nobody(desk: &Desk, request: &HttpRequest) -> HttpResponse {
    let texts = desk.texts(request);
    let problem = Problem::new(texts, StatusCode::NOT_FOUND, "no-member");
    fallback::problem(desk, request, &problem)
}

fn page(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    found: &Versioned,
    typed: &Typed,
    problem: Option<&Problem>,
) -> HttpResponse {
    let texts = desk.texts(request);
    let profile = &found.record.profile;
    let action = format!("{HERE}/{}/datos", profile.id);
    let token = member.session.token.as_str();
    let page = Page {
        frame: Frame::of(texts, member),
        problem,
        name: profile.name.full(),
        form: View::new(texts, action, token, typed, &member.roster, true).of(profile),
    };
    pages::page(texts, pages::status_of(problem), &page)
}
