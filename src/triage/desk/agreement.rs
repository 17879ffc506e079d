//! `GET /clasificador`: how often the committee says what the machine proposed, in the cases that the reader
//! may open.
//!
//! What is counted lies sealed in each case, so it is counted for each reader anew, with the reader's own key,
//! and kept nowhere. As with the search, opening a case for a number is no entry of the log: nothing of any
//! one case is told.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::feedback::{Agreement, Found, OfVersion, Opinion, Quarter, Rate, Rates, Reader};
use service::language::Texts;
use store::StoreError;
use store::casefiles::RegisterEntry;
use tokio::runtime::Handle;

use super::gate::Member;
use super::labels::Labelled as _;
use super::list::{self, ListError};
use super::pages::{self, Frame};
use super::register::RegisterError;
use super::{Desk, fallback};

/// Most cases that a page opens: a few seconds.
const MOST: usize = 500;

#[derive(Template)]
#[template(path = "agreement.html")]
struct Page<'a> {
    frame: Frame<'a>,
    versions: Vec<Version>,
    counted: usize,
    /// Cases that were not looked at, since they are older than the last so many.
    left_out: usize,
}

/// What is said of one version of the classifier.
struct Version {
    model: String,
    hidden: String,
    shown: String,
    quarters: Vec<Line>,
    /// By quarter. In one number: urgency is never hidden.
    urgency: Vec<(String, String)>,
    classes: Vec<Line>,
}

/// A line of a table: hidden and shown apart.
struct Line {
    name: String,
    hidden: String,
    shown: String,
}

/// The page.
pub(super) async fn show(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    match counted(&desk, &member).await {
        Ok(Counted { opinions, left_out }) => {
            let agreement = Agreement::of(&opinions);
            let page = Page {
                frame: Frame::of(texts, &member),
                versions: agreement
                    .versions
                    .iter()
                    .map(|version| in_words(texts, version))
                    .collect(),
                counted: opinions.len(),
                left_out,
            };
            pages::page(texts, StatusCode::OK, &page)
        }
        Err(error) => {
            let problem = ListError::from(error).problem(texts);
            fallback::problem(&desk, &request, &problem)
        }
    }
}

struct Counted {
    opinions: Vec<Opinion>,
    left_out: usize,
}

/// What the committee made of the proposals of the cases that came last.
async fn counted(desk: &Desk, member: &Member) -> Result<Counted, RegisterError> {
    let register = desk.register.now(&*desk.cases, &member.keyring).await?;
    let mut cases: Vec<_> = {
        let seen = list::seen(desk, member);
        let all = register.cases();
        all.filter(|case| case.entry.classification.is_some() && seen.eye.reads(case))
            .cloned()
            .collect()
    };
    cases.sort_by_key(|case| std::cmp::Reverse((case.entry.received_on, case.entry.folio)));
    let left_out = cases.len().saturating_sub(MOST);
    cases.truncate(MOST);
    let entries = cases.iter().map(|case| case.entry.clone()).collect();
    let opinions = read_all(desk, member, entries).await?;
    Ok(Counted { opinions, left_out })
}

/// Opening cases takes the processor for long: not on a thread that answers, and one reader at a time, in turns
/// with what is read for the search.
async fn read_all(
    desk: &Desk,
    member: &Member,
    entries: Vec<RegisterEntry>,
) -> Result<Vec<Opinion>, StoreError> {
    let (access, key) = (member.access.clone(), member.key.clone());
    let (actor, turns) = (member.actor, Arc::clone(&desk.turns));
    let handle = Handle::current();
    let read = tokio::task::spawn_blocking(move || {
        handle.block_on(async {
            let _turn = turns
                .acquire()
                .await
                .map_err(|closed| StoreError::Unavailable(closed.into()))?;
            let reader = Reader {
                access: &access,
                person: &key,
                actor: &actor,
            };
            let mut opinions = Vec::new();
            for entry in &entries {
                opinions.extend(read(&reader, entry).await?);
            }
            Ok(opinions)
        })
    });
    read.await
        .unwrap_or_else(|stopped| Err(StoreError::Unavailable(stopped.into())))
}

/// Cases that do not open say so on their own pages.
async fn read(reader: &Reader<'_>, entry: &RegisterEntry) -> Result<Option<Opinion>, StoreError> {
    let Ok(read) = reader.look(entry).await? else {
        return Ok(None);
    };
    Ok(match reader.opinion(entry, &read).await? {
        Found::Opinion(opinion) => Some(*opinion),
        Found::Nothing | Found::Damaged => None,
    })
}

fn in_words(texts: &Texts, version: &OfVersion) -> Version {
    let line = |name: String, hidden: Rate, shown: Rate| Line {
        name,
        hidden: rate(texts, hidden),
        shown: rate(texts, shown),
    };
    Version {
        model: version.model.clone(),
        hidden: rate(texts, version.main.hidden),
        shown: rate(texts, version.main.shown),
        quarters: version
            .quarters
            .iter()
            .map(|of| {
                let name = quarter(texts, of.quarter);
                line(name, of.main.hidden, of.main.shown)
            })
            .collect(),
        urgency: version
            .quarters
            .iter()
            .map(|of| {
                let Rates { hidden, shown } = of.urgency;
                let all = Rate {
                    agreed: hidden.agreed + shown.agreed,
                    of: hidden.of + shown.of,
                };
                (quarter(texts, of.quarter), rate(texts, all))
            })
            .collect(),
        classes: version
            .classes
            .iter()
            .map(|of| line(of.class.label(texts), of.main.hidden, of.main.shown))
            .collect(),
    }
}

fn quarter(texts: &Texts, quarter: Quarter) -> String {
    let (year, number) = (quarter.year.to_string(), quarter.number.to_string());
    texts.fill(
        "desk-agreement-quarter",
        &[("year", &year), ("number", &number)],
    )
}

/// A rate in words; one of few cases has no share, which would say more than is known.
fn rate(texts: &Texts, rate: Rate) -> String {
    let (agreed, of) = (rate.agreed.to_string(), rate.of.to_string());
    let counts = [("agreed", agreed.as_str()), ("of", of.as_str())];
    let Some((share, (from, to))) = rate.share().zip(rate.interval()) else {
        return texts.get("desk-agreement-none");
    };
    if rate.is_of_few() {
        return texts.fill("desk-agreement-few", &counts);
    }
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    let (share, from, to) = (percent(share), percent(from), percent(to));
    let shares = [
        ("share", share.as_str()),
        ("from", from.as_str()),
        ("to", to.as_str()),
    ];
    texts.fill("desk-agreement-rate", &[&counts[..], &shares[..]].concat())
}
