//! Which phrases moved the decision: each is taken away and the text is read again without it.
//!
//! Nothing is inferred from inside the model, so what is shown is true of it by construction: without
//! the phrase, the risk is less (or, for counter-evidence, more) probable by what the weight says.

use std::ops::Range;

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
/// The bag of words reads so many bytes for that choice, and each window once more, however many
/// phrases there are. A narrative of 20,000 characters takes about half of it.
const MOST_READ: usize = 2_000_000;
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
    // Where every phrase speaks for it, the weakest says the least: a text that is marked all over is not explained.
    let own = out
        .evidence
        .partition_point(|evidence| evidence.risk == *main);
    if own > 1 && own == of.phrases.len() {
        out.evidence.remove(own - 1);
    }
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
    let weighed = weighed(of);
    let mut moved: Vec<(usize, f32)> = Vec::with_capacity(weighed.len());
    let mut wholes: Vec<Option<f32>> = vec![None; of.windows.len()];
    for (phrase, window) in weighed {
        let whole = *wholes[window].get_or_insert_with(|| score(&of.text[bytes_of(of, window)]));
        moved.push((phrase, whole - score(&without(of, window, phrase))));
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

/// The phrases that the bag of words weighs, each with its window: all of them, or every second or
/// third and so on where reading their windows without them would be more than [`MOST_READ`].
fn weighed(of: &Understanding<'_>) -> Vec<(usize, usize)> {
    let all: usize = (0..of.windows.len())
        .map(|window| of.windows[window].0.len() * bytes_of(of, window).len())
        .sum();
    let most = of.phrases.len() / (TRIED + TRIED_AGAINST);
    let step = all.div_ceil(MOST_READ).clamp(1, most.max(1));
    of.windows
        .iter()
        .enumerate()
        .flat_map(|(window, (span, _))| span.clone().map(move |phrase| (phrase, window)))
        .step_by(step)
        .collect()
}

fn window_of(of: &Understanding<'_>, phrase: usize) -> usize {
    of.windows
        .iter()
        .position(|(span, _)| span.contains(&phrase))
        .unwrap_or(0)
}

/// A window's text without one of its phrases.
fn without(of: &Understanding<'_>, window: usize, phrase: usize) -> String {
    let range = bytes_of(of, window);
    let start = range.start;
    let gone = &of.phrases[phrase].bytes;
    removed(&of.text[range], &(gone.start - start..gone.end - start))
}

/// Where a window stands in the text.
fn bytes_of(of: &Understanding<'_>, window: usize) -> Range<usize> {
    let span = &of.windows[window].0;
    of.phrases[span.start].bytes.start..of.phrases[span.end - 1].bytes.end
}

/// A text with a blank instead of some of its bytes.
fn removed(text: &str, bytes: &Range<usize>) -> String {
    format!("{} {}", &text[..bytes.start], &text[bytes.end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shipped;

    /// How many phrases are weighed, and how many bytes are read for it.
    fn cost(text: &str) -> (usize, usize) {
        let of = shipped().understand(text);
        let weighed = weighed(&of);
        let bytes = weighed
            .iter()
            .map(|(_, window)| bytes_of(&of, *window).len());
        (weighed.len(), bytes.sum())
    }

    /// Whoever sends a complaint may not keep the desk busy with it.
    #[test]
    fn no_text_costs_more_than_so_much_to_explain() {
        let hidden = format!("hola jefe me grita {}", "中\n".repeat(9990));
        let (phrases, _) = cost(&hidden);
        assert_eq!(phrases, 1);
        let many = "a\n".repeat(10_000);
        let one_window = format!("{}{}", "a\n".repeat(150), "中".repeat(20_000));
        for text in [&many, &one_window] {
            let (phrases, bytes) = cost(text);
            // Each window may be counted once more where the steps do not come out even.
            assert!(bytes <= MOST_READ + 2 * text.len(), "{phrases}, {bytes}");
            assert!(phrases >= TRIED + TRIED_AGAINST, "{phrases}");
        }
    }

    #[test]
    fn every_phrase_of_a_narrative_is_weighed() {
        let text = "Ayer me gritó el jefe. Nadie dijo nada, y me fui a la casa. ".repeat(330);
        let (phrases, _) = cost(&text);
        assert_eq!(phrases, crate::phrases::phrases(&text).len());
    }
}
