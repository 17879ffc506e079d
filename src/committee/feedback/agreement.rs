//! How often the committee says what the machine proposed, in numbers.

use std::collections::BTreeMap;

use domain::catalogue::Risk;
use serde::{Serialize, Serializer, ser::SerializeStruct as _};

use super::{Opinion, Quarter};

/// Fewer cases than this say nothing of a class.
pub const FEWEST: u64 = 5;

/// The normal deviate of a two-sided interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rate {
    /// In how many the committee said the same.
    pub agreed: u64,
    /// Of how many.
    pub of: u64,
}

impl Rate {
    fn count(&mut self, agreed: bool) {
        self.agreed += u64::from(agreed);
        self.of += 1;
    }

    /// The share; `None` of nothing.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| number(self.agreed) / number(self.of))
    }

    /// Between which shares the true one lies, 19 times in 20 (Wilson's score interval, without correction for
    /// continuity); `None` of nothing.
    pub fn interval(self) -> Option<(f64, f64)> {
        let share = self.share()?;
        let n = number(self.of);
        let denominator = 1.0 + Z * Z / n;
        let middle = (share + Z * Z / (2.0 * n)) / denominator;
        let spread = share * (1.0 - share) / n + Z * Z / (4.0 * n * n);
        let half = Z * spread.sqrt() / denominator;
        Some(((middle - half).max(0.0), (middle + half).min(1.0)))
    }

    /// Whether it is of so few cases that it says nothing.
    pub fn is_of_few(self) -> bool {
        self.of < FEWEST
    }
}

/// Counts of cases are far below what the type holds exactly.
#[expect(
    clippy::cast_precision_loss,
    reason = "a committee has fewer than two to the power of 52 cases"
)]
fn number(count: u64) -> f64 {
    count as f64
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut written = serializer.serialize_struct("Rate", 4)?;
        written.serialize_field("agreed", &self.agreed)?;
        written.serialize_field("of", &self.of)?;
        written.serialize_field("share", &self.share())?;
        written.serialize_field("interval_95", &self.interval())?;
        written.end()
    }
}

/// Apart, because whoever sees a proposal leans towards it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Rates {
    /// Where the proposal was hidden until the committee had classified the case.
    pub hidden: Rate,
    /// Where it was shown.
    pub shown: Rate,
}

impl Rates {
    fn count(&mut self, hidden: bool, agreed: bool) {
        if hidden {
            self.hidden.count(agreed);
        } else {
            self.shown.count(agreed);
        }
    }
}

/// The cases that the committee classified in one quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OfQuarter {
    /// Which.
    pub quarter: Quarter,
    /// On the main risk.
    pub main: Rates,
    /// On the urgency, where the committee said something of it.
    pub urgency: Rates,
}

/// The cases that the committee put into one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OfClass {
    /// The main risk, as the committee has it.
    pub class: Risk,
    /// On the main risk.
    pub main: Rates,
}

/// What one version of the classifier proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfVersion {
    /// Which.
    pub model: String,
    /// On the main risk, in all.
    pub main: Rates,
    /// By quarter, the first one first.
    pub quarters: Vec<OfQuarter>,
    /// By class, in the order of the catalogue; all classes, also those of which there is no case.
    pub classes: Vec<OfClass>,
}

/// How often the committee says what was proposed, when it classifies a case first: later it has seen the
/// proposal, hidden or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// By version; the one whose last case is the latest comes first.
    pub versions: Vec<OfVersion>,
}

impl Agreement {
    /// Counts.
    pub fn of<'o>(opinions: impl IntoIterator<Item = &'o Opinion>) -> Self {
        let mut versions: BTreeMap<&str, Vec<&Opinion>> = BTreeMap::new();
        for opinion in opinions {
            versions.entry(&opinion.model).or_default().push(opinion);
        }
        let mut versions: Vec<OfVersion> = versions
            .into_iter()
            .map(|(model, opinions)| of_version(model, &opinions))
            .collect();
        versions.sort_by_key(|version| {
            let last = version.quarters.last().map(|last| last.quarter);
            std::cmp::Reverse(last)
        });
        Self { versions }
    }
}

fn of_version(model: &str, opinions: &[&Opinion]) -> OfVersion {
    let mut main = Rates::default();
    let mut quarters: BTreeMap<Quarter, (Rates, Rates)> = BTreeMap::new();
    let mut classes: BTreeMap<Risk, Rates> = BTreeMap::new();
    for opinion in opinions {
        let hidden = opinion.hidden;
        let same = opinion.proposed.main == opinion.first.main;
        main.count(hidden, same);
        let (of_main, of_urgency) = quarters.entry(opinion.quarter).or_default();
        of_main.count(hidden, same);
        if opinion.first.urgency.is_some() {
            of_urgency.count(hidden, opinion.first.urgency == opinion.proposed.urgency);
        }
        let class = classes.entry(opinion.first.main).or_default();
        class.count(hidden, same);
    }
    OfVersion {
        model: model.to_owned(),
        main,
        quarters: quarters
            .into_iter()
            .map(|(quarter, (main, urgency))| OfQuarter {
                quarter,
                main,
                urgency,
            })
            .collect(),
        classes: Risk::ALL
            .iter()
            .map(|class| OfClass {
                class: *class,
                main: classes.get(class).copied().unwrap_or_default(),
            })
            .collect(),
    }
}
