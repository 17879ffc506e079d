//! Members at the committee's desk, over HTTP and nothing else: from the invitation that is handed to
//! them, and with an app that shows codes.

use domain::committee::Seat;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, header};
use serde_json::{Value, json};
use service::clock::{Clock as _, SystemClock};
use totp_rs::{Builder, Secret, Totp};

use super::house::{House, PASSPHRASE};
use super::person::{Reply, hidden, reply, url};

/// Seconds of a code (RFC 6238).
const STEP: u64 = 30;
/// Seconds in which a code that was read is surely handed in.
const IN_TIME: u64 = 15;

/// Somebody who is to be asked in.
#[derive(Debug, Clone, Copy)]
pub struct Chosen<'a> {
    /// Given name, first and second surname.
    pub name: [&'a str; 3],
    /// The name to sign in with.
    pub login: &'a str,
    /// The seat.
    pub seat: Seat,
    /// Name of the titular, whole, of whoever stands in for one.
    pub stands_in_for: Option<&'a str>,
}

impl Chosen<'_> {
    /// The whole name.
    pub fn full(&self) -> String {
        self.name.join(" ")
    }
}

/// A member, with all that it takes to sign in.
pub struct Seated {
    /// The name to sign in with.
    pub login: String,
    /// The passphrase.
    pub passphrase: String,
    /// The recovery codes that are left.
    pub recovery: Vec<String>,
    /// The app that shows codes.
    pub app: App,
}

/// An app that shows codes.
pub struct App {
    /// The secret, as it is typed.
    pub secret: String,
    totp: Totp,
    /// Of this step, and of those before it, a code was shown already.
    last_step: u64,
}

/// A session of a member, or one that only founds or enrols.
#[derive(Debug, Clone)]
pub struct Session {
    /// As a browser sends it.
    pub cookie: String,
    /// Goes with every change.
    pub csrf: String,
}

/// The desk, as somebody's browser sees it.
#[derive(Debug, Clone)]
pub struct Desk {
    base: String,
    client: Client,
}

impl House {
    /// The committee's service.
    ///
    /// # Panics
    /// Never: a client needs nothing.
    pub fn desk(&self) -> Desk {
        let client = Client::builder().redirect(Policy::none()).build();
        Desk {
            base: self.triage_url(),
            client: client.expect("a client needs nothing"),
        }
    }
}

