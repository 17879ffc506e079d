//! `guiando keys`: makes the committee's key, and looks after its shares.

mod confirm;
mod form;
mod holders;
mod progress;
mod recover;
mod recovery;
mod rotate;
pub(super) mod source;
pub(super) mod stores;

use std::path::PathBuf;

use clap::Subcommand;
use clap::error::ErrorKind;
use opening::CommitteeIdentity;
use opening::custody::Quorum;
use service::settings::StoreUrl;

use self::confirm::{Confirm, ConfirmError};
use self::form::FormKeyFileError;
use self::holders::{HoldersError, gather, hand_out};
use self::recover::{Recover, RecoverCaseError};
use self::recovery::{Recovery, RecoveryError};
use self::rotate::{Retire, Rotate, RotateError};
use self::source::{KeyArgs, KeySourceError, keep};
use crate::output;

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Make the committee's key: `committee.pub` for intake, and `committee.key` for triage or a share
    /// for each member
    ///
    /// The passphrase comes from `GUIANDO_PASSPHRASE` or is asked for twice at the terminal; of shares,
    /// each holder is asked. Without it, what was sealed stays closed for ever.
    Generate {
        /// Directory for the files; made when absent, never written over
        #[arg(long, env = "GUIANDO_KEYS", value_name = "DIR")]
        out: PathBuf,
        #[command(flatten)]
        quorum: QuorumArgs,
    },
    /// Split the same key anew: new shares, and a `committee.pub` that names them
    ///
    /// For when a holder leaves or a share is lost. Start triage with the new `committee.pub`: it takes
    /// the shares that are named there. Those from before fit with none of the new ones; they are to be
    /// destroyed, since enough of them together still open.
    Refresh {
        /// Files of as many shares as it takes
        #[arg(required = true, value_name = "SHARE")]
        shares: Vec<PathBuf>,
        /// Directory for the new files; made when absent, never written over
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        #[command(flatten)]
        quorum: QuorumArgs,
        /// The case files, where their log is to say that there are new shares
        #[arg(long, env = "CASES_URL", value_name = "URL", hide_env_values = true)]
        cases: Option<StoreUrl>,
    },
    /// Make another key for the committee, and seal everything anew to it: what waits in the mailroom, and
    /// what the service keeps in the case files
    ///
    /// Stop triage meanwhile, or seal it. The key of before stays readable inside the new one until it is
    /// retired, so what still comes to it is opened. Whoever is interrupted runs it again with the new
    /// key, without --out, and it goes on.
    Rotate(Box<Rotate>),
    /// Write the committee's key without those of before, once nothing needs them
    Retire(Box<Retire>),
    /// Make a key for each holder of the last resort, and the list of them: `recovery.pub` for triage
    ///
    /// For when no member is left who can open a case. Once the list is confirmed (`confirm`), each new
    /// case's key is split among these holders, without those who are recused from it; some of them
    /// together open it again, with `recover`.
    Recovery(Recovery),
    /// Put a list of holders of the last resort in force, with the committee's key
    ///
    /// From then on the key of each new case is split among them, and among nobody else: the list is
    /// sealed in the case files, and the file on the server is only compared with it. A service that is
    /// running takes it up by itself.
    Confirm(Confirm),
    /// The last resort: open a case to members again, with the keys of enough holders
    ///
    /// With the committee's key besides, the case goes to the members whom seat and conflicts entitle now,
    /// and the log says so. With the holders alone, it opens for exactly the keys that are named, of members
    /// who may open it already. Nothing secret is written.
    Recover(Box<Recover>),
    /// Make a new form key for `intake --form-key`, and keep the one before it so that open pages live on
    ///
    /// Once a day, and restart intake afterwards: only who has the key of its day reads what a page
    /// carried. The keys before the last one are forgotten.
    Form {
        /// The file; made when absent
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Drill: show that these shares open the committee's key together; nothing is stored
    ///
    /// Prints as well the line by which `committee.pub` names the key of the committee's announcements: a
    /// file that was made without one gets it as its last line.
    Prove(KeyArgs),
}

/// How a key is split.
#[derive(Debug, clap::Args)]
pub(crate) struct QuorumArgs {
    /// How many members it takes to open
    #[arg(long, value_name = "K", requires = "members")]
    threshold: Option<u8>,
    /// How many members hold a share
    #[arg(long, value_name = "N", requires = "threshold")]
    members: Option<u8>,
}

/// Why a command on keys was not done.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The key was not had, or not written.
    #[error(transparent)]
    Source(#[from] KeySourceError),
    /// A list of holders is not in force.
    #[error(transparent)]
    Confirm(#[from] ConfirmError),
    /// There are no keys for the last resort.
    #[error(transparent)]
    Recovery(#[from] RecoveryError),
    /// A case was not recovered.
    #[error(transparent)]
    Recover(#[from] RecoverCaseError),
    /// The key was not changed.
    #[error(transparent)]
    Rotate(#[from] RotateError),
    /// The shares were not read, or do not open.
    #[error(transparent)]
    Holders(#[from] HoldersError),
    /// The form key was not renewed.
    #[error(transparent)]
    Form(#[from] FormKeyFileError),
}

impl QuorumArgs {
    /// What was asked for. Numbers that make no quorum are wrong use, and end the program as such.
    fn quorum(&self) -> Option<Quorum> {
        let (threshold, members) = (self.threshold?, self.members?);
        match Quorum::new(threshold, members) {
            Ok(quorum) => Some(quorum),
            Err(error) => clap::Error::raw(ErrorKind::ValueValidation, format!("{error}\n")).exit(),
        }
    }
}

impl Keys {
    pub(crate) fn run(self) -> Result<(), KeysError> {
        match self {
            Self::Generate { out, quorum } => {
                keep(&CommitteeIdentity::generate(), quorum.quorum(), &out)?;
            }
            Self::Rotate(rotate) => rotate.run()?,
            Self::Retire(retire) => retire.run()?,
            Self::Recovery(recovery) => recovery.run()?,
            Self::Confirm(confirm) => confirm.run()?,
            Self::Recover(recover) => recover.run()?,
            Self::Refresh {
                shares,
                out,
                quorum,
                cases,
            } => {
                let quorum = quorum.quorum();
                let (identity, before) = gather(&shares)?;
                if let Some(cases) = cases {
                    rotate::enter_refreshed(&cases, identity.clone())?;
                }
                hand_out(&identity, quorum.unwrap_or(before), &out)?;
            }
            Self::Form { out } => {
                form::renew(&out)?;
                output::tell(&format!(
                    "form key written to {}; restart intake to use it",
                    out.display()
                ));
            }
            Self::Prove(key) => {
                let (identity, quorum) = key.open()?;
                let with = quorum.map_or_else(
                    || "its passphrase".to_owned(),
                    |quorum| format!("these shares ({quorum})"),
                );
                let older = match identity.older() {
                    0 => String::new(),
                    older => format!(", and {older} of before with it"),
                };
                output::tell(&format!(
                    "committee key {} opens with {with}{older}; nothing was stored\n\
                     for its announcements, committee.pub has the line:\n{}",
                    identity.key_id(),
                    identity.own().announcer().key().line(),
                ));
            }
        }
        Ok(())
    }
}
