//! Which cases are asked for, and in what order they come.

use domain::calendar::Calendar;
use domain::case::CaseState;
use domain::catalogue::Risk;
use domain::complaint::{FaultKind, FieldFaults};
use domain::routing::Priority;
use jiff::civil::Date;
use opening::OpenError;
use store::StoreError;
use store::casefiles::RegisterEntry;

use super::gate::Member;
use super::pass;
use super::signal::Signal;

/// Why the cases cannot be told.
#[derive(Debug, thiserror::Error)]
pub(super) enum FilterError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It cannot be found out who may know of a case.
    #[error("the circle of a case does not open")]
    Circle(#[from] OpenError),
}

/// Which cases are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// Received in this year.
    pub(super) year: Option<i16>,
    /// With this risk, main or not.
    pub(super) risk: Option<Risk>,
    /// In this state.
    pub(super) state: Option<CaseState>,
}

impl Filter {
    /// Reads a query string. An empty value is one that was not chosen.
    ///
    /// # Errors
    /// The first value that is none of its list, or a field that does not exist.
    pub(super) fn parse(query: &str) -> Result<Self, FieldFaults> {
        let fields = actix_web::web::Query::<Vec<(String, String)>>::from_query(query)
            .map_err(|_| FieldFaults::one("query", FaultKind::WrongType))?;
        let mut filter = Self::default();
        for (field, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
            let unknown = |_| FieldFaults::one(field, FaultKind::UnknownCode);
            match field.as_str() {
                "year" => filter.year = Some(year(value)?),
                "risk" => filter.risk = Some(value.parse().map_err(unknown)?),
                "state" => filter.state = Some(value.parse().map_err(unknown)?),
                _ => return Err(FieldFaults::one(field, FaultKind::UnknownField)),
            }
        }
        Ok(filter)
    }

    /// The cases that a member may know of, the most pressing first: not yet looked at by the classifier, then by priority,
    /// then by the day on which the next term ends, then by folio.
    ///
    /// # Errors
    /// See [`FilterError`].
    pub(super) async fn cases(self, member: &Member) -> Result<Vec<RegisterEntry>, FilterError> {
        let register = member.access.cases.register(self.year).await?;
        let mut found = pass::known_to(member, register)?;
        found.retain(|case| self.takes(case));
        found.sort_by_key(|case| (priority(case), next_day(case), case.folio));
        Ok(found)
    }

    fn takes(self, case: &RegisterEntry) -> bool {
        let risk = self.risk.is_none_or(|risk| {
            case.classification
                .as_ref()
                .is_some_and(|found| found.labels.contains(&risk))
        });
        risk && self.state.is_none_or(|state| state == case.state)
    }
}

fn year(value: &str) -> Result<i16, FieldFaults> {
    value
        .parse()
        .ok()
        .filter(|year| (1000..=9999).contains(year))
        .ok_or_else(|| FieldFaults::one("year", FaultKind::WrongType))
}

/// `None`, which compares least, until the classifier has looked: nobody knows yet how urgent it is.
pub(super) fn priority(case: &RegisterEntry) -> Option<Priority> {
    case.classification.as_ref().map(|found| found.priority)
}

/// When the next term ends; a case without a term comes after those with one.
fn next_day(case: &RegisterEntry) -> Date {
    case.terms
        .first()
        .map_or(Date::MAX, |term| term.deadline.due_on)
}

/// How many cases need what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) all: usize,
    pub(super) urgent: usize,
    pub(super) review: usize,
    pub(super) soon: usize,
    pub(super) overdue: usize,
}

impl Counts {
    pub(super) fn of(cases: &[RegisterEntry], calendar: &Calendar, today: Date) -> Self {
        let mut counts = Self {
            all: cases.len(),
            ..Self::default()
        };
        for case in cases {
            counts.urgent += usize::from(priority(case) == Some(Priority::Urgente));
            counts.review += usize::from(
                case.classification
                    .as_ref()
                    .is_some_and(|found| found.review),
            );
            let next = case.terms.first();
            match next.map(|term| Signal::of(calendar, today, term.deadline.due_on)) {
                Some(Signal::Overdue) => counts.overdue += 1,
                Some(Signal::Soon) => counts.soon += 1,
                Some(Signal::OnTime) | None => {}
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_parsed_to_what_they_mean() {
        let filter = Filter::parse("year=2026&risk=acoso_sexual&state=EN_REVISION").unwrap();
        assert_eq!(
            filter,
            Filter {
                year: Some(2026),
                risk: Some(Risk::AcosoSexual),
                state: Some(CaseState::UnderReview),
            }
        );
        assert_eq!(Filter::parse("year=&risk=&state="), Ok(Filter::default()));
        assert_eq!(Filter::parse(""), Ok(Filter::default()));
    }

    #[test]
    fn a_filter_that_means_nothing_is_named() {
        for (query, field, kind) in [
            ("year=26", "year", FaultKind::WrongType),
            ("year=2026.5", "year", FaultKind::WrongType),
            ("risk=acoso", "risk", FaultKind::UnknownCode),
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
}
