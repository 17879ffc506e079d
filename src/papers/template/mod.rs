//! The templates of the papers: text files with slots, checked when they are loaded.
//!
//! A template says of each part what it is (heading, paragraph, list, facts, signatures), under which
//! condition it stands in the paper, and its words. `{folio}` is a [`Slot`] that the case fills;
//! `{?número de oficio}` is a blank that only a person can.

mod draft;
mod fill;
mod slot;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use domain::catalogue::Confidence;
use domain::coded_enum;
use jiff::civil::Date;
use serde::Deserialize;

pub use self::draft::{Draft, DraftError, DraftPart, limits};
pub use self::slot::{Fact, SessionFact, Slot};

use self::fill::Known;
use self::slot::{Piece, SlotError, pieces};
use crate::facts::Facts;
use crate::session::SessionFacts;

coded_enum! {
    /// Which paper.
    pub enum TemplateKind {
        /// That the complaint was received.
        Receipt = "ACUSE",
        /// The one request to complete it.
        Request = "PREVENCION",
        /// What the committee agreed on it.
        Agreement = "ACUERDO",
        /// What the denounced person is told.
        Transfer = "TRASLADO",
        /// A summons to an interview or to mediation.
        Summons = "CITATORIO",
        /// The draft of the determination.
        Draft = "PROYECTO",
        /// The determination.
        Determination = "DETERMINACION",
        /// A recommendation to the head of a unit.
        Recommendation = "RECOMENDACION",
        /// Notice to the control body.
        Referral = "VISTA",
        /// The call to a session of the committee.
        Call = "CONVOCATORIA",
        /// The minutes of a session.
        Minutes = "ACTA_SESION",
    }
}

impl TemplateKind {
    /// Whether it is on a session of the committee; the others are on a case.
    pub const fn is_on_session(self) -> bool {
        match self {
            Self::Call | Self::Minutes => true,
            Self::Receipt
            | Self::Request
            | Self::Agreement
            | Self::Transfer
            | Self::Summons
            | Self::Draft
            | Self::Determination
            | Self::Recommendation
            | Self::Referral => false,
        }
    }
}

coded_enum! {
    /// What a part of a paper is.
    pub enum Role {
        /// Announces what follows.
        Heading = "heading",
        /// Running text.
        Paragraph = "paragraph",
        /// Each line is an item.
        List = "list",
        /// Each line is a name, a colon and what it is.
        Facts = "facts",
        /// Each line is who signs, an upright bar and as what.
        Signatures = "signatures",
    }
}

coded_enum! {
    /// When a part stands in the paper.
    pub enum Condition {
        /// Under the protocol on sexual harassment.
        Hsyas = "hsyas",
        /// Under the protocol on discrimination.
        Disc = "disc",
        /// Under neither.
        General = "general",
        /// Where mediation is not open.
        NoMediation = "no_mediation",
        /// Where mediation is open.
        Mediation = "mediation",
        /// Before a person confirmed what risks the facts are.
        Unconfirmed = "unconfirmed",
    }
}

impl Condition {
    fn holds(self, facts: &Facts<'_>) -> bool {
        use domain::routing::{Mediation, Protocol};
        let has = |protocol| facts.protocols.contains(&protocol);
        let open = facts.mediation.is_some_and(|mediation| match mediation {
            Mediation::Possible | Mediation::CaseByCase => true,
            Mediation::BlockedByDefault | Mediation::Forbidden => false,
        });
        match self {
            Self::Hsyas => has(Protocol::Hsyas),
            Self::Disc => has(Protocol::Disc),
            Self::General => !has(Protocol::Hsyas) && !has(Protocol::Disc),
            Self::NoMediation => !open,
            Self::Mediation => open,
            Self::Unconfirmed => !facts.confirmed,
        }
    }
}

/// A norm that a paper follows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Which.
    pub norm: String,
    /// What it asks for, in Spanish.
    pub asks: String,
    /// How sure that is.
    pub confidence: Confidence,
}

/// A part of a paper, before it is filled.
#[derive(Debug)]
pub struct Part {
    /// Stays the same while the words change.
    pub id: String,
    /// What it is.
    pub role: Role,
    /// When it stands in the paper.
    pub when: Option<Condition>,
    pieces: Vec<Piece>,
}

