//! The kind *change*: brings a namespace that stands to a new request.
//!
//! INVARIANT: it never deletes a namespace and has no exit handler. It applies what the new request
//! wants, deletes by name exactly what the last one made and the new one no longer wants, and verifies.

use serde_json::{Value, json};

use super::containers::kubectl;
use super::create::{self, Texts};
use super::{Job, RenderError, WorkflowSpec, bundle};
use crate::plan::{Outline, OutlineObject};

/// How long the guard waits, in seconds.
const GUARD: u32 = 1;
/// The container that deletes, and its file.
pub(super) const PRUNE: &str = "prune";

/// What a Workflow of this kind does; `prune` is the file with the objects that go.
pub(super) fn spec(job: &Job<'_>, texts: Texts, prune: Option<String>) -> WorkflowSpec {
    let mutex = texts.mutex();
    let prefix = &job.platform.label_prefix;
    let standing = format!(
        "kubernetes.io/metadata.name={},{prefix}/request-id={},!{prefix}/provisioning",
        texts.namespace, texts.request_id
    );
    let active = "jsonpath={.status.phase}=Active";
    let still_ours = kubectl::wait_all(active, "namespace", &standing, GUARD);

    let mut containers = vec![job.container("guard", Vec::new(), still_ours.clone())];
    containers.extend(create::apply(job, &texts.steps));
    let mut last = create::verify(job, &texts, &mut containers);
    let mut files: Vec<_> = texts.steps.into_iter().map(|step| bundle::file(&step.id, step.data)).collect();
    if let Some(prune) = prune {
        containers.push(job.container(PRUNE, last, kubectl::delete_file(PRUNE)));
        last = vec![PRUNE.to_owned()];
        files.push(bundle::file(PRUNE, prune));
    }
    containers.push(job.container("main", last, still_ours));

    let templates = vec![job.pod("berth", files, containers)];
    job.spec(&job.platform.workflow.service_accounts.change, &mutex, templates)
}

/// The objects of the last request that the new one doesn't have, just enough of each to name it.
pub(super) fn no_longer_wanted(
    before: &Outline<'_>,
    after: &Outline<'_>,
) -> Result<Vec<Value>, RenderError<'static>> {
    let place = |outline: &Outline<'_>| {
        format!("{} {} in {}", outline.blueprint(), outline.name(), outline.environment())
    };
    if place(before) != place(after) {
        return Err(RenderError::OtherNamespace { from: place(before), to: place(after) });
    }
    let wanted: Vec<_> =
        after.steps().into_iter().flat_map(|step| step.objects).map(|object| key(&object)).collect();
    let objects = before.steps().into_iter().flat_map(|step| step.objects);
    let gone = objects
        .filter(|object| object.template.kind != "Namespace" && !wanted.contains(&key(object)))
        .map(|object| {
            let mut metadata = json!({ "name": object.name });
            if let (Some(metadata), Some(namespace)) = (metadata.as_object_mut(), object.namespace) {
                metadata.insert("namespace".to_owned(), namespace.into());
            }
            json!({ "apiVersion": object.template.api_version, "kind": object.template.kind, "metadata": metadata })
        })
        .collect();
    Ok(gone)
}

fn key(object: &OutlineObject<'_>) -> (String, String, Option<String>, String) {
    let group = object.template.api_version.split_once('/').map_or("", |(group, _)| group);
    (group.to_owned(), object.template.kind.clone(), object.namespace.map(str::to_owned), object.name.clone())
}
