//! What a Workflow says about its steps: which there are, what each waits for, and how far each has come.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::client::one_line;

/// The end of a container that never began, because one before it failed: Argo says so by this exit code.
const NOT_BEGUN: &str = "(exit code 64)";

/// A Workflow, as far as people want to know.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Run {
    pub(crate) name: String,
    /// For people: what it does.
    pub(crate) title: String,
    pub(crate) phase: Phase,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) finished_at: Option<String>,
    /// In the order of the plan.
    pub(crate) steps: Vec<Step>,
    pub(crate) rollback: Rollback,
    /// What takes everything back when a step fails.
    pub(crate) rollback_steps: Vec<Step>,
}

/// A container of the Workflow.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) after: Vec<String>,
    pub(crate) phase: Phase,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) finished_at: Option<String>,
    /// The template that it belongs to: part of its pod's name.
    #[serde(skip)]
    pub(crate) template: String,
}

/// How far something has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum Phase {
    /// It has not begun.
    #[default]
    Pending,
    Running,
    Succeeded,
    /// It is not needed.
    Skipped,
    Failed,
    Error,
    /// It never began, because something before it failed.
    Omitted,
}

impl Phase {
    pub(crate) fn is_bad(self) -> bool {
        matches!(self, Self::Failed | Self::Error)
    }

    fn has_ended(self) -> bool {
        !matches!(self, Self::Pending | Self::Running)
    }
}

/// What became of the rollback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Rollback {
    /// Nothing had to be taken back.
    #[default]
    None,
    Running,
    Done,
    Failed,
}

