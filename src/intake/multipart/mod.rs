//! Forms with files (`multipart/form-data`, RFC 7578), read as a stream.
//!
//! The crate `actix-multipart` splits the body; what it lets through is bounded here: a boundary of
//! 1 to 70 characters (RFC 2046, 5.1.1), few parts, plain names, short heads, no nested parts, no
//! encodings. Small fields are collected; a file is handed on piece by piece and never held.
//!
//! There is no deadline for the whole: a hundred megabytes take an hour over a slow circuit. Instead
//! a body must keep a pace, and may not stop for long.

mod drain;
mod head;
mod pace;

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_multipart::{Field, Multipart};
use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::{Bytes, Payload};
use domain::complaint::SecretText;
use domain::evidence::FileName;
use futures_util::stream::Fuse;
use futures_util::{Stream, StreamExt as _};
use service::body::{BodyError, Places};
use zeroize::Zeroizing;

pub(crate) use self::drain::AT_ONCE as DRAINS_AT_ONCE;
use self::head::Head;
use self::pace::Pacer;
use crate::evidence::Wanted;
use crate::shared::Shared;

/// The media type of such a form.
const TYPE: &str = "multipart/form-data";
/// Most parts of a form, files and fields together.
const PARTS: usize = 256;
/// Bytes beyond fields and files: boundaries and heads.
const FRAMING: u64 = 256 << 10;

/// Why a form with files is not read any further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MultipartError {
    /// The body as such.
    #[error(transparent)]
    Body(#[from] BodyError),
    /// Not a form as browsers write it.
    #[error("not a form with parts")]
    Malformed,
}

impl From<actix_multipart::MultipartError> for MultipartError {
    fn from(error: actix_multipart::MultipartError) -> Self {
        use actix_multipart::MultipartError as Theirs;
        if let Theirs::Incomplete
        | Theirs::Payload(PayloadError::Io(_) | PayloadError::Incomplete(_)) = error
        {
            Self::Body(BodyError::Broken)
        } else {
            Self::Malformed
        }
    }
}

/// A form that is being read.
pub(crate) struct MultipartForm<'a> {
    shared: &'a Shared,
    multipart: Multipart,
    arrived: Rc<Arrived>,
    pacer: Pacer,
    parts: usize,
    text: usize,
    room: Places<'a>,
    wanted: Wanted,
}

/// One part of a form.
pub(crate) enum Part<'form, 'a> {
    /// A small field.
    Text {
        /// Its name.
        name: String,
        /// Its value; line breaks are `\n`.
        value: SecretText,
    },
    /// A file; what is not read of it is passed over.
    File(Box<FilePart<'form, 'a>>),
}

/// A file of a form, piece by piece.
pub(crate) struct FilePart<'form, 'a> {
    form: &'form mut MultipartForm<'a>,
    field: Fuse<Field>,
    name: String,
    file_name: FileName,
    first: Option<Bytes>,
}

impl<'a> MultipartForm<'a> {
    /// Begins to read the form of a request. What can be told from its head is told before a byte of
    /// the body is read.
    ///
    /// # Errors
    /// See [`MultipartError`].
    pub(crate) fn open(
        shared: &'a Shared,
        request: &HttpRequest,
        payload: Payload,
    ) -> Result<Self, MultipartError> {
        let headers = request.headers();
        if headers.contains_key(header::CONTENT_ENCODING) {
            return Err(BodyError::Encoded.into());
        }
        if !is_multipart(request) {
            return Err(BodyError::MediaType.into());
        }
        head::check_boundary(headers)?;
        let limit = shared
            .evidence
            .limits
            .total_bytes
            .saturating_add(shared.limits.bytes as u64)
            .saturating_add(FRAMING);
        let arrived = Rc::new(Arrived::default());
        arrived.limit.set(limit);
        let counted = Counted {
            payload,
            arrived: Rc::clone(&arrived),
        };
        Ok(Self {
            shared,
            multipart: Multipart::new(headers, counted),
            pacer: Pacer::new(shared.limits.deadline, shared.limits.at_once.is_some()),
            arrived,
            parts: 0,
            text: 0,
            room: Places::default(),
            wanted: Wanted::by_nobody(),
        })
    }

    /// The next part; `None` after the last. A file field that was left empty is passed over.
    ///
    /// # Errors
    /// See [`MultipartError`]; the form cannot be read any further.
    pub(crate) async fn next(&mut self) -> Result<Option<Part<'_, 'a>>, MultipartError> {
        loop {
            let wanted = || self.wanted.is_wanted();
            let next = self
                .pacer
                .wait(&self.arrived, wanted, self.multipart.next());
            let Some(field) = next.await? else {
                return if self.arrived.too_many.get() {
                    Err(self.too_large())
                } else {
                    Ok(None)
                };
            };
            let field = field.map_err(|error| self.told(error))?;
            self.parts += 1;
            if self.parts > PARTS {
                return Err(MultipartError::Malformed);
            }
            let Head { name, file_name } = Head::read(&field)?;
            let mut field = field.fuse();
            let Some(given) = file_name else {
                let value = self.text(field, None).await?;
                return Ok(Some(Part::Text { name, value }));
            };
            let first = self.piece(&mut field).await?;
            // What a browser sends of a file field in which nothing was chosen.
            if given.is_empty() && first.is_none() {
                continue;
            }
            return Ok(Some(Part::File(Box::new(FilePart {
                form: self,
                field,
                name,
                file_name: FileName::parse(&given),
                first,
            }))));
        }
    }

