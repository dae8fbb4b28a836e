//! How a sandbox starts and ends.

#![expect(clippy::expect_used, reason = "a test that fails here fails as it should")]

mod support;

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use berth_sandbox::{Sandbox, SandboxConfig, SandboxError};
use serde_json::json;
use support::{CREATE, Harness, config, fixture_with, slow};

async fn start(config: SandboxConfig) -> SandboxError {
    Sandbox::start(config).await.expect_err("it must not start")
}

#[tokio::test]
async fn only_loopback_is_listened_on() {
    let error = start(SandboxConfig { listen: SocketAddr::from(([0, 0, 0, 0], 0)), ..config() }).await;
    assert_eq!(error.to_string(), "the sandbox listens on loopback only, not on `0.0.0.0:0`");
}

#[tokio::test]
async fn what_is_missing_is_said() {
    let taken = Sandbox::start(config()).await.unwrap();
    let error = start(SandboxConfig { listen: taken.addr(), ..config() }).await;
    assert!(error.to_string().starts_with(&format!("can't listen on `{}`: ", taken.addr())), "{error}");
    assert!(error.hint().contains("port 0"));
    taken.shutdown().await;
    let kubeconfig = Some(PathBuf::from("/nowhere/kubeconfig"));
    let error = start(SandboxConfig { kubeconfig, ..config() }).await;
    assert!(error.to_string().starts_with("can't read the kubeconfig `/nowhere/kubeconfig`: "), "{error}");
    let seeds = vec![
        json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "x", "namespace": "payments"}}),
    ];
    let error = start(SandboxConfig { seeds, ..config() }).await;
    let reason = "namespaces \"payments\" not found";
    assert_eq!(error.to_string(), format!("can't seed object 1: {reason}"));
}

#[test]
fn what_is_seeded_stands() {
    let mut config = config();
    config.seeds.push(json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "cert-manager"}}));
    let sandbox = Harness::start(config);
    assert_eq!(sandbox.standing(), ["Namespace/cert-manager"]);
    assert_eq!(sandbox.sandbox().token(), None, "nothing of worth can be reached");
}

#[test]
fn nothing_is_left_behind() {
    let sandbox = Harness::start(slow(Duration::from_secs(30)));
    let name = format!("payments-{}", std::process::id());
    sandbox.submit(&fixture_with("create", &[("payments-checkout", &name)]));
    sandbox.wait_for(CREATE, |workflow| {
        workflow.pointer("/status/phase").is_some_and(|phase| phase == "Running")
    });
    let ours = |folder: &PathBuf| {
        let artifact = std::fs::read_to_string(folder.join("berth/namespace.json"));
        artifact.is_ok_and(|artifact| artifact.contains(&name))
    };
    let find =
        || std::fs::read_dir(std::env::temp_dir()).unwrap().map(|entry| entry.unwrap().path()).find(ours);
    let deadline = Instant::now() + Duration::from_secs(10);
    let folder = loop {
        match find() {
            Some(folder) => break folder,
            None => assert!(Instant::now() < deadline, "the artifacts are nowhere"),
        }
    };
    let mode = std::fs::metadata(&folder).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700, "it is private");
    drop(sandbox);
    assert!(!folder.exists(), "it goes with the sandbox");
}
