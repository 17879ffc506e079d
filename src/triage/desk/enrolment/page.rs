//! The pages of an invitation.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use committee::members::invitation::Accepted;
use committee::members::recovery_codes::RecoveryCode;
use committee::members::{InvitationCode, MemberRecord};
use service::language::Texts;
use service::problem::Problem;
use zeroize::Zeroizing;

use super::HERE;
use crate::desk::labels::Labelled as _;
use crate::desk::pages::{self, Frame};
use crate::desk::qr;
use crate::desk::session::Enrolment;

#[derive(Template)]
#[template(path = "enrolment.html")]
struct Invitation<'a> {
    frame: Frame<'a>,
    problem: Option<&'a Problem>,
    here: &'a str,
    token: &'a str,
    name: Zeroizing<String>,
    seat: String,
    login: &'a str,
    picture: Option<Zeroizing<String>>,
    secret: Zeroizing<String>,
    options: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "enrolment_code.html")]
struct CodePage<'a> {
    frame: Frame<'a>,
    problem: Option<&'a Problem>,
    left: Option<String>,
    here: &'a str,
}

#[derive(Template)]
#[template(path = "enrolled.html")]
struct Done<'a> {
    frame: Frame<'a>,
    login: &'a str,
    codes: Vec<Zeroizing<String>>,
}

/// The form that asks for the code; with what was wrong with the last one, and how many more are taken.
pub(super) fn code(
    texts: &Texts,
    link: &InvitationCode,
    wrong: Option<(&Problem, u8)>,
) -> HttpResponse {
    let page = CodePage {
        frame: Frame::outside(texts),
        problem: wrong.map(|(problem, _)| problem),
        left: wrong.map(|(_, left)| texts.with("desk-enrol-code-left", "count", u32::from(left))),
        here: &link.path(),
    };
    pages::page(texts, pages::status_of(page.problem), &page)
}

/// The form in which an invitation is accepted.
pub(super) fn form(
    texts: &Texts,
    record: &MemberRecord,
    enrolment: &Enrolment,
    token: &str,
    problem: Option<&Problem>,
) -> HttpResponse {
    let options = enrolment
        .passkey
        .as_ref()
        .map(|begun| begun.options.as_str());
    let page = Invitation {
        frame: Frame::outside(texts),
        problem,
        here: HERE,
        token,
        name: record.profile.name.full(),
        seat: record.profile.seat.label(texts),
        login: record.login.as_str(),
        picture: qr::picture(&enrolment.totp.uri(&record.login)),
        secret: enrolment.totp.typed(),
        options,
    };
    let status = pages::status_of(problem);
    pages::page_with_script(texts, status, &page, options.is_some())
}

/// The recovery codes, shown once.
pub(super) fn done(texts: &Texts, accepted: &Accepted) -> HttpResponse {
    let page = Done {
        frame: Frame::outside(texts),
        login: accepted.record.login.as_str(),
        codes: accepted.recovery.iter().map(RecoveryCode::text).collect(),
    };
    pages::page(texts, StatusCode::OK, &page)
}
