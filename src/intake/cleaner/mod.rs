//! Has files cleaned by the program `cleaner`, one process for each file.
//!
//! A file goes to the process piece by piece as it arrives; the process holds it, intake does not. So an
//! upload of any speed takes the same memory here. What all processes hold together is bounded, and so
//! is how many work at once; those that wait for the rest of a slow upload do not count as working, or
//! a few slow ones would keep out everybody. Those who file and those who have filed have bounds of
//! their own, so that a flood of the form leaves the others theirs.
//!
//! The processor time of a process is bounded by the process itself, so that nobody's file is given up
//! because of what others have cleaned at the same time. How long it may take by the clock is bounded
//! too, from when it begins to work, many times as long: this is for a process that hangs.
//!
//! Whatever goes wrong with the process, the file itself is taken and the sender is told that it
//! could not be cleaned. The one exception: a process that ran out of memory or time of its own was
//! given a bomb.

use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use cleaning::protocol::{self, LENGTH_BYTES};
use cleaning::{NotCleaned, Outcome, Refusal, Report, Request};
use domain::evidence::MediaType;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::evidence::Errand;

/// What the program is called; it lies beside this one.
const NAME: &str = "cleaner";
/// How many processes may work at once for those who file.
const AT_WORK: usize = 2;
/// The same for those who have filed.
const AT_WORK_FOR_MAILBOXES: usize = 1;
/// How many files of the greatest length all processes may hold for those who file.
const HELD: u64 = 9;
/// The same for those who have filed.
const HELD_FOR_MAILBOXES: u64 = 3;
/// What a file takes of that at a time.
const PAGE: u64 = 64 << 10;
/// How long a process may take to be given a piece or to give one.
const DEADLINE: Duration = Duration::from_secs(30);
/// How many times as long it may work: at least as long as the processor time that it has takes where
/// it gets a sixth of a core.
const WORKING: u32 = 4;
/// And how many times as long a file may wait for others to be done.
const WAITING: u32 = 4;
/// The signal that ends a process which wants more processor time than it has (`SIGXCPU`). Other
/// signals may come from a machine that is short of memory or a fault of a parser: then the file is
/// not to blame, and is taken as it is.
const EXHAUSTED: i32 = 24;

/// The program that cleans, and how it may be used.
#[derive(Debug, Clone)]
pub struct CleanerProgram {
    path: PathBuf,
    limit: u64,
    deadline: Duration,
    filing: Lane,
    mailboxes: Lane,
}

/// What the files of some people share.
#[derive(Debug, Clone)]
struct Lane {
    work: Arc<Semaphore>,
    /// What their processes may still hold, in units of [`PAGE`].
    memory: Arc<Semaphore>,
}

impl Lane {
    fn new(at_work: usize, bytes: u64) -> Self {
        let pages = usize::try_from(bytes.div_ceil(PAGE)).unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            work: Arc::new(Semaphore::new(at_work)),
            memory: Arc::new(Semaphore::new(pages)),
        }
    }
}

impl CleanerProgram {
    /// Most MiB of a file that can be cleaned: a process has room for that, whatever the file holds.
    pub const MOST_MIB: u64 = 64;

    /// A program in a file, for files of up to so many MiB.
    pub fn new(path: PathBuf, limit_mib: u64) -> Self {
        let limit = limit_mib.min(Self::MOST_MIB) << 20;
        Self {
            path,
            limit,
            deadline: DEADLINE,
            filing: Lane::new(AT_WORK, HELD * limit),
            mailboxes: Lane::new(AT_WORK_FOR_MAILBOXES, HELD_FOR_MAILBOXES * limit),
        }
    }

    /// The program that lies beside the running one.
    ///
    /// # Errors
    /// If the system does not tell where that is.
    pub fn beside_this() -> io::Result<PathBuf> {
        std::env::current_exe().map(|this| this.with_file_name(NAME))
    }

