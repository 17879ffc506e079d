//! The whole way with nothing but Tab, Enter, the space bar and letters.

use fantoccini::key::Key;
use journeys::{Browser, Demo, Driver, Screen, Scripts, token_in_page};

/// Most steps from one thing to the next.
const STEPS: usize = 80;

/// Tabs on until the focus is where it is wanted, from one thing to the next in the order of the page.
async fn tab_to(browser: &Browser, wanted: &str) {
    let stops = browser.stops().await;
    let mut passed = Vec::new();
    for _ in 0..STEPS {
        browser.key(Key::Tab).await;
        let name = browser.focus().await;
        // A date has a stop for each of its parts.
        if passed.last() != Some(&name) {
            passed.push(name.clone());
        }
        if name == wanted {
            in_order(&stops, &passed);
            return;
        }
    }
    panic!("{wanted} is not reached: {passed:?}");
}

/// Nothing is passed over on the way. Of several answers to one question only one takes a Tab.
fn in_order(stops: &[String], passed: &[String]) {
    let first = passed.first().expect("something was reached");
    let from = stops.iter().position(|stop| stop == first);
    let mut rest =
        &stops[from.unwrap_or_else(|| panic!("{first} is not on the page: {stops:?}"))..];
    for name in passed {
        let skipped = rest.iter().position(|stop| stop == name);
        let skipped = skipped.unwrap_or_else(|| panic!("{name} is out of order: {passed:?}"));
        for (at, stop) in rest[..skipped].iter().enumerate() {
            let same_question = at > 0 && rest[at - 1] == *stop || rest.get(at + 1) == Some(stop);
            let before = passed.iter().any(|seen| seen == stop);
            assert!(same_question || before, "{stop} is passed over: {passed:?}");
        }
        rest = &rest[skipped + 1..];
    }
}

/// Presses Enter on what the focus comes to, and finds the next page.
async fn follow(browser: &Browser, wanted: &str) {
    tab_to(browser, wanted).await;
    browser.run("window.pageBefore = true").await;
    browser.key(Key::Enter).await;
    browser.arrived(wanted).await;
}

async fn write_in(browser: &Browser, field: &str, text: &str) {
    tab_to(browser, field).await;
    browser.write(text).await;
}

#[tokio::test]
async fn a_complaint_is_filed_and_followed_with_the_keyboard_alone() {
    let (demo, driver) = (Demo::start().await, Driver::start().await);
    let browser = driver.browser(Scripts::Off, Screen::DESK).await;
    browser.go(&format!("{}/", demo.intake_url)).await;
    tab_to(&browser, "a #contenido").await;
    follow(&browser, "a /denunciar").await;
    tab_to(&browser, "input suspected_risk").await;
    browser.write(" ").await;
    for _ in ["what", "place", "people"] {
        follow(&browser, "button next").await;
    }
    follow(&browser, "button next").await;
    assert_eq!(
        browser.focus().await,
        "textarea narrative",
        "the focus is on what is missing"
    );
    browser
        .write("El jefe de turno pide dinero por los cambios de guardia, cada quincena.")
        .await;
    for _ in ["story", "safety", "evidence", "reporter", "handling"] {
        follow(&browser, "button next").await;
    }
    follow(&browser, "button send").await;
    let token = token_in_page(&browser.source().await).expect("the page shows the twelve words");
    type_back(&browser, &token).await;
    follow(&browser, "button check").await;
    assert!(
        browser.has("[name=step][value=done]").await,
        "both are right"
    );

    follow(&browser, "a /seguimiento").await;
    write_in(&browser, "textarea tracking_token", &token).await;
    follow(&browser, "button submit").await;
    write_in(&browser, "textarea text", "También pasó en marzo.").await;
    follow(&browser, "button submit").await;
    assert!(browser.has(".alert.good").await, "the message is sent");
    browser.close().await;
}

/// Types the two words that are asked for.
async fn type_back(browser: &Browser, token: &str) {
    let asked = browser
        .run(
            "return [...document.querySelectorAll('#comprobar input[type=text]')]
               .map(e => [e.name, parseInt(e.labels[0].textContent.replace(/\\D/g, ''))])",
        )
        .await;
    for field in asked.as_array().expect("a list") {
        let name = field[0].as_str().expect("a field has a name");
        let number = field[1]
            .as_u64()
            .and_then(|number| usize::try_from(number).ok());
        let index = number.expect("a word has a number") - 1;
        let word = token.split(' ').nth(index).expect("one of the twelve");
        write_in(browser, &format!("input {name}"), word).await;
    }
}
