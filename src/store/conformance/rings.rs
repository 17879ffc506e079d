//! Rules of who can open a case.

use jiff::civil::date;

use super::Fixture;
use super::casefiles::{ALL, admit};
use super::samples::{Samples, TODAY, classification};
use crate::StoreError;
use crate::casefiles::{
    Added, Admission, CaseFiles, CaseId, DocumentKind, NewDocument, SealedDocument,
};
use crate::rings::{AccessChange, CaseAccess, NewAccess, Resealed, ResealedCase, StoredRing};
use crate::steps::{Followed, Stepped};

async fn access(case_files: &dyn CaseFiles, case: CaseId) -> CaseAccess {
    let access = case_files.access(case).await.expect("read");
    access.expect("a case")
}

async fn change(case_files: &dyn CaseFiles, change: &AccessChange) -> bool {
    case_files.change_access(change).await.expect("no error")
}

/// What a case has that was just admitted.
fn access_of(admission: &Admission) -> CaseAccess {
    let recipient = admission.case.recipient.clone();
    match admission.case.access.clone() {
        NewAccess::Committee { wrap } => CaseAccess {
            recipient,
            circle: None,
            rings: Vec::new(),
            committee_wrap: Some(wrap),
        },
        NewAccess::Members {
            circle,
            ring,
            recovery,
        } => CaseAccess {
            recipient: recipient.clone(),
            circle: Some(circle),
            rings: vec![StoredRing {
                recipient,
                ring,
                recovery,
            }],
            committee_wrap: None,
        },
    }
}

/// The change that gives a case a new key.
fn rotation(samples: &mut Samples, case: CaseId, was: &CaseAccess) -> AccessChange {
    let ring = samples.ring();
    AccessChange {
        recipient: Some(ring.recipient.clone()),
        ring: Some(ring),
        ..AccessChange::of_circle(case, was.circle.clone(), samples.circle())
    }
}

/// The same documents, sealed anew.
fn resealed(samples: &mut Samples, documents: &[SealedDocument]) -> Vec<SealedDocument> {
    let reseal = |document: &SealedDocument| SealedDocument {
        sealed: samples.bytes(document.sealed.len()),
        ..document.clone()
    };
    documents.iter().map(reseal).collect()
}

/// Of the committee's key before there are members, and of the members.
pub async fn access_reads_back(fixture: &dyn Fixture) {
    let mut samples = Samples::new(140);
    let case_files = fixture.case_files().await;
    let admissions = [samples.admission(), samples.member_admission()];
    for admission in &admissions {
        admit(&*case_files, admission).await;
        let found = access(&*case_files, admission.case.id).await;
        assert_eq!(found, access_of(admission));
    }
    let nobody = CaseId(samples.id());
    assert_eq!(case_files.access(nobody).await.expect("read"), None);
    let change = AccessChange::of_circle(nobody, None, samples.circle());
    assert!(!case_files.change_access(&change).await.expect("no error"));
}

/// The circle, a ring, and the end of the committee's wrap, in one.
pub async fn a_waiting_case_is_handed_to_the_members(fixture: &dyn Fixture) {
    let mut samples = Samples::new(141);
    let case_files = fixture.case_files().await;
    let admissions = [
        samples.admission(),
        samples.admission(),
        samples.member_admission(),
    ];
    for admission in &admissions {
        admit(&*case_files, admission).await;
    }
    let mut waiting = [admissions[0].case.id, admissions[1].case.id];
    waiting.sort();
    let page = async |after, limit| {
        let found = case_files.wrapped_for_committee(after, limit).await;
        found.expect("read")
    };
    assert_eq!(page(None, ALL).await, waiting);
    assert_eq!(page(None, 1).await, waiting[..1]);
    assert_eq!(page(Some(waiting[0]), ALL).await, waiting[1..]);
    assert_eq!(page(Some(waiting[1]), ALL).await, []);

    let case = &admissions[0].case;
    let ring = StoredRing {
        recipient: case.recipient.clone(),
        ..samples.ring()
    };
    let document = samples.document(DocumentKind::Conflict, TODAY);
    let handed = AccessChange {
        ring: Some(ring.clone()),
        document: Some(document.clone()),
        drop_committee_wrap: true,
        ..AccessChange::of_circle(case.id, None, samples.circle())
    };
    assert!(change(&*case_files, &handed).await);

    let expected = CaseAccess {
        recipient: case.recipient.clone(),
        circle: Some(handed.circle.clone()),
        rings: vec![ring],
        committee_wrap: None,
    };
    assert_eq!(access(&*case_files, case.id).await, expected);
    assert_eq!(page(None, ALL).await, [admissions[1].case.id]);
    let documents = case_files.documents(case.id).await.expect("read");
    assert!(documents.contains(&document) && documents.len() == 2);
    let entry = case_files.case(case.folio).await.expect("read");
    assert_eq!(entry.expect("a case").circle, expected.circle);
    let handle = case_files.handle(case.id).await.expect("read");
    assert_eq!(handle.expect("a case").circle, expected.circle);
}

