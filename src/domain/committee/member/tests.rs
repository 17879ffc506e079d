use proptest::prelude::*;

use super::*;
use crate::complaint::SecretText;

fn part(text: &str) -> NamePart {
    NamePart::parse(SecretText::from(text.to_owned())).unwrap()
}

#[test]
fn a_name_needs_letters_in_each_part() {
    let name = |given, first, second: Option<&str>| {
        PersonName::new(part(given), part(first), second.map(part)).map(|name| name.full())
    };
    assert_eq!(
        *name(" Ana María", "Pérez ", Some("López")).unwrap(),
        "Ana María Pérez López"
    );
    assert_eq!(*name("Ana", "Pérez", None).unwrap(), "Ana Pérez");
    assert_eq!(name("-", "Pérez", None), Err(NameFault::Given));
    assert_eq!(name("Ana", "1", None), Err(NameFault::FirstSurname));
    assert_eq!(
        name("Ana", "Pérez", Some(".")),
        Err(NameFault::SecondSurname)
    );
}

#[test]
fn a_profile_is_read_as_it_was_written_and_shows_no_name() {
    let profile = MemberProfile {
        id: MemberId([7; 16]),
        name: PersonName::new(part("Ana"), part("Pérez"), None).unwrap(),
        seat: Seat::Electa,
        standing: Standing::Suplente {
            of: MemberId([8; 16]),
        },
        unit: Unit {
            ooad: Some("D.F. Norte".parse().unwrap()),
            ..Unit::default()
        },
        term: Term {
            from: "2026-01-01".parse().unwrap(),
            until: Some("2028-12-31".parse().unwrap()),
        },
        agreement_on: None,
        suspended_from: None,
        edition: 0,
    };
    let written = serde_json::to_string(&profile).unwrap();
    assert_eq!(
        serde_json::from_str::<MemberProfile>(&written).unwrap(),
        profile
    );
    assert!(!format!("{profile:?}").contains("rez"));
    let nameless = written.replace("Pérez", "…");
    assert!(serde_json::from_str::<MemberProfile>(&nameless).is_err());
}

#[test]
fn in_office_means_the_term_runs_and_the_agreement_is_signed() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let mut profile = MemberProfile {
        id: MemberId([7; 16]),
        name: PersonName::new(part("Ana"), part("Pérez"), None).unwrap(),
        seat: Seat::Presidencia,
        standing: Standing::Titular,
        unit: Unit::default(),
        term: Term {
            from: day("2026-01-01"),
            until: Some(day("2026-12-31")),
        },
        agreement_on: Some(day("2026-02-01")),
        suspended_from: None,
        edition: 0,
    };
    for (today, expected) in [
        ("2026-01-31", false),
        ("2026-02-01", true),
        ("2026-12-31", true),
        ("2027-01-01", false),
    ] {
        assert_eq!(profile.in_office(day(today)), expected, "{today}");
    }
    profile.suspended_from = Some(day("2026-07-01"));
    assert!(profile.in_office(day("2026-06-30")) && !profile.in_office(day("2026-07-01")));
    assert!(profile.holds_office(day("2026-07-01")));
    profile.agreement_on = None;
    assert!(!profile.in_office(day("2026-06-01")) && !profile.holds_office(day("2026-06-01")));
}

proptest! {
    #[test]
    fn an_id_reads_back_as_it_was_written_and_in_no_other_form(bytes in any::<[u8; 16]>()) {
        let id = MemberId(bytes);
        let text = id.to_string();
        prop_assert_eq!(text.parse::<MemberId>(), Ok(id));
        prop_assert_eq!(serde_json::from_str::<MemberId>(&serde_json::to_string(&id).unwrap()).unwrap(), id);
        for other in [text.to_uppercase(), format!(" {text}"), text[1..].to_owned()] {
            prop_assert!(other == text || other.parse::<MemberId>().is_err());
        }
    }
}
