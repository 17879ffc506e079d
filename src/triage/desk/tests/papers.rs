//! Papers of the procedure and the sheet for the Secretaría's system: filled from the case, edited, taken
//! and kept.

use std::io::{Cursor, Read as _};

use ::papers::TemplateKind;
use ::papers::capture::entries;
use domain::case::Folio;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use store::casefiles::{CaseFiles as _, DocumentKind};

use super::acts::Committee;
use super::*;

const WHO_FILED: &str = "Zenaida Quijano Altamirano";
const CONTACT: &str = "zenaida@correo.example";

/// What came for a download.
pub(super) struct Taken {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Vec<u8>,
}

/// Calls an address whose answer is no text; with a form, posts it.
pub(super) async fn take(
    service: &Service,
    member: &Member,
    path: &str,
    form: Option<&str>,
) -> Taken {
    let url = format!("{}{path}", service.base);
    let request = match form {
        None => service.client.get(url),
        Some(form) => service
            .client
            .post(url)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(format!("csrf={}&{form}", member.token)),
    };
    let answer = request.header(COOKIE, &member.cookie).send().await.unwrap();
    Taken {
        status: answer.status(),
        headers: answer.headers().clone(),
        bytes: answer.bytes().await.unwrap().to_vec(),
    }
}

/// The words of a PDF as a reader copies them, without spaces and line breaks.
pub(super) fn words_of(pdf: &[u8]) -> String {
    let file = lopdf::Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = file.get_pages().keys().copied().collect();
    bare(&file.extract_text(&pages).unwrap())
}

pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The papers that there are on a case.
fn on_a_case() -> impl Iterator<Item = &'static TemplateKind> {
    let all = TemplateKind::ALL.iter();
    all.filter(|kind| !kind.is_on_session())
}

/// A committee and a case whose person said who they are.
async fn committee() -> (Committee, Folio) {
    let all = Committee::new().await;
    let folio = all
        .service
        .house
        .case(json!({
            "narrative": "El jefe de turno pide dinero por cada guardia y amenaza a quien no paga.",
            "people": [{ "name": "Melquiades Ucán", "position": "Jefe de turno" }],
            "facts": { "from": "2026-01-05", "ongoing": true },
            "workplace": { "ooad": "Yucatán", "place": "Almacén tres" },
            "reporter": { "sex": "MUJER", "age_group": "30-39" },
            "identity": { "name": WHO_FILED, "contact": CONTACT },
        }))
        .await;
    (all, folio)
}

#[tokio::test]
async fn every_paper_is_filled_from_the_case_and_none_says_who_filed() {
    let (all, folio) = committee().await;
    let at = format!("/casos/{folio}/documentos");
    let list = all.service.get(&at, Some(&all.executive)).await;
    assert_eq!(list.status, 200);
    let mut named = 0;
    for kind in on_a_case() {
        let slug = kind.code().to_lowercase();
        assert!(list.body.contains(&format!("{at}/{slug}\"")), "{slug}");
        let page = all
            .service
            .get(&format!("{at}/{slug}"), Some(&all.executive))
            .await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains(&folio.to_string()));
        named += usize::from(page.body.contains("Melquiades Ucán"));
        for secret in [WHO_FILED, "Zenaida", CONTACT] {
            assert!(!page.body.contains(secret), "{slug} says {secret}");
        }
    }
    assert!(named >= 5, "{named} papers name who is denounced");
    let page = all
        .service
        .get(&format!("{at}/acuerdo"), Some(&all.executive))
        .await;
    // Who signs, as the committee is.
    for signer in [
        "Aurelia Montejano Islas",
        "Bonifacio Quintanar Robledo",
        "Casilda Zúñiga Peralta",
    ] {
        assert!(page.body.contains(signer), "{signer}");
    }
    assert!(page.body.contains("Ninguna persona lo ha confirmado"));
    for nothing in ["nada", "0123456789abcdef0123456789abcdef", "%20"] {
        let page = all
            .service
            .get(&format!("{at}/{nothing}"), Some(&all.executive))
            .await;
        assert_eq!(page.status, 404, "{nothing}");
    }
}

