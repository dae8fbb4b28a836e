//! `berth submit` and `berth status` against the sandbox: what is made, what is taken back, what is left alone.

use std::io::Read;
use std::net::TcpListener;
use std::time::Duration;

use berth_core::input::{Format, parse_all};
use insta::assert_snapshot;
use serde_json::json;

use crate::engine::Engine;
use crate::program::{Ran, berth, berth_with, command, root};

const NAME: &str = "argo-test-1";

/// Submits the example, and waits.
fn submit(engine: &Engine, id: &str, more: &[&str]) -> Ran {
    let url = engine.url();
    let args = ["submit", "examples/namespace.yaml", "--argo", &url, "--wait", "--request-id", id];
    berth(&[&args[..], &["--now", "2026-01-01T00:00:00Z"], more].concat())
}

#[test]
fn a_request_becomes_a_namespace() {
    let engine = Engine::start(&[], &[]);
    let ran = submit(&engine, "r1", &[]);
    assert_eq!(ran.code, 0, "{ran}");
    assert!(ran.out.starts_with("submitted berth-namespace-"), "{ran}");
    assert!(ran.out.contains("✔ guard ── ✔ namespace ─┬─ ✔ quotas"), "{ran}");
    let standing = engine.standing(NAME);
    for object in ["Namespace argo-test-1", "ResourceQuota compute-quota", "RoleBinding platform-developers"]
    {
        assert!(standing.contains(&object.to_owned()), "{standing:?}");
    }
    let labels = engine.labels(NAME);
    assert_eq!(
        (&labels["platform.io/request-id"], &labels["platform.io/provisioning"]),
        (&json!("r1"), &json!(null))
    );
}

/// With the `WorkflowTemplate`s of `deploy/`: what the program renders must name exactly these.
#[test]
fn a_request_by_reference_becomes_a_namespace() {
    let engine = Engine::start(&[], &[]);
    let missing = submit(&engine, "r0", &["--target", "workflow-ref"]);
    assert!(missing.code == 2 && missing.err.contains("not found"), "{missing}");
    let templates = root().join("deploy/provisioning/generated/templates.yaml");
    for template in parse_all(&std::fs::read_to_string(templates).unwrap(), Format::Yaml).unwrap() {
        engine.post("/api/v1/workflow-templates/berth-workflows", &json!({ "template": template }));
    }
    let ran = submit(&engine, "r1", &["--target", "workflow-ref"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert!(engine.standing(NAME).contains(&"ResourceQuota compute-quota".to_owned()));
    let list = engine.call("GET", "/api/v1/workflows/berth-workflows");
    let spec = &list["items"][0]["spec"];
    assert!(spec["workflowTemplateRef"]["name"].is_string() && spec["templates"].is_null(), "{spec}");
}

#[test]
fn a_step_that_fails_is_explained_and_taken_back() {
    let engine = Engine::start(&["quotas:9"], &[]);
    let ran = submit(&engine, "r1", &[]);
    assert_eq!(ran.code, 1, "{ran}");
    assert!(ran.out.contains("✘ quotas") && ran.out.contains("- main"), "{ran}");
    assert!(
        ran.out.contains("quotas failed: Error (exit code 1)\n  | error: `quotas` fails on purpose"),
        "{ran}"
    );
    assert!(ran.out.ends_with("rolled back: nothing of it is left\n"), "{ran}");
    assert_eq!(engine.standing(NAME), [""; 0]);
}

#[test]
fn a_foreign_namespace_of_the_same_name_stays_untouched() {
    let foreign = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAME, "labels": {"owner": "somebody"}}});
    let secret =
        json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "theirs", "namespace": NAME}});
    let engine = Engine::start(&[], &[foreign, secret]);
    let (before, labels) = (engine.standing(NAME), engine.labels(NAME));
    let ran = submit(&engine, "r1", &[]);
    assert!(ran.code == 1 && ran.out.contains("guard failed"), "{ran}");
    assert_eq!((engine.standing(NAME), engine.labels(NAME)), (before, labels));
}

#[test]
fn a_cancelled_request_is_taken_back() {
    let engine = Engine::slow(&[], &[], Duration::from_millis(300));
    let url = engine.url();
    let mut submitting =
        command(&["submit", "examples/namespace.yaml", "--argo", &url, "--wait", "--request-id", "r1"])
            .spawn()
            .unwrap();
    let running =
        engine.wait_for(|workflow| workflow["status"]["progress"].as_str().is_some_and(|done| done > "2/"));
    assert!(!engine.standing(NAME).is_empty());
    let name = running["metadata"]["name"].as_str().unwrap();
    engine.call("PUT", &format!("/api/v1/workflows/berth-workflows/{name}/stop"));
    let mut out = String::new();
    submitting.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    assert_eq!(submitting.wait().unwrap().code(), Some(1), "{out}");
    assert!(out.ends_with("rolled back: nothing of it is left\n"), "{out}");
    assert_eq!(engine.standing(NAME), [""; 0]);
}

