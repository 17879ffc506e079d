//! What the members do is written down, and what cannot be written down is not done.

use committee::log::{Content, Entry, Event, Logbook, Opened};
use domain::committee::Act;
use service::clock::Clock as _;
use store::log::{Log as _, StoredEntry};

use super::*;
use crate::testing::story;
use crate::vault::UnsealError;

/// The log as the committee reads it.
pub(super) async fn written(house: &House) -> Vec<Entry> {
    let book = Logbook::new(house.cases.clone());
    let opened = book.read(&house.keyring, <[Opened]>::to_vec).await.unwrap();
    let acts = opened
        .into_iter()
        .filter_map(|opened| match opened.content {
            Content::Act(entry) => Some(entry),
            Content::Key(_) => None,
        });
    acts.collect()
}

/// What was done since a moment.
pub(super) async fn since(house: &House, before: usize) -> Vec<(Event, Option<String>)> {
    let entries = written(house).await;
    entries[before..]
        .iter()
        .map(|entry| (entry.event, entry.case.map(|case| case.to_string())))
        .collect()
}

/// An entry that no service wrote.
async fn somebody_writes(house: &House) {
    let last = house.cases.log_head().await.unwrap().unwrap();
    let made_up = StoredEntry {
        position: last.position + 1,
        ..last
    };
    assert!(house.cases.append_log(&made_up).await.unwrap());
}

#[tokio::test]
async fn opening_a_case_a_file_and_writing_a_letter_are_in_the_log() {
    let service = Service::start().await;
    let house = &service.house;
    let item = house.hold("acta.pdf", b"%PDF-1.4").await;
    house
        .file_with(story("Piden dinero por cada guardia."), vec![item])
        .await;
    house.worker().round().await.unwrap();
    let folio = house.register().await[0].folio.to_string();
    let member = service.sign_in().await;
    let before = written(house).await.len();

    let page = service.get(&format!("/casos/{folio}"), Some(&member)).await;
    let address = page
        .body
        .split("href=\"")
        .find_map(|rest| {
            rest.split('"')
                .next()
                .filter(|link| link.contains("/evidencia/"))
        })
        .unwrap();
    assert_eq!(service.get(address, Some(&member)).await.status, 200);
    let form = format!("csrf={}&kind=message&text=Gracias.", member.token);
    let path = format!("/casos/{folio}/mensajes");
    assert_eq!(service.post(&path, Some(&member), &form).await.status, 303);
    service
        .json(&format!("/api/v1/cases/{folio}"), &member)
        .await;
    let on_case = |event| (event, Some(folio.clone()));
    assert_eq!(
        since(house, before).await,
        [
            on_case(Event::CaseOpened),
            on_case(Event::FileOpened),
            on_case(Event::LetterSent),
            on_case(Event::CaseOpened),
        ]
    );
}

#[tokio::test]
async fn opening_and_sealing_the_service_are_in_the_log() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    let form = format!("csrf={}", member.token);
    assert_eq!(
        service.post("/sellar", Some(&member), &form).await.status,
        303
    );
    let events: Vec<_> = since(&service.house, 0).await;
    assert_eq!(events.first().unwrap().0, Event::ServiceOpened);
    assert_eq!(events.last().unwrap().0, Event::ServiceSealed);
}

#[tokio::test]
async fn signing_in_and_out_and_what_is_refused_are_in_the_log() {
    let service = Service::start().await;
    let house = &service.house;
    let before = written(house).await.len();
    for user in [USER, "nadie"] {
        assert_eq!(
            service.sign_in_as(user, "otra frase", None).await.status,
            401
        );
    }
    let member = service.sign_in().await;
    for asked in ["CE-2026-000001", "algo"] {
        let page = service.get(&format!("/casos/{asked}"), Some(&member)).await;
        assert_eq!(page.status, 404);
    }
    let form = format!("csrf={}", member.token);
    assert_eq!(
        service.post("/salir", Some(&member), &form).await.status,
        303
    );
    assert_eq!(
        since(house, before).await,
        [
            (Event::SignInRefused, None),
            (Event::SignInRefused, None),
            (Event::SignedIn, None),
            (Event::ActRefused, Some("CE-2026-000001".to_owned())),
            (Event::ActRefused, None),
            (Event::SessionEnded, None),
        ]
    );
    let entries = &written(house).await[before..];
    let owner = entries[2].actor.member();
    assert!(owner.is_some());
    assert_eq!([entries[0].subject, entries[1].subject], [owner, None]);
    assert_eq!(entries[3].act, Some(Act::ReadCase));
}

