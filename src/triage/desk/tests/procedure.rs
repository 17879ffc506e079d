//! The procedure at the desk: moves by page and by interface, what they write, and what whoever filed
//! is told.

use committee::log::{Content, Event, Logbook, Opened};
use domain::case::{CaseState, Folio, Status};
use domain::catalogue::TermKey;
use domain::complaint::{MessageText, SecretText};
use domain::procedure::MoveKind;
use futures_util::future::join_all;
use mailbox::{Detail, Mailbox, Notice, Words};
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION};
use reqwest::{Method, StatusCode};
use sealing::{FollowUp, TrackingToken};
use serde_json::{Value, json};

use super::acts::Committee;
use super::forgery::TOKEN;
use super::{Answer, Member};

const TODAY: &str = "2026-03-04";

impl Committee {
    pub(super) async fn step(
        &self,
        member: &Member,
        folio: Folio,
        act: Value,
        papers: &[&str],
    ) -> Answer {
        let papers: Vec<Value> = papers.iter().map(|kind| json!({ "kind": kind })).collect();
        let headers = [
            (COOKIE, member.cookie.as_str()),
            (TOKEN, member.token.as_str()),
            (CONTENT_TYPE, "application/json"),
        ];
        let path = format!("/api/v1/cases/{folio}/transitions");
        let body = json!({ "act": act, "papers": papers }).to_string();
        self.service
            .send(Method::POST, &path, &headers, &body)
            .await
    }

