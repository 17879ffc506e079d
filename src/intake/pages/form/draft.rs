//! From the fields of the form to the same draft that the API reads from JSON.

use domain::complaint::{
    ComplaintDraft, DenouncedPersonDraft, FactsDraft, FaultKind, FieldFaults, IdentityDraft,
    ReporterDraft, SecretText, WitnessDraft, WorkplaceDraft,
};

use super::fields::Fields;
use super::table::control_of;

/// Makes a draft of a form.
///
/// # Errors
/// A field that the form does not have.
pub(crate) fn to_draft(fields: &Fields) -> Result<ComplaintDraft, FieldFaults> {
    let known = |name: &&str| control_of(name).is_some_and(|control| control.name == *name);
    if let Some(unknown) = fields.names().find(|name| !known(name)) {
        return Err(FieldFaults::one(unknown, FaultKind::UnknownField));
    }
    let text = |name: &str| given(fields, name).map(secret);
    let code = |name: &str| given(fields, name).map(str::to_owned);
    let tick = |name: &str| given(fields, name).map(|_| true);
    let codes = |name: &str| Some(fields.values(name).map(str::to_owned).collect());

    Ok(ComplaintDraft {
        narrative: text("narrative"),
        suspected_risk: code("suspected_risk"),
        workplace: Some(WorkplaceDraft {
            ooad: code("workplace.ooad"),
            umae: code("workplace.umae"),
            kind: code("workplace.kind"),
            place: text("workplace.place"),
        }),
        people: Some(vec![DenouncedPersonDraft {
            name: text("people[0].name"),
            position: text("people[0].position"),
            area: text("people[0].area"),
            description: text("people[0].description"),
            rank: code("people[0].rank"),
        }]),
        facts: Some(FactsDraft {
            from: code("facts.from"),
            to: code("facts.to"),
            ongoing: tick("facts.ongoing"),
            frequency: code("facts.frequency"),
            place_kind: code("facts.place_kind"),
            place_detail: text("facts.place_detail"),
        }),
        witnesses: Some(vec![WitnessDraft {
            name: text("witnesses[0].name"),
            contact: text("witnesses[0].contact"),
        }]),
        immediate_danger: tick("immediate_danger"),
        retaliation: tick("retaliation"),
        support_wanted: codes("support_wanted"),
        protection_wanted: tick("protection_wanted"),
        keep_from: Some(lines(fields.value("keep_from"))),
        already_filed_with: codes("already_filed_with"),
        referral_consent: code("referral_consent"),
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
    })
}

fn given<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    Some(fields.value(name)).filter(|value| !value.is_empty())
}

fn secret(text: &str) -> SecretText {
    SecretText::from(text.to_owned())
}

/// One entry a line.
fn lines(text: &str) -> Vec<SecretText> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(secret)
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::complaint::{Complaint, ShortText};

    use super::super::table::{SECTIONS, Widget};
    use super::*;

    fn complaint(form: &str) -> Complaint {
        Complaint::parse(to_draft(&Fields::parse(form.as_bytes()).unwrap()).unwrap()).unwrap()
    }

    #[test]
    fn every_control_of_the_form_reaches_the_complaint() {
        let mut form = String::new();
        for control in SECTIONS.iter().flat_map(|section| section.controls) {
            let value = match control.widget {
                Widget::Line | Widget::Area { .. } => "un+texto+de+veinte+letras+o+m%C3%A1s",
                Widget::Day => "2026-03-04",
                Widget::Choice(list) | Widget::Ticks(list) => list.codes()[0],
                Widget::Tick => "1",
            };
            form.extend([control.name, "=", value, "&"]);
        }
        let kept = serde_json::to_value(complaint(&form)).unwrap();
        for control in SECTIONS.iter().flat_map(|section| section.controls) {
            let pointer = format!(
                "/{}",
                control.name.replace(['.', '['], "/").replace(']', "")
            );
            assert!(kept.pointer(&pointer).is_some(), "{}", control.name);
        }
    }

    #[test]
    fn who_must_not_see_it_is_read_line_by_line() {
        let form = "narrative=un+texto+de+veinte+letras&keep_from=Ana%0D%0A%0D%0A+Luis+";
        let kept = complaint(form);
        let names: Vec<_> = kept.keep_from.iter().map(ShortText::expose).collect();
        assert_eq!(names, ["Ana", "Luis"]);
    }

    #[test]
    fn questions_left_open_say_nothing() {
        let kept = serde_json::to_value(complaint("narrative=un+texto+de+veinte+letras")).unwrap();
        assert_eq!(
            kept,
            serde_json::json!({"narrative": "un texto de veinte letras"})
        );
    }

    #[test]
    fn a_field_that_the_form_does_not_have_is_refused() {
        let fields = Fields::parse(b"narrative=x&people[1].name=y").unwrap();
        let faults = to_draft(&fields).unwrap_err();
        assert_eq!(faults.of("people[1].name"), Some(FaultKind::UnknownField));
    }
}
