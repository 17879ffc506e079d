//! Sending the form, as often as it may be sent, and keeping the words.

use std::collections::HashSet;

use crate::testing::{House, NARRATIVE};
use crate::walking::Walk;

/// The words page of a complaint that is the narrative alone.
async fn filed(house: &House) -> Walk {
    let mut walk = Walk::to_review(house, &[("narrative", NARRATIVE)]).await;
    walk.press(house, "send", &[]).await;
    assert_eq!(walk.status, 201, "{}", walk.errors());
    walk
}

#[actix_web::test]
async fn a_complaint_is_filed_with_the_narrative_alone() {
    let house = House::open();
    let walk = filed(&house).await;
    assert_eq!(walk.words().len(), 12);
    assert!(walk.html.contains("4 de marzo de 2026"));
    assert!(receipts::verify(&walk.receipt(), &house.receipts).is_ok());
    assert_eq!(house.mailroom.stored(), 1);
    let token = walk.words().join(" ");
    let mailbox = house
        .post_form("/seguimiento", &[("tracking_token", &token)])
        .await;
    assert_eq!(mailbox.status(), 200);
}

#[actix_web::test]
async fn fifty_who_send_the_same_page_at_once_are_one_complaint() {
    let house = House::open();
    let review = Walk::to_review(&house, &[("narrative", NARRATIVE)]).await;
    let sends = (0..50).map(|_| async {
        let mut walk = review.clone();
        walk.press(&house, "send", &[]).await;
        assert_eq!(walk.status, 201);
        (walk.words(), walk.receipt())
    });
    let answers: HashSet<_> = futures_util::future::join_all(sends)
        .await
        .into_iter()
        .collect();
    assert_eq!(answers.len(), 1);
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn sent_again_days_later_to_another_process_and_after_it_was_opened_it_is_the_same_one() {
    let house = House::open();
    // Half an hour before the working day ends, so that the second one is of the next day.
    let before = house.twin("2026-03-05T00:30:00Z");
    let after = house.twin("2026-03-05T05:00:00Z");
    let review = Walk::to_review(&before, &[("narrative", NARRATIVE)]).await;
    let mut first = review.clone();
    first.press(&before, "send", &[]).await;
    house.mailroom.work_off();
    let mut second = review;
    second.press(&after, "send", &[]).await;
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 201));
    assert_eq!(first.words(), second.words());
    assert_eq!(first.receipt(), second.receipt());
    assert_eq!(house.mailroom.stored(), 0, "it is not taken anew");
    // And the day does change between the two.
    assert_ne!(filed(&before).await.html, filed(&after).await.html);
}

#[actix_web::test]
async fn two_processes_with_one_key_serve_one_person() {
    let house = House::open();
    let twin = house.twin(crate::testing::NOON);
    let stranger = House::open();
    let mut walk = Walk::begin(&house).await;
    walk.press(&twin, "story", &[]).await;
    walk.press(&house, "review", &[("narrative", NARRATIVE)])
        .await;
    assert_eq!(walk.step(), "review");
    let review = walk.clone();
    walk.press(&twin, "send", &[]).await;
    let mut again = review.clone();
    again.press(&house, "send", &[]).await;
    assert_eq!(walk.words(), again.words());
    assert_eq!(house.mailroom.stored(), 1);
    let mut lost = review;
    lost.press(&stranger, "send", &[]).await;
    assert_eq!(lost.status, 422);
    assert_eq!(stranger.mailroom.stored(), 0);
}

#[actix_web::test]
async fn whoever_changes_something_after_the_review_gets_another_token() {
    let house = House::open();
    let review = Walk::to_review(&house, &[("narrative", NARRATIVE)]).await;
    let mut changed = review.clone();
    changed.press(&house, "story", &[]).await;
    let other = format!("{NARRATIVE} Y también la del sábado.");
    changed
        .press(&house, "review", &[("narrative", &other)])
        .await;
    changed.press(&house, "send", &[]).await;
    let mut first = review;
    first.press(&house, "send", &[]).await;
    assert_ne!(changed.words(), first.words());
    assert_eq!(house.mailroom.stored(), 2);
}

