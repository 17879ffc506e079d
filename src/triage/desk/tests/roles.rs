//! Every seat at every address, on cases that it may open, may know of, and may not know of: what the
//! policy does not let is refused, and nothing is changed without the session's token.

use domain::case::Folio;
use domain::committee::policy::decide;
use domain::committee::{Actor, MemberId, Relation, Ruling, Seat};
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderName, ORIGIN};
use serde_json::json;

use super::access::method;
use super::forgery::{SITE, TOKEN};
use super::{Answer, Member, PASSPHRASE, Service};
use crate::desk::routes::{Access, Call, Verb, addresses};
use crate::testing::{House, story};
use crate::vault::Expected;
use committee::access::open_circle;
use committee::members::Roster;

/// The given name of whoever has each seat, and the name to sign in with.
const NAMES: [&str; 8] = [
    "Aurelio",
    "Berenice",
    "Celestino",
    "Dorotea",
    "Eusebio",
    "Filomena",
    "Gervasio",
    "Herminia",
];
/// The suplente of the elected member.
const SUPLENTE: &str = "Ildefonso";
/// What is told of a change without the session's token, which is looked at after the policy was asked.
const NO_TOKEN: &str = "La petición no lleva la clave de su sesión.";
/// What is told of something that is not for the seat.
const NOT_YOURS: &str = "Esta acción no corresponde a su lugar en el Comité.";

/// A member of each seat, signed in, and two cases.
struct Everybody {
    service: Service,
    members: Vec<(Seat, MemberId, Member)>,
    /// About nobody of the committee.
    open: Folio,
    /// About everybody but the first.
    kept: Folio,
}

impl Everybody {
    async fn new() -> Self {
        let house = House::new().await;
        let mut seated = Vec::new();
        for (seat, name) in Seat::ALL.iter().zip(NAMES) {
            seated.push((*seat, house.member(*seat, name, PASSPHRASE).await, name));
        }
        assert_eq!(seated.len(), Seat::ALL.len(), "every seat has a name");
        let (_, elected, _) = seated.iter().find(|one| one.0 == Seat::Electa).unwrap();
        let suplente = house.suplente((Seat::Electa, *elected), SUPLENTE, PASSPHRASE);
        seated.push((Seat::Electa, suplente.await, SUPLENTE));
        let open = house.case(story("Faltan medicamentos del almacén desde enero."));
        let open = open.await;
        let accused: Vec<_> = NAMES[1..]
            .iter()
            .map(|name| json!({ "name": format!("{name} Urrutia Xicoténcatl") }))
            .collect();
        let about = json!({ "narrative": "Entre todos se reparten el dinero.", "people": accused });
        let kept = house.case(about).await;
        let service = Service::serve_members(house, Expected::default(), true).await;
        let mut members = Vec::new();
        for (seat, id, name) in seated {
            let begun = service.sign_in_as(name, PASSPHRASE, None).await;
            members.push((seat, id, Member::of(&begun)));
        }
        Self {
            service,
            members,
            open,
            kept,
        }
    }

    async fn actor(&self, id: MemberId) -> Actor {
        let house = &self.service.house;
        let roster = Roster::load(&*house.cases, &house.keyring).await.unwrap();
        let all = roster.profiles();
        let profile = all.iter().find(|profile| profile.id == id).unwrap();
        Actor::of(profile, &all, house.today())
    }

    /// What a member is to a case, as its circle says.
    async fn relation(&self, id: MemberId, folio: Folio) -> Relation {
        let house = &self.service.house;
        let register = house.register().await;
        let entry = register.iter().find(|entry| entry.folio == folio).unwrap();
        let sealed = entry.circle.as_ref().expect("the case has members");
        let circle = open_circle(&house.keyring, entry.id, sealed).unwrap();
        circle.relation_of(id)
    }

    /// Calls an address as a member does, with this token.
    async fn call(&self, member: &Member, call: &Call, path: &str, token: &str) -> Answer {
        let is_api = path.starts_with("/api/");
        let (kind, body) = if is_api {
            ("application/json", "{}".to_owned())
        } else {
            ("application/x-www-form-urlencoded", format!("csrf={token}"))
        };
        let mut headers = vec![(COOKIE, member.cookie.as_str())];
        if call.verb == Verb::Get {
            let method = method(call.verb);
            return self.service.send(method, path, &headers, "").await;
        }
        headers.push((CONTENT_TYPE, kind));
        if is_api {
            headers.push((TOKEN, token));
        }
        let method = method(call.verb);
        self.service.send(method, path, &headers, &body).await
    }
}

