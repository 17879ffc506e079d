//! The day on which a term ends.

use super::*;

fn due(start: &str, value: &str, unit: &str, profile: &str, more: &[&str]) -> Output {
    let mut arguments = vec![
        "terms",
        "due",
        "--start",
        start,
        "--value",
        value,
        "--unit",
        unit,
        "--profile",
        profile,
    ];
    arguments.extend(more);
    run(&arguments)
}

#[test]
fn the_due_date_is_printed_alone() {
    for (start, value, unit, expected) in [
        ("2026-01-29", "5", "working_days", "2026-02-06\n"),
        ("2026-04-30", "3", "working_days", "2026-05-07\n"),
        ("2026-08-31", "4", "months", "2026-12-31\n"),
        ("2026-10-31", "4", "months", "2027-03-01\n"),
    ] {
        let output = due(start, value, unit, "federal_decree", &[]);
        assert_eq!(done(&output), expected, "{start} + {value} {unit}");
    }
}

#[test]
fn each_profile_has_its_own_holidays() {
    // 5 February 2026 is a Thursday; its Monday is the 2nd.
    for (profile, expected) in [
        ("federal_decree", "2026-02-05\n"),
        ("lft_74", "2026-02-05\n"),
        ("lfpa_28", "2026-02-06\n"),
    ] {
        let output = due("2026-02-04", "1", "working_days", profile, &[]);
        assert_eq!(done(&output), expected, "{profile}");
    }
}

#[test]
fn suspended_days_do_not_count() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("suspensions");
    fs::write(&file, "# 2026\n2026-04-02/2026-04-03 Semana Santa\n").unwrap();
    let with = ["--suspensions", path(&file)];
    let output = due("2026-04-01", "1", "working_days", "federal_decree", &with);
    assert_eq!(done(&output), "2026-04-06\n");

    fs::write(&file, "2026-04-02\nmañana\n").unwrap();
    let output = due("2026-04-01", "1", "working_days", "federal_decree", &with);
    assert!(failed(&output).contains("line 2"));
    let with = ["--suspensions", "/nowhere/suspensions"];
    let output = due("2026-04-01", "1", "working_days", "federal_decree", &with);
    assert!(failed(&output).contains("/nowhere/suspensions"));
}

#[test]
fn a_term_that_no_calendar_holds_is_told() {
    failed(&due("2026-01-29", "4000000000", "months", "lft_74", &[]));
}
