//! The kind *create*: makes a namespace that isn't there, and takes it back when that fails.
//!
//! INVARIANT: the guard looks for the provisioning label alone, and the rollback deletes by it alone. The
//! namespace carries it from its first apply until `main`, when all is verified, takes it off; so a rerun, a
//! late duplicate or a drift repair can never delete a namespace that was ever ready. What lies elsewhere goes only
//! when no namespace of the request stands.

use super::containers::{kubectl, resource};
use super::{Container, Job, Parameter, Template, WorkflowSpec, WorkflowStep, bundle};
use crate::emit;
use crate::policy::Step;

/// How long a rollback waits until the namespace is gone, in seconds.
const ROLLBACK: u32 = 120;
/// How long a check may take, in seconds.
const VERIFY: u32 = 30;

/// What differs between a whole Workflow and a `WorkflowTemplate`: here values, there tags.
pub(super) struct Texts {
    pub(super) cluster: String,
    pub(super) namespace: String,
    pub(super) request_id: String,
    pub(super) steps: Vec<StepTexts>,
}

impl Texts {
    /// One Workflow at a time works on a name.
    pub(super) fn mutex(&self) -> String {
        format!("berth-{}-{}", self.cluster, self.namespace)
    }
}

/// A step.
pub(super) struct StepTexts {
    pub(super) id: String,
    pub(super) after: Vec<String>,
    /// What its file holds.
    pub(super) data: String,
    /// Resources outside the namespace, whose provisioning label goes at the end.
    pub(super) outside: Vec<Outside>,
    pub(super) verify: Vec<CheckTexts>,
}

/// A resource outside the namespace.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Outside {
    pub(super) resource: String,
    pub(super) namespace: Option<String>,
}

/// Something that must be true of an object.
pub(super) struct CheckTexts {
    /// The container.
    pub(super) name: String,
    pub(super) condition: String,
    pub(super) object: String,
    /// Where the object lives; nowhere when it is cluster-scoped.
    pub(super) namespace: Option<String>,
}

/// The request's fields as flat parameters, for admission to judge: JSON text without a brace inside any string.
pub(super) fn request_parameters(job: &Job<'_>) -> Vec<Parameter> {
    let parameter = |(name, value): (&str, &serde_json::Value)| Parameter {
        name: name.to_owned(),
        value: Some(emit::to_json_without_braces(value)),
    };
    job.outline.parameters().map(parameter).collect()
}

/// The texts of the job's own request.
pub(super) fn texts(job: &Job<'_>) -> Texts {
    let steps = job.outline.steps();
    let id_of =
        |index: &usize| steps.iter().find(|step| step.index == *index).map(|step| step.step.id.clone());
    let texts = steps.iter().map(|step| StepTexts {
        id: step.step.id.clone(),
        after: step.after.iter().filter_map(id_of).collect(),
        data: bundle::json(&step.objects),
        outside: outside(step.step),
        verify: step
            .verify
            .iter()
            .map(|check| CheckTexts {
                name: check_name(&step.step.id, check.index),
                condition: format!("jsonpath={}={}", check.jsonpath, check.expected),
                object: format!("{}/{}", resource(check.api_version, check.kind), check.name),
                namespace: place_of(step.step, job.outline.name()),
            })
            .collect(),
    });
    let texts = texts.collect();
    Texts {
        cluster: job.cluster().to_owned(),
        namespace: job.outline.name().to_owned(),
        request_id: job.owner().to_owned(),
        steps: texts,
    }
}

/// The namespace of a step's objects, given the request's own.
pub(super) fn place_of(step: &Step, own: &str) -> Option<String> {
    match &step.outside {
        Some(place) => place.namespace.clone(),
        None => Some(own.to_owned()),
    }
}

/// The container of a check.
pub(super) fn check_name(step: &str, index: usize) -> String {
    match index {
        0 => format!("verify-{step}"),
        _ => format!("verify-{step}-{}", index + 1),
    }
}

/// The resources of a step that live outside the namespace, each once.
pub(super) fn outside(step: &Step) -> Vec<Outside> {
    let Some(place) = &step.outside else { return Vec::new() };
    let mut found: Vec<Outside> = Vec::new();
    for object in &step.objects {
        let outside = Outside {
            resource: resource(&object.api_version, &object.kind),
            namespace: place.namespace.clone(),
        };
        if !found.contains(&outside) {
            found.push(outside);
        }
    }
    found
}

