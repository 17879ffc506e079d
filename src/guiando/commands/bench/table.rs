//! The results, as a table to read and a document to keep.

use std::fmt::Write as _;
use std::num::NonZero;
use std::thread::available_parallelism;
use std::time::Duration;

use hdrhistogram::Histogram;
use serde::Serialize;

/// Everything that one run measured.
#[derive(Debug, Serialize)]
pub(crate) struct Results {
    schema: &'static str,
    version: u32,
    program: &'static str,
    cores: usize,
    debug_build: bool,
    seconds_per_point: u64,
    pub(crate) sealing: Option<Sealing>,
    pub(crate) single_commits: Option<Rate>,
    pub(crate) evidence: Option<Evidence>,
    /// A new case's key wrapped for all members of a large committee, and for the last resort.
    pub(crate) wrapping: Option<Timing>,
    /// A case opened by one of them, besides what the store takes.
    pub(crate) opening: Option<Timing>,
    pub(crate) resealing: Option<Resealing>,
    pub(crate) working: Option<Working>,
    /// The list of the desk with many cases, its page of today, and a search over the open ones.
    pub(crate) desk_list: Option<Timing>,
    pub(crate) desk_today: Option<Timing>,
    pub(crate) desk_search: Option<Timing>,
    /// Bytes of the first page and its head, all that a visit takes.
    pub(crate) first_page_bytes: Option<u64>,
    pub(crate) points: Vec<Point>,
}

/// MiB a second of one file.
#[derive(Debug, Serialize)]
pub(crate) struct Evidence {
    pub(crate) mib: u32,
    pub(crate) straight: f64,
    pub(crate) uploaded: f64,
    /// Uploaded by straight; 1 would mean that the way through intake costs nothing.
    pub(crate) ratio: f64,
    /// By how much the memory of intake grew at most, from before it had done anything.
    pub(crate) grown_kib: Option<u64>,
}

/// How long something took each time.
#[derive(Debug, Serialize)]
pub(crate) struct Timing {
    pub(crate) per_second: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
}

impl From<Load> for Timing {
    fn from(load: Load) -> Self {
        Self {
            per_second: load.per_second,
            p50_ms: load.p50_ms,
            p99_ms: load.p99_ms,
        }
    }
}

/// Envelopes a second that are sealed anew at a change of the committee's key.
#[derive(Debug, Serialize)]
pub(crate) struct Resealing {
    pub(crate) envelopes: u32,
    pub(crate) per_second: f64,
    /// Complaints a second that the age crate opens and seals on one core.
    pub(crate) age_alone: f64,
    /// The one by the other.
    pub(crate) ratio: f64,
}

/// Waiting complaints a second.
#[derive(Debug, Serialize)]
pub(crate) struct Working {
    pub(crate) complaints: u32,
    /// For whom each case's key is wrapped.
    pub(crate) members: u8,
    /// That become cases and have their first reply.
    pub(crate) answered_per_second: f64,
    /// That are classified, too, so that nothing of them waits.
    pub(crate) done_per_second: f64,
}

/// Seals a second of one thread.
#[derive(Debug, Serialize)]
pub(crate) struct Sealing {
    pub(crate) ours: f64,
    pub(crate) age_alone: f64,
    /// Ours by age's; 1 would mean that the envelope costs nothing.
    pub(crate) ratio: f64,
}

/// How often a second.
#[derive(Debug, Serialize)]
pub(crate) struct Rate {
    pub(crate) per_second: f64,
}

/// One measurement of intake on one engine.
#[derive(Debug, Serialize)]
pub(crate) struct Point {
    pub(crate) engine: &'static str,
    #[serde(flatten)]
    pub(crate) subject: Subject,
}

/// What was measured.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Subject {
    /// Answers that need nothing: the limit of server and client on this machine.
    Empty(Load),
    /// Complaints, each acknowledged when durable.
    Complaints(Load),
    /// Looks into mailboxes, with so many complaints stored.
    Looks {
        /// How many.
        stored: u32,
        /// What the connections got.
        #[serde(flatten)]
        load: Load,
    },
    /// Of the process.
    Memory(Memory),
}

