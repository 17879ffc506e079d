//! Exactly once, whatever breaks: a worker is killed at every call of a store, before the call took
//! effect and after, and another one goes on.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use domain::case::Folio;
use domain::catalogue::TermKey;
use domain::complaint::Complaint;
use jiff::civil::Date;
use mailbox::{Author, Body, Message, Notice, SealedEntry};
use opening::CommitteeIdentity;
use sealing::{
    ChunkId, Content, EnvelopeId, FillerKey, KeyId, Letter, LookupHash, LookupId, TrackingToken,
};
use store::StoreError;
use store::casefiles::{
    Account, Admission, Admitted, CaseFiles, CaseHandle, CaseId, Classification, CommitteeReply,
    DocumentId, DocumentKind, FollowUp, Followed, RegisterEntry, SealedDocument,
};
use store::mailroom::{
    Backlog, Deposit, Posted, Quarantined, StoredChunk, TriageMailroom, WaitingEnvelope,
};

use super::{Round, Worker, WorkerError};
use crate::documents::{MessageDocument, ProposalDocument, place};
use crate::testing::{House, story};

const STORY: &str = "Mi jefe me acosa y me pide favores sexuales a cambio de no reportarme.";
const FURTHER: &str = "Hoy volvió a pasar, en el mismo pasillo.";

/// When a call fails, as seen from the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// Before it took effect.
    Before,
    /// After it took effect, so that the worker never hears of it.
    After,
}

/// Lets a number of calls through and breaks the next one; from then on nothing works, as for a
/// process that was killed.
struct Fuse {
    calls: AtomicU32,
    breaks_at: u32,
    moment: Moment,
}

impl Fuse {
    async fn guard<T>(
        &self,
        work: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst);
        if call < self.breaks_at {
            return work.await;
        }
        if call == self.breaks_at && self.moment == Moment::After {
            work.await?;
        }
        Err(StoreError::Unavailable("the fuse is blown".into()))
    }
}

struct FrailMailroom(Arc<dyn TriageMailroom>, Arc<Fuse>);

#[async_trait]
impl TriageMailroom for FrailMailroom {
    async fn waiting(
        &self,
        key: KeyId,
        after: Option<EnvelopeId>,
        limit: u32,
    ) -> Result<Vec<WaitingEnvelope>, StoreError> {
        self.1.guard(self.0.waiting(key, after, limit)).await
    }

    async fn post(&self, reply: &SealedEntry) -> Result<Posted, StoreError> {
        self.1.guard(self.0.post(reply)).await
    }

    async fn remove(&self, id: EnvelopeId) -> Result<(), StoreError> {
        self.1.guard(self.0.remove(id)).await
    }

    async fn quarantine(&self, id: EnvelopeId, reason: &str) -> Result<(), StoreError> {
        self.1.guard(self.0.quarantine(id, reason)).await
    }

    async fn quarantined(&self) -> Result<Vec<Quarantined>, StoreError> {
        self.1.guard(self.0.quarantined()).await
    }

    async fn backlog(&self, key: KeyId) -> Result<Backlog, StoreError> {
        self.1.guard(self.0.backlog(key)).await
    }

    async fn chunk(&self, id: ChunkId) -> Result<Option<StoredChunk>, StoreError> {
        self.1.guard(self.0.chunk(id)).await
    }

    async fn remove_chunks(&self, ids: &[ChunkId]) -> Result<(), StoreError> {
        self.1.guard(self.0.remove_chunks(ids)).await
    }

    async fn pending_days(&self) -> Result<BTreeSet<Date>, StoreError> {
        self.1.guard(self.0.pending_days()).await
    }

    async fn chunk_days(&self) -> Result<BTreeSet<Date>, StoreError> {
        self.1.guard(self.0.chunk_days()).await
    }

    async fn sweep_chunks(&self, day: Date, limit: u32) -> Result<u64, StoreError> {
        self.1.guard(self.0.sweep_chunks(day, limit)).await
    }

    async fn forget_published_leaves(&self) -> Result<(), StoreError> {
        self.1.guard(self.0.forget_published_leaves()).await
    }

