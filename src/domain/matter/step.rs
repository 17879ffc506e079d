//! What can be done with a consultation or petition, and why it is not.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::coded_enum;
use crate::committee::MemberId;
use crate::complaint::{LongText, ShortText};

coded_enum! {
    /// The kinds of steps.
    pub enum StepKind {
        /// To send a consultation to the unit of the Secretaría.
        Send = "ENVIAR_UCMAPF",
        /// To enter that unit's answer.
        Answer = "REGISTRAR_RESPUESTA",
        /// To look at a petition.
        Assess = "VALORAR",
        /// To tell whoever wrote.
        Tell = "COMUNICAR_RESPUESTA",
        /// To ask for what is missing.
        Ask = "REQUERIR",
        /// To enter that it came.
        Complete = "DESAHOGAR",
        /// To close because it did not come.
        Lapse = "TENER_POR_NO_PRESENTADA",
    }
}

coded_enum! {
    /// What a petition comes to (CHIS 47).
    pub enum Verdict {
        /// It leads to a recommendation or to another act of the committee.
        Viable = "VIABLE",
        /// It goes to another area.
        PassedOn = "TURNADA_A_OTRA_AREA",
        /// It comes to nothing.
        NotViable = "NO_VIABLE",
    }
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Step {
    /// To send a consultation to the unit of the Secretaría (CHIS 91).
    #[serde(rename = "ENVIAR_UCMAPF")]
    Send {
        /// Number or name of the letter.
        letter: ShortText,
    },
    /// To enter that unit's answer (CHIS 92).
    #[serde(rename = "REGISTRAR_RESPUESTA")]
    Answer {
        /// What it says.
        text: LongText,
    },
    /// To look at a petition.
    #[serde(rename = "VALORAR")]
    Assess {
        /// What it comes to.
        verdict: Verdict,
        /// Why.
        text: LongText,
    },
    /// To tell whoever wrote.
    #[serde(rename = "COMUNICAR_RESPUESTA")]
    Tell {
        /// How, or under which letter.
        letter: ShortText,
    },
    /// To ask once for what is missing (CHIS 90).
    #[serde(rename = "REQUERIR")]
    Ask {
        /// What.
        missing: ShortText,
    },
    /// To enter that it came.
    #[serde(rename = "DESAHOGAR")]
    Complete {
        /// What came.
        text: ShortText,
    },
    /// To close because it did not come.
    #[serde(rename = "TENER_POR_NO_PRESENTADA")]
    Lapse {},
}

impl Step {
    /// Its kind.
    pub const fn kind(&self) -> StepKind {
        match self {
            Self::Send { .. } => StepKind::Send,
            Self::Answer { .. } => StepKind::Answer,
            Self::Assess { .. } => StepKind::Assess,
            Self::Tell { .. } => StepKind::Tell,
            Self::Ask { .. } => StepKind::Ask,
            Self::Complete { .. } => StepKind::Complete,
            Self::Lapse {} => StepKind::Lapse,
        }
    }
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    /// Which.
    pub step: Step,
    /// The day it happened.
    pub on: Date,
    /// Who entered it.
    pub by: MemberId,
    /// Whether the term for it was over.
    pub late: bool,
}

/// Why a consultation or petition is not entered, or a step not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MatterRefused {
    /// The day is to come, too long ago, or before what was done before.
    #[error("the day is to come, too long ago, or before the last step")]
    Day,
    /// A consultation says who asks and where the answer goes (CHIS 90).
    #[error("a consultation is not anonymous")]
    NotAnonymous,
    /// The step is not open where it stands.
    #[error("the step is not open now")]
    NotNow,
    /// What is missing is asked for once.
    #[error("it was asked for once before")]
    OnlyOnce,
    /// The term of whoever has to complete it runs still.
    #[error("the term to complete it still runs")]
    StillRunning,
}

impl MatterRefused {
    /// Stable name, by which people are told.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "matter-day",
            Self::NotAnonymous => "matter-anonymous",
            Self::NotNow => "matter-not-now",
            Self::OnlyOnce => "matter-once",
            Self::StillRunning => "matter-running",
        }
    }
}
