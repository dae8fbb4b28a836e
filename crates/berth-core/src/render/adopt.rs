//! The kind *adopt*: takes over a namespace that stands and that Berth did not make.
//!
//! INVARIANT: it touches only the one namespace of this name, and only while nobody else manages it: it carries
//! neither the provisioning label nor `managed` of another request. It never deletes anything, and applies without
//! force: a field that somebody else holds with another value is a conflict, and the Workflow says whose it is.

use super::containers::kubectl;
use super::create::{self, Texts};
use super::{Job, WorkflowSpec, bundle, change, report};

/// What a Workflow of this kind does.
pub(super) fn spec(job: &Job<'_>, texts: Texts) -> WorkflowSpec {
    let prefix = &job.platform.label_prefix;
    let named = format!("kubernetes.io/metadata.name={}", texts.namespace);
    let unready = format!("{named},{prefix}/provisioning");
    let managed = format!("{named},{prefix}/managed,{prefix}/request-id!={}", texts.request_id);

    // They pass again when a pod was lost after it had applied the labels. They are several, because a selector
    // can't say "or".
    let refused = [("guard-ready", unready), ("guard-managed", managed)];
    let waits = refused.each_ref().map(|(name, _)| (*name).to_owned()).to_vec();
    let mut containers =
        refused.map(|(name, refused)| job.container(name, Vec::new(), kubectl::refuse(&refused))).to_vec();
    containers.push(job.container("guard", waits, kubectl::require(&named)));
    containers.extend(create::apply(job, &texts.steps, None));
    let verified = create::verify(job, &texts, &mut containers);
    containers.push(job.container("main", verified, change::still_ours(job, &texts)));

    let (mutex, report) = (texts.mutex(), report::templates(job, &texts));
    let files = texts.steps.into_iter().map(|step| bundle::file(&step.id, step.data)).collect();
    let account = &job.platform.workflow.service_accounts.change;
    report::after(job.spec(account, &mutex, vec![job.pod("berth", files, containers)]), report)
}
