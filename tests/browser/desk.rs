//! The committee's pages: from the ceremony of the key to an open case, with a passkey on a device and,
//! without scripts, with the codes of an app.

use std::path::Path;

use domain::committee::Seat;
use journeys::{
    App, Chosen, Driver, Engine, Filed, House, Invited, PASSPHRASE, Person, Screen, Scripts,
    invitation_in, until,
};
use serde_json::json;

use crate::coverage::{fits, sources};
use crate::desk_work::everything_is_looked_at;
use crate::visit::{Tongue, Visit};

const SEND: &str = "main form button[type=submit]:not([data-ask])";
/// The button that asks a device.
const DEVICE: &str = "button[data-ask]";
/// Addresses that answer programs, or with a file.
const NO_PAGE: [&str; 5] = [
    "/api/",
    "/static/",
    "/health/",
    "/casos/{folio}/evidencia/{file}/vista/",
    "/casos/{folio}/expediente",
];
/// With what the addresses of files end.
const FILE: [&str; 5] = [".csv", ".ics", ".txt", "/pdf", "/{certificate}"];
const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/screenshot.png");
const PHRASE: &str = "cordel turquesa bajo aquel puente viejo";
const NARRATIVE: &str = "En el almacén piden dinero por entregar los medicamentos.";

const PRESIDENCIA: Chosen<'_> = Chosen {
    name: ["Juana", "Olmedo", "Peralta"],
    login: "juana.olmedo",
    seat: Seat::Presidencia,
    stands_in_for: None,
};
const EJECUTIVA: Chosen<'_> = Chosen {
    name: ["Marcela", "Quiñones", "Duarte"],
    login: "marcela.quinones",
    seat: Seat::SecretariaEjecutiva,
    stands_in_for: None,
};
const ELECTA: Chosen<'_> = Chosen {
    name: ["Amalia", "Bustos", "Carrillo"],
    login: "amalia.bustos",
    seat: Seat::Electa,
    stands_in_for: None,
};

/// Hands a share in.
async fn hand_in(desk: &Visit, share: &Path) {
    desk.browser.attach("[name=share]", &[share]).await;
    desk.browser
        .type_into("[name=passphrase]", PASSPHRASE)
        .await;
    desk.browser.press(SEND).await;
}

/// Asks one of the first members in; gives link and code.
async fn ask_in(desk: &Visit, chosen: &Chosen<'_>) -> Invited {
    name(desk, chosen).await;
    desk.browser.press(SEND).await;
    invitation_in(&desk.browser.source().await).expect("link and code are shown")
}

/// Fills in the form in which somebody is asked in.
async fn name(desk: &Visit, chosen: &Chosen<'_>) {
    let browser = &desk.browser;
    let [given, first, second] = chosen.name;
    for (field, text) in [
        ("given", given),
        ("first_surname", first),
        ("second_surname", second),
        ("login", chosen.login),
    ] {
        browser.type_into(&format!("[name={field}]"), text).await;
    }
    let seat = format!("[name=seat] [value={}]", chosen.seat.code());
    browser.choose(&seat).await;
}

/// Opens an invitation with its code.
async fn open_invitation(desk: &Visit, invited: &Invited) {
    desk.open(&invited.link).await;
    desk.browser.type_into("[name=code]", &invited.code).await;
    desk.browser.press(SEND).await;
}

/// What every invitation asks for, but the second factor.
async fn accept(desk: &Visit) {
    desk.browser.choose("[name=agreement]").await;
    for field in ["passphrase", "again"] {
        let field = format!("[name={field}]");
        desk.browser.type_into(&field, PHRASE).await;
    }
}

