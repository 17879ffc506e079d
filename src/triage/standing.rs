//! Where a case stands, in the words of the person's mailbox.

use domain::case::{CaseState, Deadline, Folio};
use mailbox::{Notice, Standing};
use store::casefiles::RunningTerm;

/// The standing of a case with these terms, the next one first.
pub(crate) fn standing(
    state: CaseState,
    folio: Folio,
    terms: impl IntoIterator<Item = RunningTerm>,
    notice: Notice,
) -> Standing {
    let mut deadlines: Vec<Deadline> = terms.into_iter().map(|term| term.deadline).collect();
    deadlines.sort_by_key(|deadline| deadline.due_on);
    Standing {
        status: state.status(),
        folio: Some(folio),
        deadlines,
        notice,
    }
}
