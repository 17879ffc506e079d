//! What was done in a case, and what it has several of, in words.

use std::cmp::Reverse;

use domain::case::CaseState;
use domain::procedure::{Course, Move, MoveKind, Step};
use jiff::civil::Date;
use mailbox::Author;
use serde_json::Value;
use service::language::Texts;
use service::wording;

use super::fields::{Codes, Input, fields};
use super::inputs::change_in_words;
use crate::desk::dossier::{Answered, Done, Dossier};
use crate::desk::gate::Member;
use crate::desk::labels::{self, Labelled as _};
use crate::desk::unseen::visible;

/// A step that was made.
pub(super) struct Line {
    pub(super) number: u32,
    pub(super) on: Date,
    pub(super) day: String,
    pub(super) name: &'static str,
    pub(super) by: String,
    pub(super) state: String,
    /// What it says, by name.
    pub(super) facts: Vec<Fact>,
}

/// Something with a name.
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) value: String,
}

/// Something that a case may have several of.
pub(super) struct List {
    pub(super) name: String,
    pub(super) entries: Vec<String>,
}

/// The steps, the newest first.
pub(super) fn lines(texts: &Texts, member: &Member, dossier: &Dossier) -> Vec<Line> {
    let made = dossier.steps.iter();
    let made = made.map(|done| line(texts, member, done));
    let answer = dossier.answer().map(|answer| answered(texts, &answer));
    let mut all: Vec<Line> = made.chain(answer).collect();
    all.sort_by_key(|line| Reverse(line.number));
    all
}

fn line(texts: &Texts, member: &Member, done: &Done) -> Line {
    let document = &done.document;
    let kind = document.step.act.kind();
    Line {
        number: document.number,
        on: done.on,
        day: wording::date(texts, done.on),
        name: &kind.label().name,
        by: format!("{} ({})", document.seat.label(texts), document.by),
        state: document.state.label(texts),
        facts: facts(texts, member, kind, &document.step),
    }
}

/// What it says is among the messages of the case.
fn answered(texts: &Texts, answer: &Answered) -> Line {
    Line {
        number: answer.number,
        on: answer.on,
        day: wording::date(texts, answer.on),
        name: &MoveKind::Answer.label().name,
        by: Author::Complainant.label(texts),
        state: CaseState::UnderReview.label(texts),
        facts: Vec::new(),
    }
}

/// What a step says, in the order in which it is written.
fn facts(texts: &Texts, member: &Member, kind: MoveKind, step: &Step) -> Vec<Fact> {
    let Ok(Value::Object(written)) = serde_json::to_value(&step.act) else {
        return Vec::new();
    };
    let shown = Shown {
        texts,
        member,
        kind,
    };
    let mut facts = Vec::new();
    for (name, value) in &written {
        if name != "move" && name != "changes" {
            shown.add(&mut facts, name, value);
        }
    }
    if let Move::Recount { changes, .. } = &step.act {
        let changed = changes.iter().map(|one| change_in_words(texts, one));
        facts.extend(changed.map(|value| shown.fact("changes", value)));
    }
    let papers = step.papers.iter().map(|paper| {
        let kind = &paper.kind.label().name;
        match &paper.reference {
            Some(reference) => format!("{kind}: {}", visible(reference.expose())),
            None => kind.clone(),
        }
    });
    let papers: Vec<String> = papers.collect();
    if !papers.is_empty() {
        facts.push(Fact {
            name: texts.get("desk-step-papers"),
            value: papers.join("; "),
        });
    }
    facts
}

/// How the parts of a step are shown.
struct Shown<'a> {
    texts: &'a Texts,
    member: &'a Member,
    kind: MoveKind,
}

