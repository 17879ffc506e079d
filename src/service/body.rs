//! Reading a request's body: how large, how long, how slow and in what form it may come.
//!
//! actix has no deadline for bodies and, with its compression features, inflates a body before its
//! size is checked; so both are refused or bounded here, before anything else looks at a request.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::Payload;
use futures_util::StreamExt as _;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};
use zeroize::Zeroizing;

/// What a body may hold before it needs room: most complaints are no longer than this, and a
/// connection costs as much anyway.
const FREE: usize = 4 << 10;
/// By how much a longer body grows at a time.
const STEP: usize = 16 << 10;
/// The same in units of [`Crowd::room`].
const STEP_KIB: u32 = 16;

/// Limits on bodies.
#[derive(Debug)]
pub struct BodyLimits {
    /// Most bytes of a body.
    pub bytes: usize,
    /// Longest time that a body may take to arrive.
    pub deadline: Duration,
    /// Limits on all bodies that are on their way at once, if there are any.
    pub at_once: Option<Crowd>,
}

/// Limits on all bodies that are on their way at once. What is announced costs nothing, only what
/// has arrived: connections that send nothing shut nobody out.
#[derive(Debug)]
pub struct Crowd {
    /// Room for all of them, in KiB.
    pub room: Semaphore,
    /// How fast each must come.
    pub pace: Pace,
}

/// The least average speed of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// From when on it must be kept.
    pub grace: Duration,
    /// Bytes a second, counted over the whole body so far; 0 for any speed.
    pub bytes_per_second: u32,
}

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// It has a content encoding; we take none.
    #[error("a body must not be compressed")]
    Encoded,
    /// It is not of the media type that this call takes.
    #[error("not the media type of this call")]
    MediaType,
    /// More bytes than allowed.
    #[error("the body is larger than {limit} bytes")]
    TooLarge {
        /// Most bytes.
        limit: usize,
    },
    /// It took longer than the deadline, or came slower than it must.
    #[error("the body did not arrive in time")]
    TooSlow,
    /// The bodies of others left no room for it until the deadline.
    #[error("no room for the body")]
    Busy,
    /// The connection broke or the framing was wrong.
    #[error("the body broke off")]
    Broken,
}

impl Pace {
    /// How long a body of which so much has arrived may let us wait for more, in all.
    pub fn patience(self, arrived: u64) -> Duration {
        let earned = arrived
            .saturating_mul(1_000)
            .checked_div(self.bytes_per_second.into())
            .map_or(Duration::MAX, Duration::from_millis);
        earned.max(self.grace)
    }
}

impl BodyLimits {
    /// Reads a whole body of the given media type into a buffer that is wiped when dropped.
    ///
    /// # Errors
    /// See [`BodyError`]; whatever can be told from the headers is told before a byte is read.
    pub async fn read(
        &self,
        request: &HttpRequest,
        payload: Payload,
        media_type: &str,
    ) -> Result<Zeroizing<Vec<u8>>, BodyError> {
        if request.headers().contains_key(header::CONTENT_ENCODING) {
            return Err(BodyError::Encoded);
        }
        let given = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .map(|value| value.split(';').next().unwrap_or_default().trim());
        if !given.is_some_and(|given| given.eq_ignore_ascii_case(media_type)) {
            return Err(BodyError::MediaType);
        }
        let announced = request
            .headers()
            .get(header::CONTENT_LENGTH)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.parse::<usize>().ok());
        if announced.is_some_and(|length| length > self.bytes) {
            return Err(BodyError::TooLarge { limit: self.bytes });
        }
        self.collect(payload).await
    }

    async fn collect(&self, mut payload: Payload) -> Result<Zeroizing<Vec<u8>>, BodyError> {
        let begun = Instant::now();
        let end = begun + self.deadline;
        // Time that we let the client wait for room is not held against it.
        let mut held_up = Duration::ZERO;
        let mut body = Parts::default();
        let mut places = Places::default();
        loop {
            let slowest = self
                .at_once
                .as_ref()
                .and_then(|crowd| crowd.pace.patience(body.length as u64).checked_add(held_up))
                .and_then(|patience| begun.checked_add(patience))
                .map_or(end, |slowest| slowest.min(end));
            let Some(chunk) = timeout_at(slowest, payload.next())
                .await
                .map_err(|_| BodyError::TooSlow)?
            else {
                return Ok(body.join());
            };
            let chunk = chunk.map_err(|_| BodyError::Broken)?;
            if chunk.len() > self.bytes - body.length {
                return Err(BodyError::TooLarge { limit: self.bytes });
            }
            if let Some(crowd) = &self.at_once {
                let asked = Instant::now();
                places
                    .take(&crowd.room, body.length + chunk.len(), end)
                    .await?;
                held_up += asked.elapsed();
            }
            body.push(&chunk);
        }
    }
}

