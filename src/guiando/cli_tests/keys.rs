//! The committee's keys.

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
    assert!(matches!(
        open("otra"),
        Err(IdentityError::Protected(ProtectedError::WrongPassphrase))
    ));
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