    async fn shuffle(&self) -> Result<(), StoreError> {
        self.1.guard(self.0.shuffle()).await
    }
}

struct FrailCaseFiles(Arc<dyn CaseFiles>, Arc<Fuse>);

#[async_trait]
impl CaseFiles for FrailCaseFiles {
    async fn admit(&self, admission: &Admission) -> Result<Admitted, StoreError> {
        self.1.guard(self.0.admit(admission)).await
    }

    async fn follow_up(&self, follow_up: &FollowUp) -> Result<Followed, StoreError> {
        self.1.guard(self.0.follow_up(follow_up)).await
    }

    async fn reply(&self, reply: &CommitteeReply) -> Result<Followed, StoreError> {
        self.1.guard(self.0.reply(reply)).await
    }

    async fn due(
        &self,
        term: TermKey,
        by: Date,
        limit: u32,
    ) -> Result<Vec<CaseHandle>, StoreError> {
        self.1.guard(self.0.due(term, by, limit)).await
    }

    async fn add_document(
        &self,
        case: CaseId,
        document: &SealedDocument,
    ) -> Result<bool, StoreError> {
        self.1.guard(self.0.add_document(case, document)).await
    }

    async fn has_document(&self, case: CaseId, document: DocumentId) -> Result<bool, StoreError> {
        self.1.guard(self.0.has_document(case, document)).await
    }

    async fn put_case_chunks(
        &self,
        case: CaseId,
        chunks: &[(ChunkId, Vec<u8>)],
    ) -> Result<(), StoreError> {
        self.1.guard(self.0.put_case_chunks(case, chunks)).await
    }

    async fn case_chunk(&self, case: CaseId, id: ChunkId) -> Result<Option<Vec<u8>>, StoreError> {
        self.1.guard(self.0.case_chunk(case, id)).await
    }

    async fn case_of(&self, mailbox: LookupHash) -> Result<Option<CaseHandle>, StoreError> {
        self.1.guard(self.0.case_of(mailbox)).await
    }

    async fn handle(&self, case: CaseId) -> Result<Option<CaseHandle>, StoreError> {
        self.1.guard(self.0.handle(case)).await
    }

    async fn has_seen(&self, envelope: EnvelopeId) -> Result<bool, StoreError> {
        self.1.guard(self.0.has_seen(envelope)).await
    }

    async fn classify(
        &self,
        case: CaseId,
        classification: &Classification,
        proposal: &SealedDocument,
    ) -> Result<bool, StoreError> {
        self.1
            .guard(self.0.classify(case, classification, proposal))
            .await
    }

    async fn outbox(&self, limit: u32) -> Result<Vec<SealedEntry>, StoreError> {
        self.1.guard(self.0.outbox(limit)).await
    }

    async fn delivered(&self, mailbox: LookupId, position: u32) -> Result<(), StoreError> {
        self.1.guard(self.0.delivered(mailbox, position)).await
    }

    async fn register(&self, year: Option<i16>) -> Result<Vec<RegisterEntry>, StoreError> {
        self.1.guard(self.0.register(year)).await
    }

    async fn case(&self, folio: Folio) -> Result<Option<RegisterEntry>, StoreError> {
        self.1.guard(self.0.case(folio)).await
    }

    async fn documents(&self, case: CaseId) -> Result<Vec<SealedDocument>, StoreError> {
        self.1.guard(self.0.documents(case)).await
    }

    async fn committee_wrap(&self, case: CaseId) -> Result<Option<Vec<u8>>, StoreError> {
        self.1.guard(self.0.committee_wrap(case)).await
    }

    async fn keep_secret(&self, name: &str, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.1.guard(self.0.keep_secret(name, sealed)).await
    }

    async fn secret(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.1.guard(self.0.secret(name)).await
    }

    async fn account(&self, name: &str) -> Result<Option<Account>, StoreError> {
        self.1.guard(self.0.account(name)).await
    }

