//! The languages that people read: which one they asked for, and the texts in it.

use std::borrow::Cow;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use unic_langid::LanguageIdentifier;

/// A language that the service speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Spanish of Mexico: the first language of everything.
    EsMx,
    /// English.
    En,
}

impl Language {
    /// Every language, the default one first.
    pub const ALL: [Self; 2] = [Self::EsMx, Self::En];

    /// The tag of BCP 47.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::EsMx => "es-MX",
            Self::En => "en",
        }
    }

    /// Where the pages in this language lie, whatever the browser asks for: without a cookie and
    /// without a query, the address is the one place that can keep somebody's choice.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::EsMx => "/es",
            Self::En => "/en",
        }
    }

    /// Its own name for itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EsMx => "Español",
            Self::En => "English",
        }
    }

    /// The language that an address was chosen for, if any.
    fn chosen_by(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| {
            path.strip_prefix(language.prefix())
                .is_some_and(|rest| rest.starts_with('/'))
        })
    }

    fn identifier(self) -> LanguageIdentifier {
        self.tag()
            .parse()
            .expect("the tags above are language identifiers")
    }

    /// The best language for an `Accept-Language` header (RFC 9110, 12.5.4); Spanish when there is
    /// none or none that we speak.
    pub fn negotiate(header: Option<&str>) -> Self {
        let asked = asked_for(header.unwrap_or_default());
        let spoken = Self::ALL.map(Self::identifier);
        let default = Self::EsMx.identifier();
        let chosen =
            negotiate_languages(&asked, &spoken, Some(&default), NegotiationStrategy::Lookup);
        Self::ALL
            .into_iter()
            .find(|language| {
                chosen
                    .first()
                    .is_some_and(|best| **best == language.identifier())
            })
            .unwrap_or(Self::EsMx)
    }

    /// The language that a request's headers ask for.
    pub fn of(request: &actix_web::HttpRequest) -> Self {
        let header = request
            .headers()
            .get(actix_web::http::header::ACCEPT_LANGUAGE);
        Self::negotiate(header.and_then(|value| value.to_str().ok()))
    }
}

/// The languages of the header, the most wanted first. (What `fluent-langneg` offers for this leaves
/// the weights out of account.)
fn asked_for(header: &str) -> Vec<LanguageIdentifier> {
    let mut asked: Vec<(f32, LanguageIdentifier)> = header
        .split(',')
        .filter_map(|range| {
            let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
            let weight = weight.trim().strip_prefix("q=")?.trim().parse().ok()?;
            Some((weight, tag.trim().parse().ok()?))
        })
        .filter(|(weight, _)| *weight > 0.0)
        .collect();
    // Stable: of equal weight, the one named first.
    asked.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    asked.into_iter().map(|(_, tag)| tag).collect()
}

/// The texts of one language.
#[derive(Clone)]
pub struct Texts {
    language: Language,
    /// What the addresses of pages begin with: nothing, or [`Language::prefix`] once it was chosen.
    prefix: &'static str,
    bundle: Arc<FluentBundle<FluentResource>>,
}

/// Why translation files cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the translation file of {language:?} is not valid: {fault}")]
pub struct TextsError {
    /// Which language.
    pub language: Language,
    /// What the parser said.
    pub fault: String,
}

impl Texts {
    /// Reads the translation files of one language.
    ///
    /// # Errors
    /// A syntax error, or a message that is defined twice.
    pub fn new(language: Language, files: &[&str]) -> Result<Self, TextsError> {
        let fault = |fault: String| TextsError { language, fault };
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        // Fluent wraps arguments in invisible direction marks, which spoil what people copy.
        bundle.set_use_isolating(false);
        for file in files {
            let resource = FluentResource::try_new((*file).to_owned())
                .map_err(|(_, errors)| fault(format!("{errors:?}")))?;
            bundle
                .add_resource(resource)
                .map_err(|errors| fault(format!("{errors:?}")))?;
        }
        Ok(Self {
            language,
            prefix: "",
            bundle: Arc::new(bundle),
        })
    }

    /// The same texts for pages whose addresses name the language.
    #[must_use]
    fn chosen(&self) -> Self {
        Self {
            prefix: self.language.prefix(),
            ..self.clone()
        }
    }

