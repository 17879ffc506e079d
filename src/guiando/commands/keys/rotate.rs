//! `guiando keys rotate` and `guiando keys retire`: another key for the committee, and the end of the old
//! one.
//!
//! The new files are durable before anything in a store is touched. Everything after that can be
//! repeated: it is done by the key that is handed in, whether it was made a moment or a day ago.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use committee::keyring::{Keyring, KeyringError};
use committee::log::{Actor, LogError, Logbook, Recorder};
use committee::rotation::{Needed, Rotated, Rotation, RotationError};

use opening::{CommitteeIdentity, TooManyKeys};
use service::clock::{Clock as _, SystemClock};
use service::settings::StoreUrl;
use store::casefiles::CaseFiles;
use store::mailroom::Mailroom;
use tokio::runtime::Runtime;

use super::QuorumArgs;
use super::progress::Bar;
use super::source::{KeyArgs, KeySourceError, keep};
use super::stores::{self, StoresError};
use crate::output;

/// Another key for the committee.
#[derive(Debug, clap::Args)]
pub(crate) struct Rotate {
    #[command(flatten)]
    key: KeyArgs,
    /// Directory for the new key, which is put in front of the one handed in; made when absent, never
    /// written over. Without it, a rotation that was begun goes on with the new key, handed in
    #[arg(long, value_name = "DIR", required_unless_present = "mailroom")]
    out: Option<PathBuf>,
    #[command(flatten)]
    quorum: QuorumArgs,
    /// The store that intake writes to; without it and the case files, only the key is made
    #[arg(
        long,
        env = "MAILROOM_URL",
        value_name = "URL",
        hide_env_values = true,
        requires = "cases"
    )]
    mailroom: Option<StoreUrl>,
    /// The case files
    #[arg(
        long,
        env = "CASES_URL",
        value_name = "URL",
        hide_env_values = true,
        requires = "mailroom"
    )]
    cases: Option<StoreUrl>,
}

/// The end of the keys of before.
#[derive(Debug, clap::Args)]
pub(crate) struct Retire {
    #[command(flatten)]
    key: KeyArgs,
    /// Directory for the same key without the older ones; made when absent, never written over
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    quorum: QuorumArgs,
    /// The store that intake writes to
    #[arg(long, env = "MAILROOM_URL", value_name = "URL", hide_env_values = true)]
    mailroom: StoreUrl,
    /// The case files
    #[arg(long, env = "CASES_URL", value_name = "URL", hide_env_values = true)]
    cases: StoreUrl,
    /// Retire them although envelopes that are set aside were sealed to them: nobody will ever open those
    #[arg(long)]
    give_up_quarantined: bool,
}

