//! The parts of the harness, one subject each.

pub(crate) mod browser;
pub(crate) mod canary;
pub mod cargo;
pub(crate) mod complaints;
pub(crate) mod conclusion;
pub(crate) mod demo;
pub(crate) mod desk;
pub(crate) mod house;
pub(crate) mod loot;
pub(crate) mod members;
pub(crate) mod past;
pub(crate) mod person;
pub(crate) mod poll;
pub(crate) mod postgres;
pub(crate) mod program;
pub(crate) mod tree;
