//! Addresses in disguise, and methods: whatever a request looks like, no handler answers it that the gate
//! did not rule on for whoever sends it.
//!
//! The real gate stands before handlers that only say which they are. Requests are written byte by byte:
//! clients tidy addresses up before they send them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;

use actix_web::web::ServiceConfig;
use actix_web::{HttpRequest, HttpResponse};
use committee::access::open_circle;
use committee::members::Roster;
use domain::case::Folio;
use domain::committee::policy::decide;
use domain::committee::{Actor, MemberId, Relation, Ruling, Seat};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::access::method;
use super::{Member, PASSPHRASE, Service, listen};
use crate::desk::routes::{Access, Address, addresses, register};
use crate::testing::{House, story};
use crate::vault::Expected;

/// Says which handler answered: its method, its address, and the folio that it would work on.
const REACHED: &str = "x-reached";

fn probes(config: &mut ServiceConfig) {
    register(config, |address, call| {
        let (verb, path) = (call.verb, address.path);
        call.verb
            .route()
            .to(move |request: HttpRequest| async move {
                let folio = request.match_info().get("folio").unwrap_or("-");
                let reached = format!("{} {path} {folio}", method(verb));
                HttpResponse::Ok()
                    .insert_header((REACHED, reached))
                    .finish()
            })
    });
}

/// Somebody who calls.
struct Caller {
    name: &'static str,
    session: Option<Member>,
    actor: Option<Actor>,
    /// What the cases are to them.
    relations: BTreeMap<String, Relation>,
}

impl Caller {
    /// Whether a handler may answer them.
    fn may(&self, access: Access, folio: Option<&str>, sealed: bool) -> bool {
        match access {
            Access::Open => true,
            Access::Unseal => sealed,
            Access::SignIn => !sealed,
            // Nobody here has begun to sign in, or looks at an invitation.
            Access::SecondStep | Access::Enrolment | Access::Founding => false,
            Access::Member(act) => self.actor.as_ref().is_some_and(|actor| {
                let relation = folio.and_then(|folio| self.relations.get(folio).copied());
                let ruling = decide(actor, act, relation);
                matches!(ruling, Ruling::Allowed | Ruling::NeedsSecond)
            }),
        }
    }
}

/// A desk of probes, with two cases and those who call.
struct Probed {
    at: SocketAddr,
    sealed: bool,
    callers: Vec<Caller>,
    /// About nobody of the committee, and about all of it but one.
    cases: [Folio; 2],
    _service: Service,
}

impl Probed {
    async fn unsealed() -> Self {
        let house = House::new().await;
        let mut members = Vec::new();
        for (seat, login) in [
            (Seat::Presidencia, "Aurelio"),
            (Seat::Electa, "Dorotea"),
            (Seat::Invitada, "Herminia"),
        ] {
            members.push((login, house.member(seat, login, PASSPHRASE).await));
        }
        let open = house.case(story("Faltan medicamentos del almacén desde enero."));
        let open = open.await;
        let kept = house.case(json!({
            "narrative": "Se reparten el dinero entre las dos.",
            "people": [{ "name": "Dorotea Arizmendi Xicoténcatl" },
                { "name": "Herminia Ancona Xicoténcatl" }],
        }));
        let kept = kept.await;
        let service = Service::serve_members(house, Expected::default(), true).await;
        let mut callers = vec![nobody()];
        for (login, id) in members {
            let begun = service.sign_in_as(login, PASSPHRASE, None).await;
            callers.push(Caller {
                name: login,
                session: Some(Member::of(&begun)),
                actor: Some(actor(&service.house, id).await),
                relations: relations(&service.house, id).await,
            });
        }
        assert!(
            callers[3]
                .relations
                .values()
                .any(|one| *one == Relation::Excluded)
        );
        Self {
            at: listen(&service.desk, probes),
            sealed: false,
            callers,
            cases: [open, kept],
            _service: service,
        }
    }

    async fn sealed() -> Self {
        let service = Service::sealed().await;
        let case = service
            .house
            .case(story("Faltan medicamentos del almacén."));
        let case = case.await;
        Self {
            at: listen(&service.desk, probes),
            sealed: true,
            callers: vec![nobody()],
            cases: [case; 2],
            _service: service,
        }
    }

    /// Nobody, and a guest of the committee for whom the second case does not exist: those who may
    /// least. Of a sealed service, nobody.
    fn outsiders(&self) -> impl Iterator<Item = &Caller> {
        let names = ["nobody", "Herminia"];
        self.callers
            .iter()
            .filter(move |caller| names.contains(&caller.name))
    }

