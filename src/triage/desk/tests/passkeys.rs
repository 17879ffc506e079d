//! Passkeys from the invitation to signing in, with a device made of software.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::committee::Seat;
use reqwest::header::{LOCATION, SET_COOKIE};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

use super::second_step::hidden;
use super::{Answer, Member, ORIGIN, Service};
use crate::testing::House;
use crate::vault::Expected;

const HOST: &str = "comite.example.mx";
const PHRASE: &str = "vidrio+tambor+cueva+lunar";
/// The owner is there, and has shown that it is them (`WebAuthn`, 6.1).
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
/// A new credential follows.
const ATTESTED: u8 = 0x40;

/// A security key with one credential.
struct Device {
    key: EcdsaKeyPair,
    id: [u8; 16],
    counter: u32,
    flags: u8,
    origin: &'static str,
}

impl Device {
    fn new() -> Self {
        let rng = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &rng).unwrap();
        Self {
            key: EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &rng).unwrap(),
            id: [7; 16],
            counter: 0,
            flags: PRESENT | VERIFIED,
            origin: ORIGIN,
        }
    }

    fn said(&self, kind: &str, options: &Value) -> String {
        let challenge = &options["publicKey"]["challenge"];
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    fn authenticator_data(&mut self, flags: u8) -> Vec<u8> {
        self.counter += 1;
        let mut data = digest(&SHA256, HOST.as_bytes()).as_ref().to_vec();
        data.push(self.flags | flags);
        data.extend_from_slice(&self.counter.to_be_bytes());
        data
    }

    fn answer(&self, response: &Value) -> String {
        let id = URL_SAFE_NO_PAD.encode(self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response }).to_string()
    }

    /// What a browser gives after `navigator.credentials.create`.
    fn create(&mut self, options: &Value) -> String {
        let mut data = self.authenticator_data(ATTESTED);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&[0, 16]);
        data.extend_from_slice(&self.id);
        // A COSE key in CBOR: EC2, ES256, P-256, x, y.
        let point = self.key.public_key().as_ref();
        data.extend_from_slice(&[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend_from_slice(&point[1..33]);
        data.extend_from_slice(&[0x22, 0x58, 0x20]);
        data.extend_from_slice(&point[33..]);
        // {"fmt": "none", "attStmt": {}, "authData": …}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend_from_slice(&data);
        self.answer(&json!({
            "attestationObject": URL_SAFE_NO_PAD.encode(object),
            "clientDataJSON": URL_SAFE_NO_PAD.encode(self.said("webauthn.create", options)),
        }))
    }

    /// What a browser gives after `navigator.credentials.get`.
    fn get(&mut self, options: &Value) -> String {
        let data = self.authenticator_data(0);
        let said = self.said("webauthn.get", options);
        let mut signed = data.clone();
        signed.extend_from_slice(digest(&SHA256, said.as_bytes()).as_ref());
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        self.answer(&json!({
            "authenticatorData": URL_SAFE_NO_PAD.encode(data),
            "clientDataJSON": URL_SAFE_NO_PAD.encode(said),
            "signature": URL_SAFE_NO_PAD.encode(signature),
            "userHandle": null,
        }))
    }
}

/// Something that makes a device another.
type Change = fn(&mut Device);

/// The challenge that a page hands to its script.
fn options(page: &str) -> Value {
    let (_, rest) = page.split_once("data-options=\"").unwrap();
    let text = rest.split('"').next().unwrap();
    let text = text.replace("&#34;", "\"").replace("&#38;", "&");
    serde_json::from_str(&text).unwrap()
}

fn encoded(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.bytes()
        .map(|byte| {
            if keep(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// The second step, opened.
struct Second {
    half: Member,
    page: Answer,
}

impl Service {
    async fn second(&self) -> Second {
        let form = format!("user=ines&passphrase={PHRASE}");
        let answer = self.post("/entrar", None, &form).await;
        assert_eq!(
            answer.header(LOCATION),
            "/entrar/segundo",
            "{}",
            answer.body
        );
        let mut half = Member {
            cookie: answer.cookie(),
            token: String::new(),
        };
        let page = self.get("/entrar/segundo", Some(&half)).await;
        half.token = hidden(&page.body, "csrf");
        Second { half, page }
    }

    async fn show(&self, second: &Second, proof: &str) -> Answer {
        let form = format!("csrf={}&passkey={}", second.half.token, encoded(proof));
        self.post("/entrar/segundo", Some(&second.half), &form)
            .await
    }
}

/// A service with a member whose second factor is this device.
async fn with_device() -> (Service, Device) {
    let house = House::new().await;
    let (_, invited) = house.invite(Seat::Electa, "ines").await;
    let service = Service::serve(house, Expected::default(), true).await;
    let page = service.type_code(&invited.path, &invited.code).await;
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    let visitor = Member {
        cookie: page.cookie(),
        token: hidden(&page.body, "csrf"),
    };
    let mut device = Device::new();
    let made = encoded(&device.create(&options(&page.body)));
    let form = format!(
        "csrf={}&agreement=yes&passphrase={PHRASE}&again={PHRASE}&code=&passkey={made}&label=Llave+azul",
        visitor.token
    );
    let done = service.post("/invitacion", Some(&visitor), &form).await;
    assert_eq!(done.status, 200, "{}", done.body);
    (service, device)
}

#[tokio::test]
async fn a_device_that_was_taken_up_lets_its_owner_in() {
    let (service, mut device) = with_device().await;
    let second = service.second().await;
    let proof = device.get(&options(&second.page.body));
    let entered = service.show(&second, &proof).await;
    assert_eq!(entered.header(LOCATION), "/", "{}", entered.body);
    let member = Member {
        cookie: entered.cookie(),
        token: String::new(),
    };
    assert_ne!(member.cookie, second.half.cookie);
    let page = service.get("/mi-cuenta", Some(&member)).await;
    assert!(page.body.contains("Llave azul"), "{}", page.body);
}

#[tokio::test]
async fn what_a_device_said_once_is_worth_nothing_later() {
    let (service, mut device) = with_device().await;
    let first = service.second().await;
    let proof = device.get(&options(&first.page.body));
    assert_eq!(service.show(&first, &proof).await.header(LOCATION), "/");
    let later = service.second().await;
    let refused = service.show(&later, &proof).await;
    assert_eq!(
        (refused.status.as_u16(), refused.header(SET_COOKIE)),
        (401, "")
    );
}

#[tokio::test]
async fn a_device_that_is_copied_unverified_phished_or_unknown_is_refused() {
    let (service, mut device) = with_device().await;
    let second = service.second().await;
    let proof = device.get(&options(&second.page.body));
    assert_eq!(service.show(&second, &proof).await.header(LOCATION), "/");
    let changes: [(&str, Change); 4] = [
        ("a copy whose counter stands still", |device| {
            device.counter -= 1;
        }),
        ("nobody verified", |device| device.flags = PRESENT),
        ("another site", |device| {
            device.origin = "https://comite.example.mx.mal.example";
        }),
        ("another key", |device| device.key = Device::new().key),
    ];
    for (what, change) in changes {
        let counter = device.counter;
        change(&mut device);
        let second = service.second().await;
        let proof = device.get(&options(&second.page.body));
        let refused = service.show(&second, &proof).await;
        assert_eq!(refused.status, 401, "{what}");
        assert_eq!(refused.header(SET_COOKIE), "", "{what}");
        (device.counter, device.flags, device.origin) = (counter, PRESENT | VERIFIED, ORIGIN);
    }
}
