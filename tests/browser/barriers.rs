//! Every page that stands alone, in every look.

use journeys::{Demo, Driver, Screen, Scripts};

use crate::visit::{Tongue, Visit};

/// The pages that need nothing to be written first.
const PAGES: [(&str, &str); 12] = [
    ("/", "home"),
    ("/orientacion", "guidance"),
    ("/comite", "committee"),
    ("/que-sigue", "afterwards"),
    ("/anonimato", "anonymity"),
    ("/proteccion", "protection"),
    ("/apoyo", "support"),
    ("/privacidad", "privacy"),
    ("/privacidad/integral", "privacy-in-full"),
    ("/acuse/verificar", "verify"),
    ("/denunciar", "form"),
    ("/seguimiento", "follow"),
];

#[tokio::test]
async fn no_page_has_a_barrier_on_any_screen_in_any_colours_in_any_language() {
    let (demo, driver) = (Demo::start().await, Driver::start().await);
    for (tongue, screen) in Tongue::ALL
        .into_iter()
        .flat_map(|tongue| [(tongue, Screen::TELEPHONE), (tongue, Screen::DESK)])
    {
        let browser = driver.browser(Scripts::On, screen).await;
        let mut visit = Visit::new(browser, &demo.intake_url, tongue, screen, Scripts::On);
        for (path, name) in PAGES {
            visit.open(path).await;
            visit.look(name).await;
        }
        visit.open("/no-existe").await;
        visit.look("not-found").await;
        visit.is_flawless();
        visit.browser.close().await;
    }
}

/// A check that finds nothing in a bad page would say nothing of a good one.
#[tokio::test]
async fn a_bad_page_is_called_bad() {
    let driver = Driver::start().await;
    let browser = driver.browser(Scripts::On, Screen::NARROW).await;
    browser
        .go(
            "data:text/html,<p style='color:silver;background:white'>pale</p><img src='data:,'>\
             <div style='width:900px'>wide</div>",
        )
        .await;
    let found = browser.barriers().await.join("\n");
    for rule in ["color-contrast", "image-alt", "document-title"] {
        assert!(found.contains(rule), "{rule} in: {found}");
    }
    assert_ne!(browser.overflow(Screen::NARROW).await, None);
    browser.close().await;
}
