//! Who may open what, from the ceremony of the key to its rotation, with the real programs: a complaint
//! about a member of the committee comes, for that member nothing of it exists, and the suplente acts.

mod last_resort;
mod seats;

use journeys::{
    Desk, Engine, Filed, House, Loot, Needles, Person, Postgres, Reply, Session, Tree, canary,
    hidden, key_of, until,
};
use serde_json::json;

use seats::Committee;

const NARRATIVE: &str = "En la clínica piden dinero para adelantar cirugías programadas.";
const OTHER: &str = "Faltan medicamentos del almacén desde enero y nadie los reporta.";
/// Who is denounced, as the person who files writes it.
const DENOUNCED: &str = "Lic. Bermudez Tobar Ignacio";

/// Any picture.
const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/screenshot.png");
/// What it is called, when it comes.
const FILE: &str = "rol-de-cirugias-enero.png";
/// Why a membership is to end.
const REASON: &str = "Cambió de adscripción y ya no asiste a las sesiones.";
const LETTER: &str = "Gracias. Ya lo vemos con cuidado.";

/// Files a complaint about the Secretaría Técnica, with a picture.
async fn file_about_a_member(person: &Person) -> Filed {
    let complaint = json!({
        "narrative": NARRATIVE,
        "people": [{ "name": DENOUNCED, "position": "Secretario del comité" }],
    });
    let picture = std::fs::read(PICTURE).expect("it is in the tree");
    let head = |name: &str, file: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n")
    };
    let body = [
        head("complaint", "").as_bytes(),
        complaint.to_string().as_bytes(),
        b"\r\n",
        head("evidence", &format!("; filename=\"{FILE}\"")).as_bytes(),
        &picture,
        b"\r\n--x--\r\n",
    ]
    .concat();
    let form = "multipart/form-data; boundary=x";
    let filed = person.post_raw("/api/v1/complaints", form, body).await;
    assert_eq!(filed.status, 201, "{}", filed.text());
    serde_json::from_slice(&filed.body).expect("the answer has the three fields")
}

async fn folio(house: &House, filed: &Filed) -> String {
    let mailbox = house.person().wait_for_folio(&filed.tracking_token).await;
    mailbox.folio.expect("it was waited for")
}

/// A folio that nobody has.
fn nobodys(folio: &str) -> String {
    let (start, _) = folio.rsplit_once('-').expect("a folio has three parts");
    format!("{start}-987654")
}

/// What a member can ask about a case, and gets.
async fn asked(desk: &Desk, member: &Session, folio: &str, file: &str) -> Vec<Reply> {
    let message = json!({ "kind": "message", "text": "¿Quién lo dice?" });
    vec![
        desk.get(&format!("/casos/{folio}"), member).await,
        desk.get(&format!("/casos/{folio}{file}"), member).await,
        desk.get(&format!("/api/v1/cases/{folio}"), member).await,
        desk.post(
            &format!("/casos/{folio}/mensajes"),
            member,
            &[("kind", "message"), ("text", "Hola.")],
        )
        .await,
        desk.call(&format!("/api/v1/cases/{folio}/messages"), member, &message)
            .await,
    ]
}

/// Everything that is no case, as a member sees it.
async fn around(desk: &Desk, member: &Session) -> Vec<Reply> {
    let mut seen = Vec::new();
    for path in [
        "/",
        "/?year=2026",
        "/api/v1/cases",
        "/integrantes",
        "/actos",
        "/recusaciones",
    ] {
        seen.push(desk.get(path, member).await);
    }
    seen
}

/// All of an answer, without the blanks that pad it. Whether the connection stays open depends on how much
/// of a body has come when the answer goes out, on whatever case.
fn shown(reply: &Reply) -> (u16, Vec<&String>, String) {
    let headers = reply.headers.iter();
    let headers = headers.filter(|header| !header.starts_with("connection: "));
    let text = reply.text().trim_end().to_owned();
    (reply.status, headers.collect(), text)
}

fn is_the_same(before: &[Reply], now: &[Reply]) {
    for (before, now) in before.iter().zip(now) {
        assert_eq!(shown(now), shown(before));
    }
}

/// A member opens a case, with the page and as a program.
async fn reads(desk: &Desk, member: &Session, folio: &str, narrative: &str) {
    let page = desk.get(&format!("/casos/{folio}"), member).await;
    assert_eq!(page.status, 200, "{folio}");
    let case = desk.get(&format!("/api/v1/cases/{folio}"), member).await;
    assert_eq!(case.status, 200, "{}", case.text());
    assert_eq!(case.json()["complaint"]["narrative"], narrative);
}

