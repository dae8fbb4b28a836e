//! A thin Workflow and the WorkflowTemplate that it refers to, made one.

use serde_json::{Map, Value};

/// The name of the WorkflowTemplate that a Workflow refers to.
pub(crate) fn template_name(document: &Value) -> Option<&str> {
    document.pointer("/spec/workflowTemplateRef/name")?.as_str()
}

/// The spec that runs: what the Workflow says goes before what the template says; parameters are
/// joined by name.
pub(super) fn join(spec: &Map<String, Value>, template: &Map<String, Value>) -> Map<String, Value> {
    let mut joined = template.clone();
    for (key, value) in spec {
        if key != "workflowTemplateRef" && key != "arguments" {
            joined.insert(key.clone(), value.clone());
        }
    }
    let mut parameters = parameters(spec).to_vec();
    for parameter in self::parameters(template) {
        let name = parameter.get("name");
        if !parameters.iter().any(|given| given.get("name") == name) {
            parameters.push(parameter.clone());
        }
    }
    joined.insert("arguments".to_owned(), serde_json::json!({"parameters": parameters}));
    joined
}

fn parameters(spec: &Map<String, Value>) -> &[Value] {
    let parameters = spec.get("arguments").and_then(|arguments| arguments.get("parameters"));
    parameters.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_workflow_goes_before_its_template() {
        let thin = json!({
            "workflowTemplateRef": {"name": "berth-create"},
            "activeDeadlineSeconds": 60,
            "arguments": {"parameters": [{"name": "team", "value": "payments"}]},
        });
        let template = json!({
            "entrypoint": "berth",
            "activeDeadlineSeconds": 900,
            "arguments": {"parameters": [{"name": "team"}, {"name": "tier", "value": "small"}]},
        });
        let joined = join(thin.as_object().unwrap(), template.as_object().unwrap());
        let parameters = json!([{"name": "team", "value": "payments"}, {"name": "tier", "value": "small"}]);
        let expected = json!({
            "entrypoint": "berth", "activeDeadlineSeconds": 60, "arguments": {"parameters": parameters},
        });
        assert_eq!(Value::Object(joined), expected);
    }
}
