//! The step of the files.

use std::sync::Arc;

use sealing::TrackingToken;

use crate::abuse::Lane;
use crate::evidence::EvidenceLimits;
use crate::shared::{Settings, body_limits};
use crate::testing::{Form, House, NARRATIVE};
use crate::walking::Walk;

const STORY: &[u8] = b"Lo que vi el lunes en la farmacia.\n";

impl Walk {
    /// Sends the step of the files with some, as a browser does: fields first.
    async fn hand_in(&mut self, house: &House, button: &str, files: &[(&str, &[u8])]) {
        let state = self.state();
        self.hand_in_with(house, &state, button, &[], files).await;
    }

    async fn hand_in_with(
        &mut self,
        house: &House,
        state: &str,
        button: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) {
        let mut form = Form::default()
            .field("state", state)
            .field("step", "evidence");
        for (name, value) in fields {
            form = form.field(name, value);
        }
        for (name, content) in files {
            form = form.file("evidence", name, content);
        }
        let page = house
            .post_parts("/denunciar", form.field("go", button))
            .await;
        self.status = page.status();
        self.html = page.text().await.unwrap();
    }
}

async fn at_the_files(house: &House) -> Walk {
    let mut walk = Walk::begin(house).await;
    walk.press(house, "story", &[]).await;
    walk.press(house, "evidence", &[("narrative", NARRATIVE)])
        .await;
    assert_eq!(walk.step(), "evidence");
    walk
}

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
    let reading = house.shared.read(&token, Lane::Ordinary).await.unwrap();
    let filed = reading.mailbox.filed.unwrap();
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
    assert!(
        walk.html
            .contains("<legend class=\"written\">notas.txt</legend>")
    );
    walk.press(&house, "review", &[]).await;
    assert_eq!(walk.step(), "review");
    assert!(walk.html.contains(NARRATIVE));
    assert!(walk.html.contains("notas.txt"));
    assert!(!walk.html.contains("foto.jpg"));
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
    assert!(walk.html.contains("dos.txt</legend>"));
    assert!(!walk.html.contains("type=\"file\""));
}

#[actix_web::test]
async fn a_lapsed_page_of_files_gives_back_the_files_that_came() {
    let house = House::open();
    let mut walk = at_the_files(&house).await;
    walk.hand_in_with(&house, "nada", "next", &[], &[("notas.txt", STORY)])
        .await;
    assert_eq!(
        (walk.step().as_str(), walk.status.as_u16()),
        ("evidence", 422)
    );
    assert!(walk.html.contains("Esta página venció"));
    assert!(walk.html.contains("notas.txt</legend>"));
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
