//! Who hands files in.

use actix_web::HttpRequest;
use domain::case::Status;
use mailbox::{LookupId, Mailbox};
use service::body::BodyError;

use crate::evidence::{Errand, HeldFile, Upload};
use crate::network::Mark;
use crate::shared::Shared;

/// Whose files come. Each has places and bytes that the others cannot take (`crate::evidence`).
#[derive(Clone, Copy)]
pub(crate) enum Sender<'a> {
    /// Somebody who files, told apart by where they come from, if at all.
    Complaint(&'a HttpRequest),
    /// Somebody who has filed, told apart by their mailbox.
    Mailbox {
        id: LookupId,
        /// Whether the committee has asked them for something.
        asked: bool,
    },
}

impl Sender<'_> {
    /// The owner of a mailbox that was found.
    pub(crate) fn of_mailbox(id: LookupId, mailbox: &Mailbox) -> Self {
        Self::Mailbox {
            id,
            asked: mailbox.status == Status::NeedsInformation,
        }
    }
}

impl Shared {
    /// Lets the files of somebody come, besides those that are held already, once there is a place.
    ///
    /// # Errors
    /// [`BodyError::Busy`] when no place became free in time.
    pub(crate) async fn upload(
        &self,
        sender: Sender<'_>,
        held: &[HeldFile],
    ) -> Result<Upload, BodyError> {
        let errand = match sender {
            Sender::Complaint(_) => Errand::Complaint,
            Sender::Mailbox { asked: false, .. } => Errand::Message,
            Sender::Mailbox { asked: true, .. } => Errand::Answer,
        };
        let mark = |key: &_| match sender {
            Sender::Complaint(request) => self.networks.mark(request, key),
            Sender::Mailbox { id, .. } => Some(Mark::new(id.as_bytes(), key)),
        };
        let now = self.clock.now();
        self.evidence.upload(errand, held, now, mark).await
    }
}
