//! Why a move is not made, in the reader's language, with what to do next.

use actix_web::http::StatusCode;
use domain::procedure::{MoveKind, Refused};
use service::language::Texts;
use service::problem::Problem;
use service::wording;

use crate::desk::labels::Labelled as _;

/// What is told to programs: the problem, with the words for people as its detail.
pub(super) fn problem(texts: &Texts, refused: &Refused) -> Problem {
    let status = match refused {
        Refused::NotYours { .. } => StatusCode::FORBIDDEN,
        Refused::Missing { .. }
        | Refused::MissingPaper { .. }
        | Refused::DayOutside { .. }
        | Refused::CalledTooLate { .. }
        | Refused::NotCarried
        | Refused::WrongCode { .. }
        | Refused::NoSuchEntry { .. }
        | Refused::TooMany { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Refused::NotNow { .. }
        | Refused::OnlyOnce { .. }
        | Refused::MediationForbidden { .. }
        | Refused::ProtocolForbids { .. }
        | Refused::Joined
        | Refused::TermStillRuns { .. }
        | Refused::TermIsOver { .. }
        | Refused::CountedOtherwise
        | Refused::BeforeLastEntry { .. }
        | Refused::Calendar(_) => StatusCode::CONFLICT,
    };
    Problem {
        detail: Some(words(texts, refused)),
        ..Problem::new(texts, status, "step-refused")
    }
}

/// The words.
pub(in crate::desk) fn words(texts: &Texts, refused: &Refused) -> String {
    let name = |kind: &MoveKind| kind.label().name.clone();
    let day = |on: &jiff::civil::Date| wording::date(texts, *on);
    let term = |key: &domain::catalogue::TermKey| texts.get(&format!("term-{}", key.code()));
    match refused {
        Refused::NotNow { kind, state } => texts.fill(
            "refused-not-now",
            &[("step", &name(kind)), ("state", &state.label(texts))],
        ),
        Refused::NotYours { needs } => {
            let seats: Vec<String> = needs.iter().map(|seat| seat.label(texts)).collect();
            texts.fill("refused-not-yours", &[("seats", &seats.join("; "))])
        }
        Refused::OnlyOnce { kind } => texts.fill("refused-only-once", &[("step", &name(kind))]),
        Refused::MediationForbidden { rule } => {
            texts.fill("refused-mediation-forbidden", &[("rule", rule)])
        }
        Refused::ProtocolForbids { protocol } => texts.fill(
            "refused-protocol-forbids",
            &[("protocol", &protocol.label().name)],
        ),
        Refused::Joined => texts.get("refused-joined"),
        Refused::TermStillRuns { key, until } => texts.fill(
            "refused-term-still-runs",
            &[("term", &term(key)), ("date", &day(until))],
        ),
        Refused::TermIsOver { key, since } => texts.fill(
            "refused-term-is-over",
            &[("term", &term(key)), ("date", &day(since))],
        ),
        Refused::Missing { what } => texts.get(&format!("refused-missing-{}", what.code())),
        Refused::MissingPaper { kind } => {
            texts.fill("refused-missing-paper", &[("paper", &kind.label().name)])
        }
        Refused::DayOutside { field, from, to } => texts.fill(
            "refused-day-outside",
            &[
                ("field", &texts.get(&format!("step-field-{}", field.code()))),
                ("from", &day(from)),
                ("to", &day(to)),
            ],
        ),
        Refused::CalledTooLate { called_by } => {
            texts.fill("refused-called-too-late", &[("date", &day(called_by))])
        }
        Refused::NotCarried => texts.get("refused-not-carried"),
        Refused::WrongCode { kind, .. } => {
            texts.fill("refused-wrong-code", &[("step", &name(kind))])
        }
        Refused::NoSuchEntry { number } => {
            texts.fill("refused-no-such-entry", &[("number", &number.to_string())])
        }
        Refused::CountedOtherwise => texts.get("refused-counted-otherwise"),
        Refused::TooMany { most } => texts.fill("refused-too-many", &[("most", &most.to_string())]),
        Refused::BeforeLastEntry { last } => {
            texts.fill("refused-before-last-entry", &[("date", &day(last))])
        }
        Refused::Calendar(_) => texts.get("refused-calendar"),
    }
}
