//! The pages that explain: what the committee does, what comes next, anonymity, protection, support,
//! and the privacy notice.
//!
//! A page is made of the texts that exist: `guide-TOPIC-1` is the heading of its first section,
//! `guide-TOPIC-1-text` a paragraph in it, `guide-TOPIC-1-1` the first point. So whoever writes or
//! translates a page can add a point without touching the program.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::catalogue::{Confidence, InstanceCode, TermKey};
use domain::privacy;
use service::language::Texts;
use service::wording;

use super::instances::{self, ShownInstance};
use crate::shared::Shared;
use crate::visit::Visit;

/// A page of the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    Committee,
    Afterwards,
    Anonymity,
    Protection,
    Support,
    Privacy,
    PrivacyInFull,
}

impl Topic {
    pub(crate) const ALL: [Self; 7] = [
        Self::Committee,
        Self::Afterwards,
        Self::Anonymity,
        Self::Protection,
        Self::Support,
        Self::Privacy,
        Self::PrivacyInFull,
    ];

    /// Those to read before filing, as the home page offers them.
    pub(crate) const BEFORE_FILING: [Self; 5] = [
        Self::Committee,
        Self::Afterwards,
        Self::Anonymity,
        Self::Protection,
        Self::Support,
    ];

    /// Its name in the texts.
    const fn key(self) -> &'static str {
        match self {
            Self::Committee => "comite",
            Self::Afterwards => "que-sigue",
            Self::Anonymity => "anonimato",
            Self::Protection => "proteccion",
            Self::Support => "apoyo",
            Self::Privacy => "privacidad",
            Self::PrivacyInFull => "privacidad-integral",
        }
    }

    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Committee => "/comite",
            Self::Afterwards => "/que-sigue",
            Self::Anonymity => "/anonimato",
            Self::Protection => "/proteccion",
            Self::Support => "/apoyo",
            Self::Privacy => "/privacidad",
            Self::PrivacyInFull => "/privacidad/integral",
        }
    }

    pub(crate) fn title(self, t: &Texts) -> String {
        t.get(&format!("guide-{}", self.key()))
    }

    /// What it is about, in a line.
    pub(crate) fn short(self, t: &Texts) -> String {
        t.get(&format!("guide-{}-short", self.key()))
    }

    /// What to read next; the last ones lead to the form.
    const fn next(self) -> Option<Self> {
        match self {
            Self::Committee => Some(Self::Afterwards),
            Self::Afterwards => Some(Self::Anonymity),
            Self::Anonymity => Some(Self::Protection),
            Self::Protection => Some(Self::Support),
            Self::Privacy => Some(Self::PrivacyInFull),
            Self::PrivacyInFull => Some(Self::Privacy),
            Self::Support => None,
        }
    }

    const fn is_privacy(self) -> bool {
        matches!(self, Self::Privacy | Self::PrivacyInFull)
    }
}

/// The way of a complaint in the order of its steps; how long each takes, only the catalogue knows.
const STEPS: [TermKey; 15] = [
    TermKey::PlazoPresentacion,
    TermKey::RegistroSseccoe,
    TermKey::PrevencionDesahogo,
    TermKey::PropuestaAcuerdo,
    TermKey::NotificarAcuerdo,
    TermKey::DescargoDenunciada,
    TermKey::Entrevistas,
    TermKey::Proyecto,
    TermKey::Determinacion,
    TermKey::NotificarDeterminacion,
    TermKey::RecomendacionAdopcion,
    TermKey::RecomendacionImplementacion,
    TermKey::MensajeIntermedio,
    TermKey::ConclusionTotal,
    TermKey::ProrrogaMax,
];

/// Who helps at once, in the order of urgency.
const HELP: [&str; 5] = ["911", "linea_079_1", "eco", "consejera", "asesora"];

#[derive(Template)]
#[template(path = "guide.html")]
struct Page<'a> {
    t: &'a Texts,
    here: &'static str,
    visit: Visit<'a>,
    topic: Topic,
    lead: String,
    sections: Vec<Section>,
    steps: Vec<Step>,
    help: Vec<ShownInstance>,
    sources: String,
    edition: Option<String>,
}

struct Section {
    heading: String,
    text: Option<String>,
    points: Vec<String>,
}

struct Step {
    what: String,
    how_long: String,
    unconfirmed: bool,
    source: String,
}