async fn the_accused_sees_nothing_and_the_suplente_acts(engine: Engine) {
    let mut house = House::build_with_shares(engine, 2, 3);
    house.start_intake().await;
    house.start_triage().await;
    let (desk, person) = (house.desk(), house.person());
    let founding = desk.unseal(&house, "keys", &[1, 3]).await;
    let founding = founding.expect("there are no members yet");
    let mut committee = Committee::found(&desk, &founding).await;
    let again = desk.get("/fundar", &founding).await;
    assert_eq!(again.status, 303, "the founding is over");

    // A case that is about nobody of the committee.
    let other = person.tell(OTHER).await;
    let other_folio = folio(&house, &other).await;
    let accused = desk.sign_in(&mut committee.tecnica).await;
    reads(&desk, &accused, &other_folio, OTHER).await;
    until("the first case to be classified", async || {
        let cases = desk.get("/api/v1/cases", &accused).await.json();
        let classified = cases["cases"][0]["classification"].is_object();
        classified.then_some(())
    })
    .await;
    let before = around(&desk, &accused).await;
    assert!(before[0].text().contains(&other_folio));

    // One that is about one of them: the suplente reads it, with its file.
    let filed = file_about_a_member(&person).await;
    let number = folio(&house, &filed).await;
    let suplente = desk.sign_in(&mut committee.suplente).await;
    reads(&desk, &suplente, &number, NARRATIVE).await;
    let others = desk.get(&format!("/casos/{other_folio}"), &suplente).await;
    assert_eq!(others.status, 404, "there, the titular acts");
    let file = file_of(&desk, &suplente, &number).await;
    let sent = desk.get(&format!("/casos/{number}{file}"), &suplente).await;
    let picture = std::fs::read(PICTURE).expect("it is in the tree");
    assert_eq!((sent.status, sent.body), (200, picture));

    // For whom it is about, it does not exist.
    let is_hidden = async |accused: &Session| {
        let unknown = nobodys(&number);
        let about_it = asked(&desk, accused, &number, &file).await;
        let about_none = asked(&desk, accused, &unknown, &file).await;
        for (at, (it, none)) in about_it.iter().zip(&about_none).enumerate() {
            assert_eq!(shown(it), shown(none), "question {at}");
        }
        for path in ["/", "/api/v1/cases", "/bitacora", "/api/v1/log"] {
            let page = desk.get(path, accused).await.text();
            assert!(!page.contains(&number), "{path}");
        }
    };
    is_hidden(&accused).await;
    is_the_same(&before, &around(&desk, &accused).await);

    // The suplente answers, and the Presidencia sees both cases.
    let answer = [("kind", "message"), ("text", LETTER)];
    let path = format!("/casos/{number}/mensajes");
    let sent = desk.post(&path, &suplente, &answer).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    until("the suplente's letter to come", async || {
        let mailbox = person.look(&filed.tracking_token).await;
        let mut messages = mailbox.messages.iter();
        messages.any(|message| message.text == LETTER).then_some(())
    })
    .await;
    let presidencia = desk.sign_in(&mut committee.presidencia).await;
    reads(&desk, &presidencia, &number, NARRATIVE).await;
    reads(&desk, &presidencia, &other_folio, OTHER).await;
    is_hidden(&accused).await;
    is_the_same(&before, &around(&desk, &accused).await);

    // With the whole database and the own unlocked key, nothing of it opens either.
    let shares = [1, 3].map(|number| house.path(&format!("keys/share-{number}.key")));
    let loot = Loot::of(&house).await;
    let key = key_of(&house, &shares, &committee.tecnica).await;
    let opened = loot.open_with(&key.to_text());
    assert!(opened.tells(OTHER), "the attack works");
    for text in [NARRATIVE, DENOUNCED, FILE, LETTER] {
        assert!(!opened.tells(text), "{text}");
    }
    assert_eq!(opened.keys.len(), 1, "of one case only");
    let key = key_of(&house, &shares, &committee.suplente).await;
    let opened = loot.open_with(&key.to_text());
    for text in [NARRATIVE, DENOUNCED, FILE, LETTER] {
        assert!(opened.tells(text), "{text}");
    }
    assert!(!opened.tells(OTHER));

    // Something is asked for that takes two, with a reason.
    let member = id_of(&desk, &presidencia, "Marcela").await;
    let fields = [("member", member.as_str()), ("reason", REASON)];
    let asked_for = desk.post("/integrantes/baja", &presidencia, &fields).await;
    assert_eq!(asked_for.status, 303, "{}", asked_for.text());

    // The committee's key is changed, the services start anew, and all is as it was.
    house.stop_triage();
    rotate(&house);
    house.stop_intake();
    house.start_intake().await;
    house.start_triage().await;
    assert!(desk.unseal(&house, "new", &[2, 3]).await.is_none());
    let signed_out = desk.get("/", &accused).await;
    assert_eq!(signed_out.status, 303, "a restart signs everybody out");
    let accused = desk.sign_in(&mut committee.tecnica).await;
    reads(&desk, &accused, &other_folio, OTHER).await;
    is_hidden(&accused).await;
    let suplente = desk.sign_in(&mut committee.suplente).await;
    reads(&desk, &suplente, &number, NARRATIVE).await;
    let ejecutiva = desk.sign_in(&mut committee.ejecutiva).await;
    reads(&desk, &ejecutiva, &number, NARRATIVE).await;
    let sound = house.guiando(&["audit", "verify", "--cases", house.cases()]);
    assert!(sound.status.success(), "{sound:?}");

    nothing_is_left_in_clear(&mut house, engine, &committee);
}

