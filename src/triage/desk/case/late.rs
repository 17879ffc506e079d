//! That a complaint came after the time to present it, in words: a person decides what follows.

use domain::complaint::Complaint;
use domain::presentation;
use service::language::Texts;
use service::wording;
use store::casefiles::{Classification, RegisterEntry};

use crate::desk::Desk;

/// What to warn of, if anything.
pub(super) fn late(
    desk: &Desk,
    texts: &Texts,
    entry: &RegisterEntry,
    complaint: &Complaint,
) -> Vec<String> {
    let found = entry.classification.as_ref();
    let risks = found.map_or(&[][..], Classification::labels);
    let calendar = desk.calendar();
    let late = presentation::late(&complaint.facts, risks, entry.received_on, &calendar);
    late.iter()
        .map(|one| {
            let term = texts.get(&format!("term-{}", one.key.code()));
            texts.fill(
                "desk-late",
                &[
                    ("term", &term),
                    ("since", &wording::date(texts, one.since)),
                    ("until", &wording::date(texts, one.until)),
                    ("source", &one.key.term().source),
                ],
            )
        })
        .collect()
}
