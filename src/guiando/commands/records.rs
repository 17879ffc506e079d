//! `guiando records`: SSECCOE-style records from the register, without any key.

use std::io;
use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use records::{Assessment, CsvError, JsonError, Record, Term};
use service::settings::StoreUrl;
use store::StoreError;
use store::casefiles::RegisterEntry;

use crate::output;

/// What can be done with records.
#[derive(Debug, Subcommand)]
pub(crate) enum Records {
    /// Write the register as a table, by folio; two exports of one register are the same bytes
    Export {
        /// The case files: `sqlite://PATH`, which must be there, or `postgres://…`
        #[arg(long, env = "CASES_URL", value_name = "URL", hide_env_values = true)]
        cases: StoreUrl,
        /// Shape of the result
        #[arg(long, value_enum)]
        format: Format,
        /// Only the cases of this year
        #[arg(long, value_parser = clap::value_parser!(i16).range(1000..=9999))]
        year: Option<i16>,
        /// File to write, whole or not at all; standard output without it
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// Shape of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// RFC 4180, safe to open in a spreadsheet
    Csv,
    /// One document that names its version
    Json,
}

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    /// The case files cannot be read.
    #[error("the case files cannot be read; check --cases")]
    Store(#[from] StoreError),
    /// The path is mistyped: an empty register would look like a year without complaints.
    #[error("there are no case files at {}; check --cases", .0.display())]
    Absent(PathBuf),
    /// The table cannot be made.
    #[error(transparent)]
    Csv(#[from] CsvError),
    /// The document cannot be made.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The result cannot be written.
    #[error("{} cannot be written; nothing was changed there", path.display())]
    File {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Standard output, or the runtime that talks to the store.
    #[error("input or output failed")]
    Io(#[from] io::Error),
}

impl Records {
    pub(crate) fn run(self) -> Result<(), RecordsError> {
        let Self::Export {
            cases,
            format,
            year,
            out,
        } = self;
        if let Some(path) = cases.path().filter(|path| !path.exists()) {
            return Err(RecordsError::Absent(path.to_owned()));
        }
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let register = runtime.block_on(async {
            service::stores::case_files(&cases)
                .await?
                .register(year)
                .await
        })?;
        let records: Vec<Record> = register.into_iter().map(record).collect();
        let bytes = match format {
            Format::Csv => records::to_csv(&records)?,
            Format::Json => records::to_json(&records)?,
        };
        match out {
            None => Ok(output::to_stdout(&bytes)?),
            Some(path) => {
                output::replace(&path, &bytes).map_err(|source| RecordsError::File { path, source })
            }
        }
    }
}

/// The register knows the store; records do not.
fn record(entry: RegisterEntry) -> Record {
    Record {
        folio: entry.folio,
        received_on: entry.received_on,
        state: entry.state,
        ooad: entry.ooad,
        umae: entry.umae,
        assessment: entry.classification.map(|proposed| Assessment {
            main: proposed.main(),
            risks: proposed.labels().to_vec(),
            protocols: proposed.protocols().to_vec(),
            mediation: proposed.mediation,
            priority: proposed.priority,
            urgency: proposed.urgency,
            review: proposed.review,
            model: proposed.model,
        }),
        terms: entry
            .terms
            .into_iter()
            .map(|term| Term {
                key: term.deadline.key,
                starts_on: term.starts_on,
                due_on: term.deadline.due_on,
            })
            .collect(),
        messages: entry.messages,
    }
}
