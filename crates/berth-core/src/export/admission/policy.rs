//! A policy in the making: what it is about, and what must hold.

use serde_json::{Map, Value, json};

use crate::berth::Berth;

/// The API of admission policies.
const API: &str = "admissionregistration.k8s.io/v1";

/// See above.
pub(super) struct Policy {
    name: String,
    rules: Value,
    namespace: Option<String>,
    conditions: Vec<Value>,
    variables: Vec<Value>,
    validations: Vec<Value>,
    not_exported: Vec<String>,
}

impl Policy {
    /// About these operations on this resource of a group (`*` for any).
    pub(super) fn about(name: &str, group: &str, resources: &[&str], operations: &[&str]) -> Self {
        let rules = json!([{
            "apiGroups": [group], "apiVersions": ["*"], "operations": operations, "resources": resources
        }]);
        Self {
            name: name.to_owned(),
            rules,
            namespace: None,
            conditions: Vec::new(),
            variables: Vec::new(),
            validations: Vec::new(),
            not_exported: Vec::new(),
        }
    }

    /// Only in this namespace.
    pub(super) fn in_namespace(&mut self, namespace: &str) {
        self.namespace = Some(namespace.to_owned());
    }

    /// Only where this holds.
    pub(super) fn only(&mut self, name: &str, expression: impl Into<String>) {
        self.conditions.push(json!({ "name": name, "expression": expression.into() }));
    }

    /// Names an expression; those after it read it as `variables.<name>`.
    pub(super) fn set(&mut self, name: &str, expression: impl Into<String>) {
        self.variables.push(json!({ "name": name, "expression": expression.into() }));
    }

    /// Must hold, or the message says why not.
    pub(super) fn must(&mut self, expression: impl Into<String>, message: impl Into<String>) {
        let message = message.into();
        self.validations.push(json!({
            "expression": expression.into(), "message": message.replace('\n', " "), "reason": "Forbidden"
        }));
    }

    /// What the policy can't say, by the code of its violation.
    pub(super) fn leaves_out(&mut self, code: &str) {
        self.not_exported.push(code.to_owned());
    }

    /// The policy and its binding. Where the policy can't be evaluated, the answer is no.
    pub(super) fn into_objects(self, berth: &Berth) -> [Value; 2] {
        let prefix = &berth.platform.document.spec.label_prefix;
        let name = format!("{}.{prefix}", self.name);
        let mut constraints = Map::from_iter([("resourceRules".to_owned(), self.rules)]);
        constraints.extend(self.namespace.map(|namespace| {
            let labels = json!({ "matchLabels": { "kubernetes.io/metadata.name": namespace } });
            ("namespaceSelector".to_owned(), labels)
        }));
        let mut spec = Map::new();
        let mut put = |key: &str, value: Value| spec.insert(key.to_owned(), value);
        put("failurePolicy", "Fail".into());
        put("matchConstraints", constraints.into());
        for (key, list) in [("matchConditions", self.conditions), ("variables", self.variables)] {
            if !list.is_empty() {
                put(key, list.into());
            }
        }
        put("validations", self.validations.into());
        let mut policy =
            berth.exported((API, "ValidatingAdmissionPolicy"), &name, None, json!({ "spec": spec }));
        let annotations = policy.pointer_mut("/metadata/annotations").and_then(Value::as_object_mut);
        if let Some(annotations) = annotations.filter(|_| !self.not_exported.is_empty()) {
            annotations.insert(format!("{prefix}/not-exported"), self.not_exported.join(", ").into());
        }
        let binding = json!({ "spec": { "policyName": name, "validationActions": ["Deny"] } });
        [policy, berth.exported((API, "ValidatingAdmissionPolicyBinding"), &name, None, binding)]
    }
}