#[tokio::test]
async fn a_paper_goes_out_in_the_words_it_was_given_and_is_kept_only_if_asked() {
    let (all, folio) = committee().await;
    let (service, member) = (&all.service, &all.executive);
    let at = format!("/casos/{folio}/documentos");
    let words =
        "p_datos=Folio%3A+uno&p_recibo=Palabras+%C3%BAnicas%2C+{folio}.&p_firma=Ana+%7C+Vocal";
    let kept = async || {
        let case = service.house.cases.case(folio).await.unwrap().unwrap();
        let documents = service.house.cases.documents(case.id).await.unwrap();
        let papers = documents
            .into_iter()
            .filter(|one| one.kind == DocumentKind::Paper);
        papers.collect::<Vec<_>>()
    };

    let pdf = take(
        service,
        member,
        &format!("{at}/acuse"),
        Some(&format!("do=pdf&{words}")),
    )
    .await;
    assert_eq!(pdf.status, 200);
    assert_eq!(pdf.headers[CONTENT_TYPE], "application/pdf");
    let saved = format!("filename=\"{folio}-acuse.pdf\"");
    assert!(
        pdf.headers[CONTENT_DISPOSITION]
            .to_str()
            .unwrap()
            .contains(&saved)
    );
    let said = words_of(&pdf.bytes);
    assert!(said.contains("Palabrasúnicas,{folio}."), "{said}");
    assert!(said.contains("AnaVocal"), "{said}");

    let docx = take(
        service,
        member,
        &format!("{at}/acuse"),
        Some(&format!("do=docx&{words}")),
    )
    .await;
    assert_eq!(docx.status, 200);
    let mut archive = zip::ZipArchive::new(Cursor::new(&docx.bytes[..])).unwrap();
    let mut body = String::new();
    archive
        .by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut body)
        .unwrap();
    assert!(body.contains("Palabras únicas, {folio}."), "{body}");
    assert!(kept().await.is_empty());

    let form = format!("csrf={}&do=keep&{words}", member.token);
    let answer = service
        .post(&format!("{at}/acuse"), Some(member), &form)
        .await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let documents = kept().await;
    assert_eq!(documents.len(), 1);
    let clear = "Palabras".as_bytes();
    assert!(
        !documents[0]
            .sealed
            .windows(clear.len())
            .any(|part| part == clear)
    );
    let place = answer.header(LOCATION).to_owned();
    // Whoever else may write papers finds it, and what they change stands beside it.
    let again = service.get(&place, Some(&all.president)).await;
    assert_eq!(again.status, 200);
    assert!(
        again.body.contains("Palabras únicas, {folio}."),
        "{}",
        again.body
    );
    let place = place.split('?').next().unwrap();
    let form = format!(
        "csrf={}&do=keep&p_recibo=Otras+palabras.",
        all.president.token
    );
    let answer = service.post(place, Some(&all.president), &form).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(kept().await.len(), 2);
    let other = service.get(answer.header(LOCATION), Some(member)).await;
    assert!(other.body.contains("Otras palabras.") && other.body.contains("Ana | Vocal"));
    let list = service.get(&at, Some(member)).await.body;
    assert_eq!(
        list.matches(&format!("href=\"{at}/")).count(),
        on_a_case().count() + 2
    );
}

#[tokio::test]
async fn markup_in_a_paper_is_shown_as_it_was_typed_and_too_much_is_given_back() {
    let (all, folio) = committee().await;
    let (service, member) = (&all.service, &all.executive);
    let at = format!("/casos/{folio}/documentos/acuse");
    let form = format!(
        "csrf={}&do=preview&p_recibo=%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        member.token
    );
    let page = service.post(&at, Some(member), &form).await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("<script"), "{}", page.body);
    assert_eq!(page.body.matches("alert(1)").count(), 2);

    let form = format!(
        "csrf={}&do=keep&p_recibo=Mucho{}",
        member.token,
        "a".repeat(40_001)
    );
    let page = service.post(&at, Some(member), &form).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains("Muchoaaa") && page.body.contains("demasiado largo"));
    for nothing in ["do=keep&p_recibo=+", "do=pdf&p_recibo=%0D%0A"] {
        let form = format!("csrf={}&{nothing}", member.token);
        let page = service.post(&at, Some(member), &form).await;
        assert_eq!(page.status, 422, "{nothing}");
    }
    for wrong in ["", "do=nada&p_recibo=a", "do=pdf", "do=pdf&p_otro=a"] {
        let form = format!("csrf={}&{wrong}", member.token);
        let page = service.post(&at, Some(member), &form).await;
        assert_eq!(page.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn the_sheet_has_every_field_once_and_says_what_is_missing() {
    let (all, folio) = committee().await;
    let at = format!("/casos/{folio}/sseccoe");
    let page = all.service.get(&at, Some(&all.executive)).await;
    assert_eq!(page.status, 200, "{}", page.body);
    for entry in entries() {
        let id = format!(" id=\"{}\"", entry.field);
        assert_eq!(page.body.matches(&id).count(), 1, "{}", entry.field);
    }
    for value in [
        folio.to_string().as_str(),
        "Melquiades Ucán",
        "Jefe de turno",
        "Yucatán",
        "5 de enero de 2026",
    ] {
        assert!(
            page.body.contains(&format!("\n{value}</textarea>")),
            "{value}"
        );
    }
    assert_eq!(
        page.body.matches("<textarea").count(),
        page.body.matches(" readonly ").count()
    );
    assert!(page.body.contains("Faltan 3 datos"), "{}", page.body);
    assert_eq!(page.body.matches("class=\"lacks\"").count(), 3);
    assert!(!page.body.contains(WHO_FILED) && !page.body.contains(CONTACT));

    let anonymous = all
        .service
        .house
        .case(crate::testing::story(
            "Nadie atiende el archivo desde enero.",
        ))
        .await;
    let page = all
        .service
        .get(&format!("/casos/{anonymous}/sseccoe"), Some(&all.executive))
        .await;
    assert!(page.body.contains("\nANÓNIMA</textarea>"));

    // Two agree on seeing who filed: then the sheet has the name.
    let act = all.ask(&all.president, folio, "identidad").await;
    all.say(&all.executive, &act, "approve").await;
    let page = all.service.get(&at, Some(&all.executive)).await;
    assert!(page.body.contains(&format!("\n{WHO_FILED}</textarea>")));
}

#[tokio::test]
async fn who_may_not_write_papers_is_shown_no_way_there() {
    let (all, folio) = committee().await;
    let page = all.page(&all.president, folio).await.body;
    for link in ["documentos", "version/persona_denunciada", "sseccoe"] {
        assert!(
            page.contains(&format!("href=\"/casos/{folio}/{link}\"")),
            "{link}"
        );
    }
    let page = all.page(&all.elected, folio).await;
    for link in ["version/", "sseccoe"] {
        assert!(
            !page.body.contains(&format!("/casos/{folio}/{link}")),
            "{link}"
        );
    }
}
