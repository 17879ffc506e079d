//! Proposals that are hidden until the committee has classified the case, and what is learnt from them.

use std::collections::BTreeMap;

use classifier::{Classifier, Evidence, Proposal};
use committee::proposal::ProposalDocument;
use domain::case::Folio;
use domain::catalogue::Risk;
use domain::procedure::MoveKind;
use domain::redaction::Reader;
use domain::routing::Urgency;
use jiff::SignedDuration;
use papers::TemplateKind;
use sealing::TrackingToken;
use serde_json::{Value, json};
use store::casefiles::{CaseFiles as _, DocumentKind};

use super::Member;
use super::acts::Committee;
use crate::desk::routes::{Verb, addresses};
use crate::worker::{HiddenShare, Worker};

const STORY: &str =
    "En la guardia pasa algo que no sé cómo nombrar, <b>y</b> nadie dice nada de eso.";
/// `algo que`, in code points.
const FOR: (usize, usize) = (19, 27);
/// `que no sé`, which overlaps it.
const AGAINST: (usize, usize) = (24, 33);
/// `<b>y</b>`.
const MARKUP: (usize, usize) = (48, 56);

/// Proposes the same for whatever it reads.
struct Fixed {
    main: Risk,
    also: &'static [Risk],
    urgency: Urgency,
    review: bool,
}

impl Classifier for Fixed {
    fn classify(&self, _: &str) -> Proposal {
        let span = |risk, (start, end), weight| Evidence {
            risk,
            start,
            end,
            weight,
        };
        let mut labels = vec![self.main];
        labels.extend(self.also);
        Proposal {
            main: self.main,
            labels,
            probabilities: Risk::ALL
                .iter()
                .map(|risk| (*risk, if *risk == self.main { 0.9 } else { 0.01 }))
                .collect::<BTreeMap<_, _>>(),
            urgency: self.urgency,
            review: self.review,
            evidence: vec![span(self.main, FOR, 2.0)],
            counter_evidence: vec![span(self.main, MARKUP, 1.5), span(self.main, AGAINST, 1.0)],
        }
    }

    fn version(&self) -> &'static str {
        "fixed-1"
    }
}

/// Under a special protocol, of which notice may be due.
static HARASSMENT: Fixed = Fixed {
    main: Risk::AcosoSexual,
    also: &[Risk::Discriminacion],
    urgency: Urgency::Alta,
    review: false,
};
static INEFFICIENCY: Fixed = Fixed {
    main: Risk::FaltaEficacia,
    also: &[],
    urgency: Urgency::Alta,
    review: false,
};
/// Both ask for a person, each by another rule.
static OUTSIDE: Fixed = Fixed {
    main: Risk::FueraCompetencia,
    also: &[],
    urgency: Urgency::Alta,
    review: false,
};
static DOUBTFUL: Fixed = Fixed {
    main: Risk::FaltaEficacia,
    also: &[],
    urgency: Urgency::Alta,
    review: true,
};

/// Not urgent by itself.
fn calm(main: Risk, urgency: Urgency, review: bool) -> &'static Fixed {
    Box::leak(Box::new(Fixed {
        main,
        also: &[],
        urgency,
        review,
    }))
}

impl Committee {
    /// A case for which this is proposed.
    async fn proposed(
        &self,
        classifier: &'static dyn Classifier,
        hidden: HiddenShare,
        complaint: Value,
    ) -> (Folio, TrackingToken) {
        let house = &self.service.house;
        let before = house.register().await;
        let token = house.file(complaint).await;
        let worker = Worker {
            classifier,
            hidden,
            ..house.worker()
        };
        worker.round().await.unwrap();
        let after = house.register().await;
        let mut new = after.iter().map(|entry| entry.folio);
        let folio = new.find(|folio| before.iter().all(|entry| entry.folio != *folio));
        (folio.unwrap(), token)
    }

