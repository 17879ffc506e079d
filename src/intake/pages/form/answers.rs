//! What was answered so far, as it travels sealed in each page of the form.

use std::collections::BTreeSet;

use domain::complaint::{FaultKind, FieldFault, SecretText};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::echo;
use super::fields::Fields;
use super::table::{Group, REQUIRED, Step};
use crate::evidence::HeldFile;

/// The answers of all steps, as they were written: what is wrong with one is told, not lost.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answers {
    fields: Fields,
    /// How many people the step asks for at least.
    people: usize,
    /// How many witnesses.
    witnesses: usize,
    /// Whether the review was reached, so that every step offers to go back to it.
    pub(crate) reviewed: bool,
    /// In which hour the form was begun, counted from 1970: it cannot be kept alive for ever.
    begun: i64,
    /// The files that are held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) evidence: Vec<HeldFile>,
}

/// What could not be taken as it was sent.
#[derive(Debug, Default)]
pub(crate) struct Refused {
    /// Fields that the step does not have.
    pub(crate) unknown: Vec<FieldFault>,
    /// Fields of which only the beginning is kept.
    pub(crate) cut: BTreeSet<String>,
}

impl Refused {
    /// Whether all was taken.
    pub(crate) fn is_empty(&self) -> bool {
        self.unknown.is_empty() && self.cut.is_empty()
    }
}

/// For how many hours a form can be filled in, however often it is sent.
const LIFE: i64 = 24;
const HOUR: i64 = 60 * 60;

impl Answers {
    /// A form that is begun now.
    pub(crate) fn begun(now: Timestamp) -> Self {
        let mut answers = Self::default();
        answers.begin_again(now);
        answers
    }

    /// Counts its life anew, when everything was given back.
    pub(crate) fn begin_again(&mut self, now: Timestamp) {
        self.begun = now.as_second().div_euclid(HOUR);
    }

    /// The last second in which the form can be sent, counted from 1970.
    pub(crate) fn last_second(&self) -> i64 {
        self.begun.saturating_add(LIFE).saturating_mul(HOUR)
    }

    /// Puts what was sent of a step in the place of what was answered there before. `aside` are
    /// fields of the page that are no answers.
    pub(crate) fn take(&mut self, step: Step, sent: &Fields, aside: &[&str]) -> Refused {
        let mut refused = Refused::default();
        self.fields
            .keep(|name| Step::place_of(name).is_some_and(|place| place.step != step));
        for (name, value) in sent.iter().filter(|(name, _)| !aside.contains(name)) {
            let place = Step::place_of(name)
                .filter(|place| place.step == step && place.control.full_name(place.entry) == name);
            let Some(place) = place else {
                refused.unknown.push(FieldFault {
                    field: name.to_owned(),
                    kind: FaultKind::UnknownField,
                });
                continue;
            };
            let (kept, is_cut) = echo::cut(value.expose(), place.control.most_kept());
            if is_cut {
                refused.cut.insert(name.to_owned());
            }
            if !kept.is_empty() {
                self.fields
                    .push(name.to_owned(), SecretText::from(kept.to_owned()));
            }
        }
        refused
    }

    /// What was answered.
    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The answers of one step alone.
    pub(crate) fn only(&self, step: Step) -> Self {
        let mut only = self.clone();
        only.fields
            .keep(|name| Step::place_of(name).is_some_and(|place| place.step == step));
        only
    }

    /// Whether the one question that has to be answered was.
    pub(crate) fn has_story(&self) -> bool {
        !self.fields.value(REQUIRED).is_empty()
    }

    /// Whether somebody is in danger now.
    pub(crate) fn tells_of_danger(&self) -> bool {
        !self.fields.value("immediate_danger").is_empty()
    }

    /// How many entries of a list are asked for: one, those that were asked for, and those that were
    /// given.
    pub(crate) fn entries(&self, group: Group) -> usize {
        let asked = match group {
            Group::People => self.people,
            Group::Witnesses => self.witnesses,
        };
        let given = self
            .fields
            .iter()
            .filter_map(|(name, _)| Step::place_of(name)?.entry)
            .filter(|(of, _)| *of == group)
            .map(|(_, index)| index + 1)
            .max();
        asked.max(given.unwrap_or_default()).clamp(1, group.limit())
    }

    /// Takes an entry away; those after it move up.
    pub(crate) fn remove(&mut self, group: Group, removed: usize) {
        let entries = self.entries(group);
        if removed >= entries {
            return;
        }
        let taken = std::mem::take(&mut self.fields);
        for (name, value) in taken.iter() {
            let place = Step::place_of(name);
            let name = match place.and_then(|place| Some((place.control, place.entry?))) {
                Some((_, (of, index))) if of == group && index == removed => continue,
                Some((control, (of, index))) if of == group && index > removed => {
                    control.full_name(Some((group, index - 1)))
                }
                Some(_) | None => name.to_owned(),
            };
            self.fields.push(name, value.clone());
        }
        let left = (entries - 1).max(1);
        match group {
            Group::People => self.people = left,
            Group::Witnesses => self.witnesses = left,
        }
    }

