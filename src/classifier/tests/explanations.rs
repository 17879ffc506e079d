//! Explanations are true of the model: what is named as evidence is what the proposal rests on.

#[expect(dead_code, reason = "only texts of training are in it")]
mod corpus;

use classifier::{Classifier, Evidence, Proposal, shipped};
use domain::catalogue::Risk;

/// The logarithm of the odds of a risk.
fn log_odds(text: &str, risk: Risk) -> f64 {
    let p = shipped().probabilities(text)[&risk].clamp(1e-9, 1.0 - 1e-9);
    (p / (1.0 - p)).ln()
}

/// The text without these ranges of code points.
fn without(text: &str, ranges: &[(usize, usize)]) -> String {
    text.chars()
        .enumerate()
        .map(|(at, c)| {
            let gone = ranges
                .iter()
                .any(|(start, end)| (*start..*end).contains(&at));
            if gone { ' ' } else { c }
        })
        .collect()
}

/// Where the words of a text stand, in code points.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (at, c) in text.chars().enumerate() {
        if c.is_whitespace() {
            open = false;
        } else if let Some(word) = out.last_mut().filter(|_| open) {
            word.1 = at + 1;
        } else {
            out.push((at, at + 1));
            open = true;
        }
    }
    out
}

fn overlap(one: (usize, usize), other: (usize, usize)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

fn ranges(evidence: &[Evidence], main: Risk, most: usize) -> Vec<(usize, usize)> {
    evidence
        .iter()
        .filter(|passage| passage.risk == main)
        .take(most)
        .map(|passage| (passage.start, passage.end))
        .collect()
}

/// As many passages of as many words each, elsewhere in the text; `None` where there is no room.
fn elsewhere(text: &str, taken: &[(usize, usize)], turn: usize) -> Option<Vec<(usize, usize)>> {
    let words = words(text);
    let mut chosen: Vec<(usize, usize)> = Vec::new();
    for range in taken {
        let length = words.iter().filter(|word| overlap(**word, *range)).count();
        let free: Vec<(usize, usize)> = words
            .windows(length.max(1))
            .map(|run| (run[0].0, run[run.len() - 1].1))
            .filter(|run| {
                !taken
                    .iter()
                    .chain(&chosen)
                    .any(|other| overlap(*run, *other))
            })
            .collect();
        chosen.push(*free.get((turn * 7919) % free.len().max(1))?);
    }
    Some(chosen)
}

/// Proposals for texts that are long enough to be explained by a part of them.
fn explained() -> Vec<(String, Proposal)> {
    corpus::training(60)
        .into_iter()
        .filter(|labelled| words(&labelled.text).len() >= 25)
        .map(|labelled| {
            let proposal = shipped().classify(&labelled.text);
            (labelled.text, proposal)
        })
        .collect()
}

#[test]
fn without_its_evidence_a_proposal_is_less_sure() {
    let (mut more, mut compared, mut named, mut random) = (0, 0, 0.0, 0.0);
    let (mut rises, mut against, mut lifted) = (0, 0, 0.0);
    for (text, proposal) in explained() {
        let main = proposal.main;
        let before = log_odds(&text, main);
        let evidence = ranges(&proposal.evidence, main, 2);
        let others: Vec<f64> = (0..3)
            .filter_map(|turn| elsewhere(&text, &evidence, turn))
            .map(|ranges| before - log_odds(&without(&text, &ranges), main))
            .collect();
        if !evidence.is_empty() && others.len() == 3 {
            let drop = before - log_odds(&without(&text, &evidence), main);
            let usual = others.iter().sum::<f64>() / 3.0;
            compared += 1;
            more += usize::from(drop > usual);
            named += drop;
            random += usual;
        }
        if let Some(passage) = proposal.counter_evidence.first() {
            let after = log_odds(&without(&text, &[(passage.start, passage.end)]), main);
            against += 1;
            rises += usize::from(after > before);
            lifted += after - before;
        }
    }
    assert!(compared >= 25, "only {compared} texts");
    assert!(
        named > 2.0 * random.max(0.0),
        "named {named}, random {random}"
    );
    assert!(more * 5 >= compared * 4, "{more} of {compared}");
    assert!(against >= 8, "only {against} texts have counter-evidence");
    assert!(
        rises * 5 >= against * 4 && lifted > 0.0,
        "{rises} of {against}"
    );
}

#[test]
fn passages_begin_and_end_with_a_letter_or_digit_of_the_text_as_it_was_given() {
    let text = "🚑🚑 ¡¡Buenas!! — «El camillero Íñigo» me GOLPEÓ\u{301} en la cara 😡, y nadie… ¿qué hago?";
    let letters: Vec<char> = text.chars().collect();
    let proposal = shipped().classify(text);
    assert!(!proposal.evidence.is_empty());
    for passage in proposal.evidence.iter().chain(&proposal.counter_evidence) {
        let (first, last) = (letters[passage.start], letters[passage.end - 1]);
        assert!(first.is_alphanumeric(), "{first:?}");
        assert!(last.is_alphanumeric() || last == '\u{301}', "{last:?}");
    }
}
