//! Entries of mailboxes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::case::{Deadline, Status};
use domain::complaint::SecretText;
use domain::evidence::{FileName, Version};
use jiff::civil::date;
use mailbox::{Author, Body, Entry, Filed, FiledFile, Message, Notice, SealedEntry, Standing};
use ring::rand::SystemRandom;
use sealing::Content;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::envelopes::complaint;
use crate::{read, token};

#[derive(Serialize, Deserialize)]
pub(crate) struct Mailboxes {
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

pub(crate) fn new_mailboxes(entropies: &[&str]) -> Mailboxes {
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
            detail: None,
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
                    detail: None,
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
            assisted: false,
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
        detail: None,
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
