//! The whole way, from the guide to the committee's question and its answer.

use journeys::{Demo, Driver, Needles, Screen, Scripts, Tree, canary, token_needles};

use crate::steps::{ADD, NEXT, Pictures, SEND, the_committee_asks};
use crate::visit::{Tongue, Visit};

/// Somebody with a browser of their own each time.
struct Author<'a> {
    demo: &'a Demo,
    driver: &'a Driver,
    scripts: Scripts,
    screen: Screen,
    tongue: Tongue,
    secret: String,
}

async fn journey(scripts: Scripts, screen: Screen, tongue: Tongue) {
    let (demo, driver) = (Demo::start().await, Driver::start().await);
    let author = Author {
        demo: &demo,
        driver: &driver,
        scripts,
        screen,
        tongue,
        secret: canary(0xb0),
    };
    let token = author.files().await;
    the_committee_asks(&demo, &driver, &token, (screen, tongue)).await;
    author.answers(&token).await;

    // Somebody else searches the device.
    let mut needles = Needles::new();
    needles.add_text("what was written", &author.secret);
    token_needles(&mut needles, "the token", &token);
    let hits = Tree::at(driver.folder()).search(&needles.ready());
    assert_eq!(hits, [], "nothing of it is left on the device");
    let mut control = Needles::new();
    control.add_text("the host", demo.intake_url.trim_start_matches("http://"));
    let found = Tree::at(driver.folder()).search(&control.ready());
    assert!(!found.is_empty(), "the search finds what a browser keeps");
}

impl Author<'_> {
    async fn visit(&self) -> Visit {
        let browser = self.driver.browser(self.scripts, self.screen).await;
        let (base, tongue) = (&self.demo.intake_url, self.tongue);
        Visit::new(browser, base, tongue, self.screen, self.scripts)
    }

    /// Closes the browser; nothing was wrong, and nobody was told.
    async fn leave(&self, mut visit: Visit, token: &str) {
        let last_words = token.rsplit(' ').take(2).collect::<Vec<_>>();
        visit
            .tells_nobody(&[&self.secret, token, last_words[0], last_words[1]])
            .await;
        visit.is_flawless();
        visit.browser.close().await;
    }

    /// Looks around, files a complaint with two pictures, and writes the words down.
    async fn files(&self) -> String {
        let mut visit = self.visit().await;
        let pictures = Pictures::take(&visit.browser).await;
        let story = self.tongue.of(
            "Desde febrero el jefe de servicio pide dinero a cambio de autorizar los cambios de \
             turno. El viernes me dijo: «sin cuota no hay turno». Mi celular es 55 1234 5678. ",
            "Since February the head of the service asks for money to approve changes of shift. On \
             Friday he told me: «no fee, no shift». My phone is 55 1234 5678. ",
        );
        visit.open("/").await;
        visit
            .browser
            .press("main .topics a[href$='/que-sigue']")
            .await;
        visit.look("afterwards").await;
        visit
            .browser
            .press("header nav a[href$='/orientacion']")
            .await;
        for answer in [
            "peligro-no",
            "asunto-corrupcion",
            "persona-imss",
            "trabaja-si",
        ] {
            visit.browser.choose(&format!("#{answer}")).await;
        }
        visit.browser.press(SEND).await;
        visit.look("guidance-result").await;
        assert!(
            visit
                .browser
                .has("ol.instances li a[href$='/denunciar']")
                .await,
            "this committee is among those who help"
        );
        visit
            .browser
            .press("main .actions a[href$='/denunciar']")
            .await;
        for step in ["what", "place", "people", "story"] {
            visit.look(&format!("form-{step}")).await;
            visit.browser.press(NEXT).await;
        }
        visit.look("form-story-empty").await;
        visit
            .browser
            .type_into("[name=narrative]", &format!("{story}{}", self.secret))
            .await;
        visit.browser.press(NEXT).await;
        visit.look("form-safety").await;
        visit.browser.press(NEXT).await;
        visit.look("form-evidence").await;
        visit
            .browser
            .attach("#evidence", &[&pictures.photograph, &pictures.drawing])
            .await;
        visit.browser.press(ADD).await;
        visit.look("form-evidence-found").await;
        let found = visit.browser.text().await;
        for told in ["19.43", "Equipo Uno", "Zoraida Ejemplo"] {
            assert!(found.contains(told), "{told} in {found}");
        }
        for file in 0..2 {
            visit
                .browser
                .choose(&format!("#choice-{file}-cleaned"))
                .await;
        }
        visit.browser.press(NEXT).await;
        for step in ["reporter", "handling"] {
            visit.look(&format!("form-{step}")).await;
            visit.browser.press(NEXT).await;
        }
        visit.look("form-review").await;
        assert!(
            visit.browser.has("#rastros ~ ul q").await,
            "the telephone is pointed at"
        );
        visit.browser.press(".actions [value=send]").await;
        visit.look("words").await;
        let token = visit.token().await;
        the_widest_words_fit(&visit).await;
        visit.type_back(&token, false).await;
        visit.browser.press(".actions [value=check]").await;
        visit.look("words-wrong").await;
        visit.type_back(&token, true).await;
        visit.browser.press(".actions [value=check]").await;
        visit.look("done").await;
        self.leave(visit, &token).await;
        token
    }

    /// Comes back with the words, keeps the acknowledgement, reads what was filed, and answers.
    async fn answers(&self, token: &str) {
        let mut visit = self.visit().await;
        visit.come_back(token).await;
        visit.look("mailbox-request").await;
        let mailbox = visit.browser.text().await;
        for told in ["CE-20", "¿En qué turno fue?"] {
            assert!(mailbox.contains(told), "{told} in {mailbox}");
        }
        let (name, pdf) = visit.browser.download(".receipt-card [value=pdf]").await;
        assert!(pdf.starts_with(b"%PDF-"), "{name}");
        visit.browser.press("[action$='/enviado'] button").await;
        visit.look("mailbox-filed").await;
        let filed = visit.browser.text().await;
        for told in [&*self.secret, "archivo-1.jpg", "archivo-2.png"] {
            assert!(filed.contains(told), "{told} in {filed}");
        }
        visit.browser.press(SEND).await;
        visit
            .browser
            .type_into(
                ".request [name=text]",
                &format!("De noche. {}", self.secret),
            )
            .await;
        visit.browser.press(".request button").await;
        visit.look("mailbox-answered").await;
        assert!(
            visit.browser.has(".alert.good").await,
            "it is said that it was sent"
        );
        self.leave(visit, token).await;
    }
}

/// Puts some of the list's widest words in the place of those that were drawn.
async fn the_widest_words_fit(visit: &Visit) {
    let wide = visit
        .browser
        .run(
            "const items = [...document.querySelectorAll('.words li')];
             const drawn = items.map(item => item.textContent);
             const widest = ['merengue', 'academia', 'desayuno', 'programa'];
             items.forEach((item, at) => item.textContent = widest[at % 4]);
             const wide = items.filter(i => i.scrollWidth > i.clientWidth).length;
             items.forEach((item, at) => item.textContent = drawn[at]);
             return [items.length, wide]",
        )
        .await;
    assert_eq!(
        wide,
        serde_json::json!([12, 0]),
        "twelve words, none wider than its box"
    );
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
