//! The cases that one member may open, for what is learnt of the classifier from them: with the committee's
//! key and the member's own, as at the desk, and written down case by case.

use std::io;
use std::sync::Arc;

use committee::access::Access;
use committee::feedback::{Closed, Found, Opinion, Read, Reader};
use committee::keyring::{Keyring, KeyringError};
use committee::log::{Actor as LogActor, LogError, Logbook, Recorder};
use committee::members::{Roster, RosterError};
use domain::calendar::Calendar;
use domain::committee::{Actor, MemberId};
use domain::complaint::SecretText;
use jiff::Timestamp;
use opening::PersonIdentity;
use service::clock::{Clock as _, SystemClock};
use service::settings::StoreUrl;
use store::StoreError;
use store::casefiles::{CaseFiles, RegisterEntry};

use crate::commands::keys::source::{KeyArgs, KeySourceError};
use crate::commands::keys::stores::{self, StoresError};
use crate::output;
use crate::passphrase::{PassphraseError, member_passphrase};

/// Whose cases, and the keys to them.
#[derive(Debug, clap::Args)]
pub(crate) struct Whose {
    /// The case files
    #[arg(long, env = "CASES_URL", value_name = "URL", hide_env_values = true)]
    cases: StoreUrl,
    /// Name of the member whose cases are opened; the passphrase is asked for, or comes from
    /// `GUIANDO_MEMBER_PASSPHRASE`
    #[arg(long, value_name = "NAME")]
    member: String,
    #[command(flatten)]
    key: KeyArgs,
}

