//! The main job on real input: every complaint is filed, opened, classified and on record, and each
//! token reads its own case and no other.

use std::collections::{BTreeMap, BTreeSet};

use journeys::{Engine, Filed, House, Letterbox, Person, Sample, canary, samples, until};
use serde_json::{Value, json};

/// Complaints on their way at the same time.
const AT_ONCE: usize = 8;
/// Complaints that a message follows.
const WRITERS: usize = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_complaint_becomes_one_record_on_sqlite() {
    every_complaint_becomes_one_record(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_complaint_becomes_one_record_on_postgresql() {
    every_complaint_becomes_one_record(Engine::Postgres).await;
}

async fn every_complaint_becomes_one_record(engine: Engine) {
    let samples = samples();
    assert_eq!(samples.len(), 343, "the file of complaints is whole");
    // Each is read twice by the classifier, which takes its time.
    let samples: Vec<_> = samples.into_iter().step_by(5).collect();
    let house = House::open(engine).await;

    let stories = file_all(&house, &samples).await;
    let tokens: BTreeSet<_> = stories.iter().map(Story::token).collect();
    assert_eq!(tokens.len(), samples.len(), "every token is another");

    let person = house.person();
    let mut cases: BTreeMap<String, (&Story, Letterbox)> = BTreeMap::new();
    for story in &stories {
        let mailbox = person.wait_for_folio(story.token()).await;
        check_mailbox(&story.filed, &mailbox);
        let folio = mailbox.folio.clone().expect("it was waited for");
        let before = cases.insert(folio, (story, mailbox));
        assert!(before.is_none(), "no folio twice");
    }
    assert_eq!(cases.len(), samples.len());
    let written = each_token_gets_its_own_back(&person, &stories).await;

    // Classification is the second step; the records are complete when it is done for all.
    let records = until("every case to be classified", async || {
        let records = house.export_json();
        let classified = |record: &Value| record["modelo"].is_string();
        (records.len() == samples.len() && records.iter().all(classified)).then_some(records)
    })
    .await;
    let proposals = proposals(&house, &stories, &samples);
    let mut hidden = 0;
    for record in &records {
        let folio = record["folio"].as_str().expect("a record has a folio");
        let (story, mailbox) = cases
            .get(folio)
            .unwrap_or_else(|| panic!("{folio} is in nobody's mailbox"));
        check_record(record, mailbox);
        let (proposal, text) = (&proposals[story.token()], &story.text);
        assert_eq!(record["urgencia"], proposal["urgency"], "{folio}: {text}");
        // Some are drawn to be hidden from the committee until it has classified them itself.
        if record["riesgo_principal"].is_null() {
            hidden += 1;
            for none in ["riesgos", "protocolos"] {
                assert_eq!(
                    record[none],
                    json!([]),
                    "{none} of {folio}, which is hidden"
                );
            }
        } else {
            for (recorded, proposed) in [("riesgo_principal", "main"), ("riesgos", "labels")] {
                assert_eq!(
                    record[recorded], proposal[proposed],
                    "{recorded} of {folio} is that of its text: {text}"
                );
            }
        }
        let messages = u64::from(written.contains_key(story.token()));
        assert_eq!(record["mensajes"], json!(messages), "{folio}");
    }
    // Fifteen in a hundred are drawn: ten or so of them. That it is none, or half, is less probable than one in
    // fifty thousand.
    assert!((1..=34).contains(&hidden), "{hidden} are hidden");
    let told = |record: &Value, key| record[key].as_str().unwrap_or_default().to_owned();
    let from_json: BTreeMap<String, String> = records
        .iter()
        .map(|record| (told(record, "folio"), told(record, "riesgo_principal")))
        .collect();
    assert_eq!(
        risks_in_csv(&house.export("csv")),
        from_json,
        "both exports say the same"
    );
}

/// What one person told, and what they got for it.
struct Story {
    text: String,
    filed: Filed,
}

impl Story {
    fn token(&self) -> &str {
        &self.filed.tracking_token
    }
}

/// Files every sample, a few at the same time; gives them in the same order.
async fn file_all(house: &House, samples: &[Sample]) -> Vec<Story> {
    let mut stories = Vec::new();
    for chunk in samples.chunks(AT_ONCE) {
        let filing: Vec<_> = chunk
            .iter()
            .map(|sample| {
                let (person, text) = (house.person(), sample.text.clone());
                tokio::spawn(async move { tell(&person, text).await })
            })
            .collect();
        for filing in filing {
            stories.push(filing.await.expect("the complaint is taken"));
        }
    }
    stories
}

/// Writes a message of its own to some of the mailboxes; each comes back there and nowhere else.
/// Gives what was written, by token.
async fn each_token_gets_its_own_back<'a>(
    person: &Person,
    stories: &'a [Story],
) -> BTreeMap<&'a str, String> {
    // Drawn, but the same ones in every run.
    let drawn: BTreeMap<String, &Story> = (0..).map(canary).zip(stories).collect();
    let written: BTreeMap<&str, String> = drawn
        .iter()
        .take(WRITERS)
        .map(|(canary, story)| (story.token(), format!("Añado esto: {canary}.")))
        .collect();
    for (token, text) in &written {
        person.write(token, text).await;
    }
    for token in written.keys() {
        until("the message to come back", async || {
            (!sent_from(person, token).await.is_empty()).then_some(())
        })
        .await;
    }
    for story in stories {
        let expected: Vec<_> = written.get(story.token()).cloned().into_iter().collect();
        assert_eq!(
            sent_from(person, story.token()).await,
            expected,
            "only what this token sent"
        );
    }
    written
}

