//! A complaint with nothing but Tab, Enter and letters.

use fantoccini::key::Key;
use journeys::{Browser, Demo, Driver, Screen, Scripts, token_in_page};

/// Most steps from one thing to the next.
const STEPS: usize = 80;

/// Where the focus is: a CSS-like description, and whether it can be seen.
async fn focus(browser: &Browser) -> (String, bool) {
    let seen = browser
        .run(
            "const e = document.activeElement, look = getComputedStyle(e);
             const name = e.tagName.toLowerCase() + ' ' + ((e.tagName === 'BUTTON' && e.value)
               || e.getAttribute('name') || e.getAttribute('href') || e.getAttribute('type') || '');
             const ring = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2;
             const box = e.getBoundingClientRect();
             return [name, ring && box.width > 0 && box.bottom > 0 && box.top < window.innerHeight];",
        )
        .await;
    (
        seen[0].as_str().unwrap_or_default().to_owned(),
        seen[1] == true,
    )
}

/// Tabs on until the focus is where it is wanted; it can be seen all the way.
async fn tab_to(browser: &Browser, wanted: &str) {
    let mut passed = Vec::new();
    for _ in 0..STEPS {
        browser.key(Key::Tab).await;
        let (name, visible) = focus(browser).await;
        assert!(
            name.starts_with("body") || visible,
            "{name} has the focus, and it cannot be seen"
        );
        if name == wanted {
            return;
        }
        passed.push(name);
    }
    panic!("{wanted} is not reached: {passed:?}");
}

#[tokio::test]
async fn a_complaint_is_filed_with_the_keyboard_alone() {
    let (demo, driver) = (Demo::start().await, Driver::start().await);
    let browser = driver.browser(Scripts::Off, Screen::DESK).await;
    browser.go(&format!("{}/", demo.intake_url)).await;
    tab_to(&browser, "a /denunciar").await;
    browser.key(Key::Enter).await;
    for _ in 0..3 {
        tab_to(&browser, "button next").await;
        browser.key(Key::Enter).await;
    }
    tab_to(&browser, "textarea narrative").await;
    browser
        .write("El jefe de turno pide dinero por los cambios de guardia, cada quincena.")
        .await;
    tab_to(&browser, "button next").await;
    browser.key(Key::Enter).await;
    for button in ["review", "send"] {
        tab_to(&browser, &format!("button {button}")).await;
        browser.key(Key::Enter).await;
    }
    let page = browser.source().await;
    let token = token_in_page(&page).expect("the page shows the twelve words");
    browser
        .go(&format!("{}/seguimiento", demo.intake_url))
        .await;
    tab_to(&browser, "textarea tracking_token").await;
    browser.write(&token).await;
    tab_to(&browser, "button submit").await;
    browser.key(Key::Enter).await;
    assert!(
        browser.has("textarea[name=text]").await,
        "the mailbox opens"
    );
    browser.close().await;
}