/// The room that one body has taken; it is given back when this is dropped.
#[derive(Debug, Default)]
pub struct Places<'a> {
    held: Option<SemaphorePermit<'a>>,
    bytes: usize,
}

impl<'a> Places<'a> {
    /// Takes what a body of this length needs, step by step, waiting for it until `end`.
    ///
    /// # Errors
    /// [`BodyError::Busy`] when there was not enough room until then.
    pub async fn take(
        &mut self,
        room: &'a Semaphore,
        length: usize,
        end: Instant,
    ) -> Result<(), BodyError> {
        while FREE + self.bytes < length {
            let step = timeout_at(end, room.acquire_many(STEP_KIB))
                .await
                .map_err(|_| BodyError::Busy)?
                .map_err(|_| BodyError::Busy)?;
            match &mut self.held {
                Some(held) => held.merge(step),
                none => *none = Some(step),
            }
            self.bytes += STEP;
        }
        Ok(())
    }
}

/// A body as it arrives. One buffer that grows would leave copies unwiped, and one of the final size
/// would cost, when it is wiped, all that was announced and never came.
#[derive(Default)]
struct Parts {
    parts: Vec<Zeroizing<Vec<u8>>>,
    length: usize,
}

impl Parts {
    fn push(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len();
        while !bytes.is_empty() {
            let size = if self.parts.len() < 2 { FREE } else { STEP };
            match self.parts.last_mut() {
                Some(part) if part.len() < part.capacity() => {
                    let (fits, rest) =
                        bytes.split_at(bytes.len().min(part.capacity() - part.len()));
                    part.extend_from_slice(fits);
                    bytes = rest;
                }
                _ => self.parts.push(Zeroizing::new(Vec::with_capacity(size))),
            }
        }
    }

    fn join(mut self) -> Zeroizing<Vec<u8>> {
        if self.parts.len() == 1
            && let Some(only) = self.parts.pop()
        {
            return only;
        }
        let mut whole = Zeroizing::new(Vec::with_capacity(self.length));
        for part in self.parts {
            whole.extend_from_slice(&part);
        }
        whole
    }

