//! Every step compared with what training computed: reading, pieces, vectors, beliefs.

use crate::encoder::{Transformer, WordGroups};
use crate::heads::{RISKS, URGENCIES};
use crate::model::TrainedClassifier;
use crate::reading::read;
use crate::{WEIGHTS, weights::Weights};

#[derive(serde::Deserialize)]
struct Golden {
    text: String,
    read: String,
    e5: Encoded,
    #[serde(rename = "use")]
    word_groups: Encoded,
    main: [f64; RISKS],
    present: [f64; RISKS],
    urgency: [f64; URGENCIES],
}

#[derive(serde::Deserialize)]
struct Encoded {
    pieces: Vec<u32>,
    /// Every sixteenth number.
    vector: Vec<f32>,
}

fn goldens() -> Vec<Golden> {
    include_str!("golden.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a golden line"))
        .collect()
}

/// How much two vectors point the same way.
fn cosine(ours: &[f32], theirs: &[f32]) -> f32 {
    let product = |a: &mut dyn Iterator<Item = (f32, f32)>| a.map(|(a, b)| a * b).sum::<f32>();
    let ours: Vec<f32> = ours.iter().step_by(16).copied().collect();
    let both = |a: &[f32], b: &[f32]| product(&mut a.iter().copied().zip(b.iter().copied()));
    both(&ours, theirs) / (both(&ours, &ours) * both(theirs, theirs)).sqrt()
}

#[test]
fn texts_are_read_as_in_training() {
    for golden in goldens() {
        assert_eq!(read(&golden.text), golden.read);
    }
}

#[test]
fn the_encoders_are_those_of_training() {
    let weights = Weights::read(WEIGHTS).expect("sound weights");
    let transformer = Transformer::read(&weights).expect("a transformer");
    let word_groups = WordGroups::read(&weights).expect("word groups");
    for golden in goldens() {
        let ours = &transformer.embed(&[golden.e5.pieces])[0];
        assert!(cosine(ours, &golden.e5.vector) > 0.9999, "{}", golden.text);
        let ours = &word_groups.embed(&[golden.word_groups.pieces])[0];
        assert!(
            cosine(ours, &golden.word_groups.vector) > 0.999,
            "{}",
            golden.text
        );
    }
}

#[test]
fn what_is_believed_of_a_text_is_what_training_believed() {
    let classifier = TrainedClassifier::new(WEIGHTS).expect("sound weights");
    for golden in goldens() {
        assert_eq!(
            classifier.pieces(&golden.read),
            [golden.e5.pieces, golden.word_groups.pieces]
        );
        let belief = classifier.understand(&golden.text).belief;
        let near = |ours: &[f64], theirs: &[f64]| {
            ours.iter().zip(theirs).all(|(a, b)| (a - b).abs() < 0.02)
        };
        assert!(
            near(&belief.main, &golden.main)
                && near(&belief.present, &golden.present)
                && near(&belief.urgency, &golden.urgency),
            "{}: {belief:?}",
            golden.text
        );
    }
}
