//! Work that needs no store, on all cores.

use std::num::NonZero;
use std::sync::Arc;
use std::thread::available_parallelism;

use futures_util::stream::{self, StreamExt as _};
use tokio::task::spawn_blocking;

/// What became of a piece of work that panicked.
#[derive(Debug)]
pub(super) struct Panicked;

/// Does the same to each of these, and gives what comes of it in their order. Each is a task of its own: one
/// that panics is lost alone.
pub(super) async fn on_all_cores<T, R>(
    all: Vec<T>,
    work: impl Fn(T) -> R + Send + Sync + 'static,
) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
{
    let work = Arc::new(work);
    let tasks = stream::iter(all).map(|one| {
        let work = Arc::clone(&work);
        spawn_blocking(move || work(one))
    });
    // One more than there are cores: no core waits for the next task to be begun.
    let cores = available_parallelism().map_or(1, NonZero::get);
    let outcomes = tasks.buffered(cores + 1);
    outcomes
        .map(|outcome| outcome.map_err(|_| Panicked))
        .collect()
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_panics_is_lost_alone_and_the_order_stays() {
        let done = on_all_cores((0..50).collect(), |number: u32| {
            assert_ne!(number, 17, "this one panics");
            number * 2
        });
        for (number, outcome) in (0..).zip(done.await) {
            assert_eq!(outcome.ok(), (number != 17).then_some(number * 2));
        }
    }
}
