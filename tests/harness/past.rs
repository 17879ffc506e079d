//! What takes days or years at the desk, written into the case files as if it had happened: the programs go by
//! the clock of the machine.

use committee::places;
use committee::shelf::Shelf;
use domain::calendar::Calendar;
use domain::case::{CaseState, Folio};
use domain::committee::MemberId;
use domain::complaint::{SecretText, ShortText};
use domain::meeting::{Call, Meeting, MeetingId, Mode};
use domain::procedure::{Course, SessionKind};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::json;
use service::clock::{Clock as _, SystemClock};
use store::steps::{CaseChange, CaseStep, NewCourse, Stepped};

use super::house::House;

/// The day as the committee counts it: after hours, and on a day of rest, the next working day.
pub fn today() -> Date {
    Calendar::default().legal_day(SystemClock.now())
}

impl House {
    /// A session that a member called in time, and that is to be held now; gives where it is.
    ///
    /// # Panics
    /// When it cannot be kept.
    pub async fn session_of_today(&self, by: MemberId) -> String {
        let (cases, keyring) = self.unsealed().await;
        let place = SecretText::from("Sala de juntas, 10:00 horas".to_owned());
        let call = Call {
            kind: SessionKind::Ordinary,
            on: today(),
            mode: Mode::InPerson,
            place: ShortText::parse(place).expect("a place"),
        };
        let called_on = call.on - 20.days();
        let calendar = Calendar::default();
        let id = MeetingId(keyring.name_of("a session of today"));
        let meeting = Meeting::call(id, call, 1, by, called_on, &calendar).expect("in time");
        let added = Shelf::new(&*cases, &keyring).add(&meeting).await;
        assert!(added.expect("it is kept"), "it is new");
        format!("/sesiones/{id}")
    }

    /// Closes a case as of some years ago.
    ///
    /// # Panics
    /// When there is no such case, or it cannot be written.
    pub async fn close_years_ago(&self, folio: &str, years: i32) {
        let (cases, keyring) = self.unsealed().await;
        let folio: Folio = folio.parse().expect("a folio");
        let case = cases.case(folio).await.expect("the store answers");
        let case = case.expect("the case is there");
        let handle = cases.handle(case.id).await.expect("the store answers");
        let handle = handle.expect("the case is there");
        let closed_on = today() - years.years();
        let course: Course = serde_json::from_value(json!({
            "state": "CONCLUIDA", "since": closed_on, "received_on": closed_on,
            "last_entry": closed_on, "clocks": [],
        }))
        .expect("a course");
        let place = places::course(case.id);
        let sealed = keyring.seal_record(&place, &course, 4 << 10);
        let closed = CaseStep {
            change: CaseChange {
                state: Some((case.state, CaseState::Concluded)),
                course: Some(NewCourse {
                    expected: handle.course,
                    sealed: sealed.expect("it is sealed"),
                }),
                stop: case.terms.iter().map(|term| term.deadline.key).collect(),
                ..CaseChange::default()
            },
            ..CaseStep::on(case.id)
        };
        let written = cases.step(&closed).await.expect("the store answers");
        assert!(written == Stepped::Now, "nobody else writes into it");
    }
}
