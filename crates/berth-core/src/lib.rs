//! Berth.

pub mod input;
pub mod kubernetes;
pub mod pattern;
pub mod time;
