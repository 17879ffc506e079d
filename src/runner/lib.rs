//! Has files cleaned, or shown, by the program `cleaner`: one process for each file.
//!
//! A file goes to the process piece by piece as it arrives; the process holds it, the service does not. So an
//! upload of any speed takes the same memory here. What all processes of a [`Lane`] hold together is bounded, and
//! so is how many work at once; those that wait for the rest of a slow upload do not count as working, or a few
//! slow ones would keep out everybody. Who shares a lane is for the service to say.
//!
//! The processor time of a process is bounded by the process itself, so that nobody's file is given up
//! because of what others have cleaned at the same time. How long it may take by the clock is bounded
//! too, from when it begins to work, many times as long: this is for a process that hangs.
//!
//! Whatever goes wrong with the process is told like anything else of the file: it was not cleaned, or there is
//! nothing to show. The one exception: a process that ran out of memory or time of its own was given a bomb.
//!
//! Nothing here parses a file, so both services may use it.

use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use cleaning::protocol::{self, LENGTH_BYTES};
use cleaning::{
    NotCleaned, NotShown, Outcome, Refusal, Report, Request, Shown, TEXT_BYTES, Task, View,
};
use domain::evidence::MediaType;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use zeroize::Zeroizing;

/// What the program is called; it lies beside this one.
const NAME: &str = "cleaner";
/// What a file takes of the memory of a lane at a time.
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

/// Most bytes of a picture that are taken: what the cleaner draws has far less.
const PICTURE_BYTES: u64 = 32 << 20;

/// The program that cleans, and how it may be used.
#[derive(Debug, Clone)]
pub struct Program {
    path: PathBuf,
    limit: u64,
    deadline: Duration,
}

/// What the files of some people share: how many processes work at once, and what all of them hold.
#[derive(Debug, Clone)]
pub struct Lane {
    work: Arc<Semaphore>,
    /// What their processes may still hold, in units of [`PAGE`].
    memory: Arc<Semaphore>,
}

impl Lane {
    /// So many processes at work, and so many bytes held by all.
    pub fn new(at_work: usize, bytes: u64) -> Self {
        let pages = usize::try_from(bytes.div_ceil(PAGE)).unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            work: Arc::new(Semaphore::new(at_work)),
            memory: Arc::new(Semaphore::new(pages)),
        }
    }

    /// How many more processes may begin to work now.
    pub fn free_places(&self) -> usize {
        self.work.available_permits()
    }

    /// How many bytes more may be held now.
    pub fn free_bytes(&self) -> u64 {
        let pages = u64::try_from(self.memory.available_permits()).unwrap_or(u64::MAX);
        pages.saturating_mul(PAGE)
    }

    /// Takes all places but what is given back when the answer is dropped; for whoever has to wait for the work
    /// in hand, and for tests.
    ///
    /// # Errors
    /// If the lane is closed.
    pub async fn occupy(&self, places: u32) -> Result<Occupied, Closed> {
        let permit = Arc::clone(&self.work).acquire_many_owned(places).await;
        permit.map(Occupied).map_err(|_| Closed)
    }

    /// Lets no process of this lane hold anything more.
    pub fn close(&self) {
        self.memory.close();
    }
}

/// Places at work that are taken.
#[derive(Debug)]
pub struct Occupied(
    #[expect(dead_code, reason = "it is held, and given back when dropped")] OwnedSemaphorePermit,
);

/// A lane that takes no more files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed;

impl Program {
    /// Most MiB of a file that can be cleaned: a process has room for that, whatever the file holds.
    pub const MOST_MIB: u64 = 64;

    /// A program in a file, for files of up to so many MiB.
    pub fn new(path: PathBuf, limit_mib: u64) -> Self {
        Self {
            path,
            limit: limit_mib.min(Self::MOST_MIB) << 20,
            deadline: DEADLINE,
        }
    }

    /// The same with another time for each piece, and for all that is measured by it.
    #[must_use]
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
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

    /// Most bytes of a file.
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// Whether the program is there and works, told by giving it a text.
    pub async fn works(&self, lane: &Lane) -> bool {
        let mut inspection = self.start(Task::Clean, MediaType::Text, lane);
        inspection.write(b"texto").await;
        inspection.finish().await.report.outcome == Outcome::NothingFound
    }

