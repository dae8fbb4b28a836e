//! Errors in the platform document and in blueprints: file, line, column, and what to write.

use std::fs;

use crate::program::{berth, root};
use insta::assert_snapshot;

#[test]
fn an_unknown_key_is_named_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let platform =
        fs::read_to_string(root().join("platform.yaml")).unwrap().replace("approval:", "approvals:");
    fs::write(folder.path().join("platform.yaml"), platform).unwrap();
    let file = folder.path().join("platform.yaml");
    let ran = berth(&["validate", "examples/namespace.yaml", "--platform", file.to_str().unwrap()]);
    let shown = ran.err.replace(folder.path().to_str().unwrap(), "FOLDER");
    assert_snapshot!(shown);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
}

#[test]
fn the_documents_of_the_repository_are_those_that_come_with_berth() {
    let own = ["--platform", "platform.yaml", "--blueprints", "blueprints"];
    let ours = berth(&[&["plan", "examples/namespace.yaml", "--output", "json"][..], &own].concat());
    assert_eq!(ours.out, berth(&["plan", "examples/namespace.yaml", "--output", "json"]).out);
    assert_eq!(ours.code, 0, "{ours}");
}

#[test]
fn missing_documents_are_trouble() {
    assert_snapshot!(berth(&["plan", "examples/namespace.yaml", "--platform", "no-platform.yaml"]));
    assert_snapshot!(berth(&["plan", "examples/namespace.yaml", "--blueprints", "no-folder"]));
}

#[test]
fn schemas_are_those_of_the_repository() {
    for (name, file) in
        [("namespace.request", "namespace.request"), ("platform", "platform"), ("decision", "decision")]
    {
        let ran = berth(&["schema", name]);
        let kept = fs::read_to_string(root().join(format!("schemas/{file}.schema.json"))).unwrap();
        assert_eq!((ran.json(), ran.code), (serde_json::from_str(&kept).unwrap(), 0), "{name}");
    }
    assert_eq!(berth(&["schema", "request"]).code, 0);
    assert_snapshot!(berth(&["schema", "requests"]));
}
