//! The options that say how much evidence may come.

use super::EvidenceLimits;

/// How much evidence may come.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct EvidenceOptions {
    /// Most MiB of all files of one complaint or message.
    #[arg(
        long = "evidence-total-mib",
        env = "INTAKE_EVIDENCE_TOTAL_MIB",
        value_name = "MIB",
        default_value_t = 1_024,
        value_parser = clap::value_parser!(u32).range(1..=65_536)
    )]
    pub total_mib: u32,
    /// Most MiB of one file.
    #[arg(
        long = "evidence-file-mib",
        env = "INTAKE_EVIDENCE_FILE_MIB",
        value_name = "MIB",
        default_value_t = 1_024,
        value_parser = clap::value_parser!(u32).range(1..=65_536)
    )]
    pub file_mib: u32,
    /// Most files of one complaint or message.
    #[arg(
        long = "evidence-files",
        env = "INTAKE_EVIDENCE_FILES",
        value_name = "N",
        default_value_t = 20,
        value_parser = clap::value_parser!(u8).range(1..=20)
    )]
    pub files: u8,
    /// Most GiB of files that this process stores at once; as much again comes back through each day.
    /// A half is for complaints, a quarter for further messages, an eighth for answers to the committee,
    /// and an eighth for what breaks off. When a part is used up, its files are refused for a while;
    /// complaints and messages without files are not.
    #[arg(
        long = "evidence-daily-gib",
        env = "INTAKE_EVIDENCE_DAILY_GIB",
        value_name = "GIB",
        default_value_t = 32,
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub daily_gib: u32,
}

impl From<EvidenceOptions> for EvidenceLimits {
    fn from(options: EvidenceOptions) -> Self {
        Self {
            total_bytes: u64::from(options.total_mib) << 20,
            file_bytes: u64::from(options.file_mib) << 20,
            files: usize::from(options.files),
            daily_bytes: u64::from(options.daily_gib) << 30,
        }
    }
}
