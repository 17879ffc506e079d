//! What waits for a member, in numbers: only of cases that this member may know of.

use std::collections::HashMap;
use std::sync::Arc;

use committee::circle::Circle;
use domain::calendar::{Amount, Calendar, Unit};
use domain::case::Status;
use domain::committee::{Act, Actor, Ruling, policy};
use domain::routing::Priority;
use jiff::civil::Date;
use service::language::{Language, Translations};
use store::casefiles::RegisterEntry;

use crate::desk::register::Snapshot;

/// Numbers, and nothing of any case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Waiting {
    /// Terms whose last day is over.
    pub(super) overdue: usize,
    /// Terms whose last day is today or the next working one.
    pub(super) due: usize,
    /// Open cases that come before all others.
    pub(super) urgent: usize,
}

/// Counts what waits for a member.
pub(super) fn waiting(
    register: &Snapshot,
    actor: &Actor,
    calendar: &Calendar,
    today: Date,
) -> Waiting {
    let next = Amount {
        value: 1,
        unit: Unit::WorkingDays,
    };
    let soon = calendar.due(today, next).unwrap_or(today);
    // Many cases have the same circle, which the register keeps once.
    let mut known: HashMap<*const Circle, bool> = HashMap::new();
    let mut waiting = Waiting::default();
    for case in register.cases() {
        let Some(circle) = &case.circle else {
            continue;
        };
        let is_known = known.entry(Arc::as_ptr(circle)).or_insert_with(|| {
            let relation = circle.relation_of(actor.id);
            policy::decide(actor, Act::ReadRegister, Some(relation)) == Ruling::Allowed
        });
        if *is_known {
            waiting.add(&case.entry, today, soon);
        }
    }
    waiting
}

impl Waiting {
    fn add(&mut self, entry: &RegisterEntry, today: Date, soon: Date) {
        for term in &entry.terms {
            let due_on = term.deadline.due_on;
            self.overdue += usize::from(due_on < today);
            self.due += usize::from((today..=soon).contains(&due_on));
        }
        let is_urgent = entry
            .classification
            .as_ref()
            .is_some_and(|proposed| proposed.priority == Priority::Urgente);
        let is_open = match entry.state.status() {
            Status::Concluded | Status::Redirected => false,
            Status::Received
            | Status::NeedsInformation
            | Status::InAnalysis
            | Status::InProgress
            | Status::Determined => true,
        };
        self.urgent += usize::from(is_urgent && is_open);
    }

    /// As it is written, in every language.
    pub(super) fn text(self, translations: &Translations) -> String {
        let numbers = [self.overdue, self.due, self.urgent].map(|number| number.to_string());
        let [overdue, due, urgent] = &numbers;
        Language::ALL
            .map(|language| {
                translations.of(language).fill(
                    "desk-mail-waiting",
                    &[("overdue", overdue), ("due", due), ("urgent", urgent)],
                )
            })
            .join("\n\n")
    }
}
