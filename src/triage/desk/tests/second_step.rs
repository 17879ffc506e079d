//! The second step of signing in.

use committee::members::totp::TotpSecret;
use domain::committee::{MemberId, Seat};
use jiff::SignedDuration;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use serde_json::{Value, json};
use service::clock::Clock as _;

use super::session::SECOND_STEP;
use super::{Answer, Member, PASSPHRASE, Service};
use crate::testing::House;
use crate::vault::Expected;

const ANA: &str = "ana";

/// A service with a member who has an app.
pub(super) struct WithApp {
    pub(super) service: Service,
    id: MemberId,
    secret: TotpSecret,
    recovery: Vec<String>,
}

impl WithApp {
    pub(super) async fn start() -> Self {
        let house = House::new().await;
        let (id, secret, recovery) = house
            .member_with_app(Seat::SecretariaTecnica, ANA, PASSPHRASE)
            .await;
        let service = Service::serve_members(house, Expected::default(), true).await;
        let recovery = recovery
            .iter()
            .map(|code| code.text().to_string())
            .collect();
        Self {
            service,
            id,
            secret,
            recovery,
        }
    }

    /// The code that the app shows now.
    pub(super) fn code(&self) -> String {
        self.secret.code(self.service.house.clock.now())
    }

    /// Time goes on until the app shows another code.
    pub(super) fn wait(&self) {
        self.service
            .house
            .clock
            .advance(SignedDuration::from_secs(30));
    }

    /// The cookie after name and passphrase.
    async fn first(&self) -> String {
        let answer = self.service.sign_in_as(ANA, PASSPHRASE, None).await;
        assert_eq!(answer.status, 202, "{}", answer.body);
        answer.cookie()
    }

    pub(super) async fn second(&self, cookie: &str, code: &str) -> Answer {
        let headers = [(CONTENT_TYPE, "application/json"), (COOKIE, cookie)];
        let body = json!({ "code": code }).to_string();
        self.service
            .send(Method::POST, "/api/v1/session/second", &headers, &body)
            .await
    }

    async fn enter(&self, code: &str) -> Answer {
        self.second(&self.first().await, code).await
    }
}

#[tokio::test]
async fn passphrase_and_code_let_in_and_the_id_changes_between_them() {
    let ana = WithApp::start().await;
    let answer = ana.service.sign_in_as(ANA, PASSPHRASE, None).await;
    assert_eq!(answer.status, 202);
    let view: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(view, json!({ "second": ["totp", "recovery"] }));
    let first = answer.cookie();
    let answer = ana.second(&first, &ana.code()).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let member = Member::of(&answer);
    assert_ne!(member.cookie, first);
    assert!(ana.service.is_signed_in(&member).await);
    // The first step is used up.
    ana.wait();
    assert_eq!(ana.second(&first, &ana.code()).await.status, 401);
}

#[tokio::test]
async fn the_first_step_opens_nothing_but_the_second() {
    let ana = WithApp::start().await;
    let half = Member {
        cookie: ana.first().await,
        token: String::new(),
    };
    for path in ["/", "/api/v1/cases", "/api/v1/session", "/api/openapi.json"] {
        let answer = ana.service.get(path, Some(&half)).await;
        let refused = answer.status == 401 || answer.header(LOCATION) == "/entrar";
        assert!(refused, "{path}: {answer:?}");
    }
    let page = ana.service.get("/entrar/segundo", Some(&half)).await;
    assert_eq!(page.status, 200);
    // And a whole session is not good for a second step.
    let whole = Member::of(&ana.enter(&ana.code()).await);
    let page = ana.service.get("/entrar/segundo", Some(&whole)).await;
    assert_eq!(page.header(LOCATION), "/entrar");
}

#[tokio::test]
async fn the_form_takes_the_second_step_only_with_its_token() {
    let ana = WithApp::start().await;
    let form = format!("user={ANA}&passphrase={}", PASSPHRASE.replace(' ', "+"));
    let answer = ana.service.post("/entrar", None, &form).await;
    assert_eq!(answer.header(LOCATION), "/entrar/segundo");
    let half = Member {
        cookie: answer.cookie(),
        token: String::new(),
    };
    let page = ana.service.get("/entrar/segundo", Some(&half)).await;
    assert!(!page.body.contains("<script"), "no device, no script");
    let token = hidden(&page.body, "csrf");
    let code = ana.code();
    for bad in [format!("code={code}"), format!("csrf=AAAA&code={code}")] {
        let answer = ana.service.post("/entrar/segundo", Some(&half), &bad).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header(SET_COOKIE)),
            (403, "")
        );
    }
    let wrong = format!("csrf={token}&code=000+000");
    let answer = ana
        .service
        .post("/entrar/segundo", Some(&half), &wrong)
        .await;
    assert_eq!(answer.status, 401);
    assert!(
        !answer.body.contains("000"),
        "what was typed is not given back"
    );
    let good = format!("csrf={token}&code={code}");
    let answer = ana
        .service
        .post("/entrar/segundo", Some(&half), &good)
        .await;
    assert_eq!(answer.header(LOCATION), "/", "{}", answer.body);
    let member = Member {
        cookie: answer.cookie(),
        token: String::new(),
    };
    assert_eq!(ana.service.get("/", Some(&member)).await.status, 200);
}

/// The value of a hidden field.
pub(super) fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("{name} in {page}"));
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_code_is_taken_once_even_by_many_at_once() {
    let ana = WithApp::start().await;
    let (one, other) = (ana.first().await, ana.first().await);
    let code = ana.code();
    let (first, second) = tokio::join!(ana.second(&one, &code), ana.second(&other, &code));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 401]);
    assert_eq!(ana.enter(&code).await.status, 401);
    ana.wait();
    assert_eq!(ana.enter(&ana.code()).await.status, 201);
}

#[tokio::test]
async fn a_recovery_code_lets_in_once() {
    let ana = WithApp::start().await;
    let code = ana.recovery[3].to_lowercase().replace('-', " ");
    assert_eq!(ana.enter(&code).await.status, 201);
    assert_eq!(ana.enter(&code).await.status, 401);
    assert_eq!(ana.enter(&ana.recovery[4]).await.status, 201);
}

#[tokio::test]
async fn after_five_wrong_codes_the_first_step_has_to_be_taken_again() {
    let ana = WithApp::start().await;
    let cookie = ana.first().await;
    for _ in 0..5 {
        assert_eq!(ana.second(&cookie, "nada").await.status, 401);
    }
    let answer = ana.second(&cookie, &ana.code()).await;
    assert!(answer.body.contains("signed-out"), "{}", answer.body);
}

#[tokio::test]
async fn the_first_step_does_not_wait_for_long() {
    let ana = WithApp::start().await;
    let cookie = ana.first().await;
    ana.service.house.clock.advance(SECOND_STEP);
    let answer = ana.second(&cookie, &ana.code()).await;
    assert!(answer.body.contains("signed-out"), "{}", answer.body);
}

#[tokio::test]
async fn who_is_no_member_any_more_is_out_at_once() {
    let ana = WithApp::start().await;
    let half = ana.first().await;
    let member = Member::of(&ana.enter(&ana.code()).await);
    assert!(ana.service.is_signed_in(&member).await);
    ana.service.house.end(ana.id).await;
    assert!(!ana.service.is_signed_in(&member).await);
    ana.wait();
    assert_eq!(ana.second(&half, &ana.code()).await.status, 401);
    let answer = ana.service.sign_in_as(ANA, PASSPHRASE, None).await;
    assert_eq!(answer.status, 401);
}
