//! Argo's settings: must Workflows name a `WorkflowTemplate`, and are those of the documents there?

use berth_core::Berth;
use berth_core::input::{Format, parse};
use serde_json::Value;

use super::cluster::{hidden, items, text};
use super::finding::{Code, Finding};
use super::report::Checked;
use super::templates;
use crate::kubectl::Kubectl;

/// What Argo calls its settings, in the namespace of its controller.
const SETTINGS: &str = "workflow-controller-configmap";

/// Looks at the settings of every controller of the cluster.
pub(super) fn examine(berth: &Berth, kubectl: &Kubectl) -> Checked {
    let path = format!("/api/v1/configmaps?fieldSelector=metadata.name={SETTINGS}");
    let settings = match items(kubectl, &path) {
        Ok(settings) => settings,
        Err(error) => return hidden("Argo's settings", &error).into(),
    };
    if settings.is_empty() {
        return Checked::Skipped(format!("there is no ConfigMap `{SETTINGS}`"));
    }
    let mut findings = Vec::new();
    for settings in &settings {
        let namespace = text(settings, "/metadata/namespace");
        match referencing(settings) {
            Ok(None) => {}
            Ok(Some(mode)) if mode == "Secure" || mode == "Strict" => {
                findings.push(required(&mode, namespace));
                findings.extend(missing_template(berth, kubectl, &mode));
            }
            Ok(Some(mode)) => findings.push(unknown(&format!("is `{mode}`"), namespace)),
            Err(reason) => findings.push(unknown(&format!("can't be read: {reason}"), namespace)),
        }
    }
    Checked::unless(findings, "Workflows may hold everything, or name a template")
}

/// What the settings say of references. They are texts by key, or one text under the key `config`.
fn referencing(settings: &Value) -> Result<Option<String>, String> {
    let read = |key: &str| match settings.pointer(&format!("/data/{key}")).and_then(Value::as_str) {
        Some(text) => parse(text, Format::Yaml).map_err(|error| error.to_string()),
        None => Ok(Value::Null),
    };
    let whole = read("config")?;
    let own = read("workflowRestrictions")?;
    let restrictions = whole.get("workflowRestrictions").unwrap_or(&own);
    Ok(match restrictions.get("templateReferencing") {
        None | Some(Value::Null) => None,
        Some(Value::String(mode)) => Some(mode.clone()),
        Some(other) => Some(other.to_string()),
    })
}

fn required(mode: &str, namespace: &str) -> Finding {
    Code::ReferenceRequired.found(
        format!("Argo in `{namespace}` runs only Workflows by reference (`templateReferencing: {mode}`)"),
        "an instance with `target: workflow` has every request refused; one with `workflow-ref` is not concerned",
        "set `target: workflow-ref` in argoWorkflows.instances[]; on the command line: berth submit --target workflow-ref",
    )
}

/// That a template isn't there matters only to Workflows by reference, and here all are.
fn missing_template(berth: &Berth, kubectl: &Kubectl, mode: &str) -> Option<Finding> {
    let namespace = &berth.workflow_settings().namespace;
    let path = format!("/apis/argoproj.io/v1alpha1/namespaces/{namespace}/workflowtemplates");
    let installed = match items(kubectl, &path) {
        Ok(installed) => installed,
        Err(error) => return Some(hidden("the WorkflowTemplates", &error)),
    };
    let is_there = |name: &str| installed.iter().any(|template| text(template, "/metadata/name") == name);
    let wanted = berth.workflow_templates();
    let names = wanted.iter().map(|template| template.metadata.name.as_str());
    let missing: Vec<String> = names.filter(|name| !is_there(name)).map(|name| format!("`{name}`")).collect();
    (!missing.is_empty()).then(|| {
        Code::TemplateRequired.found(
            format!(
                "WorkflowTemplates are not in `{namespace}`, and Argo wants them (`{mode}`): {}",
                missing.join(", ")
            ),
            "every request that would name one of them fails",
            templates::RENDER,
        )
    })
}

fn unknown(what: &str, namespace: &str) -> Finding {
    Code::RestrictionUnknown.found(
        format!("`workflowRestrictions.templateReferencing` of Argo in `{namespace}` {what}"),
        "it is not in force: Argo knows `Secure` and `Strict`, and takes everything else for nothing, or doesn't start",
        format!("write `Secure`: kubectl edit configmap {SETTINGS} --namespace {namespace}"),
    )
}
