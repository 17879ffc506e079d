//! A membership from its invitation to its end, on a real store.

use domain::committee::{MemberId, MemberProfile, PersonName, Seat, Standing, Term, Unit};
use domain::complaint::{NamePart, SecretText};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};
use opening::CommitteeIdentity;
use ring::rand::SystemRandom;
use store::casefiles::CaseFiles as _;
use store::records::{RecordId, RecordKind, Records as _};
use store_sqlite::SqliteCaseFiles;
use tempfile::TempDir;

use super::factors::FirstFactor;
use super::invitation::{Acceptance, Accepted};
use super::passkey::{Label, PasskeyFactor};
use super::roster::{ChangeError, RosterError};
use super::strength::StrongPassphrase;
use super::totp::{Totp, TotpSecret};
use super::*;
use crate::keyring::Keyring;

const TODAY: Date = date(2026, 3, 4);
const PHRASE: &str = "vidrio tambor cueva lunar";

struct Place {
    cases: SqliteCaseFiles,
    keyring: Keyring,
    _folder: TempDir,
}

async fn place() -> Place {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}", folder.path().join("cases.db").display());
    let cases = SqliteCaseFiles::open(&url).await.unwrap();
    let keyring = Keyring::unseal(CommitteeIdentity::generate(), &cases)
        .await
        .unwrap();
    Place {
        cases,
        keyring,
        _folder: folder,
    }
}

fn part(text: &str) -> NamePart {
    NamePart::parse(SecretText::from(text.to_owned())).unwrap()
}

fn secret(text: &str) -> SecretText {
    SecretText::from(text.to_owned())
}

fn now() -> Timestamp {
    "2026-03-04T16:00:10Z".parse().unwrap()
}

fn invited(id: u8, login: &str, halves: &Halves) -> MemberRecord {
    MemberRecord {
        profile: MemberProfile {
            id: MemberId([id; 16]),
            name: PersonName::new(part("Juana"), part("Ibáñez"), None).unwrap(),
            seat: Seat::Electa,
            standing: Standing::Titular,
            unit: Unit::default(),
            term: Term {
                from: TODAY,
                until: None,
            },
            agreement_on: None,
            suspended_from: None,
            edition: 0,
        },
        login: LoginName::parse(login).unwrap(),
        state: State::Invited(halves.invitation(MemberId([id; 16]), TODAY)),
    }
}

fn accepted(record: &MemberRecord) -> Accepted {
    let rng = SystemRandom::new();
    let secret_of_app = TotpSecret::draw(&rng).unwrap();
    let code = secret_of_app.code(now());
    let acceptance = Acceptance {
        agreement_on: TODAY,
        passphrase: StrongPassphrase::choose(secret(PHRASE), &[]).unwrap(),
        first: FirstFactor::Totp(Totp::confirm(secret_of_app, &code, now()).unwrap()),
    };
    record.accept(acceptance, &rng).unwrap()
}

#[tokio::test]
async fn an_invited_person_becomes_a_member_whose_key_the_passphrase_opens() {
    let Place {
        cases,
        keyring,
        _folder,
    } = place().await;
    let halves = Halves::draw(&SystemRandom::new()).unwrap();
    Versioned::add(invited(1, "Ibáñez", &halves), &cases, &keyring)
        .await
        .unwrap();
    let roster = Roster::load(&cases, &keyring).await.unwrap();
    assert!(roster.is_founding());
    assert!(roster.signing_in_as("ibanez").is_none());
    assert!(roster.has_login(&LoginName::parse("IBANEZ").unwrap()));

    let found = roster.invited_with(&halves.link, TODAY).unwrap();
    let accepted = accepted(&found.record);
    found
        .replace(accepted.record, &cases, &keyring)
        .await
        .unwrap();
    let roster = Roster::load(&cases, &keyring).await.unwrap();
    assert!(!roster.is_founding());
    assert!(
        roster.invited_with(&halves.link, TODAY).is_none(),
        "a link works once"
    );
    let member = roster.signing_in_as(" iBANEZ ").unwrap();
    assert_eq!(member.record.profile.agreement_on, Some(TODAY));
    let kept = member.record.credentials().unwrap();
    let key = kept.key.open(&secret(PHRASE), MemberId([1; 16])).unwrap();
    assert_eq!(key.recipient(), kept.public);
    assert_eq!(key.recipient(), accepted.key.recipient());

    let ended = member.record.ended(TODAY);
    member.replace(ended, &cases, &keyring).await.unwrap();
    let roster = Roster::load(&cases, &keyring).await.unwrap();
    assert!(roster.signing_in_as("ibanez").is_none());
    assert_eq!(roster.profiles().len(), 0);
    assert!(
        !roster.is_founding(),
        "who founds once does not found again"
    );
    assert!(!roster.has_login(&LoginName::parse("ibanez").unwrap()));
}

