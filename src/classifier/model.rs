//! The trained classifier: an ensemble of three, what it believes, and what is proposed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use domain::{catalogue::Risk, routing::Urgency};

use crate::correction::{self, Correction, HeadsFault};
use crate::encoder::{Transformer, WordGroups};
use crate::heads::{Belief, Fusion, Logits, MEMBERS, RISKS};
use crate::phrases::{Phrase, phrases};
use crate::reading::read;
use crate::rules::Rules;
use crate::sentence::SentenceEncoder;
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
    shipped: Arc<Shipped>,
    /// What was learnt on site.
    correction: Option<Correction>,
    version: Cow<'static, str>,
}

/// All that is part of the program.
struct Shipped {
    transformer: SentenceEncoder<Transformer>,
    word_groups: SentenceEncoder<WordGroups>,
    words: Words,
    fusion: Fusion,
    rules: Rules,
    version: &'static str,
}

/// What the encoders make of a text or a part of it.
#[derive(Debug, Clone)]
pub(crate) struct Embedding {
    /// The vectors of both encoders, one after the other.
    pub(crate) vector: Vec<f32>,
    /// How much it counts beside other parts of the same text.
    pub(crate) pieces: f32,
}

/// A part of a text that the encoders read at once.
#[derive(Debug, Clone)]
pub(crate) struct Window {
    /// What the two encoders answer.
    answers: [Logits; MEMBERS - 1],
    /// What was learnt on site adds.
    added: Logits,
    pieces: f32,
}

/// A text as it was understood.
pub(crate) struct Understanding<'a> {
    pub(crate) text: &'a str,
    pub(crate) phrases: Vec<Phrase>,
    /// Which phrases each window holds, and what it says.
    pub(crate) windows: Vec<(Range<usize>, Window)>,
    pub(crate) belief: Belief,
}

