//! The public service. See the crate's guide in `lib.rs`.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let options = intake::Options::parse();
    service::telemetry::start();
    service::run::keep_panics_silent();
    service::run::exit(intake::start(options))
}