/// The parts of a Workflow that are read; Argo writes `null` for much that is not there.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Workflow {
    metadata: Metadata,
    spec: Spec,
    status: Option<Status>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Metadata {
    name: String,
    annotations: Option<HashMap<String, String>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Spec {
    entrypoint: String,
    on_exit: String,
    templates: Option<Vec<Template>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Template {
    name: String,
    container_set: Option<ContainerSet>,
    steps: Option<Vec<Vec<Call>>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ContainerSet {
    containers: Vec<Container>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Container {
    name: String,
    dependencies: Option<Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Call {
    template: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Status {
    phase: Option<Phase>,
    message: Option<String>,
    started_at: Option<String>,
    finished_at: Option<String>,
    nodes: Option<HashMap<String, Node>>,
    stored_workflow_template_spec: Option<Spec>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Node {
    name: String,
    display_name: String,
    #[serde(rename = "type")]
    kind: String,
    phase: Option<Phase>,
    message: Option<String>,
    started_at: Option<String>,
    finished_at: Option<String>,
}

impl Run {
    /// Reads a Workflow as Argo Server gives it. What is not there yet is left empty.
    pub(crate) fn new(workflow: &Value) -> Self {
        let Workflow { metadata, spec, status } = Workflow::deserialize(workflow).unwrap_or_default();
        let Status { phase, message, started_at, finished_at, nodes, stored_workflow_template_spec } =
            status.unwrap_or_default();
        let nodes: Vec<Node> = nodes.unwrap_or_default().into_values().collect();
        // What runs by reference is what was stored when it began.
        let spec = stored_workflow_template_spec.unwrap_or(spec);
        let exit = format!("{}.onExit", metadata.name);
        let (undoing, doing): (Vec<Node>, Vec<Node>) =
            nodes.into_iter().partition(|node| node.name.starts_with(&exit));
        let title = metadata.annotations.unwrap_or_default().remove("workflows.argoproj.io/title");
        Self {
            title: one_line(&title.unwrap_or_default()),
            phase: phase.unwrap_or_default(),
            message: one_line(&message.unwrap_or_default()),
            started_at,
            finished_at,
            steps: spec.steps(&spec.entrypoint, &doing),
            rollback: rollback(&undoing),
            rollback_steps: spec
                .called_by(&spec.on_exit)
                .flat_map(|template| spec.steps(template, &undoing))
                .collect(),
            name: metadata.name,
        }
    }

    /// Is there nothing more to come?
    pub(crate) fn has_ended(&self) -> bool {
        self.phase.has_ended()
    }

    /// The steps that failed by themselves, those of the rollback, too.
    pub(crate) fn failures(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().chain(&self.rollback_steps).filter(|step| step.phase.is_bad())
    }

    /// How many seconds it took, or has taken by `now`.
    pub(crate) fn seconds(&self) -> Option<i64> {
        let moment = |text: &Option<String>| berth_core::time::parse_date_time(text.as_deref()?);
        Some(moment(&self.finished_at)? - moment(&self.started_at)?)
    }
}

impl Spec {
    fn template(&self, name: &str) -> Option<&Template> {
        self.templates.iter().flatten().find(|template| template.name == name)
    }

    /// The templates that a template of steps calls.
    fn called_by(&self, name: &str) -> impl Iterator<Item = &str> {
        let steps = self.template(name).and_then(|template| template.steps.as_ref());
        steps.into_iter().flatten().flatten().map(|call| call.template.as_str())
    }

    fn steps(&self, template: &str, nodes: &[Node]) -> Vec<Step> {
        let set = self.template(template).and_then(|template| template.container_set.as_ref());
        let mut steps: Vec<Step> = Vec::new();
        for container in set.iter().flat_map(|set| &set.containers) {
            let mut step = Step {
                name: container.name.clone(),
                after: container.dependencies.clone().unwrap_or_default(),
                template: template.to_owned(),
                ..Step::default()
            };
            // A pod that was lost leaves its nodes behind: the last one counts.
            let tries =
                nodes.iter().filter(|node| node.kind == "Container" && node.display_name == step.name);
            if let Some(node) = tries.max_by_key(|node| (&node.started_at, &node.name)) {
                step.read(node, &steps);
            }
            steps.push(step);
        }
        steps
    }
}

impl Step {
    fn read(&mut self, node: &Node, before: &[Self]) {
        let message = one_line(node.message.as_deref().unwrap_or_default());
        let is_waiting =
            before.iter().any(|step| self.after.contains(&step.name) && step.phase != Phase::Succeeded);
        self.phase = match node.phase.unwrap_or_default() {
            // All containers of a pod start together; those behind others wait.
            Phase::Running if is_waiting => Phase::Pending,
            phase if phase.is_bad() && message.contains(NOT_BEGUN) => Phase::Omitted,
            phase => phase,
        };
        let message = message.strip_prefix(&format!("{}: ", self.name)).unwrap_or(&message);
        message.trim_end_matches([' ', ':']).clone_into(&mut self.message);
        self.started_at.clone_from(&node.started_at);
        self.finished_at.clone_from(&node.finished_at);
    }
}

fn rollback(nodes: &[Node]) -> Rollback {
    let pods = || nodes.iter().filter(|node| node.kind == "Pod").map(|node| node.phase.unwrap_or_default());
    if pods().any(|phase| phase == Phase::Succeeded) {
        Rollback::Done
    } else if pods().any(|phase| !phase.has_ended()) {
        Rollback::Running
    } else if pods().any(Phase::is_bad) {
        Rollback::Failed
    } else {
        Rollback::None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn node(name: &str, phase: &str, message: Option<&str>) -> Value {
        let display_name = name.rsplit('.').next();
        json!({"name": name, "displayName": display_name, "type": "Container", "phase": phase, "message": message,
            "startedAt": "2026-01-01T00:00:00Z", "finishedAt": null})
    }

    fn workflow(phase: &str, nodes: &[Value]) -> Value {
        let nodes: serde_json::Map<String, Value> =
            nodes.iter().enumerate().map(|(index, node)| (index.to_string(), node.clone())).collect();
        json!({
            "metadata": {"name": "wf", "annotations": null},
            "spec": {"entrypoint": "berth", "onExit": "rollback", "templates": [
                {"name": "berth", "containerSet": {"containers": [
                    {"name": "namespace"},
                    {"name": "quotas", "dependencies": ["namespace"]},
                    {"name": "main", "dependencies": ["quotas"]},
                ]}},
                {"name": "rollback", "steps": [[{"name": "rollback", "template": "undo"}]]},
                {"name": "undo", "containerSet": {"containers": [{"name": "main"}]}},
            ]},
            "status": {"phase": phase, "startedAt": "2026-01-01T00:00:00Z", "finishedAt": null, "nodes": nodes},
        })
    }

    fn phases(run: &Run) -> Vec<Phase> {
        run.steps.iter().map(|step| step.phase).collect()
    }

    #[test]
    fn what_waits_has_not_begun_though_its_container_runs() {
        let nodes =
            ["namespace", "quotas", "main"].map(|name| node(&format!("wf(0).{name}"), "Running", None));
        let run = Run::new(&workflow("Running", &nodes));
        assert_eq!(phases(&run), [Phase::Running, Phase::Pending, Phase::Pending]);
        assert!(!run.has_ended());
    }

    #[test]
    fn only_the_step_that_failed_by_itself_is_a_failure() {
        let nodes = [
            node("wf(0).namespace", "Succeeded", None),
            node("wf(0).quotas", "Failed", Some("quotas: Error (exit code 1): ")),
            node("wf(0).main", "Error", Some("main: Error (exit code 64): dependency \"quotas\" failed")),
            node("wf.onExit[0].rollback.main", "Succeeded", None),
            json!({"name": "wf.onExit[0].rollback", "type": "Pod", "phase": "Succeeded"}),
        ];
        let run = Run::new(&workflow("Failed", &nodes));
        assert_eq!(phases(&run), [Phase::Succeeded, Phase::Failed, Phase::Omitted]);
        let failures: Vec<_> =
            run.failures().map(|step| (step.name.as_str(), step.message.as_str())).collect();
        assert_eq!(failures, [("quotas", "Error (exit code 1)")]);
        assert_eq!((run.rollback, run.rollback_steps[0].phase), (Rollback::Done, Phase::Succeeded));
    }

    #[test]
    fn a_lost_pod_gives_way_to_the_next() {
        let mut nodes =
            vec![node("wf(0).namespace", "Error", None), node("wf(1).namespace", "Running", None)];
        assert_eq!(phases(&Run::new(&workflow("Running", &nodes)))[0], Phase::Running);
        nodes.reverse();
        assert_eq!(phases(&Run::new(&workflow("Running", &nodes)))[0], Phase::Running);
    }

    #[test]
    fn anything_else_is_a_run_without_steps() {
        for odd in [json!(null), json!({"metadata": 3}), json!({"spec": {"templates": null}})] {
            assert_eq!(Run::new(&odd), Run::default());
        }
    }
}
