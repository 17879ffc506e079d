//! `guiando demo`: both services on this machine, with everything they need made on first start.
//!
//! It is a demonstration: the passphrase of its key and the one to sign in with lie beside the data,
//! so whoever can read the directory can read the complaints. A committee makes its key with
//! `guiando keys generate` and starts the two services itself.

mod account;
mod layout;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use store::StoreError;
use zeroize::Zeroizing;

use crate::children::ready::{free, reachable, ready};
use crate::children::{Service, ServiceError, beside};
use crate::output;
use crate::passphrase;
use account::AccountError;
use layout::{Layout, LayoutError};

/// Seconds between two looks of triage into the mailroom: short enough to watch.
const INTERVAL: &str = "2";
/// Where the pieces of triage's environment are named; intake gets none of them.
const ONLY_TRIAGE: [&str; 3] = [passphrase::VARIABLE, "CASES_URL", "COMMITTEE_IDENTITY"];

/// Where the demonstration lives and listens.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Directory of keys and data; made on first start
    #[arg(
        long,
        env = "GUIANDO_DATA",
        value_name = "DIR",
        default_value = "./data"
    )]
    data: PathBuf,
    /// Where people file
    #[arg(
        long,
        env = "INTAKE_LISTEN",
        value_name = "ADDR",
        default_value = "127.0.0.1:8080"
    )]
    intake: SocketAddr,
    /// Where the committee reads
    #[arg(
        long,
        env = "TRIAGE_LISTEN",
        value_name = "ADDR",
        default_value = "127.0.0.1:8081"
    )]
    triage: SocketAddr,
}

/// Why the demonstration ended.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The directory cannot be used.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The account cannot be made.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The case files cannot be opened.
    #[error("the case files in the data directory cannot be used")]
    Store(#[from] StoreError),
    /// Somebody else listens there.
    #[error("cannot listen at {address}: stop what listens there, or choose another with {option}")]
    Address {
        /// Which address.
        address: SocketAddr,
        /// The option that chooses it.
        option: &'static str,
        /// Why.
        source: io::Error,
    },
    /// A service does not run.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The system does not let us wait for signals or write.
    #[error("input or output failed")]
    Io(#[from] io::Error),
}

impl Demo {
    pub(crate) fn run(self) -> Result<(), DemoError> {
        // The services follow the thread that starts them, so there is only the main one.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let mut running = Vec::new();
            let outcome = tokio::select! {
                // A wish to stop that comes together with the end of a service is a wish to stop.
                biased;
                asked = service::run::asked_to_stop() => asked.map_err(DemoError::from),
                error = self.serve(&mut running) => Err(error),
            };
            let mut stopping: Vec<_> = running
                .into_iter()
                .map(|service: Service| tokio::spawn(service.stop()))
                .collect();
            for service in &mut stopping {
                // A stop that panics has already said so.
                let _ = service.await;
            }
            outcome
        })
    }

    /// Starts everything and returns only when something goes wrong.
    async fn serve(&self, running: &mut Vec<Service>) -> DemoError {
        let greeting = match self.started(running).await {
            Ok(greeting) => greeting,
            Err(error) => return error,
        };
        let [intake, triage] = running.as_mut_slice() else {
            unreachable!("two services were started");
        };
        // Each may end while the other one is still waited for.
        tokio::select! {
            error = intake.ended() => error.into(),
            error = triage.ended() => error.into(),
            Err(error) = greeting.once_ready() => error,
        }
    }

    async fn started(&self, running: &mut Vec<Service>) -> Result<Greeting, DemoError> {
        let intake_at = free_or(self.intake, "--intake")?;
        let triage_at = free_or(self.triage, "--triage")?;
        let (layout, key_passphrase) = Layout::prepare(&self.data)?;
        let sign_in = {
            let cases = service::stores::case_files(layout.cases()).await?;
            let identity = account::identity(&layout, &key_passphrase)?;
            account::prepare(&*cases, &layout, identity).await?
        };

        running.push(
            beside("intake")?
                .option("--listen", intake_at.to_string())
                .option("--mailroom", layout.mailroom().expose())
                .option("--recipients", layout.recipients())
                .without(&ONLY_TRIAGE)
                .start()?,
        );
        running.push(
            beside("triage")?
                .option("--listen", triage_at.to_string())
                .option("--mailroom", layout.mailroom().expose())
                .option("--cases", layout.cases().expose())
                .option("--identity", layout.identity())
                .option("--recipients", layout.recipients())
                .option("--interval", INTERVAL)
                .variable(passphrase::VARIABLE, key_passphrase.as_str())
                .start()?,
        );
        Ok(Greeting {
            layout,
            intake_at,
            triage_at,
            sign_in,
        })
    }
}

/// What the operator is told once both services answer.
struct Greeting {
    /// Held until the demonstration ends, and with it the lock on its directory.
    layout: Layout,
    intake_at: SocketAddr,
    triage_at: SocketAddr,
    sign_in: Zeroizing<String>,
}

impl Greeting {
    async fn once_ready(self) -> Result<Infallible, DemoError> {
        ready("intake", self.intake_at).await?;
        ready("triage", self.triage_at).await?;
        let greeting = format!(
            "\n\
             Guiando tu denuncia: demostración\n\
             \n\
             Presentar una denuncia:  http://{intake}/\n\
             Mesa del comité:         http://{triage}/\n\
             \x20   usuario:             {user}\n\
             \x20   frase:               {words}\n\
             \x20   Entra sin segundo paso, sólo porque es una demostración.\n\
             \n\
             Datos y llaves: {data}\n\
             Es una demostración: la frase de la llave está junto a los datos. No la use con \
             denuncias reales.\n\
             Ctrl-C para detener.\n",
            intake = reachable(self.intake_at),
            triage = reachable(self.triage_at),
            user = account::NAME,
            words = self.sign_in.as_str(),
            data = self.layout.data().display(),
        );
        output::to_stdout(greeting.as_bytes())?;
        std::future::pending().await
    }
}

fn free_or(address: SocketAddr, option: &'static str) -> Result<SocketAddr, DemoError> {
    free(address).map_err(|source| DemoError::Address {
        address,
        option,
        source,
    })
}
