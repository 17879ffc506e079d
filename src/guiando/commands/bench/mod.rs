//! `guiando bench`: what this machine does, measured with the programs that ship.
//!
//! Eight questions, each with the limit it is to be seen against, in the same run:
//!
//! 1. How fast are complaints sealed? Against the age crate alone on the same bytes.
//! 2. How many complaints does intake accept a second, each acknowledged only when it is durable?
//!    Against empty answers of the same server, and single synced commits of the same store.
//! 3. How fast does evidence come in? Against the same chunks, sealed and written straight to a store
//!    of the same kind, and with how much memory?
//! 4. How much memory does intake take?
//! 5. How fast is a mailbox shown? With a thousand complaints stored against a million; on PostgreSQL,
//!    against a hundred thousand, unless told otherwise.
//!
//! 6. What do the committee's keys cost: wrapping the key of a new case, opening a case, and sealing what
//!    waits anew when the committee's key changes? The last against the age crate alone, on one core.
//!
//! 7. How long does the committee's desk take with many cases: the list, today, a search?
//!
//! 8. How many waiting complaints a second become cases and are answered, and how many are classified, too?
//!
//! The client runs on the same machine and takes its share of the cores, as it did for every number
//! that is compared with ours.
//!
//! Some figures have a demand (`demands`); a run that misses one says so and ends with an error, after
//! its results.
//!
//! Only loopback is spoken to: a bench of somebody else's service would be an attack on it, and one of
//! a PostgreSQL in use would leave its complaints there. Every point is bounded in time and in count.

mod client;
mod custody;
mod demands;
mod desk;
mod evidence;
mod filing;
mod follow_up;
mod house;
mod sample;
mod sealing;
mod table;
mod working;

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use service::settings::StoreUrl;
use store::StoreError;

use crate::children::ServiceError;
use crate::key_files::KeyFileError;
use crate::output;
use client::ClientError;
use custody::Committee;
use demands::Missed;
use filing::Filing;
use table::Results;