#[test]
fn a_link_works_for_seven_days_with_its_own_code() {
    let rng = SystemRandom::new();
    let halves = Halves::draw(&rng).unwrap();
    let me = MemberId([1; 16]);
    let invitation = halves.invitation(me, TODAY);
    let read = InvitationCode::parse(&halves.link.text()).unwrap();
    assert!(invitation.opens_with(&read, TODAY));
    assert!(invitation.opens_with(&read, TODAY + 7.days()));
    assert!(!invitation.opens_with(&read, TODAY + 8.days()));
    let other = Halves::draw(&rng).unwrap();
    assert!(!invitation.opens_with(&other.link, TODAY));
    assert!(InvitationCode::parse(&halves.link.text()[1..]).is_none());
    assert!(InvitationCode::parse("").is_none());
    let kept = serde_json::to_string(&invitation).unwrap();
    let spoken = halves.code.text();
    assert!(!kept.contains(&*halves.link.text()));
    assert!(!kept.contains(&*spoken) && !kept.contains(&spoken.replace('-', "")));
    assert_eq!(format!("{:?}", halves.code), "SpokenCode(…)");

    let typed = spoken.to_lowercase().replace('-', " ").replace('0', "o");
    assert_eq!(invitation.check(me, &typed), Checked::Right);
    for wrong in [
        "",
        "U",
        &spoken[1..],
        &other.code.text(),
        &halves.link.text(),
    ] {
        let wrong = invitation.check(me, wrong);
        assert_eq!(wrong, Checked::Wrong { left: 5 });
    }
    let theirs = invitation.check(MemberId([2; 16]), &spoken);
    assert_eq!(theirs, Checked::Wrong { left: 5 }, "another's");
}

proptest::proptest! {
    /// Whatever is typed in whatever order: of wrong codes in a row five are taken, and then nothing.
    #[test]
    fn five_wrong_codes_in_a_row_and_no_more_are_taken(right in proptest::collection::vec(proptest::bool::weighted(0.2), 1..30)) {
        let halves = Halves::draw(&SystemRandom::new()).unwrap();
        let me = MemberId([1; 16]);
        let mut invitation = halves.invitation(me, TODAY);
        let mut wrong = 0;
        for right in right {
            let typed = if right { halves.code.text() } else { String::new().into() };
            let Some(taken) = invitation.with_guess_taken() else {
                proptest::prop_assert_eq!(wrong, 5);
                proptest::prop_assert!(!invitation.opens_with(&halves.link, TODAY));
                break;
            };
            match taken.check(me, &typed) {
                Checked::Right => {
                    proptest::prop_assert!(right && wrong < 5);
                    wrong = 0;
                    invitation = taken.with_guesses_given_back();
                }
                Checked::Wrong { left } => {
                    wrong += 1;
                    proptest::prop_assert_eq!(left, 5 - wrong);
                    invitation = taken;
                }
            }
        }
    }
}

#[tokio::test]
async fn of_two_changes_to_one_member_the_first_counts() {
    let Place {
        cases,
        keyring,
        _folder,
    } = place().await;
    let halves = Halves::draw(&SystemRandom::new()).unwrap();
    let record = invited(1, "ana", &halves);
    let member = Versioned::add(record.clone(), &cases, &keyring)
        .await
        .unwrap();
    let again = Versioned::add(record, &cases, &keyring).await;
    assert!(matches!(again, Err(ChangeError::Contended)));
    let ended = member.record.ended(TODAY);
    member
        .replace(ended.clone(), &cases, &keyring)
        .await
        .unwrap();
    let late = member.replace(ended, &cases, &keyring).await;
    assert!(matches!(late, Err(ChangeError::Contended)));
}

