//! Which cases are asked for: what a query string says, and which cases it takes.

use std::fmt::Write as _;

use actix_web::web::Query;
use std::sync::Arc;

use domain::calendar::Calendar;
use domain::case::CaseState;
use domain::catalogue::{OoadCode, Risk, UmaeCode};
use domain::coded_enum;
use domain::complaint::{FaultKind, FieldFaults};
use domain::procedure::{MoveKind, Owner, is_final, when_unanswered};
use domain::routing::Priority;
use jiff::civil::Date;
use store::casefiles::{Classification, RegisterEntry, RunningTerm};

use super::order::Order;
use super::stuck;
use crate::desk::register::{Case, Eye};
use crate::desk::signal::{Signal, Signals};

coded_enum! {
    /// Something about a case that somebody should look at.
    pub enum Alert {
        /// A term has passed four fifths of its time, ends today or is over: any, not only the next.
        Due = "VENCE",
        /// It came today or on the working day before.
        New = "NUEVO",
        /// It is open and does not move.
        Stuck = "DETENIDO",
        /// No answer stopped the term of a party, and somebody has to confirm what follows.
        Unanswered = "SIN_RESPUESTA",
        /// What was proposed is hidden until somebody classifies it.
        Unaided = "SIN_PROPUESTA",
    }
}

/// Which cases are asked for, in which order, and which page of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::desk) struct Filter {
    /// Received in this year.
    pub(in crate::desk) year: Option<i16>,
    /// With this risk, main or not.
    pub(in crate::desk) risk: Option<Risk>,
    /// In this state.
    pub(in crate::desk) state: Option<CaseState>,
    /// At this OOAD.
    pub(in crate::desk) ooad: Option<OoadCode>,
    /// At this UMAE.
    pub(in crate::desk) umae: Option<UmaeCode>,
    /// Of this priority.
    pub(in crate::desk) priority: Option<Priority>,
    /// Whose next term stands so.
    pub(in crate::desk) signal: Option<Signal>,
    /// Whether a person has to look before the proposal is followed.
    pub(in crate::desk) review: Option<bool>,
    /// Whose next term this one has to keep.
    pub(in crate::desk) owner: Option<Owner>,
    /// What somebody should look at.
    pub(in crate::desk) alert: Option<Alert>,
    /// In which order.
    pub(in crate::desk) order: Order,
    /// Which page, from 0; programs that name none get all of them at once.
    pub(in crate::desk) page: Option<u32>,
}

impl Filter {
    /// Reads a query string. An empty value is one that was not chosen.
    ///
    /// # Errors
    /// The first value that is none of its list, or a field that does not exist.
    pub(in crate::desk) fn parse(query: &str) -> Result<Self, FieldFaults> {
        let fields = Query::<Vec<(String, String)>>::from_query(query)
            .map_err(|_| FieldFaults::one("query", FaultKind::WrongType))?;
        let mut filter = Self::default();
        for (field, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
            let unknown = |_| FieldFaults::one(field, FaultKind::UnknownCode);
            let no_number = || FieldFaults::one(field, FaultKind::WrongType);
            match field.as_str() {
                "year" => filter.year = Some(year(value).ok_or_else(no_number)?),
                "risk" => filter.risk = Some(value.parse().map_err(unknown)?),
                "state" => filter.state = Some(value.parse().map_err(unknown)?),
                "ooad" => filter.ooad = Some(value.parse().map_err(unknown)?),
                "umae" => filter.umae = Some(value.parse().map_err(unknown)?),
                "priority" => filter.priority = Some(value.parse().map_err(unknown)?),
                "signal" => filter.signal = Some(value.parse().map_err(unknown)?),
                "owner" => filter.owner = Some(value.parse().map_err(unknown)?),
                "alert" => filter.alert = Some(value.parse().map_err(unknown)?),
                "review" => filter.review = Some(flag(field, value)?),
                "sort" => filter.order.by = value.parse().map_err(unknown)?,
                "reverse" => filter.order.reverse = flag(field, value)?,
                "page" => filter.page = Some(page(value).ok_or_else(no_number)?),
                _ => return Err(FieldFaults::one(field, FaultKind::UnknownField)),
            }
        }
        Ok(filter)
    }

