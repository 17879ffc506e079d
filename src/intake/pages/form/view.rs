//! The form as a template shows it: with what was written and what is wrong with it.

use domain::complaint::{FieldFault, FieldFaults};
use service::language::Texts;
use service::problem::fault_text;

use super::super::echo;
use super::fields::Fields;
use super::table::{Control, REQUIRED, SECTIONS, Section, Widget, control_of, id};
use crate::lists::List;

/// Longest name of a field that is shown again.
const LONGEST_NAME: usize = 100;

/// The whole form.
pub(crate) struct FormView<'a> {
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
    pub(crate) prompts: Vec<String>,
    pub(crate) folded: bool,
    /// Whether the folded part is open: something is written in it.
    pub(crate) open: bool,
    pub(crate) controls: Vec<ControlView<'a>>,
}

pub(crate) struct ControlView<'a> {
    pub(crate) name: &'static str,
    pub(crate) id: String,
    pub(crate) widget: Widget,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) required: bool,
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

impl<'a> FormView<'a> {
    /// The form with what was written in it and, if it was sent, what is wrong.
    pub(crate) fn new(texts: &Texts, fields: &'a Fields, faults: Option<&FieldFaults>) -> Self {
        let faults: Vec<&FieldFault> = faults.into_iter().flatten().collect();
        let errors = faults
            .iter()
            .map(|fault| ErrorView::new(texts, fault))
            .collect();
        let sections = SECTIONS
            .iter()
            .map(|section| SectionView::new(texts, section, fields, &faults))
            .collect();
        Self { errors, sections }
    }
}

impl ErrorView {
    fn new(texts: &Texts, fault: &FieldFault) -> Self {
        let control = control_of(&fault.field);
        Self {
            target: control.map(|control| id(control.name)),
            label: control.map_or_else(
                || echo::cut(&fault.field, LONGEST_NAME).0.to_owned(),
                |control| texts.get(&format!("field-{}", id(control.name))),
            ),
            message: fault_text(texts, fault.kind),
        }
    }
}

impl<'a> SectionView<'a> {
    fn new(
        texts: &Texts,
        section: &'static Section,
        fields: &'a Fields,
        faults: &[&FieldFault],
    ) -> Self {
        let name = format!("section-{}", section.id);
        let controls: Vec<ControlView<'a>> = section
            .controls
            .iter()
            .map(|control| ControlView::new(texts, control, fields, faults))
            .collect();
        let prompts = (1..)
            .map_while(|number| optional(texts, &format!("{name}-prompt-{number}")))
            .collect();
        Self {
            id: section.id,
            legend: texts.get(&name),
            hint: optional(texts, &format!("{name}-hint")),
            note: optional(texts, &format!("{name}-note")),
            prompts,
            folded: section.folded,
            open: controls.iter().any(|control| !control.value.is_empty()),
            controls,
        }
    }
}

impl<'a> ControlView<'a> {
    fn new(
        texts: &Texts,
        control: &'static Control,
        fields: &'a Fields,
        faults: &[&FieldFault],
    ) -> Self {
        let &Control { name, widget } = control;
        let id = id(name);
        let list = match widget {
            Widget::Choice(list) | Widget::Ticks(list) => Some(list),
            Widget::Line | Widget::Area { .. } | Widget::Day | Widget::Tick => None,
        };
        let option = |(code, label): (&'static str, String)| OptionView {
            code,
            label,
            chosen: fields.values(name).any(|value| value == code),
        };
        let fault = faults
            .iter()
            .find(|fault| control_of(&fault.field).is_some_and(|control| control.name == name));
        let most = control.most_shown();
        let (value, is_cut) = echo::cut(fields.value(name), most);
        let error = fault.map(|fault| fault_text(texts, fault.kind));
        let error = if is_cut {
            Some(echo::told(texts, error, most))
        } else {
            error
        };
        Self {
            name,
            widget,
            label: texts.get(&format!("field-{id}")),
            hint: optional(texts, &format!("field-{id}-hint")),
            error,
            required: name == REQUIRED,
            official: matches!(list, Some(List::Ooad | List::Umae | List::Centre)),
            value,
            options: list
                .map(|list| list.labelled(texts).into_iter().map(option).collect())
                .unwrap_or_default(),
            id,
        }
    }

    /// The elements that describe the control to a screen reader.
    pub(crate) fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id));
        let ids: Vec<String> = error.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
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
    fn every_section_and_control_has_its_words_in_every_language() {
        let translations = translations().unwrap();
        for language in Language::ALL {
            let texts = translations.of(language);
            for section in SECTIONS {
                assert!(
                    texts.has(&format!("section-{}", section.id)),
                    "{}",
                    section.id
                );
                for control in section.controls {
                    assert!(
                        texts.has(&format!("field-{}", id(control.name))),
                        "{}",
                        control.name
                    );
                }
            }
        }
    }
}
