//! The examples of `tests/vectors` against this implementation. Their README says how another one
//! checks itself.
//!
//! New ones, which replace the files:
//! `cargo test -p journeys --test vectors -- --ignored write_new_vectors`

mod envelopes;
mod evidence;
mod mailboxes;
mod receipts;
mod tokens;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use sealing::TrackingToken;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("vectors")
        .join(name)
}

fn read<T: DeserializeOwned>(name: &str) -> T {
    let text = fs::read(path(name)).expect("the vectors are committed");
    serde_json::from_slice(&text).expect("the vectors have this form")
}

fn write(name: &str, vectors: &impl Serialize) {
    let text = serde_json::to_string_pretty(vectors).expect("vectors are JSON");
    fs::write(path(name), text + "\n").expect("the folder can be written to");
}

fn token(entropy: &str) -> TrackingToken {
    let bytes = hex::decode(entropy).expect("hexadecimal");
    TrackingToken::from(<[u8; 16]>::try_from(bytes).expect("16 bytes"))
}

#[test]
fn another_implementation_agrees_with_all_of_them() {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
        .expect("there is a folder for what can be made again");
    let python = cache.join("guiando/vectors/bin/python");
    assert!(
        python.is_file(),
        "{} is not there; run `make test`, which makes it",
        python.display()
    );
    let checked = Command::new(python)
        .arg(path("check.py"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("Python can be started");
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(
        checked.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&checked.stderr)
    );
    assert_eq!(said.matches("vectors agree").count(), 5, "{said}");
}

#[test]
#[ignore = "replaces the committed vectors, with other keys each time: cargo test -p journeys --test vectors -- --ignored"]
fn write_new_vectors() {
    fs::create_dir_all(path("")).expect("the folder can be made");
    let entropies = [
        "00000000000000000000000000000000",
        "ffffffffffffffffffffffffffffffff",
        "000102030405060708090a0b0c0d0e0f",
        "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f",
        "9e3779b97f4a7c15f39cc0605cedc834",
        "243f6a8885a308d313198a2e03707344",
    ];
    write("tokens.json", &tokens::new_tokens(&entropies));
    write("envelopes.json", &envelopes::new_envelopes(&entropies));
    write("mailboxes.json", &mailboxes::new_mailboxes(&entropies));
    write("receipts.json", &receipts::new_receipts(&entropies));
    write("evidence.json", &evidence::new_evidence());
}
