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
    let announcements = sealing::AnnouncementKey::named_in(&public).unwrap();

    let protected = fs::read(folder.path().join("committee.key")).unwrap();
    let open = |passphrase: &str| {
        CommitteeIdentity::from_protected(&protected, Passphrase::from(passphrase.to_owned()))
    };
    assert_eq!(
        open("larga y secreta").unwrap().key_id(),
        recipients.key_id()
    );
    let own = open("larga y secreta").unwrap().own();
    assert_eq!(announcements, Some(own.announcer().key()));
    let proved = guiando(&["keys", "prove", "--identity"])
        .arg(folder.path().join("committee.key"))
        .env("GUIANDO_PASSPHRASE", "larga y secreta")
        .output()
        .unwrap();
    done(&proved);
    assert_names_announcements(folder.path(), text(&proved.stderr));
    assert!(matches!(
        open("otra"),
        Err(IdentityError::Protected(ProtectedError::WrongPassphrase))
    ));
}

#[test]
fn a_weak_passphrase_is_told_to_be_weak() {
    let folder = tempdir().unwrap();
    for (name, passphrase, is_weak) in [
        ("one", "comite2026", true),
        ("two", "larga y secreta", false),
    ] {
        let output = generate(&folder.path().join(name), passphrase);
        done(&output);
        let told = text(&output.stderr);
        assert_eq!(told.contains("warning"), is_weak, "{told}");
        assert!(!told.contains(passphrase));
    }
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

mod shares {
    use super::*;

    const HOLDER: &str = "la frase de cada integrante";

    fn split(out: &Path, threshold: &str, members: &str) -> Output {
        guiando(&["keys", "generate", "--out", path(out)])
            .args(["--threshold", threshold, "--members", members])
            .env("GUIANDO_PASSPHRASE", HOLDER)
            .output()
            .unwrap()
    }

    /// A command on the shares of these numbers in a folder.
    fn with_shares(command: &str, folder: &Path, numbers: &[u8], more: &[&str]) -> Output {
        let files: Vec<_> = numbers
            .iter()
            .map(|number| folder.join(format!("share-{number}.key")))
            .collect();
        guiando(&["keys", command])
            .args(&files)
            .args(more)
            .env("GUIANDO_PASSPHRASE", HOLDER)
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

    fn key_id(folder: &Path) -> String {
        let public = fs::read_to_string(folder.join("committee.pub")).unwrap();
        public.parse::<Recipients>().unwrap().key_id().to_string()
    }

    #[test]
    fn enough_of_them_prove_the_key_and_one_less_does_not() {
        let folder = tempdir().unwrap();
        let keys = folder.path().join("keys");
        done(&split(&keys, "2", "3"));
        assert_eq!(
            names(&keys),
            ["committee.pub", "share-1.key", "share-2.key", "share-3.key"]
        );
        let mode = fs::metadata(keys.join("share-2.key"))
            .unwrap()
            .permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);

        let proved = with_shares("prove", &keys, &[3, 1], &[]);
        assert_eq!(done(&proved), "");
        let told = text(&proved.stderr);
        assert!(
            told.contains(&key_id(&keys)) && told.contains("2 of 3"),
            "{told}"
        );
        assert_names_announcements(&keys, told);
        assert_eq!(names(folder.path()), ["keys"], "nothing is stored");

        let too_few = with_shares("prove", &keys, &[2], &[]);
        assert!(failed(&too_few).contains("1 of the 2"), "{too_few:?}");
        let twice = with_shares("prove", &keys, &[2, 2], &[]);
        assert!(failed(&twice).contains("share-2.key"), "{twice:?}");
    }

    #[test]
    fn new_shares_of_the_same_key_go_with_none_of_the_old_ones() {
        let folder = tempdir().unwrap();
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        done(&split(&old, "2", "2"));
        let out = ["--out", path(&new), "--threshold", "2", "--members", "3"];
        done(&with_shares("refresh", &old, &[1, 2], &out));
        assert_eq!(key_id(&new), key_id(&old));
        done(&with_shares("prove", &new, &[2, 3], &[]));

        let mixed = guiando(&["keys", "prove"])
            .args([old.join("share-1.key"), new.join("share-2.key")])
            .env("GUIANDO_PASSPHRASE", HOLDER)
            .output()
            .unwrap();
        assert!(failed(&mixed).contains("new/share-2.key"));
        // The same quorum, unless another is asked for; and never over what is there.
        let again = folder.path().join("again");
        done(&with_shares(
            "refresh",
            &new,
            &[1, 3],
            &["--out", path(&again)],
        ));
        assert_eq!(names(&again).len(), 4);
        let over = with_shares("refresh", &new, &[1, 3], &["--out", path(&old)]);
        assert!(failed(&over).contains("overwritten"));
    }

    #[test]
    fn a_key_that_cannot_be_opened_by_losing_one_share_is_told_of() {
        let folder = tempdir().unwrap();
        let all = split(&folder.path().join("all"), "2", "2");
        done(&all);
        assert!(text(&all.stderr).contains("every share is needed"));
        let some = split(&folder.path().join("some"), "2", "3");
        assert!(!text(&some.stderr).contains("every share is needed"));
    }

    #[test]
    fn numbers_that_make_no_quorum_are_wrong_use_and_write_nothing() {
        let folder = tempdir().unwrap();
        let out = folder.path().join("keys");
        for (threshold, members) in [("1", "3"), ("4", "3"), ("2", "31"), ("0", "0"), ("x", "3")] {
            let output = split(&out, threshold, members);
            assert_eq!(output.status.code(), Some(2), "{threshold} of {members}");
            assert!(!out.exists());
        }
        let half = run(&["keys", "generate", "--out", path(&out), "--threshold", "2"]);
        assert_eq!(half.status.code(), Some(2));
    }

    #[test]
    fn a_passphrase_that_is_another_names_the_file() {
        let folder = tempdir().unwrap();
        done(&split(folder.path(), "2", "2"));
        let output = guiando(&["keys", "prove"])
            .arg(folder.path().join("share-1.key"))
            .env("GUIANDO_PASSPHRASE", "otra")
            .output()
            .unwrap();
        let told = failed(&output);
        assert!(
            told.contains("share-1.key") && told.contains("passphrase"),
            "{told}"
        );
    }
}

/// What a proof tells is how `committee.pub` names the key of the announcements.
fn assert_names_announcements(keys: &Path, told: &str) {
    let public = fs::read_to_string(keys.join("committee.pub")).unwrap();
    let named = sealing::AnnouncementKey::named_in(&public).unwrap();
    assert!(named.is_some());
    assert_eq!(sealing::AnnouncementKey::named_in(told).unwrap(), named);
}

fn renew(file: &Path) -> Output {
    guiando(&["keys", "form", "--out", path(file)])
        .output()
        .unwrap()
}

#[test]
fn a_form_key_is_put_before_the_last_one_and_older_ones_go() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("form.key");
    let lines = || -> Vec<String> {
        let text = fs::read_to_string(&file).unwrap();
        text.lines().map(str::to_owned).collect()
    };
    let mut before: Vec<String> = Vec::new();
    for _ in 0..3 {
        let output = renew(&file);
        assert_eq!(done(&output), "");
        let after = lines();
        assert!(!text(&output.stderr).contains(&after[0]));
        assert_eq!(after[0].len(), 43, "32 bytes in base64url");
        assert_ne!(Some(&after[0]), before.first());
        assert_eq!(after[1..], before[..before.len().min(1)]);
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        before = after;
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing half written lies beside it");
}

#[test]
fn what_holds_no_form_keys_or_is_open_to_others_is_left_as_it_is() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("form.key");
    done(&renew(&file));
    let key = fs::read_to_string(&file).unwrap();
    for (content, mode, told) in [
        ("", 0o600, "holds something else"),
        ("una nota", 0o600, "holds something else"),
        (&format!("{key}una nota\n"), 0o600, "holds something else"),
        (&key, 0o640, "can be read by others"),
    ] {
        fs::write(&file, content).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let output = renew(&file);
        assert!(failed(&output).contains(told), "{content}");
        assert_eq!(fs::read_to_string(&file).unwrap(), content);
    }
    assert!(failed(&renew(folder.path())).contains("holds something else"));
}