    /// Sends a request as it is written; which handler answered, if one did.
    async fn send(&self, caller: &Caller, method: &str, target: &str, more: &str) -> Reached {
        let mut head = format!("{method} {target} HTTP/1.1\r\nHost: {}\r\n", self.at);
        let mut body = String::new();
        if let Some(Member { cookie, token }) = &caller.session {
            write!(head, "Cookie: {cookie}\r\nX-CSRF-Token: {token}\r\n").unwrap();
            body = format!("csrf={token}&_method=DELETE");
        }
        if ["GET", "HEAD", "OPTIONS", "TRACE"].contains(&method) {
            body.clear();
        } else {
            let length = body.len();
            write!(
                head,
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n"
            )
            .unwrap();
        }
        let request = format!("{head}{more}Connection: close\r\n\r\n{body}");
        let mut stream = TcpStream::connect(self.at).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // The server may close before it has read all of a request that it refuses.
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer);
        let (head, _) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).unwrap_or("none").to_owned();
        let reached = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case(REACHED).then(|| value.to_owned())
        });
        Reached { status, reached }
    }

    /// Fails if a handler answered that this caller may not reach, or another than the one of the
    /// method that was sent.
    fn check(&self, caller: &Caller, sent: &str, target: &str, got: &Reached) {
        let Some(reached) = &got.reached else {
            return;
        };
        let what = format!("{} sent {sent} {target} and reached {reached}", caller.name);
        let mut parts = reached.split(' ');
        let (reached_method, path, folio) = (
            parts.next().unwrap(),
            parts.next().unwrap(),
            parts.next().unwrap(),
        );
        let alike = sent == reached_method || (sent, reached_method) == ("HEAD", "GET");
        assert!(alike, "{what}");
        let address = addresses().find(|address| address.path == path).unwrap();
        let call = address
            .calls
            .iter()
            .find(|call| method(call.verb).as_str() == reached_method)
            .unwrap();
        let folio = (folio != "-").then_some(folio);
        assert!(caller.may(call.access, folio, self.sealed), "{what}");
    }
}

/// Every address, with something in its braces.
fn paths(folio: Folio) -> Vec<String> {
    let (folio, nothing) = (folio.to_string(), "0".repeat(32));
    let path = |address: &Address| {
        let parts = address.path.split('/').map(|part| match part {
            "{folio}" => folio.as_str(),
            part if part.starts_with('{') => nothing.as_str(),
            part => part,
        });
        parts.collect::<Vec<_>>().join("/")
    };
    addresses().map(path).collect()
}

#[derive(Debug, PartialEq, Eq)]
struct Reached {
    status: String,
    reached: Option<String>,
}

fn nobody() -> Caller {
    Caller {
        name: "nobody",
        session: None,
        actor: None,
        relations: BTreeMap::new(),
    }
}

async fn actor(house: &House, id: MemberId) -> Actor {
    let roster = Roster::load(&*house.cases, &house.keyring).await.unwrap();
    let all = roster.profiles();
    let profile = all.iter().find(|profile| profile.id == id).unwrap();
    Actor::of(profile, &all, house.today())
}

async fn relations(house: &House, id: MemberId) -> BTreeMap<String, Relation> {
    let register = house.register().await;
    let relation = register.iter().map(|entry| {
        let sealed = entry.circle.as_ref().expect("the case has members");
        let circle = open_circle(&house.keyring, entry.id, sealed).unwrap();
        (entry.folio.to_string(), circle.relation_of(id))
    });
    relation.collect()
}

/// The same address, its last small letter by number.
fn encoded(path: &str) -> String {
    let Some(at) = path.rfind(|c: char| c.is_ascii_lowercase()) else {
        return path.to_owned();
    };
    let letter = path.as_bytes()[at];
    format!("{}%{letter:02x}{}", &path[..at], &path[at + 1..])
}

/// Other ways to write an address, and addresses that somebody may take for it.
///
/// The first are those that some server or proxy takes for the address itself.
fn disguises(path: &str) -> Vec<String> {
    let inner = path.trim_start_matches('/');
    vec![
        encoded(path),
        path.replacen('/', "//", 1),
        path.replace('/', "//"),
        format!("{path}/"),
        format!("/static/../{inner}"),
        format!("/static/%2e%2e/{inner}"),
        format!("/{}", inner.replace('/', "%2f")),
        path.to_uppercase(),
        format!("{path};jsessionid=1"),
        format!("{path}?/health/live"),
        format!("http://otro.example{path}"),
        // `LIKELY` of them end here.
        encoded(path).replace('%', "%25"),
        format!("{path}//"),
        format!("{path}/."),
        format!("/./{inner}"),
        format!("/static/..%2f{}", inner.replace('/', "%2f")),
        format!("/{}", inner.replace('/', "%2F")),
        format!("/{}", inner.replace('/', "\\")),
        format!("/health/live/..{path}"),
        format!("{path};/health/live"),
        format!("/;{path}"),
        format!("/health/live?{path}"),
        format!("{path}%00"),
        format!("{path}%20"),
        format!("{path}."),
        format!("{path}.css"),
        format!("{path}%3f"),
        format!("{path}#/health/live"),
        format!("http://otro.example:1/health/live/..{path}"),
        inner.to_owned(),
    ]
}

