//! Filing through the form.

use crate::testing::{House, NARRATIVE};

const HOSTILE: &str = "\"><script>alert(1)</script></textarea>&amp;'{{ 7 * 7 }}";

#[actix_web::test]
async fn a_complaint_is_filed_with_the_narrative_alone() {
    let house = House::open();
    let page = house
        .post_form("/denunciar", &[("narrative", NARRATIVE)])
        .await;
    assert_eq!(page.status(), 201);
    let html = page.text().await.unwrap();
    assert_eq!(
        html.split("<ol lang=\"es\">")
            .nth(1)
            .unwrap()
            .split("</ol>")
            .next()
            .unwrap()
            .matches("<li>")
            .count(),
        12
    );
    assert!(html.contains("4 de marzo de 2026"));
    let text = html
        .split("<code class=\"receipt\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    assert!(receipts::verify(text, &house.receipts).is_ok());
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn what_is_wrong_is_told_beside_its_field_and_on_top_and_every_answer_is_kept() {
    let house = House::open();
    let fields = [
        ("narrative", "muy corto"),
        ("suspected_risk", "corrupcion"),
        ("workplace.place", "Urgencias"),
        ("people[0].name", "Fulano de Tal"),
        ("facts.from", "2026-03-04"),
        ("facts.to", "2026-03-01"),
        ("immediate_danger", "1"),
        ("support_wanted", "MEDICO"),
        ("support_wanted", "JURIDICO"),
        ("keep_from", "La presidenta\r\nEl secretario"),
        ("identity.name", "Mengana"),
    ];
    let page = house.post_form("/denunciar", &fields).await;
    assert_eq!(page.status(), 422);
    let html = page.text().await.unwrap();
    for shown in [
        "<a href=\"#narrative\">",
        "id=\"narrative-error\">Escriba al menos 20 caracteres.",
        "aria-describedby=\"narrative-error narrative-hint\"",
        "<a href=\"#facts-to\">",
        "id=\"facts-to-error\"",
        ">\nmuy corto</textarea>",
        "value=\"corrupcion\" selected",
        "value=\"Urgencias\"",
        "value=\"Fulano de Tal\"",
        "value=\"2026-03-04\"",
        "name=\"immediate_danger\" value=\"1\" checked",
        "value=\"MEDICO\" checked",
        "value=\"JURIDICO\" checked",
        "La presidenta\nEl secretario</textarea>",
        "<details class=\"fold\" open>",
        "value=\"Mengana\"",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
    assert!(!html.contains("value=\"PSICOLOGICO\" checked"));
    assert_eq!(house.mailroom.stored(), 0);
}

#[actix_web::test]
async fn hostile_answers_are_shown_again_as_text() {
    let house = House::open();
    for field in ["narrative", "people[0].name", "facts.from", "keep_from"] {
        let fields = [(field, HOSTILE), ("facts.to", "ayer")];
        let page = house.post_form("/denunciar", &fields).await;
        assert_eq!(page.status(), 422, "{field}");
        let html = page.text().await.unwrap();
        assert!(!html.contains("<script"), "{field}");
        assert!(
            html.contains("&#34;&#62;&#60;script&#62;alert(1)"),
            "{field}"
        );
    }
    let html = house
        .post_form("/denunciar", &[("narrative", NARRATIVE), (HOSTILE, "x")])
        .await
        .text()
        .await
        .unwrap();
    assert!(!html.contains("<script"));
}

#[actix_web::test]
async fn a_hostile_token_is_shown_again_as_text() {
    let house = House::open();
    let page = house
        .post_form("/seguimiento", &[("tracking_token", HOSTILE)])
        .await;
    assert!(!page.text().await.unwrap().contains("<script"));
}

#[actix_web::test]
async fn a_field_that_the_form_does_not_have_is_refused() {
    let house = House::open();
    let fields = [("narrative", NARRATIVE), ("ip", "203.0.113.9")];
    let page = house.post_form("/denunciar", &fields).await;
    assert_eq!(page.status(), 422);
    assert!(page.text().await.unwrap().contains("Este campo no existe."));
}

#[actix_web::test]
async fn a_form_that_cannot_be_read_is_a_bad_request() {
    let house = House::open();
    for body in ["narrative=%zz", "narrative=%ff"] {
        let request = house.client.post(house.url("/denunciar")).body(body);
        let media_type = "application/x-www-form-urlencoded";
        let page = request
            .header("content-type", media_type)
            .send()
            .await
            .unwrap();
        assert_eq!(page.status(), 400, "{body}");
        assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    }
}

#[actix_web::test]
async fn when_the_store_is_down_nothing_is_acknowledged_and_no_answer_is_lost() {
    let house = House::open();
    house.mailroom.go_down();
    let page = house
        .post_form("/denunciar", &[("narrative", NARRATIVE)])
        .await;
    assert_eq!(page.status(), 503);
    let html = page.text().await.unwrap();
    assert!(html.contains("No se guardó nada."));
    assert!(html.contains(NARRATIVE));
    assert!(!html.contains("<ol lang=\"es\">"));
}

#[actix_web::test]
async fn pages_come_in_the_language_asked_for() {
    let house = House::open();
    for (asked, language, heading) in [
        ("es-MX,es;q=0.9", "es-MX", "Presentar una denuncia</h1>"),
        ("en-US,en;q=0.9", "en", "File a complaint</h1>"),
        ("fr", "es-MX", "Presentar una denuncia</h1>"),
    ] {
        let request = house.client.get(house.url("/denunciar"));
        let page = request
            .header("accept-language", asked)
            .send()
            .await
            .unwrap();
        assert_eq!(page.headers()["content-language"], language);
        let html = page.text().await.unwrap();
        assert!(html.contains(&format!("<html lang=\"{language}\">")));
        assert!(html.contains(heading), "{asked}");
    }
}

#[actix_web::test]
async fn sensitive_fields_ask_the_browser_to_remember_nothing() {
    let house = House::open();
    for path in ["/denunciar", "/seguimiento"] {
        let html = house.get(path).await.text().await.unwrap();
        for tag in ["<textarea", "<input type=\"text\""] {
            for element in html.split(tag).skip(1) {
                let element = element.split('>').next().unwrap();
                assert!(element.contains("autocomplete=\"off\""), "{path} {element}");
                assert!(element.contains("spellcheck=\"false\""), "{path} {element}");
            }
        }
    }
}

#[actix_web::test]
async fn every_control_has_a_label_and_every_id_is_unique() {
    let house = House::open();
    let html = house.get("/denunciar").await.text().await.unwrap();
    let values = |of: &str| -> Vec<String> {
        html.split(of)
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect()
    };
    let ids = values(" id=\"");
    let unique: std::collections::HashSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    let labels = values("<label for=\"");
    for control in html
        .split("<input ")
        .chain(html.split("<select "))
        .chain(html.split("<textarea "))
    {
        if let Some(id) = control.split('>').next().unwrap().split("id=\"").nth(1) {
            let id = id.split('"').next().unwrap();
            assert!(
                labels.iter().any(|label| label == id)
                    || ids.iter().all(|known| known != id)
                    || id == "contenido"
                    || id.starts_with("seccion-"),
                "{id}"
            );
        }
    }
    for described in values("aria-describedby=\"") {
        for id in described.split(' ') {
            assert!(ids.iter().any(|known| known == id), "{id}");
        }
    }
}

#[actix_web::test]
async fn the_form_shows_no_more_of_an_answer_again_than_could_be_right() {
    let house = House::open();
    for (field, most) in [
        ("narrative", 20_000),
        ("people[0].description", 2_000),
        ("people[0].name", 300),
        ("keep_from", 3_010),
        ("facts.from", 100),
        ("reporter.role", 0),
    ] {
        let long = "'".repeat(100_000);
        let page = house.post_form("/denunciar", &[(field, &long)]).await;
        assert_eq!(page.status(), 422, "{field}");
        let html = page.text().await.unwrap();
        assert_eq!(html.matches("&#39;").count(), most, "{field}");
        if most > 0 {
            assert!(html.contains("solo se muestran los primeros"), "{field}");
        }
    }
    let name = "'".repeat(100_000);
    let page = house.post_form("/denunciar", &[(&name, "x")]).await;
    assert_eq!(page.status(), 422);
    assert_eq!(page.text().await.unwrap().matches("&#39;").count(), 100);
}

/// What `forget.html` is for shows in `tests/browser` only, and only in the forms on its way.
#[test]
fn every_form_asks_the_browser_to_forget_it() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/templates/intake");
    let mut forms = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let template = std::fs::read_to_string(&path).unwrap();
        for form in template.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            forms += 1;
            assert!(
                form.contains("{% include \"forget.html\" %}"),
                "a form in {} lacks {{% include \"forget.html\" %}}",
                path.display()
            );
        }
    }
    assert!(forms >= 3, "the forms were found: {forms}");
}
