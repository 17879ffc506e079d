//! Envelopes.

use age::secrecy::ExposeSecret as _;
use age::x25519;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::complaint::{Complaint, ComplaintDraft, MessageText, SecretText};
use jiff::civil::{Date, date};
use opening::CommitteeIdentity;
use ring::rand::SystemRandom;
use sealing::{
    Content, EnvelopeId, FillerKey, Letter, Recipients, SIZE_CLASSES, SealedEnvelope, frame, seal,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{read, token};

#[derive(Serialize, Deserialize)]
pub(crate) struct Envelopes {
    identity: String,
    recipient: String,
    key_id: String,
    size_classes: Vec<usize>,
    opens: Vec<EnvelopeVector>,
    refused: Vec<RefusedEnvelope>,
}

#[derive(Serialize, Deserialize)]
struct EnvelopeVector {
    name: String,
    recipients: usize,
    row: Row,
    framed: String,
    letter: Value,
}

#[derive(Serialize, Deserialize)]
struct RefusedEnvelope {
    name: String,
    row: Row,
    framed: String,
    error: String,
}

#[derive(Serialize, Deserialize)]
struct Row {
    id: EnvelopeId,
    received_on: Date,
}

fn sealed_envelope(row: &Row, framed: &str, committee: &CommitteeIdentity) -> SealedEnvelope {
    SealedEnvelope {
        id: row.id,
        received_on: row.received_on,
        key_id: committee.key_id(),
        bytes: STANDARD.decode(framed).expect("base64"),
    }
}

fn committee(vectors: &Envelopes) -> CommitteeIdentity {
    let identity: x25519::Identity = vectors.identity.parse().expect("an age identity");
    CommitteeIdentity::from(identity)
}

#[test]
fn envelopes_open_to_these_letters() {
    let vectors: Envelopes = read("envelopes.json");
    let committee = committee(&vectors);
    assert_eq!(committee.public_key(), vectors.recipient);
    assert_eq!(committee.key_id().to_string(), vectors.key_id);
    let classes: Vec<_> = SIZE_CLASSES.iter().map(|class| class.bytes()).collect();
    assert_eq!(classes, vectors.size_classes);
    for vector in &vectors.opens {
        let envelope = sealed_envelope(&vector.row, &vector.framed, &committee);
        let letter = committee.open(&envelope).unwrap_or_else(|error| {
            panic!("{}: {error}", vector.name);
        });
        assert_eq!(as_json(&letter), vector.letter, "{}", vector.name);
    }
}

#[test]
fn envelopes_that_were_tampered_with_are_refused_by_name() {
    let vectors: Envelopes = read("envelopes.json");
    let committee = committee(&vectors);
    let mut seen = std::collections::BTreeSet::new();
    for vector in &vectors.refused {
        let envelope = sealed_envelope(&vector.row, &vector.framed, &committee);
        let error = committee.open(&envelope).expect_err(&vector.name);
        assert_eq!(error.code(), vector.error, "{}", vector.name);
        seen.insert(error.code());
    }
    let all = [
        "damaged",
        "filler",
        "frame",
        "letter",
        "moved",
        "size",
        "wrong_key",
    ];
    assert_eq!(seen, all.into_iter().collect());
}

/// A letter as its envelope holds it.
fn as_json(letter: &Letter) -> Value {
    let mut json = json!({
        "envelope_id": letter.envelope_id,
        "lookup_id": letter.lookup_id,
        "mailbox_key": letter.mailbox_key,
        "received_on": letter.received_on,
        "filler_key": letter.filler_key,
    });
    match &letter.content {
        Content::Complaint {
            complaint,
            evidence,
        } => {
            json["kind"] = json!("complaint");
            json["complaint"] = json!(**complaint);
            if !evidence.is_empty() {
                json["evidence"] = json!(evidence);
            }
        }
        Content::FollowUp(follow_up) => {
            json["kind"] = json!("message");
            if let Some(text) = &follow_up.text {
                json["message"] = json!(text.expose());
            }
            if let Some(consent) = follow_up.referral_consent {
                json["referral_consent"] = json!(consent);
            }
            if follow_up.answers_request {
                json["answers_request"] = json!(true);
            }
            if !follow_up.evidence.is_empty() {
                json["evidence"] = json!(follow_up.evidence);
            }
        }
        Content::NewWords(new) => {
            json["kind"] = json!("new_words");
            json["new_words"] = json!(new);
        }
    }
    json
}

fn letter(entropy: &str, received_on: Date, content: Content) -> Letter {
    let rng = SystemRandom::new();
    let token = token(entropy);
    Letter {
        envelope_id: EnvelopeId::draw(&rng).expect("randomness"),
        lookup_id: token.lookup_id(),
        mailbox_key: token.mailbox_key(),
        received_on,
        filler_key: FillerKey::draw(&rng).expect("randomness"),
        content,
    }
}

pub(crate) fn complaint(json: Value) -> Content {
    let draft: ComplaintDraft = serde_json::from_value(json).expect("a draft");
    Content::complaint(Complaint::parse(draft).expect("a complaint"))
}

pub(crate) fn new_envelopes(entropies: &[&str]) -> Envelopes {
    let identity = x25519::Identity::generate();
    let text = identity.to_string().expose_secret().to_owned();
    let committee = CommitteeIdentity::from(identity);
    let stranger = CommitteeIdentity::generate();
    let recipients = |keys: &[String]| keys.join("\n").parse::<Recipients>().expect("recipients");
    let ours = recipients(&[committee.public_key()]);
    let both = recipients(&[committee.public_key(), stranger.public_key()]);

    let short =
        complaint(json!({ "narrative": "Me gritó frente a todo el turno y nadie dijo nada." }));
    let full = complaint(json!({
        "narrative": "Desde marzo el jefe de servicio pide dinero por las guardias.\n\tHay recibos; «sin cuota no hay turno», dijo — 🙂.",
        "suspected_risk": "corrupcion",
        "people": [{ "name": "Zacarías Ejemplo", "position": "Jefe de servicio", "rank": "SUPERIOR" }],
        "facts": { "from": "2026-03-02", "ongoing": true, "frequency": "VARIAS", "place_kind": "INSTALACION" },
        "witnesses": [{ "name": "Una enfermera del turno" }],
        "retaliation": false,
        "keep_from": ["Presidencia del comité"],
        "already_filed_with": ["NO"],
        "reporter": { "role": "TESTIGO", "age_group": "30-39" },
    }));
    let long = complaint(json!({ "narrative": "ñandú ".repeat(1_000).trim() }));
    let message = Content::from(
        MessageText::parse(SecretText::from("Añado que hoy volvió a pasar.".to_owned()))
            .expect("a message"),
    );

    let cases = [
        ("a short complaint", 0, short, &ours),
        ("every kind of field", 1, full, &ours),
        ("a longer complaint, next size", 2, long, &ours),
        ("a further message", 3, message, &ours),
        (
            "two recipients",
            4,
            complaint(json!({ "narrative": "La misma historia para dos llaves." })),
            &both,
        ),
    ];
    let mut opens = Vec::new();
    let mut sealed = Vec::new();
    for (name, index, content, recipients) in cases {
        let letter = letter(entropies[index], date(2026, 3, 4), content);
        let envelope = seal(&letter, recipients).expect("it fits");
        opens.push(EnvelopeVector {
            name: name.to_owned(),
            recipients: recipients.count(),
            row: Row {
                id: envelope.id,
                received_on: envelope.received_on,
            },
            framed: STANDARD.encode(&envelope.bytes),
            letter: as_json(&letter),
        });
        sealed.push(envelope);
    }
    let refused = refused_envelopes(&sealed, &ours, &recipients(&[stranger.public_key()]));
    Envelopes {
        identity: text,
        recipient: committee.public_key(),
        key_id: committee.key_id().to_string(),
        size_classes: SIZE_CLASSES.iter().map(|class| class.bytes()).collect(),
        opens,
        refused,
    }
}

fn refused_envelopes(
    sealed: &[SealedEnvelope],
    ours: &Recipients,
    theirs: &Recipients,
) -> Vec<RefusedEnvelope> {
    let content = complaint(json!({ "narrative": "Sellada para otra llave, no para esta." }));
    let day = date(2026, 3, 4);
    let foreign = letter("00000000000000000000000000000000", day, content);
    let foreign = seal(&foreign, theirs).expect("it fits");

    let mut all = altered_envelopes(&sealed[0], sealed[1].id);
    all.push(("sealed to another key", foreign, "wrong_key"));
    all.extend(wrong_plaintexts(&sealed[0], ours));
    all.into_iter()
        .map(|(name, envelope, error)| RefusedEnvelope {
            name: name.to_owned(),
            row: Row {
                id: envelope.id,
                received_on: envelope.received_on,
            },
            framed: STANDARD.encode(&envelope.bytes),
            error: error.to_owned(),
        })
        .collect()
}

type Hostile = (&'static str, SealedEnvelope, &'static str);

/// A good envelope with one thing altered.
fn altered_envelopes(good: &SealedEnvelope, other: EnvelopeId) -> Vec<Hostile> {
    let (length, _) = good.bytes.split_first_chunk().expect("a length field");
    let end = 4 + usize::try_from(u32::from_be_bytes(*length)).expect("small");
    let last = good.bytes.len() - 1;
    let with = |change: &dyn Fn(&mut SealedEnvelope)| {
        let mut envelope = good.clone();
        change(&mut envelope);
        envelope
    };
    let flipped = |at: usize| with(&|e| e.bytes[at] ^= 1);
    // In base64 another digit, for a flipped bit may be no digit at all, and then age finds it damaged.
    let other_digit =
        |at: usize| with(&|e| e.bytes[at] = if e.bytes[at] == b'A' { b'B' } else { b'A' });
    let short = u32::try_from(end - 5).expect("small").to_be_bytes();
    vec![
        ("cut by one byte", with(&|e| e.bytes.truncate(last)), "size"),
        ("one byte longer", with(&|e| e.bytes.push(0)), "size"),
        ("empty", with(&|e| e.bytes.clear()), "size"),
        (
            "length beyond the end",
            with(&|e| e.bytes[0] = 0xff),
            "frame",
        ),
        (
            "length one short",
            with(&|e| e.bytes[..4].copy_from_slice(&short)),
            "damaged",
        ),
        ("a flipped bit in age's first line", flipped(10), "damaged"),
        // It cannot be told from an envelope for somebody else.
        (
            "another digit in the sender's share",
            other_digit(50),
            "wrong_key",
        ),
        (
            "a flipped bit in age's payload",
            flipped(end - 20),
            "damaged",
        ),
        (
            "a flipped bit in the filler's first byte",
            flipped(end),
            "filler",
        ),
        ("a flipped bit in the last byte", flipped(last), "filler"),
        ("another row's id", with(&|e| e.id = other), "moved"),
        (
            "another row's day",
            with(&|e| e.received_on = date(2026, 3, 5)),
            "moved",
        ),
    ]
}

/// Sealed as it must be, but what is inside is not a letter.
fn wrong_plaintexts(row: &SealedEnvelope, ours: &Recipients) -> Vec<Hostile> {
    let filler = FillerKey::draw(&SystemRandom::new()).expect("randomness");
    let class = SIZE_CLASSES[0];
    let framed = |start: &[u8]| {
        let mut plaintext = start.to_vec();
        plaintext.resize(class.plaintext(1), 0);
        let bytes = frame(&plaintext, class, &filler, ours).expect("it fits");
        SealedEnvelope {
            bytes,
            ..row.clone()
        }
    };
    let json = br#"{"kind":"complaint"}"#;
    let length = u8::try_from(json.len()).expect("short");
    vec![
        ("plaintext version 2", framed(&[2]), "letter"),
        (
            "a complaint without its fields",
            framed(&[&[1, 0, 0, 0, length], json.as_slice()].concat()),
            "letter",
        ),
        (
            "padding that is not zero",
            framed(&[1, 0, 0, 0, 2, b'{', b'}', 7]),
            "letter",
        ),
    ]
}
