//! The public pages in a real browser, as the people use them for whom they are made.
//!
//! - [`journey`]: the whole way from the guide to the committee's answer, with scripts and without, on
//!   a telephone and on a desk, in both languages; what the browser asked for, and what it kept.
//! - [`barriers`]: axe-core, 320 pixels, 200 % and both colour schemes on every page that stands alone.
//! - [`keyboard`]: a complaint with nothing but Tab, Enter and letters.
//! - [`first_page`]: its weight.
//!
//! Pictures are left in `target/screenshots`, named page-width-language and `-dark`, so that somebody
//! looks at them.

mod barriers;
mod first_page;
mod journey;
mod keyboard;
mod visit;
