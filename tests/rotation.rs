//! The committee's key is changed while complaints wait, is killed in the middle, and goes on; the old key
//! goes only when nothing needs it.

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use domain::complaint::{Complaint, ComplaintDraft, SecretText};
use jiff::civil::date;
use journeys::{Engine, House, PASSPHRASE, Person, until};
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use ring::rand::SystemRandom;
use sealing::{Content, EnvelopeId, FillerKey, KeyId, Letter, Recipients, TrackingToken, seal};
use store::mailroom::{Deposit, Mailroom};

/// Complaints that wait besides those of people: more than go into one transaction.
const MANY: u64 = 100;

/// Puts complaints into the mailroom that were sealed to the house's key.
async fn fill(house: &House, mailroom: &dyn Mailroom) {
    let rng = SystemRandom::new();
    let recipients = recipients(&house.path("keys"));
    let deposits: Vec<Deposit> = (0..MANY)
        .map(|n| {
            let token = TrackingToken::draw(&rng).expect("randomness");
            let draft = ComplaintDraft {
                narrative: Some(SecretText::from(format!(
                    "Una historia más, la número {n}."
                ))),
                ..ComplaintDraft::default()
            };
            let letter = Letter {
                envelope_id: EnvelopeId::draw(&rng).expect("randomness"),
                lookup_id: token.lookup_id(),
                mailbox_key: token.mailbox_key(),
                received_on: date(2026, 3, 4),
                filler_key: FillerKey::draw(&rng).expect("randomness"),
                content: Content::complaint(Complaint::parse(draft).expect("a complaint")),
            };
            Deposit {
                envelope: seal(&letter, &recipients).expect("it fits"),
                first_entry: None,
                leaf: None,
            }
        })
        .collect();
    mailroom.deposit(&deposits).await.expect("it is stored");
}

fn recipients(keys: &Path) -> Recipients {
    let public = std::fs::read_to_string(keys.join("committee.pub")).expect("it was made");
    public.parse().expect("recipients")
}

async fn waiting(mailroom: &dyn Mailroom, key: KeyId) -> u64 {
    mailroom.backlog(key).await.expect("it answers").ours
}

/// A complaint has its folio before it has its proposal, and waits until then.
async fn nothing_waits(mailroom: &dyn Mailroom, key: KeyId) {
    until("everything to be classified", async || {
        (waiting(mailroom, key).await == 0).then_some(())
    })
    .await;
}

/// Hands shares in at the desk's door, and says whether the service is open then.
async fn unseal(house: &House, folder: &str, numbers: [u8; 2]) -> bool {
    let client = Client::builder().redirect(Policy::none()).build();
    let client = client.expect("a client needs nothing");
    for number in numbers {
        let share = std::fs::read_to_string(house.path(&format!("{folder}/share-{number}.key")));
        let share = share.expect("it was made");
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"share\"; filename=\"share.key\"\r\n\r\n\
             {share}\r\n--x\r\nContent-Disposition: form-data; name=\"passphrase\"\r\n\r\n\
             {PASSPHRASE}\r\n--x--\r\n"
        );
        client
            .post(format!("{}/abrir", house.triage_url()))
            .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(body)
            .send()
            .await
            .expect("the service answers");
    }
    let ready = format!("{}/health/ready", house.triage_url());
    let answer = client.get(ready).send().await.expect("the service answers");
    !answer
        .text()
        .await
        .expect("text")
        .contains("\"sealed\":true")
}

/// A command on two shares of a folder and on both stores.
fn keys<'a>(house: &'a House, shares: &'a [String; 2], command: &'a str) -> Vec<&'a str> {
    vec![
        "keys",
        command,
        &shares[0],
        &shares[1],
        "--mailroom",
        house.mailroom(),
        "--cases",
        house.cases(),
    ]
}

fn shares(house: &House, folder: &str, numbers: [u8; 2]) -> [String; 2] {
    numbers.map(|number| {
        let path = house.path(&format!("{folder}/share-{number}.key"));
        path.to_string_lossy().into_owned()
    })
}

fn run(house: &House, arguments: &[String]) -> std::process::Output {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    house.guiando(&arguments)
}

