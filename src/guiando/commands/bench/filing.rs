//! How many complaints intake accepts, through the door and to the disk.

use std::fs;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mailbox::{ENTRY_SIZES, SealedEntry};
use opening::{CommitteeIdentity, Passphrase};
use ring::rand::{SecureRandom as _, SystemRandom};
use service::settings::StoreUrl;
use store::mailroom::Deposit;

use super::client::{MOST_COMPLAINTS, Question, first_page, load};
use super::table::{Evidence, Memory, Point, Rate, Subject};
use super::{BenchError, Stage, evidence, sample, sealing};
use crate::children::ready::{free, ready};
use crate::children::{Service, beside};
use crate::key_files;

/// Connections at once.
const CONNECTIONS: [u32; 3] = [1, 8, 32];
/// Points that [`Filing::measure`] measures.
pub(crate) const POINTS: u64 = 4;

/// What a run needs on disk.
pub(crate) struct Filing {
    folder: PathBuf,
    address: IpAddr,
    identity: CommitteeIdentity,
}

impl Filing {
    /// Makes the keys of the run.
    pub(crate) fn prepare(folder: &Path, address: IpAddr) -> Result<Self, BenchError> {
        // Nobody will open what is filed here; the file only has to be there.
        let passphrase = Passphrase::from("bench".to_owned());
        let identity = key_files::generate(&folder.join("keys"), passphrase)?;
        Ok(Self {
            folder: folder.to_owned(),
            address,
            identity,
        })
    }

    /// The SQLite mailroom of the run.
    pub(crate) fn sqlite(&self) -> StoreUrl {
        self.store("mailroom.db")
    }

    /// A SQLite mailroom of its own.
    pub(crate) fn store(&self, name: &str) -> StoreUrl {
        format!("sqlite://{}", self.folder.join(name).display())
            .parse()
            .expect("a path that is not empty makes a store's URL")
    }

    /// The limit of a store that does not group: one complaint, one synced commit, one after the
    /// other. Sealing is not counted.
    pub(crate) async fn single_commits(&self, span: Duration) -> Result<Rate, BenchError> {
        let store = service::stores::mailroom(&self.store("single.db")).await?;
        let rng = SystemRandom::new();
        let (mut taken, mut commits) = (Duration::ZERO, 0_u32);
        while taken < span && u64::from(commits) < MOST_COMPLAINTS {
            let letter = sealing::letter(sample::complaint()?, &rng)?;
            let mut bytes = vec![0; ENTRY_SIZES[1]];
            rng.fill(&mut bytes)
                .map_err(|_| BenchError::Sample("no randomness"))?;
            let deposit = Deposit {
                envelope: sealing::seal(&letter, self.identity.recipients())?,
                first_entry: Some(SealedEntry {
                    lookup_id: letter.lookup_id,
                    position: 0,
                    bytes,
                }),
                leaf: None,
            };
            let begun = Instant::now();
            store.deposit(&[deposit]).await?;
            taken += begun.elapsed();
            commits += 1;
        }
        Ok(Rate::of(f64::from(commits), taken))
    }

    /// How fast one file comes in, and how fast its chunks are written without intake.
    pub(crate) async fn evidence(&self, mib: u32) -> Result<Evidence, BenchError> {
        let straight = evidence::straight(&self.store("straight.db"), mib).await?;
        for file in ["straight.db", "straight.db-wal", "straight.db-shm"] {
            match fs::remove_file(self.folder.join(file)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                Ok(()) | Err(_) => {}
            }
        }
        self.with_intake(&self.store("evidence.db"), async |intake, address| {
            let before = peak(intake);
            let uploaded = evidence::upload(address, mib).await?;
            let grown = before
                .zip(peak(intake))
                .map(|(before, after)| after.saturating_sub(before));
            Ok(Evidence::new(mib, &straight, &uploaded, grown))
        })
        .await
    }

    /// How many bytes a first visit takes.
    pub(crate) async fn first_page(&self) -> Result<u64, BenchError> {
        self.with_intake(&self.store("first.db"), async |_, address| {
            Ok(first_page(address).await?)
        })
        .await
    }

    /// Starts intake on `mailroom`, measures it, and stops it.
    pub(crate) async fn measure(
        &self,
        engine: &'static str,
        mailroom: &StoreUrl,
        stage: &Stage,
    ) -> Result<Vec<Point>, BenchError> {
        self.with_intake(mailroom, async |intake, address| {
            measure(intake, engine, address, stage).await
        })
        .await
    }

    /// Starts intake on `mailroom`, does something with it, and stops it.
    pub(crate) async fn with_intake<T>(
        &self,
        mailroom: &StoreUrl,
        what: impl AsyncFnOnce(&Service, SocketAddr) -> Result<T, BenchError>,
    ) -> Result<T, BenchError> {
        let address = free(SocketAddr::new(self.address, 0))?;
        let mut intake = beside("intake")?
            .option("--listen", address.to_string())
            .option("--mailroom", mailroom.expose())
            .option(
                "--recipients",
                self.folder.join("keys").join(key_files::PUBLIC),
            )
            .option("--abuse-limits", "off")
            .option("--receipt-key", self.folder.join("receipt.key"))
            .start()?;
        let outcome = async {
            tokio::select! {
                error = intake.ended() => return Err(error.into()),
                outcome = ready("intake", address) => outcome?,
            }
            what(&intake, address).await
        };
        let outcome = outcome.await;
        intake.stop().await;
        outcome
    }
}

async fn measure(
    intake: &Service,
    engine: &'static str,
    address: SocketAddr,
    stage: &Stage,
) -> Result<Vec<Point>, BenchError> {
    let idle = resident(intake);
    stage.begin(&format!("{engine}: empty answers"));
    let most = CONNECTIONS[CONNECTIONS.len() - 1];
    let empty = load(address, &Question::empty(), most, stage.span).await?;
    let mut points = vec![Point {
        engine,
        subject: Subject::Empty(empty),
    }];

    let question = Question::complaint(sample::body());
    for connections in CONNECTIONS {
        stage.begin(&format!(
            "{engine}: complaints over {connections} connections"
        ));
        let accepted = load(address, &question, connections, stage.span).await?;
        points.push(Point {
            engine,
            subject: Subject::Complaints(accepted),
        });
    }
    let memory = Memory {
        idle_kib: idle,
        after_load_kib: resident(intake),
    };
    points.push(Point {
        engine,
        subject: Subject::Memory(memory),
    });
    Ok(points)
}

/// Memory of a process that is in use (`VmRSS`), where the system tells.
fn resident(service: &Service) -> Option<u64> {
    memory(service, "VmRSS:")
}

/// The most that it ever had in use (`VmHWM`).
fn peak(service: &Service) -> Option<u64> {
    memory(service, "VmHWM:")
}

fn memory(service: &Service, what: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", service.id()?)).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(what))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn single_commits_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let filing = Filing::prepare(folder.path(), "127.0.0.1".parse().unwrap()).unwrap();
        let rate = filing
            .single_commits(Duration::from_millis(50))
            .await
            .unwrap();
        assert!(rate.per_second > 0.0);
    }
}
