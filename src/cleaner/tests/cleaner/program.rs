//! The program itself, locked in, over its pipes.

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

use cleaning::protocol::{self, LENGTH_BYTES};
use cleaning::{NotCleaned, NotShown, Outcome, Refusal, Report, Request, Shown, Task, View};
use domain::evidence::MediaType;
use serde::de::DeserializeOwned;

use crate::corpus;
use crate::making::pdf;

/// Gives the program a file to clean; its report and what follows, if it ended well.
fn run(media: MediaType, limit: u64, file: &[u8]) -> Option<(Report, Vec<u8>)> {
    ask(Task::Clean, media, limit, file)
}

/// Gives the program a file; what it tells and what follows, if it ended well.
fn ask<T: DeserializeOwned>(
    task: Task,
    media: MediaType,
    limit: u64,
    file: &[u8],
) -> Option<(T, Vec<u8>)> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cleaner"))
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut to = child.stdin.take().unwrap();
    let request = protocol::request_frame(&Request { task, media, limit }).unwrap();
    // It may end before it has read everything.
    let _ = to.write_all(&request).and_then(|()| to.write_all(file));
    drop(to);
    let mut answer = Vec::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_end(&mut answer)
        .unwrap();
    if !child.wait().unwrap().success() {
        return None;
    }
    let (told, rest) = answer.split_first_chunk::<LENGTH_BYTES>().unwrap();
    let (json, copy) = rest.split_at(protocol::frame_length(*told).unwrap());
    Some((protocol::read_frame(json).unwrap(), copy.to_vec()))
}

#[test]
fn locked_in_it_cleans_as_well_as_outside() {
    for sample in corpus::all() {
        let outside = cleaner::clean(sample.media, &sample.bytes);
        let (report, copy) = run(sample.media, 1 << 20, &sample.bytes).expect("it ended well");
        assert_eq!(report, outside.report);
        assert_eq!(copy, outside.copy.unwrap(), "{}", sample.media);
    }
}

#[test]
fn locked_in_it_shows_as_well_as_outside() {
    for sample in corpus::all() {
        for page in [0, 1, 2] {
            let outside = cleaner::show(&sample.bytes, page);
            let task = Task::Show(page);
            let (view, bytes): (View, _) =
                ask(task, sample.media, 1 << 20, &sample.bytes).expect("it ended well");
            assert_eq!(view, outside.view);
            assert_eq!(bytes, outside.bytes, "{}", sample.media);
        }
    }
    let large: Option<(View, _)> = ask(Task::Show(0), MediaType::Text, 3, b"hola");
    let shown = large.expect("it ended well").0.shown;
    assert_eq!(shown, Shown::Nothing(NotShown::TooLarge));
}

#[test]
fn it_works_with_files_as_large_as_they_may_be() {
    let filler = "x".repeat(20 << 20);
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>".to_owned(),
        format!("<</Length {}>>stream\n{filler}\nendstream", filler.len()),
        "<</Author(Autora Inventada)>>".to_owned(),
    ];
    let bytes = pdf(&objects, "/Root 1 0 R/Info 5 0 R");
    let (report, copy) = run(MediaType::Pdf, 21 << 20, &bytes).expect("it ended well");
    assert_eq!(
        report.outcome,
        Outcome::Cleaned(u64::try_from(copy.len()).unwrap())
    );
    let (report, _) = run(MediaType::Pdf, 20 << 20, &bytes).expect("it ended well");
    assert_eq!(report.outcome, Outcome::NotCleaned(NotCleaned::TooLarge));
}

#[test]
fn what_is_no_request_is_not_answered() {
    for wrong in [&b""[..], b"\0\0", b"\xff\xff\xff\xff", b"\0\0\0\x02{}"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cleaner"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(wrong);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{wrong:?}");
        assert!(output.stdout.is_empty() && output.stderr.is_empty());
    }
}

#[test]
fn it_dies_by_its_own_limits_and_says_nothing() {
    // Fifty million objects of a few bytes: small for a file, far too many for a parser.
    let bytes = [
        &b"%PDF-1.7\n"[..],
        &b"1 0 obj[]endobj ".repeat(1 << 20),
        b"trailer<</Root 1 0 R>>\n%%EOF",
    ]
    .concat();
    let answer = run(MediaType::Pdf, 64 << 20, &bytes);
    assert!(answer.is_none_or(|(report, copy)| copy.is_empty()
        && matches!(
            report.outcome,
            Outcome::Refused(Refusal::Bomb | Refusal::Malformed) | Outcome::NotCleaned(_)
        )),);
}
