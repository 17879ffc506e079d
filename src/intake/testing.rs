//! What the tests of this crate share: a mailroom in memory, a store that waits at a gate, and the
//! whole service over real HTTP.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use actix_web::web::Data;
use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use mailbox::SealedEntry;
use receipts::{ReceiptKey, ReceiptPublicKey};
use reqwest::{Client, Response};
use ring::rand::SystemRandom;
use sealing::{ChunkId, EnvelopeId, KeyId, LookupId, Recipients, SealedEnvelope, TrackingToken};
use service::body::BodyLimits;
use service::clock::Clock;
use store::StoreError;
use store::mailroom::{
    Chosen, ChosenWords, Deposit, IntakeMailroom, Leaf, PublishedTree, StoredChunk,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, oneshot};
use zeroize::Zeroizing;

use crate::abuse::Budgets;
use crate::evidence::EvidenceLimits;
use crate::listen::ListenAddress;
use crate::network::Networks;
use crate::page_seal::PageKeys;
use crate::server::Intake;
use crate::shared::{Settings, Shared, body_limits};

/// The public half of a key that nobody has kept.
const RECIPIENT: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

/// A Wednesday, at noon in Mexico City.
pub(crate) const NOON: &str = "2026-03-04T18:00:00Z";

pub(crate) fn recipients() -> Recipients {
    RECIPIENT.parse().unwrap()
}

/// Keys for pages, others every time.
pub(crate) fn page_keys() -> PageKeys {
    PageKeys::draw(&SystemRandom::new())
        .unwrap()
        .parse()
        .unwrap()
}

/// A clock that is moved by hand.
pub(crate) struct HandClock(Mutex<Timestamp>);

impl HandClock {
    pub(crate) fn at_noon() -> Arc<Self> {
        Arc::new(Self(Mutex::new(NOON.parse().unwrap())))
    }

    pub(crate) fn set(&self, now: &str) {
        *self.0.lock().unwrap() = now.parse().unwrap();
    }