    async fn put_account(&self, account: &Account) -> Result<(), StoreError> {
        self.1.guard(self.0.put_account(account)).await
    }

    async fn shuffle(&self) -> Result<(), StoreError> {
        self.1.guard(self.0.shuffle()).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.1.guard(self.0.ping()).await
    }
}

/// A worker that is killed at the `n`th call of a store, counted from 0.
pub(super) fn frail(house: &House, n: u32, moment: Moment) -> Worker {
    let fuse = Arc::new(Fuse {
        calls: AtomicU32::new(0),
        breaks_at: n,
        moment,
    });
    let plain = house.worker();
    Worker {
        mailroom: Arc::new(FrailMailroom(plain.mailroom.clone(), fuse.clone())),
        cases: Arc::new(FrailCaseFiles(plain.cases.clone(), fuse)),
        ..plain
    }
}

/// Runs a round that is killed, and then whole ones until nothing is left to do; says whether it was
/// killed at all.
pub(super) async fn survive(house: &House, n: u32, moment: Moment) -> bool {
    let killed = match frail(house, n, moment).round().await {
        Ok(_) => false,
        Err(WorkerError::Store(StoreError::Unavailable(_))) => true,
        Err(other) => panic!("call {n}, {moment:?}: {other}"),
    };
    house.worker().round().await.unwrap();
    let idle = house.worker().round().await.unwrap();
    assert_eq!(
        idle,
        Round::default(),
        "call {n}, {moment:?}: a round is left over"
    );
    killed
}

/// How many documents of a kind a case has, all of them opened.
async fn count(house: &House, case: CaseId, kind: DocumentKind) -> usize {
    let wrap = house.cases.committee_wrap(case).await.unwrap().unwrap();
    let key = house.keyring.case_key(case, &wrap).unwrap();
    let documents = house.cases.documents(case).await.unwrap();
    for document in documents.iter().filter(|document| document.kind == kind) {
        let place = place(case, document.id, kind, document.written_on);
        match kind {
            DocumentKind::Complaint => {
                key.open::<serde_json::Value>(&place, &document.sealed)
                    .unwrap();
            }
            DocumentKind::Message => {
                let message: MessageDocument = key.open(&place, &document.sealed).unwrap();
                assert_eq!(message.text, Some(FURTHER.to_owned().into()));
            }
            DocumentKind::Proposal => {
                key.open::<ProposalDocument>(&place, &document.sealed)
                    .unwrap();
            }
            DocumentKind::Evidence | DocumentKind::Reply => {
                unreachable!("none is counted here")
            }
        }
    }
    documents
        .iter()
        .filter(|document| document.kind == kind)
        .count()
}

pub(super) async fn assert_nothing_waits(house: &House, what: &str) {
    let backlog = house
        .mailroom
        .backlog(house.keyring.key_id())
        .await
        .unwrap();
    assert_eq!(backlog, Backlog::default(), "{what}: an envelope is left");
    assert_eq!(
        house.cases.outbox(99).await.unwrap(),
        [],
        "{what}: a reply is left"
    );
}

