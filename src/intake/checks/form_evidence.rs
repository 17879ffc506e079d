//! The step of the files.

use std::sync::Arc;

use sealing::TrackingToken;
use service::body::BodyLimits;

use crate::abuse::Lane;
use crate::cleaner::tests::{CLEANED, Script};
use crate::evidence::{Errand, EvidenceLimits};
use crate::shared::{Settings, body_limits};
use crate::testing::{Form, House, NARRATIVE};
use crate::walking::{Walk, at_the_files};

const STORY: &[u8] = b"Lo que vi el lunes en la farmacia.\n";

#[actix_web::test]
async fn files_are_told_about_before_sending_and_handed_in_with_the_complaint() {
    let house = House::open();
    let mut walk = at_the_files(&house).await;
    walk.hand_in(&house, "next", &[("notas.txt", STORY), ("más.txt", STORY)])
        .await;
    // Not on to the next step: first, what was found in them.
    assert_eq!(
        (walk.step().as_str(), walk.status.as_u16()),
        ("evidence", 200)
    );
    assert!(walk.html.contains("notas.txt"));
    assert!(walk.html.contains("más.txt"));
    assert_eq!(
        walk.html
            .matches("No se encontraron datos ocultos.")
            .count(),
        2
    );
    assert_eq!(house.mailroom.chunks().len(), 2);
    walk.hand_in(&house, "next", &[("", b"")]).await;
    assert_eq!(walk.step(), "reporter");
    assert!(!walk.html.contains("notas.txt"));
    walk.press(&house, "review", &[]).await;
    assert!(walk.html.contains("notas.txt"));
    let review = Walk {
        status: walk.status,
        html: walk.html.clone(),
    };
    walk.press(&house, "send", &[]).await;
    assert_eq!(walk.status, 201);
    let mut again = review;
    again.press(&house, "send", &[]).await;
    assert_eq!(walk.words(), again.words());
    assert_eq!(walk.receipt(), again.receipt());
    assert_eq!(house.mailroom.stored(), 1);
    assert_eq!(house.mailroom.chunks().len(), 2);
    let token = TrackingToken::parse(&walk.words().join(" ")).unwrap();
    let reading = house
        .shared
        .read(&token, Lane::Ordinary, None)
        .await
        .unwrap();
    let filed = reading.seen.mailbox.filed.unwrap();
    let names: Vec<_> = filed
        .evidence
        .iter()
        .map(|file| file.name.expose())
        .collect();
    assert_eq!(names, ["notas.txt", "más.txt"]);
}

#[actix_web::test]
async fn a_file_that_is_not_taken_is_named_and_the_others_and_the_answers_stay() {
    let house = House::open();
    let mut walk = at_the_files(&house).await;
    let files: [(&str, &[u8]); 3] = [
        ("foto.jpg", STORY),
        ("programa", b"MZ\x90\0\x03\0\0\0"),
        ("notas.txt", STORY),
    ];
    walk.hand_in(&house, "next", &files).await;
    assert_eq!(
        (walk.step().as_str(), walk.status.as_u16()),
        ("evidence", 422)
    );
    let errors = walk.errors();
    assert!(errors.contains("foto.jpg</strong>: El archivo no es lo que dice su nombre."));
    assert!(errors.contains("programa</strong>: Aquí no se recibe este tipo de archivo."));
    assert!(!errors.contains("notas.txt"));
    assert!(walk.html.contains("notas.txt</h2>"));
    walk.press(&house, "review", &[]).await;
    assert_eq!(walk.step(), "review");
    assert!(walk.html.contains(NARRATIVE));
    assert!(walk.html.contains("notas.txt"));
    assert!(!walk.html.contains("foto.jpg"));
}

/// A house without a cleaner, where a picture is held that could not be cleaned.
async fn with_an_uncleaned_picture(house: &House) -> Walk {
    let mut walk = at_the_files(house).await;
    let files: [(&str, &[u8]); 2] = [
        ("foto.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0"),
        ("notas.txt", STORY),
    ];
    walk.hand_in(house, "next", &files).await;
    assert_eq!(walk.status, 200);
    assert!(walk.html.contains("No se pudo limpiar"));
    walk
}