/// Why no cases were opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenedError {
    /// The committee's key was not had.
    #[error(transparent)]
    Key(#[from] KeySourceError),
    /// The case files are not there.
    #[error(transparent)]
    Stores(#[from] StoresError),
    /// The case files belong to another key.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// The members cannot be read.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// There is no passphrase.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// It is not the member's, or there is no such member: which of both is not told.
    #[error("no active member signs in with this name and passphrase")]
    Wrong,
    /// The member may open nothing today.
    #[error("this member is not in office today, and may open no case")]
    NotInOffice,
    /// No entry of the log could be written, so nothing was opened.
    #[error("the log of the committee's acts takes no entry")]
    Log(#[from] LogError),
    /// The case files do not answer.
    #[error("the case files cannot be read; check --cases")]
    Store(#[from] StoreError),
    /// The runtime that talks to the store.
    #[error("input or output failed")]
    Io(#[from] io::Error),
}

/// What was learnt from a case.
pub(super) struct Learnt {
    pub(super) opinion: Opinion,
    /// The words that the proposal was made from, if they were asked for.
    pub(super) text: Option<SecretText>,
}

/// How many of the member's cases there were, of each kind. What is not theirs does not exist for them, and is
/// not counted.
#[derive(Debug, Default)]
struct Tally {
    learnt: usize,
    nothing: usize,
    no_copy: usize,
    blocked: usize,
    damaged: usize,
}

impl Tally {
    fn closed(&mut self, closed: Closed) {
        match closed {
            Closed::NotTheirs => {}
            Closed::NoCopy => self.no_copy += 1,
            Closed::Blocked => self.blocked += 1,
            Closed::Damaged => self.damaged += 1,
        }
    }

    /// For the operator; numbers alone.
    fn tell(&self) {
        output::tell(&format!(
            "{} cases that the committee classified after a proposal, {} without; not opened: {} without a \
             copy of the key, {} blocked, {} damaged",
            self.learnt, self.nothing, self.no_copy, self.blocked, self.damaged
        ));
    }
}

/// An installation as one member opens it.
struct Opened {
    access: Access,
    person: PersonIdentity,
    actor: Actor,
    book: Logbook,
    now: Timestamp,
}

impl Whose {
    /// Opens the cases, by the day on which each came; with their words if they are wanted. Says on standard
    /// error how many there were.
    pub(super) fn learn(self, texts: bool) -> Result<Vec<Learnt>, OpenedError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (identity, _) = self.key.open()?;
        let passphrase = member_passphrase(&self.member)?;
        runtime.block_on(async {
            let cases = stores::cases(&self.cases).await?;
            let keyring = Arc::new(Keyring::unseal(identity, &*cases).await?);
            let opened = Opened::new(cases, keyring, &self.member, &passphrase).await?;
            opened.learn(texts).await
        })
    }
}

impl Opened {
    async fn new(
        cases: Arc<dyn CaseFiles>,
        keyring: Arc<Keyring>,
        login: &str,
        passphrase: &SecretText,
    ) -> Result<Self, OpenedError> {
        let now = SystemClock.now();
        let today = Calendar::default().legal_day(now);
        let roster = Roster::load(&*cases, &keyring).await?;
        let book = Logbook::new(cases.clone());
        let member = roster.signing_in_as(login).map(|member| &member.record);
        let id = member.map(|record| record.profile.id);
        let found = member.and_then(|record| {
            let key = &record.credentials()?.key;
            let person = key.open(passphrase, record.profile.id)?;
            Some((record.profile.clone(), person))
        });
        let Some((profile, person)) = found else {
            refused(&book, &keyring, id, now).await?;
            return Err(OpenedError::Wrong);
        };
        let actor = Actor::of(&profile, &roster.profiles(), today);
        if !actor.in_office {
            return Err(OpenedError::NotInOffice);
        }
        Ok(Self {
            access: Access {
                cases,
                keyring,
                recovery: None,
                people: Arc::new(roster.people(today)),
                today,
            },
            person,
            actor,
            book,
            now,
        })
    }

    async fn learn(&self, texts: bool) -> Result<Vec<Learnt>, OpenedError> {
        let actor = LogActor::Member(self.actor.id);
        let recorder = self.book.recorder(&self.access.keyring, actor, self.now);
        recorder.signed_in().await?;
        let learnt = self.open_each(&recorder, texts).await;
        // Whatever came of it; what broke off comes first in what is told.
        let ended = recorder.session_ended().await;
        let (learnt, tally) = learnt?;
        ended?;
        tally.tell();
        Ok(learnt)
    }

    /// Opens the cases one by one, each after it was written down.
    async fn open_each(
        &self,
        recorder: &Recorder<'_>,
        texts: bool,
    ) -> Result<(Vec<Learnt>, Tally), OpenedError> {
        let reader = Reader {
            access: &self.access,
            person: &self.person,
            actor: &self.actor,
        };
        let mut tally = Tally::default();
        let mut learnt = Vec::new();
        let mut register = self.access.cases.register(None).await?;
        register.sort_by_key(|entry| (entry.received_on, entry.folio));
        for entry in register {
            match reader.look(&entry).await? {
                Err(closed) => tally.closed(closed),
                Ok(read) => {
                    recorder.case_opened(entry.folio).await?;
                    let found = learn_from(&reader, &entry, &read, texts).await?;
                    match found {
                        FromCase::Learnt(one) => learnt.push(*one),
                        FromCase::Nothing => tally.nothing += 1,
                        FromCase::Damaged => tally.damaged += 1,
                    }
                }
            }
        }
        tally.learnt = learnt.len();
        Ok((learnt, tally))
    }
}

/// What came of a case that was opened.
enum FromCase {
    Learnt(Box<Learnt>),
    Nothing,
    Damaged,
}

async fn learn_from(
    reader: &Reader<'_>,
    entry: &RegisterEntry,
    read: &Read,
    texts: bool,
) -> Result<FromCase, StoreError> {
    let opinion = match reader.opinion(entry, read).await? {
        Found::Opinion(opinion) => *opinion,
        Found::Nothing => return Ok(FromCase::Nothing),
        Found::Damaged => return Ok(FromCase::Damaged),
    };
    let text = if texts {
        match reader.text(entry, read).await? {
            None => return Ok(FromCase::Damaged),
            text => text,
        }
    } else {
        None
    };
    Ok(FromCase::Learnt(Box::new(Learnt { opinion, text })))
}

/// Writes down that somebody tried; which member it was about, if there is one of that name.
async fn refused(
    book: &Logbook,
    keyring: &Keyring,
    member: Option<MemberId>,
    now: Timestamp,
) -> Result<(), LogError> {
    let unknown = book.recorder(keyring, LogActor::Unknown, now);
    unknown.sign_in_refused(member).await
}
