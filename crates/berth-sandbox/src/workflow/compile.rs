//! From a document to a [`Program`]: Argo's checks of a whole Workflow, in Argo's order and words.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::document::{self, Document, Metadata, Spec};
use super::program::{Body, ForgetAfter, Program, Retry, RetryPolicy, Template};
use super::substitute::Tags;
use super::{Invalid, container_set, names, reference, steps, substitute};
use crate::names::is_dns_subdomain;

/// By reference Argo keeps the spec twice in one object; 450 kB were seen to run, 700 kB were not.
const LARGEST_BY_REFERENCE: usize = 600_000;
const TYPES: &str =
    "choose one of: container, containerSet, steps, script, resource, dag, suspend, template, template ref";
/// More pods than this for one template are no retries but a loop.
const MOST_RETRIES: u32 = 20;

/// A Workflow that may be created.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) metadata: Metadata,
    pub(crate) program: Program,
    /// The spec that runs, when it was joined with that of a WorkflowTemplate.
    pub(crate) stored_spec: Option<Value>,
}

/// Understands a Workflow for a namespace. `template` is the WorkflowTemplate that it refers to.
pub(crate) fn compile(
    document: &Value,
    namespace: &str,
    template: Option<&Value>,
) -> Result<Compiled, Invalid> {
    let Document { mut metadata, spec, .. } = read_document(document, "Workflow")?;
    check_metadata(&metadata, namespace, "workflow", "Workflow.argoproj.io")?;
    let own = object(document.get("spec"));
    let (running, stored_spec) = match (&spec.workflow_template_ref, template) {
        (None, _) => (own, None),
        (Some(reference), _) if reference.cluster_scope => {
            return Err(Invalid::refused("`spec.workflowTemplateRef.clusterScope`"));
        }
        (Some(_), _) if !spec.templates.is_empty() => {
            let message =
                "Templates is invalid field in spec if workflow referred WorkflowTemplate reference";
            return Err(Invalid(message.to_owned()));
        }
        (Some(_), template) => {
            let joined = reference::join(&own, &object(template.and_then(|template| template.get("spec"))));
            let size = Value::Object(joined.clone()).to_string().len();
            if size > LARGEST_BY_REFERENCE {
                let what = format!("a spec of {size} bytes by reference (more than {LARGEST_BY_REFERENCE})");
                return Err(Invalid::refused(&format!("{what}, which Argo ends with an error")));
            }
            (joined.clone(), Some(Value::Object(joined)))
        }
    };
    let program = program(running, &metadata.name, namespace)?;
    namespace.clone_into(&mut metadata.namespace);
    Ok(Compiled { metadata, program, stored_spec })
}

/// Checks a WorkflowTemplate. Its commands are understood no sooner than when a Workflow gives its
/// parameters their values.
pub(crate) fn compile_template(document: &Value, namespace: &str) -> Result<Metadata, Invalid> {
    let Document { mut metadata, spec, .. } = read_document(document, "WorkflowTemplate")?;
    check_sizes(&spec)?;
    names::check_fields("spec.templates", spec.templates.iter().map(|template| template.name.as_str()))?;
    check_metadata(&metadata, namespace, "workflow template", "WorkflowTemplate.argoproj.io")?;
    namespace.clone_into(&mut metadata.namespace);
    Ok(metadata)
}

fn read_document(document: &Value, kind: &str) -> Result<Document, Invalid> {
    let read: Document = read(document, "")?;
    let expected =
        |given: &Option<String>, expected: &str| given.as_ref().is_none_or(|given| given == expected);
    if !expected(&read.api_version, "argoproj.io/v1alpha1") || !expected(&read.kind, kind) {
        let (version, given) = (read.api_version.unwrap_or_default(), read.kind.unwrap_or_default());
        return Err(Invalid(format!("`{given}` of `{version}` is not `{kind}` of `argoproj.io/v1alpha1`")));
    }
    Ok(read)
}