/// The first step of signing in.
async fn begin_to_sign_in(desk: &Visit, login: &str) {
    desk.browser.type_into("[name=user]", login).await;
    desk.browser.type_into("[name=passphrase]", PHRASE).await;
    desk.browser.press(SEND).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_committee_opens_its_desk_with_a_device_and_with_codes() {
    let mut house = House::build_with_shares(Engine::Sqlite, 2, 3).at_localhost();
    house.start_intake().await;
    house.start_triage().await;
    let driver = Driver::start().await;
    let visit = async |scripts, screen, tongue: Tongue| {
        let browser = driver.browser(scripts, screen).await;
        browser.ask_for_language(tongue.tag()).await;
        Visit::new(browser, &house.triage_url(), tongue, screen, scripts).at_the_desk()
    };
    let mut desk = visit(Scripts::On, Screen::DESK, Tongue::Spanish).await;
    desk.browser.carry_device().await;

    // The service is sealed; the second share opens it, and the first members are asked in.
    desk.open("/").await;
    desk.look_twice("desk-sealed").await;
    desk.open("/abrir").await;
    desk.look_twice("desk-unseal").await;
    hand_in(&desk, &house.path("keys/share-2.key")).await;
    desk.look_twice("desk-unseal-one").await;
    hand_in(&desk, &house.path("keys/share-3.key")).await;
    desk.look_twice("desk-founding").await;
    let first = ask_in(&desk, &PRESIDENCIA).await;
    let second = ask_in(&desk, &EJECUTIVA).await;
    desk.look_twice("desk-founding-invited").await;

    // One accepts with a device, and signs in with it.
    desk.open(&first.link).await;
    desk.look_twice("desk-invitation-code").await;
    desk.browser.type_into("[name=code]", "0000-0000").await;
    desk.browser.press(SEND).await;
    desk.look_twice("desk-invitation-wrong-code").await;
    open_invitation(&desk, &first).await;
    desk.look_twice("desk-invitation").await;
    accept(&desk).await;
    desk.browser.type_into("[name=label]", "Mi teléfono").await;
    desk.browser.press(DEVICE).await;
    desk.look_twice("desk-enrolled").await;
    desk.open("/entrar").await;
    desk.look_twice("desk-sign-in").await;
    begin_to_sign_in(&desk, PRESIDENCIA.login).await;
    desk.look_twice("desk-second-step").await;
    desk.browser.press(DEVICE).await;
    desk.look_twice("desk-empty").await;

    // The other has no scripts, an app that shows codes, and a browser in English.
    let mut plain = visit(Scripts::Off, Screen::TELEPHONE, Tongue::English).await;
    open_invitation(&plain, &second).await;
    plain.look("desk-invitation-plain").await;
    accept(&plain).await;
    let mut app = App::of_page(&plain.browser.source().await);
    plain.browser.type_into("[name=code]", &app.code()).await;
    plain.browser.press(SEND).await;
    plain.look("desk-enrolled-plain").await;
    plain.open("/entrar").await;
    begin_to_sign_in(&plain, EJECUTIVA.login).await;
    plain.look("desk-second-step-plain").await;
    plain.browser.type_into("[name=code]", &app.code()).await;
    plain.browser.press(SEND).await;

    // A case comes, and both open it.
    let person = house.person();
    let filed = filed_with_a_picture(&person).await;
    let folio = person.wait_for_folio(&filed.tracking_token).await.folio;
    let case = format!("/casos/{}", folio.expect("it was waited for"));
    for one in [&desk, &plain] {
        one.open(&case).await;
        let page = one.browser.text().await;
        assert!(page.contains("medicamentos"), "{page}");
    }
    plain.look("desk-case-plain").await;
    desk.look_twice("desk-case").await;
    a_file_is_looked_at(&mut desk, &mut plain, &case).await;
    for (path, name) in [
        ("/", "desk-cases"),
        ("/mi-cuenta", "desk-account"),
        ("/integrantes", "desk-members"),
        ("/bitacora", "desk-log"),
    ] {
        desk.open(path).await;
        desk.look_twice(name).await;
    }
    desk.open("/integrantes").await;
    let members = desk.browser.source().await;
    let (before, _) = members
        .split_once("/datos\"")
        .expect("members can be changed");
    let (_, member) = before.rsplit_once('"').expect("it is a link");
    desk.open(&format!("{member}/datos")).await;
    desk.look_twice("desk-amend").await;
    desk.open(&format!("{case}/excusas")).await;
    desk.look_twice("desk-recusals").await;

    somebody_is_asked_in_by_two(&mut plain, &mut desk).await;
    everything_is_looked_at(&mut desk, &mut plain, &case).await;
    desk.open("/casos/CE-2026-987654").await;
    desk.look_twice("desk-no-case").await;

    let missed: Vec<_> = addresses()
        .into_iter()
        .filter(|path| !desk.looked_at.iter().any(|seen| fits(path, seen)))
        .collect();
    assert!(missed.is_empty(), "not looked at: {missed:?}");
    desk.is_flawless();
    plain.is_flawless();
}

async fn filed_with_a_picture(person: &Person) -> Filed {
    let picture = std::fs::read(PICTURE).expect("it is in the tree");
    let part = |name: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"");
    let body = [
        format!(
            "{}\r\n\r\n{}",
            part("complaint"),
            json!({ "narrative": NARRATIVE })
        )
        .as_bytes(),
        format!("\r\n{}; filename=\"almacén.png\"\r\n\r\n", part("evidence")).as_bytes(),
        &picture,
        b"\r\n--x--\r\n",
    ]
    .concat();
    let form = "multipart/form-data; boundary=x";
    let filed = person.post_raw("/api/v1/complaints", form, body).await;
    assert_eq!(filed.status, 201, "{}", filed.text());
    serde_json::from_slice(&filed.body).expect("the answer has the three fields")
}

