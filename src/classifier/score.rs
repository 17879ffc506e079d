//! From what was found to probabilities, labels and the request for review.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{catalogue::Risk, routing::Urgency};

use crate::lexicon::{COMPILED_IN, Calibration, Lexicon, LexiconError, Meaning};
use crate::normalise::{Token, tokens};
use crate::pattern::Hit;
use crate::{Classifier, Evidence, Proposal};

/// Raised whenever a text may get another proposal than before: by new words, by new arithmetic.
const VERSION: &str = "lexicon-3";

/// Fewer words than this are too little to propose anything from.
const FEWEST_WORDS: usize = 4;
/// In Spanish about half of the words of any text are among the list; in other languages few are.
const LEAST_SPANISH: f64 = 0.15;
/// Shorter texts, such as headlines, may do without any of those words.
const ENOUGH_TO_TELL_THE_LANGUAGE: usize = 8;
/// Words between a negation and what it denies ("no me ha vuelto a pegar").
const NEGATION_REACH: usize = 4;
/// A term said again adds a third of what it added before: insisting is not new evidence.
const REPETITION: f64 = 1.0 / 3.0;
/// More labels would not help anyone to decide.
const MOST_LABELS: usize = 3;
/// More passages would mark up the whole text.
const MOST_EVIDENCE: usize = 12;

/// Classifies by weighted words and phrases.
///
/// The figures that the tests hold it to were measured on the very texts that its words were
/// written after: they notice a change for the worse and are no estimate of how it does on
/// complaints it has not seen.
pub struct LexiconClassifier {
    lexicon: Lexicon,
}

impl LexiconClassifier {
    /// Reads the lexicon compiled into the program.
    ///
    /// # Errors
    ///
    /// If the lexicon has faults; all of them are listed.
    pub fn new() -> Result<Self, LexiconError> {
        Lexicon::read(COMPILED_IN).map(|lexicon| Self { lexicon })
    }

    fn read(&self, text: &str) -> Reading {
        let tokens = tokens(text);
        let hits = self.lexicon.finder.find(&tokens);
        self.interpret(&tokens, &hits)
    }

    fn interpret(&self, tokens: &[Token], hits: &[Hit]) -> Reading {
        let mut marks = Marks::default();
        let mut urgencies = Vec::new();
        let mut weighing = Vec::new();
        for hit in hits {
            for meaning in &self.lexicon.meanings[&hit.pattern] {
                match *meaning {
                    Meaning::Weighs(risk, weight) => weighing.push(Weighing { hit, risk, weight }),
                    Meaning::Presses(urgency) => urgencies.push(urgency),
                    Meaning::Negates => marks.negating.extend(&hit.tokens),
                    Meaning::Bridges => marks.bridging.extend(&hit.tokens),
                    Meaning::SparesNegation => marks.spared.extend(&hit.tokens),
                    Meaning::IsSpanish => marks.spanish.extend(&hit.tokens),
                }
            }
        }
        let mut passages = Vec::with_capacity(weighing.len());
        let mut said: HashMap<(usize, Risk), i32> = HashMap::new();
        for found in without_parts_of_others(weighing, tokens.len()) {
            let times = said.entry((found.hit.pattern, found.risk)).or_default();
            let mut weight = found.weight * REPETITION.powi(*times);
            *times = times.saturating_add(1);
            if marks.deny(tokens, found.hit) {
                weight *= self.lexicon.negated;
            }
            passages.push(Evidence {
                risk: found.risk,
                start: found
                    .hit
                    .tokens
                    .first()
                    .map_or(0, |first| tokens[*first].start),
                end: found.hit.tokens.last().map_or(0, |last| tokens[*last].end),
                weight,
            });
        }
        Reading {
            words: tokens.len(),
            spanish: marks.spanish.len(),
            passages,
            urgencies,
        }
    }
}

impl Classifier for LexiconClassifier {
    fn classify(&self, text: &str) -> Proposal {
        let reading = self.read(text);
        let calibration = &self.lexicon.calibration;
        let probabilities = probabilities(&reading.passages, calibration);
        let mut ranked: Vec<(Risk, f64)> =
            probabilities.iter().map(|(risk, p)| (*risk, *p)).collect();
        // Stable: on a tie the order of the official list decides.
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (main, first) = ranked[0];
        let second = ranked[1].1;
        let outside = main == Risk::FueraCompetencia;
        let secondary = ranked[1..]
            .iter()
            .filter(|(risk, p)| {
                !outside && *risk != Risk::FueraCompetencia && *p >= calibration.secondary
            })
            .map(|(risk, _)| *risk);
        let labels: Vec<Risk> = std::iter::once(main)
            .chain(secondary)
            .take(MOST_LABELS)
            .collect();
        let mut evidence = reading.passages.clone();
        evidence.retain(|passage| passage.weight > 0.0);
        evidence.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.start.cmp(&b.start)));
        evidence.truncate(MOST_EVIDENCE);
        let review = outside
            || evidence.is_empty()
            || first < calibration.sure
            || first - second < calibration.margin
            || reading.is_hard_to_read();
        let urgency = self
            .lexicon
            .policy
            .decide(&labels, reading.urgencies.into_iter());
        Proposal {
            main,
            labels,
            probabilities,
            urgency,
            review,
            evidence,
        }
    }

    fn version(&self) -> &'static str {
        VERSION
    }
}

