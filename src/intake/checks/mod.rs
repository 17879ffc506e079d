//! The whole service over real HTTP, as a browser or a program meets it.

mod abuse;
mod api;
mod everywhere;
mod evidence;
mod guide;
mod form;
mod form_sent;
mod limits;
mod mailbox;
mod network;
mod pages;
mod readability;
mod receipts;
mod texts;
