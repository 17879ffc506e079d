//! A year of the committee: 561 complaints (the number of 2024) that members work on through the
//! interface, on a clock that a test moves. Every term is counted again by a reckoning of its own, no case
//! is lost, and the desk's counts are those of the database.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher as _};

use domain::case::Folio;
use domain::catalogue::Risk;
use jiff::civil::{Date, Weekday, date};
use jiff::{SignedDuration, ToSpan as _};
use mailbox::Words;
use reqwest::StatusCode;
use sealing::TrackingToken;
use serde_json::{Value, json};

use super::Member;
use super::acts::{Committee, sign_in};
use crate::testing::story;

/// Complaints of a year (IAA 2024).
const COMPLAINTS: usize = 561;
/// How often the committee sits down to work.
const EVERY: i64 = 12;
const ROUNDS: usize = 31;

/// The days off of 2026 and 2027, as the federal decree lists them.
const DAYS_OFF: [Date; 16] = [
    date(2026, 1, 1),
    date(2026, 2, 2),
    date(2026, 3, 16),
    date(2026, 5, 1),
    date(2026, 5, 5),
    date(2026, 9, 16),
    date(2026, 11, 16),
    date(2026, 12, 25),
    date(2027, 1, 1),
    date(2027, 2, 1),
    date(2027, 3, 15),
    date(2027, 5, 1),
    date(2027, 5, 5),
    date(2027, 9, 16),
    date(2027, 11, 15),
    date(2027, 12, 25),
];

fn works(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !DAYS_OFF.contains(&day)
}

/// The lengths of the terms as their file has them, read without the code that reads it.
fn lengths() -> BTreeMap<String, (i32, String)> {
    let file: toml::Table = include_str!("../../../domain/catalogues/terms.toml")
        .parse()
        .unwrap();
    let all = file["entry"].as_array().unwrap().iter();
    let text = |term: &toml::Value, part: &str| term[part].as_str().unwrap().to_owned();
    all.map(|term| {
        let value = i32::try_from(term["value"].as_integer().unwrap()).unwrap();
        (text(term, "key"), (value, text(term, "unit")))
    })
    .collect()
}

/// The last day of a term that starts on a day, counted day by day.
fn last_day(starts_on: Date, value: i32, unit: &str) -> Date {
    let mut day = starts_on;
    match unit {
        "working_days" => {
            let mut left = value;
            while left > 0 {
                day = day.tomorrow().unwrap();
                left -= i32::from(works(day));
            }
        }
        "calendar_days" => day += value.days(),
        "months" => day += value.months(),
        "years" => day += value.years(),
        other => panic!("{other}"),
    }
    while !works(day) {
        day = day.tomorrow().unwrap();
    }
    day
}

/// The same number for the same question, in each run.
fn draw(about: impl std::hash::Hash) -> usize {
    let mut hasher = DefaultHasher::new();
    about.hash(&mut hasher);
    usize::try_from(hasher.finish() >> 33).unwrap()
}

/// Whether a move was made in a case.
fn done(course: &Value, code: &str) -> bool {
    let mut steps = course["steps"].as_array().unwrap().iter();
    steps.any(|step| step["step"]["act"]["move"] == code)
}

/// A complaint that came, and what was done in it.
struct Filed {
    folio: Folio,
    token: TrackingToken,
    steps: usize,
    notices: usize,
}

struct Year {
    all: Committee,
    lengths: BTreeMap<String, (i32, String)>,
    filed: Vec<Filed>,
    terms: usize,
    moves: BTreeMap<String, usize>,
}

impl Year {
    fn today(&self) -> Date {
        self.all.service.house.today()
    }

