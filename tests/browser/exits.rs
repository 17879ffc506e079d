//! What the button Back shows to whoever comes after the quick exit.

use journeys::{Browser, Demo, Driver, Screen, Scripts, canary, until};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::steps::{SEND, the_committee_asks};
use crate::visit::{Tongue, Visit};

/// What a person sees or could find in the page, all that is written in its fields included.
async fn told(browser: &Browser) -> String {
    let fields = browser
        .run(
            "return [...document.querySelectorAll('input, textarea')].map(e => e.value).join('\\n')",
        )
        .await;
    let (text, source) = (browser.text().await, browser.source().await);
    format!("{text}\n{source}\n{}", fields.as_str().unwrap_or_default())
}

/// Presses the quick exit, then Back as often as there is something to go back to; gives all that was
/// shown since.
async fn leave_and_go_back(browser: &Browser) -> String {
    browser.choose("header a.leave").await;
    until("the page of the exit", async || {
        // With all that the page loads, which is what empties the memory for Back.
        let complete = "return document.readyState === 'complete'";
        let shown = browser.address().await;
        (shown.ends_with("/salir") && browser.run(complete).await == true).then_some(())
    })
    .await;
    let mut shown = told(browser).await;
    let pages = browser.run("return history.length").await;
    for _ in 1..pages.as_u64().expect("a number").min(12) {
        browser.back().await;
        shown.push_str(&told(browser).await);
    }
    shown
}

async fn exits(scripts: Scripts, screen: Screen, tongue: Tongue) {
    let (demo, driver) = (Demo::start().await, Driver::start().await);
    let secret = canary(0xb1);
    let (base, secret) = (&demo.intake_url, secret.as_str());
    let browser = driver.browser(scripts, screen).await;
    let visit = Visit::new(browser, base, tongue, screen, scripts);
    // Each time from another window, which has nothing behind it.
    let leave = async |needles: &[&str]| {
        let before = told(&visit.browser).await;
        for needle in needles {
            assert!(before.contains(needle), "{needle} is there before");
        }
        let shown = leave_and_go_back(&visit.browser).await;
        for needle in needles {
            assert!(!shown.contains(needle), "{needle} comes back: {shown}");
        }
        visit.browser.begin_anew(screen).await;
    };
    let to_the_story = async || {
        visit.open("/denunciar").await;
        visit.go_on_to("story").await;
        let told = format!("Piden dinero por los cambios de turno. {secret}");
        visit.browser.type_into("[name=narrative]", &told).await;
    };

    to_the_story().await;
    leave(&[secret]).await;

    // Written and sent on; it stands in the review.
    to_the_story().await;
    visit.go_on_to("review").await;
    leave(&[secret]).await;

    to_the_story().await;
    visit.go_on_to("review").await;
    visit.browser.press(".actions [value=send]").await;
    let token = visit.token().await;
    leave(&[&token]).await;

    // Typed, and not sent.
    visit.open("/seguimiento").await;
    visit
        .browser
        .type_into("[name=tracking_token]", &token)
        .await;
    leave(&[&token]).await;

    the_committee_asks(&demo, &driver, &token, (screen, tongue)).await;
    visit.come_back(&token).await;
    let written = format!("De noche. {secret}");
    let field = ".request [name=text]";
    visit.browser.type_into(field, &written).await;
    leave(&[&token, secret, "¿En qué turno fue?"]).await;

    visit.come_back(&token).await;
    visit.browser.press("[action$='/enviado'] button").await;
    leave(&[&token, secret]).await;
}

#[tokio::test]
async fn nothing_comes_back_after_the_quick_exit_without_scripts() {
    exits(Scripts::Off, Screen::TELEPHONE, Tongue::Spanish).await;
}

#[tokio::test]
async fn nothing_comes_back_after_the_quick_exit_with_scripts() {
    exits(Scripts::On, Screen::DESK, Tongue::English).await;
}

/// A site that lets browsers keep its pages, and its exit too.
async fn careless() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = vec![0; 8192];
            let length = stream.read(&mut asked).await.unwrap_or_default();
            let page = if asked[..length].starts_with(b"GET /salir") {
                "<!DOCTYPE html><title>x</title><h1>x</h1>"
            } else {
                "<!DOCTYPE html><title>x</title><header><a class=leave href=/salir>x</a></header>\
                 <main><form><textarea name=text></textarea><button type=submit></form></main>"
            };
            let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close";
            let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{page}", page.len());
            // A browser that has gone needs no answer.
            stream.write_all(answer.as_bytes()).await.ok();
        }
    });
    format!("http://{address}/")
}

/// Where pages are kept, Back brings what was written: so the check above can see it.
#[tokio::test]
async fn what_a_careless_site_keeps_comes_back() {
    let (site, driver) = (careless().await, Driver::start().await);
    for scripts in [Scripts::Off, Scripts::On] {
        let browser = driver.browser(scripts, Screen::DESK).await;
        browser.go(&site).await;
        browser.type_into("textarea", "Piden dinero.").await;
        assert!(browser.has(SEND).await);
        let shown = leave_and_go_back(&browser).await;
        assert!(shown.contains("Piden dinero."), "{scripts:?}: {shown}");
        browser.close().await;
    }
}
