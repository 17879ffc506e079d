//! A member writes a complaint down for a person: it goes the way of all others, and the words that the
//! member has seen open nothing until the person has chosen others.

use domain::committee::Seat;
use mailbox::{Body, Found, HandingIn};
use sealing::{EnvelopeId, SIZE_CLASSES, TrackingToken};
use store::mailroom::{IntakeMailroom as _, TriageMailroom as _, WaitingEnvelope};

use super::{Answer, Member, PASSPHRASE, Service};
use crate::testing::House;
use crate::vault::Expected;

const FORM: &str = "/atenciones/denuncia";
const STORY: &str = "Mi jefe me pide dinero a cambio de la guardia del domingo.";

async fn service() -> (Service, Member) {
    let house = House::new().await;
    house
        .member(Seat::SecretariaEjecutiva, "Berenice", PASSPHRASE)
        .await;
    house.member(Seat::Electa, "Dorotea", PASSPHRASE).await;
    let service = Service::serve_members(house, Expected::default(), true).await;
    let member = Member::of(&service.sign_in_as("Berenice", PASSPHRASE, None).await);
    (service, member)
}

async fn send(service: &Service, member: &Member, fields: &[(&str, &str)]) -> Answer {
    let csrf = [("csrf", member.token.as_str())];
    let fields = csrf.into_iter().chain(fields.iter().copied());
    let address = reqwest::Url::parse_with_params("http://casa/", fields).unwrap();
    service
        .post(FORM, Some(member), address.query().unwrap())
        .await
}

