//! From the answers of the form to the same draft that the API reads from JSON.

use domain::complaint::{
    ComplaintDraft, DenouncedPersonDraft, FactsDraft, IdentityDraft, ReporterDraft, SecretText,
    WitnessDraft, WorkplaceDraft,
};

use super::answers::Answers;
use super::fields::Fields;
use super::table::{Group, KEEP_FROM, KEEP_FROM_SEATS};
use crate::lists::Seat;

/// Makes a draft of the answers.
pub(crate) fn to_draft(answers: &Answers) -> ComplaintDraft {
    let fields = answers.fields();
    let text = |name: &str| given(fields, name).map(secret);
    let code = |name: &str| given(fields, name).map(str::to_owned);
    let tick = |name: &str| given(fields, name).map(|_| true);
    let codes = |name: &str| Some(fields.values(name).map(str::to_owned).collect());
    let person = |index| DenouncedPersonDraft {
        name: text(&format!("people[{index}].name")),
        position: text(&format!("people[{index}].position")),
        area: text(&format!("people[{index}].area")),
        description: text(&format!("people[{index}].description")),
        rank: code(&format!("people[{index}].rank")),
    };
    let witness = |index| WitnessDraft {
        name: text(&format!("witnesses[{index}].name")),
        contact: text(&format!("witnesses[{index}].contact")),
    };

    ComplaintDraft {
        narrative: text("narrative"),
        suspected_risk: code("suspected_risk"),
        workplace: Some(WorkplaceDraft {
            ooad: code("workplace.ooad"),
            umae: code("workplace.umae"),
            kind: code("workplace.kind"),
            place: text("workplace.place"),
        }),
        people: Some((0..answers.entries(Group::People)).map(person).collect()),
        facts: Some(FactsDraft {
            from: code("facts.from"),
            to: code("facts.to"),
            ongoing: tick("facts.ongoing"),
            frequency: code("facts.frequency"),
            place_kind: code("facts.place_kind"),
            place_detail: text("facts.place_detail"),
        }),
        witnesses: Some(
            (0..answers.entries(Group::Witnesses))
                .map(witness)
                .collect(),
        ),
        immediate_danger: tick("immediate_danger"),
        retaliation: tick("retaliation"),
        support_wanted: codes("support_wanted"),
        protection_wanted: tick("protection_wanted"),
        keep_from: Some(keep_from(fields)),
        already_filed_with: codes("already_filed_with"),
        referral_consent: code("referral_consent"),
        // Which one is shown is known at the review.
        privacy_notice: None,
        presented_through: None,
        reporter: Some(ReporterDraft {
            role: code("reporter.role"),
            bond: code("reporter.bond"),
            sex: code("reporter.sex"),
            age_group: code("reporter.age_group"),
        }),
        identity: Some(IdentityDraft {
            name: text("identity.name"),
            contact: text("identity.contact"),
        }),
    }
}

fn given<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    Some(fields.value(name)).filter(|value| !value.is_empty())
}

fn secret(text: &str) -> SecretText {
    SecretText::from(text.to_owned())
}

/// The seats by their names, then one entry a line.
fn keep_from(fields: &Fields) -> Vec<SecretText> {
    let seats = fields
        .values(KEEP_FROM_SEATS)
        .map(|code| code.parse::<Seat>().map_or(code, |seat| seat.name()));
    let lines = fields.value(KEEP_FROM).lines().map(str::trim);
    seats
        .chain(lines.filter(|line| !line.is_empty()))
        .map(secret)
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::complaint::{Complaint, ShortText};

    use super::super::table::{Step, Widget};
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
