//! The last resort.

use opening::PersonIdentity;
use opening::recovery::RecoveryHolders;

use committee::keyring::Keyring;
use committee::places;
use opening::{CaseKey, case_ring};
use ring::rand::SystemRandom;
use store::rings::{NewAccess, StoredRing};

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

/// Case files with one case, whose key is in pieces for all holders of a list but the last one.
fn case_files(url: &str, list: &RecoveryHolders) -> CaseId {
    let mut admission = records::admission(1, Folio::new(2026, 42).unwrap());
    let case = admission.case.id;
    let key = CaseKey::generate();
    let (random, recipient) = (SystemRandom::new(), key.public_key());
    let recused = &list.holders().last().unwrap().name;
    let recovery = list
        .split(
            &key,
            |holder| holder.name != *recused,
            &places::recovery(case, &recipient),
            &random,
        )
        .unwrap();
    let ring = case_ring::seal_ring(&key, &[], &places::ring(case, &recipient), &random).unwrap();
    admission.case.recipient = recipient;
    admission.case.access = NewAccess::Members {
        circle: vec![0; 4096],
        ring,
        recovery,
    };
    let admitted = in_store(url, async |cases| cases.admit(&admission).await.unwrap());
    assert_eq!(admitted, Admitted::Now);
    case
}

fn in_store<T>(
    url: &str,
    work: impl AsyncFnOnce(std::sync::Arc<dyn store::casefiles::CaseFiles>) -> T,
) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let cases = service::stores::case_files(&url.parse().unwrap()).await;
        work(cases.unwrap()).await
    })
}

#[test]
fn enough_holders_open_a_case_to_a_member_and_to_nobody_else() {
    let folder = tempdir().unwrap();
    let out = folder.path().join("recovery");
    done(&recovery(&out, "2", &["Ana Ruiz", "Luz Paz", "Raúl Gil"]));
    let list: RecoveryHolders = fs::read_to_string(out.join("recovery.pub"))
        .unwrap()
        .parse()
        .unwrap();
    let url = format!("sqlite://{}", folder.path().join("cases.db").display());
    let case = case_files(&url, &list);
    let rings = || -> Vec<StoredRing> {
        in_store(&url, async |cases| {
            cases.access(case).await.unwrap().unwrap().rings
        })
    };
    let before = rings();
    let member = PersonIdentity::generate();
    let to = member.recipient().to_string();
    let recover = |folio: &str, numbers: &[u8]| {
        let files: Vec<_> = numbers
            .iter()
            .map(|number| out.join(format!("holder-{number}.key")))
            .collect();
        guiando(&[
            "keys", "recover", "--cases", &url, "--case", folio, "--to", &to,
        ])
        .args(&files)
        .env("GUIANDO_PASSPHRASE", HOLDER)
        .output()
        .unwrap()
    };
    assert!(failed(&recover("CE-2026-000042", &[2])).contains("it takes 2 holders"));
    let recused = recover("CE-2026-000042", &[1, 2, 3]);
    assert!(failed(&recused).contains("holder-3.key"), "{recused:?}");
    assert!(failed(&recover("CE-2026-000043", &[1, 2])).contains("no such case"));
    assert_eq!(rings(), before);

    assert_eq!(done(&recover("CE-2026-000042", &[2, 1])), "");
    let [ring] = rings().try_into().unwrap();
    let place = places::ring(case, &ring.recipient);
    let key = case_ring::open_ring(&ring.ring, &member, &place).unwrap();
    assert_eq!(key.public_key(), ring.recipient);
}

/// Case files that a service has begun, and the committee's key in a file.
fn begun(folder: &Path) -> (String, std::path::PathBuf, CommitteeIdentity) {
    let url = format!("sqlite://{}", folder.join("cases.db").display());
    let identity = CommitteeIdentity::generate();
    in_store(&url, async |cases| {
        Keyring::unseal(identity.clone(), &*cases).await.unwrap()
    });
    let key = folder.join("committee.key");
    let protected = identity.to_protected(Passphrase::from(HOLDER.to_owned()));
    fs::write(&key, protected.unwrap()).unwrap();
    (url, key, identity)
}

#[test]
fn the_committee_confirms_who_holds_the_pieces_and_recovers_for_nobody_else() {
    let folder = tempdir().unwrap();
    let (url, key, identity) = begun(folder.path());
    let [ours, theirs] = ["ours", "theirs"].map(|name| folder.path().join(name));
    done(&recovery(&ours, "2", &["Ana Ruiz", "Luz Paz", "Raúl Gil"]));
    done(&recovery(
        &theirs,
        "2",
        &["Ana Ruiz", "Luz Paz", "Saturnino Gil"],
    ));
    let with_key = |arguments: &[&str]| {
        guiando(arguments)
            .args(["--cases", &url, "--identity", path(&key)])
            .env("GUIANDO_PASSPHRASE", HOLDER)
            .output()
            .unwrap()
    };
    let list = ours.join("recovery.pub");
    let confirmed = with_key(&["keys", "confirm", "--recovery", path(&list)]);
    assert_eq!(done(&confirmed), "");
    let told = text(&confirmed.stderr);
    let written = fs::read_to_string(&list).unwrap();
    let expected: RecoveryHolders = written.parse().unwrap();
    for holder in expected.holders() {
        let line = format!("{}  {}", holder.recipient.key_id(), holder.name);
        assert!(told.contains(&line), "{told}");
    }
    let in_force = || {
        in_store(&url, async |cases| {
            let keyring = Keyring::unseal(identity.clone(), &*cases).await.unwrap();
            keyring.holders().as_deref().cloned()
        })
    };
    assert_eq!(in_force(), Some(expected));
    let log = with_key(&["audit", "export", "--format", "json"]);
    assert!(
        done(&log).contains("\"RECOVERY_CONFIRMED\",\"count\":3"),
        "{log:?}"
    );

    // The machine on which a case is recovered may have another file.
    let case = case_files(&url, &in_force().unwrap());
    let recover = |list: &Path| {
        let holders = [1, 2].map(|number| ours.join(format!("holder-{number}.key")));
        guiando(&["keys", "recover", "--case", "CE-2026-000042", "--recovery"])
            .arg(list)
            .args(["--cases", &url, "--identity", path(&key)])
            .args(holders)
            .env("GUIANDO_PASSPHRASE", HOLDER)
            .output()
            .unwrap()
    };
    let before = in_store(&url, async |cases| cases.access(case).await.unwrap());
    let refused = recover(&theirs.join("recovery.pub"));
    assert!(failed(&refused).contains("not the list that the committee confirmed"));
    let after = in_store(&url, async |cases| cases.access(case).await.unwrap());
    assert_eq!(after, before);

    done(&with_key(&["keys", "confirm", "--nobody"]));
    assert_eq!(in_force(), None);
    let nothing = with_key(&["keys", "confirm"]);
    assert_eq!(nothing.status.code(), Some(2));
}
