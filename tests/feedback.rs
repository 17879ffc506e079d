//! What the committee made of what was proposed, as the operator's program takes it out: labels, and no word of
//! any complaint.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Output;

use domain::committee::Seat;
use journeys::{Chosen, Engine, House, PASSPHRASE, Session, samples, until};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

/// A word that no program has of itself.
const MARKER: &str = "Xochipitzáhuac";
const STORY: &str = "En el almacén Xochipitzáhuac piden dinero por entregar los medicamentos.";

/// How the log says that a member came, and went.
const ENTERED: &str = "entró al servicio";
const LEFT: &str = "cerró una sesión";

const EJECUTIVA: Chosen<'_> = Chosen {
    name: ["Marcela", "Quiñones", "Duarte"],
    login: "marcela",
    seat: Seat::SecretariaEjecutiva,
    stands_in_for: None,
};
const TECNICA: Chosen<'_> = Chosen {
    name: ["Prudencio", "Chulim", "Dzib"],
    login: "prudencio",
    seat: Seat::SecretariaTecnica,
    stands_in_for: None,
};

/// Runs `guiando classifier …` as a member, with the committee's key.
fn classifier(house: &House, member: &str, passphrase: &str, arguments: &[&str]) -> Output {
    let key = house.path("keys/committee.key");
    let mut command = house.command("guiando");
    command
        .arg("classifier")
        .args(arguments)
        .args(["--cases", house.cases(), "--member", member, "--identity"])
        .arg(key)
        .env("GUIANDO_MEMBER_PASSPHRASE", passphrase);
    command.output().expect("guiando can be started")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it is text")
}

fn lines(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect()
}

/// What a line has, and nothing else.
fn check_line(line: &Value) {
    let keys: BTreeSet<&str> = line
        .as_object()
        .expect("a line")
        .keys()
        .map(String::as_str)
        .collect();
    let expected = [
        "confidence",
        "confirmed",
        "first",
        "hidden",
        "model",
        "period",
        "proposed",
        "review",
    ];
    assert_eq!(keys, BTreeSet::from(expected));
    let confirmed = json!({ "main": "corrupcion", "labels": ["corrupcion", "falta_eficacia"],
        "urgency": "media" });
    assert_eq!(
        (&line["first"], &line["confirmed"]),
        (&confirmed, &confirmed)
    );
    assert!(line["hidden"].is_boolean() && line["review"].is_boolean());
    assert!(line["proposed"]["urgency"].is_string(), "{line}");
    let tenths = line["confidence"].as_f64().expect("a number") * 10.0;
    assert!((tenths - tenths.round()).abs() < 1e-9, "{line}");
    assert!(line["period"].is_null(), "fewer than five share it");
}

/// Files a complaint; gives its words.
async fn file(house: &House, complaint: Value) -> String {
    let person = house.person();
    let filed = person.post_json("/api/v1/complaints", &complaint).await;
    assert_eq!(filed.status, 201, "{}", filed.text());
    let token = &filed.json()["tracking_token"];
    token.as_str().expect("a token").to_owned()
}

/// Classifies a complaint that was filed; gives its folio.
async fn classify(house: &House, session: &Session, token: &str, act: &Value) -> String {
    let folio = house.person().wait_for_folio(token).await.folio;
    let folio = folio.expect("it was waited for");
    let (desk, path) = (house.desk(), format!("/api/v1/cases/{folio}"));
    until("the case to be classified", async || {
        let case = desk.get(&path, session).await.json();
        case["register"]["classification"].is_object().then_some(())
    })
    .await;
    let body = json!({ "act": act, "papers": [] });
    let made = desk
        .call(&format!("{path}/transitions"), session, &body)
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    folio
}

async fn enter(house: &House) -> Session {
    let begun = json!({ "user": EJECUTIVA.login, "passphrase": PASSPHRASE });
    let begun = house.member().post_json("/api/v1/session", &begun).await;
    Session {
        cookie: begun.session(),
        csrf: begun.json()["csrf"].as_str().expect("a token").to_owned(),
    }
}

/// The log as a member reads it, the oldest line first.
async fn log(house: &House, session: &Session) -> Vec<String> {
    let table = house.desk().get("/bitacora.csv", session).await.text();
    let mut lines: Vec<String> = table.lines().skip(1).map(str::to_owned).collect();
    lines.retain(|line| !line.is_empty());
    lines.reverse();
    lines
}

