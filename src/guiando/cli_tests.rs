//! The program as the operator runs it.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test fails as the test does"
)]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use domain::case::{CaseState, Deadline, Folio};
use domain::catalogue::{Risk, TermKey};
use domain::routing::{Mediation, Priority, Protocol, Urgency};
use jiff::civil::date;
use mailbox::SealedEntry;
use opening::{CommitteeIdentity, IdentityError, Passphrase};
use sealing::{EnvelopeId, LookupHash, LookupId, Recipients};
use serde_json::Value;
use store::casefiles::{
    Admission, Admitted, CaseId, Classification, DocumentId, DocumentKind, NewCase, RunningTerm,
    SealedDocument,
};
use tempfile::tempdir;

/// The program with a clean environment and no terminal.
fn guiando(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guiando"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    guiando(arguments).output().unwrap()
}

fn fed(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = guiando(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeding = std::thread::spawn(move || {
        // The program may end before it has read everything.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    feeding.join().unwrap();
    output
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn done(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// Failed with a message, and nothing on standard output.
fn failed(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
    assert!(!output.stderr.is_empty());
    text(&output.stderr)
}

mod use_of_the_program {
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
            &[
                "keys",
                "generate",
                "--out",
                "x",
                "--threshold",
                "2",
                "--members",
                "3",
            ],
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
}

mod keys {
    use super::*;

    fn generate(out: &Path, passphrase: &str) -> Output {
        guiando(&["keys", "generate", "--out", path(out)])
            .env("GUIANDO_PASSPHRASE", passphrase)
            .output()
            .unwrap()
    }

    #[test]
    fn a_key_pair_is_two_files_of_which_only_the_owner_reads_one() {
        let folder = tempdir().unwrap();
        let out = folder.path().join("new/keys");
        assert_eq!(done(&generate(&out, "larga y secreta")), "");
        let mut names: Vec<_> = fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["committee.key", "committee.pub"]);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&out.join("committee.key")), 0o600);
        assert_eq!(mode(&out), 0o700);
    }

    #[test]
    fn the_public_half_is_a_recipient_and_the_private_one_opens_with_its_passphrase_alone() {
        let folder = tempdir().unwrap();
        let output = generate(folder.path(), "larga y secreta");
        done(&output);
        assert!(!text(&output.stderr).contains("secreta"));
        let public = fs::read_to_string(folder.path().join("committee.pub")).unwrap();
        assert!(public.starts_with("# "), "{public}");
        assert!(
            public.lines().nth(1).unwrap().starts_with("age1"),
            "{public}"
        );
        let recipients: Recipients = public.parse().unwrap();
        assert_eq!(recipients.count(), 1);

        let protected = fs::read(folder.path().join("committee.key")).unwrap();
        let open = |passphrase: &str| {
            CommitteeIdentity::from_protected(&protected, Passphrase::from(passphrase.to_owned()))
        };
        assert_eq!(
            open("larga y secreta").unwrap().key_id(),
            recipients.key_id()
        );
        assert!(matches!(open("otra"), Err(IdentityError::WrongPassphrase)));
    }

    #[test]
    fn a_key_is_never_written_over() {
        for there in ["committee.pub", "committee.key"] {
            let folder = tempdir().unwrap();
            fs::write(folder.path().join(there), "precious").unwrap();
            let output = generate(folder.path(), "x");
            assert!(failed(&output).contains(there));
            assert_eq!(
                fs::read_to_string(folder.path().join(there)).unwrap(),
                "precious"
            );
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        }
    }

    #[test]
    fn without_a_passphrase_nothing_is_written() {
        let folder = tempdir().unwrap();
        let out = folder.path().join("keys");
        let output = run(&["keys", "generate", "--out", path(&out)]);
        assert!(failed(&output).contains("GUIANDO_PASSPHRASE"));
        failed(&generate(&out, ""));
        assert!(!out.exists());
    }

    #[test]
    fn a_directory_that_cannot_be_made_is_named() {
        let folder = tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let output = generate(&folder.path().join("file/keys"), "x");
        assert!(failed(&output).contains("file/keys"));
    }
}

mod classify {
    use super::*;

    #[test]
    fn each_line_has_its_proposal_in_the_same_order() {
        let complaint = "Ñandú: mi jefe me manda fotos íntimas y me acosa sexualmente";
        let line = |n| serde_json::json!({"id": format!("c{n}"), "text": complaint}).to_string();
        let input = (0..200).map(line).collect::<Vec<_>>().join("\n");
        let output = fed(&["classify"], input.as_bytes());
        let answers: Vec<Value> = done(&output)
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(answers.len(), 200);
        for (n, answer) in answers.iter().enumerate() {
            let object = answer.as_object().unwrap();
            let mut names: Vec<_> = object.keys().map(String::as_str).collect();
            names.sort_unstable();
            assert_eq!(
                names,
                [
                    "evidence",
                    "id",
                    "labels",
                    "main",
                    "probabilities",
                    "review",
                    "urgency"
                ]
            );
            assert_eq!(answer["id"], format!("c{n}"));
            assert_eq!(answer["main"], answer["labels"][0]);
            assert!(["alta", "media", "baja"].contains(&answer["urgency"].as_str().unwrap()));
            assert!(answer["review"].is_boolean());
            let probabilities = answer["probabilities"].as_object().unwrap();
            assert_eq!(probabilities.len(), Risk::ALL.len());
            let sum: f64 = probabilities.values().map(|p| p.as_f64().unwrap()).sum();
            assert!((sum - 1.0).abs() < 1e-6, "{sum}");
            let length = complaint.chars().count() as u64;
            for evidence in answer["evidence"].as_array().unwrap() {
                assert!(evidence["risk"].as_str().unwrap().parse::<Risk>().is_ok());
                let (start, end) = (
                    evidence["start"].as_u64().unwrap(),
                    evidence["end"].as_u64().unwrap(),
                );
                assert!(start < end && end <= length, "{evidence}");
                assert!(evidence["weight"].is_number());
            }
        }
    }

    #[test]
    fn nothing_in_is_nothing_out() {
        assert_eq!(done(&fed(&["classify"], b"")), "");
    }

    #[test]
    fn a_bad_line_is_named_and_its_text_is_not_repeated() {
        let input = b"{\"id\":1,\"text\":\"uno\"}\n\n{\"id\":2,\"texto\":\"secreto\"}\n";
        let output = fed(&["classify"], input);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(text(&output.stdout).lines().count(), 1);
        let message = text(&output.stderr);
        assert!(
            message.contains("line 3") && !message.contains("secreto"),
            "{message}"
        );
    }

    #[test]
    fn a_reader_that_leaves_is_no_fault() {
        let mut child = guiando(&["classify"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().unwrap();
        let line = b"{\"id\":1,\"text\":\"mi jefe me grita\"}\n";
        while stdin.write_all(line).is_ok() {}
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(text(&output.stderr), "");
    }
}

mod terms {
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
}

mod records {
    use super::*;

    /// Case files with two cases, the later folio first, and one of another year.
    fn register(url: &str) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let cases = service::stores::case_files(&url.parse().unwrap())
                .await
                .unwrap();
            for (index, (year, digits)) in
                (0_u8..).zip([(2026, 900_000), (2026, 42), (2025, 500_000)])
            {
                let admission = admission(index, Folio::new(year, digits).unwrap());
                assert_eq!(cases.admit(&admission).await.unwrap(), Admitted::Now);
                if digits == 42 {
                    let (classification, proposal) = proposal();
                    let id = admission.case.id;
                    assert!(
                        cases
                            .classify(id, &classification, &proposal)
                            .await
                            .unwrap()
                    );
                }
            }
        });
    }

    fn document(id: u8, kind: DocumentKind) -> SealedDocument {
        let written_on = date(2026, 1, 29);
        SealedDocument {
            id: DocumentId([id; 16]),
            kind,
            written_on,
            sealed: vec![id; 4096],
        }
    }

    fn admission(index: u8, folio: Folio) -> Admission {
        let received_on = date(folio.year(), 1, 29);
        let term = |key, due_on| RunningTerm {
            deadline: Deadline { key, due_on },
            starts_on: received_on,
        };
        let lookup_id = LookupId::from([index; 32]);
        Admission {
            envelope_id: EnvelopeId::from([index; 16]),
            seen_on: received_on,
            case: NewCase {
                id: CaseId([index; 16]),
                folio,
                lookup_hash: LookupHash::from([index; 32]),
                received_on,
                state: CaseState::UnderReview,
                ooad: Some("ciudad_de_mexico_norte".parse().unwrap()),
                umae: None,
                recipient: CommitteeIdentity::generate().public_key(),
                committee_wrap: vec![index; 4096],
                service_record: vec![index; 4096],
                complaint: document(index, DocumentKind::Complaint),
                terms: vec![
                    term(TermKey::RegistroSseccoe, date(folio.year(), 2, 4)),
                    term(TermKey::ConclusionTotal, date(folio.year(), 5, 29)),
                ],
            },
            reply: SealedEntry {
                lookup_id,
                position: 1,
                bytes: vec![index; 512],
            },
        }
    }

    fn proposal() -> (Classification, SealedDocument) {
        let classification = Classification {
            main: Risk::AcosoSexual,
            labels: vec![Risk::AcosoSexual, Risk::Agresiones],
            urgency: Urgency::Alta,
            review: false,
            priority: Priority::Urgente,
            mediation: Mediation::Forbidden,
            protocols: vec![Protocol::Hsyas],
            model: "=1+1".to_owned(),
        };
        (classification, document(200, DocumentKind::Proposal))
    }

    fn export(url: &str, format: &str, more: &[&str]) -> Output {
        let mut arguments = vec!["records", "export", "--cases", url, "--format", format];
        arguments.extend(more);
        run(&arguments)
    }

    #[test]
    fn an_empty_register_is_a_header_and_an_empty_list() {
        let folder = tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("casefiles.db").display());
        let table = export(&url, "csv", &[]);
        assert!(done(&table).starts_with("folio,fecha_recepcion,ejercicio,"));
        assert_eq!(done(&table).lines().count(), 1);
        let document: Value = serde_json::from_str(done(&export(&url, "json", &[]))).unwrap();
        assert_eq!(document["registros"], serde_json::json!([]));
    }

    #[test]
    fn the_register_is_exported_by_folio_and_the_same_twice() {
        let folder = tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("casefiles.db").display());
        register(&url);
        let table = export(&url, "csv", &[]);
        let lines: Vec<_> = done(&table).split_terminator("\r\n").collect();
        assert_eq!(lines.len(), 4);
        assert!(lines[1].starts_with("CE-2025-500000,2025-01-29,2025,EN_REVISION,received,"));
        assert_eq!(
            lines[2],
            "CE-2026-000042,2026-01-29,2026,EN_REVISION,received,ciudad_de_mexico_norte,,\
             acoso_sexual,acoso_sexual|agresiones,HSYAS,forbidden,urgente,alta,N,'=1+1,\
             registro_sseccoe,2026-01-29,2026-02-04,0"
        );
        assert!(lines[3].starts_with("CE-2026-900000,"));
        assert_eq!(export(&url, "csv", &[]).stdout, table.stdout);

        let document = export(&url, "json", &["--year", "2026"]);
        assert_eq!(
            export(&url, "json", &["--year", "2026"]).stdout,
            document.stdout
        );
        let document: Value = serde_json::from_str(done(&document)).unwrap();
        assert_eq!(
            (&document["schema"], &document["version"]),
            (&Value::from("guiando/registros"), &Value::from(1))
        );
        let records = document["registros"].as_array().unwrap();
        assert_eq!(records.len(), 2);
        assert_eq!(
            records[0]["riesgos"],
            serde_json::json!(["acoso_sexual", "agresiones"])
        );
        assert_eq!(records[1]["riesgo_principal"], Value::Null);
    }

    #[test]
    fn a_file_is_whole_or_as_it_was() {
        let folder = tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("casefiles.db").display());
        let out = folder.path().join("registros.csv");
        let output = export(&url, "csv", &["--out", path(&out)]);
        assert_eq!(done(&output), "");
        let table = fs::read(&out).unwrap();
        assert_eq!(table, export(&url, "csv", &[]).stdout);

        let broken = folder.path().join("broken.db");
        fs::write(
            &broken,
            "not a database, and long enough to be looked at by the engine",
        )
        .unwrap();
        let url = format!("sqlite://{}", broken.display());
        failed(&export(&url, "csv", &["--out", path(&out)]));
        assert_eq!(fs::read(&out).unwrap(), table);
        let nowhere = folder.path().join("nowhere/registros.csv");
        assert!(failed(&export(&url, "csv", &["--out", path(&nowhere)])).contains("--cases"));
    }
}

