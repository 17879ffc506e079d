//! Group commit: deposits that wait at the same moment share one transaction and one sync.
//!
//! While a group is being written, the next ones gather in the channel; nobody waits for company.

use std::sync::Arc;

use store::StoreError;
use store::mailroom::{Deposit, IntakeMailroom};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// Most deposits of one transaction; each is at most 256 KiB.
const MOST: usize = 128;
/// Deposits that may wait in the channel; further ones wait in their handlers.
const WAITING: usize = 256;

/// The deposit was not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not stored")]
pub(crate) struct NotStored;

struct Waiting {
    deposit: Deposit,
    stored: oneshot::Sender<Result<(), NotStored>>,
}

/// Where handlers hand deposits over.
#[derive(Debug, Clone)]
pub(crate) struct Deposits(mpsc::Sender<Waiting>);

/// The task that writes; ends when it is told to or when no [`Deposits`] is left.
#[derive(Debug)]
pub(crate) struct Writer {
    task: JoinHandle<()>,
    stop: oneshot::Sender<()>,
}

impl Deposits {
    /// Starts the task on the runtime that this is called from.
    pub(crate) fn start(mailroom: Arc<dyn IntakeMailroom>) -> (Self, Writer) {
        let (sender, receiver) = mpsc::channel(WAITING);
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(write(mailroom, receiver, stopped));
        (Self(sender), Writer { task, stop })
    }

    /// Returns once the deposit is durable.
    ///
    /// # Errors
    /// When it is not; then nothing may be acknowledged.
    pub(crate) async fn store(&self, deposit: Deposit) -> Result<(), NotStored> {
        let (stored, answer) = oneshot::channel();
        self.0
            .send(Waiting { deposit, stored })
            .await
            .map_err(|_| NotStored)?;
        answer.await.map_err(|_| NotStored)?
    }
}

impl Writer {
    /// Takes no more deposits, writes those that wait, and ends.
    pub(crate) async fn finish(self) {
        // The task may have ended already; then there is nothing to stop.
        let _ = self.stop.send(());
        if self.task.await.is_err() {
            tracing::error!("the writer of deposits broke off");
        }
    }
}

async fn write(
    mailroom: Arc<dyn IntakeMailroom>,
    mut waiting: mpsc::Receiver<Waiting>,
    mut stopped: oneshot::Receiver<()>,
) {
    let mut group = Vec::with_capacity(MOST);
    let mut stopping = false;
    loop {
        tokio::select! {
            biased;
            _ = &mut stopped, if !stopping => {
                stopping = true;
                waiting.close();
            }
            count = waiting.recv_many(&mut group, MOST) => {
                if count == 0 {
                    return;
                }
                write_group(&*mailroom, &mut group).await;
            }
        }
    }
}

/// Stores a group and answers each of it. The group is empty afterwards.
async fn write_group(mailroom: &dyn IntakeMailroom, group: &mut Vec<Waiting>) {
    let (deposits, answers): (Vec<Deposit>, Vec<_>) = group
        .drain(..)
        .map(|Waiting { deposit, stored }| (deposit, stored))
        .unzip();
    let outcomes = store_group(mailroom, &deposits).await;
    for (answer, outcome) in answers.into_iter().zip(outcomes) {
        // Whoever hung up does not hear of it; the deposit stays stored.
        let _ = answer.send(outcome);
    }
}

/// Stores deposits together. When that fails they are tried one by one, which is harmless, since a
/// deposit that is there already changes nothing; at the second one that fails it is the store that
/// fails and not a deposit, and the rest is given up.
async fn store_group(
    mailroom: &dyn IntakeMailroom,
    deposits: &[Deposit],
) -> Vec<Result<(), NotStored>> {
    let error = match mailroom.deposit(deposits).await {
        Ok(()) => return vec![Ok(()); deposits.len()],
        Err(error) => error,
    };
    tell(&error);
    let mut outcomes = vec![Err(NotStored); deposits.len()];
    if deposits.len() > 1 {
        let mut failed = 0;
        for (outcome, deposit) in outcomes.iter_mut().zip(deposits) {
            match mailroom.deposit(std::slice::from_ref(deposit)).await {
                Ok(()) => *outcome = Ok(()),
                Err(_) if failed == 0 => failed += 1,
                Err(_) => break,
            }
        }
    }
    outcomes
}

