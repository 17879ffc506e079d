//! Who filed a case, out of everybody's sight.
//!
//! A [`ReservedIdentity`] shows nothing but whether there is one. What opens it is an [`Unmasked`], which
//! exists only while two members have agreed on seeing that case's identity; `acts` makes it, after
//! writing down that it is shown.

use domain::complaint::{Complaint, Identity, ShortText};
use domain::redaction::{self, Masks};
use jiff::Timestamp;
use store::casefiles::CaseId;

/// The name and the contact of whoever filed a case, if they were told.
pub(super) struct ReservedIdentity {
    case: CaseId,
    told: Option<Identity>,
}

/// That two members have agreed on seeing who filed a case, and this member is one of them.
pub(super) struct Unmasked {
    case: CaseId,
    /// Until then.
    pub(super) until: Timestamp,
}

impl ReservedIdentity {
    /// Takes the identity out of a complaint.
    pub(super) fn of(case: CaseId, complaint: &mut Complaint) -> Self {
        Self {
            case,
            told: complaint.identity.take(),
        }
    }

    /// Whether the person said who they are.
    pub(super) fn is_told(&self) -> bool {
        self.told.is_some()
    }

    /// Where a text speaks of whoever filed. Only for what leaves the service without it: by what is masked, a
    /// member must not be able to tell who it is.
    pub(super) fn masks_in(&self, text: &str) -> Masks {
        let told = self
            .told
            .iter()
            .flat_map(|Identity { name, contact }| [name, contact]);
        let words: Vec<&str> = told.flatten().map(ShortText::expose).collect();
        redaction::of_kept(text, &words)
    }

    /// Who filed, if they said so.
    pub(super) fn open(&self, unmasked: &Unmasked) -> Option<&Identity> {
        self.told.as_ref().filter(|_| self.case == unmasked.case)
    }
}

impl Unmasked {
    /// For one case; only `acts` makes it.
    pub(super) fn agreed(case: CaseId, until: Timestamp) -> Self {
        Self { case, until }
    }
}
