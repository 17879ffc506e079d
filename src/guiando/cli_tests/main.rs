//! The program as the operator runs it.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test fails as the test does"
)]

mod audit;
mod classifier;
mod classify;
mod keys;
mod members;
mod receipt;
mod records;
mod recovery;
mod rotate;
mod services;
mod terms;
mod usage;

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
use opening::{CommitteeIdentity, IdentityError, Passphrase, ProtectedError};
use sealing::{EnvelopeId, LookupHash, LookupId, Recipients};
use serde_json::Value;
use store::casefiles::{
    Added, Admission, Admitted, CaseId, Classification, DocumentId, DocumentKind, Finding, NewCase,
    NewDocument, RunningTerm, SealedDocument,
};
use store::rings::NewAccess;
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
