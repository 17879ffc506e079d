//! Papers and versions for the parties through the interface for programs.

use committee::log::Event;
use domain::redaction::MASK;
use reqwest::header::CONTENT_TYPE;

use super::acts::Committee;
use super::forgery::TOKEN;
use super::logbook::{self, written};
use super::papers::{Taken, bare, take, words_of};
use super::programs::{post, send};
use super::*;

/// Makes a paper whose answer is no text.
async fn make(all: &Committee, path: &str, body: &Value) -> Taken {
    let answer = all
        .service
        .client
        .post(format!("{}{path}", all.service.base))
        .header(CONTENT_TYPE, "application/json")
        .header(COOKIE, &all.executive.cookie)
        .header(TOKEN, &all.executive.token)
        .body(body.to_string());
    let answer = answer.send().await.unwrap();
    Taken {
        status: answer.status(),
        headers: answer.headers().clone(),
        bytes: answer.bytes().await.unwrap().to_vec(),
    }
}

#[tokio::test]
async fn programs_fill_a_paper_take_it_and_keep_it() {
    let all = Committee::new().await;
    let (folio, _) = all.case(None).await;
    let papers = format!("/api/v1/cases/{folio}/papers");
    let list = all.service.json(&papers, &all.executive).await;
    let kinds = list["kinds"].as_array().unwrap();
    assert!(kinds.iter().any(|kind| kind["paper"] == "acuerdo") && kinds.len() == 9);
    let here = format!("{papers}/acuerdo");
    let filled = all.service.json(&here, &all.executive).await;
    let parts = filled["parts"].as_array().unwrap();
    assert!(
        parts
            .iter()
            .any(|part| part["text"].as_str().unwrap().contains(&folio.to_string()))
    );

    // As it is filled, with other words, and kept.
    let pdf = make(&all, &here, &json!({ "do": "pdf" })).await;
    assert_eq!(
        (pdf.status.as_u16(), &pdf.headers[CONTENT_TYPE]),
        (200, &"application/pdf".parse().unwrap())
    );
    assert!(words_of(&pdf.bytes).contains(&bare("Aurelia Montejano")));
    let heading = parts[0]["id"].as_str().unwrap();
    let words = json!({ heading: "Acuerdo del interior" });
    let docx = make(&all, &here, &json!({ "do": "docx", "parts": words })).await;
    assert!(docx.status == 200 && docx.bytes.starts_with(b"PK"));
    let body = json!({ "do": "preview", "parts": words });
    let (status, seen) = post(&all, &all.executive, &here, body).await;
    assert_eq!(
        (status.as_u16(), &seen["parts"]),
        (
            200,
            &json!([{ "id": heading, "role": parts[0]["role"], "text": "Acuerdo del interior" }])
        )
    );
    let body = json!({ "do": "keep", "parts": words });
    let (status, kept) = post(&all, &all.executive, &here, body).await;
    assert_eq!(status, 201, "{kept}");
    let kept = kept["paper"].as_str().unwrap();
    let read = all
        .service
        .json(&format!("{papers}/{kept}"), &all.president)
        .await;
    assert_eq!(read["parts"], seen["parts"]);
    let page = all
        .service
        .get(
            &format!("/casos/{folio}/documentos/{kept}"),
            Some(&all.executive),
        )
        .await;
    assert!(page.status == 200 && page.body.contains("Acuerdo del interior"));

    let long = "x".repeat(::papers::template::limits::PART + 1);
    for (path, body, status) in [
        (&here, json!({}), 422),
        (&here, json!({ "do": "nada" }), 422),
        (&here, json!({ "do": "pdf", "secreto": 1 }), 422),
        (&here, json!({ "do": "pdf", "parts": {} }), 422),
        (
            &here,
            json!({ "do": "pdf", "parts": { heading: "a", "otro": "x" } }),
            422,
        ),
        (
            &here,
            json!({ "do": "keep", "parts": { heading: " " } }),
            422,
        ),
        (
            &here,
            json!({ "do": "keep", "parts": { heading: long } }),
            422,
        ),
        (
            &format!("{papers}/acta_sesion"),
            json!({ "do": "pdf" }),
            404,
        ),
        (
            &format!("{papers}/{}", "0".repeat(32)),
            json!({ "do": "pdf" }),
            404,
        ),
    ] {
        let refused = post(&all, &all.executive, path, body.clone()).await;
        assert_eq!(refused.0, status, "{path} {body}: {}", refused.1);
    }
    let refused = post(&all, &all.elected, &here, json!({ "do": "pdf" })).await;
    assert_eq!(refused.0, 403, "{}", refused.1);
    let list = all.service.json(&papers, &all.executive).await;
    assert_eq!(list["kept"].as_array().unwrap().len(), 1);
}

