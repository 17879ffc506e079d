//! What a paper looks like, without saying how it is drawn.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A paper. It holds the words of a case: `Debug` shows none, and they are wiped when it is dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Document {
    /// Language tag.
    #[zeroize(skip)]
    pub language: &'static str,
    /// Its name, also in the head of the window that shows it.
    pub title: String,
    /// From top to bottom.
    pub blocks: Vec<Block>,
    /// Stands at the foot of each page, before its number.
    pub foot: String,
}

/// One part of a paper.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub enum Block {
    /// Announces what follows.
    Heading(String),
    /// Running text; each line break is kept.
    Paragraph(String),
    /// Items.
    List(Vec<String>),
    /// Rows of a name and what it is.
    Facts(Vec<(String, String)>),
    /// Who signs.
    Signatures(Vec<Signature>),
}

/// A place to sign.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Signature {
    /// Whose.
    pub name: String,
    /// As what.
    pub post: String,
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("blocks", &self.blocks.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Heading(_) => "Heading(…)",
            Self::Paragraph(_) => "Paragraph(…)",
            Self::List(_) => "List(…)",
            Self::Facts(_) => "Facts(…)",
            Self::Signatures(_) => "Signatures(…)",
        })
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(…)")
    }
}