/// The address with a case in it, and with anything where it names something else.
fn filled(path: &str, folio: &str) -> String {
    let nothing = "0".repeat(32);
    let parts = path.split('/').map(|part| match part {
        "{folio}" => folio,
        "{paso}" => "REGISTRAR",
        part if part.starts_with('{') => nothing.as_str(),
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn no_seat_gets_further_than_the_policy_lets_it() {
    let all = Everybody::new().await;
    let mut seen = std::collections::BTreeSet::new();
    for (seat, id, member) in &all.members {
        let actor = all.actor(*id).await;
        for address in addresses() {
            for call in address.calls {
                let Access::Member(act) = call.access else {
                    continue;
                };
                let cases = if address.path.contains("{folio}") {
                    let relation = async |folio| Some(all.relation(*id, folio).await);
                    let (open, kept) = (relation(all.open).await, relation(all.kept).await);
                    vec![(all.open.to_string(), open), (all.kept.to_string(), kept)]
                } else {
                    vec![(String::new(), None)]
                };
                for (folio, relation) in cases {
                    let ruling = decide(&actor, act, relation);
                    let lets = matches!(ruling, Ruling::Allowed | Ruling::NeedsSecond);
                    let named = [
                        "/{file}",
                        "/{paper}",
                        "/{party}",
                        "/{certificate}",
                        "/{meeting}",
                        "/{matter}",
                    ];
                    let is_of_one = named.iter().any(|part| address.path.contains(part));
                    if lets && is_of_one {
                        // What it then does is for other tests.
                        continue;
                    }
                    let what = format!("{seat} {:?} {} {relation:?}", call.verb, address.path);
                    let path = filled(address.path, &folio);
                    let changes = call.verb != Verb::Get;
                    let token = if changes { "" } else { &member.token };
                    let answer = all.call(member, call, &path, token).await;
                    let status = answer.status.as_u16();
                    seen.insert(format!("{ruling:?} {relation:?}"));
                    match ruling {
                        Ruling::Refused => {
                            assert_eq!(status, 403, "{what}");
                            assert!(answer.body.contains(NOT_YOURS), "{what}");
                        }
                        Ruling::Hidden => {
                            let unknown = filled(address.path, "CE-2026-987654");
                            let none = all.call(member, call, &unknown, token).await;
                            assert_eq!(status, 404, "{what}");
                            assert_eq!(answer.body, none.body, "{what}");
                        }
                        // Let through, and stopped by what comes next.
                        Ruling::Allowed | Ruling::NeedsSecond if changes => {
                            assert_eq!(status, 403, "{what}");
                            assert!(answer.body.contains(NO_TOKEN), "{what}");
                        }
                        Ruling::Allowed => assert_eq!(status, 200, "{what}"),
                        // It is asked for with a form.
                        Ruling::NeedsSecond => assert!([200, 404].contains(&status), "{what}"),
                    }
                }
            }
        }
    }
    for rare in [
        "Allowed Some(Entitled)",
        "Refused Some(Entitled)",
        "Hidden Some(Outside)",
        "Hidden Some(Excluded)",
        "Refused None",
    ] {
        assert!(seen.contains(rare), "{rare}: {seen:?}");
    }
}

#[tokio::test]
async fn nothing_is_changed_without_the_sessions_own_token() {
    let all = Everybody::new().await;
    let (_, id, member) = &all.members[0];
    let (_, _, other) = &all.members[1];
    let actor = all.actor(*id).await;
    let relation = all.relation(*id, all.open).await;
    let mut tried = 0;
    for address in addresses() {
        for call in address.calls {
            let Access::Member(act) = call.access else {
                continue;
            };
            let about = address.path.contains("{folio}").then_some(relation);
            let ruling = decide(&actor, act, about);
            if call.verb == Verb::Get || !matches!(ruling, Ruling::Allowed | Ruling::NeedsSecond) {
                continue;
            }
            let path = filled(address.path, &all.open.to_string());
            for token in ["", "AAAA", other.token.as_str()] {
                let answer = all.call(member, call, &path, token).await;
                assert_eq!(answer.status, 403, "{path} with {token:?}");
            }
            tried += 1;
        }
    }
    assert!(tried > 10, "{tried} ways to change something");
    assert!(all.service.is_signed_in(member).await);
}

#[tokio::test]
async fn nothing_is_changed_from_another_site() {
    let all = Everybody::new().await;
    let (_, _, member) = &all.members[0];
    let house = &all.service.house;
    let folios = async || -> Vec<Folio> {
        let register = house.register().await;
        register.into_iter().map(|entry| entry.folio).collect()
    };
    let before = folios().await;
    let foreign: [(HeaderName, &str); 4] = [
        (SITE, "cross-site"),
        (SITE, "same-site"),
        (ORIGIN, "https://mal.example"),
        (ORIGIN, "null"),
    ];
    let form = format!("csrf={}", member.token);
    let mut tried = 0;
    for address in addresses() {
        for call in address.calls {
            // An open service is not opened again, whoever asks.
            if call.verb == Verb::Get || call.access == Access::Unseal {
                continue;
            }
            let path = filled(address.path, &all.open.to_string());
            let (kind, body) = if path.starts_with("/api/") {
                ("application/json", "{}")
            } else {
                ("application/x-www-form-urlencoded", form.as_str())
            };
            for (name, value) in &foreign {
                let headers = [
                    (COOKIE, member.cookie.as_str()),
                    (TOKEN, member.token.as_str()),
                    (CONTENT_TYPE, kind),
                    (name.clone(), value),
                ];
                let method = method(call.verb);
                let answer = all.service.send(method, &path, &headers, body).await;
                assert_eq!(answer.status, 403, "{path} with {name}: {value}");
                assert!(answer.body.contains("viene de otro sitio"), "{path}");
            }
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried} ways to change something");
    assert!(all.service.is_signed_in(member).await);
    assert_eq!(folios().await, before);
    let roster = Roster::load(&*house.cases, &house.keyring).await.unwrap();
    assert_eq!(roster.profiles().len(), all.members.len());
}
