//! Kubernetes' own rules, as far as Berth must know them before the API server does.

mod names;
mod quantity;

pub use names::{NameProblem, NameRule};
pub(crate) use quantity::{amount, is_quantity};
