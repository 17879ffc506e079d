//! The examples of `tests/vectors` against this implementation. Their README says how another one
//! checks itself.
//!
//! New ones, which replace the files:
//! `cargo test -p journeys --test vectors -- --ignored write_new_vectors`

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use age::secrecy::ExposeSecret as _;
use age::x25519;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::case::{Deadline, Status};
use domain::catalogue::TermKey;
use domain::complaint::{Complaint, ComplaintDraft, MessageText, SecretText};
use domain::evidence::{FileName, Version};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use mailbox::{Author, Body, Entry, Filed, FiledFile, Message, Notice, SealedEntry, Standing};
use opening::CommitteeIdentity;
use receipts::{Proof, ReceiptKey, SignedHead, SignedReceipt, Tree};
use ring::digest::{Context, SHA256};
use ring::rand::SystemRandom;
use sealing::{
    Content, EnvelopeId, FillerKey, Letter, Recipients, SIZE_CLASSES, SealedEnvelope, TokenError,
    TrackingToken, frame, seal,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Serialize, Deserialize)]
struct Tokens {
    #[serde(rename = "tokens")]
    derived: Vec<TokenVector>,
    written_otherwise: Vec<WrittenVector>,
    refused: Vec<RefusedToken>,
}

#[derive(Serialize, Deserialize)]
struct TokenVector {
    entropy: String,
    words: String,
    lookup_id: String,
    mailbox_key: String,
    receipt_id: String,
}

#[derive(Serialize, Deserialize)]
struct WrittenVector {
    text: String,
    entropy: String,
}

#[derive(Serialize, Deserialize)]
struct RefusedToken {
    text: String,
    error: Value,
}

