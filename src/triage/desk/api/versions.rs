//! `/api/v1/cases/{folio}/versions/{party}` and below: the file of a case as one of its parties may read it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use domain::complaint::SecretText;
use domain::redaction::{Masks, Span};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use service::language::Texts;
use utoipa::ToSchema;

use super::frame::{answer, taking, told_as_on_pages};
use super::schemas::ProblemView;
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::pass::CasePass;
use crate::desk::version::{self, Change, Field, Opened, VersionError};

told_as_on_pages!(VersionError);

/// A version.
#[derive(Serialize, ToSchema)]
struct VersionView {
    folio: String,
    /// As addresses name the party: `persona_denunciante`, or `persona_denunciada`, `persona_denunciada-2`, and
    /// so on.
    party: String,
    /// The other parties, each of which has a version.
    others: Vec<String>,
    /// Whether names may be shown again.
    names_open: bool,
    /// The story first, then the messages.
    texts: Vec<TextView>,
    /// What stands beside, as it is handed over.
    sections: Vec<SectionView>,
}

/// A text, whole, and what of it is masked.
#[derive(Serialize, ToSchema)]
struct TextView {
    /// `relato`, or the name of a message.
    field: String,
    /// The day of a message.
    #[schema(value_type = Option<String>, format = Date)]
    written_on: Option<Date>,
    /// `committee`, `system` or `complainant`, of a message.
    from: Option<&'static str>,
    #[schema(value_type = String)]
    text: SecretText,
    /// Whether the party gets it at all.
    shown: bool,
    /// Ranges of code points: the first, and one past the last.
    #[schema(value_type = Vec<(u32, u32)>)]
    masks: Masks,
    /// Those that may be shown again.
    #[schema(value_type = Vec<(u32, u32)>)]
    liftable: Vec<Span>,
}

/// Facts that stand beside the texts.
#[derive(Serialize, ToSchema)]
struct SectionView {
    title: String,
    /// What it is, and what is said of it.
    facts: Vec<(String, String)>,
}

/// What is changed in one text.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum ChangeBody {
    /// Words are masked wherever they stand, or in one place alone.
    Add {
        field: String,
        /// Up to 300 code points.
        #[schema(value_type = String)]
        text: SecretText,
        /// Which place, from 1.
        #[serde(default)]
        nth: Option<usize>,
    },
    /// A range is shown again.
    Lift {
        field: String,
        #[schema(value_type = (u32, u32))]
        span: Span,
    },
    /// A message is handed over.
    Show { field: String },
    /// A message is not.
    Hide { field: String },
}

impl ChangeBody {
    fn read(self) -> (String, Change) {
        match self {
            Self::Add { field, text, nth } => (field, Change::Add { words: text, nth }),
            Self::Lift { field, span } => (field, Change::Lift { span }),
            Self::Show { field } => (field, Change::Show),
            Self::Hide { field } => (field, Change::Hide),
        }
    }
}

impl VersionView {
    fn new(texts: &Texts, opened: &Opened) -> Result<Self, VersionError> {
        let version = opened.version()?;
        let fields = version.fields().into_iter();
        let sections = version.sections(texts).into_iter();
        Ok(Self {
            folio: opened.dossier.entry.folio.to_string(),
            party: opened.party.to_string(),
            others: opened.others().map(|party| party.to_string()).collect(),
            names_open: version.names_open,
            texts: fields.map(TextView::from).collect(),
            sections: sections
                .map(|(title, facts)| SectionView { title, facts })
                .collect(),
        })
    }
}

impl From<Field<'_>> for TextView {
    fn from(field: Field<'_>) -> Self {
        Self {
            field: field.key,
            written_on: field.message.map(|message| message.written_on),
            from: field.message.map(|message| message.from.code()),
            text: SecretText::from(field.text.to_owned()),
            shown: field.shown,
            masks: field.masks,
            liftable: field.liftable,
        }
    }
}

/// The version of a party.
#[utoipa::path(
    get, path = "/api/v1/cases/{folio}/versions/{party}",
    params(
        ("folio" = String, Path, description = "`CE-<year>-<6 digits>`"),
        ("party" = String, Path,
            description = "`persona_denunciante`, `persona_denunciada`, `persona_denunciada-2`, …"),
    ),
    responses(
        (status = 200, description = "Its texts and what is masked", body = VersionView),
        (status = 404, description = "There is no such case or party, for this member",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String)>,
) -> HttpResponse {
    let (_, party) = path.into_inner();
    let opened = version::open(&desk, &member, &pass, &party).await;
    let texts = desk.texts(&request);
    let view = opened.and_then(|opened| VersionView::new(texts, &opened));
    answer(&desk, &request, StatusCode::OK, view)
}

/// Masks words in a text or shows a range again: `{"do": "add", "field": "relato", "text": "…"}`,
/// `{"do": "lift", "field": "relato", "span": [3, 9]}`; or decides whether a message is handed over:
/// `{"do": "show", "field": "…"}`, `{"do": "hide", "field": "…"}`.
#[utoipa::path(
    post, path = "/api/v1/cases/{folio}/versions/{party}",
    params(
        ("folio" = String, Path, description = "`CE-<year>-<6 digits>`"),
        ("party" = String, Path, description = "As above"),
        ("X-CSRF-Token" = String, Header, description = "The token of the session"),
    ),
    request_body(content = ChangeBody, content_type = "application/json"),
    responses(
        (status = 200, description = "The version since", body = VersionView),
        (status = 403, description = "Not for this member, or the token is missing",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 404, description = "There is no such case, party or text, for this member",
            body = ProblemView, content_type = "application/problem+json"),
        (status = 422, description = "The words are not in the text, or the range cannot be shown again",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn change(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String)>,
    payload: Payload,
) -> HttpResponse {
    let (_, party) = path.into_inner();
    let changed = taking(&desk, &request, payload, async |sent: ChangeBody| {
        let (field, change) = sent.read();
        let opened = version::find(&desk, &member, &pass, &party).await?;
        version::apply(&desk, &member, &opened, &field, change).await?;
        let opened = version::open(&desk, &member, &pass, &party).await?;
        VersionView::new(desk.texts(&request), &opened)
    })
    .await;
    answer(&desk, &request, StatusCode::OK, changed)
}