    /// A body for a move, if the case takes one of its kind now.
    fn body(&self, code: &str, course: &Value, choice: usize) -> Option<Value> {
        let today = self.today().to_string();
        let words = "Así consta en el expediente.";
        let risk = Risk::ALL[choice % Risk::ALL.len()].code();
        let agreement = json!({ "kind": "ORDINARIA", "number": 1, "held_on": today,
            "votes": { "favour": 4, "against": 0, "abstained": 1, "casting": false } });
        let due = |key: &str| {
            let mut clocks = course["clocks"].as_array().unwrap().iter();
            let clock = clocks.find(|clock| clock["key"] == key)?;
            Some(clock["due_on"].as_str().unwrap().to_owned())
        };
        Some(match code {
            "CLASIFICAR" if !done(course, code) => {
                json!({ "main": risk, "others": [], "reason": words })
            }
            "PREVENIR" => json!({ "missing": ["HECHOS"], "question": "¿Cuándo fue?" }),
            "REGISTRAR" => json!({ "folio": format!("S-{choice}"), "captured_on": today }),
            "PROPONER_ACUERDO" => json!({ "proposal": "ADMITIR", "reason": words }),
            "NO_ADMITIR" => json!({ "cause": "FUERA_DE_SUPUESTOS", "reason": words,
                "agreement": agreement }),
            "ADMITIR" => json!({ "agreement": agreement }),
            "ORIENTAR" if course["state"] == "EN_REVISION" => json!({ "cause": "OTRA",
                "instances": ["conapred"], "reason": words }),
            "INDAGAR" => json!({ "requested": words }),
            "CONCLUIR_ANTICIPADAMENTE" => json!({ "cause": "SIN_ELEMENTOS_INDAGACION",
                "reason": words, "agreement": agreement }),
            "CORRER_TRASLADO" | "NOTIFICAR_DETERMINACION" | "INICIAR_SEGUIMIENTO" => {
                json!({ "notified_on": today })
            }
            "RECIBIR_DESCARGO" => json!({ "received_on": today }),
            "CITAR_A_ENTREVISTA" => json!({ "party": "TESTIGO", "held_on": due("entrevistas")? }),
            "ELABORAR_PROYECTO" => json!({ "interviews_closed_on": today }),
            "PRESENTAR_PROYECTO" => json!({ "sense": "SIN_VULNERACION" }),
            "DETERMINAR" => json!({ "sense": "RECOMENDACION_GENERAL", "grounds": words,
                "recommendations": [{ "kind": "SENSIBILIZACION", "unit": "Servicio de urgencias",
                    "extends_to_superiors": false, "text": words }],
                "agreement": agreement }),
            "REGISTRAR_ADOPCION" => json!({ "recommendation": 1, "informed_on": today }),
            "ACREDITAR_CUMPLIMIENTO" => json!({ "recommendation": 1, "received_on": today }),
            "CONCLUIR" => json!({}),
            "NOTIFICAR_ACUERDO" => json!({ "decision": 1, "notified_on": today }),
            "DAR_VISTA_OIC" if choice.is_multiple_of(5) && !done(course, code) => {
                json!({ "letter": "CE/1", "given_on": today, "conducts": words,
                "opinion": { "heard_on": today, "favours": true, "text": words }, "will": "SI" })
            }
            _ => return None,
        })
    }

    /// Looks at every clock that a move started.
    fn count(&mut self, started: &Value) {
        for clock in started.as_array().unwrap() {
            let day = |part: &str| clock[part].as_str().unwrap().parse::<Date>().unwrap();
            let key = clock["key"].as_str().unwrap();
            let (value, unit) = &self.lengths[key];
            let expected = last_day(day("starts_on"), *value, unit);
            assert_eq!(day("due_on"), expected, "{key} from {}", day("starts_on"));
            self.terms += 1;
        }
    }

    async fn file(&mut self, count: usize) {
        let house = &self.all.service.house;
        let before: Vec<Folio> = house
            .register()
            .await
            .iter()
            .map(|case| case.folio)
            .collect();
        let mut tokens = Vec::new();
        for _ in 0..count {
            let narrative = "El supervisor cambia los turnos a cambio de dinero desde enero.";
            tokens.push(house.file(story(narrative)).await);
        }
        house.worker().round().await.unwrap();
        let mut new = Vec::new();
        for token in tokens {
            let folio = house.read(&token).await.folio.expect("it is opened");
            assert!(!before.contains(&folio));
            new.push(Filed {
                folio,
                token,
                steps: 0,
                notices: 0,
            });
        }
        self.filed.extend(new);
    }

