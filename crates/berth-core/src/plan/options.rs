//! What to plan, and for whom.

use serde::Serialize;
use serde_json::Value;

use super::{Origin, RequestId};
use crate::request::Moment;

/// For whom and what is planned.
#[derive(Clone, Debug, Default)]
pub struct PlanOptions<'o> {
    /// The request's id; left out, the plan says `assigned-on-submit`.
    pub request_id: Option<RequestId>,
    /// The moment of the request: it is judged by it, where the context names none.
    pub now: Option<Moment>,
    /// What is planned. Left out, the context says: a change or an adoption of what stands, or else a creation.
    pub kind: Option<PlanKind>,
    /// The request that made what stands; its labels and annotations stay.
    pub origin: Option<Origin<'o>>,
    /// The objects as they stand in the cluster, for an adoption.
    pub live: &'o [Value],
}

/// What is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum PlanKind {
    /// Makes a namespace that isn't there.
    Create,
    /// Changes one that stands.
    Change,
    /// Takes over one that stands and that Berth did not make.
    Adopt,
    /// Sets the quotas of one that stands to nothing; a change takes it back.
    Freeze,
    /// Gives one back, and what belongs to it elsewhere.
    Delete,
}

impl PlanKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Create, Self::Change, Self::Adopt, Self::Freeze, Self::Delete];

    /// As labels and the command line write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Change => "change",
            Self::Adopt => "adopt",
            Self::Freeze => "freeze",
            Self::Delete => "delete",
        }
    }
}
