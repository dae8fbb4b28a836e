//! Attacks on namespaces themselves: labels, reserved names, deletion.

use serde_json::Value;

use super::{Attack, DRY, Scene};

impl Scene<'_> {
    #[expect(clippy::too_many_lines, reason = "a list of attacks")]
    pub(super) fn on_namespaces(&self) -> Vec<Attack> {
        let Self { ready, making, foreign, .. } = self;
        let only = "only Berth's provisioner sets labels and annotations";
        let tag = |name: &str, key: &str| {
            vec![
                "label".to_owned(),
                "namespace".to_owned(),
                name.to_owned(),
                format!("{}=x", self.label(key)),
                "--overwrite".to_owned(),
                DRY.to_owned(),
            ]
        };
        let tagged = |what: &str, who: &str, name: &str, key: &str, says: &str| {
            let args = tag(name, key);
            self.attack(what, who, &args.iter().map(String::as_str).collect::<Vec<_>>(), &Value::Null, says)
        };
        let labels = "the labels are not those of a blueprint";
        let new = "payments-new";
        vec![
            tagged("takes a foreign namespace for a team", "admin", foreign, "team", only),
            tagged("moves a namespace to another tier", "admin", ready, "resource-tier", only),
            tagged("marks a ready namespace as being made", "admin", ready, "provisioning", only),
            self.apply("makes a namespace that looks like Berth's", "admin", &self.namespace(new, &[]), only),
            self.apply(
                "makes a namespace that a rollback could not find",
                "create",
                &self.namespace(new, &[("provisioning", "")]),
                "a namespace begins with",
            ),
            tagged(
                "re-labels a ready namespace",
                "create",
                ready,
                "team",
                "this namespace is ready, or not Berth's",
            ),
            tagged(
                "re-labels kube-system",
                "create",
                "kube-system",
                "provisioning",
                "this namespace is ready, or not Berth's",
            ),
            tagged(
                "takes the namespace of another request",
                "create",
                making,
                "request-id",
                "this namespace is ready, or not Berth's",
            ),
            self.delete(
                "deletes a ready namespace",
                "create",
                &["namespace", ready],
                "this namespace was ready once",
            ),
            self.delete(
                "deletes a namespace of Kubernetes",
                "create",
                &["namespace", "kube-node-lease"],
                "this namespace was ready once",
            ),
            self.apply(
                "makes a namespace",
                "change",
                &self.namespace(new, &[("provisioning", "")]),
                "a change neither makes nor deletes",
            ),
            self.delete(
                "deletes a namespace",
                "change",
                &["namespace", ready],
                "a change neither makes nor deletes",
            ),
            tagged(
                "writes a namespace that is being made",
                "change",
                making,
                "team",
                "a change writes only namespaces that are ready",
            ),
            tagged(
                "makes a namespace another request's",
                "change",
                ready,
                "request-id",
                "a change writes only namespaces that are ready",
            ),
            tagged("writes", "delete", ready, "team", "deleting writes nothing"),
            self.delete(
                "deletes a foreign namespace",
                "delete",
                &["namespace", foreign],
                "only namespaces that Berth made",
            ),
            self.delete(
                "deletes a namespace that is being made",
                "delete",
                &["namespace", making],
                "only namespaces that Berth made",
            ),
            self.apply(
                "takes a reserved name",
                "create",
                &self.namespace("kube-evil", &[]),
                "this name is reserved",
            ),
            self.apply(
                "takes another reserved name",
                "create",
                &self.namespace("monitoring", &[]),
                "this name is reserved",
            ),
            self.apply(
                "lowers the level of pod security",
                "create",
                &self.namespace(new, &[("pod-security.kubernetes.io/enforce", "privileged")]),
                labels,
            ),
            self.apply(
                "invents a tier",
                "create",
                &self.namespace(new, &[("resource-tier", "huge")]),
                labels,
            ),
            self.apply(
                "adds a label that means something elsewhere",
                "create",
                &self.namespace(new, &[("example.com/trusted", "true")]),
                labels,
            ),
            self.apply(
                "makes a small production namespace",
                "create",
                &self.namespace(
                    new,
                    &[
                        ("environment", "production"),
                        ("resource-tier", "micro"),
                        ("pod-security.kubernetes.io/enforce", "restricted"),
                    ],
                ),
                "production namespaces need at least the small tier (rule.production-needs-capacity)",
            ),
            self.apply(
                "makes an open production namespace",
                "create",
                &self.namespace(
                    new,
                    &[
                        ("environment", "production"),
                        ("network-policy", "open"),
                        ("pod-security.kubernetes.io/enforce", "restricted"),
                    ],
                ),
                "production namespaces can't be open to the whole cluster (rule.production-not-open)",
            ),
        ]
    }
}
