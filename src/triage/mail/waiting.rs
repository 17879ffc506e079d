//! What waits for a member, in numbers: only of cases that this member may know of.

use committee::access::open_circle;
use committee::circle::Circle;
use committee::keyring::Keyring;
use domain::calendar::{Amount, Calendar, Unit};
use domain::case::Status;
use domain::committee::{Act, Actor, Ruling, policy};
use domain::routing::Priority;
use jiff::civil::Date;
use opening::OpenError;
use service::language::{Language, Translations};
use store::casefiles::RegisterEntry;

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

/// The register with its circles, opened once for all members.
pub(super) struct Register(Vec<(RegisterEntry, Circle)>);

impl Register {
    pub(super) fn open(entries: Vec<RegisterEntry>, keyring: &Keyring) -> Result<Self, OpenError> {
        let mut known = Vec::new();
        for entry in entries {
            if let Some(sealed) = &entry.circle {
                let circle = open_circle(keyring, entry.id, sealed)?;
                known.push((entry, circle));
            }
        }
        Ok(Self(known))
    }

    pub(super) fn waiting(&self, actor: &Actor, calendar: &Calendar, today: Date) -> Waiting {
        let next = Amount {
            value: 1,
            unit: Unit::WorkingDays,
        };
        let soon = calendar.due(today, next).unwrap_or(today);
        let mut waiting = Waiting::default();
        for (entry, circle) in &self.0 {
            let relation = circle.relation_of(actor.id);
            if policy::decide(actor, Act::ReadRegister, Some(relation)) != Ruling::Allowed {
                continue;
            }
            for term in &entry.terms {
                let due_on = term.deadline.due_on;
                waiting.overdue += usize::from(due_on < today);
                waiting.due += usize::from((today..=soon).contains(&due_on));
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
            waiting.urgent += usize::from(is_urgent && is_open);
        }
        waiting
    }
}

impl Waiting {
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