impl Desk {
    /// Hands in a holder's file.
    pub async fn hand_in(&self, file: &[u8]) -> Reply {
        let file = String::from_utf8_lossy(file);
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"share\"; filename=\"share.key\"\r\n\r\n\
             {file}\r\n--x\r\nContent-Disposition: form-data; name=\"passphrase\"\r\n\r\n\
             {PASSPHRASE}\r\n--x--\r\n"
        );
        let form = "multipart/form-data; boundary=x";
        let request = self.request(Method::POST, "/abrir");
        send(request.header(header::CONTENT_TYPE, form).body(body)).await
    }

    /// Opens the service with these shares; gives the session in which the first members are invited,
    /// where there are none.
    ///
    /// # Panics
    /// When the shares do not open it.
    pub async fn unseal(&self, house: &House, folder: &str, shares: &[u8]) -> Option<Session> {
        let mut last = None;
        for number in shares {
            let file = std::fs::read(house.path(&format!("{folder}/share-{number}.key")));
            last = Some(self.hand_in(&file.expect("it was made")).await);
        }
        let last = last.expect("there is a share");
        assert_eq!(last.status, 303, "{}", last.text());
        match value(&last, "location").as_str() {
            "/entrar" => None,
            "/fundar" => Some(self.session(&last, "/fundar").await),
            elsewhere => panic!("the shares lead to {elsewhere}"),
        }
    }

    /// Asks one of the first members in; gives what is handed over.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn found(&self, founding: &Session, chosen: &Chosen<'_>) -> Invited {
        let page = self.get("/fundar", founding).await.text();
        let titular = chosen
            .stands_in_for
            .map_or("", |name| option(&page, name).expect("it is a titular"));
        let [given, first, second] = chosen.name;
        let from = page
            .split("name=\"from\"")
            .nth(1)
            .and_then(|rest| quoted(rest, "value"));
        let fields = [
            ("given", given),
            ("first_surname", first),
            ("second_surname", second),
            ("login", chosen.login),
            ("seat", chosen.seat.code()),
            ("stands_in_for", titular),
            ("from", from.expect("the form proposes today")),
        ];
        let invited = self.post("/fundar", founding, &fields).await;
        assert_eq!(invited.status, 200, "{}", invited.text());
        invitation_in(&invited.text()).expect("link and code are shown")
    }

    /// Accepts an invitation with an app that shows codes.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn enrol(&self, invited: &Invited, login: &str, passphrase: &str) -> Seated {
        let Invited { link, code } = invited;
        let asks = send(self.request(Method::GET, link)).await;
        assert_eq!(asks.status, 200, "{}", asks.text());
        let request = self.request(Method::POST, link);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let opened = send(request.body(format!("code={}", url(code)))).await;
        assert_eq!(opened.status, 200, "{}", opened.text());
        let page = opened.text();
        let session = Session {
            cookie: opened.session(),
            csrf: hidden(&page, "csrf").to_owned(),
        };
        let mut app = App::of_page(&page);
        let code = app.code();
        let fields = [
            ("agreement", "yes"),
            ("passphrase", passphrase),
            ("again", passphrase),
            ("code", &code),
        ];
        let accepted = self.post("/invitacion", &session, &fields).await;
        assert_eq!(accepted.status, 200, "{}", accepted.text());
        let page = accepted.text();
        let codes = between(&page, "<ol class=\"codes\">", "</ol>").expect("codes are shown");
        let recovery: Vec<String> = codes
            .split("<code>")
            .skip(1)
            .filter_map(|rest| rest.split('<').next())
            .map(str::to_owned)
            .collect();
        assert!(recovery.len() >= 5, "{page}");
        Seated {
            login: login.to_owned(),
            passphrase: passphrase.to_owned(),
            recovery,
            app,
        }
    }

    /// Signs in, in both steps.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn sign_in(&self, member: &mut Seated) -> Session {
        let (half, ways) = self.first_step(&member.login, &member.passphrase).await;
        assert!(ways.contains(&"totp".to_owned()), "{ways:?}");
        let begun = self.second_step(&half, &member.code()).await;
        assert_eq!(begun.status, 201, "{}", begun.text());
        let cookie = begun.session();
        assert_ne!(
            cookie, half,
            "the session is another than that of the first step"
        );
        Session {
            cookie,
            csrf: text(&begun.json()["csrf"]),
        }
    }

    /// The first step of signing in: the cookie for the second, and the ways to take that.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn first_step(&self, login: &str, passphrase: &str) -> (String, Vec<String>) {
        let request = self.request(Method::POST, "/api/v1/session");
        let body = json!({ "user": login, "passphrase": passphrase });
        let half = send(request.json(&body)).await;
        assert_eq!(half.status, 202, "{}", half.text());
        let ways = half.json()["second"]
            .as_array()
            .map(|ways| ways.iter().map(text).collect());
        (half.session(), ways.expect("the ways are told"))
    }

    /// The second step of signing in, whatever comes of it.
    pub async fn second_step(&self, cookie: &str, code: &str) -> Reply {
        let request = self.request(Method::POST, "/api/v1/session/second");
        let request = request.header(header::COOKIE, cookie);
        send(request.json(&json!({ "code": code }))).await
    }

    /// Opens a page.
    pub async fn get(&self, path: &str, session: &Session) -> Reply {
        let request = self.request(Method::GET, path);
        send(request.header(header::COOKIE, &session.cookie)).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, session: &Session, fields: &[(&str, &str)]) -> Reply {
        let csrf = [("csrf", session.csrf.as_str())];
        let fields = csrf.iter().chain(fields);
        let body: Vec<String> = fields
            .map(|(name, value)| format!("{}={}", url(name), url(value)))
            .collect();
        let request = self.request(Method::POST, path);
        let request = request.header(header::COOKIE, &session.cookie);
        let form = "application/x-www-form-urlencoded";
        send(
            request
                .header(header::CONTENT_TYPE, form)
                .body(body.join("&")),
        )
        .await
    }

    /// Sends JSON.
    pub async fn call(&self, path: &str, session: &Session, body: &Value) -> Reply {
        let request = self.request(Method::POST, path);
        let request = request.header(header::COOKIE, &session.cookie);
        send(request.header("x-csrf-token", &session.csrf).json(body)).await
    }

    /// The session that an answer begins, with the token of a page that it opens.
    async fn session(&self, answer: &Reply, path: &str) -> Session {
        let cookie = answer.session();
        let request = self.request(Method::GET, path);
        let page = send(request.header(header::COOKIE, &cookie)).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let csrf = hidden(&page.text(), "csrf").to_owned();
        Session { cookie, csrf }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }
}

