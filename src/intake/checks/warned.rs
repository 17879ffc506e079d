//! The review points at what could tell who writes, and blocks nothing.

use crate::testing::House;
use crate::walking::Walk;

const HEADING: &str = "Esto podría decir quién es usted";

#[actix_web::test]
async fn the_review_points_at_what_could_identify_and_files_it_all_the_same() {
    let house = House::open();
    let story = "Me llamo Ana Pérez. El jefe me pide dinero; mi celular es 55 1234 5678.";
    let mut walk = Walk::to_review(&house, &[("narrative", story)]).await;
    for shown in [
        HEADING,
        "<q>Me llamo Ana Pérez</q>",
        "<q>55 1234 5678</q>",
        "name=\"go\" value=\"story\">Volver a ese paso",
    ] {
        assert!(walk.html.contains(shown), "{shown}");
    }
    walk.press(&house, "send", &[]).await;
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn the_review_leads_back_to_the_step_that_could_identify() {
    let house = House::open();
    let story = "Me llamo Ana Pérez y el jefe me pide dinero.";
    let mut walk = Walk::to_review(&house, &[("narrative", story)]).await;
    walk.press(&house, "story", &[]).await;
    assert_eq!(walk.step(), "story");
    assert!(walk.html.contains(story));
}

#[actix_web::test]
async fn a_story_that_tells_nothing_of_its_author_is_not_pointed_at() {
    let house = House::open();
    let story = "El jefe pide $1,500.00 cada quincena desde el 14 de marzo de 2025.";
    let walk = Walk::to_review(&house, &[("narrative", story)]).await;
    assert!(!walk.html.contains(HEADING));
}
