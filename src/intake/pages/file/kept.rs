//! The words that lead back, and whether they were really written down.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use askama::Template;
use domain::complaint::SecretText;
use jiff::civil::Date;
use sealing::{TrackingToken, WORDS};
use serde::{Deserialize, Serialize};
use service::language::Texts;
use service::{page, wording};

use super::super::form::Fields;
use super::super::typed_back::{self, ASKED, AskedWord};
use super::{DONE, Desk, Go, HERE, OtherLanguage, SKIPPED, STATE, STEP};
use crate::filing::Filed;
use crate::page_seal::{Opened, Purpose};

/// What the page with the words carries.
#[derive(Serialize, Deserialize)]
struct Kept {
    token: SecretText,
    received_on: Date,
    receipt: String,
    /// Which words are typed back, from 0, in their order.
    asked: [usize; ASKED],
}

#[derive(Template)]
#[template(path = "words.html")]
struct WordsPage<'a> {
    t: &'a Texts,
    here: &'static str,
    languages: Vec<OtherLanguage>,
    state: &'a str,
    words: [&'static str; WORDS],
    phrase: &'a str,
    received_on: String,
    receipt: &'a str,
    /// Until when what comes next has to happen, as the receipt says.
    terms: Vec<String>,
    asked: Vec<AskedWord<'a>>,
    /// Whether something that was typed is not right.
    wrong: bool,
}

#[derive(Template)]
#[template(path = "done.html")]
struct DonePage<'a> {
    t: &'a Texts,
    here: &'static str,
    languages: Vec<OtherLanguage>,
    checked: bool,
}

/// What a person gets whose page shows no words any more.
pub(super) fn lapsed_page(t: &Texts) -> HttpResponse {
    super::super::problem(t, &super::given_back(t, "words-lapsed"))
}

/// The words, for the first time or again because the answer was lost.
pub(super) fn first_page(desk: Desk<'_>, filed: &Filed) -> HttpResponse {
    let kept = Kept {
        token: SecretText::from(filed.token.phrase().to_string()),
        received_on: filed.received_on,
        receipt: filed.receipt.clone(),
        asked: typed_back::draw(&desk.shared.rng),
    };
    let state = desk.shared.seal_page(Purpose::Filed, &kept);
    words_page(desk, StatusCode::CREATED, &kept, &state, None)
}

/// What a person gets who sent the page with the words, or the last one.
pub(super) fn answer(desk: Desk<'_>, go: Go, sent: &Fields) -> HttpResponse {
    // The last page carries nothing: the words are gone with the one before.
    match sent.value(STEP) {
        DONE => return done_page(desk.t, true),
        SKIPPED => return done_page(desk.t, false),
        _ => {}
    }
    let state = sent.value(STATE);
    let kept: Kept = match desk.shared.open_page(Purpose::Filed, state) {
        Ok(Opened {
            value,
            lapsed: false,
        }) => value,
        // It lies open no longer than it takes to write the words down.
        Ok(Opened { lapsed: true, .. }) | Err(_) => return lapsed_page(desk.t),
    };
    match go {
        Go::Download => download(&kept),
        Go::Skip => done_page(desk.t, false),
        Go::Check | Go::Next => {
            if typed_back::are_right(sent, &kept.words(), kept.asked) {
                done_page(desk.t, true)
            } else {
                words_page(
                    desk,
                    StatusCode::UNPROCESSABLE_ENTITY,
                    &kept,
                    state,
                    Some(sent),
                )
            }
        }
        Go::Stay
        | Go::Back
        | Go::More(_)
        | Go::Less(..)
        | Go::Remove(_)
        | Go::To(_)
        | Go::Review
        | Go::Send => words_page(desk, StatusCode::OK, &kept, state, None),
    }
}

impl Kept {
    fn token(&self) -> TrackingToken {
        TrackingToken::parse(self.token.expose()).expect("what was sealed with the page is a token")
    }

    fn terms(&self, desk: Desk<'_>) -> Vec<String> {
        let receipt = receipts::verify(&self.receipt, &desk.shared.receipts.public());
        let terms = receipt.map(|receipt| receipt.terms).unwrap_or_default();
        let told = terms.iter().map(|term| wording::deadline(desk.t, term));
        told.collect()
    }

    fn words(&self) -> [&'static str; WORDS] {
        self.token().words()
    }
}

fn words_page(
    desk: Desk<'_>,
    status: StatusCode,
    kept: &Kept,
    state: &str,
    wrong: Option<&Fields>,
) -> HttpResponse {
    let t = desk.t;
    let words = kept.words();
    let asked = typed_back::fields(t, &words, kept.asked, wrong);
    let phrase = kept.token().phrase();
    let page = WordsPage {
        t,
        here: HERE,
        languages: super::other_languages(t),
        state,
        words,
        phrase: &phrase,
        received_on: wording::date(t, kept.received_on),
        receipt: &kept.receipt,
        terms: kept.terms(desk),
        asked,
        wrong: wrong.is_some(),
    };
    super::super::render(status, t, &page)
}

fn done_page(t: &Texts, checked: bool) -> HttpResponse {
    let page = DonePage {
        t,
        here: HERE,
        languages: super::other_languages(t),
        checked,
    };
    super::super::render(StatusCode::OK, t, &page)
}

/// The words alone: whoever finds the file learns from it neither what they are for nor where.
fn download(kept: &Kept) -> HttpResponse {
    let mut text = String::new();
    for (number, word) in (1_usize..).zip(kept.words()) {
        text.extend([&number.to_string(), ". ", word, "\r\n"]);
    }
    text.push_str("\r\n");
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"notas.txt\""))
        .body(page::pad(text))
}
