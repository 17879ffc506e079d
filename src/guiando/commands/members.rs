//! `guiando members`: links for those who come in when nobody can let them in at the desk.
//!
//! It takes the committee's key. The desk does the same for whoever opened it with their shares
//! (`/fundar`), and for members once there are some.

use std::io;

use clap::Subcommand;
use committee::keyring::{Keyring, KeyringError};
use committee::log::{Actor, LogError, Logbook};
use committee::members::login::LoginFault;
use committee::members::passkey::Origin;
use committee::members::{
    ChangeError, Halves, LoginName, MemberRecord, NoRandomness, Roster, RosterError, Versioned,
};
use domain::calendar::Calendar;
use domain::committee::{
    MemberId, MemberProfile, NameFault, PersonName, Seat, Standing, Term, Unit,
};
use domain::complaint::{FaultKind, NamePart, SecretText};
use jiff::civil::Date;
use ring::rand::{SecureRandom as _, SystemRandom};
use service::clock::{Clock as _, SystemClock};
use service::settings::StoreUrl;
use zeroize::Zeroizing;

use super::keys::source::{KeyArgs, KeySourceError};
use super::keys::stores::{self, StoresError};
use crate::output;

/// What can be done about members with the committee's key in hand.
#[derive(Debug, Subcommand)]
pub(crate) enum Members {
    /// Print a link and a code with which somebody becomes a member
    ///
    /// It works once, for seven days, together with the code that is printed below it. Both are to be
    /// handed over in person, by two people if you can: whoever has both is let in.
    Invite {
        #[command(flatten)]
        at: Place,
        #[command(flatten)]
        who: Person,
        #[command(flatten)]
        key: KeyArgs,
    },
    /// Print a new link and code for a member who lost what it takes to sign in
    ///
    /// For when nobody is left who could agree to it at the desk. What the member had is of no use any
    /// more; whoever can still open a case gives them copies of its key.
    Readmit {
        #[command(flatten)]
        at: Place,
        /// The name that the member signs in with
        #[arg(long, value_name = "NAME")]
        login: String,
        #[command(flatten)]
        key: KeyArgs,
    },
}

/// Which installation.
#[derive(Debug, clap::Args)]
pub(crate) struct Place {
    /// The case files, which triage has made at its first start
    #[arg(long, env = "CASES_URL", value_name = "URL", hide_env_values = true)]
    cases: StoreUrl,
    /// Address under which members open the desk, to print the whole link
    #[arg(long, env = "TRIAGE_ORIGIN", value_name = "URL")]
    origin: Option<Origin>,
}