    /// Starts a process for a file of this type; the file's bytes follow.
    pub fn start(&self, task: Task, media: MediaType, lane: &Lane) -> Inspection {
        self.inspection((task, media), lane, self.running(), None)
    }

    /// The same once there is memory for a file of so many bytes, all of it at once: several that take it
    /// piece by piece may each wait for what the others hold.
    pub async fn start_whole(
        &self,
        (task, media): (Task, MediaType),
        bytes: u64,
        lane: &Lane,
    ) -> Inspection {
        let pages = u32::try_from(bytes.div_ceil(PAGE)).unwrap_or(u32::MAX);
        let memory = Arc::clone(&lane.memory).acquire_many_owned(pages);
        match timeout(self.deadline, memory).await {
            Ok(Ok(memory)) => self.inspection((task, media), lane, self.running(), Some(memory)),
            Ok(Err(_)) | Err(_) => {
                self.inspection((task, media), lane, State::Over(NotCleaned::Busy), None)
            }
        }
    }

    fn inspection(
        &self,
        (task, media): (Task, MediaType),
        lane: &Lane,
        state: State,
        memory: Option<OwnedSemaphorePermit>,
    ) -> Inspection {
        Inspection {
            lane: lane.clone(),
            deadline: self.deadline,
            request: Request {
                task,
                media,
                limit: self.limit,
            },
            state,
            asked: false,
            sent: 0,
            memory,
        }
    }

