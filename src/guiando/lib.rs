//! The operator's program: keys, classification, records, terms, the demonstration and the bench.
//!
//! Each subcommand is one module under `commands`, with its options, its work and its own error,
//! whose message tells the operator what to do. What several of them need stands beside:
//!
//! - `key_files`: the committee's key on disk;
//! - `passphrase`: from the environment or the terminal;
//! - `output`: standard output that may be closed early, and files that are whole or absent;
//! - `children`: the services that the demonstration and the bench start and stop.
//!
//! What other programs read goes to standard output and everything else to standard error, so that
//! `guiando classify <in >out` needs no cleaning.
//!
//! *The road not taken:* one program for the services and the operator. Intake must not contain code
//! that opens a complaint, and this program has it.

mod children;
mod commands;
mod key_files;
mod output;
mod passphrase;

pub use self::commands::{CommandError, CommandLine, run};
