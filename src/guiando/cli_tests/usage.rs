//! What the program answers when it is used wrongly, and its help.

use super::*;

#[test]
fn wrong_use_ends_with_2_and_a_message() {
    for wrong in [
        &[][..],
        &["unknown"],
        &["keys"],
        &["keys", "generate"],
        &[
            "records",
            "export",
            "--cases",
            "casefiles.db",
            "--format",
            "csv",
        ],
        &[
            "records",
            "export",
            "--cases",
            "sqlite://x.db",
            "--format",
            "pdf",
        ],
        &[
            "terms",
            "due",
            "--start",
            "29-01-2026",
            "--value",
            "5",
            "--unit",
            "working_days",
            "--profile",
            "lft_74",
        ],
        &[
            "terms",
            "due",
            "--start",
            "2026-01-29",
            "--value",
            "-5",
            "--unit",
            "working_days",
            "--profile",
            "lft_74",
        ],
        &[
            "terms",
            "due",
            "--start",
            "2026-01-29",
            "--value",
            "5",
            "--unit",
            "years",
            "--profile",
            "lft_74",
        ],
        &[
            "terms",
            "due",
            "--start",
            "2026-01-29",
            "--value",
            "5",
            "--unit",
            "months",
            "--profile",
            "none",
        ],
        &["demo", "--intake", "8080"],
        &["bench", "--address", "192.0.2.1"],
        &["bench", "--postgres", "postgres://db.example/mailroom"],
        &["bench", "--seconds", "3600"],
    ] {
        let output = run(wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(
            output.stdout.is_empty() && !output.stderr.is_empty(),
            "{wrong:?}"
        );
    }
}

#[test]
fn help_ends_with_0_and_shows_no_internal_command() {
    let output = run(&["--help"]);
    assert!(!done(&output).contains("with-parent"));
}
