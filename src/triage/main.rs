//! The program `triage`.

use std::process::ExitCode;

use clap::Parser as _;
use triage::settings::Settings;

#[tokio::main]
async fn main() -> ExitCode {
    let settings = Settings::parse();
    service::telemetry::start();
    service::run::keep_panics_silent();
    service::run::keep_memory_private();
    service::run::exit(triage::start::run(settings).await)
}
