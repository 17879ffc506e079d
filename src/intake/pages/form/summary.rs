//! All answers together, as they are shown before they are sent.

use service::language::Texts;
use service::wording;

use super::answers::Answers;
use super::table::{Control, Group, Section, Step, Widget};
use super::view::list_of;
use crate::evidence::HeldFile;

/// The answers of one step.
pub(crate) struct StepSummary<'a> {
    pub(crate) step: Step,
    pub(crate) title: String,
    pub(crate) rows: Vec<Row<'a>>,
}

/// One answer.
pub(crate) struct Row<'a> {
    pub(crate) label: String,
    pub(crate) values: Vec<Shown<'a>>,
}

/// What was answered: in the person's words, or one of a list.
pub(crate) enum Shown<'a> {
    Written(&'a str),
    Chosen(String),
}

/// Every step with what was answered in it.
pub(crate) fn summary<'a>(texts: &Texts, answers: &'a Answers) -> Vec<StepSummary<'a>> {
    Step::ALL
        .iter()
        .map(|step| StepSummary {
            step: *step,
            title: texts.get(&format!("step-{step}")),
            rows: rows(texts, *step, answers),
        })
        .collect()
}

fn rows<'a>(texts: &Texts, step: Step, answers: &'a Answers) -> Vec<Row<'a>> {
    if step == Step::Evidence {
        let files = answers.evidence.iter();
        return files.map(|file| file_row(texts, file)).collect();
    }
    let sections = step.sections().iter();
    sections
        .flat_map(|section| section_rows(texts, section, answers))
        .collect()
}

/// A file with the versions of it that are handed in.
fn file_row<'a>(texts: &Texts, file: &'a HeldFile) -> Row<'a> {
    let versions: Vec<String> = file
        .items()
        .into_iter()
        .flatten()
        .map(|item| texts.get(&format!("version-{}", item.version)))
        .collect();
    Row {
        label: versions.join(", "),
        values: vec![Shown::Written(file.original.name.expose())],
    }
}

fn section_rows<'a>(
    texts: &Texts,
    section: &'static Section,
    answers: &'a Answers,
) -> Vec<Row<'a>> {
    let entries: Vec<Option<(Group, usize)>> = match section.each {
        None => vec![None],
        Some(group) => (0..answers.entries(group))
            .map(|index| Some((group, index)))
            .collect(),
    };
    let several = entries.len() > 1;
    let mut rows = Vec::new();
    for entry in entries {
        for control in section.controls {
            let values = shown(texts, control, &control.full_name(entry), answers);
            if values.is_empty() {
                continue;
            }
            let text = control.text(entry.map(|(group, _)| group));
            let label = texts.get(&format!("field-{text}"));
            let label = match entry {
                Some((group, index)) if several => {
                    let number = (index + 1).to_string();
                    let heading =
                        texts.fill(&format!("entry-{}", group.field()), &[("number", &number)]);
                    format!("{heading}, {label}")
                }
                _ => label,
            };
            rows.push(Row { label, values });
        }
    }
    rows
}

fn shown<'a>(texts: &Texts, control: &Control, name: &str, answers: &'a Answers) -> Vec<Shown<'a>> {
    let values = answers.fields().values(name);
    match control.widget {
        Widget::Line | Widget::Area { .. } => values.map(Shown::Written).collect(),
        Widget::Tick => values.map(|_| Shown::Chosen(texts.get("yes"))).collect(),
        Widget::Day => values
            .map(|value| match value.parse() {
                Ok(day) => Shown::Chosen(wording::date(texts, day)),
                Err(_) => Shown::Written(value),
            })
            .collect(),
        Widget::Choice(_) | Widget::Radios(_) | Widget::Ticks(_) => {
            let labelled = list_of(control.widget)
                .map(|list| list.labelled(texts))
                .unwrap_or_default();
            let label = |value: &str| {
                labelled
                    .iter()
                    .find(|(code, _)| *code == value)
                    .map(|(_, label)| label.clone())
            };
            values.filter_map(label).map(Shown::Chosen).collect()
        }
    }
}
