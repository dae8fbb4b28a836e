//! Attacks by what is written: quotas, network policies, bindings, kinds that no blueprint makes.

use serde_json::{Value, json};

use super::{Attack, Scene, everything};

impl Scene<'_> {
    /// Every object of a request under another name, and with other content.
    pub(super) fn on_objects(&self, place: &str) -> Vec<Attack> {
        let mut attacks = Vec::new();
        for network in ["isolated", "team-shared"] {
            for object in self.objects(&everything(place, network), place) {
                let kind = object["kind"].as_str().expect("a kind").to_owned();
                if object["metadata"]["namespace"] != *place {
                    continue;
                }
                let mut renamed = object.clone();
                renamed["metadata"]["name"] = "evil".into();
                attacks.push(self.apply(
                    &format!("another {kind}"),
                    "create",
                    &renamed,
                    &format!("no blueprint makes a {kind} of this name here"),
                ));
                let mut other = object.clone();
                match kind.as_str() {
                    "NetworkPolicy" => {
                        other["spec"]["ingress"] = json!([{}]);
                        other["spec"]["policyTypes"] = json!(["Ingress"]);
                    }
                    "ResourceQuota" => {
                        let hard = other["spec"]["hard"].as_object_mut().expect("figures");
                        let figure = hard.keys().next().expect("a figure").clone();
                        hard.insert(figure, "1000".into());
                    }
                    "RoleBinding" => {
                        let subjects = other["subjects"].as_array_mut().expect("subjects");
                        subjects.push(json!({ "apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "everybody" }));
                    }
                    _ => continue,
                }
                let name = object["metadata"]["name"].as_str().expect("a name");
                let shown = if kind == "RoleBinding" { "of this name" } else { &format!("`{name}`") };
                attacks.push(self.apply(
                    &format!("{name} with other content"),
                    "create",
                    &other,
                    &format!("the {kind} {shown} is not as the blueprint writes it"),
                ));
            }
        }
        attacks
    }

    pub(super) fn on_rights(&self) -> Vec<Attack> {
        let making = &self.making;
        let labels = json!({ self.label("managed"): "true", self.label("request-id"): making });
        let metadata = |name: &str| json!({ "name": name, "namespace": making, "labels": labels });
        let binding = |role: &Value, subject: &Value| {
            json!({
                "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": metadata("payments-developers"),
                "roleRef": role, "subjects": [subject],
            })
        };
        let api = "rbac.authorization.k8s.io";
        let team = json!({ "apiGroup": api, "kind": "ClusterRole", "name": format!("berth-developer-{}", self.site.id) });
        let admin = json!({ "apiGroup": api, "kind": "ClusterRole", "name": "cluster-admin" });
        let itself = json!({ "kind": "ServiceAccount", "name": format!("berth-create-{}", self.site.id), "namespace": self.site.workflows() });
        let group = json!({ "apiGroup": api, "kind": "Group", "name": "payments-developers" });
        let strange = "no blueprint makes objects of this kind";
        let object = |api_version: &str, kind: &str| json!({ "apiVersion": api_version, "kind": kind, "metadata": metadata("evil") });
        let mut of_others = binding(&team, &group);
        of_others["metadata"]["name"] = "evil".into();
        vec![
            self.apply("a Secret", "create", &object("v1", "Secret"), strange),
            self.apply("a ConfigMap", "create", &object("v1", "ConfigMap"), strange),
            self.apply("a Role", "create", &object("rbac.authorization.k8s.io/v1", "Role"), strange),
            self.apply(
                "makes the team cluster admins there",
                "create",
                &binding(&admin, &group),
                "the RoleBinding of this name is not as the blueprint writes it",
            ),
            self.apply(
                "binds itself",
                "create",
                &{
                    let mut binding = of_others.clone();
                    binding["subjects"] = json!([itself]);
                    binding["metadata"]["name"] = "payments-developers".into();
                    binding
                },
                "the provisioner and the groups of `system:` are never subjects",
            ),
            self.apply(
                "binds everybody",
                "create",
                &binding(&team, &json!({ "apiGroup": api, "kind": "Group", "name": "system:authenticated" })),
                "the provisioner and the groups of `system:` are never subjects",
            ),
        ]
    }
}
