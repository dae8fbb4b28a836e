//! What every Rust runner of `tests/corpus` shares: reading the cases, making answers comparable,
//! and keeping what is expected; and the cluster of the tests that need one. How an answer is got (the library, the program) is the runner's own.
//!
//! The format of the cases is described in `tests/corpus/README.md`. For tests only: it panics.
#![expect(clippy::missing_panics_doc, reason = "a test that can't read its cases must stop, and says why")]
#![expect(clippy::panic, reason = "the same")]

mod answer;
mod case;
mod cluster;
mod documents;
mod expected;
mod pieces;
mod requests;

pub use answer::{comparable, digest, plan_in_short, unreadable, without_versions};
pub use case::{Case, CaseKind, CaseOrigin, Expect, RenderCase, RequestText};
pub use cluster::{Cluster, TestNamespace};
pub use documents::{Document, Documents};
pub use expected::Ledger;
pub use requests::{Requests, Verdict, assert_each_alone};

use std::path::{Path, PathBuf};

/// The folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder of the cases.
pub fn corpus() -> PathBuf {
    repository().join("tests/corpus")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
