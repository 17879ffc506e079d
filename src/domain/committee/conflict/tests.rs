use proptest::prelude::*;

use super::*;
use crate::committee::Seat;
use crate::committee::Unit;
use crate::committee::people::{TODAY, committee, id, short, titular};
use crate::complaint::{
    ComplaintDraft, DenouncedPersonDraft, IdentityDraft, ReporterDraft, WitnessDraft,
    WorkplaceDraft,
};

/// A text, given or needed.
fn text<T: From<SecretText>>(text: &str) -> T {
    T::from(SecretText::from(text.to_owned()))
}

fn complaint(change: impl FnOnce(&mut ComplaintDraft)) -> Complaint {
    let mut draft = ComplaintDraft {
        narrative: text("Me gritó delante de todas las personas."),
        ..ComplaintDraft::default()
    };
    change(&mut draft);
    Complaint::parse(draft).unwrap()
}

fn person(change: impl FnOnce(&mut DenouncedPersonDraft)) -> Complaint {
    complaint(|draft| {
        let mut person = DenouncedPersonDraft::default();
        change(&mut person);
        draft.people = Some(vec![person]);
    })
}

fn excluded(complaint: &Complaint) -> Vec<(MemberId, Ground)> {
    let found = assess(complaint, &committee(), TODAY);
    found
        .conflicts
        .iter()
        .map(|one| (one.member, one.ground))
        .collect()
}

fn withheld(complaint: &Complaint) -> Vec<MemberId> {
    let found = assess(complaint, &committee(), TODAY);
    let doubts = found.doubts.iter().filter(|doubt| doubt.withheld);
    doubts.map(|doubt| doubt.member).collect()
}

#[test]
fn whoever_is_denounced_is_excluded_with_the_reason() {
    let complaint = person(|person| person.name = text("la Lic. perez lopes juan"));
    let found = assess(&complaint, &committee(), TODAY);
    assert_eq!(found.conflicts.len(), 1);
    let conflict = found.conflict(id(2)).unwrap();
    assert_eq!(conflict.ground, Ground::Denounced);
    let reason = &conflict.reasons[0];
    assert_eq!(
        (
            reason.field.as_str(),
            reason.written.expose(),
            reason.matched
        ),
        ("people[0].name", "perez lopes juan", How::FullName)
    );
    assert!(!format!("{found:?}").contains("perez"));
    let written = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Findings>(&written).unwrap(), found);
}

#[test]
fn each_ground_is_found_where_it_is_told() {
    for (complaint, expected) in [
        (
            complaint(|draft| {
                draft.witnesses = Some(vec![WitnessDraft {
                    name: text("Guillermo Hernandez"),
                    contact: None,
                }]);
            }),
            (id(4), Ground::Witness),
        ),
        (
            complaint(|draft| draft.keep_from = Some(vec![text("el Lic. Pérez")])),
            (id(2), Ground::KeptFrom),
        ),
        (
            complaint(|draft| draft.keep_from = Some(vec![text("la presidenta")])),
            (id(1), Ground::KeptFrom),
        ),
        (
            complaint(|draft| {
                draft.narrative = text("Se lo dije a Rosa María Aguirre y no hizo nada.");
            }),
            (id(1), Ground::Named),
        ),
        (
            person(|person| person.position = text("Titular de la Secretaría Técnica")),
            (id(3), Ground::Denounced),
        ),
        (
            person(|person| person.description = text("Creo que se llama Beatriz Ponce de León")),
            (id(3), Ground::Denounced),
        ),
        (
            person(|person| {
                person.name = text("Saúl Robles");
                person.description = text("Es muy amigo de Beatriz Ponce de León");
            }),
            (id(3), Ground::Named),
        ),
        (
            complaint(|draft| {
                draft.identity = Some(IdentityDraft {
                    name: text("Lucía Barragán Ochoa"),
                    contact: None,
                });
            }),
            (id(5), Ground::Complainant),
        ),
    ] {
        assert_eq!(excluded(&complaint), [expected]);
    }
}

#[test]
fn of_several_grounds_the_gravest_counts_and_all_reasons_are_kept() {
    let complaint = complaint(|draft| {
        draft.narrative = text("Todos saben lo que hace Juan Pérez López en la oficina.");
        draft.keep_from = Some(vec![text("Juan Pérez")]);
        draft.people = Some(vec![DenouncedPersonDraft {
            name: text("Juan Pérez"),
            ..DenouncedPersonDraft::default()
        }]);
    });
    let found = assess(&complaint, &committee(), TODAY);
    let conflict = found.conflict(id(2)).unwrap();
    assert_eq!(conflict.ground, Ground::Denounced);
    let fields: Vec<_> = conflict
        .reasons
        .iter()
        .map(|reason| reason.field.as_str())
        .collect();
    assert_eq!(fields, ["people[0].name", "keep_from[0]", "narrative"]);
}

#[test]
fn who_may_be_meant_as_accused_gets_no_key_and_is_not_excluded() {
    for (name, member) in [
        ("Dr. Hernández", id(4)),
        ("J. Pérez", id(2)),
        ("Juan Pérez García", id(2)),
    ] {
        let complaint = person(|person| person.name = text(name));
        assert_eq!(excluded(&complaint), [], "{name}");
        assert_eq!(withheld(&complaint), [member], "{name}");
    }
    let everybody = person(|person| person.position = text("es integrante del comité de ética"));
    assert_eq!(withheld(&everybody).len(), 12);
}