/// The case of one complaint, with everything once.
async fn assert_one_case(house: &House, token: &TrackingToken, messages: usize, what: &str) {
    let register = house.register().await;
    let [case] = register.as_slice() else {
        panic!("{what}: {} cases", register.len())
    };
    assert!(
        case.classification.is_some(),
        "{what}: it is not classified"
    );
    assert_eq!(
        case.terms.len(),
        2,
        "{what}: the first term and the interim message"
    );
    assert_eq!(usize::try_from(case.messages), Ok(messages), "{what}");
    assert_eq!(
        count(house, case.id, DocumentKind::Complaint).await,
        1,
        "{what}"
    );
    assert_eq!(
        count(house, case.id, DocumentKind::Proposal).await,
        1,
        "{what}"
    );
    assert_eq!(
        count(house, case.id, DocumentKind::Message).await,
        messages,
        "{what}"
    );

    let mailbox = house.mailbox(token).await;
    let positions: Vec<u32> = mailbox.iter().map(|(position, _)| *position).collect();
    let expected: Vec<u32> = (0..).take(2 + messages).collect();
    assert_eq!(positions, expected, "{what}: the mailbox has gaps");
    let notices: Vec<Notice> = mailbox
        .iter()
        .filter_map(|(_, entry)| match &entry.body {
            Body::Standing(standing) => Some(standing.notice),
            Body::Filed(_) => Some(Notice::Stored),
            Body::Message(_) => None,
        })
        .collect();
    assert_eq!(notices, [Notice::Stored, Notice::Opened], "{what}");
    let Body::Standing(reply) = &mailbox[1].1.body else {
        panic!("{what}: no first reply")
    };
    assert_eq!(reply.folio, Some(case.folio), "{what}");
    let terms: Vec<_> = case.terms.iter().map(|term| term.deadline).collect();
    assert_eq!(reply.deadlines, terms, "{what}");
    for (_, echo) in &mailbox[2..] {
        let Body::Message(message) = &echo.body else {
            panic!("{what}: no echo")
        };
        let written = Message::written(Author::Complainant, FURTHER.to_owned().into());
        assert_eq!(*message, written, "{what}");
    }
    assert_nothing_waits(house, what).await;
}

#[tokio::test]
async fn a_complaint_becomes_one_case_with_one_reply_wherever_the_worker_is_killed() {
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let house = House::new().await;
            let token = house.file(story(STORY)).await;
            let killed = survive(&house, n, moment).await;
            assert_one_case(&house, &token, 0, &format!("call {n}, {moment:?}")).await;
            if !killed {
                assert!(n >= 9, "only {n} calls were put to the test");
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_further_message_enters_its_case_once_wherever_the_worker_is_killed() {
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let house = House::new().await;
            let token = house.file(story(STORY)).await;
            house.worker().round().await.unwrap();
            house.write(&token, FURTHER).await;
            let killed = survive(&house, n, moment).await;
            assert_one_case(&house, &token, 1, &format!("call {n}, {moment:?}")).await;
            if !killed {
                assert!(n >= 8, "only {n} calls were put to the test");
                break;
            }
        }
    }
}