/// A paper with slots.
#[derive(Debug)]
pub struct Template {
    /// Which paper.
    pub kind: TemplateKind,
    /// What it is called, in Spanish.
    pub name: String,
    /// When it is written, in Spanish.
    pub purpose: String,
    /// Edition of its words.
    pub version: String,
    /// Since when.
    pub as_of: Date,
    /// The norms that it follows.
    pub sources: Vec<Source>,
    parts: Vec<Part>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateFile {
    kind: TemplateKind,
    name: String,
    purpose: String,
    version: String,
    as_of: Date,
    #[serde(rename = "source")]
    sources: Vec<Source>,
    #[serde(rename = "part")]
    parts: Vec<PartFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartFile {
    id: String,
    role: Role,
    when: Option<Condition>,
    text: String,
}

/// Why a template cannot be used; the file has to be mended.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It is not a template at all.
    #[error("not a template: {0}")]
    Form(#[from] toml::de::Error),
    /// A slot in it is none.
    #[error("part `{part}`: {error}")]
    Slot {
        /// In which part.
        part: String,
        /// Why.
        error: SlotError,
    },
    /// Two parts have one id, or one is no short word of small letters.
    #[error("part `{0}` has no id of its own")]
    Id(String),
    /// There is no norm behind it.
    #[error("no source is named")]
    NoSource,
    /// Another template is of this kind, or the file is under another name.
    #[error("there is not one template of kind {0}")]
    NotOnce(TemplateKind),
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// See [`TemplateError`].
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let TemplateFile {
            kind,
            name,
            purpose,
            version,
            as_of,
            sources,
            parts: written,
        } = toml::from_str(text)?;
        if sources.is_empty() {
            return Err(TemplateError::NoSource);
        }
        let mut parts: Vec<Part> = Vec::new();
        for PartFile {
            id,
            role,
            when,
            text,
        } in written
        {
            let short = (1..=24).contains(&id.len())
                && id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            if !short || parts.iter().any(|part| part.id == id) {
                return Err(TemplateError::Id(id));
            }
            let read = pieces(text.trim(), kind.is_on_session());
            let pieces = read.map_err(|error| TemplateError::Slot {
                part: id.clone(),
                error,
            })?;
            parts.push(Part {
                id,
                role,
                when,
                pieces,
            });
        }
        Ok(Self {
            kind,
            name,
            purpose,
            version,
            as_of,
            sources,
            parts,
        })
    }

    /// The template of a kind.
    pub fn of(kind: TemplateKind) -> &'static Self {
        TEMPLATES
            .iter()
            .find(|template| template.kind == kind)
            .expect("`all` found one of each kind")
    }

    /// The paper that a person wrote: the parts of which `written` gives the words, in their order. See
    /// [`Draft::check`].
    pub fn written(&self, mut written: impl FnMut(&str) -> Option<String>) -> Draft {
        let parts = self.parts.iter().filter_map(|part| {
            Some(DraftPart {
                id: part.id.clone(),
                role: part.role,
                text: written(&part.id)?,
            })
        });
        let draft = Draft {
            kind: self.kind,
            parts: parts.collect(),
        };
        draft.edited(|_| None)
    }

    /// Whether what it says depends on which protocol a case is under, or on whether mediation is open: such
    /// a paper is not written before somebody knows.
    pub fn depends_on_classification(&self) -> bool {
        self.parts.iter().any(|part| match part.when {
            Some(
                Condition::Hsyas
                | Condition::Disc
                | Condition::General
                | Condition::NoMediation
                | Condition::Mediation,
            ) => true,
            Some(Condition::Unconfirmed) | None => false,
        })
    }

    /// Fills it from a case.
    pub fn fill(&self, facts: &Facts<'_>) -> Draft {
        let holds = |part: &&Part| part.when.is_none_or(|when| when.holds(facts));
        self.filled(self.parts.iter().filter(holds), &Known::Case(facts))
    }

    /// Fills it from a session.
    pub fn fill_session(&self, facts: &SessionFacts) -> Draft {
        self.filled(self.parts.iter(), &Known::Session(facts))
    }

    fn filled<'a>(&self, parts: impl Iterator<Item = &'a Part>, known: &Known<'_>) -> Draft {
        let parts = parts.map(|part| DraftPart {
            id: part.id.clone(),
            role: part.role,
            text: fill::fill(&part.pieces, part.role, known),
        });
        Draft {
            kind: self.kind,
            parts: parts.collect(),
        }
    }
}

/// All of them, in the order of [`TemplateKind::ALL`].
fn all(files: &[&str]) -> Result<Vec<Template>, TemplateError> {
    let read: Vec<Template> = files
        .iter()
        .map(|file| Template::parse(file))
        .collect::<Result<_, _>>()?;
    for kind in TemplateKind::ALL {
        if read.iter().filter(|one| one.kind == *kind).count() != 1 {
            return Err(TemplateError::NotOnce(*kind));
        }
    }
    Ok(read)
}

const FILES: [&str; 11] = [
    include_str!("../templates/acuse.toml"),
    include_str!("../templates/prevencion.toml"),
    include_str!("../templates/acuerdo.toml"),
    include_str!("../templates/traslado.toml"),
    include_str!("../templates/citatorio.toml"),
    include_str!("../templates/proyecto.toml"),
    include_str!("../templates/determinacion.toml"),
    include_str!("../templates/recomendacion.toml"),
    include_str!("../templates/vista.toml"),
    include_str!("../templates/convocatoria.toml"),
    include_str!("../templates/acta.toml"),
];

static TEMPLATES: LazyLock<Vec<Template>> =
    LazyLock::new(|| all(&FILES).expect("the templates inside this program are tested"));
