//! What ties a receipt to a content without telling it.

use std::io;

use domain::complaint::Complaint;
use ring::hmac;
use sealing::ReceiptBlinding;

use crate::Hash;

const CONTEXT: &[u8] = b"guiando commitment, v1";

/// Ties a receipt to a complaint and its files. It hides them from whoever has not the token, and no
/// other content has the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment(pub(crate) Hash);

impl Commitment {
    /// Its bytes, as they stand in a receipt.
    pub fn as_bytes(&self) -> &Hash {
        &self.0
    }
}

/// Commits to a complaint and the SHA-256 of each file handed in with it, in whatever order. The text
/// is not copied on the way.
pub fn commit(blinding: &ReceiptBlinding, complaint: &Complaint, files: &[Hash]) -> Commitment {
    let key = hmac::Key::new(hmac::HMAC_SHA256, blinding.expose());
    let mut context = hmac::Context::with_key(&key);
    context.update(CONTEXT);
    let count = u32::try_from(files.len()).expect("a letter has at most 20 files");
    context.update(&count.to_be_bytes());
    let mut files = files.to_vec();
    files.sort_unstable();
    for file in &files {
        context.update(file);
    }
    let mut sink = Sink(context);
    serde_json::to_writer(&mut sink, complaint)
        .expect("a complaint has only text keys, and the sink takes every byte");
    let mut bytes = [0; 32];
    bytes.copy_from_slice(sink.0.sign().as_ref());
    Commitment(bytes)
}

struct Sink(hmac::Context);

impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use domain::complaint::ComplaintDraft;
    use sealing::TrackingToken;

    use super::*;

    fn complaint(narrative: &str) -> Complaint {
        let json = format!(r#"{{"narrative":"{narrative}"}}"#);
        Complaint::parse(ComplaintDraft::from_json(json.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn only_the_same_words_the_same_text_and_the_same_files_commit_to_the_same() {
        let token = TrackingToken::from([7; 16]);
        let text = complaint("Me piden dinero por la guardia.");
        let files = [[1; 32], [2; 32]];
        let commitment = commit(&token.receipt_blinding(), &text, &files);
        assert_eq!(
            commit(&token.receipt_blinding(), &text, &[[2; 32], [1; 32]]),
            commitment
        );
        let other_token = TrackingToken::from([8; 16]);
        let other_text = complaint("Me piden dinero por la guardia!");
        for other in [
            commit(&other_token.receipt_blinding(), &text, &files),
            commit(&token.receipt_blinding(), &other_text, &files),
            commit(&token.receipt_blinding(), &text, &files[..1]),
            commit(&token.receipt_blinding(), &text, &[[1; 32], [1; 32]]),
        ] {
            assert_ne!(other, commitment);
        }
    }
}
