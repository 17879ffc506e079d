//! Starting and stopping the service: stores, identity, worker, desk.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use actix_web::{App, HttpServer, web};
use classifier::{Classifier, HeadsFault};
use domain::catalogue::{CatalogueError, Catalogues};
use notices::smtp::{NoTransport, Smtp};
use opening::IdentityError;
use runner::Program;
use service::clock::{Clock, SystemClock};
use service::stores;
use store::StoreError;
use store::casefiles::CaseFiles;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use crate::desk::register::Register;
use crate::desk::{Desk, DeskError, Viewer};
use crate::key_files::KeyFiles;
use crate::mail::Notices;
use crate::settings::Settings;
use crate::upkeep::Upkeep;
use crate::vault::{UnsealError, Vault};
use crate::worker::{Agreed, Answered, BATCH, Files, PROPOSING, Worker};
use committee::keyring::Keyring;

/// Environment variable with the passphrase of the identity file.
pub(crate) const PASSPHRASE: &str = "GUIANDO_PASSPHRASE";

/// How long the end of the service waits for a message that is being handed over.
const LAST_MESSAGE: Duration = Duration::from_secs(10);

/// Why the service did not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A catalogue is not sound.
    #[error("the catalogues are not sound")]
    Catalogues(#[from] CatalogueError),
    /// A store cannot be opened.
    #[error("the store `{store}` cannot be opened")]
    Store {
        /// Which of the two.
        store: &'static str,
        /// Why.
        source: StoreError,
    },
    /// The identity file cannot be read.
    #[error("the identity file {path} cannot be read")]
    IdentityFile {
        /// Where it was looked for.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The identity file does not open.
    #[error("the identity file {path} does not open")]
    Identity {
        /// Where it is.
        path: PathBuf,
        /// Why.
        source: IdentityError,
    },
    /// The file with the recipients cannot be read, or holds none.
    #[error("the recipients file {path} cannot be used")]
    Recipients {
        /// Where it was looked for.
        path: PathBuf,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The file with the holders of the last resort cannot be read, or is none.
    #[error("the file {path} with the holders of the last resort cannot be used")]
    Recovery {
        /// Where it was looked for.
        path: PathBuf,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// What was learnt on site cannot be read.
    #[error("the file {path} with what the classifier learnt on site cannot be read")]
    HeadsFile {
        /// Where it was looked for.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It does not belong to this program's classifier, or is damaged.
    #[error("the file {path} with what the classifier learnt on site cannot be used")]
    Heads {
        /// Where it is.
        path: PathBuf,
        /// Why.
        source: HeadsFault,
    },
    /// Neither variable nor terminal gave a passphrase.
    #[error("set {PASSPHRASE}, or start at a terminal, to open the identity file")]
    NoPassphrase,
    /// The service cannot be unsealed.
    #[error("the service cannot be unsealed")]
    Unseal(#[from] UnsealError),
    /// The desk's texts or settings are not sound.
    #[error("the desk cannot be set up")]
    Desk(#[from] DeskError),
    /// The system does not tell where this program is.
    #[error("the system does not tell where this program is; set TRIAGE_CLEANER")]
    Beside(#[source] io::Error),
    /// The mail server cannot be used.
    #[error(transparent)]
    Mail(#[from] NoTransport),
    /// The certificate for the mail server cannot be read.
    #[error("the certificate {path} for the mail server cannot be read")]
    MailRoot {
        /// Where it was looked for.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The address cannot be listened on, or the server failed.
    #[error("the server cannot listen on {address}")]
    Listen {
        /// The address.
        address: String,
        /// Why.
        source: io::Error,
    },
    /// The worker ended although nobody asked it to.
    #[error("the worker broke off; start the service again")]
    WorkerEnded,
    /// The server failed.
    #[error("the server failed")]
    Server(#[source] io::Error),
}

/// Runs the service until it is asked to stop.
///
/// # Errors
/// See [`StartError`].
pub async fn run(settings: Settings) -> Result<(), StartError> {
    Catalogues::load()?;
    let classifier = classifier(&settings)?;
    // The passphrase comes first, so that a wrong one is told before anything is touched.
    let KeyFiles { expected, identity } = KeyFiles::read(&settings)?;
    let mailroom = stores::mailroom(&settings.mailroom)
        .await
        .map_err(|source| closed("mailroom", source))?;
    let cases = stores::case_files(&settings.cases)
        .await
        .map_err(|source| closed("cases", source))?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let vault = Arc::new(Vault::sealed(cases.clone(), expected, clock.clone()));
    if let Some(identity) = identity {
        vault.unseal(identity).await?;
    }

    let mut desk = Desk::new(
        cases.clone(),
        mailroom.clone(),
        vault.clone(),
        clock.clone(),
        settings.origin.as_ref(),
    )?
    .with_viewer(viewer(&settings).await?);
    let mail = mail(&settings, &cases, &vault, &clock, desk.register())?;
    if mail.is_some() {
        desk = desk.with_mail(settings.slots());
    }
    let desk = web::Data::new(desk);
    let tended = desk.clone();
    let server = HttpServer::new(move || {
        App::new()
            .app_data(desk.clone())
            .wrap(service::headers::security(service::headers::LINKED_STYLE))
            .configure(crate::desk::routes)
    })
    .workers(2)
    .disable_signals()
    .shutdown_timeout(10)
    .bind(settings.listen)
    .map_err(|source| StartError::Listen {
        address: settings.listen.to_string(),
        source,
    })?;
    let address = address(&server.addrs());
    tracing::info!(address, sealed = vault.keyring().is_none(), "listening");

    let (stop, stopped) = watch::channel(false);
    // Beside the worker: how much there is to do must not show in when mail goes.
    let mail_stopped = stopped.clone();
    let post = mail.map(|mail| tokio::spawn(async move { mail.run(mail_stopped).await }));
    let upkeep = Arc::new(Upkeep::new(
        mailroom.clone(),
        cases.clone(),
        vault.clone(),
        clock.clone(),
    ));
    let calendar = vault.calendar().clone();
    let worker = move |keyring| Worker {
        mailroom: mailroom.clone(),
        cases: cases.clone(),
        keyring,
        classifier,
        hidden: settings.hidden_share,
        calendar: calendar.clone(),
        clock: clock.clone(),
        files: Files::default(),
        agreed: Agreed::default(),
        batch: BATCH,
        proposing: PROPOSING,
        answered: Answered::default(),
    };
    let last = Arc::clone(&upkeep);
    let mut work = tokio::spawn(work(
        vault,
        worker,
        upkeep,
        tended,
        settings.interval(),
        stopped,
    ));

    let server = server.run();
    let handle = server.handle();
    let server = tokio::spawn(server);
    let ended = tokio::select! {
        asked = service::run::asked_to_stop() => asked.map_err(StartError::Server),
        // It ends only when told to: a service that opens nothing any more must not look alive.
        _ = &mut work => Err(StartError::WorkerEnded),
    };
    // The server answers what it has begun.
    let _ = stop.send(true);
    handle.stop(true).await;
    if ended.is_ok() {
        // A worker that panicked now has nothing left to finish.
        let _ = work.await;
    }
    if let Some(post) = post {
        // A message that is in hand is finished, and marked, if the server does not take too long; else it
        // goes out again.
        let _ = tokio::time::timeout(LAST_MESSAGE, post).await;
    }
    last.note_end().await;
    let outcome = server
        .await
        .map_err(io::Error::other)
        .and_then(|served| served);
    ended.and(outcome.map_err(StartError::Server))
}

/// Without the program that shows files the service runs all the same: members are told that there is nothing to
/// look at but the original.
async fn viewer(settings: &Settings) -> Result<Viewer, StartError> {
    let path = match &settings.cleaner {
        Some(path) => path.clone(),
        None => Program::beside_this().map_err(StartError::Beside)?,
    };
    let viewer = Viewer::new(path);
    if !viewer.works().await {
        let reason = if viewer.path().exists() {
            "cleaner_broken"
        } else {
            "cleaner_missing"
        };
        tracing::warn!(reason, "files cannot be shown");
    }
    Ok(viewer)
}

/// The shipped classifier, or with what was learnt on site.
fn classifier(settings: &Settings) -> Result<&'static dyn Classifier, StartError> {
    let Some(path) = &settings.classifier_heads else {
        return Ok(classifier::standard());
    };
    let heads = fs::read(path).map_err(|source| StartError::HeadsFile {
        path: path.clone(),
        source,
    })?;
    let learnt = classifier::shipped()
        .with_heads(&heads)
        .map_err(|source| StartError::Heads {
            path: path.clone(),
            source,
        })?;
    // It is in use until the program ends.
    Ok(Box::leak(Box::new(learnt)))
}

/// A store that does not open.
fn closed(store: &'static str, source: StoreError) -> StartError {
    StartError::Store { store, source }
}

/// The members' mail, if there is a server for it.
fn mail(
    settings: &Settings,
    cases: &Arc<dyn CaseFiles>,
    vault: &Arc<Vault>,
    clock: &Arc<dyn Clock>,
    register: Arc<Register>,
) -> Result<Option<Notices>, StartError> {
    let (Some(url), Some(from)) = (&settings.smtp, &settings.smtp_from) else {
        return Ok(None);
    };
    let root = settings.smtp_root.as_ref();
    let root = root
        .map(|path| {
            fs::read(path).map_err(|source| StartError::MailRoot {
                path: path.clone(),
                source,
            })
        })
        .transpose()?;
    let smtp = Smtp::new(url, from.clone(), root.as_deref())?;
    let (cases, vault, clock) = (Arc::clone(cases), Arc::clone(vault), Arc::clone(clock));
    let notices = Notices::new(
        cases,
        vault,
        register,
        clock,
        Arc::new(smtp),
        from.clone(),
        settings.slots(),
    );
    Ok(Some(notices.map_err(DeskError::from)?))
}

/// Where a server listens.
fn address(all: &[SocketAddr]) -> String {
    all.first().map(ToString::to_string).unwrap_or_default()
}

/// Each interval the daily work, if it is due, and one round of the worker, unless the service is
/// sealed. A service that is opened begins its round at once; one that is sealed meanwhile breaks it
/// off.
async fn work(
    vault: Arc<Vault>,
    worker: impl Fn(Arc<Keyring>) -> Worker,
    upkeep: Arc<Upkeep>,
    desk: web::Data<Desk>,
    interval: Duration,
    mut stopped: watch::Receiver<bool>,
) {
    let mut ticks = tokio::time::interval(interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut changes = vault.changes();
    let mut at_work = changes.borrow_and_update().clone().map(&worker);
    let mut more_waits = false;
    loop {
        if changes.has_changed().unwrap_or(false) {
            // Whatever the one before had in hand is forgotten with its key.
            at_work = changes.borrow_and_update().clone().map(&worker);
        } else if !more_waits {
            // A round that left proposals or files is followed by another at once.
            tokio::select! {
                _ = stopped.changed() => return,
                _ = ticks.tick() => {}
                Ok(()) = changes.changed() => {
                    changes.mark_changed();
                    continue;
                }
            }
        }
        desk.tend().await;
        // Both may be cut off between any two steps; whoever comes next goes on from there.
        tokio::select! {
            _ = stopped.changed() => return,
            Ok(()) = changes.changed() => changes.mark_changed(),
            wait = turn(at_work.as_ref(), &upkeep, &vault) => more_waits = wait,
        }
    }
}

/// Says whether the worker would go on at once.
async fn turn(worker: Option<&Worker>, upkeep: &Upkeep, vault: &Vault) -> bool {
    let mut more_waits = false;
    if let Err(error) = vault.read_calendar().await {
        tracing::error!(cause = %error, "the calendar stays as it was; it is tried again");
    } else if let Err(error) = upkeep.announce().await {
        tracing::error!(cause = %error, "intake was not told the calendar; it is tried again");
    }
    if let Some(worker) = worker {
        match worker.round().await {
            Ok(round) => {
                more_waits = round.more_waits;
                upkeep.add(round).await;
            }
            Err(error) => {
                tracing::error!(cause = %error, "a round broke off; the next one goes on");
            }
        }
        if let Err(error) = worker.tend_acts(vault.log()).await {
            tracing::error!(cause = %error, "acts that take two were not tended; it is tried again");
        }
    }
    if let Err(error) = upkeep.run().await {
        tracing::error!(cause = %error, "the daily rewrite failed; it is tried again");
    }
    more_waits
}
