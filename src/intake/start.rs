//! From the command line to a running service.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::catalogue::{CatalogueError, Catalogues};
use receipts::ReceiptKey;
use sealing::{AnnouncementKey, NotAnAnnouncementKey, RecipientError, Recipients};
use service::clock::SystemClock;
use service::settings::StoreUrl;
use store::StoreError;

use crate::abuse::Budgets;
use crate::cleaner::CleanerProgram;
use crate::form_key::{self, FormKeyError};
use crate::network::Networks;
use crate::options::Options;
use crate::page_seal::PageKeys;
use crate::receipt_file::{self, ReceiptFileError};
use crate::server::{BindError, Intake};
use crate::shared::{Settings, body_limits};

/// Why the service does not start, or ended.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The compiled-in catalogues are not sound.
    #[error(transparent)]
    Catalogues(#[from] CatalogueError),
    /// The file of recipients cannot be read.
    #[error("the committee's recipients {} cannot be read", path.display())]
    RecipientsFile {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file holds no valid recipient.
    #[error("{} does not hold the committee's recipients", path.display())]
    Recipients {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: RecipientError,
    },
    /// Its line that names the key of announcements is damaged.
    #[error("{} does not name the key of the committee's announcements", path.display())]
    Announcements {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: NotAnAnnouncementKey,
    },
    /// On PostgreSQL several processes serve one mailroom, so none may make a key of its own.
    #[error("a mailroom on PostgreSQL needs --receipt-key, the same for every intake process")]
    ReceiptKeyMissing,
    /// The receipt key cannot be used.
    #[error(transparent)]
    ReceiptKey(#[from] ReceiptFileError),
    /// The keys of pages cannot be used.
    #[error(transparent)]
    FormKey(#[from] FormKeyError),
    /// The system does not tell where this program is.
    #[error("the place of this program is not known; give --cleaner")]
    Beside(#[source] io::Error),
    /// The mailroom cannot be opened.
    #[error("the mailroom cannot be opened")]
    Mailroom(#[source] StoreError),
    /// The service cannot be bound.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// The server broke.
    #[error("the server broke")]
    Server(#[source] io::Error),
}

/// Starts the service and serves until it is asked to stop.
///
/// # Errors
/// See [`StartError`].
pub fn start(options: Options) -> Result<(), StartError> {
    service::run::keep_memory_private();
    service::run::allow_many_connections();
    Catalogues::load()?;
    let committee = read_committee(&options.recipients)?;
    let receipts = receipt_key(options.receipt_key.as_deref(), &options.mailroom)?;
    let pages = form_key::load_or_draw(options.form_key.as_deref())?;
    actix_web::rt::System::new().block_on(serve(options, committee, receipts, pages))
}

async fn serve(
    options: Options,
    (recipients, announcements): (Recipients, Option<AnnouncementKey>),
    receipts: ReceiptKey,
    pages: PageKeys,
) -> Result<(), StartError> {
    let mailroom = service::stores::mailroom(&options.mailroom)
        .await
        .map_err(StartError::Mailroom)?;
    let key_id = recipients.key_id();
    let cleaner = cleaner(options.cleaner, options.clean_limit_mib).await?;
    let settings = Settings {
        mailroom,
        recipients,
        announcements,
        receipts,
        pages,
        cleaner,
        clock: Arc::new(SystemClock),
        limits: body_limits(options.abuse_limits.is_on()),
        budgets: options.abuse_limits.is_on().then(Budgets::default),
        networks: Networks {
            institution: options.institution_networks,
            forwarded_by: options.forwarded_by,
        },
        onion: options.onion,
        evidence: options.evidence.into(),
    };
    let intake = Intake::bind(options.listen, settings)?;
    tracing::info!(address = %intake.address(), key_id = %key_id, "listening");
    intake
        .run(service::run::asked_to_stop())
        .await
        .map_err(StartError::Server)
}

/// Without a cleaner the service runs all the same: files are taken, and their senders are told that
/// they could not be cleaned.
async fn cleaner(given: Option<PathBuf>, limit_mib: u64) -> Result<CleanerProgram, StartError> {
    let path = match given {
        Some(path) => path,
        None => CleanerProgram::beside_this().map_err(StartError::Beside)?,
    };
    let cleaner = CleanerProgram::new(path, limit_mib);
    if !cleaner.works().await {
        let reason = if cleaner.path().exists() {
            "cleaner_broken"
        } else {
            "cleaner_missing"
        };
        tracing::warn!(reason, "files cannot be cleaned");
    }
    Ok(cleaner)
}

/// To whom complaints are sealed, and what checks the committee's announcements.
fn read_committee(path: &Path) -> Result<(Recipients, Option<AnnouncementKey>), StartError> {
    let text = std::fs::read_to_string(path).map_err(|source| StartError::RecipientsFile {
        path: path.to_owned(),
        source,
    })?;
    let recipients = text.parse().map_err(|source| StartError::Recipients {
        path: path.to_owned(),
        source,
    })?;
    let announcements =
        AnnouncementKey::named_in(&text).map_err(|source| StartError::Announcements {
            path: path.to_owned(),
            source,
        })?;
    Ok((recipients, announcements))
}

fn receipt_key(given: Option<&Path>, mailroom: &StoreUrl) -> Result<ReceiptKey, StartError> {
    Ok(match (given, mailroom.path()) {
        (Some(path), Some(_)) => receipt_file::load_or_make(path)?,
        (Some(path), None) => receipt_file::load(path)?,
        (None, Some(mailroom)) => {
            receipt_file::load_or_make(&mailroom.with_file_name(receipt_file::NAME))?
        }
        (None, None) => return Err(StartError::ReceiptKeyMissing),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postgresql_without_a_receipt_key_is_refused() {
        let url = "postgres://intake@localhost/mailroom".parse().unwrap();
        assert!(matches!(
            receipt_key(None, &url),
            Err(StartError::ReceiptKeyMissing)
        ));
    }

    #[test]
    fn a_file_without_a_recipient_is_refused() {
        let path = std::env::temp_dir().join(format!("intake-recipients-{}", std::process::id()));
        for text in ["", "# nada\n", "age1noesunaclave\n"] {
            std::fs::write(&path, text).unwrap();
            assert!(
                matches!(read_committee(&path), Err(StartError::Recipients { .. })),
                "{text}"
            );
        }
        let recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
        std::fs::write(&path, format!("{recipient}\n")).unwrap();
        assert_eq!(
            read_committee(&path).unwrap().1,
            None,
            "made by an older program"
        );
        std::fs::write(&path, format!("{recipient}\n# announcements: 1234\n")).unwrap();
        assert!(matches!(
            read_committee(&path),
            Err(StartError::Announcements { .. })
        ));
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(
            read_committee(&path),
            Err(StartError::RecipientsFile { .. })
        ));
    }
}
