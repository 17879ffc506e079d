//! A browser on a screen in a language, and what is looked at on every page.

use std::collections::BTreeSet;
use std::path::PathBuf;

use journeys::{Browser, Motion, Request, Scheme, Screen, Scripts, cargo};

use crate::coverage::Covered;

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tongue {
    /// Spanish, as everything is at first.
    Spanish,
    /// English, chosen by its address.
    English,
}

impl Tongue {
    /// As it stands in the names of pictures and in the pages.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Spanish => "es-MX",
            Self::English => "en",
        }
    }

    /// What stands before every path.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Spanish => "",
            Self::English => "/en",
        }
    }

    /// The one of two texts that is in this language.
    pub(crate) fn of<'a>(self, spanish: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Spanish => spanish,
            Self::English => english,
        }
    }
}

/// How thoroughly a page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    /// A picture, that nothing is wider than the window, what is asked for and what is kept.
    Glance,
    /// All that, the narrowest screen, 200 %, dark colours, less motion, layout shifts, the ring around
    /// the focus, and axe-core; needs scripts.
    Inspect,
}

/// Whose pages they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Site {
    /// The public ones, which keep nothing.
    Public,
    /// The committee's desk, which has a session.
    Desk,
}

pub(crate) struct Visit {
    pub(crate) browser: Browser,
    pub(crate) tongue: Tongue,
    pub(crate) covered: Covered,
    site: Site,
    base: String,
    screen: Screen,
    care: Care,
    shots: PathBuf,
    /// Paths of the pages that were looked at.
    pub(crate) looked_at: BTreeSet<String>,
    /// How much was asked for so far.
    asked: usize,
    /// Everything that others could see: addresses, headers, titles.
    shown: BTreeSet<String>,
    /// What was wrong so far, so that one run tells everything.
    faults: Vec<String>,
}

impl Visit {
    pub(crate) fn new(
        browser: Browser,
        base: &str,
        tongue: Tongue,
        screen: Screen,
        scripts: Scripts,
    ) -> Self {
        let shots = cargo::target().join("screenshots");
        std::fs::create_dir_all(&shots).expect("a folder can be made");
        Self {
            browser,
            tongue,
            covered: Covered::default(),
            site: Site::Public,
            base: base.to_owned(),
            screen,
            care: match scripts {
                Scripts::On => Care::Inspect,
                Scripts::Off => Care::Glance,
            },
            shots,
            looked_at: BTreeSet::new(),
            asked: 0,
            shown: BTreeSet::new(),
            faults: Vec::new(),
        }
    }

    /// The same at the committee's desk.
    pub(crate) fn at_the_desk(self) -> Self {
        Self {
            site: Site::Desk,
            ..self
        }
    }

    /// Opens a page in the language of this visit.
    pub(crate) async fn open(&self, path: &str) {
        let path = match (self.site, path) {
            // The desk speaks the language that the browser asks for.
            (Site::Desk, path) => path.to_owned(),
            (Site::Public, "/") => format!("{}/", self.tongue.prefix()),
            (Site::Public, path) => format!("{}{path}", self.tongue.prefix()),
        };
        self.browser.go(&format!("{}{path}", self.base)).await;
    }

    /// Looks at a page, under this name.
    pub(crate) async fn look(&mut self, name: &str) {
        self.look_on(name, None).await;
    }

    /// Looks at a page of the desk on a telephone too, and takes note of its address.
    pub(crate) async fn look_twice(&mut self, name: &str) {
        let address = self.browser.address().await;
        let path = address.strip_prefix(&self.base).unwrap_or(&address);
        self.looked_at.insert(path.to_owned());
        self.look_on(name, Some(Screen::TELEPHONE)).await;
    }

