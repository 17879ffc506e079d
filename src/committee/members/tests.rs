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

fn invited(id: u8, login: &str, code: &InvitationCode) -> MemberRecord {
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
        state: State::Invited(Invitation::new(code, TODAY)),
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
    let code = InvitationCode::draw(&SystemRandom::new()).unwrap();
    Versioned::add(invited(1, "Ibáñez", &code), &cases, &keyring)
        .await
        .unwrap();
    let roster = Roster::load(&cases, &keyring).await.unwrap();
    assert!(roster.is_founding());
    assert!(roster.signing_in_as("ibanez").is_none());
    assert!(roster.has_login(&LoginName::parse("IBANEZ").unwrap()));

    let found = roster.invited_with(&code, TODAY).unwrap();
    let accepted = accepted(&found.record);
    found
        .replace(accepted.record, &cases, &keyring)
        .await
        .unwrap();
    let roster = Roster::load(&cases, &keyring).await.unwrap();
    assert!(!roster.is_founding());
    assert!(
        roster.invited_with(&code, TODAY).is_none(),
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
fn a_link_works_for_its_code_and_seven_days() {
    let rng = SystemRandom::new();
    let code = InvitationCode::draw(&rng).unwrap();
    let invitation = Invitation::new(&code, TODAY);
    let read = InvitationCode::parse(&code.text()).unwrap();
    assert!(invitation.opens_with(&read, TODAY));
    assert!(invitation.opens_with(&read, TODAY + 7.days()));
    assert!(!invitation.opens_with(&read, TODAY + 8.days()));
    let other = InvitationCode::draw(&rng).unwrap();
    assert!(!invitation.opens_with(&other, TODAY));
    assert!(InvitationCode::parse(&code.text()[1..]).is_none());
    assert!(InvitationCode::parse("").is_none());
    let kept = serde_json::to_string(&invitation).unwrap();
    assert!(!kept.contains(&*code.text()));
}

#[tokio::test]
async fn of_two_changes_to_one_member_the_first_counts() {
    let Place {
        cases,
        keyring,
        _folder,
    } = place().await;
    let code = InvitationCode::draw(&SystemRandom::new()).unwrap();
    let record = invited(1, "ana", &code);
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
    let code = InvitationCode::draw(&SystemRandom::new()).unwrap();
    Versioned::add(invited(1, "ana", &code), &cases, &keyring)
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
    let code = InvitationCode::draw(&rng).unwrap();
    let mut record = invited(1, &"ñ".repeat(LoginName::MAX), &code);
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