/// What a number of connections got.
#[derive(Debug, Serialize)]
pub(crate) struct Load {
    pub(crate) connections: u32,
    pub(crate) answers: u64,
    pub(crate) per_second: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
}

/// Memory in use; `None` where the system does not tell.
#[derive(Debug, Serialize)]
pub(crate) struct Memory {
    pub(crate) idle_kib: Option<u64>,
    pub(crate) after_load_kib: Option<u64>,
}

impl Sealing {
    /// From the time that each took for the same number of seals.
    pub(crate) fn new(seals: f64, ours: Duration, alone: Duration) -> Self {
        let (ours, age_alone) = (Rate::of(seals, ours), Rate::of(seals, alone));
        Self {
            ours: ours.per_second,
            age_alone: age_alone.per_second,
            ratio: ours.per_second / age_alone.per_second.max(f64::MIN_POSITIVE),
        }
    }
}

impl Timing {
    /// From the time that each took, in microseconds, and of all of them.
    pub(crate) fn new(micros: &Histogram<u64>, time: Duration) -> Self {
        Self {
            per_second: Rate::of(count(micros), time).per_second,
            p50_ms: milliseconds(micros.value_at_quantile(0.50)),
            p99_ms: milliseconds(micros.value_at_quantile(0.99)),
        }
    }

    fn write(&self, what: &str, to: &mut String) -> std::fmt::Result {
        let Self {
            per_second,
            p50_ms,
            p99_ms,
        } = self;
        writeln!(
            to,
            "| {what} | – | {per_second:.0} | {p50_ms:.2} | {p99_ms:.2} |"
        )
    }
}

impl Resealing {
    /// From the time that all of them took.
    pub(crate) fn new(envelopes: u32, taken: Duration, age_alone: f64) -> Self {
        let per_second = Rate::of(f64::from(envelopes), taken).per_second;
        Self {
            envelopes,
            per_second,
            age_alone,
            ratio: per_second / age_alone.max(f64::MIN_POSITIVE),
        }
    }

    fn write(&self, to: &mut String) -> std::fmt::Result {
        let Self {
            envelopes,
            per_second,
            age_alone,
            ratio,
        } = self;
        writeln!(
            to,
            "| SQLite, envelopes sealed anew, {envelopes} waiting | – | {per_second:.0} | – | – |"
        )?;
        writeln!(
            to,
            "| opened and sealed, age alone, one core | – | {age_alone:.0} | – | – |"
        )?;
        writeln!(to, "| ratio of the two | – | {ratio:.2} | – | – |")
    }
}

impl Evidence {
    /// From both rates, in MiB.
    pub(crate) fn new(mib: u32, straight: &Rate, uploaded: &Rate, grown_kib: Option<u64>) -> Self {
        Self {
            mib,
            straight: straight.per_second,
            uploaded: uploaded.per_second,
            ratio: uploaded.per_second / straight.per_second.max(f64::MIN_POSITIVE),
            grown_kib,
        }
    }

    fn write(&self, to: &mut String) -> std::fmt::Result {
        let Self {
            mib,
            straight,
            uploaded,
            ratio,
            grown_kib,
        } = self;
        writeln!(
            to,
            "| SQLite, MiB of evidence, straight | – | {straight:.0} | – | – |"
        )?;
        writeln!(
            to,
            "| SQLite, MiB of evidence, uploaded ({mib} MiB) | 1 | {uploaded:.0} | – | – |"
        )?;
        writeln!(to, "| ratio of the two | – | {ratio:.2} | – | – |")?;
        let grown = mebibytes(*grown_kib);
        writeln!(
            to,
            "| SQLite, growth of intake meanwhile | – | {grown} | – | – |"
        )
    }
}

/// In words for the table.
fn mebibytes(kib: Option<u64>) -> String {
    kib.map_or("unknown".to_owned(), |kib| {
        format!("{}.{} MiB", kib >> 10, ((kib & 1023) * 10) >> 10)
    })
}