    async fn text(
        &mut self,
        mut field: Fuse<Field>,
        mut first: Option<Bytes>,
    ) -> Result<SecretText, MultipartError> {
        let mut value = Zeroizing::new(Vec::new());
        while let Some(piece) = match first.take() {
            Some(first) => Some(first),
            None => self.piece(&mut field).await?,
        } {
            self.text += piece.len();
            let limit = self.shared.limits.bytes;
            if self.text > limit {
                return Err(BodyError::TooLarge { limit }.into());
            }
            if let Some(crowd) = &self.shared.limits.at_once {
                let end = tokio::time::Instant::now() + self.shared.limits.deadline;
                self.room.take(&crowd.room, self.text, end).await?;
            }
            extend(&mut value, &piece);
        }
        let text = std::str::from_utf8(&value).map_err(|_| MultipartError::Malformed)?;
        Ok(SecretText::from(text.replace("\r\n", "\n")))
    }

    async fn piece(&mut self, field: &mut Fuse<Field>) -> Result<Option<Bytes>, MultipartError> {
        let wanted = || self.wanted.is_wanted();
        let next = self.pacer.wait(&self.arrived, wanted, field.next());
        match next.await? {
            Some(piece) => piece.map(Some).map_err(|error| self.told(error)),
            None => Ok(None),
        }
    }

    fn told(&self, error: actix_multipart::MultipartError) -> MultipartError {
        if self.arrived.too_many.get() {
            self.too_large()
        } else {
            error.into()
        }
    }

    fn too_large(&self) -> MultipartError {
        let limit = usize::try_from(self.shared.evidence.limits.total_bytes).unwrap_or(usize::MAX);
        BodyError::TooLarge { limit }.into()
    }
}

impl FilePart<'_, '_> {
    /// The name of the form's field.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What the file is called.
    pub(crate) fn file_name(&self) -> &FileName {
        &self.file_name
    }

    /// From here on, the form must come faster while somebody waits for its place.
    pub(crate) fn make_room_for(&mut self, wanted: Wanted) {
        self.form.wanted = wanted;
    }

    /// Reads a small file as a field.
    ///
    /// # Errors
    /// See [`MultipartError`].
    pub(crate) async fn into_text(self) -> Result<SecretText, MultipartError> {
        self.form.text(self.field, self.first).await
    }

    /// The next piece of the file, `None` after the last.
    ///
    /// # Errors
    /// See [`MultipartError`].
    pub(crate) async fn piece(&mut self) -> Result<Option<Bytes>, MultipartError> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        self.form.piece(&mut self.field).await
    }
}

impl std::fmt::Debug for MultipartForm<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MultipartForm")
            .field("parts", &self.parts)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for FilePart<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FilePart(…)")
    }
}

/// Whether a body comes in parts, as one with files does.
pub(crate) fn is_multipart(request: &HttpRequest) -> bool {
    let given = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    given
        .map(|given| given.split(';').next().unwrap_or_default().trim())
        .is_some_and(|given| given.eq_ignore_ascii_case(TYPE))
}

/// Appends to a buffer that leaves no copy behind when it grows.
fn extend(buffer: &mut Zeroizing<Vec<u8>>, bytes: &[u8]) {
    let length = buffer.len() + bytes.len();
    if length > buffer.capacity() {
        let mut larger = Zeroizing::new(Vec::with_capacity(length.max(2 * buffer.capacity())));
        larger.extend_from_slice(buffer);
        *buffer = larger;
    }
    buffer.extend_from_slice(bytes);
}

/// How much of a body has arrived.
#[derive(Debug, Default)]
struct Arrived {
    bytes: Cell<u64>,
    /// Most bytes that are taken.
    limit: Cell<u64>,
    too_many: Cell<bool>,
}

impl Arrived {
    /// Takes no more than so many bytes from here on.
    fn end_after(&self, bytes: u64) {
        let end = self.bytes.get().saturating_add(bytes);
        self.limit.set(self.limit.get().min(end));
    }
}

/// A body that is counted, and ends with an error where it becomes too long.
struct Counted {
    payload: Payload,
    arrived: Rc<Arrived>,
}

impl Stream for Counted {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.payload).poll_next(context);
        if let Poll::Ready(Some(Ok(bytes))) = &next {
            let all = self.arrived.bytes.get().saturating_add(bytes.len() as u64);
            self.arrived.bytes.set(all);
            if all > self.arrived.limit.get() {
                self.arrived.too_many.set(true);
                return Poll::Ready(Some(Err(PayloadError::Overflow)));
            }
        }
        next
    }
}
