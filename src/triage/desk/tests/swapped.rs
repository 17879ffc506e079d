//! Whoever runs the server takes rows away, puts back those of before, or replaces files: nothing of it
//! is believed.

use committee::anchor::AnchorError;
use committee::keyring::{Keyring, KeyringError};
use committee::log::{Content, Event, LogError, Logbook, Opened};
use committee::places;
use opening::PersonIdentity;
use opening::recovery::{Holder, Piece, RecoveryHolders};
use store::casefiles::CaseId;
use store::rings::{Rings as _, StoredRing};

use super::*;
use crate::testing::story;
use crate::upkeep::Upkeep;
use crate::vault::UnsealError;

/// Three holders of whom two suffice.
struct Holders {
    keys: [PersonIdentity; 3],
    list: RecoveryHolders,
}

impl Holders {
    fn called(names: [&str; 3]) -> Self {
        let keys = [(); 3].map(|()| PersonIdentity::generate());
        let holders = names.iter().zip(&keys).map(|(name, key)| Holder {
            name: (*name).to_owned(),
            recipient: key.recipient(),
        });
        Self {
            list: RecoveryHolders::new(2, holders.collect()).unwrap(),
            keys,
        }
    }

    fn confirmed() -> Self {
        Self::called(["Hilario Tamez", "Gema Ruelas", "Iris Ancona"])
    }

    fn of_the_administrator() -> Self {
        Self::called(["Hilario Tamez", "Gema Ruelas", "Saturnino Ladino"])
    }
}

/// A service that is started with a file of holders, and one case that came to it.
async fn started_with(house: House, file: Option<&Holders>) -> (Service, CaseId) {
    let expected = Expected {
        recovery: file.map(|file| file.list.clone()),
        ..Expected::default()
    };
    let service = Service::serve(house, expected, true).await;
    service
        .house
        .file(story("Piden dinero por cada guardia."))
        .await;
    let worker = service.house.worker();
    assert_eq!(worker.round().await.unwrap().admitted, 1);
    let case = service.house.register().await[0].id;
    (service, case)
}

impl Service {
    async fn ring(&self, case: CaseId) -> StoredRing {
        let stored = self.house.cases.access(case).await.unwrap().unwrap();
        stored.rings.into_iter().next().unwrap()
    }

    /// The members' page as one of them sees it.
    async fn members_page(&self) -> String {
        let member = self.sign_in().await;
        self.get("/integrantes", Some(&member)).await.body
    }

    /// The holders as a table, without its headings.
    async fn holders(&self) -> Vec<String> {
        let member = self.sign_in().await;
        let table = self.get("/resguardo.csv", Some(&member)).await;
        assert_eq!(table.status, 200, "{}", table.body);
        table.body.lines().skip(1).map(str::to_owned).collect()
    }

    /// How often something is in the log.
    async fn told(&self, event: Event) -> usize {
        let count = |entries: &[Opened]| {
            let is_one = |opened: &&Opened| match &opened.content {
                Content::Act(entry) => entry.event == event,
                Content::Key(_) => false,
            };
            entries.iter().filter(is_one).count()
        };
        Logbook::new(self.house.cases.clone())
            .read(&self.house.keyring, count)
            .await
            .unwrap()
    }
}

const DIFFERS: &str = "no es la lista que confirmó el Comité";

#[tokio::test]
async fn a_file_of_holders_that_the_committee_did_not_confirm_gives_nobody_a_piece() {
    let file = Holders::of_the_administrator();
    let (service, case) = started_with(House::new().await, Some(&file)).await;
    assert_eq!(service.ring(case).await.recovery, None);
    let page = service.members_page().await;
    assert!(page.contains(DIFFERS), "{page}");
    assert!(page.contains("Nadie guarda partes"), "{page}");
    assert!(!page.contains("Saturnino"), "{page}");
    let alert = format!("\"\",\"\",\"El archivo que está en el servidor {DIFFERS}.\"");
    assert_eq!(service.holders().await, [alert]);
    assert_eq!(service.told(Event::RecoveryFileDiffers).await, 1);
}

