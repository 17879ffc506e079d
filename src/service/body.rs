//! Reading a request's body: how large, how long, and in what form it may come.
//!
//! actix has no deadline for bodies and, with its compression features, inflates a body before its
//! size is checked; so both are refused or bounded here, before anything else looks at a request.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::Payload;
use futures_util::StreamExt as _;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use zeroize::Zeroizing;

/// Limits on bodies.
#[derive(Debug)]
pub struct BodyLimits {
    /// Most bytes of a body.
    pub bytes: usize,
    /// Longest time that a body may take to arrive.
    pub deadline: Duration,
    /// How many bodies may be on their way at once, if that is limited.
    pub at_once: Option<Semaphore>,
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
    /// It took longer than the deadline.
    #[error("the body did not arrive in time")]
    TooSlow,
    /// Too many bodies are on their way.
    #[error("too many requests at once")]
    Busy,
    /// The connection broke or the framing was wrong.
    #[error("the body broke off")]
    Broken,
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
        let _place = match &self.at_once {
            Some(places) => Some(places.try_acquire().map_err(|_| BodyError::Busy)?),
            None => None,
        };
        // The buffer has its final room from the start: growing it would leave an unwiped copy.
        let room = announced.unwrap_or(self.bytes);
        timeout(self.deadline, self.collect(payload, room))
            .await
            .map_err(|_| BodyError::TooSlow)?
    }

    async fn collect(
        &self,
        mut payload: Payload,
        room: usize,
    ) -> Result<Zeroizing<Vec<u8>>, BodyError> {
        let mut body = Zeroizing::new(Vec::with_capacity(room));
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| BodyError::Broken)?;
            if body.len() + chunk.len() > room {
                return Err(BodyError::TooLarge { limit: self.bytes });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}
