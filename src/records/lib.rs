//! SSECCOE-style records: from the clear part of a case to a table that other systems read.
//!
//! [`Record`] is plain data, so this crate needs no store and no key; whoever reads the register
//! makes the records. [`to_csv`] and [`to_json`] write them, by folio, so that two exports of the
//! same register are the same bytes.
//!
//! Only what the register holds in clear is written. Names, posts, sex and age groups, the facts and
//! their reasons are sealed in the case files; their columns are left out rather than left empty, so
//! that nobody takes "not exported" for "not told".
//!
//! | column | what it is |
//! |---|---|
//! | `folio` | number of the case |
//! | `fecha_recepcion` | legal day of reception |
//! | `ejercicio` | year of the folio |
//! | `estado` | where the case stands in the procedure |
//! | `estado_publico` | what the complainant is told of it |
//! | `ooad`, `umae` | codes of the catalogues; empty if not told |
//! | `riesgo_principal`, `riesgos` | proposed risk, and all of them, the main one first |
//! | `protocolos` | special protocols that apply |
//! | `mediacion` | whether mediation is open |
//! | `prioridad`, `urgencia` | how soon the case is to be worked on, and what the narrative asks for |
//! | `revision_humana` | `S` if a person has to read before the proposal is followed, else `N` |
//! | `modelo` | which classifier proposed |
//! | `plazo_siguiente`, `inicia`, `vence` | the term that ends next, the day of its notice, its last day |
//! | `mensajes` | how many messages came after filing |
//!
//! What was proposed is empty until it was. The JSON document has all terms that run, in `plazos`,
//! instead of the next one alone.

mod csv_table;
mod json_document;
mod record;

pub use self::csv_table::{CsvError, HEADER, to_csv};
pub use self::json_document::{JsonError, SCHEMA, SCHEMA_VERSION, to_json};
pub use self::record::{Assessment, Record, Term};

#[cfg(test)]
mod samples;
