//! The trained classifier: three readers, what they are believed, and what is proposed.

use std::collections::BTreeMap;

use domain::{catalogue::Risk, routing::Urgency};

use crate::encoder::{Transformer, WordGroups};
use crate::heads::{Belief, Fusion, Head, Logits, READERS, RISKS};
use crate::phrases::{Phrase, phrases};
use crate::reading::read;
use crate::rules::Rules;
use crate::tokenizer::Unigram;
use crate::weights::{Weights, WeightsFault};
use crate::words::Words;
use crate::{Classifier, ModelError, Proposal, explain, rules};

/// Fewer words than this are too little for a proposal to stand by itself.
const FEWEST_WORDS: usize = 4;
/// More labels would not help anyone to decide.
const MOST_LABELS: usize = 3;
/// Texts of more pieces are read in windows of at most so many.
const WINDOW: usize = 190;

/// Weights and rules, ready to classify.
pub struct TrainedClassifier {
    transformer: Reader<Transformer>,
    word_groups: Reader<WordGroups>,
    words: Words,
    fusion: Fusion,
    rules: Rules,
    version: &'static str,
}

/// An encoder with its vocabulary and its answers.
struct Reader<E> {
    encoder: E,
    pieces: Unigram,
    beginning: u32,
    end: u32,
    head: Head,
}

impl<E> Reader<E> {
    fn read(
        weights: &Weights,
        name: &str,
        encoder: E,
        outcome: usize,
    ) -> Result<Self, WeightsFault> {
        let pieces = weights.lines(&format!("{name}.pieces"))?;
        let scores = weights.row(&format!("{name}.scores"), pieces.len())?;
        let special = weights.lines(&format!("{name}.special"))?;
        let special = |at: usize| {
            special
                .get(at)
                .and_then(|line| line.parse().ok())
                .ok_or_else(|| WeightsFault::Shape(format!("{name}.special")))
        };
        Ok(Self {
            encoder,
            pieces: Unigram::new(&pieces, &scores, special(2)?),
            beginning: special(0)?,
            end: special(1)?,
            head: Head::read(weights, name, outcome)?,
        })
    }

    /// A read text as pieces, between a beginning and an end.
    fn sequence(&self, text: &str, longest: usize) -> Vec<u32> {
        let mut out = vec![self.beginning];
        out.extend(self.pieces.ids(text).iter().take(longest.saturating_sub(2)));
        out.push(self.end);
        out
    }
}

/// A part of a text that the encoders read at once.
#[derive(Debug, Clone)]
pub(crate) struct Window {
    /// What the two encoders answer.
    answers: [Logits; READERS - 1],
    /// How much it counts beside the other windows.
    pieces: f32,
}

/// A text as it was understood.
pub(crate) struct Understanding<'a> {
    pub(crate) text: &'a str,
    pub(crate) phrases: Vec<Phrase>,
    /// Which phrases each window holds, and what it says.
    pub(crate) windows: Vec<(std::ops::Range<usize>, Window)>,
    pub(crate) belief: Belief,
}

impl TrainedClassifier {
    /// Reads the weights and rules compiled into the program.
    ///
    /// # Errors
    ///
    /// If either has faults, which the tests of this crate rule out.
    pub fn new(file: &'static [u8]) -> Result<Self, ModelError> {
        let weights = Weights::read(file)?;
        let transformer = Transformer::read(&weights)?;
        let word_groups = WordGroups::read(&weights)?;
        let (wide, narrow) = (transformer.outcome(), word_groups.outcome());
        Ok(Self {
            transformer: Reader::read(&weights, "e5", transformer, wide)?,
            word_groups: Reader::read(&weights, "use", word_groups, narrow)?,
            words: Words::read(&weights)?,
            fusion: Fusion::read(&weights)?,
            rules: Rules::read(rules::COMPILED_IN)?,
            version: weights
                .lines("version")?
                .first()
                .copied()
                .ok_or_else(|| WeightsFault::Shape("version".to_owned()))?,
        })
    }

    /// What the encoders say of read texts.
    pub(crate) fn windows(&self, texts: &[String]) -> Vec<Window> {
        let longest = self.transformer.encoder.longest();
        let first: Vec<_> = texts
            .iter()
            .map(|text| self.transformer.sequence(text, longest))
            .collect();
        let second: Vec<_> = texts
            .iter()
            .map(|text| self.word_groups.sequence(text, usize::MAX))
            .collect();
        let vectors = self
            .transformer
            .encoder
            .embed(&first)
            .into_iter()
            .zip(self.word_groups.encoder.embed(&second));
        vectors
            .zip(&first)
            .map(|((wide, narrow), sequence)| Window {
                answers: [
                    self.transformer.head.answer(&wide),
                    self.word_groups.head.answer(&narrow),
                ],
                pieces: f32::from(u16::try_from(sequence.len()).unwrap_or(u16::MAX)),
            })
            .collect()
    }

    /// What is believed of a text whose windows are these and whose words are those of `read`.
    pub(crate) fn believe<'a>(
        &self,
        windows: &(impl Iterator<Item = &'a Window> + Clone),
        words: Logits,
    ) -> Belief {
        let mean = |reader: usize| {
            Logits::mean(
                windows
                    .clone()
                    .map(|window| (&window.answers[reader], window.pieces)),
            )
        };
        self.fusion.believe(&[mean(0), mean(1), words])
    }

    pub(crate) fn words(&self, read: &str) -> Logits {
        self.words.logits(read)
    }

