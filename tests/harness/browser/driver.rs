//! `ChromeDriver` and the browsers that it starts.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::page::Screen;
use crate::harness::house::free_port;
use crate::harness::poll::until;

/// A running `chromedriver`, ended with all its browsers when dropped.
#[derive(Debug)]
pub struct Driver {
    child: Child,
    url: String,
    folder: TempDir,
}

/// Whether pages may run scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    /// As browsers come.
    On,
    /// As in the safest mode of Tor Browser.
    Off,
}

impl Driver {
    /// Starts it on a free port.
    ///
    /// # Panics
    /// When it is not installed.
    pub async fn start() -> Self {
        let port = free_port();
        let folder = TempDir::with_prefix("guiando-browser-").expect("a folder can be made");
        let child = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            // What a browser leaves beside its profile is looked at as well.
            .env("TMPDIR", folder.path())
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
        Self { child, url, folder }
    }

    /// Starts a browser with a new profile.
    ///
    /// # Panics
    /// When Chromium is not installed.
    pub async fn browser(&self, scripts: Scripts, screen: Screen) -> Browser {
        // 1 is "allowed" and 2 is "blocked".
        let javascript = match scripts {
            Scripts::On => 1,
            Scripts::Off => 2,
        };
        let profile = TempDir::with_prefix_in("profile-", self.folder.path())
            .expect("a folder can be made")
            .keep();
        let capabilities = [
            (
                "goog:chromeOptions".to_owned(),
                json!({
                    "args": [
                        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                        "--no-first-run", "--disable-background-networking",
                        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                        "--hide-scrollbars", "--window-size=1280,900",
                        format!("--user-data-dir={}", profile.display()),
                    ],
                    "prefs": {
                        "profile.managed_default_content_settings.javascript": javascript,
                        "intl.accept_languages": "es-MX,es",
                    },
                }),
            ),
            (
                "goog:loggingPrefs".to_owned(),
                json!({ "performance": "ALL" }),
            ),
        ]
        .into_iter()
        .collect();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&self.url)
            .await
            .expect("chromium is installed; `make test` does that");
        let session = client
            .session_id()
            .await
            .expect("the driver tells")
            .expect("a browser has a session");
        let browser = Browser {
            client,
            session: format!("{}/session/{session}", self.url),
            direct: reqwest::Client::new(),
            profile,
        };
        browser.show_on(screen).await;
        browser
    }

    /// All that its browsers leave on the disk.
    pub fn folder(&self) -> &Path {
        self.folder.path()
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

/// One browser with a profile of its own.
#[derive(Debug)]
pub struct Browser {
    pub(super) client: Client,
    /// The driver's address of this browser, for calls that the client does not know.
    session: String,
    direct: reqwest::Client,
    profile: PathBuf,
}

impl Browser {
    /// Opens an address, as if it was typed.
    ///
    /// # Panics
    /// When nothing opens.
    pub async fn go(&self, url: &str) {
        self.client.goto(url).await.expect("the page opens");
    }

    /// Writes into the field that `css` selects.
    ///
    /// # Panics
    /// When there is none.
    pub async fn type_into(&self, css: &str, text: &str) {
        let field = self.client.find(Locator::Css(css)).await.expect(css);
        field
            .send_keys(text)
            .await
            .unwrap_or_else(|error| panic!("{css} takes text: {error}"));
    }

    /// Presses what `css` selects and waits for the page that follows; the driver's own wait ends too
    /// early when the answer takes its time.
    ///
    /// # Panics
    /// When there is none, or no page follows.
    pub async fn press(&self, css: &str) {
        self.run("window.pageBefore = true").await;
        let button = self.client.find(Locator::Css(css)).await.expect(css);
        button
            .click()
            .await
            .unwrap_or_else(|error| panic!("{css} can be pressed: {error}"));
        self.arrived(css).await;
    }

    /// Waits until the page that was marked with `window.pageBefore` has been followed by another.
    ///
    /// # Panics
    /// When none follows; `what` says what should have led there.
    pub async fn arrived(&self, what: &str) {
        let arrived = "return !window.pageBefore && document.readyState === 'complete'";
        until(what, async || {
            // Between two pages there is nothing to ask.
            let arrived = self.client.execute(arrived, vec![]).await.ok()?;
            (arrived == true).then_some(())
        })
        .await;
    }

    /// Presses the browser's own Back and waits for what it shows: a page, or that there is none.
    pub async fn back(&self) {
        self.run("window.leftBehind = true").await;
        // Where nothing is left to show, the driver says so; what the window shows is looked at.
        self.client.back().await.ok();
        let left = "return !window.leftBehind && document.readyState === 'complete'";
        until("the page before", async || {
            let left = self.client.execute(left, vec![]).await.ok()?;
            (left == true).then_some(())
        })
        .await;
    }

    /// Chooses files for the field that `css` selects, as a person does in the window that it opens.
    ///
    /// # Panics
    /// When there is none.
    pub async fn attach(&self, css: &str, files: &[&Path]) {
        let names: Vec<_> = files.iter().map(|file| file.to_string_lossy()).collect();
        self.type_into(css, &names.join("\n")).await;
    }

    /// Presses what `css` selects, which leads to no other page.
    ///
    /// # Panics
    /// When there is none.
    pub async fn choose(&self, css: &str) {
        let one = self.client.find(Locator::Css(css)).await.expect(css);
        one.click()
            .await
            .unwrap_or_else(|error| panic!("{css} can be chosen: {error}"));
    }

    /// Presses what `css` selects and waits for the file that it brings; gives its name and content.
    ///
    /// # Panics
    /// When none comes.
    pub async fn download(&self, css: &str) -> (String, Vec<u8>) {
        let folder = TempDir::with_prefix("guiando-download-").expect("a folder can be made");
        let allow = json!({ "behavior": "allow", "downloadPath": folder.path() });
        self.devtools("Browser.setDownloadBehavior", &allow).await;
        self.choose(css).await;
        until(&format!("the file of {css}"), async || {
            let files = std::fs::read_dir(folder.path()).ok()?;
            let files: Vec<_> = files.map_while(Result::ok).collect();
            // While it comes it has another name, and its own may be taken already by an empty file.
            let [file] = files.as_slice() else {
                return None;
            };
            let name = file.file_name().to_string_lossy().into_owned();
            if name.ends_with(".crdownload") || name.starts_with('.') {
                return None;
            }
            let content = std::fs::read(file.path()).ok()?;
            (!content.is_empty()).then_some((name, content))
        })
        .await
    }

    /// Gives it a device that keeps passkeys and asks its person each time, as a telephone does (`WebAuthn`,
    /// 11.3).
    pub async fn carry_device(&self) {
        let device = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "isUserConsenting": true, "isUserVerified": true,
        });
        self.ask("webauthn/authenticator", &device).await;
    }

    /// From now on, everything seems to come from this address, told by a proxy.
    pub async fn come_from(&self, address: &str) {
        let headers = json!({ "headers": { "X-Forwarded-For": address } });
        self.devtools("Network.setExtraHTTPHeaders", &headers).await;
    }

    /// From now on, it asks for pages in the language of this tag.
    pub async fn ask_for_language(&self, tag: &str) {
        let headers = json!({ "headers": { "Accept-Language": tag } });
        self.devtools("Network.setExtraHTTPHeaders", &headers).await;
    }

    /// Whether the page has what `css` selects.
    pub async fn has(&self, css: &str) -> bool {
        self.client.find(Locator::Css(css)).await.is_ok()
    }

    /// Sends a key to whatever has the focus.
    ///
    /// # Panics
    /// When the driver does not do it.
    pub async fn key(&self, key: Key) {
        // Not written into the element: a field for files would take it for a name.
        let value: char = key.into();
        let strokes = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        let pressed = self.client.perform_actions(strokes).await;
        pressed.expect("it takes keys");
    }

    /// Writes into whatever has the focus.
    ///
    /// # Panics
    /// When it takes no text.
    pub async fn write(&self, text: &str) {
        let focused = self.client.active_element().await.expect("one has it");
        focused.send_keys(text).await.expect("it takes text");
    }

    /// What a person reads on the page.
    ///
    /// # Panics
    /// When there is no page.
    pub async fn text(&self) -> String {
        let body = self.client.find(Locator::Css("body")).await;
        let body = body.expect("a page has a body");
        body.text().await.expect("a page has a text")
    }

    /// The page's HTML.
    ///
    /// # Panics
    /// When there is no page.
    pub async fn source(&self) -> String {
        self.client.source().await.expect("a page has a source")
    }

    /// The address that is shown.
    ///
    /// # Panics
    /// When the driver does not tell.
    pub async fn address(&self) -> String {
        let address = self.client.current_url().await.expect("the driver tells");
        address.into()
    }

    /// Runs a script of the driver, which runs where a page's own does not.
    ///
    /// # Panics
    /// When the script fails.
    pub async fn run(&self, script: &str) -> Value {
        self.client
            .execute(script, vec![])
            .await
            .unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Asks the browser's developer tools for something.
    ///
    /// # Panics
    /// When they refuse.
    pub async fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let ask = json!({ "cmd": command, "params": parameters });
        self.ask("goog/cdp/execute", &ask).await
    }

    /// A call that the client does not know.
    pub(super) async fn ask(&self, call: &str, body: &Value) -> Value {
        let answer = self
            .direct
            .post(format!("{}/{call}", self.session))
            .json(body)
            .send()
            .await
            .expect("the driver answers");
        let status = answer.status();
        let mut answer: Value = answer.json().await.expect("the driver answers JSON");
        assert!(status.is_success(), "{call} {body}: {answer}");
        answer["value"].take()
    }

    /// The folder of its profile.
    pub fn profile(&self) -> &Path {
        &self.profile
    }

    /// Opens another window and closes the one before, with all that was behind it.
    ///
    /// # Panics
    /// When the driver does not do it.
    pub async fn begin_anew(&self, screen: Screen) {
        let opened = self.client.new_window(true).await.expect("a window opens");
        self.client.close_window().await.expect("a window closes");
        let other = self.client.switch_to_window(opened.handle).await;
        other.expect("it is there");
        self.show_on(screen).await;
    }

    /// Closes it, as a person does.
    ///
    /// # Panics
    /// When it does not close.
    pub async fn close(self) {
        self.client.close().await.expect("the browser closes");
    }
}
