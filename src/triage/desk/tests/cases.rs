//! What the list and a case show.

use std::collections::BTreeMap;

use classifier::{Classifier, Evidence, Proposal};
use domain::catalogue::Risk;
use domain::routing::Urgency;
use jiff::SignedDuration;
use serde_json::json;

use super::Service;
use crate::testing::story;
use crate::worker::Worker;

/// In every field that takes words: closes whatever it may stand in, and opens a script.
const HOSTILE: &str =
    "</mark></p>\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}&lt;";

const ESCAPED: &str = "&#60;/mark&#62;&#60;/p&#62;&#34;&#39;&#62;&#60;script&#62;alert(1)";

#[tokio::test]
async fn hostile_text_is_text_in_every_field() {
    let service = Service::start().await;
    let complaint = json!({
        "narrative": format!("Mi jefe me acosa sexualmente {HOSTILE} y me toca {HOSTILE}"),
        "workplace": { "place": HOSTILE },
        "people": [{ "name": HOSTILE, "position": HOSTILE, "area": HOSTILE, "description": HOSTILE }],
        "facts": { "place_detail": HOSTILE },
        "witnesses": [{ "name": HOSTILE, "contact": HOSTILE }],
        "keep_from": [HOSTILE],
        "identity": { "name": HOSTILE, "contact": HOSTILE },
    });
    let folio = service.house.case(complaint).await;
    let member = service.sign_in().await;
    let page = service.get(&format!("/casos/{folio}"), Some(&member)).await;
    assert_eq!(page.status, 200);
    for raw in ["<script", "<img", "onerror=alert(2)>"] {
        assert!(!page.body.contains(raw), "{raw} in {}", page.body);
    }
    // Nine fields, the narrative twice in one, the wish again as one that matches nobody; who filed is
    // reserved. Where marks stand, and what is quoted of the narrative, the classifier says.
    let bare = page.body.replace("<mark>", "").replace("</mark>", "");
    assert_eq!(unquoted(&bare).matches(ESCAPED).count(), 12, "{bare}");
    let marks = page.body.matches("<mark>").count();
    assert!(marks > 0, "the narrative speaks for a risk");
    assert_eq!(marks, page.body.matches("</mark>").count());
}

/// A page without what it quotes.
fn unquoted(page: &str) -> String {
    let mut quotes = page.split("<q ");
    let first = quotes.next().unwrap().to_owned();
    quotes.fold(first, |before, quote| {
        let (_, after) = quote.split_once("</q>").unwrap();
        before + after
    })
}

/// In every field that takes words: turns what comes after it, up to the end of the page.
#[tokio::test]
async fn text_that_reorders_what_is_read_is_shown_for_what_it_is() {
    let turned = "no \u{202e}oiratse\u{2066} ni \u{200b}nada";
    let shown = "no ⟦U+202E⟧oiratse⟦U+2066⟧ ni ⟦U+200B⟧nada";
    let service = Service::start().await;
    let complaint = json!({
        "narrative": format!("Mi jefe me acosa sexualmente {turned} y me toca."),
        "workplace": { "place": turned },
        "people": [{ "name": turned, "position": turned, "area": turned, "description": turned }],
        "facts": { "place_detail": turned },
        "witnesses": [{ "name": turned, "contact": turned }],
        "keep_from": [turned],
        "identity": { "name": turned, "contact": turned },
    });
    let token = service.house.file(complaint).await;
    service.house.write(&token, turned).await;
    service.house.worker().round().await.unwrap();
    let folio = service.house.register().await[0].folio;
    let member = service.sign_in().await;
    let page = service.get(&format!("/casos/{folio}"), Some(&member)).await;
    assert_eq!(page.status, 200);
    let turns =
        |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}');
    assert!(!page.body.contains(turns), "{}", page.body);
    let bare = page.body.replace("<mark>", "").replace("</mark>", "");
    // Nine fields, the narrative, the message, and the wish again as one that matches nobody; who filed
    // is reserved.
    assert_eq!(bare.matches(shown).count(), 12, "{bare}");
    assert_eq!(page.body.matches("caracteres que no se ven").count(), 1);
    // Nothing that was told stands where a strong letter of it could turn what is beside it.
    for (start, _) in bare.match_indices(shown) {
        let (before, _) = bare.split_at(start);
        let (_, tag) = before.rsplit_once('<').unwrap();
        assert!(tag.contains("dir=\"auto\""), "{tag}");
    }
}

