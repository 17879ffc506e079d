//! What takes two: nobody completes it alone, and whoever is kept out of a case learns nothing of it.

use std::io::{Cursor, Read as _};

use committee::acts::{ActId, Asked, Book, PendingAct, Reason, State, Who};
use committee::log::{Content, Event, Logbook, Opened};
use committee::members::strength::StrongPassphrase;
use committee::members::{InvitationCode, LoginName, MemberRecord, Versioned};
use domain::case::Folio;
use domain::committee::{Actor, MemberId, PersonName, Relation};
use domain::complaint::{NamePart, SecretText};
use futures_util::future::join_all;
use jiff::SignedDuration;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use sealing::TrackingToken;
use store::casefiles::CaseFiles as _;

use super::forgery::TOKEN;
use super::*;

const WHO_FILED: &str = "Zenaida Quijano Altamirano";
const CONTACT: &str = "zenaida@correo.example";
const WHY: &str = "Lo pide la autoridad que investiga.";

/// A committee of four, each signed in.
pub(super) struct Committee {
    pub(super) service: Service,
    pub(super) ids: [MemberId; 4],
    pub(super) president: Member,
    pub(super) executive: Member,
    pub(super) technical: Member,
    pub(super) elected: Member,
}

const PEOPLE: [(Seat, &str, [&str; 3]); 4] = [
    (
        Seat::Presidencia,
        "aurelia",
        ["Aurelia", "Montejano", "Islas"],
    ),
    (
        Seat::SecretariaEjecutiva,
        "bonifacio",
        ["Bonifacio", "Quintanar", "Robledo"],
    ),
    (
        Seat::SecretariaTecnica,
        "casilda",
        ["Casilda", "Zúñiga", "Peralta"],
    ),
    (Seat::Electa, "donato", ["Donato", "Urrutia", "Villagrán"]),
];

/// Who is denounced in the cases that the technical secretary is kept out of.
const TECHNICAL: &str = "Casilda Zúñiga Peralta";

impl Committee {
    pub(super) async fn new() -> Self {
        let house = House::new().await;
        let mut ids = Vec::new();
        for (seat, login, name) in PEOPLE {
            let mut profile = house.profile(seat, login);
            let [given, first, second] =
                name.map(|part| NamePart::parse(SecretText::from(part.to_owned())).unwrap());
            profile.name = PersonName::new(given, first, Some(second)).unwrap();
            ids.push(profile.id);
            let passphrase = StrongPassphrase::drawn(SecretText::from(PASSPHRASE.to_owned()));
            let login = LoginName::parse(login).unwrap();
            let (record, _) = MemberRecord::of_demonstration(
                profile,
                login,
                &passphrase,
                house.today(),
                &house.rng,
            )
            .unwrap();
            Versioned::add(record, &*house.cases, &house.keyring)
                .await
                .unwrap();
        }
        let service = Service::serve_members(house, Expected::default(), true).await;
        Self {
            president: sign_in(&service, "aurelia").await,
            executive: sign_in(&service, "bonifacio").await,
            technical: sign_in(&service, "casilda").await,
            elected: sign_in(&service, "donato").await,
            service,
            ids: ids.try_into().unwrap(),
        }
    }

    /// A case with the name of whoever filed it, and its mailbox.
    pub(super) async fn case(&self, denounced: Option<&str>) -> (Folio, TrackingToken) {
        let house = &self.service.house;
        let item = house.hold("acta de zenaida.pdf", b"%PDF-1.4 acta").await;
        let mut complaint = json!({
            "narrative": "La jefa de turno pide dinero a cambio de no reportar faltas, cada quincena.",
            "identity": { "name": WHO_FILED, "contact": CONTACT },
        });
        if let Some(name) = denounced {
            complaint["people"] = json!([{ "name": name }]);
        }
        let before = house.register().await;
        let token = house.file_with(complaint, vec![item]).await;
        house.worker().round().await.unwrap();
        let after = house.register().await;
        let new = after.iter().map(|entry| entry.folio);
        let mut new = new.filter(|folio| before.iter().all(|entry| entry.folio != *folio));
        (new.next().unwrap(), token)
    }

