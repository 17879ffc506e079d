//! Who may open what, from the ceremony of the key to its rotation, with the real programs: a complaint
//! about a member of the committee comes, for that member nothing of it exists, and the suplente acts.

mod asking;
mod last_resort;
mod seats;

use std::collections::BTreeSet;

use journeys::{
    Desk, Engine, Filed, House, Loot, Needles, Person, Postgres, Session, Tree, canary, key_of,
    until,
};
use serde_json::json;

use asking::{act_in, around, file_of, id_of, is_hidden, is_the_same, reads};
use seats::Committee;

const NARRATIVE: &str = "En la clínica piden dinero para adelantar cirugías programadas.";
const OTHER: &str = "Faltan medicamentos del almacén desde enero y nadie los reporta.";
/// Who is denounced, as the person who files writes it.
const DENOUNCED: &str = "Lic. Bermudez Tobar Ignacio";

/// Well-formed words that nobody was given.
const NOBODYS: &str = "ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco ábaco abierto";

/// Any picture.
const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/screenshot.png");
/// What it is called, when it comes.
const FILE: &str = "rol-de-cirugias-enero.png";
/// Why a membership is to end.
const REASON: &str = "Cambió de adscripción y ya no asiste a las sesiones.";
/// Why a member keeps away from the case.
const CONFLICT: &str = "La persona señalada es mi cuñada y vivimos en la misma casa.";
/// Why two want to see who filed.
const WHY_WHO: &str = "Hay que preguntarle en persona si quiere medidas.";
/// What the person who filed writes after that.
const MORE: &str = "Ayer volvieron a pedir dinero en el turno de la tarde.";
/// Who filed, which is kept apart.
const REPORTER: &str = "Zoraida Quijano Ek";
/// Who saw it.
const WITNESS: &str = "Teodora Uicab Canul";
/// Whom the person wants kept out.
const KEPT_OUT: &str = "Prudencio Chulim Dzib";
const LETTER: &str = "Gracias. Ya lo vemos con cuidado.";

/// All that a member who may open the case can read of it.
const WHAT: [&str; 8] = [
    NARRATIVE, DENOUNCED, FILE, LETTER, MORE, REPORTER, WITNESS, KEPT_OUT,
];

