//! What is read before filing: the guide, the privacy notice, and the questions that lead to help.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use service::page::ANSWER_SIZES;

use crate::testing::House;

const GUIDE: [&str; 8] = [
    "/",
    "/comite",
    "/que-sigue",
    "/anonimato",
    "/proteccion",
    "/apoyo",
    "/privacidad",
    "/privacidad/integral",
];

async fn ask(house: &House, answers: [&str; 4]) -> (u16, String) {
    let [danger, matter, accused, works_here] = answers;
    let fields = [
        ("peligro", danger),
        ("asunto", matter),
        ("persona", accused),
        ("trabaja", works_here),
    ];
    let page = house.post_form("/orientacion", &fields).await;
    (page.status().as_u16(), page.text().await.unwrap())
}

#[actix_web::test]
async fn every_page_of_the_guide_leads_on_to_the_form_and_back_to_help() {
    let house = House::open();
    for path in GUIDE {
        for prefix in ["", "/es", "/en"] {
            let page = house.get(&format!("{prefix}{path}")).await;
            assert_eq!(page.status(), 200, "{prefix}{path}");
            let html = page.text().await.unwrap();
            for to in [
                "/denunciar",
                "/seguimiento",
                "/apoyo",
                "/salir",
                "/orientacion",
            ] {
                let link = format!("href=\"{prefix}{to}\"");
                assert!(html.contains(&link), "{prefix}{path} {to}");
            }
            assert!(html.contains("911"), "{prefix}{path}");
            assert!(
                !html.contains("guide-"),
                "{prefix}{path} shows the name of a text"
            );
        }
    }
}

#[actix_web::test]
async fn every_page_of_the_guide_has_the_smallest_size() {
    let house = House::open();
    for path in GUIDE
        .into_iter()
        .chain(["/orientacion", "/denunciar", "/seguimiento"])
    {
        for prefix in ["/es", "/en"] {
            let page = house.get(&format!("{prefix}{path}")).await;
            let length = page.bytes().await.unwrap().len();
            let most = if path == "/denunciar" {
                ANSWER_SIZES[1]
            } else {
                ANSWER_SIZES[0]
            };
            assert!(length <= most, "{prefix}{path} {length}");
        }
    }
}

#[actix_web::test]
async fn what_comes_next_is_told_with_the_terms_of_the_catalogue() {
    let house = House::open();
    let html = house.get("/que-sigue").await.text().await.unwrap();
    for shown in [
        "<strong>3 días hábiles</strong>",
        "<strong>4 meses</strong>",
        "por confirmar",
        "CHIS 56",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
}

#[actix_web::test]
async fn support_shows_only_contacts_with_the_day_they_were_verified() {
    let house = House::open();
    let html = house.get("/apoyo").await.text().await.unwrap();
    assert!(html.contains(
        "<a href=\"tel:079\">079</a>, opción 1</strong> <span class=\"hint\">(verificado el 11 de marzo de 2026)"
    ));
    assert_eq!(
        html.matches("class=\"contacts\"").count(),
        html.matches("verificado el").count()
    );
}

#[actix_web::test]
async fn the_privacy_notice_says_its_edition() {
    let house = House::open();
    for path in ["/privacidad", "/privacidad/integral"] {
        let html = house.get(path).await.text().await.unwrap();
        assert!(
            html.contains("Versión 3, del 22 de noviembre de 2026."),
            "{path}"
        );
        assert!(html.contains("arts. "), "{path}");
    }
}

/// The words of the notice in force, by their digest: whoever changes them also changes
/// `domain::privacy` (LGPDPPSO 20 to 22 want changes to be told), and then this.
const NOTICE: (&str, &str) = ("3", "CH5ppMmVnKjI5FYCsZ3sqlFND0IX9UTZcLK7GkJrTAc=");

#[test]
fn the_words_of_the_privacy_notice_are_those_of_its_version() {
    let texts = include_str!("../../../web/locales/es-MX/guide.ftl");
    let notice: Vec<&str> = texts
        .lines()
        .filter(|line| line.starts_with("guide-privacidad"))
        .collect();
    let digest = ring::digest::digest(&ring::digest::SHA256, notice.join("\n").as_bytes());
    let digest = STANDARD.encode(digest);
    assert_eq!((domain::privacy::VERSION, digest.as_str()), NOTICE);
}

#[actix_web::test]
async fn answers_lead_to_those_who_can_help() {
    let house = House::open();
    let (status, html) = ask(&house, ["si", "acoso_sexual", "imss", "si"]).await;
    assert_eq!(status, 200);
    let at = |name: &str| html.find(name).unwrap_or_else(|| panic!("{name}"));
    assert!(at("Emergencias 911") < at("Este Comité de Ética"));
    assert!(at("Este Comité de Ética") < at("Persona consejera"));
    for shown in [
        "Línea de las Mujeres",
        "SIDEC",
        "Ministerio Público",
        "ECO",
        "href=\"/denunciar\"",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
    assert!(!html.contains("CONAPRED"));
    let (status, html) = ask(&house, ["no", "laboral", "imss", "no"]).await;
    assert_eq!(status, 200);
    assert!(html.contains("Comisión Mixta Disciplinaria"));
    assert!(html.contains("Ir al Comité no cierra ningún otro camino."));
    assert!(!html.contains("Emergencias 911"));
}

#[actix_web::test]
async fn a_question_left_open_is_asked_again_and_the_other_answers_are_kept() {
    let house = House::open();
    let (status, html) = ask(&house, ["no", "", "imss", "<script>"]).await;
    assert_eq!(status, 422);
    assert!(html.contains("<a href=\"#asunto\">"));
    assert!(html.contains("<a href=\"#trabaja\">"));
    assert!(!html.contains("<a href=\"#peligro\">"));
    assert!(html.contains("value=\"imss\" autocomplete=\"off\" checked"));
    assert!(!html.contains("<script"));
}
