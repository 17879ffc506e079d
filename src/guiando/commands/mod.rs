//! The command line: which subcommand does what.

mod audit;
mod bench;
mod classifier;
mod classify;
mod demo;
mod keys;
mod members;
mod receipt;
mod records;
mod terms;

use clap::{Parser, Subcommand};
use domain::catalogue::{CatalogueError, Catalogues};

#[cfg(target_os = "linux")]
use crate::children::with_parent;

/// What the operator may ask for.
#[derive(Debug, Parser)]
#[command(
    name = "guiando",
    version,
    about = "Operates the ethics committee's complaint service"
)]
pub struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The committee's keys
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Links for members, with the committee's key in hand
    #[command(subcommand)]
    Members(members::Members),
    /// Propose risk and urgency of complaints: JSON lines in, JSON lines out
    Classify(classify::Classify),
    /// What can be asked about the classifier itself
    #[command(subcommand)]
    Classifier(classifier::ClassifierCommand),
    /// Signed receipts
    #[command(subcommand)]
    Receipt(receipt::ReceiptCommand),
    /// The log of what the committee's members did
    #[command(subcommand)]
    Audit(audit::Audit),
    /// SSECCOE-style records
    #[command(subcommand)]
    Records(records::Records),
    /// Legal terms
    #[command(subcommand)]
    Terms(terms::Terms),
    /// Start both services on this machine, with keys and an account made for it
    Demo(demo::Demo),
    /// Measure sealing and filing on this machine, over loopback
    Bench(bench::Bench),
    /// Become another program that is asked to stop when the given parent ends
    #[cfg(target_os = "linux")]
    #[command(hide = true)]
    WithParent(with_parent::WithParent),
}

/// Why a command was not done.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The compiled-in lists are not sound.
    #[error(transparent)]
    Catalogues(#[from] CatalogueError),
    /// See [`keys`].
    #[error(transparent)]
    Keys(#[from] keys::KeysError),
    /// See [`members`].
    #[error(transparent)]
    Members(#[from] members::MembersError),
    /// See [`classify`].
    #[error(transparent)]
    Classify(#[from] classify::ClassifyError),
    /// See [`mod@classifier`].
    #[error(transparent)]
    Classifier(#[from] classifier::ClassifierError),
    /// See [`receipt`].
    #[error(transparent)]
    Receipt(#[from] receipt::ReceiptCommandError),
    /// See [`audit`].
    #[error(transparent)]
    Audit(#[from] audit::AuditError),
    /// See [`records`].
    #[error(transparent)]
    Records(#[from] records::RecordsError),
    /// See [`terms`].
    #[error(transparent)]
    Terms(#[from] terms::TermsError),
    /// See [`demo`].
    #[error(transparent)]
    Demo(#[from] demo::DemoError),
    /// See [`mod@bench`].
    #[error(transparent)]
    Bench(#[from] bench::BenchError),
    /// See [`crate::children::with_parent`].
    #[cfg(target_os = "linux")]
    #[error(transparent)]
    WithParent(#[from] with_parent::WithParentError),
}

/// Does what the command line asks for.
///
/// # Errors
/// See [`CommandError`]; its message is for the operator.
pub fn run(command_line: CommandLine) -> Result<(), CommandError> {
    #[cfg(target_os = "linux")]
    if let Command::WithParent(command) = command_line.command {
        return Err(command.run().into());
    }
    // A fault in a list is a message here, and not a panic later.
    Catalogues::load()?;
    match command_line.command {
        Command::Keys(command) => command.run()?,
        Command::Members(command) => command.run()?,
        Command::Classify(command) => command.run()?,
        Command::Classifier(command) => command.run()?,
        Command::Receipt(command) => command.run()?,
        Command::Audit(command) => command.run()?,
        Command::Records(command) => command.run()?,
        Command::Terms(command) => command.run()?,
        Command::Demo(command) => command.run()?,
        Command::Bench(command) => command.run()?,
        #[cfg(target_os = "linux")]
        Command::WithParent(command) => return Err(command.run().into()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        CommandLine::command().debug_assert();
    }
}