    /// Asks for one more entry, unless there are as many as there may be.
    pub(crate) fn add(&mut self, group: Group) {
        let more = (self.entries(group) + 1).min(group.limit());
        match group {
            Group::People => self.people = more,
            Group::Witnesses => self.witnesses = more,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::table::Widget;
    use super::*;

    fn sent(form: &str) -> Fields {
        Fields::parse(form.as_bytes()).unwrap()
    }

    #[test]
    fn a_step_replaces_its_own_answers_and_no_others() {
        let mut answers = Answers::default();
        assert!(
            answers
                .take(Step::Story, &sent("narrative=uno"), &[])
                .is_empty()
        );
        let people = "people[0].name=Ana&people[1].name=Luis";
        assert!(answers.take(Step::People, &sent(people), &[]).is_empty());
        assert!(
            answers
                .take(Step::People, &sent("people[0].name=Eva"), &[])
                .is_empty()
        );
        assert_eq!(answers.fields().value("narrative"), "uno");
        assert_eq!(answers.fields().value("people[0].name"), "Eva");
        assert_eq!(answers.fields().value("people[1].name"), "");
    }

    #[test]
    fn what_the_step_does_not_have_or_is_too_long_is_told() {
        let mut answers = Answers::default();
        let long = format!(
            "people[0].name={}&go=next&narrative=x&ip=1",
            "ñ".repeat(301)
        );
        let refused = answers.take(Step::People, &sent(&long), &["go"]);
        let unknown: Vec<_> = refused.unknown.iter().map(|fault| &fault.field).collect();
        assert_eq!(unknown, ["narrative", "ip"]);
        assert!(refused.cut.contains("people[0].name"));
        assert_eq!(
            answers.fields().value("people[0].name").chars().count(),
            300
        );
    }

    #[test]
    fn there_are_as_many_entries_as_were_asked_for_or_given_and_never_too_many() {
        let mut answers = Answers::default();
        assert_eq!(answers.entries(Group::People), 1);
        answers.add(Group::People);
        assert_eq!(answers.entries(Group::People), 2);
        let _ = answers.take(Step::People, &sent("people[4].name=x"), &[]);
        assert_eq!(answers.entries(Group::People), 5);
        for _ in 0..20 {
            answers.add(Group::People);
        }
        assert_eq!(answers.entries(Group::People), 10);
        assert_eq!(answers.entries(Group::Witnesses), 1);
    }

    #[test]
    fn an_entry_that_is_taken_away_leaves_the_others_in_their_order() {
        let mut answers = Answers::default();
        let people = "people[0].name=Ana&people[1].name=Luis&people[1].area=B&people[2].name=Eva\
            &witnesses[0].name=Leo&witnesses[1].name=Mar";
        assert!(answers.take(Step::People, &sent(people), &[]).is_empty());
        answers.remove(Group::People, 1);
        answers.remove(Group::People, 7);
        let told: Vec<_> = answers
            .fields()
            .iter()
            .map(|(name, value)| (name, value.expose()))
            .collect();
        assert_eq!(
            told,
            [
                ("people[0].name", "Ana"),
                ("people[1].name", "Eva"),
                ("witnesses[0].name", "Leo"),
                ("witnesses[1].name", "Mar"),
            ]
        );
        assert_eq!(answers.entries(Group::People), 2);
        assert_eq!(answers.entries(Group::Witnesses), 2);
        answers.remove(Group::Witnesses, 0);
        answers.remove(Group::Witnesses, 0);
        assert_eq!(answers.entries(Group::Witnesses), 1);
        assert_eq!(answers.fields().value("witnesses[0].name"), "");
    }

    fn any_answer() -> impl Strategy<Value = (Step, String, String)> {
        let names: Vec<(Step, String)> = Step::ALL
            .iter()
            .flat_map(|step| step.sections().iter().map(move |section| (*step, section)))
            .flat_map(|(step, section)| {
                section.controls.iter().map(move |control| {
                    let entry = section.each.map(|group| (group, 1));
                    (step, control.full_name(entry))
                })
            })
            .collect();
        (proptest::sample::select(names), ".{1,80}")
            .prop_map(|((step, name), value)| (step, name, value))
    }

    proptest! {
        #[test]
        fn answers_are_read_back_as_they_were_written(given in proptest::collection::vec(any_answer(), 0..20)) {
            let mut answers = Answers::default();
            for (step, name, value) in given {
                let mut fields = Fields::default();
                fields.push(name, SecretText::from(value));
                prop_assert!(answers.take(step, &fields, &[]).is_empty());
            }
            let json = serde_json::to_string(&answers).unwrap();
            prop_assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), answers);
        }
    }

    #[test]
    fn every_widget_keeps_what_can_be_right() {
        for section in Step::ALL.iter().flat_map(|step| step.sections()) {
            for control in section.controls {
                let least = match control.widget {
                    Widget::Area { .. } => 2_000,
                    Widget::Line => 300,
                    Widget::Day | Widget::Tick => 10,
                    Widget::Choice(list) | Widget::Radios(list) | Widget::Ticks(list) => list
                        .codes()
                        .into_iter()
                        .map(str::len)
                        .max()
                        .unwrap_or_default(),
                };
                assert!(control.most_kept() >= least, "{}", control.name);
            }
        }
    }
}