impl Shipped {
    fn read(file: &'static [u8]) -> Result<Self, ModelError> {
        let weights = Weights::read(file)?;
        let transformer = Transformer::read(&weights)?;
        let word_groups = WordGroups::read(&weights)?;
        let known = [transformer.rows(), word_groups.rows()];
        let [wide, narrow] = [transformer.dimensions(), word_groups.dimensions()];
        Ok(Self {
            transformer: SentenceEncoder::read(&weights, "e5", transformer, known[0], wide)?,
            word_groups: SentenceEncoder::read(&weights, "use", word_groups, known[1], narrow)?,
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

    /// How many numbers an [`Embedding`] has.
    fn columns(&self) -> usize {
        self.transformer.network.dimensions() + self.word_groups.network.dimensions()
    }

    /// A read text in the pieces of both encoders.
    fn sequences(&self, read: &str) -> [Vec<u32>; MEMBERS - 1] {
        [
            self.transformer
                .sequence(read, self.transformer.network.longest()),
            self.word_groups.sequence(read, usize::MAX),
        ]
    }

    /// The vectors of read texts.
    fn embed(&self, texts: &[String]) -> Vec<Embedding> {
        let (first, second): (Vec<_>, Vec<_>) =
            texts.iter().map(|text| self.sequences(text).into()).unzip();
        self.transformer
            .network
            .embed(&first)
            .into_iter()
            .zip(self.word_groups.network.embed(&second))
            .zip(&first)
            .map(|((mut vector, narrow), sequence)| {
                vector.extend(narrow);
                Embedding {
                    vector,
                    pieces: f32::from(u16::try_from(sequence.len()).unwrap_or(u16::MAX)),
                }
            })
            .collect()
    }

    /// What the two encoders answer to a text with these vectors.
    fn answers(&self, embedding: &Embedding) -> [Logits; MEMBERS - 1] {
        let (wide, narrow) = embedding
            .vector
            .split_at(self.transformer.network.dimensions());
        [
            self.transformer.answer(wide),
            self.word_groups.answer(narrow),
        ]
    }
}

impl TrainedClassifier {
    /// Reads a file of weights, and the rules compiled into the program.
    ///
    /// # Errors
    ///
    /// If either has faults, which the tests of this crate rule out for what is part of the program.
    pub fn new(file: &'static [u8]) -> Result<Self, ModelError> {
        let shipped = Arc::new(Shipped::read(file)?);
        Ok(Self {
            version: Cow::Borrowed(shipped.version),
            correction: None,
            shipped,
        })
    }

    /// The same classifier with what [`retrain`](crate::retraining::retrain) learnt on site instead of
    /// whatever was learnt before. The weights are shared. Its version ends in `+` and the beginning
    /// of the heads' SHA-256.
    ///
    /// # Errors
    ///
    /// If the file is damaged, or was learnt with another version of the shipped model.
    pub fn with_heads(&self, heads: &[u8]) -> Result<Self, HeadsFault> {
        let base = self.shipped.version;
        let correction = Correction::from_bytes(heads, base, self.shipped.columns())?;
        Ok(Self {
            shipped: Arc::clone(&self.shipped),
            correction: Some(correction),
            version: Cow::Owned(correction::version(base, heads)),
        })
    }

    /// The version of the shipped model alone.
    pub fn base_version(&self) -> &'static str {
        self.shipped.version
    }

    /// How probable each risk is as the main one of a text: what [`classify`](Classifier::classify)
    /// states, without its explanation and in a fraction of the time.
    pub fn probabilities(&self, text: &str) -> BTreeMap<Risk, f64> {
        if count_words(text) == 0 {
            return unread(text).probabilities;
        }
        by_risk(&self.understand(text).belief)
    }

    /// From this probability on a text is urgent.
    pub(crate) fn urgent_from(&self) -> f64 {
        f64::from(self.shipped.fusion.urgent[0])
    }

    /// From this probability of its main risk on a proposal does not ask for a person.
    pub(crate) fn sure_from(&self) -> f64 {
        f64::from(self.shipped.fusion.sure)
    }

    /// What the shipped model alone makes of a text: its answers, and the vectors they are made of.
    pub(crate) fn shipped_answers(&self, text: &str) -> (Logits, Vec<f32>) {
        let parts = self.parts(text, &phrases(text));
        let embeddings = self.shipped.embed(&parts);
        let mean = |member: usize| {
            let answers: Vec<_> = embeddings
                .iter()
                .map(|embedding| (self.shipped.answers(embedding)[member], embedding.pieces))
                .collect();
            Logits::mean(answers.iter().map(|(logits, pieces)| (logits, *pieces)))
        };
        let members = [mean(0), mean(1), self.words(&read(text))];
        let total: f32 = embeddings.iter().map(|embedding| embedding.pieces).sum();
        let mut vector = vec![0.0; self.shipped.columns()];
        for embedding in &embeddings {
            for (sum, x) in vector.iter_mut().zip(&embedding.vector) {
                *sum += x * embedding.pieces / total;
            }
        }
        (self.shipped.fusion.fuse(&members), vector)
    }

    /// What the encoders say of read texts.
    pub(crate) fn windows(&self, texts: &[String]) -> Vec<Window> {
        self.shipped
            .embed(texts)
            .into_iter()
            .map(|embedding| Window {
                answers: self.shipped.answers(&embedding),
                added: self
                    .correction
                    .as_ref()
                    .map_or_else(Logits::default, |correction| {
                        correction.answer(&embedding.vector)
                    }),
                pieces: embedding.pieces,
            })
            .collect()
    }

    /// What is believed of a text whose windows are these and whose words answer so.
    pub(crate) fn believe<'a>(
        &self,
        windows: &(impl Iterator<Item = &'a Window> + Clone),
        words: Logits,
    ) -> Belief {
        let mean = |of: fn(&'a Window, usize) -> &'a Logits, member: usize| {
            Logits::mean(
                windows
                    .clone()
                    .map(|window| (of(window, member), window.pieces)),
            )
        };
        let answers = [
            mean(|window, at| &window.answers[at], 0),
            mean(|window, at| &window.answers[at], 1),
            words,
        ];
        let mut fused = self.shipped.fusion.fuse(&answers);
        if let Some(correction) = &self.correction {
            fused = correction.apply(&fused, &mean(|window, _| &window.added, 0));
        }
        Belief::from(&fused)
    }

    /// What the bag of words says of a read text.
    pub(crate) fn words(&self, read: &str) -> Logits {
        self.shipped.words.logits(read)
    }

    /// A read text in the pieces of both encoders.
    #[cfg(test)]
    pub(crate) fn pieces(&self, read: &str) -> [Vec<u32>; MEMBERS - 1] {
        self.shipped.sequences(read)
    }

    pub(crate) fn understand<'a>(&self, text: &'a str) -> Understanding<'a> {
        let phrases = phrases(text);
        let spans = self.spans(text, &phrases);
        let windows = self.windows(&texts_of(text, &phrases, &spans));
        let belief = self.believe(&windows.iter(), self.words(&read(text)));
        Understanding {
            text,
            phrases,
            windows: spans.into_iter().zip(windows).collect(),
            belief,
        }
    }

    /// The windows of a text, as they are read.
    fn parts(&self, text: &str, phrases: &[Phrase]) -> Vec<String> {
        texts_of(text, phrases, &self.spans(text, phrases))
    }

    /// Which phrases are read together: all of them, unless the text is long.
    fn spans(&self, text: &str, phrases: &[Phrase]) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        let (mut start, mut pieces) = (0, 0);
        for (at, phrase) in phrases.iter().enumerate() {
            let own = self
                .shipped
                .transformer
                .pieces(&read(&text[phrase.bytes.clone()]));
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
        let [from_high, from_middle] = self.shipped.fusion.urgent.map(f64::from);
        if high >= from_high {
            Urgency::Alta
        } else if high + middle >= from_middle {
            Urgency::Media
        } else {
            Urgency::Baja
        }
    }

    /// The risks worth proposing, the main one first: those that a rule names, then those that are
    /// probably there, too. Beside what is out of scope nothing is.
    fn labels(&self, belief: &Belief, ranked: &[usize; RISKS], named: &[Risk]) -> Vec<Risk> {
        let main = Risk::ALL[ranked[0]];
        let further = &self.shipped.fusion.further;
        let probable = ranked
            .iter()
            .filter(|at| {
                main != Risk::FueraCompetencia && {
                    belief.present[**at] >= f64::from(further[**at])
                }
            })
            .map(|at| Risk::ALL[*at])
            .filter(|risk| *risk != Risk::FueraCompetencia);
        let mut labels = vec![main];
        for risk in named.iter().copied().chain(probable) {
            if labels.len() < MOST_LABELS && !labels.contains(&risk) {
                labels.push(risk);
            }
        }
        labels
    }
}

/// The windows of a text, as they are read.
fn texts_of(text: &str, phrases: &[Phrase], spans: &[Range<usize>]) -> Vec<String> {
    spans
        .iter()
        .map(|span| {
            let bytes = phrases[span.start].bytes.start..phrases[span.end - 1].bytes.end;
            read(&text[bytes])
        })
        .collect()
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
        let demands = self.shipped.rules.demands(text);
        let named: Vec<Risk> = demands.iter().filter_map(|demand| demand.risk).collect();
        let mut ranked: [usize; RISKS] = std::array::from_fn(|at| at);
        // Stable: on a tie the order of the official list decides.
        ranked.sort_by(|a, b| belief.main[*b].total_cmp(&belief.main[*a]));
        let main = Risk::ALL[ranked[0]];
        let labels = self.labels(belief, &ranked, &named);
        let explanation = explain::explain(self, &understanding, &labels);
        let unsure = belief.main[ranked[0]] < self.sure_from();
        Proposal {
            review: unsure
                || main == Risk::FueraCompetencia
                || words < FEWEST_WORDS
                || explanation.evidence.is_empty()
                || named.iter().any(|risk| *risk != main),
            main,
            labels,
            probabilities: by_risk(belief),
            urgency: demands
                .iter()
                .map(|demand| demand.urgency)
                .fold(self.urgency(belief), more_pressing),
            evidence: explanation.evidence,
            counter_evidence: explanation.counter_evidence,
        }
    }

    fn version(&self) -> &str {
        &self.version
    }
}

fn by_risk(belief: &Belief) -> BTreeMap<Risk, f64> {
    Risk::ALL.iter().copied().zip(belief.main).collect()
}

fn count_words(text: &str) -> usize {
    read(text)
        .split(' ')
        .filter(|word| word.contains(|c: char| c.is_ascii_lowercase()))
        .count()
}

/// Spelled out rather than read off the order in which the catalogue happens to list them.
const fn more_pressing(one: Urgency, other: Urgency) -> Urgency {
    match (one, other) {
        (Urgency::Alta, _) | (_, Urgency::Alta) => Urgency::Alta,
        (Urgency::Media, _) | (_, Urgency::Media) => Urgency::Media,
        (Urgency::Baja, Urgency::Baja) => Urgency::Baja,
    }
}
