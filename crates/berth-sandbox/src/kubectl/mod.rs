//! The shapes of `kubectl` calls that Berth renders, and who runs them.
//!
//! A command line is parsed into a [`Call`] before anything of its Workflow runs; what has another
//! shape is refused by name. A call then runs on the cluster in memory (`on_store`) or through the
//! real `kubectl` (`process`).

mod backend;
mod call;
mod jsonpath;
mod on_store;
mod parse;
mod printed;
mod process;
mod selector;

pub(crate) use backend::{Backend, Job};
pub use call::{Call, ListOutput, Target};
pub use jsonpath::{FieldPath, FieldPathError};
pub use parse::ShapeError;
pub use printed::{complaint, is_note};
pub(crate) use process::{Kubectl, readable};
pub use selector::{Selector, SelectorError};
