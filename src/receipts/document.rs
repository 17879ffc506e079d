//! What a receipt looks like on paper, without saying how it is drawn.

/// A short document. Its words come from whoever makes it, in the reader's language.
#[derive(Debug, Clone)]
pub struct Document {
    /// Language tag.
    pub language: &'static str,
    /// Its name, also in the head of the window that shows it: nothing that tells what it is about.
    pub title: String,
    /// From top to bottom.
    pub blocks: Vec<Block>,
}

/// One part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Announces what follows.
    Heading(String),
    /// Running text.
    Paragraph(String),
    /// Letters to be copied exactly; they are broken into lines anywhere.
    Code(String),
}
