//! A sandbox for a test, with what stands in its cluster.

use std::time::{Duration, Instant};

use berth_sandbox::{Sandbox, SandboxConfig};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// A running sandbox.
pub(crate) struct Engine {
    sandbox: Sandbox,
    _runtime: Runtime,
}

impl Engine {
    /// A sandbox on a free port in which these steps fail, as `quotas:2`, and these objects stand.
    pub(crate) fn start(faults: &[&str], seeds: &[Value]) -> Self {
        Self::slow(faults, seeds, Duration::ZERO)
    }

    /// One whose steps take their time.
    pub(crate) fn slow(faults: &[&str], seeds: &[Value], step_delay: Duration) -> Self {
        let runtime = Runtime::new().unwrap();
        let mut config = SandboxConfig {
            listen: ([127, 0, 0, 1], 0).into(),
            faults: faults.iter().map(|fault| fault.parse().unwrap()).collect(),
            step_delay,
            ..SandboxConfig::default()
        };
        config.seeds.extend(seeds.iter().cloned());
        let sandbox = runtime.block_on(Sandbox::start(config)).unwrap();
        Self { sandbox, _runtime: runtime }
    }

    pub(crate) fn url(&self) -> String {
        self.sandbox.url()
    }

    /// Everything that stands.
    pub(crate) fn objects(&self) -> Vec<Value> {
        self.sandbox.store().unwrap().objects()
    }

    /// What stands in a namespace: `Kind name`, and the namespace itself.
    pub(crate) fn standing(&self, namespace: &str) -> Vec<String> {
        let objects = self.objects();
        let text = |object: &Value, pointer: &str| {
            object.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        objects
            .iter()
            .filter(|object| {
                text(object, "/metadata/namespace") == namespace
                    || (text(object, "/kind") == "Namespace" && text(object, "/metadata/name") == namespace)
            })
            .map(|object| format!("{} {}", text(object, "/kind"), text(object, "/metadata/name")))
            .collect()
    }

    /// The labels of a namespace.
    pub(crate) fn labels(&self, namespace: &str) -> Value {
        let objects = self.objects();
        let found = objects
            .iter()
            .find(|object| object["kind"] == "Namespace" && object["metadata"]["name"] == namespace);
        found.map_or(json!(null), |object| object["metadata"]["labels"].clone())
    }

    /// Calls the REST API.
    pub(crate) fn call(&self, method: &str, path: &str) -> Value {
        let url = format!("{}{path}", self.url());
        let mut response = match method {
            "PUT" => ureq::put(url).send_json(json!({})).unwrap(),
            _ => ureq::get(url).call().unwrap(),
        };
        response.body_mut().read_json().unwrap()
    }

    /// Gives the REST API something new.
    pub(crate) fn post(&self, path: &str, body: &Value) {
        ureq::post(format!("{}{path}", self.url())).send_json(body).unwrap();
    }

    /// Waits until the only Workflow is as it should be.
    pub(crate) fn wait_for(&self, is_so: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let list = self.call("GET", "/api/v1/workflows/berth-workflows");
            if let Some(found) = list["items"].as_array().into_iter().flatten().find(|item| is_so(item)) {
                return found.clone();
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "{list}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
