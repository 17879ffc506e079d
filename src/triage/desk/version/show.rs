//! The version on a page, with what is masked struck out, and as PDF.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::redaction::{Masks, Piece, Reader, Span};
use service::language::{Language, Texts};
use service::wording;

use super::VersionError;
use super::compose::{Field, Version};
use super::party::Party;
use crate::desk::acts;
use crate::desk::api::schemas::ProblemView;
use crate::desk::case::file::disposition;
use crate::desk::dossier::Dossier;
use crate::desk::gate::Member;
use crate::desk::identity::Unmasked;
use crate::desk::labels::Labelled as _;
use crate::desk::pages::{self, Frame};
use crate::desk::papers::taken;
use crate::desk::pass::CasePass;
use crate::desk::unseen::visible;
use crate::desk::{Desk, case, fallback};

#[derive(Template)]
#[template(path = "version.html")]
pub(super) struct Page<'a> {
    frame: Frame<'a>,
    folio: String,
    /// As addresses name the party.
    party: String,
    title: String,
    /// The other parties: as addresses name them, and what their version is called.
    others: Vec<(String, String)>,
    fields: Vec<Text<'a>>,
    sections: Vec<(String, Vec<(String, String)>)>,
    names_open: bool,
    done: bool,
    /// What is wrong with what was sent, and beside which text.
    error: Option<(String, String)>,
}

struct Text<'a> {
    key: String,
    label: String,
    /// Whether a member decides if it is handed over.
    is_optional: bool,
    shown: bool,
    pieces: Vec<Shown<'a>>,
    liftable: Vec<Lift<'a>>,
}

struct Shown<'a> {
    text: Cow<'a, str>,
    masked: bool,
}

struct Lift<'a> {
    span: String,
    words: Cow<'a, str>,
}

/// The page.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String)>,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let (_, party) = path.into_inner();
    let done = request.query_string() == "hecho";
    match answer(&desk, texts, &member, &pass, &party, done).await {
        Ok(answer) => answer,
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

/// A case, opened for the version of one of its parties.
pub(in crate::desk) struct Opened {
    pub(in crate::desk) dossier: Dossier,
    pub(in crate::desk) party: Party,
    unmasked: Option<Unmasked>,
}

impl Opened {
    /// The version; an error if the case has no such party.
    pub(in crate::desk) fn version(&self) -> Result<Version<'_>, VersionError> {
        let version = Version::new(&self.dossier, self.party, self.unmasked.as_ref());
        version.ok_or(VersionError::Unknown)
    }

    /// The other parties of the case.
    pub(in crate::desk) fn others(&self) -> impl Iterator<Item = Party> {
        let (own, people) = (self.party, self.dossier.complaint.people.len());
        Party::all(people).filter(move |other| *other != own)
    }
}

/// Opens a case for whoever reads a version of it, which is written down first.
pub(in crate::desk) async fn open(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
    party: &str,
) -> Result<Opened, VersionError> {
    let opened = find(desk, member, pass, party).await?;
    let recorder = member.recorder(desk);
    recorder.case_opened(opened.dossier.entry.folio).await?;
    Ok(opened)
}

/// The same for whoever does something else with it, which is written down by what does it.
pub(in crate::desk) async fn find(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
    party: &str,
) -> Result<Opened, VersionError> {
    let party: Party = party.parse().map_err(|_| VersionError::Unknown)?;
    Ok(Opened {
        dossier: case::find(desk, member, pass).await?,
        party,
        unmasked: acts::on_case(desk, member, pass).await?.unmasked,
    })
}

async fn answer(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
    pass: &CasePass,
    party: &str,
    done: bool,
) -> Result<HttpResponse, VersionError> {
    let opened = open(desk, member, pass, party).await?;
    let version = opened.version()?;
    let page = Page {
        done,
        ..page(Frame::of(texts, member), &opened.dossier, &version)
    };
    Ok(pages::page(texts, StatusCode::OK, &page))
}

