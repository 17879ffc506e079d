//! The receipt of a complaint.

use domain::case::Deadline;
use domain::catalogue::TermKey;
use domain::complaint::Complaint;
use jiff::civil::Date;
use receipts::{Hash, SignedReceipt, commit};
use sealing::TrackingToken;

use crate::shared::Shared;

/// What begins to run when a complaint is received, whatever it is about.
const FIRST_TERMS: [TermKey; 1] = [TermKey::RegistroSseccoe];

impl Shared {
    /// Signs the receipt of a complaint and of the files handed in with it, by their SHA-256. The same
    /// arguments give the same receipt.
    pub(crate) fn sign_receipt(
        &self,
        token: &TrackingToken,
        received_on: Date,
        complaint: &Complaint,
        files: &[Hash],
    ) -> SignedReceipt {
        let commitment = commit(&token.receipt_blinding(), complaint, files);
        // At the very end of the calendar there is no last day to name, and still a receipt.
        let calendar = self.calendar.now();
        let terms: Vec<Deadline> = FIRST_TERMS
            .into_iter()
            .filter_map(|key| {
                let due_on = calendar.due(received_on, key.term().amount()).ok()?;
                Some(Deadline { key, due_on })
            })
            .collect();
        self.receipts
            .sign(token.receipt_id(), received_on, &terms, commitment)
    }
}
