//! What the figures of a run must reach.

use std::fmt;

use super::table::{Results, Subject, Timing};

/// Least rate of evidence through intake, by that of the same chunks written straight to the store.
const UPLOAD_RATIO: f64 = 0.70;
/// What intake must grow by less than while it takes a file of 1 GiB, in KiB.
const GROWTH_KIB: u64 = 16 << 10;
/// Most that the median look into a mailbox may take with many complaints stored, by that with few.
const LOOKS_RATIO: f64 = 1.3;
/// What the first page must be less than in all, with its head, in bytes.
const FIRST_PAGE_BYTES: u64 = 30 << 10;

/// Most that wrapping a new case's key may take, in milliseconds.
const WRAPPING_MS: f64 = 5.0;
/// Most that opening a case may take besides the store, in milliseconds.
const OPENING_MS: f64 = 2.0;
/// Most that a page of the desk may take with 50,000 cases, in milliseconds.
const DESK_MS: f64 = 50.0;
/// Most that a search over 5,000 open cases may take, in milliseconds.
const SEARCH_MS: f64 = 200.0;
/// Least rate of waiting complaints that are opened, made cases of and answered, each second.
const ANSWERED: f64 = 1000.0;
/// Least rate of envelopes that are sealed anew, by that of age alone on one core.
const RESEALING_RATIO: f64 = 0.40;

/// A figure that was measured and is not as it must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Missed {
    /// Evidence comes in too slowly.
    Upload {
        /// Its rate by that of the store.
        ratio: f64,
    },
    /// Intake takes too much memory for it.
    Growth {
        /// By how many KiB it grew.
        kib: u64,
    },
    /// Wrapping a new case's key takes too long.
    Wrapping {
        /// The median, in milliseconds.
        ms: f64,
    },
    /// Opening a case takes too long.
    Opening {
        /// The median, in milliseconds.
        ms: f64,
    },
    /// A page of the desk takes too long.
    Desk {
        /// Which.
        what: &'static str,
        /// The median, in milliseconds.
        ms: f64,
        /// The most that is demanded.
        most: f64,
    },
    /// Complaints that wait are answered too slowly.
    Working {
        /// How many a second.
        answered: f64,
    },
    /// Envelopes are sealed anew too slowly.
    Resealing {
        /// Their rate by that of age alone.
        ratio: f64,
    },
    /// A full store slows a look down.
    Looks {
        /// Of which store.
        engine: &'static str,
        /// Its median by that with few complaints stored.
        ratio: f64,
    },
    /// The first page is too large.
    FirstPage {
        /// How many it has, with its head.
        bytes: u64,
    },
}

impl fmt::Display for Missed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Upload { ratio } => write!(
                f,
                "evidence comes in at {ratio:.2} of the rate of the store; at least {UPLOAD_RATIO:.2} \
                 is demanded"
            ),
            Self::Growth { kib } => write!(
                f,
                "intake grew by {kib} KiB while it took evidence; less than {GROWTH_KIB} is demanded"
            ),
            Self::Looks { engine, ratio } => write!(
                f,
                "{engine}: a look takes {ratio:.2} times as long with many complaints stored; at most \
                 {LOOKS_RATIO:.2} is demanded"
            ),
            Self::Wrapping { ms } => write!(
                f,
                "wrapping a case's key takes {ms:.2} ms; at most {WRAPPING_MS:.0} is demanded"
            ),
            Self::Opening { ms } => write!(
                f,
                "opening a case takes {ms:.2} ms; at most {OPENING_MS:.0} is demanded"
            ),
            Self::Desk { what, ms, most } => write!(
                f,
                "{what} of the desk takes {ms:.2} ms; at most {most:.0} is demanded"
            ),
            Self::Working { answered } => write!(
                f,
                "{answered:.0} complaints that wait are answered in a second; at least {ANSWERED:.0} is \
                 demanded"
            ),
            Self::Resealing { ratio } => write!(
                f,
                "envelopes are sealed anew at {ratio:.2} of the rate of age alone; at least \
                 {RESEALING_RATIO:.2} is demanded"
            ),
            Self::FirstPage { bytes } => write!(
                f,
                "the first page has {bytes} bytes in all; less than {FIRST_PAGE_BYTES} is demanded"
            ),
        }
    }
}