    /// Asks on the page of a case; the act.
    pub(super) async fn ask(&self, member: &Member, folio: Folio, act: &str) -> String {
        let answer = self.try_ask(member, folio, act, "").await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let place = answer.header(LOCATION);
        place.strip_prefix("/actos#acto-").unwrap().to_owned()
    }

    pub(super) async fn try_ask(
        &self,
        member: &Member,
        folio: Folio,
        act: &str,
        more: &str,
    ) -> Answer {
        let form = format!("csrf={}&reason={WHY}{more}", member.token);
        let path = format!("/casos/{folio}/actos/{act}");
        self.service.post(&path, Some(member), &form).await
    }

    /// Answers on the page.
    pub(super) async fn say(&self, member: &Member, act: &str, what: &str) -> Answer {
        let form = format!("csrf={}&answer={what}", member.token);
        let path = format!("/actos/{act}");
        self.service.post(&path, Some(member), &form).await
    }

    /// Answers as a program.
    async fn call(&self, member: &Member, act: &str, what: &str) -> Answer {
        let headers = [
            (COOKIE, member.cookie.as_str()),
            (TOKEN, member.token.as_str()),
            (CONTENT_TYPE, "application/json"),
        ];
        let body = json!({ "answer": what }).to_string();
        let path = format!("/api/v1/acts/{act}");
        self.service
            .send(Method::POST, &path, &headers, &body)
            .await
    }

    pub(super) async fn page(&self, member: &Member, folio: Folio) -> Answer {
        let path = format!("/casos/{folio}");
        self.service.get(&path, Some(member)).await
    }

    /// Whether a member reads who filed, on the page or as a program.
    pub(super) async fn sees_who_filed(&self, member: &Member, folio: Folio) -> bool {
        let page = self.page(member, folio).await;
        let path = format!("/api/v1/cases/{folio}");
        let json = self.service.get(&path, Some(member)).await;
        assert_eq!(
            (page.status, json.status),
            (200.try_into().unwrap(), 200.try_into().unwrap())
        );
        let told =
            [WHO_FILED, CONTACT].map(|text| (page.body.contains(text), json.body.contains(text)));
        assert!(told.iter().all(|one| *one == told[0] && one.0 == one.1));
        told[0].0
    }

    /// Takes a case out.
    pub(super) async fn archive(&self, member: &Member, folio: Folio) -> (u16, Vec<u8>) {
        let service = &self.service;
        let answer = service
            .client
            .post(format!("{}/casos/{folio}/expediente", service.base))
            .header(COOKIE, &member.cookie)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(format!("csrf={}", member.token))
            .send()
            .await
            .unwrap();
        let status = answer.status().as_u16();
        (status, answer.bytes().await.unwrap().to_vec())
    }

    async fn events(&self) -> Vec<Event> {
        let house = &self.service.house;
        let book = Logbook::new(house.cases.clone());
        let opened = book.read(&house.keyring, <[Opened]>::to_vec).await.unwrap();
        let acts = opened.into_iter().filter_map(|one| match one.content {
            Content::Act(entry) => Some(entry.event),
            Content::Key(_) => None,
        });
        acts.collect()
    }

    /// Asks for an act on no case, as the pages of the members do.
    pub(super) async fn ask_about_members(&self, by: usize, what: Asked) -> String {
        let house = &self.service.house;
        let roster = committee::members::Roster::load(&*house.cases, &house.keyring)
            .await
            .unwrap();
        let profiles = roster.profiles();
        let asker = profiles.iter().find(|one| one.id == self.ids[by]).unwrap();
        let actor = Actor::of(asker, &profiles, house.today());
        let who = Who {
            actor: &actor,
            relation: None,
        };
        let mut id = [0; 16];
        ring::rand::SecureRandom::fill(&house.rng, &mut id).unwrap();
        let reason = Reason::parse(SecretText::from(WHY.to_owned())).unwrap();
        let now = service::clock::Clock::now(&*house.clock);
        let act = PendingAct::ask(ActId(id), what, who, reason, now).unwrap();
        let book = Book::new(&*house.cases, &house.keyring);
        book.add(act).await.unwrap().act.id.to_string()
    }
}