/// All that the commands tell a member, by command: how it ended, what it wrote, what it said. The lines of the
/// export come in an order that is drawn, so they are sorted.
fn all_told(house: &House, member: &str) -> Vec<(Option<i32>, String, String)> {
    let out = house.path("keys/of-too-few.heads");
    let out = out.to_string_lossy();
    let commands: [&[&str]; 4] = [
        &["export-feedback"],
        &["drift"],
        &["drift", "--json"],
        &["retrain", "--out", &out],
    ];
    let told = commands.map(|arguments| {
        let output = classifier(house, member, PASSPHRASE, arguments);
        let mut written = text(&output.stdout);
        if arguments == ["export-feedback"] {
            let mut lines: Vec<&str> = written.lines().collect();
            lines.sort_unstable();
            written = lines.join("\n");
        }
        (output.status.code(), written, text(&output.stderr))
    });
    told.into()
}

#[tokio::test]
async fn labels_leave_the_cases_that_a_member_may_open_and_no_word_does() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let house = House::open(engine).await;
        house.seat_all(&[EJECUTIVA, TECNICA], PASSPHRASE).await;
        let session = enter(&house).await;
        let act = json!({ "move": "CLASIFICAR", "main": "corrupcion", "others": ["falta_eficacia"],
            "urgency": "media", "reason": format!("Lo dice {MARKER}.") });
        let mut folios = Vec::new();
        for complaint in [
            json!({ "narrative": STORY }),
            json!({ "narrative": format!("{STORY} Ya van tres veces.") }),
        ] {
            let token = file(&house, complaint).await;
            folios.push(classify(&house, &session, &token, &act).await);
        }
        let before = all_told(&house, TECNICA.login);
        assert_eq!(before[0].1.lines().count(), 2, "{before:?}");
        // For one member this case does not exist.
        let about = json!({ "narrative": STORY, "people": [{ "name": TECNICA.full() }] });
        let token = file(&house, about).await;
        folios.push(classify(&house, &session, &token, &act).await);
        assert_eq!(all_told(&house, TECNICA.login), before, "{engine:?}");

        let logged = log(&house, &session).await;
        let exported = classifier(&house, EJECUTIVA.login, PASSPHRASE, &["export-feedback"]);
        let all = lines(&exported);
        assert_eq!(all.len(), 3, "{engine:?}: {all:?}");
        for line in &all {
            check_line(line);
        }
        let out = house.path("tmp/feedback.jsonl");
        let path = out.to_string_lossy();
        let kept = classifier(
            &house,
            EJECUTIVA.login,
            PASSPHRASE,
            &["export-feedback", "--out", &path],
        );
        assert!(kept.status.success() && kept.stdout.is_empty());
        let mode = std::fs::metadata(&out)
            .expect("it was written")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        let drift = classifier(&house, EJECUTIVA.login, PASSPHRASE, &["drift"]);
        let as_json = classifier(&house, EJECUTIVA.login, PASSPHRASE, &["drift", "--json"]);
        let said = [
            text(&exported.stdout),
            text(&exported.stderr),
            std::fs::read_to_string(&out).expect("it was written"),
            text(&drift.stdout),
            text(&as_json.stdout),
        ];
        for told in &said {
            let mut never = vec![MARKER, "almacén", "dinero", EJECUTIVA.login, "Chulim"];
            never.extend(folios.iter().map(String::as_str));
            never.extend(folios.iter().map(|folio| &folio[8..]));
            for word in never {
                assert!(!told.contains(word), "{word} in {told}");
            }
        }
        assert!(text(&drift.stdout).contains("too few to say"), "{drift:?}");
        let counted: Value = serde_json::from_slice(&as_json.stdout).expect("JSON");
        let main = &counted["versions"][0]["main"];
        let of = |part: &str| main[part]["of"].as_u64().expect("a count");
        assert_eq!(of("hidden") + of("shown"), 3, "{counted}");

        let now = log(&house, &session).await;
        // Four commands; the look at the log itself is not of a case.
        check_log(&now[logged.len()..], &folios, 4);
        for (member, passphrase) in [(EJECUTIVA.login, "otra frase"), ("nadie", PASSPHRASE)] {
            let refused = classifier(&house, member, passphrase, &["export-feedback"]);
            assert_eq!(refused.status.code(), Some(1));
            assert!(refused.stdout.is_empty());
            assert!(
                text(&refused.stderr).contains("no active member"),
                "{refused:?}"
            );
        }
    }
}

