//! The embedded engine: a small stand-in for Argo Server that runs the Workflows that Berth renders.
//!
//! It is not Argo. It knows container sets of `kubectl` calls, an exit handler, mutexes, retries,
//! stop and terminate, and it refuses everything else by name. What it promises, and where it
//! differs from Argo 4.1.2, is written in `docs/sandbox.md`.
//!
//! - [`SandboxConfig`], [`Fault`]: what can be set
//! - [`Sandbox`]: starts it, says where it listens, ends it
//! - [`store`]: the cluster in memory that the Workflows write to
//! - [`kubectl`]: the shapes of `kubectl` calls, and who runs them
//! - `workflow`: the Workflow documents, what of them is refused, and what is left to run
//! - `executor`: runs one Workflow as Argo's controller does
//! - `registry`, `logs`: what is known of each Workflow, and who hears of changes
//! - `server`: the REST API

mod clock;
mod config;
mod error;
mod executor;
mod ids;
pub mod kubectl;
mod logs;
mod names;
mod registry;
mod sandbox;
mod server;
pub mod store;
mod workflow;

pub use config::{Fault, FaultError, FaultTarget, SandboxConfig};
pub use error::SandboxError;
pub use sandbox::Sandbox;

/// The version that `/api/v1/version` gives: the Argo whose ways are followed, and that this is not it.
pub const VERSION: &str = "v4.1.2+berth-sandbox";
