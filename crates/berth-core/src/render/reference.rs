//! `workflow-template` and `workflow-ref`: for clusters where Workflows may only name a template.
//!
//! Each kind has a template. It fixes image, commands and order; the bundles travel as parameters. A step
//! that a request doesn't need can't be left out there, so it applies the namespace's own bundle again, which
//! changes nothing, and its checks look at the namespace. A change that removes nothing deletes an empty List.

use super::containers::resource;
use super::create::{self, CheckTexts, Outside, StepTexts, Texts};
use super::{
    Arguments, Job, Kind, ObjectMeta, Parameter, StringMap, Workflow, WorkflowSpec, WorkflowTemplate,
    WorkflowTemplateRef, adopt, bundle, change, delete, freeze,
};
use crate::plan::OutlineStep;
use crate::policy::Step;

/// A resource that every cluster has and nobody uses: nothing carries the provisioning label, and who may
/// list it learns nothing.
const NOTHING_THERE: &str = "podtemplate";

// Parameters of every template.
const CLUSTER: &str = "berth-cluster";
pub(crate) const NAMESPACE: &str = "berth-namespace";
pub(crate) const REQUEST_ID: &str = "berth-request-id";
/// Whether a change takes fields from others.
const FORCE: &str = "berth-force";

/// What Argo replaces by the value of a parameter.
pub(super) fn tag(parameter: &str) -> String {
    format!("{{{{workflow.parameters.{parameter}}}}}")
}

