//! What was entered counts, stays on record, and cannot be swapped or lost unnoticed.

use domain::calendar::{Calendar, Profile, read_suspensions};
use domain::committee::MemberId;
use domain::complaint::{SecretText, ShortText};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};
use opening::{CommitteeIdentity, OpenError};
use proptest::prelude::*;
use store::records::{RecordKind, Records as _};
use store_sqlite::SqliteCaseFiles;
use tempfile::TempDir;

use super::entered::{MOST_DAYS, calendar, file};
use super::*;
use crate::keyring::Keyring;

const AT: Timestamp = Timestamp::constant(1_772_600_000, 5);
const DAY: Date = Date::constant(2026, 3, 4);
const WHO: MemberId = MemberId([9; 16]);

fn words(text: &str) -> ShortText {
    ShortText::parse(SecretText::from(text.to_owned())).unwrap()
}

struct Files {
    cases: SqliteCaseFiles,
    keyring: Keyring,
    _folder: TempDir,
}

impl Files {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let address = format!("sqlite://{}", folder.path().join("cases.db").display());
        let cases = SqliteCaseFiles::open(&address).await.unwrap();
        let keyring = Keyring::unseal(CommitteeIdentity::generate(), &cases).await;
        Self {
            keyring: keyring.unwrap(),
            cases,
            _folder: folder,
        }
    }

    fn book(&self) -> CalendarBook<'_> {
        CalendarBook::new(&self.cases, &self.keyring)
    }

    async fn enter(&self, from: Date, to: Date) -> Result<SuspensionId, CalendarError> {
        let said = (words("Semana Santa"), words("DOF 15-01-2026"));
        let drafted = self.book().draft((from, to), said, WHO, (AT, DAY)).await?;
        self.book().add(&drafted).await?;
        Ok(drafted.id)
    }
}

fn is_fault(done: &Result<SuspensionId, CalendarError>, fault: EntryFault) -> bool {
    matches!(done, Err(CalendarError::Fault(found)) if *found == fault)
}

#[tokio::test]
async fn what_is_entered_counts_until_it_is_taken_back_and_stays_on_record() {
    let files = Files::new().await;
    let (from, to) = (date(2026, 4, 2), date(2026, 4, 3));
    let id = files.enter(from, to).await.unwrap();
    let now = files.book().calendar().await.unwrap();
    assert!(!now.is_working_day(from) && !now.is_working_day(to));
    assert!(is_fault(&files.enter(from, to).await, EntryFault::Before));

    let kept = files.book().find(id).await.unwrap();
    assert_eq!((kept.entered.days(), kept.entered.by), (2, WHO));
    let why = words("El oficio se corrigió");
    let book = files.book();
    book.withdraw(kept.clone(), WHO, why.clone(), AT)
        .await
        .unwrap();
    let again = book.withdraw(kept, WHO, why, AT).await;
    assert!(
        matches!(again, Err(CalendarError::Fault(EntryFault::Gone))),
        "two at once"
    );
    assert!(matches!(
        files.book().find(id).await,
        Err(CalendarError::Fault(EntryFault::Gone))
    ));
    let now = files.book().calendar().await.unwrap();
    assert!(now.is_working_day(from));
    let all = files.book().read().await.unwrap().suspensions;
    let back = all[0].entered.withdrawn.as_ref().unwrap();
    assert_eq!(
        (all.len(), back.reason.expose()),
        (1, "El oficio se corrigió")
    );
    files.enter(from, to).await.expect("it can be entered anew");
}

#[tokio::test]
async fn what_is_announced_counts_each_change_and_says_the_days_alone() {
    let files = Files::new().await;
    let announced = async || files.book().read().await.unwrap().announced();
    let none = announced().await;
    assert_eq!(none.number, 0);
    assert_eq!(
        none.calendar.suspensions(),
        Calendar::default().suspensions()
    );
    let (from, to) = (date(2026, 4, 2), date(2026, 4, 3));
    let id = files.enter(from, to).await.unwrap();
    let entered = announced().await;
    assert_eq!(entered.number, 1);
    assert!(!entered.calendar.is_working_day(from));
    for (_, announcer) in files.keyring.announcers() {
        let bytes = announcer.announce(&entered).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for kept in ["Semana Santa", "DOF", "2026-03-04"] {
            assert!(!text.contains(kept), "{kept}");
        }
        assert_eq!(announcer.key().read(&bytes).unwrap().number, 1);
    }

    let kept = files.book().find(id).await.unwrap();
    let why = words("El oficio se corrigió");
    files.book().withdraw(kept, WHO, why, AT).await.unwrap();
    let back = announced().await;
    assert_eq!(back.number, 2);
    assert!(back.calendar.is_working_day(from));
    let ever = files.book().read().await.unwrap().ever();
    assert_eq!(ever.len(), Profile::ALL.len());
    for calendar in ever {
        assert!(
            !calendar.is_working_day(from),
            "letters may have been dated by it"
        );
    }

    let said = (words("Acuerdo"), words("Acta 3"));
    let book = files.book();
    let choice = book
        .draft_choice(Profile::Lft74, said, WHO, AT)
        .await
        .unwrap();
    book.choose(&choice).await.unwrap();
    let chosen = announced().await;
    assert_eq!(
        (chosen.number, chosen.calendar.profile()),
        (3, Profile::Lft74)
    );
}

