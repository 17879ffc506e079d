//! Becoming another program that is asked to stop when its parent ends.
//!
//! The kernel's "parent death signal" has to be asked for by the child itself, between fork and exec;
//! there the standard library runs only `unsafe` closures. So the child is first this very program,
//! which asks in safe code and then becomes the service: the wish outlives the exec.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;

use clap::Args;
use rustix::process::{Signal, getppid, set_parent_process_death_signal};

/// Which program to become, and whom to follow.
#[derive(Debug, Args)]
pub(crate) struct WithParent {
    /// Process id of the parent, which may have ended meanwhile
    parent: i32,
    /// The program to become
    program: PathBuf,
    /// Its command line
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// Why this is still the same program.
#[derive(Debug, thiserror::Error)]
pub enum WithParentError {
    /// There is nobody to follow.
    #[error("the parent process has ended")]
    Orphan,
    /// The system does not tell of the parent's end.
    #[error("this system does not tell a process of its parent's end")]
    Unsupported(#[source] io::Error),
    /// The program cannot be run.
    #[error("{} cannot be run", program.display())]
    Exec {
        /// Which program.
        program: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl WithParent {
    /// Returns only if it did not work.
    pub(crate) fn run(self) -> WithParentError {
        if let Err(error) = set_parent_process_death_signal(Some(Signal::TERM)) {
            return WithParentError::Unsupported(error.into());
        }
        // If the parent ended before the wish was made, nobody will tell.
        if getppid().is_none_or(|parent| parent.as_raw_nonzero().get() != self.parent) {
            return WithParentError::Orphan;
        }
        let source = Command::new(&self.program).args(&self.arguments).exec();
        WithParentError::Exec {
            program: self.program,
            source,
        }
    }
}