/// The `WorkflowTemplate` of the blueprint; its name carries the hash of its content.
pub(super) fn template(job: &Job<'_>) -> WorkflowTemplate {
    let steps = &job.blueprint.steps;
    let texts = Texts {
        cluster: tag(CLUSTER),
        namespace: tag(NAMESPACE),
        request_id: tag(REQUEST_ID),
        steps: steps.iter().map(|step| step_tags(step, steps)).collect(),
    };
    let mut spec = match job.options.kind {
        Kind::Create => create::spec(job, texts),
        Kind::Change { .. } => change::spec(job, texts, Some(tag(&bundle_name(change::PRUNE))), &tag(FORCE)),
        Kind::Adopt => adopt::spec(job, texts),
        Kind::Freeze { .. } => freeze::spec(job, &texts, tag(&bundle_name(freeze::FREEZE))),
        Kind::Delete { .. } => delete::spec(job, &texts),
    };
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
    let content = crate::emit::to_json(spec);
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
                    condition: tag(&condition_name(&name)),
                    object: tag(&object_name(&name)),
                    namespace: create::place_of(step, &tag(NAMESPACE)),
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

/// The parameters of a check.
fn condition_name(check: &str) -> String {
    format!("{check}-for")
}

fn object_name(check: &str) -> String {
    format!("{check}-object")
}

fn outside_name(step: &str, index: usize) -> String {
    format!("outside-{step}-{}", index + 1)
}

/// Every parameter of the template, with this request's values.
fn parameters(job: &Job<'_>) -> Vec<Parameter> {
    let steps = job.outline.steps();
    let mut list = vec![
        (CLUSTER.to_owned(), job.cluster().to_owned()),
        (NAMESPACE.to_owned(), job.outline.name().to_owned()),
        (REQUEST_ID.to_owned(), job.owner().to_owned()),
    ];
    let applies = matches!(job.options.kind, Kind::Create | Kind::Change { .. } | Kind::Adopt);
    let outside_counts = matches!(job.options.kind, Kind::Create | Kind::Delete { .. });
    for (index, step) in job.blueprint.steps.iter().enumerate() {
        let wanted = steps.iter().find(|wanted| wanted.index == index);
        if applies {
            // The first step is the namespace, and always wanted.
            let objects = wanted.or(steps.first()).map_or(&[][..], |step| &step.objects);
            list.push((bundle_name(&step.id), bundle::json(objects)));
            list.extend(checks(job, step, wanted));
        }
        if outside_counts {
            list.extend(create::outside(step).into_iter().enumerate().map(|(number, place)| {
                let resource = if wanted.is_some() { place.resource } else { NOTHING_THERE.to_owned() };
                (outside_name(&step.id, number), resource)
            }));
        }
    }
    if matches!(job.options.kind, Kind::Change { .. }) {
        list.push((FORCE.to_owned(), change::force(job).to_owned()));
        list.push((bundle_name(change::PRUNE), bundle::json(&job.removed)));
    }
    if matches!(job.options.kind, Kind::Freeze { .. }) {
        list.push((bundle_name(freeze::FREEZE), bundle::json(&job.frozen)));
    }
    list.into_iter().map(|(name, value)| Parameter { name, value: Some(value) }).collect()
}

/// What a parameter of a template takes: admission judges it.
#[cfg(feature = "export")]
pub(crate) enum Takes<'b> {
    /// The cluster of the request's environment.
    Cluster,
    /// The namespace.
    Namespace,
    /// The id of the request that made the namespace.
    RequestId,
    /// Whether a change takes fields from whoever else holds them.
    Force,
    /// A file: JSON.
    Bundle,
    /// What a check waits for, at this JSON path; or that the namespace is there.
    Condition(&'b str),
    /// An object of this resource; or the namespace.
    Object(String),
    /// This resource, or the one that nobody uses.
    Resource(String, &'static str),
}

/// What a parameter of a blueprint's templates takes; `None` of a name that no template has.
#[cfg(feature = "export")]
pub(crate) fn takes<'b>(blueprint: &'b crate::policy::Blueprint, parameter: &str) -> Option<Takes<'b>> {
    match parameter {
        CLUSTER => return Some(Takes::Cluster),
        NAMESPACE => return Some(Takes::Namespace),
        REQUEST_ID => return Some(Takes::RequestId),
        FORCE => return Some(Takes::Force),
        _ if [change::PRUNE, freeze::FREEZE].iter().any(|file| bundle_name(file) == parameter) => {
            return Some(Takes::Bundle);
        }
        _ => {}
    }
    blueprint.steps.iter().find_map(|step| {
        if bundle_name(&step.id) == parameter {
            return Some(Takes::Bundle);
        }
        let mut places = create::outside(step).into_iter().enumerate();
        let place = places.find(|(index, _)| outside_name(&step.id, *index) == parameter);
        if let Some((_, place)) = place {
            return Some(Takes::Resource(place.resource, NOTHING_THERE));
        }
        step.verify.iter().enumerate().find_map(|(index, check)| {
            let name = create::check_name(&step.id, index);
            if condition_name(&name) == parameter {
                return Some(Takes::Condition(&check.jsonpath));
            }
            let object = step.objects.iter().find(|object| object.kind == check.kind)?;
            let is_object = object_name(&name) == parameter;
            is_object.then(|| Takes::Object(resource(&object.api_version, &object.kind)))
        })
    })
}

/// Condition and object of each check of a step; a check that isn't wanted looks at the namespace.
fn checks(job: &Job<'_>, step: &Step, wanted: Option<&OutlineStep<'_>>) -> Vec<(String, String)> {
    let check = |number: usize| {
        let check = wanted.and_then(|wanted| wanted.verify.iter().find(|check| check.index == number));
        let (condition, object) = match check {
            Some(check) => (
                format!("jsonpath={}={}", check.jsonpath, check.expected),
                format!("{}/{}", resource(check.api_version, check.kind), check.name),
            ),
            None => {
                ("jsonpath={.status.phase}=Active".to_owned(), format!("namespace/{}", job.outline.name()))
            }
        };
        let name = create::check_name(&step.id, number);
        [(condition_name(&name), condition), (object_name(&name), object)]
    };
    (0..step.verify.len()).flat_map(check).collect()
}