/// Finds that every other letter speaks for a risk, and the last half twice.
struct MarksEverything;

impl Classifier for MarksEverything {
    fn classify(&self, text: &str) -> Proposal {
        let length = text.chars().count();
        let span = |start, end| Evidence {
            risk: Risk::AcosoSexual,
            start,
            end,
            weight: 1.0,
        };
        let mut evidence: Vec<Evidence> = (0..length)
            .step_by(2)
            .map(|start| span(start, start + 1))
            .collect();
        evidence.push(span(length / 2, length));
        Proposal {
            main: Risk::AcosoSexual,
            labels: vec![Risk::AcosoSexual],
            probabilities: BTreeMap::from([(Risk::AcosoSexual, 1.0)]),
            urgency: Urgency::Alta,
            review: false,
            evidence,
            counter_evidence: Vec::new(),
        }
    }

    fn version(&self) -> &'static str {
        "</p><script>version</script>"
    }
}

#[tokio::test]
async fn hostile_text_is_text_inside_a_mark_too() {
    let service = Service::start().await;
    service
        .house
        .file(story(&format!("{HOSTILE} {HOSTILE} {HOSTILE}")))
        .await;
    let worker = Worker {
        classifier: &MarksEverything,
        ..service.house.worker()
    };
    worker.round().await.unwrap();
    let folio = service.house.register().await[0].folio;
    let member = service.sign_in().await;
    let page = service
        .get(&format!("/casos/{folio}"), Some(&member))
        .await
        .body;
    let bare = page.replace("<mark>", "").replace("</mark>", "");
    // The narrative, and the marked half of it in the list of phrases.
    assert!(bare.matches(ESCAPED).count() >= 4, "{bare}");
    for raw in ["<script", "<img"] {
        assert!(!bare.contains(raw), "{raw} in {bare}");
    }
    assert!(page.matches("<mark>").count() > HOSTILE.len() / 2);
}

