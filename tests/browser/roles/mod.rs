//! Each seat of the committee does its work at the desk, in a browser, with the real programs.
//!
//! What each may and may not is for the tests of the desk, which ask every address; here it is that the work
//! can be done by whoever has only what the pages show, and that no page shows a way that leads nowhere.

mod beside;
mod case;
mod office;
