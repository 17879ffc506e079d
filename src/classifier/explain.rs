//! Which phrases moved the decision: each is taken away and the text is read again without it.
//!
//! Nothing is inferred from inside the model, so what is shown is true of it by construction: without
//! the phrase, the risk is less (or, for counter-evidence, more) probable by what the weight says.

use domain::catalogue::Risk;

use crate::Evidence;
use crate::heads::{Belief, place};
use crate::model::{TrainedClassifier, Understanding};
use crate::reading::read;

/// In texts of more phrases only those that the bag of words, which costs next to nothing, finds to
/// matter most are tried with the whole model …
const TRIED: usize = 5;
/// … and so many that speak against.
const TRIED_AGAINST: usize = 2;
/// A phrase that moves the logarithm of the odds by less is not worth showing.
const LEAST: f64 = 0.05;
/// More passages would mark up the whole text.
const MOST: usize = 6;

/// What spoke for the labels, and what against the main one.
#[derive(Debug, Default)]
pub(crate) struct Explanation {
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) counter_evidence: Vec<Evidence>,
}

pub(crate) fn explain(
    classifier: &TrainedClassifier,
    of: &Understanding<'_>,
    labels: &[Risk],
) -> Explanation {
    let Some(main) = labels.first() else {
        return Explanation::default();
    };
    let tried = candidates(classifier, of, *main);
    let texts: Vec<String> = tried
        .iter()
        .map(|phrase| read(&without(of, window_of(of, *phrase), *phrase)))
        .collect();
    let windows = classifier.windows(&texts);
    let mut out = Explanation::default();
    for (phrase, window) in tried.into_iter().zip(&windows) {
        let own = window_of(of, phrase);
        let others = of
            .windows
            .iter()
            .enumerate()
            .map(|(at, (_, whole))| if at == own { window } else { whole });
        let words = classifier.words(&read(&removed(of.text, &of.phrases[phrase].bytes)));
        let belief = classifier.believe(&others, words);
        let points = &of.phrases[phrase].points;
        for (at, label) in labels.iter().enumerate() {
            let moved = odds(&of.belief, *label, at == 0) - odds(&belief, *label, at == 0);
            let evidence = Evidence {
                risk: *label,
                start: points.start,
                end: points.end,
                weight: moved.abs(),
            };
            if moved >= LEAST {
                out.evidence.push(evidence);
            } else if moved <= -LEAST && at == 0 {
                out.counter_evidence.push(evidence);
            }
        }
    }
    for list in [&mut out.evidence, &mut out.counter_evidence] {
        list.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    }
    // The main risk is explained first; it may not be crowded out by the others.
    out.evidence.sort_by_key(|evidence| evidence.risk != *main);
    out.evidence.truncate(MOST);
    out.counter_evidence.truncate(TRIED_AGAINST);
    out
}

/// The logarithm of the odds of a risk, as the main one or as one that is there.
fn odds(belief: &Belief, risk: Risk, main: bool) -> f64 {
    let at = place(risk);
    let p = if main {
        belief.main[at]
    } else {
        belief.present[at]
    }
    .clamp(1e-9, 1.0 - 1e-9);
    (p / (1.0 - p)).ln()
}

/// The phrases worth trying, in the order of the text.
fn candidates(classifier: &TrainedClassifier, of: &Understanding<'_>, main: Risk) -> Vec<usize> {
    let all: Vec<usize> = (0..of.phrases.len()).collect();
    if all.len() <= TRIED + TRIED_AGAINST {
        return all;
    }
    let risk = place(main);
    let score = |text: &str| {
        let logits = classifier.words(&read(text)).0;
        let others = (0..Risk::ALL.len())
            .filter(|at| *at != risk)
            .map(|at| logits[at]);
        logits[risk] - others.fold(f32::MIN, f32::max)
    };
    let mut moved: Vec<(usize, f32)> = Vec::with_capacity(all.len());
    for (at, (span, _)) in of.windows.iter().enumerate() {
        let range = of.phrases[span.start].bytes.start..of.phrases[span.end - 1].bytes.end;
        let whole = score(&of.text[range]);
        moved.extend(
            span.clone()
                .map(|phrase| (phrase, whole - score(&without(of, at, phrase)))),
        );
    }
    moved.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut tried: Vec<usize> = moved[..TRIED]
        .iter()
        .chain(&moved[moved.len() - TRIED_AGAINST..])
        .map(|(phrase, _)| *phrase)
        .collect();
    tried.sort_unstable();
    tried
}

fn window_of(of: &Understanding<'_>, phrase: usize) -> usize {
    of.windows
        .iter()
        .position(|(span, _)| span.contains(&phrase))
        .unwrap_or(0)
}

/// A window's text without one of its phrases.
fn without(of: &Understanding<'_>, window: usize, phrase: usize) -> String {
    let span = &of.windows[window].0;
    let start = of.phrases[span.start].bytes.start;
    let range = start..of.phrases[span.end - 1].bytes.end;
    let gone = &of.phrases[phrase].bytes;
    removed(&of.text[range], &(gone.start - start..gone.end - start))
}

/// A text with a blank instead of some of its bytes.
fn removed(text: &str, bytes: &std::ops::Range<usize>) -> String {
    format!("{} {}", &text[..bytes.start], &text[bytes.end..])
}
