//! A request as `decide` reads it, as a JSON Schema: flat parameters, or `{blueprint, parameters, requester}`.

use serde_json::{Map, Value, json};

use super::{DIALECT, parameters};
use crate::policy::{Blueprint, Platform};
use crate::request::FLAT_BLUEPRINT;

/// The schema of requests of these blueprints.
pub(super) fn schema(platform: &Platform, blueprints: &[&Blueprint]) -> Value {
    let mut definitions: Map<String, Value> = blueprints
        .iter()
        .map(|blueprint| (blueprint.name.clone(), parameters::schema(platform, blueprint).into()))
        .collect();
    let wrapped = wrapped(blueprints);
    if !blueprints.iter().any(|blueprint| blueprint.name == FLAT_BLUEPRINT) {
        let mut schema = wrapped;
        schema.shift_insert(0, "$schema".to_owned(), DIALECT.into());
        schema.insert("$defs".to_owned(), definitions.into());
        return schema.into();
    }
    // Blueprints have names in lower case.
    definitions.insert("Request".to_owned(), wrapped.into());
    json!({
        "$schema": DIALECT,
        "title": "Request",
        "description": "What is asked for: the parameters of a namespace, or `blueprint` and `parameters`.",
        "type": "object",
        "if": { "anyOf": [
            { "properties": { "blueprint": true }, "required": ["blueprint"] },
            { "properties": { "parameters": true }, "required": ["parameters"] }
        ] },
        "then": { "$ref": "#/$defs/Request" },
        "else": { "$ref": reference(FLAT_BLUEPRINT) },
        "$defs": definitions
    })
}

/// `{blueprint, parameters, requester}`.
fn wrapped(blueprints: &[&Blueprint]) -> Map<String, Value> {
    let names: Value = blueprints.iter().map(|blueprint| blueprint.name.as_str()).collect();
    let parameters = match blueprints {
        [only] => json!({ "$ref": reference(&only.name) }),
        _ => json!({ "type": "object", "description": "What the blueprint takes." }),
    };
    let flat = blueprints.iter().any(|blueprint| blueprint.name == FLAT_BLUEPRINT);
    let mut properties = json!({
        "blueprint": { "title": "Blueprint", "description": "What kind of thing is asked for.", "enum": names },
        "parameters": parameters,
        "requester": {
            "title": "Requester",
            "description": "Who asks, where nobody else says so: an entity reference such as `user:default/ada`.",
            "type": "string"
        }
    });
    if flat && let Some(blueprint) = properties.get_mut("blueprint").and_then(Value::as_object_mut) {
        blueprint.insert("default".to_owned(), FLAT_BLUEPRINT.into());
    }
    let mut schema = Map::from_iter([
        ("title".to_owned(), "Request".into()),
        ("type".to_owned(), "object".into()),
        ("properties".to_owned(), properties),
        (
            "required".to_owned(),
            if flat { json!(["parameters"]) } else { json!(["blueprint", "parameters"]) },
        ),
        ("additionalProperties".to_owned(), Value::Bool(false)),
    ]);
    if blueprints.len() > 1 {
        schema.insert("allOf".to_owned(), blueprints.iter().map(|blueprint| of(blueprint)).collect());
    }
    schema
}

/// The parameters of a request that names this blueprint.
fn of(blueprint: &Blueprint) -> Value {
    let name = blueprint.name.as_str();
    let named = json!({ "blueprint": { "const": name } });
    let when = if name == FLAT_BLUEPRINT {
        json!({ "properties": named })
    } else {
        json!({ "properties": named, "required": ["blueprint"] })
    };
    json!({ "if": when, "then": { "properties": { "parameters": { "$ref": reference(name) } } } })
}

fn reference(blueprint: &str) -> String {
    format!("#/$defs/{blueprint}")
}
