//! `workflow-template` and `workflow-ref`: for clusters where Workflows may only name a template.
//!
//! The template fixes image, commands and order; the bundles travel as parameters. A step that a
//! request doesn't need can't be left out there, so it applies the namespace's own bundle again, which
//! changes nothing, and its checks look at the namespace.

use super::containers::resource;
use super::create::{self, CheckTexts, Outside, StepTexts, Texts};
use super::{
    Arguments, Job, ObjectMeta, Parameter, StringMap, Workflow, WorkflowSpec, WorkflowTemplate,
    WorkflowTemplateRef, bundle,
};
use crate::policy::Step;

/// A resource that every cluster has and nobody uses: nothing carries the provisioning label, and who may
/// list it learns nothing.
const NOTHING_THERE: &str = "podtemplate";

/// What Argo replaces by the value of a parameter.
pub(super) fn tag(parameter: &str) -> String {
    format!("{{{{workflow.parameters.{parameter}}}}}")
}

/// The `WorkflowTemplate` of the blueprint; its name carries the hash of its content.
pub(super) fn template(job: &Job<'_>) -> WorkflowTemplate {
    let steps = &job.blueprint.steps;
    let texts = Texts {
        namespace: tag("berth-namespace"),
        request_id: tag("berth-request-id"),
        steps: steps.iter().map(|step| step_tags(step, steps)).collect(),
    };
    let mutex = format!("berth-{}-{}", tag("berth-cluster"), tag("berth-namespace"));
    let mut spec =
        job.spec(&job.platform.workflow.service_accounts.create, mutex, create::templates(job, texts));
    spec.on_exit = Some("rollback");
    let declared = parameters(job).into_iter().map(|parameter| Parameter { value: None, ..parameter });
    spec.arguments = Some(Arguments { parameters: declared.collect() });
    let prefix = &job.platform.label_prefix;
    let labels =
        [("managed", "true"), ("blueprint", &job.blueprint.name), ("workflow-kind", job.options.kind.name())];
    WorkflowTemplate {
        api_version: "argoproj.io/v1alpha1",
        kind: "WorkflowTemplate",
        metadata: ObjectMeta {
            name: name(job, &spec),
            namespace: job.platform.workflow.namespace.clone(),
            labels: labels
                .into_iter()
                .map(|(key, value)| (format!("{prefix}/{key}"), value.to_owned()))
                .collect(),
            annotations: StringMap::new(),
        },
        spec,
    }
}

fn name(job: &Job<'_>, spec: &WorkflowSpec) -> String {
    let content = serde_json::to_string(spec).unwrap_or_default();
    format!(
        "berth-{}-{}-{}",
        job.blueprint.name,
        job.options.kind.name(),
        crate::digest::short([content.as_str()], 12)
    )
}

/// The thin Workflow that names it.
pub(super) fn workflow(job: &Job<'_>) -> Workflow {
    let mut arguments = parameters(job);
    arguments.extend(create::request_parameters(job));
    let spec = WorkflowSpec {
        workflow_template_ref: Some(WorkflowTemplateRef { name: template(job).metadata.name }),
        arguments: Some(Arguments { parameters: arguments }),
        ..WorkflowSpec::default()
    };
    job.workflow(spec)
}

fn step_tags(step: &Step, all: &[Step]) -> StepTexts {
    let outside = create::outside(step);
    StepTexts {
        id: step.id.clone(),
        after: step
            .after
            .iter()
            .filter_map(|index| all.get(*index))
            .map(|before| before.id.clone())
            .collect(),
        data: tag(&bundle_name(&step.id)),
        outside: (0..outside.len())
            .map(|index| Outside {
                resource: tag(&outside_name(&step.id, index)),
                namespace: outside.get(index).and_then(|place| place.namespace.clone()),
            })
            .collect(),
        verify: (0..step.verify.len())
            .map(|index| {
                let name = create::check_name(&step.id, index);
                CheckTexts {
                    condition: tag(&format!("{name}-for")),
                    object: tag(&format!("{name}-object")),
                    namespace: create::place_of(step, &tag("berth-namespace")),
                    name,
                }
            })
            .collect(),
    }
}

/// What the name of a parameter that holds a step's bundle begins with. The hyphen keeps it apart from the
/// request's own parameters.
pub(super) const BUNDLE: &str = "bundle-";

/// The parameter that holds a step's bundle.
pub(super) fn bundle_name(step: &str) -> String {
    format!("{BUNDLE}{step}")
}

fn outside_name(step: &str, index: usize) -> String {
    format!("outside-{step}-{}", index + 1)
}

/// Every parameter of the template, with this request's values.
fn parameters(job: &Job<'_>) -> Vec<Parameter> {
    let steps = job.outline.steps();
    let namespace_bundle = steps.first().map(|step| bundle::json(&step.objects)).unwrap_or_default();
    let mut list = vec![
        ("berth-cluster".to_owned(), job.cluster().to_owned()),
        ("berth-namespace".to_owned(), job.outline.name().to_owned()),
        ("berth-request-id".to_owned(), job.owner().to_owned()),
    ];
    for (index, step) in job.blueprint.steps.iter().enumerate() {
        let wanted = steps.iter().find(|wanted| wanted.index == index);
        list.push((
            bundle_name(&step.id),
            wanted.map_or_else(|| namespace_bundle.clone(), |step| bundle::json(&step.objects)),
        ));
        for (number, place) in create::outside(step).into_iter().enumerate() {
            let resource = if wanted.is_some() { place.resource } else { NOTHING_THERE.to_owned() };
            list.push((outside_name(&step.id, number), resource));
        }
        for number in 0..step.verify.len() {
            let check = wanted.and_then(|wanted| wanted.verify.iter().find(|check| check.index == number));
            let (condition, object) = match check {
                Some(check) => (
                    format!("jsonpath={}={}", check.jsonpath, check.expected),
                    format!("{}/{}", resource(check.api_version, check.kind), check.name),
                ),
                None => (
                    "jsonpath={.status.phase}=Active".to_owned(),
                    format!("namespace/{}", job.outline.name()),
                ),
            };
            let name = create::check_name(&step.id, number);
            list.push((format!("{name}-for"), condition));
            list.push((format!("{name}-object"), object));
        }
    }
    list.into_iter().map(|(name, value)| Parameter { name, value: Some(value) }).collect()
}
