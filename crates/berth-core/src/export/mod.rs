//! What the compiled documents look like to others: generated from the very tree that `decide` evaluates.

#[cfg(feature = "export")]
mod admission;
#[cfg(feature = "export")]
mod cel;
#[cfg(feature = "export")]
mod error;
mod json_schema;
#[cfg(feature = "export")]
mod markdown;
#[cfg(feature = "export")]
mod object;
#[cfg(feature = "export")]
mod rbac;
#[cfg(feature = "export")]
mod resource;

#[cfg(feature = "export")]
pub use error::{ExportError, ExportProblem};
#[cfg(feature = "schema")]
pub use json_schema::UnknownSchema;
