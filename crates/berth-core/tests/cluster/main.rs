//! What only a real API server can say of what is rendered. See `tests/cluster/README.md` for how it is found.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here fails as it should"
)]

mod dry_run;
mod quota;
