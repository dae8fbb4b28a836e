//! What to render, and for whom.

use serde_json::Value;

use crate::plan::{Origin, RequestId};
use crate::request::Moment;

/// What to render.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A Workflow that holds everything.
    Workflow,
    /// A thin Workflow that names a `WorkflowTemplate`, for `templateReferencing: Secure`.
    WorkflowRef,
    /// The `WorkflowTemplate` that thin Workflows name.
    WorkflowTemplate,
    /// The objects themselves, for GitOps.
    Manifests,
}

impl Target {
    /// As the command line writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Workflow => "workflow",
            Self::WorkflowRef => "workflow-ref",
            Self::WorkflowTemplate => "workflow-template",
            Self::Manifests => "manifests",
        }
    }
}

/// What the Workflow does.
#[derive(Clone, Copy, Debug)]
pub enum Kind<'o> {
    /// Makes a namespace that isn't there, and takes it back when that fails.
    Create,
    /// Changes a namespace that stands; it never deletes it.
    Change {
        /// The request as it was carried out last.
        from: &'o Value,
        /// The request that made the namespace.
        origin: Origin<'o>,
    },
    /// Takes over a namespace that stands and that Berth did not make; it never deletes it.
    Adopt,
    /// Sets the quotas of a namespace that stands to nothing; a change takes it back.
    Freeze {
        /// The request that made the namespace.
        origin: Origin<'o>,
    },
    /// Deletes a namespace that stands, and what belongs to it elsewhere.
    Delete {
        /// The request that made the namespace.
        origin: Origin<'o>,
    },
}

impl Kind<'_> {
    /// As labels write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Change { .. } => "change",
            Self::Adopt => "adopt",
            Self::Freeze { .. } => "freeze",
            Self::Delete { .. } => "delete",
        }
    }
}

/// For whom and how to render. Nothing is taken from a clock or from chance.
#[derive(Clone, Debug)]
pub struct RenderOptions<'o> {
    /// What to render.
    pub target: Target,
    /// What the Workflow does.
    pub kind: Kind<'o>,
    /// The id of this request.
    pub request_id: RequestId,
    /// The moment of this request.
    pub now: Moment,
    /// 1 for the first attempt; a retry is the next.
    pub attempt: u32,
}
