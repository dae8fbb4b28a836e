//! How decisions, plans and errors are shown to people.
//!
//! - `notice`: an error with the lines that it is about, as compilers show it
//! - `judged`: a request with its decision: every violation as a notice
//! - `plan`: a plan
//! - `changes`: what becomes of what stands
//! - `comparison`: what a request would change on a cluster

mod changes;
mod comparison;
mod judged;
mod notice;
mod plan;

pub(crate) use changes::changes;
pub(crate) use comparison::comparison;
pub(crate) use judged::{Judged, Position, approvers, excerpts, options, verdict};
pub(crate) use notice::{Notice, Place};
pub(crate) use plan::{by_kind, cost, manifests, plan, steps_in_short};
