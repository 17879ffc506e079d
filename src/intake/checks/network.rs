//! The warning to those who come through the Institute's network, and the way through Tor.

use std::sync::Arc;

use crate::network::Networks;
use crate::shared::{Settings, body_limits};
use crate::testing::{House, MemoryMailroom};
use crate::walking::{Walk, at_the_files};

const ONION: &str = "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion";
const WARNED: &str = "Parece que usa la red del Instituto";

/// Where the tests themselves come from is our proxy; everybody in 10.0.0.0/8 is at work.
fn house() -> House {
    let change = |settings| Settings {
        networks: Networks {
            institution: vec!["10.0.0.0/8".parse().unwrap()],
            forwarded_by: vec!["127.0.0.1".parse().unwrap()],
        },
        onion: Some(ONION.parse().unwrap()),
        ..settings
    };
    House::built(
        Arc::new(MemoryMailroom::default()),
        body_limits(true),
        change,
    )
}

async fn page_for(house: &House, path: &str, from: &str) -> String {
    let request = house.client.get(house.url(path));
    let page = request
        .header("x-forwarded-for", from)
        .send()
        .await
        .unwrap();
    page.text().await.unwrap()
}

#[actix_web::test]
async fn who_comes_from_the_institute_is_warned_and_nobody_else() {
    let house = house();
    for path in ["/", "/anonimato", "/seguimiento", "/es/privacidad"] {
        let inside = page_for(&house, path, "10.20.30.40").await;
        assert!(inside.contains(WARNED), "{path}");
        assert!(inside.contains(ONION), "{path}");
        let outside = page_for(&house, path, "198.51.100.7").await;
        assert!(!outside.contains(WARNED), "{path}");
        assert_eq!(inside.len(), outside.len(), "{path}");
    }
}

#[actix_web::test]
async fn without_configuration_nobody_is_warned_and_no_onion_is_told() {
    let house = House::open();
    let page = house.get("/").await;
    assert!(!page.headers().contains_key("onion-location"));
    assert!(!page_for(&house, "/", "10.20.30.40").await.contains(WARNED));
}

#[actix_web::test]
async fn tor_browser_is_told_the_onion_address_of_each_page() {
    let house = house();
    for path in ["/", "/en/denunciar", "/seguimiento"] {
        let page = house.get(path).await;
        let expected = format!("http://{ONION}{path}");
        assert_eq!(page.headers()["onion-location"], expected.as_str());
    }
    for path in ["/nada", "/api/openapi.json", "/health/live"] {
        assert!(
            !house
                .get(path)
                .await
                .headers()
                .contains_key("onion-location")
        );
    }
    let answer = house.post_form("/seguimiento", &[]).await;
    assert!(!answer.headers().contains_key("onion-location"));
}

/// Sends a page of the form as somebody at that address does.
async fn press_from(house: &House, walk: &Walk, button: &str, from: &str) -> Walk {
    let fields = [
        ("state", walk.state()),
        ("step", walk.step()),
        ("go", button.to_owned()),
    ];
    let request = house.client.post(house.url("/denunciar")).form(&fields);
    let page = request
        .header("x-forwarded-for", from)
        .send()
        .await
        .unwrap();
    Walk {
        status: page.status(),
        html: page.text().await.unwrap(),
    }
}

#[actix_web::test]
async fn the_form_warns_where_it_begins_where_files_are_added_and_before_it_is_sent() {
    let house = house();
    let first = Walk::begin(&house).await;
    let mut review = at_the_files(&house).await;
    let files = review.clone();
    review.press(&house, "review", &[]).await;
    for (page, step) in [(first, "what"), (files, "evidence"), (review, "review")] {
        let inside = press_from(&house, &page, "stay", "10.20.30.40").await;
        assert_eq!(inside.step(), step);
        assert!(inside.html.contains(WARNED), "{step}");
        assert!(inside.html.contains(ONION), "{step}");
        let outside = press_from(&house, &page, "stay", "198.51.100.7").await;
        assert!(!outside.html.contains(WARNED), "{step}");
        assert_eq!(inside.html.len(), outside.html.len(), "{step}");
    }
    assert!(
        page_for(&house, "/denunciar", "10.20.30.40")
            .await
            .contains(WARNED)
    );
}
