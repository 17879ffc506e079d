//! `GET /casos/{folio}/evidencia/{file}`: the page of a file, with what there is to look at in place of it.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cleaning::{NotShown, Refusal, Shown};
use domain::complaint::SecretText;
use domain::evidence::OriginalNeed;
use runner::Viewed;
use serde::Deserialize;
use service::language::Texts;
use service::wording;
use zeroize::Zeroizing;

use super::drawing::ticket;
use super::{Chosen, viewer};
use crate::desk::case::file::FileError;
use crate::desk::gate::Member;
use crate::desk::labels::{self, Labelled as _};
use crate::desk::pages::{self, Frame};
use crate::desk::pass::CasePass;
use crate::desk::unseen::visible;
use crate::desk::{Desk, fallback};

/// Pages that are drawn on one page of ours.
const AT_ONCE: u32 = 10;

#[derive(Deserialize)]
pub(in crate::desk) struct From {
    /// The first page to be drawn.
    desde: Option<u32>,
}

#[derive(Template)]
#[template(path = "evidence.html")]
struct Page<'a> {
    frame: Frame<'a>,
    token: &'a str,
    folio: String,
    address: String,
    name: SecretText,
    day: String,
    media_type: &'static str,
    size: String,
    version: String,
    digest: String,
    damage: Option<String>,
    /// The text, if it is one.
    text: Option<Zeroizing<String>>,
    /// Pictures: their numbers and addresses.
    drawings: Vec<(u32, String)>,
    /// How many pages there are, if they are drawn.
    count: u32,
    /// Whether the file has more than can be looked at.
    cut: bool,
    /// The first page of those before, and of those after.
    earlier: Option<u32>,
    later: Option<u32>,
    /// Why there is nothing to look at.
    why: Option<String>,
    needs: Vec<(&'static str, String)>,
}

/// The page.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String)>,
    from: Option<Query<From>>,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let (_, name) = path.into_inner();
    let from = from.and_then(|from| from.desde).unwrap_or(1).max(1);
    match page(&desk, texts, &member, &pass, &name, from).await {
        Ok(page) => pages::page(texts, StatusCode::OK, &page),
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

async fn page<'a>(
    desk: &Desk,
    texts: &'a Texts,
    member: &'a Member,
    pass: &CasePass,
    name: &str,
    from: u32,
) -> Result<Page<'a>, FileError> {
    let chosen = Chosen::find(desk, member, pass, name).await?;
    chosen.note_opened(desk, member).await?;
    let folio = chosen.dossier.entry.folio;
    let address = chosen.of_case().address(folio);
    let Viewed { view, bytes } = look(desk, &chosen).await?;
    let (mut drawings, mut count, mut cut) = (Vec::new(), 0, false);
    let mut text = None;
    match view.shown {
        Shown::Text { cut: more, .. } => {
            let written = String::from_utf8_lossy(&bytes);
            text = Some(Zeroizing::new(visible(&written).into_owned()));
            cut = more;
        }
        Shown::Pages {
            count: all,
            cut: more,
        } => {
            let ticket = ticket(member, name);
            let last = from.saturating_add(AT_ONCE - 1).min(all);
            let drawing = |page: u32| (page, format!("{address}/vista/{page}/{ticket}"));
            drawings = (from..=last).map(drawing).collect();
            count = all;
            cut = more;
        }
        Shown::Picture { .. } | Shown::Refused(_) | Shown::Nothing(_) => {}
    }
    let file = chosen.of_case();
    let item = chosen.item();
    Ok(Page {
        frame: Frame::of(texts, member),
        token: &member.session.token,
        folio: folio.to_string(),
        name: SecretText::from(visible(item.name.expose()).into_owned()),
        day: wording::date(texts, file.came_on),
        media_type: item.media_type.mime(),
        size: labels::bytes(item.bytes),
        version: item.version.label(texts),
        digest: item.sha256.to_string(),
        damage: labels::damage(texts, file.file.wholeness),
        earlier: (from > 1).then(|| from.saturating_sub(AT_ONCE).max(1)),
        later: from.checked_add(AT_ONCE).filter(|next| *next <= count),
        why: why(texts, view.shown),
        needs: OriginalNeed::ALL
            .iter()
            .map(|need| (need.code(), need.label(texts)))
            .collect(),
        text,
        drawings,
        count,
        cut,
        address,
    })
}

/// What there is to look at. A file that does not arrive whole is nothing to look at, and says so by its damage.
async fn look(desk: &Desk, chosen: &Chosen) -> Result<Viewed, FileError> {
    let (item, case) = (chosen.item(), chosen.dossier.entry.id);
    let Some(viewer) = &desk.viewer else {
        return Ok(viewer::nothing(item.media_type, NotShown::Unavailable));
    };
    match viewer.show(Arc::clone(&desk.cases), case, item, 0).await {
        Err(FileError::Missing | FileError::Damaged(_)) => {
            Ok(viewer::nothing(item.media_type, NotShown::Unreadable))
        }
        other => other,
    }
}

/// Why there is nothing to look at, in words.
pub(super) fn why(texts: &Texts, shown: Shown) -> Option<String> {
    match shown {
        Shown::Text { .. } | Shown::Pages { .. } | Shown::Picture { .. } => None,
        Shown::Refused(why) => Some(texts.get(match why {
            Refusal::Malformed => "desk-view-malformed",
            Refusal::Bomb => "desk-view-bomb",
            Refusal::Mislabelled => "desk-view-mislabelled",
            Refusal::Encrypted => "desk-view-encrypted",
            Refusal::Macros => "desk-view-macros",
        })),
        Shown::Nothing(why) => Some(texts.get(match why {
            NotShown::TooLarge => "desk-view-too-large",
            NotShown::Unsupported => "desk-view-unsupported",
            NotShown::NoSuchPage => "desk-view-no-page",
            NotShown::Unreadable => "desk-view-unreadable",
            NotShown::Timeout => "desk-view-timeout",
            NotShown::Busy => "desk-view-busy",
            NotShown::Unavailable => "desk-view-unavailable",
        })),
    }
}
