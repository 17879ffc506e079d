//! Asking for what takes two, on a case: `POST /casos/{folio}/actos/…`.

use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::acts::{Asked, CaseRef, Kept, Reason};
use domain::committee::{MemberId, Relation};
use domain::complaint::SecretText;
use serde::Deserialize;

use super::Fault;
use crate::desk::gate::{Form, Member};
use crate::desk::pass::CasePass;
use crate::desk::{Desk, fallback};

#[derive(Deserialize)]
struct Fields {
    reason: Option<SecretText>,
    member: Option<String>,
}

/// Why something is asked for, and whom it is about, as they came from outside.
#[derive(Default)]
pub(in crate::desk) struct Told {
    pub(in crate::desk) reason: Option<SecretText>,
    pub(in crate::desk) member: Option<String>,
}

/// Which act on a case is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desk) enum Kind {
    Unmask,
    Export,
    Delete,
    Withdraw,
}

/// A reason from what came from outside.
pub(in crate::desk) fn reason(text: Option<SecretText>) -> Result<Reason, Fault> {
    Reason::parse(text.unwrap_or_default()).map_err(Fault::Reason)
}

/// Asks for an act on a case that the gate let the member at.
pub(in crate::desk) async fn ask(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
    kind: Kind,
    told: Told,
) -> Result<Kept, Fault> {
    let Told {
        reason: why,
        member: whom,
    } = told;
    let why = reason(why)?;
    let case = CaseRef::new(pass.entry.id, pass.entry.folio);
    let what = match kind {
        Kind::Unmask => Asked::UnmaskIdentity { case },
        Kind::Export => Asked::ExportCase { case },
        Kind::Delete => Asked::DeleteCase { case },
        Kind::Withdraw => {
            let whom: Option<MemberId> = whom.and_then(|whom| whom.parse().ok());
            let without = whom
                .filter(|whom| pass.circle.relation_of(*whom) == Relation::Entitled)
                .ok_or(Fault::Whom)?;
            Asked::RotateCase { case, without }
        }
    };
    super::ask(desk, member, Some(pass.relation), what, why).await
}

async fn take(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    form: Form,
    kind: Kind,
) -> HttpResponse {
    let asked = match form.parse() {
        Some(Fields {
            reason,
            member: whom,
        }) => {
            let told = Told {
                reason,
                member: whom,
            };
            ask(&desk, &member, &pass, kind, told).await
        }
        None => Err(Fault::Form),
    };
    match asked {
        Ok(kept) => HttpResponse::SeeOther()
            .insert_header((LOCATION, format!("/actos#acto-{}", kept.act.id)))
            .finish(),
        Err(fault) => fallback::problem(&desk, &request, &fault.problem(desk.texts(&request))),
    }
}

macro_rules! pages {
    ($($(#[$meta:meta])* $name:ident = $kind:ident),+ $(,)?) => {
        $($(#[$meta])*
        pub(in crate::desk) async fn $name(
            desk: Data<Desk>,
            request: HttpRequest,
            member: Member,
            pass: CasePass,
            form: Form,
        ) -> HttpResponse {
            take(desk, request, member, pass, form, Kind::$kind).await
        })+
    };
}

pages! {
    /// Seeing who filed.
    unmask = Unmask,
    /// Taking the whole case out.
    export = Export,
    /// Deleting it.
    delete = Delete,
    /// Taking it from a member.
    withdraw = Withdraw,
}
