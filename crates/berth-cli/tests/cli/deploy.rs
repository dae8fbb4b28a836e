//! The manifests of `deploy/`: they build, a real API server takes them, and the doctor finds the token's rights in order.

use std::process::Command;

use berth_core::Berth;
use berth_core::input::{Format, parse_all};
use berth_testing::{Cluster, TestNamespace};
use serde_json::{Value, json};

use crate::program::{command, root};

/// Everything that is built by itself.
const BUILT: [&str; 4] = ["argo", "base", "overlays/kind", "overlays/managed"];

/// What `kubectl kustomize` makes of a folder; nothing, said on stderr, without kubectl.
fn built(folder: &str) -> Option<String> {
    let run = Command::new("kubectl").args(["kustomize", folder]).current_dir(root().join("deploy")).output();
    let Ok(output) = run else {
        eprintln!("not run: there is no kubectl");
        return None;
    };
    assert!(output.status.success(), "{folder}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

fn objects(text: &str) -> Vec<Value> {
    parse_all(text, Format::Yaml).unwrap()
}

fn text<'o>(object: &'o Value, pointer: &str) -> &'o str {
    object.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

#[test]
fn every_folder_builds_and_names_no_secret() {
    for folder in BUILT {
        let Some(text_built) = built(folder) else { return };
        let objects = objects(&text_built);
        assert!(objects.len() > 5, "{folder}");
        for object in &objects {
            assert_ne!(text(object, "/kind"), "Secret", "{folder}");
        }
    }
}

#[test]
fn argo_is_bound_to_its_two_namespaces() {
    let Some(text_built) = built("overlays/managed") else { return };
    for object in objects(&text_built) {
        let subjects = object.get("subjects").and_then(Value::as_array);
        let is_argo = subjects.into_iter().flatten().any(|subject| text(subject, "/namespace") == "argo");
        assert!(!is_argo || text(&object, "/kind") == "RoleBinding", "{object:#}");
        if text(&object, "/kind") == "Deployment" {
            let args = object.pointer("/spec/template/spec/containers/0/args").unwrap().to_string();
            assert!(
                args.contains("--namespaced") && args.contains("--managed-namespace=berth-workflows"),
                "{args}"
            );
            let is_server = text(&object, "/metadata/name") == "argo-server";
            assert_eq!(args.contains("--auth-mode=client"), is_server, "{args}");
        }
        if text(&object, "/metadata/name") == "workflow-controller-configmap" {
            assert!(text(&object, "/data/workflowRestrictions").contains("templateReferencing: Secure"));
            assert!(text(&object, "/data/persistence").contains("archive: true"));
        }
    }
}

#[test]
fn only_the_backend_creates_workflows() {
    let Some(text_built) = built("overlays/managed") else { return };
    let objects = objects(&text_built);
    let creators: Vec<&str> = objects
        .iter()
        .filter(|object| {
            let rules = object.get("rules").and_then(Value::as_array);
            rules.into_iter().flatten().any(|rule| {
                let has = |key: &str, value: &str| {
                    rule.get(key).and_then(Value::as_array).is_some_and(|list| list.contains(&json!(value)))
                };
                has("resources", "workflows") && has("verbs", "create")
            })
        })
        .map(|object| text(object, "/metadata/name"))
        .collect();
    assert_eq!(creators, ["argo-controller", "berth-backend"]);
}

#[test]
fn every_installation_has_the_admission_policies_as_they_were_exported() {
    for folder in ["base", "overlays/kind", "overlays/managed"] {
        let Some(text_built) = built(folder) else { return };
        let mut policies = objects(&text_built);
        policies.retain(|object| text(object, "/kind").starts_with("ValidatingAdmissionPolicy"));
        let mut exported = Berth::embedded().unwrap().export_admission().unwrap();
        for list in [&mut policies, &mut exported] {
            list.sort_by_key(|object| {
                (text(object, "/kind").to_owned(), text(object, "/metadata/name").to_owned())
            });
        }
        assert_eq!(policies, exported, "{folder}");
    }
}

/// Both namespaces under names of this run, so that nothing else on the cluster is touched.
struct Installed<'c> {
    argo: TestNamespace<'c>,
    workflows: TestNamespace<'c>,
}

impl<'c> Installed<'c> {
    fn on(cluster: &'c Cluster) -> Option<Self> {
        let text_built = built("overlays/managed")?;
        // The accounts have roles there.
        cluster.make_velero();
        let installed = Self { argo: cluster.namespace("argo"), workflows: cluster.namespace("workflows") };
        let mut list = Vec::new();
        for mut object in objects(&text_built) {
            let is_namespaced =
                object.pointer("/metadata/namespace").is_some() || text(&object, "/kind") == "Namespace";
            if is_namespaced {
                installed.rename(&mut object);
                list.push(object);
            } else {
                // For all of the cluster: looked at, but not made.
                let dry = ["apply", "--server-side", "--dry-run=server", "--validate=strict", "--filename=-"];
                cluster.kubectl(&dry, &object.to_string()).unwrap();
            }
        }
        let list = json!({ "apiVersion": "v1", "kind": "List", "items": list });
        let apply = ["apply", "--server-side", "--validate=strict", "--filename=-"];
        cluster.kubectl(&apply, &list.to_string()).unwrap();
        Some(installed)
    }

    /// The controller's account is called as its namespace, and goes with it.
    fn rename(&self, value: &mut Value) {
        match value {
            Value::String(text) if text == "argo" => text.clone_from(&self.argo.name),
            Value::String(text) if text == "berth-workflows" => text.clone_from(&self.workflows.name),
            Value::Array(list) => list.iter_mut().for_each(|item| self.rename(item)),
            Value::Object(map) => map.values_mut().for_each(|item| self.rename(item)),
            _ => {}
        }
    }
}

#[test]
fn a_real_api_server_takes_it_and_gives_the_token_what_it_needs() {
    let Some(cluster) = Cluster::find() else { return };
    let Some(installed) = Installed::on(&cluster) else { return };
    let namespace = &installed.workflows.name;
    let token = cluster.kubectl(&["create", "token", "berth-backend", "--namespace", namespace], "").unwrap();

    let folder = tempfile::tempdir().unwrap();
    let platform = std::fs::read_to_string(root().join("platform.yaml")).unwrap();
    let path = folder.path().join("platform.yaml");
    std::fs::write(&path, platform.replace("namespace: berth-workflows", &format!("namespace: {namespace}")))
        .unwrap();
    let sandbox = crate::engine::Engine::start(&[], &[]);
    let kubeconfig = std::env::var("BERTH_TEST_KUBECONFIG").unwrap();
    let url = sandbox.url();
    let arguments =
        ["doctor", "--argo", &url, "--kubeconfig", &kubeconfig, "--platform", path.to_str().unwrap()];
    let mut doctor = command(&[&arguments[..], &["--output", "json"]].concat());
    let output = doctor.env("ARGO_TOKEN", &token).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let result = |name: &str| {
        let checks = report["checks"].as_array().unwrap();
        checks.iter().find(|check| check["name"] == name).map(|check| check["result"].clone())
    };
    for name in
        ["cluster", "cluster clock", "accounts", "argo's kinds", "blueprints' kinds", "token's rights"]
    {
        assert_eq!(result(name), Some(json!("fine")), "{name}: {report:#}");
    }
}