pub(super) async fn sign_in(service: &Service, login: &str) -> Member {
    let answer = service.sign_in_as(login, PASSPHRASE, None).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    Member::of(&answer)
}

#[tokio::test]
async fn who_filed_is_seen_by_the_two_who_agreed_and_for_a_day() {
    let house = Committee::new().await;
    let (folio, _) = house.case(None).await;
    let (asker, second, third) = (&house.president, &house.executive, &house.technical);
    for member in [asker, second, third] {
        assert!(!house.sees_who_filed(member, folio).await);
    }
    let page = house.page(asker, folio).await;
    assert!(page.body.contains("Reservada"), "{}", page.body);

    let act = house.ask(asker, folio, "identidad").await;
    assert!(!house.sees_who_filed(asker, folio).await, "it only waits");
    let waiting = house.service.get("/actos", Some(second)).await;
    for told in ["Ver la identidad reservada", "Aurelia Montejano Islas", WHY] {
        assert!(waiting.body.contains(told), "{told} in {}", waiting.body);
    }
    assert_eq!(house.say(second, &act, "approve").await.status, 303);
    assert!(house.sees_who_filed(asker, folio).await);
    assert!(house.sees_who_filed(second, folio).await);
    assert!(
        !house.sees_who_filed(third, folio).await,
        "not who has not agreed"
    );
    let events = house.events().await;
    for event in [
        Event::ActProposed,
        Event::ActSeconded,
        Event::IdentityUnmasked,
    ] {
        assert!(events.contains(&event), "{event}");
    }

    let clock = &house.service.house.clock;
    clock.advance(SignedDuration::from_hours(24));
    let asker = sign_in(&house.service, "aurelia").await;
    assert!(
        !house.sees_who_filed(&asker, folio).await,
        "the day is over"
    );
    assert_eq!(house.say(&asker, &act, "approve").await.status, 403);
    let second = sign_in(&house.service, "bonifacio").await;
    assert_eq!(house.say(&second, &act, "approve").await.status, 409);
    assert!(!house.sees_who_filed(&second, folio).await);
}

#[tokio::test]
async fn nobody_agrees_to_what_they_asked_for_however_often_and_however() {
    let house = Committee::new().await;
    let (folio, _) = house.case(None).await;
    let act = house.ask(&house.president, folio, "borrar").await;
    let other = sign_in(&house.service, "aurelia").await;
    let tries = (0..25).flat_map(|_| [&house.president, &other]);
    let answers = join_all(tries.map(|member| house.call(member, &act, "approve"))).await;
    for answer in answers {
        assert_eq!(answer.status, 403, "{}", answer.body);
    }
    assert_eq!(house.page(&house.president, folio).await.status, 200);
    // Nor whoever has no key of the case, who does not even learn that somebody asked.
    let unknown = house.call(&house.elected, &"0".repeat(32), "approve").await;
    assert_eq!(house.call(&house.elected, &act, "approve").await, unknown);
    // Nor without the token of the session.
    let path = format!("/actos/{act}");
    let bare = house
        .service
        .post(&path, Some(&house.executive), "answer=approve")
        .await;
    assert_eq!(bare.status, 403);
    assert_eq!(house.page(&house.president, folio).await.status, 200);
}

