//! Places of those who hand files in, so that a slow one or a greedy one shuts nobody out.
//!
//! Those who file, those who write again, and those whom the committee has asked for something have
//! places of their own. Among those who file, no source has more than a few, and all who are not told
//! apart (`crate::network`) have most, not all. Among the others it is the mailbox that counts.
//!
//! Whoever finds no place first waits behind the others of their own source; so a source that sends a
//! hundred uploads stands in the common queue with a few.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use ring::hmac;
use ring::rand::SystemRandom;
use service::body::BodyError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use super::ledger::Stored;
use crate::network::Mark;

/// Places of one source, which may be a hospital or a mobile network.
const OF_A_SOURCE: usize = 6;
/// Places of one mailbox.
const OF_A_MAILBOX: usize = 2;
/// For how long a source or a mailbox that is done is told apart.
const ERA: SignedDuration = SignedDuration::from_hours(1);
/// How many of each errand are told apart at most; others count among those of it who are not.
const MOST: usize = 4_096;

/// What files come with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Errand {
    /// A complaint that is being filed.
    Complaint,
    /// A further message of somebody who has filed.
    Message,
    /// The same while the committee waits for an answer to what it asked.
    Answer,
}

impl Errand {
    /// How many may be on their way at once.
    const fn places(self) -> usize {
        match self {
            Self::Complaint => 20,
            Self::Message => 8,
            Self::Answer => 4,
        }
    }

    /// How many of them those who are not told apart may take.
    const fn unmarked(self) -> usize {
        match self {
            Self::Complaint => 14,
            // They have mailboxes; this is for when there are too many to tell apart.
            Self::Message => 6,
            Self::Answer => 3,
        }
    }
}

/// All who hand files in.
#[derive(Debug)]
pub(super) struct Crowd {
    complaints: Line,
    messages: Line,
    answers: Line,
    /// How long an upload waits for its place.
    deadline: Duration,
    marked: Mutex<Marked>,
    rng: SystemRandom,
}

/// The places of one errand.
#[derive(Debug)]
struct Line {
    queue: Arc<Queue>,
    unmarked: Arc<Source>,
}

#[derive(Debug)]
struct Marked {
    since: Timestamp,
    /// Drawn anew each hour, unless somebody who is told apart by it is still sending.
    key: hmac::Key,
    /// Each errand has its own: those who file, however many, take no mailbox its mark.
    complaints: Told,
    messages: Told,
    answers: Told,
}

type Told = HashMap<Mark, Arc<Source>>;

/// One source or mailbox, or all who are not told apart.
#[derive(Debug)]
pub(super) struct Source {
    queue: Queue,
    is_marked: bool,
    /// Bytes of this hour; changed by the ledger alone.
    pub(super) stored: Stored,
}

#[derive(Debug)]
struct Queue {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// A place among the uploads, given back when this is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    errand: Errand,
    held: Option<Held>,
}

#[derive(Debug)]
struct Held {
    queue: Arc<Queue>,
    source: Arc<Source>,
    _permits: [OwnedSemaphorePermit; 2],
}

/// Tells whether somebody waits for a place that is taken.
#[derive(Debug, Clone)]
pub(crate) struct Wanted(Option<(Arc<Queue>, Arc<Source>)>);

impl Crowd {
    pub(super) fn new(
        deadline: Duration,
        now: Timestamp,
    ) -> Result<Self, ring::error::Unspecified> {
        let rng = SystemRandom::new();
        Ok(Self {
            complaints: Line::new(Errand::Complaint),
            messages: Line::new(Errand::Message),
            answers: Line::new(Errand::Answer),
            deadline,
            marked: Mutex::new(Marked {
                since: now,
                key: hmac::Key::generate(hmac::HMAC_SHA256, &rng)?,
                complaints: Told::new(),
                messages: Told::new(),
                answers: Told::new(),
            }),
            rng,
        })
    }

