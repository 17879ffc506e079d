//! Another key for the committee.

use opening::CommitteeIdentity;

use super::*;

const PASSPHRASE: &str = "una frase de las pruebas";

fn with_passphrase(arguments: &[&str]) -> Output {
    guiando(arguments)
        .env("GUIANDO_PASSPHRASE", PASSPHRASE)
        .output()
        .unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A folder with a key in one file and two empty stores.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempdir().unwrap();
        let place = Self { folder };
        done(&with_passphrase(&[
            "keys",
            "generate",
            "--out",
            path(&place.at("old")),
        ]));
        let [mailroom, cases] = place.urls();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            service::stores::mailroom(&mailroom.parse().unwrap())
                .await
                .unwrap();
            service::stores::case_files(&cases.parse().unwrap())
                .await
                .unwrap();
        });
        place
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn urls(&self) -> [String; 2] {
        ["mailroom", "cases"]
            .map(|name| format!("sqlite://{}", self.at(&format!("{name}.db")).display()))
    }

    /// A command with the key of a folder and both stores.
    fn run(&self, command: &str, key: &str, more: &[&str]) -> Output {
        let key = self.at(key).join("committee.key");
        let [mailroom, cases] = self.urls();
        let mut arguments = vec!["keys", command, "--identity", path(&key)];
        arguments.extend(["--mailroom", &mailroom, "--cases", &cases]);
        arguments.extend(more);
        with_passphrase(&arguments)
    }

    fn out(&self, name: &str) -> String {
        path(&self.at(name)).to_owned()
    }

    fn identity(&self, folder: &str) -> CommitteeIdentity {
        let file = fs::read(self.at(folder).join("committee.key")).unwrap();
        CommitteeIdentity::from_protected(&file, Passphrase::from(PASSPHRASE.to_owned())).unwrap()
    }
}

#[test]
fn a_key_is_rotated_goes_on_and_is_retired() {
    let place = Place::new();
    let rotated = place.run("rotate", "old", &["--out", &place.out("new")]);
    assert_eq!(done(&rotated), "");
    let old = place.identity("old");
    let new = place.identity("new");
    assert_eq!(new.key_ids(), [new.key_id(), old.key_id()]);
    let told = text(&rotated.stderr);
    assert!(told.contains(&new.key_id().to_string()), "{told}");
    let public = fs::read_to_string(place.at("new/committee.pub")).unwrap();
    let recipients: Recipients = public.parse().unwrap();
    assert_eq!((recipients.count(), recipients.key_id()), (1, new.key_id()));

    // Run again with the new key it finds everything done; with the old one it is told so.
    let again = place.run("rotate", "new", &[]);
    done(&again);
    assert!(text(&again.stderr).contains("0 envelopes and 0 records"));
    let late = place.run("rotate", "old", &["--out", &place.out("late")]);
    assert!(failed(&late).contains("rotated before"));
    assert!(!place.at("late").exists(), "no third key is made");
    let nothing = place.run("rotate", "old", &[]);
    assert!(failed(&nothing).contains("--out"));

    done(&place.run("retire", "new", &["--out", &place.out("last")]));
    assert_eq!(place.identity("last").key_ids(), [new.key_id()]);
    assert!(
        failed(&place.run("retire", "last", &["--out", &place.out("x")]))
            .contains("none of before")
    );
    assert_eq!(names(&place.at("last")), ["committee.key", "committee.pub"]);
}

#[test]
fn a_key_made_on_a_machine_of_its_own_is_brought_into_force_later() {
    let place = Place::new();
    let key = place.at("old/committee.key");
    let made = with_passphrase(&[
        "keys",
        "rotate",
        "--identity",
        path(&key),
        "--out",
        &place.out("new"),
        "--threshold",
        "2",
        "--members",
        "3",
    ]);
    assert!(
        text(&made.stderr).contains("--mailroom and --cases"),
        "{made:?}"
    );
    done(&made);
    assert_eq!(names(&place.at("new")).len(), 4);
    // As long as the stores lie under the old key, it is not retired.
    let [mailroom, cases] = place.urls();
    let shares = [2, 3].map(|n| place.out(&format!("new/share-{n}.key")));
    let run = |more: &[&str]| {
        let mut arguments = vec!["keys"];
        arguments.extend(more);
        arguments.extend(shares.iter().map(String::as_str));
        arguments.extend(["--mailroom", &mailroom, "--cases", &cases]);
        with_passphrase(&arguments)
    };
    done(&place.run("rotate", "old", &["--out", &place.out("unused")]));
    let refused = run(&["rotate"]);
    assert!(
        failed(&refused).contains("does not open the case files"),
        "{refused:?}"
    );
}

