//! What people do on the way, once for all that follow it.

use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use journeys::{Browser, Demo, Driver, Screen, Scripts, token_in_page, until};
use serde_json::json;
use tempfile::TempDir;

use crate::visit::{Tongue, Visit};

/// The button that sends the form of a page.
pub(crate) const SEND: &str = "main form button[type=submit]";
/// The button that leads to the next step of the form.
pub(crate) const NEXT: &str = ".actions [value=next]";
/// The button that brings the chosen files in.
pub(crate) const ADD: &str = "#agregar [value=stay]";

/// Files of a person who took a photograph and made a drawing.
#[derive(Debug)]
pub(crate) struct Pictures {
    /// With the place and the telephone in it.
    pub(crate) photograph: PathBuf,
    /// With the name of who made it.
    pub(crate) drawing: PathBuf,
    /// A text that says it is a photograph.
    pub(crate) pretended: PathBuf,
    _folder: TempDir,
}

impl Pictures {
    /// Takes pictures of what a browser shows, and has `exiftool` say of them what a telephone says.
    pub(crate) async fn take(browser: &Browser) -> Self {
        let folder = TempDir::with_prefix("guiando-pictures-").expect("a folder can be made");
        let of = |name: &str| folder.path().join(name);
        let (photograph, drawing, pretended) = (of("turno.jpg"), of("rol.png"), of("nota.jpg"));
        browser
            .go("data:text/html,<title>x</title><h1>Rol de guardias</h1>")
            .await;
        for (file, format) in [(&photograph, "jpeg"), (&drawing, "png")] {
            let parameters = json!({ "format": format });
            let answer = browser
                .devtools("Page.captureScreenshot", &parameters)
                .await;
            let picture = answer["data"].as_str().map(|data| STANDARD.decode(data));
            let picture = picture.expect("a picture").expect("in base64");
            std::fs::write(file, picture).expect("the folder can be written to");
        }
        let position = [
            "-GPSLatitude=19.4325",
            "-GPSLatitudeRef=N",
            "-GPSLongitude=99.1332",
            "-GPSLongitudeRef=W",
            "-Model=Equipo Uno",
        ];
        label(&photograph, &position);
        label(&drawing, &["-PNG:Author=Zoraida Ejemplo"]);
        std::fs::write(&pretended, "Esto es un texto.").expect("the folder can be written to");
        Self {
            photograph,
            drawing,
            pretended,
            _folder: folder,
        }
    }
}

fn label(picture: &Path, labels: &[&str]) {
    let done = Command::new("exiftool")
        .args(["-q", "-overwrite_original"])
        .args(labels)
        .arg(picture)
        .status()
        .expect("exiftool is installed; `.ci/install` does it");
    assert!(done.success());
}

impl Visit {
    /// The twelve words that are shown.
    pub(crate) async fn token(&self) -> String {
        let source = self.browser.source().await;
        token_in_page(&source).expect("the page shows the twelve words")
    }

    /// The signed text that is shown beside them.
    pub(crate) async fn receipt(&self) -> String {
        let find = "return document.querySelector('.facts .receipt').textContent";
        let receipt = self.browser.run(find).await;
        receipt.as_str().expect("a text").to_owned()
    }

    /// Types the words that are asked for; `right` or changed.
    pub(crate) async fn type_back(&self, token: &str, right: bool) {
        let asked = self
            .browser
            .run(
                "return [...document.querySelectorAll('#comprobar input[type=text]')]
                   .map(e => [e.id, parseInt(e.labels[0].textContent.replace(/\\D/g, ''))])",
            )
            .await;
        let asked = asked.as_array().expect("a list");
        assert_eq!(asked.len(), 2, "two words are asked for");
        for field in asked {
            let id = field[0].as_str().expect("a field has an id");
            let number = field[1].as_u64().expect("a word has a number");
            let index = usize::try_from(number).expect("small") - 1;
            let word = token.split(' ').nth(index).expect("one of the twelve");
            let word = if right { word } else { "zzzz" };
            self.browser
                .run(&format!("document.getElementById('{id}').value = ''"))
                .await;
            self.browser.type_into(&format!("#{id}"), word).await;
        }
    }