#[tokio::test]
async fn of_fifty_answers_at_once_one_counts() {
    let house = Committee::new().await;
    let (folio, _) = house.case(None).await;
    let act = house.ask(&house.president, folio, "exportar").await;
    let tries = (0..25).flat_map(|_| [&house.executive, &house.technical]);
    let answers = join_all(tries.map(|member| house.call(member, &act, "approve"))).await;
    let taken = answers.iter().filter(|answer| answer.status == 200).count();
    let closed = answers.iter().filter(|answer| answer.status == 409).count();
    assert_eq!((taken, closed), (1, 49));
}

#[tokio::test]
async fn an_act_that_is_refused_taken_back_or_too_old_is_over() {
    let house = Committee::new().await;
    let (folio, _) = house.case(None).await;
    for (who, what) in [(&house.executive, "refuse"), (&house.president, "withdraw")] {
        let act = house.ask(&house.president, folio, "borrar").await;
        assert_eq!(house.say(who, &act, what).await.status, 303, "{what}");
        let late = house.say(&house.executive, &act, "approve").await;
        assert_eq!(late.status, 409, "{what}");
    }
    let act = house.ask(&house.president, folio, "borrar").await;
    house
        .service
        .house
        .clock
        .advance(SignedDuration::from_hours(7 * 24));
    let second = sign_in(&house.service, "bonifacio").await;
    assert_eq!(house.say(&second, &act, "approve").await.status, 409);
    assert_eq!(house.page(&second, folio).await.status, 200);
}

#[tokio::test]
async fn for_whoever_is_kept_out_an_act_is_as_one_that_does_not_exist() {
    let house = Committee::new().await;
    let (folio, _) = house.case(Some(TECHNICAL)).await;
    let (recused, asker) = (&house.technical, &house.president);
    let before = house.service.get("/actos", Some(recused)).await;
    let act = house.ask(asker, folio, "exportar").await;
    let unknown = "f".repeat(32);
    for what in ["approve", "refuse", "withdraw"] {
        let told = house.say(recused, &act, what).await;
        assert_eq!(told, house.say(recused, &unknown, what).await);
        assert_eq!(told.status, 404);
        let told = house.call(recused, &act, what).await;
        assert_eq!(told, house.call(recused, &unknown, what).await);
    }
    assert_eq!(
        house.service.get("/actos", Some(recused)).await.body,
        before.body
    );
    let acts = house.service.json("/api/v1/acts", recused).await;
    assert_eq!(acts["acts"], json!([]));
    let no_case: Folio = "CE-2026-000000".parse().unwrap();
    for act in ["identidad", "exportar", "borrar", "retirar"] {
        let told = house.try_ask(recused, folio, act, "").await;
        assert_eq!(
            told,
            house.try_ask(recused, no_case, act, "").await,
            "{act}"
        );
    }
    // It still waits for those whom it concerns.
    assert_eq!(
        house.say(&house.executive, &act, "approve").await.status,
        303
    );
}

#[tokio::test]
async fn a_case_that_two_delete_is_gone_with_its_mailbox() {
    let house = Committee::new().await;
    let (folio, token) = house.case(None).await;
    let (kept, _) = house.case(None).await;
    let stores = &house.service.house;
    let unmask = house.ask(&house.president, folio, "identidad").await;
    let act = house.ask(&house.president, folio, "borrar").await;
    assert!(!stores.mailbox(&token).await.is_empty());
    assert_eq!(
        house.say(&house.executive, &act, "approve").await.status,
        303
    );
    assert!(stores.mailbox(&token).await.is_empty());
    let no_case: Folio = "CE-2026-000000".parse().unwrap();
    for member in [&house.president, &house.executive, &house.technical] {
        let gone = house.page(member, folio).await;
        assert_eq!(gone, house.page(member, no_case).await);
        assert_eq!(house.page(member, kept).await.status, 200);
    }
    stores.worker().round().await.unwrap();
    assert!(
        stores.mailbox(&token).await.is_empty(),
        "nothing comes back"
    );
    assert!(house.events().await.contains(&Event::CaseDeleted));
    // What else was asked for on it is gone; that it was deleted, the two know, and nobody else.
    assert_eq!(
        house.say(&house.executive, &unmask, "approve").await.status,
        404
    );
    for (member, knows) in [(&house.executive, true), (&house.technical, false)] {
        let acts = house.service.get("/actos", Some(member)).await;
        assert_eq!(acts.body.contains(&folio.to_string()), knows);
    }
}