    /// Makes a move that the case takes.
    async fn made(&self, member: &Member, folio: Folio, act: Value) -> Value {
        let answer = self.step(member, folio, act.clone(), &[]).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{act}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    pub(super) async fn course(&self, member: &Member, folio: Folio) -> Value {
        let path = format!("/api/v1/cases/{folio}/transitions");
        self.service.json(&path, member).await
    }

    async fn fill(&self, member: &Member, folio: Folio, step: MoveKind, form: &str) -> Answer {
        let form = format!("csrf={}&lines=3&{form}", member.token);
        let path = format!("/casos/{folio}/tramite/{step}");
        self.service.post(&path, Some(member), &form).await
    }

    async fn mailbox(&self, token: &TrackingToken) -> Mailbox {
        self.service.house.worker().round().await.unwrap();
        self.service.house.read(token).await
    }
}

fn register() -> Value {
    json!({ "move": "REGISTRAR", "folio": "SSECCOE-2026-17", "captured_on": TODAY })
}

fn agreement() -> Value {
    json!({ "kind": "ORDINARIA", "number": 2, "held_on": TODAY,
        "votes": { "favour": 4, "against": 1, "abstained": 0, "casting": false } })
}

fn last(mailbox: &Mailbox) -> &mailbox::Posted {
    mailbox.messages.last().unwrap()
}

#[tokio::test]
async fn a_step_made_on_its_page_moves_the_case_its_terms_the_mailbox_and_the_log() {
    let all = Committee::new().await;
    let (folio, token) = all.case(None).await;
    let executive = &all.executive;
    let overview = format!("/casos/{folio}/tramite");
    let page = all.service.get(&overview, Some(executive)).await;
    assert_eq!(page.status, 200);
    for shown in ["En revisión", "Secretaría Ejecutiva", "/tramite/REGISTRAR"] {
        assert!(page.body.contains(shown), "{shown}");
    }
    let form = format!("{overview}/REGISTRAR");
    let page = all.service.get(&form, Some(executive)).await;
    assert_eq!(page.status, 200);
    for field in [
        "name=\"folio\"",
        "name=\"captured_on\"",
        "name=\"paper1_kind\"",
    ] {
        assert!(page.body.contains(field), "{field}");
    }

    let entered = format!("folio=SSECCOE-2026-17&captured_on={TODAY}");
    let answer = all
        .fill(executive, folio, MoveKind::Register, &entered)
        .await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(answer.header(LOCATION), overview);

    let house = &all.service.house;
    let case = house.register().await.remove(0);
    assert_eq!(case.state, CaseState::Registered);
    let runs: Vec<TermKey> = case.terms.iter().map(|term| term.deadline.key).collect();
    assert!(runs.contains(&TermKey::ConclusionTotal), "{runs:?}");
    assert!(!runs.contains(&TermKey::RegistroSseccoe), "{runs:?}");
    let mailbox = all.mailbox(&token).await;
    assert_eq!(mailbox.status, Status::Received);
    let told = last(&mailbox);
    assert_eq!(told.words, Words::Notice(Notice::Registered));
    let Some(Detail::Reference(number)) = &told.detail else {
        panic!("{:?}", told.detail)
    };
    assert_eq!(number.expose(), "SSECCOE-2026-17");
    let due = |key| mailbox.deadlines.iter().any(|deadline| deadline.key == key);
    assert!(due(TermKey::ConclusionTotal));

    let page = all.service.get(&overview, Some(executive)).await.body;
    for shown in ["1. ", "SSECCOE-2026-17", "bonifacio"] {
        assert!(page.contains(shown), "{shown}");
    }
    let written = Logbook::new(house.cases.clone())
        .read(&house.keyring, <[Opened]>::to_vec)
        .await
        .unwrap();
    let made: Vec<_> = written
        .iter()
        .filter_map(|opened| match &opened.content {
            Content::Act(entry) if entry.event == Event::StepMade => Some(entry),
            Content::Act(_) | Content::Key(_) => None,
        })
        .collect();
    let [entry] = made.as_slice() else {
        panic!("{} entries", made.len())
    };
    assert_eq!(
        (entry.case, entry.step),
        (Some(folio), Some(MoveKind::Register))
    );
    assert_eq!(entry.actor.member(), Some(all.ids[1]));
}

#[tokio::test]
async fn a_decision_reaches_the_person_with_its_reason_when_notice_is_given() {
    let all = Committee::new().await;
    let (folio, token) = all.case(None).await;
    let (executive, technical) = (&all.executive, &all.technical);
    all.made(executive, folio, register()).await;
    let propose =
        json!({ "move": "PROPONER_ACUERDO", "proposal": "NO_ADMITIR", "reason": "No es." });
    all.made(executive, folio, propose).await;
    let reason = "Los hechos no tocan el Código de Ética.";
    let refuse = json!({ "move": "NO_ADMITIR", "cause": "FUERA_DE_SUPUESTOS", "reason": reason,
        "agreement": agreement() });
    let made = all.made(executive, folio, refuse).await;
    assert_eq!(
        (&made["state"], &made["notice"]),
        (&json!("NO_ADMITIDA"), &Value::Null)
    );
    let before = all.mailbox(&token).await;
    let is_told = |mailbox: &Mailbox| {
        let mut all = mailbox.messages.iter();
        all.any(|posted| posted.words == Words::Written(reason.to_owned().into()))
    };
    assert!(!is_told(&before), "not before notice is given");

    let notify = json!({ "move": "NOTIFICAR_ACUERDO", "decision": 1, "notified_on": TODAY });
    let made = all.made(technical, folio, notify).await;
    assert_eq!(made["notice"], "not_admitted");
    let after = all.mailbox(&token).await;
    assert_eq!(last(&after).words, Words::Notice(Notice::NotAdmitted));
    assert!(is_told(&after));
    assert_eq!(after.status, Status::Concluded);
    let page = all
        .service
        .get(&format!("/casos/{folio}"), Some(executive))
        .await;
    assert!(
        page.body.contains(reason),
        "the letters of the case have it too"
    );
    let course = all.course(executive, folio).await;
    let moves: Vec<_> = course["steps"].as_array().unwrap().iter().collect();
    let codes: Vec<_> = moves
        .iter()
        .map(|step| &step["step"]["act"]["move"])
        .collect();
    assert_eq!(
        codes,
        [
            "REGISTRAR",
            "PROPONER_ACUERDO",
            "NO_ADMITIR",
            "NOTIFICAR_ACUERDO"
        ]
    );
    let numbers: Vec<_> = moves.iter().map(|step| step["number"].as_u64()).collect();
    assert_eq!(numbers, [Some(1), Some(2), Some(3), Some(4)]);
}

#[tokio::test]
async fn what_the_procedure_refuses_changes_nothing_and_says_why() {
    let all = Committee::new().await;
    let (folio, token) = all.case(None).await;
    let (executive, president) = (&all.executive, &all.president);
    let before = all.mailbox(&token).await;
    let kept = all.service.house.register().await;
    let admit = json!({ "move": "ADMITIR", "agreement": agreement() });
    let early = json!({ "move": "REGISTRAR", "folio": "X", "captured_on": "2026-03-01" });
    let archive = json!({ "move": "ARCHIVAR_SIN_TRAMITE", "cause": "PREVENCION_NO_DESAHOGADA",
        "reason": "No contestó." });
    for (member, act, status, says) in [
        (president, register(), 403, "Secretaría"),
        (executive, admit, 409, "En revisión"),
        (executive, early, 422, "captura"),
        (executive, archive, 409, "no es posible"),
    ] {
        let answer = all.step(member, folio, act.clone(), &[]).await;
        assert_eq!(answer.status.as_u16(), status, "{act}: {}", answer.body);
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        assert!(
            problem["detail"].as_str().unwrap().contains(says),
            "{problem}"
        );
    }
    for (act, field) in [
        (json!({ "move": "DESISTIR" }), "act"),
        (json!({ "move": "REGISTRAR", "folio": "X" }), "act"),
    ] {
        let answer = all.step(executive, folio, act, &[]).await;
        assert_eq!(answer.status, 422);
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        let named = problem["errors"][0]["field"].as_str().unwrap();
        assert!(named.starts_with(field), "{problem}");
    }
    // On the page, what was typed is given back.
    let typed = "folio=SSECCOE-9&captured_on=2026-02-30";
    let page = all.fill(executive, folio, MoveKind::Register, typed).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains("value=\"SSECCOE-9\""));
    let page = all
        .fill(
            executive,
            folio,
            MoveKind::Register,
            "folio=X&captured_on=2026-03-09",
        )
        .await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains("tiene que estar entre"));
    let unknown = format!("/casos/{folio}/tramite/NADA");
    assert_eq!(all.service.get(&unknown, Some(executive)).await.status, 404);

    assert_eq!(all.service.house.register().await, kept);
    assert_eq!(all.mailbox(&token).await, before);
    let course = all.course(executive, folio).await;
    assert_eq!(course["steps"], json!([]));
}

