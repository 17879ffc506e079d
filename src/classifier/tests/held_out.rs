//! Two authors' texts that the model never learnt from, with floors under its figures.
//!
//! For each author alone the floors guard against getting worse and are no claims; for both together
//! they are what the classifier has to reach. What it reaches is told in `docs/model-card.md`.

#[expect(dead_code, reason = "nothing of training is in it")]
mod corpus;

use classifier::evaluation::{Labelled, Measure, compare};
use classifier::{Proposal, standard};

/// That a figure is at least, or at most, so large.
enum Bound {
    Floor(f64),
    Ceiling(f64),
}

use Bound::{Ceiling, Floor};

const AUTHOR_G: &[(Measure, Bound)] = &[
    (Measure::Accuracy, Floor(0.85)),
    (Measure::MacroF1, Floor(0.85)),
    (Measure::TopThree, Floor(0.97)),
    (Measure::CalibrationError, Ceiling(0.06)),
    (Measure::Decided, Floor(0.68)),
    (Measure::DecidedAccuracy, Floor(0.93)),
    (Measure::AltaRecall, Floor(0.92)),
    (Measure::Explained, Floor(0.98)),
];
const AUTHOR_J: &[(Measure, Bound)] = &[
    (Measure::Accuracy, Floor(0.81)),
    (Measure::MacroF1, Floor(0.81)),
    (Measure::TopThree, Floor(0.96)),
    (Measure::CalibrationError, Ceiling(0.11)),
    (Measure::Decided, Floor(0.66)),
    (Measure::DecidedAccuracy, Floor(0.90)),
    (Measure::AltaRecall, Floor(0.95)),
    (Measure::Explained, Floor(0.98)),
];
const BOTH: &[(Measure, Bound)] = &[
    (Measure::MacroF1, Floor(0.85)),
    (Measure::TopThree, Floor(0.96)),
    (Measure::CalibrationError, Ceiling(0.06)),
    (Measure::Explained, Floor(0.95)),
    (Measure::Decided, Floor(0.60)),
    (Measure::DecidedAccuracy, Floor(0.93)),
    (Measure::AltaRecall, Floor(0.90)),
];

/// The bounds that do not hold, each with what was measured instead.
fn broken(
    whose: &str,
    texts: &[Labelled],
    proposals: &[Proposal],
    bounds: &[(Measure, Bound)],
) -> Vec<String> {
    let figures = compare(standard().version(), texts, proposals);
    bounds
        .iter()
        .filter_map(|(measure, bound)| {
            let name = measure.name();
            let value = figures
                .value(*measure)
                .unwrap_or_else(|| panic!("{whose}: no text says anything of {name}"));
            let holds = match bound {
                Floor(floor) => value >= *floor,
                Ceiling(ceiling) => value <= *ceiling,
            };
            (!holds).then(|| format!("{whose}, {name}: {value:.3}"))
        })
        .collect()
}

/// One test, so that every text is classified once.
#[test]
fn on_texts_it_never_saw_it_reaches_its_goals_and_is_as_good_as_it_was() {
    let [g, j] = corpus::HELD_OUT.map(corpus::file);
    let (border, texts) = (g.len(), [g, j].concat());
    assert_eq!((border, texts.len()), (262, 394));
    let proposals = corpus::both_cores(&texts, |text| standard().classify(&text.text));
    let broken = [
        broken("g", &texts[..border], &proposals[..border], AUTHOR_G),
        broken("j", &texts[border..], &proposals[border..], AUTHOR_J),
        broken("both", &texts, &proposals, BOTH),
    ]
    .concat();
    assert!(broken.is_empty(), "{broken:#?}");
}
