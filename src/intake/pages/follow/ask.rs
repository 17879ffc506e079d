//! The page that asks for the words.

use askama::Template;
use service::language::Texts;

use super::HERE;
use crate::visit::Visit;

/// Asks for the words, with what was wrong about those before.
#[derive(Template)]
#[template(path = "follow.html")]
pub(super) struct AskPage<'a> {
    pub(super) t: &'a Texts,
    pub(super) here: &'static str,
    pub(super) visit: Visit<'a>,
    pub(super) written: &'a str,
    pub(super) error: Option<String>,
    pub(super) next: Option<String>,
}

impl<'a> AskPage<'a> {
    pub(super) fn new(t: &'a Texts, visit: Visit<'a>) -> Self {
        Self {
            t,
            here: HERE,
            visit,
            written: "",
            error: None,
            next: None,
        }
    }
}
