//! Are the `WorkflowTemplate`s of today's documents installed, and as they were rendered?

use berth_core::Berth;
use berth_core::render::WorkflowTemplate;
use serde_json::Value;

use super::difference::differs;
use super::finding::{Code, Finding};
use super::report::Checked;
use crate::argo::Argo;

/// Writes them.
pub(super) const RENDER: &str = "cargo xtask deploy && kubectl apply --kustomize deploy/base";

/// Compares what is installed with the documents.
pub(super) fn examine(argo: &Argo, berth: &Berth) -> Checked {
    let namespace = &berth.workflow_settings().namespace;
    let answer = match argo.look(&format!("/api/v1/workflow-templates/{namespace}"), true) {
        Ok(answer) if answer.status == 200 => answer,
        Ok(answer) => return Checked::Skipped(format!("Argo Server does not tell: {}", answer.message())),
        Err(_) => return Checked::Skipped("no answer".to_owned()),
    };
    let installed = answer.body.get("items").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let wanted = berth.workflow_templates();
    let findings: Vec<Finding> = wanted.iter().filter_map(|template| compare(template, installed)).collect();
    Checked::unless(findings, format!("{} are installed as they were rendered", wanted.len()))
}

fn compare(template: &WorkflowTemplate, installed: &[Value]) -> Option<Finding> {
    let name = &template.metadata.name;
    let found = installed.iter().find(|other| name_of(other) == name);
    let Some(found) = found else {
        // The name without its hash.
        let (family, _) = name.rsplit_once('-').unwrap_or((name, ""));
        let other = installed.iter().map(name_of).find(|other| other.starts_with(family));
        let instead = other.map_or_else(String::new, |other| format!("; `{other}` is of other documents"));
        return Some(Code::TemplateMissing.found(
            format!("the WorkflowTemplate `{name}` is not installed{instead}"),
            "Workflows by reference (`workflow-ref`) are refused; those that hold everything are not concerned",
            RENDER,
        ));
    };
    let spec = serde_json::to_value(&template.spec).unwrap_or_default();
    let place = found.get("spec").map_or_else(|| Some(String::new()), |have| differs(&spec, have, ""))?;
    Some(Code::TemplateChanged.found(
        format!("the WorkflowTemplate `{name}` is not what was rendered: `spec{place}` differs"),
        "what it does is not what the documents say: somebody has changed it",
        format!("kubectl get workflowtemplate {name} --output yaml shows it; {RENDER}"),
    ))
}

fn name_of(object: &Value) -> &str {
    object.pointer("/metadata/name").and_then(Value::as_str).unwrap_or_default()
}
