//! What the compiled documents look like to others: generated from the very tree that `decide` evaluates.

mod json_schema;

#[cfg(feature = "schema")]
pub use json_schema::UnknownSchema;
