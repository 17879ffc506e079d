//! The form from step to step, as people walk it.

use crate::testing::{House, NARRATIVE, NOON};
use crate::walking::Walk;

const HOSTILE: &str = "\"><script>alert(1)</script></textarea>&amp;'{{ 7 * 7 }}";

/// An answer in every step.
const ANSWERS: [(&str, &str); 18] = [
    ("suspected_risk", "corrupcion"),
    ("workplace.ooad", "jalisco"),
    ("workplace.place", "Urgencias"),
    ("facts.from", "2026-02-01"),
    ("facts.ongoing", "1"),
    ("people[0].name", "Fulano de Tal"),
    ("people[0].rank", "SUPERIOR"),
    ("witnesses[0].name", "Una compañera"),
    ("narrative", NARRATIVE),
    ("retaliation", "1"),
    ("support_wanted", "MEDICO"),
    ("support_wanted", "JURIDICO"),
    ("reporter.role", "TESTIGO"),
    ("identity.name", "Mengana"),
    ("keep_from_seats", "PRESIDENCIA"),
    ("keep_from", "La jefa de turno\nEl chofer"),
    ("already_filed_with", "OIC"),
    ("referral_consent", "QUIERO_ORIENTACION"),
];

#[actix_web::test]
async fn the_review_shows_every_answer_and_the_form_every_step_once() {
    let house = House::open();
    let mut walk = Walk::begin(&house).await;
    let mut seen = Vec::new();
    while walk.step() != "review" {
        let number = format!("Paso {} de 9", seen.len() + 1);
        assert!(walk.html.contains(&number), "{number}");
        assert_eq!(walk.status, 200);
        seen.push(walk.step());
        let here: Vec<_> = ANSWERS
            .into_iter()
            .filter(|(name, _)| walk.html.contains(&format!("name=\"{name}\"")))
            .collect();
        walk.press(&house, "next", &here).await;
    }
    let steps = [
        "what", "place", "people", "story", "safety", "evidence", "reporter", "handling",
    ];
    assert_eq!(seen, steps);
    assert!(walk.html.contains("Paso 9 de 9"));
    for shown in [
        "Pidieron dinero o favores, o usan mal los recursos",
        "Jalisco",
        "Urgencias",
        "1 de febrero de 2026",
        "Fulano de Tal",
        "Tiene un puesto superior",
        "Una compañera",
        NARRATIVE,
        "Atención médica",
        "Asesoría jurídica",
        "Lo vi o lo escuché",
        "Mengana",
        "Presidencia del Comité",
        "La jefa de turno\nEl chofer",
        "Órgano Interno de Control",
        "Quiero orientación antes de decidir",
    ] {
        assert!(walk.html.contains(shown), "{shown}");
    }
    assert_eq!(house.mailroom.stored(), 0);
}

#[actix_web::test]
async fn going_back_and_forth_keeps_every_answer() {
    let house = House::open();
    let mut walk = Walk::to_review(&house, &ANSWERS).await;
    for step in [
        "handling", "reporter", "evidence", "safety", "story", "people", "place", "what",
    ] {
        walk.press(&house, "back", &shown_again(&walk)).await;
        assert_eq!(walk.step(), step);
        assert_eq!(walk.status, 200);
    }
    for (name, value) in ANSWERS {
        // Sends what the page itself shows, as a browser does.
        while !walk.html.contains(&format!("name=\"{name}\"")) {
            walk.press(&house, "next", &shown_again(&walk)).await;
        }
        let kept = [
            format!("name=\"{name}\" value=\"{value}\" checked"),
            format!("name=\"{name}\" value=\"{value}\" auto"),
            format!("<option value=\"{value}\" selected"),
            format!("<option value=\"{value}\" lang=\"es-MX\" selected"),
            format!("\n{value}</textarea>"),
        ];
        assert!(kept.iter().any(|kept| walk.html.contains(kept)), "{name}");
    }
}

/// The answers of a step that its own page shows.
fn shown_again(walk: &Walk) -> Vec<(&'static str, &'static str)> {
    ANSWERS
        .into_iter()
        .filter(|(name, _)| walk.html.contains(&format!("name=\"{name}\"")))
        .collect()
}

#[actix_web::test]
async fn a_step_can_be_changed_from_the_review_and_left_for_it_again() {
    let house = House::open();
    let mut walk = Walk::to_review(&house, &ANSWERS).await;
    walk.press(&house, "people", &[]).await;
    assert_eq!(walk.step(), "people");
    assert!(walk.html.contains("value=\"Fulano de Tal\""));
    assert!(walk.html.contains("value=\"review\""));
    let changed = [("people[0].name", "Zutano")];
    walk.press(&house, "review", &changed).await;
    assert_eq!(walk.step(), "review");
    assert!(walk.html.contains("Zutano"));
    assert!(!walk.html.contains("Fulano"));
    assert!(walk.html.contains(NARRATIVE));
}

