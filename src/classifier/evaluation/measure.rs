//! The single figures.

use domain::catalogue::Risk;

use super::verdict::Verdict;
use super::{class, confusion, real, reliability, share};

/// What is decided without a second look should be right so often.
pub const ENOUGH: f64 = 0.93;

/// A figure about many texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Share whose main risk is right.
    Accuracy,
    /// Mean of the classes' F1, each class that occurs counting the same.
    MacroF1,
    /// Share whose main risk is among the three most probable.
    TopThree,
    /// Mean distance between stated probability and share of right ones, over ten bins.
    CalibrationError,
    /// Share that is proposed without asking for review.
    Decided,
    /// Share of those that is right.
    DecidedAccuracy,
    /// The largest share, most probable proposals first, of which [`ENOUGH`] are right. What is taken
    /// for out of scope always goes to a person and is not part of it.
    Covered,
    /// Micro-averaged F1 of all labels.
    LabelsF1,
    /// Share of the urgent texts that are proposed as urgent.
    AltaRecall,
    /// Share of the texts proposed as urgent that are.
    AltaPrecision,
    /// Share of all texts that are proposed as urgent.
    AltaFlagged,
    /// Share whose level of urgency is right.
    UrgencyAccuracy,
    /// Share in which a part of the text, or its only phrase, is evidence for the main risk.
    Explained,
    /// Share of a text that is marked as such evidence, on average. Less says more.
    Marked,
    /// Share of complaints within competence that are proposed as outside of it.
    TurnedAway,
}

impl Measure {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 15] = [
        Self::Accuracy,
        Self::MacroF1,
        Self::TopThree,
        Self::CalibrationError,
        Self::Decided,
        Self::DecidedAccuracy,
        Self::Covered,
        Self::LabelsF1,
        Self::AltaRecall,
        Self::AltaPrecision,
        Self::AltaFlagged,
        Self::UrgencyAccuracy,
        Self::Explained,
        Self::Marked,
        Self::TurnedAway,
    ];

    /// For a table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accuracy => "main risk right",
            Self::MacroF1 => "macro-F1",
            Self::TopThree => "among first three",
            Self::CalibrationError => "calibration error",
            Self::Decided => "decided without review",
            Self::DecidedAccuracy => "of those, right",
            Self::Covered => "coverage at 93 % right",
            Self::LabelsF1 => "all labels, micro-F1",
            Self::AltaRecall => "alta, recall",
            Self::AltaPrecision => "alta, precision",
            Self::AltaFlagged => "called alta",
            Self::UrgencyAccuracy => "urgency right",
            Self::Explained => "explained",
            Self::Marked => "of a text, marked",
            Self::TurnedAway => "wrongly out of scope",
        }
    }

    /// Its value; `None` where no text has a say in it.
    pub(super) fn of(self, verdicts: &[Verdict]) -> Option<f64> {
        let right = Verdict::is_right;
        let anyone = |_: &Verdict| true;
        let decided = |verdict: &Verdict| !verdict.review;
        match self {
            Self::Accuracy => rate(verdicts, anyone, right),
            Self::MacroF1 => macro_f1(verdicts),
            Self::TopThree => rate(verdicts, anyone, |verdict| verdict.among_three),
            Self::CalibrationError => calibration_error(verdicts),
            Self::Decided => rate(verdicts, anyone, decided),
            Self::DecidedAccuracy => rate(verdicts, decided, right),
            Self::Covered => covered(verdicts),
            Self::LabelsF1 => labels_f1(verdicts),
            Self::AltaRecall => rate(verdicts, Verdict::is_alta, Verdict::is_called_alta),
            Self::AltaPrecision => rate(verdicts, Verdict::is_called_alta, Verdict::is_alta),
            Self::AltaFlagged => rate(verdicts, anyone, Verdict::is_called_alta),
            Self::UrgencyAccuracy => rate(verdicts, anyone, |verdict| {
                verdict.urgent == verdict.proposed_urgent
            }),
            Self::Explained => rate(verdicts, anyone, |verdict| verdict.explained),
            Self::Marked => (!verdicts.is_empty()).then(|| {
                let sum: f64 = verdicts.iter().map(|verdict| verdict.marked).sum();
                sum / real(verdicts.len())
            }),
            Self::TurnedAway => rate(
                verdicts,
                |verdict| verdict.truth != Risk::FueraCompetencia,
                |verdict| verdict.proposed == Risk::FueraCompetencia,
            ),
        }
    }
}

/// The share of those `among` whom `holds` is true.
fn rate(
    verdicts: &[Verdict],
    among: impl Fn(&Verdict) -> bool,
    holds: impl Fn(&Verdict) -> bool,
) -> Option<f64> {
    let (mut all, mut hits) = (0, 0);
    for verdict in verdicts.iter().filter(|verdict| among(verdict)) {
        all += 1;
        hits += usize::from(holds(verdict));
    }
    (all > 0).then(|| share(hits, all))
}

fn macro_f1(verdicts: &[Verdict]) -> Option<f64> {
    let confusion = confusion(verdicts);
    let classes = Risk::ALL.iter().map(|risk| class(*risk, &confusion));
    let (sum, count) = classes
        .filter(|class| class.texts > 0)
        .fold((0.0, 0), |(sum, count), class| (sum + class.f1, count + 1));
    (count > 0).then(|| sum / real(count))
}

fn calibration_error(verdicts: &[Verdict]) -> Option<f64> {
    let bins = reliability(verdicts);
    let error =
        |bin: &super::Bin| (bin.stated - bin.right).abs() * share(bin.texts, verdicts.len());
    (!verdicts.is_empty()).then(|| bins.iter().map(error).sum())
}

fn covered(verdicts: &[Verdict]) -> Option<f64> {
    let mut ours: Vec<&Verdict> = verdicts
        .iter()
        .filter(|verdict| verdict.proposed != Risk::FueraCompetencia)
        .collect();
    ours.sort_by(|a, b| b.stated.total_cmp(&a.stated));
    let (mut right, mut most) = (0, 0);
    for (before, verdict) in ours.iter().enumerate() {
        right += usize::from(verdict.is_right());
        if share(right, before + 1) >= ENOUGH {
            most = before + 1;
        }
    }
    (!verdicts.is_empty()).then(|| share(most, verdicts.len()))
}

fn labels_f1(verdicts: &[Verdict]) -> Option<f64> {
    let sum = |which: usize| verdicts.iter().map(|verdict| verdict.labels[which]).sum();
    let (hits, wanted, proposed): (usize, usize, usize) = (sum(0), sum(1), sum(2));
    (wanted + proposed > 0).then(|| share(2 * hits, wanted + proposed))
}