impl Working {
    /// Of so many, so many of which were counted in these times.
    pub(crate) fn new(
        complaints: u32,
        members: u8,
        counted: u32,
        answered: Duration,
        done: Duration,
    ) -> Self {
        let rate = |time| Rate::of(f64::from(counted), time).per_second;
        Self {
            complaints,
            members,
            answered_per_second: rate(answered),
            done_per_second: rate(done),
        }
    }

    fn write(&self, to: &mut String) -> std::fmt::Result {
        let Self {
            complaints,
            members,
            answered_per_second,
            done_per_second,
        } = self;
        writeln!(
            to,
            "| SQLite, complaints made cases for {members} members and answered, of {complaints} | – | \
             {answered_per_second:.0} | – | – |"
        )?;
        writeln!(
            to,
            "| the same, and classified | – | {done_per_second:.0} | – | – |"
        )
    }
}

impl Rate {
    /// So many in that time.
    pub(crate) fn of(count: f64, time: Duration) -> Self {
        Self {
            per_second: count / time.as_secs_f64().max(1e-9),
        }
    }
}

impl Load {
    /// From the time of each answer, in microseconds, and of all of them.
    pub(crate) fn new(connections: u32, micros: &Histogram<u64>, time: Duration) -> Self {
        Self {
            connections,
            answers: micros.len(),
            per_second: Rate::of(count(micros), time).per_second,
            p50_ms: milliseconds(micros.value_at_quantile(0.50)),
            p99_ms: milliseconds(micros.value_at_quantile(0.99)),
        }
    }
}

fn count(micros: &Histogram<u64>) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a run has far fewer than 2^52 answers"
    )]
    let count = micros.len() as f64;
    count
}

fn milliseconds(micros: u64) -> f64 {
    f64::from(u32::try_from(micros).unwrap_or(u32::MAX)) / 1e3
}

impl Results {
    /// Nothing measured yet.
    pub(crate) fn new(seconds_per_point: u64) -> Self {
        Self {
            schema: "guiando/bench",
            version: 1,
            program: env!("CARGO_PKG_VERSION"),
            cores: available_parallelism().map_or(1, NonZero::get),
            debug_build: cfg!(debug_assertions),
            seconds_per_point,
            sealing: None,
            single_commits: None,
            evidence: None,
            wrapping: None,
            desk_list: None,
            desk_today: None,
            desk_search: None,
            opening: None,
            resealing: None,
            working: None,
            first_page_bytes: None,
            points: Vec::new(),
        }
    }