/// What a mailbox shows of what its own person wrote.
async fn sent_from(person: &Person, token: &str) -> Vec<String> {
    let mailbox = person.look(token).await;
    mailbox
        .messages
        .into_iter()
        .filter(|message| message.from == "complainant")
        .map(|message| message.text)
        .collect()
}

/// What is proposed for each story, by token. One that says the same of all is no measure.
fn proposals(house: &House, stories: &[Story], samples: &[Sample]) -> BTreeMap<String, Value> {
    let texts: Vec<&str> = stories.iter().map(|story| story.text.as_str()).collect();
    let proposals = house.classify(&texts);
    let right = proposals
        .iter()
        .zip(samples)
        .filter(|(proposal, sample)| proposal["main"] == sample.main.as_str())
        .count();
    assert!(
        right > samples.len() / 2,
        "only {right} of {} are what their author meant",
        samples.len()
    );
    stories
        .iter()
        .map(|story| story.token().to_owned())
        .zip(proposals)
        .collect()
}

/// What a person is told of a complaint that was opened.
fn check_mailbox(filed: &Filed, mailbox: &Letterbox) {
    let received_on = &filed.received_on;
    assert!(is_a_day(received_on), "{received_on}");
    assert!(!filed.receipt.is_empty());
    let folio = mailbox.folio.as_deref().unwrap_or_default();
    assert!(is_a_folio(folio, &received_on[..4]), "{folio}");
    assert!(!mailbox.deadlines.is_empty(), "a term runs from the start");
    for deadline in &mailbox.deadlines {
        assert!(deadline["key"].is_string(), "{deadline}");
        let due_on = deadline["due_on"].as_str().expect("a day");
        assert!(
            due_on > received_on.as_str(),
            "{due_on} is after {received_on}"
        );
        assert!(
            deadline["text"]
                .as_str()
                .is_some_and(|text| !text.is_empty()),
            "{deadline}"
        );
    }
    let notices: Vec<_> = mailbox
        .messages
        .iter()
        .filter(|message| message.from == "system")
        .collect();
    assert_eq!(
        notices.len(),
        2,
        "one that it is stored and one that it was opened"
    );
    assert_eq!(
        notices[0].posted_on, *received_on,
        "the first notice is of that day"
    );
}

/// What the committee has on record is what the person was told.
fn check_record(record: &Value, mailbox: &Letterbox) {
    let folio = &record["folio"];
    assert_eq!(record["estado_publico"], json!(mailbox.status), "{folio}");
    let terms = record["plazos"].as_array().expect("a list of terms");
    let recorded: BTreeSet<_> = terms
        .iter()
        .map(|term| pair(term, "plazo", "vence"))
        .collect();
    let told: BTreeSet<_> = mailbox
        .deadlines
        .iter()
        .map(|term| pair(term, "key", "due_on"))
        .collect();
    assert_eq!(
        recorded, told,
        "{folio}: the person is told the terms that run"
    );
}

/// Folio and main risk of every row.
fn risks_in_csv(table: &str) -> BTreeMap<String, String> {
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let header = rows.headers().expect("a header").clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|column| column == name)
            .expect("a column")
    };
    let (folio, main) = (column("folio"), column("riesgo_principal"));
    rows.records()
        .map(|row| row.expect("a row"))
        .map(|row| (row[folio].to_owned(), row[main].to_owned()))
        .collect()
}

/// Files a text; when it is shorter than the form takes, adds to it as the form then asks.
async fn tell(person: &Person, text: String) -> Story {
    if text.trim().chars().count() >= 20 {
        let filed = person.tell(&text).await;
        return Story { text, filed };
    }
    let refused = person
        .post_json("/api/v1/complaints", &json!({ "narrative": text }))
        .await;
    assert_eq!(refused.status, 422);
    let error = &refused.json()["errors"][0];
    assert_eq!(
        (&error["field"], &error["code"]),
        (&json!("narrative"), &json!("too_short"))
    );
    let text = format!("{text} (no hay más que contar)");
    let filed = person.tell(&text).await;
    Story { text, filed }
}

fn pair(value: &Value, left: &str, right: &str) -> (String, String) {
    let text = |key: &str| {
        value[key]
            .as_str()
            .unwrap_or_else(|| panic!("`{key}` is a text in {value}"))
            .to_owned()
    };
    (text(left), text(right))
}

fn is_a_day(text: &str) -> bool {
    text.parse::<jiff::civil::Date>().is_ok()
}

fn is_a_folio(text: &str, year: &str) -> bool {
    let digits = text
        .strip_prefix("CE-")
        .and_then(|rest| rest.strip_prefix(year));
    digits
        .and_then(|rest| rest.strip_prefix('-'))
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
