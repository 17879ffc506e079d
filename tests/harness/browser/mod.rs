//! A real browser, driven as a person would use it, and what it tells of itself.

mod axe;
mod conduct;
mod driver;
mod network;
mod page;

pub use driver::{Browser, Driver, Scripts};
pub use network::Request;
pub use page::{Motion, Scheme, Screen};
