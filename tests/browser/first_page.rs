//! The weight of the first page.

use journeys::{Demo, Driver, Screen, Scripts};

/// All that the first page may weigh on the wire, heads of answers and style sheet among it.
const BYTES: u64 = 30 << 10;

#[tokio::test]
async fn the_first_page_is_light_and_comes_in_one_round_trip() {
    let (demo, driver) = (Demo::start().await, Driver::start().await);
    let browser = driver.browser(Scripts::Off, Screen::TELEPHONE).await;
    for path in ["/", "/en/"] {
        browser.go("about:blank").await;
        browser.requests().await;
        browser.go(&format!("{}{path}", demo.intake_url)).await;
        let asked = browser.requests().await;
        let asked: Vec<_> = asked.iter().filter(|asked| asked.leaves()).collect();
        let bytes: u64 = asked.iter().filter_map(|asked| asked.bytes).sum();
        let body = demo.person().visit(path).await.body.len();
        let body = u64::try_from(body).expect("small");
        let told: Vec<_> = asked
            .iter()
            .map(|asked| (&asked.url, asked.bytes))
            .collect();
        assert!(body < bytes, "the heads count too: {told:?}");
        assert!(bytes <= BYTES, "{bytes} bytes: {told:?}");
        assert_eq!(asked.len(), 1, "{told:?}");
    }
    browser.close().await;
}
