//! Whoever watches the line learns from the length of an answer neither whether a mailbox is there nor
//! how much it holds.

use domain::case::{Folio, Status};
use domain::catalogue::TermKey;
use jiff::civil::date;
use mailbox::{Author, Body, Entry, FiledFile, Message, Notice, Standing};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use reqwest::Response;
use ring::rand::SystemRandom;
use sealing::TrackingToken;
use serde_json::{Value, json};
use service::page::AnswerSize;

use crate::testing::{House, unused_token};

const LANGUAGES: [&str; 2] = ["", "/en"];
/// The signs that take most room: in HTML, in bytes, and in JSON.
const SIGNS: [char; 5] = ['a', 'ñ', '\'', '🙂', '\n'];

/// One message: who, how many of which sign, how many files, whether it asks for something.
type Said = (bool, usize, usize, usize, bool);

fn conversations() -> impl Strategy<Value = Vec<Said>> {
    let length = prop_oneof![1..200_usize, 200..4_000_usize, 15_000..=20_000_usize];
    let files = prop_oneof![4 => Just(0_usize), 1 => 1..=40_usize];
    let said = (any::<bool>(), 0..SIGNS.len(), length, files, any::<bool>());
    prop_oneof![
        prop::collection::vec(said.clone(), 0..6),
        prop::collection::vec(said, 60..90),
    ]
}

fn standing() -> Standing {
    Standing {
        status: Status::NeedsInformation,
        folio: Folio::new(2026, 123_456),
        deadlines: vec![domain::case::Deadline {
            key: TermKey::PrevencionDesahogo,
            due_on: date(2026, 3, 11),
        }],
        notice: Notice::NeedsInformation,
        detail: None,
    }
}

fn file(sign: char, n: usize) -> FiledFile {
    FiledFile {
        name: domain::evidence::FileName::parse(&format!("{n}{}", sign.to_string().repeat(115))),
        bytes: 1 << 30,
        version: domain::evidence::Version::Original,
    }
}

/// What triage would post of it.
fn post(house: &House, token: &str, conversation: &[Said]) {
    let token = TrackingToken::parse(token).unwrap();
    for (position, (committee, sign, length, files, asks)) in (1..).zip(conversation) {
        let sign = SIGNS[*sign];
        let from = if *committee {
            Author::Committee
        } else {
            Author::Complainant
        };
        // Begins with its number, so that one can tell what was shown.
        let mut text = format!("[{position}]");
        text.extend(std::iter::repeat_n(sign, *length - 1));
        text.push('.');
        let standing = (*asks && *committee).then(standing);
        let message = Message {
            evidence: (0..*files).map(|n| file(sign, n)).collect(),
            situation: standing.is_none().then(|| self::standing().into()),
            standing,
            ..Message::written(from, text.into())
        };
        let entry = Entry {
            posted_on: date(2026, 3, 4),
            body: Body::Message(message),
        };
        let key = token.mailbox_key();
        let rng = SystemRandom::new();
        let sealed = mailbox::seal(&key, token.lookup_id(), position, &entry, &rng);
        house.mailroom.post(sealed.unwrap());
    }
}

async fn sized(answer: Response, size: AnswerSize) -> String {
    let what = answer.url().path().to_owned();
    let status = answer.status();
    let text = answer.text().await.unwrap();
    assert_eq!(text.len(), size.bytes(), "{what} {status}");
    text
}

/// The place of the page after this one.
fn next(html: &str) -> Option<String> {
    let rest = html.split("name=\"from\" value=\"").nth(1)?;
    Some(rest.split('"').next().unwrap().to_owned())
}

/// The texts of the messages on a page, in its order.
fn texts(html: &str) -> String {
    let list = html.split("<ol class=\"messages\">").nth(1).unwrap();
    let list = list.split("</ol>").next().unwrap();
    let mut texts = String::new();
    for text in list.split("<p class=\"text\"").skip(1) {
        let (_, text) = text.split_once('>').unwrap();
        texts.push_str(text.split("</p>").next().unwrap());
    }
    texts
}

/// What people wrote, in the order in which the pages show it: each ends with its only full stop.
fn written(shown: &str) -> Vec<String> {
    let messages = shown.split('[').skip(1);
    messages
        .map(|rest| rest.split('.').next().unwrap().to_owned())
        .collect()
}

fn expected(conversation: &[Said]) -> Vec<String> {
    let mut all: Vec<_> = (1..)
        .zip(conversation)
        .map(|(position, (_, sign, length, ..))| {
            let escaped = match SIGNS[*sign] {
                '\'' => "&#39;".to_owned(),
                sign => sign.to_string(),
            };
            format!("{position}]{}", escaped.repeat(length - 1))
        })
        .collect();
    all.reverse();
    all
}

#[actix_web::test]
async fn a_mailbox_has_one_size_whatever_it_holds_and_so_has_none() {
    let mut runner = TestRunner::deterministic();
    let house = House::open();
    let mut unknown: Vec<String> = Vec::new();
    for round in 0..14 {
        let conversation = conversations().new_tree(&mut runner).unwrap().current();
        let token = house.file().await;
        post(&house, &token, &conversation);
        let language = LANGUAGES[round % 2];
        let words = [("tracking_token", token.as_str())];
        for path in [
            "/seguimiento",
            "/seguimiento/enviado",
            "/seguimiento/mensajes",
        ] {
            let page = house.post_form(&format!("{language}{path}"), &words).await;
            assert_eq!(page.status(), 200, "{path}");
            sized(page, AnswerSize::Medium).await;
        }
        let call = json!({ "tracking_token": token });
        let answer = house.post_json("/api/v1/mailbox", &call).await;
        assert_eq!(answer.status(), 200);
        let answer = sized(answer, AnswerSize::Large).await;
        serde_json::from_str::<Value>(&answer).unwrap();
    }
    let unused = unused_token();
    for token in [&unused, &unused_token()] {
        for path in [
            "/seguimiento",
            "/seguimiento/enviado",
            "/seguimiento/mensajes",
        ] {
            let page = house.post_form(path, &[("tracking_token", token)]).await;
            assert_eq!(page.status(), 404, "{path}");
            let page = sized(page, AnswerSize::Medium).await;
            unknown.push(page.replace(token.as_str(), &unused));
        }
        let call = json!({ "tracking_token": token });
        let answer = house.post_json("/api/v1/mailbox", &call).await;
        assert_eq!(answer.status(), 404);
        sized(answer, AnswerSize::Large).await;
    }
    let lengths = |page: &String| page.trim_end().to_owned();
    let unknown: Vec<_> = unknown.iter().map(lengths).collect();
    assert!(unknown.windows(2).all(|pair| pair[0] == pair[1]));
}

#[actix_web::test]
async fn every_message_of_a_long_mailbox_is_on_one_of_its_pages_and_on_no_two() {
    let mut runner = TestRunner::deterministic();
    let house = House::open();
    for _ in 0..4 {
        let conversation = conversations().new_tree(&mut runner).unwrap().current();
        let token = house.file().await;
        post(&house, &token, &conversation);
        let mut fields = vec![("tracking_token", token.clone())];
        let mut path = "/seguimiento";
        let mut shown = String::new();
        loop {
            let fields_now: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            let page = house.post_form(path, &fields_now).await;
            let html = sized(page, AnswerSize::Medium).await;
            shown.push_str(&texts(&html));
            let Some(from) = next(&html) else { break };
            fields = vec![("tracking_token", token.clone()), ("from", from)];
            path = "/seguimiento/mensajes";
        }
        assert!(
            written(&shown) == expected(&conversation),
            "{conversation:?}"
        );
    }
}
