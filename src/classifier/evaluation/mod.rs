//! How well the classifier does on texts whose answers are known.
//!
//! The figures are those that a committee should ask of it: how often the main risk is right, for
//! every class by itself; how often it is among the first three; whether a probability means what it
//! says; how much can be decided without a second look, and how often that is right; how many urgent
//! complaints are seen as urgent.

mod plot;

use std::collections::BTreeMap;

use domain::{catalogue::Risk, routing::Urgency};

use crate::{Classifier, Proposal};

pub use plot::reliability_svg;

/// Bins of stated probability.
const BINS: usize = 10;
/// Probabilities at which the curve of coverage and accuracy is told.
const CURVE: [f64; 10] = [0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

/// A text with the answers of a careful reader. Further fields are not looked at.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
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

/// What was found out. Shares are from nought to one.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Figures {
    /// The classifier's version.
    pub version: String,
    /// How many texts there were.
    pub texts: usize,
    /// Share whose main risk is right.
    pub accuracy: f64,
    /// Mean of the classes' F1, each counting the same.
    pub macro_f1: f64,
    /// Share whose main risk is among the three most probable.
    pub top_three: f64,
    /// Mean distance between stated probability and share of right ones, over the bins.
    pub calibration_error: f64,
    /// Per class, in the order of the catalogue.
    pub classes: Vec<ClassFigures>,
    /// `confusion[truth][proposal]`, in the order of the catalogue.
    pub confusion: Vec<Vec<usize>>,
    /// Stated probability against share of right ones.
    pub reliability: Vec<Bin>,
    /// What remains, and how good it is, when less probable proposals are left out.
    pub curve: Vec<Point>,
    /// What is proposed without asking for review.
    pub decided: Point,
    /// Micro-averaged F1 of all labels.
    pub labels_f1: f64,
    /// Urgency.
    pub urgency: UrgencyFigures,
    /// Share of texts with at least one phrase of evidence for the main risk.
    pub explained: f64,
    /// Share of complaints within competence that are proposed as outside of it.
    pub turned_away: f64,
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

/// How well urgency is told.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct UrgencyFigures {
    /// Share of the urgent texts that are proposed as urgent.
    pub recall_alta: f64,
    /// Share of the texts proposed as urgent that are.
    pub precision_alta: f64,
    /// Share of all whose level is right.
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
    let pairs: Vec<(&Labelled, &Proposal)> = texts.iter().zip(proposals).collect();
    let all = pairs.len();
    let of = |test: &dyn Fn(&Labelled, &Proposal) -> bool| {
        pairs
            .iter()
            .filter(|(text, proposal)| test(text, proposal))
            .count()
    };
    let right = |text: &Labelled, proposal: &Proposal| text.main == proposal.main;
    let mut confusion = vec![vec![0; Risk::ALL.len()]; Risk::ALL.len()];
    for (text, proposal) in &pairs {
        confusion[place(text.main)][place(proposal.main)] += 1;
    }
    let classes: Vec<_> = Risk::ALL
        .iter()
        .map(|risk| class(*risk, &confusion))
        .collect();
    let present: Vec<_> = classes.iter().filter(|class| class.texts > 0).collect();
    let reliability = reliability(&pairs);
    let alta = |urgency: Urgency| urgency == Urgency::Alta;
    let hits = of(&|text, proposal| alta(text.urgency) && alta(proposal.urgency));
    let ours = of(&|text, _| text.main != Risk::FueraCompetencia);
    Figures {
        version: version.to_owned(),
        texts: all,
        accuracy: share(of(&right), all),
        macro_f1: present.iter().map(|class| class.f1).sum::<f64>() / real(present.len()).max(1.0),
        top_three: share(of(&among_three), all),
        calibration_error: reliability
            .iter()
            .map(|bin| (bin.stated - bin.right).abs() * share(bin.texts, all))
            .sum(),
        classes,
        confusion,
        reliability,
        curve: CURVE
            .iter()
            .map(|from| point(*from, &pairs, |proposal| stated(proposal) >= *from))
            .collect(),
        decided: point(0.0, &pairs, |proposal| !proposal.review),
        labels_f1: labels_f1(&pairs),
        urgency: UrgencyFigures {
            recall_alta: share(hits, of(&|text, _| alta(text.urgency))),
            precision_alta: share(hits, of(&|_, proposal| alta(proposal.urgency))),
            accuracy: share(of(&|text, proposal| text.urgency == proposal.urgency), all),
        },
        explained: share(
            of(&|_, proposal| proposal.evidence.iter().any(|e| e.risk == proposal.main)),
            all,
        ),
        turned_away: share(
            of(&|text, proposal| {
                text.main != Risk::FueraCompetencia && proposal.main == Risk::FueraCompetencia
            }),
            ours,
        ),
    }
}