fn tell(error: &StoreError) {
    tracing::error!(cause = %error, "deposits were not stored");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Gate, MemoryMailroom, deposit};

    #[tokio::test]
    async fn a_deposit_is_acknowledged_only_after_the_store_has_it() {
        let (gate, mailroom) = Gate::before(MemoryMailroom::default());
        let (deposits, _writer) = Deposits::start(mailroom.clone());
        let mut filing = tokio::spawn(async move { deposits.store(deposit(1)).await });
        gate.reached().await;
        assert!(!filing.is_finished());
        assert_eq!(mailroom.stored(), 0);
        gate.open();
        assert_eq!((&mut filing).await.unwrap(), Ok(()));
        assert_eq!(mailroom.stored(), 1);
    }

    #[tokio::test]
    async fn what_waits_while_a_group_is_written_goes_together_in_the_next_one() {
        let (gate, mailroom) = Gate::before(MemoryMailroom::default());
        let (deposits, writer) = Deposits::start(mailroom.clone());
        let first = tokio::spawn({
            let deposits = deposits.clone();
            async move { deposits.store(deposit(1)).await }
        });
        gate.reached().await;
        let rest: Vec<_> = (2..=40)
            .map(|n| {
                let deposits = deposits.clone();
                tokio::spawn(async move { deposits.store(deposit(n)).await })
            })
            .collect();
        tokio::task::yield_now().await;
        gate.open();
        assert_eq!(first.await.unwrap(), Ok(()));
        for filing in rest {
            assert_eq!(filing.await.unwrap(), Ok(()));
        }
        assert_eq!(mailroom.groups(), [1, 39]);
        writer.finish().await;
    }

    #[tokio::test]
    async fn a_store_that_is_down_answers_everyone_with_not_stored_and_the_writer_goes_on() {
        let mailroom = Arc::new(MemoryMailroom::default());
        let (deposits, writer) = Deposits::start(mailroom.clone());
        mailroom.go_down();
        let filings: Vec<_> = (1..=20)
            .map(|n| {
                let deposits = deposits.clone();
                tokio::spawn(async move { deposits.store(deposit(n)).await })
            })
            .collect();
        for filing in filings {
            assert_eq!(filing.await.unwrap(), Err(NotStored));
        }
        mailroom.come_back();
        assert_eq!(deposits.store(deposit(21)).await, Ok(()));
        assert_eq!(mailroom.stored(), 1);
        writer.finish().await;
    }

    #[tokio::test]
    async fn one_deposit_that_the_store_refuses_does_not_take_the_others_along() {
        let mailroom = MemoryMailroom::default();
        mailroom.refuse(&deposit(2));
        let group: Vec<_> = (1..=3).map(deposit).collect();
        let outcomes = store_group(&mailroom, &group).await;
        assert_eq!(outcomes, [Ok(()), Err(NotStored), Ok(())]);
        assert_eq!(mailroom.stored(), 2);
    }

    #[tokio::test]
    async fn stopping_writes_what_waits_and_takes_nothing_more() {
        let (gate, mailroom) = Gate::before(MemoryMailroom::default());
        let (deposits, writer) = Deposits::start(mailroom.clone());
        let filings: Vec<_> = (1..=5)
            .map(|n| {
                let deposits = deposits.clone();
                tokio::spawn(async move { deposits.store(deposit(n)).await })
            })
            .collect();
        gate.reached().await;
        tokio::task::yield_now().await;
        let finishing = tokio::spawn(writer.finish());
        gate.open();
        finishing.await.unwrap();
        for filing in filings {
            assert_eq!(filing.await.unwrap(), Ok(()));
        }
        assert_eq!(mailroom.stored(), 5);
        assert_eq!(deposits.store(deposit(6)).await, Err(NotStored));
    }
}
