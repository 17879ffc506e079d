//! What accompanies a case without moving it: protection measures and notices to the control body.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::codes::MeasureKind;
use crate::coded_enum;

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
    /// Where it stands.
    pub state: MeasureState,
    /// Since when.
    pub since: Date,
}

/// A notice to the control body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    /// The day of its letter.
    pub given_on: Date,
    /// The day on which the control body did something with it, once that is known.
    pub answered_on: Option<Date>,
}
