//! What the accounts of Workflows may do in the cluster: all that the blueprints need, and nothing that would lead out
//! of them.

use std::collections::BTreeMap;

use berth_core::Berth;
use serde_json::{Value, json};

use super::cluster::{APPLY, hidden};
use super::finding::{Code, Finding};
use super::report::Checked;
use crate::kubectl::Kubectl;

/// What no Workflow needs, wherever it is allowed: a verb, a group, a resource and a namespace.
const EXCESS: [[&str; 4]; 7] = [
    ["get", "", "secrets", "kube-system"],
    ["create", "", "pods", "kube-system"],
    ["update", "", "nodes", ""],
    ["create", "rbac.authorization.k8s.io", "clusterrolebindings", ""],
    ["escalate", "rbac.authorization.k8s.io", "clusterroles", ""],
    ["impersonate", "", "users", ""],
    ["create", "admissionregistration.k8s.io", "validatingwebhookconfigurations", ""],
];

/// A right of an account, as the API server is asked for it.
#[derive(Debug)]
struct Asked {
    account: String,
    attributes: Value,
    is_needed: bool,
}

/// Asks the API server about each account.
pub(super) fn examine(berth: &Berth, kubectl: &Kubectl) -> Checked {
    let roles = match berth.export_rbac() {
        Ok(roles) => roles,
        Err(error) => return Checked::Skipped(format!("the documents give no roles: {error}")),
    };
    let settings = berth.workflow_settings();
    let accounts = &settings.service_accounts;
    let accounts = [&accounts.create, &accounts.change, &accounts.delete];
    let mut asked = Vec::new();
    for account in accounts {
        let own =
            roles.iter().filter(|role| name_of(role) == account.as_str() && role.get("rules").is_some());
        asked.extend(own.flat_map(|role| needed(account, role)));
        asked.extend(EXCESS.map(|right| excess(account, right)));
    }
    let namespace = &settings.namespace;
    let questions: Vec<Value> = asked.iter().map(|asked| question(asked, namespace)).collect();
    let answers = match kubectl.ask(&questions) {
        Ok(answers) => answers,
        Err(error) => return hidden("the rights of the accounts", &error).into(),
    };
    let mut wrong: BTreeMap<(String, bool), Vec<String>> = BTreeMap::new();
    for (asked, answer) in asked.into_iter().zip(&answers) {
        if asked.is_needed != (answer.pointer("/status/allowed") == Some(&Value::Bool(true))) {
            wrong.entry((asked.account, asked.is_needed)).or_default().push(words(&asked.attributes));
        }
    }
    let findings =
        wrong.into_iter().map(|((account, is_missing), rights)| finding(&account, is_missing, &rights));
    Checked::unless(findings.collect(), "all that the blueprints need, and no more")
}

/// What a role says, right by right.
fn needed(account: &str, role: &Value) -> Vec<Asked> {
    let namespace = role.pointer("/metadata/namespace").and_then(Value::as_str).unwrap_or_default();
    let mut asked = Vec::new();
    for rule in list(role, "rules") {
        let names: Vec<&str> = strings(rule, "resourceNames").collect();
        let names = if names.is_empty() { vec![""] } else { names };
        for group in strings(rule, "apiGroups") {
            for resource in strings(rule, "resources") {
                let (resource, subresource) = resource.split_once('/').unwrap_or((resource, ""));
                for verb in strings(rule, "verbs") {
                    asked.extend(names.iter().map(|name| Asked {
                        account: account.to_owned(),
                        attributes: json!({
                            "verb": verb, "group": group, "resource": resource, "subresource": subresource,
                            "name": name, "namespace": namespace,
                        }),
                        is_needed: true,
                    }));
                }
            }
        }
    }
    asked
}

fn excess(account: &str, [verb, group, resource, namespace]: [&str; 4]) -> Asked {
    Asked {
        account: account.to_owned(),
        attributes: json!({ "verb": verb, "group": group, "resource": resource, "namespace": namespace }),
        is_needed: false,
    }
}

fn question(asked: &Asked, namespace: &str) -> Value {
    let groups =
        ["system:serviceaccounts", &format!("system:serviceaccounts:{namespace}"), "system:authenticated"];
    json!({
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SubjectAccessReview",
        "spec": {
            "user": format!("system:serviceaccount:{namespace}:{}", asked.account),
            "groups": groups,
            "resourceAttributes": asked.attributes,
        },
    })
}

/// How many rights a message names.
const NAMED: usize = 4;

fn finding(account: &str, is_missing: bool, rights: &[String]) -> Finding {
    let first = rights.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let said = match rights.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    };
    if is_missing {
        Code::AccountRightMissing.found(
            format!("the account `{account}` may not {said}"),
            "steps that need it fail, and their requests are rolled back",
            APPLY,
        )
    } else {
        Code::AccountRightExcess.found(
            format!("the account `{account}` may {said}"),
            "a Workflow can do more than the blueprints say",
            "find the binding and take it away: kubectl get rolebindings,clusterrolebindings --all-namespaces --output wide",
        )
    }
}

fn words(attributes: &Value) -> String {
    let text = |key: &str| attributes.get(key).and_then(Value::as_str).unwrap_or_default();
    let place =
        if text("namespace").is_empty() { String::new() } else { format!(" in `{}`", text("namespace")) };
    format!("{} {}{place}", text("verb"), text("resource"))
}

fn name_of(object: &Value) -> &str {
    object.pointer("/metadata/name").and_then(Value::as_str).unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn strings<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v str> {
    list(value, key).iter().filter_map(Value::as_str)
}