#[tokio::test]
async fn what_was_broken_off_is_carried_on() {
    let house = Committee::new().await;
    let (folio, token) = house.case(None).await;
    let stores = &house.service.house;
    let act = house.ask(&house.president, folio, "borrar").await;
    // The service ended right after both had agreed.
    let profiles = committee::members::Roster::load(&*stores.cases, &stores.keyring)
        .await
        .unwrap()
        .profiles();
    let actor = |at: usize| {
        let profile = profiles.iter().find(|one| one.id == house.ids[at]);
        Actor::of(profile.unwrap(), &profiles, stores.today())
    };
    let (first, second) = (actor(0), actor(1));
    let who = |actor| Who {
        actor,
        relation: Some(Relation::Entitled),
    };
    let now = service::clock::Clock::now(&*stores.clock);
    let id: ActId = act.parse().unwrap();
    Book::new(&*stores.cases, &stores.keyring)
        .step(id, |act| act.approve(who(&second), Some(who(&first)), now))
        .await
        .unwrap();
    let log = Logbook::new(stores.cases.clone());
    let worker = stores.worker();
    worker.tend_acts(&log).await.unwrap();
    assert!(stores.cases.case(folio).await.unwrap().is_some(), "not yet");
    stores.clock.advance(SignedDuration::from_mins(6));
    worker.tend_acts(&log).await.unwrap();
    assert!(stores.cases.case(folio).await.unwrap().is_none());
    assert!(stores.mailbox(&token).await.is_empty());
}

#[tokio::test]
async fn a_member_from_whom_a_case_is_taken_opens_it_no_longer() {
    let house = Committee::new().await;
    let (folio, _) = house.case(None).await;
    let whom = format!("&member={}", house.ids[2]);
    let outside = format!("&member={}", house.ids[3]);
    for whom in ["", "&member=nadie", outside.as_str()] {
        let told = house
            .try_ask(&house.president, folio, "retirar", whom)
            .await;
        assert_eq!(told.status, 422, "{whom}");
    }
    let own = format!("&member={}", house.ids[0]);
    let told = house
        .try_ask(&house.president, folio, "retirar", &own)
        .await;
    assert_eq!(told.status, 403);
    assert_eq!(house.page(&house.technical, folio).await.status, 200);
    let asked = house
        .try_ask(&house.president, folio, "retirar", &whom)
        .await;
    let act = asked
        .header(LOCATION)
        .rsplit('-')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(
        house.say(&house.technical, &act, "approve").await.status,
        403
    );
    assert_eq!(
        house.say(&house.executive, &act, "approve").await.status,
        303
    );
    assert_eq!(house.page(&house.technical, folio).await.status, 403);
    for member in [&house.president, &house.executive] {
        assert_eq!(house.page(member, folio).await.status, 200);
    }

    // What two took, one does not give back.
    let own = &house.president;
    let tell = async |what: &str| {
        let form = format!("csrf={}&reason={WHY}{whom}", own.token);
        let path = format!("/casos/{folio}/excusas/{what}");
        house.service.post(&path, Some(own), &form).await
    };
    let shared = tell("compartir").await;
    assert_eq!(shared.status, 409);
    let told = "Dos personas retiraron este asunto a esta persona.";
    assert!(shared.body.contains(told), "{}", shared.body);
    assert_eq!(house.page(&house.technical, folio).await.status, 403);
    assert_eq!(tell("levantar").await.status, 303);
    let acts = house.service.json("/api/v1/acts", own).await;
    let waiting = acts["acts"].as_array().unwrap().iter();
    let mut waiting = waiting.filter(|act| act["stage"] == "waiting");
    let back = waiting.next().unwrap()["id"].as_str().unwrap();
    assert_eq!(house.say(own, back, "approve").await.status, 403);
    assert!(!house.events().await.contains(&Event::CaseShared));
    let agreed = house.say(&house.executive, back, "approve").await;
    assert_eq!(agreed.status, 303);
    assert!(house.events().await.contains(&Event::CaseShared));
    // Whoever opens it next gives a copy of the key.
    assert_eq!(house.page(own, folio).await.status, 200);
    assert_eq!(house.page(&house.technical, folio).await.status, 200);
}

