//! Which entries a member may read, and under which numbers.
//!
//! Everybody reads what they did themselves, and what was done on the cases that they may open; those who
//! oversee the committee read all else. A case that does not exist for a member exists in no line, and
//! the lines are counted for each reader, so that no number is missing where one was left out.

use std::collections::HashMap;

use domain::case::Folio;
use domain::committee::policy::{Actor as Reader, decide};
use domain::committee::{Act, Relation, Ruling};
use jiff::Timestamp;

use super::entry::{Entry, Event, Members};
use super::read::{Content, Opened};

/// An entry as one reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The reader's own count, from 1 on, the oldest first.
    pub number: u64,
    /// The entry, without what is not for this reader.
    pub entry: Entry,
}

/// All that a member may read, the oldest first. `relation` says what the reader is to each case that
/// there is, and `None` for one that there is not.
pub fn of(
    entries: &[Opened],
    reader: &Reader,
    relation: impl Fn(Folio) -> Option<Relation>,
) -> Vec<Line> {
    let acts = entries.iter().filter_map(|opened| match &opened.content {
        Content::Act(entry) if !is_of_the_service(entry.event) => Some(entry),
        Content::Act(_) | Content::Key(_) => None,
    });
    let deleted: HashMap<Folio, &Members> = acts
        .clone()
        .filter(|entry| entry.event == Event::CaseDeleted)
        .filter_map(|entry| Some((entry.case?, &entry.kept_from)))
        .collect();
    let relation = |case| {
        relation(case).or_else(|| {
            let kept_from = deleted.get(&case)?;
            Some(if kept_from.contains(reader.id) {
                Relation::Excluded
            } else {
                Relation::Outside
            })
        })
    };
    acts.filter_map(|entry| seen(entry, reader, &relation))
        .zip(1..)
        .map(|(entry, number)| Line {
            number,
            // It counts what was done, of which the reader may not know.
            entry: Entry {
                generation: 0,
                ..entry
            },
        })
        .collect()
}

/// The hash of the entry with which the latest day began, and that moment: what a member notes. The
/// last entry of all would tell, by being another, that something was done which the member may not
/// know of.
pub fn seal_of_the_day(entries: &[Opened]) -> Option<(Timestamp, [u8; 32])> {
    entries
        .iter()
        .rev()
        .find_map(|opened| match &opened.content {
            Content::Act(entry) if entry.event == Event::DayBegun => Some((entry.at, opened.hash)),
            Content::Act(_) | Content::Key(_) => None,
        })
}

fn seen(
    entry: &Entry,
    reader: &Reader,
    relation: &impl Fn(Folio) -> Option<Relation>,
) -> Option<Entry> {
    let may = |act, relation| decide(reader, act, relation) == Ruling::Allowed;
    let own = entry.actor.member() == Some(reader.id);
    if !own && entry.subject == Some(reader.id) && is_asked_behind_ones_back(entry) {
        return None;
    }
    let Some(case) = entry.case else {
        let concerned = own || entry.subject == Some(reader.id);
        return (may(Act::OverseeLog, None) || (concerned && may(Act::ReadLog, None)))
            .then(|| entry.clone());
    };
    match relation(case) {
        Some(known) if may(Act::ReadRegister, Some(known)) => {
            let may_read =
                own || may(Act::ReadLog, Some(known)) || may(Act::OverseeLog, Some(known));
            may_read.then(|| Entry {
                // It says who was excluded from the case.
                kept_from: Members::default(),
                ..entry.clone()
            })
        }
        // Asking for a case that does not exist, or not for this reader, is the reader's own doing, and
        // looks the same in both cases; to others it tells nothing that they may know.
        Some(_) | None => (own && entry.event == Event::ActRefused && may(Act::ReadLog, None))
            .then(|| Entry {
                case: None,
                ..entry.clone()
            }),
    }
}

/// What the service writes for itself, which is no act of anybody.
fn is_of_the_service(event: Event) -> bool {
    [Event::DayBegun, Event::StateNoted].contains(&event)
}

/// Whether it is asked, or decided, whether a member has a conflict, or asked to suspend them: they do
/// not hear of it, neither before nor, if it comes to nothing, after.
fn is_asked_behind_ones_back(entry: &Entry) -> bool {
    let events = [
        Event::RecusalProposed,
        Event::RecusalUpheld,
        Event::RecusalRejected,
        Event::ConflictFound,
    ];
    events.contains(&entry.event)
        || [Some(Act::DecideRecusal), Some(Act::SuspendMember)].contains(&entry.act)
}