    async fn shown(&self, member: &Member, path: &str) -> String {
        let answer = self.service.get(path, Some(member)).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    async fn api(&self, member: &Member, folio: Folio) -> Value {
        let path = format!("/api/v1/cases/{folio}");
        self.service.json(&path, member).await
    }
}

fn told() -> Value {
    json!({ "narrative": STORY, "people": [{ "name": "Elvira Quiroga" }] })
}

fn in_danger() -> Value {
    json!({ "narrative": STORY, "immediate_danger": true, "retaliation": true })
}

fn classify(main: Risk) -> Value {
    json!({ "move": "CLASIFICAR", "main": main.code(), "others": [] })
}

/// Every address of one case that is read, and every form of it.
fn addresses_of_a_case() -> Vec<String> {
    let reads = addresses().filter(|address| {
        address
            .calls
            .iter()
            .any(|call| matches!(call.verb, Verb::Get))
    });
    let mut paths: Vec<String> = reads
        .map(|address| address.path)
        .filter(|path| path.matches('{').count() == 1 && path.contains("{folio}"))
        .map(str::to_owned)
        .collect();
    assert!(paths.len() > 8, "{paths:?}");
    for kind in MoveKind::ALL {
        paths.push(format!("/casos/{{folio}}/tramite/{kind}"));
    }
    for kind in TemplateKind::ALL {
        let name = kind.code().to_lowercase();
        paths.push(format!("/casos/{{folio}}/documentos/{name}"));
    }
    for reader in Reader::ALL {
        let name = reader.code().to_lowercase();
        paths.push(format!("/casos/{{folio}}/version/{name}"));
    }
    paths
}

fn without_alarm(page: String) -> String {
    match page.split_once("<p class=\"alarm\"") {
        Some((before, rest)) => format!("{before}{}", rest.split_once("</p>").unwrap().1),
        None => page,
    }
}

/// Two cases with one story whose hidden proposals differ are one and the same to every member, on every page
/// and in every list, however it is filtered.
#[tokio::test]
async fn nothing_tells_one_hidden_proposal_from_another() {
    for (one, other, complaint) in [
        // Danger makes both as urgent.
        (&HARASSMENT, &INEFFICIENCY, in_danger()),
        (&OUTSIDE, &DOUBTFUL, told()),
    ] {
        let all = Committee::new().await;
        let (one, _) = all.proposed(one, HiddenShare::ALL, complaint.clone()).await;
        let (other, _) = all.proposed(other, HiddenShare::ALL, complaint).await;
        for member in [&all.executive, &all.president, &all.technical] {
            let mut opened = 0;
            for path in addresses_of_a_case() {
                let ask = async |folio: Folio| {
                    let path = path.replace("{folio}", &folio.to_string());
                    let answer = all.service.get(&path, Some(member)).await;
                    // What each knows of the other is alike, too.
                    // Folios are drawn, and the alarm names both in their order.
                    let body = without_alarm(answer.body);
                    let body = body.replace(&folio.to_string(), "THIS");
                    let body = body.replace(&one.to_string(), "THAT");
                    (answer.status, body.replace(&other.to_string(), "THAT"))
                };
                let (first, second) = (ask(one).await, ask(other).await);
                opened += usize::from(first.0 == 200);
                assert!(!first.0.is_server_error(), "{path}: {}", first.1);
                assert_eq!(first, second, "{path}");
            }
            assert!(opened > 5, "{opened}");
        }
        let member = &all.executive;
        for risk in Risk::ALL {
            for path in ["/", "/asuntos.csv", "/tablero", "/api/v1/cases"] {
                let page = all.shown(member, &format!("{path}?risk={risk}")).await;
                let page = without_alarm(page);
                for folio in [one, other] {
                    assert!(!page.contains(&folio.to_string()), "{path} {risk}");
                }
            }
        }
        // Neither does an order by risk.
        let (low, high) = (one.min(other), one.max(other));
        for path in ["/", "/asuntos.csv", "/api/v1/cases"] {
            for by in ["risk", "priority", "pressing"] {
                let page = all.shown(member, &format!("{path}?sort={by}")).await;
                let page = without_alarm(page);
                let at = |folio: Folio| page.find(&folio.to_string()).expect(&page);
                assert!(at(low) < at(high), "{path} by {by}");
            }
        }
        for path in ["/", "/hoy", "/hoy.csv?part=new", "/asuntos.csv", "/tablero"] {
            let page = without_alarm(all.shown(member, path).await);
            assert!(page.contains(&one.to_string()), "{path}");
        }
    }
}

/// What stands between these of a page and names the case, with the folio taken out.
fn lines_of(page: &str, (begin, end): (&str, &str), folio: Folio) -> Vec<String> {
    let folio = folio.to_string();
    page.split(begin)
        .map(|line| line.split(end).next().unwrap_or_default())
        .filter(|line| line.contains(&folio))
        .map(|line| line.replace(&folio, "THIS"))
        .collect()
}

/// Some risks are urgent by themselves, others are not: of a hidden one neither the priority nor that a person
/// is asked for says which it is, and such cases are listed apart, so that somebody classifies them.
#[tokio::test]
async fn no_risk_is_told_by_how_soon_its_case_is_worked_on() {
    let plain = json!({ "narrative": STORY });
    for urgency in [Urgency::Baja, Urgency::Media] {
        let all = Committee::new().await;
        let member = &all.executive;
        let mut cases = Vec::new();
        for risk in Risk::ALL {
            let classifier = calm(*risk, urgency, false);
            let proposed = all.proposed(classifier, HiddenShare::ALL, plain.clone());
            cases.push((*risk, proposed.await.0));
        }
        let cells = [
            ("/", ("<tr", "</tr>")),
            ("/asuntos.csv", ("\r\n", "\r\n")),
            ("/tablero", ("<li", "</li>")),
            ("/hoy", ("<li>", "</li>")),
            ("/hoy.csv?part=new", ("\r\n", "\r\n")),
            ("/hoy.csv?part=unaided", ("\r\n", "\r\n")),
            ("/api/v1/cases", ("\"folio\"", "\"received_on\"")),
        ];
        for (path, between) in cells {
            let page = without_alarm(all.shown(member, path).await);
            let of = |folio| lines_of(&page, between, folio);
            let first = of(cases[0].1);
            assert!(!first.is_empty(), "{path}: {page}");
            for (risk, folio) in &cases {
                assert_eq!(of(*folio), first, "{path} {risk}");
            }
        }
        for path in ["/casos/THIS", "/api/v1/cases/THIS"] {
            let mut pages = Vec::new();
            for (_, folio) in &cases {
                let folio = folio.to_string();
                let page = all.shown(member, &path.replace("THIS", &folio)).await;
                pages.push(without_alarm(page).replace(&folio, "THIS"));
            }
            for (page, (risk, _)) in pages.iter().zip(&cases) {
                assert_eq!(*page, pages[0], "{path} {risk}");
            }
        }
        let mut folios: Vec<Folio> = cases.iter().map(|(_, folio)| *folio).collect();
        folios.sort_unstable();
        for by in ["risk", "priority", "pressing"] {
            let page = all.shown(member, &format!("/asuntos.csv?sort={by}")).await;
            let at = |folio: &Folio| page.find(&folio.to_string()).expect(&page);
            assert!(folios.is_sorted_by_key(at), "by {by}: {page}");
        }
        let today = all.shown(member, "/hoy").await;
        let apart = today.split("id=\"unaided\"").nth(1).expect(&today);
        let apart = apart.split("</section>").next().unwrap();
        let listed = all.shown(member, "/asuntos.csv?alert=SIN_PROPUESTA").await;
        for folio in &folios {
            let form = format!("/casos/{folio}/tramite/CLASIFICAR\"");
            assert!(apart.contains(&form), "{apart}");
            assert!(listed.contains(&folio.to_string()), "{listed}");
        }
        // From when somebody has classified it the case is worked on as its risk demands.
        let (_, folio) = cases
            .iter()
            .find(|(risk, _)| *risk == Risk::AcosoSexual)
            .unwrap();
        let priority = async || {
            let case = all.api(member, *folio).await;
            case["register"]["classification"]["priority"].clone()
        };
        assert_eq!(priority().await, "media");
        let act = classify(Risk::AcosoSexual);
        assert_eq!(all.step(member, *folio, act, &[]).await.status, 201);
        assert_eq!(priority().await, "urgente");
        let listed = all.shown(member, "/hoy.csv?part=unaided").await;
        assert!(!listed.contains(&folio.to_string()), "{listed}");
    }
}

/// Where nobody knows the protocol yet, no paper takes the general text by itself.
#[tokio::test]
async fn papers_that_depend_on_the_protocol_wait_for_a_person() {
    let all = Committee::new().await;
    let member = &all.executive;
    let before = "Clasifique el caso antes de preparar este documento";
    for (classifier, hidden) in [
        (&HARASSMENT, HiddenShare::ALL),
        (&DOUBTFUL, HiddenShare::NONE),
    ] {
        let (folio, _) = all.proposed(classifier, hidden, told()).await;
        let sheet = all.shown(member, &format!("/casos/{folio}/sseccoe")).await;
        for said in ["Cerrada hasta", Risk::FaltaEficacia.name()] {
            assert!(!sheet.contains(said), "{said} in {sheet}");
        }
        let papers = ["acuse", "prevencion"];
        for paper in papers {
            let path = format!("/casos/{folio}/documentos/{paper}");
            let page = all.service.get(&path, Some(member)).await;
            assert_eq!(page.status, 409, "{path}");
            assert!(page.body.contains(before), "{}", page.body);
            let form = format!("csrf={}&do=pdf&p_recibo=Se+archiva.", member.token);
            let sent = all.service.post(&path, Some(member), &form).await;
            assert_eq!(sent.status, 409, "{path}");
            let path = format!("/api/v1/cases/{folio}/papers/{paper}");
            let told = all.service.get(&path, Some(member)).await;
            assert_eq!(told.status, 409, "{path}");
        }
        let mut act = classify(Risk::AcosoSexual);
        act["reason"] = json!("Así lo narra.");
        assert_eq!(all.step(member, folio, act, &[]).await.status, 201);
        for paper in papers {
            let path = format!("/casos/{folio}/documentos/{paper}");
            let page = all.shown(member, &path).await;
            assert!(!page.contains("se archivará sin trámite"), "{page}");
        }
    }
}

/// They are less certain than the principal risk, so that a look is needed for each.
#[tokio::test]
async fn further_risks_are_offered_and_chosen_by_nobody_but_a_person() {
    let all = Committee::new().await;
    let member = &all.executive;
    let (folio, _) = all.proposed(&HARASSMENT, HiddenShare::NONE, told()).await;
    let form = format!("/casos/{folio}/tramite/CLASIFICAR");
    let form = all.shown(member, &form).await;
    assert!(form.contains("<option value=\"acoso_sexual\" selected>"));
    assert!(!form.contains(" checked"), "{form}");
    let offered = " <span class=\"hint\">(propuesto)</span></label>";
    assert_eq!(form.matches(offered).count(), 1, "{form}");
    assert!(
        form.contains(&format!("{}{offered}", Risk::Discriminacion.name())),
        "{form}"
    );
    // Who leaves it out need not say why.
    let act = classify(Risk::AcosoSexual);
    assert_eq!(all.step(member, folio, act, &[]).await.status, 201);
    let case = all.api(member, folio).await;
    let found = &case["register"]["classification"];
    assert_eq!(found["labels"], json!(["acoso_sexual"]));
    assert_eq!(found["protocols"], json!(["HSYAS"]));
}

/// Why a case is urgent, and that a person has to look, is shown in every case.
#[tokio::test]
async fn what_protects_people_is_never_hidden() {
    let all = Committee::new().await;
    let (folio, _) = all
        .proposed(&HARASSMENT, HiddenShare::ALL, in_danger())
        .await;
    let member = &all.executive;
    let case = all.api(member, folio).await;
    let found = &case["register"]["classification"];
    assert_eq!(found["hidden"], true);
    assert_eq!(found["main"], Value::Null);
    assert_eq!(found["labels"], json!([]));
    assert_eq!(found["protocols"], json!([]));
    assert_eq!(found["urgency"], "alta");
    assert_eq!(found["priority"], "urgente");
    assert_eq!(found["review"], true);
    assert_eq!(found["mediation"], "blocked_by_default");
    assert_eq!(found["model"], "fixed-1");
    let proposal = &case["proposal"];
    assert_eq!(proposal["hidden"], true);
    for kept in ["evidence", "counter_evidence", "referrals"] {
        assert_eq!(proposal[kept], json!([]), "{kept}");
    }
    assert_eq!(proposal["probabilities"], json!({}));
    assert_eq!(proposal["proposed"], Value::Null);
    assert_eq!(proposal["orientation"], json!(["911"]));
    let rules = proposal["reasons"].as_array().unwrap().iter();
    let rules: Vec<&str> = rules.map(|one| one["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["peligro_inmediato", "urgencia_alta"]);
    let page = all.shown(member, &format!("/casos/{folio}")).await;
    for shown in [
        "La propuesta está oculta",
        "Urgente",
        "Revisión humana",
        "Cerrada hasta que una persona clasifique",
        "911",
        "fixed-1",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("<mark>"));
    // Mediation waits for a person, whatever was proposed.
    let open = json!({ "move": "ABRIR_MEDIACION" });
    let course = all.course(member, folio).await;
    assert_eq!(course["classification"], Value::Null);
    assert_ne!(all.step(member, folio, open, &[]).await.status, 201);
}

#[tokio::test]
async fn a_hidden_proposal_appears_when_the_committee_has_classified_and_says_whether_it_agrees() {
    let all = Committee::new().await;
    let member = &all.executive;
    for (said, agrees) in [(Risk::AcosoSexual, false), (Risk::FaltaEficacia, true)] {
        let (folio, _) = all.proposed(&INEFFICIENCY, HiddenShare::ALL, told()).await;
        let form = format!("/casos/{folio}/tramite/CLASIFICAR");
        let form = all.shown(member, &form).await;
        assert!(
            !form.contains(" selected") && !form.contains(" checked"),
            "{form}"
        );
        // No reason is asked for: that would tell that it is another.
        let answer = all.step(member, folio, classify(said), &[]).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        let case = all.api(member, folio).await;
        assert_eq!(case["register"]["classification"]["main"], said.code());
        assert_eq!(case["register"]["classification"]["hidden"], false);
        assert_eq!(case["proposal"]["proposed"]["main"], "falta_eficacia");
        assert_eq!(case["proposal"]["hidden"], true, "it is kept that it was");
        let page = all.shown(member, &format!("/casos/{folio}")).await;
        assert!(page.contains("Esta propuesta estuvo oculta"));
        assert_eq!(page.contains("Lo mismo que se propuso"), agrees, "{page}");
        // From here on a change says why.
        let again = all
            .step(member, folio, classify(Risk::Corrupcion), &[])
            .await;
        assert_eq!(again.status, 422, "{}", again.body);
    }
}

/// What was drawn is sealed with the proposal, and stays however often the worker comes by.
#[tokio::test]
async fn whether_a_proposal_is_hidden_is_drawn_once() {
    let all = Committee::new().await;
    let house = &all.service.house;
    let (folio, _) = all.proposed(&INEFFICIENCY, HiddenShare::ALL, told()).await;
    let before = house.cases.case(folio).await.unwrap().unwrap();
    for hidden in [HiddenShare::NONE, HiddenShare::ALL] {
        let worker = Worker {
            classifier: &HARASSMENT,
            hidden,
            ..house.worker()
        };
        worker.round().await.unwrap();
        let now = house.cases.case(folio).await.unwrap().unwrap();
        assert_eq!(now.classification, before.classification);
    }
    let documents = house.cases.documents(before.id).await.unwrap();
    let proposals = documents
        .iter()
        .filter(|document| document.kind == DocumentKind::Proposal);
    assert_eq!(proposals.count(), 1);
    // Documents of before know nothing of it, and were shown.
    let old = json!({ "model": "old", "probabilities": {}, "evidence": [], "orientation": [],
        "referrals": [], "needs_person": false, "reasons": [] });
    let old: ProposalDocument = serde_json::from_value(old).unwrap();
    assert!(!old.hidden && old.counter_evidence.is_empty());
}

#[tokio::test]
async fn phrases_for_and_against_are_quoted_beside_each_other() {
    let all = Committee::new().await;
    let member = &all.executive;
    let (folio, _) = all.proposed(&INEFFICIENCY, HiddenShare::NONE, told()).await;
    let page = all.shown(member, &format!("/casos/{folio}")).await;
    let quoted = |phrase: &str| format!("<q dir=\"auto\">{phrase}</q>");
    let (before, against) = page.split_once("Lo que habla en contra").expect(&page);
    assert!(before.contains(&quoted("algo que")), "{before}");
    // The strongest first.
    let markup = against
        .find(&quoted("&#60;b&#62;y&#60;/b&#62;"))
        .expect(against);
    let other = against.find(&quoted("que no sé")).expect(against);
    assert!(markup < other);
    assert!(
        page.contains("<mark>algo que</mark>"),
        "only what spoke for it is marked"
    );
    let case = all.api(member, folio).await;
    let spans = case["proposal"]["counter_evidence"].as_array().unwrap();
    let at = |point: &Value| usize::try_from(point.as_u64().unwrap()).unwrap();
    let spans: Vec<(usize, usize)> = spans
        .iter()
        .map(|span| (at(&span["start"]), at(&span["end"])))
        .collect();
    assert_eq!(spans, [MARKUP, AGAINST]);
}

#[tokio::test]
async fn the_committee_confirms_or_corrects_the_urgency_too() {
    let all = Committee::new().await;
    let member = &all.executive;
    let (folio, _) = all.proposed(&INEFFICIENCY, HiddenShare::NONE, told()).await;
    let form = format!("/casos/{folio}/tramite/CLASIFICAR");
    let form = all.shown(member, &form).await;
    for chosen in ["falta_eficacia", "alta"] {
        let option = format!("<option value=\"{chosen}\" selected>");
        assert!(form.contains(&option), "{option} in {form}");
    }
    let mut act = classify(Risk::FaltaEficacia);
    act["urgency"] = json!("baja");
    // Whoever holds for less urgent what was found urgent says why.
    let answer = all.step(member, folio, act.clone(), &[]).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    act["reason"] = json!("Ya no trabaja ahí.");
    let answer = all.step(member, folio, act, &[]).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let case = all.api(member, folio).await;
    let found = &case["register"]["classification"];
    assert_eq!(
        (&found["urgency"], &found["priority"]),
        (&json!("baja"), &json!("baja"))
    );
    assert_eq!(case["proposal"]["proposed"]["urgency"], "alta");
    let page = all.shown(member, &format!("/casos/{folio}")).await;
    assert!(page.contains("Urgencia según una persona"), "{page}");
    let done = all.shown(member, &format!("/casos/{folio}/tramite")).await;
    assert!(done.contains("Urgencia del relato"), "{done}");
    // Who says nothing of it leaves it as it is.
    let mut again = classify(Risk::FaltaCooperacion);
    again["reason"] = json!("Es otra cosa.");
    assert_eq!(all.step(member, folio, again, &[]).await.status, 201);
    let case = all.api(member, folio).await;
    assert_eq!(case["register"]["classification"]["urgency"], "baja");
}

/// Whether it may be outside the committee's competence, or is doubtful, changes nothing by itself: the case
/// stands as any other, whoever filed is told the same, the same terms run, and no form is begun for anybody.
#[tokio::test]
async fn doubt_and_what_may_be_outside_act_in_nothing() {
    let all = Committee::new().await;
    let house = &all.service.house;
    let mut cases = Vec::new();
    for (main, review) in [
        (Risk::FaltaEficacia, false),
        (Risk::FueraCompetencia, false),
        (Risk::FaltaEficacia, true),
    ] {
        let classifier = calm(main, Urgency::Baja, review);
        cases.push(all.proposed(classifier, HiddenShare::NONE, told()).await);
    }
    // A doubt brings a case no further up, and none further down.
    let list = all
        .shown(&all.executive, "/asuntos.csv?sort=priority")
        .await;
    let list = without_alarm(list);
    let at = |case: usize| list.find(&cases[case].0.to_string()).expect(&list);
    assert_eq!(at(0) < at(2), cases[0].0 < cases[2].0, "{list}");
    assert!(at(1) < at(0).min(at(2)), "its priority is middle: {list}");
    for days in [0, 1, 30, 120] {
        house.clock.advance(SignedDuration::from_hours(days * 24));
        house.worker().round().await.unwrap();
        let mut now = Vec::new();
        for (folio, token) in &cases {
            let entry = house.cases.case(*folio).await.unwrap().unwrap();
            let told = format!("{:?}", house.mailbox(token).await);
            let told = told.replace(&format!("{folio:?}"), "FOLIO");
            now.push((entry.state, entry.terms.clone(), told));
        }
        assert_eq!(now[0], now[1], "after {days} days");
        assert_eq!(now[0], now[2], "after {days} days");
    }
    let session = super::acts::sign_in(&all.service, "bonifacio").await;
    for (folio, _) in &cases[1..] {
        for kind in [MoveKind::Classify, MoveKind::Redirect, MoveKind::Archive] {
            let path = format!("/casos/{folio}/tramite/{kind}");
            let form = all.shown(&session, &path).await;
            assert!(
                !form.contains(" selected") && !form.contains(" checked"),
                "{form}"
            );
        }
    }
}

/// The cell of the one case that was hidden.
const OF_HIDDEN: &str = "<td data-label=\"Propuesta oculta\">0 de 1";

#[tokio::test]
async fn agreement_is_counted_over_the_cases_that_a_member_may_open() {
    let all = Committee::new().await;
    let member = &all.executive;
    let nothing = all.shown(member, "/clasificador").await;
    assert!(nothing.contains("Todavía no hay casos"));
    // Five shown, of which the committee agrees with four; one hidden, with which it does not.
    for at in 0..5 {
        let (folio, _) = all.proposed(&INEFFICIENCY, HiddenShare::NONE, told()).await;
        let mut act = classify(if at == 0 {
            Risk::Corrupcion
        } else {
            Risk::FaltaEficacia
        });
        act["reason"] = json!("Así lo narra.");
        assert_eq!(all.step(member, folio, act, &[]).await.status, 201);
    }
    let mut about = told();
    about["people"] = json!([{ "name": "Casilda Zúñiga Peralta" }]);
    let (hidden, _) = all.proposed(&INEFFICIENCY, HiddenShare::ALL, about).await;
    let act = classify(Risk::Corrupcion);
    assert_eq!(all.step(member, hidden, act, &[]).await.status, 201);
    // One that nobody has classified is none.
    all.proposed(&INEFFICIENCY, HiddenShare::NONE, told()).await;

    let page = all.shown(member, "/clasificador").await;
    for shown in [
        "Casos contados: 6.",
        "fixed-1",
        "4 de 5: 80 % (de 38 % a 96 %)",
        "0 de 1: muy pocos casos",
        "1.º trimestre de 2026",
        "La urgencia se muestra siempre",
    ] {
        assert!(page.contains(shown), "{shown} in {page}");
    }
    assert!(page.contains(OF_HIDDEN) && !page.contains(&hidden.to_string()));
    // Whom that case is about counts it as if it were not there.
    let theirs = all.shown(&all.technical, "/clasificador").await;
    assert!(theirs.contains("Casos contados: 5."), "{theirs}");
    assert!(!theirs.contains(OF_HIDDEN));
}
