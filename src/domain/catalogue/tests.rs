use std::collections::HashSet;

use super::*;

#[test]
fn the_compiled_in_catalogues_are_sound() {
    if let Err(error) = Catalogues::load() {
        panic!("{error}");
    }
}

#[test]
fn the_lists_have_their_official_lengths() {
    assert_eq!(Risk::ALL.len(), 11);
    assert_eq!(Risk::ETHICAL.len(), 10);
    assert!(!Risk::ETHICAL.contains(&Risk::FueraCompetencia));
    assert_eq!(OoadCode::all().len(), 35);
    assert_eq!(UmaeCode::all().len(), 25);
    assert_eq!(StateCode::all().len(), 32);
}

#[test]
fn places_are_found_by_code_name_and_alias() {
    let ooad = |text: &str| text.parse::<OoadCode>().map(OoadCode::code);
    assert_eq!(ooad("Jalisco"), Ok("jalisco"));
    assert_eq!(ooad("  JALISCO "), Ok("jalisco"));
    assert_eq!(ooad("Estado de México Oriente"), Ok("mexico_oriente"));
    assert_eq!(ooad("edomex poniente"), Ok("mexico_poniente"));
    assert_eq!(ooad("D.F. Norte"), Ok("ciudad_de_mexico_norte"));
    assert_eq!(ooad("Nuevo Leon"), Ok("nuevo_leon"));
    assert_eq!(
        "Distrito Federal".parse::<StateCode>().map(StateCode::name),
        Ok("Ciudad de México")
    );
    assert_eq!("umf".parse::<CentreKind>().map(CentreKind::code), Ok("UMF"));
    assert_eq!(
        "guardería".parse::<CentreKind>().map(CentreKind::code),
        Ok("GUARDERIA")
    );
    assert!(ooad("Atlántida").is_err());
    assert!(ooad("").is_err());
}

#[test]
fn every_code_is_read_back_as_written() {
    fn round_trip<T>(all: impl Iterator<Item = T>)
    where
        T: serde::Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
    {
        for code in all {
            let json = serde_json::to_value(&code).unwrap();
            assert_eq!(serde_json::from_value::<T>(json).unwrap(), code);
        }
    }
    round_trip(OoadCode::all());
    round_trip(UmaeCode::all());
    round_trip(StateCode::all());
    round_trip(CentreKind::all());
    round_trip(InstanceCode::all());
    round_trip(Risk::ALL.iter().copied());
    round_trip(TermKey::ALL.iter().copied());
}

#[test]
fn a_place_lies_in_the_state_of_its_name() {
    for ooad in OoadCode::all() {
        assert!(ooad.code().starts_with(ooad.state().code()), "{ooad}");
    }
    let umae: UmaeCode = "he_71_torreon".parse().unwrap();
    assert_eq!(umae.state().code(), "coahuila");
}

#[test]
fn a_contact_without_a_date_is_not_shown() {
    let shown = |code: &str| {
        code.parse::<InstanceCode>()
            .unwrap()
            .entry()
            .contacts()
            .count()
    };
    assert_eq!(shown("oic_sidec"), 3);
    assert_eq!(shown("alertadores"), 0);
    assert_eq!(shown("cndh"), 0);
}

#[test]
fn harassment_and_discrimination_are_never_mediated() {
    use crate::routing::{Mediation, Protocol};
    for (risk, protocol) in [
        (Risk::AcosoSexual, Protocol::Hsyas),
        (Risk::Discriminacion, Protocol::Disc),
    ] {
        let entry = risk.entry();
        assert_eq!(entry.mediation.value, Mediation::Forbidden);
        assert_eq!(
            entry.protocol.as_ref().map(|ruling| ruling.value),
            Some(protocol)
        );
    }
}

#[test]
fn every_term_and_every_risk_can_be_looked_up() {
    for key in TermKey::ALL {
        assert_eq!(key.term().key, *key);
    }
    let ids: HashSet<_> = Risk::ALL
        .iter()
        .map(|risk| risk.entry().id.as_str())
        .collect();
    assert_eq!(ids.len(), 11);
    for risk in Risk::ALL {
        assert!(!risk.name().is_empty());
        assert_eq!(risk.entry().code, *risk);
    }
}

#[test]
fn every_file_says_what_it_follows_and_since_when() {
    for (file, edition) in current().editions() {
        assert!(
            !edition.version.is_empty() && !edition.source.is_empty(),
            "{file}"
        );
    }
}

/// The faults of the compiled-in files after some replacements.
fn faults_after(edit: impl FnOnce(&mut Files)) -> String {
    let mut files = Files::compiled_in();
    edit(&mut files);
    Catalogues::read(&files)
        .expect_err("the edit should have broken a file")
        .to_string()
}

fn replace(text: &mut String, from: &str, to: &str) {
    assert!(text.contains(from), "`{from}` is not in the file any more");
    *text = text.replacen(from, to, 1);
}