/// A circle belongs to its case in the register, however many terms run in it.
pub async fn the_register_gives_each_case_its_circle(fixture: &dyn Fixture) {
    let mut samples = Samples::new(142);
    let case_files = fixture.case_files().await;
    let mut admissions = [
        samples.member_admission(),
        samples.member_admission(),
        samples.bare_admission(),
    ];
    admissions[1].case.terms.clear();
    for admission in &admissions {
        admit(&*case_files, admission).await;
    }
    let register = case_files.register(None).await.expect("read");
    for admission in &admissions {
        let entry = register.iter().find(|entry| entry.id == admission.case.id);
        let entry = entry.expect("a case");
        assert_eq!(entry.circle, access_of(admission).circle);
        assert_eq!(entry.terms, admission.case.terms);
    }
}

/// Whoever read the circle before another changed it changes nothing.
pub async fn a_change_that_comes_too_late_leaves_nothing_behind(fixture: &dyn Fixture) {
    let mut samples = Samples::new(143);
    let case_files = fixture.case_files().await;
    let admission = samples.member_admission();
    admit(&*case_files, &admission).await;
    let case = admission.case.id;
    let was = access_of(&admission);
    let documents = case_files.documents(case).await.expect("read");

    for expected in [None, Some(samples.circle())] {
        let late = AccessChange {
            expected_circle: expected,
            reseal: Some(resealed(&mut samples, &documents)),
            document: Some(samples.document(DocumentKind::Conflict, TODAY)),
            drop_committee_wrap: true,
            ..rotation(&mut samples, case, &was)
        };
        assert!(!change(&*case_files, &late).await);
    }

    assert_eq!(access(&*case_files, case).await, was);
    assert_eq!(case_files.documents(case).await.expect("read"), documents);
}

/// What came before stays with the old key until it is sealed anew; then the old ring goes.
pub async fn a_case_gets_a_new_key_and_its_documents_follow(fixture: &dyn Fixture) {
    let mut samples = Samples::new(144);
    let case_files = fixture.case_files().await;
    let admission = samples.member_admission();
    admit(&*case_files, &admission).await;
    let other = samples.member_admission();
    admit(&*case_files, &other).await;
    let case = admission.case.id;
    let was = access_of(&admission);

    let rotated = rotation(&mut samples, case, &was);
    assert!(change(&*case_files, &rotated).await);

    let mut rings = was.rings.clone();
    rings.extend(rotated.ring.clone());
    rings.sort_by(|one, other| one.recipient.cmp(&other.recipient));
    let now = CaseAccess {
        recipient: rotated.recipient.clone().expect("a new key"),
        circle: Some(rotated.circle.clone()),
        rings,
        committee_wrap: None,
    };
    assert_eq!(access(&*case_files, case).await, now);

    let old = case_files.documents(case).await.expect("read");
    let new = resealed(&mut samples, &old);
    let follow = AccessChange {
        reseal: Some(new.clone()),
        ..AccessChange::of_circle(case, now.circle.clone(), samples.circle())
    };
    assert!(change(&*case_files, &follow).await);

    assert_eq!(case_files.documents(case).await.expect("read"), new);
    let after = access(&*case_files, case).await;
    assert_eq!(after.recipient, now.recipient);
    assert_eq!(after.rings, [rotated.ring.expect("a ring")]);
    assert_eq!(access(&*case_files, other.case.id).await, access_of(&other));
    let documents = case_files.documents(other.case.id).await.expect("read");
    assert_eq!(documents.len(), 2);
}

/// A ring may take in another member under the same key.
pub async fn a_ring_is_replaced_under_its_key(fixture: &dyn Fixture) {
    let mut samples = Samples::new(145);
    let case_files = fixture.case_files().await;
    let admission = samples.member_admission();
    admit(&*case_files, &admission).await;
    let was = access_of(&admission);
    let ring = StoredRing {
        recipient: was.recipient.clone(),
        ..samples.ring()
    };

    let shared = AccessChange {
        ring: Some(ring.clone()),
        ..AccessChange::of_circle(admission.case.id, was.circle, samples.circle())
    };
    assert!(change(&*case_files, &shared).await);

    let now = access(&*case_files, admission.case.id).await;
    assert_eq!(now.rings, [ring]);
    assert_eq!(now.recipient, was.recipient);
}