/// What cannot be done with a version, of which a range stays masked, is refused and opens nothing.
async fn refuses_nonsense(all: &Committee, here: &str, masked: &Value) {
    let before = written(&all.service.house).await.len();
    for (body, status) in [
        (json!({}), 422),
        (json!({ "do": "nada", "field": "relato" }), 422),
        (
            json!({ "do": "add", "field": "relato", "text": "no está ahí" }),
            422,
        ),
        (
            json!({ "do": "add", "field": "relato", "text": "farmacia", "nth": 0 }),
            422,
        ),
        (
            json!({ "do": "lift", "field": "relato", "span": [5, 2] }),
            422,
        ),
        (
            json!({ "do": "lift", "field": "relato", "span": masked }),
            422,
        ),
        (
            json!({ "do": "hide", "field": "relato", "secreto": 1 }),
            422,
        ),
        (json!({ "do": "hide", "field": "otro" }), 404),
    ] {
        let refused = post(all, &all.executive, here, body.clone()).await;
        assert_eq!(refused.0, status, "{body}: {}", refused.1);
    }
    for (body, code) in [
        (
            json!({ "do": "add", "field": "relato", "text": "no está ahí" }),
            "not_in_text",
        ),
        (
            json!({ "do": "lift", "field": "relato", "span": [0, 1] }),
            "not_liftable",
        ),
    ] {
        let (_, told) = post(all, &all.executive, here, body).await;
        assert_eq!(told["errors"][0]["code"], code, "{told}");
    }
    assert_eq!(
        written(&all.service.house).await.len(),
        before,
        "nothing was opened"
    );
}

#[tokio::test]
async fn programs_mask_and_take_the_version_of_a_party() {
    let all = Committee::new().await;
    let folio = version::case(&all).await;
    let here = format!("/api/v1/cases/{folio}/versions/persona_denunciada");
    let seen = all.service.json(&here, &all.executive).await;
    assert_eq!(seen["others"], json!(["persona_denunciante"]));
    let story = &seen["texts"][0];
    let text: Vec<char> = story["text"].as_str().unwrap().chars().collect();
    let span_of = |spans: &Value, words: &str| {
        let all = spans.as_array().unwrap().iter().cloned();
        let mut all = all.filter(|span| {
            let at = |place: usize| usize::try_from(span[place].as_u64().unwrap()).unwrap();
            text[at(0)..at(1)].iter().collect::<String>() == words
        });
        all.next()
    };
    let phone = span_of(&story["masks"], "55 1234 5678").expect("masked by default");
    assert_eq!(
        span_of(&story["liftable"], "55 1234 5678"),
        Some(phone.clone())
    );
    assert_eq!(span_of(&story["masks"], "farmacia"), None);

    let add = json!({ "do": "add", "field": "relato", "text": "farmacia", "nth": 1 });
    let house = &all.service.house;
    let before = written(house).await.len();
    let (status, since) = post(&all, &all.executive, &here, add).await;
    assert_eq!(status, 200, "{since}");
    let noted = |event| (event, Some(folio.to_string()));
    assert_eq!(
        logbook::since(house, before).await,
        [noted(Event::VersionMasked), noted(Event::CaseOpened)]
    );
    assert!(span_of(&since["texts"][0]["masks"], "farmacia").is_some());
    let lift = json!({ "do": "lift", "field": "relato", "span": phone });
    assert_eq!(post(&all, &all.executive, &here, lift).await.0, 200);
    let message = seen["texts"][1]["field"].as_str().unwrap();
    let (status, since) = post(
        &all,
        &all.executive,
        &here,
        json!({ "do": "show", "field": message }),
    )
    .await;
    assert_eq!(
        (status.as_u16(), &since["texts"][1]["shown"]),
        (200, &json!(true))
    );
    let file = take(&all.service, &all.executive, &format!("{here}/pdf"), None).await;
    let said = words_of(&file.bytes);
    for (words, is_told) in [
        ("farmacia", false),
        ("Farmacia", true),
        ("55 1234 5678", true),
        ("Tengo miedo", true),
        ("Ramiro", false),
        (MASK, true),
    ] {
        assert_eq!(said.contains(&bare(words)), is_told, "{words}: {said}");
    }

    let ramiro = span_of(&story["masks"], "Ramiro Chanona").expect("a name is masked");
    refuses_nonsense(&all, &here, &ramiro).await;
    let nobody = format!("/api/v1/cases/{folio}/versions/nadie");
    for path in [nobody.clone(), format!("{nobody}/pdf")] {
        let none = send(&all, &all.executive, Method::GET, &path, &json!({})).await;
        assert_eq!(none.0, 404);
    }
    let refused = send(&all, &all.elected, Method::GET, &here, &json!({})).await;
    assert_eq!(refused.0, 403);
}
