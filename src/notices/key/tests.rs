//! Keys as members have them: made by `GnuPG`, which also opens what is sealed to them.

use std::io::Write as _;
use std::process::{Command, Stdio};

use jiff::Timestamp;
use pgp::composed::{ArmorOptions, Deserializable as _, SignedPublicKey};
use tempfile::TempDir;

use super::{MailKey, NotAMailKey};

const NAME: &str = "Ana Ejemplo <ana@example.mx>";

fn on(day: &str) -> Timestamp {
    format!("{day}T12:00:00Z").parse().unwrap()
}

/// Somebody with a key ring.
struct Owner {
    home: TempDir,
}

impl Owner {
    /// Whose key was made in March 2026, in the way and for the time that is given.
    fn with_key(algorithm: &str, usage: &str, time: &str) -> Self {
        let home = TempDir::with_prefix("gpg-").unwrap();
        let owner = Self { home };
        owner.run(&["--quick-generate-key", NAME, algorithm, usage, time], "");
        owner
    }

    fn usual() -> Self {
        Self::with_key("default", "default", "never")
    }

    fn run(&self, arguments: &[&str], input: &str) -> String {
        let mut gpg = Command::new("gpg")
            .arg("--homedir")
            .arg(self.home.path())
            .args([
                "--batch",
                "--quiet",
                "--no-tty",
                "--pinentry-mode",
                "loopback",
            ])
            .args(["--passphrase", "", "--faked-system-time", "20260310T120000"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("GnuPG is installed");
        gpg.stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let done = gpg.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{arguments:?}: {said}");
        String::from_utf8(done.stdout).unwrap()
    }

    fn public(&self) -> String {
        self.run(&["--armor", "--export"], "")
    }

    fn edit(&self, commands: &str) {
        let edit = ["--no-batch", "--command-fd", "0", "--edit-key", NAME];
        self.run(&edit, commands);
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        // Its agent would outlive it.
        let _ = Command::new("gpgconf")
            .arg("--homedir")
            .arg(self.home.path())
            .args(["--kill", "all"])
            .status();
    }
}

fn offered(text: &str) -> Result<MailKey, NotAMailKey> {
    MailKey::offered(text, on("2026-04-01"))
}

fn certificate(text: &str) -> SignedPublicKey {
    SignedPublicKey::from_string(text).unwrap().0
}

#[test]
fn its_owner_opens_what_is_sealed_and_nothing_tells_whose_key_it_is() {
    for algorithm in ["default", "rsa2048"] {
        let owner = if algorithm == "default" {
            Owner::usual()
        } else {
            let owner = Owner::with_key(algorithm, "sign", "never");
            let fingerprint = fingerprint(&owner);
            owner.run(&["--quick-add-key", &fingerprint, algorithm, "encrypt"], "");
            owner
        };
        let key = offered(&format!("\r\n{}\n", owner.public())).unwrap();
        let packets = owner.run(&["--list-packets"], key.as_str());
        assert!(packets.contains("public sub key packet"), "{packets}");
        assert!(!packets.contains("user ID"), "{packets}");
        assert!(!format!("{key:?}").contains("BEGIN"));

        let kept = serde_json::to_string(&key).unwrap();
        let kept: MailKey = serde_json::from_str(&kept).unwrap();
        assert!(kept == key);
        for text in ["Vencidos: 12\n", ""] {
            let sealed = kept.seal(text.as_bytes()).unwrap();
            assert!(!sealed.contains("Vencidos"));
            assert_eq!(owner.run(&["--decrypt"], &sealed), text);
        }
        // What the page shows can be sent again.
        assert!(offered(key.as_str()).unwrap() == key);
    }
}

#[test]
fn what_is_sealed_is_as_long_as_its_text_makes_it() {
    let key = offered(&Owner::usual().public()).unwrap();
    let length = |byte: u8| key.seal(&[byte; 2048]).unwrap().len();
    assert_eq!(length(b'\n'), length(b'x'));
}

#[test]
fn a_key_is_taken_until_its_owners_time_is_over() {
    let whole = Owner::with_key("default", "default", "2026-06-01").public();
    let read = |day| MailKey::offered(&whole, on(day)).map(|_| ());
    assert_eq!(read("2026-05-30"), Ok(()));
    assert_eq!(read("2026-06-02"), Err(NotAMailKey::Ended));

    let part = Owner::with_key("default", "sign", "never");
    let fingerprint = fingerprint(&part);
    let add = |time| {
        part.run(
            &["--quick-add-key", &fingerprint, "cv25519", "encrypt", time],
            "",
        )
    };
    add("2026-06-01");
    let text = part.public();
    let late = |text: &str| MailKey::offered(text, on("2026-06-02")).map(|_| ());
    assert_eq!(late(&text), Err(NotAMailKey::Ended));
    // Another in its place is found.
    add("2027-06-01");
    assert_eq!(late(&part.public()), Ok(()));
}

#[test]
fn what_its_owner_took_back_is_not_used() {
    let subkey = Owner::usual();
    subkey.edit("key 1\nrevkey\ny\n0\n\ny\nsave\n");
    assert_eq!(offered(&subkey.public()), Err(NotAMailKey::NothingToSealTo));

    let whole = Owner::usual();
    let fingerprint = fingerprint(&whole);
    let file = format!("openpgp-revocs.d/{fingerprint}.rev");
    let revocation = std::fs::read_to_string(whole.home.path().join(file)).unwrap();
    whole.run(
        &["--import"],
        &revocation.replace(":-----BEGIN", "-----BEGIN"),
    );
    assert_eq!(offered(&whole.public()), Err(NotAMailKey::NothingToSealTo));
}

#[test]
fn a_key_that_its_owner_did_not_bind_is_not_used() {
    let (ana, other) = (Owner::usual(), Owner::usual());
    let mut forged = certificate(&ana.public());
    forged.public_subkeys = certificate(&other.public()).public_subkeys;
    let text = forged.to_armored_string(ArmorOptions::default()).unwrap();
    assert_eq!(offered(&text), Err(NotAMailKey::NothingToSealTo));
}

#[test]
fn what_is_no_key_to_seal_to_is_told_apart() {
    let ana = Owner::usual();
    let private = ana.run(&["--armor", "--export-secret-keys"], "");
    assert_eq!(offered(&private), Err(NotAMailKey::Private));
    // In two parts, so that this file is not taken for one that holds a key.
    let file = concat!(
        "# created: 2026-03-10T12:00:00Z\n# public key: age1qqqq\nAGE-SECRET-",
        "KEY-1QQQQ\n"
    );
    assert_eq!(offered(file), Err(NotAMailKey::Private));

    let signs = Owner::with_key("default", "sign", "never");
    assert_eq!(offered(&signs.public()), Err(NotAMailKey::NothingToSealTo));

    ana.run(&["--import"], &signs.public());
    let several = ana.public();
    let signed = ana.run(&["--armor", "--sign"], "texto");
    let whole = signs.public();
    let cut = &whole[..whole.len() / 2];
    let long = "x".repeat(super::LONGEST + 1);
    for text in ["", "age1", "ana", &several, &signed, cut, &long] {
        assert_eq!(offered(text), Err(NotAMailKey::Unreadable), "{text}");
    }
}

fn fingerprint(owner: &Owner) -> String {
    let listed = owner.run(&["--with-colons", "--fingerprint"], "");
    let line = listed.lines().find(|line| line.starts_with("fpr")).unwrap();
    line.split(':').nth(9).unwrap().to_owned()
}
