//! Which copies of the files go out with a complaint, and what their names tell.

use domain::evidence::Version;
use mailbox::FiledFile;
use sealing::TrackingToken;

use crate::abuse::Lane;
use crate::cleaner::tests::{CLEANED, Script};
use crate::shared::{Settings, body_limits};
use crate::testing::House;
use crate::walking::{Walk, at_the_files};

/// As much of a picture as its type is told by.
const PHOTO: &[u8] = b"\xff\xd8\xff\xe0 la foto";
const NOTES: &[u8] = b"Lo que vi el lunes.\n";
const WARNED: &str = "Esto podría decir quién es usted";

/// A house whose cleaner finds a name in every picture and makes the copy `limpia` of it.
fn house(name: &str) -> (House, Script) {
    let script = Script::answering(name, CLEANED, "printf limpia");
    let cleaner = script.program();
    let change = |settings| Settings {
        cleaner,
        ..settings
    };
    (
        House::built(std::sync::Arc::default(), body_limits(true), change),
        script,
    )
}

/// Name, version and length of all that was handed in, as the mailbox and the letter have it.
async fn handed_in(house: &House, walk: &Walk) -> Vec<(String, Version, u64)> {
    let token = TrackingToken::parse(&walk.words().join(" ")).unwrap();
    let reading = house
        .shared
        .read(&token, Lane::Ordinary, None)
        .await
        .unwrap();
    let files = reading.seen.mailbox.filed.unwrap().evidence;
    let told = |file: FiledFile| (file.name.expose().to_owned(), file.version, file.bytes);
    files.into_iter().map(told).collect()
}

fn original(name: &str, content: &[u8]) -> (String, Version, u64) {
    let bytes = u64::try_from(content.len()).unwrap();
    (name.to_owned(), Version::Original, bytes)
}

fn cleaned(name: &str) -> (String, Version, u64) {
    (name.to_owned(), Version::Cleaned, 6)
}