/// Signs in as another.
async fn enter(service: &Service, user: &str) -> Member {
    let answer = service.sign_in_as(user, PASSPHRASE, None).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    Member::of(&answer)
}

/// The lines of the interface, as event and case.
async fn lines(service: &Service, member: &Member) -> Vec<(String, Option<String>)> {
    let log = service.json("/api/v1/log", member).await;
    let lines = log["lines"].as_array().unwrap();
    let numbers = lines.iter().map(|line| line["number"].as_u64().unwrap());
    let count = u64::try_from(lines.len()).unwrap();
    assert!(numbers.eq((1..=count).rev()), "{log}");
    let text = |value: &Value| value.as_str().map(str::to_owned);
    lines
        .iter()
        .map(|line| (text(&line["event"]).unwrap(), text(&line["case"])))
        .collect()
}

#[tokio::test]
async fn everybody_reads_what_concerns_them_and_nothing_of_a_case_that_is_kept_from_them() {
    let house = House::new().await;
    let elected = house.member(Seat::Electa, "electa", PASSPHRASE).await;
    house
        .member(Seat::Presidencia, "presidencia", PASSPHRASE)
        .await;
    house
        .member(Seat::SecretariaTecnica, "tecnica", PASSPHRASE)
        .await;
    let service = Service::serve(house, Expected::default(), true).await;
    let house = &service.house;
    let mut about = story("La persona titular pide dinero por cada guardia.");
    about["keep_from"] = json!(["Presidencia"]);
    let kept = house.case(about).await.to_string();
    let open = house.case(story("Me gritan cada día en el área.")).await;
    let open = open.to_string();

    let secretary = service.sign_in().await;
    for case in [&kept, &open] {
        service
            .json(&format!("/api/v1/cases/{case}"), &secretary)
            .await;
    }
    let presidency = enter(&service, "presidencia").await;
    let elected_in = enter(&service, "electa").await;
    let opened = |case: &String| ("CASE_OPENED".to_owned(), Some(case.clone()));

    let all = lines(&service, &secretary).await;
    assert!(all.contains(&opened(&kept)) && all.contains(&opened(&open)));
    let seen = lines(&service, &presidency).await;
    assert!(seen.contains(&opened(&open)), "{seen:?}");
    assert!(!seen.iter().any(|(_, case)| case.as_ref() == Some(&kept)));
    let page = service.get("/bitacora", Some(&presidency)).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains(&open) && !page.body.contains(&kept));
    assert!(page.body.contains("entró al servicio"), "{}", page.body);
    let own = lines(&service, &elected_in).await;
    assert_eq!(own, [("SIGNED_IN".to_owned(), None)]);

    // Trying leaves the same line whether or not there is such a case.
    for case in [kept.as_str(), "CE-2026-000001"] {
        let asked = service
            .get(&format!("/casos/{case}"), Some(&presidency))
            .await;
        assert_eq!(asked.status, 404);
    }
    let tried = lines(&service, &presidency).await;
    assert_eq!(tried.len(), seen.len() + 2);
    assert_eq!(tried[0], ("ACT_REFUSED".to_owned(), None));
    assert_eq!(tried[0], tried[1]);
    // Those who may open it see who tried.
    let told = lines(&service, &secretary).await;
    assert!(told.contains(&("ACT_REFUSED".to_owned(), Some(kept.clone()))));
    let entries = written(house).await;
    let elected = committee::log::Actor::Member(elected);
    assert!(entries.iter().any(|entry| entry.actor == elected));
}