mod services {
    use std::net::TcpListener;
    use std::os::unix::process::ExitStatusExt as _;
    use std::path::PathBuf;
    use std::process::Child;
    use std::time::{Duration, Instant};

    use rustix::process::{Pid, Signal, kill_process};
    use tempfile::TempDir;

    use super::*;

    /// A service that notes what it was given and that it was asked to stop.
    const WAITS: &str = r#"#!/bin/sh
echo "$*" > "$0.arguments"
trap 'echo > "$0.stopped"; exit 0' TERM
echo "${GUIANDO_PASSPHRASE-none}" > "$0.passphrase"
while :; do sleep 0.05; done
"#;
    /// A service that ends by itself.
    const ENDS: &str = "#!/bin/sh\nsleep 0.3\nexit 3\n";

    /// The program with services of a test's own beside it.
    struct Stage(TempDir);

    impl Stage {
        fn with(services: &[(&str, &str)]) -> Self {
            let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
            fs::hard_link(env!("CARGO_BIN_EXE_guiando"), folder.path().join("guiando")).unwrap();
            for (name, script) in services {
                let path = folder.path().join(name);
                fs::write(&path, script).unwrap();
                fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
            }
            Self(folder)
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn demo(&self) -> Child {
            Command::new(self.path("guiando"))
                .args([
                    "demo",
                    "--intake",
                    "127.0.0.1:0",
                    "--triage",
                    "127.0.0.1:0",
                    "--data",
                ])
                .arg(self.path("data"))
                .env_clear()
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        }

        /// The demonstration, once both its services wait.
        fn running(&self) -> Child {
            let demo = self.demo();
            for service in ["intake", "triage"] {
                self.wait_for(&format!("{service}.passphrase"));
            }
            demo
        }

        fn wait_for(&self, name: &str) -> String {
            let begun = Instant::now();
            loop {
                if let Ok(text) = fs::read_to_string(self.path(name))
                    && !text.is_empty()
                {
                    return text;
                }
                assert!(
                    begun.elapsed() < Duration::from_mins(1),
                    "{name} is awaited"
                );
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }

    fn signal(child: &Child, signal: Signal) {
        kill_process(Pid::from_child(child), signal).unwrap();
    }

    #[test]
    fn a_demonstration_whose_address_is_taken_says_which_option_chooses_another() {
        let folder = tempdir().unwrap();
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let data = folder.path().join("data");
        let arguments = [
            "demo",
            "--data",
            path(&data),
            "--intake",
            "127.0.0.1:0",
            "--triage",
            &address,
        ];
        let output = run(&arguments);
        let message = failed(&output);
        assert!(
            message.contains("--triage") && message.contains(&address),
            "{message}"
        );
        assert!(!data.exists());
    }

    #[test]
    fn a_service_that_is_not_installed_is_named() {
        let stage = Stage::with(&[]);
        let output = stage.demo().wait_with_output().unwrap();
        assert!(failed(&output).contains("intake is missing"));
    }

    #[test]
    fn each_service_gets_what_it_needs_and_only_triage_the_passphrase() {
        let stage = Stage::with(&[("intake", WAITS), ("triage", WAITS)]);
        let mut demo = stage.running();
        assert_eq!(stage.wait_for("intake.passphrase"), "none\n");
        let passphrase = fs::read_to_string(stage.path("data/demo/passphrase")).unwrap();
        assert_eq!(stage.wait_for("triage.passphrase"), passphrase);
        let intake = stage.wait_for("intake.arguments");
        let triage = stage.wait_for("triage.arguments");
        assert!(
            !intake.contains("casefiles") && !intake.contains("committee.key"),
            "{intake}"
        );
        assert!(
            triage.contains("committee.key") && triage.contains("--interval 2"),
            "{triage}"
        );
        assert!(
            !triage.contains(passphrase.trim_end()),
            "a command line is no secret"
        );
        signal(&demo, Signal::TERM);
        demo.wait().unwrap();
    }

    #[test]
    fn a_signal_stops_both_services() {
        for asked in [Signal::TERM, Signal::INT] {
            let stage = Stage::with(&[("intake", WAITS), ("triage", WAITS)]);
            let demo = stage.running();
            signal(&demo, asked);
            let output = demo.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
            assert!(stage.path("intake.stopped").exists());
            assert!(stage.path("triage.stopped").exists());
        }
    }

    #[test]
    fn two_demonstrations_do_not_run_in_one_directory() {
        let stage = Stage::with(&[("intake", WAITS), ("triage", WAITS)]);
        let mut first = stage.running();
        let output = stage.demo().wait_with_output().unwrap();
        assert!(failed(&output).contains("another demonstration runs"));
        signal(&first, Signal::TERM);
        assert!(first.wait().unwrap().success());
    }

    #[test]
    fn when_one_service_ends_the_other_is_stopped_and_the_first_is_named() {
        let stage = Stage::with(&[("intake", WAITS), ("triage", ENDS)]);
        let output = stage.demo().wait_with_output().unwrap();
        let message = failed(&output);
        assert!(message.contains("triage ended by itself"), "{message}");
        assert!(stage.path("intake.stopped").exists());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn no_service_outlives_a_demonstration_that_was_killed() {
        let stage = Stage::with(&[("intake", WAITS), ("triage", WAITS)]);
        let mut demo = stage.running();
        signal(&demo, Signal::KILL);
        assert_eq!(demo.wait().unwrap().signal(), Some(9));
        stage.wait_for("intake.stopped");
        stage.wait_for("triage.stopped");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_child_that_lost_its_parent_before_it_could_follow_does_not_start() {
        let output = run(&["with-parent", "1", "/bin/echo", "started"]);
        failed(&output);
    }
}

mod receipts_of_the_service {
    use std::path::PathBuf;

    use domain::complaint::{Complaint, ComplaintDraft};
    use receipts::{
        Block, Document, Proof, ReceiptKey, SignedReceipt, Tree, commit, text as as_text,
    };
    use ring::digest::{SHA256, digest};
    use ring::rand::SystemRandom;
    use sealing::TrackingToken;
    use tempfile::TempDir;

    use super::*;

    const COMPLAINT: &str = r#"{"narrative":"Me piden dinero a cambio de la guardia."}"#;
    const EVIDENCE: &[u8] = b"una foto";

    /// What a person has: the receipt with its proof, the words, the complaint and a file.
    struct Papers {
        folder: TempDir,
        receipt: SignedReceipt,
        words: String,
    }

    impl Papers {
        fn new() -> Self {
            let key: ReceiptKey = ReceiptKey::draw(&SystemRandom::new())
                .unwrap()
                .parse()
                .unwrap();
            let token = TrackingToken::draw(&SystemRandom::new()).unwrap();
            let draft = ComplaintDraft::from_json(COMPLAINT.as_bytes()).unwrap();
            let complaint = Complaint::parse(draft).unwrap();
            let file = digest(&SHA256, EVIDENCE).as_ref().try_into().unwrap();
            let commitment = commit(&token.receipt_blinding(), &complaint, &[file]);
            let day = date(2026, 3, 4);
            let terms = [Deadline {
                key: TermKey::RegistroSseccoe,
                due_on: date(2026, 3, 9),
            }];
            let receipt = key.sign(token.receipt_id(), day, &terms, commitment);
            let tree = Tree::grow(&[receipt.leaf], &SystemRandom::new()).unwrap();
            let head = key.sign_head(day, &tree, None);
            let proof = Proof::of(&receipt.leaf, &tree, head).unwrap().to_string();
            let document = Document {
                language: "es-MX",
                title: "Comprobante".to_owned(),
                blocks: vec![
                    Block::Heading("El comprobante".to_owned()),
                    Block::Code(receipt.text.clone()),
                    Block::Heading("La prueba del día".to_owned()),
                    Block::Code(proof.clone()),
                ],
            };
            let papers = Self {
                folder: tempdir().unwrap(),
                receipt,
                words: token.phrase().to_string(),
            };
            papers.write("clave.txt", &key.public().to_string());
            papers.write("comprobante.txt", &papers.receipt.text);
            papers.write("prueba.txt", &proof);
            papers.write("guardado.txt", &as_text(&document));
            papers.write("denuncia.json", COMPLAINT);
            fs::write(papers.at("foto"), EVIDENCE).unwrap();
            papers
        }

        fn at(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.at(name), text).unwrap();
        }

        /// Runs the check in the folder of the papers.
        fn verify(&self, arguments: &[&str], input: &[u8]) -> Output {
            let fixed = ["receipt", "verify", "--key", "clave.txt"];
            let folder = path(self.folder.path()).to_owned();
            let arguments: Vec<_> = fixed.iter().chain(arguments).copied().collect();
            let mut command = guiando(&arguments);
            command.current_dir(folder).stdin(Stdio::piped());
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = command.spawn().unwrap();
            // It may end before it has read everything.
            let _ = child.stdin.take().unwrap().write_all(input);
            child.wait_with_output().unwrap()
        }
    }

    #[test]
    fn a_receipt_says_its_day_and_terms() {
        let papers = Papers::new();
        for (arguments, input) in [
            (&["comprobante.txt"][..], ""),
            (&["-"], papers.receipt.text.as_str()),
            (&[], papers.receipt.text.as_str()),
        ] {
            let output = papers.verify(arguments, input.as_bytes());
            let told = done(&output);
            assert!(told.starts_with("Comprobante auténtico.\nRecibido: 2026-03-04\n"));
            assert!(told.contains("a más tardar el 2026-03-09"));
            assert!(told.contains("Prueba del día: no se dio ninguna."));
        }
    }

    #[test]
    fn its_proof_is_checked_from_a_file_or_from_what_was_saved() {
        let papers = Papers::new();
        for arguments in [
            &["--proof", "prueba.txt", "comprobante.txt"][..],
            &["guardado.txt"],
        ] {
            let output = papers.verify(arguments, b"");
            assert!(done(&output).contains("está en la lista firmada del 2026-03-04"));
        }
        let other = fs::read(Papers::new().at("prueba.txt")).unwrap();
        fs::write(papers.at("prueba.txt"), other).unwrap();
        let output = papers.verify(&["--proof", "prueba.txt", "comprobante.txt"], b"");
        assert!(failed(&output).contains("la prueba no es válida"));
    }

    #[test]
    fn its_content_is_checked_with_the_words_from_standard_input() {
        let papers = Papers::new();
        let content = ["--words", "--complaint", "denuncia.json"];
        let with_file = [&content[..], &["--evidence", "foto", "comprobante.txt"]].concat();
        let output = papers.verify(&with_file, papers.words.as_bytes());
        assert!(done(&output).contains("el comprobante es de esta denuncia"));
        let without_file = [&content[..], &["comprobante.txt"]].concat();
        let output = papers.verify(&without_file, papers.words.as_bytes());
        assert!(failed(&output).contains("no es de esta denuncia"));
        let output = papers.verify(&with_file, Papers::new().words.as_bytes());
        assert!(failed(&output).contains("son de otro comprobante"));
        papers.write("denuncia.json", &COMPLAINT.replace("guardia", "plaza"));
        let output = papers.verify(&with_file, papers.words.as_bytes());
        assert!(failed(&output).contains("no es de esta denuncia"));
        let output = papers.verify(&[&content[..], &["-"]].concat(), b"");
        failed(&output);
    }

    #[test]
    fn what_was_altered_or_is_of_another_service_fails_with_1_and_wrong_use_with_2() {
        let papers = Papers::new();
        let mut altered = papers.receipt.text.clone().into_bytes();
        altered[30] = if altered[30] == b'A' { b'B' } else { b'A' };
        for input in [altered.as_slice(), b"", b"hola"] {
            assert!(failed(&papers.verify(&[], input)).contains("no es válido"));
        }
        let foreign = Papers::new().receipt.text;
        failed(&papers.verify(&[], foreign.as_bytes()));
        failed(&papers.verify(&["falta.txt"], b""));
        papers.write("clave.txt", "hola");
        failed(&papers.verify(&["comprobante.txt"], b""));
        for wrong in [
            &["--words", "comprobante.txt"][..],
            &["--complaint", "denuncia.json", "comprobante.txt"],
            &["--evidence", "foto", "comprobante.txt"],
        ] {
            let output = papers.verify(wrong, b"");
            assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        }
        assert_eq!(run(&["receipt", "verify"]).status.code(), Some(2));
    }
}
