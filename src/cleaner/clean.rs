//! The decision: is the file taken, can it be cleaned, and is the copy clean?

use std::panic::{AssertUnwindSafe, catch_unwind};

use cleaning::{NotCleaned, Outcome, Refusal, Report, sniff};
use domain::evidence::{Family, Finding, FindingKind, MediaType};
use strypt_core::{
    InspectOptions, MalformedDetail, Note, ParseLimits, StripOptions, StryptError, UnsupportedKind,
};

use crate::{bombs, locked, office, orientation, plain_pdf, position, tell};

/// Most bytes that the parts of an archive may come to.
const EXPANDED_BYTES: u64 = 128 << 20;

/// What became of a file.
#[derive(Debug)]
pub struct Cleaned {
    /// What is told.
    pub report: Report,
    /// The cleaned copy; its length is in the report.
    pub copy: Option<Vec<u8>>,
}

impl Cleaned {
    pub(crate) fn without_copy(report: Report) -> Self {
        Self { report, copy: None }
    }
}

/// Looks at a file and makes a cleaned copy if there is something to take out.
///
/// `announced` is what its first bytes said to intake.
pub fn clean(announced: MediaType, file: &[u8]) -> Cleaned {
    let end = |outcome| Cleaned::without_copy(Report::without_findings(announced, outcome));
    if sniff(file) != announced {
        return end(Outcome::Refused(Refusal::Mislabelled));
    }
    match announced.family() {
        // A text with something else after its first bytes is no text.
        Family::Text if cleaning::is_text(file) => return end(Outcome::NothingFound),
        Family::Text | Family::Other => return end(Outcome::Refused(Refusal::Mislabelled)),
        Family::Image | Family::Document | Family::Audio | Family::Video => {}
    }
    // The parsers of other people are asked not to panic, and sometimes do.
    catch_unwind(AssertUnwindSafe(|| examine(announced, file)))
        .unwrap_or_else(|_| end(Outcome::NotCleaned(NotCleaned::Unusual)))
}

fn examine(announced: MediaType, file: &[u8]) -> Cleaned {
    let media = match strypt_core::detect(file) {
        Ok(format) => media_of(format),
        Err(error) => {
            let outcome = verdict(announced, file, &error);
            return Cleaned::without_copy(Report::without_findings(announced, outcome));
        }
    };
    let end = |outcome| Cleaned::without_copy(Report::without_findings(media, outcome));
    if media.family() != announced.family() && !both_record(media, announced) {
        return end(Outcome::Refused(Refusal::Mislabelled));
    }
    if bombs::is_bomb(media, file) {
        return end(Outcome::Refused(Refusal::Bomb));
    }
    if locked::needs_password(media, file) {
        return end(Outcome::Refused(Refusal::Encrypted));
    }
    if media == MediaType::Pdf && is_without_pages(file) {
        return end(Outcome::Refused(Refusal::Malformed));
    }
    match strypt_core::strip_bytes(file, &options()) {
        Ok(stripped) => finish(media, file, stripped, false),
        Err(error) if is_unwritable(&error) && media == MediaType::Pdf => {
            let plain = plain_pdf::unpack(file);
            let stripped =
                plain.and_then(|plain| strypt_core::strip_bytes(&plain, &options()).ok());
            match stripped {
                Some(stripped) => finish(media, file, stripped, true),
                None => give_up(media, file, &error),
            }
        }
        Err(error) => give_up(media, file, &error),
    }
}

/// There is no copy; what cannot be taken out can often be seen all the same.
fn give_up(media: MediaType, file: &[u8], error: &StryptError) -> Cleaned {
    let outcome = verdict(media, file, error);
    let seen = match outcome {
        Outcome::Refused(_) => Vec::new(),
        Outcome::NotCleaned(_) | Outcome::NothingFound | Outcome::Cleaned(_) => {
            strypt_core::inspect_bytes(file, &InspectOptions::with_values())
                .map(|report| tell::findings(media, file, &report.findings))
                .unwrap_or_default()
        }
    };
    Cleaned::without_copy(Report {
        media,
        outcome,
        findings: seen,
    })
}

fn is_unwritable(error: &StryptError) -> bool {
    matches!(error, StryptError::Malformed { detail, .. } if *detail == MalformedDetail::NotRoundTrippable)
}

fn options() -> StripOptions {
    let mut limits = ParseLimits::default();
    limits.max_expanded_bytes = EXPANDED_BYTES;
    let mut options = StripOptions::default();
    options.inspect = InspectOptions::with_values();
    options.limits = limits;
    options
}

/// Checks the copy once more and puts the report together. A file that was `unpacked` first may have
/// lost earlier states on the way, so its copy is not the same as the file.
fn finish(
    media: MediaType,
    file: &[u8],
    stripped: strypt_core::Stripped,
    unpacked: bool,
) -> Cleaned {
    let mut findings = tell::findings(media, file, &stripped.report.removed);
    if stripped.report.removed.is_empty() {
        let notes = &stripped.report.notes;
        if !unpacked && !has_attachment(notes) && !has_history(notes) {
            return Cleaned::without_copy(Report::without_findings(media, Outcome::NothingFound));
        }
        findings.push(Finding {
            kind: FindingKind::Other,
            detail: None,
        });
    }
    let mut copy = stripped.bytes;
    let outcome = match check(media, &copy) {
        Ok(()) => {
            if media == MediaType::Jpeg {
                copy = orientation::restore(file, copy);
            }
            Outcome::Cleaned(u64::try_from(copy.len()).unwrap_or(u64::MAX))
        }
        Err(reason) => Outcome::NotCleaned(reason),
    };
    let copy = matches!(outcome, Outcome::Cleaned(_)).then_some(copy);
    Cleaned {
        report: Report {
            media,
            outcome,
            findings,
        },
        copy,
    }
}

