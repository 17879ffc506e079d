//! How long a term is.

use std::fmt;

use serde::{Deserialize, Serialize};

crate::coded_enum! {
    /// What a term is counted in. There are no hours: no hour of a complaint is kept.
    pub enum Unit {
        /// Working days, from the next working day on.
        WorkingDays = "working_days",
        /// Every day.
        CalendarDays = "calendar_days",
        /// To the same day number.
        Months = "months",
        /// Twelve months each.
        Years = "years",
    }
}

/// The length of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// How many.
    pub value: u32,
    /// Of what.
    pub unit: Unit,
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value, self.unit)
    }
}
