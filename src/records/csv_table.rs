//! The records as CSV (RFC 4180, UTF-8), safe to open in a spreadsheet.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe in front. So does a cell
//! that begins with an apostrophe, so that whoever reads the file by program can take exactly one
//! away and has the value again.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};

use crate::record::{Assessment, Record, Term, by_folio};

/// The columns, in order.
pub const HEADER: [&str; 19] = [
    "folio",
    "fecha_recepcion",
    "ejercicio",
    "estado",
    "estado_publico",
    "ooad",
    "umae",
    "riesgo_principal",
    "riesgos",
    "protocolos",
    "mediacion",
    "prioridad",
    "urgencia",
    "revision_humana",
    "modelo",
    "plazo_siguiente",
    "inicia",
    "vence",
    "mensajes",
];

/// Parts the values of a cell that holds several; it occurs in no code.
const SEPARATOR: &str = "|";

/// The table could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the records could not be written as CSV")]
pub struct CsvError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// The table with its header line, by folio; lines end in CR LF.
///
/// # Errors
/// [`CsvError`], which memory alone never gives.
pub fn to_csv(records: &[Record]) -> Result<Vec<u8>, CsvError> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::with_capacity(1 << 12));
    writer
        .write_record(HEADER)
        .map_err(|error| CsvError(error.into()))?;
    for record in by_folio(records) {
        let row = row(record);
        let cells = row.iter().map(|cell| guarded(cell).into_owned());
        writer
            .write_record(cells)
            .map_err(|error| CsvError(error.into()))?;
    }
    writer
        .into_inner()
        .map_err(|error| CsvError(error.to_string().into()))
}

fn row(record: &Record) -> [String; HEADER.len()] {
    let proposed =
        |of: fn(&Assessment) -> String| record.assessment.as_ref().map(of).unwrap_or_default();
    let next = record.next_term();
    let term = |of: fn(Term) -> String| next.map(of).unwrap_or_default();
    [
        record.folio.to_string(),
        record.received_on.to_string(),
        record.folio.year().to_string(),
        record.state.to_string(),
        record.state.status().to_string(),
        record.ooad.map(|code| code.to_string()).unwrap_or_default(),
        record.umae.map(|code| code.to_string()).unwrap_or_default(),
        proposed(|assessment| {
            assessment
                .main
                .map_or_else(String::new, |risk| risk.to_string())
        }),
        proposed(|assessment| joined(assessment.risks.iter().map(|risk| risk.code()))),
        proposed(|assessment| joined(assessment.protocols.iter().map(|protocol| protocol.code()))),
        proposed(|assessment| assessment.mediation.to_string()),
        proposed(|assessment| assessment.priority.to_string()),
        proposed(|assessment| assessment.urgency.to_string()),
        proposed(|assessment| if assessment.review { "S" } else { "N" }.to_owned()),
        proposed(|assessment| assessment.model.clone()),
        term(|term| term.key.to_string()),
        term(|term| term.starts_on.to_string()),
        term(|term| term.due_on.to_string()),
        record.messages.to_string(),
    ]
}

fn joined<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    codes.collect::<Vec<_>>().join(SEPARATOR)
}

/// The cell, with an apostrophe in front where a spreadsheet would run it, or where it has one.
fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::samples;

    /// What a program that reads the file does.
    fn unguarded(cell: &str) -> &str {
        cell.strip_prefix('\'').unwrap_or(cell)
    }

    fn read(table: &[u8]) -> Vec<Vec<String>> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(table)
            .records()
            .map(|row| {
                row.unwrap()
                    .iter()
                    .map(|cell| unguarded(cell).to_owned())
                    .collect()
            })
            .collect()
    }

    #[test]
    fn no_records_make_a_table_of_its_header_alone() {
        let table = to_csv(&[]).unwrap();
        assert_eq!(String::from_utf8(table).unwrap(), HEADER.join(",") + "\r\n");
    }

    #[test]
    fn a_row_says_what_the_register_holds() {
        let table = String::from_utf8(to_csv(&[samples::assessed()]).unwrap()).unwrap();
        let row = table.lines().nth(1).unwrap();
        assert_eq!(
            row,
            "CE-2026-000042,2026-01-29,2026,EN_REVISION,received,ciudad_de_mexico_norte,,\
             acoso_sexual,acoso_sexual|agresiones,HSYAS,forbidden,urgente,alta,S,reglas-1,\
             registro_sseccoe,2026-01-29,2026-02-04,2"
        );
    }

    #[test]
    fn what_was_not_yet_proposed_is_empty() {
        let rows = read(&to_csv(&[samples::bare()]).unwrap());
        assert_eq!(rows[1][7..18], [""; 11]);
    }

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_disarmed() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"] {
            let mut record = samples::assessed();
            record.assessment.as_mut().unwrap().model = formula.to_owned();
            let table = to_csv(&[record]).unwrap();
            let mut reader = csv::Reader::from_reader(&table[..]);
            let row = reader.records().next().unwrap().unwrap();
            assert_eq!(row[14], format!("'{formula}"));
        }
    }

    proptest! {
        #[test]
        fn the_table_reads_back_to_the_same_values(records in samples::any_records()) {
            let rows = read(&to_csv(&records).unwrap());
            let sorted = by_folio(&records);
            prop_assert_eq!(rows.len(), sorted.len() + 1);
            for (cells, record) in rows[1..].iter().zip(sorted) {
                prop_assert_eq!(&cells[..], &row(record)[..]);
            }
        }

        #[test]
        fn no_cell_begins_as_a_formula(records in samples::any_records()) {
            let table = to_csv(&records).unwrap();
            for row in csv::Reader::from_reader(&table[..]).records() {
                for cell in &row.unwrap() {
                    prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}", cell);
                }
            }
        }

        #[test]
        fn the_order_of_the_register_changes_no_byte(records in samples::any_records()) {
            let mut turned = records.clone();
            turned.reverse();
            prop_assert_eq!(to_csv(&records).unwrap(), to_csv(&turned).unwrap());
        }
    }
}
