//! The procedure of a case at the desk: where it stands, what may be done next, and doing it.
//!
//! What a move needs and what follows of it, [`domain::procedure`] says. Here it is made: [`make`] writes
//! what was done, the terms that start and stop, what whoever filed is told, and the entry of the log, all
//! in one transaction.

pub(super) mod asked;
mod done;
mod fields;
mod forms;
mod inputs;
pub(super) mod make;
pub(super) mod page;
pub(super) mod refusal;
mod told;
