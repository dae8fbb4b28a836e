//! What stands for a namespace and is wanted no more: by the labels of the request that made it, in the namespace of
//! every kind that the cluster has, and elsewhere of the kinds that blueprints make there.

use std::collections::BTreeSet;

use berth_core::plan::PlanObject;
use berth_core::{Berth, Context, PlanOptions};
use serde::Serialize;
use serde_json::Value;

use super::{kind_of, name_of, said_by_namespace};
use crate::kubectl::{Kubectl, KubectlError};

/// An object that stands and that the request doesn't want.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Unwanted {
    pub(crate) kind: String,
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) namespace: Option<String>,
    pub(crate) api_version: String,
}

/// Looks for them; there are none where the namespace doesn't stand, or isn't Berth's.
pub(super) fn find(
    berth: &Berth,
    kubectl: &Kubectl,
    name: &str,
    live: &[Value],
    wanted: &[PlanObject],
) -> Result<Vec<Unwanted>, KubectlError> {
    let Some(id) = said_by_namespace(live, "request-id") else { return Ok(Vec::new()) };
    let prefix = berth.label_prefix();
    let selector = format!("--selector={prefix}/managed=true,{prefix}/request-id={id}");
    let inside = kubectl.run(&["api-resources", "--namespaced", "--verbs=list", "--output=name"], "")?;
    let inside = inside.out.lines().collect::<Vec<_>>().join(",");
    let mut places = vec![(inside, Some(name.to_owned()))];
    places.extend(elsewhere(berth));
    let mut found = BTreeSet::new();
    for (resources, namespace) in places.iter().filter(|(resources, _)| !resources.is_empty()) {
        let place = namespace.as_ref().map(|namespace| format!("--namespace={namespace}"));
        let mut arguments = vec!["get", resources, &selector, "--output=json"];
        arguments.extend(place.as_deref());
        // The user may see some kinds and not others, and the cluster may not know one: the rest is listed all the same.
        let ran = kubectl.run(&arguments, "")?;
        let list: Value = serde_json::from_str(&ran.out).unwrap_or_default();
        let items = list.get("items").and_then(Value::as_array).into_iter().flatten();
        found.extend(items.filter(|object| !is_wanted(object, wanted)).map(unwanted));
    }
    Ok(found.into_iter().collect())
}

/// The kinds that blueprints make outside of their namespace, and where.
fn elsewhere(berth: &Berth) -> BTreeSet<(String, Option<String>)> {
    let mut places = BTreeSet::new();
    for request in &berth.examples() {
        let Ok(plan) = berth.plan(request, &Context::UNKNOWN, &PlanOptions::default()) else { continue };
        let name = Some(plan.name);
        let objects = plan.steps.into_iter().flat_map(|step| step.objects);
        let outside = objects.filter(|object| object.namespace != name && object.kind != "Namespace");
        places.extend(outside.map(|object| {
            let kind = object.kind.to_lowercase();
            let group = group(&object.api_version);
            (if group.is_empty() { kind } else { format!("{kind}.{group}") }, object.namespace)
        }));
    }
    places
}

/// Is it one that the request makes, or that a controller made of one?
fn is_wanted(object: &Value, wanted: &[PlanObject]) -> bool {
    let namespace = object.pointer("/metadata/namespace").and_then(Value::as_str);
    object.pointer("/metadata/ownerReferences").is_some()
        || wanted.iter().any(|one| {
            one.kind == kind_of(object)
                && one.name == name_of(object)
                && one.namespace.as_deref() == namespace
                && group(&one.api_version) == group(api_version_of(object))
        })
}

fn unwanted(object: &Value) -> Unwanted {
    Unwanted {
        kind: kind_of(object).to_owned(),
        name: name_of(object).to_owned(),
        namespace: object.pointer("/metadata/namespace").and_then(Value::as_str).map(str::to_owned),
        api_version: api_version_of(object).to_owned(),
    }
}

fn api_version_of(object: &Value) -> &str {
    object.get("apiVersion").and_then(Value::as_str).unwrap_or_default()
}

fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}
