//! What a blueprint makes outside of its namespace, when the creation ends badly: it shares the namespace's fate.

use serde_json::{Value, json};

use crate::engine::Engine;
use crate::program::berth_with;

const REQUEST: &str = r#"{"namespaceName":"payments-checkout","team":"payments","environment":"development","features":["backup-enabled"]}"#;
const IDENTITY: [&str; 4] = ["--request-id", "r1", "--now", "2026-11-23T12:00:00Z"];

/// Carries a Workflow out; its phase.
fn run(engine: &Engine, workflow: &Value) -> String {
    engine.post("/api/v1/workflows/berth-workflows", &json!({ "workflow": workflow }));
    let name = &workflow["metadata"]["name"];
    let done =
        engine.wait_for(|seen| seen["metadata"]["name"] == *name && seen["status"]["finishedAt"].is_string());
    done["status"]["phase"].as_str().unwrap().to_owned()
}

fn render(arguments: &[&str]) -> Value {
    let target = ["render", "-", "--target", "workflow", "--output", "json"];
    berth_with(&[&target, &IDENTITY[..], arguments].concat(), REQUEST).json()
}

/// The backup, and whether it still carries the label of what is being made.
fn backup(engine: &Engine) -> Option<bool> {
    let objects = engine.objects();
    let schedule = objects.iter().find(|object| object["kind"] == "Schedule")?;
    Some(schedule["metadata"]["labels"].get("platform.io/provisioning").is_some())
}

#[test]
fn a_creation_that_fails_before_the_namespace_is_ready_leaves_nothing_elsewhere() {
    // All three tries of the step that makes the namespace ready.
    let engine = Engine::start(&["main:3"], &[]);
    assert_eq!(run(&engine, &render(&[])), "Failed");
    assert_eq!((engine.standing("payments-checkout"), backup(&engine)), (vec![], None));
}

#[test]
fn a_creation_that_fails_after_the_namespace_is_ready_leaves_what_belongs_to_it() {
    let engine = Engine::start(&["release-1:3"], &[]);
    assert_eq!(run(&engine, &render(&[])), "Failed");
    assert!(engine.standing("payments-checkout").contains(&"Namespace payments-checkout".to_owned()));
    assert_eq!(engine.labels("payments-checkout").get("platform.io/provisioning"), None);
    assert_eq!(backup(&engine), Some(true), "it stays with its namespace");
}