#[tokio::test]
async fn whoever_came_in_since_is_not_thrown_out_by_an_act_that_was_broken_off() {
    let house = Committee::new().await;
    let elected = house.ids[3];
    let half = InvitationCode::draw(&house.service.house.rng).unwrap();
    let readmit = Asked::ReadmitMember {
        member: elected,
        link: half.hash(),
    };
    let act = house.ask_about_members(0, readmit).await;
    let agreed = house.say(&house.executive, &act, "approve").await;
    assert_eq!(agreed.status, 200);
    // As if the service had stopped after writing the invitation, and before noting that it was done.
    let stores = &house.service.house;
    let book = Book::new(&*stores.cases, &stores.keyring);
    let id = act.parse().unwrap();
    let broken_off = || async {
        let by = house.ids[1];
        let at = service::clock::Clock::now(&*stores.clock);
        let state = State::Approved { by, at };
        let back = |act: &PendingAct| {
            Ok(PendingAct {
                state,
                ..act.clone()
            })
        };
        book.step(id, back).await.unwrap();
    };
    broken_off().await;
    let again = house.say(&house.executive, &act, "approve").await;
    assert_eq!(again.status, 200, "nobody saw the code");
    assert!(again.body.contains("data-code"), "{}", again.body);

    let invited = Versioned::load(elected, &*stores.cases, &stores.keyring);
    let invited = invited.await.unwrap().unwrap();
    let passphrase = StrongPassphrase::drawn(SecretText::from(PASSPHRASE.to_owned()));
    let MemberRecord { profile, login, .. } = invited.record.clone();
    let (active, _) =
        MemberRecord::of_demonstration(profile, login, &passphrase, stores.today(), &stores.rng)
            .unwrap();
    invited
        .replace(active, &*stores.cases, &stores.keyring)
        .await
        .unwrap();
    let entered = sign_in(&house.service, "donato").await;
    broken_off().await;
    let late = house.say(&house.executive, &act, "approve").await;
    assert_eq!(late.status, 303, "{}", late.body);
    assert!(house.service.is_signed_in(&entered).await);
}

#[tokio::test]
async fn a_whole_case_leaves_as_one_archive_without_who_filed() {
    let house = Committee::new().await;
    let (folio, _) = house.case(None).await;
    let asker = &house.president;
    assert_eq!(house.archive(asker, folio).await.0, 403, "nobody agreed");
    let act = house.ask(asker, folio, "exportar").await;
    assert_eq!(house.archive(asker, folio).await.0, 403, "it waits");
    house.say(&house.executive, &act, "approve").await;
    let (status, bytes) = house.archive(asker, folio).await;
    assert_eq!(status, 200);
    let (names, document, file) = read(&bytes, folio);
    assert_eq!(
        names,
        [
            format!("{folio}/expediente.json"),
            format!("{folio}/{folio}-archivo-1.pdf")
        ]
    );
    assert_eq!(file, b"%PDF-1.4 acta");
    assert_eq!(document["identity"], json!({ "state": "reserved" }));
    assert!(
        document["complaint"]["narrative"]
            .as_str()
            .unwrap()
            .contains("quincena")
    );
    assert_eq!(document["register"]["folio"], folio.to_string());
    assert_eq!(document["conflicts"].as_array().unwrap().len(), 1);
    assert!(!document.to_string().contains(WHO_FILED));
    assert!(house.events().await.contains(&Event::CaseExported));

    let act = house.ask(asker, folio, "identidad").await;
    house.say(&house.executive, &act, "approve").await;
    let (_, bytes) = house.archive(asker, folio).await;
    let (_, document, _) = read(&bytes, folio);
    assert_eq!(document["identity"]["name"], WHO_FILED);
    house
        .service
        .house
        .clock
        .advance(SignedDuration::from_hours(24));
    let again = sign_in(&house.service, "aurelia").await;
    assert_eq!(house.archive(&again, folio).await.0, 403, "the day is over");
}

