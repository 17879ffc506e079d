//! How many waiting complaints a second the committee's service opens, makes cases of and answers, and how
//! many it is done with when the classifier has seen them, too.
//!
//! The real program finds them when it starts. They are worked off in the order of their ids, and nothing is
//! classified before all are answered; so the first figure is taken between the moments when a tenth and when
//! the last of them has its answer in its mailbox, and the start is not in it. The second runs from the first of
//! these moments, too, until none waits any more.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ::sealing::{KeyId, LookupId};
use store::mailroom::Mailroom;

use super::house::{House, Waiting};
use super::table::Working;
use super::{BenchError, Stage};

/// Seats of a committee that all may open a case.
const MEMBERS: u8 = 8;
/// How long it may take, and how often it is asked.
const PATIENCE: Duration = Duration::from_mins(10);
const STEP: Duration = Duration::from_millis(5);
/// Points that [`measure`] measures.
pub(crate) const POINTS: u64 = 2;

/// Measures with so many complaints.
pub(crate) async fn measure(
    folder: &Path,
    address: IpAddr,
    complaints: u32,
    stage: &Stage,
) -> Result<Working, BenchError> {
    stage.begin(&format!("{complaints} complaints are stored"));
    let house = House::new(folder, "waiting", MEMBERS).await?;
    let mut waiting = house.receive(complaints).await?;
    waiting.sort_by_key(|one| one.envelope);
    stage.begin(&format!("{complaints} complaints become cases"));
    let first = waiting.len() / 10;
    let mailbox = |at: Option<&Waiting>| {
        at.map(|one| one.mailbox)
            .ok_or(BenchError::Sample("no complaint waits"))
    };
    let (tenth, last) = (mailbox(waiting.get(first))?, mailbox(waiting.last())?);
    let mailroom = service::stores::mailroom(&house.mailroom).await?;
    let key = house.keyring.key_id();
    // It watches from before the start on.
    let watched = tokio::spawn(watch(mailroom, key, tenth, last));
    let (mut triage, _) = house.open(address).await?;
    let outcome = tokio::select! {
        error = triage.ended() => Err(error.into()),
        outcome = watched => outcome.unwrap_or(Err(BenchError::Sample("nobody watched"))),
    };
    triage.stop().await;
    let watched = outcome?;
    if house.cases.register(None).await?.len() != waiting.len() {
        return Err(BenchError::Sample("not every complaint became a case"));
    }
    let counted = waiting.len() - first;
    Ok(Working::new(
        complaints,
        MEMBERS,
        u32::try_from(counted).unwrap_or(u32::MAX),
        watched.answered,
        watched.done,
    ))
}

/// How long it took from the first moment to the others.
struct Watched {
    answered: Duration,
    done: Duration,
}

/// Waits until one has its answer, until the other has, and until none waits.
async fn watch(
    mailroom: Arc<dyn Mailroom>,
    key: KeyId,
    tenth: LookupId,
    last: LookupId,
) -> Result<Watched, BenchError> {
    let asked = async {
        answered(&*mailroom, tenth).await?;
        let begun = Instant::now();
        answered(&*mailroom, last).await?;
        let answered = begun.elapsed();
        while mailroom.backlog(key).await?.ours > 0 {
            tokio::time::sleep(STEP * 4).await;
        }
        let done = begun.elapsed();
        Ok(Watched { answered, done })
    };
    tokio::time::timeout(PATIENCE, asked)
        .await
        .map_err(|_| BenchError::Sample("the complaints were not opened in time"))?
}

/// Waits until something is in a mailbox.
async fn answered(mailroom: &dyn Mailroom, mailbox: LookupId) -> Result<(), BenchError> {
    while mailroom.mailbox(mailbox).await?.is_empty() {
        tokio::time::sleep(STEP).await;
    }
    Ok(())
}