pub(super) fn show(topic: Topic, shared: &Shared, request: &HttpRequest) -> HttpResponse {
    let t = shared.texts(request);
    let steps = match topic {
        Topic::Afterwards => STEPS.iter().map(|step| shown(t, *step)).collect(),
        Topic::Committee
        | Topic::Anonymity
        | Topic::Protection
        | Topic::Support
        | Topic::Privacy
        | Topic::PrivacyInFull => Vec::new(),
    };
    let help = if topic == Topic::Support {
        help(t)
    } else {
        Vec::new()
    };
    let page = Page {
        t,
        here: topic.path(),
        visit: shared.visit(request),
        topic,
        lead: t.get(&format!("guide-{}-lead", topic.key())),
        sections: sections(t, topic),
        steps,
        help,
        sources: t.get(&format!("guide-{}-sources", topic.key())),
        edition: topic.is_privacy().then(|| {
            t.fill(
                "guide-updated",
                &[
                    ("version", privacy::VERSION),
                    ("date", &wording::date(t, privacy::SINCE)),
                ],
            )
        }),
    };
    super::render(StatusCode::OK, t, &page)
}

fn sections(t: &Texts, topic: Topic) -> Vec<Section> {
    numbered(t, &format!("guide-{}", topic.key()))
        .map(|(id, heading)| Section {
            heading,
            text: existing(t, &format!("{id}-text")),
            points: numbered(t, &id).map(|(_, point)| point).collect(),
        })
        .collect()
}

/// The texts `ID-1`, `ID-2` … as far as there are any.
fn numbered<'a>(t: &'a Texts, id: &str) -> impl Iterator<Item = (String, String)> + 'a {
    let id = id.to_owned();
    (1_u32..).map_while(move |number| {
        let id = format!("{id}-{number}");
        existing(t, &id).map(|text| (id, text))
    })
}

fn existing(t: &Texts, id: &str) -> Option<String> {
    t.has(id).then(|| t.get(id))
}

fn shown(t: &Texts, key: TermKey) -> Step {
    let term = key.term();
    let amount = term.amount();
    Step {
        what: t.get(&format!("step-{key}")),
        how_long: t.with(&format!("amount-{}", amount.unit), "value", amount.value),
        unconfirmed: term.confidence == Confidence::C,
        source: t.with("guide-source", "source", term.source.as_str()),
    }
}

fn help(t: &Texts) -> Vec<ShownInstance> {
    HELP.iter()
        .map(|code| {
            let instance: InstanceCode = code.parse().expect("a test finds each in the catalogue");
            instances::shown(t, instance)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use service::language::Language;

    use super::*;
    use crate::shared::translations;

    #[test]
    fn every_page_has_sections_with_something_in_them_in_every_language() {
        let translations = translations().unwrap();
        for language in Language::ALL {
            let t = translations.of(language);
            for topic in Topic::ALL {
                for part in ["", "-short", "-lead", "-sources"] {
                    assert!(t.has(&format!("guide-{}{part}", topic.key())), "{topic:?}");
                }
                let sections = sections(t, topic);
                assert!(sections.len() >= 2, "{topic:?}");
                for section in sections {
                    assert!(
                        section.text.is_some() || section.points.len() >= 2,
                        "{}",
                        section.heading
                    );
                }
            }
            assert_eq!(help(t).len(), HELP.len());
        }
    }

    #[test]
    fn every_step_that_has_words_is_told() {
        let translations = translations().unwrap();
        for language in Language::ALL {
            let t = translations.of(language);
            let has_words = |key: &&TermKey| t.has(&format!("step-{key}"));
            let written: BTreeSet<&TermKey> = TermKey::ALL.iter().filter(has_words).collect();
            assert_eq!(written, STEPS.iter().collect(), "{language:?}");
        }
    }

    #[test]
    fn every_step_says_how_long_it_takes_by_the_catalogue() {
        let translations = translations().unwrap();
        for language in Language::ALL {
            let t = translations.of(language);
            for key in STEPS {
                let step = shown(t, key);
                assert_ne!(step.what, format!("step-{key}"));
                let value = key.term().amount().value.to_string();
                assert!(step.how_long.starts_with(&value), "{}", step.how_long);
                assert!(!step.how_long.contains('_'), "{}", step.how_long);
                assert!(step.source.contains(&key.term().source));
            }
        }
        let t = translations.of(Language::EsMx);
        assert_eq!(shown(t, TermKey::ConclusionTotal).how_long, "4 meses");
        assert_eq!(
            shown(t, TermKey::RegistroSseccoe).how_long,
            "3 días hábiles"
        );
        assert!(shown(t, TermKey::RegistroSseccoe).unconfirmed);
        assert!(!shown(t, TermKey::ConclusionTotal).unconfirmed);
    }
}
