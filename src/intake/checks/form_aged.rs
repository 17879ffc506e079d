//! A form that is kept open for long, and files that would be too old for their letter.

use sealing::TrackingToken;
use serde_json::Value;

use crate::abuse::Lane;
use crate::testing::{Form, House, NARRATIVE};
use crate::walking::{Walk, at_the_files};

const OLD: &[u8] = b"Lo que vi el lunes en la farmacia.\n";
const NEW: &[u8] = b"Lo que vi el martes.\n";
const AGAIN: &str = "Agréguelo otra vez. Lo demás sigue aquí.";

/// Goes on pressing a button, as somebody does who has not decided yet, until a moment.
async fn wait(house: &House, walk: &mut Walk, until: &str) {
    let until: jiff::Timestamp = until.parse().unwrap();
    loop {
        let left = until.as_second() - house.shared.clock.now().as_second();
        if left <= 0 {
            break;
        }
        let pause = u32::try_from(left).unwrap().min(7 * 60 * 60);
        house.clock.forward(pause);
        walk.press(house, "evidence", &[]).await;
        assert_eq!(walk.step(), "evidence");
    }
}

/// The names of what was handed in with a complaint.
async fn handed_in(house: &House, walk: &Walk) -> Vec<String> {
    let token = TrackingToken::parse(&walk.words().join(" ")).unwrap();
    let reading = house
        .shared
        .read(&token, Lane::Ordinary, None)
        .await
        .unwrap();
    let files = reading.seen.mailbox.filed.unwrap().evidence;
    files
        .iter()
        .map(|file| file.name.expose().to_owned())
        .collect()
}

#[actix_web::test]
async fn a_file_that_may_be_gone_is_taken_out_and_named_and_nothing_else_is_lost() {
    let house = House::open();
    let mut walk = at_the_files(&house).await;
    // Wednesday, noon.
    walk.hand_in(&house, "stay", &[("viejo.txt", OLD)]).await;
    // Thursday, noon: the last legal day on which a letter may name it.
    wait(&house, &mut walk, "2026-03-05T18:30:00Z").await;
    walk.hand_in(&house, "stay", &[("nuevo.txt", NEW)]).await;
    walk.press(&house, "review", &[]).await;
    assert!(walk.html.contains("viejo.txt") && walk.html.contains("nuevo.txt"));
    let review = walk.clone();
    // Thursday, after hours: Friday's legal day.
    house.clock.set("2026-03-06T00:01:00Z");
    for button in ["stay", "send"] {
        walk = review.clone();
        walk.press(&house, button, &[]).await;
        assert_eq!(
            (walk.step().as_str(), walk.status.as_u16()),
            ("evidence", 422),
            "{button}"
        );
        assert!(walk.errors().contains(&format!("viejo.txt</strong>: El archivo se agregó hace más de un día hábil y puede haberse borrado. {AGAIN}")));
        assert!(!walk.errors().contains("nuevo.txt"));
        assert!(walk.html.contains("nuevo.txt</"));
    }
    assert_eq!(house.mailroom.stored(), 0);
    walk.hand_in(&house, "stay", &[("viejo.txt", OLD)]).await;
    assert_eq!(walk.status, 200);
    walk.press(&house, "review", &[]).await;
    assert!(walk.html.contains(NARRATIVE));
    walk.press(&house, "send", &[]).await;
    assert_eq!(walk.status, 201);
    assert_eq!(handed_in(&house, &walk).await, ["nuevo.txt", "viejo.txt"]);
}

#[actix_web::test]
async fn the_step_itself_and_the_way_to_the_review_tell_which_files_may_be_gone() {
    let house = House::open();
    let mut walk = at_the_files(&house).await;
    walk.hand_in(&house, "stay", &[("viejo.txt", OLD)]).await;
    wait(&house, &mut walk, "2026-03-05T23:00:00Z").await;
    let page = walk.clone();
    house.clock.set("2026-03-06T00:01:00Z");
    for button in ["stay", "evidence", "next", "review"] {
        walk = page.clone();
        walk.hand_in(&house, button, &[]).await;
        assert_eq!(
            (walk.step().as_str(), walk.status.as_u16()),
            ("evidence", 422),
            "{button}"
        );
        assert!(walk.errors().contains(AGAIN), "{button}");
    }
    // Told once: the file is out.
    walk.hand_in(&house, "review", &[]).await;
    assert_eq!(
        (walk.step().as_str(), walk.status.as_u16()),
        ("review", 200)
    );
    assert!(!walk.html.contains("viejo.txt"));
}

