//! The last resort.

use opening::PersonIdentity;
use opening::recovery::RecoveryHolders;

use super::*;

const HOLDER: &str = "la frase de quien guarda";

fn recovery(out: &Path, threshold: &str, holders: &[&str]) -> Output {
    let mut arguments = vec![
        "keys",
        "recovery",
        "--out",
        path(out),
        "--threshold",
        threshold,
    ];
    for holder in holders {
        arguments.extend(["--holder", holder]);
    }
    guiando(&arguments)
        .env("GUIANDO_PASSPHRASE", HOLDER)
        .output()
        .unwrap()
}

#[test]
fn each_holder_gets_a_key_and_the_list_names_them() {
    let folder = tempdir().unwrap();
    let out = folder.path().join("recovery");
    let names = ["Ana Ruiz Peña", "Luz Paz", "Raúl Gil"];
    done(&recovery(&out, "2", &names));
    let list: RecoveryHolders = fs::read_to_string(out.join("recovery.pub"))
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(list.quorum().to_string(), "2 of 3");
    for ((holder, name), number) in list.holders().iter().zip(names).zip(1..) {
        assert_eq!(holder.name, name);
        let file = out.join(format!("holder-{number}.key"));
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let passphrase = Passphrase::from(HOLDER.to_owned());
        let key = PersonIdentity::from_protected(&fs::read(file).unwrap(), passphrase).unwrap();
        assert_eq!(key.recipient(), holder.recipient);
    }
    let again = recovery(&out, "2", &names);
    assert!(failed(&again).contains("overwritten"));
}

#[test]
fn numbers_and_names_that_make_no_list_are_wrong_use() {
    let folder = tempdir().unwrap();
    let out = folder.path().join("recovery");
    for (threshold, holders) in [
        ("1", &["Ana Ruiz", "Luz Paz"][..]),
        ("3", &["Ana Ruiz", "Luz Paz"]),
        ("2", &["Ana Ruiz", " "]),
        ("2", &["Ana Ruiz", "Luz\nPaz"]),
        ("2", &[]),
    ] {
        let output = recovery(&out, threshold, holders);
        assert_eq!(output.status.code(), Some(2), "{threshold} of {holders:?}");
        assert!(!out.exists());
    }
}
