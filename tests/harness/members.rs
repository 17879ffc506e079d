//! Members who are there without having been invited, for journeys that are about something else.

use std::path::PathBuf;
use std::sync::Arc;

use committee::keyring::Keyring;
use committee::members::strength::StrongPassphrase;
use committee::members::{LoginName, MemberRecord, Roster, Versioned};
use domain::calendar::Calendar;
use domain::committee::{MemberId, MemberProfile, PersonName, Seat, Standing, Term, Unit};
use domain::complaint::{NamePart, SecretText};
use opening::custody::{Assembly, Share};
use opening::{Passphrase, PersonIdentity};
use ring::rand::{SecureRandom as _, SystemRandom};
use service::clock::{Clock as _, SystemClock};
use store::casefiles::CaseFiles;

use super::desk::{Chosen, Seated};
use super::house::{House, PASSPHRASE};

impl House {
    /// Lets somebody sign in with a name and a passphrase alone, as the demonstration does.
    pub async fn seat(&self, seat: Seat, login: &str, passphrase: &str) -> MemberId {
        let chosen = Chosen {
            name: [login, "Urrutia", ""],
            login,
            seat,
            stands_in_for: None,
        };
        let seated = self.seat_all(&[chosen], passphrase).await;
        seated[0]
    }

    /// The same for a whole committee, whose members all have this passphrase.
    pub async fn seat_all(&self, all: &[Chosen<'_>], passphrase: &str) -> Vec<MemberId> {
        let (cases, keyring) = self.unsealed().await;
        let rng = SystemRandom::new();
        let secret = |text: &str| SecretText::from(text.to_owned());
        let part = |text| NamePart::parse(secret(text)).expect("part of a name");
        let passphrase = StrongPassphrase::drawn(secret(passphrase));
        let mut seated = Vec::new();
        for chosen in all {
            let mut id = [0; 16];
            rng.fill(&mut id).expect("randomness");
            let [given, first, second] = chosen.name;
            let second = (!second.is_empty()).then(|| part(second));
            let today = Calendar::default().legal_day(SystemClock.now());
            let profile = MemberProfile {
                id: MemberId(id),
                name: PersonName::new(part(given), part(first), second).expect("a name"),
                seat: chosen.seat,
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
            let login = LoginName::parse(chosen.login).expect("a name to sign in with");
            let (record, _) =
                MemberRecord::of_demonstration(profile, login, &passphrase, today, &rng)
                    .expect("randomness");
            Versioned::add(record, &*cases, &keyring)
                .await
                .expect("a member");
            seated.push(MemberId(id));
        }
        seated
    }

    /// The case files, with what their records open with.
    pub(super) async fn unsealed(&self) -> (Arc<dyn CaseFiles>, Keyring) {
        let cases = self.cases().parse().expect("a URL of a store");
        let cases = service::stores::case_files(&cases)
            .await
            .expect("case files");
        let keyring = Keyring::unseal(self.identity(), &*cases)
            .await
            .expect("the key of these case files");
        (cases, keyring)
    }
}

/// The private key of a member of a house whose committee's key is split, as the member's own sign-in
/// unlocks it.
///
/// # Panics
/// When the shares do not open it, or the passphrase is not the member's.
pub async fn key_of(house: &House, shares: &[PathBuf], member: &Seated) -> PersonIdentity {
    let mut assembly = Assembly::default();
    let mut identity = None;
    for share in shares {
        let share = std::fs::read(share).expect("it was made");
        let share = Share::from_protected(&share, Passphrase::from(PASSPHRASE.to_owned()));
        identity = assembly
            .add(share.expect("the passphrase opens it"))
            .expect("they belong together");
    }
    let cases = house.cases().parse().expect("a URL of a store");
    let cases = service::stores::case_files(&cases)
        .await
        .expect("case files");
    let keyring = Keyring::unseal(identity.expect("they are enough"), &*cases)
        .await
        .expect("the key of these case files");
    let roster = Roster::load(&*cases, &keyring)
        .await
        .expect("the members open");
    let kept = roster.signing_in_as(&member.login).expect("it is a member");
    let credentials = kept.record.credentials().expect("who is active");
    let passphrase = SecretText::from(member.passphrase.clone());
    let key = credentials.key.open(&passphrase, kept.record.profile.id);
    key.expect("the passphrase is the member's")
}
