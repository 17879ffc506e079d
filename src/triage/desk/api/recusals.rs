//! Who may see a case, for programs: `/api/v1/cases/{folio}/recusals`. What is pointed out is decided at
//! `/api/v1/acts`, as whatever takes two.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use committee::access::{AccessError, Stated, Statement, Told};
use committee::circle::Basis;
use domain::committee::{MemberId, Shortage, ShownGround};
use domain::complaint::SecretText;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::frame::{answer, refused, taking, told_as_on_pages};
use super::schemas::ProblemView;
use crate::desk::Desk;
use crate::desk::copies;
use crate::desk::gate::Member;
use crate::desk::pass::CasePass;
use crate::desk::recusals::RecusalError;
use crate::desk::recusals::changes::{self, Said};
use crate::desk::recusals::view::{may_know, shown_reasons};

/// What a member says about themselves.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DeclareView {
    /// Up to 2,000 code points; those who may open the case read it.
    #[schema(value_type = String)]
    reason: Option<SecretText>,
}

/// What a member says about another.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PointOutView {
    /// Id of the other.
    member: Option<String>,
    /// Up to 2,000 code points; whoever decides reads it.
    #[schema(value_type = String)]
    reason: Option<SecretText>,
}

/// With whom a case is shared.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ShareView {
    /// Id of the member.
    member: Option<String>,
}

impl From<DeclareView> for Said {
    fn from(DeclareView { reason }: DeclareView) -> Self {
        Self {
            member: None,
            reason,
        }
    }
}

impl From<PointOutView> for Said {
    fn from(PointOutView { member, reason }: PointOutView) -> Self {
        Self { member, reason }
    }
}

impl From<ShareView> for Said {
    fn from(ShareView { member }: ShareView) -> Self {
        Self {
            member,
            reason: None,
        }
    }
}

/// Who may see a case.
#[derive(Serialize, ToSchema)]
pub(super) struct RecusalsView<'a> {
    /// Whether this member may open the case. Who may not learns nothing else here.
    opens: bool,
    /// Those who may open it.
    may_open: Vec<OpenerView>,
    /// Those for whom it does not exist.
    kept_out: Vec<KeptOutView<'a>>,
    /// What is missing if too few are left: codes of seats, `QUORUM`, `PERSONS`.
    missing: Vec<&'static str>,
}

/// One who may open a case.
#[derive(Serialize, ToSchema)]
pub(super) struct OpenerView {
    /// Id of the member.
    member: String,
    /// `seat` or `shared`.
    by: &'static str,
    /// Whether a copy of the key is still to come.
    waits: bool,
}

/// One for whom a case does not exist.
#[derive(Serialize, ToSchema)]
pub(super) struct KeptOutView<'a> {
    /// Id of the member.
    member: String,
    /// Code of the ground, `RESERVADO` where it is not told; none while somebody has to look whether the
    /// member is meant.
    ground: Option<&'static str>,
    /// Since when.
    #[schema(value_type = Option<String>, format = Date)]
    since: Option<Date>,
    /// What points to the member; nothing where the ground is not told.
    reasons: Vec<ReasonView<'a>>,
    /// What members said.
    said: Vec<SaidView<'a>>,
}

/// Something that points to a member.
#[derive(Serialize, ToSchema)]
pub(super) struct ReasonView<'a> {
    /// Path of the field: `people[0].name`, or `text` of a message.
    field: &'a str,
    /// What is written there.
    written: &'a str,
    /// Code of how it points to the member.
    matched: &'static str,
}

/// What a member said.
#[derive(Serialize, ToSchema)]
pub(super) struct SaidView<'a> {
    /// `declared`, `recused` or `lifted`.
    what: &'static str,
    /// Id of the member who said it.
    by: String,
    /// Id of the member who decided so.
    decided_by: Option<String>,
    /// Why.
    reason: &'a str,
}

told_as_on_pages!(RecusalError);

