//! The days on which terms stand still, from the desk of the committee to whoever files.

use domain::committee::Seat;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use journeys::{Engine, House, PASSPHRASE, Session, until};
use serde_json::json;
use service::clock::{Clock as _, SystemClock};

const STORY: &str = "Desde hace tres meses el supervisor me cambia el turno sin avisar.";
const SUSPENSIONS: &str = "/calendario/suspensiones";

/// The day that a complaint of now bears.
async fn dated(house: &House) -> Date {
    let filed = house.person().tell(STORY).await;
    filed.received_on.parse().expect("a day")
}

/// All that triage says in clear.
async fn announced(house: &House) -> String {
    let mailroom = house.mailroom().parse().expect("a URL of a store");
    let mailroom = service::stores::mailroom(&mailroom)
        .await
        .expect("a mailroom");
    let all = mailroom.announcements().await.expect("it answers");
    all.iter()
        .map(|one| String::from_utf8_lossy(&one.bytes).into_owned())
        .collect()
}

#[tokio::test]
async fn what_the_desk_suspends_dates_the_next_complaint_also_after_a_restart() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mut house = House::open(engine).await;
        house
            .seat(Seat::SecretariaTecnica, "tecnica", PASSPHRASE)
            .await;
        let begun = json!({ "user": "tecnica", "passphrase": PASSPHRASE });
        let begun = house.member().post_json("/api/v1/session", &begun).await;
        assert_eq!(begun.status, 201, "{}", begun.text());
        let session = Session {
            cookie: begun.session(),
            csrf: begun.json()["csrf"].as_str().expect("a token").to_owned(),
        };

        // From yesterday on, wherever the day changes meanwhile, and for two weeks.
        let today = SystemClock.now().to_zoned(TimeZone::UTC).date();
        let (from, to) = (today - 1.day(), today + 14.days());
        assert!(dated(&house).await <= to, "{engine:?}");
        let (first, last) = (from.to_string(), to.to_string());
        let fields = [
            ("from", first.as_str()),
            ("to", last.as_str()),
            ("reason", "Vacaciones"),
            ("source", "DOF 15-01-2026"),
        ];
        let entered = house.desk().post(SUSPENSIONS, &session, &fields).await;
        assert_eq!(entered.status, 303, "{}", entered.text());
        until("triage to announce the suspended days", async || {
            announced(&house).await.contains(&last).then_some(())
        })
        .await;

        // Whoever starts after that knows them from the first complaint on, also while triage is away.
        house.stop_intake();
        house.start_intake().await;
        assert!(dated(&house).await > to, "{engine:?}");
        house.stop_triage();
        house.stop_intake();
        house.start_intake().await;
        assert!(dated(&house).await > to, "{engine:?}");
        let ready = house.person().visit("/health/ready").await;
        assert_eq!(ready.text(), "ready\ncalendar: announced\n");
        let said = announced(&house).await;
        for kept in ["Vacaciones", "DOF", "tecnica"] {
            assert!(!said.contains(kept), "{said}");
        }
    }
}