/// Files a complaint about the Secretaría Técnica, with a picture.
async fn file_about_a_member(person: &Person) -> Filed {
    let complaint = json!({
        "narrative": NARRATIVE,
        "people": [{ "name": DENOUNCED, "position": "Secretario del comité" }],
        "witnesses": [{ "name": WITNESS }],
        "keep_from": [KEPT_OUT],
        "identity": { "name": REPORTER, "contact": "555 010 0000" },
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

#[expect(clippy::too_many_lines, reason = "one story from end to end")]
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
    let path = format!("/casos/{number}{file}");
    let page = desk.get(&path, &suplente).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains(FILE), "{}", page.text());
    let sent = desk.post(&path, &suplente, &[("need", "PERITAJE")]).await;
    let picture = std::fs::read(PICTURE).expect("it is in the tree");
    assert!(sent.status == 200 && sent.body == picture, "as it was sent");

    // For whom it is about, it does not exist.
    is_hidden(&desk, &accused, &number, &file).await;
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
    is_hidden(&desk, &accused, &number, &file).await;
    is_the_same(&before, &around(&desk, &accused).await);

    let ejecutiva = desk.sign_in(&mut committee.ejecutiva).await;
    two_see_who_filed(&desk, &number, &presidencia, &ejecutiva).await;
    is_the_same(&before, &around(&desk, &accused).await);

    // A member keeps away from it, and has no part in what comes from then on.
    let recused = ejecutiva;
    reads(&desk, &recused, &number, NARRATIVE).await;
    let path = format!("/casos/{number}/excusas/declarar");
    let reason = [("reason", CONFLICT)];
    let declared = desk.post(&path, &recused, &reason).await;
    assert_eq!(declared.status, 303, "{}", declared.text());
    is_hidden(&desk, &recused, &number, &file).await;
    reads(&desk, &recused, &other_folio, OTHER).await;
    person.write(&filed.tracking_token, MORE).await;
    until("the next to open it to find what came since", async || {
        let path = format!("/api/v1/cases/{number}");
        let case = desk.get(&path, &suplente).await.text();
        case.contains(MORE).then_some(())
    })
    .await;
    reads(&desk, &presidencia, &number, NARRATIVE).await;
    is_the_same(&before, &around(&desk, &accused).await);

    let private = the_databases_tell_nobody_who_is_kept_out(&house, &committee).await;

    // Something is asked for that takes two, with a reason.
    let member = id_of(&desk, &presidencia, "Leonor").await;
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
    is_hidden(&desk, &accused, &number, &file).await;
    let suplente = desk.sign_in(&mut committee.suplente).await;
    reads(&desk, &suplente, &number, NARRATIVE).await;
    let recused = desk.sign_in(&mut committee.ejecutiva).await;
    is_hidden(&desk, &recused, &number, &file).await;
    reads(&desk, &recused, &other_folio, OTHER).await;

    let presidencia = desk.sign_in(&mut committee.presidencia).await;
    two_delete(&desk, &other_folio, &presidencia, &recused).await;
    let [gone, never] = [other.tracking_token.as_str(), NOBODYS].map(|words| person.ask(words));
    let (gone, never) = (gone.await, never.await);
    assert_eq!(gone.status, 404, "{}", gone.text());
    assert_eq!(gone.headers, never.headers);
    assert_eq!(
        gone.body, never.body,
        "the words of a deleted case are as words that never were"
    );
    the_log_is_sound(&house);

    nothing_is_left_in_clear(&mut house, engine, &committee, &private);
}

/// Who filed is shown when two want to see it.
async fn two_see_who_filed(desk: &Desk, folio: &str, one: &Session, other: &Session) {
    let case = format!("/casos/{folio}");
    let page = desk.get(&case, one).await.text();
    assert!(!page.contains(REPORTER));
    let asked = format!("{case}/actos/identidad");
    let asked = desk.post(&asked, one, &[("reason", WHY_WHO)]).await;
    assert_eq!(asked.status, 303, "{}", asked.text());
    let act = format!("/actos/{}", act_in(desk, other).await);
    let agreed = desk.post(&act, other, &[("answer", "approve")]).await;
    assert_eq!(agreed.status, 303, "{}", agreed.text());
    let page = desk.get(&case, one).await.text();
    assert!(page.contains(REPORTER), "{page}");
}

/// One asks that a case be deleted, another agrees; a certificate is left.
async fn two_delete(desk: &Desk, folio: &str, one: &Session, other: &Session) {
    let asked = format!("/casos/{folio}/actos/borrar");
    let asked = desk.post(&asked, one, &[("reason", REASON)]).await;
    assert_eq!(asked.status, 303, "{}", asked.text());
    let mut headers = asked.headers.iter();
    let act = headers.find_map(|header| header.strip_prefix("location: /actos#acto-"));
    let act = act.expect("it waits").to_owned();
    let agreed = desk
        .post(&format!("/actos/{act}"), other, &[("answer", "approve")])
        .await;
    assert_eq!(agreed.status, 303, "{}", agreed.text());
    let case = desk.get(&format!("/casos/{folio}"), one).await;
    assert_eq!(case.status, 404, "it is gone");
    let left = desk.get(&format!("/conservacion/{act}"), one).await;
    assert!(left.text().contains(folio), "{}", left.text());
}

/// With the new shares: a log that somebody made up would not pass.
fn the_log_is_sound(house: &House) {
    let share = |number| {
        let path = house.path(&format!("new/share-{number}.key"));
        path.to_string_lossy().into_owned()
    };
    let (first, second) = (share(1), share(2));
    let verify = ["audit", "verify", "--cases", house.cases()];
    let with = ["--share", &first, "--share", &second];
    let sound = house.guiando(&[&verify[..], &with].concat());
    assert!(sound.status.success(), "{sound:?}");
}

/// Searches every byte that the programs left for what nobody may find without a member's key or
/// enough shares.
fn nothing_is_left_in_clear(
    house: &mut House,
    engine: Engine,
    committee: &Committee,
    private: &BTreeSet<String>,
) {
    let mut needles = Needles::new();
    for key in private {
        needles.add_text("a private key", key);
    }
    committee.needles(&mut needles);
    for text in WHAT.iter().chain(&[OTHER, CONFLICT, REASON, WHY_WHO]) {
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

/// With both databases whole and the own unlocked key, nothing of the case opens for whoever is kept out.
/// Gives the private keys of cases and members that it found on the way.
async fn the_databases_tell_nobody_who_is_kept_out(
    house: &House,
    committee: &Committee,
) -> BTreeSet<String> {
    let shares = [1, 3].map(|number| house.path(&format!("keys/share-{number}.key")));
    let loot = Loot::of(house).await;
    assert_eq!(loot.keys_in_clear(), Vec::<String>::new());
    let mut private = BTreeSet::new();
    for away in [&committee.tecnica, &committee.ejecutiva] {
        let key = key_of(house, &shares, away).await;
        let opened = loot.open_with(&key.to_text());
        assert!(opened.tells(OTHER), "the attack works");
        for text in WHAT {
            assert!(!opened.tells(text), "{} reads {text}", away.login);
        }
        assert_eq!(opened.keys.len(), 1, "of one case only");
        private.insert(key.to_text().to_string());
        private.extend(opened.keys);
    }
    let key = key_of(house, &shares, &committee.suplente).await;
    let opened = loot.open_with(&key.to_text());
    for text in WHAT {
        assert!(opened.tells(text), "{text}");
    }
    assert!(!opened.tells(OTHER));
    private.insert(key.to_text().to_string());
    private.extend(opened.keys);
    private
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
