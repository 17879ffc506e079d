use std::sync::Arc;

use domain::attention::{AttentionId, AttentionRefused, Channel, Done, Entered, Subject};
use domain::committee::MemberId;
use domain::complaint::{SecretText, ShortText};
use jiff::civil::{Date, date};
use opening::CommitteeIdentity;
use store::records::Records as _;
use store_sqlite::SqliteCaseFiles;
use tempfile::TempDir;

use super::*;

const TODAY: Date = date(2026, 3, 4);

struct Files {
    cases: Arc<SqliteCaseFiles>,
    keyring: Keyring,
    _folder: TempDir,
}

async fn files() -> Files {
    let folder = TempDir::new().unwrap();
    let address = format!("sqlite://{}", folder.path().join("cases.db").display());
    let cases = Arc::new(SqliteCaseFiles::open(&address).await.unwrap());
    let identity = CommitteeIdentity::generate();
    let keyring = Keyring::unseal(identity, &*cases).await.unwrap();
    Files {
        cases,
        keyring,
        _folder: folder,
    }
}

fn attention(id: u8, note: &str) -> Attention {
    let what = Entered {
        on: TODAY,
        channel: Channel::Phone,
        subject: Subject::Orientation,
        done: Done::Explained,
        ooad: None,
        umae: None,
        risk: None,
        note: Some(ShortText::parse(SecretText::from(note.to_owned())).unwrap()),
    };
    Attention::enter(AttentionId([id; 16]), what, MemberId([7; 16]), TODAY).unwrap()
}

/// A step that fails in its own way.
#[derive(Debug, thiserror::Error)]
enum StepError {
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    #[error(transparent)]
    Refused(#[from] AttentionRefused),
}

async fn withdraw(shelf: Shelf<'_>, id: RecordId) -> Result<Option<Attention>, StepError> {
    shelf
        .step(id, |one: &Attention| Ok(one.withdraw(TODAY)?))
        .await
}

#[tokio::test]
async fn a_record_reads_back_and_its_id_is_taken_once() {
    let files = files().await;
    let shelf = Shelf::new(&*files.cases, &files.keyring);
    let one = attention(1, "Preguntó por el plazo.");
    assert!(shelf.add(&one).await.unwrap());
    assert!(!shelf.add(&attention(1, "Otra.")).await.unwrap());
    let all = shelf.all::<Attention>().await.unwrap();
    assert_eq!(all, std::slice::from_ref(&one));
    let found = shelf.find::<Attention>(one.record_id()).await.unwrap();
    assert_eq!(found, Some(one));
    let other = shelf.find::<Attention>(RecordId([2; 16])).await.unwrap();
    assert_eq!(other, None);
}

#[tokio::test]
async fn the_longest_note_tells_nothing_by_its_length() {
    let files = files().await;
    let shelf = Shelf::new(&*files.cases, &files.keyring);
    shelf.add(&attention(1, "x")).await.unwrap();
    shelf.add(&attention(2, &"🙂".repeat(300))).await.unwrap();
    shelf.add(&attention(3, &"\"".repeat(300))).await.unwrap();
    let rows = files.cases.records(RecordKind::Attention).await.unwrap();
    for row in rows {
        assert_eq!(row.sealed.len(), Attention::SIZE);
        assert!(!String::from_utf8_lossy(&row.sealed).contains("TELEFONO"));
    }
}

#[tokio::test]
async fn a_record_that_lies_at_another_place_does_not_open() {
    let files = files().await;
    let shelf = Shelf::new(&*files.cases, &files.keyring);
    shelf.add(&attention(1, "x")).await.unwrap();
    let rows = files.cases.records(RecordKind::Attention).await.unwrap();
    let moved = RecordId([9; 16]);
    let put = files
        .cases
        .put_record(RecordKind::Attention, moved, None, &rows[0].sealed);
    assert!(put.await.unwrap());
    let found = shelf.find::<Attention>(moved).await;
    assert!(matches!(found, Err(ShelfError::Open(_))), "{found:?}");
}

#[tokio::test]
async fn of_many_who_take_a_step_one_takes_it() {
    let files = files().await;
    let shelf = Shelf::new(&*files.cases, &files.keyring);
    let one = attention(1, "x");
    shelf.add(&one).await.unwrap();
    let id = one.record_id();
    let all = futures_util::future::join_all((0..20).map(|_| withdraw(shelf, id))).await;
    let taken = all.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(taken, 1);
    assert!(withdraw(shelf, RecordId([2; 16])).await.unwrap().is_none());
}

#[tokio::test]
async fn a_name_is_the_same_each_time_and_another_for_each_thing() {
    let files = files().await;
    let name = files.keyring.name_of("meeting ORDINARIA 2026 1");
    assert_eq!(name, files.keyring.name_of("meeting ORDINARIA 2026 1"));
    assert_ne!(name, files.keyring.name_of("meeting ORDINARIA 2026 2"));
}