/// What each run of a command adds: that the member came, each case that was opened, and that the member went.
fn check_log(new: &[String], folios: &[String], runs: usize) {
    let of = |part: &str| new.iter().filter(|line| line.contains(part)).count();
    for folio in folios {
        assert_eq!(of(folio), runs, "{folio} in {new:?}");
    }
    assert_eq!((of(ENTERED), of(LEFT)), (runs, runs), "{new:?}");
    let all = runs * (folios.len() + 2);
    assert_eq!(of(EJECUTIVA.name[0]), all, "{new:?}");
}

/// What breaks off while the cases are opened ends the session in the log all the same.
#[tokio::test]
async fn a_session_that_breaks_off_is_ended_in_the_log() {
    let mut house = House::open(Engine::Sqlite).await;
    house.seat_all(&[EJECUTIVA], PASSPHRASE).await;
    let session = enter(&house).await;
    let token = file(&house, json!({ "narrative": STORY })).await;
    let folio = house.person().wait_for_folio(&token).await.folio;
    assert!(folio.is_some());
    let logged = log(&house, &session).await;
    house.stop_triage();
    run(&house, "ALTER TABLE documents RENAME TO mislaid").await;
    let broken = classifier(&house, EJECUTIVA.login, PASSPHRASE, &["drift"]);
    assert_eq!(broken.status.code(), Some(1), "{broken:?}");
    let said = text(&broken.stderr);
    assert!(said.contains("case files"), "{said}");
    run(&house, "ALTER TABLE mislaid RENAME TO documents").await;
    house.start_triage().await;
    let session = enter(&house).await;
    let now = log(&house, &session).await;
    let of = |log: &[String], part: &str| log.iter().filter(|line| line.contains(part)).count();
    // The member came once by the program and once at the desk, and the program's session is over.
    assert_eq!(of(&now, ENTERED), of(&logged, ENTERED) + 2, "{now:?}");
    assert_eq!(of(&now, LEFT), of(&logged, LEFT) + 1, "{now:?}");
}

/// Changes the case files as whoever has them can.
async fn run(house: &House, statement: &'static str) {
    let options: SqliteConnectOptions = house.cases().parse().expect("an address");
    let mut cases: SqliteConnection = options.connect().await.expect("a file");
    let done = sqlx::raw_sql(statement).execute(&mut cases).await;
    done.expect("whoever has the file can");
    cases.close().await.expect("it closes");
}

/// What the classifier of the program alone says of a text.
fn shipped_probability(house: &House, text: &str, risk: &str) -> f64 {
    let input = house.path("tmp/unseen.jsonl");
    std::fs::write(&input, json!({ "id": 1, "text": text }).to_string())
        .expect("it can be written");
    let mut command = house.command("guiando");
    command
        .arg("classify")
        .stdin(std::fs::File::open(input).expect("it was written"));
    let output = command.output().expect("guiando can be started");
    let line = &lines(&output)[0];
    line["probabilities"][risk].as_f64().expect("a number")
}

/// What was learnt is numbers of the size that fitting gives, exactly as many as the format has, and no words.
fn check_heads(heads: &[u8]) {
    // Numbers in the vectors of both encoders together.
    const COLUMNS: usize = 384 + 512;
    let (magic, rest) = heads.split_at(8);
    assert_eq!(magic, b"GUIANDOH");
    let numbers = &rest[1 + usize::from(rest[0])..];
    assert_eq!(numbers.len(), 4 * (3 + 25 + 25 * 11 + 25 * COLUMNS));
    for number in numbers.as_chunks::<4>().0 {
        let number = f32::from_le_bytes(*number);
        assert!(number.abs() < 1e4, "{number}");
    }
    // As text, nowhere a run of letters that is longer than the format's own name.
    let text = String::from_utf8_lossy(numbers);
    let longest = text
        .split(|c: char| !c.is_alphabetic())
        .map(|run| run.chars().count())
        .max();
    assert!(longest <= Some(magic.len()), "{longest:?}");
}