#[tokio::test]
async fn pieces_are_for_those_whom_the_committee_confirmed_whatever_file_lies_on_the_server() {
    let (confirmed, theirs) = (Holders::confirmed(), Holders::of_the_administrator());
    for (file, differs) in [(None, 0), (Some(&confirmed), 0), (Some(&theirs), 1)] {
        let house = House::new().await;
        let list = Some(&confirmed.list);
        let done = house.keyring.confirm_holders(&*house.cases, list).await;
        done.unwrap();
        let (service, case) = started_with(house, file).await;
        let ring = service.ring(case).await;
        let place = places::recovery(case, &ring.recipient);
        let pieces = ring.recovery.unwrap();
        let piece = |key: &PersonIdentity| Piece::of(&pieces, key, &place);
        let two = [0, 1].map(|at: usize| piece(&confirmed.keys[at]).unwrap());
        assert_eq!(Piece::join(&two).unwrap().public_key(), ring.recipient);
        for key in &theirs.keys {
            assert!(piece(key).is_err());
        }
        let page = service.members_page().await;
        assert!(page.contains("<li>Iris Ancona</li>"), "{page}");
        assert_eq!(page.contains(DIFFERS), differs == 1, "{page}");
        let holders = service.holders().await;
        assert_eq!(holders.len(), 3);
        let iris = |line: &String| line.starts_with("\"Iris Ancona\",\"2\",");
        assert!(holders.iter().any(iris), "{holders:?}");
        let alerts = holders.iter().filter(|line| line.contains(DIFFERS));
        assert_eq!(alerts.count(), if differs == 1 { 3 } else { 0 });
        assert_eq!(service.told(Event::RecoveryFileDiffers).await, differs);
    }
}

#[tokio::test]
async fn what_the_service_knows_of_itself_is_neither_taken_away_nor_put_back() {
    let house = House::new().await;
    let (before, after) = (Holders::of_the_administrator(), Holders::confirmed());
    let confirm = async |holders: &Holders| {
        let list = Some(&holders.list);
        let done = house.keyring.confirm_holders(&*house.cases, list).await;
        done.unwrap();
    };
    house.member(Seat::Presidencia, USER, PASSPHRASE).await;
    confirm(&before).await;
    house
        .tamper(&["CREATE TABLE kept AS SELECT * FROM service_secrets"])
        .await;
    confirm(&after).await;
    house
        .tamper(&["UPDATE service_secrets SET sealed = (SELECT sealed FROM kept)"])
        .await;
    let read = house.keyring.refresh(&*house.cases).await;
    assert!(matches!(read, Err(AnchorError::Older)), "{read:?}");
    assert_eq!(house.keyring.holders().as_deref(), Some(&after.list));

    house.tamper(&["DELETE FROM service_secrets"]).await;
    let read = house.keyring.refresh(&*house.cases).await;
    assert!(matches!(read, Err(AnchorError::Gone)), "{read:?}");
    // A service that is started anew does not begin them a second time.
    let anew = Keyring::unseal(house.identity.clone(), &*house.cases).await;
    assert!(matches!(anew, Err(KeyringError::Gone)), "{anew:?}");
}

const NO_TRIGGERS: [&str; 2] = [
    "DROP TRIGGER case_log_keeps_every_entry",
    "DROP TRIGGER case_log_changes_no_entry",
];

#[tokio::test]
async fn a_log_that_is_emptied_or_cut_off_does_not_begin_anew() {
    for (statement, first) in [
        ("DELETE FROM case_log", 0),
        ("DELETE FROM case_log WHERE position > 0", 1),
        (
            "DELETE FROM case_log WHERE position = (SELECT max(position) FROM case_log)",
            4,
        ),
    ] {
        let house = House::new().await;
        let (key, shares) = unsealing::shares_of(&house);
        let service = Service::serve(house, Expected::default(), true).await;
        service.sign_in().await;
        let upkeep = Upkeep::new(
            service.house.mailroom.clone(),
            service.house.cases.clone(),
            Arc::clone(&service.desk.vault),
            Arc::clone(&service.house.clock) as _,
        );
        upkeep.run().await.unwrap();
        service.sign_in().await;
        // Within the minute, what was written since is noted too.
        upkeep.run().await.unwrap();
        service.house.tamper(&NO_TRIGGERS).await;
        service.house.tamper(&[statement]).await;

        // The service is started again, by shares or with the whole key.
        let house = service.house;
        let vault = Vault::sealed(
            house.cases.clone(),
            Expected::default(),
            Arc::clone(&house.clock) as _,
        );
        let error = vault.unseal(house.identity.clone()).await.unwrap_err();
        assert!(
            matches!(
                error,
                UnsealError::Log(LogError::Changed { position }) if position == first
            ),
            "{statement}: {error:?}"
        );
        let service = Service::serve_members(house, key, false).await;
        service.hand_in(&shares[0], unsealing::HOLDER).await;
        let answer = service.hand_in(&shares[1], unsealing::HOLDER).await;
        assert_eq!(answer.status, 503);
        assert!(answer.body.contains("La bitácora"), "{}", answer.body);
        assert_eq!(service.get("/entrar", None).await.status, 503);
    }
}

