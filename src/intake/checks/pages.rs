//! What the pages keep.

use crate::testing::House;
use crate::walking::Walk;

const HOSTILE: &str = "\"><script>alert(1)</script></textarea>&amp;'{{ 7 * 7 }}";

#[actix_web::test]
async fn a_hostile_token_is_shown_again_as_text() {
    let house = House::open();
    let page = house
        .post_form("/seguimiento", &[("tracking_token", HOSTILE)])
        .await;
    assert!(!page.text().await.unwrap().contains("<script"));
}

#[actix_web::test]
async fn pages_come_in_the_language_asked_for() {
    let house = House::open();
    for (asked, language, heading) in [
        ("es-MX,es;q=0.9", "es-MX", "Qué pasó</h1>"),
        ("en-US,en;q=0.9", "en", "What happened</h1>"),
        ("fr", "es-MX", "Qué pasó</h1>"),
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
    let mut pages = vec![(
        "/seguimiento".to_owned(),
        house.get("/seguimiento").await.text().await.unwrap(),
    )];
    let mut walk = Walk::begin(&house).await;
    for step in ["place", "people", "story", "reporter", "handling"] {
        walk.press(&house, step, &[]).await;
        pages.push((step.to_owned(), walk.html.clone()));
    }
    for (path, html) in pages {
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
    let mut walk = Walk::begin(&house).await;
    for step in [
        "what", "place", "people", "story", "safety", "evidence", "reporter", "handling",
    ] {
        walk.press(&house, step, &[]).await;
        labels_and_ids_are_sound(&walk.html);
    }
}

fn labels_and_ids_are_sound(html: &str) {
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

#[actix_web::test]
async fn the_first_field_at_fault_has_the_focus() {
    let house = House::open();
    let token = house.file().await;
    let page = house
        .post_form("/seguimiento", &[("tracking_token", &token)])
        .await;
    let html = page.text().await.unwrap();
    let receipt = html.split("name=\"receipt\" value=\"").nth(1).unwrap();
    let receipt = receipt.split('"').next().unwrap();
    let calm = [("peligro", "no"), ("trabaja", "si")];
    for (path, fields, id) in [
        ("/orientacion", &calm[..], "asunto"),
        ("/seguimiento", &[("tracking_token", "uno dos")], "palabras"),
        ("/seguimiento", &[], "palabras"),
        ("/acuse/verificar", &[("receipt", "nada")], "acuse"),
        (
            "/acuse/verificar",
            &[("receipt", receipt), ("proof", "nada")],
            "prueba",
        ),
    ] {
        let first = house.get(path).await.text().await.unwrap();
        assert!(!first.contains(" autofocus"), "{path}");
        let html = house.post_form(path, fields).await.text().await.unwrap();
        let focused: Vec<_> = html
            .split('<')
            .filter_map(|rest| rest.split('>').next())
            .filter(|tag| tag.contains(" autofocus"))
            .collect();
        assert_eq!(focused.len(), 1, "{path} {focused:?}");
        assert!(focused[0].contains(&format!(" id=\"{id}\"")), "{focused:?}");
    }
}
