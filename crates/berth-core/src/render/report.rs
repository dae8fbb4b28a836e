//! What stands after a failure: the exit handler of every kind but *create*.
//!
//! INVARIANT: it only reads. It costs a second pod, and only when the Workflow did not succeed.

use super::containers::{kubectl, resource};
use super::create::{self, Texts};
use super::{Job, Kind, Template, WorkflowSpec, WorkflowStep};
use crate::plan::Outline;
use crate::policy::Step;

/// Of each namespace its name, its phase, its own finalizers and every condition that holds: those of a namespace that
/// hangs in `Terminating` name the finalizers inside it.
const NAMESPACE: &str = "jsonpath={range .items[*]}{.metadata.name}{\" \"}{.status.phase}{\" \"}{.metadata.finalizers}{\"\\n\"}{range .status.conditions[?(@.status==\"True\")]}{.type}{\": \"}{.message}{\"\\n\"}{end}{end}";

/// The templates of the exit handler: steps, and the pod.
pub(super) fn templates(job: &Job<'_>, texts: &Texts) -> [Template; 2] {
    let prefix = &job.platform.label_prefix;
    let ours = format!("{prefix}/request-id={}", texts.request_id);
    let step =
        WorkflowStep { name: "report", template: "standing", when: "{{workflow.status}} != Succeeded" };
    let inside = !matches!(job.options.kind, Kind::Delete { .. });

    let made_before = job.before.map(Outline::steps).unwrap_or_default();
    let counts = |step: &&Step| {
        texts.steps.iter().any(|text| text.id == step.id)
            || made_before.iter().any(|made| made.step.id == step.id)
    };
    let mut containers = Vec::new();
    for step in job.blueprint.steps.iter().filter(counts) {
        let mut kinds: Vec<String> = Vec::new();
        for object in step.objects.iter().filter(|object| object.kind != "Namespace") {
            let kind = resource(&object.api_version, &object.kind);
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        if !kinds.is_empty() && (inside || step.outside.is_some()) {
            let place = create::place_of(step, &texts.namespace);
            let args = kubectl::list(&kinds.join(","), place.as_deref(), &ours, "name");
            containers.push(job.container(&step.id, Vec::new(), args));
        }
    }
    let named = format!("kubernetes.io/metadata.name={}", texts.namespace);
    containers.push(job.container("main", Vec::new(), kubectl::list("namespace", None, &named, NAMESPACE)));
    [
        Template { name: "report", steps: Some(vec![vec![step]]), ..Template::default() },
        job.pod("standing", Vec::new(), containers),
    ]
}

/// The Workflow with the exit handler.
pub(super) fn after(mut spec: WorkflowSpec, report: [Template; 2]) -> WorkflowSpec {
    spec.templates.extend(report);
    WorkflowSpec { on_exit: Some("report"), ..spec }
}
