//! Attentions by phone, in person and in writing, entered at the desk and counted apart from complaints:
//! `/atenciones`; `export` has the counts and the attentions that are seen as tables.
//!
//! Who oversees them sees those of everybody; the others see their own. A note is shown to nobody whom it
//! names: what is told at the desk may be about a member.

pub(super) mod export;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::documents::random_id;
use committee::log::LogError;
use committee::readable::Readable;
use committee::shelf::{Shelf, ShelfError};
use domain::attention::{
    Attention, AttentionId, AttentionKind, AttentionRefused, Channel, Counts, Done, Entered, Month,
    Subject,
};
use domain::catalogue::{OoadCode, Risk, UmaeCode};
use domain::committee::{Act, MemberId, Ruling, conflict, policy};
use jiff::civil::Date;
use serde::Deserialize;
use service::language::Texts;
use service::problem::Problem;
use service::wording;
use store::records::RecordId;
use zeroize::Zeroizing;

use super::fields::{Choice, Fields, Wrong, options};
use super::gate::{Form, Member};
use super::labels::{self, Labelled as _};
use super::meetings::name;
use super::pages::{self, Frame};
use super::unseen::visible;
use super::{Desk, fallback};

/// Where they are.
const HERE: &str = "/atenciones";
/// Most that are shown one by one; the counts are of all.
const ROWS: usize = 200;

/// Why attentions are not shown, or one is not entered.
#[derive(Debug, thiserror::Error)]
pub(super) enum AttentionError {
    /// There is none of this id, for this member.
    #[error("there is no such attention for this member")]
    None,
    #[error(transparent)]
    Field(#[from] Wrong),
    #[error(transparent)]
    Refused(#[from] AttentionRefused),
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    #[error(transparent)]
    Log(#[from] LogError),
    /// Some do not open, so that nobody can count them.
    #[error("an attention does not open")]
    Damaged,
}

impl AttentionError {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        let (status, code) = match self {
            Self::None => (StatusCode::NOT_FOUND, "no-attention"),
            Self::Field(_) => (StatusCode::UNPROCESSABLE_ENTITY, "attention-form"),
            Self::Refused(AttentionRefused::Day) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "attention-day")
            }
            Self::Refused(AttentionRefused::Withdrawn) => {
                (StatusCode::CONFLICT, "attention-withdrawn")
            }
            Self::Damaged => (StatusCode::INTERNAL_SERVER_ERROR, "counts-unreadable"),
            Self::Log(error) => return fallback::not_logged(texts, error),
            Self::Shelf(_) => {
                tracing::error!(cause = %self, "attentions cannot be read or entered");
                return fallback::unavailable(texts);
            }
        };
        Problem::new(texts, status, code)
    }
}

