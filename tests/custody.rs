//! The committee's key among its members: a service that starts sealed, is opened by enough of them,
//! and loses nothing meanwhile.

use journeys::{Engine, House, PASSPHRASE, Person, until};
use reqwest::Client;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::redirect::Policy;

/// Somebody at the desk's door.
struct Door {
    base: String,
    client: Client,
}

impl Door {
    fn of(house: &House) -> Self {
        let client = Client::builder().redirect(Policy::none()).build();
        Self {
            base: house.triage_url(),
            client: client.expect("a client needs nothing"),
        }
    }

    /// Hands in a holder's file; says where the answer leads, or what it is.
    async fn hand_in(&self, file: &[u8]) -> String {
        let file = String::from_utf8_lossy(file);
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"share\"; filename=\"share.key\"\r\n\r\n\
             {file}\r\n--x\r\nContent-Disposition: form-data; name=\"passphrase\"\r\n\r\n\
             {PASSPHRASE}\r\n--x--\r\n"
        );
        let answer = self
            .client
            .post(format!("{}/abrir", self.base))
            .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(body)
            .send()
            .await
            .expect("the service answers");
        let leads = answer.headers().get(LOCATION);
        leads.map_or_else(
            || answer.status().to_string(),
            |place| String::from_utf8_lossy(place.as_bytes()).into_owned(),
        )
    }

    async fn is_sealed(&self) -> bool {
        let answer = self.client.get(format!("{}/health/ready", self.base));
        let answer = answer.send().await.expect("the service answers");
        let text = answer.text().await.expect("the answer is text");
        text.contains("\"sealed\":true")
    }
}

fn share(house: &House, folder: &str, number: u8) -> Vec<u8> {
    std::fs::read(house.path(&format!("{folder}/share-{number}.key"))).expect("it was made")
}

async fn folio(person: &Person, token: &str) -> Option<String> {
    person.look(token).await.folio
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_split_key_opens_with_enough_shares_and_nothing_is_lost_meanwhile() {
    let mut house = House::build_with_shares(Engine::Sqlite, 2, 3);
    assert!(!house.path("keys/committee.key").exists());
    house.start_intake().await;
    house.start_triage().await;
    let (door, person) = (Door::of(&house), house.person());
    assert!(door.is_sealed().await);

    // What comes while the service is sealed waits.
    let filed = person
        .tell("Mi jefe pide dinero por cada cambio de turno.")
        .await;
    assert_eq!(folio(&person, &filed.tracking_token).await, None);
    assert_eq!(door.hand_in(&share(&house, "keys", 3)).await, "/abrir");
    assert!(door.is_sealed().await, "one share alone opens nothing");
    // Nobody is a member yet: whoever opened it may ask the first ones in.
    assert_eq!(door.hand_in(&share(&house, "keys", 1)).await, "/fundar");
    assert!(!door.is_sealed().await);
    let number = until("the complaint to get its folio", async || {
        folio(&person, &filed.tracking_token).await
    })
    .await;

    // A restart forgets the key. New shares of the same key open the same cases; from then on the old
    // ones are not taken.
    house.stop_triage();
    let old: Vec<String> = (1..=2)
        .map(|number| house.path(&format!("keys/share-{number}.key")))
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    let anew = house.path("anew").to_string_lossy().into_owned();
    let refreshed = house.guiando(&["keys", "refresh", &old[0], &old[1], "--out", &anew]);
    assert!(refreshed.status.success(), "{refreshed:?}");
    std::fs::copy(
        house.path("anew/committee.pub"),
        house.path("keys/committee.pub"),
    )
    .expect("a file can be copied");
    house.start_triage().await;
    assert!(door.is_sealed().await);
    let refused = door.hand_in(&share(&house, "keys", 1)).await;
    assert!(refused.starts_with("422"), "{refused}");
    assert_eq!(door.hand_in(&share(&house, "anew", 2)).await, "/abrir");
    assert_eq!(door.hand_in(&share(&house, "anew", 3)).await, "/fundar");
    let later = person
        .tell("Otra historia, de después del cambio de partes.")
        .await;
    until("the second complaint to get its folio", async || {
        folio(&person, &later.tracking_token).await
    })
    .await;
    assert_eq!(
        folio(&person, &filed.tracking_token).await.as_deref(),
        Some(number.as_str())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shares_of_a_key_that_intake_does_not_seal_to_open_nothing() {
    let mut house = House::build_with_shares(Engine::Sqlite, 2, 2);
    let other = House::build_with_shares(Engine::Sqlite, 2, 2);
    house.start_triage().await;
    let door = Door::of(&house);
    for number in 1..=2 {
        let answer = door.hand_in(&share(&other, "keys", number)).await;
        assert!(answer.starts_with("422"), "{answer}");
    }
    assert!(door.is_sealed().await);
}
