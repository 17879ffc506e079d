//! Intake cannot open a complaint: not by the crates that it is built from, and not by what is in
//! the program that ships. That program is small, and no private key is in the repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use journeys::{Engine, House, cargo, program};

/// Crates of which intake may know nothing.
const COMMITTEES_OWN: [&str; 5] = ["opening", "committee", "classifier", "records", "triage"];

/// Parts of a symbol's name that opening an envelope cannot do without.
const OPENS: [&str; 7] = [
    "age::protocol::Decryptor",
    "age::Identity",
    "x25519::Identity",
    "unwrap_stanza",
    "aead_decrypt",
    "stream::Stream::decrypt",
    "opening::",
];

/// Crates that read files of other people. They are in the cleaner and nowhere else.
const PARSERS: [&str; 8] = [
    "cleaner",
    "flate2",
    "hayro",
    "image",
    "imagesize",
    "kamadak-exif",
    "lopdf",
    "strypt-core",
];

/// Parts of a symbol's name that only a parser of files has.
const PARSES: [&str; 5] = [
    "strypt_core::",
    "lopdf::",
    "exif::reader",
    "imagesize::",
    "hayro",
];

/// Crates of which the cleaner may know nothing: it has no network and no key.
const NOT_THE_CLEANERS: [&str; 10] = [
    "actix-web",
    "age",
    "hyper",
    "opening",
    "reqwest",
    "ring",
    "sealing",
    "sqlx",
    "store",
    "tokio",
];

/// Parts of a symbol's name that only network and keys have.
const TALKS: [&str; 6] = [
    "tokio::net",
    "actix_http::",
    "sealing::",
    "age::protocol",
    "rustls::",
    "std::net::tcp",
];

/// Most memory that an idle intake may hold, in KiB.
const IDLE: u64 = 25 * 1024;

/// Builds the intake as it ships; there is nothing to do when `make test` has built it.
fn shipped() -> PathBuf {
    // As `make build` does: beside other packages it would have other features, and be compiled once more.
    let built = cargo::run(&["build", "--release", "--locked", "-p", "intake"]);
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    cargo::target().join("release").join("intake")
}

fn tree(arguments: &[&str]) -> std::process::Output {
    cargo::run(
        &[
            &["tree", "--locked", "--offline", "--prefix", "none"],
            arguments,
        ]
        .concat(),
    )
}

fn symbols(program: &Path) -> String {
    let output = Command::new("nm")
        .arg("-C")
        .arg(program)
        .output()
        .expect("binutils is installed");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        text.lines().count() > 1_000,
        "{} is not stripped",
        program.display()
    );
    text
}

/// The symbols that open something.
fn opening_symbols(program: &Path) -> Vec<String> {
    symbols_with(program, &OPENS)
}

/// The symbols whose name has one of these parts.
fn symbols_with(program: &Path, parts: &[&str]) -> Vec<String> {
    symbols(program)
        .lines()
        .filter(|line| parts.iter().any(|part| line.contains(part)))
        .map(str::to_owned)
        .collect()
}

/// Which of these crates a package is built from.
fn built_from(package: &str, crates: &[&str]) -> Vec<String> {
    let all = tree(&["-p", package, "-e", "normal"]);
    let all = String::from_utf8_lossy(&all.stdout).into_owned();
    let wanted = crates.iter().filter(|name| {
        let prefix = format!("{name} v");
        all.lines().any(|line| line.starts_with(&prefix))
    });
    wanted.map(|name| (*name).to_owned()).collect()
}

#[test]
fn intake_is_built_from_no_crate_of_the_committees_side() {
    for name in COMMITTEES_OWN {
        let found = tree(&["-p", "intake", "-i", name]);
        assert!(
            !found.status.success(),
            "{name}: {}",
            String::from_utf8_lossy(&found.stdout)
        );
        let said = String::from_utf8_lossy(&found.stderr);
        assert!(
            said.contains("did not match any packages"),
            "{name}: {said}"
        );
    }
    // The same question finds them where they belong.
    for name in ["opening", "classifier"] {
        assert!(
            tree(&["-p", "triage", "-i", name]).status.success(),
            "{name}"
        );
    }
}

#[test]
fn only_the_cleaner_reads_files_of_others_and_it_has_neither_network_nor_keys() {
    assert_eq!(built_from("intake", &PARSERS), Vec::<String>::new());
    assert_eq!(built_from("cleaner", &PARSERS), PARSERS);
    assert_eq!(
        built_from("cleaner", &NOT_THE_CLEANERS),
        Vec::<String>::new()
    );
    // The same question finds them where they belong.
    let here = built_from("intake", &NOT_THE_CLEANERS);
    for name in ["actix-web", "ring", "sealing", "tokio"] {
        assert!(here.iter().any(|found| found == name), "{name}");
    }
}

