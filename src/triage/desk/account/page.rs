//! The page of a member's own account.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::members::recovery_codes::RecoveryCode;
use committee::members::totp::TotpSecret;
use committee::members::{Factors, SecondFactor};
use ring::rand::SystemRandom;
use service::language::Texts;
use service::problem::Problem;
use service::wording;
use zeroize::Zeroizing;

use super::HERE;
use super::mail::{self, MailView};
use crate::desk::gate::Member;
use crate::desk::labels::{self, Labelled as _};
use crate::desk::pages::{self, Frame};
use crate::desk::qr;
use crate::desk::session::Setup;
use crate::desk::{Desk, fallback};

#[derive(Template)]
#[template(path = "account.html")]
struct Page<'a> {
    frame: Frame<'a>,
    problem: Option<&'a Problem>,
    here: &'a str,
    token: &'a str,
    name: Zeroizing<String>,
    seat: String,
    /// Why the member can do nothing else, if that is so.
    away: Option<String>,
    key: String,
    sessions: Vec<Session>,
    /// `None` for the member of the demonstration.
    factors: Option<FactorsView>,
    /// `None` where the service sends no mail.
    mail: Option<MailView>,
}

struct Session {
    handle: String,
    begun: String,
    used: String,
    is_this: bool,
}

struct FactorsView {
    has_app: bool,
    devices: Vec<(String, String)>,
    recovery: String,
    picture: Option<Zeroizing<String>>,
    secret: Zeroizing<String>,
    options: Option<String>,
}

#[derive(Template)]
#[template(path = "codes.html")]
struct Codes<'a> {
    frame: Frame<'a>,
    codes: Vec<Zeroizing<String>>,
}

/// The page. What can be set up is drawn now and waits in the session.
pub(super) async fn show(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    problem: Option<&Problem>,
) -> HttpResponse {
    let texts = desk.texts(request);
    let record = &member.me.record;
    let second = record.credentials().map(|kept| &kept.second);
    let factors = match second {
        Some(SecondFactor::Required(factors)) => offer(desk, texts, member, factors),
        Some(SecondFactor::Demonstration) | None => None,
    };
    let scripted = factors.as_ref().is_some_and(|view| view.options.is_some());
    let key = member.key.recipient().to_string();
    let mail = match mail::view(desk, texts, member).await {
        Ok(mail) => mail,
        Err(error) => {
            tracing::error!(cause = %error, "it cannot be read where a member gets mail");
            return fallback::problem(desk, request, &fallback::unavailable(texts));
        }
    };
    let page = Page {
        frame: Frame::of(texts, member),
        problem,
        here: HERE,
        token: &member.session.token,
        name: record.profile.name.full(),
        seat: record.profile.seat.label(texts),
        away: away(desk, texts, member),
        key,
        sessions: sessions(desk, texts, member),
        factors,
        mail,
    };
    pages::page_with_script(texts, pages::status_of(problem), &page, scripted)
}

/// New recovery codes, shown once.
pub(super) fn codes(texts: &Texts, member: &Member, codes: &[RecoveryCode]) -> HttpResponse {
    let page = Codes {
        frame: Frame::of(texts, member),
        codes: codes.iter().map(RecoveryCode::text).collect(),
    };
    pages::page(texts, StatusCode::OK, &page)
}

fn away(desk: &Desk, texts: &Texts, member: &Member) -> Option<String> {
    if member.is_in_office() {
        return None;
    }
    let today = desk.today();
    let suspended = member
        .profile()
        .suspended_from
        .filter(|from| *from <= today);
    Some(match suspended {
        Some(from) => texts.fill(
            "desk-away-suspended",
            &[("from", &wording::date(texts, from))],
        ),
        None => texts.get("desk-away-term"),
    })
}

fn sessions(desk: &Desk, texts: &Texts, member: &Member) -> Vec<Session> {
    let listed = desk.sessions.list(&member.session).into_iter();
    listed
        .map(|one| Session {
            begun: labels::moment(texts, one.begun),
            used: labels::moment(texts, one.used),
            handle: one.handle,
            is_this: one.is_this,
        })
        .collect()
}

fn offer(desk: &Desk, texts: &Texts, member: &Member, factors: &Factors) -> Option<FactorsView> {
    let profile = member.profile();
    let login = &member.me.record.login;
    // The app stays the same while the page is read again, so that a picture that was taken holds.
    let totp = match desk.sessions.setup(&member.session).totp {
        Some(begun) => begun,
        None => TotpSecret::draw(&SystemRandom::new()).ok()?,
    };
    let room = factors.passkeys().len() < Factors::MOST_PASSKEYS;
    let passkey = desk
        .passkeys
        .as_ref()
        .filter(|_| room)
        .and_then(|passkeys| {
            let name = profile.name.full();
            let known = factors.passkeys();
            passkeys
                .register(profile.id, login.as_str(), &name, known)
                .ok()
        });
    let options = passkey.as_ref().map(|begun| begun.options.clone());
    let (picture, secret) = (qr::picture(&totp.uri(login)), totp.typed());
    let setup = Setup {
        totp: Some(totp),
        passkey,
    };
    desk.sessions.put_setup(&member.session, Some(setup));
    Some(FactorsView {
        has_app: factors.has_totp(),
        devices: factors
            .passkeys()
            .iter()
            .map(|device| (device.id(), device.label().to_owned()))
            .collect(),
        recovery: texts.with("desk-codes-left", "count", factors.recovery_left()),
        picture,
        secret,
        options,
    })
}
