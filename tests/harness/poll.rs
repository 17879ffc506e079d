//! Waiting for something to become true, with a deadline.

use std::time::{Duration, Instant};

/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(50);
/// Longest wait; far above what an idle machine needs, so that a loaded one is not blamed.
const LONGEST: Duration = Duration::from_mins(2);

/// Looks again and again until there is something to see.
///
/// # Panics
/// When the deadline passes; `what` says what was waited for.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(
            started.elapsed() < LONGEST,
            "waited {LONGEST:?} in vain: {what}"
        );
        tokio::time::sleep(PAUSE).await;
    }
}
