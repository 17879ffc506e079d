//! What accompanies a case without moving it: protection measures and notices to the control body.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::codes::MeasureKind;
use super::step::Opinion;
use crate::coded_enum;
use crate::complaint::{LongText, ReferralConsent, ShortText};

coded_enum! {
    /// Where a protection measure stands.
    pub enum MeasureState {
        /// Proposed.
        Proposed = "PROPUESTA",
        /// In force.
        InForce = "VIGENTE",
        /// Not ordered.
        Dropped = "NO_ACORDADA",
        /// Lifted.
        Lifted = "LEVANTADA",
    }
}

/// A protection measure (CHIS 67 to 70; HSyAS 41 to 44).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Which.
    pub kind: MeasureKind,
    /// Why.
    pub cause: LongText,
    /// Whom it protects.
    pub protects: LongText,
    /// Where it stands.
    pub state: MeasureState,
    /// Since when.
    pub since: Date,
    /// Why it was not ordered, or was lifted.
    pub ended_because: Option<LongText>,
}

/// A notice to the control body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    /// Its letter.
    pub letter: ShortText,
    /// The day of the letter.
    pub given_on: Date,
    /// What the representation of the control body said before.
    pub opinion: Opinion,
    /// What the presumed victim wants.
    pub will: Option<ReferralConsent>,
    /// What the control body did, once that is known.
    pub outcome: Option<LongText>,
}
