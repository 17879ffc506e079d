//! A case as the committee keeps it: its number, where it stands, and what the complainant is told.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::catalogue::TermKey;
use crate::coded_enum;

/// Number of a case within the committee: `CE-<year>-<6 digits>`.
///
/// The digits are drawn at random, so a folio tells neither how many cases there are nor which of
/// two came first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Folio {
    year: i16,
    digits: u32,
}

impl Folio {
    /// How many folios a year has.
    pub const PER_YEAR: u32 = 1_000_000;

    /// A folio of `year` from digits below [`Self::PER_YEAR`]; `None` above it, or for a year that
    /// has not four digits.
    pub fn new(year: i16, digits: u32) -> Option<Self> {
        ((1000..=9999).contains(&year) && digits < Self::PER_YEAR).then_some(Self { year, digits })
    }

    /// The year of reception.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The six digits as a number.
    pub fn digits(self) -> u32 {
        self.digits
    }
}

impl fmt::Display for Folio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CE-{}-{:06}", self.year, self.digits)
    }
}

impl fmt::Debug for Folio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A text that is no folio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a folio reads CE-<year>-<6 digits>")]
pub struct NotAFolio;

impl FromStr for Folio {
    type Err = NotAFolio;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rest = text.strip_prefix("CE-").ok_or(NotAFolio)?;
        let (year, digits) = rest.split_once('-').ok_or(NotAFolio)?;
        let all_digits = |text: &str, length| {
            text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !all_digits(year, 4) || !all_digits(digits, 6) {
            return Err(NotAFolio);
        }
        let year = year.parse().map_err(|_| NotAFolio)?;
        let digits = digits.parse().map_err(|_| NotAFolio)?;
        Self::new(year, digits).ok_or(NotAFolio)
    }
}

impl Serialize for Folio {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Folio {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

coded_enum! {
    /// Where a case stands in the procedure of the guidelines.
    pub enum CaseState {
        /// Sealed by intake, not yet opened.
        Received = "RECIBIDA",
        /// Opened; requirements, competence and risk are being looked at.
        UnderReview = "EN_REVISION",
        /// Something is missing and was asked for, once.
        NeedsInformation = "PREVENIDA",
        /// Registered, with folio.
        Registered = "REGISTRADA",
        /// Before the committee's session.
        InAnalysis = "EN_ANALISIS",
        /// Filed without procedure.
        ArchivedWithoutProcedure = "ARCHIVADA_SIN_TRAMITE",
        /// Not admitted.
        NotAdmitted = "NO_ADMITIDA",
        /// Guided to another instance.
        Redirected = "ORIENTADA",
        /// Admitted.
        Admitted = "ADMITIDA",
        /// Information is being gathered.
        UnderInquiry = "EN_INDAGACION",
        /// The denounced person has been told and may answer.
        AwaitingAnswer = "EN_DESCARGO",
        /// Interviews and evidence.
        GatheringEvidence = "EN_PRUEBAS",
        /// Mediation.
        InMediation = "EN_MEDIACION",
        /// Draft determination.
        Drafting = "EN_PROYECTO",
        /// Before the vote.
        InDetermination = "EN_DETERMINACION",
        /// Determined.
        Determined = "DETERMINADA",
        /// Recommendations are followed up.
        InFollowUp = "EN_SEGUIMIENTO",
        /// Closed by mediation.
        ConcludedByMediation = "CONCLUIDA_MEDIACION",
        /// Closed early.
        ConcludedEarly = "CONCLUIDA_ANTICIPADA",
        /// Opened again after a breach of what was agreed.
        Reopened = "REABIERTA",
        /// Closed.
        Concluded = "CONCLUIDA",
    }
}

coded_enum! {
    /// What the holder of the token is told; reveals nothing about the denounced person.
    pub enum Status {
        /// Recibida.
        Received = "received",
        /// Se necesita información.
        NeedsInformation = "needs_information",
        /// En análisis.
        InAnalysis = "in_analysis",
        /// En atención.
        InProgress = "in_progress",
        /// Con determinación.
        Determined = "determined",
        /// Concluida.
        Concluded = "concluded",
        /// Orientada a otra instancia.
        Redirected = "redirected",
    }
}

impl CaseState {
    /// What the complainant sees of this state.
    pub const fn status(self) -> Status {
        match self {
            Self::Received | Self::UnderReview | Self::Registered => Status::Received,
            Self::NeedsInformation => Status::NeedsInformation,
            Self::InAnalysis => Status::InAnalysis,
            Self::Admitted
            | Self::UnderInquiry
            | Self::AwaitingAnswer
            | Self::GatheringEvidence
            | Self::InMediation
            | Self::Drafting
            | Self::InDetermination
            | Self::Reopened => Status::InProgress,
            Self::Determined | Self::InFollowUp => Status::Determined,
            Self::ArchivedWithoutProcedure
            | Self::NotAdmitted
            | Self::ConcludedByMediation
            | Self::ConcludedEarly
            | Self::Concluded => Status::Concluded,
            Self::Redirected => Status::Redirected,
        }
    }
}

/// A legal term that runs, as the complainant and the committee see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Which term of the catalogue.
    pub key: TermKey,
    /// Last day on which it is still kept.
    pub due_on: Date,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_exact_form_is_a_folio() {
        for bad in [
            "",
            "CE-2026-12345",
            "CE-2026-1234567",
            "ce-2026-123456",
            "CE-26-123456",
            "CE-2026-12345a",
            "CE-2026-+12345",
            " CE-2026-123456",
            "CE-0026-123456",
        ] {
            assert_eq!(bad.parse::<Folio>(), Err(NotAFolio), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_folio_reads_back_as_it_was_written(year in 1000..=9999_i16, digits in 0..Folio::PER_YEAR) {
            let folio = Folio::new(year, digits).expect("in range");
            prop_assert_eq!(folio.to_string().parse::<Folio>(), Ok(folio));
        }
    }
}
