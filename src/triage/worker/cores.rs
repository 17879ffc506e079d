//! Work that needs no store, on all cores.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use tokio::task::spawn_blocking;

/// What became of a piece of work that panicked.
#[derive(Debug)]
pub(super) struct Panicked;

/// Does the same to each of these, and gives what comes of it in their order. One that panics is lost alone.
pub(super) async fn on_all_cores<T, R>(
    all: Vec<T>,
    work: impl Fn(T) -> R + Send + Sync + 'static,
) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
{
    // Whatever a piece of work leaves half done is its own: all that it shares with others it only reads.
    let one = move |one| catch_unwind(AssertUnwindSafe(|| work(one))).map_err(|_| Panicked);
    match spawn_blocking(move || all.into_par_iter().map(one).collect()).await {
        Ok(outcomes) => outcomes,
        // No panic gets out of it, so the program ends, and with it what waits here.
        Err(_) => std::future::pending().await,
    }
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
