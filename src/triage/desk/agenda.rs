//! `GET /calendario`: a month with the days on which terms end, `GET /calendario.csv`: its list as a table, and `GET /calendario.ics`: the same for the
//! calendar of a member's own device, which says of each term only which it is and the folio.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::complaint::{FaultKind, FieldFaults};
use jiff::Span;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use service::language::Texts;
use service::wording;

use super::gate::Member;
use super::list::{self, ListError, Next, Seen, is_open, next};
use super::pages::{self, Frame};
use super::register::{Case, Snapshot};
use super::table::{self, Table};
use super::{Desk, fallback, shortcuts};

const WEEKDAYS: [&str; 7] = [
    "desk-weekday-1",
    "desk-weekday-2",
    "desk-weekday-3",
    "desk-weekday-4",
    "desk-weekday-5",
    "desk-weekday-6",
    "desk-weekday-7",
];
/// Terms that a day of the grid shows; the list below has all of them.
const OF_A_DAY: usize = 3;

#[derive(Template)]
#[template(path = "agenda.html")]
struct Page<'a> {
    frame: Frame<'a>,
    scripted: bool,
    month: String,
    before: Option<String>,
    after: Option<String>,
    /// The table of the same month.
    table: String,
    weekdays: [String; 7],
    weeks: Vec<Vec<Day>>,
    /// Days on which something ends.
    days: Vec<Day>,
    /// How many terms end in the month.
    all: usize,
}

/// A day of the month, or one that fills its week.
struct Day {
    /// Of the month; `None` for what fills a week.
    number: Option<i8>,
    /// For the anchor and the list.
    date: Date,
    in_words: String,
    is_today: bool,
    /// Whether terms run on it.
    works: bool,
    terms: Vec<Entry>,
    /// How many the grid leaves out.
    more: usize,
}

/// A term that ends.
struct Entry {
    folio: String,
    /// Where it leads.
    way: String,
    term: Next,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    month: Option<String>,
}

/// The page.
pub(super) async fn show(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    match page(&desk, texts, &request, &member).await {
        Ok(page) => pages::page_with_script(texts, StatusCode::OK, &page, page.scripted),
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

async fn page<'a>(
    desk: &Desk,
    texts: &'a Texts,
    request: &HttpRequest,
    member: &'a Member,
) -> Result<Page<'a>, ListError> {
    let seen = list::seen(desk, member);
    let today = seen.signals.today();
    let first = asked(request.query_string(), today)?;
    let register = desk.register.now(&*desk.cases, &member.keyring).await?;
    let mut ends: BTreeMap<Date, Vec<Entry>> = BTreeMap::new();
    for (case, term) in running(&register, &seen) {
        let due_on = term.deadline.due_on;
        if (due_on.year(), due_on.month()) == (first.year(), first.month()) {
            ends.entry(due_on).or_default().push(Entry {
                folio: case.entry.folio.to_string(),
                way: seen.eye.way_to(case),
                term: next(texts, term, &seen),
            });
        }
    }
    let all = ends.values().map(Vec::len).sum();
    let day = |date: Date, terms: Vec<Entry>, shown: usize| Day {
        number: (date.month() == first.month()).then_some(date.day()),
        date,
        in_words: wording::date(texts, date),
        is_today: date == today,
        works: desk.calendar().is_working_day(date),
        more: terms.len().saturating_sub(shown),
        terms,
    };
    let weeks = weeks(first)
        .into_iter()
        .map(|week| {
            week.into_iter()
                .map(|date| {
                    let terms = ends
                        .get(&date)
                        .map_or_else(Vec::new, |terms| terms.iter().map(Entry::again).collect());
                    day(date, terms, OF_A_DAY)
                })
                .collect()
        })
        .collect();
    let days = ends
        .into_iter()
        .map(|(date, terms)| day(date, terms, usize::MAX))
        .collect();
    let other = |months: i64| {
        let span = Span::new().try_months(months).ok()?;
        let month = first.checked_add(span).ok()?;
        Some(format!("/calendario?month={}", month.strftime("%Y-%m")))
    };
    Ok(Page {
        frame: Frame::of(texts, member),
        scripted: shortcuts::are_on(request),
        month: texts.fill(
            "desk-agenda-month",
            &[
                ("month", &texts.get(&format!("month-{}", first.month()))),
                ("year", &first.year().to_string()),
            ],
        ),
        before: other(-1),
        after: other(1),
        table: format!("/calendario.csv?month={}", first.strftime("%Y-%m")),
        weekdays: std::array::from_fn(|day| texts.get(WEEKDAYS[day])),
        weeks,
        days,
        all,
    })
}

impl Entry {
    fn again(&self) -> Self {
        Self {
            folio: self.folio.clone(),
            way: self.way.clone(),
            term: self.term.clone(),
        }
    }
}

/// Terms that run in open cases that the member may know of, by day and folio.
fn running<'c>(
    register: &'c Snapshot,
    seen: &Seen<'_>,
) -> Vec<(&'c Arc<Case>, &'c store::casefiles::RunningTerm)> {
    let mut all: Vec<_> = register
        .cases()
        .filter(|case| seen.eye.knows(case) && is_open(case))
        .flat_map(|case| case.entry.terms.iter().map(move |term| (case, term)))
        .collect();
    all.sort_by_key(|(case, term)| (term.deadline.due_on, case.entry.folio, term.deadline.key));
    all
}