/// Reads typed data and says by its path what is wrong; an unknown field is a construct that we can't run.
fn read<T: DeserializeOwned>(value: &Value, place: &str) -> Result<T, Invalid> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = match (place, error.path().to_string().as_str()) {
            (place, ".") => place.to_owned(),
            ("", path) => path.to_owned(),
            (place, path) => format!("{place}.{path}"),
        };
        let message = error.inner().to_string();
        let unknown = message.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`'));
        match unknown {
            Some((field, _)) if path == field || path.ends_with(&format!(".{field}")) => {
                Invalid::refused(&format!("`{path}`"))
            }
            Some((field, _)) => Invalid::refused(&format!("`{path}.{field}`")),
            None => Invalid(format!("`{path}`: {message}")),
        }
    })
}

fn check_metadata(metadata: &Metadata, namespace: &str, what: &str, resource: &str) -> Result<(), Invalid> {
    let name = &metadata.name;
    if name.len() > 63 {
        let length = name.len();
        return Err(Invalid(format!(
            "{what} name \"{name}\" must not be more than 63 characters long (currently {length})"
        )));
    }
    if name.is_empty() {
        return Err(Invalid(format!(
            "{resource} \"\" is invalid: metadata.name: Required value: name is required"
        )));
    }
    if !is_dns_subdomain(name) {
        return Err(Invalid(format!(
            "{resource} \"{name}\" is invalid: metadata.name: Invalid value: \"{name}\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
        )));
    }
    if !metadata.namespace.is_empty() && metadata.namespace != namespace {
        return Err(Invalid(
            "the namespace of the provided object does not match the namespace sent on the request"
                .to_owned(),
        ));
    }
    Ok(())
}

fn program(mut running: Map<String, Value>, name: &str, namespace: &str) -> Result<Program, Invalid> {
    let arguments = running.get("arguments").cloned().unwrap_or_else(|| Value::Object(Map::new()));
    let tags = tags(&arguments, name, namespace)?;
    if let Some(templates) = running.get_mut("templates") {
        substitute::apply(templates, &tags)?;
    }
    let spec: Spec = read(&Value::Object(running), "spec")?;
    check_sizes(&spec)?;
    names::check_fields("spec.templates", spec.templates.iter().map(|template| template.name.as_str()))?;
    if spec.entrypoint.is_empty() {
        return Err(Invalid("spec.entrypoint is required".to_owned()));
    }
    let templates =
        spec.templates.iter().map(|template| Ok((template.name.clone(), self::template(template)?)));
    let templates: BTreeMap<_, _> = templates.collect::<Result<_, Invalid>>()?;
    let on_exit = Some(spec.on_exit.clone()).filter(|name| !name.is_empty());
    check_references(&spec.entrypoint, on_exit.as_deref(), &templates)?;
    if !["", "OnPodCompletion", "OnPodSuccess", "OnWorkflowCompletion", "OnWorkflowSuccess"]
        .contains(&spec.pod_gc.strategy.as_str())
    {
        return Err(Invalid(format!("podGC.strategy unknown strategy '{}'", spec.pod_gc.strategy)));
    }
    let mutexes = mutexes(&spec.synchronization, namespace)?;
    let ttl = spec.ttl_strategy.unwrap_or_default();
    let after = |seconds: Option<u64>| seconds.or(ttl.completion).map(Duration::from_secs);
    Ok(Program {
        entrypoint: spec.entrypoint,
        on_exit,
        templates,
        mutexes,
        active_deadline: spec.active_deadline_seconds.map(Duration::from_secs),
        forget_after: ForgetAfter { success: after(ttl.success), failure: after(ttl.failure) },
    })
}

/// What the tags stand for. A value that holds a tag itself is refused: Argo would put values in there, too.
fn tags(arguments: &Value, name: &str, namespace: &str) -> Result<Tags, Invalid> {
    let document::Arguments { parameters } = read(arguments, "spec.arguments")?;
    let place = "spec.arguments.parameters";
    names::check_values(place, parameters.iter().map(|parameter| parameter.name.as_str()))?;
    let mut tags: Tags = [("workflow.name", name), ("workflow.namespace", namespace)]
        .map(|(tag, value)| (tag.to_owned(), value.to_owned()))
        .into();
    for parameter in parameters {
        let tag = format!("workflow.parameters.{}", parameter.name);
        match parameter.value {
            Some(document::AnyString(value)) if value.contains("{{") => {
                return Err(Invalid::refused(&format!(
                    "`{place}.{}` with `{{{{` in its value",
                    parameter.name
                )));
            }
            Some(document::AnyString(value)) => drop(tags.insert(tag, value)),
            None => {
                return Err(Invalid(format!(
                    "spec.arguments.{}.value or spec.arguments.{0}.valueFrom is required",
                    parameter.name
                )));
            }
        }
    }
    Ok(tags)
}

/// The limits that Argo 4's own resource definitions set.
fn check_sizes(spec: &Spec) -> Result<(), Invalid> {
    for (what, count, most) in [
        ("templates", spec.templates.len(), 200),
        ("arguments.parameters", spec.arguments.parameters.len(), 500),
    ] {
        if count > most {
            return Err(Invalid(format!("spec.{what}: Too many: {count}: must have at most {most} items")));
        }
    }
    Ok(())
}

fn template(template: &document::Template) -> Result<Template, Invalid> {
    let name = template.name.clone();
    let body = match (&template.container_set, &template.steps) {
        (Some(set), None) => Body::ContainerSet(container_set::compile(template, set)?),
        (None, Some(groups)) => Body::Steps(steps::compile(template, groups)?),
        (None, None) => return Err(Invalid(format!("templates.{name} template type unspecified. {TYPES}"))),
        (Some(_), Some(_)) => {
            return Err(Invalid(format!("templates.{name} multiple template types specified. {TYPES}")));
        }
    };
    if matches!(body, Body::Steps(_)) && template.retry_strategy.is_some() {
        return Err(Invalid::refused(&format!("`templates.{name}.retryStrategy` of steps")));
    }
    let retry = template.retry_strategy.as_ref().map(|strategy| {
        let policy = match strategy.retry_policy.as_str() {
            "" | "OnFailure" => RetryPolicy::OnFailure,
            "OnError" => RetryPolicy::OnError,
            "Always" => RetryPolicy::Always,
            "OnTransientError" => return Err(Invalid::refused("the retry policy `OnTransientError`")),
            other => return Err(Invalid(format!("{other} is not a valid RetryPolicy"))),
        };
        match strategy.limit {
            Some(document::Count(limit)) if limit <= MOST_RETRIES => Ok(Retry { limit, policy }),
            _ => {
                let place =
                    format!("`templates.{name}.retryStrategy` without a limit of {MOST_RETRIES} or less");
                Err(Invalid::refused(&place))
            }
        }
    });
    Ok(Template { name, retry: retry.transpose()?, body })
}

/// Every template that is named exists, and steps name container sets.
fn check_references(
    entrypoint: &str,
    on_exit: Option<&str>,
    templates: &BTreeMap<String, Template>,
) -> Result<(), Invalid> {
    let find =
        |name: &str| templates.get(name).ok_or_else(|| Invalid(format!("template name '{name}' undefined")));
    find(entrypoint)?;
    on_exit.map(find).transpose()?;
    for template in templates.values() {
        let Body::Steps(groups) = &template.body else { continue };
        for (index, group) in groups.iter().enumerate() {
            for step in group {
                let place = format!("templates.{}.steps[{index}].{}", template.name, step.name);
                let target = find(&step.template).map_err(|error| Invalid(format!("{place} {error}")))?;
                if matches!(target.body, Body::Steps(_)) {
                    return Err(Invalid::refused(&format!("`{place}`, a step that has steps itself")));
                }
            }
        }
    }
    Ok(())
}

fn mutexes(synchronization: &document::Synchronization, namespace: &str) -> Result<Vec<String>, Invalid> {
    let mutexes = &synchronization.mutexes;
    for (index, mutex) in mutexes.iter().enumerate() {
        if mutexes.iter().take(index).any(|earlier| earlier == mutex) {
            return Err(Invalid(
                "requested configuration is invalid: duplicate synchronization item found".to_owned(),
            ));
        }
    }
    let full = |mutex: &document::Mutex| {
        let namespace = mutex.namespace.as_deref().filter(|given| !given.is_empty()).unwrap_or(namespace);
        format!("{namespace}/Mutex/{}", mutex.name)
    };
    Ok(mutexes.iter().map(full).collect())
}

fn object(value: Option<&Value>) -> Map<String, Value> {
    value.and_then(Value::as_object).cloned().unwrap_or_default()
}