/// The names in an archive, its document and its one file.
fn read(bytes: &[u8], folio: Folio) -> (Vec<String>, Value, Vec<u8>) {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names = archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let mut content = |name: &str| {
        let mut bytes = Vec::new();
        let mut file = archive.by_name(&format!("{folio}/{name}")).unwrap();
        file.read_to_end(&mut bytes).unwrap();
        bytes
    };
    let document = serde_json::from_slice(&content("expediente.json")).unwrap();
    let file = content(&format!("{folio}-archivo-1.pdf"));
    (names, document, file)
}

#[tokio::test]
async fn members_are_let_in_and_ended_by_two() {
    let house = Committee::new().await;
    let elected = house.ids[3];
    let half = InvitationCode::draw(&house.service.house.rng).unwrap();
    let readmit = Asked::ReadmitMember {
        member: elected,
        link: half.hash(),
    };
    let act = house.ask_about_members(0, readmit).await;
    assert!(house.service.is_signed_in(&house.elected).await);
    assert_eq!(
        house.say(&house.president, &act, "approve").await.status,
        403
    );
    let link = house.say(&house.executive, &act, "approve").await;
    assert_eq!(link.status, 200);
    assert!(link.body.contains("data-code"), "{}", link.body);
    assert!(!link.body.contains("/invitacion/"), "{}", link.body);
    let opened = house.service.get(&half.path(), None).await;
    assert_eq!(opened.status, 200, "the link of whoever asked");
    assert!(link.body.contains("Donato Urrutia Villagrán"));
    assert!(!house.service.is_signed_in(&house.elected).await);

    let profile = house.service.house.profile(Seat::Electa, "nueva");
    let invite = Asked::InviteMember {
        profile: Box::new(profile),
        login: LoginName::parse("nueva").unwrap(),
        link: half.hash(),
    };
    let act = house.ask_about_members(0, invite).await;
    let answer = house.call(&house.executive, &act, "approve").await;
    let view: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(view["code"].as_str().unwrap().len(), 9);
    let again = house.call(&house.executive, &act, "approve").await;
    assert_eq!(again.status, 409, "the code is given once");

    let end = Asked::EndMembership {
        member: house.ids[2],
    };
    let act = house.ask_about_members(0, end).await;
    assert_eq!(
        house.say(&house.technical, &act, "approve").await.status,
        403
    );
    assert_eq!(
        house.say(&house.executive, &act, "approve").await.status,
        303
    );
    assert!(!house.service.is_signed_in(&house.technical).await);
}

#[tokio::test]
async fn whoever_was_recused_since_has_asked_for_nothing() {
    let house = Committee::new().await;
    let (folio, token) = house.case(None).await;
    let act = house.ask(&house.president, folio, "borrar").await;
    let stores = &house.service.house;
    // A later message names whoever asked.
    let told = "Quien me amenaza es Aurelia Montejano Islas, la presidenta.";
    stores.write(&token, told).await;
    stores.worker().round().await.unwrap();
    let told = house.say(&house.executive, &act, "approve").await;
    assert_eq!(told.status, 409, "{}", told.body);
    assert!(stores.cases.case(folio).await.unwrap().is_some());
    let again = house.say(&house.executive, &act, "approve").await;
    assert_eq!(again.status, 409);
}