    /// The query string of it, which reads back as it is.
    pub(in crate::desk) fn query(&self) -> String {
        let mut fields: Vec<(&str, String)> = Vec::new();
        let mut add = |name, value: Option<&str>| {
            fields.extend(value.map(|value| (name, value.to_owned())));
        };
        let year = self.year.map(|year| year.to_string());
        add("year", year.as_deref());
        add("risk", self.risk.map(Risk::code));
        add("state", self.state.map(CaseState::code));
        add("ooad", self.ooad.map(OoadCode::code));
        add("umae", self.umae.map(UmaeCode::code));
        add("priority", self.priority.map(Priority::code));
        add("signal", self.signal.map(Signal::code));
        add("review", self.review.map(said));
        add("owner", self.owner.map(Owner::code));
        add("alert", self.alert.map(Alert::code));
        if self.order != Order::default() {
            add("sort", Some(self.order.by.code()));
            add("reverse", self.order.reverse.then_some(said(true)));
        }
        let page = self.page.map(|page| page.saturating_add(1).to_string());
        add("page", page.as_deref());
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", escaped(value)))
            .collect();
        pairs.join("&")
    }

    /// The same from its first page on.
    pub(in crate::desk) fn first_page(self) -> Self {
        Self { page: None, ..self }
    }

    /// Whether it leaves no case out.
    pub(in crate::desk) fn takes_all(self) -> bool {
        let same = Self {
            order: self.order,
            page: self.page,
            ..Self::default()
        };
        self == same
    }

    /// Whether it takes a case.
    pub(in crate::desk) fn takes(&self, case: &Case, seen: &Seen<'_>) -> bool {
        let entry = &case.entry;
        let found = entry.classification.as_ref();
        self.year.is_none_or(|year| year == entry.folio.year())
            && self.state.is_none_or(|state| state == entry.state)
            && self
                .risk
                .is_none_or(|risk| found.is_some_and(|found| found.labels().contains(&risk)))
            && self.ooad.is_none_or(|ooad| entry.ooad == Some(ooad))
            && self.umae.is_none_or(|umae| entry.umae == Some(umae))
            && self
                .priority
                .is_none_or(|wanted| priority(entry) == Some(wanted))
            && self
                .review
                .is_none_or(|review| found.is_some_and(|found| found.review) == review)
            && self.takes_terms(case, seen)
    }

    fn takes_terms(&self, case: &Case, seen: &Seen<'_>) -> bool {
        let fits = |term: &RunningTerm| {
            self.owner
                .is_none_or(|owner| owner == Owner::of(term.deadline.key))
                && self
                    .signal
                    .is_none_or(|signal| signal == seen.signals.of(term))
        };
        let by_next = || {
            (self.owner.is_none() && self.signal.is_none())
                || case.entry.terms.first().is_some_and(fits)
        };
        match self.alert {
            None => by_next(),
            Some(Alert::Due) => {
                let mut terms = case.entry.terms.iter();
                terms.any(|term| seen.signals.of(term) >= Signal::Late80 && fits(term))
            }
            Some(Alert::New) => case.entry.received_on >= seen.new_since && by_next(),
            Some(Alert::Stuck) => stuck::why(case, seen).is_some() && by_next(),
            Some(Alert::Unaided) => is_unaided(case) && by_next(),
            Some(Alert::Unanswered) => unanswered(case, seen).any(|(term, _)| fits(term)),
        }
    }
}

