//! The client, with shell scripts in place of the program.

use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use cleaning::{NotCleaned, Outcome, Refusal};

use super::*;

/// A program that does what a shell script says.
pub(crate) struct Script(PathBuf);

impl Script {
    fn new(name: &str, text: &str) -> Self {
        let file = format!("intake-cleaner-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(file);
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        Self(path)
    }

    /// One that reads everything, answers with a frame and some bytes, and goes on.
    pub(crate) fn answering(name: &str, json: &str, more: &str) -> Self {
        let length = u8::try_from(json.len()).unwrap();
        Self::new(
            name,
            &format!(
                "/bin/cat >/dev/null; printf '\\000\\000\\000\\{length:03o}%s' '{json}'; {more}"
            ),
        )
    }

    /// The program, for files of up to a MiB.
    pub(crate) fn program(&self) -> CleanerProgram {
        CleanerProgram::new(self.0.clone(), 1)
    }

    async fn inspect(&self, file: &[u8]) -> Inspected {
        let mut program = CleanerProgram::new(self.0.clone(), 1);
        program.program = program.program.with_deadline(Duration::from_millis(500));
        let mut inspection = program.start(MediaType::Jpeg, Errand::Complaint);
        for piece in file.chunks(64 << 10) {
            inspection.write(piece).await;
        }
        inspection.finish().await
    }

    async fn outcome(&self) -> Outcome {
        self.inspect(b"\xff\xd8\xff").await.report.outcome
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The answer of a program that found somebody's name and made a copy of six bytes.
pub(crate) const CLEANED: &str =
    r#"{"media":"jpeg","outcome":{"cleaned":6},"findings":[{"kind":"author","detail":"Ana"}]}"#;

#[tokio::test]
async fn a_program_that_misbehaves_is_a_file_that_could_not_be_cleaned() {
    let unavailable = Outcome::NotCleaned(NotCleaned::Unavailable);
    let missing = Script(PathBuf::from("/nowhere/cleaner"));
    assert_eq!(missing.outcome().await, unavailable);
    for (name, text) in [
        ("locked-out", "exit 3"),
        ("silent", "/bin/cat >/dev/null"),
        ("garbage", "/bin/cat >/dev/null; printf 'basura sin fin'"),
        ("long", "/bin/cat >/dev/null; printf '\\377\\377\\377\\377'"),
        ("killed", "kill -s SYS $$"),
    ] {
        assert_eq!(
            Script::new(name, text).outcome().await,
            unavailable,
            "{name}"
        );
    }
}

#[tokio::test]
async fn only_a_program_that_runs_out_of_time_was_given_a_bomb() {
    let ended_by = |signal: &'static str| async move {
        let script = Script::new(signal, &format!("/bin/cat >/dev/null; kill -s {signal} $$"));
        script.outcome().await
    };
    assert_eq!(ended_by("XCPU").await, Outcome::Refused(Refusal::Bomb));
    for signal in ["ABRT", "KILL", "SEGV"] {
        let outcome = Outcome::NotCleaned(NotCleaned::Unavailable);
        assert_eq!(ended_by(signal).await, outcome, "{signal}");
    }
}

#[tokio::test]
async fn a_program_that_hangs_is_not_waited_for() {
    let timeout = Outcome::NotCleaned(NotCleaned::Timeout);
    let idle = Script::new("idle", "exec /bin/sleep 60");
    assert_eq!(idle.outcome().await, timeout);
    // One that does not even read, with more than a pipe holds.
    let outcome = idle.inspect(&vec![0xff; 500 << 10]).await.report.outcome;
    assert_eq!(outcome, timeout);
}

#[tokio::test]
async fn a_file_over_the_limit_is_not_sent_to_its_end() {
    let script = Script::answering("large", CLEANED, "printf limpia");
    let outcome = script
        .inspect(&vec![0xff; (1 << 20) + 1])
        .await
        .report
        .outcome;
    assert_eq!(outcome, Outcome::NotCleaned(NotCleaned::TooLarge));
    let outcome = script.inspect(&vec![0xff; 1 << 20]).await.report.outcome;
    assert_eq!(outcome, Outcome::Cleaned(6));
}

#[tokio::test]
async fn the_copy_is_what_the_program_wrote_and_no_less() {
    let mut buffer = [0; 4];
    let script = Script::answering("whole", CLEANED, "printf 'limpiaYMAS'");
    let inspected = script.inspect(b"\xff\xd8\xff").await;
    assert_eq!(inspected.report.findings.len(), 1);
    let mut copy = inspected.cleaned.unwrap();
    let mut read = Vec::new();
    loop {
        match copy.read(&mut buffer).await.unwrap() {
            0 => break,
            length => read.extend_from_slice(&buffer[..length]),
        }
    }
    assert_eq!(read, b"limpia");

    let script = Script::answering("cut", CLEANED, "printf 'lim'");
    let mut copy = script.inspect(b"\xff\xd8\xff").await.cleaned.unwrap();
    let error = loop {
        match copy.read(&mut buffer).await {
            Ok(0) => panic!("a cut copy is not complete"),
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
}

#[tokio::test]
async fn two_work_at_once_and_uploads_on_their_way_do_not_count() {
    let script = Script::answering("queue", CLEANED, "printf limpia");
    let program = CleanerProgram::new(script.0.clone(), 1);
    let mut slow: Vec<_> = (0..4)
        .map(|_| program.start(MediaType::Jpeg, Errand::Complaint))
        .collect();
    for inspection in &mut slow {
        inspection.write(b"\xff\xd8").await;
    }
    let mut quick = program.start(MediaType::Jpeg, Errand::Complaint);
    quick.write(b"\xff\xd8\xff").await;
    let first = quick.finish().await;
    assert_eq!(first.report.outcome, Outcome::Cleaned(6));
    assert_eq!(program.filing.free_places(), AT_WORK - 1);
    drop(first);
    assert_eq!(program.filing.free_places(), AT_WORK);
}

#[tokio::test]
async fn what_all_processes_hold_is_bounded_and_those_who_have_filed_have_a_bound_of_their_own() {
    let script = Script::answering("held", CLEANED, "printf limpia");
    let mut program = script.program();
    program.program = program.program.with_deadline(Duration::from_millis(500));
    let file = vec![0xff; 1 << 20];
    let give = async |errand| {
        let mut inspection = program.start(MediaType::Jpeg, errand);
        for piece in file.chunks(100_000) {
            inspection.write(piece).await;
        }
        inspection
    };
    let mut held = Vec::new();
    for _ in 0..9 {
        held.push(give(Errand::Complaint).await);
    }
    let crowded_out = give(Errand::Complaint).await.finish().await;
    let busy = Outcome::NotCleaned(NotCleaned::Busy);
    assert_eq!(crowded_out.report.outcome, busy);
    let answer = give(Errand::Answer).await.finish().await;
    assert_eq!(answer.report.outcome, Outcome::Cleaned(6));
    // One that waits gets what another lets go.
    let (waited, ()) = tokio::join!(give(Errand::Complaint), async {
        tokio::task::yield_now().await;
        drop(held.pop());
    });
    let waited = waited.finish().await;
    assert_eq!(waited.report.outcome, Outcome::Cleaned(6));
    drop((held, answer, waited));
    let bytes = |mib: u64| mib << 20;
    assert_eq!(program.filing.free_bytes(), bytes(9));
    assert_eq!(program.mailboxes.free_bytes(), bytes(3));
}

#[tokio::test]
async fn a_slow_job_of_somebody_else_does_not_count_for_mine() {
    // It takes longer than a step may, as one does that gets little of a processor.
    let script = Script::answering("slow", CLEANED, "printf limpia");
    let text = std::fs::read_to_string(&script.0).unwrap();
    let slow = text.replace("/bin/cat", "/bin/sleep 0.4; /bin/cat");
    std::fs::write(&script.0, slow).unwrap();
    let mut program = script.program();
    program.program = program.program.with_deadline(Duration::from_millis(300));
    let jobs = (0..4).map(|_| async {
        let mut inspection = program.start(MediaType::Jpeg, Errand::Complaint);
        inspection.write(b"\xff\xd8\xff").await;
        inspection.finish().await.report.outcome
    });
    for outcome in futures_util::future::join_all(jobs).await {
        assert_eq!(outcome, Outcome::Cleaned(6));
    }
}

#[tokio::test]
async fn who_finds_the_others_at_work_for_too_long_is_told_so() {
    let script = Script::answering("queue-full", CLEANED, "printf limpia");
    let mut program = script.program();
    program.program = program.program.with_deadline(Duration::from_millis(20));
    let _others = program.filing.occupy(2).await.unwrap();
    let mut mine = program.start(MediaType::Jpeg, Errand::Complaint);
    mine.write(b"\xff\xd8\xff").await;
    let outcome = mine.finish().await.report.outcome;
    assert_eq!(outcome, Outcome::NotCleaned(NotCleaned::Busy));
}

#[tokio::test]
async fn the_program_gets_neither_environment_nor_place() {
    let json = r#"{"media":"text","outcome":"nothing_found","findings":[]}"#;
    let script = Script::answering("bare", json, "");
    let text = std::fs::read_to_string(&script.0).unwrap();
    let check = "test -z \"$HOME$CARGO_MANIFEST_DIR\" && test \"$(pwd)\" = / || exit 4";
    std::fs::write(
        &script.0,
        text.replace("#!/bin/sh", &format!("#!/bin/sh\n{check}")),
    )
    .unwrap();
    assert!(CleanerProgram::new(script.0.clone(), 1).works().await);
    assert!(
        !CleanerProgram::new(PathBuf::from("/bin/true"), 1)
            .works()
            .await
    );
}
