//! Drives the three programs as their users would: each method is one thing that somebody does.
//!
//! - [`House`] is one installation: a folder of its own, two stores on one of the [`Engine`]s, the
//!   committee's key, and the programs, started from the folder of the build that runs the test.
//! - [`Person`] files complaints, reads a mailbox and writes messages, over HTTP.
//! - [`Desk`] is the committee's service as members see it; [`Loot`] is what whoever took the databases
//!   reads with a member's own key.
//! - [`Needles`] are strings that must not be found anywhere, in every form that they might be
//!   written in; [`Tree::search`] looks for them in every byte of a folder.
//!
//! Nothing here sleeps but to poll, and every poll has a deadline that fails loudly.

mod harness;

pub use harness::browser::{Browser, Driver, Motion, Request, Scheme, Screen, Scripts};
pub use harness::canary::{Hit, Needles, canary, token_needles};
pub use harness::cargo;
pub use harness::complaints::{Sample, samples};
pub use harness::conclusion::conclude;
pub use harness::demo::Demo;
pub use harness::desk::{App, Chosen, Desk, Invited, Seated, Session, invitation_in};
pub use harness::house::{Engine, House, PASSPHRASE};
pub use harness::loot::{Loot, Opened};
pub use harness::members::key_of;
pub use harness::past::today;
pub use harness::person::{Filed, Letterbox, Person, Reply, hidden, token_in_page};
pub use harness::poll::until;
pub use harness::postgres::Postgres;
pub use harness::program::{Program, program};
pub use harness::tree::Tree;
