//! What a service and the cleaner say to each other over two pipes, and what both know of types of files.
//!
//! A service starts one `cleaner` for each file (crate `runner`) and writes a [`Request`] and the file's bytes to its
//! standard input. The cleaner answers on standard output with a [`Report`] and, if it could clean
//! the file, the bytes of the cleaned copy; or, asked for it, with a [`View`] of the file for a reader. Then it ends. See [`protocol`] for the bytes.
//!
//! The type of a file is told by its content ([`sniff()`]); its name is only looked at to refuse files
//! that are called something that they are not ([`label`]).
//!
//! Nothing here parses a file: intake uses this crate, and intake must not contain a parser.

pub mod label;
pub mod protocol;
mod report;
mod sniff;
mod view;

pub use self::protocol::{ProtocolError, Request, Task};
pub use self::report::{NotCleaned, Outcome, Refusal, Report};
pub use self::sniff::{HEAD_BYTES, is_text, sniff};
pub use self::view::{Drawn, NotShown, Shown, TEXT_BYTES, TEXT_CHARACTERS, View};