    pub(crate) fn forward(&self, seconds: u32) {
        *self.0.lock().unwrap() += Duration::from_secs(seconds.into());
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// A deposit with an id of its own and nothing in it.
pub(crate) fn deposit(n: u8) -> Deposit {
    let envelope = SealedEnvelope {
        id: EnvelopeId::from([n; 16]),
        received_on: date(2026, 3, 4),
        key_id: KeyId::from([0; 8]),
        bytes: vec![n],
    };
    Deposit {
        envelope,
        first_entry: None,
        leaf: None,
    }
}

#[derive(Default)]
struct Rows {
    envelopes: BTreeMap<EnvelopeId, SealedEnvelope>,
    entries: BTreeMap<(LookupId, u32), SealedEntry>,
    leaves: BTreeSet<Leaf>,
    trees: BTreeMap<Date, PublishedTree>,
    chunks: BTreeMap<ChunkId, StoredChunk>,
    announced: BTreeMap<KeyId, Vec<u8>>,
    refused: HashSet<EnvelopeId>,
    groups: Vec<usize>,
    /// How many chunks there is room for, if not for any number.
    room: Option<usize>,
    down: bool,
}

type Happening = Box<dyn FnOnce() + Send>;

/// A mailroom in memory that can be made to fail.
#[derive(Default)]
pub(crate) struct MemoryMailroom {
    /// Happens when a mailbox is read next.
    meanwhile: Mutex<Option<Happening>>,
    /// Happens when words are changed next.
    before_change: Mutex<Option<Happening>>,
    rows: Mutex<Rows>,
    gate: Option<GateKeeper>,
}

struct GateKeeper {
    arrived: Mutex<Option<oneshot::Sender<()>>>,
    opened: Semaphore,
}

/// Holds every deposit of a mailroom back until it is opened.
pub(crate) struct Gate {
    arrived: Mutex<Option<oneshot::Receiver<()>>>,
    mailroom: Arc<MemoryMailroom>,
}

impl Gate {
    pub(crate) fn before(mut mailroom: MemoryMailroom) -> (Self, Arc<MemoryMailroom>) {
        let (sender, receiver) = oneshot::channel();
        mailroom.gate = Some(GateKeeper {
            arrived: Mutex::new(Some(sender)),
            opened: Semaphore::new(0),
        });
        let mailroom = Arc::new(mailroom);
        let gate = Self {
            arrived: Mutex::new(Some(receiver)),
            mailroom: Arc::clone(&mailroom),
        };
        (gate, mailroom)
    }

    /// Resolves when the first deposit waits at the gate.
    pub(crate) async fn reached(&self) {
        let arrived = self.arrived.lock().unwrap().take().unwrap();
        arrived.await.unwrap();
    }

    pub(crate) fn open(&self) {
        self.mailroom
            .gate
            .as_ref()
            .unwrap()
            .opened
            .add_permits(1_000);
    }
}

impl MemoryMailroom {
    pub(crate) fn stored(&self) -> usize {
        self.rows.lock().unwrap().envelopes.len()
    }

    /// Every chunk that was stored.
    pub(crate) fn chunks(&self) -> Vec<StoredChunk> {
        self.rows.lock().unwrap().chunks.values().cloned().collect()
    }

    /// How many deposits each transaction had.
    pub(crate) fn groups(&self) -> Vec<usize> {
        self.rows.lock().unwrap().groups.clone()
    }

    /// The day of every letter, in no order.
    pub(crate) fn days(&self) -> Vec<Date> {
        let rows = self.rows.lock().unwrap();
        rows.envelopes.values().map(|one| one.received_on).collect()
    }

    /// Does something in the middle of the next read of a mailbox.
    pub(crate) fn meanwhile(&self, happens: impl FnOnce() + Send + 'static) {
        *self.meanwhile.lock().unwrap() = Some(Box::new(happens));
    }

    /// Does something after the mailbox was read and before its words are changed.
    pub(crate) fn before_change(&self, happens: impl FnOnce() + Send + 'static) {
        *self.before_change.lock().unwrap() = Some(Box::new(happens));
    }

    /// Announces this to the holder of a committee key, as the committee's side does, or nothing.
    pub(crate) fn announce(&self, key: KeyId, announcement: Option<Vec<u8>>) {
        let announced = &mut self.rows.lock().unwrap().announced;
        announced.remove(&key);
        announced.extend(announcement.map(|bytes| (key, bytes)));
    }

    /// Has room for so many chunks and no more.
    pub(crate) fn fill_up_at(&self, chunks: usize) {
        self.rows.lock().unwrap().room = Some(chunks);
    }

    /// Takes every envelope out, as the committee's side does once it has opened it.
    pub(crate) fn work_off(&self) {
        self.rows.lock().unwrap().envelopes.clear();
    }

    pub(crate) fn go_down(&self) {
        self.rows.lock().unwrap().down = true;
    }

    pub(crate) fn come_back(&self) {
        self.rows.lock().unwrap().down = false;
    }

    /// From now on, every transaction with this deposit fails.
    pub(crate) fn refuse(&self, deposit: &Deposit) {
        self.rows
            .lock()
            .unwrap()
            .refused
            .insert(deposit.envelope.id);
    }

    /// Loses what the trees of days to come were to hold.
    pub(crate) fn lose_leaves(&self) {
        self.rows.lock().unwrap().leaves.clear();
    }

    pub(crate) fn post(&self, entry: SealedEntry) {
        self.rows
            .lock()
            .unwrap()
            .entries
            .insert((entry.lookup_id, entry.position), entry);
    }

    /// Removes a mailbox, as the committee's side does.
    pub(crate) fn purge(&self, mailbox: LookupId) {
        let mut rows = self.rows.lock().unwrap();
        rows.entries.retain(|(id, _), _| *id != mailbox);
    }

    /// What is stored, unless the mailroom is down.
    fn up(&self) -> Result<MutexGuard<'_, Rows>, StoreError> {
        let rows = self.rows.lock().unwrap();
        if rows.down {
            return Err(Self::unavailable());
        }
        Ok(rows)
    }

    fn unavailable() -> StoreError {
        StoreError::Unavailable("down for a test".into())
    }
}

#[async_trait]
impl IntakeMailroom for MemoryMailroom {
    async fn deposit(&self, deposits: &[Deposit]) -> Result<(), StoreError> {
        if let Some(gate) = &self.gate {
            if let Some(arrived) = gate.arrived.lock().unwrap().take() {
                arrived.send(()).unwrap();
            }
            gate.opened.acquire().await.unwrap().forget();
        }
        let mut rows = self.rows.lock().unwrap();
        let refused = deposits
            .iter()
            .any(|one| rows.refused.contains(&one.envelope.id));
        if rows.down || refused {
            return Err(Self::unavailable());
        }
        rows.groups.push(deposits.len());
        for Deposit {
            envelope,
            first_entry,
            leaf,
        } in deposits
        {
            // As in the stores: the first entry decides whether a complaint is new.
            if let Some(entry) = first_entry {
                let place = (entry.lookup_id, entry.position);
                if rows.entries.contains_key(&place) {
                    continue;
                }
                rows.entries.insert(place, entry.clone());
                rows.leaves.extend(leaf);
            }
            rows.envelopes
                .entry(envelope.id)
                .or_insert_with(|| envelope.clone());
        }
        Ok(())
    }