impl Seated {
    /// A code that was not shown before: of the app while there is one that is taken, and else a
    /// recovery code.
    ///
    /// # Panics
    /// When no recovery code is left.
    pub fn code(&mut self) -> String {
        let shown = self.app.next();
        shown.unwrap_or_else(|| self.recovery.pop().expect("a recovery code is left"))
    }
}

impl App {
    /// Sets it up as a page says.
    ///
    /// # Panics
    /// When the page shows no secret.
    pub fn of_page(page: &str) -> Self {
        let secret = between(page, "<code class=\"secret\">", "</code>");
        let secret = secret.expect("the secret can be typed").to_owned();
        let base32 = Secret::try_from_base32(secret.replace(' ', "")).expect("base32");
        let totp = Builder::new().with_secret(base32).build();
        Self {
            secret,
            totp: totp.expect("an app takes it"),
            last_step: 0,
        }
    }

    /// The secret, as bytes.
    ///
    /// # Panics
    /// Never: it was read before.
    pub fn secret_bytes(&self) -> Vec<u8> {
        let secret = Secret::try_from_base32(self.secret.replace(' ', ""));
        secret.expect("base32").as_bytes().to_vec()
    }

    /// A code that is taken and was not shown before. A clock may be wrong by one step either way, so
    /// there are two at once, or three.
    ///
    /// # Panics
    /// When all of them were shown.
    pub fn code(&mut self) -> String {
        self.next().expect("a code is left")
    }

    fn next(&mut self) -> Option<String> {
        let now = now();
        // The step before, unless it would be too old by the time that its code is looked at.
        let oldest = (now + IN_TIME) / STEP - 1;
        let step = (self.last_step + 1).max(oldest);
        (step <= now / STEP + 1).then(|| {
            self.last_step = step;
            self.totp.generate(step * STEP).to_string()
        })
    }
}

/// Both halves of an invitation.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The path of the link.
    pub link: String,
    /// What is said.
    pub code: String,
}

/// The invitation that a page shows, as it was sent or as a browser writes it.
pub fn invitation_in(page: &str) -> Option<Invited> {
    let marked = |mark: &str| {
        let element = between(page, mark, "</code>")?;
        Some(element.split_once('>')?.1)
    };
    let link = marked(" data-link")?;
    let path = link.find("/invitacion/")?;
    Some(Invited {
        link: link[path..].to_owned(),
        code: marked(" data-code")?.to_owned(),
    })
}

async fn send(request: RequestBuilder) -> Reply {
    reply(request).await.expect("the service answers")
}

/// A header of an answer, empty if it has none.
fn value(answer: &Reply, name: &str) -> String {
    let start = format!("{name}: ");
    let mut headers = answer.headers.iter();
    headers
        .find_map(|header| header.strip_prefix(&start))
        .unwrap_or_default()
        .to_owned()
}

/// The value of the entry of a list whose text begins like this.
fn option<'a>(page: &'a str, label: &str) -> Option<&'a str> {
    page.split("<option ")
        .find(|entry| {
            entry
                .split('>')
                .nth(1)
                .is_some_and(|text| text.starts_with(label))
        })
        .and_then(|entry| quoted(entry, "value"))
}

fn quoted<'a>(html: &'a str, attribute: &str) -> Option<&'a str> {
    between(html, &format!("{attribute}=\""), "\"")
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split(after).next()
}

fn text(value: &Value) -> String {
    value.as_str().expect("it is text").to_owned()
}

fn now() -> u64 {
    u64::try_from(SystemClock.now().as_second()).expect("after 1970")
}
