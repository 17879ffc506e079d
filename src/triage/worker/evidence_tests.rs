//! Files reach their case once and whole, wherever the worker is killed, and a file that is not whole
//! holds nothing up.

use opening::evidence::FileOpener;
use sealing::evidence::CHUNK_BYTES;
use sealing::{ChunkId, EvidenceItem};
use store::casefiles::{CaseFiles as _, CaseId, DocumentKind};
use store::mailroom::{IntakeMailroom as _, TriageMailroom as _};

use super::tests::{Moment, assert_nothing_waits, survive};
use super::{Agreed, Files, Worker};
use crate::documents::{EvidenceDocument, EvidenceFile, Wholeness, place};
use crate::testing::{House, story};

const STORY: &str = "Mi jefe me acosa y me pide favores sexuales a cambio de no reportarme.";

/// Bytes that differ along the file and between files.
fn content(seed: u8, length: usize) -> Vec<u8> {
    (0..length)
        .map(|at| seed.wrapping_add(u8::try_from((at / 7) % 251).unwrap()))
        .collect()
}

/// The only case.
pub(super) async fn case(house: &House) -> CaseId {
    let register = house.register().await;
    let [case] = register.as_slice() else {
        panic!("{} cases", register.len())
    };
    case.id
}

/// The lists of files of a case, opened.
pub(super) async fn lists(house: &House, case: CaseId) -> Vec<Vec<EvidenceFile>> {
    let wrap = house.cases.committee_wrap(case).await.unwrap().unwrap();
    let key = house.keyring.case_key(case, &wrap).unwrap();
    let documents = house.cases.documents(case).await.unwrap();
    documents
        .iter()
        .filter(|document| document.kind == DocumentKind::Evidence)
        .map(|document| {
            let place = place(case, document.id, document.kind, document.written_on);
            let list: EvidenceDocument = key.open(&place, &document.sealed).unwrap();
            list.files
        })
        .collect()
}

/// A file as it lies in its case.
async fn read(house: &House, case: CaseId, item: &EvidenceItem) -> Vec<u8> {
    let mut opener = FileOpener::new(item);
    let mut content = Vec::new();
    for id in item.chunk_ids() {
        let bytes = house.cases.case_chunk(case, id).await.unwrap().unwrap();
        content.extend_from_slice(&opener.open(&bytes).unwrap());
    }
    opener.finish().unwrap();
    content
}

async fn assert_no_chunk_is_left(house: &House, items: &[EvidenceItem], what: &str) {
    for id in items.iter().flat_map(EvidenceItem::chunk_ids) {
        let left = house.mailroom.chunk(id).await.unwrap();
        assert!(left.is_none(), "{what}: a chunk is left in the mailroom");
    }
}

#[tokio::test]
async fn files_reach_their_case_once_wherever_the_worker_is_killed() {
    let large = content(3, 9 * CHUNK_BYTES + 5);
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let what = format!("call {n}, {moment:?}");
            let house = House::new().await;
            let items = vec![
                house.hold("grande.pdf", &large).await,
                house.hold("vacía.pdf", b"").await,
            ];
            house.file_with(story(STORY), items.clone()).await;

            let killed = survive(&house, n, moment).await;

            let case = case(&house).await;
            let lists = lists(&house, case).await;
            let [list] = lists.as_slice() else {
                panic!("{what}: {} lists", lists.len())
            };
            let expected: Vec<_> = items
                .iter()
                .map(|item| EvidenceFile {
                    item: item.clone(),
                    wholeness: Wholeness::Whole,
                })
                .collect();
            assert_eq!(*list, expected, "{what}");
            assert!(read(&house, case, &items[0]).await == large, "{what}");
            assert!(read(&house, case, &items[1]).await.is_empty(), "{what}");
            assert_no_chunk_is_left(&house, &items, &what).await;
            assert_nothing_waits(&house, &what).await;
            if !killed {
                assert!(n >= 25, "only {n} calls were put to the test");
                break;
            }
        }
    }
}

