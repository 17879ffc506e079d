//! The fields of a form in which a name may come many times, such as one box for each member.

use domain::complaint::form::FormFields;
use domain::complaint::{LongText, SecretText, ShortText};
use service::language::Texts;

use super::gate::Form;
use super::labels::Labelled;

/// What came, in order.
pub(super) struct Fields(Vec<(String, SecretText)>);

impl Fields {
    /// Of a form; of one that is none, no fields.
    pub(super) fn of(form: &Form) -> Self {
        Self(form.parse().unwrap_or_default())
    }

    /// No fields.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// The first of a name as it was written, blanks and all.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.expose())
    }

    /// The first of a name, unless it is empty.
    pub(super) fn one<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// All of a name that are not empty.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let found = self.0.iter().filter(move |(field, _)| field == name);
        let texts = found.map(|(_, value)| value.expose().trim());
        texts.filter(|text| !text.is_empty())
    }

    /// All whose name begins so, by the rest of it, that are not empty.
    pub(super) fn of_each<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(field, value)| {
            let text = value.expose().trim();
            (!text.is_empty()).then_some((field.strip_prefix(prefix)?, text))
        })
    }

    /// Parses the first of a name: `Ok(None)` when there is none.
    pub(super) fn read<T: std::str::FromStr>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, Wrong> {
        let text = self.one(name);
        text.map(|text| text.parse().map_err(|_| Wrong(name)))
            .transpose()
    }

    /// Parses the first of a name, which has to be there.
    pub(super) fn needed<T: std::str::FromStr>(&self, name: &'static str) -> Result<T, Wrong> {
        self.read(name)?.ok_or(Wrong(name))
    }

    /// A short text.
    pub(super) fn short(&self, name: &'static str) -> Result<Option<ShortText>, Wrong> {
        let text = self.one(name).map(|text| SecretText::from(text.to_owned()));
        text.map(|text| ShortText::parse(text).map_err(|_| Wrong(name)))
            .transpose()
    }

    /// A long text.
    pub(super) fn long(&self, name: &'static str) -> Result<Option<LongText>, Wrong> {
        let text = self.one(name).map(|text| SecretText::from(text.to_owned()));
        text.map(|text| LongText::parse(text).map_err(|_| Wrong(name)))
            .transpose()
    }
}

impl FormFields for Fields {
    fn one(&self, name: &str) -> Option<&str> {
        FormFields::all(self, name).into_iter().next()
    }

    fn all(&self, name: &str) -> Vec<&str> {
        let found = self.0.iter().filter(|(field, _)| field == name);
        let texts = found.map(|(_, value)| value.expose().trim());
        texts.filter(|text| !text.is_empty()).collect()
    }
}

/// A field that is missing, or is not what it has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the field {0} is missing or wrong")]
pub(super) struct Wrong(pub(super) &'static str);

/// An entry of a list to choose from.
pub(super) struct Choice {
    pub(super) code: &'static str,
    pub(super) label: String,
}

/// Every code of a list with its label.
pub(super) fn options<T: Labelled>(all: &[T], texts: &Texts) -> Vec<Choice> {
    let option = |one: &T| Choice {
        code: one.code(),
        label: one.label(texts),
    };
    all.iter().map(option).collect()
}
