//! Why a round breaks off, and what of it is the fault of one case alone.

use committee::access::AccessError;
use committee::calendar::CalendarError;
use committee::incidents::IncidentError;
use committee::members::RosterError;
use mailbox::EntrySealError;
use opening::OpenError;
use sealing::SealError;
use store::StoreError;

use super::cores::Panicked;

/// Why a round broke off. Nothing is lost: the next round goes on where it stopped.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// A store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// A reply could not be sealed.
    #[error(transparent)]
    Reply(#[from] EntrySealError),
    /// What the service itself sealed does not open.
    #[error("what the service keeps for a case does not open")]
    ServiceRecord(#[source] OpenError),
    /// A key in the case files is not one.
    #[error("the public key of a case is not valid")]
    CaseRecipient(#[from] sealing::RecipientError),
    /// The system has no randomness to give.
    #[error("the system gives no randomness")]
    Randomness,
    /// Every folio of the year that was drawn is taken.
    #[error("no free folio was drawn for {year}")]
    NoFolio {
        /// The year.
        year: i16,
    },
    /// The classifier or the opening of an envelope panicked.
    #[error("a step panicked")]
    Panicked,
    /// Other replies kept taking the position in a mailbox, or the case kept getting other keys.
    #[error("a case stayed contended")]
    Contended,
    /// Who may open a case could not be found out or changed.
    #[error(transparent)]
    Access(AccessError),
    /// A security incident cannot be read or kept.
    #[error(transparent)]
    Incident(IncidentError),
    /// What was entered in the committee's calendar cannot be read.
    #[error(transparent)]
    Calendar(CalendarError),
    /// The members' records are not as they have to be.
    #[error(transparent)]
    Roster(RosterError),
}

impl From<Panicked> for WorkerError {
    fn from(_: Panicked) -> Self {
        Self::Panicked
    }
}

impl From<IncidentError> for WorkerError {
    fn from(error: IncidentError) -> Self {
        match error {
            IncidentError::Store(error) => Self::Store(error),
            error @ (IncidentError::Open(_)
            | IncidentError::Seal(_)
            | IncidentError::Full
            | IncidentError::Contended) => Self::Incident(error),
        }
    }
}

impl From<CalendarError> for WorkerError {
    fn from(error: CalendarError) -> Self {
        match error {
            CalendarError::Store(error) => Self::Store(error),
            error @ (CalendarError::Open(_) | CalendarError::Seal(_) | CalendarError::Fault(_)) => {
                Self::Calendar(error)
            }
        }
    }
}

impl From<RosterError> for WorkerError {
    fn from(error: RosterError) -> Self {
        match error {
            RosterError::Store(error) => Self::Store(error),
            error @ (RosterError::Anchor(_)
            | RosterError::Gone(_)
            | RosterError::Older(_)
            | RosterError::Open(_)) => Self::Roster(error),
        }
    }
}

impl From<AccessError> for WorkerError {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Store(error) => Self::Store(error),
            error @ (AccessError::Unknown
            | AccessError::NoCopy
            | AccessError::Open(_)
            | AccessError::Seal(_)
            | AccessError::Recipient(_)
            | AccessError::NobodyLeft
            | AccessError::Altered
            | AccessError::Contended) => Self::Access(error),
        }
    }
}

impl WorkerError {
    /// Whether it is the fault of one case, so that the others can go on.
    pub(super) fn is_of_one_case(&self) -> bool {
        match self {
            Self::ServiceRecord(_)
            | Self::CaseRecipient(_)
            | Self::Contended
            | Self::Panicked
            // Only a complaint of a day far ahead asks for it.
            | Self::Calendar(_)
            | Self::NoFolio { .. } => true,
            Self::Reply(error) => *error == EntrySealError::TooLong,
            Self::Seal(error) => matches!(error, SealError::TooLong),
            Self::Access(error) => match error {
                AccessError::Unknown
                | AccessError::NoCopy
                | AccessError::Open(_)
                | AccessError::Recipient(_)
                | AccessError::NobodyLeft
                | AccessError::Altered
                | AccessError::Contended => true,
                AccessError::Seal(error) => matches!(error, SealError::TooLong),
                AccessError::Store(_) => false,
            },
            Self::Store(_) | Self::Randomness | Self::Roster(_) | Self::Incident(_) => false,
        }
    }
}
