//! The page that asks for the words.

use askama::Template;
use service::language::Texts;

use super::HERE;

/// Asks for the words, with what was wrong about those before.
#[derive(Template)]
#[template(path = "follow.html")]
pub(super) struct AskPage<'a> {
    pub(super) t: &'a Texts,
    pub(super) here: &'static str,
    pub(super) written: &'a str,
    pub(super) error: Option<String>,
    pub(super) next: Option<String>,
}

impl<'a> AskPage<'a> {
    pub(super) fn new(t: &'a Texts) -> Self {
        Self {
            t,
            here: HERE,
            written: "",
            error: None,
            next: None,
        }
    }
}