#[tokio::test]
async fn a_slip_of_the_pen_is_found() {
    let files = Files::new().await;
    let start = date(2026, 12, 21);
    for (from, to, fault) in [
        (start, date(2026, 12, 20), EntryFault::Backwards),
        (start, start + MOST_DAYS.days(), EntryFault::TooLong),
        (date(2062, 4, 2), date(2062, 4, 3), EntryFault::TooFar),
        (date(202, 4, 2), date(202, 4, 3), EntryFault::TooFar),
    ] {
        assert!(is_fault(&files.enter(from, to).await, fault), "{from} {to}");
    }
    let longest = start + (MOST_DAYS - 1).days();
    files.enter(start, longest).await.unwrap();
}

#[tokio::test]
async fn a_record_that_is_put_in_another_place_is_no_calendar() {
    let files = Files::new().await;
    files
        .enter(date(2026, 4, 2), date(2026, 4, 3))
        .await
        .unwrap();
    let kind = RecordKind::Suspension;
    let row = files.cases.records(kind).await.unwrap().remove(0);
    let other = store::records::RecordId([1; 16]);
    files
        .cases
        .put_record(kind, other, None, &row.sealed)
        .await
        .unwrap();
    let found = files.book().calendar().await;
    assert!(
        matches!(
            found,
            Err(CalendarError::Open(OpenError::Damaged | OpenError::Moved))
        ),
        "{found:?}"
    );
}

#[tokio::test]
async fn the_last_choice_of_an_official_list_holds_and_all_stay_on_record() {
    let files = Files::new().await;
    let book = files.book();
    let (from, to) = (date(2026, 4, 2), date(2026, 4, 3));
    files.enter(from, to).await.unwrap();
    let choose = async |profile| -> Result<(), CalendarError> {
        let said = (words("Lo acordó el Comité"), words("Acta 3"));
        let drafted = book.draft_choice(profile, said, WHO, AT).await?;
        book.choose(&drafted).await
    };
    let in_force = async |expected| {
        let now = book.calendar().await.unwrap();
        assert_eq!(now.profile(), expected);
        assert!(!now.is_working_day(from), "suspensions hold with any list");
    };
    in_force(Profile::FederalDecree).await;
    let again = choose(Profile::FederalDecree).await;
    assert!(matches!(
        again,
        Err(CalendarError::Fault(EntryFault::InForce))
    ));
    for profile in [Profile::Lfpa28, Profile::Lft74, Profile::FederalDecree] {
        choose(profile).await.unwrap();
        in_force(profile).await;
    }
    let all = book.read().await.unwrap();
    assert_eq!((all.choices.len(), all.suspensions.len()), (3, 1));
    assert!(all.file().starts_with("# federal_decree\n2026-04-02/"));
}

#[test]
fn one_calendar_is_shared() {
    let (here, there) = (SharedCalendar::default(), SharedCalendar::default());
    let copy = here.clone();
    here.replace(Calendar::new(Profile::Lfpa28, Vec::new()));
    assert_eq!(copy.now().profile(), Profile::Lfpa28);
    assert_eq!(there.now().profile(), Profile::FederalDecree);
}

prop_compose! {
    fn suspended()(
        offset in -400_i64..400, length in 0_i64..91, reason in "[a-zñ\n ]{0,20}[a-z]", holds: bool,
    ) -> Suspended {
        let from = DAY + offset.days();
        let back = Withdrawn { by: WHO, at: AT, reason: words("x") };
        Suspended {
            id: SuspensionId([3; 16]),
            from,
            to: from + length.days(),
            reason: words(&reason),
            source: words("DOF 1"),
            by: WHO,
            at: AT,
            withdrawn: (!holds).then_some(back),
        }
    }
}

proptest! {
    /// What members download makes the same calendar in the operator's program.
    #[test]
    fn the_file_makes_the_same_calendar(all in prop::collection::vec(suspended(), 0..6)) {
        let here = calendar(&[], &all);
        let read = read_suspensions(&file(&[], &all)).unwrap();
        prop_assert_eq!(&read, here.suspensions());
        for day in (0..900).map(|n| DAY - 420.days() + n.days()) {
            let held = all.iter().any(|one| one.holds() && (one.from..=one.to).contains(&day));
            let official = Calendar::default().is_working_day(day);
            prop_assert_eq!(here.is_working_day(day), official && !held, "{}", day);
        }
    }

    #[test]
    fn a_suspension_is_read_back_as_written(one in suspended()) {
        let written = serde_json::to_string(&one).unwrap();
        prop_assert_eq!(serde_json::from_str::<Suspended>(&written).unwrap(), one);
    }
}
