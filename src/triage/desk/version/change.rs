//! What a member masks and shows.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::coded_enum;
use domain::complaint::{FaultKind, SecretText, ShortText};
use domain::redaction::{Masks, Span, length, occurrences};
use serde::Deserialize;
use service::language::Texts;
use store::casefiles::DocumentKind;

use super::VersionError;
use super::compose::Field;
use super::show::{Opened, again, find};
use crate::desk::case::CaseError;
use crate::desk::gate::{Form, Member};
use crate::desk::papers::keep;
use crate::desk::pass::CasePass;
use crate::desk::{Desk, fallback};
use crate::documents::{FieldMasks, MasksDocument};

/// Most ranges that members decide on in one text: beyond it, the text is better not handed over.
const MOST: usize = 1_000;

coded_enum! {
    /// What is changed.
    enum Doing {
        /// Words are masked.
        Add = "add",
        /// A range is shown again.
        Lift = "lift",
        /// A message is handed over.
        Show = "show",
        /// A message is not.
        Hide = "hide",
    }
}

/// What is changed in one text.
pub(in crate::desk) enum Change {
    /// These words are masked wherever they stand, or in one place alone, from 1.
    Add {
        words: SecretText,
        nth: Option<usize>,
    },
    /// This range is shown again.
    Lift { span: Span },
    /// The message is handed over.
    Show,
    /// It is not.
    Hide,
}

#[derive(Deserialize)]
struct Fields {
    #[serde(rename = "do")]
    doing: Option<String>,
    field: Option<String>,
    text: Option<SecretText>,
    nth: Option<String>,
    span: Option<String>,
}

/// The forms of the page.
pub(in crate::desk) async fn change(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String)>,
    form: Form,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let (_, party) = path.into_inner();
    match answer(&desk, texts, &member, &pass, &party, &form).await {
        Ok(answer) => answer,
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

async fn answer(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
    pass: &CasePass,
    party: &str,
    form: &Form,
) -> Result<HttpResponse, VersionError> {
    let sent: Fields = form.parse().ok_or(VersionError::Form)?;
    let opened = find(desk, member, pass, party).await?;
    let (folio, party) = (opened.dossier.entry.folio, opened.party);
    let key = sent.field.clone().ok_or(VersionError::Form)?;
    match apply(desk, member, &opened, &key, read(sent)?).await {
        Ok(()) => {
            let place = format!("/casos/{folio}/version/{party}?hecho#campo-{key}");
            Ok(HttpResponse::SeeOther()
                .insert_header((LOCATION, place))
                .finish())
        }
        Err(error) => {
            let Some(told) = error.beside(texts) else {
                return Err(error);
            };
            // The page shows the case, so that is what was done.
            let recorder = member.recorder(desk);
            recorder.case_opened(folio).await.map_err(CaseError::from)?;
            Ok(again(texts, member, &opened, (key, told)))
        }
    }
}

fn read(sent: Fields) -> Result<Change, VersionError> {
    let doing = sent.doing.as_deref().map(str::parse);
    let Some(Ok(doing)) = doing else {
        return Err(VersionError::Form);
    };
    Ok(match doing {
        Doing::Add => Change::Add {
            words: sent.text.unwrap_or_default(),
            nth: sent
                .nth
                .as_deref()
                .map(str::trim)
                .filter(|nth| !nth.is_empty())
                // There is no place 0.
                .map(|nth| nth.parse().unwrap_or(0)),
        },
        Doing::Lift => Change::Lift {
            span: (sent.span.as_deref())
                .and_then(span)
                .ok_or(VersionError::Form)?,
        },
        Doing::Show => Change::Show,
        Doing::Hide => Change::Hide,
    })
}

/// Keeps what a member decided on one text of a version.
pub(in crate::desk) async fn apply(
    desk: &Desk,
    member: &Member,
    opened: &Opened,
    key: &str,
    change: Change,
) -> Result<(), VersionError> {
    let version = opened.version()?;
    let fields = version.fields();
    let field = fields.iter().find(|field| field.key == key);
    let field = field.ok_or(VersionError::Unknown)?;
    let masks = decide(change, field, version.decided.field(key))?;
    let mut all = version.decided.fields.clone();
    all.insert(field.key.clone(), masks);
    let content = MasksDocument {
        reader: opened.party.reader(),
        number: opened.party.number(),
        revision: version.decided.revision.saturating_add(1),
        fields: all,
        by: member.session.account.to_string(),
    };
    let entry = &opened.dossier.entry;
    member.recorder(desk).version_masked(entry.folio).await?;
    let kind = DocumentKind::Masks;
    keep(desk, member, entry.id, kind, desk.today(), &content).await?;
    Ok(())
}

/// What then holds for the text.
fn decide(change: Change, field: &Field<'_>, was: FieldMasks) -> Result<FieldMasks, VersionError> {
    match change {
        Change::Add { words, nth } => {
            let words = ShortText::parse(words).map_err(VersionError::Words)?;
            let found = occurrences(field.text, words.expose());
            let found = chosen(found, nth)?;
            // What is masked on purpose is shown again only on purpose.
            let added = was.added.and(&found);
            let lifted = was.lifted.without(&found);
            within(FieldMasks {
                added,
                lifted,
                ..was
            })
        }
        Change::Lift { span } => {
            if !field.liftable.contains(&span) || span.end() > length(field.text) {
                return Err(VersionError::NotLiftable);
            }
            let lifted: Masks = std::iter::once(span).collect();
            within(FieldMasks {
                added: was.added.without(&lifted),
                lifted: was.lifted.and(&lifted),
                ..was
            })
        }
        Change::Show => Ok(FieldMasks { shown: true, ..was }),
        Change::Hide => Ok(FieldMasks {
            shown: false,
            ..was
        }),
    }
}

/// All places, or the one that was named, from 1.
fn chosen(found: Vec<Span>, nth: Option<usize>) -> Result<Masks, VersionError> {
    let Some(nth) = nth else {
        if found.is_empty() {
            return Err(VersionError::NotFound);
        }
        return Ok(found.into_iter().collect());
    };
    let span = nth
        .checked_sub(1)
        .and_then(|at| found.get(at))
        .ok_or(VersionError::NotFound)?;
    Ok(std::iter::once(*span).collect())
}

fn within(masks: FieldMasks) -> Result<FieldMasks, VersionError> {
    if masks.added.spans().len() + masks.lifted.spans().len() > MOST {
        return Err(VersionError::Words(FaultKind::TooMany { max: MOST as u64 }));
    }
    Ok(masks)
}

fn span(text: &str) -> Option<Span> {
    let (start, end) = text.split_once('-')?;
    Span::new(start.parse().ok()?, end.parse().ok()?).ok()
}
