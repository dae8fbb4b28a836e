//! Two values, compared field by field: as they were rendered, or what stands in a cluster with what was rendered.
//!
//! A cluster adds defaults and status, writes amounts in its own way and leaves empty values out. So [`drifted`] looks
//! only at what was rendered, in lists by the keys by which Kubernetes merges them. Which objects belong together is
//! left to the caller.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::kubernetes::amount;

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldChange {
    /// JSON pointer into the object, such as `/spec/hard/requests.cpu`.
    pub path: String,
    /// What stands; left out where nothing does, and for the content of a Secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Value>,
    /// What is wanted; left out where nothing is, and for the content of a Secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Value>,
}

/// What differs between two objects that were rendered.
pub(crate) fn fields(from: &Value, to: &Value) -> Vec<FieldChange> {
    walk(from, to, false)
}

/// What differs in an object that stands from what was rendered.
pub(crate) fn drifted(stands: &Value, wanted: &Value) -> Vec<FieldChange> {
    walk(stands, wanted, true)
}

fn walk(from: &Value, to: &Value, live: bool) -> Vec<FieldChange> {
    let kind = to.get("kind").and_then(Value::as_str).unwrap_or_default();
    let mut walk = Walk { live, kind, path: String::new(), found: Vec::new() };
    walk.values("", from, to);
    if kind == "Secret" {
        for field in walk.found.iter_mut().filter(|field| !field.path.starts_with("/metadata/")) {
            (field.from, field.to) = (None, None);
        }
    }
    walk.found
}

struct Walk<'k> {
    live: bool,
    /// Of the object.
    kind: &'k str,
    path: String,
    found: Vec<FieldChange>,
}

impl Walk<'_> {
    /// Compares what stands under a key.
    fn values(&mut self, key: &str, from: &Value, to: &Value) {
        match (from, to) {
            (Value::Object(from), Value::Object(to)) => self.maps(key, from, to),
            (Value::Array(from), Value::Array(to)) => self.lists(key, from, to),
            _ if from == to => {}
            _ => self.differ(Some(from), Some(to)),
        }
    }

    fn maps(&mut self, parent: &str, from: &Map<String, Value>, to: &Map<String, Value>) {
        let amounts = AMOUNTS.contains(&parent);
        for (key, wanted) in to {
            if self.live && self.is_not_read_back(key) {
                continue;
            }
            self.inside(key, |walk| match from.get(key).filter(|value| !value.is_null()) {
                Some(stands) if amounts && is_same_amount(stands, wanted) => {}
                Some(stands) => walk.values(key, stands, wanted),
                None if walk.live && is_empty(wanted) => {}
                None => walk.differ(None, Some(wanted)),
            });
        }
        if !self.live {
            for (key, stands) in from.iter().filter(|(key, _)| !to.contains_key(*key)) {
                self.inside(key, |walk| walk.differ(Some(stands), None));
            }
        }
    }

    fn lists(&mut self, key: &str, from: &[Value], to: &[Value]) {
        let keyed = if self.live { self.merge_key(key) } else { None };
        if let Some(by) = keyed {
            for (index, wanted) in to.iter().enumerate() {
                let same = |stands: &&Value| match by {
                    "" => *stands == wanted,
                    by => stands.get(by).is_some() && stands.get(by) == wanted.get(by),
                };
                self.inside(&index.to_string(), |walk| match from.iter().find(same) {
                    Some(stands) => walk.values("", stands, wanted),
                    None => walk.differ(None, Some(wanted)),
                });
            }
        } else if from.len() == to.len() {
            for (index, (stands, wanted)) in from.iter().zip(to).enumerate() {
                self.inside(&index.to_string(), |walk| walk.values("", stands, wanted));
            }
        } else {
            self.differ(Some(&Value::from(from)), Some(&Value::from(to)));
        }
    }

    fn differ(&mut self, from: Option<&Value>, to: Option<&Value>) {
        let path = self.path.clone();
        self.found.push(FieldChange { path, from: from.cloned(), to: to.cloned() });
    }

    fn inside(&mut self, key: &str, work: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push_str(&crate::text::pointer(key));
        work(self);
        self.path.truncate(length);
    }

    /// The API version may be another of the same group; what is written as text into a Secret comes back encoded.
    fn is_not_read_back(&self, key: &str) -> bool {
        match self.path.as_str() {
            "" => key == "apiVersion" || (key == "stringData" && self.kind == "Secret"),
            _ => false,
        }
    }

    /// The key by which Kubernetes merges the items of a list, nothing for a set of plain values; `None` for a list that
    /// is replaced as a whole.
    fn merge_key(&self, list: &str) -> Option<&'static str> {
        match list {
            "containers"
            | "initContainers"
            | "ephemeralContainers"
            | "volumes"
            | "env"
            | "imagePullSecrets"
            | "secrets" => Some("name"),
            "volumeMounts" => Some("mountPath"),
            "volumeDevices" => Some("devicePath"),
            "hostAliases" => Some("ip"),
            "conditions" => Some("type"),
            "ownerReferences" => Some("uid"),
            "topologySpreadConstraints" => Some("topologyKey"),
            "ports" if self.kind == "Service" => Some("port"),
            "ports" if self.path.contains("ontainers/") => Some("containerPort"),
            "finalizers" => Some(""),
            _ => None,
        }
    }
}

