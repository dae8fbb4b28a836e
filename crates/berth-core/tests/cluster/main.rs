//! What only a real API server can say of what is rendered. See `tests/cluster/README.md` for how it is found.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here fails as it should"
)]

#[cfg(feature = "export")]
mod admission;
#[cfg(feature = "export")]
mod adoption;
#[cfg(feature = "export")]
mod attacks;
#[cfg(feature = "export")]
mod differential;
mod dry_run;
#[cfg(feature = "export")]
mod engine;
#[cfg(feature = "export")]
mod life;
mod quota;
#[cfg(feature = "export")]
mod rights;
#[cfg(feature = "export")]
mod site;
