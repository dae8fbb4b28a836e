//! A sandbox for one test, and a plain HTTP client for it.
#![allow(dead_code, reason = "each test uses a part of it")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails here fails as it should"
)]

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use berth_sandbox::{Fault, Sandbox, SandboxConfig};
use serde_json::{Value, json};

/// Where all the fixtures' Workflows stand.
pub(crate) const PLACE: &str = "berth-workflows";
/// The create fixture's name.
pub(crate) const CREATE: &str = "berth-namespace-0123456789abcdef";

pub(crate) struct Harness {
    runtime: tokio::runtime::Runtime,
    sandbox: Option<Sandbox>,
    agent: ureq::Agent,
    pub(crate) url: String,
    token: Option<String>,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

pub(crate) fn config() -> SandboxConfig {
    SandboxConfig { listen: SocketAddr::from(([127, 0, 0, 1], 0)), ..SandboxConfig::default() }
}

pub(crate) fn with_faults(faults: &[&str]) -> SandboxConfig {
    let faults = faults.iter().map(|fault| fault.parse::<Fault>().unwrap()).collect();
    SandboxConfig { faults, ..config() }
}

pub(crate) fn slow(delay: Duration) -> SandboxConfig {
    SandboxConfig { step_delay: delay, ..config() }
}

pub(crate) fn fixture(name: &str) -> Value {
    let path = format!("{}/tests/fixtures/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The fixture with other words in it.
pub(crate) fn fixture_with(name: &str, words: &[(&str, &str)]) -> Value {
    let text = fixture(name).to_string();
    let text = words.iter().fold(text, |text, (from, to)| text.replace(from, to));
    serde_json::from_str(&text).unwrap()
}

/// Sets what a pointer leads to; its last part may be new.
pub(crate) fn set(document: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(fields) => drop(fields.insert(key.to_owned(), value)),
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        other => panic!("{pointer} leads into {other}"),
    }
}

impl Harness {
    pub(crate) fn start(config: SandboxConfig) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let sandbox = runtime.block_on(Sandbox::start(config)).unwrap();
        let settings = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
        let agent = settings.timeout_global(Some(Duration::from_secs(60))).build().new_agent();
        let (url, token) = (sandbox.url(), sandbox.token().map(str::to_owned));
        Self { runtime, sandbox: Some(sandbox), agent, url, token }
    }

    pub(crate) fn sandbox(&self) -> &Sandbox {
        self.sandbox.as_ref().unwrap()
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        let request = self.agent.get(format!("{}{path}", self.url));
        read(self.with_token(request).call())
    }

    pub(crate) fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = self.agent.get(format!("{}{path}", self.url));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        read(request.call())
    }

    pub(crate) fn delete(&self, path: &str) -> Answer {
        read(self.with_token(self.agent.delete(format!("{}{path}", self.url))).call())
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        read(self.with_token(self.agent.post(format!("{}{path}", self.url))).send(body.to_string()))
    }

    pub(crate) fn put(&self, path: &str, body: &Value) -> Answer {
        read(self.with_token(self.agent.put(format!("{}{path}", self.url))).send(body.to_string()))
    }

    fn with_token<B>(&self, request: ureq::RequestBuilder<B>) -> ureq::RequestBuilder<B> {
        match &self.token {
            Some(token) => request.header("Authorization", format!("Bearer {token}")),
            None => request,
        }
    }

    pub(crate) fn submit(&self, workflow: &Value) -> Answer {
        self.post(&format!("/api/v1/workflows/{PLACE}"), &json!({"workflow": workflow}))
    }

    pub(crate) fn workflow(&self, name: &str) -> Value {
        let answer = self.get(&format!("/api/v1/workflows/{PLACE}/{name}"));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }

