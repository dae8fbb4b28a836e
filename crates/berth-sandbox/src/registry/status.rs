//! A Workflow's status as Argo writes it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{NodePhase, WorkflowPhase};
use crate::clock::Time;

#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Status {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) phase: Option<WorkflowPhase>,
    /// `null` until then, as Argo gives it.
    pub(crate) started_at: Option<Time>,
    pub(crate) finished_at: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) progress: Option<Progress>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) message: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) nodes: BTreeMap<String, Node>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) conditions: Vec<Condition>,
    #[serde(rename = "storedWorkflowTemplateSpec", skip_serializing_if = "Option::is_none")]
    pub(crate) stored_spec: Option<StoredSpec>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) synchronization: Option<Synchronization>,
}

/// The spec that runs when it is not the one that was sent; shared, since it never changes.
#[derive(Clone, Debug)]
pub(crate) struct StoredSpec(pub(crate) Arc<Value>);

impl Serialize for StoredSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Condition {
    #[serde(rename = "type")]
    kind: &'static str,
    status: &'static str,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Node {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) display_name: String,
    #[serde(rename = "type")]
    pub(crate) kind: NodeType,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) template_name: String,
    pub(crate) template_scope: String,
    pub(crate) phase: NodePhase,
    #[serde(rename = "boundaryID", skip_serializing_if = "String::is_empty")]
    pub(crate) boundary_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) message: String,
    pub(crate) started_at: Time,
    pub(crate) finished_at: Option<Time>,
    /// Left out where nothing runs below, such as of an exit handler that is skipped.
    #[serde(skip_serializing_if = "Progress::is_nothing")]
    pub(crate) progress: Progress,
    #[serde(rename = "nodeFlag", skip_serializing_if = "Option::is_none")]
    pub(crate) flag: Option<NodeFlag>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) outputs: Option<Outputs>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) children: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum NodeType {
    Container,
    Pod,
    Retry,
    Skipped,
    StepGroup,
    Steps,
}

#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct NodeFlag {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) hooked: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) retried: bool,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Outputs {
    pub(crate) exit_code: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Synchronization {
    pub(crate) mutex: MutexStatus,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct MutexStatus {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) holding: Vec<MutexHolding>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) waiting: Vec<MutexHolding>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct MutexHolding {
    pub(crate) mutex: String,
    pub(crate) holder: String,
}

/// How many pods and containers there are, and how many have done well: `3/9`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    done: u32,
    all: u32,
}

impl Synchronization {
    pub(crate) fn holding(holding: Vec<MutexHolding>) -> Self {
        Self { mutex: MutexStatus { holding, waiting: Vec::new() } }
    }

    pub(crate) fn waiting(waiting: Vec<MutexHolding>) -> Self {
        Self { mutex: MutexStatus { holding: Vec::new(), waiting } }
    }
}

impl Status {
    /// Adds a condition, or changes it.
    pub(crate) fn set_condition(&mut self, kind: &'static str, holds: bool) {
        let status = if holds { "True" } else { "False" };
        match self.conditions.iter_mut().find(|condition| condition.kind == kind) {
            Some(condition) => condition.status = status,
            None => self.conditions.push(Condition { kind, status }),
        }
    }

    /// Counts pods and containers; the other nodes get the sum of what is below them.
    pub(super) fn count_progress(&mut self) {
        if self.nodes.is_empty() {
            return;
        }
        for node in self.nodes.values_mut().filter(|node| node.kind.is_executable()) {
            let done = matches!(node.phase, NodePhase::Succeeded | NodePhase::Skipped);
            node.progress = Progress { done: done.into(), all: 1 };
        }
        let counted = self.nodes.values().filter(|node| node.kind.is_executable());
        self.progress = Some(counted.fold(Progress::default(), |sum, node| sum.plus(node.progress)));
        let sums: Vec<_> = self.nodes.values().filter(|node| !node.kind.is_executable()).collect();
        let sums: Vec<_> = sums.iter().map(|node| (node.id.clone(), self.below(node))).collect();
        for (id, sum) in sums {
            if let Some(node) = self.nodes.get_mut(&id) {
                node.progress = sum;
            }
        }
    }

    fn below(&self, node: &Node) -> Progress {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&String> = node.children.iter().collect();
        let mut sum = Progress::default();
        while let Some(id) = open.pop() {
            let Some(child) = self.nodes.get(id).filter(|_| seen.insert(id)) else { continue };
            open.extend(&child.children);
            if child.kind.is_executable() {
                sum = sum.plus(child.progress);
            }
        }
        sum
    }
}

impl NodeType {
    /// Whether something runs in it; the others only hold nodes together.
    fn is_executable(self) -> bool {
        matches!(self, Self::Container | Self::Pod)
    }
}

impl Progress {
    fn plus(self, other: Self) -> Self {
        Self { done: self.done + other.done, all: self.all + other.all }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
    fn is_nothing(&self) -> bool {
        self.all == 0
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.done, self.all)
    }
}

impl Serialize for Progress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
