//! Something that a member writes into a case, sealed to its key.

use committee::access::{AccessError, recipient_of};
use jiff::civil::Date;
use opening::OpenError;
use sealing::{RecipientError, SealError};
use serde::Serialize;
use service::language::Texts;
use service::problem::Problem;
use store::StoreError;
use store::casefiles::{Added, CaseId, DocumentId, DocumentKind, NewDocument, SealedDocument};

use crate::desk::case::who_may_open;
use crate::desk::gate::Member;
use crate::desk::{Desk, fallback};
use crate::documents::place;

/// How often it is sealed anew because the case got another key meanwhile.
const TRIES: usize = 4;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub(in crate::desk) enum KeepError {
    /// The case is gone.
    #[error("the case is gone")]
    Gone,
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Who may open the case cannot be found out.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// What the service keeps of the case does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The public key of the case is not valid.
    #[error("the public key of a case is not valid")]
    Recipient(#[from] RecipientError),
    /// It could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The case got another key each time.
    #[error("a case kept getting other keys")]
    Contended,
}

impl KeepError {
    pub(in crate::desk) fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Gone => fallback::no_such_case(texts),
            Self::Access(error) => who_may_open(texts, error),
            Self::Store(_)
            | Self::Open(_)
            | Self::Recipient(_)
            | Self::Seal(_)
            | Self::Contended => {
                tracing::error!(cause = %self, "a document was not written");
                fallback::unavailable(texts)
            }
        }
    }
}

/// Writes a document into a case; it is durable when this returns.
pub(in crate::desk) async fn keep<T: Serialize + Sync>(
    desk: &Desk,
    member: &Member,
    case: CaseId,
    kind: DocumentKind,
    written_on: Date,
    content: &T,
) -> Result<DocumentId, KeepError> {
    let keyring = &*member.keyring;
    for _ in 0..TRIES {
        let handle = desk.cases.handle(case).await?.ok_or(KeepError::Gone)?;
        let recipient = recipient_of(&*desk.cases, keyring, &handle).await?;
        let id = DocumentId(committee::documents::random_id(keyring.rng())?);
        let place = place(case, id, kind, written_on);
        let document = NewDocument {
            recipient: handle.recipient,
            document: SealedDocument {
                id,
                kind,
                written_on,
                sealed: recipient.seal(&place, content, keyring.rng())?,
            },
        };
        match desk.cases.add_document(case, &document).await? {
            Added::Now | Added::Before => return Ok(id),
            Added::Outdated => {}
        }
    }
    Err(KeepError::Contended)
}
