//! From the answers of the form to the same draft that the API reads from JSON.

use domain::complaint::ComplaintDraft;
use domain::complaint::form::{FormFields, draft_of};

use super::answers::Answers;
use super::fields::Fields;
use super::table::Group;

/// Makes a draft of the answers. Which privacy notice is shown is known at the review.
pub(crate) fn to_draft(answers: &Answers) -> ComplaintDraft {
    let [people, witnesses] = [Group::People, Group::Witnesses].map(|group| answers.entries(group));
    draft_of(answers.fields(), people, witnesses)
}

impl FormFields for Fields {
    fn one(&self, name: &str) -> Option<&str> {
        Some(self.value(name)).filter(|value| !value.is_empty())
    }

    fn all(&self, name: &str) -> Vec<&str> {
        self.values(name).collect()
    }
}

#[cfg(test)]
mod tests {
    use domain::complaint::{Complaint, ShortText};

    use super::super::table::{KEEP_FROM_SEATS, Step, Widget};
    use super::*;

    fn complaint(form: &str) -> Complaint {
        let sent = Fields::parse(form.as_bytes()).unwrap();
        let mut answers = Answers::default();
        for step in Step::ALL {
            let _ = answers.take(*step, &sent, &[]);
        }
        Complaint::parse(to_draft(&answers)).unwrap()
    }

    #[test]
    fn every_control_of_the_form_reaches_the_complaint() {
        let mut form = String::new();
        let mut names = Vec::new();
        for section in Step::ALL.iter().flat_map(|step| step.sections()) {
            for control in section.controls {
                let value = match control.widget {
                    Widget::Line | Widget::Area { .. } => "un+texto+de+veinte+letras+o+m%C3%A1s",
                    Widget::Day => "2026-03-04",
                    Widget::Choice(list) | Widget::Radios(list) | Widget::Ticks(list) => {
                        list.codes()[0]
                    }
                    Widget::Tick => "1",
                };
                let name = control.full_name(section.each.map(|group| (group, 0)));
                form.extend([&name, "=", value, "&"]);
                names.push(name);
            }
        }
        let kept = serde_json::to_value(complaint(&form)).unwrap();
        for name in names.iter().filter(|name| *name != KEEP_FROM_SEATS) {
            let pointer = format!("/{}", name.replace(['.', '['], "/").replace(']', ""));
            assert!(kept.pointer(&pointer).is_some(), "{name}");
        }
        assert_eq!(kept["keep_from"][0], "Presidencia del Comité");
        assert_eq!(kept["keep_from"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn who_must_not_see_it_is_read_line_by_line() {
        let form = "narrative=un+texto+de+veinte+letras&keep_from=Ana%0D%0A%0D%0A+Luis+";
        let kept = complaint(form);
        let names: Vec<_> = kept.keep_from.iter().map(ShortText::expose).collect();
        assert_eq!(names, ["Ana", "Luis"]);
    }

    #[test]
    fn several_people_reach_the_complaint_in_their_order() {
        let form = "narrative=un+texto+de+veinte+letras&people[0].name=Ana&people[2].name=Luis";
        let kept = serde_json::to_value(complaint(form)).unwrap();
        assert_eq!(
            kept["people"],
            serde_json::json!([{"name": "Ana"}, {"name": "Luis"}])
        );
    }

    #[test]
    fn questions_left_open_say_nothing() {
        let kept = serde_json::to_value(complaint("narrative=un+texto+de+veinte+letras")).unwrap();
        assert_eq!(
            kept,
            serde_json::json!({"narrative": "un texto de veinte letras"})
        );
    }
}
