//! Lists that a member comes back to: `POST /vistas`, `POST /vistas/quitar`.
//!
//! A view is a name and a filter. All of a member's are one sealed record, of one size whether there is
//! one or twenty.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::places;
use domain::complaint::{FaultKind, FieldFaults, SecretText, ShortText};
use sealing::SealError;
use serde::{Deserialize, Serialize};
use service::language::Texts;
use service::problem::Problem;
use store::StoreError;
use store::records::{RecordId, RecordKind};

use super::filter::Filter;
use crate::desk::gate::{Form, Member};
use crate::desk::unseen::visible;
use crate::desk::{Desk, fallback};

/// Most views of a member.
const MOST: usize = 20;
/// Most letters of a name.
const NAME: u64 = 60;
/// Bytes of the sealed record: room for all.
const LEAST: usize = 16 << 10;
/// How often a change is tried while another window of the member's changes them.
const TRIES: usize = 4;

/// Why views cannot be read or kept.
#[derive(Debug, thiserror::Error)]
pub(in crate::desk) enum ViewsError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("the form lacks a field")]
    Form,
    #[error(transparent)]
    Field(#[from] FieldFaults),
    #[error("there are as many views as there may be")]
    TooMany,
    #[error("the views of a member stayed contended")]
    Contended,
}

impl ViewsError {
    fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Form => Problem::new(texts, StatusCode::BAD_REQUEST, "not-form"),
            Self::Field(faults) => Problem::fields(texts, faults),
            Self::TooMany => Problem::new(texts, StatusCode::CONFLICT, "too-many-views"),
            Self::Store(_) | Self::Seal(_) | Self::Contended => {
                tracing::error!(cause = %self, "the views of a member cannot be kept");
                fallback::unavailable(texts)
            }
        }
    }
}

/// The views of a member, as they are kept.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Views {
    views: Vec<View>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct View {
    name: SecretText,
    query: String,
}

/// The views of a member, for their links.
pub(in crate::desk) struct SavedViews {
    /// By name.
    pub(in crate::desk) all: Vec<SavedView>,
    /// Whether there were some that do not open: the next one that is kept takes their place.
    pub(in crate::desk) unreadable: bool,
}

/// A view, for its link.
pub(in crate::desk) struct SavedView {
    pub(in crate::desk) name: String,
    pub(in crate::desk) link: String,
}

/// The views of a member, by name.
///
/// # Errors
/// See [`StoreError`].
pub(in crate::desk) async fn of(desk: &Desk, member: &Member) -> Result<SavedViews, ViewsError> {
    let Kept {
        views, unreadable, ..
    } = read(desk, member).await?;
    let saved = views.views.iter().map(|view| SavedView {
        name: visible(view.name.expose()).into_owned(),
        link: format!("/?{}", view.query),
    });
    Ok(SavedViews {
        all: saved.collect(),
        unreadable,
    })
}

#[derive(Deserialize)]
struct Fields {
    name: SecretText,
    query: Option<String>,
}

/// Keeps a list under a name; one of that name gives way.
pub(in crate::desk) async fn keep(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let outcome: Result<String, ViewsError> = async {
        let fields: Fields = form.parse().ok_or(ViewsError::Form)?;
        let view = view(fields)?;
        let query = view.query.clone();
        change(&desk, &member, |views| {
            views.retain(|one| one.name.expose() != view.name.expose());
            if views.len() >= MOST {
                return Err(ViewsError::TooMany);
            }
            let name = SecretText::from(view.name.expose().to_owned());
            let query = view.query.clone();
            views.push(View { name, query });
            views.sort_by(|one, other| one.name.expose().cmp(other.name.expose()));
            Ok(())
        })
        .await?;
        Ok(format!("/?{query}"))
    }
    .await;
    told(&desk, &request, outcome)
}

/// Forgets a view; one that is gone is no error.
pub(in crate::desk) async fn forget(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let outcome: Result<String, ViewsError> = async {
        let fields: Fields = form.parse().ok_or(ViewsError::Form)?;
        change(&desk, &member, |views| {
            views.retain(|one| visible(one.name.expose()) != fields.name.expose());
            Ok(())
        })
        .await?;
        Ok("/".to_owned())
    }
    .await;
    told(&desk, &request, outcome)
}

fn told(desk: &Desk, request: &HttpRequest, outcome: Result<String, ViewsError>) -> HttpResponse {
    match outcome {
        Ok(place) => HttpResponse::SeeOther()
            .insert_header((LOCATION, place))
            .finish(),
        Err(error) => fallback::problem(desk, request, &error.problem(desk.texts(request))),
    }
}

fn view(fields: Fields) -> Result<View, FieldFaults> {
    let name = ShortText::parse(fields.name).map_err(|kind| FieldFaults::one("name", kind))?;
    let name = name.expose().trim();
    if name.is_empty() {
        return Err(FieldFaults::one("name", FaultKind::Required));
    }
    if name.chars().count() > usize::try_from(NAME).unwrap_or(usize::MAX) {
        return Err(FieldFaults::one("name", FaultKind::TooLong { max: NAME }));
    }
    let filter = Filter::parse(&fields.query.unwrap_or_default())?;
    Ok(View {
        name: SecretText::from(name.to_owned()),
        query: filter.first_page().query(),
    })
}

fn place(member: &Member) -> (RecordId, String) {
    let id = member.actor.id.0;
    (RecordId(id), places::record(RecordKind::View.code(), id))
}

/// The views of a member with the bytes that were read: a change is written only if they are kept still.
#[derive(Default)]
struct Kept {
    sealed: Option<Vec<u8>>,
    views: Views,
    /// Whether the bytes do not open; then there are no views.
    unreadable: bool,
}

async fn read(desk: &Desk, member: &Member) -> Result<Kept, StoreError> {
    let (id, place) = place(member);
    let Some(kept) = desk.cases.record(RecordKind::View, id).await? else {
        return Ok(Kept::default());
    };
    let opened = member.keyring.open_record(&place, &kept.sealed);
    if let Err(error) = &opened {
        tracing::error!(cause = %error, "the views of a member do not open; their pages go without");
    }
    Ok(Kept {
        sealed: Some(kept.sealed),
        unreadable: opened.is_err(),
        views: opened.unwrap_or_default(),
    })
}

async fn change(
    desk: &Desk,
    member: &Member,
    change: impl Fn(&mut Vec<View>) -> Result<(), ViewsError>,
) -> Result<(), ViewsError> {
    let (id, place) = place(member);
    for _ in 0..TRIES {
        let Kept {
            sealed: was,
            mut views,
            unreadable,
        } = read(desk, member).await?;
        change(&mut views.views)?;
        if unreadable && views.views.is_empty() {
            // What cannot be read gives way to what somebody keeps, and to nothing else.
            return Ok(());
        }
        let sealed = member.keyring.seal_record(&place, &views, LEAST)?;
        let cases = &desk.cases;
        let put = cases.put_record(RecordKind::View, id, was.as_deref(), &sealed);
        if put.await? {
            return Ok(());
        }
    }
    Err(ViewsError::Contended)
}
