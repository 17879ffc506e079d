//! `guiando terms`: when a legal term ends.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::str::FromStr as _;

use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use domain::calendar::{
    Amount, Calendar, CalendarError, Profile, Suspension, SuspensionsError, Unit, read_suspensions,
};
use jiff::civil::Date;

use crate::output;

/// What can be asked about terms.
#[derive(Debug, Subcommand)]
pub(crate) enum Terms {
    /// Print the last day of a term, and nothing else
    Due {
        /// Day of the notice, YYYY-MM-DD; itself never counted and never moved
        #[arg(long, value_name = "DATE", value_parser = read_date)]
        start: Date,
        /// How many
        #[arg(long, value_name = "N")]
        value: u32,
        /// Of what; calendar days and months that end on a non-working day roll forward
        #[arg(long, value_parser = unit())]
        unit: Unit,
        /// Official list of non-working days
        #[arg(long, env = "GUIANDO_CALENDAR", value_parser = profile())]
        profile: Profile,
        /// File of further non-working days: one `YYYY-MM-DD reason` or
        /// `YYYY-MM-DD/YYYY-MM-DD reason` a line, both ends included; `#` begins a comment line
        #[arg(long, env = "GUIANDO_SUSPENSIONS", value_name = "FILE")]
        suspensions: Option<PathBuf>,
    },
}

/// Why there is no due date.
#[derive(Debug, thiserror::Error)]
pub enum TermsError {
    /// The file of suspensions cannot be read.
    #[error("the file of suspensions {} cannot be read", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file of suspensions has bad lines.
    #[error("{}: {fault}", path.display())]
    Suspensions {
        /// Which file.
        path: PathBuf,
        /// Every bad line.
        fault: SuspensionsError,
    },
    /// No calendar reaches that far.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The result could not be written.
    #[error("standard output cannot be written")]
    Output(#[from] io::Error),
}

impl Terms {
    pub(crate) fn run(self) -> Result<(), TermsError> {
        let Self::Due {
            start,
            value,
            unit,
            profile,
            suspensions,
        } = self;
        let suspensions = suspensions
            .map(suspensions_in)
            .transpose()?
            .unwrap_or_default();
        let due = Calendar::new(profile, suspensions).due(start, Amount { value, unit })?;
        Ok(output::to_stdout(format!("{due}\n").as_bytes())?)
    }
}

fn suspensions_in(path: PathBuf) -> Result<Vec<Suspension>, TermsError> {
    match fs::read_to_string(&path) {
        Ok(text) => {
            read_suspensions(&text).map_err(|fault| TermsError::Suspensions { path, fault })
        }
        Err(source) => Err(TermsError::File { path, source }),
    }
}

/// Reads `YYYY-MM-DD` and nothing else: a time behind it would be dropped without a word.
fn read_date(text: &str) -> Result<Date, &'static str> {
    let date = Date::from_str(text)
        .ok()
        .filter(|date| date.to_string() == text);
    date.ok_or("a date reads YYYY-MM-DD")
}

/// The units that the norms count in. The calendar also knows years; they are twelve months.
fn unit() -> impl clap::builder::TypedValueParser<Value = Unit> {
    let units = [Unit::WorkingDays, Unit::CalendarDays, Unit::Months];
    PossibleValuesParser::new(units.map(Unit::code)).try_map(|code| code.parse())
}

fn profile() -> impl clap::builder::TypedValueParser<Value = Profile> {
    PossibleValuesParser::new(Profile::ALL.iter().map(|profile| profile.code()))
        .try_map(|code| code.parse())
}