/// Why the key was not changed, or only in part.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// There is no key, or the new one was not written.
    #[error(transparent)]
    Key(#[from] KeySourceError),
    /// See there.
    #[error(transparent)]
    TooManyKeys(#[from] TooManyKeys),
    /// A store is not there.
    #[error(transparent)]
    Stores(#[from] StoresError),
    /// The case files belong to another key: perhaps to the one that a rotation has made of this.
    #[error(
        "this key does not open the case files; if it was rotated before, hand in the new key, without \
         --out"
    )]
    Keyring(#[from] KeyringError),
    /// There is nothing to go on with.
    #[error("this key holds none of before; to make a new one in front of it, say --out DIR")]
    NothingBefore,
    /// It broke off.
    #[error(
        "not everything is sealed anew; nothing is lost: run it again with the new key, without --out"
    )]
    Broken(#[source] RotationError),
    /// No entry of the log could be written, so nothing was done.
    #[error("the log of the committee's acts takes no entry")]
    Log(#[from] LogError),
    /// The stores do not say what is needed.
    #[error("whether the older keys are needed cannot be told")]
    Unknown(#[source] RotationError),
    /// The older keys are needed.
    #[error("the older keys stay: {0}")]
    Needed(NeededText),
    /// The runtime that talks to the stores.
    #[error("input or output failed")]
    Io(#[from] io::Error),
}

/// What the older keys are needed for, and what is to be done.
#[derive(Debug)]
pub struct NeededText(Needed);

impl Rotate {
    pub(super) fn run(self) -> Result<(), RotateError> {
        let quorum = self.quorum.quorum();
        let (old, split) = self.key.open()?;
        let runtime = runtime()?;
        let stores = match (&self.mailroom, &self.cases) {
            (Some(mailroom), Some(cases)) => Some(runtime.block_on(Stores::open(mailroom, cases))?),
            (None, _) | (_, None) => None,
        };
        let identity = match &self.out {
            None if old.older() == 0 => return Err(RotateError::NothingBefore),
            None => old,
            Some(out) => {
                if let Some(stores) = &stores {
                    // A key that was rotated before is told so before another one is made.
                    runtime.block_on(stores.rotation(old.clone()))?;
                }
                let new = old.rotated()?;
                keep(&new, quorum.or(split), out)?;
                new
            }
        };
        let Some(stores) = stores else {
            output::tell(
                "the case files and the mailroom still lie under the key of before; hand in the new key \
                 with --mailroom and --cases to seal them anew",
            );
            return Ok(());
        };
        let key_id = identity.key_id();
        let done = runtime.block_on(async {
            let rotation = stores.rotation(identity).await?;
            // The entry comes first, as with every act; with it the log goes on under the new key.
            entered(&rotation.cases, &rotation.keyring, async |recorder| {
                recorder.key_rotated().await
            })
            .await?;
            let bar = Bar::default();
            let done = rotation.run(&|progress| bar.show(progress)).await;
            bar.end();
            done.map_err(RotateError::Broken)
        })?;
        output::tell(&format!(
            "committee key {key_id} is in force: {}",
            told(&done)
        ));
        output::tell(
            "next: give its committee.pub to intake and to triage, and restart both. Until then intake \
             seals to the key of before, which still opens. When nothing comes to it any more: \
             guiando keys retire",
        );
        Ok(())
    }
}

impl Retire {
    pub(super) fn run(self) -> Result<(), RotateError> {
        let quorum = self.quorum.quorum();
        let (identity, split) = self.key.open()?;
        if identity.older() == 0 {
            return Err(RotateError::NothingBefore);
        }
        let older = identity.older();
        let retired = identity.retired();
        runtime()?.block_on(async {
            let stores = Stores::open(&self.mailroom, &self.cases).await?;
            let rotation = stores.rotation(identity).await?;
            let mut needed = rotation.needed().await.map_err(RotateError::Unknown)?;
            if self.give_up_quarantined {
                needed.quarantined = 0;
            }
            if !needed.is_nothing() {
                return Err(RotateError::Needed(NeededText(needed)));
            }
            entered(&rotation.cases, &rotation.keyring, async |recorder| {
                recorder.key_retired().await
            })
            .await
        })?;
        keep(&retired, quorum.or(split), &self.out)?;
        output::tell(&format!(
            "{older} older keys are not in it. Restart triage with the new committee.pub; then destroy every \
             file of the key of before, before witnesses"
        ));
        Ok(())
    }
}

/// Both stores.
struct Stores {
    mailroom: Arc<dyn Mailroom>,
    cases: Arc<dyn CaseFiles>,
}

impl Stores {
    async fn open(mailroom: &StoreUrl, cases: &StoreUrl) -> Result<Self, StoresError> {
        Ok(Self {
            mailroom: stores::mailroom(mailroom).await?,
            cases: stores::cases(cases).await?,
        })
    }

    /// Shows that the case files belong to this key.
    async fn rotation(&self, identity: CommitteeIdentity) -> Result<Rotation, KeyringError> {
        Ok(Rotation {
            mailroom: self.mailroom.clone(),
            cases: self.cases.clone(),
            keyring: Arc::new(Keyring::unseal(identity, &*self.cases).await?),
        })
    }
}

/// Enters the log of these case files before their key's shares are others.
pub(super) fn enter_refreshed(
    cases: &StoreUrl,
    identity: CommitteeIdentity,
) -> Result<(), RotateError> {
    runtime()?.block_on(async {
        let cases = stores::cases(cases).await?;
        let keyring = Keyring::unseal(identity, &*cases).await?;
        entered(&cases, &keyring, async |recorder| {
            recorder.shares_refreshed().await
        })
        .await
    })
}

/// Writes an entry of the log, before what it is about is done.
async fn entered(
    cases: &Arc<dyn CaseFiles>,
    keyring: &Keyring,
    write: impl AsyncFnOnce(Recorder<'_>) -> Result<(), LogError>,
) -> Result<(), RotateError> {
    let book = Logbook::new(cases.clone());
    Ok(write(book.recorder(keyring, Actor::Operator, SystemClock.now())).await?)
}

fn runtime() -> io::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

fn told(done: &Rotated) -> String {
    let Rotated {
        kept,
        damaged,
        envelopes,
        left,
        quarantined,
    } = done;
    let mut told = vec![format!(
        "{envelopes} envelopes and {kept} records of the case files were sealed anew to it, {quarantined} \
         envelopes that are set aside stay as they are"
    )];
    if *left > 0 {
        told.push(format!(
            "{left} envelopes do not open, and triage will set them aside"
        ));
    }
    if *damaged > 0 {
        told.push(format!(
            "{damaged} records open under no key of the committee and stay as they are"
        ));
    }
    told.join("; ")
}

impl std::fmt::Display for NeededText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Needed {
            kept,
            waiting,
            quarantined,
        } = self.0;
        let mut reasons = Vec::new();
        if kept > 0 {
            reasons.push(format!(
                "{kept} records of the case files lie under them (run guiando keys rotate with this key)"
            ));
        }
        if waiting > 0 {
            reasons.push(format!(
                "{waiting} envelopes wait for them (let triage work, or run guiando keys rotate with this \
                 key; does every intake have the new committee.pub?)"
            ));
        }
        if quarantined > 0 {
            reasons.push(format!(
                "{quarantined} envelopes that are set aside were sealed to them (look into those first, or \
                 say --give-up-quarantined)"
            ));
        }
        f.write_str(&reasons.join("; "))
    }
}
