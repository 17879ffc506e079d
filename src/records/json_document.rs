//! The records as one JSON document.
//!
//! ```json
//! {"schema": "guiando/registros", "version": 1, "registros": [
//!   {"folio": "CE-2026-000042", "fecha_recepcion": "2026-01-29", "ejercicio": 2026, …}
//! ]}
//! ```
//!
//! The names are those of the CSV columns; lists are lists, days are ISO 8601, what is not there is
//! `null`. Instead of the next term alone there is `plazos`: every term that runs, as
//! `{"plazo", "inicia", "vence"}`, the one that ends next first. The version changes when a name goes or
//! means something else; a new name does not change it.

use domain::case::{CaseState, Folio, Status};
use domain::catalogue::{OoadCode, Risk, TermKey, UmaeCode};
use domain::routing::{Mediation, Priority, Protocol, Urgency};
use jiff::civil::Date;
use serde::Serialize;

use crate::record::{Record, by_folio};

/// Names the kind of document.
pub const SCHEMA: &str = "guiando/registros";
/// Its version.
pub const SCHEMA_VERSION: u32 = 1;

/// The document could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the records could not be written as JSON")]
pub struct JsonError(#[source] serde_json::Error);

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: u32,
    registros: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    folio: Folio,
    fecha_recepcion: Date,
    ejercicio: i16,
    estado: CaseState,
    estado_publico: Status,
    ooad: Option<OoadCode>,
    umae: Option<UmaeCode>,
    riesgo_principal: Option<Risk>,
    riesgos: &'a [Risk],
    protocolos: &'a [Protocol],
    mediacion: Option<Mediation>,
    prioridad: Option<Priority>,
    urgencia: Option<Urgency>,
    revision_humana: Option<bool>,
    modelo: Option<&'a str>,
    plazos: Vec<TermRow>,
    mensajes: u32,
}

#[derive(Serialize)]
struct TermRow {
    plazo: TermKey,
    inicia: Date,
    vence: Date,
}

impl<'a> From<&'a Record> for Row<'a> {
    fn from(record: &'a Record) -> Self {
        let assessment = record.assessment.as_ref();
        Self {
            folio: record.folio,
            fecha_recepcion: record.received_on,
            ejercicio: record.folio.year(),
            estado: record.state,
            estado_publico: record.state.status(),
            ooad: record.ooad,
            umae: record.umae,
            riesgo_principal: assessment.and_then(|proposed| proposed.main),
            riesgos: assessment.map_or(&[], |proposed| &proposed.risks),
            protocolos: assessment.map_or(&[], |proposed| &proposed.protocols),
            mediacion: assessment.map(|proposed| proposed.mediation),
            prioridad: assessment.map(|proposed| proposed.priority),
            urgencia: assessment.map(|proposed| proposed.urgency),
            revision_humana: assessment.map(|proposed| proposed.review),
            modelo: assessment.map(|proposed| proposed.model.as_str()),
            plazos: record
                .terms_by_end()
                .into_iter()
                .map(|term| TermRow {
                    plazo: term.key,
                    inicia: term.starts_on,
                    vence: term.due_on,
                })
                .collect(),
            mensajes: record.messages,
        }
    }
}

/// The document, by folio, with a line break at its end.
///
/// # Errors
/// [`JsonError`], which memory alone never gives.
pub fn to_json(records: &[Record]) -> Result<Vec<u8>, JsonError> {
    let document = Document {
        schema: SCHEMA,
        version: SCHEMA_VERSION,
        registros: by_folio(records).into_iter().map(Row::from).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&document).map_err(JsonError)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::samples;

    #[test]
    fn the_document_names_its_schema_and_version() {
        let document: Value = serde_json::from_slice(&to_json(&[]).unwrap()).unwrap();
        assert_eq!(
            document,
            json!({"schema": "guiando/registros", "version": 1, "registros": []})
        );
    }

    #[test]
    fn a_record_says_what_the_register_holds() {
        let bytes = to_json(&[samples::assessed()]).unwrap();
        let document: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(
            document["registros"][0],
            json!({
                "folio": "CE-2026-000042", "fecha_recepcion": "2026-01-29", "ejercicio": 2026,
                "estado": "EN_REVISION", "estado_publico": "received",
                "ooad": "ciudad_de_mexico_norte", "umae": null,
                "riesgo_principal": "acoso_sexual", "riesgos": ["acoso_sexual", "agresiones"],
                "protocolos": ["HSYAS"], "mediacion": "forbidden",
                "prioridad": "urgente", "urgencia": "alta", "revision_humana": true,
                "modelo": "reglas-1",
                "plazos": [
                    {"plazo": "registro_sseccoe", "inicia": "2026-01-29", "vence": "2026-02-04"},
                    {"plazo": "conclusion_total", "inicia": "2026-01-29", "vence": "2026-05-29"},
                ],
                "mensajes": 2,
            })
        );
    }

    proptest! {
        #[test]
        fn the_order_of_the_register_changes_no_byte(records in samples::any_records()) {
            let mut turned = records.clone();
            turned.reverse();
            prop_assert_eq!(to_json(&records).unwrap(), to_json(&turned).unwrap());
        }
    }
}