/// A committee that calls poor leadership a want of efficacy, always: that is learnt, kept for its owner alone, and
/// in use from the next start on.
#[tokio::test]
async fn what_is_learnt_on_site_proposes_from_the_next_start_on() {
    let mut house = House::open(Engine::Sqlite).await;
    house.seat_all(&[EJECUTIVA], PASSPHRASE).await;
    let session = enter(&house).await;
    let out = house.path("keys/committee.heads");
    let path = out.to_string_lossy().into_owned();
    let learn = || {
        classifier(
            &house,
            EJECUTIVA.login,
            PASSPHRASE,
            &["retrain", "--out", &path],
        )
    };
    let few = learn();
    assert_eq!(few.status.code(), Some(1), "{few:?}");
    assert!(
        text(&few.stderr).contains("too few to learn from"),
        "{few:?}"
    );
    assert!(!out.exists());

    let mut samples = samples();
    samples.retain(|sample| sample.text.trim().chars().count() >= 20);
    let of = |main: &'static str| samples.iter().filter(move |sample| sample.main == main);
    // One of the former is left to try on.
    let ours = of("falta_liderazgo").count() - 1;
    let taught: Vec<_> = of("falta_liderazgo")
        .take(ours)
        .chain(of("corrupcion"))
        .take(56)
        .collect();
    assert_eq!(taught.len(), 56);
    let mut tokens = Vec::new();
    for sample in &taught {
        tokens.push(file(&house, json!({ "narrative": sample.text })).await);
    }
    for (sample, token) in taught.iter().zip(&tokens) {
        let main = match sample.main.as_str() {
            "falta_liderazgo" => "falta_eficacia",
            main => main,
        };
        let act = json!({ "move": "CLASIFICAR", "main": main, "others": [], "reason": "Así es." });
        classify(&house, &session, token, &act).await;
    }
    let learnt = learn();
    assert!(learnt.status.success(), "{}", text(&learnt.stderr));
    let said = text(&learnt.stdout);
    assert!(
        said.contains("on 56 cases") && said.contains("main risk"),
        "{said}"
    );
    let mode = std::fs::metadata(&out)
        .expect("it was written")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let heads = std::fs::read(&out).expect("it was written");
    check_heads(&heads);
    let again = learn();
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("already"), "{again:?}");
    assert_eq!(std::fs::read(&out).expect("it is there"), heads);

    house.stop_triage();
    house.start_triage().await;
    let session = enter(&house).await;
    // A text that was not learnt from, of the kind that this committee calls otherwise.
    let unseen = samples.iter().rfind(|sample| {
        sample.main == "falta_liderazgo" && taught.iter().all(|one| one.id != sample.id)
    });
    let unseen = &unseen.expect("not all were taught").text;
    let token = file(&house, json!({ "narrative": unseen })).await;
    let act = json!({ "move": "CLASIFICAR", "main": "falta_eficacia", "others": [], "reason": "Así es." });
    // Also of a hidden proposal the probabilities are shown when the case is classified.
    let folio = classify(&house, &session, &token, &act).await;
    let path = format!("/api/v1/cases/{folio}");
    let case = house.desk().get(&path, &session).await.json();
    let proposal = &case["proposal"];
    let model = proposal["model"].as_str().expect("a version");
    let (base, learnt) = model.split_once('+').expect(model);
    assert!(learnt.len() >= 8, "{model}");
    assert_eq!(base.as_bytes(), &heads[9..9 + usize::from(heads[8])]);
    let shipped = shipped_probability(&house, unseen, "falta_eficacia");
    let now = proposal["probabilities"]["falta_eficacia"]
        .as_f64()
        .expect("a number");
    assert!(now > shipped + 0.05, "{now} after {shipped}");

    // What is damaged is told before anything is opened.
    std::fs::write(&out, &heads[..heads.len() - 3]).expect("a file can be written");
    let mut command = house.command("triage");
    let stores = ["--mailroom", house.mailroom(), "--cases", house.cases()];
    command.args(stores).arg("--classifier-heads").arg(&out);
    let refused = command.output().expect("triage can be started");
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        text(&refused.stderr).contains("learnt on site cannot be used"),
        "{refused:?}"
    );
}
