//! Starting and stopping a program: exit codes, signals, no core dumps.

use std::fmt::Display;
use std::io::Write as _;
use std::process::ExitCode;

use rustix::process::{
    DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit,
};

/// Ends a program: 0 when all went well, 1 with a clear message otherwise. Wrong use ends with 2
/// before, in clap.
pub fn exit<E: std::error::Error>(outcome: Result<(), E>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            let mut cause = error.source();
            while let Some(error) = cause {
                complain(&error);
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn complain(message: &dyn Display) {
    // Where standard error is gone there is nobody to tell.
    let _ = writeln!(std::io::stderr().lock(), "{message}");
}

/// Forbids core dumps and other processes of the same user to read this one's memory. Where the
/// system does not allow it, the program runs all the same and says so.
pub fn keep_memory_private() {
    let limit = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let outcome = setrlimit(Resource::Core, limit)
        .and_then(|()| set_dumpable_behavior(DumpableBehavior::NotDumpable));
    if outcome.is_err() {
        tracing::warn!("this system does not let us forbid core dumps");
    }
}

/// Lets a panic say where it happened and nothing else: Rust's own message may quote the text that it
/// tripped over, and that text may be a complaint.
pub fn keep_panics_silent() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map_or_else(String::new, ToString::to_string);
        tracing::error!(place, "a panic");
    }));
}

/// Allows as many open connections as the system lets this user have: the usual soft limit, 1,024,
/// would let a few idle clients shut out everybody else.
pub fn allow_many_connections() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    if setrlimit(
        Resource::Nofile,
        Rlimit {
            current: maximum,
            maximum,
        },
    )
    .is_err()
    {
        tracing::warn!("the limit of open files stays as it was");
    }
}

/// Resolves when the program is asked to stop (SIGTERM or Ctrl-C).
///
/// # Errors
/// When the system refuses to tell us of signals.
pub async fn asked_to_stop() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        outcome = tokio::signal::ctrl_c() => outcome,
    }
}