    #[cfg(test)]
    fn reserved(&self) -> usize {
        self.parts.iter().map(|part| part.capacity()).sum()
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;

    use actix_web::FromRequest as _;
    use actix_web::dev;
    use actix_web::error::PayloadError;
    use actix_web::test::TestRequest;
    use actix_web::web::Bytes;
    use futures_util::{Stream, stream};

    use super::*;

    const TYPE: &str = "text/plain";

    fn limits(kib: usize) -> BodyLimits {
        BodyLimits {
            bytes: 512 << 10,
            deadline: Duration::from_secs(15),
            at_once: Some(Crowd {
                room: Semaphore::new(kib),
                pace: Pace {
                    grace: Duration::from_secs(3),
                    bytes_per_second: 1 << 10,
                },
            }),
        }
    }

    /// Chunks of these lengths, each so many seconds after the one before.
    fn body(
        chunks: Vec<(u64, usize)>,
        stays_open: bool,
    ) -> impl Stream<Item = Result<Bytes, PayloadError>> {
        let end = if stays_open {
            stream::pending().left_stream()
        } else {
            stream::empty().right_stream()
        };
        stream::iter(chunks)
            .then(|(seconds, length)| async move {
                tokio::time::sleep(Duration::from_secs(seconds)).await;
                Ok(Bytes::from(vec![b'x'; length]))
            })
            .chain(end)
    }

    async fn read(
        limits: &BodyLimits,
        chunks: Vec<(u64, usize)>,
        stays_open: bool,
    ) -> Result<usize, BodyError> {
        let request = TestRequest::default()
            .insert_header((header::CONTENT_TYPE, TYPE))
            .to_http_request();
        let stream: Pin<Box<dyn Stream<Item = _>>> = Box::pin(body(chunks, stays_open));
        let mut payload = dev::Payload::Stream { payload: stream };
        let payload = Payload::from_request(&request, &mut payload).await.unwrap();
        let body = limits.read(&request, payload, TYPE).await?;
        assert!(body.iter().all(|byte| *byte == b'x'));
        Ok(body.len())
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_arrives_whole_and_gives_its_room_back() {
        let limits = limits(512);
        for chunks in [
            vec![],
            vec![(0, 1)],
            vec![(0, 5_000), (1, 20_000), (1, 1)],
            vec![(0, 512 << 10)],
        ] {
            let length = chunks.iter().map(|(_, length)| length).sum();
            assert_eq!(read(&limits, chunks, false).await, Ok(length));
            assert_eq!(
                limits.at_once.as_ref().unwrap().room.available_permits(),
                512
            );
        }
        let longer = vec![(0, 512 << 10), (0, 1)];
        assert_eq!(
            read(&limits, longer, false).await,
            Err(BodyError::TooLarge { limit: 512 << 10 })
        );
    }

    #[test]
    fn a_body_reserves_no_more_than_a_step_beyond_what_has_arrived() {
        let mut parts = Parts::default();
        assert_eq!(parts.reserved(), 0);
        parts.push(b"x");
        assert_eq!(parts.reserved(), FREE);
        for length in (1_000..=512_000).step_by(1_000) {
            parts.push(&[b'x'; 1_000]);
            assert!(parts.reserved() < length + 1 + STEP, "{length}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_finds_no_room_waits_for_it_until_the_deadline() {
        let limits = limits(16);
        let room = &limits.at_once.as_ref().unwrap().room;
        let others = room.acquire_many(16).await.unwrap();
        let short = vec![(0, FREE)];
        assert_eq!(read(&limits, short, false).await, Ok(FREE));
        let long = vec![(0, FREE + 1)];
        assert_eq!(
            read(&limits, long.clone(), false).await,
            Err(BodyError::Busy)
        );
        let leave = async {
            tokio::time::sleep(Duration::from_secs(10)).await;
            drop(others);
        };
        // The second chunk comes late because of us, so it is not late.
        let long = [long, vec![(2, 10)]].concat();
        let (read, ()) = tokio::join!(read(&limits, long, false), leave);
        assert_eq!(read, Ok(FREE + 11));
    }

    #[tokio::test(start_paused = true)]
    async fn any_number_of_idle_bodies_takes_no_room() {
        let limits = limits(16);
        let idle = (0..200).map(|_| read(&limits, vec![(0, 1)], true));
        let honest = async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            read(&limits, vec![(0, 10_000)], false).await
        };
        let (idle, honest) = tokio::join!(futures_util::future::join_all(idle), honest);
        assert_eq!(honest, Ok(10_000));
        assert!(idle.iter().all(|read| *read == Err(BodyError::TooSlow)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_slower_than_it_must_be_is_given_up_once_the_grace_is_over() {
        let limits = limits(512);
        let dripping = vec![(1, 100); 60];
        let begun = Instant::now();
        assert_eq!(
            read(&limits, dripping, false).await,
            Err(BodyError::TooSlow)
        );
        // The clock is paused, so this is exact but for the timer's millisecond.
        assert_eq!(begun.elapsed().as_secs(), 3);
        let late_but_short = vec![(2, 100)];
        assert_eq!(read(&limits, late_but_short, false).await, Ok(100));
        let steady = [vec![(0, 1_100)], vec![(1, 1_100); 11]].concat();
        assert_eq!(read(&limits, steady.clone(), false).await, Ok(13_200));
        let endless = [steady, vec![(1, 1_100); 60]].concat();
        assert_eq!(read(&limits, endless, false).await, Err(BodyError::TooSlow));
    }

    #[tokio::test(start_paused = true)]
    async fn without_limits_on_all_bodies_only_the_deadline_counts() {
        let limits = BodyLimits {
            at_once: None,
            ..limits(0)
        };
        let slow = vec![(4, 1), (4, 100_000)];
        assert_eq!(read(&limits, slow, false).await, Ok(100_001));
        assert_eq!(
            read(&limits, vec![(0, 1)], true).await,
            Err(BodyError::TooSlow)
        );
    }
}
