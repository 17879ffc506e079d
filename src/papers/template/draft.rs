//! A paper filled from a case, while a person edits it.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::fill::OPEN;
use super::{Role, Template, TemplateKind};
use crate::document::{Block, Document, Signature};
use crate::letters::visible;

/// Bounds of what a person writes: of the service, not of a norm.
pub mod limits {
    /// Most parts of a paper.
    pub const PARTS: usize = 60;
    /// Most code points of one part.
    pub const PART: usize = 40_000;
    /// Most code points of all.
    pub const WHOLE: usize = 100_000;
    /// Most bytes of all as JSON, so that a sealed paper fits into the largest size of a document.
    pub const BYTES: usize = 220_000;
}

/// A part, with words that a person may change.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub struct DraftPart {
    /// As in the template.
    pub id: String,
    /// What it is.
    #[zeroize(skip)]
    pub role: Role,
    /// Its words.
    pub text: String,
}

impl fmt::Debug for DraftPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DraftPart({})", self.id)
    }
}

/// A paper on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Which paper.
    pub kind: TemplateKind,
    /// From top to bottom.
    pub parts: Vec<DraftPart>,
}

/// Why words are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// A part is longer than [`limits::PART`], or all are than [`limits::WHOLE`].
    #[error("the paper is too long")]
    TooLong,
    /// There is nothing in it.
    #[error("the paper is empty")]
    Empty,
}

impl Draft {
    /// The same paper with other words: `written` gives those of a part. A part for which it gives none
    /// keeps its own.
    #[must_use]
    pub fn edited(mut self, mut written: impl FnMut(&str) -> Option<String>) -> Self {
        for part in &mut self.parts {
            if let Some(text) = written(&part.id) {
                part.text.zeroize();
                part.text = text;
            }
            // A form sends each line break as two characters.
            let text = Zeroizing::new(part.text.replace("\r\n", "\n"));
            text.trim().clone_into(&mut part.text);
        }
        self
    }

    /// Whether there is something in it, and not too much.
    ///
    /// # Errors
    /// See [`DraftError`].
    pub fn check(&self) -> Result<(), DraftError> {
        let lengths: Vec<usize> = (self.parts.iter())
            .map(|part| part.text.chars().count())
            .collect();
        if lengths.iter().any(|length| *length > limits::PART)
            || lengths.iter().sum::<usize>() > limits::WHOLE
            || self
                .parts
                .iter()
                .map(|part| as_json(&part.text))
                .sum::<usize>()
                > limits::BYTES
        {
            return Err(DraftError::TooLong);
        }
        if lengths.iter().all(|length| *length == 0) {
            return Err(DraftError::Empty);
        }
        Ok(())
    }

    /// How many blanks wait for a person.
    pub fn blanks(&self) -> usize {
        let parts = self.parts.iter();
        parts.map(|part| part.text.matches(OPEN).count()).sum()
    }

    /// As it is drawn. A part without words is left out.
    pub fn document(&self, foot: &str) -> Document {
        let blocks = self
            .parts
            .iter()
            .filter(|part| !part.text.trim().is_empty())
            .map(|part| block(part.role, &visible(&part.text)))
            .collect();
        Document {
            language: "es-MX",
            title: Template::of(self.kind).name.clone(),
            blocks,
            foot: foot.to_owned(),
        }
    }
}

/// How many bytes a text takes in JSON.
fn as_json(text: &str) -> usize {
    let bytes = |c: char| match c {
        '"' | '\\' => 2,
        c if c.is_control() => 6,
        c => c.len_utf8(),
    };
    text.chars().map(bytes).sum()
}

fn block(role: Role, text: &str) -> Block {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    match role {
        Role::Heading => Block::Heading(lines().collect::<Vec<_>>().join(" ")),
        Role::Paragraph => Block::Paragraph(text.trim().to_owned()),
        Role::List => Block::List(lines().map(ToOwned::to_owned).collect()),
        Role::Facts => Block::Facts(
            lines()
                .map(|line| match line.split_once(':') {
                    Some((name, value)) => (name.trim().to_owned(), value.trim().to_owned()),
                    None => (String::new(), line.to_owned()),
                })
                .collect(),
        ),
        Role::Signatures => Block::Signatures(
            lines()
                .map(|line| {
                    let (name, post) = line.split_once('|').unwrap_or((line, ""));
                    Signature {
                        name: name.trim().to_owned(),
                        post: post.trim().to_owned(),
                    }
                })
                .collect(),
        ),
    }
}