impl Shown<'_> {
    fn add(&self, facts: &mut Vec<Fact>, name: &str, value: &Value) {
        let name = self.field(name);
        match value {
            Value::Null => {}
            Value::Object(parts) => {
                for (part, value) in parts {
                    // Votes are one level further down.
                    let inner = if part == "votes" {
                        name.to_owned()
                    } else {
                        format!("{name}_{part}")
                    };
                    self.add(facts, &inner, value);
                }
            }
            Value::Array(all) if all.iter().any(Value::is_object) => {
                for one in all {
                    let Value::Object(parts) = one else { continue };
                    let parts: Vec<String> = parts
                        .iter()
                        .map(|(part, value)| self.value(&format!("{name}_{part}"), value))
                        .collect();
                    facts.push(self.fact(name, parts.join(" · ")));
                }
            }
            Value::Array(all) => {
                let all: Vec<String> = all.iter().map(|one| self.value(name, one)).collect();
                if !all.is_empty() {
                    facts.push(self.fact(name, all.join("; ")));
                }
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                facts.push(self.fact(name, self.value(name, value)));
            }
        }
    }

    /// Parts whose name in the form is another, since it says more there.
    fn field<'n>(&self, name: &'n str) -> &'n str {
        match (self.kind, name) {
            (MoveKind::CallSession, "kind") => "session",
            (MoveKind::ProposeMeasure, "kind") => "protection",
            (MoveKind::ProposeMeasure, "cause") => "cause_text",
            (_, "recommendations") => "recommendation",
            (_, name) => name,
        }
    }

    fn fact(&self, name: &str, value: String) -> Fact {
        let id = format!("step-field-{name}");
        let name = if self.texts.has(&id) {
            self.texts.get(&id)
        } else {
            name.to_owned()
        };
        Fact { name, value }
    }

    fn value(&self, name: &str, value: &Value) -> String {
        match value {
            Value::Bool(answer) => labels::yes_no(self.texts, *answer),
            Value::String(text) => self.text(name, text),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => value.to_string(),
        }
    }

    fn text(&self, name: &str, text: &str) -> String {
        if let Some(codes) = self.codes(name) {
            return codes.name(self.texts, text);
        }
        if name == "members" {
            let mut all = self.member.access.people.profiles().iter();
            let known = all.find(|profile| profile.id.to_string() == text);
            return known.map_or_else(
                || self.texts.get("desk-log-someone"),
                |profile| profile.name.full().to_string(),
            );
        }
        match text.parse::<Date>() {
            Ok(day) => wording::date(self.texts, day),
            Err(_) => visible(text).into_owned(),
        }
    }

    /// The list that a part takes its codes from.
    fn codes(&self, name: &str) -> Option<Codes> {
        let all = fields(self.kind, 1);
        let mut all = all.iter().filter(|field| field.label == name);
        match all.next()?.input {
            Input::One(codes) | Input::Many(codes) => Some(codes),
            Input::Short
            | Input::Long
            | Input::Message
            | Input::Day
            | Input::Count
            | Input::Flag
            | Input::Members
            | Input::Entry(_)
            | Input::Changes
            | Input::Case => None,
        }
    }
}

/// Decisions, measures, recommendations, summonses, notices to the control body, the commission: those
/// that there are.
pub(super) fn lists(texts: &Texts, member: &Member, course: &Course) -> Vec<List> {
    let day = |on: Date| wording::date(texts, on);
    let commission = member.access.people.profiles().iter();
    let all = [
        (
            "desk-step-decisions",
            course
                .decisions()
                .iter()
                .map(|one| {
                    let told = one.notified_on.map_or_else(
                        || texts.get("desk-step-not-told"),
                        |on| texts.with("desk-step-told", "date", day(on)),
                    );
                    format!("{}, {} · {told}", one.kind.label().name, day(one.on))
                })
                .collect::<Vec<_>>(),
        ),
        (
            "desk-step-measures",
            course
                .measures()
                .iter()
                .map(|one| {
                    let (kind, state) = (one.kind.label(), one.state.label());
                    format!("{} · {}, {}", kind.name, state.name, day(one.since))
                })
                .collect(),
        ),
        (
            "desk-step-recommendations",
            course
                .recommendations()
                .iter()
                .map(|one| {
                    let (kind, state) = (one.kind.label(), one.state.label());
                    format!("{} · {}, {}", kind.name, state.name, day(one.since))
                })
                .collect(),
        ),
        (
            "desk-step-summonses",
            course
                .summonses()
                .iter()
                .map(|one| format!("{}, {}", one.party.label().name, day(one.held_on)))
                .collect(),
        ),
        (
            "desk-step-referrals",
            course
                .referrals()
                .iter()
                .map(|one| {
                    let answered = one.answered_on.map_or_else(
                        || texts.get("desk-step-not-answered"),
                        |on| texts.with("desk-step-answered", "date", day(on)),
                    );
                    format!("{} · {answered}", day(one.given_on))
                })
                .collect(),
        ),
        (
            "desk-step-commission",
            commission
                .filter(|profile| course.commission().contains(&profile.id))
                .map(|profile| profile.name.full().to_string())
                .collect(),
        ),
        (
            "desk-step-registration",
            course
                .registration()
                .iter()
                .map(|one| {
                    let folio = visible(one.folio.expose()).into_owned();
                    format!("{folio}, {}", day(one.captured_on))
                })
                .collect(),
        ),
    ];
    all.into_iter()
        .filter(|(_, entries)| !entries.is_empty())
        .map(|(id, entries)| List {
            name: texts.get(id),
            entries,
        })
        .collect()
}