    async fn choose_words(&self, chosen: &ChosenWords) -> Result<Chosen, StoreError> {
        let happens = self.before_change.lock().unwrap().take();
        if let Some(happens) = happens {
            happens();
        }
        let mut rows = self.up()?;
        let place = (chosen.first_entry.lookup_id, 0);
        if rows.entries.contains_key(&place) {
            return Ok(Chosen::Before);
        }
        let id = chosen.envelope.id;
        if rows.envelopes.contains_key(&id) || !rows.entries.contains_key(&(chosen.old, 0)) {
            return Ok(Chosen::TooLate);
        }
        rows.envelopes.insert(id, chosen.envelope.clone());
        rows.entries.insert(place, chosen.first_entry.clone());
        Ok(Chosen::Now)
    }

    async fn mailbox_page(
        &self,
        id: LookupId,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<SealedEntry>, StoreError> {
        let meanwhile = self.meanwhile.lock().unwrap().take();
        if let Some(happens) = meanwhile {
            happens();
        }
        let rows = self.up()?;
        let first = rows.entries.get(&(id, 0));
        let last = before.map_or(u32::MAX, |before| before.saturating_sub(1));
        let others = rows.entries.range((id, 1)..=(id, last.max(1)));
        let mut page: Vec<_> = others
            .rev()
            .filter(|((_, position), _)| *position <= last)
            .take(usize::try_from(limit).unwrap())
            .map(|(_, entry)| entry.clone())
            .collect();
        page.extend(first.cloned());
        page.reverse();
        Ok(page)
    }

    async fn put_chunks(&self, chunks: &[StoredChunk]) -> Result<(), StoreError> {
        let mut rows = self.up()?;
        let all = rows.chunks.len() + chunks.len();
        if rows.room.is_some_and(|room| all > room) {
            return Err(Self::unavailable());
        }
        for chunk in chunks {
            rows.chunks.entry(chunk.id).or_insert_with(|| chunk.clone());
        }
        Ok(())
    }

    async fn leaves(&self, day: Date) -> Result<Vec<[u8; 32]>, StoreError> {
        // A store takes its time, in which others work.
        tokio::task::yield_now().await;
        let rows = self.up()?;
        let of_the_day = rows.leaves.iter().filter(|leaf| leaf.day == day);
        Ok(of_the_day.map(|leaf| leaf.hash).collect())
    }

    async fn first_leaf_day(&self) -> Result<Option<Date>, StoreError> {
        Ok(self.up()?.leaves.first().map(|leaf| leaf.day))
    }

    async fn tree(&self, day: Date) -> Result<Option<PublishedTree>, StoreError> {
        Ok(self.up()?.trees.get(&day).cloned())
    }

    async fn tree_heads(
        &self,
        before: Option<Date>,
        limit: u32,
    ) -> Result<Vec<(Date, Vec<u8>)>, StoreError> {
        let rows = self.up()?;
        let older = rows.trees.values().rev();
        Ok(older
            .filter(|tree| before.is_none_or(|before| tree.day < before))
            .take(usize::try_from(limit).unwrap())
            .map(|tree| (tree.day, tree.head.clone()))
            .collect())
    }

    async fn publish_tree(&self, tree: &PublishedTree) -> Result<(), StoreError> {
        let mut rows = self.up()?;
        let newest = rows.trees.last_key_value().map(|(day, _)| *day);
        if newest.is_none_or(|newest| newest.tomorrow().ok() == Some(tree.day)) {
            rows.trees.insert(tree.day, tree.clone());
        }
        Ok(())
    }

    async fn announced_calendar(&self, key: KeyId) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.up()?.announced.get(&key).cloned())
    }