#[actix_web::test]
async fn a_file_that_missed_its_cleaning_goes_nowhere_until_the_person_has_decided() {
    let house = House::open();
    let mut walk = with_an_uncleaned_picture(&house).await;
    assert!(walk.html.contains("name=\"choice-0\" value=\"original\">"));
    assert!(
        !walk.html.contains(" checked"),
        "nothing is chosen for them"
    );
    for button in ["next", "review"] {
        walk.hand_in(&house, button, &[]).await;
        assert_eq!(
            (walk.step().as_str(), walk.status.as_u16()),
            ("evidence", 422)
        );
        assert!(
            walk.errors().contains("Falta decidir sobre un archivo"),
            "{}",
            walk.errors()
        );
    }
    // Nor by another way to the review.
    walk.hand_in(&house, "back", &[]).await;
    assert_ne!(walk.step(), "evidence");
    walk.press(&house, "review", &[]).await;
    assert_eq!(
        (walk.step().as_str(), walk.status.as_u16()),
        ("evidence", 422)
    );
    let state = walk.state();
    let chosen = [("choice-0", "original")];
    walk.hand_in_with(&house, &state, "review", &chosen, &[])
        .await;
    assert_eq!(walk.step(), "review");
    assert!(walk.html.contains("foto.jpg"));
    walk.press(&house, "send", &[]).await;
    assert_eq!(walk.status, 201);
}

#[actix_web::test]
async fn a_file_that_missed_its_cleaning_can_be_left_out() {
    let house = House::open();
    let mut walk = with_an_uncleaned_picture(&house).await;
    let (state, chosen) = (walk.state(), [("choice-0", "left-out")]);
    walk.hand_in_with(&house, &state, "review", &chosen, &[])
        .await;
    assert_eq!(walk.step(), "review");
    assert!(!walk.html.contains("foto.jpg"));
    assert!(walk.html.contains("notas.txt"));
}

#[actix_web::test]
async fn a_copy_that_there_is_not_cannot_be_chosen() {
    let house = House::open();
    let mut walk = with_an_uncleaned_picture(&house).await;
    for choice in ["cleaned", "both", "nada"] {
        let (state, chosen) = (walk.state(), [("choice-0", choice)]);
        walk.hand_in_with(&house, &state, "review", &chosen, &[])
            .await;
        assert_eq!(walk.step(), "evidence", "{choice}");
    }
}

#[actix_web::test]
async fn who_is_crowded_out_at_the_cleaner_is_asked_and_whoever_has_filed_is_not_crowded_out() {
    let script = Script::answering("crowded", CLEANED, "printf limpia");
    let cleaner = script.program();
    let of_house = cleaner.clone();
    let house = House::built(Arc::default(), body_limits(true), |settings| Settings {
        cleaner: of_house,
        ..settings
    });
    let token = house.file().await;
    let picture: (&str, &[u8]) = ("foto.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0");
    let mut walk = at_the_files(&house).await;
    walk.hand_in(&house, "stay", &[picture]).await;
    assert!(walk.html.contains("value=\"cleaned\" checked"));
    cleaner.crowd_out(Errand::Complaint);
    walk.hand_in(&house, "stay", &[picture]).await;
    assert!(walk.html.contains("los archivos de otras personas"));
    assert!(walk.html.contains("name=\"choice-1\" value=\"original\">"));
    walk.hand_in(&house, "review", &[]).await;
    assert_eq!(
        (walk.step().as_str(), walk.status.as_u16()),
        ("evidence", 422)
    );
    let form = Form::default()
        .field("tracking_token", &token)
        .file("evidence", picture.0, picture.1);
    let page = house.post_parts("/seguimiento/mensaje", form).await;
    assert_eq!(page.status(), 200);
    assert!(
        page.text()
            .await
            .unwrap()
            .contains("Se hizo una copia limpia")
    );
}

#[actix_web::test]
async fn a_file_can_be_taken_out_again() {
    let house = House::open();
    let mut walk = at_the_files(&house).await;
    walk.hand_in(&house, "stay", &[("uno.txt", STORY), ("dos.txt", STORY)])
        .await;
    walk.hand_in(&house, "remove-0", &[]).await;
    assert!(!walk.html.contains("uno.txt"));
    assert!(walk.html.contains("dos.txt"));
    walk.hand_in(&house, "remove-7", &[]).await;
    assert!(walk.html.contains("dos.txt"));
}

#[actix_web::test]
async fn what_is_held_already_counts_towards_the_limits() {
    let evidence = EvidenceLimits {
        files: 2,
        ..EvidenceLimits::default()
    };
    let house = House::built(Arc::default(), body_limits(true), |settings| Settings {
        evidence,
        ..settings
    });
    let mut walk = at_the_files(&house).await;
    walk.hand_in(&house, "stay", &[("uno.txt", STORY)]).await;
    let files: [(&str, &[u8]); 2] = [("dos.txt", STORY), ("tres.txt", STORY)];
    walk.hand_in(&house, "stay", &files).await;
    assert_eq!(walk.status, 422);
    assert!(
        walk.errors()
            .contains("tres.txt</strong>: Son demasiados archivos")
    );
    assert!(walk.html.contains("dos.txt</h2>"));
    assert!(!walk.html.contains("type=\"file\""));
}