#[derive(Serialize, Deserialize)]
struct Envelopes {
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

#[derive(Serialize, Deserialize)]
struct Mailboxes {
    entry_sizes: Vec<usize>,
    opens: Vec<EntryVector>,
    refused: Vec<RefusedEntry>,
}

#[derive(Serialize, Deserialize)]
struct EntryVector {
    entropy: String,
    position: u32,
    sealed: String,
    entry: Value,
}

#[derive(Serialize, Deserialize)]
struct RefusedEntry {
    name: String,
    entropy: String,
    position: u32,
    sealed: String,
    error: String,
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("vectors")
        .join(name)
}

fn read<T: DeserializeOwned>(name: &str) -> T {
    let text = fs::read(path(name)).expect("the vectors are committed");
    serde_json::from_slice(&text).expect("the vectors have this form")
}

fn write(name: &str, vectors: &impl Serialize) {
    let text = serde_json::to_string_pretty(vectors).expect("vectors are JSON");
    fs::write(path(name), text + "\n").expect("the folder can be written to");
}

fn token(entropy: &str) -> TrackingToken {
    let bytes = hex::decode(entropy).expect("hexadecimal");
    TrackingToken::from(<[u8; 16]>::try_from(bytes).expect("16 bytes"))
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

fn told(error: &TokenError) -> Value {
    match error {
        TokenError::WordCount { found } => json!({ "word_count": found }),
        TokenError::UnknownWord { position, .. } => json!({ "unknown_word": position }),
        TokenError::Checksum => json!("checksum"),
    }
}

#[test]
fn tokens_have_these_words_and_derive_these_values() {
    let vectors: Tokens = read("tokens.json");
    assert!(vectors.derived.len() >= 5);
    for vector in &vectors.derived {
        let token = token(&vector.entropy);
        assert_eq!(*token.phrase(), vector.words);
        assert_eq!(TrackingToken::parse(&vector.words), Ok(token.clone()));
        assert_eq!(token.lookup_id().to_string(), vector.lookup_id);
        assert_eq!(
            hex::encode(token.mailbox_key().expose()),
            vector.mailbox_key
        );
        assert_eq!(token.receipt_id().to_string(), vector.receipt_id);
    }
}

#[test]
fn tokens_are_read_as_people_write_them_and_refused_by_name() {
    let vectors: Tokens = read("tokens.json");
    for vector in &vectors.written_otherwise {
        assert_eq!(
            TrackingToken::parse(&vector.text),
            Ok(token(&vector.entropy)),
            "{}",
            vector.text
        );
    }
    for vector in &vectors.refused {
        let error = TrackingToken::parse(&vector.text).expect_err(&vector.text);
        assert_eq!(told(&error), vector.error, "{}", vector.text);
    }
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

#[test]
fn mailbox_entries_open_only_where_they_belong() {
    let vectors: Mailboxes = read("mailboxes.json");
    assert_eq!(vectors.entry_sizes, mailbox::ENTRY_SIZES);
    let open = |entropy: &str, position, sealed: &str| {
        let token = token(entropy);
        let bytes = STANDARD.decode(sealed).expect("base64");
        let sealed = SealedEntry {
            lookup_id: token.lookup_id(),
            position,
            bytes,
        };
        mailbox::open(&token.mailbox_key(), &sealed)
    };
    for vector in &vectors.opens {
        let entry = open(&vector.entropy, vector.position, &vector.sealed).expect("it opens");
        assert_eq!(serde_json::to_value(entry).expect("JSON"), vector.entry);
    }
    for vector in &vectors.refused {
        let error = open(&vector.entropy, vector.position, &vector.sealed).expect_err(&vector.name);
        let code = match error {
            mailbox::OpenError::Size => "size",
            mailbox::OpenError::Forged => "forged",
            mailbox::OpenError::Format => "format",
        };
        assert_eq!(code, vector.error, "{}", vector.name);
    }
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
    }
    json
}

// What follows makes new vectors.

#[test]
fn receipts_heads_and_proofs_are_these() {
    let vectors: Value = read("receipts.json");
    let entropies: Vec<_> = vectors["receipts"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|receipt| receipt["entropy"].as_str().expect("a text"))
        .collect();
    // What is signed here has no chance in it, so all of it comes out again.
    assert_eq!(new_receipts(&entropies), vectors);
    let key = vectors["key"].as_str().expect("a text").parse();
    let key = key.expect("a key");
    for refused in vectors["refused"].as_array().expect("a list") {
        let receipt = refused["receipt"].as_str().expect("a text");
        let taken = receipts::verify(receipt, &key).is_ok_and(|receipt| {
            refused.get("proof").is_none_or(|proof| {
                let proof = proof.as_str().expect("a text").parse::<Proof>();
                proof.is_ok_and(|proof| proof.verify(&receipt, &key).is_ok())
            })
        });
        assert!(!taken, "{}", refused["name"]);
    }
}

#[test]
fn another_implementation_agrees_with_all_of_them() {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
        .expect("there is a folder for what can be made again");
    let python = cache.join("guiando/vectors/bin/python");
    assert!(
        python.is_file(),
        "{} is not there; run `make test`, which makes it",
        python.display()
    );
    let checked = Command::new(python)
        .arg(path("check.py"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("Python can be started");
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(
        checked.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&checked.stderr)
    );
    assert_eq!(said.matches("vectors agree").count(), 4, "{said}");
}

#[test]
#[ignore = "replaces the committed vectors; age draws new keys each time"]
fn write_new_vectors() {
    fs::create_dir_all(path("")).expect("the folder can be made");
    let entropies = [
        "00000000000000000000000000000000",
        "ffffffffffffffffffffffffffffffff",
        "000102030405060708090a0b0c0d0e0f",
        "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f",
        "9e3779b97f4a7c15f39cc0605cedc834",
        "243f6a8885a308d313198a2e03707344",
    ];
    write("tokens.json", &new_tokens(&entropies));
    write("envelopes.json", &new_envelopes(&entropies));
    write("mailboxes.json", &new_mailboxes(&entropies));
    write("receipts.json", &new_receipts(&entropies));
}

/// A tree as the vectors have it: the filler, which a service draws at random, is
/// `SHA-256("guiando vectors, filler" ‖ day ‖ u32 index)`, so that the files need not hold it.
fn tree_of_vectors(day: Date, mut leaves: Vec<[u8; 32]>) -> Tree {
    for index in 0_u32.. {
        if leaves.len() == receipts::LEAVES {
            break;
        }
        let mut context = Context::new(&SHA256);
        context.update(b"guiando vectors, filler");
        context.update(day.to_string().as_bytes());
        context.update(&index.to_be_bytes());
        leaves.push(context.finish().as_ref().try_into().expect("32 bytes"));
    }
    leaves.sort_unstable();
    Tree::from_bytes(leaves.as_flattened()).expect("as many as a tree has, and sorted")
}

/// Two days with receipts and one without between them. Nothing here is drawn.
fn new_receipts(entropies: &[&str]) -> Value {
    let seed = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    let key: ReceiptKey = seed.parse().expect("a seed of 32 bytes");
    let public = key.public();
    let days = [date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6)];
    let of_days = [&entropies[..3], &[], &entropies[3..4]];
    let mut receipts = Vec::new();
    let mut heads: Vec<SignedHead> = Vec::new();
    let mut signed: Vec<SignedReceipt> = Vec::new();
    let mut proofs = Vec::new();
    for (day, entropies) in days.into_iter().zip(of_days) {
        let begun = signed.len();
        let mut told = Vec::new();
        for (index, entropy) in entropies.iter().enumerate() {
            let narrative = format!("Me piden dinero a cambio de la guardia, vez {index}.");
            let draft = ComplaintDraft {
                narrative: Some(SecretText::from(narrative)),
                ..ComplaintDraft::default()
            };
            let complaint = Complaint::parse(draft).expect("a complaint");
            let files: Vec<[u8; 32]> = (0..u8::try_from(index).expect("few"))
                .map(|n| [0xff - n; 32])
                .collect();
            let token = token(entropy);
            let commitment = receipts::commit(&token.receipt_blinding(), &complaint, &files);
            let term = Deadline {
                key: TermKey::RegistroSseccoe,
                due_on: day.checked_add(5.days()).expect("a day"),
            };
            signed.push(key.sign(token.receipt_id(), day, &[term], commitment));
            told.push(json!({
                "entropy": entropy,
                "complaint": serde_json::to_string(&complaint).expect("JSON"),
                "files": files.iter().map(hex::encode).collect::<Vec<_>>(),
                "received_on": day,
                "terms": [[term.key.code(), term.due_on]],
            }));
        }
        let leaves: Vec<_> = signed[begun..].iter().map(|one| one.leaf).collect();
        let tree = tree_of_vectors(day, leaves);
        let head = key.sign_head(day, &tree, heads.last());
        heads.push(head);
        for (one, mut told) in signed[begun..].iter().zip(told) {
            let proof = Proof::of(&one.leaf, &tree, head).expect("it is there");
            let receipt = receipts::verify(&one.text, &public).expect("a receipt");
            assert!(proof.verify(&receipt, &public).is_ok());
            told["receipt"] = json!(one.text);
            told["proof"] = json!(proof.to_string());
            proofs.push(proof.to_string());
            receipts.push(told);
        }
    }
    let days: Vec<Value> = days
        .iter()
        .zip(&heads)
        .map(|(day, head)| json!({ "day": day, "head": head.to_string() }))
        .collect();
    let other: ReceiptKey = "HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
        .parse()
        .expect("another seed");
    let id = token(entropies[0]).receipt_id();
    let commitment = receipts::verify(&signed[0].text, &public)
        .expect("a receipt")
        .commitment
        .expect("of the second version");
    let foreign = other.sign(id, date(2026, 3, 4), &[], commitment).text;
    let refused = json!([
        { "name": "another key", "receipt": foreign, "error": "signature" },
        { "name": "cut", "receipt": signed[0].text[..160], "error": "signature" },
        { "name": "a version to come", "receipt": format!("Aw{}", &signed[0].text[2..]), "error": "version" },
        { "name": "another receipt of the day", "receipt": signed[0].text, "proof": proofs[1], "error": "root" },
        { "name": "another day", "receipt": signed[0].text, "proof": proofs[3], "error": "day" },
    ]);
    json!({
        "seed": seed,
        "key": public.to_string(),
        "receipts": receipts,
        "days": days,
        "refused": refused,
    })
}

fn new_tokens(entropies: &[&str]) -> Tokens {
    let derived = entropies
        .iter()
        .map(|entropy| {
            let token = token(entropy);
            TokenVector {
                entropy: (*entropy).to_owned(),
                words: token.phrase().to_string(),
                lookup_id: token.lookup_id().to_string(),
                mailbox_key: hex::encode(token.mailbox_key().expose()),
                receipt_id: token.receipt_id().to_string(),
            }
        })
        .collect();
    let entropy = entropies[4];
    let words = token(entropy).words();
    let folded: Vec<_> = words.iter().map(|word| domain::code::fold(word)).collect();
    let short: Vec<String> = folded
        .iter()
        .map(|word| word.chars().take(4).collect())
        .collect();
    let numbered: Vec<_> = words
        .iter()
        .enumerate()
        .map(|(index, word)| format!("{}. {word}", index + 1))
        .collect();
    let written_otherwise = [
        folded.join(" "),
        short.join(" "),
        words.join("-").to_uppercase(),
        format!("  {}  ", words.join(",\n ")),
        numbered.join("\n"),
    ]
    .map(|text| WrittenVector {
        text,
        entropy: entropy.to_owned(),
    })
    .into();

    let mut unknown = folded.clone();
    "qwertyu".clone_into(&mut unknown[6]);
    let mut swapped = words;
    swapped.swap(0, 1);
    let refused = [
        String::new(),
        words[..11].join(" "),
        unknown.join(" "),
        swapped.join(" "),
    ]
    .map(|text| {
        let error = TrackingToken::parse(&text).expect_err("it is no token");
        RefusedToken {
            error: told(&error),
            text,
        }
    })
    .into();
    Tokens {
        derived,
        written_otherwise,
        refused,
    }
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

fn complaint(json: Value) -> Content {
    let draft: ComplaintDraft = serde_json::from_value(json).expect("a draft");
    Content::complaint(Complaint::parse(draft).expect("a complaint"))
}

fn new_envelopes(entropies: &[&str]) -> Envelopes {
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

fn new_mailboxes(entropies: &[&str]) -> Mailboxes {
    let rng = SystemRandom::new();
    let seal = |entropy: &str, position, entry: &Entry| {
        let token = token(entropy);
        mailbox::seal(
            &token.mailbox_key(),
            token.lookup_id(),
            position,
            entry,
            &rng,
        )
        .expect("it fits")
        .bytes
    };
    let standing = Entry {
        posted_on: date(2026, 3, 4),
        body: Body::Standing(Standing {
            status: Status::Received,
            folio: Some("CE-2026-042817".parse().expect("a folio")),
            deadlines: vec![Deadline {
                key: "registro_sseccoe".parse().expect("a term"),
                due_on: date(2026, 3, 18),
            }],
            notice: Notice::Opened,
        }),
    };
    let message = |text: &str| Entry {
        posted_on: date(2026, 3, 5),
        body: Body::Message(Message::written(
            Author::Committee,
            SecretText::from(text.to_owned()),
        )),
    };
    let cases = [
        (
            entropies[0],
            0,
            Entry {
                posted_on: date(2026, 3, 4),
                body: Body::Standing(Standing {
                    status: Status::Received,
                    folio: None,
                    deadlines: Vec::new(),
                    notice: Notice::Stored,
                }),
            },
        ),
        (entropies[0], 1, standing),
        (entropies[4], 2, message("¿En qué turno fue?")),
        (
            entropies[4],
            3,
            message(&"Una respuesta larga. ".repeat(60)),
        ),
        (entropies[2], 0, filed_entry()),
        (entropies[2], 4, request_entry()),
    ];
    let opens: Vec<_> = cases
        .iter()
        .map(|(entropy, position, entry)| EntryVector {
            entropy: (*entropy).to_owned(),
            position: *position,
            sealed: STANDARD.encode(seal(entropy, *position, entry)),
            entry: serde_json::to_value(entry).expect("JSON"),
        })
        .collect();

    let (entropy, position, entry) = &cases[1];
    let good = seal(entropy, *position, entry);
    let mut flipped = good.clone();
    flipped[100] ^= 1;
    let mut nonce = good.clone();
    nonce[0] ^= 1;
    let refused = [
        ("another position", *entropy, 2, good.clone(), "forged"),
        ("another mailbox", entropies[4], 1, good.clone(), "forged"),
        ("a flipped bit", entropy, 1, flipped, "forged"),
        ("a flipped bit in the nonce", entropy, 1, nonce, "forged"),
        (
            "cut by one byte",
            entropy,
            1,
            good[..good.len() - 1].to_vec(),
            "size",
        ),
    ]
    .into_iter()
    .map(|(name, entropy, position, bytes, error)| RefusedEntry {
        name: name.to_owned(),
        entropy: entropy.to_owned(),
        position,
        sealed: STANDARD.encode(bytes),
        error: error.to_owned(),
    })
    .collect();
    Mailboxes {
        entry_sizes: mailbox::ENTRY_SIZES.into(),
        opens,
        refused,
    }
}

/// What was filed, with a file.
fn filed_entry() -> Entry {
    let Content::Complaint { complaint, .. } = complaint(json!({
        "narrative": "Desde marzo me piden dinero para darme la guardia.",
        "referral_consent": "QUIERO_ORIENTACION",
    })) else {
        unreachable!("it was made as a complaint")
    };
    Entry {
        posted_on: date(2026, 3, 4),
        body: Body::Filed(Box::new(Filed {
            receipt: "QUJD".to_owned(),
            complaint,
            evidence: vec![FiledFile {
                name: FileName::parse("recibo.pdf"),
                bytes: 48_213,
                version: Version::Cleaned,
            }],
        })),
    }
}

/// A request for information: a message that also says where the case stands.
fn request_entry() -> Entry {
    let standing = Standing {
        status: Status::NeedsInformation,
        folio: Some("CE-2026-042817".parse().expect("a folio")),
        deadlines: vec![Deadline {
            key: "prevencion_desahogo".parse().expect("a term"),
            due_on: date(2026, 3, 13),
        }],
        notice: Notice::NeedsInformation,
    };
    Entry {
        posted_on: date(2026, 3, 6),
        body: Body::Message(Message {
            standing: Some(standing),
            ..Message::written(
                Author::Committee,
                SecretText::from("¿En qué centro de trabajo fue?".to_owned()),
            )
        }),
    }
}
