//! The complaints of `tests/data`, invented ones, as people write.

use serde::Deserialize;

/// One of them; the labels are those of the person who invented it.
#[derive(Debug, Clone, Deserialize)]
pub struct Sample {
    /// Name of the text.
    pub id: String,
    /// What is told.
    pub text: String,
    /// Main risk.
    pub main: String,
}

/// All of them.
///
/// # Panics
/// When a line is not one.
pub fn samples() -> Vec<Sample> {
    include_str!("../data/complaints-dev.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is a sample"))
        .collect()
}
