//! How many waiting complaints a second the committee's service opens, makes cases of and routes.
//!
//! The real program finds them when it starts. The time runs from then until none waits any more: so the
//! start is in it, and what the classifier takes.

use std::net::IpAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use super::house::House;
use super::table::Working;
use super::{BenchError, Stage};

/// Seats of a committee that all may open a case.
const MEMBERS: u8 = 8;
/// How long it may take, and how often it is asked.
const PATIENCE: Duration = Duration::from_mins(10);
const STEP: Duration = Duration::from_millis(20);
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
    house.receive(complaints).await?;
    stage.begin(&format!("{complaints} complaints become cases"));
    let begun = Instant::now();
    let (mut triage, _) = house.open(address).await?;
    let outcome = tokio::select! {
        error = triage.ended() => Err(error.into()),
        outcome = all_opened(&house) => outcome,
    };
    let taken = begun.elapsed();
    triage.stop().await;
    outcome?;
    if house.cases.register(None).await?.len() != usize::try_from(complaints).unwrap_or(usize::MAX)
    {
        return Err(BenchError::Sample("not every complaint became a case"));
    }
    Ok(Working::new(complaints, MEMBERS, taken))
}

/// Waits until the mailroom is empty.
async fn all_opened(house: &House) -> Result<(), BenchError> {
    let mailroom = service::stores::mailroom(&house.mailroom).await?;
    let key = house.keyring.key_id();
    let asked = async {
        loop {
            if mailroom.backlog(key).await?.ours == 0 {
                return Ok(());
            }
            tokio::time::sleep(STEP).await;
        }
    };
    tokio::time::timeout(PATIENCE, asked)
        .await
        .map_err(|_| BenchError::Sample("the complaints were not opened in time"))?
}
