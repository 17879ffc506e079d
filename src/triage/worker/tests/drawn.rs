//! Whether a proposal is hidden is drawn once, whatever breaks.

use store::casefiles::{CaseFiles as _, DocumentKind};
use store::mailroom::TriageMailroom as _;

use super::STORY;
use super::frail::{Moment, frail};
use crate::documents::{ProposalDocument, place};
use crate::testing::{House, story};
use crate::worker::{HiddenShare, Worker};

/// What is sealed of the one proposal of a case.
async fn proposal(house: &House) -> ProposalDocument {
    let case = house.register().await.remove(0).id;
    let wrap = house.cases.committee_wrap(case).await.unwrap().unwrap();
    let key = house.keyring.case_key(case, &wrap).unwrap();
    let documents = house.cases.documents(case).await.unwrap();
    let mut proposals = documents
        .iter()
        .filter(|document| document.kind == DocumentKind::Proposal);
    let document = proposals.next().unwrap();
    assert!(proposals.next().is_none(), "one proposal of a case");
    let place = place(case, document.id, document.kind, document.written_on);
    key.open(&place, &document.sealed).unwrap()
}

/// A round that is killed between what was proposed and the end of its complaint comes by again, and draws in
/// vain.
#[tokio::test]
async fn a_second_draw_changes_nothing_wherever_a_round_is_killed() {
    let mut again = 0;
    for n in 0.. {
        let house = House::new().await;
        house.file(story(STORY)).await;
        let first = Worker {
            hidden: HiddenShare::ALL,
            ..frail(&house, n, Moment::After)
        };
        let was_killed = first.round().await.is_err();
        let entries = house.register().await;
        let drawn = entries.into_iter().find_map(|entry| entry.classification);
        let key = house.keyring.key_id();
        let waiting = house.mailroom.waiting(key, None, 1).await.unwrap();
        let second = Worker {
            hidden: HiddenShare::NONE,
            ..house.worker()
        };
        second.round().await.unwrap();
        let now = house.register().await.remove(0).classification;
        assert_eq!(proposal(&house).await.hidden, drawn.is_some(), "call {n}");
        match drawn {
            Some(drawn) => {
                assert!(drawn.is_hidden(), "call {n}");
                assert_eq!(now, Some(drawn), "call {n}");
                again += usize::from(was_killed && !waiting.is_empty());
            }
            None => assert!(!now.unwrap().is_hidden(), "call {n}"),
        }
        if !was_killed {
            break;
        }
    }
    assert!(again > 0, "no complaint came by again");
}
