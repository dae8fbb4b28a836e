//! The same on a real cluster, through the real `kubectl`. See `tests/cluster/README.md` for how it is found.

#![expect(clippy::unwrap_used, reason = "a test that fails here fails as it should")]

mod support;

use std::path::PathBuf;
use std::process::Command;

use berth_sandbox::SandboxConfig;
use serde_json::Value;
use support::{Harness, config, fixture_with, phases, step, with_faults};

/// A namespace of the real cluster for one test; it goes with the test.
struct Namespace {
    kubeconfig: PathBuf,
    name: String,
}

impl Namespace {
    /// `None`, said on stderr, when there is no cluster to test with.
    fn of(test: &str) -> Option<Self> {
        let Some(kubeconfig) = std::env::var_os("BERTH_TEST_KUBECONFIG") else {
            eprintln!("not run: BERTH_TEST_KUBECONFIG is not set");
            return None;
        };
        let name = format!("berth-sandbox-{test}-{}", std::process::id());
        Some(Self { kubeconfig: kubeconfig.into(), name })
    }

    fn config(&self, base: SandboxConfig) -> SandboxConfig {
        SandboxConfig { kubeconfig: Some(self.kubeconfig.clone()), ..base }
    }

    /// A fixture for this namespace, whose request has the namespace's name as its id.
    fn fixture(&self, name: &str) -> Value {
        self.fixture_with(name, &[])
    }

    fn fixture_with(&self, name: &str, words: &[(&str, &str)]) -> Value {
        let own = [("payments-checkout", self.name.as_str()), ("request-1", self.name.as_str())];
        fixture_with(name, &[&own, words].concat())
    }

    fn kubectl(&self, arguments: &[&str]) -> String {
        let output =
            Command::new("kubectl").args(arguments).env("KUBECONFIG", &self.kubeconfig).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn uid(&self) -> String {
        self.kubectl(&[
            "get",
            "namespace",
            &self.name,
            "--ignore-not-found",
            "--output=jsonpath={.metadata.uid}",
        ])
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        self.kubectl(&["delete", "namespace", &self.name, "--ignore-not-found", "--wait=false"]);
    }
}

#[test]
fn a_request_becomes_a_real_namespace() {
    let Some(namespace) = Namespace::of("ready") else { return };
    let sandbox = Harness::start(namespace.config(config()));
    assert_eq!(
        sandbox.get_with("/api/v1/version", &[]).status,
        401,
        "with a real cluster callers need the token"
    );
    assert_eq!(sandbox.get_with("/api/v1/version", &[("Authorization", "Bearer 0")]).status, 401);
    assert_eq!(sandbox.get("/sandbox/objects").status, 501);
    let done = sandbox.run(&namespace.fixture("create"));
    assert_eq!(done.pointer("/status/phase").unwrap(), "Succeeded", "{done:#}");
    let labels =
        namespace.kubectl(&["get", "namespace", &namespace.name, "--output=jsonpath={.metadata.labels}"]);
    assert!(labels.contains("platform.io/request-id") && !labels.contains("provisioning"), "{labels}");
    let changed = sandbox.run(&namespace.fixture("change"));
    assert_eq!(changed.pointer("/status/phase").unwrap(), "Succeeded", "{changed:#}");
    let place = format!("--namespace={}", namespace.name);
    assert_eq!(namespace.kubectl(&["get", "networkpolicies", &place, "--output=name"]), "");
    let deleted = sandbox.run(&namespace.fixture("delete"));
    assert_eq!(deleted.pointer("/status/phase").unwrap(), "Succeeded", "{deleted:#}");
    assert_eq!(namespace.uid(), "");
}

#[test]
fn a_real_namespace_is_rolled_back() {
    let Some(namespace) = Namespace::of("rollback") else { return };
    let sandbox = Harness::start(namespace.config(with_faults(&["verify:2"])));
    let done = sandbox.run(&namespace.fixture("create"));
    assert_eq!(done.pointer("/status/phase").unwrap(), "Failed");
    assert_eq!(step(&done, "quotas").get("phase").unwrap(), "Succeeded", "it stood before");
    assert_eq!(namespace.uid(), "");
}

#[test]
fn a_real_foreign_namespace_stays_untouched() {
    let Some(namespace) = Namespace::of("foreign") else { return };
    namespace.kubectl(&["create", "namespace", &namespace.name]);
    let uid = namespace.uid();
    let sandbox = Harness::start(namespace.config(config()));
    let done = sandbox.run(&namespace.fixture("create"));
    assert_eq!(step(&done, "guard").get("phase").unwrap(), "Failed");
    assert_eq!(namespace.uid(), uid);
}

/// What the cluster in memory prints and decides is what the real `kubectl` does.
#[test]
fn both_clusters_print_the_same() {
    let Some(namespace) = Namespace::of("same") else { return };
    let create = namespace.fixture("create");
    let again = fixture_again(&create, "berth-again");
    let unknown = [("networkpolicies.networking.k8s.io", "nothings.example.org")];
    let unknown = namespace.fixture_with("change", &unknown);
    let story = [
        create,
        again,
        namespace.fixture("change"),
        fixture_again(&unknown, "berth-unknown"),
        namespace.fixture("delete"),
    ];
    let told = [config(), namespace.config(config())].map(|config| {
        let sandbox = Harness::start(config);
        let tell = |workflow: &Value| {
            let done = sandbox.run(workflow);
            let name = done.pointer("/metadata/name").and_then(Value::as_str).unwrap();
            let steps = phases(&done);
            let logs: Vec<_> =
                steps.iter().map(|(step, _)| (step.clone(), said(sandbox.log(name, step)))).collect();
            (steps, logs)
        };
        story.iter().map(tell).collect::<Vec<_>>()
    });
    for (in_memory, real) in told[0].iter().zip(&told[1]) {
        assert_eq!(in_memory, real);
    }
}

/// What a step printed, without what `kubectl`'s client library notes: a timeout may cut a watch once and not again.
fn said(mut lines: Vec<String>) -> Vec<String> {
    lines.retain(|line| !berth_sandbox::kubectl::is_note(line));
    lines
}

/// The same Workflow under another name.
fn fixture_again(workflow: &Value, name: &str) -> Value {
    let mut workflow = workflow.clone();
    support::set(&mut workflow, "/metadata/name", name.into());
    workflow
}
