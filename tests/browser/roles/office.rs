//! The desk on one computer, at which one member after the other signs in.

use std::collections::BTreeSet;

use domain::committee::{MemberId, Seat};
use jiff::civil::Date;
use journeys::{
    Browser, Chosen, Driver, Engine, House, Motion, PASSPHRASE, Person, Scheme, Screen, Scripts,
    cargo, until,
};

use crate::steps::SEND;

/// A member of each seat: the name, and with what the member signs in.
pub(super) const MEMBERS: [Chosen<'_>; 8] = [
    member(
        ["Aurelio", "Montejano", "Islas"],
        "presidencia",
        Seat::Presidencia,
    ),
    member(
        ["Berenice", "Quintanar", "Robledo"],
        "ejecutiva",
        Seat::SecretariaEjecutiva,
    ),
    member(
        ["Celestino", "Olvera", "Pastrana"],
        "tecnica",
        Seat::SecretariaTecnica,
    ),
    member(["Dorotea", "Zamudio", "Lizárraga"], "electa", Seat::Electa),
    member(
        ["Eusebio", "Barrientos", "Cota"],
        "oic",
        Seat::RepresentacionOic,
    ),
    member(
        ["Filomena", "Arriaga", "Nava"],
        "consejera",
        Seat::Consejera,
    ),
    member(["Gervasio", "Ocampo", "Tello"], "asesora", Seat::Asesora),
    member(
        ["Herminia", "Villalobos", "Rea"],
        "invitada",
        Seat::Invitada,
    ),
];

const fn member<'a>(name: [&'a str; 3], login: &'a str, seat: Seat) -> Chosen<'a> {
    Chosen {
        name,
        login,
        seat,
        stands_in_for: None,
    }
}

