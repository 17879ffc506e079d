//! The members' mail, with a mail server that does what it is told.

use async_trait::async_trait;
use domain::committee::Seat;
use jiff::{SignedDuration, Timestamp};
use notices::key::MailKey;
use notices::smtp::NotTaken;
use opening::PersonIdentity;
use store::records::{RecordKind, Records as _};

use super::*;
use crate::testing::{House, story, surname_of};
use crate::vault::Expected;

const PASSPHRASE: &str = "cuatro palabras de demostración";

/// What the server does with the messages that come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Takes,
    Dead,
    Refuses,
    /// It takes the message, and the service is killed before it hears so.
    Hangs,
}

struct Server {
    mood: Mutex<Mood>,
    took: Mutex<Vec<(String, String)>>,
}

#[async_trait]
impl Mailer for Server {
    async fn hand_over(&self, to: &MailAddress, message: &Written) -> Result<(), NotTaken> {
        let mood = *self.mood.lock().unwrap();
        let took = || {
            let text = String::from_utf8(message.bytes().to_vec()).unwrap();
            self.took
                .lock()
                .unwrap()
                .push((to.as_str().to_owned(), text));
        };
        match mood {
            Mood::Takes => {
                took();
                Ok(())
            }
            Mood::Dead => Err(NotTaken::Connection),
            Mood::Refuses => Err(NotTaken::Refused),
            Mood::Hangs => {
                took();
                std::future::pending().await
            }
        }
    }
}

/// A committee whose members get mail.
struct Office {
    house: House,
    vault: Arc<Vault>,
    server: Arc<Server>,
    stop: watch::Sender<bool>,
}

impl Office {
    /// At five to ten in the morning: the next slot is at ten.
    async fn new() -> Self {
        let house = House::new().await;
        house.clock.advance(SignedDuration::from_mins(-5));
        let vault = Vault::sealed(
            house.cases.clone(),
            Expected::default(),
            house.clock.clone(),
        );
        vault.unseal(house.identity.clone()).await.unwrap();
        Self {
            house,
            vault: Arc::new(vault),
            server: Arc::new(Server {
                mood: Mutex::new(Mood::Takes),
                took: Mutex::default(),
            }),
            stop: watch::Sender::new(false),
        }
    }

    /// A service that was just started.
    fn notices(&self) -> Notices {
        Notices::new(
            self.house.cases.clone(),
            Arc::clone(&self.vault),
            Arc::default(),
            self.house.clock.clone(),
            Arc::clone(&self.server) as _,
            "avisos@comite.example.mx".parse().unwrap(),
            Slots::every(Duration::from_hours(1)),
        )
        .unwrap()
    }

    async fn look(&self, notices: &Notices) -> Look {
        notices.look(&self.stop.subscribe()).await.unwrap()
    }

    async fn member(&self, seat: Seat, login: &str) -> MemberId {
        let member = self.house.member(seat, login, PASSPHRASE).await;
        self.wants(member, login, None).await;
        member
    }

    async fn wants(&self, member: MemberId, login: &str, key: Option<&str>) {
        let contact = Contact {
            member,
            address: format!("{login}@example.mx").parse().unwrap(),
            key: key.map(|key| MailKey::offered(key, self.house.clock.now()).unwrap()),
        };
        let cases = &*self.house.cases;
        contact.keep(cases, &self.house.keyring).await.unwrap();
    }

    fn is_in(&self, mood: Mood) {
        *self.server.mood.lock().unwrap() = mood;
    }

    fn took(&self) -> Vec<(String, String)> {
        std::mem::take(&mut *self.server.took.lock().unwrap())
    }

    fn wait(&self, minutes: i64) {
        self.house.clock.advance(SignedDuration::from_mins(minutes));
    }

    /// Goes on to the next slot, and looks while it is written and handed over.
    async fn slot(&self, notices: &Notices) {
        let next = self.house.clock.now().as_second().rem_euclid(3600);
        self.house
            .clock
            .advance(SignedDuration::from_secs(3600 - next));
        self.look(notices).await;
        self.wait(1);
        self.look(notices).await;
    }

