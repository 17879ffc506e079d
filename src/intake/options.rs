//! The command line; every option can come from the environment.

use std::path::PathBuf;

use service::settings::{StoreUrl, Switch};

use crate::cleaner::CleanerProgram;
use crate::evidence::EvidenceOptions;
use crate::listen::ListenAddress;
use crate::network::Network;
use crate::onion::OnionAddress;

/// Takes complaints in and seals them; shows each person their own mailbox.
#[derive(Debug, clap::Parser)]
#[command(name = "intake", version)]
pub struct Options {
    /// Where to listen.
    #[arg(
        long,
        env = "INTAKE_LISTEN",
        value_name = "ADDR",
        default_value = "127.0.0.1:8080"
    )]
    pub listen: ListenAddress,
    /// The mailroom: `sqlite://PATH` (created when absent) or `postgres://…`.
    #[arg(long, env = "MAILROOM_URL", value_name = "URL", hide_env_values = true)]
    pub mailroom: StoreUrl,
    /// File with the committee's public recipients.
    #[arg(long, env = "COMMITTEE_RECIPIENTS", value_name = "FILE")]
    pub recipients: PathBuf,
    /// Whether there are limits on what comes at once and against floods; off for benchmarks only.
    #[arg(long, env = "INTAKE_ABUSE_LIMITS", value_enum, default_value = "on")]
    pub abuse_limits: Switch,
    /// Key that signs receipts; made beside a SQLite mailroom when absent, required on PostgreSQL,
    /// where all intake processes share it.
    #[arg(long, env = "INTAKE_RECEIPT_KEY", value_name = "FILE")]
    pub receipt_key: Option<PathBuf>,
    /// The Institute's own networks (CIDR, comma separated): who seems to come from one is warned.
    #[arg(
        long,
        env = "INTAKE_INSTITUTION_NETWORKS",
        value_name = "NETWORKS",
        value_delimiter = ','
    )]
    pub institution_networks: Vec<Network>,
    /// Our own proxies (CIDR, comma separated), whose `X-Forwarded-For` is believed.
    #[arg(
        long,
        env = "INTAKE_FORWARDED_BY",
        value_name = "NETWORKS",
        value_delimiter = ','
    )]
    pub forwarded_by: Vec<Network>,
    /// The onion address of this service, which pages show and Tor Browser offers.
    #[arg(long, env = "INTAKE_ONION", value_name = "ADDRESS")]
    pub onion: Option<OnionAddress>,
    /// Keys that seal what pages carry, the current one on the first line and those before it on the
    /// next, at most three in all; several intake processes share them (`guiando keys form`). Without
    /// it, each draws one of its own at its start.
    #[arg(long, env = "INTAKE_FORM_KEY_FILE", value_name = "FILE")]
    pub form_key: Option<PathBuf>,
    /// The program that cleans files; without it, the one that lies beside this program.
    #[arg(long, env = "INTAKE_CLEANER", value_name = "FILE")]
    pub cleaner: Option<PathBuf>,
    /// Largest file, in MiB, that is inspected and cleaned.
    #[arg(
        long,
        env = "INTAKE_CLEAN_LIMIT_MIB",
        value_name = "MIB",
        default_value = "20",
        value_parser = clap::value_parser!(u64).range(1..=CleanerProgram::MOST_MIB)
    )]
    pub clean_limit_mib: u64,
    /// How much evidence may come.
    #[command(flatten)]
    pub evidence: EvidenceOptions,
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Options::command().debug_assert();
    }

    #[test]
    fn anything_but_an_address_a_store_and_a_switch_is_wrong_use() {
        let base = [
            "intake",
            "--mailroom",
            "sqlite://m.db",
            "--recipients",
            "committee.pub",
        ];
        assert!(Options::try_parse_from(base).is_ok());
        for wrong in [
            ["--listen", "8080"],
            ["--mailroom", "m.db"],
            ["--abuse-limits", "maybe"],
            ["--institution-networks", "10.0.0.0/8,intranet"],
            ["--onion", "guiando.onion"],
            ["--clean-limit-mib", "65"],
        ] {
            let error = Options::try_parse_from(base.iter().chain(&wrong)).unwrap_err();
            assert_eq!(error.exit_code(), 2);
        }
    }
}