/// Searches every byte that the programs left for what nobody may find without a member's key or
/// enough shares.
fn nothing_is_left_in_clear(house: &mut House, engine: Engine, committee: &Committee) {
    let mut needles = Needles::new();
    committee.needles(&mut needles);
    for text in [NARRATIVE, OTHER, DENOUNCED, FILE, LETTER, REASON] {
        needles.add_text(text, text);
    }
    let needles = needles.ready();
    let mut trees = vec![Tree::at(house.folder())];
    let server = (engine == Engine::Postgres).then(Postgres::of_this_run);
    trees.extend(server.as_ref().map(|server| Tree::at(server.folder())));
    let search = |needles: &Needles| {
        if let Some(server) = &server {
            server.flush();
        }
        let hits = trees.iter().flat_map(|tree| tree.search(needles));
        hits.collect::<Vec<_>>()
    };
    assert_eq!(search(&needles), [], "while the programs run");
    house.stop_intake();
    house.stop_triage();
    assert_eq!(search(&needles), [], "after they have stopped");
    let written = canary(3);
    let mut control = Needles::new();
    control.add_text("control", &written);
    let control = control.ready();
    assert_eq!(search(&control), []);
    std::fs::write(house.path("tmp/control"), &written).expect("the folder can be written to");
    assert!(!search(&control).is_empty(), "what lies in clear is found");
}

/// The address of the first file of a case, after that of the case.
async fn file_of(desk: &Desk, member: &Session, folio: &str) -> String {
    let page = desk.get(&format!("/casos/{folio}"), member).await.text();
    let start = format!("href=\"/casos/{folio}/evidencia/");
    let (_, rest) = page.split_once(&start).expect("the case has a file");
    let id = rest.split('"').next().expect("an address ends");
    format!("/evidencia/{id}")
}

/// The id of a member, as the list has it for others to act on.
async fn id_of(desk: &Desk, member: &Session, name: &str) -> String {
    let page = desk.get("/integrantes", member).await.text();
    let mut rows = page.split("<tr>");
    let row = rows.find(|row| row.contains(name)).expect("it is a member");
    hidden(row, "member").to_owned()
}

/// Changes the committee's key; both services will start with the new one.
fn rotate(house: &House) {
    let share = |number| {
        let path = house.path(&format!("keys/share-{number}.key"));
        path.to_string_lossy().into_owned()
    };
    let out = house.path("new").to_string_lossy().into_owned();
    let stores = ["--mailroom", house.mailroom(), "--cases", house.cases()];
    let (first, second) = (share(1), share(2));
    let command = ["keys", "rotate", &first, &second, "--out", &out];
    let rotated = house.guiando(&[&command[..], &stores].concat());
    assert!(rotated.status.success(), "{rotated:?}");
    std::fs::copy(
        house.path("new/committee.pub"),
        house.path("keys/committee.pub"),
    )
    .expect("a file can be copied");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite_the_accused_sees_nothing_and_the_suplente_acts() {
    the_accused_sees_nothing_and_the_suplente_acts(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgresql_the_accused_sees_nothing_and_the_suplente_acts() {
    the_accused_sees_nothing_and_the_suplente_acts(Engine::Postgres).await;
}
