//! `guiando classifier drift`: how often the committee says what was proposed, over time and by class.

use std::fmt::Write as _;

use committee::feedback::{Agreement, OfVersion, Rate, Rates};

use super::feedback::FeedbackError;
use super::opened::Whose;
use crate::output;

/// How often the committee agrees with the classifier: by quarter and by class, by version of the classifier,
/// and apart where the proposal was hidden until the committee had classified the case. Only there is it a
/// measure of how often the classifier is right: whoever has seen a proposal leans towards it. Each share comes
/// with its 95 % interval (Wilson)
#[derive(Debug, clap::Args)]
pub(crate) struct Drift {
    #[command(flatten)]
    whose: Whose,
    /// As one JSON document, for programs
    #[arg(long)]
    json: bool,
}

impl Drift {
    pub(crate) fn run(self) -> Result<(), FeedbackError> {
        let learnt = self.whose.learn(false)?;
        let agreement = Agreement::of(learnt.iter().map(|one| &one.opinion));
        let written = if self.json {
            let mut written = serde_json::to_vec_pretty(&agreement)?;
            written.push(b'\n');
            written
        } else {
            table(&agreement).into_bytes()
        };
        Ok(output::to_stdout(&written)?)
    }
}

/// For people: a share where there are enough cases for one.
fn table(agreement: &Agreement) -> String {
    if agreement.versions.is_empty() {
        return "no case yet that the committee classified after a proposal\n".to_owned();
    }
    let tables: Vec<String> = agreement.versions.iter().map(of_version).collect();
    tables.join("\n")
}

fn of_version(version: &OfVersion) -> String {
    let mut out = String::new();
    let mut line = |name: &str, rates: &Rates| {
        // Writing to a string does not fail.
        let _ = writeln!(
            out,
            "{name:<22}{:<32}{}",
            rate(rates.hidden),
            rate(rates.shown)
        );
    };
    line("main risk, in all", &version.main);
    for of in &version.quarters {
        line(&format!("  {}", of.quarter), &of.main);
    }
    for of in &version.classes {
        line(&format!("  {}", of.class), &of.main);
    }
    for of in &version.quarters {
        line(&format!("  urgency {}", of.quarter), &of.urgency);
    }
    let (hidden, shown) = ("proposal hidden", "proposal shown");
    format!(
        "classifier {}\n{:<22}{hidden:<32}{shown}\n{}",
        version.model, "", out
    )
}

fn rate(rate: Rate) -> String {
    let Rate { agreed, of } = rate;
    match rate.share().zip(rate.interval()) {
        None => "-".to_owned(),
        Some(_) if rate.is_of_few() => format!("{agreed} of {of}, too few to say"),
        Some((share, (from, to))) => format!(
            "{agreed} of {of}, {:.0} % ({:.0} to {:.0})",
            share * 100.0,
            from * 100.0,
            to * 100.0
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_told_where_there_are_enough_cases() {
        assert_eq!(rate(Rate::default()), "-");
        assert_eq!(rate(Rate { agreed: 3, of: 4 }), "3 of 4, too few to say");
        assert_eq!(rate(Rate { agreed: 8, of: 10 }), "8 of 10, 80 % (49 to 94)");
    }
}