#[tokio::test]
async fn files_of_a_message_reach_the_same_case_wherever_the_worker_is_killed() {
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let what = format!("call {n}, {moment:?}");
            let house = House::new().await;
            let first = house.hold("uno.pdf", b"one").await;
            let token = house.file_with(story(STORY), vec![first.clone()]).await;
            house.worker().round().await.unwrap();
            let second = house.hold("dos.pdf", b"two").await;
            house
                .write_with(&token, "Va otro archivo.", vec![second.clone()])
                .await;

            let killed = survive(&house, n, moment).await;

            let case = case(&house).await;
            let lists = lists(&house, case).await;
            assert_eq!(lists.len(), 2, "{what}");
            assert_eq!(read(&house, case, &first).await, b"one", "{what}");
            assert_eq!(read(&house, case, &second).await, b"two", "{what}");
            assert_eq!(house.register().await[0].messages, 1, "{what}");
            assert_no_chunk_is_left(&house, &[first, second], &what).await;
            assert_nothing_waits(&house, &what).await;
            if !killed {
                assert!(n >= 10, "only {n} calls were put to the test");
                break;
            }
        }
    }
}

/// The case does not wait for it, the list says so, and what there is of it is kept.
#[tokio::test]
async fn a_file_that_is_not_whole_is_listed_as_such() {
    let house = House::new().await;
    let long = content(1, 3 * CHUNK_BYTES);
    let whole = house.hold("entera.pdf", &long).await;
    let cut = house.hold("cortada.pdf", &long).await;
    let cut_ids: Vec<ChunkId> = cut.chunk_ids().collect();
    house.mailroom.remove_chunks(&cut_ids[1..2]).await.unwrap();
    let altered = house.hold("alterada.pdf", &long).await;
    let hit = altered.chunk_ids().nth(2).unwrap();
    let mut chunk = house.mailroom.chunk(hit).await.unwrap().unwrap();
    chunk.bytes[77] ^= 1;
    house.mailroom.remove_chunks(&[hit]).await.unwrap();
    let altered_chunk = chunk.clone();
    house.mailroom.put_chunks(&[chunk]).await.unwrap();
    let mut other = house.hold("otra.pdf", b"one").await;
    other.sha256 = whole.sha256;
    let items = vec![whole, cut, altered, other];
    let token = house.file_with(story(STORY), items.clone()).await;

    house.worker().round().await.unwrap();

    let case = case(&house).await;
    let lists = lists(&house, case).await;
    let told: Vec<_> = lists[0].iter().map(|file| file.wholeness).collect();
    assert_eq!(
        told,
        [
            Wholeness::Whole,
            Wholeness::Incomplete,
            Wholeness::Damaged,
            Wholeness::Damaged
        ]
    );
    assert!(read(&house, case, &items[0]).await == long);
    for (at, is_there) in [(0, true), (1, false), (2, true)] {
        let found = house.cases.case_chunk(case, cut_ids[at]).await.unwrap();
        assert_eq!(found.is_some(), is_there);
    }
    let kept = house.cases.case_chunk(case, hit).await.unwrap();
    assert!(kept == Some(altered_chunk.bytes), "kept as it came");
    assert_eq!(house.mailbox(&token).await.len(), 2, "the reply went out");
    assert_nothing_waits(&house, "not whole").await;
}

/// Somebody went back and sent the same files with another complaint.
#[tokio::test]
async fn one_file_may_come_with_two_complaints() {
    let house = House::new().await;
    let long = content(9, CHUNK_BYTES + 1);
    let item = house.hold("foto.pdf", &long).await;
    house.file_with(story(STORY), vec![item.clone()]).await;
    house.worker().round().await.unwrap();
    house.file_with(story(STORY), vec![item.clone()]).await;
    house.worker().round().await.unwrap();

    let register = house.register().await;
    assert_eq!(register.len(), 2);
    for entry in register {
        let lists = lists(&house, entry.id).await;
        assert_eq!(lists[0][0].wholeness, Wholeness::Whole);
        assert!(read(&house, entry.id, &item).await == long);
    }
}

/// Chunks were swept, or a hostile letter names what never came.
#[tokio::test]
async fn what_is_there_of_a_file_is_kept_however_much_is_missing_before_it() {
    let house = House::new().await;
    let long = content(5, 41 * CHUNK_BYTES);
    let item = house.hold("larga.pdf", &long).await;
    let ids: Vec<ChunkId> = item.chunk_ids().collect();
    let (lost, kept): (Vec<_>, Vec<_>) = ids.iter().partition(|id| {
        let at = ids.iter().position(|other| other == *id).unwrap();
        at < 20 || (25..40).contains(&at)
    });
    house.mailroom.remove_chunks(&lost).await.unwrap();
    house.file_with(story(STORY), vec![item.clone()]).await;

    house.worker().round().await.unwrap();

    let case = case(&house).await;
    assert_eq!(
        lists(&house, case).await[0][0].wholeness,
        Wholeness::Incomplete
    );
    for id in kept {
        let found = house.cases.case_chunk(case, id).await.unwrap();
        assert!(found.is_some(), "a chunk that came is lost");
    }
    assert_no_chunk_is_left(&house, &[item], "incomplete").await;
    assert_nothing_waits(&house, "incomplete").await;
}

