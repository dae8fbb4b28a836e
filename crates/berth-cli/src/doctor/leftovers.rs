//! What Berth wrote for other documents, and what today's no longer give: of a blueprint that is gone, of a step that
//! has left its place.

use std::collections::BTreeMap;

use berth_core::Berth;
use rayon::prelude::*;
use serde_json::Value;

use super::cluster::{hidden, items, text};
use super::finding::{Code, Finding};
use super::report::Checked;
use crate::kubectl::{Kubectl, KubectlError};

/// Where exported objects stand, and what kubectl calls them. Bindings stand before roles: that is the order in which
/// they should go.
const PLACES: [(&str, &str); 6] = [
    ("/apis/rbac.authorization.k8s.io/v1", "clusterrolebindings"),
    ("/apis/rbac.authorization.k8s.io/v1", "clusterroles"),
    ("/apis/rbac.authorization.k8s.io/v1", "rolebindings"),
    ("/apis/rbac.authorization.k8s.io/v1", "roles"),
    ("/apis/admissionregistration.k8s.io/v1", "validatingadmissionpolicybindings"),
    ("/apis/admissionregistration.k8s.io/v1", "validatingadmissionpolicies"),
];
const TEMPLATES: &str = "workflowtemplates";

/// Resource, namespace and name; the namespace is empty where there is none.
type Key = (String, String, String);

/// Compares what carries Berth's marks with what the documents give.
pub(super) fn examine(berth: &Berth, kubectl: &Kubectl) -> Checked {
    let exported = match (berth.export_rbac(), berth.export_admission()) {
        (Ok(rbac), Ok(admission)) => [rbac, admission].concat(),
        (Err(error), _) | (_, Err(error)) => {
            return Checked::Skipped(format!("the documents can't be exported: {error}"));
        }
    };
    let mut wanted: Vec<Key> = exported.iter().map(|object| key(&resource(object), object)).collect();
    let templates = berth.workflow_templates().into_iter();
    let own = &berth.workflow_settings().namespace;
    wanted.extend(templates.map(|template| (TEMPLATES.to_owned(), own.clone(), template.metadata.name)));
    match standing(berth, kubectl) {
        Ok(standing) => {
            let left = standing.into_iter().filter(|key| !wanted.contains(key)).collect();
            Checked::unless(findings(left), "everything that carries Berth's marks is of these documents")
        }
        Err(error) => hidden("what older documents left", &error).into(),
    }
}

/// Everything that says that it was exported, or rendered as a template, under this prefix.
fn standing(berth: &Berth, kubectl: &Kubectl) -> Result<Vec<Key>, KubectlError> {
    let prefix = berth.label_prefix();
    let digest = format!("{prefix}/policy-digest");
    let mut lists: Vec<(&str, String)> = PLACES
        .iter()
        .map(|(api, resource)| {
            (*resource, format!("{api}/{resource}?labelSelector=app.kubernetes.io/part-of=berth"))
        })
        .collect();
    let templates = format!("/apis/argoproj.io/v1alpha1/namespaces/{}", berth.workflow_settings().namespace);
    lists.push((TEMPLATES, format!("{templates}/{TEMPLATES}?labelSelector={prefix}/managed=true")));
    let found: Result<Vec<Vec<Key>>, KubectlError> = lists
        .par_iter()
        .map(|(resource, path)| {
            let mut objects = items(kubectl, path)?;
            // Others may call their own objects a part of Berth.
            let is_exported = |object: &Value| {
                object.pointer("/metadata/annotations").is_some_and(|notes| notes.get(&digest).is_some())
            };
            objects.retain(|object| *resource == TEMPLATES || is_exported(object));
            Ok(objects.iter().map(|object| key(resource, object)).collect())
        })
        .collect();
    Ok(found?.concat())
}

/// One finding for each resource and namespace: that is one command.
fn findings(left: Vec<Key>) -> Vec<Finding> {
    let mut by_place: BTreeMap<(usize, String, String), Vec<String>> = BTreeMap::new();
    for (resource, namespace, name) in left {
        let order = PLACES.iter().position(|(_, place)| *place == resource).unwrap_or(PLACES.len());
        by_place.entry((order, resource, namespace)).or_default().push(name);
    }
    let finding = |((_, resource, namespace), names): ((usize, String, String), Vec<String>)| {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let (place, option) = if namespace.is_empty() {
            (String::new(), String::new())
        } else {
            (format!(" in `{namespace}`"), format!(" --namespace {namespace}"))
        };
        let consequence = match resource.as_str() {
            TEMPLATES => "no Workflow names them any more, but one that runs may still need its own",
            "validatingadmissionpolicies" | "validatingadmissionpolicybindings" => {
                "they judge what these documents say nothing about"
            }
            _ => "an account may do what no blueprint needs any more",
        };
        Code::Leftover.found(
            format!("{resource}{place} are of no document any more: {}", quoted.join(", ")),
            consequence,
            format!("kubectl delete {resource}{option} {}", names.join(" ")),
        )
    };
    by_place.into_iter().map(finding).collect()
}

fn key(resource: &str, object: &Value) -> Key {
    let part = |pointer| text(object, pointer).to_owned();
    (resource.to_owned(), part("/metadata/namespace"), part("/metadata/name"))
}

/// What the API server calls the kind of an exported object.
fn resource(object: &Value) -> String {
    let kind = text(object, "/kind").to_lowercase();
    match kind.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{kind}s"),
    }
}