    /// Waits until a Workflow looks as wanted.
    pub(crate) fn wait_for(&self, name: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            let workflow = self.workflow(name);
            if wanted(&workflow) {
                return workflow;
            }
            assert!(Instant::now() < deadline, "still not as wanted: {workflow:#}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn wait_until_done(&self, name: &str) -> Value {
        self.wait_for(name, |workflow| !workflow["status"]["finishedAt"].is_null())
    }

    /// Submits a Workflow that must be accepted, and waits until it is done.
    pub(crate) fn run(&self, workflow: &Value) -> Value {
        let answer = self.submit(workflow);
        assert_eq!(answer.status, 200, "{}", answer.body);
        self.wait_until_done(workflow["metadata"]["name"].as_str().unwrap())
    }

    pub(crate) fn stop(&self, name: &str) -> Answer {
        self.put(&format!("/api/v1/workflows/{PLACE}/{name}/stop"), &json!({}))
    }

    /// A stream of JSON messages; `events` asks for server-sent events.
    pub(crate) fn stream(&self, path: &str, events: bool) -> impl Iterator<Item = Value> + use<> {
        let request = self.with_token(self.agent.get(format!("{}{path}", self.url)));
        let request = if events { request.header("Accept", "text/event-stream") } else { request };
        let lines = BufReader::new(request.call().unwrap().into_body().into_reader()).lines();
        lines.map_while(Result::ok).filter(|line| !line.is_empty()).map(move |line| {
            let json = if events { line.strip_prefix("data: ").expect("an event") } else { &line };
            serde_json::from_str(json).unwrap()
        })
    }

    pub(crate) fn log(&self, name: &str, container: &str) -> Vec<String> {
        let path = format!("/api/v1/workflows/{PLACE}/{name}/log?logOptions.container={container}");
        let lines = self.stream(&path, false);
        lines.map(|line| line["result"]["content"].as_str().unwrap().to_owned()).collect()
    }

    /// What stands in the cluster, as `Kind/name`, without the namespaces that every cluster has.
    pub(crate) fn standing(&self) -> Vec<String> {
        let objects = self.sandbox().store().unwrap().objects();
        let seeded = ["default", "kube-node-lease", "kube-public", "kube-system", "velero"];
        let name = |object: &Value| object["metadata"]["name"].as_str().unwrap().to_owned();
        let ours = objects.iter().filter(|object| !seeded.contains(&name(object).as_str()));
        ours.map(|object| format!("{}/{}", object["kind"].as_str().unwrap(), name(object))).collect()
    }
}

impl Drop for Harness {
    fn drop(&mut self) {
        if let Some(sandbox) = self.sandbox.take() {
            self.runtime.block_on(sandbox.shutdown());
        }
    }
}

fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let answer = answer.unwrap();
    let status = answer.status().as_u16();
    let text = answer.into_body().read_to_string().unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Answer { status, body }
}

/// The node of this display name.
pub(crate) fn node<'a>(workflow: &'a Value, display_name: &str) -> &'a Value {
    let nodes = workflow["status"]["nodes"].as_object().unwrap();
    nodes
        .values()
        .find(|node| node["displayName"] == display_name)
        .unwrap_or_else(|| panic!("no {display_name}"))
}

/// The node of a step of the main template.
pub(crate) fn step<'a>(workflow: &'a Value, name: &str) -> &'a Value {
    let nodes = workflow["status"]["nodes"].as_object().unwrap();
    let mut steps =
        nodes.values().filter(|node| node["type"] == "Container" && node["templateName"] == "berth");
    steps.find(|node| node["displayName"] == name).unwrap_or_else(|| panic!("no step {name}"))
}

/// The phases of the steps of the main template, by name.
pub(crate) fn phases(workflow: &Value) -> Vec<(String, String)> {
    phases_of(workflow, "berth")
}

/// The phases of the steps of a template, by name.
pub(crate) fn phases_of(workflow: &Value, template: &str) -> Vec<(String, String)> {
    let nodes = workflow["status"]["nodes"].as_object().unwrap();
    let text = |node: &Value, key: &str| node[key].as_str().unwrap().to_owned();
    let steps = nodes.values().filter(|node| node["type"] == "Container" && node["templateName"] == template);
    let mut phases: Vec<_> = steps.map(|node| (text(node, "displayName"), text(node, "phase"))).collect();
    phases.sort();
    phases
}

/// What a JSON Schema finds wrong.
pub(crate) fn schema_errors(schema: &Value, instance: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect()
}
