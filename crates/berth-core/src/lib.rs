//! Berth.

pub mod input;
pub mod pattern;
