//! Attacks in other places than the namespace that a request is making.

use serde_json::{Value, json};

use super::{Attack, Scene};

impl Scene<'_> {
    /// A `NetworkPolicy` that the blueprint makes, for a place and a request.
    fn policy(&self, namespace: &str, id: &str) -> Value {
        json!({
            "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
            "metadata": { "name": "default-deny-all", "namespace": namespace, "labels": { self.label("managed"): "true", self.label("request-id"): id } },
            "spec": { "podSelector": {}, "policyTypes": ["Ingress", "Egress"] },
        })
    }

    fn schedule(&self, name: &str, labels: &[(&str, &str)]) -> Value {
        let labels: serde_json::Map<String, Value> =
            labels.iter().map(|(key, value)| (self.label(key), (*value).into())).collect();
        json!({
            "apiVersion": "velero.io/v1", "kind": "Schedule",
            "metadata": { "name": name, "namespace": format!("velero-{}", self.site.id), "labels": labels },
            "spec": { "schedule": "0 2 * * *", "template": { "includedNamespaces": ["*"] } },
        })
    }

    pub(super) fn on_other_places(&self) -> Vec<Attack> {
        let Self { ready, making, foreign, .. } = self;
        let velero = format!("--namespace=velero-{}", self.site.id);
        let only_here = "a request writes only in the namespace that it is making";
        let changed = "a change writes only in namespaces that Berth made";
        let in_ready = format!("--namespace={ready}");
        vec![
            self.attack(
                "makes itself a token",
                "create",
                &["create", "token", "payments-deployer", &in_ready],
                &Value::Null,
                "the provisioner writes whole objects",
            ),
            self.apply("writes in a ready namespace", "create", &self.policy(ready, ready), only_here),
            self.apply("writes in kube-system", "create", &self.policy("kube-system", "r9"), only_here),
            self.apply("writes in a foreign namespace", "create", &self.policy(foreign, "r9"), only_here),
            self.apply(
                "writes what no rollback finds",
                "create",
                &self.policy(making, "r9"),
                "what a request writes carries its",
            ),
            self.apply(
                "writes elsewhere what no rollback finds",
                "create",
                &self.schedule("evil", &[("request-id", "r9")]),
                "what a request writes elsewhere carries its",
            ),
            self.apply(
                "takes another's backup",
                "create",
                &self.schedule(&format!("berth-{ready}"), &[("request-id", ready), ("provisioning", ready)]),
                "this object is ready, or not Berth's",
            ),
            self.delete(
                "deletes another's backup",
                "create",
                &["schedule.velero.io", "foreign", &velero],
                "this object is ready, or not Berth's",
            ),
            self.apply("writes in kube-system", "change", &self.policy("kube-system", "r9"), changed),
            self.apply("writes in a foreign namespace", "change", &self.policy(foreign, ""), changed),
            self.apply("writes where a request is at work", "change", &self.policy(making, making), changed),
            self.apply(
                "writes for another request",
                "change",
                &self.policy(ready, "r9"),
                "what a change writes carries the namespace's",
            ),
            self.delete(
                "deletes what the team made",
                "change",
                &["networkpolicy", "of-the-team", &in_ready],
                "a change touches only what Berth made",
            ),
            self.apply(
                "writes elsewhere for nobody",
                "change",
                &self.schedule("evil", &[]),
                "what a change writes elsewhere carries its",
            ),
            self.delete(
                "deletes a foreign backup",
                "change",
                &["schedule.velero.io", "foreign", &velero],
                "a change touches elsewhere only what Berth made",
            ),
            self.delete(
                "deletes quotas",
                "delete",
                &["resourcequota", "compute-quota", &in_ready],
                "giving back deletes, besides the namespace,",
            ),
            self.delete(
                "deletes a foreign backup",
                "delete",
                &["schedule.velero.io", "foreign", &velero],
                "giving back deletes, besides the namespace,",
            ),
            self.apply(
                "writes a backup",
                "delete",
                &self.schedule("evil", &[("request-id", "r9")]),
                "giving back deletes, besides the namespace,",
            ),
        ]
    }
}
