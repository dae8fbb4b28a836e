//! Berth's decision core: what may be asked for, what it costs, who must approve it, what will be created.
//!
//! Pure: no clock, no randomness, no I/O. The same input gives the same bytes in the command line,
//! in a browser and in a server. It knows nothing of HTTP, of Backstage or of Argo Server.
//!
//! Start with [`Berth`]: it holds the documents, and everything is asked of it.

pub mod analysis;
mod berth;
mod compare;
pub mod decide;
mod digest;
pub mod document;
mod export;
pub mod input;
pub mod kubernetes;
pub mod pattern;
pub mod plan;
mod policy;
pub mod render;
mod request;
mod suggest;
mod template;
#[cfg(test)]
#[cfg(feature = "yaml")]
mod testing;
mod text;
pub mod time;

pub use berth_emit as emit;

pub use berth::{Berth, DocumentErrors, Refused, Source};
pub use compare::FieldChange;
#[cfg(feature = "schema")]
pub use export::UnknownSchema;
#[cfg(feature = "export")]
pub use export::{ExportError, ExportProblem};
pub use plan::{DriftOptions, PlanOptions};
pub use request::{Context, Current, Moment, MomentError, Requester, Usage};

/// The version of the core: part of every decision.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
