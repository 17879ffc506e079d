//! A year of the committee: 561 complaints and 1,461 attentions (the numbers of 2024) on a clock that a test
//! moves. People file at the public service, and some look there what became of it; members work at the desk. Every
//! term is counted again by a reckoning of its own, no case is lost, and the desk's counts are those of the
//! database.

mod attentions;
mod public;
mod terms;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher as _};

use domain::case::{CaseState, Folio};
use domain::catalogue::Risk;
use domain::procedure::is_final;
use futures_util::future::ready;
use futures_util::stream::{self, StreamExt as _};
use jiff::SignedDuration;
use jiff::civil::Date;
use mailbox::Author;
use reqwest::StatusCode;
use sealing::TrackingToken;
use serde_json::{Value, json};

use self::attentions::{Attentions, Entered};
use self::public::Public;
use self::terms::Lengths;
use super::Member;
use super::acts::{Committee, sign_in};
use crate::testing::story;

/// Complaints of a year (IAA 2024).
const COMPLAINTS: usize = 561;
/// Attentions of that year.
const ATTENTIONS: usize = 1_461;
/// How often the committee sits down to work.
const EVERY: i64 = 12;
const ROUNDS: usize = 31;
/// Of how many people one reads the mailbox at the public service in the end.
const LOOK: usize = 8;
/// How many cases are worked on at once.
const AT_ONCE: usize = 4;

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
    token: String,
    steps: usize,
    notices: usize,
    over: bool,
}

struct Year {
    all: Committee,
    public: Public,
    lengths: Lengths,
    attentions: Attentions,
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
            let expected = self.lengths.last_day(key, day("starts_on"));
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
            tokens.push(self.public.file(&story(narrative)).await);
        }
        house.worker().round().await.unwrap();
        let mut new = Vec::new();
        for token in tokens {
            // Cheaper than the public face, which reads them all at the end.
            let mailbox = house.read(&TrackingToken::parse(&token).unwrap()).await;
            let folio = mailbox.folio.expect("it is opened");
            assert!(!before.contains(&folio));
            new.push(Filed {
                folio,
                token,
                steps: 0,
                notices: 0,
                over: false,
            });
        }
        self.filed.extend(new);
    }

    /// What one member does in a case on a day: a move that is open, if there is one.
    async fn work(&self, at: usize, member: &Member, choice: usize) -> Worked {
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
            let state: CaseState = course["state"].as_str().unwrap().parse().unwrap();
            let mut all = open.iter().map(|code| code.as_str().unwrap());
            let nothing_left = all.all(|code| self.body(code, &course, 0).is_none());
            return Worked::Nothing {
                over: is_final(state) && nothing_left,
            };
        };
        act["move"] = json!(code);
        let papers = ["DESCARGO", "PROYECTO", "DETERMINACION", "EVIDENCIA"];
        let answer = self.all.step(member, folio, act, &papers).await;
        match answer.status {
            StatusCode::CREATED => Worked::Made {
                code,
                view: serde_json::from_str(&answer.body).unwrap(),
            },
            // Too early, too late, or not said of this entry: the procedure says no.
            StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => {
                Worked::Nothing { over: false }
            }
            other => panic!("{code}: {other} {}", answer.body),
        }
    }

    /// Notes what came of it.
    fn note(&mut self, at: usize, worked: Worked) {
        match worked {
            Worked::Made { code, view } => {
                self.count(&view["started"]);
                let filed = &mut self.filed[at];
                filed.steps += 1;
                filed.notices += usize::from(!view["notice"].is_null());
                *self.moves.entry(code).or_default() += 1;
            }
            Worked::Nothing { over } => self.filed[at].over = over,
        }
    }

    /// A day of work: half of the cases that are not over are looked at, by several members at once.
    async fn day(&mut self, round: usize) {
        let service = &self.all.service;
        let members = [
            sign_in(service, "bonifacio").await,
            sign_in(service, "casilda").await,
            sign_in(service, "aurelia").await,
        ];
        let so_far = ATTENTIONS * round / ROUNDS;
        let numbers = so_far..ATTENTIONS * (round + 1) / ROUNDS;
        let entered: Vec<Entered> = stream::iter(numbers)
            .map(|number| Entered::enter(service, &members[number % members.len()], number))
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        for one in entered {
            self.attentions.note(&one);
        }
        let open = (0..self.filed.len()).filter(|at| !self.filed[*at].over);
        let drawn = open.map(|at| (at, draw((round, at))));
        let (year, members) = (&*self, &members);
        let worked: Vec<(usize, Worked)> = stream::iter(drawn)
            .filter(|(_, choice)| ready(choice.is_multiple_of(2)))
            .map(|(at, choice)| async move {
                // The Secretaría Ejecutiva does most of it.
                let member = &members[[0, 0, 1, 2][choice / 2 % 4]];
                (at, year.work(at, member, choice / 8).await)
            })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        for (at, worked) in worked {
            self.note(at, worked);
        }
    }
}