const LIKELY: usize = 11;

/// Whether what is less likely is tried on this address: each of it on every fourth, and some of it on each.
/// What takes a disguise for an address does not look at which address it is.
fn has_its_turn(address: usize, way: usize) -> bool {
    (address + way).is_multiple_of(4)
}

const METHODS: [&str; 14] = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "PATCH", "CONNECT",
    "PROPFIND", "MOVE", "Post", "NADA",
];

const LIKELY_METHODS: usize = 8;

/// What some servers take for another method or another address.
const OVERRIDES: [&str; 9] = [
    "X-HTTP-Method-Override: POST\r\nX-Original-URL: /health/live\r\n",
    "X-HTTP-Method-Override: GET\r\nX-Rewrite-URL: /casos/CE-2026-000001\r\n",
    "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: localhost\r\nForwarded: for=127.0.0.1\r\n",
    "X-HTTP-Method: DELETE\r\n",
    "X-Method-Override: POST\r\n",
    "X-Original-URL: /casos/CE-2026-000001\r\n",
    "X-Rewrite-URL: /health/live\r\n",
    "X-Forwarded-Prefix: /static\r\n",
    "X-HTTP-Method-Override: DELETE\r\n",
];

async fn no_disguise_leads_further(probed: Probed) {
    let mut tried = 0;
    for caller in probed.outsiders() {
        // Each call of a member is written into the log: the likely ones will do.
        let is_member = caller.session.is_some();
        for (address, path) in paths(probed.cases[1]).iter().enumerate() {
            for (way, target) in disguises(path).iter().enumerate() {
                if way >= LIKELY && (is_member || !has_its_turn(address, way)) {
                    continue;
                }
                for method in ["GET", "POST"] {
                    let got = probed.send(caller, method, target, "").await;
                    probed.check(caller, method, target, &got);
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 1_000, "{tried}");
}

#[tokio::test]
async fn an_address_in_disguise_reaches_nothing_that_is_not_for_the_caller() {
    no_disguise_leads_further(Probed::unsealed().await).await;
}

#[tokio::test]
async fn an_address_in_disguise_reaches_nothing_of_a_sealed_service() {
    no_disguise_leads_further(Probed::sealed().await).await;
}

#[tokio::test]
async fn no_other_method_reaches_what_a_method_is_refused() {
    let probed = Probed::unsealed().await;
    for caller in probed.outsiders() {
        // As above.
        let is_member = caller.session.is_some();
        let left_out = |address, way| is_member || !has_its_turn(address, way);
        for (address, path) in paths(probed.cases[1]).iter().enumerate() {
            let mut plain = BTreeMap::new();
            for (way, method) in METHODS.into_iter().enumerate() {
                if way >= LIKELY_METHODS && left_out(address, way) {
                    continue;
                }
                let got = probed.send(caller, method, path, "").await;
                probed.check(caller, method, path, &got);
                plain.insert(method, got);
            }
            for (way, more) in OVERRIDES.into_iter().enumerate() {
                if way > 0 && left_out(address, way) {
                    continue;
                }
                for method in ["GET", "POST"] {
                    let got = probed.send(caller, method, path, more).await;
                    assert_eq!(
                        got, plain[method],
                        "{} {method} {path} with {more}",
                        caller.name
                    );
                }
            }
        }
    }
}

/// The tests above could not fail if the probes were never reached.
#[tokio::test]
async fn what_the_policy_lets_a_caller_do_is_reached() {
    let probed = Probed::unsealed().await;
    let mut reached = BTreeMap::new();
    for caller in &probed.callers {
        for (address, path) in addresses().zip(paths(probed.cases[0])) {
            for call in address.calls {
                let sent = method(call.verb);
                let got = probed.send(caller, sent.as_str(), &path, "").await;
                let disguised = encoded(&path);
                let same = probed.send(caller, sent.as_str(), &disguised, "").await;
                assert_eq!(got.reached, same.reached, "{} {sent} {path}", caller.name);
                let folio = probed.cases[0].to_string();
                let folio = address.path.contains("{folio}").then_some(folio.as_str());
                let may = caller.may(call.access, folio, false);
                assert_eq!(got.reached.is_some(), may, "{} {sent} {path}", caller.name);
                *reached.entry(caller.name).or_insert(0) += usize::from(may);
            }
        }
    }
    assert!(reached["nobody"] < reached["Herminia"], "{reached:?}");
    assert!(reached["Herminia"] < reached["Dorotea"], "{reached:?}");
    assert!(reached["Dorotea"] < reached["Aurelio"], "{reached:?}");
}
