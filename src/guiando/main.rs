//! The operator's program. See the crate's guide in `lib.rs`.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let command_line = guiando::CommandLine::parse();
    service::telemetry::start();
    service::run::keep_memory_private();
    service::run::exit(guiando::run(command_line))
}
