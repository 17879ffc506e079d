//! One running program, its output kept in files.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::poll::until;

/// Longest time that a program may take to stop when asked to.
const STOP: Duration = Duration::from_secs(30);

/// A program of the build that runs this test: `target/<profile>/<name>`.
///
/// # Panics
/// When it was not built; `make test` builds it.
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own file");
    // target/<profile>/deps/<test>
    let profile = test
        .ancestors()
        .nth(2)
        .expect("tests are built into a folder of the profile");
    let path = profile.join(name);
    assert!(
        path.is_file(),
        "{} is not there; run `make test`, which builds it",
        path.display()
    );
    path
}

/// A running program; asked to stop when dropped.
#[derive(Debug)]
pub struct Program {
    name: String,
    child: Child,
    stdout: PathBuf,
    stderr: PathBuf,
}

impl Program {
    /// Starts it with its output in two new files of `logs`.
    pub(crate) fn start(name: &str, mut command: Command, logs: &Path) -> Self {
        static STARTS: AtomicU32 = AtomicU32::new(0);
        let number = STARTS.fetch_add(1, Ordering::Relaxed);
        fs::create_dir_all(logs).expect("the folder of logs can be made");
        let stdout = logs.join(format!("{name}.{number}.out"));
        let stderr = logs.join(format!("{name}.{number}.err"));
        let child = command
            .stdin(Stdio::null())
            .stdout(File::create(&stdout).expect("a log can be made"))
            .stderr(File::create(&stderr).expect("a log can be made"))
            .spawn()
            .unwrap_or_else(|error| panic!("{name} does not start: {error}"));
        Self {
            name: name.to_owned(),
            child,
            stdout,
            stderr,
        }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has written to standard output so far.
    pub fn stdout(&self) -> String {
        read(&self.stdout)
    }

    /// What it has written to standard error so far.
    pub fn stderr(&self) -> String {
        read(&self.stderr)
    }

    /// Waits until `url` answers 200.
    ///
    /// # Panics
    /// When the program ends before, with what it said.
    pub(crate) async fn ready(&mut self, url: &str) {
        let client = reqwest::Client::new();
        until(&format!("{} to be ready at {url}", self.name), async || {
            if let Some(status) = self.exited() {
                panic!(
                    "{} ended with {status}:\n{}{}",
                    self.name,
                    self.stdout(),
                    self.stderr()
                );
            }
            client
                .get(url)
                .send()
                .await
                .ok()
                .filter(|answer| answer.status() == 200)
                .map(|_| ())
        })
        .await;
    }

    /// How it ended, if it has.
    ///
    /// # Panics
    /// When the system does not tell.
    pub fn exited(&mut self) -> Option<ExitStatus> {
        self.child
            .try_wait()
            .expect("the system tells of our own child")
    }

    /// Asks it to stop (SIGTERM) and waits until it has.
    ///
    /// # Panics
    /// When it does not stop in time.
    pub fn stop(mut self) -> ExitStatus {
        self.signal(Signal::TERM);
        self.wait()
            .unwrap_or_else(|| panic!("{} did not stop:\n{}", self.name, self.stderr()))
    }

    /// Ends it at once (SIGKILL), as a power cut or the kernel would.
    ///
    /// # Panics
    /// When the system does not tell of its end.
    pub fn kill(mut self) {
        self.signal(Signal::KILL);
        self.child
            .wait()
            .expect("the system tells of our own child");
    }

    fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        // One that has ended already needs no signal.
        let _ = kill_process(id.expect("a process has an id"), signal);
    }

    fn wait(&mut self) -> Option<ExitStatus> {
        let asked = Instant::now();
        while asked.elapsed() < STOP {
            if let Some(status) = self.exited() {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        self.signal(Signal::TERM);
        if self.wait().is_none() {
            self.signal(Signal::KILL);
            // Nothing more can be done for it.
            let _ = self.child.wait();
        }
    }
}

fn read(path: &Path) -> String {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|mut file| file.read_to_end(&mut bytes))
        .expect("the log was made when the program was started");
    String::from_utf8_lossy(&bytes).into_owned()
}