    /// What one member does in a case on a day: a move that is open, if there is one.
    async fn work(&mut self, at: usize, member: &Member, choice: usize) {
        let folio = self.filed[at].folio;
        let course = self.all.course(member, folio).await;
        let open = course["open"].as_array().unwrap().clone();
        let can: Vec<(String, Value)> = open
            .iter()
            .filter_map(|code| {
                let code = code.as_str().unwrap();
                Some((code.to_owned(), self.body(code, &course, choice)?))
            })
            .collect();
        let Some((code, mut act)) = can.get(choice % can.len().max(1)).cloned() else {
            return;
        };
        act["move"] = json!(code);
        let papers = ["DESCARGO", "PROYECTO", "DETERMINACION", "EVIDENCIA"];
        let answer = self.all.step(member, folio, act, &papers).await;
        match answer.status {
            StatusCode::CREATED => {
                let made: Value = serde_json::from_str(&answer.body).unwrap();
                self.count(&made["started"]);
                let filed = &mut self.filed[at];
                filed.steps += 1;
                filed.notices += usize::from(!made["notice"].is_null());
                *self.moves.entry(code).or_default() += 1;
            }
            // Too early, too late, or not said of this entry: the procedure says no.
            StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => {}
            other => panic!("{code}: {other} {}", answer.body),
        }
    }
}

#[tokio::test]
async fn in_a_year_of_complaints_every_term_is_right_and_nothing_is_lost() {
    let mut year = Year {
        all: Committee::new().await,
        lengths: lengths(),
        filed: Vec::new(),
        terms: 0,
        moves: BTreeMap::new(),
    };
    for round in 0..ROUNDS {
        let so_far = COMPLAINTS * round / ROUNDS;
        year.file(COMPLAINTS * (round + 1) / ROUNDS - so_far).await;
        let service = &year.all.service;
        let members = [
            sign_in(service, "bonifacio").await,
            sign_in(service, "casilda").await,
            sign_in(service, "aurelia").await,
        ];
        for at in 0..year.filed.len() {
            let choice = draw((round, at));
            if choice.is_multiple_of(2) {
                // The Secretaría Ejecutiva does most of it.
                let member = &members[[0, 0, 1, 2][choice / 2 % 4]];
                year.work(at, member, choice / 8).await;
            }
        }
        let house = &year.all.service.house;
        house.worker().round().await.unwrap();
        house.clock.advance(SignedDuration::from_hours(24 * EVERY));
    }
    check(&year).await;
}

async fn check(year: &Year) {
    let house = &year.all.service.house;
    house.worker().round().await.unwrap();
    let register = house.register().await;
    assert_eq!(
        register.len(),
        COMPLAINTS,
        "no case is lost, and none is made up"
    );
    let member = sign_in(&year.all.service, "bonifacio").await;
    let mut made = 0;
    for filed in &year.filed {
        let case = register.iter().find(|case| case.folio == filed.folio);
        let case = case.expect("each has its case");
        let course = year.all.course(&member, filed.folio).await;
        assert_eq!(course["state"], case.state.code());
        assert_eq!(course["steps"].as_array().unwrap().len(), filed.steps);
        made += filed.steps;
        // In the register each term stands once, as the first of it that ends.
        for term in &case.terms {
            let (value, unit) = &year.lengths[term.deadline.key.code()];
            if term.deadline.key != domain::catalogue::TermKey::MensajeIntermedio {
                let expected = last_day(term.starts_on, *value, unit);
                assert_eq!(term.deadline.due_on, expected, "{}", term.deadline.key);
            }
        }
        let mailbox = house.read(&filed.token).await;
        let notices = mailbox.messages.iter();
        let notices = notices.filter(|posted| matches!(posted.words, Words::Notice(_)));
        // Stored, opened, and the interim message if the case lived so long.
        let told = notices.count() - 2;
        assert!(
            told == filed.notices || told == filed.notices + 1,
            "{told} notices, {} steps that tell",
            filed.notices
        );
    }
    let count = |code: &str| {
        register
            .iter()
            .filter(|case| case.state.code() == code)
            .count()
    };
    for state in domain::case::CaseState::ALL {
        let path = format!("/api/v1/cases?state={state}");
        let list = year.all.service.json(&path, &member).await;
        assert_eq!(
            list["cases"].as_array().unwrap().len(),
            count(state.code()),
            "{state}"
        );
    }
    assert!(made > 500, "{made} moves");
    assert!(year.terms > 500, "{} terms", year.terms);
    assert!(year.moves.len() > 9, "{:?}", year.moves);
}
