//! What is known of a case when a paper is filled.

use std::fmt;

use domain::calendar::Calendar;
use domain::case::Folio;
use domain::catalogue::{OoadCode, Risk, UmaeCode};
use domain::procedure::Element;
use domain::routing::{Mediation, Protocol};
use jiff::civil::Date;

/// A person denounced, as far as the paper may say.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Denounced {
    /// Name.
    pub name: Option<String>,
    /// Post.
    pub post: Option<String>,
    /// Area or service.
    pub area: Option<String>,
    /// Whatever else identifies.
    pub description: Option<String>,
}

/// Who signs for the committee; `None` where the seat is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signers {
    /// Presidencia.
    pub presidencia: Option<String>,
    /// Secretaría Ejecutiva.
    pub secretaria_ejecutiva: Option<String>,
    /// Secretaría Técnica.
    pub secretaria_tecnica: Option<String>,
}

/// What is known of a case. Nobody who filed is in it: their identity takes two people to see, and no
/// paper needs it.
#[derive(Clone)]
pub struct Facts<'a> {
    /// Number of the case.
    pub folio: Folio,
    /// Number in the Secretaría's system, once it has one.
    pub external_folio: Option<String>,
    /// Day of the capture there.
    pub registered_on: Option<Date>,
    /// Legal day of reception.
    pub received_on: Date,
    /// The day of the paper.
    pub today: Date,
    /// By which terms are counted.
    pub calendar: &'a Calendar,
    /// Principal risk, as confirmed or else as proposed.
    pub risk: Option<Risk>,
    /// Whether a person confirmed it.
    pub confirmed: bool,
    /// The others.
    pub other_risks: Vec<Risk>,
    /// Special protocols that apply.
    pub protocols: Vec<Protocol>,
    /// Whether mediation is open.
    pub mediation: Option<Mediation>,
    /// Who is denounced.
    pub denounced: Vec<Denounced>,
    /// The story, as it was written.
    pub narrative: String,
    /// First and last day of the facts.
    pub period: (Option<Date>, Option<Date>),
    /// Whether they go on.
    pub ongoing: Option<bool>,
    /// OOAD of the facts.
    pub ooad: Option<OoadCode>,
    /// UMAE of the facts.
    pub umae: Option<UmaeCode>,
    /// What is missing in the complaint.
    pub missing: Vec<Element>,
    /// How many files came with it.
    pub files: usize,
    /// Who signs.
    pub signers: Signers,
}

impl fmt::Debug for Facts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Facts")
            .field("folio", &self.folio)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Denounced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Denounced(…)")
    }
}
