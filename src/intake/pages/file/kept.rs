//! The words that lead back, and whether they were really written down.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use askama::Template;
use domain::code::fold;
use domain::complaint::SecretText;
use jiff::civil::Date;
use ring::rand::SecureRandom;
use sealing::{TrackingToken, WORDS};
use serde::{Deserialize, Serialize};
use service::language::Texts;
use service::{page, wording};
use zeroize::Zeroizing;

use super::super::form::Fields;
use super::{DONE, Desk, Go, HERE, OtherLanguage, SKIPPED, STATE, STEP};
use crate::filing::Filed;
use crate::page_seal::{Opened, Purpose};

/// How many words are typed back.
const ASKED: usize = 2;
/// Letters by which each word of the list can be told from all others.
const ENOUGH_LETTERS: usize = 4;
/// Most that is shown again of what was typed in the place of a word.
const LONGEST_WORD: usize = 40;

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

/// One word to type back.
struct AskedWord<'a> {
    name: String,
    label: String,
    written: &'a str,
    error: Option<String>,
    focused: bool,
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
        asked: draw(&desk.shared.rng),
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
            let words = kept.words();
            let right = (0..ASKED).all(|at| is_word(sent.value(&name(at)), words[kept.asked[at]]));
            if right {
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

/// Two different words by chance; without any, the fourth and the ninth do.
fn draw(rng: &dyn SecureRandom) -> [usize; ASKED] {
    let mut bytes = [3, 4];
    // A failure leaves the words above, which serve as well.
    let _ = rng.fill(&mut bytes);
    let first = usize::from(bytes[0]) % WORDS;
    let second = (first + 1 + usize::from(bytes[1]) % (WORDS - 1)) % WORDS;
    [first.min(second), first.max(second)]
}

/// Whether this word was meant: without accents, or by its first four letters.
fn is_word(written: &str, word: &str) -> bool {
    let written = Zeroizing::new(fold(written));
    let word = fold(word);
    let short = || written.chars().count() == ENOUGH_LETTERS && word.starts_with(written.as_str());
    *written == word || short()
}

fn name(at: usize) -> String {
    format!("word-{}", at + 1)
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
    let mut asked: Vec<AskedWord<'_>> = kept
        .asked
        .iter()
        .enumerate()
        .map(|(at, index)| {
            let number = (index + 1).to_string();
            let name = name(at);
            let written = wrong.map(|sent| sent.value(&name)).unwrap_or_default();
            let is_wrong = wrong.is_some() && !is_word(written, words[*index]);
            AskedWord {
                label: t.fill("words-asked", &[("number", &number)]),
                written: super::super::echo::cut(written, LONGEST_WORD).0,
                error: is_wrong.then(|| t.fill("words-wrong", &[("number", &number)])),
                focused: false,
                name,
            }
        })
        .collect();
    if let Some(first) = asked.iter_mut().find(|word| word.error.is_some()) {
        first.focused = true;
    }
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

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;

    use super::*;

    #[test]
    fn two_different_words_are_asked_for_in_their_order() {
        for _ in 0..500 {
            let [first, second] = draw(&SystemRandom::new());
            assert!(first < second && second < WORDS);
        }
    }

    #[test]
    fn a_word_is_read_as_people_write_it() {
        for written in ["árbol", "ARBOL", " arbol ", "arbo"] {
            assert!(is_word(written, "árbol"), "{written}");
        }
        for written in ["", "arb", "arbolito", "arma", "árbol árbol"] {
            assert!(!is_word(written, "árbol"), "{written}");
        }
    }
}