/// A document that came meanwhile would stay with a key whose ring is gone.
pub async fn a_resealing_that_leaves_a_document_out_is_refused(fixture: &dyn Fixture) {
    let mut samples = Samples::new(146);
    let case_files = fixture.case_files().await;
    let admission = samples.member_admission();
    admit(&*case_files, &admission).await;
    let case = admission.case.id;
    let was = access_of(&admission);
    let documents = case_files.documents(case).await.expect("read");
    let all = resealed(&mut samples, &documents);
    let more = samples.document(DocumentKind::Message, TODAY);

    for reseal in [
        Vec::new(),
        all[..1].to_vec(),
        [&all[..], &[more]].concat(),
        [&all[..1], &all[..1]].concat(),
    ] {
        let left_out = AccessChange {
            reseal: Some(reseal),
            ..rotation(&mut samples, case, &was)
        };
        assert!(!change(&*case_files, &left_out).await);
        assert_eq!(access(&*case_files, case).await, was);
        assert_eq!(case_files.documents(case).await.expect("read"), documents);
    }
}

/// Nobody could open the case afterwards.
pub async fn a_change_to_a_key_without_a_ring_is_refused(fixture: &dyn Fixture) {
    let mut samples = Samples::new(147);
    let case_files = fixture.case_files().await;
    let admissions = [samples.admission(), samples.member_admission()];
    for admission in &admissions {
        admit(&*case_files, admission).await;
        let case = admission.case.id;
        let was = access_of(admission);
        let mut other_key = rotation(&mut samples, case, &was);
        other_key.recipient = Some(samples.recipient());
        let mut no_key = rotation(&mut samples, case, &was);
        no_key.ring = None;
        let mut changes = vec![other_key, no_key];
        if was.committee_wrap.is_some() {
            changes.push(AccessChange {
                drop_committee_wrap: true,
                ..AccessChange::of_circle(case, None, samples.circle())
            });
        }
        for change in changes {
            let refused = case_files.change_access(&change).await;
            assert!(
                matches!(
                    refused,
                    Err(StoreError::Inconsistent {
                        table: "case_rings",
                        ..
                    })
                ),
                "{refused:?}"
            );
            assert_eq!(access(&*case_files, case).await, was);
        }
    }
}

/// Whatever was on its way when the case got another key is sealed anew by its writer.
pub async fn what_is_sealed_to_an_older_key_comes_too_late(fixture: &dyn Fixture) {
    let mut samples = Samples::new(148);
    let case_files = fixture.case_files().await;
    let admission = samples.member_admission();
    admit(&*case_files, &admission).await;
    let case = admission.case.id;
    let mut message = samples.follow_up(&admission, 2);
    let mut reply = samples.step(&admission, 3);
    let mut proposal = samples.new_document(&admission, DocumentKind::Proposal);
    let mut list = samples.new_document(&admission, DocumentKind::Evidence);
    let notice = {
        let mut notice = samples.step(&admission, 4);
        notice.document = None;
        notice
    };
    let before = case_files.documents(case).await.expect("read");
    let rotated = rotation(&mut samples, case, &access_of(&admission));
    assert!(change(&*case_files, &rotated).await);

    let followed = case_files.follow_up(&message).await.expect("no error");
    assert_eq!(followed, Followed::Outdated);
    let seen = case_files.has_seen(message.envelope_id).await;
    assert!(!seen.expect("read"));
    let mut early = reply.clone();
    early.entry.as_mut().expect("it has one").position = 2;
    let replied = case_files.step(&early).await.expect("no error");
    assert_eq!(replied, Stepped::Outdated);
    let classified = case_files
        .classify(case, &classification(), &proposal)
        .await;
    assert_eq!(classified.expect("no error"), Added::Outdated);
    let added = case_files.add_document(case, &list).await;
    assert_eq!(added.expect("no error"), Added::Outdated);
    assert_eq!(case_files.documents(case).await.expect("read"), before);
    let handle = case_files
        .handle(case)
        .await
        .expect("read")
        .expect("a case");
    assert_eq!((handle.next_position, handle.classified), (2, false));

    for new in [
        &mut message.document,
        reply.document.as_mut().expect("it has one"),
        &mut proposal,
        &mut list,
    ] {
        new.recipient.clone_from(&handle.recipient);
    }
    let followed = case_files.follow_up(&message).await.expect("no error");
    assert_eq!(followed, Followed::Now);
    let replied = case_files.step(&reply).await.expect("no error");
    assert_eq!(replied, Stepped::Now);
    let classified = case_files
        .classify(case, &classification(), &proposal)
        .await;
    assert_eq!(classified.expect("no error"), Added::Now);
    let added = case_files.add_document(case, &list).await;
    assert_eq!(added.expect("no error"), Added::Now);
    // It is sealed to the mailbox alone.
    let replied = case_files.step(&notice).await.expect("no error");
    assert_eq!(replied, Stepped::Now);
    let now = case_files.documents(case).await.expect("read");
    assert_eq!(now.len(), before.len() + 4);
}

