//! `cargo xtask deploy`: what a cluster needs of the default documents, in `deploy/provisioning/generated/`. What is
//! written by hand stands beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use berth_core::Berth;
use berth_core::emit::to_yaml_documents;
use serde_json::{Value, json};

use crate::generated::{Mode, settle};

/// What each file begins with.
const HEAD: &str =
    "# Written by `cargo xtask deploy` from platform.yaml and blueprints/; changes here are lost.\n";

/// The account that reads what stands, and where it lives (deploy/backend).
const INVENTORY: &str = "berth-inventory";
/// What it never reads: they may hold what nobody else should see.
const NEVER_READ: [&str; 2] = ["secrets", "configmaps"];

/// Writes `templates.yaml`, the `WorkflowTemplate`s that Workflows by reference name, `rbac.yaml`, the roles of the
/// accounts of Workflows, `inventory.yaml`, the same kinds to read, and `admission.yaml`, the policies that hold these
/// accounts to the documents.
///
/// # Errors
/// When the embedded documents are not valid, or see [`settle`].
pub(crate) fn run(root: &Path, mode: Mode) -> Result<(), String> {
    let berth = Berth::embedded().map_err(|errors| errors.to_string())?;
    let templates: Result<Vec<Value>, _> =
        berth.workflow_templates().iter().map(serde_json::to_value).collect();
    let templates = templates.map_err(|error| error.to_string())?;
    let rbac = berth.export_rbac().map_err(|error| error.to_string())?;
    let inventory = inventory(&berth, &rbac);
    let admission = berth.export_admission().map_err(|error| error.to_string())?;
    let files = [
        ("admission.yaml", admission),
        ("inventory.yaml", inventory),
        ("rbac.yaml", rbac),
        ("templates.yaml", templates),
    ];
    let files =
        files.map(|(name, objects)| (name.to_owned(), HEAD.to_owned() + &to_yaml_documents(&objects)));
    settle(root, "deploy/provisioning/generated", &BTreeMap::from(files), mode, "deploy")
}

/// A role that reads every kind that Workflows write, and its binding.
fn inventory(berth: &Berth, rbac: &[Value]) -> Vec<Value> {
    let settings = berth.workflow_settings();
    let writers = &settings.service_accounts;
    let writers = [&writers.create, &writers.change, &writers.delete].map(String::as_str);
    let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for rule in rbac.iter().filter(|role| is_role_of(role, &writers)).flat_map(|role| texts_of(role, "rules"))
    {
        // A right on some names, such as `bind`, is not about what stands.
        if rule.get("resourceNames").is_some() {
            continue;
        }
        for group in strings(rule, "apiGroups") {
            let resources = strings(rule, "resources").filter(|resource| !NEVER_READ.contains(resource));
            kinds.entry(group).or_default().extend(resources);
        }
    }
    let rules: Vec<Value> = kinds
        .iter()
        .filter(|(_, resources)| !resources.is_empty())
        .map(|(group, resources)| json!({ "apiGroups": [group], "resources": resources, "verbs": ["get", "list"] }))
        .collect();
    let metadata = json!({ "name": INVENTORY, "labels": { "app.kubernetes.io/part-of": "berth" } });
    vec![
        json!({ "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": metadata, "rules": rules }),
        json!({
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "ClusterRoleBinding",
            "metadata": metadata,
            "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": INVENTORY },
            "subjects": [{ "kind": "ServiceAccount", "name": INVENTORY, "namespace": settings.namespace }],
        }),
    ]
}

fn is_role_of(role: &Value, accounts: &[&str]) -> bool {
    let name = role.pointer("/metadata/name").and_then(Value::as_str);
    name.is_some_and(|name| accounts.contains(&name))
}

fn texts_of<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn strings<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v str> {
    texts_of(value, key).iter().filter_map(Value::as_str)
}