    /// Waits for a place. `mark` tells the source apart, if it can be.
    ///
    /// # Errors
    /// [`BodyError::Busy`] when none became free in time.
    pub(super) async fn place(
        &self,
        errand: Errand,
        now: Timestamp,
        mark: impl FnOnce(&hmac::Key) -> Option<Mark>,
    ) -> Result<Place, BodyError> {
        let source = self.source(errand, now, mark);
        let queue = Arc::clone(&self.line(errand).queue);
        let end = Instant::now() + self.deadline;
        let own = source.queue.enter(end).await?;
        let common = queue.enter(end).await?;
        Ok(Place {
            errand,
            held: Some(Held {
                queue,
                source,
                _permits: [own, common],
            }),
        })
    }

    fn line(&self, errand: Errand) -> &Line {
        match errand {
            Errand::Complaint => &self.complaints,
            Errand::Message => &self.messages,
            Errand::Answer => &self.answers,
        }
    }

    fn source(
        &self,
        errand: Errand,
        now: Timestamp,
        mark: impl FnOnce(&hmac::Key) -> Option<Mark>,
    ) -> Arc<Source> {
        let mut marked = self.marked.lock().unwrap_or_else(PoisonError::into_inner);
        if now.duration_since(marked.since) >= ERA {
            marked.begin_anew(now, &self.rng);
        }
        let unmarked = || Arc::clone(&self.line(errand).unmarked);
        let Some(mark) = mark(&marked.key) else {
            return unmarked();
        };
        let sources = marked.of(errand);
        if sources.len() >= MOST && !sources.contains_key(&mark) {
            return unmarked();
        }
        let places = match errand {
            Errand::Complaint => OF_A_SOURCE,
            Errand::Message | Errand::Answer => OF_A_MAILBOX,
        };
        let source = sources.entry(mark);
        Arc::clone(source.or_insert_with(|| Arc::new(Source::marked(places))))
    }

    #[cfg(test)]
    pub(super) fn free_to_file(&self) -> usize {
        self.complaints.queue.places.available_permits()
    }

    #[cfg(test)]
    pub(super) fn told_apart(&self) -> usize {
        let mut marked = self.marked.lock().unwrap();
        marked.all().map(|sources| sources.len()).iter().sum()
    }
}

impl Line {
    fn new(errand: Errand) -> Self {
        Self {
            queue: Arc::new(Queue::new(errand.places())),
            unmarked: Arc::new(Source::unmarked(errand.unmarked())),
        }
    }
}

impl Marked {
    fn of(&mut self, errand: Errand) -> &mut Told {
        match errand {
            Errand::Complaint => &mut self.complaints,
            Errand::Message => &mut self.messages,
            Errand::Answer => &mut self.answers,
        }
    }

    fn all(&mut self) -> [&mut Told; 3] {
        [&mut self.complaints, &mut self.messages, &mut self.answers]
    }

    fn begin_anew(&mut self, now: Timestamp, rng: &SystemRandom) {
        self.since = now;
        for sources in self.all() {
            sources.retain(|_, source| {
                source.stored.store(0, Ordering::Relaxed);
                // Somebody else has it too: they are on their way or wait.
                Arc::strong_count(source) > 1
            });
        }
        if self.all().iter().all(|sources| sources.is_empty())
            && let Ok(key) = hmac::Key::generate(hmac::HMAC_SHA256, rng)
        {
            self.key = key;
        }
    }
}

impl Source {
    pub(super) fn marked(places: usize) -> Self {
        Self {
            queue: Queue::new(places),
            is_marked: true,
            stored: Stored::new(0),
        }
    }

    pub(super) fn unmarked(places: usize) -> Self {
        Self {
            is_marked: false,
            ..Self::marked(places)
        }
    }

    pub(super) fn is_marked(&self) -> bool {
        self.is_marked
    }
}

impl Queue {
    fn new(places: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            waiting: AtomicUsize::new(0),
        }
    }

    async fn enter(&self, end: Instant) -> Result<OwnedSemaphorePermit, BodyError> {
        let _waits = Waits::begin(&self.waiting);
        let place = Arc::clone(&self.places).acquire_owned();
        timeout_at(end, place)
            .await
            .map_err(|_| BodyError::Busy)?
            .map_err(|_| BodyError::Busy)
    }

    fn is_wanted(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }
}

