//! How well the classifier does on texts whose answers are known.
//!
//! The figures are those that a committee should ask of it ([`Measure`]), each with the interval in
//! which it would lie for other texts of the same kind; every class by itself; whether a probability
//! means what it says; and how often it is right when less probable proposals are left out.

mod bootstrap;
mod measure;
mod plot;
mod verdict;

use std::collections::BTreeMap;

use domain::{catalogue::Risk, routing::Urgency};

use crate::heads::place;
use crate::{Classifier, Proposal};

pub use bootstrap::Estimate;
pub use measure::{ENOUGH, Measure};
pub use plot::reliability_svg;
use verdict::Verdict;

/// Bins of stated probability.
const BINS: usize = 10;
/// Probabilities at which the curve of coverage and accuracy is told.
const CURVE: [f64; 10] = [0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

/// A text with the answers of a careful reader. Further fields are not looked at. Labels that cannot be
/// ([`LabelFault`]) are not read.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Labelled {
    /// The complaint.
    pub text: String,
    /// What it is mainly about.
    pub main: Risk,
    /// All that it is about, the main risk first.
    pub labels: Vec<Risk>,
    /// How soon it must be read.
    pub urgency: Urgency,
}

/// As it is written, before it is known whether the labels can be.
#[derive(serde::Deserialize)]
struct Unchecked {
    text: String,
    main: Risk,
    labels: Vec<Risk>,
    urgency: Urgency,
}

/// Labels that no careful reader gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LabelFault {
    /// There is none, or the first is not the main risk.
    #[error("the first of `labels` must be `main`")]
    MainNotFirst,
    /// A risk is there twice.
    #[error("a risk is in `labels` twice")]
    Twice,
}

impl TryFrom<Unchecked> for Labelled {
    type Error = LabelFault;

    fn try_from(written: Unchecked) -> Result<Self, LabelFault> {
        let Unchecked {
            text,
            main,
            labels,
            urgency,
        } = written;
        if labels.first() != Some(&main) {
            return Err(LabelFault::MainNotFirst);
        }
        if (1..labels.len()).any(|at| labels[..at].contains(&labels[at])) {
            return Err(LabelFault::Twice);
        }
        Ok(Self {
            text,
            main,
            labels,
            urgency,
        })
    }
}

/// What was found out. Shares are from zero to one.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Figures {
    /// The classifier's version.
    pub version: String,
    /// How many texts there were.
    pub texts: usize,
    /// The single figures. What there are no texts for is left out.
    pub measures: BTreeMap<Measure, Estimate>,
    /// Per class, in the order of the catalogue.
    pub classes: Vec<ClassFigures>,
    /// `confusion[truth][proposal]`, in the order of the catalogue.
    pub confusion: Vec<Vec<usize>>,
    /// Stated probability against share of right ones.
    pub reliability: Vec<Bin>,
    /// What remains, and how good it is, when less probable proposals are left out.
    pub curve: Vec<Point>,
}

impl Figures {
    /// A measure's value, if there were texts for it.
    pub fn value(&self, measure: Measure) -> Option<f64> {
        self.measures.get(&measure).map(|estimate| estimate.value)
    }
}

/// A class by itself.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ClassFigures {
    /// Which.
    pub risk: Risk,
    /// How many texts are of it.
    pub texts: usize,
    /// Share of its proposals that are right.
    pub precision: f64,
    /// Share of its texts that are found.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

/// Texts whose stated probability lies close together.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Bin {
    /// How many.
    pub texts: usize,
    /// The probability stated for their main risk, on average.
    pub stated: f64,
    /// Share that is right.
    pub right: f64,
}

/// A selection of texts.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Point {
    /// From which stated probability on.
    pub from: f64,
    /// Share of texts that are selected.
    pub coverage: f64,
    /// Share of those that are right.
    pub accuracy: f64,
}

/// Classifies every text and compares.
pub fn evaluate(classifier: &dyn Classifier, texts: &[Labelled]) -> Figures {
    let proposals: Vec<_> = texts
        .iter()
        .map(|labelled| classifier.classify(&labelled.text))
        .collect();
    compare(classifier.version(), texts, &proposals)
}

/// Compares proposals with the answers, text by text.
pub fn compare(version: &str, texts: &[Labelled], proposals: &[Proposal]) -> Figures {
    let verdicts: Vec<Verdict> = texts
        .iter()
        .zip(proposals)
        .map(|(text, proposal)| Verdict::new(text, proposal))
        .collect();
    let confusion = confusion(&verdicts);
    Figures {
        version: version.to_owned(),
        texts: verdicts.len(),
        measures: bootstrap::estimates(&verdicts),
        classes: Risk::ALL
            .iter()
            .map(|risk| class(*risk, &confusion))
            .collect(),
        confusion,
        reliability: reliability(&verdicts),
        curve: CURVE.iter().map(|from| point(*from, &verdicts)).collect(),
    }
}

fn confusion(verdicts: &[Verdict]) -> Vec<Vec<usize>> {
    let mut confusion = vec![vec![0; Risk::ALL.len()]; Risk::ALL.len()];
    for verdict in verdicts {
        confusion[place(verdict.truth)][place(verdict.proposed)] += 1;
    }
    confusion
}

