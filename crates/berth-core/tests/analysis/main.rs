//! `Berth::check_policy`: a small blueprint for every finding, whose example `decide` confirms.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that can't go on says why"
)]

mod brute_force;
mod docs;
mod embedded;
mod fixture;
mod options;
mod platform;
mod rules;
mod speed;
mod steps;