/// The terms of a case that no answer of a party stopped, and what a person may do since.
pub(in crate::desk) fn unanswered<'c>(
    case: &'c Case,
    seen: &Seen<'_>,
) -> impl Iterator<Item = (&'c RunningTerm, MoveKind)> {
    let today = seen.signals.today();
    let over = case.entry.terms.iter();
    let over = over.filter(move |term| term.deadline.due_on < today);
    over.filter_map(|term| Some((term, when_unanswered(term.deadline.key)?)))
        .filter(|(_, kind)| *kind != MoveKind::Archive || !case.is_never_archived())
}

/// What a case is seen with: for whom, and on which day.
pub(in crate::desk) struct Seen<'a> {
    pub(in crate::desk) eye: Eye<'a>,
    pub(in crate::desk) signals: Signals,
    /// From which day of reception on a case is new.
    pub(in crate::desk) new_since: Date,
    /// Before which day the last entry of a case that is stuck lies.
    pub(in crate::desk) stuck_before: Date,
}

impl<'a> Seen<'a> {
    pub(in crate::desk) fn new(eye: Eye<'a>, calendar: Arc<Calendar>, today: Date) -> Self {
        let yesterday = today.yesterday().unwrap_or(today);
        Self {
            eye,
            new_since: calendar.working_day_until(yesterday).unwrap_or(today),
            stuck_before: stuck::before(&calendar, today),
            signals: Signals::on(calendar, today),
        }
    }
}

/// Whether a case is still worked on.
pub(in crate::desk) fn is_open(case: &Case) -> bool {
    !is_final(case.entry.state)
}

/// Whether a case that is worked on waits for somebody who classifies it without a proposal.
pub(in crate::desk) fn is_unaided(case: &Case) -> bool {
    let found = case.entry.classification.as_ref();
    is_open(case) && found.is_some_and(Classification::is_hidden)
}

/// `None`, which compares least, until the classifier has looked: nobody knows yet how urgent it is.
pub(in crate::desk) fn priority(case: &RegisterEntry) -> Option<Priority> {
    case.classification.as_ref().map(|found| found.priority)
}

/// When the next term ends; a case without a term comes after those with one.
pub(in crate::desk) fn next_day(case: &RegisterEntry) -> Date {
    case.terms
        .first()
        .map_or(Date::MAX, |term| term.deadline.due_on)
}

fn year(value: &str) -> Option<i16> {
    let year = value.parse().ok()?;
    (1000..=9999).contains(&year).then_some(year)
}

/// Pages are counted from 1 where people see it.
fn page(value: &str) -> Option<u32> {
    value.parse::<u32>().ok()?.checked_sub(1)
}

fn flag(field: &str, value: &str) -> Result<bool, FieldFaults> {
    match value {
        "si" => Ok(true),
        "no" => Ok(false),
        _ => Err(FieldFaults::one(field, FaultKind::UnknownCode)),
    }
}

pub(super) const fn said(answer: bool) -> &'static str {
    if answer { "si" } else { "no" }
}

/// Codes are letters, digits, `_` and `-`; whatever else one may have some day is escaped.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') {
            text.push(char::from(byte));
        } else {
            write!(text, "%{byte:02X}").expect("a string takes everything");
        }
    }
    text
}

/// How many cases need what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::desk) struct Counts {
    pub(in crate::desk) all: usize,
    pub(in crate::desk) urgent: usize,
    pub(in crate::desk) review: usize,
    pub(in crate::desk) soon: usize,
    pub(in crate::desk) overdue: usize,
}

