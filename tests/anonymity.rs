//! The anonymity proof: strings that nobody else could have written are filed in every field and in
//! every way, and then every byte that the programs left behind is searched for them.
//!
//! What is searched is the whole folder of the house (data, write-ahead logs, logs, temporary files)
//! and, on PostgreSQL, the server's whole folder with its own write-ahead log and its own log; before
//! the programs stop and after. That the search would find them is shown by a control of the same
//! kind that is written on purpose.

use std::net::Ipv4Addr;

use journeys::{
    Engine, House, Needles, Person, Postgres, Tree, canary, hidden, token_in_page, token_needles,
    until,
};
use serde_json::{Value, json};

/// Complaints filed as JSON and as a form each.
const EACH: u64 = 8;

/// Where people come from, and with what; none of it may be kept.
const AGENT: &str = "Navegador-cnragentezyxwvutsrq/9.9";

fn address(n: u64) -> Ipv4Addr {
    Ipv4Addr::new(127, 231, 117, 10 + u8::try_from(n).expect("a few people"))
}

/// Draws canaries, and keeps them all.
struct Canaries {
    next: u64,
    needles: Needles,
}

impl Canaries {
    /// A readable text around a canary.
    fn text(&mut self, field: &str) -> String {
        self.next += 1;
        let canary = canary(self.next);
        self.needles
            .add_text(&format!("{field} {}", self.next), &canary);
        // With accents, so that the forms of a text are put to the test as well.
        let accented = format!("Ñandú {canary} acción");
        self.needles
            .add_text(&format!("{field} {}, whole", self.next), &accented);
        accented
    }
}

fn complaint(canaries: &mut Canaries) -> Value {
    json!({
        "narrative": format!("Una historia entera que dice {} y nada más.", canaries.text("narrative")),
        "suspected_risk": "corrupcion",
        "workplace": { "place": canaries.text("place") },
        "people": [{
            "name": canaries.text("name"), "position": canaries.text("position"),
            "area": canaries.text("area"), "description": canaries.text("description"),
        }],
        "facts": { "from": "2026-03-02", "place_detail": canaries.text("place detail") },
        "witnesses": [{ "name": canaries.text("witness"), "contact": canaries.text("contact") }],
        "keep_from": [canaries.text("keep from")],
        "identity": { "name": canaries.text("identity"), "contact": canaries.text("own contact") },
    })
}

/// Files as JSON, comes back, and writes.
async fn by_the_api(person: &Person, canaries: &mut Canaries) -> String {
    let filed = person.file(&complaint(canaries)).await;
    let text = format!("Un mensaje más: {}", canaries.text("message"));
    person.write(&filed.tracking_token, &text).await;
    person.look(&filed.tracking_token).await;
    filed.tracking_token
}

/// Files with the form, comes back with the page, and writes.
async fn by_the_pages(person: &Person, canaries: &mut Canaries) -> String {
    let narrative = format!(
        "Una historia del formulario: {}.",
        canaries.text("form narrative")
    );
    let (name, witness) = (canaries.text("form name"), canaries.text("form witness"));
    let page = person
        .fill_in_form(&[
            ("narrative", &narrative),
            ("people[0].name", &name),
            ("witnesses[0].name", &witness),
        ])
        .await;
    assert_eq!(page.status, 201, "{}", page.text());
    let token = token_in_page(&page.text()).expect("the page shows the twelve words");
    let seen = person
        .post_form("/seguimiento", &[("tracking_token", &token)])
        .await;
    assert_eq!(seen.status, 200, "{}", seen.text());
    let text = canaries.text("form message");
    let sent = person
        .post_form(
            "/seguimiento/mensaje",
            &[("tracking_token", &token), ("text", &text)],
        )
        .await;
    assert_eq!(sent.status, 201, "{}", sent.text());
    token
}

