//! The kind *freeze*: sets every quota of a namespace to nothing, so that nothing new starts in it.
//!
//! INVARIANT: it applies quotas and nothing else, and deletes nothing. What runs goes on; a change to what stands
//! takes it back. Whoever else has set an amount, it is nothing afterwards.

use serde_json::Value;

use super::containers::kubectl;
use super::create::Texts;
use super::{Job, Kind, RenderError, WorkflowSpec, bundle, change, report};
use crate::plan::Outline;

/// The container that applies the quotas, and its file.
pub(super) const FREEZE: &str = "freeze";

/// The quotas, each of which allows nothing; none where nothing is frozen.
pub(super) fn quotas(outline: &Outline<'_>, kind: Kind<'_>) -> Result<Vec<Value>, RenderError<'static>> {
    if !matches!(kind, Kind::Freeze { .. }) {
        return Ok(Vec::new());
    }
    let objects = outline.steps().into_iter().flat_map(|step| step.objects);
    let quotas: Vec<Value> = objects.filter_map(|object| object.frozen()).collect();
    if quotas.is_empty() {
        return Err(RenderError::NothingToFreeze { name: outline.name().to_owned() });
    }
    Ok(quotas)
}

/// What a Workflow of this kind does; `data` is the file with the quotas.
pub(super) fn spec(job: &Job<'_>, texts: &Texts, data: String) -> WorkflowSpec {
    let still_ours = change::still_ours(job, texts);
    let after = |name: &str| vec![name.to_owned()];
    let containers = vec![
        job.container("guard", Vec::new(), still_ours.clone()),
        job.container(FREEZE, after("guard"), kubectl::apply(FREEZE, Some("true"))),
        job.container("verify", after(FREEZE), kubectl::get(std::iter::once(FREEZE))),
        job.container("main", after("verify"), still_ours),
    ];
    let pod = job.pod("berth", vec![bundle::file(FREEZE, data)], containers);
    let account = &job.platform.workflow.service_accounts.change;
    report::after(job.spec(account, &texts.mutex(), vec![pod]), report::templates(job, texts))
}