    /// Opens the mailbox with the twelve words.
    pub(crate) async fn come_back(&self, token: &str) {
        self.open("/seguimiento").await;
        self.browser.type_into("[name=tracking_token]", token).await;
        self.browser.press(SEND).await;
    }

    /// Goes on to a step of the form, answering nothing on the way.
    pub(crate) async fn go_on_to(&self, step: &str) {
        for _ in 0..10 {
            if self
                .browser
                .has(&format!("[name=step][value={step}]"))
                .await
            {
                return;
            }
            self.browser.press(NEXT).await;
        }
        panic!("{step} is not reached");
    }
}

/// Somebody tells a member of the committee, who writes it down; gives the words that both have seen.
pub(crate) async fn a_member_writes_it_down(demo: &Demo, driver: &Driver) -> String {
    let browser = driver.browser(Scripts::Off, Screen::TELEPHONE).await;
    let (tongue, screen) = (Tongue::Spanish, Screen::TELEPHONE);
    let desk = Visit::new(browser, &demo.triage_url, tongue, screen, Scripts::Off);
    let mut desk = desk.at_the_desk();
    desk.browser.go(&format!("{}/", demo.triage_url)).await;
    enter(&desk, demo).await;
    desk.open("/atenciones/denuncia").await;
    desk.browser.press("[name=go][value=file]").await;
    desk.look("desk-assisted-wrong-plain").await;
    for option in [
        "[name=presented_through] [value=TELEFONO]",
        "[name=anonymous] [value=SI]",
    ] {
        desk.browser.choose(option).await;
    }
    let story = "Me piden dinero por cambiarme la guardia.";
    desk.browser.type_into("[name=narrative]", story).await;
    desk.browser.press("[name=go][value=file]").await;
    desk.look("desk-assisted-words-plain").await;
    let words = desk.token().await;
    desk.is_flawless();
    desk.browser.close().await;
    words
}

/// Fills in the page for signing in.
async fn enter(desk: &Visit, demo: &Demo) {
    desk.browser.type_into("[name=user]", &demo.user).await;
    desk.browser
        .type_into("[name=passphrase]", &demo.passphrase)
        .await;
    desk.browser.press(SEND).await;
}

/// The committee reads the case and asks for what is missing.
pub(crate) async fn the_committee_asks(
    demo: &Demo,
    driver: &Driver,
    token: &str,
    (screen, tongue): (Screen, Tongue),
) {
    let folio = demo.person().wait_for_folio(token).await.folio;
    let folio = folio.expect("it was waited for");
    let browser = driver.browser(Scripts::Off, screen).await;
    let desk = Visit::new(browser, &demo.triage_url, tongue, screen, Scripts::Off);
    let mut desk = desk.at_the_desk();
    desk.browser.go(&format!("{}/", demo.triage_url)).await;
    desk.look("sign-in").await;
    enter(&desk, demo).await;
    let list = desk.browser.text().await;
    assert!(list.contains(&folio), "{list}");
    desk.look("cases").await;
    let (cookie, case) = (desk.browser.cookies().await, format!("/casos/{folio}"));
    until("the case to be classified", async || {
        let page = demo.member().get(&case, Some(&cookie)).await.text();
        page.contains("href=\"/clasificador\"").then_some(())
    })
    .await;
    desk.open(&case).await;
    desk.look("case").await;
    desk.browser
        .type_into("[name=text]", "¿En qué turno fue? ¿Quién más lo vio?")
        .await;
    desk.browser.press("[name=kind][value=request]").await;
    desk.look("case-asked").await;
    desk.is_flawless();
    desk.browser.close().await;
    until("the request in the mailbox", async || {
        let mailbox = demo.person().look(token).await;
        (mailbox.status == "needs_information").then_some(())
    })
    .await;
}