/// Who is asked in; the unit of work and suplentes are entered at the desk.
#[derive(Debug, clap::Args)]
pub(crate) struct Person {
    /// Given name or names
    #[arg(long, value_name = "NAMES")]
    given: String,
    /// First surname
    #[arg(long, value_name = "NAME")]
    surname: String,
    /// Second surname
    #[arg(long, value_name = "NAME")]
    second_surname: Option<String>,
    /// Place in the committee, such as `PRESIDENCIA` or `SECRETARIA_TECNICA`
    #[arg(long, value_name = "CODE")]
    seat: Seat,
    /// Name to sign in with
    #[arg(long, value_name = "NAME")]
    login: String,
    /// First day of the term of office; today, if it is left out
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Last day of it
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

/// Why there is no link.
#[derive(Debug, thiserror::Error)]
pub enum MembersError {
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
    /// The member was not written.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// No entry of the log could be written, so nothing was done.
    #[error("the log of the committee's acts takes no entry")]
    Log(#[from] LogError),
    /// The name to sign in with cannot be one.
    #[error(transparent)]
    Login(#[from] LoginFault),
    /// It is somebody's.
    #[error("{0} is the name of another member, or of somebody invited")]
    LoginTaken(LoginName),
    /// It is nobody's.
    #[error("nobody signs in as {0}")]
    Nobody(LoginName),
    /// A part of the name is too long or has control characters.
    #[error("the name cannot be one: {}", .0.code())]
    Part(FaultKind),
    /// The parts make no name.
    #[error(transparent)]
    Name(#[from] NameFault),
    /// The term ends before it begins.
    #[error("the term of office ends before it begins")]
    Term,
    /// The system has no randomness to give.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// Standard output, or the runtime that talks to the store.
    #[error("input or output failed")]
    Io(#[from] io::Error),
}

impl Members {
    pub(crate) fn run(self) -> Result<(), MembersError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        match self {
            Self::Invite { at, who, key } => {
                let (identity, _) = key.open()?;
                let halves = runtime.block_on(async {
                    let cases = stores::cases(&at.cases).await?;
                    let keyring = Keyring::unseal(identity, &*cases).await?;
                    let roster = Roster::load(&*cases, &keyring).await?;
                    let (now, halves) = (SystemClock.now(), halves()?);
                    let today = Calendar::default().legal_day(now);
                    let (profile, login) = who.read(today)?;
                    if roster.has_login(&login) {
                        return Err(MembersError::LoginTaken(login));
                    }
                    let book = Logbook::new(cases.clone());
                    let recorder = book.recorder(&keyring, Actor::Operator, now);
                    recorder.invited(profile.id).await?;
                    let invitation = halves.invitation(profile.id, today);
                    let record = MemberRecord::invited(profile, login, invitation);
                    Versioned::add(record, &*cases, &keyring).await?;
                    Ok(halves)
                })?;
                at.print(&halves)
            }
            Self::Readmit { at, login, key } => {
                let login = LoginName::parse(&login)?;
                let (identity, _) = key.open()?;
                let halves = runtime.block_on(async {
                    let cases = stores::cases(&at.cases).await?;
                    let keyring = Keyring::unseal(identity, &*cases).await?;
                    let roster = Roster::load(&*cases, &keyring).await?;
                    let found = roster
                        .all()
                        .iter()
                        .find(|member| !member.record.has_ended() && member.record.login == login);
                    let Some(member) = found else {
                        return Err(MembersError::Nobody(login));
                    };
                    let (now, halves) = (SystemClock.now(), halves()?);
                    let today = Calendar::default().legal_day(now);
                    let book = Logbook::new(cases.clone());
                    let recorder = book.recorder(&keyring, Actor::Operator, now);
                    let id = member.record.profile.id;
                    recorder.readmitted(id).await?;
                    let invited = member.record.invited_again(halves.invitation(id, today));
                    member.replace(invited, &*cases, &keyring).await?;
                    Ok(halves)
                })?;
                at.print(&halves)
            }
        }
    }
}

impl Place {
    /// The link and, on a line of its own, the code go to standard output, which may be a printer; what is
    /// to be known of them, beside.
    fn print(&self, Halves { link, code }: &Halves) -> Result<(), MembersError> {
        let origin = self.origin.as_ref().map(ToString::to_string);
        let origin = origin.unwrap_or_default();
        let printed = Zeroizing::new(format!("{origin}{}\n{}\n", *link.path(), *code.text()));
        output::to_stdout(printed.as_bytes())?;
        output::tell(
            "link and code work together, once, for seven days: hand the link over in person and let \
             somebody else say the code",
        );
        Ok(())
    }
}

impl Person {
    fn read(self, today: Date) -> Result<(MemberProfile, LoginName), MembersError> {
        let part =
            |text: String| NamePart::parse(SecretText::from(text)).map_err(MembersError::Part);
        let second = self.second_surname.map(part).transpose()?;
        let name = PersonName::new(part(self.given)?, part(self.surname)?, second)?;
        let from = self.from.unwrap_or(today);
        if self.until.is_some_and(|until| until < from) {
            return Err(MembersError::Term);
        }
        let mut id = [0; 16];
        SystemRandom::new()
            .fill(&mut id)
            .map_err(|_| NoRandomness)?;
        let profile = MemberProfile {
            id: MemberId(id),
            name,
            seat: self.seat,
            standing: Standing::Titular,
            unit: Unit::default(),
            term: Term {
                from,
                until: self.until,
            },
            agreement_on: None,
            suspended_from: None,
            edition: 0,
        };
        Ok((profile, LoginName::parse(&self.login)?))
    }
}

fn halves() -> Result<Halves, NoRandomness> {
    Halves::draw(&SystemRandom::new())
}