#[test]
fn all_faults_of_all_files_are_told_at_once() {
    let told = faults_after(|files| {
        replace(&mut files.ooad, "code = \"jalisco\"", "code = \"Jalísco!\"");
        replace(&mut files.ooad, "state = \"sonora\"", "state = \"sonorra\"");
        replace(&mut files.ooad, "name = \"Nayarit\"", "name = \"Morelos\"");
        replace(&mut files.umae, "state = \"yucatan\"", "state = \"merida\"");
        replace(&mut files.risks, "\"conapred\"]", "\"konapred\"]");
        replace(
            &mut files.risks,
            "orientation = [\"911\"]",
            "orientation = [\"119\"]",
        );
        replace(&mut files.risks, "id = \"RE02\"", "id = \"RE01\"");
        replace(
            &mut files.terms,
            "key = \"proyecto\"",
            "key = \"determinacion\"",
        );
        replace(
            &mut files.terms,
            "value = 3\nunit = \"working_days\"\nmeaning = \"Emitir",
            "value = 5\nunit = \"working_days\"\nmeaning = \"Emitir",
        );
        replace(
            &mut files.calendars,
            "month = 1, day = 1",
            "month = 2, day = 30",
        );
        replace(
            &mut files.calendars,
            "America/Mexico_City",
            "America/Atlantis",
        );
        replace(&mut files.calendars, "opens = 8", "opens = 20");
        files
            .states
            .push_str("\n[[entry]]\ncode = \"atlantida\"\nname = \"Atlántida\"\n");
    });
    for fault in [
        "ooad.toml: `Jalísco!` is not written as a code",
        "ooad.toml: `sonora`: state `sonorra` does not exist",
        "ooad.toml: `Morelos` means both `morelos` and `nayarit`",
        "umae.toml: `he_merida`: state `merida` does not exist",
        "risks.toml: `RE05`: orientation `konapred` does not exist",
        "risks.toml: `peligro_inmediato`: orientation `119` does not exist",
        "risks.toml: `RE01`: is the id of two rules",
        "terms.toml: `proyecto` is there 0 times instead of once",
        "terms.toml: `determinacion` is there 2 times instead of once",
        "terms.toml: `prevencion_emitir`: differs from the term it is tied to by `same_as`",
        "calendars.toml: `federal_decree`: has a holiday on a day that does not exist",
        "calendars.toml: `time_zone`: is not a zone of the IANA database",
        "calendars.toml: `office_hours`: do not open before they close on the same day",
        "states.toml: has 33 entries, the official list 32",
    ] {
        assert!(told.contains(fault), "missing: {fault}\ntold: {told}");
    }
    assert_eq!(told.lines().count(), 1 + 14, "{told}");
}

#[test]
fn an_unreadable_file_does_not_hide_the_faults_of_the_others() {
    let told = faults_after(|files| {
        files.instances.push_str("\nnonsense");
        replace(
            &mut files.risks,
            "first_term = { value = \"registro_sseccoe\"",
            "first_term = { value = \"never\"",
        );
        replace(&mut files.umae, "state = \"puebla\"", "state = \"nowhere\"");
    });
    for fault in [
        "instances.toml: ",
        "risks.toml: ",
        "umae.toml: `he_puebla`: state `nowhere`",
    ] {
        assert!(told.contains(fault), "missing: {fault}\ntold: {told}");
    }
}

#[test]
fn unknown_fields_are_refused() {
    let told = faults_after(|files| replace(&mut files.centres, "name =", "nombre ="));
    assert!(told.contains("centres.toml: "), "{told}");
}

#[test]
fn no_edit_of_the_data_keeps_a_doubtful_case_from_a_person() {
    let told = faults_after(|files| {
        files.risks = files
            .risks
            .replace("needs_person = true", "needs_person = false");
        replace(
            &mut files.risks,
            "priority_at_least = \"urgente\"",
            "priority_at_least = \"media\"",
        );
        replace(&mut files.risks, "priority_at_least = \"alta\"\n", "");
    });
    for fault in [
        "`clasificacion_dudosa`: has to send the case to a person",
        "`fuera_competencia`: has to send the case to a person",
        "`peligro_inmediato`: has to make the case urgent",
        "`urgencia_alta`: has to give the case a high priority",
    ] {
        assert!(told.contains(fault), "missing: {fault}\ntold: {told}");
    }
}

#[test]
fn every_code_of_the_procedure_has_a_label_and_every_term_an_owner() {
    let told = faults_after(|files| {
        replace(&mut files.labels, "\nPREVENIR =", "\nPREVENCION =");
        replace(&mut files.labels, "[sense]", "[senses]");
        replace(
            &mut files.procedure,
            "key = \"proyecto\"",
            "key = \"determinacion\"",
        );
        replace(&mut files.procedure, "most = 3", "most = 0");
    });
    for fault in [
        "labels.toml: `PREVENIR` is there 0 times instead of once",
        "labels.toml: `move`: label `PREVENCION` does not exist",
        "labels.toml: `RECOMENDACION_GENERAL` is there 0 times instead of once",
        "labels.toml: `senses`: is no list",
        "procedure.toml: `proyecto` is there 0 times instead of once",
        "procedure.toml: `determinacion` is there 2 times instead of once",
        "procedure.toml: `commission`: lets nobody do anything",
    ] {
        assert!(told.contains(fault), "missing: {fault}\ntold: {told}");
    }
}