    async fn look_on(&mut self, name: &str, also: Option<Screen>) {
        let named = self.named(name, self.screen);
        if self.care == Care::Inspect {
            // Before anything else makes the window larger or smaller.
            let shifts = self.browser.shifts().await;
            if shifts > 0.0 {
                self.faults.push(format!("{named} shifts by {shifts}"));
            }
        }
        self.note().await;
        self.fits(&named, self.screen).await;
        self.picture(&named).await;
        if self.care == Care::Inspect {
            self.covered.note(&self.browser).await;
            let unmarked = self.browser.unmarked().await;
            self.complain(&named, "the focus is not seen", unmarked);
            let faint = self.browser.faint().await;
            self.complain(&named, "the ring is faint", faint);
            let barriers = self.browser.barriers().await;
            self.complain(&named, "axe", barriers);
        }
        if let Some(screen) = also {
            let named = self.named(name, screen);
            self.browser.show_on(screen).await;
            self.fits(&named, screen).await;
            self.picture(&named).await;
        }
        if self.care == Care::Inspect {
            self.browser.prefer(Scheme::Dark, Motion::Less).await;
            if let Some(screen) = also {
                self.picture(&format!("{}-dark", self.named(name, screen)))
                    .await;
                self.browser.show_on(self.screen).await;
            }
            self.picture(&format!("{named}-dark")).await;
            let pale = self.browser.pale().await;
            self.complain(&named, "in the dark", pale);
            let faint = self.browser.faint().await;
            self.complain(&named, "the ring is faint in the dark", faint);
            let moving = self.browser.moving().await;
            self.complain(&named, "it moves", moving);
            self.browser.prefer(Scheme::Light, Motion::Any).await;
            for screen in [Screen::NARROW, Screen::ZOOMED] {
                self.browser.show_on(screen).await;
                self.fits(name, screen).await;
            }
        }
        if self.care == Care::Inspect || also.is_some() {
            self.browser.show_on(self.screen).await;
        }
    }

    fn named(&self, name: &str, screen: Screen) -> String {
        format!("{name}-{}-{}", screen.width, self.tongue.tag())
    }

    async fn picture(&self, name: &str) {
        self.browser
            .picture(&self.shots.join(format!("{name}.png")))
            .await;
    }

    async fn fits(&mut self, name: &str, screen: Screen) {
        if let Some(wide) = self.browser.overflow(screen).await {
            self.faults.push(format!("{name} is too wide: {wide}"));
        }
    }

    fn complain(&mut self, name: &str, what: &str, found: Vec<String>) {
        let found = found
            .into_iter()
            .map(|one| format!("{name}: {what}: {one}"));
        self.faults.extend(found);
    }

    /// Takes note of what was asked for, of what the window shows and of what the page keeps.
    async fn note(&mut self) {
        let asked = self.browser.requests().await;
        for request in asked.iter().filter(|request| request.leaves()) {
            self.asked += 1;
            self.judge(request);
        }
        let title = self
            .browser
            .run("return document.title + ' ' + history.state")
            .await;
        self.shown.insert(title.to_string());
        self.shown.insert(self.browser.address().await);
        if self.site == Site::Public {
            let kept = self.browser.kept().await;
            let nothing = serde_json::json!({ "cookies": [], "bytes": 0, "storage": [0, 0] });
            if kept != nothing {
                self.faults.push(format!("{title} keeps {kept}"));
            }
        }
    }

    fn judge(&mut self, request: &Request) {
        let Request { url, headers, .. } = request;
        if !url.starts_with(&self.base) {
            self.faults.push(format!("another origin: {url}"));
        }
        if url.contains('?') {
            self.faults.push(format!("a query: {url}"));
        }
        self.shown.insert(format!("{url} {headers}"));
    }

    /// What was wrong, told at once.
    pub(crate) fn is_flawless(&self) {
        assert!(self.faults.is_empty(), "{}", self.faults.join("\n"));
    }

    /// None of the needles is in an address, a header, a title.
    pub(crate) async fn tells_nobody(&mut self, needles: &[&str]) {
        self.note().await;
        assert!(self.asked > 5, "the log holds the journey: {}", self.asked);
        for shown in &self.shown {
            for needle in needles {
                assert!(!shown.contains(needle), "{needle} is told: {shown}");
            }
        }
    }
}
