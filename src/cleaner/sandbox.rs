//! The process locks itself in, once and for good.
//!
//! Three layers, each of which holds alone:
//!
//! 1. limits of the system: memory, time, no file of any length, no further process, no core dump;
//! 2. Landlock: no file system, no network, no signal to others. Older kernels lack it or parts of it;
//! 3. seccomp: the few system calls that reading one pipe, working on memory and writing to another
//!    take. Any other kills the process. Without this layer there is no work.
//!
//! Other descriptors may have been inherited; since only 0 may be read and only 1 and 2 may be written,
//! they are of no use.

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, CompatLevel, Compatible as _, Ruleset, RulesetAttr as _,
    Scope,
};
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, getpid, set_dumpable_behavior, setrlimit,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};

/// The exit code of a cleaner that cannot lock itself in.
pub const CANNOT_LOCK_IN: u8 = 3;

/// Address space in bytes: fifty times the usual limit of a file.
pub const MEMORY_BYTES: u64 = 1 << 30;
/// Processor time in seconds.
pub const CPU_SECONDS: u64 = 20;

/// The newest rules of Landlock that are asked for; older kernels give what they have.
const RULES: ABI = ABI::V6;

/// Why the process cannot lock itself in.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The system refuses a limit.
    #[error("a limit cannot be set")]
    Limit(#[from] rustix::io::Errno),
    /// Landlock is there but does not work.
    #[error("Landlock does not work")]
    Landlock(#[from] landlock::RulesetError),
    /// The filter of system calls cannot be made for this machine.
    #[error("the filter of system calls cannot be made")]
    Filter(#[from] seccompiler::BackendError),
    /// The filter of system calls cannot be put in place.
    #[error("the filter of system calls cannot be put in place")]
    Apply(#[from] seccompiler::Error),
}

/// Locks the calling thread in. There is no way back, and later threads could not be started.
///
/// # Errors
/// See [`SandboxError`]; then the process must not go on.
pub fn enter() -> Result<(), SandboxError> {
    let filter = filter()?;
    limit()?;
    leave_the_file_system()?;
    seccompiler::apply_filter(&filter)?;
    Ok(())
}

/// The first layer.
pub(crate) fn limit() -> Result<(), SandboxError> {
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    for (resource, most) in [
        (Resource::As, MEMORY_BYTES),
        (Resource::Cpu, CPU_SECONDS),
        (Resource::Fsize, 0),
        (Resource::Nproc, 0),
        (Resource::Core, 0),
        (Resource::Memlock, 0),
        (Resource::Msgqueue, 0),
    ] {
        let exactly = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, exactly)?;
    }
    Ok(())
}

/// The second layer, as far as this kernel has it.
pub(crate) fn leave_the_file_system() -> Result<(), SandboxError> {
    // No rule is added, so nothing of what is handled is left.
    Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(RULES))?
        .handle_access(AccessNet::from_all(RULES))?
        .scope(Scope::from_all(RULES))?
        .create()?
        .restrict_self()?;
    Ok(())
}

/// The third layer: what may be called, and with what.
pub(crate) fn filter() -> Result<BpfProgram, seccompiler::BackendError> {
    let mut rules = vec![
        (libc::SYS_read, vec![argument(0, 0)?]),
        (libc::SYS_write, vec![argument(0, 1)?, argument(0, 2)?]),
        // Memory, but none that could be run.
        (libc::SYS_mmap, vec![without(2, libc::PROT_EXEC)?]),
        (libc::SYS_mprotect, vec![without(2, libc::PROT_EXEC)?]),
        // An abort, such as when memory runs out, is a signal to oneself.
        (libc::SYS_tgkill, vec![own_process()?]),
    ];
    rules.extend(FREE.map(|call| (call, Vec::new())));
    let filter = SeccompFilter::new(
        rules.into_iter().collect(),
        SeccompAction::KillProcess,
        SeccompAction::Allow,
        std::env::consts::ARCH.try_into()?,
    )?;
    filter.try_into()
}

/// Calls that reach nothing outside of this process.
const FREE: [i64; 17] = [
    libc::SYS_brk,
    libc::SYS_clock_gettime,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_madvise,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_restart_syscall,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_yield,
    libc::SYS_sigaltstack,
];

fn argument(index: u8, value: u64) -> Result<SeccompRule, seccompiler::BackendError> {
    let same = SeccompCondition::new(index, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value)?;
    SeccompRule::new(vec![same])
}

fn without(index: u8, flag: i32) -> Result<SeccompRule, seccompiler::BackendError> {
    let masked = SeccompCmpOp::MaskedEq(u64::from(flag.unsigned_abs()));
    let unset = SeccompCondition::new(index, SeccompCmpArgLen::Dword, masked, 0)?;
    SeccompRule::new(vec![unset])
}

fn own_process() -> Result<SeccompRule, seccompiler::BackendError> {
    let own = u64::from(getpid().as_raw_nonzero().get().unsigned_abs());
    let aborts = u64::from(libc::SIGABRT.unsigned_abs());
    SeccompRule::new(vec![
        SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, own)?,
        SeccompCondition::new(2, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, aborts)?,
    ])
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::Command;

    use super::*;

    /// What the test program tries when it is started once more, locked in.
    const ATTEMPT: &str = "CLEANER_SANDBOX_ATTEMPT";
    /// The exit code of an attempt that the system refused without killing.
    const REFUSED: i32 = 10;
    /// The exit code of an attempt that worked.
    const WORKED: i32 = 11;

    /// Locked in by `layers`, tries `what`.
    fn attempt(layers: &str, what: &str) -> std::process::ExitStatus {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "sandbox::tests::inside", "--nocapture"])
            .env(ATTEMPT, format!("{layers}:{what}"))
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status()
            .unwrap()
    }

    /// Does nothing unless [`attempt`] started it.
    #[test]
    fn inside() {
        let Ok(asked) = std::env::var(ATTEMPT) else {
            return;
        };
        let (layers, what) = asked.split_once(':').unwrap();
        let inherited = std::fs::File::open("/dev/null").unwrap();
        match layers {
            "none" => {}
            "landlock" => leave_the_file_system().unwrap(),
            "all" => enter().unwrap(),
            _ => unreachable!("no such layers: {layers}"),
        }
        let worked = match what {
            "nothing" => true,
            "open" => std::fs::File::open("/etc/passwd").is_ok(),
            "write" => std::fs::write(std::env::temp_dir().join("cleaner-was-here"), b"").is_ok(),
            "list" => std::fs::read_dir("/").is_ok(),
            "stat" => std::fs::metadata("/etc/passwd").is_ok(),
            "connect" => {
                // Refused by nobody listening is reached all the same.
                let outcome = std::net::TcpStream::connect("127.0.0.1:9");
                outcome.map_or_else(
                    |e| e.kind() == std::io::ErrorKind::ConnectionRefused,
                    |_| true,
                )
            }
            "listen" => std::net::TcpListener::bind("127.0.0.1:0").is_ok(),
            "unix" => std::os::unix::net::UnixStream::pair().is_ok(),
            "exec" => Command::new("/bin/true").status().is_ok(),
            "thread" => std::thread::Builder::new().spawn(|| ()).is_ok(),
            "inherited" => std::io::Read::read(&mut &inherited, &mut [0; 1]).is_ok(),
            "kill" => rustix::process::test_kill_process(getpid()).is_ok(),
            "prctl" => set_dumpable_behavior(DumpableBehavior::Dumpable).is_ok(),
            "limits" => rustix::process::getrlimit(Resource::As).current.is_some(),
            _ => unreachable!("no such attempt: {what}"),
        };
        std::process::exit(if worked { WORKED } else { REFUSED });
    }

    const ATTEMPTS: [&str; 13] = [
        "open",
        "write",
        "list",
        "stat",
        "connect",
        "listen",
        "unix",
        "exec",
        "thread",
        "inherited",
        "kill",
        "prctl",
        "limits",
    ];

    #[test]
    fn inside_every_attempt_kills_the_process() {
        for what in ATTEMPTS {
            let status = attempt("all", what);
            assert_eq!(status.signal(), Some(libc::SIGSYS), "{what}: {status}");
        }
        assert_eq!(attempt("all", "nothing").code(), Some(WORKED));
    }

    #[test]
    fn outside_the_same_attempts_work() {
        for what in ATTEMPTS {
            if what != "limits" {
                assert_eq!(attempt("none", what).code(), Some(WORKED), "{what}");
            }
        }
    }

    #[test]
    fn landlock_alone_keeps_the_files_away() {
        let probe = Ruleset::default()
            .set_compatibility(CompatLevel::HardRequirement)
            .handle_access(AccessFs::Execute)
            .and_then(Ruleset::create);
        if probe.is_err() {
            // This kernel has no Landlock; the third layer does the work, as the tests above show.
            return;
        }
        for what in ["open", "write", "list", "exec"] {
            assert_eq!(attempt("landlock", what).code(), Some(REFUSED), "{what}");
        }
    }

    #[test]
    fn what_could_reach_other_processes_is_not_in_the_list() {
        for call in [
            libc::SYS_ptrace,
            libc::SYS_process_vm_readv,
            libc::SYS_pidfd_open,
            libc::SYS_clone,
            libc::SYS_clone3,
            libc::SYS_execve,
            libc::SYS_execveat,
            libc::SYS_openat,
            libc::SYS_openat2,
            libc::SYS_socket,
            libc::SYS_io_uring_setup,
            libc::SYS_memfd_create,
            libc::SYS_ioctl,
            libc::SYS_prctl,
            libc::SYS_dup,
            libc::SYS_sendmsg,
        ] {
            assert!(!FREE.contains(&call), "{call}");
        }
    }
}
