//! Which edition of the privacy notice is in force (LGPDPPSO 20 to 22: changes are told).
//!
//! The words are in the translation files; a test of the public service compares them with this
//! version, so that nobody changes the one without the other.

use jiff::civil::Date;
use jiff::civil::date;

/// The version of the simplified and of the full notice.
pub const VERSION: &str = "1";
/// Since when it is in force.
pub const SINCE: Date = date(2026, 11, 22);