    /// Every language, for the links that choose one.
    pub fn languages(&self) -> [Language; 2] {
        Language::ALL
    }

    /// The address of one of our own pages, in the language that was chosen.
    ///
    /// Every link and form of a page goes through this, so that a choice of language is kept.
    pub fn path(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// Which language they are in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether there is such a text.
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// A text without arguments. One that is missing shows its id; a test compares the files of all
    /// languages, so that none is.
    pub fn get(&self, id: &str) -> String {
        self.format(id, None).into_owned()
    }

    /// A text with one argument.
    pub fn with<'a>(
        &'a self,
        id: &'a str,
        name: &'static str,
        value: impl Into<FluentValue<'a>>,
    ) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value);
        self.format(id, Some(&args)).into_owned()
    }

    /// A text with several arguments, all of them texts.
    pub fn fill(&self, id: &str, arguments: &[(&'static str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in arguments {
            args.set(*name, *value);
        }
        self.format(id, Some(&args)).into_owned()
    }

    fn format<'a>(&'a self, id: &'a str, args: Option<&'a FluentArgs<'a>>) -> Cow<'a, str> {
        match self
            .bundle
            .get_message(id)
            .and_then(|message| message.value())
        {
            Some(pattern) => self.bundle.format_pattern(pattern, args, &mut Vec::new()),
            None => Cow::Borrowed(id),
        }
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Texts({:?})", self.language)
    }
}

/// The texts that both services use: problems, field faults, names of catalogues.
pub const SHARED: [(Language, &str); 2] = [
    (
        Language::EsMx,
        include_str!("../../web/locales/es-MX/shared.ftl"),
    ),
    (
        Language::En,
        include_str!("../../web/locales/en/shared.ftl"),
    ),
];

/// The texts of every language.
#[derive(Debug)]
pub struct Translations {
    asked: [Texts; 2],
    chosen: [Texts; 2],
}

impl Translations {
    /// The shared texts and a service's own, which are given by language.
    ///
    /// # Errors
    /// See [`TextsError`].
    pub fn new(own: &[(Language, &str)]) -> Result<Self, TextsError> {
        let texts = |language: Language| {
            let files: Vec<&str> = SHARED
                .iter()
                .chain(own)
                .filter(|(of, _)| *of == language)
                .map(|(_, file)| *file)
                .collect();
            Texts::new(language, &files)
        };
        let [first, second] = Language::ALL;
        let asked = [texts(first)?, texts(second)?];
        let chosen = asked.each_ref().map(Texts::chosen);
        Ok(Self { asked, chosen })
    }

    /// The texts for a request: in the language of its address, or else in the one that its headers
    /// ask for.
    pub fn of_request(&self, request: &actix_web::HttpRequest) -> &Texts {
        match Language::chosen_by(request.path()) {
            Some(language) => Self::pick(&self.chosen, language),
            None => self.of(Language::of(request)),
        }
    }

    /// The texts of one language.
    pub fn of(&self, language: Language) -> &Texts {
        Self::pick(&self.asked, language)
    }

    fn pick([spanish, english]: &[Texts; 2], language: Language) -> &Texts {
        match language {
            Language::EsMx => spanish,
            Language::En => english,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_chooses_a_language_by_its_whole_first_part() {
        for (path, language) in [
            ("/en/denunciar", Some(Language::En)),
            ("/es/", Some(Language::EsMx)),
            ("/en", None),
            ("/enero", None),
            ("/denunciar", None),
        ] {
            assert_eq!(Language::chosen_by(path), language, "{path}");
        }
    }

    #[test]
    fn the_language_asked_for_is_given_and_spanish_otherwise() {
        for (header, language) in [
            (None, Language::EsMx),
            (Some("en-GB,en;q=0.8"), Language::En),
            (Some("fr"), Language::EsMx),
            (Some("es"), Language::EsMx),
            (Some("es-ES, en;q=0.5"), Language::EsMx),
            (Some("en;q=0.5, es;q=0.9"), Language::EsMx),
            (Some("es;q=0.5, en;q=0.9"), Language::En),
            (Some("en;q=0"), Language::EsMx),
            (Some("\u{7f};;q=,,,"), Language::EsMx),
        ] {
            assert_eq!(Language::negotiate(header), language, "{header:?}");
        }
    }
}