/// What is drawn of a file, once it has reached its case.
async fn a_file_is_looked_at(desk: &mut Visit, plain: &mut Visit, case: &str) {
    for one in [&*desk, &*plain] {
        until("the picture in the case", async || {
            one.open(case).await;
            one.browser.press("a[href*='/evidencia/']").await;
            one.browser.has("main img").await.then_some(())
        })
        .await;
        let drawn = "return document.querySelector('main img').naturalWidth > 100";
        until("what was drawn of it", async || {
            (one.browser.run(drawn).await == true).then_some(())
        })
        .await;
    }
    plain.look("desk-file-plain").await;
    desk.look_twice("desk-file").await;
}

/// What takes two: one asks somebody in and gets the link, the other agrees and gets the code.
async fn somebody_is_asked_in_by_two(one: &mut Visit, other: &mut Visit) {
    one.open("/integrantes").await;
    name(one, &ELECTA).await;
    let browser = &one.browser;
    browser.type_into("#invite-reason", "Fue electa.").await;
    browser.press("form[action='/integrantes'] button").await;
    one.look("desk-invite-link-plain").await;
    one.open("/actos").await;
    one.look("desk-acts-plain").await;
    other.open("/actos").await;
    other.look_twice("desk-acts").await;
    other.browser.press("[name=answer][value=approve]").await;
    other.look_twice("desk-act-code").await;
    other.open("/actos").await;
    other.look_twice("desk-acts-over").await;
}

/// Every address of the desk that has a page.
fn addresses() -> Vec<String> {
    let areas = sources("src/triage/desk/routes");
    let entries = areas.iter().flat_map(|area| area.split("\n    \"").skip(1));
    let addresses = entries.filter_map(|entry| {
        let (path, calls) = entry.split_once('"')?;
        let has_page = calls.contains("Get by") && !NO_PAGE.iter().any(|one| path.starts_with(one));
        let has_page = has_page && !FILE.iter().any(|end| path.ends_with(end));
        has_page.then(|| path.to_owned())
    });
    let addresses: Vec<String> = addresses.collect();
    assert!(addresses.len() > 8, "{addresses:?}");
    addresses
}