/// What to measure, and for how long.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// Seconds for each point
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=60))]
    seconds: u64,
    /// Loopback address that intake listens at, on a port of the system's choice
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST),
          value_parser = loopback)]
    address: IpAddr,
    /// Also measure on this empty PostgreSQL mailroom of this machine; what is filed stays in it.
    /// The variable is the one that `.ci/with-postgres` sets for its throw-away server
    #[arg(
        long,
        env = "GUIANDO_TEST_POSTGRES_URL",
        value_name = "URL",
        hide_env_values = true,
        value_parser = local_postgres
    )]
    postgres: Option<StoreUrl>,
    /// MiB of the file that is handed in as evidence; more than intake has cleaned, so that its
    /// own part is measured
    #[arg(long, value_name = "MIB", default_value_t = 1_024,
          value_parser = clap::value_parser!(u32).range(32..=1_024))]
    evidence_mib: u32,
    /// Complaints that are stored while looks into mailboxes are timed, against a thousand; a million
    /// take some minutes and six gigabytes to store. 0 leaves this out
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    stored: u32,
    /// The same on PostgreSQL, with --postgres; fewer, as a million take long to store there. They stay
    /// in it, and complaints are filed beside them. 0 leaves this out
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    stored_postgres: u32,
    /// Envelopes that wait while the committee's key is changed. 0 leaves this out
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    rotated: u32,
    /// Cases at the committee's desk; they take some minutes and a gigabyte to store. 0 leaves this out
    #[arg(long, value_name = "N", default_value_t = 50_000)]
    cases: u32,
    /// How many of them are open and searched
    #[arg(long, value_name = "N", default_value_t = 5_000)]
    open_cases: u32,
    /// Complaints that wait and become cases. 0 leaves this out
    #[arg(long, value_name = "N", default_value_t = 5_000)]
    waiting: u32,
    /// Directory for the files of the run, removed at its end; on the disk that is to be measured
    #[arg(long, value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Only measure: figures that miss what is demanded of them are no error
    #[arg(long)]
    no_demands: bool,
    /// File for the results as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// Why there are no results.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// The sample complaint cannot be made.
    #[error("the sample complaint cannot be made: {0}")]
    Sample(&'static str),
    /// The files of the run cannot be made.
    #[error("the files of the run cannot be made in {}", path.display())]
    Folder {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The keys of the run cannot be made.
    #[error(transparent)]
    Keys(#[from] KeyFileError),
    /// The store of the run fails.
    #[error("the store of the run fails")]
    Store(#[from] StoreError),
    /// Intake does not run.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// Intake did not answer as it must: such a run measures nothing.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The results cannot be written.
    #[error("{} cannot be written", path.display())]
    Json {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Everything was measured, and something is not as it must be.
    #[error("what is demanded is missed: {}", told(.0))]
    Missed(Vec<Missed>),
    /// Input or output failed.
    #[error("input or output failed")]
    Io(#[from] io::Error),
}

impl Bench {
    pub(crate) fn run(self) -> Result<(), BenchError> {
        let folder = tempfile::Builder::new()
            .prefix("guiando-bench-")
            .tempdir_in(&self.dir)
            .map_err(|source| BenchError::Folder {
                path: self.dir.clone(),
                source,
            })?;
        let stage = Stage {
            span: Duration::from_secs(self.seconds),
            progress: progress(
                (filing::POINTS + follow_up::POINTS) * (1 + u64::from(self.postgres.is_some()))
                    + 6
                    + desk::POINTS
                    + working::POINTS,
            ),
        };
        let mut results = Results::new(self.seconds);

        results.sealing = Some(stage.of("sealing", || sealing::measure(stage.span))?);
        // Intake follows the thread that starts it: the one that waits in `block_on`.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let committee = Committee::prepare(folder.path()).await?;
            results.wrapping =
                Some(stage.of("wrapping case keys", || committee.wrapping(stage.span))?);
            results.opening = Some(stage.of("opening cases", || committee.opening(stage.span))?);
            stage.begin("changing the committee's key");
            if self.rotated > 0 {
                results.resealing =
                    Some(custody::resealing(folder.path(), stage.span, self.rotated).await?);
            }
            if self.cases > 0 {
                let cases = (self.cases, self.open_cases);
                let measured = desk::measure(folder.path(), self.address, cases, &stage).await?;
                results.desk_list = Some(measured.list);
                results.desk_today = Some(measured.today);
                results.desk_search = Some(measured.search);
            }
            if self.waiting > 0 {
                let measured =
                    working::measure(folder.path(), self.address, self.waiting, &stage).await?;
                results.working = Some(measured);
            }
            let filing = Filing::prepare(folder.path(), self.address)?;
            stage.begin("SQLite, one complaint a commit");
            results.single_commits = Some(filing.single_commits(stage.span).await?);
            let sqlite = filing.sqlite();
            results
                .points
                .extend(filing.measure("SQLite", &sqlite, &stage).await?);
            stage.begin("SQLite: evidence");
            results.evidence = Some(filing.evidence(self.evidence_mib).await?);
            results.first_page_bytes = Some(filing.first_page().await?);
            if self.stored > 0 {
                let mailroom = filing.store("stored.db");
                results.points.extend(
                    follow_up::measure(&filing, "SQLite", &mailroom, self.stored, &stage).await?,
                );
            }
            if let Some(postgres) = &self.postgres {
                // First, or the few that are stored would be those that were filed besides.
                if self.stored_postgres > 0 {
                    let many = self.stored_postgres;
                    results.points.extend(
                        follow_up::measure(&filing, "PostgreSQL", postgres, many, &stage).await?,
                    );
                }
                results
                    .points
                    .extend(filing.measure("PostgreSQL", postgres, &stage).await?);
            }
            Ok::<(), BenchError>(())
        })?;
        stage.progress.finish_and_clear();

        if let Some(path) = self.json {
            output::replace(&path, &results.to_json())
                .map_err(|source| BenchError::Json { path, source })?;
        }
        output::to_stdout(results.to_markdown().as_bytes())?;
        let missed = demands::missed(&results);
        if missed.is_empty() || self.no_demands {
            Ok(())
        } else {
            Err(BenchError::Missed(missed))
        }
    }
}

fn told(missed: &[Missed]) -> String {
    let told: Vec<_> = missed.iter().map(Missed::to_string).collect();
    told.join("; ")
}

/// How long each point takes, and what the operator sees meanwhile.
struct Stage {
    span: Duration,
    progress: ProgressBar,
}

impl Stage {
    /// Says what is measured from now on.
    fn begin(&self, what: &str) {
        self.progress.set_message(what.to_owned());
        self.progress.inc(1);
    }

    fn of<T>(&self, what: &str, measure: impl FnOnce() -> T) -> T {
        self.begin(what);
        measure()
    }
}

fn progress(points: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("[{pos}/{len}] {wide_bar} {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(points).with_style(style)
}

fn loopback(text: &str) -> Result<IpAddr, &'static str> {
    let address: Option<IpAddr> = text.parse().ok();
    address
        .filter(IpAddr::is_loopback)
        .ok_or("only a loopback address of this machine can be measured, such as 127.0.0.1")
}

fn local_postgres(text: &str) -> Result<StoreUrl, &'static str> {
    const REFUSED: &str = "only a PostgreSQL of this machine can be measured: \
                           postgres://…@127.0.0.1/…, or host=/path of its socket";
    let url = url::Url::parse(text).map_err(|_| REFUSED)?;
    let named = match url.host() {
        Some(url::Host::Ipv4(host)) => host.is_loopback(),
        Some(url::Host::Ipv6(host)) => host.is_loopback(),
        Some(url::Host::Domain(host)) => is_local(host),
        None => true,
    };
    // A parameter of the URL can name another host than the one that stands in front.
    let asked = url
        .query_pairs()
        .filter(|(name, _)| name == "host" || name == "hostaddr")
        .all(|(_, host)| is_local(&host));
    let store: StoreUrl = text.parse().map_err(|_| REFUSED)?;
    let postgres = store.engine() == service::settings::Engine::Postgres;
    (postgres && named && asked).then_some(store).ok_or(REFUSED)
}

/// Whether a name stands for this machine: loopback, or the path of a socket.
fn is_local(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host.is_empty()
        || host == "localhost"
        || host.starts_with('/')
        || host.starts_with("%2f")
        || host
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_measured() {
        for here in ["127.0.0.1", "127.0.0.9", "::1"] {
            assert!(loopback(here).is_ok(), "{here}");
        }
        for elsewhere in ["0.0.0.0", "192.0.2.1", "::", "localhost:80", ""] {
            assert!(loopback(elsewhere).is_err(), "{elsewhere}");
        }
        for here in [
            "postgres://intake:x@127.0.0.1:5433/mailroom",
            "postgresql://localhost/mailroom",
            "postgres://[::1]/mailroom",
            "postgres:///mailroom?host=/run/postgresql",
            "postgres://%2Frun%2Fpostgresql/mailroom",
        ] {
            assert!(local_postgres(here).is_ok(), "{here}");
        }
        for elsewhere in [
            "postgres://intake@db.example/mailroom",
            "postgres://192.0.2.1/mailroom",
            "postgres://localhost/mailroom?host=db.example",
            "postgres://localhost/mailroom?hostaddr=192.0.2.1",
            "sqlite://mailroom.db",
            "mailroom",
        ] {
            assert!(local_postgres(elsewhere).is_err(), "{elsewhere}");
        }
    }
}