#[tokio::test]
async fn a_record_that_is_moved_to_another_member_or_altered_is_found_out() {
    let Place {
        cases,
        keyring,
        _folder,
    } = place().await;
    let halves = Halves::draw(&SystemRandom::new()).unwrap();
    Versioned::add(invited(1, "ana", &halves), &cases, &keyring)
        .await
        .unwrap();
    let row = cases.records(RecordKind::Member).await.unwrap().remove(0);
    assert!(!String::from_utf8_lossy(&row.sealed).contains("ana"));
    cases
        .put_record(RecordKind::Member, RecordId([2; 16]), None, &row.sealed)
        .await
        .unwrap();
    let roster = Roster::load(&cases, &keyring).await;
    assert!(matches!(roster, Err(RosterError::Open(_))));
    assert!(cases.ping().await.is_ok());
}

#[test]
fn the_fullest_record_is_as_long_as_any_other() {
    let rng = SystemRandom::new();
    let halves = Halves::draw(&rng).unwrap();
    let mut record = invited(1, &"ñ".repeat(LoginName::MAX), &halves);
    let long = "Ñ".repeat(80);
    record.profile.name = PersonName::new(part(&long), part(&long), Some(part(&long))).unwrap();
    let place = domain::complaint::ShortText::parse(secret(&"Ñ".repeat(300))).unwrap();
    record.profile.unit.place = Some(place.clone());
    record.profile.unit.area = Some(place);
    let mut full = accepted(&record).record;
    let credentials = full.credentials_mut().unwrap();
    let SecondFactor::Required(factors) = &mut credentials.second else {
        panic!("a member has factors");
    };
    for _ in 0..Factors::MOST_PASSKEYS {
        factors.add_passkey(passkey()).unwrap();
    }
    assert!(factors.add_passkey(passkey()).is_err());
    let json = serde_json::to_string(&full).unwrap();
    // What the service's own key adds around the content.
    assert!(json.len() + 32 <= 8 << 10, "{}", json.len());
}

/// A passkey with a long credential and the longest name.
fn passkey() -> PasskeyFactor {
    let label = serde_json::to_value(Label::parse(&"Ñ".repeat(Label::MAX)).unwrap()).unwrap();
    let credential = serde_json::json!({
        "cred_id": "A".repeat(256),
        "cred": {
            "type_": "ES256",
            "key": { "EC_EC2": { "curve": "SECP256R1", "x": "A".repeat(43), "y": "A".repeat(43) } },
        },
        "counter": 4_294_967_295_u32,
        "transports": ["usb", "nfc", "ble", "internal", "hybrid"],
        "user_verified": true,
        "backup_eligible": true,
        "backup_state": true,
        "registration_policy": "required",
        "extensions": { "cred_protect": { "Set": "userVerificationRequired" },
                        "hmac_create_secret": "NotRequested", "appid": "NotRequested",
                        "cred_props": { "Unsigned": { "rk": true } } },
        "attestation": { "data": "None", "metadata": "None" },
        "attestation_format": "none",
    });
    let whole = serde_json::json!({ "label": label, "credential": { "cred": credential } });
    serde_json::from_value(whole).unwrap()
}

#[tokio::test]
async fn whoever_comes_back_is_known_to_have_been_a_member_before() {
    let place = place().await;
    let halves = Halves::draw(&SystemRandom::new()).unwrap();
    let before = invited(1, "juana", &halves).ended(TODAY);
    let again = invited(2, "juana2", &halves);
    let mut other = invited(3, "rosa", &halves);
    other.profile.name = PersonName::new(part("Rosa"), part("Ibáñez"), None).unwrap();
    for record in [before, again, other] {
        Versioned::add(record, &place.cases, &place.keyring)
            .await
            .unwrap();
    }
    let roster = Roster::load(&place.cases, &place.keyring).await.unwrap();
    let people = roster.people(TODAY);
    let former = |id| {
        let profile = people.profile(MemberId([id; 16])).unwrap();
        people.former(profile, TODAY).collect::<Vec<_>>()
    };
    assert_eq!(former(2), [MemberId([1; 16])]);
    assert_eq!(former(3), []);
    assert!(people.profile(MemberId([1; 16])).is_none());
}