#[tokio::test]
async fn the_log_is_read_page_by_page() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    for _ in 0..60 {
        service.get("/casos/CE-2026-000001", Some(&member)).await;
        service
            .house
            .clock
            .advance(jiff::SignedDuration::from_mins(1));
    }
    let first = service.json("/api/v1/log", &member).await;
    assert_eq!(first["lines"].as_array().unwrap().len(), 50);
    let before = first["before"].as_u64().unwrap();
    assert_eq!(first["lines"][49]["number"], before);
    let second = service
        .json(&format!("/api/v1/log?before={before}"), &member)
        .await;
    assert_eq!(second["lines"][0]["number"], before - 1);
    assert_eq!(second["before"], Value::Null);
    let page = service.get("/bitacora", Some(&member)).await;
    let older = format!("href=\"/bitacora?before={before}\"");
    assert!(page.body.contains(&older), "{}", page.body);
    let wrong = service.get("/api/v1/log?before=x", Some(&member)).await;
    assert_eq!(wrong.status, 422);
}

#[tokio::test]
async fn the_seal_of_the_day_is_there_to_be_noted_and_the_same_for_all() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    let head = service.json("/api/v1/log/head", &member).await;
    assert_eq!(head["hash"], Value::Null);
    let vault = Vault::sealed(
        service.house.cases.clone(),
        Expected::default(),
        Arc::clone(&service.house.clock) as _,
    );
    let recorder = vault.log().recorder(
        &service.house.keyring,
        committee::log::Actor::Service,
        service.house.clock.now(),
    );
    let noted = recorder.day_begun().await.unwrap();
    let (_, hash) = noted
        .to_string()
        .split_once(':')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    // Whatever is done afterwards, this is what members see.
    service.get("/casos/CE-2026-000001", Some(&member)).await;
    let head = service.json("/api/v1/log/head", &member).await;
    assert_eq!(head["hash"], hash);
    assert_eq!(
        head["key"],
        Logbook::key(&service.house.keyring).to_string()
    );
    let page = service.get("/bitacora", Some(&member)).await;
    assert!(page.body.contains(&hash), "{}", page.body);
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_done() {
    let service = Service::start().await;
    let house = &service.house;
    let told = house.file(story("Piden dinero por cada guardia.")).await;
    house.worker().round().await.unwrap();
    let folio = house.register().await[0].folio.to_string();
    let member = service.sign_in().await;
    let mailbox = house.mailbox(&told).await.len();
    somebody_writes(house).await;

    let page = service.get(&format!("/casos/{folio}"), Some(&member)).await;
    assert_eq!(page.status, 503);
    assert!(page.body.contains("La bitácora"), "{}", page.body);
    assert!(!page.body.contains("guardia"));
    let answer = service
        .get(&format!("/api/v1/cases/{folio}"), Some(&member))
        .await;
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("urn:guiando:problem:log-changed"));
    let form = format!("csrf={}&kind=message&text=Gracias.", member.token);
    let path = format!("/casos/{folio}/mensajes");
    assert_eq!(service.post(&path, Some(&member), &form).await.status, 503);
    house.worker().round().await.unwrap();
    assert_eq!(house.mailbox(&told).await.len(), mailbox);
    // Sealing is done all the same.
    let form = format!("csrf={}", member.token);
    assert_eq!(
        service.post("/sellar", Some(&member), &form).await.status,
        303
    );
    assert_eq!(service.get("/entrar", None).await.status, 503);
}

#[tokio::test]
async fn a_service_whose_log_is_not_its_own_stays_sealed() {
    let house = House::new().await;
    let vault = || {
        Vault::sealed(
            house.cases.clone(),
            Expected::default(),
            Arc::clone(&house.clock) as _,
        )
    };
    vault().unseal(house.identity.clone()).await.unwrap();
    somebody_writes(&house).await;
    let vault = vault();
    let error = vault.unseal(house.identity.clone()).await.unwrap_err();
    assert!(matches!(error, UnsealError::Log(_)), "{error}");
    assert!(vault.keyring().is_none());
}