/// Everything about the members as it is now is kept aside, as whoever has a backup has it.
const KEEP: [&str; 2] = [
    "CREATE TABLE records_before AS SELECT * FROM records",
    "CREATE TABLE state_before AS SELECT * FROM service_secrets",
];
const RECORDS_BACK: [&str; 2] = [
    "DELETE FROM records",
    "INSERT INTO records SELECT * FROM records_before",
];
const STATE_BACK: &str = "UPDATE service_secrets SET sealed = (SELECT sealed FROM state_before)";

/// Nobody gets in, nothing is admitted, and the service says why.
async fn refuses_everybody(service: &Service, who: &Member) {
    let answer = service.get("/", Some(who)).await;
    assert_eq!(answer.status, 503);
    assert!(
        answer.body.contains("lo que él mismo había anotado"),
        "{}",
        answer.body
    );
    let entering = service.sign_in_as(USER, PASSPHRASE, None).await;
    assert_eq!(entering.status, 503);
    assert!(
        entering.body.contains("urn:guiando:problem:state-changed"),
        "{}",
        entering.body
    );
    service
        .house
        .file(story("Piden dinero por cada guardia."))
        .await;
    assert!(service.house.worker().round().await.is_err());
}

#[tokio::test]
async fn a_member_whose_membership_ended_is_not_brought_back_by_an_older_row() {
    let house = House::new().await;
    let gone = house
        .member(Seat::Presidencia, "eduviges", PASSPHRASE)
        .await;
    let service = Service::serve(house, Expected::default(), true).await;
    let member = service.sign_in().await;
    service.house.tamper(&KEEP).await;
    service.house.end(gone).await;
    assert_eq!(service.get("/", Some(&member)).await.status, 200);
    service.house.tamper(&RECORDS_BACK).await;
    refuses_everybody(&service, &member).await;
    let entering = service.sign_in_as("eduviges", PASSPHRASE, None).await;
    assert_eq!(entering.status, 503);
    // The state that fits the older rows is put back too: this process knows a newer one.
    service.house.tamper(&[STATE_BACK]).await;
    refuses_everybody(&service, &member).await;
}

#[tokio::test]
async fn a_member_whose_row_is_taken_away_does_not_leave_the_others_alone() {
    let house = House::new().await;
    house
        .member(Seat::Presidencia, "eduviges", PASSPHRASE)
        .await;
    let service = Service::serve(house, Expected::default(), true).await;
    let member = service.sign_in().await;
    service.house.tamper(&KEEP).await;
    for statement in [
        "DELETE FROM records WHERE id = (SELECT max(id) FROM records)",
        "DELETE FROM records",
    ] {
        service.house.tamper(&[statement]).await;
        refuses_everybody(&service, &member).await;
    }
    // Put back as it was, everything goes on.
    service.house.tamper(&RECORDS_BACK).await;
    assert_eq!(service.get("/", Some(&member)).await.status, 200);
}

#[tokio::test]
async fn a_service_that_is_started_again_takes_no_state_of_before_its_log() {
    let house = House::new().await;
    let gone = house
        .member(Seat::Presidencia, "eduviges", PASSPHRASE)
        .await;
    let service = Service::serve(house, Expected::default(), true).await;
    let upkeep = Upkeep::new(
        service.house.mailroom.clone(),
        service.house.cases.clone(),
        Arc::clone(&service.desk.vault),
        Arc::clone(&service.house.clock) as _,
    );
    upkeep.run().await.unwrap();
    let before = service.told(Event::StateNoted).await;
    service.house.tamper(&KEEP).await;
    service.house.end(gone).await;
    for _ in 0..2 {
        upkeep.run().await.unwrap();
        assert_eq!(service.told(Event::StateNoted).await, before + 1, "once");
    }
    service.house.tamper(&RECORDS_BACK).await;
    service.house.tamper(&[STATE_BACK]).await;

    let house = service.house;
    let vault = Vault::sealed(
        house.cases.clone(),
        Expected::default(),
        Arc::clone(&house.clock) as _,
    );
    let error = vault.unseal(house.identity.clone()).await.unwrap_err();
    assert!(
        matches!(error, UnsealError::Keyring(KeyringError::Older)),
        "{error:?}"
    );
    let (key, shares) = unsealing::shares_of(&house);
    let service = Service::serve_members(house, key, false).await;
    service.hand_in(&shares[0], unsealing::HOLDER).await;
    let answer = service.hand_in(&shares[1], unsealing::HOLDER).await;
    assert_eq!(answer.status, 503);
    assert!(
        answer.body.contains("lo que él mismo había anotado"),
        "{}",
        answer.body
    );

    // Where no backup has it, the committee's key takes what is there; whoever ended is back, and told.
    let house = service.house;
    let keyring = Keyring::as_it_is(house.identity.clone(), &*house.cases)
        .await
        .unwrap();
    keyring.accept(&*house.cases).await.unwrap();
    vault.unseal(house.identity.clone()).await.unwrap();
}