#[test]
fn new_shares_of_a_rotated_key_hold_the_key_of_before_too_and_the_log_says_when() {
    let place = Place::new();
    let split = ["--threshold", "2", "--members", "3"];
    let out = place.out("new");
    done(&place.run("rotate", "old", &[&["--out", &out], &split[..]].concat()));
    let share = |folder: &str, n: u8| place.out(&format!("{folder}/share-{n}.key"));
    let [_, cases] = place.urls();
    let refreshed = with_passphrase(&[
        "keys",
        "refresh",
        &share("new", 3),
        &share("new", 1),
        "--out",
        &place.out("anew"),
        "--cases",
        &cases,
    ]);
    done(&refreshed);
    let proved = with_passphrase(&["keys", "prove", &share("anew", 1), &share("anew", 2)]);
    done(&proved);
    assert!(text(&proved.stderr).contains("1 of before"), "{proved:?}");
    // The log's own key, the rotation, the new shares.
    let head = run(&["audit", "head", "--cases", &cases]);
    assert!(done(&head).starts_with("2:"), "{head:?}");
    done(&run(&["audit", "verify", "--cases", &cases]));
}

#[test]
fn what_the_old_key_is_needed_for_is_told() {
    let place = Place::new();
    // The service has run once, so the case files have a secret under the old key.
    let [_, cases] = place.urls();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let old = place.identity("old");
    runtime.block_on(async {
        let cases = service::stores::case_files(&cases.parse().unwrap())
            .await
            .unwrap();
        committee::keyring::Keyring::unseal(old, &*cases)
            .await
            .unwrap();
        cases.ping().await.unwrap();
    });
    let key = place.at("old/committee.key");
    done(&with_passphrase(&[
        "keys",
        "rotate",
        "--identity",
        path(&key),
        "--out",
        &place.out("new"),
    ]));
    let refused = place.run("retire", "new", &["--out", &place.out("last")]);
    assert!(
        failed(&refused).contains("1 records of the case files"),
        "{refused:?}"
    );
    assert!(!place.at("last").exists());
    done(&place.run("rotate", "new", &[]));
    done(&place.run("retire", "new", &["--out", &place.out("last")]));
}

#[test]
fn a_mistyped_store_is_no_empty_one_and_makes_no_key() {
    let place = Place::new();
    let key = place.at("old/committee.key");
    let [mailroom, _] = place.urls();
    let nowhere = format!("sqlite://{}", place.at("nowhere.db").display());
    let output = with_passphrase(&[
        "keys",
        "rotate",
        "--identity",
        path(&key),
        "--out",
        &place.out("new"),
        "--mailroom",
        &mailroom,
        "--cases",
        &nowhere,
    ]);
    assert!(failed(&output).contains("nowhere.db"));
    assert!(!place.at("new").exists() && !place.at("nowhere.db").exists());
}

#[test]
fn half_a_command_is_wrong_use() {
    let [mailroom, cases] = ["sqlite://m.db", "sqlite://c.db"];
    for arguments in [
        &["keys", "rotate"][..],
        &["keys", "rotate", "--identity", "x"],
        &[
            "keys",
            "rotate",
            "--identity",
            "x",
            "--out",
            "y",
            "--mailroom",
            mailroom,
        ],
        &[
            "keys",
            "rotate",
            "--identity",
            "x",
            "share-1.key",
            "--out",
            "y",
        ],
        &[
            "keys",
            "retire",
            "--identity",
            "x",
            "--mailroom",
            mailroom,
            "--cases",
            cases,
        ],
    ] {
        assert_eq!(run(arguments).status.code(), Some(2), "{arguments:?}");
    }
}
