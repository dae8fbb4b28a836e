//! The kind *delete*: gives a namespace back, and what belongs to it elsewhere.
//!
//! INVARIANT: everything is selected by the label of the request that made it. A namespace that another
//! request made, or that is still being made, stays.

use super::containers::kubectl;
use super::{Arguments, Job, Workflow, create};

/// How long the namespace may take to go, in seconds.
const GONE: u32 = 600;

/// The Workflow that deletes what the request of the job describes.
pub(super) fn workflow(job: &Job<'_>) -> Workflow {
    let prefix = &job.platform.label_prefix;
    let (name, owner) = (job.outline.name(), job.owner());
    let ours = format!("{prefix}/request-id={owner}");
    let named = format!("kubernetes.io/metadata.name={name}");
    let foreign = format!("{named},{prefix}/request-id!={owner}");
    let standing = format!("{named},{ours},!{prefix}/provisioning");

    // Passes when the namespace is ours or already gone, so that a pod that was lost can go on.
    let mut containers =
        vec![job.container("guard", Vec::new(), kubectl::wait_gone("namespace", &foreign, 1))];
    let mut names = Vec::new();
    let steps = job.outline.steps();
    for (number, place) in steps.iter().flat_map(|step| create::outside(step.step)).enumerate() {
        let container = format!("outside-{}", number + 1);
        let args = kubectl::delete(&place.resource, place.namespace.as_deref(), &ours);
        containers.push(job.container(&container, vec!["guard".to_owned()], args));
        names.push(container);
    }
    containers.push(job.container(
        "namespace",
        vec!["guard".to_owned()],
        kubectl::delete("namespace", None, &standing),
    ));
    names.push("namespace".to_owned());
    containers.push(job.container(
        "main",
        names,
        kubectl::wait_gone("namespace", &format!("{named},{ours}"), GONE),
    ));

    let templates = vec![job.pod("berth", Vec::new(), containers)];
    let mut spec = job.spec(&job.platform.workflow.service_accounts.delete, job.mutex(), templates);
    spec.arguments = Some(Arguments { parameters: create::request_parameters(job) });
    job.workflow(spec)
}
