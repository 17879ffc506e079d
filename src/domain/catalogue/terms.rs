//! Time limits as data: each with its source, and how sure that source is.

use jiff::civil::Date;
use serde::Deserialize;

use super::{
    current,
    fault::{Faults, Problem},
    list::Edition,
};
use crate::calendar::{Amount, Unit};

crate::coded_enum! {
    /// A time limit that some rule of the program refers to. A closed list, so that a rule cannot
    /// name a term that does not exist; how long each is, only the data says.
    pub enum TermKey {
        /// To file, from the facts or their end.
        PlazoPresentacion = "plazo_presentacion",
        /// For facts of discrimination to count as current; a warning only.
        PlazoPresentacionDisc = "plazo_presentacion_disc",
        /// To check and register a complaint, and tell its folio.
        RegistroSseccoe = "registro_sseccoe",
        /// To ask once for what is missing.
        PrevencionEmitir = "prevencion_emitir",
        /// For the complainant to complete what is missing.
        PrevencionDesahogo = "prevencion_desahogo",
        /// To propose the agreement.
        PropuestaAcuerdo = "propuesta_acuerdo",
        /// To notify an agreement.
        NotificarAcuerdo = "notificar_acuerdo",
        /// For the denounced person to answer.
        DescargoDenunciada = "descargo_denunciada",
        /// To hold the interviews.
        Entrevistas = "entrevistas",
        /// To summon to mediation.
        MediacionCita = "mediacion_cita",
        /// To draft the determination.
        Proyecto = "proyecto",
        /// To vote the determination.
        Determinacion = "determinacion",
        /// To notify the determination.
        NotificarDeterminacion = "notificar_determinacion",
        /// For the unit to say whether it adopts a recommendation.
        RecomendacionAdopcion = "recomendacion_adopcion",
        /// For the unit to carry the recommendation out.
        RecomendacionImplementacion = "recomendacion_implementacion",
        /// For the unit to justify that it does not adopt it.
        RecomendacionNegativa = "recomendacion_negativa",
        /// To conclude, from registration.
        ConclusionTotal = "conclusion_total",
        /// The longest extension.
        ProrrogaMax = "prorroga_max",
        /// For the persona consejera to pass a complaint on.
        ConsejeraTurno = "consejera_turno",
        /// For the persona consejera to capture it.
        ConsejeraRegistro = "consejera_registro",
        /// Protection measures: at once.
        MedidasProteccionHsas = "medidas_proteccion_hsas",
        /// To register a conflict-of-interest consultation.
        ConsultaCiRegistro = "consulta_ci_registro",
        /// To complete such a consultation.
        ConsultaCiRequerimiento = "consulta_ci_requerimiento",
        /// To answer a request of the Secretaría.
        RequerimientoSecretaria = "requerimiento_secretaria",
        /// Between the call and the session.
        Convocatoria = "convocatoria",
        /// To acknowledge receipt (good practice).
        AcuseBuenaPractica = "acuse_buena_practica",
        /// To give feedback (good practice).
        RetroalimentacionBuenaPractica = "retroalimentacion_buena_practica",
        /// To post the interim message.
        MensajeIntermedio = "mensaje_intermedio",
        /// For a procedure on a serious fault to begin.
        VistaFaltaGrave = "vista_falta_grave",
        /// Where no term is set.
        GenericoSinPlazo = "generico_sin_plazo",
    }
}

crate::coded_enum! {
    /// How sure a term is.
    pub enum Confidence {
        /// The norm itself was read.
        A = "a",
        /// Read in a state text that follows the federal one.
        B = "b",
        /// To be confirmed.
        C = "c",
    }
}

crate::coded_enum! {
    /// Which way a term is counted.
    pub enum Runs {
        /// From a notice onwards: [`Calendar::due`](crate::calendar::Calendar::due).
        After = "after",
        /// Back from an event: [`Calendar::latest_before`](crate::calendar::Calendar::latest_before).
        Before = "before",
    }
}

/// A time limit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Which one.
    pub key: TermKey,
    value: u32,
    unit: Unit,
    /// What has to be done in it, in Spanish.
    pub meaning: String,
    /// The norm.
    pub source: String,
    /// How sure the length is.
    pub confidence: Confidence,
    /// The first day of its validity, where the norm changed it.
    pub valid_from: Option<Date>,
    /// The term that has the same length by the same norm.
    pub same_as: Option<TermKey>,
    /// Whether it only reminds and warns, and decides nothing.
    #[serde(default)]
    pub advisory: bool,
    /// Which way it is counted.
    #[serde(default = "onwards")]
    pub runs: Runs,
}

fn onwards() -> Runs {
    Runs::After
}

impl Term {
    /// Its length.
    pub fn amount(&self) -> Amount {
        Amount {
            value: self.value,
            unit: self.unit,
        }
    }
}

impl TermKey {
    /// What the catalogue says of this term.
    pub fn term(self) -> &'static Term {
        current().terms.get(self)
    }
}

/// The terms of the catalogue.
#[derive(Debug)]
pub(super) struct Terms {
    edition: Edition,
    terms: Vec<Term>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermsFile {
    version: String,
    as_of: Date,
    source: String,
    entry: Vec<Term>,
}

impl Terms {
    pub(super) fn new(file: &'static str, read: TermsFile, faults: &mut Faults) -> Self {
        let TermsFile {
            version,
            as_of,
            source,
            entry: terms,
        } = read;
        faults.each_once(
            file,
            TermKey::ALL,
            TermKey::code,
            terms.iter().map(|term| term.key),
        );
        for term in &terms {
            let mut senseless = |why| {
                let entry = term.key.code().to_owned();
                faults.add(file, Problem::Senseless { entry, why });
            };
            let same = terms.iter().find(|other| Some(other.key) == term.same_as);
            if same.is_some_and(|same| same.amount() != term.amount()) {
                senseless("differs from the term it is tied to by `same_as`");
            }
            let by_days = matches!(term.unit, Unit::WorkingDays | Unit::CalendarDays);
            if term.runs == Runs::Before && !by_days {
                senseless("only days can be counted back from an event");
            }
        }
        Self {
            edition: Edition {
                version,
                as_of,
                source,
            },
            terms,
        }
    }

    pub(super) fn edition(&self) -> &Edition {
        &self.edition
    }

    fn get(&self, key: TermKey) -> &Term {
        self.terms
            .iter()
            .find(|term| term.key == key)
            .expect("`Catalogues::load` found each term exactly once")
    }
}
