//! Workflows: no tag but Berth's own, the names and limits of Argo 4, and no way to delete what was ever ready.

use std::sync::LazyLock;

use proptest::prelude::*;
use regex::Regex;
use serde_json::Value;

use crate::requests::{Asked, valid};

/// Calls `look` for every string, keys included, with its JSON pointer.
fn strings<'v>(value: &'v Value, pointer: &str, look: &mut impl FnMut(&str, &'v str)) {
    match value {
        Value::String(text) => look(pointer, text),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                strings(item, &format!("{pointer}/{index}"), look);
            }
        }
        Value::Object(entries) => {
            for (key, entry) in entries {
                look(pointer, key);
                strings(entry, &format!("{pointer}/{key}"), look);
            }
        }
        _ => {}
    }
}

/// A tag that Berth writes: the status in the exit handler, and a template's own parameters.
fn is_own_tag(tag: &str, kind: &str, pointer: &str, declared: &[&str]) -> bool {
    match tag.strip_prefix("workflow.parameters.") {
        Some(name) => kind == "template" && declared.contains(&name),
        None => tag == "workflow.status" && pointer == "/spec/templates/1/steps/0/0/when",
    }
}

static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s)\{\{(.*?)\}\}").unwrap());
/// Argo 4's CRDs: templates, steps and tasks; parameters.
static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[a-zA-Z0-9][-a-zA-Z0-9]{0,127}$").unwrap());
static PARAMETER: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[a-zA-Z0-9_][-a-zA-Z0-9_]*$").unwrap());
/// Kubernetes: containers and objects.
static LABEL: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$").unwrap());

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().into_iter().flatten()
}

fn containers(workflow: &Value) -> impl Iterator<Item = &Value> {
    list(&workflow["spec"], "templates").flat_map(|template| list(&template["containerSet"], "containers"))
}

fn parameters(workflow: &Value) -> Vec<&str> {
    list(&workflow["spec"]["arguments"], "parameters")
        .map(|parameter| parameter["name"].as_str().unwrap())
        .collect()
}

