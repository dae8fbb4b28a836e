//! The kind *change*: brings a namespace that stands to a new request.
//!
//! INVARIANT: it never deletes a namespace and has no exit handler. It applies what the new request
//! wants, deletes by name exactly what the last one made and the new one no longer wants, and verifies.

use serde_json::{Value, json};

use super::containers::kubectl;
use super::{Arguments, Job, RenderError, Workflow, bundle, create};
use crate::plan::{Outline, OutlineObject};

/// How long the guard waits, in seconds.
const GUARD: u32 = 1;

/// The Workflow that leads from `before` to the request of the job.
pub(super) fn workflow(job: &Job<'_>, before: &Outline<'_>) -> Result<Workflow, RenderError<'static>> {
    let place = |outline: &Outline<'_>| {
        format!("{} {} in {}", outline.blueprint(), outline.name(), outline.environment())
    };
    if place(before) != place(job.outline) {
        return Err(RenderError::OtherNamespace { from: place(before), to: place(job.outline) });
    }
    let prefix = &job.platform.label_prefix;
    let standing = format!(
        "kubernetes.io/metadata.name={},{prefix}/request-id={},!{prefix}/provisioning",
        job.outline.name(),
        job.owner()
    );
    let active = "jsonpath={.status.phase}=Active";

    let texts = create::texts(job);
    let mut containers =
        vec![job.container("guard", Vec::new(), kubectl::wait_all(active, "namespace", &standing, GUARD))];
    containers.extend(create::apply(job, &texts.steps));
    let verified = create::verify(job, &texts, &mut containers);
    let mut last = verified;
    let mut files: Vec<_> = Vec::new();
    let gone = no_longer_wanted(before, job.outline);
    if !gone.is_empty() {
        files.push(bundle::file("prune", bundle::json(&gone)));
        containers.push(job.container(
            "prune",
            std::mem::replace(&mut last, vec!["prune".to_owned()]),
            kubectl::delete_file("prune"),
        ));
    }
    containers.push(job.container("main", last, kubectl::wait_all(active, "namespace", &standing, GUARD)));
    files.splice(0..0, texts.steps.into_iter().map(|step| bundle::file(&step.id, step.data)));

    let templates = vec![job.pod("berth", files, containers)];
    let mut spec = job.spec(&job.platform.workflow.service_accounts.change, job.mutex(), templates);
    spec.arguments = Some(Arguments { parameters: create::request_parameters(job) });
    Ok(job.workflow(spec))
}

/// The objects of the last request that the new one doesn't have, just enough of each to name it.
fn no_longer_wanted(before: &Outline<'_>, after: &Outline<'_>) -> Vec<Value> {
    let wanted: Vec<_> =
        after.steps().into_iter().flat_map(|step| step.objects).map(|object| key(&object)).collect();
    let objects = before.steps().into_iter().flat_map(|step| step.objects);
    objects
        .filter(|object| object.template.kind != "Namespace" && !wanted.contains(&key(object)))
        .map(|object| {
            let mut metadata = json!({ "name": object.name });
            if let (Some(metadata), Some(namespace)) = (metadata.as_object_mut(), object.namespace) {
                metadata.insert("namespace".to_owned(), namespace.into());
            }
            json!({ "apiVersion": object.template.api_version, "kind": object.template.kind, "metadata": metadata })
        })
        .collect()
}

fn key(object: &OutlineObject<'_>) -> (String, String, Option<String>, String) {
    let group = object.template.api_version.split_once('/').map_or("", |(group, _)| group);
    (group.to_owned(), object.template.kind.clone(), object.namespace.map(str::to_owned), object.name.clone())
}
