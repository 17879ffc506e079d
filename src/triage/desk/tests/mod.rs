//! The desk over real HTTP: a server of its own, real stores, a real key.

mod access;
mod acts;
mod alike;
mod amend;
mod assisted;
mod at_risk;
mod calls;
mod cases;
mod complete;
mod damaged;
mod disguised;
mod evidence;
mod files;
mod forgery;
mod guessing;
mod hidden;
mod incidents;
mod involved;
mod known;
mod letters;
mod lists;
mod logbook;
mod mail;
mod meetings;
mod members;
mod papers;
mod passkeys;
mod procedure;
mod programs;
mod programs_office;
mod programs_papers;
mod recusals;
mod recusals_decided;
mod reserved;
mod retention;
mod roles;
mod search;
mod second_step;
mod sessions;
mod suspension;
mod suspensions;
mod swapped;
mod tables;
mod texts;
mod unaided;
mod unanswered;
mod unsealing;
mod version;
mod written;
mod year;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::{Data, ServiceConfig};
use actix_web::{App, HttpServer};
use domain::committee::Seat;
use notices::slot::Slots;
use reqwest::header::{COOKIE, HeaderMap, HeaderName, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use super::{Desk, Viewer, routes, session};
use crate::testing::House;
use crate::vault::{Expected, Vault};

const USER: &str = "secretaria";
const PASSPHRASE: &str = "cuatro palabras de demostración";
/// Where passkeys believe to be.
const ORIGIN: &str = "https://comite.example.mx";

/// A desk that is served.
struct Service {
    house: House,
    desk: Data<Desk>,
    base: String,
    client: Client,
}

/// Starts a server of this desk; gives where it listens.
fn listen(desk: &Data<Desk>, routes: fn(&mut ServiceConfig)) -> SocketAddr {
    let desk = desk.clone();
    let server = HttpServer::new(move || {
        App::new()
            .app_data(desk.clone())
            .wrap(service::headers::security(service::headers::LINKED_STYLE))
            .configure(routes)
    })
    .workers(2)
    .disable_signals()
    .bind(("127.0.0.1", 0))
    .unwrap();
    let address = server.addrs()[0];
    tokio::spawn(server.run());
    address
}

/// An answer, read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

/// Somebody who is signed in.
struct Member {
    cookie: String,
    token: String,
}

impl Service {
    /// An unsealed service with one account.
    async fn start() -> Self {
        Self::serve(House::new().await, Expected::default(), true).await
    }

    /// The same without its key.
    async fn sealed() -> Self {
        Self::serve(House::new().await, Expected::default(), false).await
    }

    async fn serve(house: House, expected: Expected, unsealed: bool) -> Self {
        house
            .member(Seat::SecretariaEjecutiva, USER, PASSPHRASE)
            .await;
        Self::serve_members(house, expected, unsealed).await
    }

    /// The same for whoever the house has made a member.
    async fn serve_members(house: House, expected: Expected, unsealed: bool) -> Self {
        let vault = Arc::new(Vault::sealed(
            house.cases.clone(),
            expected,
            Arc::clone(&house.clock) as _,
        ));
        if unsealed {
            vault.unseal(house.identity.clone()).await.unwrap();
        }
        let desk = Desk::new(
            house.cases.clone(),
            house.mailroom.clone(),
            vault,
            Arc::clone(&house.clock) as _,
            Some(&ORIGIN.parse().unwrap()),
        );
        let slots = Slots::every(Duration::from_hours(1));
        let viewer = Viewer::new(house.cleaner());
        let desk = Data::new(desk.unwrap().with_mail(slots).with_viewer(viewer));
        let base = format!("http://{}", listen(&desk, routes));
        let client = Client::builder()
            .redirect(Policy::none())
            // Between two requests a test may work longer than the server keeps a connection.
            .pool_max_idle_per_host(0)
            .build()
            .unwrap();
        Self {
            house,
            desk,
            base,
            client,
        }
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(HeaderName, &str)],
        body: &str,
    ) -> Answer {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let answer = request.body(body.to_owned()).send().await.unwrap();
        let (status, mut headers) = (answer.status(), answer.headers().clone());
        headers.remove("date");
        // Says only whether the body came together with its head.
        headers.remove("connection");
        Answer {
            status,
            headers,
            body: answer
                .text()
                .await
                .unwrap()
                .trim_end_matches(' ')
                .to_owned(),
        }
    }

    async fn get(&self, path: &str, member: Option<&Member>) -> Answer {
        let cookie = member.map(|member| (COOKIE, member.cookie.as_str()));
        self.send(Method::GET, path, cookie.as_slice(), "").await
    }

    async fn json(&self, path: &str, member: &Member) -> Value {
        let answer = self.get(path, Some(member)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    /// Signs in through the interface.
    async fn sign_in_as(&self, user: &str, passphrase: &str, cookie: Option<&str>) -> Answer {
        let body = json!({ "user": user, "passphrase": passphrase }).to_string();
        let mut headers = vec![(reqwest::header::CONTENT_TYPE, "application/json")];
        headers.extend(cookie.map(|cookie| (COOKIE, cookie)));
        self.send(Method::POST, "/api/v1/session", &headers, &body)
            .await
    }

    async fn sign_in(&self) -> Member {
        let answer = self.sign_in_as(USER, PASSPHRASE, None).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        Member::of(&answer)
    }

    /// Posts a form.
    async fn post(&self, path: &str, member: Option<&Member>, form: &str) -> Answer {
        let mut headers = vec![(
            reqwest::header::CONTENT_TYPE,
            "application/x-www-form-urlencoded",
        )];
        headers.extend(member.map(|member| (COOKIE, member.cookie.as_str())));
        self.send(Method::POST, path, &headers, form).await
    }

    async fn is_signed_in(&self, member: &Member) -> bool {
        self.get("/api/v1/session", Some(member)).await.status == 200
    }
}

impl Member {
    fn of(answer: &Answer) -> Self {
        let view: Value = serde_json::from_str(&answer.body).unwrap();
        Self {
            cookie: answer.cookie(),
            token: view["csrf"].as_str().unwrap().to_owned(),
        }
    }
}

impl Answer {
    fn header(&self, name: impl reqwest::header::AsHeaderName) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The cookie that was set, as it is sent back.
    fn cookie(&self) -> String {
        self.header(SET_COOKIE)
            .split(';')
            .next()
            .unwrap()
            .to_owned()
    }
}
