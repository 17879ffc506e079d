//! The whole way, from the guide to the committee's desk.

use journeys::{
    Demo, Driver, Needles, Screen, Scripts, Tree, canary, token_in_page, token_needles, until,
};

use crate::visit::{Tongue, Visit};

/// The button that sends the form of a page.
const SEND: &str = "main form button[type=submit]";
/// The button that leads to the next step of the form.
const NEXT: &str = ".actions [value=next]";

async fn journey(scripts: Scripts, screen: Screen, tongue: Tongue) {
    let (demo, driver) = (Demo::start().await, Driver::start().await);
    let browser = driver.browser(scripts, screen).await;
    let profile = browser.profile().to_owned();
    let mut visit = Visit::new(browser, &demo.intake_url, tongue, screen, scripts);
    let secret = canary(0xb0);
    let story = tongue.of(
        "Desde febrero el jefe de servicio pide dinero a cambio de autorizar los cambios de turno. \
         El viernes me dijo: «sin cuota no hay turno». Dos compañeras lo oyeron. ",
        "Since February the head of the service asks for money to approve changes of shift. On Friday \
         he told me: «no fee, no shift». Two colleagues heard it. ",
    );

    // Somebody looks around and files a complaint.
    visit.open("/").await;
    visit.open("/denunciar").await;
    for step in ["what", "place", "people", "story"] {
        visit.look(&format!("form-{step}")).await;
        visit.browser.press(NEXT).await;
    }
    visit.look("form-story-empty").await;
    visit
        .browser
        .type_into("[name=narrative]", &format!("{story}{secret}"))
        .await;
    visit.browser.press(NEXT).await;
    for step in ["safety", "evidence", "reporter", "handling"] {
        visit.look(&format!("form-{step}")).await;
        visit.browser.press(NEXT).await;
    }
    visit.look("form-review").await;
    visit.browser.press(".actions [value=send]").await;
    visit.look("words").await;
    let source = visit.browser.source().await;
    let token = token_in_page(&source).expect("the page shows the twelve words");
    the_widest_words_fit(&visit).await;
    visit.browser.press(".actions [value=check]").await;
    visit.look("words-wrong").await;
    visit.browser.press(".actions [value=skip]").await;
    visit.look("done").await;
    demo.person().wait_for_folio(&token).await;

    // They come back with the words, and write.
    visit.open("/seguimiento").await;
    visit
        .browser
        .type_into("[name=tracking_token]", &token)
        .await;
    visit.browser.press(SEND).await;
    let mailbox = visit.browser.text().await;
    assert!(mailbox.contains("CE-20"), "{mailbox}");
    visit.look("mailbox").await;
    visit
        .browser
        .type_into("[name=text]", &format!("También pasó en marzo. {secret}"))
        .await;
    visit.browser.press(SEND).await;
    visit.look("sent").await;
    let last_words = token.rsplit(' ').take(2).collect::<Vec<_>>();
    visit
        .tells_nobody(&[&secret, &token, last_words[0], last_words[1]])
        .await;
    visit.is_flawless();
    visit.browser.close().await;

    // Somebody else searches the device.
    let mut needles = Needles::new();
    needles.add_text("what was written", &secret);
    token_needles(&mut needles, "the token", &token);
    let hits = Tree::at(driver.folder()).search(&needles.ready());
    assert_eq!(hits, [], "nothing of it is left on the device");
    let mut control = Needles::new();
    control.add_text("the host", demo.intake_url.trim_start_matches("http://"));
    let found = Tree::at(profile).search(&control.ready());
    assert!(!found.is_empty(), "the search finds what a browser keeps");

    the_committee_reads_it(&demo, &driver, &token, screen, tongue).await;
}

/// Puts some of the list's widest words in the place of those that were drawn.
async fn the_widest_words_fit(visit: &Visit) {
    let wide = visit
        .browser
        .run(
            "const items = [...document.querySelectorAll('.words li')];
             const widest = ['merengue', 'academia', 'desayuno', 'programa'];
             items.forEach((item, at) => item.textContent = widest[at % 4]);
             return [items.length, items.filter(i => i.scrollWidth > i.clientWidth).length]",
        )
        .await;
    assert_eq!(
        wide,
        serde_json::json!([12, 0]),
        "twelve words, none wider than its box"
    );
}

async fn the_committee_reads_it(
    demo: &Demo,
    driver: &Driver,
    token: &str,
    screen: Screen,
    tongue: Tongue,
) {
    let folio = demo.person().look(token).await.folio;
    let folio = folio.expect("it was waited for");
    let browser = driver.browser(Scripts::Off, screen).await;
    let desk = Visit::new(browser, &demo.triage_url, tongue, screen, Scripts::Off);
    let mut desk = desk;
    desk.browser.go(&format!("{}/", demo.triage_url)).await;
    desk.look("sign-in").await;
    desk.browser.type_into("[name=user]", &demo.user).await;
    desk.browser
        .type_into("[name=passphrase]", &demo.passphrase)
        .await;
    desk.browser.press(SEND).await;
    let list = desk.browser.text().await;
    assert!(list.contains(&folio), "{list}");
    desk.look("cases").await;
    until("the case to be classified", async || {
        let case = format!("{}/casos/{folio}", demo.triage_url);
        desk.browser.go(&case).await;
        desk.browser
            .text()
            .await
            .contains("Corrupción")
            .then_some(())
    })
    .await;
    desk.look("case").await;
    desk.is_flawless();
    desk.browser.close().await;
}

#[tokio::test]
async fn without_scripts_on_a_telephone_in_spanish() {
    journey(Scripts::Off, Screen::TELEPHONE, Tongue::Spanish).await;
}

#[tokio::test]
async fn without_scripts_on_a_desk_in_english() {
    journey(Scripts::Off, Screen::DESK, Tongue::English).await;
}

#[tokio::test]
async fn with_scripts_on_a_telephone_in_english() {
    journey(Scripts::On, Screen::TELEPHONE, Tongue::English).await;
}

#[tokio::test]
async fn with_scripts_on_a_desk_in_spanish() {
    journey(Scripts::On, Screen::DESK, Tongue::Spanish).await;
}
