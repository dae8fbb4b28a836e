//! JSON Schemas of what derives can't describe well enough for an editor: conditions, manifests and rows.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::condition::{Condition, Operator};

/// What [`crate::kubernetes::NameRule::DnsLabel`] takes.
pub(super) const DNS_LABEL: &str = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";

impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }

    /// One map rather than a choice of four: an editor can then say which key is wrong.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let condition = generator.subschema_for::<Self>();
        let operator = generator.subschema_for::<Operator>();
        let alone = |key: &str| json!({ "properties": { key: true }, "required": [key] });
        json_schema!({
            "description": "A condition over the parameters of a request: tests by parameter name, or by \
                            `platform.<path>` for a constant of the platform document; every test must hold. \
                            `all`, `any` and `not` combine conditions, and stand alone.",
            "type": "object",
            "properties": {
                "all": { "description": "Every one holds.", "type": "array", "items": condition },
                "any": { "description": "At least one holds.", "type": "array", "items": condition },
                "not": { "description": "It does not hold.", "$ref": condition.get("$ref") }
            },
            "additionalProperties": operator,
            "minProperties": 1,
            "if": { "anyOf": [alone("all"), alone("any"), alone("not")] },
            "then": { "maxProperties": 1 }
        })
    }
}

/// RBAC rules by the name of their `ClusterRole`.
pub(super) fn cluster_roles(_: &mut SchemaGenerator) -> Schema {
    let texts = json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 });
    json_schema!({
        "type": "object",
        "propertyNames": { "pattern": DNS_LABEL },
        "additionalProperties": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": { "apiGroups": texts, "resources": texts, "resourceNames": texts, "verbs": texts },
                "required": ["apiGroups", "resources", "verbs"],
                "additionalProperties": false
            }
        }
    })
}

/// A choice of maps with one key each, as one map: an editor then completes the keys.
pub(super) fn one_key_of(schema: &mut Schema) {
    let Some(Value::Array(choices)) = schema.remove("oneOf") else { return };
    let mut keys = Map::new();
    for choice in choices {
        let properties = choice.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        for (key, value) in properties {
            // A schema that takes everything may be written `true`.
            let mut value = value.as_object().cloned().unwrap_or_default();
            value.extend(choice.get("description").map(|text| ("description".to_owned(), text.clone())));
            keys.insert(key, value.into());
        }
    }
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), keys.into());
    schema.insert("additionalProperties".to_owned(), false.into());
    schema.insert("minProperties".to_owned(), 1.into());
    // Beside `properties`, editors would stop completing at this bound one key too early.
    schema.insert("allOf".to_owned(), json!([{ "maxProperties": 1 }]));
}

/// Adds what every Kubernetes object has, and what a blueprint may say of its metadata.
pub(super) fn kubernetes_object(schema: &mut Schema) {
    let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
    let text = |description: &str| json!({ "description": description, "type": "string", "minLength": 1 });
    let map = |description: &str| json!({ "description": description, "type": "object" });
    let conditional = "A value may be `{ when: <condition>, value: <value> }`.";
    properties.insert("apiVersion".to_owned(), text("Such as `v1`; without `${...}`."));
    properties.insert("kind".to_owned(), text("Such as `ResourceQuota`; without `${...}`."));
    properties.insert(
        "metadata".to_owned(),
        json!({
            "description": "Berth adds the namespace and its own labels.",
            "type": "object",
            "properties": {
                "name": text("The object's name; `${...}` may stand in it."),
                "labels": map(&format!("Labels of the object. {conditional}")),
                "annotations": map(&format!("Annotations of the object. {conditional}"))
            },
            "required": ["name"],
            "additionalProperties": false
        }),
    );
    schema.insert("required".to_owned(), json!(["apiVersion", "kind", "metadata"]));
}

/// Names of parameters, and how many there may be.
pub(super) fn parameters(schema: &mut Schema) {
    let names =
        json!({ "pattern": "^[A-Za-z][A-Za-z0-9_]*$", "not": { "enum": crate::policy::TAKEN_PARAMETERS } });
    schema.insert("minProperties".to_owned(), 1.into());
    schema.insert("maxProperties".to_owned(), crate::policy::MOST.into());
    schema.insert("propertyNames".to_owned(), names);
}

/// Tables of options.
pub(super) fn tables(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "additionalProperties": {
            "description": "A table: rows by option, in order.",
            "type": "object",
            "minProperties": 1,
            "maxProperties": crate::policy::MOST,
            "additionalProperties": {
                "description": "A row: what `${<row>.<column>}` reads.",
                "type": "object",
                "properties": {
                    "title": { "description": "The option's name for people.", "type": "string" },
                    "monthlyCost": {
                        "description": "What it costs a month, in minor units: 5000 for 50.00.",
                        "type": "integer",
                        "minimum": 0
                    }
                },
                "additionalProperties": true
            }
        }
    })
}
