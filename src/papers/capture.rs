//! What is captured of a case in the Secretaría's system (SSECCOE), in its order.
//!
//! The system's own list of fields is not public. `capture.toml` says of each field which norm asks for
//! it and how sure that is; a committee that sees the real form changes the file.

use std::sync::LazyLock;

use domain::catalogue::Confidence;
use domain::coded_enum;
use serde::Deserialize;

coded_enum! {
    /// A field of the form.
    pub enum CaptureField {
        /// Which committee.
        Committee = "comite",
        /// Folio of the committee.
        Folio = "folio_interno",
        /// Folio that the system gave.
        ExternalFolio = "folio_sseccoe",
        /// Year.
        Year = "ejercicio",
        /// Legal day of reception.
        ReceivedOn = "fecha_recepcion",
        /// Day of the capture.
        RegisteredOn = "fecha_registro",
        /// By which way it came.
        Channel = "canal_captacion",
        /// Whether it is anonymous.
        Anonymous = "anonima",
        /// Name of whoever filed.
        ReporterName = "denunciante_nombre",
        /// Post of whoever filed.
        ReporterPost = "denunciante_puesto",
        /// Sex of whoever filed.
        ReporterSex = "denunciante_sexo",
        /// Age group of whoever filed.
        ReporterAge = "denunciante_edad",
        /// Victim, witness, third party.
        ReporterRole = "denunciante_caracter",
        /// Tie to the institution.
        ReporterBond = "denunciante_vinculo",
        /// Names of those denounced.
        DenouncedName = "denunciada_nombre",
        /// Their posts.
        DenouncedPost = "denunciada_puesto",
        /// Their sex.
        DenouncedSex = "denunciada_sexo",
        /// Their age group.
        DenouncedAge = "denunciada_edad",
        /// Their rank towards the person harmed.
        DenouncedRank = "denunciada_nivel",
        /// Their area.
        DenouncedUnit = "denunciada_unidad",
        /// When it happened.
        FactsOn = "fecha_hechos",
        /// OOAD or UMAE.
        Place = "ooad_umae",
        /// Centre of work.
        Centre = "centro_trabajo",
        /// Principal risk.
        Risk = "riesgo_etico",
        /// Other risks.
        OtherRisks = "otros_riesgos",
        /// Principle, value or rule presumably broken.
        Norms = "principio_valor_regla",
        /// Special protocol.
        Protocol = "protocolo",
        /// Protection measures.
        Measures = "medidas",
        /// Whether what was missing was asked for.
        Request = "prevencion",
        /// Mediation.
        Mediation = "mediacion",
        /// Notice to the control body.
        Referral = "vista",
        /// Where the case stands.
        State = "estado",
        /// How it was decided.
        Sense = "sentido",
        /// When it was decided.
        DeterminedOn = "fecha_determinacion",
        /// Recommendations.
        Recommendations = "recomendaciones",
    }
}

coded_enum! {
    /// A group of fields.
    pub enum CaptureSection {
        /// The complaint.
        Complaint = "denuncia",
        /// Whoever filed.
        Reporter = "denunciante",
        /// Who is denounced.
        Denounced = "denunciada",
        /// What happened.
        Facts = "hechos",
        /// What it is.
        Classification = "clasificacion",
        /// What is being done.
        Procedure = "tramite",
        /// How it ended.
        Outcome = "determinacion",
    }
}

/// What is known of a field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaptureEntry {
    /// Which field.
    pub field: CaptureField,
    /// In which group.
    pub section: CaptureSection,
    /// What it is called, in Spanish.
    pub label: String,
    /// Whether a norm demands it before the system gives a folio.
    #[serde(default)]
    pub required: bool,
    /// The norm.
    pub source: String,
    /// How sure that is.
    pub confidence: Confidence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaptureFile {
    #[serde(rename = "version")]
    _version: String,
    #[serde(rename = "as_of")]
    _as_of: jiff::civil::Date,
    entry: Vec<CaptureEntry>,
}

/// Why the list cannot be used; the file has to be mended.
#[derive(Debug, thiserror::Error)]
pub enum CaptureError {
    /// It is not such a list at all.
    #[error("not a list of fields: {0}")]
    Form(#[from] toml::de::Error),
    /// A field is not in it exactly once.
    #[error("field `{0}` is not there exactly once")]
    NotOnce(CaptureField),
    /// A group is torn apart by another.
    #[error("the group `{0}` stands in two places")]
    Torn(CaptureSection),
}

fn parse(text: &str) -> Result<Vec<CaptureEntry>, CaptureError> {
    let CaptureFile { entry: entries, .. } = toml::from_str(text)?;
    for field in CaptureField::ALL {
        if entries.iter().filter(|entry| entry.field == *field).count() != 1 {
            return Err(CaptureError::NotOnce(*field));
        }
    }
    let mut done: Vec<CaptureSection> = Vec::new();
    for entry in &entries {
        if done.last() != Some(&entry.section) {
            if done.contains(&entry.section) {
                return Err(CaptureError::Torn(entry.section));
            }
            done.push(entry.section);
        }
    }
    Ok(entries)
}

static ENTRIES: LazyLock<Vec<CaptureEntry>> = LazyLock::new(|| {
    parse(include_str!("capture.toml")).expect("the list inside this program is tested")
});

/// The fields in the order of the form.
pub fn entries() -> &'static [CaptureEntry] {
    &ENTRIES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_is_there_once_and_each_group_in_one_place() {
        let text = include_str!("capture.toml");
        let entries = parse(text).unwrap();
        assert_eq!(entries.len(), CaptureField::ALL.len());
        let without = text.replacen("field = \"estado\"", "field = \"sentido\"", 1);
        assert!(matches!(parse(&without), Err(CaptureError::NotOnce(_))));
        let torn = text.replacen("section = \"denunciada\"", "section = \"tramite\"", 1);
        assert!(matches!(
            parse(&torn),
            Err(CaptureError::Torn(CaptureSection::Procedure))
        ));
    }

    #[test]
    fn what_the_norm_demands_for_a_folio_is_marked() {
        use CaptureField as F;
        // CHIS 59: day of the facts; name and post, sex and age group of both; what was broken.
        let required: Vec<CaptureField> = entries()
            .iter()
            .filter(|entry| entry.required)
            .map(|entry| entry.field)
            .collect();
        for field in [
            F::FactsOn,
            F::ReporterName,
            F::ReporterPost,
            F::ReporterSex,
            F::ReporterAge,
            F::DenouncedName,
            F::DenouncedPost,
            F::DenouncedSex,
            F::DenouncedAge,
            F::Norms,
        ] {
            assert!(required.contains(&field), "{field}");
        }
    }
}
