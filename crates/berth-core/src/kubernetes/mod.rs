//! Kubernetes' own rules, as far as Berth must know them before the API server does.

mod names;

pub use names::{NameProblem, NameRule};
