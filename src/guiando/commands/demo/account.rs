//! The member of the demonstration: a passphrase of a few plain words, the same at each start, and no
//! second factor.

use bip39::Language;
use committee::keyring::{Keyring, KeyringError};
use committee::members::roster::{ChangeError, RosterError};
use committee::members::strength::StrongPassphrase;
use committee::members::{LoginName, MemberRecord, NoRandomness, Roster, Versioned};
use domain::calendar::Calendar;
use domain::committee::{MemberId, MemberProfile, PersonName, Seat, Standing, Term, Unit};
use domain::complaint::{NamePart, SecretText};
use jiff::civil::Date;
use opening::{CommitteeIdentity, IdentityError, Passphrase};
use ring::rand::{SecureRandom, SystemRandom};
use service::clock::{Clock as _, SystemClock};
use store::StoreError;
use store::casefiles::CaseFiles;
use zeroize::Zeroizing;

use super::layout::{Layout, LayoutError};

/// Name to sign in with.
pub(crate) const NAME: &str = "demo";
/// How many words the passphrase has.
const WORDS: usize = 4;
/// File under `demo/` that keeps it.
const FILE: &str = "sign-in";

/// Why nobody can sign in.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The passphrase cannot be kept.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The case files do not answer.
    #[error("the case files cannot be used")]
    Store(#[from] StoreError),
    /// The committee's key cannot be read.
    #[error("the key of the demonstration cannot be read")]
    IdentityFile(#[source] std::io::Error),
    /// It does not open.
    #[error("the key of the demonstration does not open")]
    Identity(#[from] IdentityError),
    /// The key does not belong to the case files.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// The members cannot be read.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// The member of the demonstration cannot be written.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The system has no randomness to give.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// The committee's identity, which lies beside its passphrase.
pub(crate) fn identity(
    layout: &Layout,
    passphrase: &str,
) -> Result<CommitteeIdentity, AccountError> {
    let file = std::fs::read(layout.identity()).map_err(AccountError::IdentityFile)?;
    let passphrase = Passphrase::from(passphrase.to_owned());
    Ok(CommitteeIdentity::from_protected(&file, passphrase)?)
}

/// Makes the member unless it is there; gives its passphrase.
pub(crate) async fn prepare(
    cases: &dyn CaseFiles,
    layout: &Layout,
    identity: CommitteeIdentity,
) -> Result<Zeroizing<String>, AccountError> {
    let keyring = Keyring::unseal(identity, cases).await?;
    let known = layout.keep(FILE)?;
    let roster = Roster::load(cases, &keyring).await?;
    let phrase = match known {
        Some(known) => known,
        None => layout.remember(FILE, words(&SystemRandom::new())?)?,
    };
    if roster.signing_in_as(NAME).is_none() {
        let today = Calendar::default().legal_day(SystemClock.now());
        let record = member(&phrase, today)?;
        Versioned::add(record, cases, &keyring).await?;
    }
    Ok(phrase)
}

/// The Secretaría Ejecutiva, who does most of what is done in a case, and may open what nobody is kept from.
fn member(phrase: &str, today: Date) -> Result<MemberRecord, NoRandomness> {
    let rng = SystemRandom::new();
    let mut id = [0; 16];
    rng.fill(&mut id).map_err(|_| NoRandomness)?;
    let part = |text: &str| NamePart::parse(SecretText::from(text.to_owned()));
    let name = part("Persona")
        .ok()
        .zip(part("Demostración").ok())
        .and_then(|(given, surname)| PersonName::new(given, surname, None).ok());
    let profile = MemberProfile {
        id: MemberId(id),
        name: name.expect("these are names"),
        seat: Seat::SecretariaEjecutiva,
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
    let login = LoginName::parse(NAME).expect("this is a name to sign in with");
    let passphrase = StrongPassphrase::drawn(SecretText::from(phrase.to_owned()));
    let (record, _) = MemberRecord::of_demonstration(profile, login, &passphrase, today, &rng)?;
    Ok(record)
}

/// Words of the Spanish BIP-39 list that have no accent, since they are typed by hand.
fn words(rng: &dyn SecureRandom) -> Result<Zeroizing<String>, NoRandomness> {
    let list = Language::Spanish.word_list();
    let mut phrase = Zeroizing::new(String::with_capacity(64));
    let mut drawn = 0;
    while drawn < WORDS {
        let mut index = [0; 2];
        rng.fill(&mut index).map_err(|_| NoRandomness)?;
        // The list has 2^11 words, so every one is as likely.
        let word = list[usize::from(u16::from_be_bytes(index)) % list.len()];
        if word.is_ascii() {
            if drawn > 0 {
                phrase.push(' ');
            }
            phrase.push_str(word);
            drawn += 1;
        }
    }
    Ok(phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_four_plain_words() {
        for _ in 0..100 {
            let phrase = words(&SystemRandom::new()).unwrap();
            assert_eq!(phrase.split(' ').count(), WORDS);
            assert!(
                phrase.chars().all(|c| c == ' ' || c.is_ascii_lowercase()),
                "{}",
                *phrase
            );
        }
    }

    #[tokio::test]
    async fn the_account_is_the_same_at_each_start_and_comes_back_with_new_case_files() {
        let folder = tempfile::tempdir().unwrap();
        let (layout, _) = Layout::prepare(folder.path()).unwrap();
        let mut phrases = Vec::new();
        let identity = CommitteeIdentity::generate();
        for file in ["casefiles.db", "casefiles.db", "others.db"] {
            let url = format!("sqlite://{}", folder.path().join(file).display());
            let cases = service::stores::case_files(&url.parse().unwrap())
                .await
                .unwrap();
            let phrase = prepare(&*cases, &layout, identity.clone()).await.unwrap();
            let keyring = Keyring::unseal(identity.clone(), &*cases).await.unwrap();
            let roster = Roster::load(&*cases, &keyring).await.unwrap();
            assert_eq!(roster.all().len(), 1);
            let record = &roster.signing_in_as(NAME).unwrap().record;
            let typed = SecretText::from(phrase.to_string());
            let kept = &record.credentials().unwrap().key;
            assert!(kept.open(&typed, record.profile.id).is_some());
            phrases.push(phrase);
        }
        assert!(phrases.windows(2).all(|pair| pair[0] == pair[1]));
    }
}
