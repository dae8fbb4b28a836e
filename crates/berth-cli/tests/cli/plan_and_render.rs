//! `berth plan` and `berth render`: what will be created, and the bytes that go to Argo or into a repository.

use std::fs;

use crate::program::{Ran, berth, berth_with, example_requests};
use insta::assert_snapshot;

const WORKFLOW: [&str; 6] = ["--target", "workflow", "--request-id", "r1", "--now", "2026-01-01T00:00:00Z"];
const MANIFESTS: [&str; 6] =
    ["--target", "manifests", "--request-id", "shop", "--now", "2026-01-01T00:00:00Z"];

fn render(files: &[&str], options: &[&str]) -> Ran {
    berth(&[&["render"], files, options].concat())
}

#[test]
fn a_plan_for_people() {
    assert_snapshot!(berth(&["plan", "examples/production.json"]));
}

#[test]
fn a_plan_shows_its_objects() {
    let shown = berth(&["plan", "examples/namespace.yaml", "--manifests"]).out;
    assert!(shown.contains("# step quotas\napiVersion: v1\nkind: ResourceQuota\n"), "{shown}");
}

#[test]
fn an_invalid_request_has_no_plan() {
    let text = berth(&["plan", "examples/invalid.yaml"]);
    assert_eq!((text.code, text.out.as_str()), (1, ""));
    assert!(text.err.ends_with("examples/invalid.yaml: invalid, 5 errors\n"), "{text}");
    let json = berth(&["plan", "examples/invalid.yaml", "--output", "json"]);
    assert_eq!((json.code, json.json()["valid"].as_bool()), (1, Some(false)));
}

#[test]
fn a_plan_takes_one_request() {
    let two = berth_with(&["plan", "-"], "team: payments\n---\nteam: checkout\n");
    assert_snapshot!(two);
}

#[test]
fn the_same_request_gives_the_same_bytes() {
    let first = render(&["examples/namespace.yaml"], &WORKFLOW);
    assert_eq!(first.code, 0, "{first}");
    assert_eq!(first.out, render(&["examples/namespace.yaml"], &WORKFLOW).out);
}

#[test]
fn json_is_one_object_and_manifests_are_a_list() {
    let workflow = render(&["examples/namespace.yaml"], &[&WORKFLOW[..], &["--output", "json"]].concat());
    assert_eq!(workflow.json()["kind"], "Workflow");
    let list = render(&["examples/namespace.yaml"], &[&MANIFESTS[..], &["--output", "json"]].concat());
    assert_eq!(
        (&list.json()["kind"], &list.json()["items"][0]["kind"]),
        (&"List".into(), &"Namespace".into())
    );
}

#[test]
fn one_line_on_standard_input_has_the_id_for_itself() {
    let request = r#"{"namespaceName":"payments-checkout","team":"payments","environment":"staging"}"#;
    let ran =
        berth_with(&[&["render", "-", "--output", "json"], &WORKFLOW[..]].concat(), format!("{request}\n"));
    assert_eq!(ran.json()["metadata"]["labels"]["platform.io/request-id"], "r1");
    let two = berth_with(
        &[&["render", "-", "--output", "json"], &WORKFLOW[..]].concat(),
        format!("{request}\n{request}\n"),
    );
    let ids: Vec<_> = two.json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["metadata"]["labels"]["platform.io/request-id"].clone())
        .collect();
    assert_eq!(ids, ["r1-1", "r1-2"]);
}

#[test]
fn several_requests_are_called_after_their_files() {
    let requests = example_requests();
    let requests = requests.path().to_str().unwrap();
    let ran = render(&[requests], &[&MANIFESTS[..], &["--output", "json"]].concat());
    let list = ran.json();
    let ids: std::collections::BTreeSet<&str> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["metadata"]["labels"]["platform.io/request-id"].as_str().unwrap())
        .collect();
    assert_eq!(Vec::from_iter(ids), ["shop-namespace", "shop-production"]);
    assert!(ran.code == 1 && ran.err.contains("error[pattern]"), "the third is not valid: {}", ran.err);
}

#[test]
fn a_folder_holds_one_file_for_each_request() {
    let folder = tempfile::tempdir().unwrap();
    let requests = example_requests();
    let requests = requests.path().to_str().unwrap();
    let ran =
        render(&[requests], &[&MANIFESTS[..], &["--output-dir", folder.path().to_str().unwrap()]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    let mut names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["namespace.yaml", "production.yaml"]);
}

#[test]
fn two_requests_never_share_an_id() {
    let folder = tempfile::tempdir().unwrap();
    let request = r#"{"namespaceName":"payments-checkout","team":"payments","environment":"staging"}"#;
    for name in ["payments.json", "payments.yaml"] {
        fs::write(folder.path().join(name), request).unwrap();
    }
    let ran = render(&[folder.path().to_str().unwrap()], &WORKFLOW);
    assert_snapshot!(ran.err.replace(folder.path().to_str().unwrap(), "FOLDER"));
    assert_eq!(ran.code, 2);
}

#[test]
fn a_change_needs_what_stands() {
    let missing = render(&["examples/namespace.yaml"], &[&WORKFLOW[..], &["--kind", "change"]].concat());
    assert_eq!(missing.code, 2, "{missing}");
    assert!(
        missing.err.contains("--current <FILE>") && missing.err.contains("--origin-id <ID>"),
        "{missing}"
    );
}

#[test]
fn a_request_id_is_checked() {
    let ran = render(
        &["examples/namespace.yaml"],
        &["--target", "workflow", "--request-id", "R 1", "--now", "2026-01-01T00:00:00Z"],
    );
    assert!(ran.code == 2 && ran.err.contains("`R 1` can't be a request id"), "{ran}");
}