#[test]
fn the_same_request_twice_makes_one_workflow() {
    let engine = Engine::start(&[], &[]);
    assert_eq!(submit(&engine, "r1", &[]).code, 0);
    let again = submit(&engine, "r1", &[]);
    assert!(again.code == 0 && again.out.starts_with("was submitted before: berth-namespace-"), "{again}");
    let list = engine.call("GET", "/api/v1/workflows/berth-workflows");
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[test]
fn another_request_under_the_same_id_is_refused() {
    let engine = Engine::start(&[], &[]);
    assert_eq!(submit(&engine, "r1", &[]).code, 0);
    let url = engine.url();
    let other = "namespaceName: payments-checkout\nteam: payments\nenvironment: staging\n";
    let args = ["submit", "-", "--argo", &url, "--request-id", "r1", "--now", "2026-01-01T00:00:00Z"];
    let ran = berth_with(&args, other);
    assert!(ran.code == 2 && ran.err.contains("there is another Workflow"), "{ran}");
    assert_eq!(engine.standing("payments-checkout"), [""; 0]);
}

#[test]
fn a_ready_namespace_outlives_its_workflow_and_a_rerun_that_fails() {
    let first = Engine::start(&[], &[]);
    assert_eq!(submit(&first, "r1", &[]).code, 0);
    // The same cluster, without the Workflow, and with a step that fails.
    let later = Engine::start(&["rbac:9"], &first.objects());
    let (before, labels) = (later.standing(NAME), later.labels(NAME));
    assert!(before.len() > 10, "{before:?}");
    let again = submit(&later, "r1", &[]);
    assert!(again.code == 1 && again.out.contains("guard failed"), "{again}");
    assert_eq!((later.standing(NAME), later.labels(NAME)), (before, labels));
}

#[test]
fn what_needs_an_approval_is_not_submitted() {
    assert_snapshot!(berth(&["submit", "examples/production.json", "--argo", "http://127.0.0.1:1"]));
}

#[test]
fn what_is_not_valid_is_not_submitted() {
    let ran = berth(&["submit", "examples/invalid.yaml", "--argo", "http://127.0.0.1:1"]);
    assert!(ran.code == 1 && ran.err.starts_with("error[pattern]"), "{ran}");
}

#[test]
fn programs_get_what_became_of_it_as_json() {
    let engine = Engine::start(&["quotas:9"], &[]);
    let ran = submit(&engine, "r1", &["--output", "json"]);
    let run = ran.json();
    assert_eq!((ran.code, &run["phase"], &run["rollback"]), (1, &json!("Failed"), &json!("done")), "{ran}");
    let steps = run["steps"].as_array().unwrap();
    let quotas = steps.iter().find(|step| step["name"] == "quotas").unwrap();
    assert_eq!((&quotas["phase"], &quotas["message"]), (&json!("Failed"), &json!("Error (exit code 1)")));

    let url = engine.url();
    let status = berth(&["status", run["name"].as_str().unwrap(), "--argo", &url, "--output", "json"]);
    assert_eq!((status.code, status.json()), (1, run));
}

#[test]
fn status_shows_and_watches() {
    let engine = Engine::start(&[], &[]);
    let name = submit(&engine, "r1", &["--output", "json"]).json()["name"].as_str().unwrap().to_owned();
    let url = engine.url();
    for more in [&[][..], &["--watch"]] {
        let ran = berth(&[&["status", &name, "--argo", &url], more].concat());
        assert!(ran.code == 0 && ran.out.contains("✔ Succeeded") && ran.out.contains("✔ main"), "{ran}");
    }
}

#[test]
fn what_the_server_has_against_it_is_said_with_a_way_out() {
    let engine = Engine::start(&[], &[]);
    let url = engine.url();
    let missing = berth(&["status", "berth-namespace-none", "--argo", &url]);
    assert_snapshot!(missing.err.replace(&url, "URL"));
    assert_eq!(missing.code, 2);

    // A port that was free a moment ago.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused = berth(&["status", "berth-namespace-none", "--argo", &format!("http://{closed}")]);
    assert_snapshot!(refused.err.replace(&closed.to_string(), "HOST"));
    assert_eq!(refused.code, 2);

    assert_snapshot!(berth(&["status", "berth-namespace-none", "--argo", "argo.company.com"]));
}

#[test]
fn the_answers_401_and_403_name_the_token() {
    for (status, said) in [("401 Unauthorized", "does not know who asks"), ("403 Forbidden", "forbids this")]
    {
        let (url, server) = answering(status, r#"{"code":16,"message":"token not valid"}"#);
        let ran = berth(&["status", "berth-namespace-none", "--argo", &url]);
        assert!(ran.code == 2 && ran.err.contains(said) && ran.err.contains("token not valid"), "{ran}");
        server.join().unwrap();
    }
    let (url, server) = answering("200 OK", "<html>sign in</html>");
    let ran = berth(&["status", "berth-namespace-none", "--argo", &url]);
    assert!(ran.code == 2 && ran.err.contains("does not answer as Argo Server does"), "{ran}");
    server.join().unwrap();
}

/// A server that gives one answer.
fn answering(status: &str, body: &str) -> (String, std::thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let length = body.len();
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
    let server = std::thread::spawn(move || {
        use std::io::Write;
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).unwrap();
        stream.write_all(answer.as_bytes()).unwrap();
    });
    (url, server)
}
