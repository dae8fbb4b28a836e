//! What is rendered, as a reviewer wants to read it: one line a container, every bundle unfolded. The exact bytes
//! stand in `tests/corpus`.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that can't go on says why")]

use std::fmt::Write as _;

use berth_core::input::{Format, parse};
use berth_core::plan::RequestId;
use berth_core::render::{Kind, Origin, RenderOptions, Target};
use berth_core::{Berth, Context, Moment, PlanOptions, emit};
use berth_testing::without_versions;
use serde_json::{Value, json};

/// The request of the guide that Berth grew from.
const GUIDE: &str = r#"{"namespaceName":"argo-test-1","team":"platform","environment":"development",
"resourceTier":"small","networkPolicy":"team-shared","features":["istio-injection","monitoring-enhanced"],
"description":"Testing"}"#;
/// The same a year later: open, without a mesh, with a backup.
const LATER: &str = r#"{"namespaceName":"argo-test-1","team":"platform","environment":"development",
"resourceTier":"large","networkPolicy":"open","features":["monitoring-enhanced","backup-enabled"],
"description":"Testing {{workflow.name}} at $(HOME)"}"#;

#[test]
fn the_guides_request_as_a_workflow() {
    assert_page("workflow", &page(&rendered(GUIDE, Target::Workflow, None)));
}

#[test]
fn the_guides_request_by_reference() {
    assert_page("template", &page(&rendered(GUIDE, Target::WorkflowTemplate, None)));
    assert_page("by_reference", &page(&rendered(GUIDE, Target::WorkflowRef, None)));
}

#[test]
fn a_change() {
    assert_page("change", &page(&rendered(LATER, Target::Workflow, Some("change"))));
}

#[test]
fn a_deletion() {
    assert_page("delete", &page(&rendered(LATER, Target::Workflow, Some("delete"))));
}

#[test]
fn the_guides_request_as_manifests() {
    let list = rendered(GUIDE, Target::Manifests, None);
    assert_page("manifests", &emit::to_yaml_documents(list["items"].as_array().unwrap()));
}

#[test]
fn the_guides_request_as_a_plan() {
    let (berth, request) = (Berth::embedded().unwrap(), parse(GUIDE, Format::Json).unwrap());
    let plan = berth.plan(&request, &Context::UNKNOWN, &PlanOptions::default()).unwrap();
    let mut plan = berth_testing::comparable(json!(plan));
    for step in plan["steps"].as_array_mut().unwrap() {
        for object in step["objects"].as_array_mut().unwrap() {
            // They are in the snapshot `manifests`.
            object.as_object_mut().unwrap().shift_remove("manifest");
        }
    }
    assert_page("plan", &emit::to_yaml(&plan));
}

fn assert_page(name: &str, page: &str) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => true }, {
        insta::assert_snapshot!(name, page);
    });
}

fn rendered(request: &str, target: Target, of_standing: Option<&str>) -> Value {
    let berth = Berth::embedded().unwrap();
    let (request, from) = (parse(request, Format::Json).unwrap(), parse(GUIDE, Format::Json).unwrap());
    let (made, created) = (id("r1"), moment("2026-01-01T00:00:00Z"));
    let origin = Origin { request_id: &made, created_at: &created, requester: Some("user:default/ada") };
    let kind = match of_standing {
        Some("change") => Kind::Change { from: &from, origin },
        Some(_) => Kind::Delete { origin },
        None => Kind::Create,
    };
    let (request_id, now) = match kind {
        Kind::Create => (made.clone(), created.clone()),
        _ => (id("r2"), moment("2027-01-01T00:00:00Z")),
    };
    let options = RenderOptions { target, kind, request_id, now, attempt: 1 };
    json!(berth.render(&request, &Context::UNKNOWN, &options).unwrap())
}

fn id(text: &str) -> RequestId {
    RequestId::parse(text).unwrap()
}

fn moment(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

/// A Workflow as a page: everything around its containers as YAML, a line a container, its files as YAML.
fn page(workflow: &Value) -> String {
    let mut frame = workflow.clone();
    let mut containers = String::new();
    let mut files = String::new();
    for template in list(&mut frame, "/spec/templates") {
        let name = template["name"].as_str().unwrap().to_owned();
        if let Some(set) = template.pointer_mut("/containerSet/containers").and_then(Value::as_array_mut) {
            let _ = writeln!(containers, "\n== {name}");
            containers.extend(set.iter().map(line));
            // What all have in common is shown once.
            set.truncate(1);
        }
        for file in list(template, "/inputs/artifacts") {
            let name = file["path"].as_str().unwrap().to_owned();
            unfold(&name, &mut file["raw"]["data"], &mut files);
        }
    }
    for parameter in list(&mut frame, "/spec/arguments/parameters") {
        let name = format!("parameter {}", parameter["name"].as_str().unwrap());
        if let Some(value) = parameter.get_mut("value") {
            unfold(&name, value, &mut files);
        }
    }
    format!("{}{containers}{files}", without_versions(&emit::to_yaml(&frame)))
}

fn list<'v>(value: &'v mut Value, pointer: &str) -> impl Iterator<Item = &'v mut Value> {
    value.pointer_mut(pointer).and_then(Value::as_array_mut).into_iter().flatten()
}

fn line(container: &Value) -> String {
    let words = |key: &str| {
        let list = container[key].as_array().into_iter().flatten().filter_map(Value::as_str);
        list.collect::<Vec<_>>().join(" ")
    };
    let after = match words("dependencies").as_str() {
        "" => String::new(),
        names => format!(" (after {names})"),
    };
    format!("{}{after}\n    {} {}\n", container["name"].as_str().unwrap(), words("command"), words("args"))
}

/// Moves the JSON of a bundle out of the way, as YAML.
fn unfold(name: &str, data: &mut Value, files: &mut String) {
    let text = data.as_str().unwrap();
    if !text.contains("apiVersion") {
        return;
    }
    let bundle: Value = serde_json::from_str(text).unwrap();
    let objects = bundle["items"].as_array().cloned().unwrap_or_else(|| vec![bundle]);
    let _ = write!(files, "\n== {name}\n{}", emit::to_yaml_documents(&objects));
    *data = "(below)".into();
}