/// Who may see a case, who is kept out of it and why; for whoever may open it.
#[utoipa::path(
    get, path = "/api/v1/cases/{folio}/recusals",
    params(("folio" = String, Path, description = "`CE-<year>-<6 digits>`")),
    responses(
        (status = 200, description = "Who may see it", body = RecusalsView<'_>),
        (status = 404, description = "There is no such case, for this member",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn list(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
) -> HttpResponse {
    let opens = may_know(&member, pass.relation);
    let told = if opens {
        told(&desk, &member, &pass).await
    } else {
        Ok(Vec::new())
    };
    let view = told.as_ref().map(|told| {
        if opens {
            return view(&member, &pass, told);
        }
        RecusalsView {
            opens,
            may_open: Vec::new(),
            kept_out: Vec::new(),
            missing: Vec::new(),
        }
    });
    answer(&desk, &request, StatusCode::OK, view)
}

/// What the case holds of it. That a member read it is in the log first.
async fn told(desk: &Desk, member: &Member, pass: &CasePass) -> Result<Vec<Told>, RecusalError> {
    if !pass.circle.has_looked_at(member.profile()) {
        // The reader may be one whom it is about, under a name or unit that is new.
        copies::settled(desk, member, &pass.entry).await?;
    }
    member.recorder(desk).case_opened(pass.entry.folio).await?;
    match member.access.keys(pass.entry.id, &member.key).await {
        Ok(keys) => Ok(member.access.told(pass.entry.id, &keys).await?),
        // A copy follows; who may see the case is known without.
        Err(AccessError::NoCopy) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

fn view<'a>(member: &Member, pass: &CasePass, told: &'a [Told]) -> RecusalsView<'a> {
    let (circle, people) = (&pass.circle, &member.access.people);
    let excluded = circle.excluded().iter();
    let excluded = excluded.map(|one| (one.member, Some((one.ground.shown(), one.since))));
    let withheld = circle.withheld().iter().map(|member| (*member, None));
    RecusalsView {
        opens: true,
        may_open: circle
            .entitled()
            .iter()
            .map(|one| OpenerView {
                member: one.member.to_string(),
                by: match one.by {
                    Basis::Seat => "seat",
                    Basis::Shared => "shared",
                },
                waits: one.key.is_none() && !people.is_suspended(one.member),
            })
            .collect(),
        kept_out: excluded
            .chain(withheld)
            .map(|(id, why)| KeptOutView {
                member: id.to_string(),
                ground: why.map(|(ground, _)| ground.code()),
                since: why.map(|(_, since)| since),
                reasons: reasons(told, id, why.map(|(ground, _)| ground)),
                said: said(told, id),
            })
            .collect(),
        missing: circle
            .shortage(people.profiles(), member.access.today)
            .iter()
            .map(|one| match one {
                Shortage::Seat { seat } => seat.code(),
                Shortage::Quorum { .. } => "QUORUM",
                Shortage::Persons { .. } => "PERSONS",
            })
            .collect(),
    }
}

fn reasons(told: &[Told], about: MemberId, ground: Option<ShownGround>) -> Vec<ReasonView<'_>> {
    told.iter()
        .flat_map(|told| shown_reasons(&told.what, about, ground))
        .map(|reason| ReasonView {
            field: &reason.field,
            written: reason.written.expose(),
            matched: reason.matched.code(),
        })
        .collect()
}

fn said(told: &[Told], about: MemberId) -> Vec<SaidView<'_>> {
    let said = told.iter().filter_map(|told| told.what.said.as_ref());
    said.filter(|said| said.about == about)
        .map(|said: &Statement| SaidView {
            what: match said.what {
                Stated::Declared => "declared",
                Stated::Recused => "recused",
                Stated::Lifted => "lifted",
            },
            by: said.by.to_string(),
            decided_by: said.decided_by.map(|member| member.to_string()),
            reason: said.reason.expose(),
        })
        .collect()
}

macro_rules! told {
    ($($(#[$meta:meta])* $name:ident($body:ident) = $take:ident
        at $path:literal, $status:literal $answer:literal),+ $(,)?) => {
        $($(#[$meta])*
        #[utoipa::path(
            post, path = $path,
            params(
                ("folio" = String, Path, description = "`CE-<year>-<6 digits>`"),
                ("X-CSRF-Token" = String, Header, description = "The token of the session"),
            ),
            request_body(content = $body, content_type = "application/json"),
            responses(
                (status = $status, description = $answer),
                (status = 403, description = "Not for this member, or the token is missing",
                    body = ProblemView, content_type = "application/problem+json"),
                (status = 404, description = "There is no such case, for this member",
                    body = ProblemView, content_type = "application/problem+json"),
                (status = 409, description = "Whoever is named is kept out or has no key, or nobody would be left",
                    body = ProblemView, content_type = "application/problem+json"),
                (status = 422, description = "The reason or the member breaks a rule",
                    body = ProblemView, content_type = "application/problem+json"),
            ),
            security(("session" = []))
        )]
        pub(in crate::desk) async fn $name(
            desk: Data<Desk>,
            request: HttpRequest,
            member: Member,
            pass: CasePass,
            payload: Payload,
        ) -> HttpResponse {
            let taken = taking(&desk, &request, payload, async |said: $body| {
                changes::$take(&desk, &member, &pass, said.into()).await
            })
            .await;
            match taken {
                Ok(()) => HttpResponse::build(
                    StatusCode::from_u16($status).expect("a status of the table below"),
                )
                .finish(),
                Err(refusal) => refused(&desk, &request, &refusal),
            }
        })+
    };
}

told! {
    /// Says that oneself has a conflict. From then on the case does not exist for the member.
    declare(DeclareView) = take_declaration
        at "/api/v1/cases/{folio}/recusals/declare", 204 "The case exists for this member no more",
    /// Points out another's conflict; a third decides.
    propose(PointOutView) = take_proposal
        at "/api/v1/cases/{folio}/recusals/propose", 202 "It waits for another member",
    /// Asks to let a member in again; another decides.
    lift(PointOutView) = take_lifting
        at "/api/v1/cases/{folio}/recusals/lift", 202 "It waits for another member",
    /// Lets one more member open the case.
    share(ShareView) = take_sharing
        at "/api/v1/cases/{folio}/recusals/share", 204 "The member may open the case",
}