/// What came of looking at a case.
enum Worked {
    /// A move was made.
    Made { code: String, view: Value },
    /// None; it is over if it came to its end and no move is left.
    Nothing { over: bool },
}

#[tokio::test]
async fn in_a_year_of_complaints_every_term_is_right_and_nothing_is_lost() {
    let all = Committee::new().await;
    let mut year = Year {
        public: Public::serve(&all.service.house),
        all,
        lengths: Lengths::read(),
        attentions: Attentions::default(),
        filed: Vec::new(),
        terms: 0,
        moves: BTreeMap::new(),
    };
    for round in 0..ROUNDS {
        let so_far = COMPLAINTS * round / ROUNDS;
        year.file(COMPLAINTS * (round + 1) / ROUNDS - so_far).await;
        year.day(round).await;
        let house = &year.all.service.house;
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
    for (number, filed) in year.filed.iter().enumerate() {
        let case = register.iter().find(|case| case.folio == filed.folio);
        let case = case.expect("each has its case");
        let course = year.all.course(&member, filed.folio).await;
        assert_eq!(course["state"], case.state.code());
        assert_eq!(course["steps"].as_array().unwrap().len(), filed.steps);
        made += filed.steps;
        // In the register each term stands once, as the first of it that ends.
        for term in &case.terms {
            let key = term.deadline.key;
            if key != domain::catalogue::TermKey::MensajeIntermedio {
                let expected = year.lengths.last_day(key.code(), term.starts_on);
                assert_eq!(term.deadline.due_on, expected, "{key}");
            }
        }
        let mailbox = house
            .read(&TrackingToken::parse(&filed.token).unwrap())
            .await;
        assert_eq!(mailbox.folio, Some(filed.folio));
        let notices = mailbox.messages.iter();
        let notices = notices.filter(|posted| posted.from == Author::System);
        // Stored, opened, and the interim message if the case lived so long.
        let told = notices.count() - 2;
        assert!(
            told == filed.notices || told == filed.notices + 1,
            "{told} notices, {} steps that tell",
            filed.notices
        );
        // A look at the public service takes long on purpose, whatever there is to see.
        if number.is_multiple_of(LOOK) {
            let seen = year.public.mailbox(&filed.token).await;
            assert_eq!(seen["folio"], filed.folio.to_string());
            let said = seen["messages"].as_array().unwrap().len();
            assert_eq!(said, mailbox.messages.len());
        }
    }
    let count = |code: &str| {
        register
            .iter()
            .filter(|case| case.state.code() == code)
            .count()
    };
    for state in CaseState::ALL {
        let path = format!("/api/v1/cases?state={state}");
        let list = year.all.service.json(&path, &member).await;
        assert_eq!(
            list["cases"].as_array().unwrap().len(),
            count(state.code()),
            "{state}"
        );
    }
    assert_eq!(year.attentions.entered, ATTENTIONS);
    year.attentions.check(&year.all.service, &member).await;
    assert!(made > 500, "{made} moves");
    assert!(year.terms > 500, "{} terms", year.terms);
    assert!(year.moves.len() > 9, "{:?}", year.moves);
}
