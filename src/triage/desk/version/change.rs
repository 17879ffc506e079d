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
use super::compose::{Field, Version};
use super::party::Party;
use super::show::again;
use crate::desk::case::CaseError;
use crate::desk::gate::{Form, Member};
use crate::desk::papers::keep;
use crate::desk::pass::CasePass;
use crate::desk::{Desk, acts, case, fallback};
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
    let party: Party = party.parse().map_err(|_| VersionError::Unknown)?;
    let sent: Fields = form.parse().ok_or(VersionError::Form)?;
    let dossier = case::find(desk, member, pass).await?;
    let folio = dossier.entry.folio;
    let acts = acts::on_case(desk, member, pass).await?;
    let version = Version::new(&dossier, party, acts.unmasked.as_ref());
    let version = version.ok_or(VersionError::Unknown)?;
    let fields = version.fields();
    let key = sent.field.as_deref().ok_or(VersionError::Form)?;
    let field = fields.iter().find(|field| field.key == key);
    let field = field.ok_or(VersionError::Unknown)?;
    let recorder = member.recorder(desk);
    let masks = match decide(&sent, field, version.decided.field(key)) {
        Ok(masks) => masks,
        Err(error) => {
            let Some(told) = error.beside(texts) else {
                return Err(error);
            };
            // The page shows the case, so that is what was done.
            recorder.case_opened(folio).await.map_err(CaseError::from)?;
            let error = (field.key.clone(), told);
            return Ok(again(texts, member, &dossier, &version, error));
        }
    };
    let mut all = version.decided.fields.clone();
    all.insert(field.key.clone(), masks);
    let content = MasksDocument {
        reader: party.reader(),
        number: party.number(),
        revision: version.decided.revision.saturating_add(1),
        fields: all,
        by: member.session.account.to_string(),
    };
    recorder.version_masked(folio).await?;
    let (case, today) = (dossier.entry.id, desk.today());
    keep(desk, member, case, DocumentKind::Masks, today, &content).await?;
    let place = format!("/casos/{folio}/version/{party}?hecho#campo-{}", field.key);
    Ok(HttpResponse::SeeOther()
        .insert_header((LOCATION, place))
        .finish())
}

/// What then holds for the text.
fn decide(sent: &Fields, field: &Field<'_>, was: FieldMasks) -> Result<FieldMasks, VersionError> {
    let doing = sent.doing.as_deref().map(str::parse);
    let Some(Ok(doing)) = doing else {
        return Err(VersionError::Form);
    };
    match doing {
        Doing::Add => {
            let words = ShortText::parse(sent.text.clone().unwrap_or_default());
            let words = words.map_err(VersionError::Words)?;
            let found = occurrences(field.text, words.expose());
            let found = chosen(found, sent.nth.as_deref())?;
            // What is masked on purpose is shown again only on purpose.
            let added = was.added.and(&found);
            let lifted = was.lifted.without(&found);
            within(FieldMasks {
                added,
                lifted,
                ..was
            })
        }
        Doing::Lift => {
            let span = sent
                .span
                .as_deref()
                .and_then(span)
                .ok_or(VersionError::Form)?;
            if !field.liftable.contains(&span) || span.end() > length(field.text) {
                return Err(VersionError::Form);
            }
            let lifted: Masks = std::iter::once(span).collect();
            within(FieldMasks {
                added: was.added.without(&lifted),
                lifted: was.lifted.and(&lifted),
                ..was
            })
        }
        Doing::Show | Doing::Hide => Ok(FieldMasks {
            shown: doing == Doing::Show,
            ..was
        }),
    }
}

/// All places, or the one that was named, from 1.
fn chosen(found: Vec<Span>, nth: Option<&str>) -> Result<Masks, VersionError> {
    let nth = nth.map(str::trim).filter(|nth| !nth.is_empty());
    let Some(nth) = nth else {
        if found.is_empty() {
            return Err(VersionError::NotFound);
        }
        return Ok(found.into_iter().collect());
    };
    let at = nth.parse::<usize>().ok().and_then(|nth| nth.checked_sub(1));
    let span = at
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