#[tokio::test]
async fn of_two_who_make_the_same_move_at_once_one_does() {
    let all = Committee::new().await;
    let (folio, token) = all.case(None).await;
    let tries = [
        &all.executive,
        &all.technical,
        &all.executive,
        &all.technical,
    ];
    let answers = join_all(tries.map(|member| all.step(member, folio, register(), &[]))).await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(made, 1);
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer.status.as_u16(), 201 | 409))
    );
    let mailbox = all.mailbox(&token).await;
    let told = mailbox.messages.iter();
    let told = told.filter(|posted| posted.words == Words::Notice(Notice::Registered));
    assert_eq!(told.count(), 1);
}

#[tokio::test]
async fn other_risks_than_were_proposed_need_a_reason_and_the_proposal_stays() {
    let all = Committee::new().await;
    let (folio, _) = all.case(None).await;
    let executive = &all.executive;
    let case = all.service.house.register().await.remove(0);
    let proposed = case.classification.unwrap();
    let other = domain::catalogue::Risk::ALL.iter();
    let other = other
        .copied()
        .find(|risk| !proposed.labels().contains(risk))
        .unwrap();
    let act = json!({ "move": "CLASIFICAR", "main": other.code(), "others": [] });
    let answer = all.step(executive, folio, act.clone(), &[]).await;
    assert_eq!(answer.status, 422);
    let mut with_reason = act;
    with_reason["reason"] = json!("Lo que narra es otra cosa.");
    all.made(executive, folio, with_reason).await;
    let page = all
        .service
        .get(&format!("/casos/{folio}"), Some(executive))
        .await
        .body;
    assert!(page.contains("Propuesta"));
    assert!(page.contains("Confirmado por una persona"), "{page}");
    // Lists and filters show what a person confirmed, and what the rules make of it.
    let case = all.service.house.register().await.remove(0);
    let shown = case.classification.unwrap();
    assert_eq!(
        (shown.main(), shown.labels(), shown.review),
        (Some(other), &[other][..], false)
    );
    assert_eq!(
        (shown.urgency, shown.model),
        (proposed.urgency, proposed.model)
    );
    let page = all
        .service
        .get(&format!("/casos/{folio}/tramite"), Some(executive))
        .await
        .body;
    assert!(page.contains("Lo que narra es otra cosa."));
}