#[actix_web::test]
async fn over_a_weekend_a_file_waits_longer() {
    let house = House::open();
    // Friday, 13 March, noon; Monday is a holiday.
    house.clock.set("2026-03-13T18:00:00Z");
    let mut walk = at_the_files(&house).await;
    walk.hand_in(&house, "stay", &[("viejo.txt", OLD)]).await;
    // Tuesday, before and after closing time.
    wait(&house, &mut walk, "2026-03-17T23:00:00Z").await;
    walk.press(&house, "review", &[]).await;
    let mut late = walk.clone();
    house.clock.set("2026-03-17T23:59:00Z");
    walk.press(&house, "send", &[]).await;
    assert_eq!(walk.status, 201, "{}", walk.errors());
    assert_eq!(handed_in(&house, &walk).await, ["viejo.txt"]);
    // What was sent in time shows its words, however late it is sent again.
    house.clock.set("2026-03-18T00:01:00Z");
    late.press(&house, "send", &[]).await;
    assert_eq!((late.status.as_u16(), late.words()), (201, walk.words()));
}

#[actix_web::test]
async fn a_form_cannot_be_kept_alive_for_ever_and_gives_back_what_was_written() {
    let house = House::open();
    let mut walk = Walk::begin(&house).await;
    walk.press(&house, "story", &[]).await;
    for _ in 0..4 {
        house.clock.forward(6 * 60 * 60 - 1);
        walk.press(&house, "story", &[("narrative", NARRATIVE)])
            .await;
        assert_eq!(walk.status, 200, "{}", walk.errors());
    }
    house.clock.forward(60);
    walk.press(&house, "next", &[("narrative", NARRATIVE)])
        .await;
    assert_eq!((walk.step().as_str(), walk.status.as_u16()), ("story", 422));
    assert!(
        walk.errors()
            .contains("Esta página venció, pero no se perdió nada.")
    );
    assert!(walk.html.contains(NARRATIVE));
    walk.press(&house, "next", &[("narrative", NARRATIVE)])
        .await;
    assert_eq!(
        (walk.step().as_str(), walk.status.as_u16()),
        ("safety", 200)
    );
}

#[actix_web::test]
async fn the_review_keeps_a_form_alive_no_longer() {
    let house = House::open();
    let mut walk = Walk::to_review(&house, &[("narrative", NARRATIVE)]).await;
    for _ in 0..4 {
        house.clock.forward(6 * 60 * 60 - 1);
        walk.press(&house, "story", &[]).await;
        walk.press(&house, "review", &[("narrative", NARRATIVE)])
            .await;
        assert_eq!(walk.step(), "review");
    }
    house.clock.forward(60);
    walk.press(&house, "send", &[]).await;
    assert_eq!(
        (walk.step().as_str(), walk.status.as_u16()),
        ("review", 422)
    );
    assert!(walk.html.contains(NARRATIVE));
    walk.press(&house, "send", &[]).await;
    assert_eq!(walk.status, 201);
}

#[actix_web::test]
async fn a_call_whose_files_took_days_is_refused() {
    let house = House::open();
    let complaint = serde_json::json!({ "narrative": NARRATIVE }).to_string();
    let form = Form::default()
        .field("complaint", &complaint)
        .file("evidence", "viejo.txt", OLD);
    let version = Form::default().field("evidence_version", "original");
    // Until Thursday, after hours.
    let days = || house.clock.set("2026-03-06T00:01:00Z");
    let answer = house
        .post_slowly("/api/v1/complaints", form, version, days)
        .await;
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    let body = answer.split("\r\n\r\n").nth(1).unwrap();
    let problem: Value = serde_json::from_str(body.trim()).unwrap();
    assert_eq!(problem["type"], "urn:guiando:problem:evidence-aged");
    assert_eq!(problem["errors"][0]["field"], "evidence[0]");
    assert_eq!(house.mailroom.stored(), 0);
}

#[actix_web::test]
async fn a_message_whose_files_took_days_keeps_its_text_and_what_is_still_there() {
    let text = Form::default().field("text", "Mis notas.");
    let more = text.clone().file("evidence", "nuevo.txt", NEW);
    for (last, back_to) in [(text, "Mis notas.</textarea>"), (more, "nuevo.txt</h2>")] {
        let house = House::open();
        let token = house.file().await;
        let form =
            Form::default()
                .field("tracking_token", &token)
                .file("evidence", "viejo.txt", OLD);
        let days = || house.clock.set("2026-03-06T00:01:00Z");
        let page = house
            .post_slowly("/seguimiento/mensaje", form, last, days)
            .await;
        let rest = page.split("name=\"pending\" value=\"").nth(1).unwrap();
        let pending = rest.split('"').next().unwrap();
        let fields = [("tracking_token", token.as_str()), ("pending", pending)];
        let answer = house.post_form("/seguimiento/mensaje", &fields).await;
        assert_eq!(answer.status(), 422);
        let html = answer.text().await.unwrap();
        assert!(html.contains(AGAIN) && html.contains("viejo.txt"), "{html}");
        assert!(html.contains(back_to), "{html}");
        assert_eq!(house.mailroom.stored(), 1);
    }
}
