//! Writing, reading, and what is noticed while it runs.

use domain::case::Folio;
use domain::committee::{Act, Seat, ShownGround, Term};
use futures_util::future::join_all;

use super::*;
use crate::members::Detail;

#[tokio::test]
async fn what_is_written_is_read_by_the_committee_and_by_nobody_else() {
    let keys = Keys::new().await;
    let ring = keys.ring(&keys.identity).await;
    let paper = Arc::new(Paper::default());
    let book = Logbook::new(paper.clone());
    let folio = Folio::new(2026, 123).unwrap();
    let recorder = book.recorder(&ring, Actor::Member(member(1)), now());
    recorder.signed_in().await.unwrap();
    recorder.case_opened(folio).await.unwrap();
    let read = book.read(&ring, <[Opened]>::to_vec).await.unwrap();
    let [first, signed_in, opened] = read.as_slice() else {
        panic!("{read:?}");
    };
    assert_eq!(first.content, Content::Key(Logbook::key(&ring)));
    let at = "2026-03-02T16:00:00Z".parse().unwrap();
    let actor = Actor::Member(member(1));
    assert_eq!(
        signed_in.content,
        Content::Act(Entry::new(at, actor, Event::SignedIn))
    );
    assert_eq!(
        opened.content,
        Content::Act(Entry {
            case: Some(folio),
            ..Entry::new(at, actor, Event::CaseOpened)
        })
    );
    for entry in paper.entries() {
        assert_eq!(entry.sealed.len(), 1024);
    }
    let stranger = keys.ring_of_a_stranger().await;
    let other = Logbook::new(paper.clone());
    assert!(matches!(
        other.read(&stranger, <[Opened]>::len).await,
        Err(LogError::Foreign { position: 0 })
    ));
    let stranger = other.recorder(&stranger, Actor::Service, now());
    assert!(matches!(
        stranger.signed_in().await,
        Err(LogError::Foreign { position: 2 })
    ));
}

#[tokio::test]
async fn the_fullest_entry_fits() {
    let keys = Keys::new().await;
    let ring = keys.ring(&keys.identity).await;
    let book = Logbook::new(Arc::new(Paper::default()));
    let excluded: Vec<_> = (0..32).map(member).collect();
    assert_eq!(excluded.len(), Members::MOST);
    let full = Entry {
        case: Folio::new(9999, 999_999),
        subject: Some(member(255)),
        act: Some(Act::DeclareConflict),
        ground: Some(ShownGround::Denounced),
        count: Some(u32::MAX),
        from: Some(jiff::civil::Date::MAX),
        kept_from: Members::new(excluded),
        ..Entry::new(now(), Actor::Member(member(255)), Event::MembershipEnded)
    };
    book.append(&ring, &full).await.unwrap();
    let read = book.read(&ring, <[Opened]>::to_vec).await.unwrap();
    let Content::Act(entry) = &read[1].content else {
        panic!("{read:?}");
    };
    assert_eq!(
        entry,
        &Entry {
            at: entry.at,
            ..full
        }
    );
}

#[tokio::test]
async fn the_fullest_change_of_a_member_fits() {
    let keys = Keys::new().await;
    let ring = keys.ring(&keys.identity).await;
    let book = Logbook::new(Arc::new(Paper::default()));
    let day = jiff::civil::Date::MAX;
    let term = Term {
        from: day,
        until: Some(day),
    };
    let full = Entry {
        subject: Some(member(255)),
        amended: Some(Amended {
            name: true,
            unit: true,
            seat: Some([Seat::SecretariaEjecutiva, Seat::RepresentacionOic]),
            stands_in_for: Some([Some(member(1)), Some(member(2))]),
            term: Some([term, term]),
            agreement_on: Some([Some(day), Some(day)]),
        }),
        ..Entry::new(now(), Actor::Member(member(255)), Event::MemberAmended)
    };
    book.append(&ring, &full).await.unwrap();
    let read = book.read(&ring, <[Opened]>::to_vec).await.unwrap();
    let Content::Act(entry) = &read[1].content else {
        panic!("{read:?}");
    };
    assert_eq!(entry.amended, full.amended);
    assert_eq!(entry.amended.as_ref().unwrap().details(), Detail::ALL);
}

#[tokio::test]
async fn many_writers_make_one_chain() {
    let keys = Keys::new().await;
    let ring = keys.ring(&keys.identity).await;
    let paper = Arc::new(Paper::default());
    let books: Vec<_> = (0..4).map(|_| Logbook::new(paper.clone())).collect();
    let writes = books.iter().flat_map(|book| {
        (0..10).map(|_| {
            let recorder = book.recorder(&ring, Actor::Service, now());
            async move { recorder.service_sealed().await }
        })
    });
    for written in join_all(writes).await {
        written.unwrap();
    }
    let entries = paper.entries();
    assert_eq!(entries.len(), 41);
    assert_eq!(
        verdict(&entries, Some(Logbook::key(&ring)), None).faults,
        []
    );
}