/// Whether a selector looks at the namespace's name and the provisioning label, and at nothing else.
fn is_about_provisioning(argument: &str, asked: &Asked) -> bool {
    let Some(selector) = argument.strip_prefix("--selector=") else { return true };
    let provisioning = format!("{}/provisioning", asked.prefix);
    let mut terms = selector.split(',').map(|term| term.split(['=', '!']).next().unwrap());
    terms.clone().any(|key| key == provisioning)
        && terms.all(|key| key == provisioning || key == "kubernetes.io/metadata.name")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn argo_finds_no_tag_but_berths_own(asked in valid()) {
        for (kind, workflow) in asked.workflows() {
            let declared = parameters(&workflow);
            let mut wrong = Vec::new();
            strings(&workflow, "", &mut |pointer, text| {
                let tags: Vec<&str> = TAG.captures_iter(text).map(|tag| tag.get(1).unwrap().as_str()).collect();
                let rest = TAG.replace_all(text, "");
                if rest.contains("{{") || tags.iter().any(|tag| !is_own_tag(tag, kind, pointer, &declared)) {
                    wrong.push(format!("{kind}{pointer}: {text}"));
                }
            });
            prop_assert!(wrong.is_empty(), "{wrong:?}");
        }
    }

    #[test]
    fn argo_4_takes_every_name_and_number(asked in valid()) {
        for (kind, workflow) in asked.workflows() {
            let name = workflow["metadata"]["name"].as_str().unwrap();
            prop_assert!(LABEL.is_match(name), "{kind}: {name}");
            for value in workflow["metadata"]["labels"].as_object().unwrap().values() {
                let value = value.as_str().unwrap();
                prop_assert!(value.len() <= 63 && value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-'), "{value}");
            }
            let templates: Vec<&Value> = list(&workflow["spec"], "templates").collect();
            prop_assert!(templates.len() <= 200);
            let parameters = parameters(&workflow);
            prop_assert!(parameters.len() <= 500);
            for (index, parameter) in parameters.iter().enumerate() {
                prop_assert!(PARAMETER.is_match(parameter) && !parameters[..index].contains(parameter), "{parameter}");
            }
            for template in templates {
                prop_assert!(NAME.is_match(template["name"].as_str().unwrap()));
                for step in list(template, "steps").flat_map(|group| group.as_array().unwrap()) {
                    prop_assert!(NAME.is_match(step["name"].as_str().unwrap()));
                }
                for key in ["timeout", "depends", "continueOn", "mutex", "semaphore"] {
                    prop_assert!(template.get(key).is_none(), "{key}");
                }
                let mut before: Vec<&Value> = Vec::new();
                for container in list(&template["containerSet"], "containers") {
                    let name = container["name"].as_str().unwrap();
                    prop_assert!(LABEL.is_match(name) && name != "wait" && name != "init", "{name}");
                    prop_assert!(!before.contains(&&container["name"]), "{name} twice");
                    for dependency in list(container, "dependencies") {
                        prop_assert!(before.contains(&dependency), "{name} waits for {dependency}");
                    }
                    before.push(&container["name"]);
                }
                // Behind `main` comes only what lies outside the namespace.
                let elsewhere = |name: &&&Value| name.as_str().is_some_and(|name| name.starts_with("release-") || name.starts_with("outside-"));
                if let Some(last) = before.iter().rev().find(|name| !elsewhere(name)) {
                    prop_assert_eq!(*last, "main");
                }
            }
        }
    }

    #[test]
    fn a_namespace_that_was_ever_ready_is_never_deleted_by_a_creation(asked in valid()) {
        for (kind, workflow) in asked.workflows() {
            let deletes = |container: &&Value| container["args"][0] == "delete" && container["args"][1] == "namespace";
            match kind {
                "create" | "template" => {
                    let templates = workflow["spec"]["templates"].as_array().unwrap();
                    let guard = &templates[0]["containerSet"]["containers"][0];
                    prop_assert_eq!(&guard["name"], "guard");
                    // `main` only looks, by the label that stays; what lies elsewhere goes when it has found nothing.
                    let (looks, deleting): (Vec<&Value>, Vec<&Value>) =
                        list(&templates[2]["containerSet"], "containers").partition(|container| container["name"] == "main");
                    prop_assert_eq!(&looks[0]["args"][1], "--for=delete");
                    prop_assert_eq!(&looks[0]["args"][0], "wait");
                    for container in deleting.iter().filter(|container| container["name"].as_str().unwrap().starts_with("outside-")) {
                        prop_assert_eq!(&container["dependencies"], &serde_json::json!(["main"]));
                    }
                    for argument in deleting.into_iter().chain([guard]).flat_map(|container| list(container, "args")) {
                        prop_assert!(is_about_provisioning(argument.as_str().unwrap(), &asked), "{argument}");
                    }
                    prop_assert_eq!(containers(&workflow).filter(deletes).count(), 1);
                    let first = list(&templates[0]["containerSet"], "containers");
                    prop_assert_eq!(first.filter(|container| container["args"][0] == "delete").count(), 0);
                }
                "change" | "adopt" | "freeze" => {
                    prop_assert_eq!(containers(&workflow).filter(deletes).count(), 0);
                    let report = list(&workflow["spec"]["templates"][2]["containerSet"], "containers");
                    for container in report {
                        prop_assert_eq!(&container["args"][0], "get");
                    }
                    let deleting = containers(&workflow).filter(|container| container["args"][0] == "delete");
                    for container in deleting {
                        prop_assert_eq!(&container["name"], "prune");
                    }
                    let pruned = list(&workflow["spec"]["templates"][0]["inputs"], "artifacts").find(|file| file["name"] == "prune");
                    let bundle = pruned.map_or("", |file| file["raw"]["data"].as_str().unwrap());
                    prop_assert!(!bundle.contains("\"Namespace\""), "{bundle}");
                }
                "delete" => {
                    let container = containers(&workflow).find(deletes).unwrap();
                    let selector = list(container, "args").filter_map(Value::as_str).find(|argument| argument.starts_with("--selector=")).unwrap();
                    let wanted = format!("{}/request-id=made-0.by-another", asked.prefix);
                    prop_assert!(selector.split([',', '=']).count() >= 4 && selector.contains(&wanted), "{selector}");
                }
                _ => prop_assert_eq!(containers(&workflow).count(), 0),
            }
        }
    }
}
