//! `plan`: what will be created, in which order, and why.

mod answer;
mod identity;
mod outline;

pub use answer::{Plan, PlanObject, PlanStep, PlanVerify, SkippedStep};
pub use identity::{IdentityError, RequestId};
pub(crate) use identity::request_id_shape;
pub(crate) use outline::{Outline, OutlineObject, OutlineStep, OutlineVerify};

pub(crate) use answer::answer;
