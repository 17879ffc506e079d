//! A step of the form as a template shows it: with what was written and what is wrong with it.

use std::collections::BTreeSet;

use domain::complaint::{FieldFault, FieldFaults};
use service::language::Texts;
use service::problem::fault_text;

use super::super::echo;
use super::answers::{Answers, Refused};
use super::table::{Control, Group, REQUIRED, Section, Step, Widget, id};
use crate::lists::List;

/// Longest name of a field that is shown again.
const LONGEST_NAME: usize = 100;

/// One step of the form.
pub(crate) struct StepView<'a> {
    /// For the summary on top.
    pub(crate) errors: Vec<ErrorView>,
    pub(crate) sections: Vec<SectionView<'a>>,
}

/// A fault in the summary.
pub(crate) struct ErrorView {
    /// Where the link leads; a field that does not exist has no control.
    pub(crate) target: Option<String>,
    pub(crate) label: String,
    pub(crate) message: String,
}

pub(crate) struct SectionView<'a> {
    pub(crate) id: &'static str,
    pub(crate) legend: String,
    pub(crate) hint: Option<String>,
    pub(crate) note: Option<String>,
    /// Beside the note, the words of a link to who else can help.
    pub(crate) elsewhere: Option<String>,
    pub(crate) prompts: Vec<String>,
    /// A summary and the text that it unfolds.
    pub(crate) example: Option<(String, String)>,
    pub(crate) folded: bool,
    /// Whether the folded part is open: something is written or wrong in it.
    pub(crate) open: bool,
    pub(crate) entries: Vec<EntryView<'a>>,
    /// The button that asks for one more entry.
    pub(crate) more: Option<MoreView>,
}

/// The controls of a section, or of one entry of its list.
pub(crate) struct EntryView<'a> {
    pub(crate) heading: Option<String>,
    /// The button that takes it away; a single one is left blank instead.
    pub(crate) less: Option<String>,
    pub(crate) controls: Vec<ControlView<'a>>,
}

pub(crate) struct MoreView {
    pub(crate) go: &'static str,
    pub(crate) label: String,
}

pub(crate) struct ControlView<'a> {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) widget: Widget,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) required: bool,
    /// Whether the page opens here: the first thing that is wrong.
    pub(crate) focused: bool,
    /// Names in the list are official and stay in Spanish.
    pub(crate) official: bool,
    pub(crate) value: &'a str,
    pub(crate) options: Vec<OptionView>,
}

pub(crate) struct OptionView {
    pub(crate) code: &'static str,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// What is shown of the answers, with what is wrong about them.
#[derive(Clone, Copy)]
struct Seen<'a, 'f> {
    texts: &'a Texts,
    answers: &'a Answers,
    faults: &'f [FieldFault],
    cut: &'f BTreeSet<String>,
}

impl<'a> StepView<'a> {
    /// A step with what was written in it and, if it was sent, what is wrong.
    pub(crate) fn new(
        texts: &'a Texts,
        step: Step,
        answers: &'a Answers,
        faults: Option<FieldFaults>,
        refused: Refused,
    ) -> Self {
        let mut faults: Vec<FieldFault> =
            faults.into_iter().flat_map(FieldFaults::into_vec).collect();
        faults.extend(refused.unknown);
        let seen = Seen {
            texts,
            answers,
            faults: &faults,
            cut: &refused.cut,
        };
        let mut sections: Vec<SectionView<'a>> = step
            .sections()
            .iter()
            .map(|section| section_view(seen, section))
            .collect();
        let mut controls = sections
            .iter_mut()
            .flat_map(|section| &mut section.entries)
            .flat_map(|entry| &mut entry.controls);
        if let Some(first) = controls.find(|control| control.error.is_some()) {
            first.focused = true;
        }
        let mut errors: Vec<ErrorView> = sections
            .iter()
            .flat_map(|section| &section.entries)
            .flat_map(|entry| entry.controls.iter().map(move |control| (entry, control)))
            .filter_map(|(entry, control)| ErrorView::of(entry, control))
            .collect();
        let unplaced = faults
            .iter()
            .filter(|fault| Step::place_of(&fault.field).is_none_or(|place| place.step != step));
        errors.extend(unplaced.map(|fault| ErrorView {
            target: None,
            label: echo::cut(&fault.field, LONGEST_NAME).0.to_owned(),
            message: fault_text(texts, fault.kind),
        }));
        Self { errors, sections }
    }
}

impl ErrorView {
    fn of(entry: &EntryView<'_>, control: &ControlView<'_>) -> Option<Self> {
        let message = control.error.clone()?;
        let label = match &entry.heading {
            Some(heading) => format!("{heading}, {}", control.label),
            None => control.label.clone(),
        };
        Some(Self {
            target: Some(control.id.clone()),
            label,
            message,
        })
    }
}

fn section_view<'a>(seen: Seen<'a, '_>, section: &'static Section) -> SectionView<'a> {
    let texts = seen.texts;
    let name = format!("section-{}", section.id);
    let entries: Vec<EntryView<'a>> = match section.each {
        None => vec![EntryView {
            heading: None,
            less: None,
            controls: control_views(seen, section, None),
        }],
        Some(group) => {
            let entries = seen.answers.entries(group);
            let heading = |number: usize| {
                (entries > 1).then(|| {
                    let id = format!("entry-{}", group.field());
                    texts.fill(&id, &[("number", &number.to_string())])
                })
            };
            (0..entries)
                .map(|index| EntryView {
                    heading: heading(index + 1),
                    less: (entries > 1).then(|| less_button(group, index)),
                    controls: control_views(seen, section, Some((group, index))),
                })
                .collect()
        }
    };
    let more = section
        .each
        .filter(|group| seen.answers.entries(*group) < group.limit());
    let open = entries
        .iter()
        .flat_map(|entry| &entry.controls)
        .any(|control| !control.value.is_empty() || control.error.is_some());
    SectionView {
        id: section.id,
        legend: texts.get(&name),
        hint: optional(texts, &format!("{name}-hint")),
        note: optional(texts, &format!("{name}-note")),
        elsewhere: optional(texts, &format!("{name}-elsewhere")),
        prompts: (1..)
            .map_while(|number| optional(texts, &format!("{name}-prompt-{number}")))
            .collect(),
        example: optional(texts, &format!("{name}-example"))
            .map(|example| (texts.get(&format!("{name}-example-open")), example)),
        folded: section.folded,
        open: open || entries.len() > 1,
        entries,
        more: more.map(|group| MoreView {
            go: more_button(group),
            label: texts.get(&format!("more-{}", group.field())),
        }),
    }
}

