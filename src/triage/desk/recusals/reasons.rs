//! Why a member is kept out, in words.

use domain::committee::Reason;
use service::language::Texts;

use crate::desk::labels::Labelled as _;
use crate::desk::unseen::visible;

/// What of a complaint or a message points to a member: where it stands, what is written there, and what
/// it matches.
pub(super) fn sentence(texts: &Texts, reason: &Reason) -> String {
    let place = texts.get(place(&reason.field));
    let matched = reason.matched.label(texts);
    let written = visible(reason.written.expose());
    let parts = [
        ("written", &*written),
        ("place", &place),
        ("matched", &matched),
    ];
    texts.fill(
        if reason.misspelt {
            "desk-why-misspelt"
        } else {
            "desk-why"
        },
        &parts,
    )
}

/// The id of the words for a field.
fn place(field: &str) -> &'static str {
    let (part, rest) = match field.split_once('[') {
        Some((part, rest)) => (part, rest),
        None => (field, ""),
    };
    match part {
        "people" if rest.split('.').next_back() == Some("name") => "desk-where-people",
        "people" => "desk-where-described",
        "keep_from" => "desk-where-keep-from",
        "witnesses" => "desk-where-witnesses",
        "narrative" => "desk-where-narrative",
        "text" => "desk-where-message",
        _ if part.starts_with("workplace.") => "desk-where-workplace",
        _ => "desk-where-facts",
    }
}