    /// Where the program is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the program is there and works, told by giving it a text.
    pub async fn works(&self) -> bool {
        let mut inspection = self.start(MediaType::Text, Errand::Complaint);
        inspection.write(b"texto").await;
        inspection.finish().await.report.outcome == Outcome::NothingFound
    }

    /// Starts a process for a file of this type that somebody brings; the file's bytes follow.
    pub(crate) fn start(&self, media: MediaType, errand: Errand) -> Inspection {
        let lane = match errand {
            Errand::Complaint => &self.filing,
            Errand::Message | Errand::Answer => &self.mailboxes,
        };
        let request = Request {
            media,
            limit: self.limit,
        };
        let state = match self.spawn() {
            Ok((child, to, from)) => State::Running(Box::new(Running { child, to, from })),
            Err(_) => State::Over(NotCleaned::Unavailable),
        };
        Inspection {
            lane: lane.clone(),
            deadline: self.deadline,
            request,
            state,
            asked: false,
            sent: 0,
            memory: None,
        }
    }

    /// Lets the processes of this errand hold nothing more.
    #[cfg(test)]
    pub(crate) fn crowd_out(&self, errand: Errand) {
        let lane = match errand {
            Errand::Complaint => &self.filing,
            Errand::Message | Errand::Answer => &self.mailboxes,
        };
        lane.memory.close();
    }

    fn spawn(&self) -> io::Result<(Child, ChildStdin, ChildStdout)> {
        let mut child = Command::new(&self.path)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let to = child.stdin.take().expect("it is piped");
        let from = child.stdout.take().expect("it is piped");
        Ok((child, to, from))
    }
}

/// A file on its way through a process. Dropping it ends the process.
#[derive(Debug)]
pub(crate) struct Inspection {
    lane: Lane,
    deadline: Duration,
    request: Request,
    state: State,
    asked: bool,
    sent: u64,
    /// For what was sent.
    memory: Option<OwnedSemaphorePermit>,
}

#[derive(Debug)]
enum State {
    Running(Box<Running>),
    /// There is no process any more; the file could not be cleaned, and this is why.
    Over(NotCleaned),
}

#[derive(Debug)]
struct Running {
    child: Child,
    to: ChildStdin,
    from: ChildStdout,
}

impl Inspection {
    /// Gives the process the next bytes of the file. Nothing can fail that the report would not tell.
    pub(crate) async fn write(&mut self, piece: &[u8]) {
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        self.sent = self.sent.saturating_add(length);
        if self.sent > self.request.limit {
            self.give_up(NotCleaned::TooLarge);
        } else if !self.has_memory().await {
            self.give_up(NotCleaned::Busy);
        }
        let State::Running(running) = &mut self.state else {
            return;
        };
        let asked = std::mem::replace(&mut self.asked, true);
        let request = &self.request;
        let give = async {
            if !asked {
                let frame = protocol::request_frame(request).map_err(io::Error::other)?;
                running.to.write_all(&frame).await?;
            }
            running.to.write_all(piece).await
        };
        match timeout(self.deadline, give).await {
            // A process that ended early has its reasons; how it ended tells them.
            Ok(_) => {}
            Err(_) => self.give_up(NotCleaned::Timeout),
        }
    }

    /// Takes memory for all that is sent, waiting for it if need be.
    async fn has_memory(&mut self) -> bool {
        if let State::Over(_) = self.state {
            return true;
        }
        let held = self
            .memory
            .as_ref()
            .map_or(0, OwnedSemaphorePermit::num_permits);
        let needed = usize::try_from(self.sent.div_ceil(PAGE)).unwrap_or(usize::MAX);
        let Ok(more @ 1..) = u32::try_from(needed.saturating_sub(held)) else {
            return needed <= held;
        };
        let more = Arc::clone(&self.lane.memory).acquire_many_owned(more);
        let Ok(Ok(more)) = timeout(self.deadline, more).await else {
            return false;
        };
        match &mut self.memory {
            Some(held) => held.merge(more),
            none => *none = Some(more),
        }
        true
    }

