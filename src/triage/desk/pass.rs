//! What the policy says about a request, and the pass that a member gets for a case.
//!
//! A case that is not for a member does not exist for them: an unknown folio, a text that is none, and a
//! case that they are kept out of end in one and the same answer, made in one place.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{Error, FromRequest, HttpRequest};
use committee::access::open_circle;
use committee::circle::Circle;
use committee::kept::KeptError;
use domain::case::Folio;
use domain::committee::{Act, Relation, Ruling, policy};
use opening::OpenError;
use store::StoreError;
use store::casefiles::RegisterEntry;

use super::Desk;
use super::gate::{Member, passed};
use super::{retention, routes};

/// A case that the policy lets a member act on; only the gate makes one.
#[derive(Clone)]
#[expect(
    dead_code,
    reason = "for the pages of recusals and of acts that take two, which follow"
)]
pub(super) struct CasePass {
    /// The case, as the register has it.
    pub(super) entry: RegisterEntry,
    /// Who may open it.
    pub(super) circle: Circle,
    /// What the member is to it.
    pub(super) relation: Relation,
    /// Whether the act is done at once, or takes a second person.
    pub(super) ruling: Ruling,
}

impl FromRequest for CasePass {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(passed(request))
    }
}

/// Why there is no pass.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoPass {
    /// There is no such case, for this member.
    #[error("there is no such case for this member")]
    Hidden,
    /// The member may not do it.
    #[error("the act is not this member's")]
    Refused,
    /// The case is blocked: what there is to do with it takes two.
    #[error("the case is blocked")]
    Blocked,
    /// How long the case is kept cannot be found out.
    #[error(transparent)]
    Kept(#[from] KeptError),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the service keeps of the case does not open.
    #[error("the circle of a case does not open")]
    Circle(#[from] OpenError),
}

/// Asks the policy about a request; for an address with a folio, about that case.
pub(super) async fn ask(
    desk: &Desk,
    member: &Member,
    act: Act,
    path: &str,
) -> Result<Option<CasePass>, NoPass> {
    let Some(folio) = routes::folio_in(path) else {
        return match policy::decide(&member.actor, act, None) {
            Ruling::Allowed | Ruling::NeedsSecond => Ok(None),
            Ruling::Hidden => Err(NoPass::Hidden),
            Ruling::Refused => Err(NoPass::Refused),
        };
    };
    on(desk, member, act, folio.parse().ok()).await.map(Some)
}

/// Asks the policy about a case that an address does not name, and writes down that it said no.
///
/// # Errors
/// See [`NoPass`].
pub(super) async fn to_case(
    desk: &Desk,
    member: &Member,
    act: Act,
    folio: Folio,
) -> Result<CasePass, NoPass> {
    let pass = on(desk, member, act, Some(folio)).await;
    if let Err(refused) = &pass {
        note(desk, member, act, Some(folio), refused).await;
    }
    pass
}

async fn on(
    desk: &Desk,
    member: &Member,
    act: Act,
    folio: Option<Folio>,
) -> Result<CasePass, NoPass> {
    let found = match folio {
        Some(folio) => desk.cases.case(folio).await?,
        None => None,
    };
    let known = match found {
        Some(entry) => circle_of(member, &entry)?.map(|circle| (entry, circle)),
        None => None,
    };
    let relation = known
        .as_ref()
        .map(|(_, circle)| circle.relation_of(member.actor.id));
    let ruling = policy::decide(&member.actor, act, relation);
    match (ruling, known, relation) {
        (Ruling::Allowed | Ruling::NeedsSecond, Some((entry, circle)), Some(relation)) => {
            if retention::stops(act) && retention::is_blocked(desk, member, &entry).await? {
                return Err(NoPass::Blocked);
            }
            Ok(CasePass {
                entry,
                circle,
                relation,
                ruling,
            })
        }
        (Ruling::Refused, Some(_), Some(_)) => Err(NoPass::Refused),
        (Ruling::Allowed | Ruling::NeedsSecond | Ruling::Refused | Ruling::Hidden, _, _) => {
            Err(NoPass::Hidden)
        }
    }
}

/// Writes down that a member was refused something; a case that does not exist and one that does not
/// exist for the member are written alike, and so take as long.
pub(super) async fn note(
    desk: &Desk,
    member: &Member,
    act: Act,
    case: Option<Folio>,
    refused: &NoPass,
) {
    match refused {
        NoPass::Hidden | NoPass::Refused | NoPass::Blocked => {}
        NoPass::Store(_) | NoPass::Circle(_) | NoPass::Kept(_) => return,
    }
    if let Err(error) = member.recorder(desk).refused(act, case).await {
        tracing::error!(cause = %error, "a refusal could not be written into the log");
    }
}

/// The circle of a case, if it has members.
pub(super) fn circle_of(
    member: &Member,
    entry: &RegisterEntry,
) -> Result<Option<Circle>, OpenError> {
    entry
        .circle
        .as_ref()
        .map(|sealed| open_circle(&member.keyring, entry.id, sealed))
        .transpose()
}

/// A case, if the member is entitled to it.
///
/// # Errors
/// [`NoPass::Store`] and [`NoPass::Circle`].
pub(super) async fn entitled_to(
    desk: &Desk,
    member: &Member,
    folio: Folio,
) -> Result<Option<RegisterEntry>, NoPass> {
    let Some(entry) = desk.cases.case(folio).await? else {
        return Ok(None);
    };
    let circle = circle_of(member, &entry)?;
    let relation = circle.map(|circle| circle.relation_of(member.actor.id));
    Ok((relation == Some(Relation::Entitled)).then_some(entry))
}