/// What a text says, before it is weighed up.
struct Reading {
    words: usize,
    spanish: usize,
    passages: Vec<Evidence>,
    urgencies: Vec<Urgency>,
}

impl Reading {
    fn is_hard_to_read(&self) -> bool {
        self.words < FEWEST_WORDS
            || self.words >= ENOUGH_TO_TELL_THE_LANGUAGE
                && count(self.spanish) < LEAST_SPANISH * count(self.words)
    }
}

/// Exact for any text that fits in memory four billion words at a time.
fn count(words: usize) -> f64 {
    u32::try_from(words).map_or(f64::INFINITY, f64::from)
}

/// A term found, with what it means for one risk.
#[derive(Clone, Copy)]
struct Weighing<'a> {
    hit: &'a Hit,
    risk: Risk,
    weight: f64,
}

/// A phrase takes the words it is made of: in "acoso sexual", "acoso" says nothing more.
/// The rest comes in the order of the text.
fn without_parts_of_others(mut found: Vec<Weighing<'_>>, words: usize) -> Vec<Weighing<'_>> {
    found.sort_by(|a, b| {
        let (a_tokens, b_tokens) = (&a.hit.tokens, &b.hit.tokens);
        b_tokens
            .len()
            .cmp(&a_tokens.len())
            .then(b.weight.abs().total_cmp(&a.weight.abs()))
            .then_with(|| a_tokens.cmp(b_tokens))
            .then(a.risk.cmp(&b.risk))
            .then(a.hit.pattern.cmp(&b.hit.pattern))
    });
    let mut kept: Vec<Weighing<'_>> = Vec::with_capacity(found.len());
    let mut covering: Vec<Vec<usize>> = vec![Vec::new(); words];
    for candidate in found {
        let parts = &candidate.hit.tokens;
        let swallowed = parts.first().is_some_and(|first| {
            covering[*first].iter().map(|at| kept[*at]).any(|other| {
                let whole = &other.hit.tokens;
                let same = whole.len() == parts.len();
                (!same || other.risk == candidate.risk) && parts.iter().all(|p| whole.contains(p))
            })
        });
        if !swallowed {
            for part in parts {
                covering[*part].push(kept.len());
            }
            kept.push(candidate);
        }
    }
    kept.sort_by(|a, b| a.hit.tokens.cmp(&b.hit.tokens));
    kept
}

/// Words with a part to play in a sentence, by position.
#[derive(Default)]
struct Marks {
    negating: HashSet<usize>,
    bridging: HashSet<usize>,
    spared: HashSet<usize>,
    spanish: HashSet<usize>,
}

impl Marks {
    /// Whether a "no" reaches the first word of what was found: "no me pegó", but not
    /// "no aguanto que me pegue", nor "no sólo me pegó".
    fn deny(&self, tokens: &[Token], hit: &Hit) -> bool {
        let Some(first) = hit.tokens.first().copied() else {
            return false;
        };
        (first.saturating_sub(NEGATION_REACH)..first)
            .rev()
            .take_while(|at| tokens[*at].clause == tokens[first].clause)
            .find(|at| !self.bridging.contains(at))
            .is_some_and(|at| self.negating.contains(&at) && !self.spared.contains(&at))
    }
}

/// The softmax of the saturated scores.
fn probabilities(passages: &[Evidence], calibration: &Calibration) -> BTreeMap<Risk, f64> {
    let spoken: f64 = passages.iter().map(|passage| passage.weight.max(0.0)).sum();
    let scale = 1.0 / (calibration.temperature * (1.0 + spoken / calibration.saturation));
    let mut logits: BTreeMap<Risk, f64> = Risk::ALL.iter().map(|risk| (*risk, 0.0)).collect();
    for passage in passages {
        *logits.entry(passage.risk).or_default() += passage.weight * scale;
    }
    *logits.entry(Risk::FueraCompetencia).or_default() += calibration.outside;
    let highest = logits.values().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut probabilities = logits;
    for value in probabilities.values_mut() {
        *value = (*value - highest).exp();
    }
    let total: f64 = probabilities.values().sum();
    for value in probabilities.values_mut() {
        *value /= total;
    }
    probabilities
}

#[cfg(test)]
#[path = "development.rs"]
mod development;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::everyday_words;

    fn classify(text: &str) -> Proposal {
        LexiconClassifier::new()
            .expect("a lexicon without faults")
            .classify(text)
    }

    fn score(text: &str, risk: Risk) -> f64 {
        classify(text).probabilities[&risk]
    }

    #[test]
    fn a_denied_blow_weighs_less_than_a_blow() {
        assert!(
            score("el camillero no me pegó", Risk::Agresiones)
                < score("el camillero me pegó", Risk::Agresiones)
        );
        assert!(
            score("no hubo golpes ni insultos", Risk::Agresiones)
                < score("hubo golpes e insultos", Risk::Agresiones)
        );
    }

    #[test]
    fn not_only_denies_nothing() {
        assert_eq!(
            classify("no sólo me golpeó en la guardia").main,
            Risk::Agresiones
        );
    }

    #[test]
    fn a_no_in_another_clause_denies_nothing() {
        assert!(
            score("le dije que no, me golpeó", Risk::Agresiones)
                > score("le dije que no me golpeó", Risk::Agresiones)
        );
    }

    #[test]
    fn saying_it_again_and_again_adds_little() {
        let once = "me golpeó y se robaron el dinero, hay corrupción y cobran moches. ";
        let often = format!("{once}{}", "me golpeó. ".repeat(50));
        assert_eq!(classify(&often).main, Risk::Corrupcion);
    }

    #[test]
    fn the_words_of_a_phrase_do_not_count_again() {
        let evidence = classify("es acoso sexual").evidence;
        assert!(
            evidence
                .iter()
                .all(|passage| passage.risk == Risk::AcosoSexual),
            "{evidence:?}"
        );
    }

    #[test]
    fn no_stop_word_and_no_letter_is_evidence_by_itself() {
        let lexicon = LexiconClassifier::new().expect("a lexicon without faults");
        let file: toml::Table = COMPILED_IN.parse().expect("TOML");
        let spanish: Vec<String> = file["spanish"]["words"]
            .clone()
            .try_into()
            .expect("a list of words");
        let typed = everyday_words(&spanish).into_iter().chain(
            [
                "q", "k", "x", "xq", "pq", "d", "m", "pa", "tmb", "XXX", "¡aaaah!",
            ]
            .map(str::to_owned),
        );
        for word in typed {
            for text in [word.to_uppercase(), word] {
                let proposal = lexicon.classify(&text);
                assert_eq!(proposal.evidence, [], "{text}");
                assert_eq!(proposal.main, Risk::FueraCompetencia, "{text}");
            }
        }
    }

    #[test]
    fn everyday_words_in_a_plain_sentence_are_no_sexual_harassment() {
        for text in [
            "Me negaron el permiso por llegar tarde",
            "el doctor X no vino",
            "quiero saber x q no me pagan",
            "El doctor XXX no vino a la consulta",
            "Ayer pasé por la oficina por mi recibo",
            "x favor cambien el foco del pasillo",
            "el expediente x ya no está en el archivo",
            "q pasó con el oficio q mandé",
        ] {
            let proposal = classify(text);
            assert!(
                !proposal.labels.contains(&Risk::AcosoSexual)
                    && proposal
                        .evidence
                        .iter()
                        .all(|p| p.risk != Risk::AcosoSexual),
                "{text}: {proposal:?}"
            );
        }
        assert_eq!(classify("me manda videos xxx").main, Risk::AcosoSexual);
    }

    #[test]
    fn plain_words_get_their_risk() {
        for (text, risk) in [
            (
                "Me condiciona el cambio de turno a que salga con él.",
                Risk::AcosoSexual,
            ),
            (
                "El administrador pidió una mordida para asignar el contrato.",
                Risk::Corrupcion,
            ),
            (
                "Un compañero me tocó los senos en el vestidor.",
                Risk::AcosoSexual,
            ),
        ] {
            assert_eq!(classify(text).main, risk, "{text}: {:?}", classify(text));
        }
    }

    #[test]
    fn a_text_in_another_language_goes_to_a_person() {
        assert!(classify("My supervisor keeps touching me and sends porno sexual pictures").review);
    }

    #[test]
    fn a_text_that_says_nothing_is_outside_our_remit_and_hardly_sure_of_it() {
        let nothing = classify("");
        assert_eq!(nothing.main, Risk::FueraCompetencia);
        assert!(nothing.review && nothing.evidence.is_empty());
        assert!(nothing.probabilities.values().all(|p| *p < 0.5));
    }
}
