//! Why members may not know of a case: what was found in it, and what members said.

use domain::committee::MemberId;
use domain::committee::conflict::Findings;
use domain::complaint::LongText;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::casefiles::{CaseId, DocumentKind};

use super::{Access, AccessError, CaseKeys};
use crate::documents::place;

/// Why members may not open a case: which words matched whom. It is sealed to the case's key, so only
/// those who may open the case read it. Every case gets one, also when nothing was found: whether a case
/// has one is in clear, and must not tell that a member is involved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictDocument {
    /// Each with its reasons.
    pub found: Findings,
    /// What a member said, if it was not found but said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Statement>,
}

/// What a member said about who may know of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// What.
    pub what: Stated,
    /// About whom.
    pub about: MemberId,
    /// Who said it.
    pub by: MemberId,
    /// Who decided so, where it takes another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<MemberId>,
    /// Why.
    pub reason: LongText,
}

/// What can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stated {
    /// That oneself has a conflict (LGRA 58).
    Declared,
    /// That another has one (CHIS 34).
    Recused,
    /// That another has none after all.
    Lifted,
}

/// What a case says about who may not know of it, and since when.
#[derive(Debug)]
pub struct Told {
    /// Legal day.
    pub on: Date,
    /// What.
    pub what: ConflictDocument,
}

impl From<Findings> for ConflictDocument {
    fn from(found: Findings) -> Self {
        Self { found, said: None }
    }
}

impl From<Statement> for ConflictDocument {
    fn from(said: Statement) -> Self {
        Self {
            found: Findings::default(),
            said: Some(said),
        }
    }
}

impl Access {
    /// All that a case says about who may not know of it, by day.
    ///
    /// # Errors
    /// See [`AccessError`].
    pub async fn told(&self, case: CaseId, keys: &CaseKeys) -> Result<Vec<Told>, AccessError> {
        let mut told = Vec::new();
        for document in self.cases.documents(case).await? {
            if document.kind == DocumentKind::Conflict {
                let place = place(case, document.id, document.kind, document.written_on);
                told.push(Told {
                    on: document.written_on,
                    what: keys.open(&place, &document.sealed)?,
                });
            }
        }
        told.sort_by_key(|told| told.on);
        Ok(told)
    }
}