fn class(risk: Risk, confusion: &[Vec<usize>]) -> ClassFigures {
    let at = place(risk);
    let hits = confusion[at][at];
    let texts: usize = confusion[at].iter().sum();
    let proposed: usize = confusion.iter().map(|row| row[at]).sum();
    ClassFigures {
        risk,
        texts,
        precision: share(hits, proposed),
        recall: share(hits, texts),
        f1: share(2 * hits, texts + proposed),
    }
}

fn reliability(verdicts: &[Verdict]) -> Vec<Bin> {
    let mut bins = vec![(0, 0.0, 0); BINS];
    for verdict in verdicts {
        let edges = (1..BINS).filter(|edge| verdict.stated >= real(*edge) / real(BINS));
        let bin = &mut bins[edges.count()];
        bin.0 += 1;
        bin.1 += verdict.stated;
        bin.2 += usize::from(verdict.is_right());
    }
    bins.into_iter()
        .filter(|(texts, ..)| *texts > 0)
        .map(|(texts, sum, right)| Bin {
            texts,
            stated: sum / real(texts),
            right: share(right, texts),
        })
        .collect()
}

fn point(from: f64, verdicts: &[Verdict]) -> Point {
    let chosen = || verdicts.iter().filter(|verdict| verdict.stated >= from);
    let right = chosen().filter(|verdict| verdict.is_right()).count();
    Point {
        from,
        coverage: share(chosen().count(), verdicts.len()),
        accuracy: share(right, chosen().count()),
    }
}

/// A share of nothing is zero.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        real(part) / real(whole)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of texts stay far below 2⁵³"
)]
const fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled(main: Risk, urgency: Urgency) -> Labelled {
        Labelled {
            text: String::new(),
            main,
            labels: vec![main],
            urgency,
        }
    }

    fn proposal(main: Risk, probability: f64, urgency: Urgency, review: bool) -> Proposal {
        let rest = (1.0 - probability) / real(Risk::ALL.len() - 1);
        Proposal {
            main,
            labels: vec![main],
            probabilities: Risk::ALL
                .iter()
                .map(|risk| (*risk, if *risk == main { probability } else { rest }))
                .collect(),
            urgency,
            review,
            evidence: Vec::new(),
            counter_evidence: Vec::new(),
        }
    }

    #[test]
    fn figures_are_those_of_a_small_example_done_by_hand() {
        use Risk::{AcosoLaboral as Laboral, AcosoSexual as Sexual};
        use Urgency::{Alta, Media};
        let texts = [
            labelled(Sexual, Alta),
            labelled(Sexual, Alta),
            labelled(Laboral, Media),
            labelled(Laboral, Media),
        ];
        let proposals = [
            proposal(Sexual, 0.9, Alta, false),
            proposal(Laboral, 0.55, Media, true),
            proposal(Laboral, 0.95, Media, false),
            proposal(Laboral, 0.85, Alta, false),
        ];
        let figures = compare("v", &texts, &proposals);
        // 0.9 and 0.95 share a bin: 0.925 stated, all right; 0.55: wrong; 0.85: right.
        let error = 0.5 * 0.075 + 0.25 * 0.55 + 0.25 * 0.15;
        for (measure, expected) in [
            (Measure::Accuracy, 0.75),
            // Sexual: precision 1, recall ½; laboral: precision ⅔, recall 1.
            (Measure::MacroF1, f64::midpoint(2.0 / 3.0, 0.8)),
            (Measure::TopThree, 1.0),
            (Measure::CalibrationError, error),
            (Measure::Decided, 0.75),
            (Measure::DecidedAccuracy, 1.0),
            (Measure::Covered, 0.75),
            (Measure::LabelsF1, 0.75),
            (Measure::AltaRecall, 0.5),
            (Measure::AltaPrecision, 0.5),
            (Measure::AltaFlagged, 0.5),
            (Measure::UrgencyAccuracy, 0.5),
            (Measure::Explained, 0.0),
            (Measure::Marked, 0.0),
            (Measure::TurnedAway, 0.0),
        ] {
            let found = figures.value(measure).unwrap();
            assert!((found - expected).abs() < 1e-9, "{measure:?}: {found}");
        }
        assert_eq!(figures.confusion[0][1], 1);
        assert!((figures.curve[0].coverage - 1.0).abs() < 1e-9);
        assert!((figures.curve[7].coverage - 0.5).abs() < 1e-9);
    }

    #[test]
    fn labels_that_cannot_be_are_not_read() {
        let read = |labels: &str| {
            let line =
                format!(r#"{{"text":"x","main":"agresiones","labels":{labels},"urgency":"alta"}}"#);
            serde_json::from_str::<Labelled>(&line).map_err(|error| error.to_string())
        };
        assert!(read(r#"["agresiones","corrupcion"]"#).is_ok());
        for (labels, fault) in [
            ("[]", LabelFault::MainNotFirst),
            (r#"["corrupcion","agresiones"]"#, LabelFault::MainNotFirst),
            (r#"["agresiones","agresiones"]"#, LabelFault::Twice),
        ] {
            assert_eq!(read(labels).unwrap_err(), fault.to_string());
        }
    }

    #[test]
    fn of_nothing_there_are_no_figures() {
        let figures = compare("v", &[], &[]);
        assert_eq!((figures.texts, figures.reliability.len()), (0, 0));
        assert!(figures.measures.is_empty());
    }
}
