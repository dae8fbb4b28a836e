//! The kind *delete*: gives a namespace back, and what belongs to it elsewhere.
//!
//! INVARIANT: everything is selected by the label of the request that made it. A namespace that another
//! request made, or that is still being made, stays, and so does what belongs to it elsewhere. A namespace that hangs
//! fails it, and the exit handler says what holds it.

use super::containers::kubectl;
use super::create::Texts;
use super::{Job, WorkflowSpec, report};

/// What a Workflow of this kind does.
pub(super) fn spec(job: &Job<'_>, texts: &Texts) -> WorkflowSpec {
    let prefix = &job.platform.label_prefix;
    let ours = format!("{prefix}/request-id={}", texts.request_id);
    let named = format!("kubernetes.io/metadata.name={}", texts.namespace);
    let foreign = format!("{named},{prefix}/request-id!={}", texts.request_id);
    let unready = format!("{named},{prefix}/provisioning");
    let standing = format!("{named},{ours},!{prefix}/provisioning");

    // Both pass when the namespace is already gone, so that a pod that was lost can go on. They are two,
    // because a selector can't say "or".
    let guards = [("guard", foreign), ("guard-ready", unready)];
    let guarded = guards.each_ref().map(|(name, _)| (*name).to_owned()).to_vec();
    let mut containers =
        guards.map(|(name, refused)| job.container(name, Vec::new(), kubectl::refuse(&refused))).to_vec();
    for (number, place) in texts.steps.iter().flat_map(|step| &step.outside).enumerate() {
        let args = kubectl::delete(&place.resource, place.namespace.as_deref(), &ours);
        containers.push(job.container(format!("outside-{}", number + 1), guarded.clone(), args));
    }
    containers.push(job.container("namespace", guarded, kubectl::delete("namespace", None, &standing)));
    // What fails elsewhere fails the Workflow all the same; this one says whether the namespace went.
    let gone = kubectl::wait_gone("namespace", &format!("{named},{ours}"), job.longest_wait());
    containers.push(job.container("main", vec!["namespace".to_owned()], gone));

    let pod = job.pod("berth", Vec::new(), containers);
    let account = &job.platform.workflow.service_accounts.delete;
    report::after(job.spec(account, &texts.mutex(), vec![pod]), report::templates(job, texts))
}
