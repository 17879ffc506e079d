//! The whole service over real HTTP, as a browser or a program meets it.

mod api;
mod everywhere;
mod limits;
mod mailbox;
mod network;
mod pages;
mod texts;