    /// One document, `guiando/bench` version 1.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self)
            .expect("results have only text keys, and memory takes every byte");
        bytes.push(b'\n');
        bytes
    }

    /// One table.
    pub(crate) fn to_markdown(&self) -> String {
        let mut table = String::new();
        self.write_markdown(&mut table)
            .expect("a string takes every character");
        table
    }

    fn write_markdown(&self, to: &mut String) -> std::fmt::Result {
        let build = if self.debug_build {
            ", built without optimisation"
        } else {
            ""
        };
        writeln!(
            to,
            "{} cores, {} s a point{build}\n",
            self.cores, self.seconds_per_point
        )?;
        writeln!(to, "| what | connections | per second | p50 ms | p99 ms |")?;
        writeln!(to, "|---|---:|---:|---:|---:|")?;
        if let Some(Sealing {
            ours,
            age_alone,
            ratio,
        }) = &self.sealing
        {
            writeln!(to, "| seals of 2 KiB, envelope | – | {ours:.0} | – | – |")?;
            writeln!(
                to,
                "| seals of 2 KiB, age alone | – | {age_alone:.0} | – | – |"
            )?;
            writeln!(to, "| ratio of the two | – | {ratio:.2} | – | – |")?;
        }
        if let Some(wrapping) = &self.wrapping {
            wrapping.write("case keys wrapped for 15 members", to)?;
        }
        if let Some(opening) = &self.opening {
            opening.write("cases opened, 4 documents, without the store", to)?;
        }
        if let Some(resealing) = &self.resealing {
            resealing.write(to)?;
        }
        if let Some(working) = &self.working {
            working.write(to)?;
        }
        for (what, timing) in [
            ("desk, the list", &self.desk_list),
            ("desk, today", &self.desk_today),
            ("desk, a search", &self.desk_search),
        ] {
            if let Some(timing) = timing {
                timing.write(what, to)?;
            }
        }
        if let Some(Rate { per_second }) = &self.single_commits {
            writeln!(
                to,
                "| SQLite, one complaint a commit | – | {per_second:.0} | – | – |"
            )?;
        }
        if let Some(evidence) = &self.evidence {
            evidence.write(to)?;
        }
        if let Some(bytes) = self.first_page_bytes {
            writeln!(to, "| first page, bytes in all | – | {bytes} | – | – |")?;
        }
        for Point { engine, subject } in &self.points {
            let (what, load) = match subject {
                Subject::Empty(load) => ("empty answers".to_owned(), load),
                Subject::Complaints(load) => ("complaints accepted".to_owned(), load),
                Subject::Looks { stored, load } => {
                    (format!("looks into mailboxes, {stored} stored"), load)
                }
                Subject::Memory(Memory {
                    idle_kib,
                    after_load_kib,
                }) => {
                    for (when, kib) in [("idle", idle_kib), ("after load", after_load_kib)] {
                        let mib = mebibytes(*kib);
                        writeln!(
                            to,
                            "| {engine}, memory of intake, {when} | – | {mib} | – | – |"
                        )?;
                    }
                    continue;
                }
            };
            let Load {
                connections,
                per_second,
                p50_ms,
                p99_ms,
                ..
            } = load;
            writeln!(
                to,
                "| {engine}, {what} | {connections} | {per_second:.0} | {p50_ms:.2} | {p99_ms:.2} |"
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_has_the_columns_of_its_head() {
        let mut micros = Histogram::new_with_max(1_000_000, 3).unwrap();
        micros.record(2_500).unwrap();
        let load = || Load::new(8, &micros, Duration::from_secs(1));
        let mut results = Results::new(5);
        results.sealing = Some(Sealing::new(
            10.0,
            Duration::from_millis(2),
            Duration::from_millis(1),
        ));
        results.single_commits = Some(Rate::of(400.0, Duration::from_secs(1)));
        results.wrapping = Some(Timing::new(&micros, Duration::from_secs(1)));
        results.opening = Some(Timing::new(&micros, Duration::from_secs(1)));
        results.resealing = Some(Resealing::new(100, Duration::from_secs(1), 200.0));
        let rate = |mib| Rate::of(mib, Duration::from_secs(1));
        results.desk_list = Some(load().into());
        results.desk_search = Some(load().into());
        results.evidence = Some(Evidence::new(
            1_024,
            &rate(200.0),
            &rate(150.0),
            Some(8_192),
        ));
        results.first_page_bytes = Some(29_000);
        results.points = vec![
            Point {
                engine: "SQLite",
                subject: Subject::Looks {
                    stored: 1_000,
                    load: load(),
                },
            },
            Point {
                engine: "SQLite",
                subject: Subject::Empty(load()),
            },
            Point {
                engine: "SQLite",
                subject: Subject::Complaints(load()),
            },
            Point {
                engine: "SQLite",
                subject: Subject::Memory(Memory {
                    idle_kib: Some(7_680),
                    after_load_kib: None,
                }),
            },
        ];
        let table = results.to_markdown();
        let lines: Vec<_> = table.lines().skip(2).collect();
        assert_eq!(lines.len(), 23);
        assert!(
            lines.iter().all(|line| line.matches('|').count() == 6),
            "{table}"
        );
        assert!(table.contains("| ratio of the two | – | 0.50 |"), "{table}");
        assert!(table.contains("7.5 MiB"), "{table}");
        assert!(table.contains("| ratio of the two | – | 0.75 |"), "{table}");
        let json: serde_json::Value = serde_json::from_slice(&results.to_json()).unwrap();
        assert_eq!(json["points"][2]["complaints"]["connections"], 8);
    }
}