#[test]
fn the_programs_keep_to_that() {
    // Beside the others a program may be built with more in it than what ships has, never with less.
    let (intake, cleaner) = (shipped(), program("cleaner"));
    assert_eq!(symbols_with(&intake, &PARSES), Vec::<String>::new());
    assert_eq!(symbols_with(&cleaner, &TALKS), Vec::<String>::new());
    // The looks are not blind.
    assert!(!symbols_with(&cleaner, &["strypt_core::"]).is_empty());
    assert!(!symbols_with(&intake, &["tokio::net"]).is_empty());
}

#[test]
fn intake_does_not_name_age_and_inflates_nothing() {
    let direct = tree(&["-p", "intake", "--depth", "1", "-e", "normal"]);
    let direct = String::from_utf8_lossy(&direct.stdout).into_owned();
    assert!(
        direct.lines().any(|line| line.starts_with("sealing ")),
        "{direct}"
    );
    assert!(
        !direct.lines().any(|line| line.starts_with("age ")),
        "{direct}"
    );

    let features = tree(&["-p", "intake", "-e", "normal,build,features"]);
    let features = String::from_utf8_lossy(&features.stdout).into_owned();
    assert!(
        features.contains("actix-web feature"),
        "features are listed"
    );
    for line in features.lines() {
        assert!(!line.contains("compress"), "{line}");
    }
    for name in ["flate2", "brotli", "zstd", "tempfile", "tracing-actix-web"] {
        let prefix = format!("{name} v");
        assert!(
            !features.lines().any(|line| line.starts_with(&prefix)),
            "{name}"
        );
    }
}

#[test]
fn the_intake_that_ships_has_no_code_that_opens_and_no_private_key() {
    let intake = shipped();
    assert_eq!(opening_symbols(&intake), Vec::<String>::new());
    let bytes = std::fs::read(&intake).expect("the program can be read");
    for needle in ["AGE-SECRET-KEY", "age-secret-key"] {
        let found = bytes
            .windows(needle.len())
            .any(|window| window == needle.as_bytes());
        assert!(!found, "{needle}");
    }
    // It does seal: the symbols are there to be seen.
    assert!(symbols(&intake).contains("sealing::"));
}

#[test]
fn the_same_look_at_triage_finds_what_opens() {
    let triage = program("triage");
    let found = opening_symbols(&triage).join("\n");
    for part in OPENS {
        assert!(
            found.contains(part),
            "{part} is not found, so the look is blind"
        );
    }
    let bytes = std::fs::read(&triage).expect("the program can be read");
    let needle = b"AGE-SECRET-KEY";
    assert!(
        bytes.windows(needle.len()).any(|window| window == needle),
        "the look is blind"
    );
}

#[tokio::test]
async fn the_intake_that_ships_is_small_when_idle() {
    let mut house = House::build(Engine::Sqlite);
    house.start_intake_from(&shipped()).await;
    let id = house.intake().expect("it runs").id();
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("it runs");
    let resident: u64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:")?.strip_suffix("kB"))
        .and_then(|kibibytes| kibibytes.trim().parse().ok())
        .expect("the system tells what a process holds");
    assert!(resident < IDLE, "{resident} KiB");
}

#[test]
fn no_private_key_is_in_the_repository() {
    let listed = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(cargo::workspace())
        .output()
        .expect("git is installed");
    assert!(
        listed.status.success(),
        "this looks at a clone: {}",
        String::from_utf8_lossy(&listed.stderr)
    );
    let names = String::from_utf8(listed.stdout).expect("names are text");
    let mut seen = 0;
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        let path = Path::new(name);
        assert!(path.extension().is_none_or(|end| end != "key"), "{name}");
        // One that somebody has just removed holds nothing.
        let Ok(bytes) = std::fs::read(cargo::workspace().join(path)) else {
            continue;
        };
        seen += usize::from(private(&bytes));
        // The identity of the vectors exists for them only.
        assert!(
            !private(&bytes) || path.starts_with("tests/vectors"),
            "{name} holds a private key"
        );
    }
    assert!(
        seen > 0,
        "the vectors' identity is not seen: the look is blind"
    );
}

/// Whether a file holds an age identity, open or sealed under a passphrase, or another private key.
fn private(bytes: &[u8]) -> bool {
    // Searching text is several times faster, and the classifier's weights are large.
    let text = String::from_utf8_lossy(bytes);
    let contains = |needle: &str| text.contains(needle);
    // In two parts, so that this file is none of them.
    contains(concat!("AGE-SECRET-", "KEY-1"))
        || contains(concat!("PRIVATE ", "KEY-----"))
        || contains(concat!("-----BEGIN AGE ", "ENCRYPTED FILE-----"))
        || bytes.starts_with(b"age-encryption.org/v1\n-> scrypt ")
}