impl Counts {
    /// Of cases, each with its next term.
    pub(in crate::desk) fn of<'c>(
        cases: impl Iterator<Item = &'c RegisterEntry>,
        signals: &Signals,
    ) -> Self {
        let mut counts = Self::default();
        for case in cases {
            counts.all += 1;
            counts.urgent += usize::from(priority(case) == Some(Priority::Urgente));
            let found = case.classification.as_ref();
            counts.review += usize::from(found.is_some_and(|found| found.review));
            match case.terms.first().map(|term| signals.of(term)) {
                Some(Signal::Over) => counts.overdue += 1,
                Some(Signal::Due | Signal::Late80) => counts.soon += 1,
                Some(Signal::Half | Signal::Green) | None => {}
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::order::By;
    use super::*;

    #[test]
    fn filters_are_parsed_to_what_they_mean() {
        let filter = Filter::parse(
            "year=2026&risk=acoso_sexual&state=EN_REVISION&signal=VENCIDO&review=si\
             &owner=PRESIDENCIA&alert=DETENIDO&priority=alta&sort=folio&reverse=si&page=3&ooad=jalisco",
        );
        let expected = Filter {
            year: Some(2026),
            risk: Some(Risk::AcosoSexual),
            state: Some(CaseState::UnderReview),
            ooad: "jalisco".parse().ok(),
            umae: None,
            priority: Some(Priority::Alta),
            signal: Some(Signal::Over),
            review: Some(true),
            owner: Some(Owner::Presidencia),
            alert: Some(Alert::Stuck),
            order: Order {
                by: By::Folio,
                reverse: true,
            },
            page: Some(2),
        };
        assert_eq!(filter, Ok(expected));
        assert!(expected.ooad.is_some());
        assert_eq!(Filter::parse("year=&risk=&state="), Ok(Filter::default()));
        assert_eq!(Filter::parse(""), Ok(Filter::default()));
    }

    #[test]
    fn a_filter_that_means_nothing_is_named() {
        for (query, field, kind) in [
            ("year=26", "year", FaultKind::WrongType),
            ("year=2026.5", "year", FaultKind::WrongType),
            ("page=0", "page", FaultKind::WrongType),
            ("risk=acoso", "risk", FaultKind::UnknownCode),
            ("review=1", "review", FaultKind::UnknownCode),
            ("sort=color", "sort", FaultKind::UnknownCode),
            ("state=%00", "state", FaultKind::UnknownCode),
            ("estado=x", "estado", FaultKind::UnknownField),
        ] {
            assert_eq!(
                Filter::parse(query),
                Err(FieldFaults::one(field, kind)),
                "{query}"
            );
        }
    }

    fn any_filter() -> impl Strategy<Value = Filter> {
        let maybe = |all: usize| prop::option::of(0..all);
        let first = (
            prop::option::of(1000..=9999_i16),
            maybe(Risk::ALL.len()),
            maybe(CaseState::ALL.len()),
            maybe(OoadCode::all().len()),
            maybe(UmaeCode::all().len()),
            maybe(Priority::ALL.len()),
        );
        let second = (
            maybe(Signal::ALL.len()),
            prop::option::of(any::<bool>()),
            maybe(Owner::ALL.len()),
            maybe(Alert::ALL.len()),
            0..By::ALL.len(),
            any::<bool>(),
            prop::option::of(0..5000_u32),
        );
        (first, second).prop_map(
            |(
                (year, risk, state, ooad, umae, priority),
                (signal, review, owner, alert, by, reverse, page),
            )| Filter {
                year,
                risk: risk.map(|at| Risk::ALL[at]),
                state: state.map(|at| CaseState::ALL[at]),
                ooad: ooad.and_then(|at| OoadCode::all().nth(at)),
                umae: umae.and_then(|at| UmaeCode::all().nth(at)),
                priority: priority.map(|at| Priority::ALL[at]),
                signal: signal.map(|at| Signal::ALL[at]),
                review,
                owner: owner.map(|at| Owner::ALL[at]),
                alert: alert.map(|at| Alert::ALL[at]),
                order: Order {
                    by: By::ALL[by],
                    reverse,
                },
                page,
            },
        )
    }

    proptest! {
        #[test]
        fn what_a_link_says_reads_back(filter in any_filter()) {
            prop_assert_eq!(Filter::parse(&filter.query()), Ok(filter));
        }
    }
}