#[actix_web::test]
async fn when_the_store_is_down_nothing_is_acknowledged_and_the_same_page_can_be_sent_again() {
    let house = House::open();
    let mut walk = Walk::to_review(&house, &[("narrative", NARRATIVE)]).await;
    let state = walk.state();
    house.mailroom.go_down();
    walk.press(&house, "send", &[]).await;
    assert_eq!(walk.status, 503);
    assert!(walk.html.contains("Nada se dio por recibido."));
    assert!(walk.html.contains(NARRATIVE));
    assert!(!walk.html.contains("<ol lang=\"es\">"));
    assert_eq!(walk.state(), state);
    house.mailroom.come_back();
    walk.press(&house, "send", &[]).await;
    assert_eq!(walk.status, 201);
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn a_review_that_lapsed_files_nothing_and_gives_the_answers_back() {
    let house = House::open();
    let mut walk = Walk::to_review(&house, &[("narrative", NARRATIVE)]).await;
    let later = house.twin("2026-03-05T02:01:00Z");
    walk.press(&later, "send", &[]).await;
    assert_eq!(walk.status, 422);
    assert!(walk.errors().contains("no se envió la denuncia"));
    assert_eq!(house.mailroom.stored(), 0);
    assert_eq!(walk.step(), "review");
    assert!(walk.html.contains(NARRATIVE));
    walk.press(&later, "send", &[]).await;
    assert_eq!(walk.status, 201);
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn a_review_that_was_sent_in_time_says_so_after_it_lapsed_and_shows_no_words() {
    let house = House::open();
    let review = Walk::to_review(&house, &[("narrative", NARRATIVE)]).await;
    let mut walk = review.clone();
    walk.press(&house, "send", &[]).await;
    let words = walk.words();
    let mut again = review;
    let later = house.twin("2026-03-05T02:01:00Z");
    again.press(&later, "send", &[]).await;
    assert_eq!(again.status, 422);
    assert!(again.html.contains("su denuncia está guardada"));
    assert!(!again.html.contains(&words.join(" ")));
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn half_an_hour_after_sending_the_words_are_shown_no_more() {
    let house = House::open();
    let page = filed(&house).await;
    let words = page.words();
    house.clock.forward(30 * 60);
    let mut walk = page.clone();
    walk.press(&house, "stay", &[]).await;
    assert_eq!((walk.status.as_u16(), walk.words()), (200, words.clone()));
    house.clock.forward(1);
    // Pressing on does not make it last.
    for page in [page, walk] {
        for button in ["stay", "check", "skip", "download", "back"] {
            let mut late = page.clone();
            late.press(&house, button, &[]).await;
            assert_eq!(late.status, 422, "{button}");
            assert!(
                late.html
                    .contains("Esta página venció, pero su denuncia está guardada.")
            );
            assert!(
                late.html
                    .contains("presente otra denuncia y diga que ya envió una")
            );
            for word in &words {
                assert!(!late.html.contains(&format!("<li>{word}</li>")), "{button}");
            }
            assert!(!late.html.contains("name=\"state\""), "{button}");
        }
    }
}

#[actix_web::test]
async fn the_words_come_with_the_days_of_what_comes_next() {
    let house = House::open();
    let walk = filed(&house).await;
    let receipt = receipts::verify(&walk.receipt(), &house.receipts).unwrap();
    assert!(!receipt.terms.is_empty());
    let texts = crate::shared::translations().unwrap();
    let texts = texts.of(service::language::Language::EsMx);
    let next = walk.html.split("id=\"sigue\"").nth(1).unwrap();
    for term in &receipt.terms {
        let told = service::wording::deadline(texts, term);
        assert!(next.contains(&told), "{told}");
    }
}

#[actix_web::test]
async fn nothing_is_given_back_after_a_day() {
    let house = House::open();
    let review = Walk::to_review(&house, &[("narrative", NARRATIVE)]).await;
    for (now, is_given_back) in [
        ("2026-03-05T17:59:00Z", true),
        ("2026-03-05T18:01:00Z", false),
    ] {
        let mut walk = review.clone();
        walk.press(&house.twin(now), "send", &[]).await;
        assert_eq!(walk.status, 422);
        assert_eq!(walk.html.contains(NARRATIVE), is_given_back, "{now}");
    }
    assert_eq!(house.mailroom.stored(), 0);
}

#[actix_web::test]
async fn two_words_are_typed_back_before_leaving() {
    let house = House::open();
    let page = filed(&house).await;
    let (words, asked) = (page.words(), page.asked());
    assert_eq!(asked.len(), 2);
    let right = [words[asked[0]].as_str(), words[asked[1]].as_str()];
    for (typed, status, heading) in [
        (right, 200, "Listo. Anotó bien sus palabras"),
        ([right[0], "zanahoria"], 422, "Corrija su nota"),
        (["", ""], 422, "Corrija su nota"),
    ] {
        let mut walk = page.clone();
        let typed = [("word-1", typed[0]), ("word-2", typed[1])];
        // As often as it is sent, the answer is the same.
        for _ in 0..2 {
            let mut again = walk.clone();
            again.press(&house, "check", &typed).await;
            assert_eq!(again.status, status);
            assert!(again.html.contains(heading), "{heading}");
            if status == 422 {
                assert_eq!(again.words(), words, "shown again");
                assert_eq!(again.asked(), asked);
            }
        }
        walk.press(&house, "check", &typed).await;
        let wrong_first = typed[0].1 != right[0];
        assert_eq!(walk.html.contains("id=\"word-1-error\""), wrong_first);
    }
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn whoever_goes_back_can_see_the_words_and_people_are_told_so() {
    let house = House::open();
    let review = Walk::to_review(&house, &[("narrative", NARRATIVE)]).await;
    let mut walk = review.clone();
    walk.press(&house, "send", &[]).await;
    let words = walk.words();
    assert!(
        walk.html
            .contains("quien vuelva atrás en ella y envíe otra vez")
    );
    walk.press(&house, "skip", &[]).await;
    assert!(walk.html.contains("Cierre ahora la ventana"));
    // The page of the words has lapsed; the review has not, and an answer may get lost.
    house.clock.forward(2 * 60 * 60);
    let mut again = review;
    again.press(&house, "send", &[]).await;
    assert_eq!((again.status.as_u16(), again.words()), (201, words));
}

#[actix_web::test]
async fn once_the_words_were_checked_or_skipped_no_page_carries_them() {
    let house = House::open();
    let page = filed(&house).await;
    let (words, asked) = (page.words(), page.asked());
    let right = [
        ("word-1", words[asked[0]].as_str()),
        ("word-2", &words[asked[1]]),
    ];
    for (button, typed, step, told, in_english) in [
        (
            "skip",
            &[][..],
            "skipped",
            "No comprobó sus palabras",
            "You did not check your words",
        ),
        (
            "check",
            &right[..],
            "done",
            "Listo. Anotó bien sus palabras",
            "Done. You wrote",
        ),
    ] {
        let mut walk = page.clone();
        walk.press(&house, button, typed).await;
        assert_eq!((walk.status.as_u16(), walk.step().as_str()), (200, step));
        assert!(walk.html.contains(told));
        assert!(!walk.html.contains("name=\"state\""));
        for go in ["stay", "back", "next", "download"] {
            let fields = [("step", step), ("go", go)];
            let answer = house.post_form("/en/denunciar", &fields).await;
            assert_eq!(answer.status(), 200);
            let html = answer.text().await.unwrap();
            assert!(html.contains(in_english), "{go}");
            assert!(!html.contains("<ol lang=\"es\">"));
        }
    }
}

#[actix_web::test]
async fn the_words_can_be_taken_away_as_a_file_that_names_nothing() {
    let house = House::open();
    let walk = filed(&house).await;
    let fields = [
        ("state", walk.state()),
        ("step", "words".to_owned()),
        ("go", "download".to_owned()),
    ];
    let request = house.client.post(house.url("/denunciar")).form(&fields);
    let file = request.send().await.unwrap();
    assert_eq!(file.status(), 200);
    assert_eq!(
        file.headers()["content-disposition"],
        "attachment; filename=\"notas.txt\""
    );
    assert_eq!(file.headers()["content-type"], "text/plain; charset=utf-8");
    let text = file.text().await.unwrap();
    let lines: Vec<_> = text.trim_end().lines().map(str::to_owned).collect();
    let words: Vec<_> = (1..)
        .zip(walk.words())
        .map(|(number, word)| format!("{number}. {word}"))
        .collect();
    assert_eq!(lines, words);
}

#[actix_web::test]
async fn the_page_with_the_words_keeps_them_out_of_title_and_addresses() {
    let house = House::open();
    let walk = filed(&house).await;
    let title = walk.html.split("<title>").nth(1).unwrap();
    assert_eq!(title.split("</title>").next().unwrap(), "Notas");
    let words = walk.words();
    for place in ["href=\"", "action=\"", "value=\"", "name=\""] {
        for text in walk.html.split(place).skip(1) {
            let text = text.split('"').next().unwrap();
            assert!(!words.iter().any(|word| text == word), "{place}");
        }
    }
    assert!(!walk.html.contains("<script"));
}