/// Looks at a cleaned copy as if somebody had sent it, with a second reader of image metadata besides.
fn check(media: MediaType, copy: &[u8]) -> Result<(), NotCleaned> {
    let again = strypt_core::inspect_bytes(copy, &InspectOptions::with_values())
        .map_err(|_| NotCleaned::Unusual)?;
    if has_attachment(&again.notes) {
        return Err(NotCleaned::Attachments);
    }
    let unread = |note: &Note| matches!(note, Note::UnparsedRegion { .. });
    if again.notes.iter().any(unread) {
        return Err(NotCleaned::Unusual);
    }
    let left = tell::findings(media, copy, &again.findings);
    let identifying = [
        FindingKind::Location,
        FindingKind::Author,
        FindingKind::Device,
    ];
    if left.iter().any(|found| identifying.contains(&found.kind))
        || position::tells_somebody(copy)
        || office::names_somebody(media, copy)
    {
        return Err(NotCleaned::Residue);
    }
    if media_of(again.format) != media {
        return Err(NotCleaned::Unusual);
    }
    Ok(())
}

fn has_attachment(notes: &[Note]) -> bool {
    notes.iter().any(|note| {
        matches!(note, Note::OutOfScopeContent { location }
            if location.contains("embedded file") || location.contains("a container"))
    })
}

/// Whether earlier states of a document are still in the file.
fn has_history(notes: &[Note]) -> bool {
    notes.iter().any(|note| {
        matches!(
            note,
            Note::IncrementalHistory { .. } | Note::OrphanedObjectsRemoved { .. }
        )
    })
}

/// A PDF of which the library understands so little that it finds no page: who knows what else is in it.
fn is_without_pages(file: &[u8]) -> bool {
    lopdf::Document::load_mem(file).is_ok_and(|document| document.page_iter().next().is_none())
}

fn media_of(format: strypt_core::Format) -> MediaType {
    match format.id() {
        "heif" => MediaType::Heic,
        "ogg-flac" => MediaType::Ogg,
        // The other names are the same.
        id => id.parse().unwrap_or(MediaType::Unknown),
    }
}

/// Sound and moving pictures share their containers.
fn both_record(one: MediaType, other: MediaType) -> bool {
    let records = |media: MediaType| matches!(media.family(), Family::Audio | Family::Video);
    records(one) && records(other)
}

/// What an error of the library means for the person who sends the file.
fn verdict(media: MediaType, file: &[u8], error: &StryptError) -> Outcome {
    match error {
        StryptError::LimitExceeded { .. } | StryptError::InputTooLarge { .. } => {
            Outcome::Refused(Refusal::Bomb)
        }
        StryptError::UnsupportedFormat { format } => unsupported(file, *format),
        // The library does not know these at all.
        StryptError::UnrecognisedFormat if media.family() == Family::Video => {
            Outcome::NotCleaned(NotCleaned::Unsupported)
        }
        StryptError::UnrecognisedFormat => Outcome::Refused(Refusal::Malformed),
        StryptError::Malformed { detail, .. } => malformed(media, file, *detail),
        StryptError::VerificationFailed { .. } => Outcome::NotCleaned(NotCleaned::Residue),
        StryptError::Io { .. } | StryptError::OutputExists | _ => {
            Outcome::NotCleaned(NotCleaned::Unusual)
        }
    }
}

fn unsupported(file: &[u8], kind: UnsupportedKind) -> Outcome {
    if kind == UnsupportedKind::MacroEnabledOffice {
        Outcome::Refused(Refusal::Macros)
    } else if kind == UnsupportedKind::ProtectedMedia {
        Outcome::Refused(Refusal::Encrypted)
    } else if kind == UnsupportedKind::ZipContainer {
        Outcome::Refused(archive(file))
    } else {
        Outcome::NotCleaned(NotCleaned::Unsupported)
    }
}

/// An archive that begins like an office file and is none, or is cut off before its directory.
fn archive(file: &[u8]) -> Refusal {
    let directory = file.windows(4).any(|bytes| bytes == b"PK\x05\x06");
    if directory {
        Refusal::Mislabelled
    } else {
        Refusal::Malformed
    }
}

fn malformed(media: MediaType, file: &[u8], detail: MalformedDetail) -> Outcome {
    let in_parts = media.family() == Family::Document;
    let unwritable = [
        MalformedDetail::NotRoundTrippable,
        MalformedDetail::DependencyPanic,
    ];
    if unwritable.contains(&detail) {
        // It could be read, but not written again.
        Outcome::NotCleaned(NotCleaned::Unusual)
    } else if detail == MalformedDetail::UnsupportedFeature {
        // Something is in it that cannot be looked at.
        Outcome::NotCleaned(if media == MediaType::Pdf {
            NotCleaned::Protected
        } else if in_parts {
            NotCleaned::Attachments
        } else {
            NotCleaned::Unusual
        })
    } else if media == MediaType::Pdf && ends_like_a_pdf(file) {
        // Every reader repairs a PDF whose index is wrong, as long as it is whole.
        Outcome::NotCleaned(NotCleaned::Unusual)
    } else {
        Outcome::Refused(Refusal::Malformed)
    }
}

fn ends_like_a_pdf(file: &[u8]) -> bool {
    let tail = &file[file.len().saturating_sub(2048)..];
    tail.windows(5).any(|bytes| bytes == b"%%EOF")
}
