//! The kind *change*: brings a namespace that stands to a new request.
//!
//! INVARIANT: it never deletes a namespace, and its exit handler only reads. It applies what the new request
//! wants, verifies, and deletes by name exactly what the last one made and the new one no longer wants.

use serde_json::{Value, json};

use super::containers::kubectl;
use super::create::{self, Texts};
use super::{Job, RenderError, WorkflowSpec, bundle, report};
use crate::plan::{self, Outline};

/// The container that deletes, and its file.
pub(super) const PRUNE: &str = "prune";

/// Whether it takes fields from whoever else holds them with another value: to repair is to do so, and a change to what
/// was carried out last is a repair. Any other change fails there, and says who it is.
pub(super) fn force(job: &Job<'_>) -> &'static str {
    let is_repair = job.before.is_some_and(|before| before.request_text() == job.outline.request_text());
    if is_repair { "true" } else { "false" }
}

/// What a Workflow of this kind does; `prune` is the file with the objects that go, `force` what the function of that
/// name says.
pub(super) fn spec(job: &Job<'_>, texts: Texts, prune: Option<String>, force: &str) -> WorkflowSpec {
    let still_ours = still_ours(job, &texts);
    let mut containers = vec![job.container("guard", Vec::new(), still_ours.clone())];
    containers.extend(create::apply(job, &texts.steps, Some(force)));
    let mut last = create::verify(job, &texts, &mut containers);
    let prune = prune.map(|data| bundle::file(PRUNE, data));
    if prune.is_some() {
        containers.push(job.container(PRUNE, last, kubectl::delete_file(PRUNE)));
        last = vec![PRUNE.to_owned()];
    }
    containers.push(job.container("main", last, still_ours));
    let (mutex, report) = (texts.mutex(), report::templates(job, &texts));
    let files = texts.steps.into_iter().map(|step| bundle::file(&step.id, step.data)).chain(prune).collect();
    let account = &job.platform.workflow.service_accounts.change;
    report::after(job.spec(account, &mutex, vec![job.pod("berth", files, containers)]), report)
}

/// Fails unless the namespace stands, ready, and is that of the request that made it.
pub(super) fn still_ours(job: &Job<'_>, texts: &Texts) -> Vec<String> {
    let prefix = &job.platform.label_prefix;
    let standing = format!(
        "kubernetes.io/metadata.name={},{prefix}/request-id={},!{prefix}/provisioning",
        texts.namespace, texts.request_id
    );
    kubectl::require(&standing)
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
    let (before, after) = (before.steps(), after.steps());
    let gone = plan::no_longer_wanted(&before, &after).map(|(_, object)| {
        let mut metadata = json!({ "name": object.name });
        if let (Some(metadata), Some(namespace)) = (metadata.as_object_mut(), object.namespace) {
            metadata.insert("namespace".to_owned(), namespace.into());
        }
        json!({ "apiVersion": object.template.api_version, "kind": object.template.kind, "metadata": metadata })
    });
    Ok(gone.collect())
}
