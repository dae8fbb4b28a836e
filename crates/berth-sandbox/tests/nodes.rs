//! The nodes of a Workflow: their names, ids, types, parents and phases are those that Argo makes.

mod support;

use std::time::Duration;

use serde_json::{Value, json};
use support::{CREATE, Harness, config, fixture, fixture_with, slow, step, with_faults};

#[test]
fn the_tree_is_argos() {
    let sandbox = Harness::start(with_faults(&["quotas:2"]));
    let done = sandbox.run(&fixture("create"));
    let nodes = done.pointer("/status/nodes").and_then(Value::as_object).unwrap();
    let line = |node: &Value| {
        let text = |key: &str| node.get(key).and_then(Value::as_str).unwrap_or("-").replace(CREATE, "wf");
        let children = node.get("children").and_then(Value::as_array).map_or(0, Vec::len);
        let flag = node.get("nodeFlag").map(Value::to_string).unwrap_or_default();
        let (name, kind, boundary, progress) =
            (text("name"), text("type"), text("boundaryID"), text("progress"));
        format!("{name} | {kind} | {} | {boundary} | {children} | {progress} | {flag}", text("displayName"))
    };
    let mut tree: Vec<_> = nodes.values().map(line).collect();
    tree.sort();
    let retried = "{\"retried\":true}";
    let expected = [
        "wf | Retry | wf | - | 1 | 4/9 | ".to_owned(),
        format!("wf(0) | Pod | wf(0) | - | 1 | 0/1 | {retried}"),
        format!("wf(0).guard | Container | guard | wf-2294766918 | 1 | 1/1 | {retried}"),
        format!("wf(0).main | Container | main | wf-2294766918 | 0 | 0/1 | {retried}"),
        format!("wf(0).namespace | Container | namespace | wf-2294766918 | 3 | 1/1 | {retried}"),
        format!("wf(0).network | Container | network | wf-2294766918 | 2 | 1/1 | {retried}"),
        format!("wf(0).quotas | Container | quotas | wf-2294766918 | 2 | 0/1 | {retried}"),
        format!("wf(0).rbac | Container | rbac | wf-2294766918 | 2 | 1/1 | {retried}"),
        format!("wf(0).verify | Container | verify | wf-2294766918 | 1 | 0/1 | {retried}"),
        format!("wf(0).verify-quotas | Container | verify-quotas | wf-2294766918 | 1 | 0/1 | {retried}"),
        "wf.onExit | Steps | wf.onExit | - | 1 | 4/4 | {\"hooked\":true}".to_owned(),
        "wf.onExit[0] | StepGroup | [0] | wf-3082366546 | 1 | 4/4 | {}".to_owned(),
        "wf.onExit[0].rollback | Pod | rollback | wf-3082366546 | 1 | 1/1 | ".to_owned(),
        "wf.onExit[0].rollback.delete | Container | delete | wf-4126814446 | 1 | 1/1 | ".to_owned(),
        "wf.onExit[0].rollback.gone | Container | gone | wf-4126814446 | 1 | 1/1 | ".to_owned(),
        "wf.onExit[0].rollback.main | Container | main | wf-4126814446 | 0 | 1/1 | ".to_owned(),
    ];
    assert_eq!(tree, expected);
    for (id, node) in nodes {
        assert_eq!(node.get("id").unwrap(), id);
        assert_eq!(node.get("templateScope").unwrap(), &json!(format!("local/{CREATE}")));
    }
}

#[test]
fn all_containers_start_with_their_pod() {
    let sandbox = Harness::start(slow(Duration::from_millis(300)));
    sandbox.submit(&fixture("create"));
    let early = sandbox.wait_for(CREATE, |workflow| {
        workflow.pointer("/status/progress").is_some_and(|progress| progress == "1/9")
    });
    let phase = |name: &str| step(&early, name).get("phase").unwrap().clone();
    assert_eq!(phase("guard"), "Succeeded");
    assert_eq!(phase("namespace"), "Running");
    assert_eq!(phase("main"), "Running", "though it waits for all the others");
}

/// Argo's documentation says otherwise; its executor passes `retries` on as the number of attempts.
#[test]
fn retries_count_the_first_attempt() {
    let attempts = |retries: &str, faults: &str| {
        let sandbox = Harness::start(with_faults(&[faults]));
        let retries = format!("{{\"retries\":\"{retries}\"");
        let done = sandbox.run(&fixture_with("create", &[("{\"retries\":\"2\"", &retries)]));
        (step(&done, "quotas").get("phase").unwrap().clone(), sandbox.log(CREATE, "quotas").len())
    };
    assert_eq!(attempts("3", "quotas:2"), (json!("Succeeded"), 4), "two failures, then two objects");
    assert_eq!(attempts("2", "quotas:2"), (json!("Failed"), 2));
    assert_eq!(attempts("1", "quotas:1"), (json!("Failed"), 1));
    let sandbox = Harness::start(config());
    let none = sandbox.submit(&fixture_with("create", &[("{\"retries\":\"2\"", "{\"retries\":\"0\"")]));
    assert_eq!(none.status, 400, "with 0 Argo would run nothing and call it a success");
}
