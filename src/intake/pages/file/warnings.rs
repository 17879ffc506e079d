//! What in the answers could tell who wrote them, as the review points it out. Nothing is blocked.

use domain::complaint::Complaint;
use domain::traces;
use sealing::EvidenceItem;
use service::language::Texts;

use super::super::form::Step;

/// One thing that could identify the person.
pub(super) struct Warning {
    /// What it looks like.
    pub(super) told: String,
    /// Their own words; empty when no single words are to blame.
    pub(super) words: String,
    /// The step in which it can be changed.
    pub(super) step: Step,
}

/// Everything that was found in the answers and in the names of the files that are handed in, in the
/// order of the fields.
pub(super) fn warnings(
    t: &Texts,
    complaint: &Complaint,
    handed_in: &[EvidenceItem],
) -> Vec<Warning> {
    let names = handed_in.iter().map(|item| item.name.expose());
    traces::in_complaint(complaint)
        .into_iter()
        .chain(traces::in_file_names(complaint, names))
        .map(|trace| Warning {
            told: t.get(&format!("trace-{}", trace.kind)),
            words: trace.excerpt.expose().to_owned(),
            step: step_of(&trace.field),
        })
        .collect()
}

fn step_of(field: &str) -> Step {
    if field == traces::EVIDENCE {
        Step::Evidence
    } else {
        Step::place_of(field).map_or(Step::Story, |place| place.step)
    }
}

#[cfg(test)]
mod tests {
    use domain::traces::TraceKind;
    use service::language::Language;

    use crate::shared::translations;

    #[test]
    fn every_kind_of_trace_has_its_words() {
        let translations = translations().unwrap();
        for language in Language::ALL {
            for kind in TraceKind::ALL {
                let id = format!("trace-{kind}");
                assert!(translations.of(language).has(&id), "{language:?} {id}");
            }
        }
    }
}
