//! The program `cleaner`.
fn main() {}
