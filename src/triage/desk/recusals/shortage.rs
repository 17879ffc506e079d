//! When too few are left to act on a case: what is missing, by which norm, and the way to the control
//! body.

use domain::catalogue::{InstanceCode, current};
use domain::committee::Shortage;
use service::language::Texts;

use crate::desk::case::proposal::{Guide, guide};
use crate::desk::labels::Labelled as _;

/// The instance that a case goes to when the committee cannot act on it.
const CONTROL_BODY: &str = "oic_sidec";

/// What is missing, each in a sentence with its source.
pub(in crate::desk) fn sentences(texts: &Texts, shortage: &[Shortage]) -> Vec<String> {
    let rules = current().committee();
    shortage
        .iter()
        .map(|missing| match missing {
            Shortage::Seat { seat } => texts.fill(
                "desk-few-seat",
                &[
                    ("seat", &seat.label(texts)),
                    ("source", &rules.indispensable.source),
                ],
            ),
            Shortage::Quorum { left, needed } => texts.fill(
                "desk-few-quorum",
                &[
                    ("left", &left.to_string()),
                    ("needed", &needed.to_string()),
                    ("source", &rules.quorum.source),
                ],
            ),
            Shortage::Persons { left, needed } => texts.fill(
                "desk-few-persons",
                &[("left", &left.to_string()), ("needed", &needed.to_string())],
            ),
        })
        .collect()
}

/// How the control body is reached.
pub(super) fn control_body(texts: &Texts) -> Option<Guide> {
    let code: InstanceCode = CONTROL_BODY.parse().ok()?;
    Some(guide(texts, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_control_body_is_in_the_catalogue() {
        assert!(CONTROL_BODY.parse::<InstanceCode>().is_ok());
    }
}
