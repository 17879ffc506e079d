//! The program `cleaner`. See the crate's guide in `lib.rs`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // A panic's message may quote the file.
    std::panic::set_hook(Box::new(|_| {}));
    if cleaner::sandbox::enter().is_err() {
        return ExitCode::from(cleaner::sandbox::CANNOT_LOCK_IN);
    }
    match cleaner::answer(std::io::stdin(), std::io::stdout()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