/// The first day of the month that is asked for.
fn asked(query: &str, today: Date) -> Result<Date, FieldFaults> {
    let asked = Query::<Asked>::from_query(query)
        .map_err(|_| FieldFaults::one("query", FaultKind::UnknownField))?
        .into_inner();
    match asked.month.filter(|month| !month.is_empty()) {
        None => Ok(today.first_of_month()),
        Some(month) if month.len() == 7 => format!("{month}-01")
            .parse()
            .map_err(|_| FieldFaults::one("month", FaultKind::NotADate)),
        Some(_) => Err(FieldFaults::one("month", FaultKind::NotADate)),
    }
}

/// The weeks of a month from Monday to Sunday, with the days of other months that fill them.
fn weeks(first: Date) -> Vec<[Date; 7]> {
    let last = first.last_of_month();
    let back = i64::from(first.weekday().since(Weekday::Monday));
    let day = |offset: i64| {
        let span = Span::new().try_days(offset).ok()?;
        first.checked_add(span).ok()
    };
    let mut weeks = Vec::new();
    for week in 0..6 {
        let begins = week * 7 - back;
        if day(begins).is_none_or(|monday| monday > last) {
            break;
        }
        // At the ends of the calendar a week is filled with its nearest day.
        weeks.push(std::array::from_fn(|place| {
            let offset = begins + i64::try_from(place).unwrap_or_default();
            day(offset).unwrap_or(first)
        }));
    }
    weeks
}

/// The list of the month as a table.
pub(super) async fn export(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    let page = page(&desk, texts, &request, &member).await;
    let table = page.map(|page| {
        let headings = [
            "desk-due",
            "desk-folio",
            "desk-signal",
            "desk-next-term",
            "desk-owner",
        ];
        let terms = page.days.iter().flat_map(|day| &day.terms);
        let lines = terms.map(|Entry { folio, term, .. }| {
            [
                term.due_on.to_string().into(),
                folio.as_str().into(),
                term.label.as_str().into(),
                term.what.as_str().into(),
                term.owner.as_str().into(),
            ]
        });
        Table::new(texts, "calendario", headings).with_all(lines)
    });
    table::answer(&desk, &request, table.map_err(|error| error.problem(texts)))
}

/// All terms that run, as a calendar (RFC 5545): which term, the folio, the day, and nothing else.
pub(super) async fn file(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    let seen = list::seen(&desk, &member);
    let register = match desk.register.now(&*desk.cases, &member.keyring).await {
        Ok(register) => register,
        Err(error) => {
            let problem = ListError::from(error).problem(texts);
            return fallback::problem(&desk, &request, &problem);
        }
    };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/calendar; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"plazos.ics\""))
        .body(calendar(texts, &running(&register, &seen)))
}

fn calendar(texts: &Texts, running: &[(&Arc<Case>, &store::casefiles::RunningTerm)]) -> String {
    let mut text = String::from(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Guiando tu Denuncia//Plazos//ES\r\n",
    );
    for (case, term) in running {
        let (key, folio) = (term.deadline.key.code(), case.entry.folio);
        let day = term.deadline.due_on;
        let what = escaped(&texts.get(&format!("term-{key}")));
        let compact = day.strftime("%Y%m%d");
        let ends = day.tomorrow().unwrap_or(day).strftime("%Y%m%d");
        // The stamp is the day itself: when the file was made is nobody's business.
        write!(
            text,
            "BEGIN:VEVENT\r\nUID:{folio}-{key}@guiando\r\nDTSTAMP:{compact}T000000Z\r\n\
             DTSTART;VALUE=DATE:{compact}\r\nDTEND;VALUE=DATE:{ends}\r\n\
             SUMMARY:{folio}\\, {what}\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n",
        )
        .expect("a string takes everything");
    }
    text.push_str("END:VCALENDAR\r\n");
    folded(&text)
}

/// What has a meaning of its own in a text of a calendar.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
}

/// No line is longer than 75 bytes: the rest of it goes on in the next, after a space.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for line in text.split_terminator("\r\n") {
        let mut length = 0;
        for letter in line.chars() {
            if length + letter.len_utf8() > 75 {
                folded.push_str("\r\n ");
                length = 1;
            }
            folded.push(letter);
            length += letter.len_utf8();
        }
        folded.push_str("\r\n");
    }
    folded
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_is_whole_weeks_from_monday() {
        for (first, expected) in [
            (date(2026, 2, 1), 5),
            (date(2027, 2, 1), 4),
            (date(2026, 3, 1), 6),
        ] {
            let weeks = weeks(first);
            assert_eq!(weeks.len(), expected, "{first}");
            let days: Vec<Date> = weeks.concat();
            assert_eq!(days[0].weekday(), Weekday::Monday);
            assert!(
                days.windows(2)
                    .all(|pair| pair[0].tomorrow().unwrap() == pair[1])
            );
            assert!(days.contains(&first) && days.contains(&first.last_of_month()));
        }
    }

    #[test]
    fn a_month_that_is_none_is_refused() {
        let today = date(2026, 3, 4);
        assert_eq!(asked("", today), Ok(date(2026, 3, 1)));
        assert_eq!(asked("month=2025-12", today), Ok(date(2025, 12, 1)));
        for bad in [
            "month=2026-13",
            "month=2026",
            "month=2026-1-1",
            "mes=2026-01",
        ] {
            assert!(asked(bad, today).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_line_of_a_calendar_is_never_longer_than_it_may_be() {
        let long = format!("SUMMARY:{}\r\n", "ñandú ".repeat(60));
        let folded = folded(&long);
        assert!(folded.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(folded.replace("\r\n ", ""), long);
    }
}
