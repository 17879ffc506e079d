//! Tracking tokens.

use sealing::{TokenError, TrackingToken};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{read, token};

#[derive(Serialize, Deserialize)]
pub(crate) struct Tokens {
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

pub(crate) fn new_tokens(entropies: &[&str]) -> Tokens {
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