/// Whatever is refused, is too large or breaks off.
async fn badly(person: &Person, canaries: &mut Canaries) {
    let path = "/api/v1/complaints";
    let bad = [
        json!({ "narrative": canaries.text("short")[..10] }),
        json!({ "narrative": canaries.text("unknown risk"), "suspected_risk": canaries.text("risk") }),
        json!({ "narrative": canaries.text("unknown field"), canaries.text("field name"): 1 }),
        json!({ "narrative": canaries.text("too long").repeat(1_000) }),
        json!({ "narrative": format!("{}\u{7}", canaries.text("control character")) }),
        json!({ "narrative": canaries.text("day"), "facts": { "from": canaries.text("not a day") } }),
    ];
    for body in bad {
        let reply = person.post_json(path, &body).await;
        assert_eq!(reply.status, 422, "{}", reply.text());
    }
    let opened = person.visit("/denunciar").await.text();
    let form = [
        ("state", hidden(&opened, "state")),
        ("step", "place"),
        ("go", "next"),
        ("narrative", &*canaries.text("form, bad")),
        ("facts.from", &*canaries.text("bad day")),
    ];
    assert_eq!(person.post_form("/denunciar", &form).await.status, 422);
    let cut = format!("{{\"narrative\": \"{}", canaries.text("cut short"));
    let mut not_text = canaries.text("not UTF-8").into_bytes();
    not_text.extend([0xff, 0xfe]);
    let large = canaries.text("oversized").repeat(100_000).into_bytes();
    let json_type = ("content-type", "application/json");
    let query = format!("{path}?q={}", canaries.text("query").replace(' ', "+"));
    let header = canaries
        .text("header")
        .replace(|c: char| !c.is_ascii_alphanumeric(), "");
    for (path, headers, body) in [
        (path, vec![json_type], cut.clone().into_bytes()),
        (path, vec![json_type], not_text),
        (path, vec![json_type], large),
        (
            path,
            vec![json_type, ("content-encoding", "gzip")],
            cut.clone().into_bytes(),
        ),
        (
            path,
            vec![("content-type", header.as_str())],
            cut.clone().into_bytes(),
        ),
        (
            path,
            vec![json_type, ("x-forwarded-for", header.as_str())],
            cut.clone().into_bytes(),
        ),
        (
            path,
            vec![json_type, ("referer", header.as_str())],
            cut.into_bytes(),
        ),
        (&query, vec![json_type], b"{}".to_vec()),
    ] {
        // A service that refuses from the headers may close while we still send.
        if let Some(reply) = person.post_with(path, &headers, body).await {
            assert!(
                (400..500).contains(&reply.status),
                "{} {}",
                reply.status,
                reply.text()
            );
        }
    }
    let unknown = format!("ábaco {}", canaries.text("in place of a token"));
    assert_eq!(person.ask(&unknown).await.status, 422);
    let page = person
        .post_form("/seguimiento", &[("tracking_token", &unknown)])
        .await;
    assert_eq!(page.status, 422);
    let path = format!("/{}", canaries.text("path").replace(' ', ""));
    assert_eq!(person.visit(&path).await.status, 404);
}

/// Files everything, and waits until triage has opened it all. Gives what must not be found.
async fn a_full_day(house: &House, seed: u64) -> Needles {
    let mut canaries = Canaries {
        next: seed,
        needles: Needles::new(),
    };
    canaries
        .needles
        .add_text("user agent", "cnragentezyxwvutsrq");
    let mut tokens = Vec::new();
    for n in 0..EACH {
        canaries
            .needles
            .add_text("source address", &address(n).to_string());
        let person = house.person_from(address(n), AGENT);
        tokens.push(by_the_api(&person, &mut canaries).await);
        tokens.push(by_the_pages(&person, &mut canaries).await);
        badly(&person, &mut canaries).await;
    }
    let person = house.person();
    for token in &tokens {
        until("folio and echo", async || {
            let mailbox = person.look(token).await;
            let echoed = mailbox
                .messages
                .iter()
                .any(|message| message.from == "complainant");
            (mailbox.folio.is_some() && echoed).then_some(())
        })
        .await;
    }
    for (index, token) in tokens.iter().enumerate() {
        token_needles(&mut canaries.needles, &format!("token {index}"), token);
    }
    until("every case to be classified", async || {
        let records = house.export_json();
        records
            .iter()
            .all(|record| record["modelo"].is_string())
            .then_some(())
    })
    .await;
    canaries.needles.ready()
}

/// Needles of one canary that is written in clear on purpose.
fn control(seed: u64) -> (String, Needles) {
    let canary = canary(seed);
    let mut needles = Needles::new();
    needles.add_text("control", &canary);
    (canary, needles.ready())
}

#[tokio::test]
async fn nothing_that_a_person_gave_is_left_in_the_folder_of_the_house() {
    let mut house = House::open(Engine::Sqlite).await;
    let needles = a_full_day(&house, 1_000_000).await;
    assert!(
        needles.count() > 10_000,
        "{} forms are searched for",
        needles.count()
    );

    let tree = Tree::at(house.folder());
    for name in ["mailroom.db", "mailroom.db-wal", "cases.db", "cases.db-wal"] {
        assert!(
            house.path("data").join(name).is_file(),
            "{name} is there to be searched"
        );
    }
    assert_eq!(tree.search(&needles), [], "while the programs run");
    house.stop_intake();
    house.stop_triage();
    assert_eq!(tree.search(&needles), [], "after they have stopped");

    let (written, control) = control(1);
    std::fs::write(
        house.path("tmp/control"),
        format!("antes {written} después"),
    )
    .expect("the folder can be written to");
    assert!(
        !tree.search(&control).is_empty(),
        "what is there in clear is found"
    );
}

#[tokio::test]
async fn nothing_that_a_person_gave_is_left_in_the_folder_of_postgresql() {
    let mut house = House::open(Engine::Postgres).await;
    let server = Postgres::of_this_run();
    let needles = a_full_day(&house, 2_000_000).await;

    let trees = [Tree::at(house.folder()), Tree::at(server.folder())];
    let search = |needles: &Needles| {
        server.flush();
        trees
            .iter()
            .flat_map(|tree| tree.search(needles))
            .collect::<Vec<_>>()
    };
    assert!(
        trees[1].files().len() > 100,
        "the server's folder is there to be searched"
    );
    assert_eq!(search(&needles), [], "while the programs run");
    house.stop_intake();
    house.stop_triage();
    assert_eq!(search(&needles), [], "after they have stopped");

    let (written, control) = control(2);
    server.run(
        house.mailroom(),
        &format!("CREATE TABLE control AS SELECT '{written}'::text AS text"),
    );
    assert!(
        !search(&control).is_empty(),
        "what is there in clear is found"
    );
}
