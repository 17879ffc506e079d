//! Receipts, trees, heads and proofs.

use domain::case::Deadline;
use domain::catalogue::TermKey;
use domain::complaint::{Complaint, ComplaintDraft, SecretText};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use receipts::{Proof, ReceiptKey, SignedHead, SignedReceipt, Tree};
use ring::digest::{Context, SHA256};
use serde_json::{Value, json};

use crate::{read, token};

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
pub(crate) fn new_receipts(entropies: &[&str]) -> Value {
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
