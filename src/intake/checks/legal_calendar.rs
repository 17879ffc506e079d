//! Complaints are dated by the calendar that the committee announces, and by nothing that anybody else wrote.

use std::sync::Arc;

use domain::calendar::{Calendar, Profile, Suspension};
use jiff::civil::{Date, date};
use sealing::{AnnouncedCalendar, Announcer};
use serde_json::{Value, json};

use super::mailbox_page::ask;
use crate::legal_calendar::Standing;
use crate::shared::{Settings, body_limits};
use crate::testing::{Form, House, MemoryMailroom, NARRATIVE, recipients};

const CALL: &str = "/api/v1/complaints";
/// Of [`crate::testing::NOON`].
const WEDNESDAY: Date = date(2026, 3, 4);

fn announcer() -> Announcer {
    Announcer::from_seed(&[3; 32])
}

/// A house that knows the committee's key.
fn house(mailroom: Arc<MemoryMailroom>) -> House {
    House::built(mailroom, body_limits(true), |settings| Settings {
        announcements: Some(announcer().key()),
        ..settings
    })
}

/// Terms stand still from Wednesday to a day.
fn until(number: u64, to: Date) -> AnnouncedCalendar {
    let days = Suspension::new(WEDNESDAY, to, "").unwrap();
    AnnouncedCalendar {
        number,
        calendar: Calendar::new(Profile::FederalDecree, vec![days]),
    }
}

fn announce(mailroom: &MemoryMailroom, announcer: &Announcer, calendar: &AnnouncedCalendar) {
    let bytes = announcer.announce(calendar).unwrap();
    mailroom.announce(recipients().key_id(), Some(bytes));
}

/// The day that a complaint of now bears, and that of the first term on its receipt.
async fn dated(house: &House) -> (String, String) {
    let answer = house
        .post_json(CALL, &json!({ "narrative": NARRATIVE }))
        .await;
    assert_eq!(answer.status(), 201);
    let answer: Value = answer.json().await.unwrap();
    let receipt = receipts::verify(answer["receipt"].as_str().unwrap(), &house.receipts).unwrap();
    let received_on = answer["received_on"].as_str().unwrap().to_owned();
    assert_eq!(receipt.received_on.to_string(), received_on);
    (received_on, receipt.terms[0].due_on.to_string())
}

fn days(received_on: &str, due_on: &str) -> (String, String) {
    (received_on.to_owned(), due_on.to_owned())
}

async fn told(house: &House) -> String {
    house.get("/health/ready").await.text().await.unwrap()
}

#[actix_web::test]
async fn a_complaint_bears_the_next_working_day_of_the_committees_calendar() {
    let mailroom = Arc::new(MemoryMailroom::default());
    announce(&mailroom, &announcer(), &until(1, date(2026, 3, 6)));
    let house = house(Arc::clone(&mailroom));
    // Known from the first complaint on. Monday the 9th, and three working days.
    assert_eq!(dated(&house).await, days("2026-03-09", "2026-03-12"));
    assert_eq!(told(&house).await, "ready\ncalendar: announced\n");

    // What is entered later, and what is taken back.
    announce(&mailroom, &announcer(), &until(2, date(2026, 3, 10)));
    house.shared.read_calendar().await;
    assert_eq!(dated(&house).await, days("2026-03-11", "2026-03-17"));
    announce(&mailroom, &announcer(), &until(3, WEDNESDAY));
    house.shared.read_calendar().await;
    assert_eq!(dated(&house).await, days("2026-03-05", "2026-03-10"));
}

#[actix_web::test]
async fn what_the_committee_did_not_sign_dates_nothing() {
    let mailroom = Arc::new(MemoryMailroom::default());
    let key_id = recipients().key_id();
    let own = days("2026-03-04", "2026-03-09");
    let genuine = announcer().announce(&until(1, date(2026, 3, 6))).unwrap();
    let mut altered = genuine.clone();
    *altered.last_mut().unwrap() ^= 1;
    let stranger = Announcer::from_seed(&[4; 32]);
    let forged = stranger.announce(&until(1, date(2026, 3, 6))).unwrap();
    let house = house(Arc::clone(&mailroom));
    for (found, standing) in [
        (None, Standing::Missing),
        (Some(altered), Standing::Forged),
        (Some(forged), Standing::Forged),
        (Some(Vec::new()), Standing::Forged),
    ] {
        mailroom.announce(key_id, found);
        house.shared.read_calendar().await;
        assert_eq!(house.shared.calendar.standing(), standing);
        assert_eq!(dated(&house).await, own, "{standing:?}");
        let told = told(&house).await;
        assert_eq!(told, format!("ready\ncalendar: {}\n", standing.code()));
    }
    // Nor what another committee key was told.
    mailroom.announce(key_id, None);
    mailroom.announce([9; 8].into(), Some(genuine));
    house.shared.read_calendar().await;
    assert_eq!(dated(&house).await, own);
}