/// Every figure of a run that misses its demand. What was not measured misses none.
pub(crate) fn missed(results: &Results) -> Vec<Missed> {
    let mut missed = Vec::new();
    if let Some(evidence) = &results.evidence {
        if evidence.ratio.is_nan() || evidence.ratio < UPLOAD_RATIO {
            let ratio = evidence.ratio;
            missed.push(Missed::Upload { ratio });
        }
        if let Some(kib) = evidence.grown_kib
            && kib >= GROWTH_KIB
        {
            missed.push(Missed::Growth { kib });
        }
    }
    if let Some(bytes) = results.first_page_bytes
        && bytes >= FIRST_PAGE_BYTES
    {
        missed.push(Missed::FirstPage { bytes });
    }
    missed.extend(slow_custody(results));
    if let Some(working) = &results.working {
        let answered = working.answered_per_second;
        if answered.is_nan() || answered < ANSWERED {
            missed.push(Missed::Working { answered });
        }
    }
    missed.extend(slow_desk(results));
    missed.extend(slow_looks(results));
    missed
}

/// Pages of the desk that are too slow.
fn slow_desk(results: &Results) -> impl Iterator<Item = Missed> {
    let pages = [
        ("the list", &results.desk_list, DESK_MS),
        ("today", &results.desk_today, DESK_MS),
        ("a search", &results.desk_search, SEARCH_MS),
    ];
    pages.into_iter().filter_map(|(what, timing, most)| {
        let ms = timing.as_ref()?.p50_ms;
        (ms.is_nan() || ms > most).then_some(Missed::Desk { what, ms, most })
    })
}

/// What the committee's keys cost too much for.
fn slow_custody(results: &Results) -> impl Iterator<Item = Missed> {
    let over = |timing: &Option<Timing>, most: f64| {
        let ms = timing.as_ref().map(|timing| timing.p50_ms)?;
        (ms.is_nan() || ms > most).then_some(ms)
    };
    let wrapping = over(&results.wrapping, WRAPPING_MS).map(|ms| Missed::Wrapping { ms });
    let opening = over(&results.opening, OPENING_MS).map(|ms| Missed::Opening { ms });
    let resealing = results.resealing.as_ref().and_then(|resealing| {
        let ratio = resealing.ratio;
        (ratio.is_nan() || ratio < RESEALING_RATIO).then_some(Missed::Resealing { ratio })
    });
    [wrapping, opening, resealing].into_iter().flatten()
}

