//! Where a case stands, in the words of the person's mailbox.

use domain::case::{CaseState, Deadline, Folio};
use domain::procedure::Owner;
use mailbox::{Detail, Notice, Standing};
use store::casefiles::RunningTerm;

/// What the service says on an occasion.
pub(crate) struct Said {
    pub(crate) notice: Notice,
    pub(crate) detail: Option<Detail>,
}

impl From<Notice> for Said {
    fn from(notice: Notice) -> Self {
        Self {
            notice,
            detail: None,
        }
    }
}

/// The standing of a case with these terms, the next one first. Terms of the denounced person, or of a
/// unit, are no concern of whoever filed: they tell what others were asked, and when.
pub(crate) fn standing(
    state: CaseState,
    folio: Folio,
    terms: impl IntoIterator<Item = RunningTerm>,
    said: impl Into<Said>,
) -> Standing {
    let Said { notice, detail } = said.into();
    let mut deadlines: Vec<Deadline> = terms
        .into_iter()
        .map(|term| term.deadline)
        .filter(|deadline| is_theirs_to_know(Owner::of(deadline.key)))
        .collect();
    deadlines.sort_by_key(|deadline| deadline.due_on);
    Standing {
        status: state.status(),
        folio: Some(folio),
        deadlines,
        notice,
        detail,
    }
}

/// Whether whoever filed is told of a term that this one keeps.
const fn is_theirs_to_know(owner: Owner) -> bool {
    match owner {
        Owner::Presidencia
        | Owner::SecretariaEjecutiva
        | Owner::SecretariaTecnica
        | Owner::RepresentacionOic
        | Owner::Consejera
        | Owner::Complainant => true,
        Owner::Denounced | Owner::Unit => false,
    }
}
