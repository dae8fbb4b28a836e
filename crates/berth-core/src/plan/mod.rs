//! `plan`: what will be created or changed, in which order, and why.

mod answer;
mod changes;
mod drift;
mod identity;
mod options;
mod outline;

pub use answer::{Plan, PlanObject, PlanStep, PlanVerify, SkippedStep};
pub(crate) use changes::no_longer_wanted;
pub use changes::{Change, ObjectChange};
pub use drift::{Drift, DriftOptions};
pub(crate) use identity::request_id_shape;
pub use identity::{IdentityError, Origin, RequestId};
pub use options::{PlanKind, PlanOptions};
pub(crate) use outline::{Outline, OutlineObject, OutlineStep};
