//! Receipts, checked by whoever kept them.

use std::path::PathBuf;

use domain::complaint::{Complaint, ComplaintDraft};
use receipts::{Block, Document, Proof, ReceiptKey, SignedReceipt, Tree, commit, text as as_text};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use sealing::TrackingToken;
use tempfile::TempDir;

use super::*;

const COMPLAINT: &str = r#"{"narrative":"Me piden dinero a cambio de la guardia."}"#;
const EVIDENCE: &[u8] = b"una foto";

/// What a person has: the receipt with its proof, the words, the complaint and a file.
struct Papers {
    folder: TempDir,
    receipt: SignedReceipt,
    words: String,
}

impl Papers {
    fn new() -> Self {
        let key: ReceiptKey = ReceiptKey::draw(&SystemRandom::new())
            .unwrap()
            .parse()
            .unwrap();
        let token = TrackingToken::draw(&SystemRandom::new()).unwrap();
        let draft = ComplaintDraft::from_json(COMPLAINT.as_bytes()).unwrap();
        let complaint = Complaint::parse(draft).unwrap();
        let file = digest(&SHA256, EVIDENCE).as_ref().try_into().unwrap();
        let commitment = commit(&token.receipt_blinding(), &complaint, &[file]);
        let day = date(2026, 3, 4);
        let terms = [Deadline {
            key: TermKey::RegistroSseccoe,
            due_on: date(2026, 3, 9),
        }];
        let receipt = key.sign(token.receipt_id(), day, &terms, commitment);
        let tree = Tree::grow(&[receipt.leaf], &SystemRandom::new()).unwrap();
        let head = key.sign_head(day, &tree, None);
        let proof = Proof::of(&receipt.leaf, &tree, head).unwrap().to_string();
        let document = Document {
            language: "es-MX",
            title: "Acuse".to_owned(),
            blocks: vec![
                Block::Heading("El acuse".to_owned()),
                Block::Code(receipt.text.clone()),
                Block::Heading("La prueba del día".to_owned()),
                Block::Code(proof.clone()),
            ],
        };
        let papers = Self {
            folder: tempdir().unwrap(),
            receipt,
            words: token.phrase().to_string(),
        };
        papers.write("clave.txt", &key.public().to_string());
        papers.write("acuse.txt", &papers.receipt.text);
        papers.write("prueba.txt", &proof);
        papers.write("guardado.txt", &as_text(&document));
        papers.write("denuncia.json", COMPLAINT);
        fs::write(papers.at("foto"), EVIDENCE).unwrap();
        papers
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.at(name), text).unwrap();
    }

    /// Runs the check in the folder of the papers.
    fn verify(&self, arguments: &[&str], input: &[u8]) -> Output {
        let fixed = ["receipt", "verify", "--key", "clave.txt"];
        let folder = path(self.folder.path()).to_owned();
        let arguments: Vec<_> = fixed.iter().chain(arguments).copied().collect();
        let mut command = guiando(&arguments);
        command.current_dir(folder).stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // It may end before it has read everything.
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap()
    }
}

#[test]
fn a_receipt_says_its_day_and_terms() {
    let papers = Papers::new();
    for (arguments, input) in [
        (&["acuse.txt"][..], ""),
        (&["-"], papers.receipt.text.as_str()),
        (&[], papers.receipt.text.as_str()),
    ] {
        let output = papers.verify(arguments, input.as_bytes());
        let told = done(&output);
        assert!(told.starts_with("Acuse auténtico.\nRecibido: 2026-03-04\n"));
        assert!(told.contains("a más tardar el 2026-03-09"));
        assert!(told.contains("Prueba del día: no se dio ninguna."));
    }
}

#[test]
fn its_proof_is_checked_from_a_file_or_from_what_was_saved() {
    let papers = Papers::new();
    for arguments in [
        &["--proof", "prueba.txt", "acuse.txt"][..],
        &["guardado.txt"],
    ] {
        let output = papers.verify(arguments, b"");
        assert!(done(&output).contains("está en la lista firmada del 2026-03-04"));
    }
    let other = fs::read(Papers::new().at("prueba.txt")).unwrap();
    fs::write(papers.at("prueba.txt"), other).unwrap();
    let output = papers.verify(&["--proof", "prueba.txt", "acuse.txt"], b"");
    assert!(failed(&output).contains("la prueba no es válida"));
}

#[test]
fn its_content_is_checked_with_the_words_from_standard_input() {
    let papers = Papers::new();
    let content = ["--words", "--complaint", "denuncia.json"];
    let with_file = [&content[..], &["--evidence", "foto", "acuse.txt"]].concat();
    let output = papers.verify(&with_file, papers.words.as_bytes());
    assert!(done(&output).contains("el acuse es de esta denuncia"));
    let without_file = [&content[..], &["acuse.txt"]].concat();
    let output = papers.verify(&without_file, papers.words.as_bytes());
    assert!(failed(&output).contains("no es de esta denuncia"));
    let output = papers.verify(&with_file, Papers::new().words.as_bytes());
    assert!(failed(&output).contains("son de otro acuse"));
    papers.write("denuncia.json", &COMPLAINT.replace("guardia", "plaza"));
    let output = papers.verify(&with_file, papers.words.as_bytes());
    assert!(failed(&output).contains("no es de esta denuncia"));
    let output = papers.verify(&[&content[..], &["-"]].concat(), b"");
    failed(&output);
}

#[test]
fn what_was_altered_or_is_of_another_service_fails_with_1_and_wrong_use_with_2() {
    let papers = Papers::new();
    let mut altered = papers.receipt.text.clone().into_bytes();
    altered[30] = if altered[30] == b'A' { b'B' } else { b'A' };
    for input in [altered.as_slice(), b"", b"hola"] {
        assert!(failed(&papers.verify(&[], input)).contains("no es válido"));
    }
    let foreign = Papers::new().receipt.text;
    failed(&papers.verify(&[], foreign.as_bytes()));
    failed(&papers.verify(&["falta.txt"], b""));
    papers.write("clave.txt", "hola");
    failed(&papers.verify(&["acuse.txt"], b""));
    for wrong in [
        &["--words", "acuse.txt"][..],
        &["--complaint", "denuncia.json", "acuse.txt"],
        &["--evidence", "foto", "acuse.txt"],
    ] {
        let output = papers.verify(wrong, b"");
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
    assert_eq!(run(&["receipt", "verify"]).status.code(), Some(2));
}