    async fn ping(&self) -> Result<(), StoreError> {
        if self.rows.lock().unwrap().down {
            Err(Self::unavailable())
        } else {
            Ok(())
        }
    }
}

/// What several processes of one service share, as their files hold it.
#[derive(Clone)]
struct Keys {
    receipts: Zeroizing<String>,
    pages: Zeroizing<String>,
}

/// The whole service, with a client.
pub(crate) struct House {
    pub(crate) client: Client,
    pub(crate) mailroom: Arc<MemoryMailroom>,
    pub(crate) receipts: ReceiptPublicKey,
    /// The one it goes by, unless its settings were changed.
    pub(crate) clock: Arc<HandClock>,
    /// What its handlers work with.
    pub(crate) shared: Data<Shared>,
    keys: Keys,
    address: ListenAddress,
    /// Keeps the service running for as long as the house stands.
    _stop: oneshot::Sender<()>,
}

impl House {
    pub(crate) fn open() -> Self {
        Self::with(Arc::new(MemoryMailroom::default()), body_limits(true))
    }

    /// One whose patience with bodies is short.
    pub(crate) fn hurried() -> Self {
        let limits = BodyLimits {
            deadline: Duration::from_millis(50),
            ..body_limits(true)
        };
        Self::with(Arc::new(MemoryMailroom::default()), limits)
    }

    pub(crate) fn with(mailroom: Arc<MemoryMailroom>, limits: BodyLimits) -> Self {
        Self::built(mailroom, limits, |settings| settings)
    }

    /// One whose settings are changed before it opens.
    pub(crate) fn built(
        mailroom: Arc<MemoryMailroom>,
        limits: BodyLimits,
        change: impl FnOnce(Settings) -> Settings,
    ) -> Self {
        let rng = SystemRandom::new();
        let keys = Keys {
            receipts: ReceiptKey::draw(&rng).unwrap(),
            pages: PageKeys::draw(&rng).unwrap(),
        };
        Self::build(mailroom, limits, keys, change)
    }

    /// Another process of the same service, which shares the store and every key, at another time.
    pub(crate) fn twin(&self, now: &str) -> Self {
        let mailroom = Arc::clone(&self.mailroom);
        let clock = HandClock::at_noon();
        clock.set(now);
        let change = |settings| Settings { clock, ..settings };
        Self::build(mailroom, body_limits(true), self.keys.clone(), change)
    }