#[actix_web::test]
async fn what_is_wrong_is_told_beside_its_field_and_on_top_and_every_answer_is_kept() {
    let house = House::open();
    for (step, answers, shown) in [
        (
            "place",
            &[
                ("facts.from", "2026-03-04"),
                ("facts.to", "2026-03-01"),
                ("workplace.place", "Urgencias"),
            ][..],
            &[
                "<a href=\"#facts-to\">",
                "id=\"facts-to-error\">La última fecha",
                "aria-describedby=\"facts-to-error facts-to-hint\"",
                "value=\"2026-03-01\" autocomplete=\"off\" autofocus aria-invalid=\"true\"",
                "value=\"2026-03-04\"",
                "value=\"Urgencias\"",
            ][..],
        ),
        (
            "place",
            &[("facts.from", "2026-03-05")],
            &["id=\"facts-from-error\">Ese día todavía no llega."],
        ),
        (
            "people",
            &[("people[1].name", "Ana"), ("people[1].rank", "REY")],
            &[
                "<a href=\"#people-1-rank\">Persona 2, ",
                "id=\"people-1-rank-error\">Elija una opción",
                "value=\"Ana\"",
            ],
        ),
        (
            "story",
            &[("narrative", "muy corto")],
            &[
                "<a href=\"#narrative\">",
                "id=\"narrative-error\">Escriba al menos 20 caracteres.",
                ">\nmuy corto</textarea>",
            ],
        ),
        (
            "handling",
            &[("keep_from", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk")],
            &["id=\"keep-from-error\">Indique como máximo 10."],
        ),
    ] {
        let mut walk = Walk::begin(&house).await;
        walk.press(&house, "story", &[]).await;
        if step != "story" {
            walk.press(&house, step, &[("narrative", NARRATIVE)]).await;
        }
        assert_eq!(walk.step(), step);
        walk.press(&house, "next", answers).await;
        assert_eq!((walk.step().as_str(), walk.status.as_u16()), (step, 422));
        for shown in shown {
            assert!(walk.html.contains(shown), "{step}: {shown}");
        }
        assert_eq!(walk.html.matches(" autofocus").count(), 1, "{step}");
    }
    assert_eq!(house.mailroom.stored(), 0);
}

#[actix_web::test]
async fn the_review_leads_to_the_first_step_that_is_wrong() {
    let house = House::open();
    let mut walk = Walk::begin(&house).await;
    walk.press(&house, "place", &[]).await;
    // Backward, nothing is asked; only the review asks about everything.
    walk.press(&house, "back", &[("facts.from", "2026-02-30")])
        .await;
    assert_eq!((walk.step().as_str(), walk.status.as_u16()), ("what", 200));
    walk.press(&house, "review", &[]).await;
    assert_eq!((walk.step().as_str(), walk.status.as_u16()), ("place", 422));
    assert!(walk.html.contains("id=\"facts-from-error\""));
    walk.press(&house, "review", &[]).await;
    assert_eq!((walk.step().as_str(), walk.status.as_u16()), ("story", 422));
    assert!(
        walk.html
            .contains("id=\"narrative-error\">Falta esta respuesta.")
    );
}

#[actix_web::test]
async fn another_person_can_be_added_without_scripts() {
    let house = House::open();
    let mut walk = Walk::begin(&house).await;
    walk.press(&house, "people", &[]).await;
    assert!(!walk.html.contains("people[1].name"));
    walk.press(&house, "more-people", &[("people[0].name", "Ana")])
        .await;
    assert!(walk.html.contains("name=\"people[1].name\""));
    assert!(walk.html.contains("value=\"Ana\""));
    for _ in 0..12 {
        walk.press(&house, "more-people", &[("people[0].name", "Ana")])
            .await;
    }
    assert!(walk.html.contains("name=\"people[9].name\""));
    assert!(!walk.html.contains("name=\"people[10].name\""));
    assert!(!walk.html.contains("value=\"more-people\""));
}

#[actix_web::test]
async fn whoever_is_in_danger_sees_the_emergency_number_at_once_and_at_the_review() {
    let house = House::open();
    let answers = [("immediate_danger", "1"), ("narrative", NARRATIVE)];
    let walk = Walk::to_review(&house, &answers).await;
    assert!(walk.errors().contains("911"));
    let mut at_once = Walk::begin(&house).await;
    at_once.press(&house, "safety", &[]).await;
    assert!(!at_once.errors().contains("911"));
    at_once.press(&house, "next", &answers[..1]).await;
    assert!(at_once.errors().contains("911"));
    let calm = Walk::to_review(&house, &answers[1..]).await;
    assert!(!calm.errors().contains("911"));
}

#[actix_web::test]
async fn the_language_can_be_changed_midway_and_nothing_is_lost() {
    let house = House::open();
    let mut walk = Walk::begin(&house).await;
    walk.press(&house, "story", &[]).await;
    assert!(walk.html.contains("formaction=\"/en/denunciar\""));
    walk.press_at(&house, "/en/denunciar", "stay", &[("narrative", NARRATIVE)])
        .await;
    assert!(walk.html.contains("<html lang=\"en\">"));
    assert!(walk.html.contains(NARRATIVE));
    assert!(walk.html.contains("action=\"/en/denunciar\""));
    walk.press_at(
        &house,
        "/en/denunciar",
        "review",
        &[("narrative", NARRATIVE)],
    )
    .await;
    let (state, step) = (walk.state(), walk.step());
    walk.press_at(&house, "/es/denunciar", "stay", &[]).await;
    assert_eq!((walk.state(), walk.step()), (state, step));
    assert!(walk.html.contains("Revise y envíe"));
}

#[actix_web::test]
async fn a_page_that_lapsed_gives_back_what_was_written_in_it() {
    let house = House::open();
    let mut walk = Walk::begin(&house).await;
    walk.press(&house, "next", &[("suspected_risk", "corrupcion")])
        .await;
    let in_time = house.twin("2026-03-05T01:59:00Z");
    let later = house.twin("2026-03-05T02:01:00Z");
    let written = [
        ("workplace.place", "Urgencias"),
        ("facts.from", "2026-02-01"),
    ];
    let state = walk.state();
    let mut still = Walk {
        status: walk.status,
        html: walk.html.clone(),
    };
    still.press(&in_time, "next", &written).await;
    assert_eq!(still.step(), "people");
    walk.press(&later, "next", &written).await;
    assert_eq!((walk.step().as_str(), walk.status.as_u16()), ("place", 422));
    assert!(walk.html.contains("Esta página venció"));
    assert!(walk.html.contains("value=\"Urgencias\""));
    assert!(walk.html.contains("value=\"2026-02-01\""));
    // What it carries now is new, and good again, with the answers of the steps before.
    assert_ne!(walk.state(), state);
    walk.press(&later, "next", &written).await;
    assert_eq!(walk.step(), "people");
    walk.press(&later, "what", &[]).await;
    assert!(walk.html.contains("value=\"corrupcion\" checked"));
}

#[actix_web::test]
async fn what_a_page_carries_cannot_be_edited_nor_used_as_something_else() {
    let house = House::open();
    let mut walk = Walk::begin(&house).await;
    walk.press(&house, "story", &[]).await;
    let state = walk.state();
    let review = Walk::to_review(&house, &[("narrative", NARRATIVE)]).await;
    let edited = format!("{}A{}", &state[..100], &state[101..]);
    let edited = if edited == state {
        format!("{}B{}", &state[..100], &state[101..])
    } else {
        edited
    };
    for foreign in [
        edited.as_str(),
        &state[..state.len() - 4],
        "",
        "%%%",
        &review.state(),
    ] {
        let fields = [
            ("state", foreign),
            ("step", "story"),
            ("go", "next"),
            ("narrative", NARRATIVE),
        ];
        let page = house.post_form("/denunciar", &fields).await;
        assert_eq!(page.status(), 422);
        let html = page.text().await.unwrap();
        assert!(html.contains("Esta página venció"));
        assert!(html.contains(NARRATIVE));
    }
    // Nor is a draft a review: sent as one, nothing is filed.
    for step in ["review", "words"] {
        let fields = [("state", state.as_str()), ("step", step), ("go", "send")];
        let page = house.post_form("/denunciar", &fields).await;
        assert_eq!(page.status(), 422, "{step}");
    }
    assert_eq!(house.mailroom.stored(), 0);
}

#[actix_web::test]
async fn nothing_of_what_was_written_before_can_be_read_in_a_page() {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

    let house = House::open();
    let mut walk = Walk::begin(&house).await;
    walk.press(&house, "story", &[]).await;
    walk.press(&house, "next", &[("narrative", NARRATIVE)])
        .await;
    assert_eq!(walk.step(), "safety");
    assert!(!walk.html.contains("guardia"));
    let carried = BASE64.decode(walk.state()).unwrap();
    for word in [&b"guardia"[..], b"narrative"] {
        assert!(!carried.windows(word.len()).any(|bytes| bytes == word));
    }
    // Of the same length as a page that carries far less.
    assert_eq!(
        carried.len(),
        BASE64
            .decode(Walk::begin(&house).await.state())
            .unwrap()
            .len()
    );
}

#[actix_web::test]
async fn hostile_answers_are_shown_again_as_text() {
    let house = House::open();
    for (step, field) in [
        ("story", "narrative"),
        ("people", "people[0].name"),
        ("place", "facts.from"),
        ("handling", "keep_from"),
    ] {
        let mut walk = Walk::begin(&house).await;
        walk.press(&house, step, &[]).await;
        walk.press(&house, "stay", &[(field, HOSTILE)]).await;
        assert!(!walk.html.contains("<script"), "{field}");
        assert!(
            walk.html.contains("&#34;&#62;&#60;script&#62;alert(1)"),
            "{field}"
        );
    }
    let mut walk = Walk::begin(&house).await;
    walk.press(&house, "next", &[(HOSTILE, "x")]).await;
    assert_eq!(walk.status, 422);
    assert!(!walk.html.contains("<script"));
    let hostile = format!("{NARRATIVE} {HOSTILE}");
    let answers = [
        ("narrative", hostile.as_str()),
        ("people[0].name", HOSTILE),
        ("workplace.place", HOSTILE),
    ];
    let walk = Walk::to_review(&house, &answers).await;
    assert!(!walk.html.contains("<script"));
    assert_eq!(walk.html.matches("&#60;script&#62;alert(1)").count(), 3);
}

#[actix_web::test]
async fn a_field_that_the_step_does_not_have_is_refused() {
    let house = House::open();
    for field in ["ip", "narrative", "people[10].name", "people[0].alias"] {
        let mut walk = Walk::begin(&house).await;
        walk.press(&house, "next", &[(field, "203.0.113.9")]).await;
        assert_eq!(walk.status, 422, "{field}");
        assert!(walk.html.contains("Este campo no existe."), "{field}");
        assert_eq!(walk.step(), "what");
    }
}

#[actix_web::test]
async fn a_form_that_cannot_be_read_is_a_bad_request() {
    let house = House::open();
    for body in [
        "narrative=%zz",
        "narrative=%ff",
        "",
        "step=nada",
        "step=what&go=nada",
        "narrative=Mi+jefe+me+pide+dinero",
    ] {
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
async fn the_form_shows_no_more_of_an_answer_again_than_could_be_right() {
    let house = House::open();
    for (step, field, most) in [
        ("story", "narrative", 20_000),
        ("people", "people[0].description", 2_000),
        ("people", "people[0].name", 300),
        ("handling", "keep_from", 3_010),
        ("place", "facts.from", 100),
        ("reporter", "reporter.role", 0),
    ] {
        let mut walk = Walk::begin(&house).await;
        walk.press(&house, step, &[]).await;
        let long = "'".repeat(100_000);
        // Whichever button: what was cut off must not be lost without a word.
        for button in ["next", "back", "review", "stay"] {
            walk.press(&house, button, &[(field, &long)]).await;
            assert_eq!(
                (walk.step().as_str(), walk.status.as_u16()),
                (step, 422),
                "{field}"
            );
            assert_eq!(walk.html.matches("&#39;").count(), most, "{field}");
            assert!(
                walk.html.contains("sólo se muestran los primeros"),
                "{field}"
            );
        }
    }
    let mut walk = Walk::begin(&house).await;
    walk.press(&house, "next", &[(&"'".repeat(100_000), "x")])
        .await;
    assert_eq!(walk.status, 422);
    assert_eq!(walk.html.matches("&#39;").count(), 100);
}

#[actix_web::test]
async fn the_longest_complaint_can_be_walked_there_and_back_and_sent() {
    let house = House::open();
    let (story, long, short) = ("𝒜".repeat(20_000), "𝒜".repeat(2_000), "𝒜".repeat(300));
    let people: Vec<[String; 4]> = (0..10)
        .map(|index| {
            ["name", "position", "area", "description"].map(|of| format!("people[{index}].{of}"))
        })
        .collect();
    let witnesses: Vec<[String; 2]> = (0..10)
        .map(|index| ["name", "contact"].map(|of| format!("witnesses[{index}].{of}")))
        .collect();
    let mut who: Vec<(&str, &str)> = Vec::new();
    for [name, position, area, description] in &people {
        who.extend([
            (name.as_str(), short.as_str()),
            (position, &short),
            (area, &short),
        ]);
        who.push((description, &long));
    }
    for [name, contact] in &witnesses {
        who.extend([(name.as_str(), short.as_str()), (contact, &short)]);
    }
    let keep_from = vec![short.clone(); 10].join("\n");
    let mut walk = Walk::begin(&house).await;
    walk.press(&house, "people", &[]).await;
    walk.press(&house, "handling", &who).await;
    walk.press(&house, "story", &[("keep_from", &keep_from)])
        .await;
    walk.press(&house, "review", &[("narrative", &story)]).await;
    assert_eq!(walk.step(), "review", "{}", walk.errors());
    walk.press(&house, "story", &[]).await;
    walk.press(&house, "review", &[("narrative", &story)]).await;
    assert_eq!(walk.step(), "review", "{}", walk.errors());
    walk.press(&house, "send", &[]).await;
    assert_eq!(walk.status, 201);
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn facts_may_be_of_today_and_not_of_tomorrow() {
    let house = House::open();
    assert!(NOON.starts_with("2026-03-04"));
    for (day, next) in [("2026-03-04", "people"), ("2026-03-05", "place")] {
        let mut walk = Walk::begin(&house).await;
        walk.press(&house, "place", &[]).await;
        walk.press(&house, "next", &[("facts.from", day)]).await;
        assert_eq!(walk.step(), next, "{day}");
    }
}

#[actix_web::test]
async fn a_person_or_a_witness_that_was_added_can_be_taken_out_again() {
    let house = House::open();
    let mut walk = Walk::begin(&house).await;
    walk.press(&house, "people", &[]).await;
    assert!(!walk.html.contains("value=\"less-"), "there is one of each");
    walk.press(&house, "more-people", &[("people[0].name", "Ana")])
        .await;
    walk.press(
        &house,
        "more-witnesses",
        &[("people[0].name", "Ana"), ("people[1].name", "Luis")],
    )
    .await;
    assert!(
        walk.html
            .contains("value=\"less-people-0\" aria-label=\"Quitar: Persona 1\"")
    );
    assert!(walk.html.contains("value=\"less-witnesses-1\""));
    // What was written just now is kept as well.
    let written = [
        ("people[0].name", "Ana"),
        ("people[1].name", "Luis"),
        ("people[1].area", "Farmacia"),
        ("witnesses[1].name", "Eva"),
    ];
    walk.press(&house, "less-people-0", &written).await;
    assert_eq!(
        (walk.step().as_str(), walk.status.as_u16()),
        ("people", 200)
    );
    assert!(!walk.html.contains("Ana"));
    assert!(!walk.html.contains("less-people"));
    let left = [
        ("people[0].name", "Luis"),
        ("people[0].area", "Farmacia"),
        ("witnesses[1].name", "Eva"),
    ];
    for (name, value) in left {
        assert!(
            walk.html
                .contains(&format!("name=\"{name}\" value=\"{value}\"")),
            "{name}"
        );
    }
    walk.press(&house, "less-witnesses-0", &left).await;
    walk.press(
        &house,
        "story",
        &[("people[0].name", "Luis"), ("witnesses[0].name", "Eva")],
    )
    .await;
    walk.press(&house, "review", &[("narrative", NARRATIVE)])
        .await;
    assert!(walk.html.contains("Luis") && walk.html.contains("Eva"));
    assert!(!walk.html.contains("Persona 1"));
    for nothing in [
        "less-people-9",
        "less-people",
        "less-people-x",
        "less-facts-0",
    ] {
        let mut other = Walk::begin(&house).await;
        other.press(&house, nothing, &[]).await;
        let expected = if nothing == "less-people-9" { 200 } else { 400 };
        assert_eq!(other.status, expected, "{nothing}");
    }
}

#[actix_web::test]
async fn the_first_page_says_which_step_asks_for_the_story() {
    let house = House::open();
    let mut walk = Walk::begin(&house).await;
    assert!(walk.html.contains("Sólo se pide el relato, en el paso 4."));
    walk.press(&house, "story", &[]).await;
    assert!(walk.html.contains("Paso 4 de"));
}

#[actix_web::test]
async fn whoever_keeps_somebody_out_learns_first_what_that_can_do() {
    let house = House::open();
    let mut walk = Walk::begin(&house).await;
    walk.press(&house, "handling", &[]).await;
    let main = walk.html.split("<main").nth(1).unwrap();
    let before = main.split("name=\"keep_from_seats\"").next().unwrap();
    assert!(before.contains("no puede abrir la denuncia ni sabe que existe"));
    assert!(before.contains("<a href=\"/orientacion\">"));
    // What a blank answer means stands beside the question.
    assert!(main.contains("no cuenta como permiso"));
}