/// The page again, with what is wrong with what was sent.
pub(super) fn again(
    texts: &Texts,
    member: &Member,
    opened: &Opened,
    error: (String, String),
) -> HttpResponse {
    let version = match opened.version() {
        Ok(version) => version,
        Err(error) => return pages::problem(texts, &error.problem(texts), Some(&member.at_risk)),
    };
    let page = Page {
        error: Some(error),
        ..page(Frame::of(texts, member), &opened.dossier, &version)
    };
    pages::page(texts, StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn page<'a>(frame: Frame<'a>, dossier: &'a Dossier, version: &Version<'a>) -> Page<'a> {
    let party = version.party;
    let people = dossier.complaint.people.len();
    let others = Party::all(people).filter(|other| *other != party);
    let others = others.map(|other| (other.to_string(), title(frame.t, other, people)));
    let fields = version.fields().into_iter();
    Page {
        frame,
        folio: dossier.entry.folio.to_string(),
        party: party.to_string(),
        title: title(frame.t, party, people),
        others: others.collect(),
        fields: fields
            .map(|field| text(frame.t, party.reader(), field))
            .collect(),
        sections: version.sections(frame.t),
        names_open: version.names_open,
        done: false,
        error: None,
    }
}

/// What a version is called, with a number where several are denounced.
fn title(texts: &Texts, party: Party, people: usize) -> String {
    match party {
        Party::Complainant => texts.get("desk-version-complainant"),
        Party::Denounced(number) if people > 1 => {
            texts.with("desk-version-denounced-one", "number", u32::from(number))
        }
        Party::Denounced(_) => texts.get("desk-version-denounced"),
    }
}

fn text<'a>(texts: &Texts, reader: Reader, field: Field<'a>) -> Text<'a> {
    let label = match field.message {
        None => texts.get("desk-version-narrative"),
        Some(message) => texts.fill(
            "desk-version-message",
            &[
                ("date", &wording::date(texts, message.written_on)),
                ("from", &message.from.label(texts)),
            ],
        ),
    };
    let pieces = field.masks.pieces(field.text).into_iter();
    let liftable = field.liftable.iter().map(|span| Lift {
        span: format!("{}-{}", span.start(), span.end()),
        words: words(field.text, *span),
    });
    Text {
        label,
        is_optional: field.message.is_some() && reader == Reader::Denounced,
        shown: field.shown,
        liftable: liftable.collect(),
        pieces: pieces
            .map(|piece| match piece {
                Piece::Shown(words) => Shown {
                    text: visible(words),
                    masked: false,
                },
                Piece::Masked { words, .. } => Shown {
                    text: visible(words),
                    masked: true,
                },
            })
            .collect(),
        key: field.key,
    }
}

/// What a range covers.
fn words(text: &str, span: Span) -> Cow<'_, str> {
    let masks: Masks = std::iter::once(span).collect();
    let pieces = masks.pieces(text).into_iter();
    let mut covered = pieces.filter_map(|piece| match piece {
        Piece::Masked { words, .. } => Some(words),
        Piece::Shown(_) => None,
    });
    covered.next().map_or(Cow::Borrowed(""), visible)
}

/// The version as PDF.
#[utoipa::path(
    get, path = "/api/v1/cases/{folio}/versions/{party}/pdf",
    params(
        ("folio" = String, Path, description = "`CE-<year>-<6 digits>`"),
        ("party" = String, Path, description = "As in `versions/{party}`"),
    ),
    responses(
        (status = 200, description = "The file, which is written into the log",
            content_type = "application/pdf"),
        (status = 404, description = "There is no such case or party, for this member",
            body = ProblemView, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(in crate::desk) async fn take(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
    path: Path<(String, String)>,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let (_, party) = path.into_inner();
    match file(&desk, &member, &pass, &party).await {
        Ok(answer) => answer,
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

async fn file(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
    party: &str,
) -> Result<HttpResponse, VersionError> {
    let opened = find(desk, member, pass, party).await?;
    let (folio, party) = (opened.dossier.entry.folio, opened.party);
    let version = opened.version()?;
    member.recorder(desk).version_taken(folio).await?;
    // What is handed over is Spanish, whatever the reader's language.
    let texts = desk.translations.of(Language::EsMx);
    let document = version.file(texts, desk.today()).document();
    let name = disposition(&format!("{folio}-version-{party}.pdf"));
    Ok(taken("application/pdf", &name, papers::pdf(&document)))
}
