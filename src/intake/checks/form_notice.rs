//! The privacy notice beside the button that sends, and the edition that goes with the complaint.

use domain::complaint::Complaint;
use domain::privacy::Edition;
use sealing::TrackingToken;
use serde_json::json;

use crate::abuse::Lane;
use crate::testing::{House, NARRATIVE};
use crate::walking::Walk;

/// What was filed under twelve words.
async fn filed(house: &House, words: &str) -> Complaint {
    let token = TrackingToken::parse(words).unwrap();
    let reading = house
        .shared
        .read(&token, Lane::Ordinary, None)
        .await
        .unwrap();
    *reading.seen.mailbox.filed.unwrap().complaint
}

#[actix_web::test]
async fn the_edition_that_was_shown_goes_with_the_complaint() {
    let house = House::open();
    let mut walk = Walk::to_review(&house, &[("narrative", NARRATIVE)]).await;
    for shown in [
        "Aviso de privacidad simplificado",
        "Versión 3, del 22 de noviembre de 2026.",
        "Puede pedir ver, corregir o borrar sus datos",
        "href=\"/privacidad/integral\"",
    ] {
        assert!(walk.html.contains(shown), "{shown}");
    }
    walk.press(&house, "send", &[]).await;
    let words = walk.words().join(" ");
    let complaint = filed(&house, &words).await;
    assert_eq!(complaint.privacy_notice, Some(Edition::CURRENT));
    // People see that, too, among what they sent.
    let shown = house
        .post_form("/seguimiento/enviado", &[("tracking_token", &words)])
        .await;
    let shown = shown.text().await.unwrap();
    assert!(shown.contains("Edición del aviso de privacidad"));
}

#[actix_web::test]
async fn a_program_may_say_which_edition_it_showed() {
    let house = House::open();
    let call = async |notice: &str| {
        let body = json!({ "narrative": NARRATIVE, "privacy_notice": notice });
        house.post_json("/api/v1/complaints", &body).await
    };
    let answer: serde_json::Value = call("1").await.json().await.unwrap();
    let words = answer["tracking_token"].as_str().unwrap();
    assert_eq!(
        filed(&house, words).await.privacy_notice,
        Some(Edition::First)
    );
    let answer = call("0").await;
    assert_eq!(answer.status(), 422);
    let problem: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(problem["errors"][0]["field"], "privacy_notice");
    // Nobody has to.
    let words = house.file().await;
    assert_eq!(filed(&house, &words).await.privacy_notice, None);
}