#[test]
fn a_surname_alone_in_the_story_is_a_hint() {
    let complaint = complaint(|draft| {
        draft.narrative = text("Me mandó con el doctor Hernández y él me gritó.");
    });
    let found = assess(&complaint, &committee(), TODAY);
    assert_eq!(found.conflicts, []);
    assert_eq!(found.doubts.len(), 1);
    assert_eq!(
        (found.doubts[0].member, found.doubts[0].withheld),
        (id(4), false)
    );
}

#[test]
fn a_wish_that_points_to_nobody_is_told() {
    let complaint = complaint(|draft| {
        draft.keep_from = Some(vec![text("Ignacio"), text("quien sea amigo de mi jefe")]);
    });
    let found = assess(&complaint, &committee(), TODAY);
    assert_eq!(found.unplaced, ["keep_from[1]"]);
    assert_eq!(withheld(&complaint), [id(6)]);
}

#[test]
fn the_own_unit_excludes_all_but_the_three_offices() {
    let mut members = committee();
    for member in &mut members {
        member.unit = Unit {
            ooad: Some("Jalisco".parse().unwrap()),
            place: Some(short("HGZ 14")),
            ..Unit::default()
        };
    }
    let complaint = |place: Option<SecretText>| {
        complaint(|draft| {
            draft.workplace = Some(WorkplaceDraft {
                ooad: Some("jalisco".to_owned()),
                place,
                ..WorkplaceDraft::default()
            });
        })
    };
    let exact = assess(
        &complaint(text("Hospital General de Zona 14")),
        &members,
        TODAY,
    );
    let excluded: Vec<_> = exact
        .conflicts
        .iter()
        .map(|one| (one.member, one.ground))
        .collect();
    let expected = [4, 5, 6, 7, 104, 105, 106, 107].map(|number| (id(number), Ground::Unit));
    assert_eq!(excluded, expected);
    let vague = assess(&complaint(None), &members, TODAY);
    assert_eq!(vague.conflicts, []);
    assert!(vague.doubts.iter().all(|doubt| doubt.withheld));
    assert_eq!(vague.doubts.len(), 8);
}

#[test]
fn a_persona_consejera_may_read_what_she_brought() {
    let mut members = committee();
    members.push(titular(9, Seat::Consejera, "Amparo|Gallardo|Rico"));
    let brought = |role: &str| {
        complaint(|draft| {
            draft.reporter = Some(ReporterDraft {
                role: Some(role.to_owned()),
                ..ReporterDraft::default()
            });
            draft.identity = Some(IdentityDraft {
                name: text("Amparo Gallardo"),
                contact: None,
            });
        })
    };
    let found = |role| assess(&brought(role), &members, TODAY).conflicts.len();
    assert_eq!(found("PERSONA_CONSEJERA"), 0);
    assert_eq!(found("PRESUNTA_VICTIMA"), 1);
}

#[test]
fn a_further_message_that_names_a_member_excludes() {
    let found = assess_text(
        "Me enteré de que la sobrina de Fernanda Cisneros es su pareja.",
        &committee(),
        TODAY,
    );
    let conflict = found.conflict(id(7)).unwrap();
    assert_eq!((conflict.ground, found.conflicts.len()), (Ground::Named, 1));
    assert_eq!(conflict.reasons[0].field, TEXT);
}

/// Invented complaints, which name none of the invented members.
const COMPLAINTS: &str = include_str!("../../../../tests/data/complaints-dev.jsonl");

#[test]
fn ordinary_complaints_exclude_nobody() {
    let mut read = 0;
    for line in COMPLAINTS.lines() {
        let complaint: serde_json::Value = serde_json::from_str(line).unwrap();
        let story = complaint["text"].as_str().unwrap();
        let found = assess_text(story, &committee(), TODAY);
        assert_eq!(found.conflicts, [], "{story}");
        read += 1;
    }
    assert!(read > 50);
}

proptest! {
    #[test]
    fn whatever_is_filed_every_member_is_in_one_list_at_most(
        names in proptest::collection::vec("(Juan|Rosa|J\\.|Dr\\.)? ?(Pérez|Aguirre|López|)[ ,]?(López|Téllez|Juan|)", 0..4),
        wishes in proptest::collection::vec("(la presidenta|el comité|Pérez|Ignacio|mi jefe|.{1,20})", 0..4),
        story in "([a-zñ ]{20,60})(Juan Pérez|Aguirre|secretaria técnica|)",
    ) {
        let mut draft = ComplaintDraft {
            narrative: text(&format!("Esto pasó en la oficina: {story}")),
            ..ComplaintDraft::default()
        };
        draft.people = Some(names.iter().map(|name| DenouncedPersonDraft {
            name: text(name),
            ..DenouncedPersonDraft::default()
        }).collect());
        draft.keep_from = Some(wishes.iter().map(|wish| text(wish)).collect());
        if let Ok(complaint) = Complaint::parse(draft) {
            let found = assess(&complaint, &committee(), TODAY);
            let mut members: Vec<_> = found.conflicts.iter().map(|one| one.member).collect();
            members.extend(found.doubts.iter().map(|one| one.member));
            let count = members.len();
            members.sort();
            members.dedup();
            prop_assert_eq!(members.len(), count);
        }
    }
}