    fn running(&self) -> State {
        match self.spawn() {
            Ok((child, to, from)) => State::Running(Box::new(Running { child, to, from })),
            Err(_) => State::Over(NotCleaned::Unavailable),
        }
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

/// Most bytes that are taken of what is shown: not what the process says of itself bounds a page of the desk.
fn most_bytes(shown: &Shown) -> u64 {
    match shown {
        Shown::Text { .. } => TEXT_BYTES,
        Shown::Picture { .. } => PICTURE_BYTES,
        Shown::Pages { .. } | Shown::Refused(_) | Shown::Nothing(_) => 0,
    }
}

/// A file on its way through a process. Dropping it ends the process.
#[derive(Debug)]
pub struct Inspection {
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
    pub async fn write(&mut self, piece: &[u8]) {
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
    pub async fn finish(self) -> Inspected {
        let (media, deadline) = (self.request.media, self.deadline);
        match self.hear::<Report>().await {
            Ok(heard) => {
                let Heard { told, pipe } = heard;
                let length = match told.outcome {
                    Outcome::Cleaned(length) => Some(length),
                    Outcome::Refused(_) | Outcome::NotCleaned(_) | Outcome::NothingFound => None,
                };
                let cleaned = length.map(|left| CleanedCopy {
                    pipe,
                    left,
                    deadline,
                });
                Inspected {
                    report: told,
                    cleaned,
                }
            }
            Err(Unheard::Exhausted) => Inspected {
                report: Report::without_findings(media, Outcome::Refused(Refusal::Bomb)),
                cleaned: None,
            },
            Err(Unheard::Over(reason)) => not_cleaned(media, reason),
        }
    }

    /// Tells the process that the file is complete, and waits for what it shows, all of it.
    pub async fn finish_view(self) -> Viewed {
        let (media, deadline) = (self.request.media, self.deadline);
        let nothing = |shown| Viewed {
            view: View { media, shown },
            bytes: Zeroizing::new(Vec::new()),
        };
        let Heard { told, mut pipe } = match self.hear::<View>().await {
            Ok(heard) => heard,
            Err(Unheard::Exhausted) => return nothing(Shown::Refused(Refusal::Bomb)),
            Err(Unheard::Over(reason)) => return nothing(Shown::Nothing(not_shown(reason))),
        };
        let length = Some(told.shown.bytes())
            .filter(|length| *length <= most_bytes(&told.shown))
            .and_then(|length| usize::try_from(length).ok());
        let Some(length) = length else {
            return nothing(Shown::Nothing(NotShown::Unavailable));
        };
        let mut bytes = Zeroizing::new(vec![0; length]);
        match timeout(WORKING * deadline, pipe.from.read_exact(&mut bytes)).await {
            Ok(Ok(_)) => Viewed { view: told, bytes },
            Ok(Err(_)) => nothing(Shown::Nothing(NotShown::Unavailable)),
            Err(_) => nothing(Shown::Nothing(NotShown::Timeout)),
        }
    }

    /// Waits for a place to work, and for the frame that begins the answer.
    async fn hear<T: DeserializeOwned>(self) -> Result<Heard<T>, Unheard> {
        let running = match self.state {
            State::Running(running) => running,
            State::Over(reason) => return Err(Unheard::Over(reason)),
        };
        let Running {
            mut child,
            to,
            mut from,
        } = *running;
        let deadline = self.deadline;
        let place = timeout(WAITING * deadline, self.lane.work.acquire_owned()).await;
        let Ok(Ok(place)) = place else {
            return Err(Unheard::Over(NotCleaned::Busy));
        };
        // The end of the pipe is the end of the file: now the process works.
        drop(to);
        match timeout(WORKING * deadline, read_frame(&mut from)).await {
            Ok(Ok(told)) => Ok(Heard {
                told,
                pipe: Pipe {
                    from,
                    _child: child,
                    _place: place,
                    _memory: self.memory,
                },
            }),
            Ok(Err(_)) => match timeout(deadline, child.wait()).await {
                Ok(Ok(status)) if is_exhausted(status) => Err(Unheard::Exhausted),
                _ => Err(Unheard::Over(NotCleaned::Unavailable)),
            },
            Err(_) => Err(Unheard::Over(NotCleaned::Timeout)),
        }
    }
}

/// The beginning of an answer, and where the rest of it comes from.
struct Heard<T> {
    told: T,
    pipe: Pipe,
}

/// A process that has more to say. Dropping it ends the process.
#[derive(Debug)]
struct Pipe {
    from: ChildStdout,
    _child: Child,
    _place: OwnedSemaphorePermit,
    _memory: Option<OwnedSemaphorePermit>,
}

/// Why there is no answer.
enum Unheard {
    /// The process wanted more time than it has.
    Exhausted,
    /// It ended, or never began.
    Over(NotCleaned),
}

/// What happened to a process, for one that was to show something.
fn not_shown(reason: NotCleaned) -> NotShown {
    match reason {
        NotCleaned::TooLarge => NotShown::TooLarge,
        NotCleaned::Timeout => NotShown::Timeout,
        NotCleaned::Busy => NotShown::Busy,
        NotCleaned::Unsupported => NotShown::Unsupported,
        NotCleaned::Protected
        | NotCleaned::Attachments
        | NotCleaned::Unusual
        | NotCleaned::Residue
        | NotCleaned::Unavailable => NotShown::Unavailable,
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

async fn read_frame<T: DeserializeOwned>(from: &mut ChildStdout) -> io::Result<T> {
    let mut told = [0; LENGTH_BYTES];
    from.read_exact(&mut told).await?;
    let length = protocol::frame_length(told).map_err(io::Error::other)?;
    let mut json = Zeroizing::new(vec![0; length]);
    from.read_exact(&mut json).await?;
    protocol::read_frame(&json).map_err(io::Error::other)
}

/// What came of a file.
#[derive(Debug)]
pub struct Inspected {
    /// What the process tells, or what happened to it.
    pub report: Report,
    /// The cleaned copy, if the report says that there is one.
    pub cleaned: Option<CleanedCopy>,
}

/// What is shown of a file.
#[derive(Debug)]
pub struct Viewed {
    /// What the process tells, or what happened to it.
    pub view: View,
    /// The text, or the picture.
    pub bytes: Zeroizing<Vec<u8>>,
}

/// A cleaned copy that waits in its process to be read.
#[derive(Debug)]
pub struct CleanedCopy {
    pipe: Pipe,
    left: u64,
    deadline: Duration,
}

impl CleanedCopy {
    /// Reads on; 0 bytes when the copy is complete.
    ///
    /// # Errors
    /// If the process ends before, or takes too long: then there is no copy.
    pub async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = u64::try_from(buffer.len())
            .unwrap_or(u64::MAX)
            .min(self.left);
        let room = usize::try_from(room).unwrap_or(buffer.len());
        if room == 0 {
            return Ok(0);
        }
        let read = timeout(self.deadline, self.pipe.from.read(&mut buffer[..room]))
            .await
            .map_err(|_| io::ErrorKind::TimedOut)??;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= u64::try_from(read).unwrap_or(u64::MAX);
        Ok(read)
    }
}
