//! Work that needs no store, on all cores.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

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
    let one = move |one| catch(&work, one);
    on_the_pool(move || all.into_par_iter().map(one).collect()).await
}

/// The same, but nothing is begun after this moment: `None` for what is put off. At least one is done, if one
/// can be: whoever calls again and again gets on.
pub(super) async fn on_all_cores_until<T, R, E>(
    all: Vec<T>,
    end: Instant,
    work: impl Fn(T) -> Result<R, E> + Send + Sync + 'static,
) -> Vec<Option<Result<Result<R, E>, Panicked>>>
where
    T: Send + 'static,
    R: Send + 'static,
    E: Send + 'static,
{
    let any_done = AtomicBool::new(false);
    let one = move |one| {
        if any_done.load(Ordering::Relaxed) && Instant::now() >= end {
            return None;
        }
        let outcome = catch(&work, one);
        any_done.fetch_or(matches!(outcome, Ok(Ok(_))), Ordering::Relaxed);
        Some(outcome)
    };
    on_the_pool(move || all.into_par_iter().map(one).collect()).await
}

fn catch<T, R>(work: impl Fn(T) -> R, one: T) -> Result<R, Panicked> {
    // Whatever a piece of work leaves half done is its own: all that it shares with others it only reads.
    catch_unwind(AssertUnwindSafe(|| work(one))).map_err(|_| Panicked)
}

async fn on_the_pool<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> R {
    match spawn_blocking(work).await {
        Ok(done) => done,
        // No piece of work gets here; that there are no threads for them ends the worker, and is told.
        Err(error) if error.is_panic() => resume_unwind(error.into_panic()),
        // The program ends, and with it what waits here.
        Err(_) => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn after_the_end_one_is_done_and_others_are_put_off() {
        let past = Instant::now();
        // One half of those that come first panics, the other fails.
        let fails = |number: u32| match number {
            900.. => Ok(number),
            _ if number.is_multiple_of(2) => Err(number),
            _ => panic!("these panic"),
        };
        let outcomes = on_all_cores_until((0..1_000).collect(), past, fails).await;
        let done = |outcome: &Result<Result<u32, u32>, Panicked>| matches!(outcome, Ok(Ok(_)));
        assert!(outcomes.iter().flatten().any(done));
        assert!(outcomes.iter().any(Option::is_none));
        let far = past + Duration::from_mins(10);
        let twice = |number: u32| Ok::<_, ()>(number * 2);
        let outcomes = on_all_cores_until((0..50).collect(), far, twice).await;
        for (number, outcome) in (0..).zip(outcomes) {
            assert_eq!(outcome.unwrap().unwrap(), Ok(number * 2));
        }
    }

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
