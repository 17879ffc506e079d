//! Starting and stopping the service: stores, identity, worker, desk.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use actix_web::{App, HttpServer, web};
use domain::calendar::Calendar;
use domain::catalogue::{CatalogueError, Catalogues};
use opening::{CommitteeIdentity, IdentityError, Passphrase};
use service::clock::{Clock, SystemClock};
use service::stores;
use store::StoreError;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use crate::desk::{Desk, DeskError};
use crate::keyring::{Keyring, KeyringError};
use crate::settings::Settings;
use crate::upkeep::Upkeep;
use crate::worker::{Files, Worker};

/// Environment variable with the passphrase of the identity file.
const PASSPHRASE: &str = "GUIANDO_PASSPHRASE";

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
    /// Neither variable nor terminal gave a passphrase.
    #[error("set {PASSPHRASE}, or start at a terminal, to open the identity file")]
    NoPassphrase,
    /// The service cannot be unsealed.
    #[error("the service cannot be unsealed")]
    Keyring(#[from] KeyringError),
    /// The desk's texts or settings are not sound.
    #[error("the desk cannot be set up")]
    Desk(#[from] DeskError),
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
    // The passphrase comes first, so that a wrong one is told before anything is touched.
    let identity = settings
        .identity
        .as_deref()
        .map(read_identity)
        .transpose()?;
    let mailroom = stores::mailroom(&settings.mailroom)
        .await
        .map_err(|source| StartError::Store {
            store: "mailroom",
            source,
        })?;
    let cases = stores::case_files(&settings.cases)
        .await
        .map_err(|source| StartError::Store {
            store: "cases",
            source,
        })?;
    let keyring = match identity {
        Some(identity) => Some(Arc::new(Keyring::unseal(identity, &*cases).await?)),
        None => None,
    };
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);

    let desk = web::Data::new(Desk::new(
        cases.clone(),
        mailroom.clone(),
        keyring.clone(),
        clock.clone(),
    )?);
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
    let address = server
        .addrs()
        .first()
        .map(ToString::to_string)
        .unwrap_or_default();
    tracing::info!(address, sealed = keyring.is_none(), "listening");

    let (stop, stopped) = watch::channel(false);
    let upkeep = Arc::new(Upkeep::new(mailroom.clone(), cases.clone(), clock.clone()));
    let worker = keyring.map(|keyring| Worker {
        mailroom,
        cases,
        keyring,
        classifier: classifier::standard(),
        calendar: Calendar::default(),
        clock,
        files: Files::default(),
    });
    let mut work = tokio::spawn(work(worker, upkeep, settings.interval(), stopped));

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
    let outcome = server
        .await
        .map_err(io::Error::other)
        .and_then(|served| served);
    ended.and(outcome.map_err(StartError::Server))
}

/// Each interval the daily work, if it is due, and one round of the worker, if there is one.
async fn work(
    worker: Option<Worker>,
    upkeep: Arc<Upkeep>,
    interval: Duration,
    mut stopped: watch::Receiver<bool>,
) {
    let mut ticks = tokio::time::interval(interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut files_wait = false;
    loop {
        // A round that left files to be moved is followed by another at once.
        if !files_wait {
            tokio::select! {
                _ = stopped.changed() => return,
                _ = ticks.tick() => {}
            }
        }
        // Both may be cut off between any two steps; whoever comes next goes on from there.
        tokio::select! {
            _ = stopped.changed() => return,
            wait = turn(worker.as_ref(), &upkeep) => files_wait = wait,
        }
    }
}

/// Says whether files wait.
async fn turn(worker: Option<&Worker>, upkeep: &Upkeep) -> bool {
    let mut files_wait = false;
    if let Some(worker) = worker {
        match worker.round().await {
            Ok(round) => {
                files_wait = round.files_wait;
                upkeep.add(round).await;
            }
            Err(error) => {
                tracing::error!(cause = %error, "a round broke off; the next one goes on");
            }
        }
    }
    if let Err(error) = upkeep.run().await {
        tracing::error!(cause = %error, "the daily rewrite failed; it is tried again");
    }
    files_wait
}

fn read_identity(path: &Path) -> Result<CommitteeIdentity, StartError> {
    let file = std::fs::read(path).map_err(|source| StartError::IdentityFile {
        path: path.to_owned(),
        source,
    })?;
    CommitteeIdentity::from_protected(&file, passphrase()?).map_err(|source| StartError::Identity {
        path: path.to_owned(),
        source,
    })
}

fn passphrase() -> Result<Passphrase, StartError> {
    use std::io::IsTerminal as _;
    if let Ok(given) = std::env::var(PASSPHRASE) {
        return Ok(Passphrase::from(given));
    }
    if !io::stdin().is_terminal() {
        return Err(StartError::NoPassphrase);
    }
    rpassword::prompt_password("Frase de la llave del comité: ")
        .map(Passphrase::from)
        .map_err(|_| StartError::NoPassphrase)
}