fn told(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

async fn folio(person: &Person, token: &str) -> String {
    let mailbox = person.wait_for_folio(token).await;
    mailbox.folio.expect("it was waited for")
}

async fn the_key_is_changed_and_nothing_is_lost(engine: Engine) {
    let mut house = House::build_with_shares(engine, 2, 3);
    house.start_intake().await;
    house.start_triage().await;
    let person = house.person();
    let mailroom: Arc<dyn Mailroom> =
        service::stores::mailroom(&house.mailroom().parse().expect("a store's URL"))
            .await
            .expect("the mailroom opens");
    let old = recipients(&house.path("keys")).key_id();

    // A case of before, and complaints that wait.
    assert!(unseal(&house, "keys", [1, 3]).await);
    let first = person.tell("Piden dinero por cada cambio de turno.").await;
    let first_folio = folio(&person, &first.tracking_token).await;
    nothing_waits(&*mailroom, old).await;
    house.stop_triage();
    let waits = person.tell("Otra historia, que espera sellada.").await;
    fill(&house, &*mailroom).await;
    assert_eq!(waiting(&*mailroom, old).await, MANY + 1);

    // Killed in the middle: the new key is there, and some of the envelopes are sealed to it.
    let old_shares = shares(&house, "keys", [2, 1]);
    let out = house.path("new");
    let mut rotating = house
        .command("guiando")
        .args(keys(&house, &old_shares, "rotate"))
        .arg("--out")
        .arg(&out)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("guiando can be started");
    until("some envelopes to be sealed anew", async || {
        (waiting(&*mailroom, old).await <= MANY).then_some(())
    })
    .await;
    rotating.kill().expect("it can be killed");
    rotating.wait().expect("it ends");
    let new = recipients(&out).key_id();
    assert_ne!(new, old);
    let both = waiting(&*mailroom, old).await + waiting(&*mailroom, new).await;
    assert_eq!(both, MANY + 1, "none is lost");

    // The old key is told that it is not the one any more; with the new one, it goes on.
    let another = house.path("another").to_string_lossy().into_owned();
    let late = [keys(&house, &old_shares, "rotate"), vec!["--out", &another]].concat();
    let refused = house.guiando(&late);
    assert_eq!(refused.status.code(), Some(1), "{}", told(&refused));
    assert!(!house.path("another").exists());
    let new_shares = shares(&house, "new", [3, 1]);
    let resumed = house.guiando(&keys(&house, &new_shares, "rotate"));
    assert!(resumed.status.success(), "{}", told(&resumed));
    assert_eq!(waiting(&*mailroom, old).await, 0);
    assert_eq!(waiting(&*mailroom, new).await, MANY + 1);

    // Intake still seals to the old key, so that is not retired.
    let late = person
        .tell("Una historia sellada para la llave de antes.")
        .await;
    assert_eq!(waiting(&*mailroom, old).await, 1);
    let last = house.path("last").to_string_lossy().into_owned();
    let retire = |house: &House| {
        let command = [keys(house, &new_shares, "retire"), vec!["--out", &last]].concat();
        command.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let refused = run(&house, &retire(&house));
    assert_eq!(refused.status.code(), Some(1), "{}", told(&refused));
    assert!(
        told(&refused).contains("1 envelopes wait"),
        "{}",
        told(&refused)
    );
    assert!(!house.path("last").exists());

    // Both services with the new recipients: everything is opened, whichever key it was sealed to.
    take_over(&mut house, "new").await;
    let after = person
        .tell("Una historia sellada para la llave nueva.")
        .await;
    assert!(
        !unseal(&house, "keys", [1, 2]).await,
        "the old shares open nothing"
    );
    assert!(unseal(&house, "new", [1, 2]).await);
    for filed in [&waits, &late, &after] {
        folio(&person, &filed.tracking_token).await;
    }
    until("the mailroom to be worked off", async || {
        let left = waiting(&*mailroom, old).await + waiting(&*mailroom, new).await;
        (left == 0).then_some(())
    })
    .await;
    let many = usize::try_from(MANY).expect("a few");
    assert_eq!(house.export_json().len(), many + 4);

    // Now nothing needs the old key, and the service does without it.
    house.stop_triage();
    let retired = run(&house, &retire(&house));
    assert!(retired.status.success(), "{}", told(&retired));
    take_over(&mut house, "last").await;
    assert!(unseal(&house, "last", [2, 3]).await);
    let end = person
        .tell("Una historia de cuando la llave vieja ya no está.")
        .await;
    folio(&person, &end.tracking_token).await;
    assert_eq!(folio(&person, &first.tracking_token).await, first_folio);
    assert_eq!(house.export_json().len(), many + 5);
    let sound = house.guiando(&["audit", "verify", "--cases", house.cases()]);
    assert!(sound.status.success(), "{}", told(&sound));
}

/// Restarts both services with the `committee.pub` of a folder.
async fn take_over(house: &mut House, folder: &str) {
    let public = house.path(&format!("{folder}/committee.pub"));
    std::fs::copy(public, house.path("keys/committee.pub")).expect("a file can be copied");
    house.stop_intake();
    house.start_intake().await;
    house.start_triage().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_committee_s_key_is_changed_on_sqlite_and_nothing_is_lost() {
    the_key_is_changed_and_nothing_is_lost(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_committee_s_key_is_changed_on_postgresql_and_nothing_is_lost() {
    the_key_is_changed_and_nothing_is_lost(Engine::Postgres).await;
}