/// What a Workflow of this kind does.
pub(super) fn spec(job: &Job<'_>, texts: Texts) -> WorkflowSpec {
    let mutex = texts.mutex();
    let provisioning = format!("{}/provisioning", job.platform.label_prefix);
    let ours = format!("{provisioning}={}", texts.request_id);
    let foreign =
        format!("kubernetes.io/metadata.name={},{provisioning}!={}", texts.namespace, texts.request_id);

    let mut containers = vec![job.container("guard", Vec::new(), kubectl::refuse(&foreign))];
    containers.extend(apply(job, &texts.steps, None));
    let verified = verify(job, &texts, &mut containers);

    let ready = kubectl::unlabel("namespace", None, &ours, &provisioning);
    containers.push(job.container("main", verified, ready));
    // What lives outside loses the label after the namespace has: as long as that isn't ready, the rollback finds
    // all of it. A label that a stop leaves behind is harmless, and the next change takes it off.
    let outside: Vec<&Outside> = texts.steps.iter().flat_map(|step| &step.outside).collect();
    for (number, place) in outside.iter().enumerate() {
        let args = kubectl::unlabel(&place.resource, place.namespace.as_deref(), &ours, &provisioning);
        containers.push(job.container(format!("release-{}", number + 1), vec!["main".to_owned()], args));
    }

    let made = format!("{}/request-id={}", job.platform.label_prefix, texts.request_id);
    let undo = undo(job, &outside, &ours, &made);
    let files = texts.steps.into_iter().map(|step| bundle::file(&step.id, step.data)).collect();
    let templates = vec![job.pod("berth", files, containers), rollback(), undo];
    let account = &job.platform.workflow.service_accounts.create;
    WorkflowSpec { on_exit: Some("rollback"), ..job.spec(account, &mutex, templates) }
}

/// A container for each step; the first waits for the guard. `force` is that of [`kubectl::apply`].
pub(super) fn apply<'t>(
    job: &'t Job<'_>,
    steps: &'t [StepTexts],
    force: Option<&'t str>,
) -> impl Iterator<Item = Container> {
    steps.iter().map(move |step| {
        let after = if step.after.is_empty() { vec!["guard".to_owned()] } else { step.after.clone() };
        job.container(&step.id, after, kubectl::apply(&step.id, force))
    })
}

/// Adds the checks; they start when everything is applied. Returns the names of all of them.
pub(super) fn verify(job: &Job<'_>, texts: &Texts, containers: &mut Vec<Container>) -> Vec<String> {
    let waited_for: Vec<&String> = texts.steps.iter().flat_map(|step| &step.after).collect();
    let leaves = texts.steps.iter().map(|step| &step.id).filter(|id| !waited_for.contains(id));
    let leaves: Vec<String> = leaves.cloned().collect();
    let mut names = vec!["verify".to_owned()];
    let there = kubectl::get(texts.steps.iter().map(|step| step.id.as_str()));
    containers.push(job.container("verify", leaves.clone(), there));
    for check in texts.steps.iter().flat_map(|step| &step.verify) {
        let args = kubectl::wait_one(&check.condition, &check.object, check.namespace.as_deref(), VERIFY);
        containers.push(job.container(&check.name, leaves.clone(), args));
        names.push(check.name.clone());
    }
    names
}

/// The exit handler: only when the Workflow did not succeed.
fn rollback() -> Template {
    let undo = WorkflowStep { name: "rollback", template: "undo", when: "{{workflow.status}} != Succeeded" };
    Template { name: "rollback", steps: Some(vec![vec![undo]]), ..Template::default() }
}

/// Deletes the namespace that carries this request's provisioning label, waits until it is gone, and looks whether one
/// that this request made stands all the same. `main` fails, behind a `gone` that succeeded, when one does: then the
/// Workflow was stopped after it had taken the label off, the namespace is ready, and what lies elsewhere stays with it.
fn undo(job: &Job<'_>, outside: &[&Outside], ours: &str, made: &str) -> Template {
    let mut containers =
        vec![job.container("namespace", Vec::new(), kubectl::delete("namespace", None, ours))];
    let after = |name: &str| vec![name.to_owned()];
    let gone = kubectl::wait_gone("namespace", ours, ROLLBACK);
    containers.push(job.container("gone", after("namespace"), gone));
    containers.push(job.container("main", after("gone"), kubectl::refuse(made)));
    // A step that failed because its kind isn't installed can't be undone either: the rollback fails, too, but
    // `gone` and `main` still say what became of the namespace.
    for (number, place) in outside.iter().enumerate() {
        let args = kubectl::delete(&place.resource, place.namespace.as_deref(), ours);
        containers.push(job.container(format!("outside-{}", number + 1), after("main"), args));
    }
    job.pod("undo", Vec::new(), containers)
}