fn place(risk: Risk) -> usize {
    Risk::ALL
        .iter()
        .position(|other| *other == risk)
        .unwrap_or(0)
}

fn stated(proposal: &Proposal) -> f64 {
    proposal
        .probabilities
        .get(&proposal.main)
        .copied()
        .unwrap_or(0.0)
}

fn among_three(text: &Labelled, proposal: &Proposal) -> bool {
    let of =
        |probabilities: &BTreeMap<Risk, f64>| probabilities.get(&text.main).copied().unwrap_or(0.0);
    let own = of(&proposal.probabilities);
    proposal
        .probabilities
        .values()
        .filter(|p| **p > own)
        .count()
        < 3
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

fn reliability(pairs: &[(&Labelled, &Proposal)]) -> Vec<Bin> {
    let mut bins = vec![(0, 0.0, 0); BINS];
    for (text, proposal) in pairs {
        let p = stated(proposal);
        let edges = (1..BINS).filter(|edge| p >= real(*edge) / real(BINS));
        let bin = &mut bins[edges.count()];
        bin.0 += 1;
        bin.1 += p;
        bin.2 += usize::from(text.main == proposal.main);
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

fn point(
    from: f64,
    pairs: &[(&Labelled, &Proposal)],
    selected: impl Fn(&Proposal) -> bool,
) -> Point {
    let chosen = pairs.iter().filter(|(_, proposal)| selected(proposal));
    let (mut count, mut right) = (0, 0);
    for (text, proposal) in chosen {
        count += 1;
        right += usize::from(text.main == proposal.main);
    }
    Point {
        from,
        coverage: share(count, pairs.len()),
        accuracy: share(right, count),
    }
}

fn labels_f1(pairs: &[(&Labelled, &Proposal)]) -> f64 {
    let (mut hits, mut wanted, mut proposed) = (0, 0, 0);
    for (text, proposal) in pairs {
        hits += proposal
            .labels
            .iter()
            .filter(|label| text.labels.contains(label))
            .count();
        wanted += text.labels.len();
        proposed += proposal.labels.len();
    }
    share(2 * hits, wanted + proposed)
}

/// Nought of nothing is nought.
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
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(near(figures.accuracy, 0.75));
        // Sexual: precision 1, recall ½; laboral: precision ⅔, recall 1.
        assert!(near(figures.macro_f1, f64::midpoint(2.0 / 3.0, 0.8)));
        assert!(near(figures.decided.coverage, 0.75) && near(figures.decided.accuracy, 1.0));
        assert!(
            near(figures.urgency.recall_alta, 0.5) && near(figures.urgency.precision_alta, 0.5)
        );
        assert!(near(figures.labels_f1, 0.75));
        assert_eq!(figures.confusion[0][1], 1);
        // 0.9 and 0.95 share a bin: 0.925 stated, all right; 0.55: wrong; 0.85: right.
        let error = 0.5 * 0.075 + 0.25 * 0.55 + 0.25 * 0.15;
        assert!(near(figures.calibration_error, error), "{figures:?}");
        assert!(near(figures.curve[0].coverage, 1.0) && near(figures.curve[7].coverage, 0.5));
    }

    #[test]
    fn nothing_to_compare_gives_noughts() {
        let figures = compare("v", &[], &[]);
        assert_eq!((figures.texts, figures.reliability.len()), (0, 0));
        assert!(figures.accuracy.abs() < f64::EPSILON && figures.macro_f1.abs() < f64::EPSILON);
    }
}
