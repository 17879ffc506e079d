//! `GET` and `POST /ayuda`: the shortcuts of the keyboard, and switching them off.
//!
//! All they do, links and forms do without them. A key alone can be hit by mistake or by software that types
//! what is said, so they can be switched off (WCAG 2.1.4); a cookie that says so and nothing else
//! remembers it.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use super::Desk;
use super::gate::{Form, Member};
use super::pages::{self, Frame};
use super::sign_in::to;

/// Where the page is.
const HERE: &str = "/ayuda";
/// The cookie, and what it says once they are off.
const COOKIE: &str = "__Host-atajos";
const OFF: &str = "no";
/// How long the choice is remembered.
const DAYS: i64 = 365;

#[derive(Template)]
#[template(path = "help.html")]
struct Page<'a> {
    frame: Frame<'a>,
    scripted: bool,
    keys: Vec<Key>,
}

/// A shortcut.
struct Key {
    /// Pressed one after the other.
    keys: &'static [&'static str],
    does: String,
}

/// Every shortcut, as the script has it.
const KEYS: [(&[&str], &str); 9] = [
    (&["g", "h"], "desk-help-today"),
    (&["g", "l"], "desk-help-list"),
    (&["g", "t"], "desk-help-board"),
    (&["g", "c"], "desk-help-agenda"),
    (&["g", "b"], "desk-help-search"),
    (&["/"], "desk-help-focus"),
    (&["j"], "desk-help-next"),
    (&["k"], "desk-help-previous"),
    (&["?"], "desk-help-help"),
];

/// Whether this browser's member has them on.
pub(super) fn are_on(request: &HttpRequest) -> bool {
    request
        .cookie(COOKIE)
        .is_none_or(|cookie| cookie.value() != OFF)
}

/// The page.
pub(super) async fn show(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    let scripted = are_on(&request);
    let page = Page {
        frame: Frame::of(texts, &member),
        scripted,
        keys: KEYS
            .iter()
            .map(|(keys, does)| Key {
                keys,
                does: texts.get(does),
            })
            .collect(),
    };
    pages::page_with_script(texts, StatusCode::OK, &page, scripted)
}

#[derive(Deserialize)]
struct Fields {
    shortcuts: Option<String>,
}

/// Switches them on or off.
pub(super) async fn change(_: Member, form: Form) -> HttpResponse {
    let wanted = form.parse::<Fields>().and_then(|fields| fields.shortcuts);
    let mut cookie = Cookie::build(COOKIE, OFF)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(Duration::days(DAYS))
        .finish();
    if wanted.as_deref() != Some(OFF) {
        cookie.make_removal();
    }
    let mut answer = to(HERE);
    let _ = answer.add_cookie(&cookie);
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_knows_every_key_of_the_help() {
        let script = include_str!("../../../web/scripts/keys.js");
        for (keys, _) in KEYS {
            let last = keys[keys.len() - 1];
            assert!(
                script.contains(&format!("\"{last}\"")) || script.contains(&format!("{last}:")),
                "{last}"
            );
        }
    }
}
