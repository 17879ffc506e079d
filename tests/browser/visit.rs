//! A browser on a screen in a language, and what is looked at on every page.

use std::path::PathBuf;

use journeys::{Browser, Request, Scheme, Screen, Scripts, cargo};

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tongue {
    /// Spanish, as everything is at first.
    Spanish,
    /// English, chosen by its address.
    English,
}

impl Tongue {
    pub(crate) const ALL: [Self; 2] = [Self::Spanish, Self::English];

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
pub(crate) enum Care {
    /// A picture, and that nothing is wider than the window.
    Glance,
    /// The narrowest screen, 200 %, dark colours, and axe-core; needs scripts.
    Inspect,
}

pub(crate) struct Visit {
    pub(crate) browser: Browser,
    pub(crate) tongue: Tongue,
    base: String,
    screen: Screen,
    care: Care,
    shots: PathBuf,
    /// All that was asked for so far.
    asked: Vec<Request>,
    /// All titles and addresses so far.
    shown: Vec<String>,
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
            base: base.to_owned(),
            screen,
            care: match scripts {
                Scripts::On => Care::Inspect,
                Scripts::Off => Care::Glance,
            },
            shots,
            asked: Vec::new(),
            shown: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Opens a page of the public service in the language of this visit.
    pub(crate) async fn open(&self, path: &str) {
        let path = match path {
            "/" => format!("{}/", self.tongue.prefix()),
            path => format!("{}{path}", self.tongue.prefix()),
        };
        self.browser.go(&format!("{}{path}", self.base)).await;
    }

    /// Looks at a page of the public service, under this name.
    pub(crate) async fn look(&mut self, name: &str) {
        self.note().await;
        let named = format!("{name}-{}-{}", self.screen.width, self.tongue.tag());
        self.fits(&named, self.screen).await;
        self.picture(&named).await;
        if self.care == Care::Inspect {
            self.has_no_barrier(&named).await;
            self.browser.prefer(Scheme::Dark).await;
            self.picture(&format!("{named}-dark")).await;
            self.has_no_barrier(&format!("{named}-dark")).await;
            self.browser.prefer(Scheme::Light).await;
            for screen in [Screen::NARROW, Screen::ZOOMED] {
                self.browser.show_on(screen).await;
                self.fits(name, screen).await;
            }
            self.browser.show_on(self.screen).await;
        }
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

    async fn has_no_barrier(&mut self, name: &str) {
        let found = self.browser.barriers().await;
        self.faults
            .extend(found.iter().map(|line| format!("{name}: {line}")));
    }

    /// Takes note of what was asked for and of what the window shows.
    async fn note(&mut self) {
        self.asked.extend(self.browser.requests().await);
        self.shown.push(self.browser.address().await);
        let title = self
            .browser
            .run("return document.title + ' ' + history.state")
            .await;
        self.shown.push(title.to_string());
    }

    /// What was wrong, told at once.
    pub(crate) fn is_flawless(&self) {
        assert!(self.faults.is_empty(), "{}", self.faults.join("\n"));
    }

    /// Nothing was asked of anybody else, no address has a query, and none of the needles is in an
    /// address, a header, a title; nothing is kept by the pages.
    pub(crate) async fn tells_nobody(&mut self, needles: &[&str]) {
        self.note().await;
        let asked: Vec<&Request> = self.asked.iter().filter(|asked| asked.leaves()).collect();
        assert!(asked.len() > 5, "the log holds the journey: {asked:?}");
        for request in asked {
            let url = &request.url;
            assert!(url.starts_with(&self.base), "another origin: {url}");
            assert!(!url.contains('?'), "a query: {url}");
            for needle in needles {
                let told = format!("{url} {}", request.headers);
                assert!(!told.contains(needle), "{needle} is told: {told}");
            }
        }
        for shown in &self.shown {
            for needle in needles {
                assert!(!shown.contains(needle), "{needle} is shown: {shown}");
            }
        }
        let kept = self.browser.kept().await;
        assert_eq!(
            kept,
            serde_json::json!({ "cookies": [], "bytes": 0, "storage": [0, 0] })
        );
    }
}