    async fn rows(&self) -> usize {
        let rows = self.house.cases.records(RecordKind::Notice).await;
        rows.unwrap().len()
    }
}

/// A message without what names its slot.
fn timeless(message: &str) -> String {
    let lines = message.lines();
    let kept =
        lines.filter(|line| !line.starts_with("Date: ") && !line.starts_with("Message-ID: "));
    kept.collect::<Vec<_>>().join("\n")
}

fn line<'a>(message: &'a str, name: &str) -> &'a str {
    message.lines().find(|line| line.starts_with(name)).unwrap()
}

#[tokio::test]
async fn each_slot_brings_one_message_to_each_who_wants_it_the_same_whether_or_not_anything_waits()
{
    let office = Office::new().await;
    let notices = office.notices();
    office.member(Seat::Presidencia, "eduviges").await;
    office.member(Seat::SecretariaTecnica, "casimira").await;
    office
        .house
        .member(Seat::Electa, "sin-correo", PASSPHRASE)
        .await;
    assert_eq!(
        office.look(&notices).await,
        Look::default(),
        "between slots"
    );

    office.slot(&notices).await;
    let mut quiet = office.took();
    quiet.sort();
    assert_eq!(quiet.len(), 2);
    assert_eq!(line(&quiet[0].1, "To: "), "To: casimira@example.mx");
    assert_eq!(
        line(&quiet[0].1, "Date: "),
        "Date: Wed, 04 Mar 2026 16:00:00 +0000"
    );

    let urgent = "Temo por mi vida: hoy me amenazó de muerte con un arma en la guardia.";
    office.house.case(story(urgent)).await;
    assert_eq!(
        office.look(&notices).await,
        Look::default(),
        "what comes sends nothing"
    );
    office.slot(&notices).await;
    let mut busy = office.took();
    busy.sort();
    let (quiet, busy) = [quiet, busy]
        .map(|sent| -> Vec<_> {
            sent.iter()
                .map(|(to, text)| (to.clone(), timeless(text)))
                .collect()
        })
        .into();
    assert_eq!(quiet, busy);
}

#[tokio::test]
async fn nothing_goes_before_its_moment_and_a_slot_is_sent_once_however_often_it_is_begun() {
    let office = Office::new().await;
    office.member(Seat::Presidencia, "eduviges").await;
    office.wait(5);
    let first = office.notices();
    assert_eq!(
        office.look(&first).await,
        Look {
            written: 1,
            ..Look::default()
        }
    );
    let second = office.notices();
    assert_eq!(office.look(&second).await, Look::default(), "it is written");
    office.wait(1);
    let (one, other) = tokio::join!(office.look(&first), office.look(&second));
    assert_eq!(one.taken + other.taken, 1);
    assert_eq!(office.took().len(), 1);
    let third = office.notices();
    assert_eq!(
        office.look(&third).await,
        Look::default(),
        "nor after it was taken"
    );
    office.wait(20);
    let fourth = office.notices();
    assert_eq!(
        office.look(&fourth).await,
        Look::default(),
        "who starts late waits for the next"
    );
}

#[tokio::test]
async fn a_dead_server_loses_nothing_and_doubles_nothing() {
    let office = Office::new().await;
    let notices = office.notices();
    office.member(Seat::Presidencia, "eduviges").await;
    office.member(Seat::SecretariaTecnica, "casimira").await;
    office.is_in(Mood::Dead);
    for _ in 0..3 {
        office.slot(&notices).await;
    }
    office.is_in(Mood::Refuses);
    office.wait(31);
    let refused = office.look(&office.notices()).await;
    assert!(refused.failed > 0 && refused.taken == 0, "{refused:?}");
    assert_eq!(
        office.look(&notices).await.failed,
        0,
        "it waits before it tries again"
    );
    assert_eq!(office.rows().await, 6);

    office.is_in(Mood::Takes);
    for _ in 0..7 {
        office.wait(31);
        // Of what is new in between, nothing.
        let again = office.notices();
        *again.written.lock().unwrap() = again.slots.open(office.house.clock.now());
        office.look(&again).await;
    }
    let took = office.took();
    let mut ids: Vec<_> = took
        .iter()
        .map(|(_, text)| line(text, "Message-ID: "))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((took.len(), ids.len()), (6, 6), "each once");
}