/// Either the document is there when the documents are counted, or it comes too late.
pub async fn no_document_slips_past_a_resealing(fixture: &dyn Fixture) {
    let mut samples = Samples::new(149);
    let (one, other) = tokio::join!(fixture.case_files(), fixture.case_files());
    let admission = samples.member_admission();
    admit(&*one, &admission).await;
    let case = admission.case.id;
    for round in 0..20 {
        let was = access(&*one, case).await;
        let documents = one.documents(case).await.expect("read");
        let reseal = AccessChange {
            reseal: Some(resealed(&mut samples, &documents)),
            ..rotation(&mut samples, case, &was)
        };
        let late = NewDocument {
            recipient: was.recipient.clone(),
            document: samples.document(DocumentKind::Evidence, date(2026, 3, 18)),
        };

        let (changed, added) =
            tokio::join!(one.change_access(&reseal), other.add_document(case, &late));

        let outcome = (changed.expect("no error"), added.expect("no error"));
        assert!(
            matches!(outcome, (true, Added::Outdated) | (false, Added::Now)),
            "round {round}: {outcome:?}"
        );
        let now = access(&*one, case).await;
        assert_eq!(now.rings.len(), 1, "round {round}");
        assert_eq!(now.rings[0].recipient, now.recipient);
    }
}

/// What a case has under the committee's key follows a change of that key.
pub async fn a_case_is_sealed_anew_if_it_is_as_it_was_read(fixture: &dyn Fixture) {
    let mut samples = Samples::new(170);
    let case_files = fixture.case_files().await;
    for admission in [samples.admission(), samples.member_admission()] {
        admit(&*case_files, &admission).await;
        let case = &admission.case;
        let was = access_of(&admission);
        let (record, circle, wrap) = (samples.bytes(300), samples.circle(), samples.bytes(200));
        let other = samples.circle();
        let to = |old: &'_ Option<Vec<u8>>, new: &'_ [u8]| -> Option<(Vec<u8>, Vec<u8>)> {
            old.clone().map(|old| (old, new.to_vec()))
        };
        let circles = to(&was.circle, &circle);
        let wraps = to(&was.committee_wrap, &wrap);
        let course = samples.course();
        let courses = to(&Some(case.course.clone()), &course);
        let service_record = (case.service_record.clone(), record.clone());
        let stale = Some((other.clone(), circle.clone()));
        let stale_course = Some((course.clone(), course.clone()));
        for (record_pair, circle_pair, course_pair, wrap_pair, is_written) in [
            (
                &(other.clone(), record.clone()),
                &circles,
                &courses,
                &wraps,
                false,
            ),
            (&service_record, &stale, &courses, &wraps, false),
            (&service_record, &circles, &courses, &stale, false),
            (&service_record, &wraps, &courses, &circles, false),
            (&service_record, &circles, &stale_course, &wraps, false),
            (&service_record, &circles, &None, &wraps, false),
            // Each of the cases has one of them.
            (&service_record, &None, &courses, &None, false),
            (&service_record, &circles, &courses, &wraps, true),
        ] {
            let done = case_files
                .reseal_case(
                    case.id,
                    ResealedCase {
                        service_record: pair(record_pair),
                        circle: circle_pair.as_ref().map(pair),
                        course: course_pair.as_ref().map(pair),
                        committee_wrap: wrap_pair.as_ref().map(pair),
                    },
                )
                .await;
            assert_eq!(done.expect("no error"), is_written);
            let now = access(&*case_files, case.id).await;
            let handle = case_files.handle(case.id).await.expect("read");
            let handle = handle.expect("a case");
            let kept = handle.service_record;
            if is_written {
                assert_eq!(now.circle, circles.clone().map(|it| it.1));
                assert_eq!(now.committee_wrap, wraps.clone().map(|it| it.1));
                assert_eq!(kept, record);
                assert_eq!(handle.course.as_ref(), Some(&course));
            } else {
                assert_eq!(now, was);
                assert_eq!(kept, case.service_record);
                assert_eq!(handle.course.as_ref(), Some(&case.course));
            }
        }
    }
}