/// What the form drew.
async fn once(service: &Service, member: &Member) -> String {
    let page = service.get(FORM, Some(member)).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let rest = page.body.split("name=\"once\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

fn words(page: &str) -> TrackingToken {
    let list = page
        .split("<ol class=\"codes\" lang=\"es\">")
        .nth(1)
        .expect(page);
    let list = list.split("</ol>").next().unwrap();
    let words: Vec<&str> = list
        .split("<code>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap())
        .collect();
    TrackingToken::parse(&words.join(" ")).unwrap()
}

async fn attentions(service: &Service, member: &Member) -> String {
    let table = service
        .get("/atenciones/cuentas.csv?year=2026", Some(member))
        .await;
    table.body.lines().last().unwrap().replace('"', "")
}

#[tokio::test]
async fn it_becomes_a_case_like_any_other_and_is_counted_once_however_often_it_is_sent() {
    let (service, member) = service().await;
    let house = &service.house;
    let once = once(&service, &member).await;
    let fields = [
        ("once", once.as_str()),
        ("presented_through", "TELEFONO"),
        ("anonymous", "SI"),
        ("narrative", STORY),
        ("people[0].position", "Jefatura de turno"),
        ("identity.name", "Nadie Debe Saberlo"),
    ];
    let filed = send(&service, &member, &fields).await;
    assert_eq!(filed.status, 201, "{}", filed.body);
    let token = words(&filed.body);
    let again = send(&service, &member, &fields).await;
    assert!(
        words(&again.body) == token,
        "the same form gives the same words"
    );
    // In clear it is as one of the public service.
    let waiting = house
        .mailroom
        .waiting(house.keyring.key_id(), None, 9)
        .await
        .unwrap();
    let [WaitingEnvelope::Sound(envelope)] = waiting.as_slice() else {
        panic!("{} envelopes wait", waiting.len());
    };
    assert!(
        SIZE_CLASSES
            .iter()
            .any(|size| size.bytes() == envelope.bytes.len())
    );
    assert_eq!(house.mailroom.leaves(house.today()).await.unwrap().len(), 1);

    house.worker().round().await.unwrap();

    let register = house.register().await;
    assert_eq!(register.len(), 1);
    assert_eq!(attentions(&service, &member).await, "Todo el año,1,0,0,1");
    let path = format!("/casos/{}", register[0].folio);
    let case = service.get(&path, Some(&member)).await;
    assert_eq!(case.status, 200, "{}", case.body);
    for shown in [
        "Cómo se presentó",
        "Teléfono",
        "Jefatura de turno",
        "guardia del domingo",
    ] {
        assert!(case.body.contains(shown), "{shown}: {}", case.body);
    }
    assert!(!case.body.contains("Nadie Debe Saberlo"));
    let list = service.get("/atenciones", Some(&member)).await;
    assert!(
        !list.body.contains(&register[0].folio.to_string()),
        "no case is named"
    );

    // The person's mailbox knows that somebody else has seen the words.
    let mailbox = house.read(&token).await;
    assert_eq!(mailbox.found, Found::SeenByOther);
    let filed = mailbox.filed.unwrap();
    assert_eq!(
        (filed.receipt.as_str(), filed.complaint.identity.is_none()),
        ("", true)
    );
    let new = house.choose_words(&token).await;
    house.worker().round().await.unwrap();
    assert_eq!(house.read(&new).await.found, Found::Own);
    assert!(
        house
            .mailroom
            .mailbox(token.lookup_id())
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_seat_that_is_ticked_is_kept_out_like_one_that_is_written() {
    let (service, member) = service().await;
    let house = &service.house;
    house
        .member(Seat::SecretariaTecnica, "Celestino", PASSPHRASE)
        .await;
    let page = service.get(FORM, Some(&member)).await.body;
    assert!(page.contains("value=\"SECRETARIA_TECNICA\""), "{page}");
    let once = once(&service, &member).await;
    let fields = [
        ("once", once.as_str()),
        ("presented_through", "TELEFONO"),
        ("anonymous", "SI"),
        ("narrative", STORY),
        ("keep_from_seats", "SECRETARIA_TECNICA"),
        ("go", "file"),
    ];
    let sent = send(&service, &member, &fields).await;
    assert_eq!(sent.status, 201, "{}", sent.body);
    house.worker().round().await.unwrap();
    let folio = house.register().await[0].folio;
    let path = format!("/casos/{folio}");
    let kept_out = Member::of(&service.sign_in_as("Celestino", PASSPHRASE, None).await);
    assert_eq!(service.get(&path, Some(&kept_out)).await.status, 404);
    assert_eq!(service.get(&path, Some(&member)).await.status, 200);
}

#[tokio::test]
async fn another_text_is_another_complaint_with_other_words() {
    let (service, member) = service().await;
    let once = once(&service, &member).await;
    let mut tokens = Vec::new();
    for story in [STORY, "Otra cosa muy distinta, que pasó ayer en la noche."] {
        let fields = [
            ("once", once.as_str()),
            ("presented_through", "PRESENCIAL"),
            ("anonymous", "NO"),
            ("narrative", story),
            ("identity.name", "Nadia Sáenz"),
        ];
        let filed = send(&service, &member, &fields).await;
        tokens.push(words(&filed.body));
    }
    assert!(tokens[0] != tokens[1]);
    let house = &service.house;
    house.worker().round().await.unwrap();
    assert_eq!(house.register().await.len(), 2);
    assert_eq!(attentions(&service, &member).await, "Todo el año,0,2,0,2");
    let filed = house.read(&tokens[0]).await.filed.unwrap();
    let identity = filed.complaint.identity.unwrap();
    assert_eq!(identity.name.unwrap().expose(), "Nadia Sáenz");
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_nothing_is_lost_or_stored() {
    let (service, member) = service().await;
    let refused = send(
        &service,
        &member,
        &[
            ("narrative", "Muy corto"),
            ("facts.from", "ayer"),
            ("people[0].name", "Berta <b>"),
            ("presented_through", "PALOMA"),
        ],
    )
    .await;
    assert_eq!(refused.status, 422);
    for shown in [
        "Muy corto</textarea>",
        "value=\"Berta &#60;b&#62;\"",
        "value=\"ayer\"",
        "id=\"narrative-error\"",
        "id=\"facts-from-error\"",
        "id=\"presented_through-error\"",
        "id=\"anonymous-error\"",
    ] {
        assert!(refused.body.contains(shown), "{shown}: {}", refused.body);
    }
    let more = [
        ("go", "more-people"),
        ("people", "1"),
        ("people[0].name", "Berta"),
    ];
    let more = send(&service, &member, &more).await;
    assert_eq!(more.status, 200);
    assert!(more.body.contains("name=\"people[1].name\""));
    assert!(more.body.contains("value=\"Berta\""));
    let key = service.house.keyring.key_id();
    let waiting = service.house.mailroom.waiting(key, None, 9).await.unwrap();
    assert_eq!(waiting, []);
    assert_eq!(attentions(&service, &member).await, "Todo el año,0,0,0,0");
}

/// The store's sizes of a complaint are the same whoever hands it in.
#[tokio::test]
async fn who_handed_it_in_does_not_show_in_its_sizes() {
    let house = House::new().await;
    for story in [STORY.to_owned(), STORY.repeat(40)] {
        let sizes = [(true, String::new()), (false, "R".repeat(400))].map(|(assisted, receipt)| {
            let token = TrackingToken::draw(&house.rng).unwrap();
            let draft = serde_json::from_value(crate::testing::story(&story)).unwrap();
            let handing_in = HandingIn {
                token: &token,
                envelope_id: EnvelopeId::draw(&house.rng).unwrap(),
                received_on: house.today(),
                complaint: domain::complaint::Complaint::parse(draft).unwrap(),
                evidence: Vec::new(),
                receipt,
                assisted,
            };
            let handed = handing_in
                .seal(house.keyring.recipients(), &house.rng)
                .unwrap();
            let first = mailbox::open(&token.mailbox_key(), &handed.first_entry).unwrap();
            assert!(matches!(first.body, Body::Filed(filed) if filed.assisted == assisted));
            (handed.envelope.bytes.len(), handed.first_entry.bytes.len())
        });
        assert_eq!(sizes[0], sizes[1]);
    }
}
