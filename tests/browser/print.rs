//! What comes out of a printer: the words on one sheet that says nothing of what they are for.

use journeys::{Demo, Driver, Screen, Scripts};
use lopdf::Document;

use crate::steps::NEXT;
use crate::visit::{Tongue, Visit};

/// The acknowledgement as a file: one sheet, which has the signed text and none of the words.
fn is_one_sheet(pdf: &[u8], receipt: &str, token: &str) {
    let (pages, text) = read(pdf);
    assert_eq!(pages, 1, "{text}");
    let receipt: String = receipt.split_whitespace().collect();
    assert!(text.contains(&receipt), "{receipt} in {text}");
    let twelve: String = token.split(' ').collect();
    assert!(!text.contains(&twelve), "the words are in {text}");
}

/// The pages of a PDF and all their text, without blanks.
fn read(pdf: &[u8]) -> (usize, String) {
    let document = Document::load_mem(pdf).expect("it is a PDF");
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).expect("it has a text");
    (pages.len(), text.split_whitespace().collect())
}

#[tokio::test]
async fn the_words_are_printed_on_one_sheet_that_does_not_tell_what_they_are_for() {
    let (demo, driver) = (Demo::start().await, Driver::start().await);
    for tongue in [Tongue::Spanish, Tongue::English] {
        let browser = driver.browser(Scripts::On, Screen::DESK).await;
        let visit = Visit::new(browser, &demo.intake_url, tongue, Screen::DESK, Scripts::On);
        visit.open("/denunciar").await;
        visit.go_on_to("story").await;
        visit
            .browser
            .type_into("[name=narrative]", "Piden dinero por los cambios de turno.")
            .await;
        visit.go_on_to("review").await;
        visit.browser.press(".actions [value=send]").await;
        let token = visit.token().await;
        let receipt = visit.receipt().await;
        let (name, pdf) = visit.browser.download(".receipt-card [value=pdf]").await;
        assert_eq!(name, "acuse.pdf");
        is_one_sheet(&pdf, &receipt, &token);
        let (pages, text) = read(&visit.browser.print().await);
        assert_eq!(pages, 1, "{text}");
        let mut rest = text.clone();
        for (index, word) in token.split(' ').enumerate() {
            let printed = format!("{}{word}", index + 1);
            assert!(rest.contains(&printed), "{printed} in {text}");
            rest = rest.replacen(&printed, "", 1);
        }
        let heading: String = tongue
            .of(
                "Sus 12 palabras, en este orden",
                "Your 12 words, in this order",
            )
            .split_whitespace()
            .collect();
        assert_eq!(rest, heading, "nothing but the words");
        assert!(!visit.browser.has(NEXT).await);
        visit.browser.close().await;
    }
}

/// A browser prints title and address where a page leaves it room; these pages leave none.
#[tokio::test]
async fn the_title_and_the_address_are_not_printed_and_would_be_seen() {
    let (demo, driver) = (Demo::start().await, Driver::start().await);
    let browser = driver.browser(Scripts::On, Screen::DESK).await;
    browser
        .go("data:text/html,<title>Encabezado</title><p>x</p>")
        .await;
    let (_, control) = read(&browser.print().await);
    assert!(control.contains("Encabezado"), "{control}");
    browser.go(&format!("{}/que-sigue", demo.intake_url)).await;
    let (_, text) = read(&browser.print().await);
    let host = demo.intake_url.trim_start_matches("http://");
    assert!(text.contains("Cadapasotieneunplazo"), "{text}");
    assert!(!text.contains(host), "{text}");
    browser.close().await;
}