fn pair((old, new): &(Vec<u8>, Vec<u8>)) -> Resealed<'_> {
    Resealed { old, new }
}

/// By pages, in the order of their random ids.
pub async fn every_case_is_named_once(fixture: &dyn Fixture) {
    let mut samples = Samples::new(171);
    let case_files = fixture.case_files().await;
    let mut expected = Vec::new();
    for _ in 0..5 {
        let admission = samples.member_admission();
        admit(&*case_files, &admission).await;
        expected.push(admission.case.id);
    }
    expected.sort();
    let mut found = Vec::new();
    loop {
        let page = case_files.case_ids(found.last().copied(), 2).await;
        let page = page.expect("read");
        if page.is_empty() {
            break;
        }
        found.extend(page);
    }
    assert_eq!(found, expected);
}

/// And nothing of any other case does.
pub async fn all_of_a_deleted_case_goes(fixture: &dyn Fixture) {
    let mut samples = Samples::new(172);
    let case_files = fixture.case_files().await;
    let (gone, kept) = (samples.member_admission(), samples.member_admission());
    let waiting = samples.admission();
    let mut chunks = Vec::new();
    for admission in [&gone, &kept, &waiting] {
        admit(&*case_files, admission).await;
        let chunk = samples.chunk();
        let chunk = (chunk.id, chunk.bytes);
        let put = case_files.put_case_chunks(admission.case.id, std::slice::from_ref(&chunk));
        put.await.expect("stored");
        chunks.push(chunk);
    }
    let case = gone.case.id;

    for (case, is_there) in [(case, true), (case, false), (waiting.case.id, true)] {
        let deleted = case_files.delete_case(case).await.expect("no error");
        assert_eq!(deleted, is_there);
        assert_eq!(case_files.access(case).await.expect("read"), None);
        assert_eq!(case_files.handle(case).await.expect("read"), None);
        let wrap = case_files.committee_wrap(case).await.expect("read");
        assert_eq!(wrap, None);
        let documents = case_files.documents(case).await.expect("read");
        assert!(documents.is_empty());
    }
    let chunk = case_files.case_chunk(case, chunks[0].0).await;
    assert_eq!(chunk.expect("read"), None);
    let found = case_files.case_of(gone.case.lookup_hash).await;
    assert_eq!(found.expect("read"), None);
    assert!(case_files.has_seen(gone.envelope_id).await.expect("read"));
    let outbox = case_files.outbox(ALL).await.expect("read");
    assert!(outbox.contains(&gone.reply), "it is still delivered");

    let register = case_files.register(None).await.expect("read");
    let left: Vec<CaseId> = register.iter().map(|entry| entry.id).collect();
    assert_eq!(left, [kept.case.id]);
    assert_eq!(register[0].terms, kept.case.terms);
    assert_eq!(access(&*case_files, kept.case.id).await, access_of(&kept));
    let chunk = case_files.case_chunk(kept.case.id, chunks[1].0).await;
    assert_eq!(chunk.expect("read").as_ref(), Some(&chunks[1].1));
    let documents = case_files.documents(kept.case.id).await.expect("read");
    assert_eq!(documents.len(), 2);
}

/// Any other size would tell something of what is inside.
pub async fn what_is_no_size_of_a_circle_or_ring_is_refused(fixture: &dyn Fixture) {
    let mut samples = Samples::new(173);
    let case_files = fixture.case_files().await;
    let admission = samples.member_admission();
    admit(&*case_files, &admission).await;
    let was = access_of(&admission);
    let case = admission.case.id;
    let mut circle = rotation(&mut samples, case, &was);
    circle.circle.pop();
    let mut ring = rotation(&mut samples, case, &was);
    ring.ring.as_mut().expect("a ring").ring.pop();
    let mut recovery = rotation(&mut samples, case, &was);
    recovery.ring.as_mut().expect("a ring").recovery = Some(samples.bytes(100));
    for change in [circle, ring, recovery] {
        case_files
            .change_access(&change)
            .await
            .expect_err("no size of either");
        assert_eq!(access(&*case_files, case).await, was);
    }
}
