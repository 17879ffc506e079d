//! A case that no member can open any more, and the holders who open it again.

use journeys::{Engine, House};
use opening::PersonIdentity;

use super::asking::{file_of, is_hidden, reads};
use super::seats::Committee;
use super::{NARRATIVE, file_about_a_member, folio};

/// A path in the house as an argument.
fn at(house: &House, inside: &str) -> String {
    house.path(inside).to_string_lossy().into_owned()
}

/// `guiando keys recover` for a case, by two of the three holders.
fn recover(house: &House, folio: &str, how: &[&str]) {
    let holders = [1, 3].map(|number| at(house, &format!("keys/holder-{number}.key")));
    let command = ["keys", "recover", "--cases", house.cases(), "--case", folio];
    let [first, second] = &holders;
    let done = house.guiando(&[&command[..], how, &[first, second]].concat());
    assert!(done.status.success(), "{done:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_holders_of_the_last_resort_give_a_case_back_to_whom_it_may_concern() {
    let mut house = House::build_with_shares(Engine::Sqlite, 2, 3);
    let keys = at(&house, "keys");
    let names = ["Gema Ruelas Ancona", "Luz Paz Mora", "Hilario Tamez Osuna"];
    let mut command = vec!["keys", "recovery", "--out", &keys, "--threshold", "2"];
    for name in names {
        command.extend(["--holder", name]);
    }
    let made = house.guiando(&command);
    assert!(made.status.success(), "{made:?}");
    house.start_intake().await;
    house.start_triage().await;
    let (desk, person) = (house.desk(), house.person());
    // The service was started with the list, and believes it once the committee has confirmed it.
    let list = at(&house, "keys/recovery.pub");
    let shares = [2, 3].map(|number| at(&house, &format!("keys/share-{number}.key")));
    let [first, second] = &shares;
    let confirm = ["keys", "confirm", "--cases", house.cases(), "--recovery"];
    let confirmed = house.guiando(&[&confirm[..], &[&list, first, second]].concat());
    assert!(confirmed.status.success(), "{confirmed:?}");
    let founding = desk.unseal(&house, "keys", &[1, 3]).await;
    let founding = founding.expect("there are no members yet");
    let mut committee = Committee::found(&desk, &founding).await;
    let filed = file_about_a_member(&person).await;
    let number = folio(&house, &filed).await;
    let presidencia = desk.sign_in(&mut committee.presidencia).await;
    reads(&desk, &presidencia, &number, NARRATIVE).await;
    let file = file_of(&desk, &presidencia, &number).await;

    // The copies of all members are gone: the case is there, and opens for none of them.
    let nobody = PersonIdentity::generate().recipient().to_string();
    recover(&house, &number, &["--to", &nobody]);
    let page = desk.get(&format!("/casos/{number}"), &presidencia).await;
    assert_ne!(page.status, 200);
    assert!(!page.text().contains(NARRATIVE));

    // With the committee's key, the holders give it back to those who may open it, and to no one else.
    let how = ["--recovery", &list, "--share", first, "--share", second];
    recover(&house, &number, &how);
    let suplente = desk.sign_in(&mut committee.suplente).await;
    for member in [&presidencia, &suplente] {
        reads(&desk, member, &number, NARRATIVE).await;
    }
    let accused = desk.sign_in(&mut committee.tecnica).await;
    is_hidden(&desk, &accused, &number, &file).await;
    let sound = house.guiando(&["audit", "verify", "--cases", house.cases()]);
    assert!(sound.status.success(), "{sound:?}");
}
