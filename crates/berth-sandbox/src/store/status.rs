//! What a cluster adds to objects by itself, as far as waits and selectors look at it.

use serde_json::{Map, Value, json};

use super::Kind;

/// A Namespace is Active and carries its name as a label; a quota is in force at once.
pub(super) fn fill(kind: &Kind, object: &mut Value) {
    if kind.is_namespace() {
        let name = object.pointer("/metadata/name").cloned().unwrap_or_default();
        if let Some(labels) = labels(object) {
            labels.insert("kubernetes.io/metadata.name".to_owned(), name);
        }
        object["status"] = json!({"phase": "Active"});
    } else if kind.group.is_empty() && kind.plural == "resourcequotas" {
        let hard = object.pointer("/spec/hard").cloned().unwrap_or_else(|| json!({}));
        let keys = hard.as_object().into_iter().flat_map(Map::keys);
        let used: Map<_, _> = keys.map(|key| (key.clone(), json!("0"))).collect();
        object["status"] = json!({"hard": hard, "used": used});
    }
}

fn labels(object: &mut Value) -> Option<&mut Map<String, Value>> {
    let metadata = object.get_mut("metadata")?.as_object_mut()?;
    metadata.entry("labels").or_insert_with(|| json!({})).as_object_mut()
}
