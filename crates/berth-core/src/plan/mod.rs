//! `plan`: what will be created, in which order, and why.

mod answer;
mod identity;
mod outline;

pub use answer::{Plan, PlanObject, PlanStep, PlanVerify, SkippedStep};
pub(crate) use identity::request_id_shape;
pub use identity::{IdentityError, RequestId};
pub(crate) use outline::{Outline, OutlineObject, OutlineStep};

pub(crate) use answer::answer;