    /// A read text in the pieces of both encoders.
    #[cfg(test)]
    pub(crate) fn pieces(&self, read: &str) -> [Vec<u32>; READERS - 1] {
        [
            self.transformer
                .sequence(read, self.transformer.encoder.longest()),
            self.word_groups.sequence(read, usize::MAX),
        ]
    }

    #[cfg(test)]
    pub(crate) fn belief(&self, text: &str) -> Belief {
        self.understand(text).belief
    }

    fn understand<'a>(&self, text: &'a str) -> Understanding<'a> {
        let phrases = phrases(text);
        let spans = self.spans(text, &phrases);
        let texts: Vec<String> = spans
            .iter()
            .map(|span| {
                read(&text[phrases[span.start].bytes.start..phrases[span.end - 1].bytes.end])
            })
            .collect();
        let windows = self.windows(&texts);
        let belief = self.believe(&windows.iter(), self.words(&read(text)));
        Understanding {
            text,
            phrases,
            windows: spans.into_iter().zip(windows).collect(),
            belief,
        }
    }

    /// Which phrases are read together: all of them, unless the text is long.
    fn spans(&self, text: &str, phrases: &[Phrase]) -> Vec<std::ops::Range<usize>> {
        let mut spans = Vec::new();
        let (mut start, mut pieces) = (0, 0);
        for (at, phrase) in phrases.iter().enumerate() {
            let own = self
                .transformer
                .pieces
                .ids(&read(&text[phrase.bytes.clone()]))
                .len();
            if at > start && pieces + own > WINDOW - 2 {
                spans.push(start..at);
                (start, pieces) = (at, 0);
            }
            pieces += own;
        }
        if start < phrases.len() {
            spans.push(start..phrases.len());
        }
        spans
    }

    fn urgency(&self, belief: &Belief) -> Urgency {
        let [high, middle, _] = belief.urgency;
        let [from_high, from_middle] = self.fusion.urgent.map(f64::from);
        if high >= from_high {
            Urgency::Alta
        } else if high + middle >= from_middle {
            Urgency::Media
        } else {
            Urgency::Baja
        }
    }
}

/// What is proposed for a text without a word that could be read: nothing, to a person.
fn unread(text: &str) -> Proposal {
    let even = 1.0 / f64::from(u8::try_from(RISKS).unwrap_or(u8::MAX));
    Proposal {
        main: Risk::FueraCompetencia,
        labels: vec![Risk::FueraCompetencia],
        probabilities: Risk::ALL.iter().map(|risk| (*risk, even)).collect(),
        // In another script it may say anything.
        urgency: if text.chars().any(char::is_alphabetic) {
            Urgency::Media
        } else {
            Urgency::Baja
        },
        review: true,
        evidence: Vec::new(),
        counter_evidence: Vec::new(),
    }
}

impl Classifier for TrainedClassifier {
    fn classify(&self, text: &str) -> Proposal {
        let words = count_words(text);
        if words == 0 {
            return unread(text);
        }
        let understanding = self.understand(text);
        let belief = &understanding.belief;
        let demands = self.rules.demands(text);
        let probabilities: BTreeMap<Risk, f64> =
            Risk::ALL.iter().copied().zip(belief.main).collect();
        // Stable: on a tie the order of the official list decides.
        let mut ranked: Vec<usize> = (0..RISKS).collect();
        ranked.sort_by(|a, b| belief.main[*b].total_cmp(&belief.main[*a]));
        let main = Risk::ALL[ranked[0]];
        let mut labels = vec![main];
        labels.extend(demands.iter().filter_map(|demand| demand.risk));
        if main != Risk::FueraCompetencia {
            labels.extend(
                ranked
                    .iter()
                    .filter(|risk| belief.present[**risk] >= f64::from(self.fusion.further[**risk]))
                    .map(|risk| Risk::ALL[*risk])
                    .filter(|risk| *risk != Risk::FueraCompetencia),
            );
        }
        let mut labels = unique(labels);
        labels.truncate(MOST_LABELS);
        let urgency = demands
            .iter()
            .map(|demand| demand.urgency)
            .chain([self.urgency(belief)])
            .min_by_key(|urgency| pressing_first(*urgency))
            .unwrap_or(Urgency::Media);
        let explanation = explain::explain(self, &understanding, &labels);
        let named = demands.iter().filter_map(|demand| demand.risk);
        Proposal {
            review: main == Risk::FueraCompetencia
                || words < FEWEST_WORDS
                || belief.main[ranked[0]] < f64::from(self.fusion.sure)
                || explanation.evidence.is_empty()
                || named.into_iter().any(|risk| risk != main),
            main,
            labels,
            probabilities,
            urgency,
            evidence: explanation.evidence,
            counter_evidence: explanation.counter_evidence,
        }
    }

    fn version(&self) -> &'static str {
        self.version
    }
}

fn count_words(text: &str) -> usize {
    read(text)
        .split(' ')
        .filter(|word| word.contains(|c: char| c.is_ascii_lowercase()))
        .count()
}

fn unique(mut risks: Vec<Risk>) -> Vec<Risk> {
    let mut seen = Vec::new();
    risks.retain(|risk| {
        let new = !seen.contains(risk);
        seen.push(*risk);
        new
    });
    risks
}

/// Spelled out rather than read off the order in which the catalogue happens to list them.
const fn pressing_first(urgency: Urgency) -> u8 {
    match urgency {
        Urgency::Alta => 0,
        Urgency::Media => 1,
        Urgency::Baja => 2,
    }
}