#[tokio::test]
async fn complaint_and_message_of_one_round_survive_together() {
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let house = House::new().await;
            let token = house.file(story(STORY)).await;
            house.write(&token, FURTHER).await;
            let killed = survive(&house, n, moment).await;
            assert_one_case(&house, &token, 1, &format!("call {n}, {moment:?}")).await;
            if !killed {
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_message_before_its_complaint_waits_for_it() {
    let house = House::new().await;
    let token = TrackingToken::draw(&house.rng).unwrap();
    house.write(&token, FURTHER).await;
    let round = house.worker().round().await.unwrap();
    assert_eq!(
        round,
        Round {
            deferred: 1,
            ..Round::default()
        }
    );
    house.file_under(&token, story(STORY)).await;
    let round = house.worker().round().await.unwrap();
    assert_eq!(
        round,
        Round {
            admitted: 1,
            followed: 1,
            ..Round::default()
        }
    );
    assert_one_case(&house, &token, 1, "message first").await;
}

#[tokio::test]
async fn a_batch_full_of_orphaned_messages_blocks_nobody() {
    let house = House::new().await;
    for _ in 0..40 {
        house
            .write(&TrackingToken::draw(&house.rng).unwrap(), FURTHER)
            .await;
    }
    let token = house.file(story(STORY)).await;
    let round = house.worker().round().await.unwrap();
    assert_eq!(
        round,
        Round {
            admitted: 1,
            deferred: 40,
            ..Round::default()
        }
    );
    assert_eq!(house.mailbox(&token).await.len(), 2);
}

#[tokio::test]
async fn a_damaged_envelope_is_set_aside_whole_and_the_others_go_on() {
    for moment in [Moment::Before, Moment::After] {
        for n in 0.. {
            let house = House::new().await;
            let lost = TrackingToken::draw(&house.rng).unwrap();
            let message = domain::complaint::MessageText::parse(
                domain::complaint::SecretText::from(FURTHER.to_owned()),
            );
            let mut damaged = house.seal(&lost, Content::from(message.unwrap()), &house.recipients);
            damaged.bytes[300] ^= 1;
            house
                .deposit(Deposit {
                    envelope: damaged.clone(),
                    first_entry: None,
                    leaf: None,
                })
                .await;
            let token = house.file(story(STORY)).await;
            let what = format!("call {n}, {moment:?}");

            let killed = survive(&house, n, moment).await;
            let aside = house.mailroom.quarantined().await.unwrap();
            let [aside] = aside.as_slice() else {
                panic!("{what}: {} set aside", aside.len())
            };
            assert_eq!(
                (aside.id, &aside.sealed),
                (damaged.id, &damaged.bytes),
                "{what}"
            );
            assert_eq!(aside.reason, "damaged", "{what}");
            assert_eq!(house.register().await.len(), 1, "{what}");
            assert_eq!(house.mailbox(&token).await.len(), 2, "{what}");
            let backlog = house
                .mailroom
                .backlog(house.keyring.key_id())
                .await
                .unwrap();
            assert_eq!(
                backlog,
                Backlog {
                    quarantined: 1,
                    ..Backlog::default()
                },
                "{what}"
            );
            if !killed {
                break;
            }
        }
    }
}

#[tokio::test]
async fn an_envelope_of_another_key_stays_where_it_is() {
    let house = House::new().await;
    let other = CommitteeIdentity::generate();
    let token = TrackingToken::draw(&house.rng).unwrap();
    let message = domain::complaint::MessageText::parse(domain::complaint::SecretText::from(
        FURTHER.to_owned(),
    ));
    let foreign = house.seal(&token, Content::from(message.unwrap()), other.recipients());
    house
        .deposit(Deposit {
            envelope: foreign.clone(),
            first_entry: None,
            leaf: None,
        })
        .await;
    assert_eq!(house.worker().round().await.unwrap(), Round::default());
    let waiting = house
        .mailroom
        .waiting(other.key_id(), None, 9)
        .await
        .unwrap();
    assert_eq!(waiting, [WaitingEnvelope::Sound(foreign)]);
    let backlog = house
        .mailroom
        .backlog(house.keyring.key_id())
        .await
        .unwrap();
    assert_eq!(
        backlog,
        Backlog {
            foreign: 1,
            ..Backlog::default()
        }
    );
}

#[tokio::test]
async fn two_workers_at_once_make_one_case_of_a_complaint() {
    let house = House::new().await;
    let token = house.file(story(STORY)).await;
    house.write(&token, FURTHER).await;
    let (first, second) = (house.worker(), house.worker());
    let (first, second) = tokio::join!(first.round(), second.round());
    first.unwrap();
    second.unwrap();
    house.worker().round().await.unwrap();
    assert_one_case(&house, &token, 1, "two workers").await;
}

#[tokio::test]
async fn a_second_complaint_for_one_mailbox_is_set_aside_and_the_others_go_on() {
    let house = House::new().await;
    let token = house.file(story(STORY)).await;
    house.worker().round().await.unwrap();
    let complaint = Complaint::parse(serde_json::from_value(story(STORY)).unwrap()).unwrap();
    let forged = house.seal(&token, Content::complaint(complaint), &house.recipients);
    house
        .deposit(Deposit {
            envelope: forged,
            first_entry: None,
            leaf: None,
        })
        .await;
    let other = house.file(story(STORY)).await;
    let round = house.worker().round().await.unwrap();
    assert_eq!(
        round,
        Round {
            admitted: 1,
            quarantined: 1,
            ..Round::default()
        }
    );
    assert_eq!(
        house.mailroom.quarantined().await.unwrap()[0].reason,
        "mailbox_taken"
    );
    assert_eq!(house.mailbox(&token).await.len(), 2);
    assert_eq!(house.mailbox(&other).await.len(), 2);
}

#[tokio::test]
async fn a_day_outside_the_calendar_sets_the_envelope_aside_and_the_others_go_on() {
    let house = House::new().await;
    let complaint = Complaint::parse(serde_json::from_value(story(STORY)).unwrap()).unwrap();
    let lost = TrackingToken::draw(&house.rng).unwrap();
    let letter = Letter {
        envelope_id: EnvelopeId::draw(&house.rng).unwrap(),
        lookup_id: lost.lookup_id(),
        mailbox_key: lost.mailbox_key(),
        received_on: Date::MAX,
        filler_key: FillerKey::draw(&house.rng).unwrap(),
        content: Content::complaint(complaint),
    };
    let envelope = sealing::seal(&letter, &house.recipients).unwrap();
    house
        .deposit(Deposit {
            envelope,
            first_entry: None,
            leaf: None,
        })
        .await;
    let token = house.file(story(STORY)).await;
    let round = house.worker().round().await.unwrap();
    assert_eq!(
        round,
        Round {
            admitted: 1,
            quarantined: 1,
            ..Round::default()
        }
    );
    assert_eq!(house.mailroom.quarantined().await.unwrap()[0].reason, "day");
    assert_eq!(house.mailbox(&token).await.len(), 2);
}

#[tokio::test]
async fn a_message_from_someone_without_the_token_is_set_aside() {
    let house = House::new().await;
    let token = house.file(story(STORY)).await;
    house.worker().round().await.unwrap();
    let message = domain::complaint::MessageText::parse(domain::complaint::SecretText::from(
        FURTHER.to_owned(),
    ));
    let letter = Letter {
        envelope_id: EnvelopeId::draw(&house.rng).unwrap(),
        lookup_id: token.lookup_id(),
        mailbox_key: [7; 32].into(),
        received_on: house.today(),
        filler_key: FillerKey::draw(&house.rng).unwrap(),
        content: Content::from(message.unwrap()),
    };
    let envelope = sealing::seal(&letter, &house.recipients).unwrap();
    house
        .deposit(Deposit {
            envelope,
            first_entry: None,
            leaf: None,
        })
        .await;
    let round = house.worker().round().await.unwrap();
    assert_eq!(
        round,
        Round {
            quarantined: 1,
            ..Round::default()
        }
    );
    assert_eq!(
        house.mailroom.quarantined().await.unwrap()[0].reason,
        "mailbox_key"
    );
    assert_eq!(house.mailbox(&token).await.len(), 2, "nothing was echoed");
}

#[tokio::test]
async fn a_message_whose_case_never_comes_is_set_aside_in_the_end() {
    let house = House::new().await;
    house
        .write(&TrackingToken::draw(&house.rng).unwrap(), FURTHER)
        .await;
    assert_eq!(
        house.worker().round().await.unwrap(),
        Round {
            deferred: 1,
            ..Round::default()
        }
    );
    house
        .clock
        .advance(jiff::SignedDuration::from_hours(24 * 40));
    assert_eq!(
        house.worker().round().await.unwrap(),
        Round {
            quarantined: 1,
            ..Round::default()
        }
    );
    assert_eq!(
        house.mailroom.quarantined().await.unwrap()[0].reason,
        "no_case"
    );
}

#[tokio::test]
async fn a_part_of_one_case_does_not_open_in_another() {
    let house = House::new().await;
    let (one, two) = (
        house.case(story(STORY)).await,
        house.case(story(STORY)).await,
    );
    let one = house.cases.case(one).await.unwrap().unwrap().id;
    let two = house.cases.case(two).await.unwrap().unwrap().id;
    let wrap = house.cases.committee_wrap(one).await.unwrap().unwrap();
    let key = house.keyring.case_key(one, &wrap).unwrap();
    assert_eq!(
        house.keyring.case_key(two, &wrap).unwrap_err(),
        opening::OpenError::Moved
    );
    let document = &house.cases.documents(one).await.unwrap()[0];
    let elsewhere = place(two, document.id, document.kind, document.written_on);
    assert_eq!(
        key.open::<serde_json::Value>(&elsewhere, &document.sealed)
            .unwrap_err(),
        opening::OpenError::Moved
    );
}