    fn build(
        mailroom: Arc<MemoryMailroom>,
        limits: BodyLimits,
        keys: Keys,
        change: impl FnOnce(Settings) -> Settings,
    ) -> Self {
        let receipts: ReceiptKey = keys.receipts.parse().unwrap();
        let public = receipts.public();
        let clock = HandClock::at_noon();
        let settings = Settings {
            mailroom: mailroom.clone(),
            cleaner: crate::cleaner::CleanerProgram::new("/nowhere/cleaner".into(), 20),
            recipients: recipients(),
            announcements: None,
            receipts,
            pages: keys.pages.parse().unwrap(),
            clock: clock.clone(),
            budgets: limits.at_once.is_some().then(Budgets::default),
            limits,
            networks: Networks::default(),
            onion: None,
            evidence: EvidenceLimits::default(),
        };
        let intake = Intake::bind(ListenAddress::any_local(), change(settings)).unwrap();
        let address = intake.address();
        let shared = intake.shared();
        let (stop, stopped) = oneshot::channel();
        actix_web::rt::spawn(intake.run(async move {
            // A house that is gone stops the service too.
            let _ = stopped.await;
            Ok(())
        }));
        let client = Client::builder().no_proxy().build().unwrap();
        Self {
            client,
            mailroom,
            receipts: public,
            clock,
            shared,
            keys,
            address,
            _stop: stop,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn address(&self) -> String {
        self.address.to_string()
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.client.get(self.url(path)).send().await.unwrap()
    }

    pub(crate) async fn post_json(&self, path: &str, body: &serde_json::Value) -> Response {
        self.client
            .post(self.url(path))
            .json(body)
            .send()
            .await
            .unwrap()
    }

    pub(crate) async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.client
            .post(self.url(path))
            .form(fields)
            .send()
            .await
            .unwrap()
    }

    /// Sends a form with parts.
    pub(crate) async fn post_parts(&self, path: &str, form: Form) -> Response {
        let (media_type, body) = form.finish();
        let request = self.client.post(self.url(path)).body(body);
        let request = request.header("content-type", media_type);
        request.send().await.unwrap()
    }

    /// Sends a form with parts, of which the last ones come only after something has happened, once
    /// the file of the first ones is stored; gives the whole answer.
    pub(crate) async fn post_slowly(
        &self,
        path: &str,
        first: Form,
        last: Form,
        meanwhile: impl FnOnce(),
    ) -> String {
        // A file is complete when the next part is announced.
        let announced = first.0.len() + "--".len() + Form::BOUNDARY.len() + "\r\n".len();
        let (media_type, body) = Form([first.0, last.0].concat()).finish();
        let (start, end) = body.split_at(announced);
        let mut wire = TcpStream::connect(self.address()).await.unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\r\n",
            self.address(),
            body.len()
        );
        wire.write_all(head.as_bytes()).await.unwrap();
        wire.write_all(start).await.unwrap();
        while self.mailroom.chunks().is_empty() {
            tokio::task::yield_now().await;
        }
        meanwhile();
        wire.write_all(end).await.unwrap();
        let mut answer = Vec::new();
        wire.read_to_end(&mut answer).await.unwrap();
        String::from_utf8(answer).unwrap()
    }

    /// Files a complaint that is valid and gives its token.
    pub(crate) async fn file(&self) -> String {
        let body = serde_json::json!({ "narrative": NARRATIVE });
        let answer = self.post_json("/api/v1/complaints", &body).await;
        assert_eq!(answer.status(), 201);
        let answer: serde_json::Value = answer.json().await.unwrap();
        answer["tracking_token"].as_str().unwrap().to_owned()
    }
}

/// A form with parts, written as browsers write it.
#[derive(Clone, Default)]
pub(crate) struct Form(Vec<u8>);

impl Form {
    const BOUNDARY: &str = "----prueba7MA4YWxkTrZu0gW";

    pub(crate) fn field(self, name: &str, value: &str) -> Self {
        self.part(&format!("name=\"{name}\""), value.as_bytes())
    }

    pub(crate) fn file(self, name: &str, file_name: &str, content: &[u8]) -> Self {
        let disposition = format!(
            "name=\"{name}\"; filename=\"{file_name}\"\r\nContent-Type: application/octet-stream"
        );
        self.part(&disposition, content)
    }

    fn part(mut self, disposition: &str, content: &[u8]) -> Self {
        let boundary = Self::BOUNDARY;
        let head = format!("--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n");
        self.0.extend_from_slice(head.as_bytes());
        self.0.extend_from_slice(content);
        self.0.extend_from_slice(b"\r\n");
        self
    }

    /// The media type and the body.
    pub(crate) fn finish(mut self) -> (String, Vec<u8>) {
        let boundary = Self::BOUNDARY;
        self.0
            .extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}"), self.0)
    }
}

pub(crate) const NARRATIVE: &str = "Mi jefe me pide dinero a cambio de la guardia del domingo.";

/// A token that nobody was given.
pub(crate) fn unused_token() -> String {
    TrackingToken::draw(&SystemRandom::new())
        .unwrap()
        .phrase()
        .to_string()
}
