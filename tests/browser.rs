//! The whole journey in a real browser without JavaScript, on a telephone and on a desk.
//!
//! Screenshots are left in `target/screenshots`, so that somebody looks at them.

use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use journeys::{Demo, cargo, token_in_page, until};
use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::json;
use tempfile::TempDir;

const STORY: &str = "Desde febrero el jefe de servicio pide dinero a cambio de autorizar los cambios de \
    turno. El viernes me dijo: «sin cuota no hay turno». Dos compañeras lo oyeron.";

/// The `chromedriver`, ended when dropped.
struct Driver {
    child: Child,
    url: String,
    profile: TempDir,
}

impl Driver {
    async fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("there is a free port")
            .port();
        let child = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // A group of its own, so that its browsers end with it when a test fails.
            .process_group(0)
            .spawn()
            .expect("chromium-driver is installed; `make test` does that");
        let url = format!("http://127.0.0.1:{port}");
        let client = reqwest::Client::new();
        until("ChromeDriver", async || {
            client.get(format!("{url}/status")).send().await.ok()
        })
        .await;
        Self {
            child,
            url,
            profile: TempDir::new().expect("a folder can be made"),
        }
    }

    async fn browser(&self, screen: Screen) -> Client {
        let Screen {
            width,
            height,
            emulated,
        } = screen;
        let mut options = json!({
            "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--hide-scrollbars",
                format!("--window-size={width},{height}"),
                format!("--user-data-dir={}", self.profile.path().join(width.to_string()).display()),
            ],
            // 2 is "blocked": no page runs a script.
            "prefs": {
                "profile.managed_default_content_settings.javascript": 2,
                "intl.accept_languages": "es-MX,es",
            },
        });
        if emulated {
            // A window has a least width, which is more than that of a telephone.
            // Without touch: where scripts are blocked, the driver waits for ever for the end of a tap.
            options["mobileEmulation"] = json!({
                "deviceMetrics": { "width": width, "height": height, "pixelRatio": 1, "touch": false },
            });
        }
        let capabilities = [("goog:chromeOptions".to_owned(), options)]
            .into_iter()
            .collect();
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&self.url)
            .await
            .expect("chromium is installed; `make test` does that")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            // One that has ended already needs no end.
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}

/// What somebody looks at.
#[derive(Clone, Copy)]
struct Screen {
    width: u32,
    height: u32,
    /// Whether it is a telephone.
    emulated: bool,
}

const TELEPHONE: Screen = Screen {
    width: 360,
    height: 740,
    emulated: true,
};
const DESK: Screen = Screen {
    width: 1280,
    height: 900,
    emulated: false,
};

struct Visit {
    browser: Client,
    width: u32,
    shots: PathBuf,
}

impl Visit {
    /// Opens an address.
    async fn go(&self, url: &str) {
        self.browser.goto(url).await.expect("the page opens");
    }

    /// Keeps a picture, and sees that nothing is wider than the window.
    async fn look(&self, name: &str) {
        let png = self
            .browser
            .screenshot()
            .await
            .expect("a picture can be taken");
        std::fs::write(self.shots.join(format!("{name}-{}.png", self.width)), png)
            .expect("the folder can be written to");
        // A script of the driver runs where a page's own does not.
        let wide = self
            .browser
            .execute(
                "return [document.documentElement.scrollWidth, window.innerWidth]",
                vec![],
            )
            .await
            .expect("the driver measures");
        // What is too wide may widen the window of a telephone: so the window is measured too.
        assert_eq!(
            wide[1], self.width,
            "{name}: the window is as wide as asked"
        );
        assert!(
            wide[0].as_u64() <= wide[1].as_u64(),
            "{name} at {}: {wide}, wider than the window",
            self.width
        );
    }

    /// Puts some of the list's widest words in the place of those that were drawn.
    async fn the_widest_words_fit(&self) {
        let wide = self
            .browser
            .execute(
                "const items = [...document.querySelectorAll('.words li')];
                 const widest = ['merengue', 'academia', 'desayuno', 'programa'];
                 items.forEach((item, at) => item.textContent = widest[at % 4]);
                 return [items.length, items.filter(i => i.scrollWidth > i.clientWidth).length]",
                vec![],
            )
            .await
            .expect("the driver measures");
        assert_eq!(
            wide,
            json!([12, 0]),
            "twelve words, none wider than its box, at {}",
            self.width
        );
    }

    async fn type_into(&self, css: &str, text: &str) {
        let field = self.browser.find(Locator::Css(css)).await.expect(css);
        field.send_keys(text).await.expect("a field takes text");
    }

