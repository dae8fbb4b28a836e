//! What stands: `berth plan` shows what becomes of it, `berth validate` judges a change of it.

use insta::assert_snapshot;

use crate::program::{berth, berth_with};

const STANDS: &str = "tests/corpus/requests/valid/everything.yaml";

#[test]
fn a_change_is_shown_field_by_field() {
    let larger = r#"{"namespaceName":"argo-test-1","team":"platform","environment":"development","resourceTier":"large",
        "networkPolicy":"team-shared","features":["backup-enabled","istio-injection"],"description":"Load tests"}"#;
    let shown = berth_with(&["plan", "--change", "examples/namespace.yaml", "-"], larger);
    assert_eq!(shown.code, 0, "{shown}");
    assert_snapshot!(shown.out);
    let coloured =
        berth_with(&["--color", "always", "plan", "--change", "examples/namespace.yaml", "-"], larger).out;
    let green = "\u{1b}[32m+ Schedule berth-argo-test-1\u{1b}[0m";
    let red = "\u{1b}[31m- ServiceMonitor argo-test-1\u{1b}[0m";
    assert!(coloured.contains(green) && coloured.contains(red), "{coloured}");
    let json =
        berth_with(&["plan", "--change", "examples/namespace.yaml", "-", "--output", "json"], larger).json();
    assert_eq!((&json["kind"], &json["cost"]["before"]), (&"change".into(), &12500.into()));
}

#[test]
fn nothing_changes_when_nothing_is_changed() {
    let shown = berth(&["plan", "--change", "examples/namespace.yaml", "examples/namespace.yaml"]);
    assert!(shown.out.contains("Changes\n  nothing changes\n"), "{shown}");
}

#[test]
fn what_goes_is_shown_with_what_lies_elsewhere() {
    let shown = berth(&["plan", "--delete", STANDS]);
    assert_eq!(shown.code, 0, "{shown}");
    assert!(shown.out.starts_with("delete namespace "), "{shown}");
    assert!(shown.out.contains("- Namespace ") && shown.out.contains(" in velero\n"), "{shown}");
    let frozen = berth(&["plan", "--freeze", STANDS]);
    assert!(frozen.out.contains("spec.hard.pods: ") && frozen.out.contains(" -> 0\n"), "{frozen}");
}

#[test]
fn a_namespace_is_taken_over_only_with_its_objects_shown() {
    let live = r#"{"apiVersion":"v1","kind":"List","items":[
        {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"argo-test-1","labels":{"owner":"ada"}}},
        {"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"compute-quota","namespace":"argo-test-1"},
         "spec":{"hard":{"requests.cpu":"2000m","pods":"4"}},"status":{"used":{"pods":"1"}}}]}"#;
    let shown = berth_with(&["plan", "--adopt", "-", "examples/namespace.yaml"], live);
    assert_eq!(shown.code, 0, "{shown}");
    assert!(shown.out.contains("~ ResourceQuota compute-quota\n"), "{shown}");
    assert!(shown.out.contains("spec.hard.pods: 4 -> 10\n"), "{shown}");
    assert!(!shown.out.contains("requests.cpu"), "2000m is 2: {shown}");
}

#[test]
fn a_change_is_judged_with_what_stands() {
    let moved = r#"{"namespaceName":"argo-test-1","team":"payments","environment":"development"}"#;
    let ran = berth_with(&["validate", "--current", "examples/namespace.yaml", "-"], moved);
    assert_eq!(ran.code, 1, "{ran}");
    assert!(ran.out.contains("error[immutable]: `team` stays `platform`"), "{ran}");
}

#[test]
fn plans_and_renderings_judge_by_one_moment() {
    let expired = r#"{"namespaceName":"argo-test-1","team":"platform","environment":"development","expiresAt":"2026-01-01T00:00:00Z"}"#;
    let at = |now: &str| {
        let planned = berth_with(&["plan", "-", "--now", now], expired);
        let identity = ["--target", "manifests", "--request-id", "r1", "--now", now];
        let rendered = berth_with(&[&["render", "-"], &identity[..]].concat(), expired);
        (planned.code, rendered.code)
    };
    assert_eq!(at("2025-12-31T00:00:00Z"), (0, 0));
    assert_eq!(at("2026-01-02T00:00:00Z"), (1, 1));
}
