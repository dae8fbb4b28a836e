//! The phases of Workflows and nodes, and the two ways to end a Workflow early.

use std::fmt;

use serde::Serialize;

/// The phase of a Workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum WorkflowPhase {
    Pending,
    Running,
    Succeeded,
    Failed,
    Error,
}

/// The phase of a node. Argo also has `Omitted`, which only its DAG templates give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum NodePhase {
    Pending,
    Running,
    Succeeded,
    Skipped,
    Failed,
    Error,
}

/// How a Workflow is ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum Shutdown {
    /// The exit handler still runs.
    Stop,
    /// Nothing runs any more.
    Terminate,
}

impl WorkflowPhase {
    pub(crate) fn is_completed(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Error)
    }
}

impl NodePhase {
    pub(crate) fn is_fulfilled(self) -> bool {
        !matches!(self, Self::Pending | Self::Running)
    }

    pub(crate) fn is_bad(self) -> bool {
        matches!(self, Self::Failed | Self::Error)
    }

    /// The phase of a Workflow whose main node has ended in this phase.
    pub(crate) fn of_workflow(self) -> WorkflowPhase {
        match self {
            Self::Pending => WorkflowPhase::Pending,
            Self::Running => WorkflowPhase::Running,
            Self::Succeeded | Self::Skipped => WorkflowPhase::Succeeded,
            Self::Failed => WorkflowPhase::Failed,
            Self::Error => WorkflowPhase::Error,
        }
    }
}

impl Shutdown {
    /// Whether a pod may go on: with `Stop` the exit handler's may.
    pub(crate) fn spares(self, on_exit: bool) -> bool {
        self == Self::Stop && on_exit
    }
}

impl fmt::Display for WorkflowPhase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl fmt::Display for Shutdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
