//! The whole service over real HTTP, as a browser or a program meets it.

mod abuse;
mod api;
mod everywhere;
mod evidence;
mod form;
mod form_aged;
mod form_evidence;
mod form_files;
mod form_notice;
mod form_sent;
mod guide;
mod later;
mod limits;
mod mailbox;
mod mailbox_files;
mod mailbox_page;
mod mailbox_sizes;
mod messages;
mod network;
mod new_words;
mod pages;
mod readability;
mod receipts;
mod texts;
mod uploads;
mod warned;