#[actix_web::test]
async fn what_was_read_once_holds_until_something_newer_is_announced() {
    let mailroom = Arc::new(MemoryMailroom::default());
    let key_id = recipients().key_id();
    let older = announcer().announce(&until(4, WEDNESDAY)).unwrap();
    announce(&mailroom, &announcer(), &until(5, date(2026, 3, 6)));
    let house = house(Arc::clone(&mailroom));
    let held = days("2026-03-09", "2026-03-12");
    assert_eq!(dated(&house).await, held);
    for (found, standing) in [
        (None, Standing::Missing),
        (Some(b"otra cosa".to_vec()), Standing::Forged),
        (Some(older), Standing::Older),
    ] {
        mailroom.announce(key_id, found);
        house.shared.read_calendar().await;
        assert_eq!(house.shared.calendar.standing(), standing);
        assert_eq!(dated(&house).await, held, "{standing:?}");
    }
    mailroom.go_down();
    house.shared.read_calendar().await;
    assert_eq!(house.shared.calendar.standing(), Standing::NoStore);
    mailroom.come_back();
    assert_eq!(dated(&house).await, held);
    announce(&mailroom, &announcer(), &until(6, WEDNESDAY));
    house.shared.read_calendar().await;
    assert_eq!(house.shared.calendar.standing(), Standing::Announced);
    assert_eq!(dated(&house).await, days("2026-03-05", "2026-03-10"));
}

#[actix_web::test]
async fn without_the_committees_key_the_programs_own_calendar_dates() {
    let mailroom = Arc::new(MemoryMailroom::default());
    announce(&mailroom, &announcer(), &until(1, date(2026, 3, 6)));
    let house = House::with(mailroom, body_limits(true));
    assert_eq!(dated(&house).await, days("2026-03-04", "2026-03-09"));
    assert_eq!(told(&house).await, "ready\ncalendar: no_announcement_key\n");
}

#[actix_web::test]
async fn files_are_kept_by_the_programs_own_calendar() {
    let mailroom = Arc::new(MemoryMailroom::default());
    announce(&mailroom, &announcer(), &until(1, date(2026, 3, 20)));
    let house = house(Arc::clone(&mailroom));
    let complaint = json!({ "narrative": NARRATIVE }).to_string();
    let form = Form::default().field("complaint", &complaint).file(
        "evidence",
        "notas.txt",
        b"Lunes: turno de noche.",
    );
    let answer = house.post_parts(CALL, form).await;
    assert_eq!(answer.status(), 201);
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["received_on"], "2026-03-23");
    let kept: Vec<_> = mailroom
        .chunks()
        .iter()
        .map(|chunk| chunk.received_on)
        .collect();
    assert_eq!(kept, [WEDNESDAY]);
}

/// Terms stand still: whoever was to answer on one of these days is in time, whoever was to before is not.
#[actix_web::test]
async fn while_terms_stand_still_nobody_is_told_that_an_answer_is_late_which_is_not() {
    let mailroom = Arc::new(MemoryMailroom::default());
    announce(&mailroom, &announcer(), &until(1, date(2026, 3, 20)));
    let house = house(mailroom);
    for (due_on, is_late) in [
        (date(2026, 3, 3), true),
        (WEDNESDAY, false),
        (date(2026, 3, 11), false),
        (date(2026, 3, 25), false),
    ] {
        let token = house.file().await;
        ask(&house, &token, due_on);
        let fields = [("tracking_token", token.as_str())];
        let page = house.post_form("/seguimiento", &fields).await;
        let page = page.text().await.unwrap();
        assert_eq!(page.contains("El plazo terminó el"), is_late, "{due_on}");
        assert_eq!(page.contains("Puede contestar hasta el"), !is_late);
    }
}