/// Which of the choices of a file is marked.
fn marked(walk: &Walk, place: usize) -> Vec<String> {
    let field = format!("name=\"choice-{place}\" value=\"");
    let inputs = walk.html.split(&field).skip(1);
    inputs
        .filter(|rest| rest.split('>').next().unwrap().contains("checked"))
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[actix_web::test]
async fn what_was_chosen_goes_out_and_a_clean_copy_has_a_neutral_name() {
    for (choice, expected) in [
        ("original", vec![original("Ana Pérez.jpg", PHOTO)]),
        ("cleaned", vec![cleaned("archivo-2.jpg")]),
        (
            "both",
            vec![original("Ana Pérez.jpg", PHOTO), cleaned("archivo-2.jpg")],
        ),
    ] {
        let (house, _script) = house(choice);
        let mut walk = at_the_files(&house).await;
        let files = [("notas.txt", NOTES), ("Ana Pérez.jpg", PHOTO)];
        walk.hand_in(&house, "stay", &files).await;
        assert_eq!(
            marked(&walk, 1),
            ["cleaned"],
            "until something else is chosen"
        );
        let state = walk.state();
        walk.hand_in_with(&house, &state, "review", &[("choice-1", choice)], &[])
            .await;
        assert_eq!(walk.step(), "review", "{}", walk.errors());
        walk.press(&house, "send", &[]).await;
        assert_eq!(walk.status, 201);
        let expected = [vec![original("notas.txt", NOTES)], expected].concat();
        assert_eq!(handed_in(&house, &walk).await, expected, "{choice}");
    }
}

#[actix_web::test]
async fn back_and_forward_keep_what_was_chosen() {
    let (house, _script) = house("back");
    let mut walk = at_the_files(&house).await;
    let files = [("uno.jpg", PHOTO), ("dos.jpg", PHOTO), ("tres.jpg", PHOTO)];
    walk.hand_in(&house, "stay", &files).await;
    let chosen = [("choice-0", "both"), ("choice-1", "original")];
    let state = walk.state();
    walk.hand_in_with(&house, &state, "back", &chosen, &[])
        .await;
    assert_eq!(walk.step(), "safety");
    walk.press(&house, "next", &[]).await;
    for _ in 0..2 {
        assert_eq!(walk.step(), "evidence");
        let marks: Vec<_> = (0..3).flat_map(|place| marked(&walk, place)).collect();
        assert_eq!(marks, ["both", "original", "cleaned"]);
        walk.press(&house, "review", &[]).await;
        assert_eq!(walk.step(), "review");
        walk.press(&house, "evidence", &[]).await;
    }
    walk.hand_in(&house, "remove-0", &[]).await;
    walk.press(&house, "review", &[]).await;
    walk.press(&house, "send", &[]).await;
    let expected = [original("dos.jpg", PHOTO), cleaned("archivo-2.jpg")];
    assert_eq!(handed_in(&house, &walk).await, expected);
}

#[actix_web::test]
async fn the_review_points_at_names_of_files_that_go_out_and_at_no_others() {
    let (house, _script) = house("names");
    for (name, told) in [
        (
            "Ana Pérez.jpg",
            "parece traer el nombre de una persona. <q>Ana Pérez.jpg</q>",
        ),
        (
            "IMG_20260304_101500.jpg",
            "qué día se hizo. <q>IMG_20260304_101500.jpg</q>",
        ),
        (
            "GOMC900514MDFLRR09.jpg",
            "Parece una CURP. <q>GOMC900514MDFLRR09.jpg</q>",
        ),
        (
            "constancia 99123456.jpg",
            "Parece una matrícula. <q>constancia 99123456.jpg</q>",
        ),
        (
            "5512345678.jpg",
            "Parece un número de teléfono. <q>5512345678.jpg</q>",
        ),
    ] {
        let mut walk = at_the_files(&house).await;
        walk.hand_in(&house, "stay", &[(name, PHOTO)]).await;
        let page = walk.clone();
        walk.press(&house, "review", &[]).await;
        assert_eq!(walk.step(), "review");
        assert!(
            !walk.html.contains(WARNED),
            "the copy is named otherwise: {name}"
        );
        walk = page;
        let state = walk.state();
        walk.hand_in_with(&house, &state, "review", &[("choice-0", "original")], &[])
            .await;
        assert!(walk.html.contains(WARNED), "{name}");
        assert!(walk.html.contains(told), "{name}");
        assert!(
            walk.html
                .contains("name=\"go\" value=\"evidence\">Volver a ese paso")
        );
        assert!(walk.html.contains("no los vemos todos"));
    }
}

#[actix_web::test]
async fn the_longest_complaint_with_every_file_twice_is_taken() {
    let (house, _script) = house("longest");
    let (story, long, short) = ("𝒜".repeat(20_000), "𝒜".repeat(2_000), "𝒜".repeat(300));
    let mut who: Vec<(String, &str)> = Vec::new();
    for index in 0..10 {
        for of in ["name", "position", "area"] {
            who.push((format!("people[{index}].{of}"), &short));
        }
        who.push((format!("people[{index}].description"), &long));
        for of in ["name", "contact"] {
            who.push((format!("witnesses[{index}].{of}"), &short));
        }
    }
    let who: Vec<(&str, &str)> = who
        .iter()
        .map(|(name, value)| (name.as_str(), *value))
        .collect();
    let keep_from = vec![short.clone(); 10].join("\n");
    let mut walk = Walk::begin(&house).await;
    for (step, written) in [
        ("place", &[][..]),
        (
            "people",
            &[
                ("workplace.place", short.as_str()),
                ("facts.place_detail", &short),
            ],
        ),
        ("reporter", &who),
        (
            "handling",
            &[
                ("identity.name", short.as_str()),
                ("identity.contact", &short),
            ],
        ),
        ("story", &[("keep_from", keep_from.as_str())]),
        ("evidence", &[("narrative", story.as_str())]),
    ] {
        walk.press(&house, step, written).await;
        assert_eq!(walk.step(), step, "{}", walk.errors());
    }
    let name = "𝒜".repeat(120);
    let photos = vec![(name.as_str(), PHOTO); 20];
    walk.hand_in(&house, "stay", &photos).await;
    assert_eq!(walk.status, 200, "{}", walk.errors());
    let choices: Vec<_> = (0..20).map(|place| format!("choice-{place}")).collect();
    let both: Vec<_> = choices
        .iter()
        .map(|field| (field.as_str(), "both"))
        .collect();
    let state = walk.state();
    walk.hand_in_with(&house, &state, "review", &both, &[])
        .await;
    assert_eq!(walk.step(), "review", "{}", walk.errors());
    walk.press(&house, "send", &[]).await;
    assert_eq!(walk.status, 201, "{}", walk.errors());
    assert_eq!(handed_in(&house, &walk).await.len(), 40);
}

#[actix_web::test]
async fn a_file_whose_cleaned_copy_is_not_stored_is_taken_as_one_that_was_not_cleaned() {
    let (house, _script) = house("copy-not-stored");
    let mut walk = at_the_files(&house).await;
    house.mailroom.fill_up_at(1);
    walk.hand_in(&house, "stay", &[("foto.jpg", PHOTO)]).await;
    assert_eq!(walk.status, 200, "{}", walk.errors());
    assert!(walk.html.contains("foto.jpg</"));
    assert!(!walk.html.contains("value=\"cleaned\""));
    assert!(walk.html.contains("value=\"original\""), "they decide");
    assert_eq!(house.mailroom.chunks().len(), 1);
}
