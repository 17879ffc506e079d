//! Other cases that may concern the same person, post or unit: only those that this member may open.

use committee::alike::{AlikeBook, AlikeError};
use domain::committee::alike::Alike;
use domain::committee::{Act, Relation, Ruling, policy};
use opening::OpenError;
use service::language::Texts;
use service::wording;
use store::StoreError;

use crate::desk::dossier::Dossier;
use crate::desk::gate::Member;
use crate::desk::labels::Labelled as _;
use crate::desk::{Desk, pass};

/// Another case.
pub(super) struct Other {
    pub(super) folio: String,
    pub(super) how: String,
    pub(super) state: String,
    pub(super) day: String,
    /// Whether it is more than the same unit, so that joining the cases may be weighed.
    pub(super) may_join: bool,
}

/// Why they are not shown.
#[derive(Debug, thiserror::Error)]
pub(super) enum OthersError {
    /// See there.
    #[error(transparent)]
    Alike(#[from] AlikeError),
    /// See there.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Who may open another case does not open.
    #[error("the circle of a case does not open")]
    Circle(#[from] OpenError),
}

/// The cases that are like this one, the most alike first. A case of before gets its traits now.
pub(super) async fn others(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
    dossier: &Dossier,
) -> Result<Vec<Other>, OthersError> {
    let book = AlikeBook::new(&*desk.cases, &member.keyring);
    let case = dossier.entry.id;
    book.note(case, &dossier.complaint).await?;
    let own = book.read(&dossier.complaint);
    let mut found = Vec::new();
    for (id, how) in book.like(case, &own).await? {
        let Some(handle) = desk.cases.handle(id).await? else {
            continue;
        };
        let Some(entry) = desk.cases.case(handle.folio).await? else {
            continue;
        };
        // What another case is about is for those who may open it.
        let relation =
            pass::circle_of(member, &entry)?.map(|circle| circle.relation_of(member.actor.id));
        let opens = relation == Some(Relation::Entitled)
            && policy::decide(&member.actor, Act::ReadCase, relation) == Ruling::Allowed;
        if opens {
            found.push(Other {
                folio: entry.folio.to_string(),
                how: how.label(texts),
                state: entry.state.label(texts),
                day: wording::date(texts, entry.received_on),
                may_join: how != Alike::Unit,
            });
        }
    }
    Ok(found)
}
