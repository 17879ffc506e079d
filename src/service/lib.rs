//! What both web faces share: settings, telemetry, headers, bodies, problem details, languages,
//! start and stop.
//!
//! Each module is one of these subjects and knows nothing of complaints beyond their field names.

pub mod body;
pub mod clock;
pub mod headers;
pub mod language;
pub mod page;
pub mod problem;
pub mod run;
pub mod settings;
pub mod stores;
pub mod telemetry;
pub mod wording;
