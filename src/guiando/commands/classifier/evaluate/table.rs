//! The figures for a person.

use std::fmt::{self, Write as _};

use ::classifier::evaluation::Measure;
use domain::catalogue::Risk;

use super::Outcome;

pub(super) fn told(outcome: &Outcome) -> String {
    let mut out = String::new();
    write(outcome, &mut out).expect("writing to a string does not fail");
    out
}

fn write(outcome: &Outcome, out: &mut String) -> fmt::Result {
    let figures = &outcome.figures;
    writeln!(out, "{} on {} texts\n", figures.version, figures.texts)?;
    writeln!(out, "{:<24}         95 % interval", "")?;
    for measure in Measure::ALL {
        match figures.measures.get(&measure) {
            Some(found) => writeln!(
                out,
                "{:<24} {:.3}   {:.3} – {:.3}",
                measure.name(),
                found.value,
                found.low,
                found.high
            )?,
            None => writeln!(out, "{:<24}     –", measure.name())?,
        }
    }
    writeln!(out, "\n{:<20} texts  precision  recall  F1", "class")?;
    for class in &figures.classes {
        writeln!(
            out,
            "{:<20} {:>5}  {:>9.3}  {:>6.3}  {:.3}",
            class.risk.code(),
            class.texts,
            class.precision,
            class.recall,
            class.f1
        )?;
    }
    out.push_str("\nconfusion: a row is what a text is, a column what is proposed\n");
    for (risk, row) in Risk::ALL.iter().zip(&figures.confusion) {
        write!(out, "{:<20}", risk.code())?;
        for count in row {
            write!(out, " {count:>4}")?;
        }
        out.push('\n');
    }
    out.push_str("\nprobability stated   right  texts\n");
    for bin in &figures.reliability {
        writeln!(
            out,
            "{:>18.3}  {:>6.3}  {:>5}",
            bin.stated, bin.right, bin.texts
        )?;
    }
    out.push_str("\nfrom probability  share of texts  right\n");
    for point in &figures.curve {
        writeln!(
            out,
            "{:>16.2}  {:>14.3}  {:.3}",
            point.from, point.coverage, point.accuracy
        )?;
    }
    speed(outcome, out)
}

fn speed(outcome: &Outcome, out: &mut String) -> fmt::Result {
    let speed = &outcome.speed;
    writeln!(
        out,
        "\n{:.1} texts a second on {} cores; with its explanation, one text on one core:",
        speed.texts_per_second, speed.cores
    )?;
    writeln!(out, "{:>14} texts  median  19 in 20", "words")?;
    for length in &speed.lengths {
        let words = length
            .words
            .map_or_else(|| "more".to_owned(), |most| format!("up to {most}"));
        writeln!(
            out,
            "{words:>14} {:>5} {:>4.0} ms {:>6.0} ms",
            length.texts, length.median_ms, length.p95_ms
        )?;
    }
    Ok(())
}
