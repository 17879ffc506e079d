//! Files that are held, as a page tells of them before they are sent.

use actix_web::http::StatusCode;
use domain::complaint::SecretText;
use domain::evidence::Finding;
use service::language::Texts;
use service::problem::Problem;

use crate::evidence::{Cleaning, EvidenceFault, HeldFile, LEFT_OUT};

/// A file, what was found in it, and which copy of it is handed in; shown by `held.html`.
pub(crate) struct HeldView<'a> {
    pub(crate) name: &'a str,
    pub(crate) size: String,
    pub(crate) told: String,
    pub(crate) findings: Vec<String>,
    /// What the button that takes it out sends, where there is one.
    pub(crate) remove: Option<String>,
    /// Name of the field of the choice.
    pub(crate) field: String,
    /// Code, label, and whether it is the one; none when there is nothing to choose from.
    pub(crate) choices: Vec<(&'static str, String, bool)>,
}

/// A file that was not taken, and why; shown by `refused.html`.
#[derive(Debug)]
pub(crate) struct RefusedFile {
    pub(crate) name: SecretText,
    pub(crate) problem: Problem,
}

impl RefusedFile {
    /// A file that was taken out again, because it is too old.
    pub(crate) fn aged(t: &Texts, file: &HeldFile) -> Self {
        Self {
            name: SecretText::from(file.original.name.expose().to_owned()),
            problem: EvidenceFault::Aged.problem(t),
        }
    }
}

/// The field in which the choice of a file comes back.
pub(crate) fn choice_field(index: usize) -> String {
    format!("choice-{index}")
}

impl<'a> HeldView<'a> {
    pub(crate) fn new(t: &Texts, index: usize, file: &'a HeldFile) -> Self {
        Self {
            name: file.original.name.expose(),
            size: size(t, file.bytes()),
            told: told(t, file.cleaning),
            findings: file
                .findings
                .iter()
                .map(|found| finding(t, found))
                .collect(),
            remove: None,
            field: choice_field(index),
            choices: choices(t, file),
        }
    }
}

impl<'a> HeldView<'a> {
    /// One with a button that takes it out.
    pub(crate) fn removable(t: &Texts, index: usize, file: &'a HeldFile) -> Self {
        Self {
            remove: Some(format!("remove-{index}")),
            ..Self::new(t, index, file)
        }
    }
}

/// What can be chosen for a file: its code, its label, and whether it is the one. None when there is
/// nothing to choose from.
pub(crate) fn choices(t: &Texts, file: &HeldFile) -> Vec<(&'static str, String, bool)> {
    let label = |code: &str| t.get(&format!("choice-{code}"));
    let copies = file.choices().iter().map(|choice| {
        let code = choice.code();
        (code, label(code), file.choice == Some(*choice))
    });
    let left_out = file
        .has_missed_cleaning()
        .then(|| (LEFT_OUT, label(LEFT_OUT), false));
    copies.chain(left_out).collect()
}

/// What a person is told who has not said what is to become of a file.
pub(crate) fn undecided(t: &Texts) -> Problem {
    Problem::new(t, StatusCode::UNPROCESSABLE_ENTITY, "evidence-undecided")
}

/// A length in KiB or MiB, rounded up.
pub(crate) fn size(t: &Texts, bytes: u64) -> String {
    let kib = bytes.div_ceil(1 << 10);
    if kib < 1 << 10 {
        t.with("size-kib", "count", kib)
    } else {
        t.with("size-mib", "count", kib.div_ceil(1 << 10))
    }
}

fn told(t: &Texts, cleaning: Cleaning) -> String {
    match cleaning {
        Cleaning::Done => t.get("cleaning-done"),
        Cleaning::NothingFound => t.get("cleaning-nothing"),
        Cleaning::NotCleaned(reason) => {
            let why = t.get(&format!("not-cleaned-{}", reason.code()));
            t.fill("cleaning-not", &[("why", &why)])
        }
    }
}

fn finding(t: &Texts, found: &Finding) -> String {
    let kind = t.get(&format!("finding-{}", found.kind.code()));
    match &found.detail {
        Some(detail) => format!("{kind}: {}", detail.expose()),
        None => kind,
    }
}

#[cfg(test)]
mod tests {
    use cleaning::NotCleaned;
    use domain::evidence::FindingKind;
    use service::language::Language;

    use super::*;
    use crate::evidence::Choice;

    #[test]
    fn every_outcome_has_its_words_in_every_language() {
        let translations = crate::shared::translations().unwrap();
        for language in Language::ALL {
            let t = translations.of(language);
            let why = NotCleaned::ALL
                .iter()
                .map(|why| format!("not-cleaned-{}", why.code()));
            let found = FindingKind::ALL
                .iter()
                .map(|kind| format!("finding-{}", kind.code()));
            let choice = Choice::ALL.iter().map(|choice| choice.code());
            let choice = choice
                .chain([LEFT_OUT])
                .map(|code| format!("choice-{code}"));
            for id in why.chain(found).chain(choice) {
                assert!(t.has(&id), "{id}");
            }
        }
    }

    #[test]
    fn sizes_are_rounded_up() {
        let translations = crate::shared::translations().unwrap();
        let t = translations.of(Language::EsMx);
        assert_eq!(size(t, 1), "1 KiB");
        assert_eq!(size(t, 1 << 20), "1 MiB");
        assert_eq!(size(t, (5 << 20) + 1), "6 MiB");
    }
}