#[derive(Template)]
#[template(path = "attentions.html")]
struct Page<'a> {
    frame: Frame<'a>,
    /// Whether there are some that do not open, and so are not counted.
    unreadable: bool,
    /// Whether the reader sees those of everybody.
    oversees: bool,
    year: i16,
    before: i16,
    after: i16,
    kinds: Vec<String>,
    months: Vec<CountRow>,
    by: Vec<(String, Vec<(String, u32)>)>,
    rows: Vec<Row>,
    left_out: usize,
    today: String,
    channels: Vec<Choice>,
    subjects: Vec<Choice>,
    done: Vec<Choice>,
    risks: Vec<Choice>,
    ooads: Vec<(&'static str, String)>,
    umaes: Vec<(&'static str, String)>,
}

/// A month, or the whole year, and how many of each kind.
struct CountRow {
    name: String,
    of_kind: Vec<u32>,
    all: u32,
}

/// An attention in the list.
struct Row {
    id: String,
    on: Date,
    day: String,
    channel: String,
    subject: String,
    done: String,
    place: Option<String>,
    risk: Option<String>,
    note: Option<Zeroizing<String>>,
    by: Zeroizing<String>,
    withdrawn: bool,
}

#[derive(Deserialize)]
struct Asked {
    year: Option<i16>,
}

/// The page.
pub(super) async fn show(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    let year = year(&desk, &request);
    match seen(&desk, &member, year).await {
        Ok(seen) => pages::page(
            texts,
            StatusCode::OK,
            &page(&desk, texts, &member, year, &seen),
        ),
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

/// The year that is asked for; this one, when it is none.
pub(super) fn year(desk: &Desk, request: &HttpRequest) -> i16 {
    let asked = actix_web::web::Query::<Asked>::from_query(request.query_string());
    let year = asked.ok().and_then(|asked| asked.year);
    let year = year.filter(|year| (2000..=9000).contains(year));
    year.unwrap_or_else(|| desk.today().year())
}

fn oversees(member: &Member) -> bool {
    policy::decide(&member.actor, Act::OverseeAttentions, None) == Ruling::Allowed
}

/// The attentions of a year that a member sees, the newest first.
pub(super) async fn seen(
    desk: &Desk,
    member: &Member,
    year: i16,
) -> Result<Readable<Attention>, AttentionError> {
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let mut all = shelf.readable::<Attention>().await;
    if let Ok(Readable { records, .. }) = &mut all {
        let everybody = oversees(member);
        records
            .retain(|one| one.what.on.year() == year && (everybody || one.by == member.actor.id));
        records.sort_by_key(|one| (std::cmp::Reverse(one.what.on), one.id));
    }
    Ok(all.map_err(ShelfError::from)?)
}

/// Whether a member sees an attention by itself. Of complaints that others wrote down only the counts: there
/// may be one of which this member must not learn.
pub(super) fn is_shown(member: &Member, one: &Attention) -> bool {
    one.by == member.actor.id || one.what.done != Done::Filed
}

fn page<'a>(
    desk: &Desk,
    texts: &'a Texts,
    member: &'a Member,
    year: i16,
    Readable {
        records: seen,
        damaged,
    }: &Readable<Attention>,
) -> Page<'a> {
    let counts = Counts::of(seen, year);
    let shown: Vec<&Attention> = seen.iter().filter(|one| is_shown(member, one)).collect();
    let mut months: Vec<CountRow> = counts
        .months()
        .iter()
        .zip(1..)
        .map(|(month, number)| count_row(texts.get(&format!("month-{number}")), *month))
        .collect();
    months.push(count_row(texts.get("desk-attention-year"), counts.whole()));
    let by = breakdowns(texts, &counts);
    Page {
        frame: Frame::of(texts, member),
        unreadable: *damaged > 0,
        oversees: oversees(member),
        year,
        before: year - 1,
        after: year + 1,
        kinds: labels_of(AttentionKind::ALL, texts),
        months,
        by,
        rows: shown
            .iter()
            .take(ROWS)
            .map(|one| row(texts, member, one))
            .collect(),
        left_out: shown.len().saturating_sub(ROWS),
        today: desk.today().to_string(),
        channels: options(Channel::ALL, texts),
        subjects: options(Subject::ALL, texts),
        done: options(Done::ALL, texts),
        risks: options(Risk::ALL, texts),
        ooads: OoadCode::all()
            .map(|one| (one.code(), one.name().to_owned()))
            .collect(),
        umaes: UmaeCode::all()
            .map(|one| (one.code(), one.name().to_owned()))
            .collect(),
    }
}

/// The counts of a year by channel, subject and outcome: what they are by, and how many of each.
fn breakdowns(texts: &Texts, counts: &Counts) -> Vec<(String, Vec<(String, u32)>)> {
    vec![
        (
            texts.get("desk-attention-channel"),
            parts(Channel::ALL, texts, |one| counts.channel(one)),
        ),
        (
            texts.get("desk-attention-subject"),
            parts(Subject::ALL, texts, |one| counts.subject(one)),
        ),
        (
            texts.get("desk-attention-done"),
            parts(Done::ALL, texts, |one| counts.done(one)),
        ),
    ]
}

fn labels_of<T: labels::Labelled>(all: &[T], texts: &Texts) -> Vec<String> {
    all.iter().map(|one| one.label(texts)).collect()
}

fn parts<T: labels::Labelled>(
    all: &[T],
    texts: &Texts,
    count: impl Fn(T) -> u32,
) -> Vec<(String, u32)> {
    let part = |one: &T| (one.label(texts), count(*one));
    all.iter().map(part).collect()
}

fn count_row(name: String, month: Month) -> CountRow {
    CountRow {
        name,
        of_kind: AttentionKind::ALL
            .iter()
            .map(|kind| month.of(*kind))
            .collect(),
        all: month.all(),
    }
}

fn row(texts: &Texts, member: &Member, one: &Attention) -> Row {
    let what = &one.what;
    let note = what.note.as_ref().map(domain::complaint::ShortText::expose);
    Row {
        id: one.id.to_string(),
        on: what.on,
        day: wording::date(texts, what.on),
        channel: what.channel.label(texts),
        subject: what.subject.label(texts),
        done: what.done.label(texts),
        place: labels::place(what.ooad, what.umae),
        risk: what.risk.map(|risk| risk.label(texts)),
        note: note
            .filter(|_| shows_note(member, one))
            .map(|text| Zeroizing::new(visible(text).into_owned())),
        by: name(member, texts, one.by),
        withdrawn: !one.counts(),
    }
}

/// Whether a member reads the note of one: it may name them.
pub(super) fn shows_note(member: &Member, one: &Attention) -> bool {
    let note = one.what.note.as_ref();
    one.by == member.actor.id || note.is_none_or(|note| !names(member, note.expose()))
}

/// Whether a text names its reader, or somebody of a name like theirs.
pub(super) fn names(member: &Member, text: &str) -> bool {
    let me = std::slice::from_ref(member.profile());
    let found = conflict::assess_text(text, me, member.access.today);
    !found.conflicts.is_empty() || !found.doubts.is_empty()
}

/// Enters one.
pub(super) async fn record(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let entered = match read(&Fields::of(&form)) {
        Ok(what) => enter(&desk, &member, what).await,
        Err(wrong) => Err(wrong.into()),
    };
    answer(&desk, &request, entered.map(|one| one.what.on.year()))
}

fn read(fields: &Fields) -> Result<Entered, Wrong> {
    Ok(Entered {
        on: fields.needed("on")?,
        channel: fields.needed("channel")?,
        subject: fields.needed("subject")?,
        done: fields.needed("done")?,
        ooad: fields.read("ooad")?,
        umae: fields.read("umae")?,
        risk: fields.read("risk")?,
        note: fields.short("note")?,
    })
}

/// Enters what a member says of one.
pub(super) async fn enter(
    desk: &Desk,
    member: &Member,
    what: Entered,
) -> Result<Attention, AttentionError> {
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let id = AttentionId(random_id(member.keyring.rng()).map_err(ShelfError::from)?);
    let one = Attention::enter(id, what, member.actor.id, desk.today())?;
    member.recorder(desk).attention_recorded().await?;
    shelf.add(&one).await?;
    Ok(one)
}

/// Takes one back that was entered by mistake.
pub(super) async fn withdraw(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    id: Path<String>,
) -> HttpResponse {
    let taken = take_back(&desk, &member, &id).await;
    answer(&desk, &request, taken.map(|one| one.what.on.year()))
}

/// Takes one back, if it is this member's to take.
pub(super) async fn take_back(
    desk: &Desk,
    member: &Member,
    id: &str,
) -> Result<Attention, AttentionError> {
    let id: AttentionId = id.parse().map_err(|_| AttentionError::None)?;
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    let may = |by: MemberId| by == member.actor.id || oversees(member);
    let kept = shelf.find::<Attention>(RecordId(id.0)).await?;
    let kept = kept.filter(|one| may(one.by)).ok_or(AttentionError::None)?;
    let today = desk.today();
    kept.withdraw(today)?;
    member.recorder(desk).attention_withdrawn().await?;
    let step = |one: &Attention| -> Result<Attention, AttentionError> { Ok(one.withdraw(today)?) };
    let changed = shelf.step(RecordId(id.0), step).await?;
    changed.ok_or(AttentionError::None)
}

fn answer(
    desk: &Desk,
    request: &HttpRequest,
    outcome: Result<i16, AttentionError>,
) -> HttpResponse {
    match outcome {
        Ok(year) => HttpResponse::SeeOther()
            .insert_header((LOCATION, format!("{HERE}?year={year}")))
            .finish(),
        Err(error) => {
            let problem = error.problem(desk.texts(request));
            fallback::problem(desk, request, &problem)
        }
    }
}
