//! A committee with its keys, its members and its two stores, and the real program on them.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::sealing::{EnvelopeId, LookupId, Recipients};
use committee::keyring::Keyring;
use committee::members::strength::StrongPassphrase;
use committee::members::{LoginName, MemberRecord, Versioned};
use domain::calendar::Calendar;
use domain::committee::{MemberId, MemberProfile, PersonName, Seat, Standing, Term, Unit};
use domain::complaint::{NamePart, SecretText};
use jiff::civil::Date;
use opening::Passphrase;
use ring::rand::{SecureRandom as _, SystemRandom};
use service::clock::{Clock as _, SystemClock};
use service::settings::StoreUrl;
use store::casefiles::CaseFiles;
use store::mailroom::Deposit;

use super::{BenchError, sample, sealing};
use crate::children::ready::{free, ready};
use crate::children::{Service, beside};
use crate::key_files;

/// What members sign in with: the first one as [`NAME`], the others with their number behind it.
pub(crate) const NAME: &str = "banco";
pub(crate) const PASSPHRASE: &str = "cuatro palabras del banco";
/// Opens the identity file.
const IDENTITY: &str = "bench";
/// Envelopes that are stored in one transaction while a mailroom is filled.
const GROUP: u32 = 1_000;

/// Keys and stores in a folder.
pub(crate) struct House {
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) cases: Arc<dyn CaseFiles>,
    pub(crate) today: Date,
    pub(crate) mailroom: StoreUrl,
    recipients: Recipients,
    case_files: StoreUrl,
    keys: PathBuf,
}

impl House {
    /// With so many members, and nothing else.
    pub(crate) async fn new(folder: &Path, name: &str, members: u8) -> Result<Self, BenchError> {
        let keys = folder.join(format!("{name}-keys"));
        let identity = key_files::generate(&keys, Passphrase::from(IDENTITY.to_owned()))?;
        let recipients = identity.recipients().clone();
        let mailroom = store(folder, &format!("{name}-mailroom.db"));
        service::stores::mailroom(&mailroom).await?;
        let case_files = store(folder, &format!("{name}-cases.db"));
        let cases = service::stores::case_files(&case_files).await?;
        let keyring = Keyring::unseal(identity, &*cases).await.map_err(failed)?;
        let (rng, today) = (SystemRandom::new(), today());
        for number in 0..members {
            let record = member(number, today, &rng)?;
            Versioned::add(record, &*cases, &keyring)
                .await
                .map_err(failed)?;
        }
        Ok(Self {
            keyring: Arc::new(keyring),
            cases,
            today,
            mailroom,
            recipients,
            case_files,
            keys,
        })
    }

    /// Has so many complaints wait in the mailroom.
    pub(crate) async fn receive(&self, complaints: u32) -> Result<Vec<Waiting>, BenchError> {
        fill(&self.mailroom, &self.recipients, complaints).await
    }

    /// Starts the program on a port of its own, and gives its address once it answers.
    pub(crate) async fn open(&self, address: IpAddr) -> Result<(Service, SocketAddr), BenchError> {
        let address = free(SocketAddr::new(address, 0))?;
        let mut triage = self.start(address)?;
        let outcome = tokio::select! {
            error = triage.ended() => Err(error),
            outcome = ready("triage", address) => outcome,
        };
        match outcome {
            Ok(()) => Ok((triage, address)),
            Err(error) => {
                triage.stop().await;
                Err(error.into())
            }
        }
    }

    fn start(&self, address: SocketAddr) -> Result<Service, BenchError> {
        let program = beside("triage")?
            .option("--listen", address.to_string())
            .option("--mailroom", self.mailroom.expose())
            .option("--cases", self.case_files.expose())
            .option("--identity", self.keys.join(key_files::PRIVATE))
            .option("--recipients", self.keys.join(key_files::PUBLIC))
            .variable("GUIANDO_PASSPHRASE", IDENTITY);
        Ok(program.start()?)
    }
}

/// A complaint that waits.
#[derive(Clone, Copy)]
pub(crate) struct Waiting {
    pub(crate) envelope: EnvelopeId,
    pub(crate) mailbox: LookupId,
}

/// Stores so many complaints, sealed to these recipients.
pub(crate) async fn fill(
    mailroom: &StoreUrl,
    recipients: &Recipients,
    complaints: u32,
) -> Result<Vec<Waiting>, BenchError> {
    let mailroom = service::stores::mailroom(mailroom).await?;
    let rng = SystemRandom::new();
    let mut stored = 0;
    let mut waiting = Vec::new();
    while stored < complaints {
        let group = GROUP.min(complaints - stored);
        let deposits = (0..group)
            .map(|_| {
                let letter = sealing::letter(sample::complaint()?, &rng)?;
                waiting.push(Waiting {
                    envelope: letter.envelope_id,
                    mailbox: letter.lookup_id,
                });
                Ok(Deposit {
                    envelope: sealing::seal(&letter, recipients)?,
                    first_entry: None,
                    leaf: None,
                })
            })
            .collect::<Result<Vec<_>, BenchError>>()?;
        mailroom.deposit(&deposits).await?;
        stored += group;
    }
    Ok(waiting)
}

/// The id of a member.
pub(crate) fn member_id(number: u8) -> MemberId {
    MemberId([number + 1; 16])
}

fn member(number: u8, today: Date, rng: &SystemRandom) -> Result<MemberRecord, BenchError> {
    let part = |text: &str| {
        NamePart::parse(SecretText::from(text.to_owned()))
            .map_err(|_| BenchError::Sample("a member has no name"))
    };
    let name = PersonName::new(part("Persona")?, part("Banco")?, None);
    let profile = MemberProfile {
        id: member_id(number),
        name: name.map_err(|_| BenchError::Sample("a member has no name"))?,
        seat: Seat::Presidencia,
        standing: Standing::Titular,
        unit: Unit::default(),
        term: Term {
            from: today,
            until: None,
        },
        agreement_on: None,
        suspended_from: None,
        edition: 0,
    };
    let login = match number {
        0 => NAME.to_owned(),
        number => format!("{NAME}{number}"),
    };
    let login = LoginName::parse(&login).ok();
    let login = login.ok_or(BenchError::Sample("a member has no login"))?;
    let passphrase = StrongPassphrase::drawn(SecretText::from(PASSPHRASE.to_owned()));
    let record = MemberRecord::of_demonstration(profile, login, &passphrase, today, rng);
    Ok(record.map_err(failed)?.0)
}

fn today() -> Date {
    Calendar::default().legal_day(SystemClock.now())
}

/// Sixteen random bytes, for an id.
pub(crate) fn draw(rng: &SystemRandom) -> Result<[u8; 16], BenchError> {
    let mut bytes = [0; 16];
    rng.fill(&mut bytes)
        .map_err(|_| BenchError::Sample("the system gives no randomness"))?;
    Ok(bytes)
}

/// The SQLite store of that name in a folder.
pub(crate) fn store(folder: &Path, name: &str) -> StoreUrl {
    format!("sqlite://{}", folder.join(name).display())
        .parse()
        .expect("a path that is not empty makes a store's URL")
}

pub(crate) fn failed(error: impl std::error::Error + Send + Sync + 'static) -> BenchError {
    BenchError::Io(io::Error::other(error))
}