    /// Ends the process and lets its memory go.
    fn give_up(&mut self, why: NotCleaned) {
        if let State::Running(_) = self.state {
            self.state = State::Over(why);
        }
        self.memory = None;
    }

    /// Tells the process that the file is complete, and waits for its report.
    pub(crate) async fn finish(self) -> Inspected {
        let media = self.request.media;
        let running = match self.state {
            State::Running(running) => running,
            State::Over(reason) => return not_cleaned(media, reason),
        };
        let Running {
            mut child,
            to,
            mut from,
        } = *running;
        let deadline = self.deadline;
        let place = timeout(WAITING * deadline, self.lane.work.acquire_owned()).await;
        let Ok(Ok(place)) = place else {
            return not_cleaned(media, NotCleaned::Busy);
        };
        // The end of the pipe is the end of the file: now the process works.
        drop(to);
        match timeout(WORKING * deadline, read_report(&mut from)).await {
            Ok(Ok(report)) => {
                let length = match report.outcome {
                    Outcome::Cleaned(length) => Some(length),
                    Outcome::Refused(_) | Outcome::NotCleaned(_) | Outcome::NothingFound => None,
                };
                let cleaned = length.map(|left| CleanedCopy {
                    from,
                    left,
                    deadline,
                    _child: child,
                    _place: place,
                    _memory: self.memory,
                });
                Inspected { report, cleaned }
            }
            Ok(Err(_)) => match timeout(deadline, child.wait()).await {
                Ok(Ok(status)) if is_exhausted(status) => Inspected {
                    report: Report::without_findings(media, Outcome::Refused(Refusal::Bomb)),
                    cleaned: None,
                },
                _ => not_cleaned(media, NotCleaned::Unavailable),
            },
            Err(_) => not_cleaned(media, NotCleaned::Timeout),
        }
    }
}

fn not_cleaned(media: MediaType, reason: NotCleaned) -> Inspected {
    Inspected {
        report: Report::without_findings(media, Outcome::NotCleaned(reason)),
        cleaned: None,
    }
}

fn is_exhausted(status: ExitStatus) -> bool {
    status.signal().is_some_and(|signal| signal == EXHAUSTED)
}

async fn read_report(from: &mut ChildStdout) -> io::Result<Report> {
    let mut told = [0; LENGTH_BYTES];
    from.read_exact(&mut told).await?;
    let length = protocol::frame_length(told).map_err(io::Error::other)?;
    let mut json = Zeroizing::new(vec![0; length]);
    from.read_exact(&mut json).await?;
    protocol::read_frame(&json).map_err(io::Error::other)
}

/// What came of a file.
#[derive(Debug)]
pub(crate) struct Inspected {
    /// What the process tells, or what happened to it.
    pub(crate) report: Report,
    /// The cleaned copy, if the report says that there is one.
    pub(crate) cleaned: Option<CleanedCopy>,
}

/// A cleaned copy that waits in its process to be read.
#[derive(Debug)]
pub(crate) struct CleanedCopy {
    from: ChildStdout,
    left: u64,
    deadline: Duration,
    _child: Child,
    _place: OwnedSemaphorePermit,
    _memory: Option<OwnedSemaphorePermit>,
}

impl CleanedCopy {
    /// Reads on; 0 bytes when the copy is complete.
    ///
    /// # Errors
    /// If the process ends before, or takes too long: then there is no copy.
    pub(crate) async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = u64::try_from(buffer.len())
            .unwrap_or(u64::MAX)
            .min(self.left);
        let room = usize::try_from(room).unwrap_or(buffer.len());
        if room == 0 {
            return Ok(0);
        }
        let read = timeout(self.deadline, self.from.read(&mut buffer[..room]))
            .await
            .map_err(|_| io::ErrorKind::TimedOut)??;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= u64::try_from(read).unwrap_or(u64::MAX);
        Ok(read)
    }
}

#[cfg(test)]
pub(crate) mod tests;