#[tokio::test]
async fn a_message_that_no_server_takes_for_a_day_is_given_up() {
    let office = Office::new().await;
    let notices = office.notices();
    office.member(Seat::Presidencia, "eduviges").await;
    office.is_in(Mood::Dead);
    office.slot(&notices).await;
    office.wait(23 * 60 + 20);
    office.look(&notices).await;
    assert_eq!(office.rows().await, 1);
    office.wait(60);
    office.look(&notices).await;
    assert_eq!(office.rows().await, 0);
}

#[tokio::test]
async fn what_was_taken_as_the_service_died_goes_again_later_the_same_to_the_byte() {
    let office = Office::new().await;
    office.member(Seat::Presidencia, "eduviges").await;
    office.wait(5);
    let killed = office.notices();
    office.look(&killed).await;
    office.wait(1);
    office.is_in(Mood::Hangs);
    let stop = office.stop.subscribe();
    let hanging = killed.look(&stop);
    let cut = tokio::time::timeout(Duration::from_secs(2), hanging).await;
    assert!(cut.is_err(), "killed while it waited for the answer");

    office.is_in(Mood::Takes);
    let after = office.notices();
    assert_eq!(
        office.look(&after).await.taken,
        0,
        "it may be in another's hands"
    );
    office.wait(10);
    assert_eq!(office.look(&after).await.taken, 1);
    let took = office.took();
    assert_eq!(took[0], took[1]);
    office.wait(31);
    assert_eq!(office.look(&after).await.taken, 0);
}

#[tokio::test]
async fn who_wants_none_any_more_is_away_or_is_gone_gets_none_and_a_sealed_service_sends_none() {
    let office = Office::new().await;
    let notices = office.notices();
    let away = office.member(Seat::Presidencia, "eduviges").await;
    let gone = office.member(Seat::SecretariaTecnica, "casimira").await;
    let stays = office.member(Seat::Electa, "filomena").await;
    office.is_in(Mood::Dead);
    office.slot(&notices).await;
    assert_eq!(office.rows().await, 3);
    office.is_in(Mood::Takes);
    let (cases, keyring) = (&*office.house.cases, &*office.house.keyring);
    Contact::forget(stays, cases).await.unwrap();
    office.wants(away, "otra", None).await;
    office.wait(31);
    while office.look(&notices).await.taken > 0 {}
    let to: Vec<_> = office.took().into_iter().map(|(to, _)| to).collect();
    assert_eq!(to, ["casimira@example.mx"], "never to an address of before");

    let record = committee::members::Versioned::load(away, cases, keyring).await;
    let record = record.unwrap().unwrap();
    let suspended = record.record.suspended(office.house.today()).unwrap();
    record.replace(suspended, cases, keyring).await.unwrap();
    office.house.end(gone).await;
    office.slot(&notices).await;
    assert!(office.took().is_empty());
    assert!(
        Contact::of(gone, cases, keyring).await.unwrap().is_none(),
        "forgotten"
    );
    assert!(Contact::of(away, cases, keyring).await.unwrap().is_some());

    office.wants(stays, "filomena", None).await;
    office.vault.seal().await;
    office.slot(&notices).await;
    assert!(office.took().is_empty());
}