/// What the button that asks for one more entry sends.
pub(crate) const fn more_button(group: Group) -> &'static str {
    match group {
        Group::People => "more-people",
        Group::Witnesses => "more-witnesses",
    }
}

/// What the button that takes an entry away sends.
pub(crate) fn less_button(group: Group, index: usize) -> String {
    format!("less-{}-{index}", group.field())
}

fn control_views<'a>(
    seen: Seen<'a, '_>,
    section: &'static Section,
    entry: Option<(Group, usize)>,
) -> Vec<ControlView<'a>> {
    section
        .controls
        .iter()
        .map(|control| control_view(seen, control, entry))
        .collect()
}

fn control_view<'a>(
    seen: Seen<'a, '_>,
    control: &'static Control,
    entry: Option<(Group, usize)>,
) -> ControlView<'a> {
    let Seen { texts, answers, .. } = seen;
    let name = control.full_name(entry);
    let text = format!("field-{}", control.text(entry.map(|(group, _)| group)));
    let list = list_of(control.widget);
    let option = |(code, label): (&'static str, String)| OptionView {
        code,
        label,
        chosen: answers.fields().values(&name).any(|value| value == code),
    };
    let fault = seen.faults.iter().find(|fault| {
        Step::place_of(&fault.field)
            .is_some_and(|place| place.control.full_name(place.entry) == name)
    });
    let error = fault.map(|fault| fault_text(texts, fault.kind));
    let error = if seen.cut.contains(&name) {
        Some(echo::told(texts, error, control.most_kept()))
    } else {
        error
    };
    ControlView {
        id: id(&name),
        widget: control.widget,
        label: texts.get(&text),
        hint: optional(texts, &format!("{text}-hint")),
        error,
        required: control.name == REQUIRED,
        focused: false,
        official: list.is_some_and(is_official),
        value: answers.fields().value(&name),
        options: list
            .map(|list| list.labelled(texts).into_iter().map(option).collect())
            .unwrap_or_default(),
        name,
    }
}

pub(super) fn list_of(widget: Widget) -> Option<List> {
    match widget {
        Widget::Choice(list) | Widget::Radios(list) | Widget::Ticks(list) => Some(list),
        Widget::Line | Widget::Area { .. } | Widget::Day | Widget::Tick => None,
    }
}

fn is_official(list: List) -> bool {
    matches!(list, List::Ooad | List::Umae | List::Centre)
}

impl ControlView<'_> {
    /// The elements that describe the control to a screen reader.
    pub(crate) fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id));
        let ids: Vec<String> = error.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Whether none of the options was chosen.
    pub(crate) fn is_open(&self) -> bool {
        !self.options.iter().any(|option| option.chosen)
    }
}

fn optional(texts: &Texts, id: &str) -> Option<String> {
    texts.has(id).then(|| texts.get(id))
}

#[cfg(test)]
mod tests {
    use service::language::Language;

    use super::*;
    use crate::shared::translations;

    #[test]
    fn every_step_section_and_control_has_its_words_in_every_language() {
        let translations = translations().unwrap();
        for language in Language::ALL {
            let texts = translations.of(language);
            let mut ids = Vec::new();
            for step in Step::ALL {
                ids.push(format!("step-{step}"));
                for section in step.sections() {
                    ids.push(format!("section-{}", section.id));
                    if let Some(group) = section.each {
                        ids.push(format!("entry-{}", group.field()));
                        ids.push(format!("more-{}", group.field()));
                    }
                    for control in section.controls {
                        ids.push(format!("field-{}", control.text(section.each)));
                    }
                }
            }
            for id in ids {
                assert!(texts.has(&id), "{language:?} {id}");
            }
        }
    }
}