/// Rounds of one worker until no files wait; says how many it took.
async fn rounds(worker: &Worker) -> usize {
    let mut rounds = 1;
    while worker.round().await.unwrap().more_waits {
        rounds += 1;
        assert!(rounds < 1_000, "it comes to no end");
    }
    rounds
}

/// Two batches, each letter with files, and one of them long: all are answered in the first round, and
/// the files follow, a few chunks a round.
#[tokio::test]
async fn no_reply_waits_for_a_file() {
    const PER_ROUND: u32 = 5;
    let house = House::new().await;
    let long = content(7, 12 * CHUNK_BYTES);
    let mut people = Vec::new();
    for n in 0..40 {
        let text = if n == 20 { &long[..] } else { b"corto" };
        let item = house.hold("archivo.pdf", text).await;
        people.push((
            house.file_with(story(STORY), vec![item.clone()]).await,
            item,
        ));
    }
    let worker = Worker {
        files: Files::new(PER_ROUND),
        agreed: Agreed::default(),
        ..house.worker()
    };

    let round = worker.round().await.unwrap();

    assert!(round.more_waits);
    for (token, _) in &people {
        assert_eq!(house.mailbox(token).await.len(), 2, "a reply waits");
    }
    let moved = usize::try_from(round.admitted).unwrap();
    assert!(moved <= 5, "{moved} files were moved in one round");
    let mut done = round;
    let mut last = round;
    while last.more_waits {
        last = worker.round().await.unwrap();
        assert!(last.admitted <= u64::from(PER_ROUND));
        done += last;
    }
    assert_eq!(done.admitted, 40, "each counts once");
    for (token, item) in &people {
        let hash = house.keyring.hash(token.lookup_id());
        let case = house.cases.case_of(hash).await.unwrap().unwrap().id;
        let lists = lists(&house, case).await;
        assert_eq!(lists.len(), 1);
        assert_eq!(lists[0][0].wholeness, Wholeness::Whole);
        read(&house, case, item).await;
    }
    assert_nothing_waits(&house, "moved").await;
}

/// What it names is looked for a round at a time, and nobody's reply or file is held up for good.
#[tokio::test]
async fn a_letter_that_names_what_never_came_holds_up_no_reply() {
    let house = House::new().await;
    let mut item = house.hold("nada.pdf", b"").await;
    item.bytes = EvidenceItem::MOST_BYTES / 512;
    house.file_with(story(STORY), vec![item]).await;
    let worker = house.worker();
    let first = worker.round().await.unwrap();
    assert!(first.more_waits);

    let honest = house.hold("uno.pdf", b"one").await;
    let token = house.file_with(story(STORY), vec![honest.clone()]).await;
    worker.round().await.unwrap();
    assert_eq!(house.mailbox(&token).await.len(), 2, "the reply waits");

    rounds(&worker).await;
    let hash = house.keyring.hash(token.lookup_id());
    let case = house.cases.case_of(hash).await.unwrap().unwrap().id;
    assert_eq!(read(&house, case, &honest).await, b"one");
    assert_nothing_waits(&house, "never came").await;
}

/// Another process goes on: it begins the file again, and finds what is copied.
#[tokio::test]
async fn a_file_that_was_left_half_way_is_taken_up_by_another_worker() {
    let house = House::new().await;
    let long = content(2, 9 * CHUNK_BYTES);
    let item = house.hold("larga.pdf", &long).await;
    house.file_with(story(STORY), vec![item.clone()]).await;
    let first = Worker {
        files: Files::new(4),
        agreed: Agreed::default(),
        ..house.worker()
    };
    assert!(first.round().await.unwrap().more_waits);
    assert!(first.round().await.unwrap().more_waits);
    drop(first);

    rounds(&house.worker()).await;

    let case = case(&house).await;
    assert_eq!(lists(&house, case).await[0][0].wholeness, Wholeness::Whole);
    assert!(read(&house, case, &item).await == long);
    assert_no_chunk_is_left(&house, &[item], "half way").await;
    assert_nothing_waits(&house, "half way").await;
}