/// Compares, for each engine, looks with most complaints stored to those with fewest.
fn slow_looks(results: &Results) -> impl Iterator<Item = Missed> {
    let looks = |wanted: &'static str| {
        results
            .points
            .iter()
            .filter_map(move |point| match &point.subject {
                Subject::Looks { stored, load } if point.engine == wanted => {
                    Some((*stored, load.p50_ms))
                }
                Subject::Looks { .. }
                | Subject::Empty(_)
                | Subject::Complaints(_)
                | Subject::Memory(_) => None,
            })
    };
    let mut engines: Vec<_> = results.points.iter().map(|point| point.engine).collect();
    engines.sort_unstable();
    engines.dedup();
    engines.into_iter().filter_map(move |engine| {
        let (_, few) = looks(engine).min_by_key(|(stored, _)| *stored)?;
        let (_, many) = looks(engine).max_by_key(|(stored, _)| *stored)?;
        let ratio = many / few.max(f64::MIN_POSITIVE);
        (ratio.is_nan() || ratio > LOOKS_RATIO).then_some(Missed::Looks { engine, ratio })
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::table::{Evidence, Load, Memory, Point, Rate, Resealing, Working};
    use super::*;

    fn evidence(uploaded: f64, grown_kib: Option<u64>) -> Evidence {
        let rate = |mib| Rate::of(mib, Duration::from_secs(1));
        Evidence::new(1_024, &rate(100.0), &rate(uploaded), grown_kib)
    }

    fn looks(engine: &'static str, stored: u32, p50_ms: f64) -> Point {
        let load = Load {
            connections: 4,
            answers: 1,
            per_second: 1.0,
            p50_ms,
            p99_ms: p50_ms,
        };
        Point {
            engine,
            subject: Subject::Looks { stored, load },
        }
    }

    #[test]
    fn what_is_as_it_must_be_misses_nothing() {
        let mut results = Results::new(5);
        assert_eq!(missed(&results), []);
        results.evidence = Some(evidence(70.0, Some((16 << 10) - 1)));
        results.first_page_bytes = Some((30 << 10) - 1);
        results.points = vec![
            looks("SQLite", 1_000, 1.0),
            looks("SQLite", 1_000_000, 1.3),
            Point {
                engine: "SQLite",
                subject: Subject::Memory(Memory {
                    idle_kib: None,
                    after_load_kib: None,
                }),
            },
        ];
        assert_eq!(missed(&results), []);
        results.evidence = Some(evidence(150.0, None));
        assert_eq!(missed(&results), []);
    }

    #[test]
    fn what_the_committee_s_keys_cost_is_bounded() {
        let timing = |p50_ms| {
            Some(Timing {
                per_second: 1.0,
                p50_ms,
                p99_ms: 100.0,
            })
        };
        let resealing = |per_second: u64| {
            let taken = Duration::from_secs(1) / u32::try_from(per_second).unwrap();
            Some(Resealing::new(1, taken, 1_000.0))
        };
        let mut results = Results::new(5);
        results.wrapping = timing(5.0);
        results.opening = timing(2.0);
        results.resealing = resealing(410);
        assert_eq!(missed(&results), []);
        results.wrapping = timing(5.1);
        results.opening = timing(2.1);
        results.resealing = resealing(390);
        let told: Vec<_> = missed(&results).iter().map(Missed::to_string).collect();
        assert_eq!(told.len(), 3);
        assert!(told[0].contains("5.10 ms; at most 5"), "{told:?}");
        assert!(told[1].contains("2.10 ms; at most 2"), "{told:?}");
        assert!(told[2].contains("0.39 of the rate"), "{told:?}");
    }

    #[test]
    fn complaints_that_wait_are_answered_at_a_rate() {
        let mut results = Results::new(5);
        let taken = Duration::from_secs(10);
        results.working = Some(Working::new(11_000, 8, 10_000, taken, taken * 9));
        assert_eq!(missed(&results), []);
        results.working = Some(Working::new(11_000, 8, 9_990, taken, taken));
        let told: Vec<_> = missed(&results).iter().map(Missed::to_string).collect();
        assert_eq!(
            told,
            ["999 complaints that wait are answered in a second; at least 1000 is demanded"]
        );
    }

    #[test]
    fn pages_of_the_desk_are_bounded() {
        let timing = |p50_ms| {
            Some(Timing {
                per_second: 1.0,
                p50_ms,
                p99_ms: 900.0,
            })
        };
        let mut results = Results::new(5);
        results.desk_list = timing(50.0);
        results.desk_today = timing(50.1);
        results.desk_search = timing(200.0);
        let told: Vec<_> = missed(&results).iter().map(Missed::to_string).collect();
        assert_eq!(
            told,
            ["today of the desk takes 50.10 ms; at most 50 is demanded"]
        );
    }

    #[test]
    fn each_demand_is_missed_by_itself_and_told_with_its_figure() {
        let mut results = Results::new(5);
        results.evidence = Some(evidence(69.0, Some(0)));
        assert_eq!(missed(&results), [Missed::Upload { ratio: 0.69 }]);
        results.evidence = Some(evidence(f64::NAN, Some(16 << 10)));
        let told = missed(&results);
        assert!(matches!(
            told[..],
            [Missed::Upload { .. }, Missed::Growth { kib: 16_384 }]
        ));
        results.evidence = None;
        results.first_page_bytes = Some(30 << 10);
        assert_eq!(missed(&results), [Missed::FirstPage { bytes: 30_720 }]);
        results.first_page_bytes = None;
        // Whatever the order, and each engine for itself.
        results.points = vec![
            looks("PostgreSQL", 1_000, 1.0),
            looks("SQLite", 1_000_000, 1.2),
            looks("SQLite", 1_000, 1.0),
            looks("PostgreSQL", 1_000_000, 1.4),
        ];
        let told = missed(&results);
        let [one] = told[..] else {
            panic!("{told:?}");
        };
        assert_eq!(
            one.to_string(),
            "PostgreSQL: a look takes 1.40 times as long with many complaints stored; at most 1.30 is \
             demanded"
        );
    }
}