#[tokio::test]
async fn the_log_is_read_after_the_old_key_is_given_up_and_nobody_signs_with_it() {
    let (paper, _) = written(9).await;
    assert_eq!(verdict(&paper.entries(), None, None).keys.len(), 3);
    let keys = Keys::new().await;
    let old = keys.ring(&keys.identity).await;
    let paper = Arc::new(Paper::default());
    let before = Logbook::new(paper.clone());
    let recorder = before.recorder(&old, Actor::Operator, now());
    recorder.service_opened(Some(3), 2).await.unwrap();

    let rotated = keys.identity.rotated().unwrap();
    let both = keys.ring(&rotated).await;
    let after = Logbook::new(paper.clone());
    let recorder = after.recorder(&both, Actor::Operator, now());
    recorder.key_rotated().await.unwrap();
    recorder.key_retired().await.unwrap();
    // A process that still has the old key alone does not write over it.
    let recorder = before.recorder(&old, Actor::Service, now());
    assert!(matches!(
        recorder.service_sealed().await,
        Err(LogError::Foreign { .. })
    ));

    let alone = keys.ring_without_older(&rotated).await;
    let book = Logbook::new(paper.clone());
    let read = book
        .read(&alone, |entries| {
            let acts = entries.iter().filter_map(|opened| match &opened.content {
                Content::Act(entry) => Some((entry.event, entry.count)),
                Content::Key(_) => None,
            });
            acts.collect::<Vec<_>>()
        })
        .await
        .unwrap();
    assert_eq!(
        read,
        [
            (Event::SharesRefused, Some(2)),
            (Event::ServiceOpened, Some(3)),
            (Event::KeyRotated, None),
            (Event::KeyRetired, None),
        ]
    );
    let recorder = book.recorder(&alone, Actor::Service, now());
    recorder.service_sealed().await.unwrap();
    let found = verdict(&paper.entries(), Some(Logbook::key(&alone)), None);
    assert_eq!(found.faults, []);
    assert_eq!(found.keys.len(), 2);
}

#[tokio::test]
async fn a_service_that_runs_notices_what_is_taken_away_and_writes_no_more() {
    type Change = fn(&mut Vec<StoredEntry>);
    let changes: [(Change, u64); 4] = [
        (Vec::clear, 0),
        (|entries| entries.truncate(2), 2),
        (|entries| entries[3].hash[0] ^= 1, 3),
        (
            |entries| {
                let mut again = entries[2].clone();
                entries.truncate(3);
                again.position = 3;
                entries.push(again);
            },
            3,
        ),
    ];
    for (change, at) in changes {
        let keys = Keys::new().await;
        let ring = keys.ring(&keys.identity).await;
        let paper = Arc::new(Paper::default());
        let book = Logbook::new(paper.clone());
        let recorder = book.recorder(&ring, Actor::Service, now());
        for _ in 0..3 {
            recorder.service_sealed().await.unwrap();
        }
        assert_eq!(book.head().await.unwrap().unwrap().position, 3);
        paper.change(change);
        let kept = paper.entries();
        for _ in 0..2 {
            assert!(matches!(
                recorder.service_sealed().await,
                Err(LogError::Changed { position }) if position == at
            ));
        }
        assert!(matches!(
            book.head().await,
            Err(LogError::Changed { position }) if position == at
        ));
        assert!(book.read(&ring, <[Opened]>::len).await.is_err());
        assert_eq!(paper.entries(), kept);
    }
}

#[tokio::test]
async fn a_service_that_starts_does_not_go_on_from_an_end_that_is_not_sound() {
    type Change = fn(&mut Vec<StoredEntry>);
    let changes: [Change; 4] = [
        |entries| {
            let mut again = entries[3].clone();
            again.position = 4;
            entries.push(again);
        },
        |entries| {
            // A key that was named once is not named again by copying.
            let mut again = entries[0].clone();
            again.position = 4;
            entries.push(again);
        },
        |entries| entries[3].sealed[500] ^= 1,
        |entries| drop(entries.remove(2)),
    ];
    for change in changes {
        let keys = Keys::new().await;
        let ring = keys.ring(&keys.identity).await;
        let paper = Arc::new(Paper::default());
        let book = Logbook::new(paper.clone());
        let recorder = book.recorder(&ring, Actor::Service, now());
        for _ in 0..3 {
            recorder.service_sealed().await.unwrap();
        }
        paper.change(change);
        let started = Logbook::new(paper.clone());
        let recorder = started.recorder(&ring, Actor::Service, now());
        let refused = recorder.service_sealed().await;
        assert!(
            matches!(refused, Err(LogError::Changed { .. })),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn refusals_beyond_a_few_are_counted() {
    let keys = Keys::new().await;
    let ring = keys.ring(&keys.identity).await;
    let paper = Arc::new(Paper::default());
    let book = Logbook::new(paper.clone());
    let recorder = book.recorder(&ring, Actor::Unknown, now());
    for _ in 0..130 {
        recorder.sign_in_refused(Some(member(1))).await.unwrap();
    }
    assert_eq!(paper.entries().len(), 101);
    let owner = book.recorder(&ring, Actor::Member(member(1)), now());
    owner.signed_in().await.unwrap();
    let read = book.read(&ring, <[Opened]>::to_vec).await.unwrap();
    let Content::Act(counted) = &read[101].content else {
        panic!("{read:?}");
    };
    assert_eq!(
        (counted.event, counted.subject, counted.count),
        (Event::SignInRefused, Some(member(1)), Some(30))
    );
    assert_eq!(read.len(), 103);
}
