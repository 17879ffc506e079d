//! What holds of every committee, whoever sits on it, and whatever is filed: tried with random ones.

mod acts;
mod entitled;
mod filed;
