//! Objects: labels by which Berth finds its own, and texts that arrive byte for byte.

use std::sync::LazyLock;

use berth_core::Berth;
use berth_core::input::{Format, parse_all};
use berth_core::render::{Kind, Rendering, Target};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::requests::{self, Asked, namespace, valid};

/// The objects in the bundles of a whole Workflow, as kubectl reads them.
fn bundled(workflow: &Value) -> Vec<Value> {
    let mut objects = Vec::new();
    let templates = workflow["spec"]["templates"].as_array().unwrap();
    for file in
        templates.iter().flat_map(|template| template["inputs"]["artifacts"].as_array().into_iter().flatten())
    {
        if file["name"] != "prune" {
            objects.extend(listed(file["raw"]["data"].as_str().unwrap()));
        }
    }
    objects
}

/// The objects in the parameters of a thin Workflow.
fn referenced(workflow: &Value) -> Vec<Value> {
    let parameters = workflow["spec"]["arguments"]["parameters"].as_array().unwrap();
    let bundles =
        parameters.iter().filter(|parameter| parameter["name"].as_str().unwrap().starts_with("bundle-"));
    bundles.flat_map(|parameter| listed(parameter["value"].as_str().unwrap())).collect()
}

fn listed(bundle: &str) -> Vec<Value> {
    let value: Value = serde_json::from_str(bundle).unwrap();
    match value["kind"].as_str() {
        Some("List") => value["items"].as_array().unwrap().clone(),
        _ => vec![value],
    }
}

fn label<'o>(object: &'o Value, asked: &Asked, name: &str) -> Option<&'o str> {
    object["metadata"]["labels"].get(format!("{}/{name}", asked.prefix)).and_then(Value::as_str)
}

/// Does rollback have to find it by its label?
fn is_found_by_label(object: &Value, own_namespace: &Value) -> bool {
    object["kind"] == "Namespace" || object["metadata"]["namespace"] != *own_namespace
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn every_object_carries_the_labels_of_berth(asked in valid()) {
        let workflows = asked.workflows();
        let own = bundled(&workflows[0].1)[0]["metadata"]["name"].clone();
        for (kind, workflow) in &workflows {
            let (objects, id, provisioning) = match *kind {
                "create" => (bundled(workflow), asked.id.as_str(), true),
                "reference" => (referenced(workflow), asked.id.as_str(), true),
                "change" => (bundled(workflow), "made-0.by-another", false),
                _ => continue,
            };
            for object in &objects {
                prop_assert_eq!(label(object, &asked, "managed"), Some("true"), "{}: {}", kind, object);
                prop_assert_eq!(label(object, &asked, "request-id"), Some(id), "{}: {}", kind, object);
                let wanted = (provisioning && is_found_by_label(object, &own)).then_some(id);
                prop_assert_eq!(label(object, &asked, "provisioning"), wanted, "{}: {}", kind, object);
            }
        }
        let Rendering::Manifests(list) = asked.render(Target::Manifests, Kind::Create) else { unreachable!() };
        for object in &list.items {
            prop_assert_eq!(label(object, &asked, "request-id"), Some(asked.id.as_str()));
            prop_assert_eq!(label(object, &asked, "provisioning"), None);
        }
    }

    #[test]
    fn free_text_arrives_byte_for_byte(asked in namespace()) {
        for (kind, workflow) in asked.workflows() {
            let objects = match kind {
                "create" | "change" => bundled(&workflow),
                "reference" => referenced(&workflow),
                _ => continue,
            };
            let annotations = &objects[0]["metadata"]["annotations"];
            for (parameter, annotation) in [("description", "description"), ("costCenter", "cost-center"), ("expiresAt", "expires-at")] {
                let arrived = annotations.get(format!("platform.io/{annotation}"));
                prop_assert_eq!(arrived, asked.request.get(parameter), "{}", kind);
            }
        }
    }

    #[test]
    fn labels_and_annotations_are_text_that_kubernetes_takes(asked in valid()) {
        let Rendering::Manifests(list) = asked.render(Target::Manifests, Kind::Create) else { unreachable!() };
        for object in &list.items {
            for (key, value) in object["metadata"]["labels"].as_object().unwrap() {
                let value = value.as_str().unwrap();
                let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
                let ends = value.is_empty() || value.starts_with(|c: char| c.is_ascii_alphanumeric()) && value.ends_with(|c: char| c.is_ascii_alphanumeric());
                prop_assert!(value.len() <= 63 && value.chars().all(plain) && ends, "{key}: {value:?}");
            }
            for value in object["metadata"]["annotations"].as_object().into_iter().flat_map(|map| map.values()) {
                prop_assert!(value.is_string(), "{value}");
            }
        }
    }

    #[test]
    fn yaml_says_what_json_says(asked in valid()) {
        for target in [Target::Workflow, Target::WorkflowRef, Target::WorkflowTemplate, Target::Manifests] {
            let rendering = asked.render(target, Kind::Create);
            let read = parse_all(&rendering.to_yaml(), Format::Yaml).unwrap();
            let written = match &rendering {
                Rendering::Manifests(list) => list.items.clone(),
                other => vec![json!(other)],
            };
            prop_assert_eq!(read, written);
        }
    }

    #[test]
    fn the_same_input_gives_the_same_bytes(asked in valid()) {
        let again = Asked { berth: loaded_again(&asked), ..asked.clone() };
        for target in [Target::Workflow, Target::WorkflowRef, Target::WorkflowTemplate, Target::Manifests] {
            prop_assert_eq!(asked.render(target, Kind::Create).to_yaml(), again.render(target, Kind::Create).to_yaml());
        }
        prop_assert_eq!(asked.workflows(), again.workflows());
    }
}

/// The documents of the request, loaded once more.
fn loaded_again(asked: &Asked) -> &'static Berth {
    static DEFAULT: LazyLock<Berth> = LazyLock::new(requests::default);
    static HARBOUR: LazyLock<Berth> = LazyLock::new(requests::harbour);
    if asked.prefix == "platform.io" { &DEFAULT } else { &HARBOUR }
}