/// What is entered into a field.
#[derive(Debug, Clone, Copy)]
pub(super) enum Entry<'a> {
    /// A text, typed.
    Text(&'a str),
    /// An entry of a list.
    Code(&'a str),
    /// A box that is ticked.
    Tick(&'a str),
    /// A day.
    Day(Date),
}

pub(super) struct Office {
    pub(super) browser: Browser,
    pub(super) house: House,
    pub(super) ids: Vec<MemberId>,
    /// The ways that this member was shown, and that led somewhere.
    followed: BTreeSet<String>,
    pub(super) driver: Driver,
}

impl Office {
    pub(super) async fn open() -> Self {
        let mut house = House::build(Engine::Sqlite);
        let ids = house.seat_all(&MEMBERS, PASSPHRASE).await;
        house.start_intake().await;
        house.start_triage().await;
        let driver = Driver::start().await;
        let browser = driver.browser(Scripts::On, Screen::DESK).await;
        browser.go(&format!("{}/entrar", house.triage_url())).await;
        Self {
            browser,
            house,
            ids,
            followed: BTreeSet::new(),
            driver,
        }
    }

    /// Files a complaint; gives the words, and the case that it became once there is a proposal.
    pub(super) async fn filed(person: &Person, narrative: &str) -> (String, String) {
        let filed = person.tell(narrative).await;
        let folio = person.wait_for_folio(&filed.tracking_token).await.folio;
        let case = format!("/casos/{}", folio.expect("it was waited for"));
        (filed.tracking_token, case)
    }

    /// Somebody signs in, after whoever was there before has signed out.
    pub(super) async fn enter(&mut self, login: &str) {
        if self.browser.has(".sign-out").await {
            self.browser.press(".sign-out").await;
        }
        self.browser.type_into("#user", login).await;
        self.browser.type_into("#passphrase", PASSPHRASE).await;
        self.browser.press(SEND).await;
        assert!(self.browser.has(".sign-out").await, "{login} is in");
        self.followed.clear();
        self.every_way_leads_somewhere().await;
    }

    pub(super) async fn go(&self, path: &str) {
        self.browser
            .go(&format!("{}{path}", self.house.triage_url()))
            .await;
    }

    /// Opens a page, which has to be there and to say this; every way that it shows leads somewhere.
    pub(super) async fn read(&mut self, path: &str, says: &[&str]) {
        self.go(path).await;
        self.says(says).await;
        self.every_way_leads_somewhere().await;
    }

    /// The page says this.
    pub(super) async fn says(&self, all: &[&str]) {
        let page = self.browser.text().await;
        for one in all {
            assert!(page.contains(one), "{one} in {page}");
        }
    }

    /// The page does not say this.
    pub(super) async fn does_not_say(&self, all: &[&str]) {
        let page = self.browser.text().await;
        for one in all {
            assert!(!page.contains(one), "{one} in {page}");
        }
    }

    /// Looks at the page on a desk, and on a telephone in the dark, where all of it has to fit; pictures are left
    /// of both.
    pub(super) async fn look(&self, name: &str) {
        let folder = cargo::target().join("screenshots");
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        let picture = async |screen: Screen, scheme| {
            let file = format!("desk-{name}-{}-es-MX{scheme}.png", screen.width);
            self.browser.picture(&folder.join(file)).await;
        };
        picture(Screen::DESK, "").await;
        self.browser.show_on(Screen::TELEPHONE).await;
        assert_eq!(
            self.browser.overflow(Screen::TELEPHONE).await,
            None,
            "{name}"
        );
        self.browser.prefer(Scheme::Dark, Motion::Any).await;
        picture(Screen::TELEPHONE, "-dark").await;
        self.browser.prefer(Scheme::Light, Motion::Any).await;
        self.browser.show_on(Screen::DESK).await;
    }

    /// What an address answers this member.
    pub(super) async fn status(&self, path: &str) -> u16 {
        let cookie = self.browser.cookies().await;
        self.house.member().get(path, Some(&cookie)).await.status
    }

    /// Waits until a page has this in its source.
    pub(super) async fn wait_for(&self, path: &str, what: &str) {
        let cookie = self.browser.cookies().await;
        let member = self.house.member();
        until(what, async || {
            let page = member.get(path, Some(&cookie)).await.text();
            page.contains(what).then_some(())
        })
        .await;
    }

    /// Unfolds what holds a form.
    pub(super) async fn unfold(&self, what: &str) {
        let summary = format!("details:has({what}) > summary");
        self.browser.choose(&summary).await;
    }

    /// Fills in a form and sends it.
    pub(super) async fn send_in(&self, form: &str, fields: &[(&str, Entry<'_>)]) {
        let browser = &self.browser;
        for (name, entry) in fields {
            let field = format!("{form} [name='{name}']");
            match entry {
                Entry::Text(text) => browser.type_into(&field, text).await,
                Entry::Code(code) => browser.choose(&format!("{field} [value='{code}']")).await,
                Entry::Tick(code) => browser.choose(&format!("{field}[value='{code}']")).await,
                // How a day is typed depends on the language of the machine.
                Entry::Day(day) => {
                    let set = format!("document.querySelector(\"{field}\").value = '{day}'");
                    browser.run(&set).await;
                }
            }
        }
        browser.press(&format!("{form} .button")).await;
    }

    /// Makes a step of the procedure, which has to be one of those that the case's page offers.
    pub(super) async fn step(&mut self, case: &str, code: &str, fields: &[(&str, Entry<'_>)]) {
        self.go(&format!("{case}/tramite")).await;
        self.every_way_leads_somewhere().await;
        let way = format!("main a[href$='/tramite/{code}']");
        self.browser.press(&way).await;
        self.send_in("form.letter", fields).await;
        let address = self.browser.address().await;
        let page = self.browser.text().await;
        assert!(address.ends_with("/tramite"), "{code}: {page}");
    }

    /// Every link of the page, and so each of the navigation, answers 200.
    pub(super) async fn every_way_leads_somewhere(&mut self) {
        let find = "return [...document.querySelectorAll('a[href]')].map(a => a.pathname)";
        let found = self.browser.run(find).await;
        let found = found.as_array().expect("a list");
        let cookie = self.browser.cookies().await;
        let member = self.house.member();
        for way in found.iter().filter_map(serde_json::Value::as_str) {
            if self.followed.insert(way.to_owned()) {
                let answer = member.get(way, Some(&cookie)).await;
                let from = self.browser.address().await;
                // Of a case that is blocked it is told where it can be deleted.
                let blocked = answer.text().contains("El expediente está bloqueado.");
                assert!(answer.status == 200 || blocked, "{way} on {from}");
            }
        }
    }
}