/// Counts one who waits, also when they give up.
struct Waits<'a>(&'a AtomicUsize);

impl<'a> Waits<'a> {
    fn begin(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Place {
    /// The place of somebody whom nothing limits.
    pub(super) const fn unlimited(errand: Errand) -> Self {
        Self { errand, held: None }
    }

    pub(super) fn errand(&self) -> Errand {
        self.errand
    }

    /// Who has it; `None` where nobody is told from anybody.
    pub(super) fn source(&self) -> Option<&Source> {
        self.held.as_ref().map(|held| &*held.source)
    }

    /// Whether somebody waits for it, asked again and again.
    pub(super) fn wanted(&self) -> Wanted {
        let held = self.held.as_ref();
        Wanted(held.map(|held| (Arc::clone(&held.queue), Arc::clone(&held.source))))
    }
}

impl Wanted {
    /// For what has no place.
    pub(crate) const fn by_nobody() -> Self {
        Self(None)
    }

    /// Whether somebody waits at this moment.
    pub(crate) fn is_wanted(&self) -> bool {
        let held = self.0.as_ref();
        held.is_some_and(|(queue, source)| queue.is_wanted() || source.queue.is_wanted())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> Timestamp {
        "2026-03-04T18:00:00Z".parse().unwrap()
    }

    fn crowd() -> Crowd {
        Crowd::new(Duration::from_secs(20), noon()).unwrap()
    }

    /// Takes a place for a source; `None` has no mark.
    async fn place(crowd: &Crowd, errand: Errand, source: Option<u8>) -> Result<Place, BodyError> {
        let mark = |key: &_| source.map(|source| Mark::new(&[198, 51, 100, source], key));
        crowd.place(errand, noon(), mark).await
    }

    /// As many places as there are for a source.
    async fn all_of(crowd: &Crowd, errand: Errand, source: Option<u8>) -> Vec<Place> {
        let mut places = Vec::new();
        while let Ok(place) = place(crowd, errand, source).await {
            places.push(place);
        }
        places
    }

    #[tokio::test(start_paused = true)]
    async fn no_source_and_not_even_all_who_are_not_told_apart_take_every_place() {
        let crowd = crowd();
        let unmarked = all_of(&crowd, Errand::Complaint, None).await;
        assert_eq!(unmarked.len(), 14);
        let one = all_of(&crowd, Errand::Complaint, Some(1)).await;
        assert_eq!(one.len(), 6);
        drop(unmarked);
        assert_eq!(all_of(&crowd, Errand::Complaint, Some(2)).await.len(), 6);
        assert!(place(&crowd, Errand::Complaint, None).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_flood_of_complaints_leaves_those_who_come_back_their_places() {
        let crowd = crowd();
        let mut flood = all_of(&crowd, Errand::Complaint, None).await;
        for source in 1..20 {
            flood.extend(all_of(&crowd, Errand::Complaint, Some(source)).await);
        }
        assert_eq!(flood.len(), 20);
        let mut messages = Vec::new();
        for mailbox in 1..9 {
            messages.extend(all_of(&crowd, Errand::Message, Some(mailbox)).await);
        }
        assert_eq!(messages.len(), 8);
        let answer = place(&crowd, Errand::Answer, Some(100)).await;
        assert!(answer.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_place_is_wanted_only_while_somebody_waits_for_it() {
        let crowd = crowd();
        let mut taken = all_of(&crowd, Errand::Complaint, None).await;
        let wanted = taken[0].wanted();
        let other = place(&crowd, Errand::Complaint, Some(1)).await.unwrap();
        assert!(!wanted.is_wanted(), "all are taken, and nobody waits");
        let asked = Instant::now();
        let (got, ()) = tokio::join!(place(&crowd, Errand::Complaint, None), async {
            tokio::time::sleep(Duration::from_secs(19)).await;
            assert!(wanted.is_wanted());
            assert!(!other.wanted().is_wanted(), "no use in making that one go");
            taken.pop();
        });
        assert!(got.is_ok());
        assert_eq!(asked.elapsed().as_secs(), 19);
        assert!(!wanted.is_wanted());
        let asked = Instant::now();
        let none = place(&crowd, Errand::Complaint, None).await;
        assert_eq!(none.unwrap_err(), BodyError::Busy);
        assert_eq!(asked.elapsed().as_secs(), 20);
        assert!(!wanted.is_wanted());
    }

    #[tokio::test(start_paused = true)]
    async fn a_source_that_asks_a_hundred_times_does_not_stand_before_others() {
        let crowd = crowd();
        let mut taken = all_of(&crowd, Errand::Complaint, None).await;
        taken.extend(all_of(&crowd, Errand::Complaint, Some(1)).await);
        let greedy: Vec<_> = (0..100)
            .map(|_| place(&crowd, Errand::Complaint, Some(2)))
            .collect();
        let mut greedy = Box::pin(futures_util::future::join_all(greedy));
        let other = async {
            tokio::task::yield_now().await;
            place(&crowd, Errand::Complaint, Some(3)).await
        };
        let frees = async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            // Six of the greedy one wait in the common queue, and the other behind them.
            taken.truncate(taken.len() - 7);
            std::future::pending::<()>().await;
        };
        tokio::select! {
            _ = &mut greedy => panic!("not before the deadline"),
            place = other => assert!(place.is_ok()),
            () = frees => unreachable!("it never ends"),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn marks_are_forgotten_each_hour_but_for_those_on_their_way() {
        let crowd = crowd();
        let later = noon() + SignedDuration::from_hours(1);
        let mark = |source: u8| move |key: &_| Some(Mark::new(&[source], key));
        let running = place(&crowd, Errand::Complaint, Some(1)).await.unwrap();
        drop(place(&crowd, Errand::Complaint, Some(2)).await.unwrap());
        assert_eq!(crowd.told_apart(), 2);
        let _ = crowd.place(Errand::Message, later, mark(3)).await;
        assert_eq!(crowd.told_apart(), 2);
        // It still counts for its source: an hour gives nobody more places.
        assert_eq!(all_of(&crowd, Errand::Complaint, Some(1)).await.len(), 5);
        drop(running);
        let much_later = later + SignedDuration::from_hours(1);
        let _ = crowd.place(Errand::Message, much_later, mark(3)).await;
        assert_eq!(crowd.told_apart(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_flood_from_everywhere_takes_bounded_room() {
        let crowd = crowd();
        for source in 0..6_000_u32 {
            let mark = |key: &_| Some(Mark::new(&source.to_be_bytes(), key));
            let place = crowd.place(Errand::Complaint, noon(), mark).await;
            assert!(place.is_ok());
        }
        assert_eq!(crowd.told_apart(), MOST);
    }

    #[tokio::test(start_paused = true)]
    async fn more_sources_than_can_be_told_apart_shut_out_nobody_who_comes_back() {
        let crowd = crowd();
        let told = |source: u32| move |key: &_| Some(Mark::new(&source.to_be_bytes(), key));
        let most = u32::try_from(MOST).unwrap();
        for source in 0..most {
            let place = crowd.place(Errand::Complaint, noon(), told(source)).await;
            assert!(place.is_ok());
        }
        let mut flood = all_of(&crowd, Errand::Complaint, None).await;
        for source in 0..3 {
            flood.push(
                crowd
                    .place(Errand::Complaint, noon(), told(source))
                    .await
                    .unwrap(),
            );
        }
        for errand in [Errand::Message, Errand::Answer] {
            let place = crowd.place(errand, noon(), told(most)).await.unwrap();
            assert!(place.source().unwrap().is_marked(), "{errand:?}");
        }
        // Nor do so many mailboxes: those that are not told apart have places of their errand.
        for mailbox in 0..most {
            drop(crowd.place(Errand::Message, noon(), told(mailbox)).await);
        }
        let one = crowd.place(Errand::Message, noon(), told(2 * most)).await;
        let one = one.unwrap();
        assert!(!one.source().unwrap().is_marked());
    }
}
