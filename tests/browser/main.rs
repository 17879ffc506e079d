//! The pages in a real browser, as the people use them for whom they are made.
//!
//! - [`journey`]: the whole way from the guide to the committee's answer, with scripts and without, on
//!   a telephone and on a desk, in both languages; what the browser asked for, and what it kept.
//! - [`barriers`]: axe-core, 320 pixels, 200 %, both colour schemes, less motion, layout shifts and the
//!   ring around the focus, on every page and in every state; [`coverage`] says what is missing.
//! - [`desk`]: the committee's pages, from the key's ceremony on, with devices and codes.
//! - [`roles`]: what each seat of the committee does there, to the end.
//! - [`keyboard`]: the same way with nothing but Tab, Enter, the space bar and letters.
//! - [`exits`]: what Back shows after the quick exit.
//! - [`print`]: what comes out of a printer.
//! - [`first_page`]: its weight.
//!
//! [`visit`] is what is looked at on every page, [`steps`] what people do there.
//!
//! Pictures are left in `target/screenshots`, named page-width-language and `-dark`, so that somebody
//! looks at them.

mod barriers;
mod coverage;
mod desk;
mod desk_work;
mod exits;
mod first_page;
mod journey;
mod keyboard;
mod print;
mod roles;
mod steps;
mod visit;