#[tokio::test]
async fn what_waits_is_counted_for_each_member_and_only_of_cases_that_they_may_know_of() {
    let office = Office::new().await;
    let (cases, keyring) = (&*office.house.cases, &*office.house.keyring);
    let seats = [
        (Seat::Presidencia, "eduviges"),
        (Seat::SecretariaTecnica, "casimira"),
    ];
    for (seat, login) in seats {
        office.member(seat, login).await;
    }
    let urgent = "Temo por mi vida: hoy me amenazó de muerte con un arma en la guardia.";
    let mut complaint = story(urgent);
    let name = format!(
        "Casimira {} Xicoténcatl",
        surname_of(Seat::SecretariaTecnica)
    );
    complaint["immediate_danger"] = true.into();
    complaint["people"] = serde_json::json!([{ "name": name }]);
    office.house.case(complaint).await;
    let entries = cases.register(None).await.unwrap();
    let due_on = entries[0]
        .terms
        .iter()
        .map(|term| term.deadline.due_on)
        .min()
        .unwrap();
    let terms = entries[0].terms.len();
    let register = Register::default();
    let register = register.now(cases, &office.house.keyring).await.unwrap();
    let roster = Roster::load(cases, keyring).await.unwrap();
    let profiles = roster.profiles();
    let counted = |seat, today| {
        let profile = profiles
            .iter()
            .find(|profile| profile.seat == seat)
            .unwrap();
        let actor = Actor::of(profile, &profiles, today);
        waiting(
            &register,
            &actor,
            &domain::calendar::Calendar::default(),
            today,
        )
    };
    let late = due_on.checked_add(jiff::Span::new().years(1)).unwrap();
    for today in [office.house.today(), due_on, late] {
        let accused = counted(Seat::SecretariaTecnica, today);
        assert_eq!(
            accused,
            waiting::Waiting::default(),
            "the case is about her"
        );
    }
    let today = counted(Seat::Presidencia, due_on);
    assert_eq!((today.urgent, today.overdue), (1, 0));
    assert!(today.due >= 1);
    assert_eq!(counted(Seat::Presidencia, late).overdue, terms);
}

#[tokio::test]
async fn whoever_gave_a_key_gets_numbers_that_nobody_else_reads() {
    let office = Office::new().await;
    let notices = office.notices();
    let member = office.member(Seat::Presidencia, "eduviges").await;
    let age = PersonIdentity::generate().recipient().to_string();
    let openpgp = include_str!("../desk/tests/member-openpgp.asc");
    for (key, begins) in [
        (age.as_str(), "BEGIN AGE ENCRYPTED FILE"),
        (openpgp, "BEGIN PGP MESSAGE"),
    ] {
        office.wants(member, "eduviges", Some(key)).await;
        office.slot(&notices).await;
        let [(_, sealed)] = <[_; 1]>::try_from(office.took()).unwrap();
        assert!(sealed.contains(begins));
        assert!(!sealed.contains("Plazos") && !sealed.contains("urgentes"));
    }
}

#[tokio::test]
async fn the_account_tells_how_far_the_last_message_is() {
    let office = Office::new().await;
    let notices = office.notices();
    let member = office.member(Seat::Presidencia, "eduviges").await;
    let told = async || {
        let now: Timestamp = office.house.clock.now();
        last(
            notices.slots,
            member,
            now,
            &*office.house.cases,
            &office.house.keyring,
        )
        .await
        .unwrap()
    };
    assert_eq!(told().await, None);
    office.is_in(Mood::Dead);
    office.slot(&notices).await;
    assert_eq!(told().await, Some(Last::Waits(1)));
    office.is_in(Mood::Takes);
    office.wait(1);
    office.look(&notices).await;
    assert_eq!(told().await, Some(Last::Taken(office.house.clock.now())));
}

#[tokio::test]
async fn a_damaged_notice_says_that_it_is_not_known_and_goes_with_the_next_slot() {
    let office = Office::new().await;
    let notices = office.notices();
    let member = office.member(Seat::Presidencia, "eduviges").await;
    office.slot(&notices).await;
    let cases = &office.house.cases;
    let rows = cases.records(RecordKind::Notice).await.unwrap();
    let [row] = &rows[..] else {
        panic!("one notice");
    };
    let mut damaged = row.sealed.clone();
    *damaged.last_mut().unwrap() ^= 1;
    let put = cases.put_record(RecordKind::Notice, row.id, Some(&row.sealed), &damaged);
    assert!(put.await.unwrap());
    let told = last(
        notices.slots,
        member,
        office.house.clock.now(),
        &**cases,
        &office.house.keyring,
    );
    assert_eq!(told.await.unwrap(), Some(Last::Unknown));
    office.took();
    office.slot(&notices).await;
    assert_eq!((office.took().len(), office.rows().await), (1, 1));
}
