//! What one case contributes to the records.

use domain::case::{CaseState, Folio};
use domain::catalogue::{OoadCode, Risk, TermKey, UmaeCode};
use domain::routing::{Mediation, Priority, Protocol, Urgency};
use jiff::civil::Date;

/// The clear part of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number; its year is the *ejercicio*.
    pub folio: Folio,
    /// Legal day of reception.
    pub received_on: Date,
    /// Where it stands.
    pub state: CaseState,
    /// OOAD of the facts, if told.
    pub ooad: Option<OoadCode>,
    /// UMAE of the facts, if told.
    pub umae: Option<UmaeCode>,
    /// What was proposed, once it was.
    pub assessment: Option<Assessment>,
    /// Terms that run, in any order.
    pub terms: Vec<Term>,
    /// Messages that came after filing.
    pub messages: u32,
}

/// What classification and routing proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Main risk; `None` while the proposal is kept from the committee, with all risks and protocols.
    pub main: Option<Risk>,
    /// All risks, the main one first.
    pub risks: Vec<Risk>,
    /// Special protocols.
    pub protocols: Vec<Protocol>,
    /// Whether mediation is open.
    pub mediation: Mediation,
    /// How soon the case is to be worked on.
    pub priority: Priority,
    /// How soon the narrative asks to be read.
    pub urgency: Urgency,
    /// Whether a person has to look first.
    pub review: bool,
    /// Which classifier proposed.
    pub model: String,
}

/// A legal term that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Which.
    pub key: TermKey,
    /// Day of the notice, itself not counted.
    pub starts_on: Date,
    /// Last day.
    pub due_on: Date,
}

impl Record {
    /// The term that ends next; of two that end together, the one that comes first in the official
    /// list.
    pub fn next_term(&self) -> Option<Term> {
        self.terms
            .iter()
            .copied()
            .min_by_key(|term| (term.due_on, term.key, term.starts_on))
    }

    /// The terms as they end.
    pub(crate) fn terms_by_end(&self) -> Vec<Term> {
        let mut terms = self.terms.clone();
        terms.sort_by_key(|term| (term.due_on, term.key, term.starts_on));
        terms
    }
}

/// The records by folio, so that the order they came in changes nothing.
pub(crate) fn by_folio(records: &[Record]) -> Vec<&Record> {
    let mut sorted: Vec<&Record> = records.iter().collect();
    sorted.sort_by_key(|record| record.folio);
    sorted
}
