//! Takes the hidden data out of one file, or draws what a reader may look at in place of it, in a process that
//! can do nothing else.
//!
//! The program reads one request, answers it and ends (`cleaning::protocol`). Before it reads the first
//! byte it locks itself in ([`sandbox`]): no file, no network, no other program, little memory and time.
//! So a file that breaks a parser gets a process that knows one file, which whoever sent it knows already.
//!
//! - `clean` decides: take or refuse, clean or not, and checks the copy once more.
//! - `bombs` refuses what is small outside and huge inside, before anything opens it.
//! - `locked` tells files that need a password; `office` tells copies of office files in which somebody is
//!   still named; `archive` gives both the parts of such files.
//! - `tell` turns what was found into a few lines that a person understands; `position`,
//!   `quicktime` and `xmp` get the values that the cleaning library does not give.
//! - `view` draws pictures and pages, and reads the text of office files, for somebody who must not open the
//!   file itself.
//! - `plain_pdf` unpacks documents that the cleaning library does not take as they are.
//! - `orientation` keeps cleaned photographs upright.
//!
//! # Roads not taken
//!
//! - *Drawing each page or picture anew* in place of cleaning changes the evidence, and loses the text of it.
//!   For looking at, it is what `view` does.
//! - *A browser or an office suite* to draw what `view` draws: half a system in the sandbox.
//! - *`ExifTool` or `mat2`* in a container: an interpreter, hundreds of files and a second supply chain
//!   inside the sandbox. The journeys use `exiftool` to check the copies instead.

mod answer;
mod archive;
mod bombs;
mod clean;
mod locked;
mod office;
mod orientation;
mod plain_pdf;
mod position;
mod quicktime;
pub mod sandbox;
mod tell;
mod view;
mod xmp;

pub use self::answer::{AnswerError, answer};
pub use self::clean::{Cleaned, clean};
pub use self::view::{Page, show};