/// Maps whose values are quantities.
const AMOUNTS: [&str; 9] = [
    "hard",
    "limits",
    "requests",
    "default",
    "defaultRequest",
    "max",
    "min",
    "maxLimitRequestRatio",
    "capacity",
];

fn is_same_amount(one: &Value, other: &Value) -> bool {
    let read = |value: &Value| match value {
        Value::String(text) => amount(text),
        Value::Number(number) => amount(&number.as_i64()?.to_string()),
        _ => None,
    };
    read(one).is_some_and(|amount| read(other) == Some(amount))
}

/// What the API server leaves out.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(number) => number.as_i64() == Some(0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.values().all(is_empty),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paths(fields: &[FieldChange]) -> Vec<&str> {
        fields.iter().map(|field| field.path.as_str()).collect()
    }

    #[test]
    fn a_larger_quota_is_one_field() {
        let quota = |cpu: &str, extra: &str| json!({ "kind": "ResourceQuota", "spec": { "hard": { "requests.cpu": cpu, extra: "1" } } });
        let (small, medium) = (quota("2000m", "pods"), quota("4", "pods"));
        let changed = fields(&small, &medium);
        let cpu = FieldChange {
            path: "/spec/hard/requests.cpu".to_owned(),
            from: Some("2000m".into()),
            to: Some("4".into()),
        };
        assert_eq!(changed, [cpu]);
        assert_eq!(fields(&small, &quota("2", "pods")), [], "the same amount");
        let swapped = fields(&small, &quota("2", "secrets"));
        assert_eq!(paths(&swapped), ["/spec/hard/secrets", "/spec/hard/pods"]);
        assert_eq!((swapped[0].from.as_ref(), swapped[1].to.as_ref()), (None, None));
    }

    #[test]
    fn what_the_cluster_adds_is_no_drift() {
        let wanted = json!({
            "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
            "metadata": { "name": "allow-dns", "labels": { "platform.io/managed": "true" } },
            "spec": { "podSelector": {}, "policyTypes": ["Egress"],
                      "egress": [{ "to": [{ "ipBlock": { "cidr": "10.0.0.0/8", "except": [] } }], "ports": [{ "port": 53 }] }] },
        });
        let stands = json!({
            "apiVersion": "networking.k8s.io/v1beta1", "kind": "NetworkPolicy",
            "metadata": { "name": "allow-dns", "uid": "1", "labels": { "platform.io/managed": "true", "own": "x" } },
            "spec": { "podSelector": {}, "policyTypes": ["Egress"],
                      "egress": [{ "to": [{ "ipBlock": { "cidr": "10.0.0.0/8" } }], "ports": [{ "port": 53, "protocol": "TCP" }] }] },
            "status": {},
        });
        assert_eq!(drifted(&stands, &wanted), []);
        let mut opened = stands.clone();
        opened["spec"]["egress"][0]["to"] = json!([]);
        opened["metadata"]["labels"] = json!({});
        assert_eq!(
            paths(&drifted(&opened, &wanted)),
            ["/metadata/labels/platform.io~1managed", "/spec/egress/0/to"]
        );
    }

    #[test]
    fn lists_are_compared_as_kubernetes_merges_them() {
        let wanted =
            json!({ "kind": "Deployment", "spec": { "containers": [{ "name": "web", "image": "web:1" }] } });
        let injected = json!({ "kind": "Deployment", "spec": { "containers": [
            { "name": "istio-proxy", "image": "proxy:1" }, { "name": "web", "image": "web:1", "imagePullPolicy": "Always" },
        ] } });
        assert_eq!(drifted(&injected, &wanted), [], "a sidecar beside it");
        let gone = json!({ "kind": "Deployment", "spec": { "containers": [{ "name": "istio-proxy" }] } });
        assert_eq!(paths(&drifted(&gone, &wanted)), ["/spec/containers/0"]);
    }

    #[test]
    fn a_secret_keeps_its_content_to_itself() {
        let secret = |value: &str| json!({ "kind": "Secret", "data": { "password": value } });
        let changed = drifted(&secret("b25l"), &secret("dHdv"));
        assert_eq!(changed, [FieldChange { path: "/data/password".to_owned(), from: None, to: None }]);
        let written = json!({ "kind": "Secret", "stringData": { "password": "two" } });
        assert_eq!(drifted(&secret("dHdv"), &written), []);
    }
}