#[actix_web::test]
async fn what_cannot_be_read_any_further_leaves_answers_and_files_as_they_were() {
    let limits = BodyLimits {
        bytes: 16 << 10,
        ..body_limits(true)
    };
    let house = House::with(Arc::default(), limits);
    let mut walk = at_the_files(&house).await;
    walk.hand_in(&house, "stay", &[("uno.txt", STORY)]).await;
    let page = Form::default()
        .field("state", &walk.state())
        .field("step", "evidence")
        .file("evidence", "dos.txt", STORY);
    let long = "x".repeat(16 << 10);
    for (form, status, told) in [
        (
            page.clone().file("otro", "tres.txt", STORY),
            400,
            "evidence",
        ),
        (page.clone().field("nota", &long), 413, "evidence"),
    ] {
        // The fields that come after what is wrong are passed over.
        let answer = house
            .post_parts("/denunciar", form.field("go", "next"))
            .await;
        let mut after = Walk {
            status: answer.status(),
            html: answer.text().await.unwrap(),
        };
        assert_eq!(
            (after.status.as_u16(), after.step().as_str()),
            (status, told)
        );
        assert!(!after.errors().is_empty());
        for name in ["uno.txt", "dos.txt"] {
            assert!(after.html.contains(&format!("{name}</h2>")), "{name}");
        }
        after.press(&house, "review", &[]).await;
        assert_eq!(after.step(), "review");
        assert!(after.html.contains(NARRATIVE));
    }
}

#[actix_web::test]
async fn a_file_before_what_the_page_carries_is_refused() {
    let house = House::open();
    let walk = at_the_files(&house).await;
    let form = Form::default()
        .file("evidence", "notas.txt", STORY)
        .field("state", &walk.state())
        .field("step", "evidence")
        .field("go", "next");
    let page = house.post_parts("/denunciar", form).await;
    assert_eq!(page.status(), 400);
    assert!(house.mailroom.chunks().is_empty());
}

#[actix_web::test]
async fn an_upload_may_outlast_its_page() {
    let house = House::open();
    let walk = at_the_files(&house).await;
    let form = Form::default()
        .field("state", &walk.state())
        .field("step", "evidence")
        .file("evidence", "notas.txt", STORY);
    let button = Form::default().field("go", "next");
    let later = || house.clock.forward(9 * 60 * 60);
    let answer = house.post_slowly("/denunciar", form, button, later).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[actix_web::test]
async fn a_page_of_files_that_lapsed_gives_everything_back() {
    let house = House::open();
    let mut walk = at_the_files(&house).await;
    walk.hand_in(&house, "stay", &[("uno.txt", STORY)]).await;
    house.clock.forward(9 * 60 * 60);
    walk.hand_in(&house, "next", &[("dos.txt", STORY)]).await;
    assert_eq!(
        (walk.step().as_str(), walk.status.as_u16()),
        ("evidence", 422)
    );
    assert!(walk.errors().contains("no se perdió nada"));
    walk.press(&house, "review", &[]).await;
    for text in [NARRATIVE, "uno.txt", "dos.txt"] {
        assert!(walk.html.contains(text), "{text}");
    }
}

#[actix_web::test]
async fn from_a_page_that_cannot_be_read_no_file_is_taken() {
    let house = House::open();
    let mut walk = at_the_files(&house).await;
    walk.hand_in_with(&house, "nada", "next", &[], &[("notas.txt", STORY)])
        .await;
    assert_eq!(
        (walk.step().as_str(), walk.status.as_u16()),
        ("evidence", 422)
    );
    assert!(walk.html.contains("Esta página venció"));
    assert!(!walk.html.contains("notas.txt"));
    assert!(house.mailroom.chunks().is_empty());
}

#[actix_web::test]
async fn a_form_with_parts_that_is_not_the_step_of_the_files_is_a_bad_request() {
    let house = House::open();
    let walk = at_the_files(&house).await;
    for (step, go, file) in [
        ("story", "next", "evidence"),
        ("review", "send", "evidence"),
        ("evidence", "nada", "evidence"),
        ("evidence", "next", "otro"),
    ] {
        let form = Form::default()
            .field("state", &walk.state())
            .field("step", step)
            .file(file, "notas.txt", STORY)
            .field("go", go);
        let page = house.post_parts("/denunciar", form).await;
        assert_eq!(page.status(), 400, "{step} {go}");
        assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    }
    assert_eq!(house.mailroom.stored(), 0);
}
