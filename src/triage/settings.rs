//! Command line and environment of `triage`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use committee::members::passkey::Origin;
use notices::address::MailAddress;
use notices::slot::Slots;
use notices::smtp::SmtpUrl;
use service::settings::StoreUrl;

use crate::worker::HiddenShare;

/// The committee's service: opens complaints in memory, proposes risk and route, keeps the cases.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Settings {
    /// Address on which the committee's pages are served.
    #[arg(long, env = "TRIAGE_LISTEN", default_value = "127.0.0.1:8081")]
    pub listen: SocketAddr,
    /// The store that intake writes to: `sqlite://PATH` or `postgres://…`
    #[arg(long, env = "MAILROOM_URL", hide_env_values = true)]
    pub mailroom: StoreUrl,
    /// The store of the cases: `sqlite://PATH` or `postgres://…`
    #[arg(long, env = "CASES_URL", hide_env_values = true)]
    pub cases: StoreUrl,
    /// The committee's identity file; its passphrase comes from `GUIANDO_PASSPHRASE` or the
    /// terminal. Without it the service starts sealed, and is opened by the
    /// members' shares.
    #[arg(long, env = "COMMITTEE_IDENTITY")]
    pub identity: Option<PathBuf>,
    /// The recipients that intake seals to (`committee.pub`). With it, no other key opens the service;
    /// without it, no shares do.
    #[arg(long, env = "COMMITTEE_RECIPIENTS")]
    pub recipients: Option<PathBuf>,
    /// The holders of the last resort (`recovery.pub`), to be compared with the list that the committee
    /// confirmed (`guiando keys confirm`): the members are told when it is another. Each case's key is
    /// split among those who were confirmed, whatever this file says.
    #[arg(long, env = "RECOVERY_HOLDERS", value_name = "FILE")]
    pub recovery: Option<PathBuf>,
    /// Address under which members open the desk, such as `https://comite.example.mx`. Passkeys are
    /// bound to it; without it none are offered.
    #[arg(long, env = "TRIAGE_ORIGIN")]
    pub origin: Option<Origin>,
    /// The mail server that members' notices go through: `smtp://[USER:PASSWORD@]HOST[:PORT]`, where the
    /// connection must become a TLS one (on the loopback it stays in clear), or `smtps://…`. Without it no
    /// mail is sent.
    #[arg(
        long,
        env = "SMTP_URL",
        hide_env_values = true,
        value_name = "URL",
        requires = "smtp_from"
    )]
    pub smtp: Option<SmtpUrl>,
    /// Address that notices come from. Its domain is what the service calls itself to the mail server.
    #[arg(long, env = "SMTP_FROM", value_name = "ADDRESS")]
    pub smtp_from: Option<MailAddress>,
    /// Certificate (PEM) that the mail server's is checked against, besides the public ones.
    #[arg(long, env = "SMTP_ROOT", value_name = "FILE")]
    pub smtp_root: Option<PathBuf>,
    /// Seconds between two notices to each member, whether or not anything waits: counted from midnight UTC,
    /// so 3600 is on the hour.
    #[arg(long, env = "NOTICE_INTERVAL_SECONDS", default_value_t = 3600,
          value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub notice_interval: u64,
    /// The program that draws what members look at in place of files; without it, the one that lies beside
    /// this program.
    #[arg(long, env = "TRIAGE_CLEANER", value_name = "FILE")]
    pub cleaner: Option<PathBuf>,
    /// What was learnt on site (`guiando classifier retrain`), in place of what the classifier was shipped with.
    /// Its version then names both.
    #[arg(long, env = "CLASSIFIER_HEADS", value_name = "FILE")]
    pub classifier_heads: Option<PathBuf>,
    /// Share of the proposals that members see only after they have classified the case themselves, from
    /// 0.10 to 0.20: how often they come to the same tells how good the classifier is.
    #[arg(
        long,
        env = "TRIAGE_HIDDEN_SHARE",
        default_value_t,
        value_name = "SHARE"
    )]
    pub hidden_share: HiddenShare,
    /// Seconds between two looks into the mailroom.
    #[arg(long, env = "TRIAGE_INTERVAL_SECONDS", default_value_t = 60,
          value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub interval: u64,
}

impl Settings {
    /// When notices go out.
    pub fn slots(&self) -> Slots {
        Slots::every(Duration::from_secs(self.notice_interval))
    }

    /// Time between two rounds of the worker.
    pub fn interval(&self) -> Duration {
        Duration::from_secs(self.interval)
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Settings::command().debug_assert();
    }
}