#[tokio::test]
async fn marks_stand_around_the_words_that_moved_the_proposal() {
    let service = Service::start().await;
    let narrative = "😡 Señoría: él me tocó sin permiso y me acosa cada día en la guardia. 🙏";
    let folio = service.house.case(story(narrative)).await;
    let member = service.sign_in().await;
    let page = service.get(&format!("/casos/{folio}"), Some(&member)).await;
    let case = service
        .json(&format!("/api/v1/cases/{folio}"), &member)
        .await;
    let evidence = case["proposal"]["evidence"].as_array().unwrap();
    let labels = case["register"]["classification"]["labels"]
        .as_array()
        .unwrap();
    let evidence: Vec<_> = evidence
        .iter()
        .filter(|span| labels.contains(&span["risk"]))
        .collect();
    assert!(!evidence.is_empty());
    let point = |value: &serde_json::Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let (_, shown) = page.body.split_once(r#"dir="auto">"#).unwrap();
    let (shown, _) = shown.split_once("</p>").unwrap();
    let marked: Vec<&str> = shown
        .split("<mark>")
        .skip(1)
        .map(|rest| rest.split_once("</mark>").unwrap().0)
        .collect();
    for span in evidence {
        let (start, end) = (point(&span["start"]), point(&span["end"]));
        let phrase: String = narrative.chars().skip(start).take(end - start).collect();
        assert!(
            marked.iter().any(|mark| mark.contains(&phrase)),
            "{phrase} in {marked:?}"
        );
    }
    assert_eq!(
        shown.replace("<mark>", "").replace("</mark>", ""),
        narrative
    );
}

#[tokio::test]
async fn an_unknown_folio_and_what_is_no_folio_get_the_same_answer() {
    let service = Service::start().await;
    service
        .house
        .case(story("Una historia cualquiera, con lo necesario."))
        .await;
    let member = service.sign_in().await;
    for base in ["/casos", "/api/v1/cases"] {
        let unknown = service
            .get(&format!("{base}/CE-1999-000000"), Some(&member))
            .await;
        assert_eq!(unknown.status, 404, "{base}");
        for bad in [
            "CE-1999-00000",
            "nada",
            "%00",
            "ce-1999-000000",
            "%ff",
            "'%20or%201=1",
        ] {
            let answer = service.get(&format!("{base}/{bad}"), Some(&member)).await;
            assert_eq!(answer, unknown, "{base}/{bad}");
        }
    }
}

#[tokio::test]
async fn a_case_shows_danger_wishes_messages_and_the_reasons_of_the_proposal() {
    let service = Service::start().await;
    let token = service
        .house
        .file(json!({
            "narrative": "Mi jefe me toca sin permiso, me acosa sexualmente y me pide favores sexuales.",
            "immediate_danger": true,
            "keep_from": ["La jefa de Enseñanza"],
            "support_wanted": ["PSICOLOGICO"],
            "referral_consent": "QUIERO_ORIENTACION",
            "privacy_notice": "1",
            "workplace": { "ooad": "jalisco" },
            "people": [{ "name": "Fulano de Tal", "rank": "SUPERIOR" }],
        }))
        .await;
    service
        .house
        .write(&token, "Hoy me volvió a amenazar.")
        .await;
    service.house.worker().round().await.unwrap();
    let member = service.sign_in().await;
    let folio = service.house.register().await[0].folio;
    let page = service
        .get(&format!("/casos/{folio}"), Some(&member))
        .await
        .body;
    for expected in [
        "Hay peligro en este momento",
        "La jefa de Enseñanza",
        "Atención psicológica",
        "Quiere orientación antes de decidir",
        "Aviso de privacidad que se le mostró, edición",
        "1 (22 de noviembre de 2026)",
        "Jalisco",
        "Fulano de Tal",
        "Puesto superior al de la persona afectada",
        "Hoy me volvió a amenazar.",
        "la decisión es de una persona",
        "Acoso sexual / hostigamiento sexual",
        "HSyAS 56; CHIS 76",
        "Emergencias 911",
        "079, opción 1",
        "CHIS 59 (5 días hábiles)",
        "9 de marzo de 2026",
        "Anónima",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    assert!(
        !page.contains("alertadores.funcionpublica"),
        "no contact that nobody verified"
    );
}

#[tokio::test]
async fn the_list_puts_the_most_pressing_first_and_tells_each_terms_signal() {
    let service = Service::start().await;
    let low = service
        .house
        .case(story(
            "El jefe no coordina al equipo ni escucha; falta liderazgo.",
        ))
        .await;
    service.house.clock.advance(SignedDuration::from_hours(24));
    let urgent = service
        .house
        .case(story("Mi jefe me acosa sexualmente y me toca sin permiso."))
        .await;
    let member = service.sign_in().await;
    let list = service.get("/", Some(&member)).await.body;
    let at = |text: &str| {
        list.find(text)
            .unwrap_or_else(|| panic!("{text} in {list}"))
    };
    assert!(at(&urgent.to_string()) < at(&low.to_string()));
    assert!(
        list.contains("tag on_time\">En tiempo") && !list.contains("tag overdue"),
        "{list}"
    );
    assert!(list.contains("9 de marzo de 2026"), "{list}");
    assert!(!list.contains("me toca"), "the list shows no narrative");

    service
        .house
        .clock
        .advance(SignedDuration::from_hours(5 * 24));
    let member = service.sign_in().await;
    let cases = service.json("/api/v1/cases", &member).await;
    let signals: Vec<&str> = cases["cases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|case| case["terms"][0]["signal"].as_str().unwrap())
        .collect();
    assert_eq!(signals, ["VENCE_HOY", "VENCIDO"], "on 10 March");
}

#[tokio::test]
async fn filters_choose_and_what_they_do_not_understand_they_refuse() {
    let service = Service::start().await;
    let folio = service
        .house
        .case(story("Mi jefe me acosa sexualmente y me toca sin permiso."))
        .await;
    let member = service.sign_in().await;
    for (query, found) in [
        ("", 1),
        ("?year=2026", 1),
        ("?year=2025", 0),
        ("?risk=acoso_sexual", 1),
        ("?risk=corrupcion", 0),
        ("?state=EN_REVISION&year=2026", 1),
        ("?state=CONCLUIDA", 0),
    ] {
        let cases = service
            .json(&format!("/api/v1/cases{query}"), &member)
            .await;
        assert_eq!(cases["cases"].as_array().unwrap().len(), found, "{query}");
        let list = service.get(&format!("/{query}"), Some(&member)).await.body;
        assert_eq!(list.contains(&folio.to_string()), found == 1, "{query}");
    }
    for query in [
        "?year=x",
        "?risk=nada",
        "?state=1",
        "?foo=bar",
        "?year=-2026",
    ] {
        let answer = service
            .get(&format!("/api/v1/cases{query}"), Some(&member))
            .await;
        assert_eq!(answer.status, 422, "{query}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{query}"
        );
        assert_eq!(
            service
                .get(&format!("/{query}"), Some(&member))
                .await
                .status,
            422,
            "{query}"
        );
    }
}

#[tokio::test]
async fn the_list_tells_of_envelopes_that_wait_or_were_set_aside() {
    let service = Service::start().await;
    service
        .house
        .file(story("Una historia cualquiera, con lo necesario."))
        .await;
    service.house.set_all_aside().await;
    service
        .house
        .file(story("Otra historia cualquiera, con lo necesario."))
        .await;
    let member = service.sign_in().await;
    let list = service.get("/", Some(&member)).await.body;
    assert!(list.contains("1 sobre se apartó"), "{list}");
    // What still waits is told to nobody: it may be about the one who reads.
    assert!(!list.contains("por abrir"), "{list}");
    let cases = service.json("/api/v1/cases", &member).await;
    assert_eq!(cases["backlog"], json!({ "foreign": 0, "quarantined": 1 }));
}

#[tokio::test]
async fn the_interface_gives_the_complaint_to_the_letter_and_describes_itself() {
    let service = Service::start().await;
    let complaint = json!({
        "narrative": "Piden dinero a cambio de no reportar faltas, cada quincena. «Así es»",
        "facts": { "from": "2026-02-01", "frequency": "VARIAS" },
    });
    let folio = service.house.case(complaint.clone()).await;
    let member = service.sign_in().await;
    let case = service
        .json(&format!("/api/v1/cases/{folio}"), &member)
        .await;
    assert_eq!(case["register"]["folio"], folio.to_string());
    assert_eq!(case["complaint"]["narrative"], complaint["narrative"]);
    assert_eq!(case["complaint"]["facts"], complaint["facts"]);
    assert_eq!(case["register"]["classification"]["main"], "corrupcion");

    let description = service.json("/api/openapi.json", &member).await;
    let described = description["paths"].as_object().unwrap();
    for address in super::super::routes::addresses() {
        if !address.path.starts_with("/api/v1/") {
            continue;
        }
        for call in address.calls {
            let verb = format!("{:?}", call.verb).to_lowercase();
            assert!(
                described[address.path][&verb].is_object(),
                "{verb} {}",
                address.path
            );
        }
    }
}
