//! Berth.

pub mod pattern;