#[tokio::test]
async fn a_case_is_joined_only_to_one_that_the_member_may_open_and_that_goes_on() {
    let all = Committee::new().await;
    let (one, token) = all.case(None).await;
    let (two, _) = all.case(None).await;
    let (hidden, _) = all.case(Some("Bonifacio Quintanar Robledo")).await;
    let executive = &all.executive;
    let join = |into: String| json!({ "move": "ACUMULAR", "into": into, "cause": "CONDUCTAS_SIMILARES", "reason": "Lo mismo." });
    let mut refused = Vec::new();
    for into in [
        one.to_string(),
        hidden.to_string(),
        "CE-2025-000001".to_owned(),
    ] {
        let answer = all.step(executive, one, join(into), &[]).await;
        assert_eq!(answer.status, 422);
        refused.push(answer.body);
    }
    assert_eq!(
        refused[1], refused[2],
        "one that is hidden is as one that is not"
    );
    all.made(executive, one, join(two.to_string())).await;
    assert_eq!(
        last(&all.mailbox(&token).await).words,
        Words::Notice(Notice::Joined)
    );
    let answer = all.step(executive, two, join(one.to_string()), &[]).await;
    assert_eq!(answer.status, 422, "that one goes on elsewhere");
}

#[tokio::test]
async fn a_life_at_risk_is_marked_until_somebody_has_attended_to_it() {
    let all = Committee::new().await;
    let house = &all.service.house;
    let told = json!({ "narrative": "Mi jefe dice que me va a matar si hablo.", "immediate_danger": true });
    let folio = house.case(told).await;
    let executive = &all.executive;
    let course = all.course(executive, folio).await;
    assert_eq!(course["marks"], json!(["RIESGO_VIDA"]));
    let overview = format!("/casos/{folio}/tramite");
    let danger = "alert danger";
    assert!(
        all.service
            .get(&overview, Some(executive))
            .await
            .body
            .contains(danger)
    );
    let attended = "mark=RIESGO_VIDA&reason=Se+avis%C3%B3+al+911";
    let answer = all
        .fill(executive, folio, MoveKind::ClearMark, attended)
        .await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(
        !all.service
            .get(&overview, Some(executive))
            .await
            .body
            .contains(danger)
    );
}

#[tokio::test]
async fn the_answer_of_whoever_filed_stands_among_what_was_done() {
    let all = Committee::new().await;
    let (folio, token) = all.case(None).await;
    let member = &all.executive;
    let ask = json!({ "move": "PREVENIR", "missing": ["HECHOS"], "question": "¿Cuándo fue?" });
    all.made(member, folio, ask).await;
    let house = &all.service.house;
    house.worker().round().await.unwrap();
    // What is no answer is no step.
    house.write(&token, "Quiero agregar algo.").await;
    house.worker().round().await.unwrap();
    let steps = |course: &Value| course["steps"].as_array().unwrap().clone();
    assert_eq!(steps(&all.course(member, folio).await).len(), 1);

    let text = MessageText::parse(SecretText::from("Fue en enero.".to_owned())).unwrap();
    let told = FollowUp::new(Some(text), None, true, Vec::new()).unwrap();
    house.tell(&token, told).await;
    house.worker().round().await.unwrap();
    all.made(member, folio, register()).await;
    let steps = steps(&all.course(member, folio).await);
    let told: Vec<(u64, &str, &str)> = steps
        .iter()
        .map(|step| {
            let act = step["step"]["act"]["move"].as_str().unwrap();
            let seat = step["seat"].as_str().unwrap();
            (step["number"].as_u64().unwrap(), act, seat)
        })
        .collect();
    assert_eq!(
        told,
        [
            (1, "PREVENIR", "SECRETARIA_EJECUTIVA"),
            (2, MoveKind::Answer.code(), "DENUNCIANTE"),
            (3, "REGISTRAR", "SECRETARIA_EJECUTIVA"),
        ]
    );
    assert_eq!(
        (&steps[1]["by"], &steps[1]["state"]),
        (&Value::Null, &json!("EN_REVISION"))
    );
    let page = all
        .service
        .get(&format!("/casos/{folio}/tramite"), Some(member))
        .await;
    let (_, done) = page.body.split_once("id=\"hechos\"").unwrap();
    let line = format!(
        "<strong>2. {}</strong> · 4 de marzo de 2026",
        MoveKind::Answer.label().name
    );
    let (_, rest) = done.split_once(&line).expect(&page.body);
    assert!(
        rest.trim_start().starts_with("· Persona denunciante"),
        "{rest}"
    );
}
