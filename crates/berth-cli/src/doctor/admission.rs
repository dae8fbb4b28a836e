//! The admission policies: are they there, in force everywhere, and those of the documents?

use berth_core::Berth;
use serde_json::Value;

use super::cluster::{hidden, items, text};
use super::difference::differs;
use super::finding::{Code, Finding};
use super::report::Checked;
use crate::kubectl::Kubectl;

const API: &str = "/apis/admissionregistration.k8s.io/v1";
/// Makes them.
const EXPORT: &str = "berth policy export --format admission | kubectl apply --server-side --filename -";
const OPEN: &str =
    "what they forbid can be done: an account of Workflows may write its kinds in any namespace";
const WRONG: &str = "what the documents allow may be refused, and what they forbid be let through";

/// Compares what is in force with the documents.
pub(super) fn examine(berth: &Berth, kubectl: &Kubectl) -> Checked {
    let wanted = match berth.export_admission() {
        Ok(wanted) => wanted,
        Err(error) => return Checked::Skipped(format!("the documents give no policies: {error}")),
    };
    let standing = standing(kubectl, "validatingadmissionpolicies")
        .and_then(|policies| Ok((policies, standing(kubectl, "validatingadmissionpolicybindings")?)));
    let (policies, bindings) = match standing {
        Ok(standing) => standing,
        Err(finding) => return finding.into(),
    };
    let of_kind = |kind: &'static str| wanted.iter().filter(move |object| text(object, "/kind") == kind);
    let (mut missing, mut unbound, mut outdated) = (Vec::new(), Vec::new(), Vec::new());
    for policy in of_kind("ValidatingAdmissionPolicy") {
        match named(&policies, name_of(policy)) {
            None => missing.push(name_of(policy)),
            Some(found) => {
                let place = differs(spec_of(policy), &without_defaults(spec_of(found)), "");
                outdated.extend(place.map(|place| format!("`{}` (`spec{place}`)", name_of(policy))));
            }
        }
    }
    for binding in of_kind("ValidatingAdmissionPolicyBinding") {
        let is_loose = match named(&bindings, name_of(binding)) {
            Some(found) => !binds(binding, found),
            // It is made with its policy.
            None => !missing.contains(&name_of(binding)),
        };
        if is_loose {
            unbound.push(name_of(binding));
        }
    }
    let count = of_kind("ValidatingAdmissionPolicy").count();
    Checked::unless(
        findings(&missing, &unbound, &outdated),
        format!("{count} policies are in force and of these documents"),
    )
}

/// One finding for all policies with the same fault.
fn findings(missing: &[&str], unbound: &[&str], outdated: &[String]) -> Vec<Finding> {
    let quoted = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let mut findings = Vec::new();
    if !missing.is_empty() {
        let message = format!("admission policies are not there: {}", quoted(missing));
        findings.push(Code::AdmissionMissing.found(message, OPEN, EXPORT));
    }
    // Applying takes nothing away that others wrote: neither actions of a binding nor conditions of a policy.
    if !unbound.is_empty() {
        let message =
            format!("admission policies have no binding that denies everywhere: {}", quoted(unbound));
        let names = unbound.join(" ");
        let anew =
            format!("kubectl delete validatingadmissionpolicybindings --ignore-not-found {names}; {EXPORT}");
        findings.push(Code::AdmissionUnbound.found(message, OPEN, anew));
    }
    if !outdated.is_empty() {
        let message = format!("admission policies are not what the documents give: {}", outdated.join(", "));
        let over =
            format!("{EXPORT} --force-conflicts; delete a policy first that somebody added conditions to");
        findings.push(Code::AdmissionOutdated.found(message, WRONG, over));
    }
    findings
}

/// What stands of a resource.
fn standing(kubectl: &Kubectl, resource: &str) -> Result<Vec<Value>, Finding> {
    items(kubectl, &format!("{API}/{resource}")).map_err(|error| hidden("the admission policies", &error))
}

/// Does a binding put its policy in force wherever the wanted one does? It may do more than deny.
fn binds(wanted: &Value, found: &Value) -> bool {
    let mut spec = spec_of(found).clone();
    let actions = spec.pointer_mut("/validationActions").and_then(Value::as_array_mut);
    if let Some(actions) = actions {
        actions.retain(|action| action == "Deny");
    }
    differs(spec_of(wanted), &spec, "").is_none()
}

/// Without what the API server writes where nothing was said.
fn without_defaults(spec: &Value) -> Value {
    let mut spec = spec.clone();
    if let Some(constraints) = spec.get_mut("matchConstraints") {
        drop_default(constraints, "matchPolicy", "Equivalent");
        let rules = constraints.get_mut("resourceRules").and_then(Value::as_array_mut);
        rules.into_iter().flatten().for_each(|rule| drop_default(rule, "scope", "*"));
    }
    spec
}

fn drop_default(object: &mut Value, key: &str, default: &str) {
    if let Some(fields) = object.as_object_mut().filter(|fields| fields.get(key) == Some(&default.into())) {
        fields.shift_remove(key);
    }
}

fn named<'v>(list: &'v [Value], name: &str) -> Option<&'v Value> {
    list.iter().find(|object| name_of(object) == name)
}

fn name_of(object: &Value) -> &str {
    text(object, "/metadata/name")
}

fn spec_of(object: &Value) -> &Value {
    object.get("spec").unwrap_or(&Value::Null)
}
