//! Has files cleaned by the program `cleaner`, with places for those who file and for those who have filed.
//!
//! The two have bounds of their own, so that a flood of the form leaves the others theirs. Whatever goes wrong with
//! the program, the file itself is taken and the sender is told that it could not be cleaned.

use std::io;
use std::path::{Path, PathBuf};

use cleaning::Task;
use domain::evidence::MediaType;
use runner::{Lane, Program};

pub(crate) use runner::{CleanedCopy, Inspected, Inspection};

use crate::evidence::Errand;

/// How many processes may work at once for those who file.
const AT_WORK: usize = 2;
/// The same for those who have filed.
const AT_WORK_FOR_MAILBOXES: usize = 1;
/// How many files of the greatest length all processes may hold for those who file.
const HELD: u64 = 9;
/// The same for those who have filed.
const HELD_FOR_MAILBOXES: u64 = 3;

/// The program that cleans, and how it may be used.
#[derive(Debug, Clone)]
pub struct CleanerProgram {
    program: Program,
    filing: Lane,
    mailboxes: Lane,
}

impl CleanerProgram {
    /// Most MiB of a file that can be cleaned: a process has room for that, whatever the file holds.
    pub const MOST_MIB: u64 = Program::MOST_MIB;

    /// A program in a file, for files of up to so many MiB.
    pub fn new(path: PathBuf, limit_mib: u64) -> Self {
        let program = Program::new(path, limit_mib);
        let limit = program.limit();
        Self {
            program,
            filing: Lane::new(AT_WORK, HELD * limit),
            mailboxes: Lane::new(AT_WORK_FOR_MAILBOXES, HELD_FOR_MAILBOXES * limit),
        }
    }

    /// The program that lies beside the running one.
    ///
    /// # Errors
    /// If the system does not tell where that is.
    pub fn beside_this() -> io::Result<PathBuf> {
        Program::beside_this()
    }

    /// Where the program is.
    pub fn path(&self) -> &Path {
        self.program.path()
    }

    /// Whether the program is there and works, told by giving it a text.
    pub async fn works(&self) -> bool {
        self.program.works(&self.filing).await
    }

    /// Starts a process for a file of this type that somebody brings; the file's bytes follow.
    pub(crate) fn start(&self, media: MediaType, errand: Errand) -> Inspection {
        self.program.start(Task::Clean, media, self.lane(errand))
    }

    /// Lets the processes of this errand hold nothing more.
    #[cfg(test)]
    pub(crate) fn crowd_out(&self, errand: Errand) {
        self.lane(errand).close();
    }

    fn lane(&self, errand: Errand) -> &Lane {
        match errand {
            Errand::Complaint => &self.filing,
            Errand::Message | Errand::Answer => &self.mailboxes,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
