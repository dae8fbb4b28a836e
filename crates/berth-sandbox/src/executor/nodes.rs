//! The nodes of a run: they are added, get children, and end.

use super::ids::node_id;
use super::run::Run;
use crate::clock::Time;
use crate::registry::{Node, NodeFlag, NodePhase, NodeType, Progress, Workflow};

/// Where a node stands among the others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// The node's name.
    pub(super) name: &'a str,
    /// The id of the node that it lies in; empty for the main node and the exit handler.
    pub(super) boundary: &'a str,
    pub(super) on_exit: bool,
    pub(super) flag: Option<NodeFlag>,
}

/// How a node has ended; the message is empty when there is nothing to say.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) phase: NodePhase,
    pub(super) message: String,
}

impl Run {
    /// Adds a node that starts now.
    pub(super) fn add_node(&self, template: &str, kind: NodeType, phase: NodePhase, place: Place<'_>) {
        self.update(|workflow| self.put_node(workflow, template, kind, phase, place));
    }

    /// The same, as a part of a larger change.
    pub(super) fn put_node(
        &self,
        workflow: &mut Workflow,
        template: &str,
        kind: NodeType,
        phase: NodePhase,
        place: Place<'_>,
    ) {
        let id = self.node_id(place.name);
        let boundary = workflow.status.nodes.get(place.boundary).map(|node| node.name.as_str());
        let display_name = boundary.map_or(place.name, |boundary| display_name(place.name, boundary));
        let node = Node {
            id: id.clone(),
            name: place.name.to_owned(),
            display_name: display_name.to_owned(),
            kind,
            template_name: template.to_owned(),
            template_scope: format!("local/{}", self.name()),
            phase,
            boundary_id: place.boundary.to_owned(),
            message: String::new(),
            started_at: Time::now(),
            finished_at: phase.is_fulfilled().then(Time::now),
            progress: Progress::default(),
            flag: place.flag,
            outputs: None,
            children: Vec::new(),
        };
        workflow.status.nodes.insert(id, node);
    }

    pub(super) fn add_child(&self, parent: &str, child: &str) {
        let (parent, child) = (self.node_id(parent), self.node_id(child));
        self.update(|workflow| {
            if let Some(node) = workflow.status.nodes.get_mut(&parent) {
                node.children.push(child);
            }
        });
    }

    pub(super) fn end_node(&self, name: &str, ended: Ended) -> Ended {
        let id = self.node_id(name);
        self.update(|workflow| end_node(workflow, &id, ended.phase, &ended.message));
        ended
    }

    pub(super) fn node_id(&self, node: &str) -> String {
        node_id(self.name(), node)
    }
}

impl Ended {
    pub(super) fn new(phase: NodePhase, message: impl Into<String>) -> Self {
        Self { phase, message: message.into() }
    }

    pub(super) fn missing(template: &str) -> Self {
        Self::new(NodePhase::Error, format!("template name '{template}' undefined"))
    }
}

/// Ends a node as a part of a larger change.
pub(super) fn end_node(workflow: &mut Workflow, id: &str, phase: NodePhase, message: &str) {
    let Some(node) = workflow.status.nodes.get_mut(id) else { return };
    node.phase = phase;
    message.clone_into(&mut node.message);
    node.finished_at.get_or_insert_with(Time::now);
}

/// A node's name within its boundary: `wf(0).guard` is `guard`, `wf.onExit[0].rollback` is `rollback`,
/// the group `wf.onExit[0]` is `[0]`.
fn display_name<'a>(name: &'a str, boundary: &str) -> &'a str {
    let inner = name.strip_prefix(boundary).unwrap_or(name);
    let is_group = |group: &str| {
        let index = group.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        index.is_some_and(|index| index.bytes().all(|byte| byte.is_ascii_digit()))
    };
    match inner.split_once('.') {
        Some((group, rest)) if group.is_empty() || is_group(group) => rest,
        _ => inner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_shown_by_their_name_within_their_boundary() {
        assert_eq!(display_name("wf(0).guard", "wf(0)"), "guard");
        assert_eq!(display_name("wf.onExit[0].rollback", "wf.onExit"), "rollback");
        assert_eq!(display_name("wf.onExit[0]", "wf.onExit"), "[0]");
    }
}