    async fn press(&self, css: &str) {
        self.browser
            .find(Locator::Css(css))
            .await
            .expect(css)
            .click()
            .await
            .expect("a button");
    }

    async fn text(&self) -> String {
        let body = self
            .browser
            .find(Locator::Css("body"))
            .await
            .expect("a page has a body");
        body.text().await.expect("a page has a text")
    }

    async fn source(&self) -> String {
        self.browser.source().await.expect("a page has a source")
    }
}

/// Makes the page itself that large: what stands above it in the window comes on top.
async fn size(browser: &Client, width: u32, height: u32) {
    let measure = "return [window.innerWidth, window.innerHeight]";
    browser
        .set_window_size(width, height)
        .await
        .expect("a window can be sized");
    let inner = browser
        .execute(measure, vec![])
        .await
        .expect("the driver measures");
    let inner = inner[1]
        .as_u64()
        .and_then(|pixels| u32::try_from(pixels).ok())
        .expect("pixels");
    browser
        .set_window_size(width, 2 * height - inner)
        .await
        .expect("a window can be sized");
    let inner = browser
        .execute(measure, vec![])
        .await
        .expect("the driver measures");
    assert_eq!(inner, json!([width, height]));
}

async fn journey(demo: &Demo, driver: &Driver, screen: Screen) {
    let browser = driver.browser(screen).await;
    let Screen {
        width,
        height,
        emulated,
    } = screen;
    if !emulated {
        size(&browser, width, height).await;
    }
    let shots = cargo::target().join("screenshots");
    std::fs::create_dir_all(&shots).expect("a folder can be made");
    let visit = Visit {
        browser,
        width,
        shots,
    };

    // Somebody files a complaint.
    for (path, name) in [
        ("/", "home"),
        ("/orientacion", "guidance"),
        ("/privacidad", "privacy"),
    ] {
        visit.go(&format!("{}{path}", demo.intake_url)).await;
        visit.look(name).await;
    }
    visit.go(&format!("{}/denunciar", demo.intake_url)).await;
    visit.look("form").await;
    visit.press("main form button[type=submit]").await;
    visit.look("form-empty").await;
    visit.type_into("[name=narrative]", STORY).await;
    visit.press("main form button[type=submit]").await;
    visit.look("filed").await;
    let token = token_in_page(&visit.source().await).expect("the page shows the twelve words");
    visit.the_widest_words_fit().await;
    demo.person().wait_for_folio(&token).await;

    // They come back with the words, and write.
    visit.go(&format!("{}/seguimiento", demo.intake_url)).await;
    visit.look("follow").await;
    visit.type_into("[name=tracking_token]", &token).await;
    visit.press("main form button[type=submit]").await;
    let mailbox = visit.text().await;
    assert!(mailbox.contains("CE-20"), "{mailbox}");
    visit.look("mailbox").await;
    visit
        .type_into("[name=text]", "También pasó en marzo.")
        .await;
    visit.press("main form button[type=submit]").await;
    visit.look("sent").await;
    assert_eq!(
        visit
            .browser
            .get_all_cookies()
            .await
            .expect("the driver tells")
            .len(),
        0,
        "the public service sets no cookie"
    );
    let address = visit.browser.current_url().await.expect("the driver tells");
    assert_eq!(address.query(), None, "nothing of it is in an address");

    // The committee reads it.
    let folio = demo
        .person()
        .look(&token)
        .await
        .folio
        .expect("it was waited for");
    visit.go(&format!("{}/", demo.triage_url)).await;
    visit.look("sign-in").await;
    visit.type_into("[name=user]", &demo.user).await;
    visit.type_into("[name=passphrase]", &demo.passphrase).await;
    visit.press("main form button[type=submit]").await;
    let list = visit.text().await;
    assert!(list.contains(&folio), "{list}");
    visit.look("cases").await;
    until("the case to be classified", async || {
        visit
            .go(&format!("{}/casos/{folio}", demo.triage_url))
            .await;
        visit.text().await.contains("Corrupción").then_some(())
    })
    .await;
    let case = visit.text().await;
    assert!(case.contains("sin cuota no hay turno"), "{case}");
    visit.look("case").await;
    visit.browser.close().await.expect("the browser closes");
}

#[tokio::test]
async fn everything_works_without_javascript_on_a_telephone_and_on_a_desk() {
    let (demo, driver) = (Demo::start().await, Driver::start().await);
    for screen in [TELEPHONE, DESK] {
        journey(&demo, &driver, screen).await;
    }
}
