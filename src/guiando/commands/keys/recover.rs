//! `guiando keys recover`: holders of the last resort open a case to members again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use committee::access::Access;
use committee::keyring::{Keyring, KeyringError};
use committee::last_resort::{self, LastResortError, Recovered};
use committee::log::{Actor, LogError, Logbook};
use committee::members::{Roster, RosterError};
use domain::calendar::Calendar;
use domain::case::Folio;
use opening::recovery::RecoveryHolders;
use opening::{CommitteeIdentity, IdentityError, PersonIdentity, PersonRecipient};
use ring::rand::SystemRandom;
use service::clock::{Clock as _, SystemClock};
use service::settings::StoreUrl;
use store::StoreError;
use store::casefiles::{CaseFiles, CaseId};

use super::confirm::{ListError, read_list};
use super::source::{self, KeySourceError};
use super::stores::{self, StoresError};
use crate::output;
use crate::passphrase::{PassphraseError, known_passphrase};

/// A case that nobody can open any more.
#[derive(Debug, clap::Args)]
pub(crate) struct Recover {
    /// The case files
    #[arg(long, env = "CASES_URL", value_name = "URL", hide_env_values = true)]
    cases: StoreUrl,
    /// The case's number
    #[arg(long, value_name = "FOLIO")]
    case: Folio,
    /// A share of the committee's key; say it for as many as it takes. Then the case goes to the members
    /// whom seat and conflicts entitle now
    #[arg(
        long = "share",
        value_name = "FILE",
        required_unless_present_any = ["identity", "to"]
    )]
    shares: Vec<PathBuf>,
    /// The committee's identity file instead, where the key is not split
    #[arg(long, value_name = "FILE", conflicts_with = "shares")]
    identity: Option<PathBuf>,
    /// The list of holders, `recovery.pub`: checked to be the one that the committee confirmed, among
    /// whom the case's key is split from now on
    #[arg(long, value_name = "FILE")]
    recovery: Option<PathBuf>,
    /// Without the committee's key: the public key of a member who may open the case already, as their
    /// page shows it; say it once for each. Copies of all others go
    #[arg(long = "to", value_name = "age1…", conflicts_with_all = ["shares", "identity"])]
    to: Vec<PersonRecipient>,
    /// Key files of as many holders as it takes
    #[arg(value_name = "HOLDER", required = true)]
    holders: Vec<PathBuf>,
}

/// Why the case was not recovered; it is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RecoverCaseError {
    /// A file cannot be read.
    #[error("{} cannot be read", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A holder's file does not open.
    #[error("{} does not open", path.display())]
    Holder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: IdentityError,
    },
    /// There is no list of holders.
    #[error(transparent)]
    List(#[from] ListError),
    /// It is another list.
    #[error(
        "{} is not the list that the committee confirmed; leave it out, or see `guiando keys confirm`",
        .0.display()
    )]
    OtherList(PathBuf),
    /// A holder has no piece.
    #[error(
        "{}: this holder has no piece of this case; they may not know of it, or it came before them",
        .0.display()
    )]
    NoPiece(PathBuf),
    /// See there.
    #[error(transparent)]
    LastResort(LastResortError),
    /// The committee's key was not had.
    #[error(transparent)]
    Key(#[from] KeySourceError),
    /// The case files belong to another key.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// The members cannot be read.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// No entry of the log could be written, so nothing was done.
    #[error("the log of the committee's acts takes no entry")]
    Log(#[from] LogError),
    /// There is no passphrase.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// The case files are not there.
    #[error(transparent)]
    Stores(#[from] StoresError),
    /// The case files do not answer.
    #[error("the case files do not answer")]
    Store(#[from] StoreError),
    /// The runtime that talks to the store.
    #[error("input or output failed")]
    Io(#[from] io::Error),
}

impl Recover {
    pub(super) fn run(self) -> Result<(), RecoverCaseError> {
        let committee = if self.to.is_empty() {
            let list = self.recovery.as_deref().map(read_list).transpose()?;
            let (identity, _) = source::open(self.identity.as_deref(), &self.shares)?;
            Some((identity, list))
        } else {
            None
        };
        let holders = self
            .holders
            .iter()
            .map(|path| read(path))
            .collect::<Result<Vec<_>, _>>()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let cases = stores::cases(&self.cases).await?;
            let case = cases.case(self.case).await?;
            let case = case.ok_or(RecoverCaseError::LastResort(LastResortError::Unknown))?;
            match committee {
                Some((identity, list)) => {
                    self.give_to_members(cases, case.id, &holders, identity, list)
                        .await
                }
                None => self.give_to(&*cases, case.id, &holders).await,
            }
        })
    }

    async fn give_to_members(
        &self,
        cases: Arc<dyn CaseFiles>,
        case: CaseId,
        holders: &[PersonIdentity],
        identity: CommitteeIdentity,
        list: Option<RecoveryHolders>,
    ) -> Result<(), RecoverCaseError> {
        let keyring = Arc::new(Keyring::unseal(identity, &*cases).await?);
        let recovery = keyring.holders();
        if let (Some(path), Some(list)) = (&self.recovery, &list)
            && recovery.as_deref() != Some(list)
        {
            return Err(RecoverCaseError::OtherList(path.clone()));
        }
        let now = SystemClock.now();
        let today = Calendar::default().legal_day(now);
        let people = Roster::load(&*cases, &keyring).await?.people(today);
        let book = Logbook::new(cases.clone());
        book.recorder(&keyring, Actor::Operator, now)
            .recovery_used(self.case)
            .await?;
        let access = Access {
            cases,
            keyring,
            recovery,
            people: Arc::new(people),
            today,
        };
        let members = last_resort::give_to_members(&access, case, holders)
            .await
            .map_err(|error| self.named(error))?;
        output::tell(&format!(
            "{} opens for the {members} members who may open it now",
            self.case
        ));
        Ok(())
    }

    async fn give_to(
        &self,
        cases: &dyn CaseFiles,
        case: CaseId,
        holders: &[PersonIdentity],
    ) -> Result<(), RecoverCaseError> {
        let Recovered { keys, closed } =
            last_resort::give_to(cases, case, holders, &self.to, &SystemRandom::new())
                .await
                .map_err(|error| self.named(error))?;
        output::tell(&format!(
            "{} opens for {} people named, and for nobody else ({keys} keys of the case)",
            self.case,
            self.to.len(),
        ));
        if closed > 0 {
            output::tell(&format!(
                "what was sealed to {closed} older keys of the case stays closed: these holders have no pieces \
                 of them"
            ));
        }
        output::tell(
            "the service asks besides whether they may open it, and that is as it was; the log tells nothing \
             of this, so write it into the minutes",
        );
        Ok(())
    }

    /// Says which file is meant.
    fn named(&self, error: LastResortError) -> RecoverCaseError {
        if let LastResortError::NoPiece { holder } = error
            && let Some(path) = self.holders.get(holder)
        {
            return RecoverCaseError::NoPiece(path.clone());
        }
        RecoverCaseError::LastResort(error)
    }
}

fn read(path: &Path) -> Result<PersonIdentity, RecoverCaseError> {
    let file = fs::read(path).map_err(|source| RecoverCaseError::Read {
        path: path.to_owned(),
        source,
    })?;
    let passphrase = known_passphrase(&path.display().to_string())?;
    PersonIdentity::from_protected(&file, passphrase).map_err(|source| RecoverCaseError::Holder {
        path: path.to_owned(),
        source,
    })
}
