//! The embedded engine for a site: it carries Workflows out on the real API server, each as the account that it names.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::thread;
use std::time::{Duration, Instant};

use berth_sandbox::{Fault, Sandbox, SandboxConfig};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::site::Site;

/// How long a Workflow may take on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(300);

/// See above. What runs ends with it.
pub(crate) struct Engine<'s> {
    site: &'s Site,
    runtime: Runtime,
    /// Steps that fail on purpose, such as `main:3`.
    faults: Vec<Fault>,
    /// By account.
    sandboxes: BTreeMap<String, Sandbox>,
}

/// A Workflow that has ended.
pub(crate) struct Ended {
    pub(crate) phase: String,
    /// What each container printed, by template and container, such as `berth/guard`.
    pub(crate) logs: BTreeMap<String, String>,
}

impl Ended {
    /// What a container printed; nothing when it did not run.
    pub(crate) fn log(&self, container: &str) -> &str {
        self.logs.get(container).map_or("", String::as_str)
    }
}

impl<'s> Engine<'s> {
    pub(crate) fn of(site: &'s Site) -> Self {
        Self {
            site,
            runtime: Runtime::new().expect("a runtime"),
            faults: Vec::new(),
            sandboxes: BTreeMap::new(),
        }
    }

    /// In whatever runs next, a step fails this often.
    pub(crate) fn fail(&mut self, fault: &str) {
        self.faults = vec![fault.parse().expect("a fault")];
        self.end();
    }

    /// Ends what runs.
    fn end(&mut self) {
        for sandbox in std::mem::take(&mut self.sandboxes).into_values() {
            self.runtime.block_on(sandbox.shutdown());
        }
    }

    /// Carries a Workflow out that the API server, too, would take.
    pub(crate) fn run(&mut self, workflow: &Value) -> Ended {
        let create = ["create", "--dry-run=server", "--validate=strict", "--filename=-"];
        let taken = self.site.cluster.kubectl(&create, &workflow.to_string());
        taken.unwrap_or_else(|complaint| panic!("{complaint}"));
        let text =
            |pointer: &str| workflow.pointer(pointer).and_then(Value::as_str).expect("text").to_owned();
        let account = text("/spec/serviceAccountName");
        let base = format!("/api/v1/workflows/{}", text("/metadata/namespace"));
        let path = format!("{base}/{}", text("/metadata/name"));
        self.call(&account, &base, Some(&json!({ "workflow": workflow })));
        let begun = Instant::now();
        loop {
            let seen = json_of(&self.call(&account, &path, None));
            if !seen["status"]["finishedAt"].is_null() {
                let phase = seen["status"]["phase"].as_str().expect("a phase").to_owned();
                let logs = self.logs(&account, &path, &seen);
                return Ended { phase, logs };
            }
            assert!(begun.elapsed() < PATIENCE, "it goes on and on: {seen:#}");
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn logs(&mut self, account: &str, path: &str, workflow: &Value) -> BTreeMap<String, String> {
        let nodes = workflow["status"]["nodes"].as_object().expect("nodes");
        let containers = nodes.values().filter(|node| node["type"] == "Container");
        let mut logs = BTreeMap::new();
        for node in containers {
            let (template, name) = (&node["templateName"], &node["displayName"]);
            let (template, name) = (template.as_str().expect("a name"), name.as_str().expect("a name"));
            let lines = self.call(account, &format!("{path}/log?logOptions.container={name}"), None);
            let lines = lines.lines().map(json_of).filter_map(|line| {
                let pod = line["result"]["podName"].as_str()?;
                let content = line["result"]["content"].as_str()?;
                pod.contains(&format!("-{template}-")).then(|| content.to_owned())
            });
            logs.insert(format!("{template}/{name}"), lines.collect::<Vec<_>>().join("\n"));
        }
        logs
    }

    /// Calls the sandbox of an account.
    fn call(&mut self, account: &str, path: &str, body: Option<&Value>) -> String {
        let sandbox = self.sandboxes.entry(account.to_owned()).or_insert_with(|| {
            let config = SandboxConfig {
                listen: ([127, 0, 0, 1], 0).into(),
                kubeconfig: Some(self.site.kubeconfig_of(account)),
                faults: self.faults.clone(),
                ..SandboxConfig::default()
            };
            self.runtime.block_on(Sandbox::start(config)).expect("a sandbox")
        });
        let url = format!("{}{path}", sandbox.url());
        let token = format!("Bearer {}", sandbox.token().expect("a token"));
        let answer = match body {
            Some(body) => ureq::post(url).header("authorization", token).send_json(body),
            None => ureq::get(url).header("authorization", token).call(),
        };
        let body = answer.unwrap_or_else(|error| panic!("{path}: {error}")).into_body();
        let lines = BufReader::new(body.into_reader()).lines();
        lines.map(|line| line.expect("text") + "\n").collect()
    }
}

impl Drop for Engine<'_> {
    fn drop(&mut self) {
        self.end();
    }
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
