//! Two authors' texts that the model never learnt from, with floors under its figures.
//!
//! The floors guard against getting worse and are no claims; those are in `docs/model-card.md`.

#[expect(dead_code, reason = "nothing of training is in it")]
mod corpus;

use classifier::evaluation::{Figures, Labelled, Measure, compare};
use classifier::{Proposal, standard};

fn figures(file: &str) -> Figures {
    let texts = corpus::file(file);
    let (one, other) = texts.split_at(texts.len() / 2);
    let classify = |texts: &[Labelled]| -> Vec<Proposal> {
        let texts = texts.iter();
        texts.map(|text| standard().classify(&text.text)).collect()
    };
    let proposals = std::thread::scope(|scope| {
        let second = scope.spawn(|| classify(other));
        let mut proposals = classify(one);
        proposals.extend(second.join().expect("no panic"));
        proposals
    });
    compare(standard().version(), &texts, &proposals)
}

/// That a figure is at least, or at most, so large.
enum Bound {
    Floor(f64),
    Ceiling(f64),
}

use Bound::{Ceiling, Floor};

fn hold(file: &str, bounds: &[(Measure, Bound)]) {
    let figures = figures(file);
    let broken: Vec<String> = bounds
        .iter()
        .filter_map(|(measure, bound)| {
            let value = figures.value(*measure)?;
            let holds = match bound {
                Floor(floor) => value >= *floor,
                Ceiling(ceiling) => value <= *ceiling,
            };
            (!holds).then(|| format!("{}: {value:.3}", measure.name()))
        })
        .collect();
    assert!(broken.is_empty(), "{file}: {broken:?}");
}

#[test]
fn on_the_texts_of_author_g_it_is_as_good_as_it_was() {
    hold(
        "evaluation/g.jsonl",
        &[
            (Measure::Accuracy, Floor(0.85)),
            (Measure::MacroF1, Floor(0.85)),
            (Measure::TopThree, Floor(0.97)),
            (Measure::CalibrationError, Ceiling(0.06)),
            (Measure::Decided, Floor(0.68)),
            (Measure::DecidedAccuracy, Floor(0.93)),
            (Measure::AltaRecall, Floor(0.92)),
            (Measure::Explained, Floor(0.98)),
        ],
    );
}

#[test]
fn on_the_texts_of_author_j_it_is_as_good_as_it_was() {
    hold(
        "evaluation/j.jsonl",
        &[
            (Measure::Accuracy, Floor(0.81)),
            (Measure::MacroF1, Floor(0.81)),
            (Measure::TopThree, Floor(0.96)),
            (Measure::CalibrationError, Ceiling(0.11)),
            (Measure::Decided, Floor(0.66)),
            (Measure::DecidedAccuracy, Floor(0.90)),
            (Measure::AltaRecall, Floor(0.95)),
            (Measure::Explained, Floor(0.98)),
        ],
    );
}
