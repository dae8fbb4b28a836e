//! The parameters of a blueprint as a JSON Schema: each one, the names that are reserved, and the rules between them.

use serde_json::{Map, Value, json};

use super::condition::Conditions;
use super::parameter;
use super::schema::Schema;
use crate::decide::NEEDS_CONTEXT;
use crate::document::Severity;
use crate::policy::{Blueprint, Platform, RESERVED_BY_THE_API, Rule, bit};

/// The schema of a blueprint's parameters, flat.
pub(super) fn schema(platform: &Platform, blueprint: &Blueprint) -> Map<String, Value> {
    let metadata = &blueprint.metadata;
    let mut schema = Map::new();
    let mut put = |key: &str, value: Value| {
        schema.insert(key.to_owned(), value);
    };
    put("title", metadata.title.as_ref().unwrap_or(&metadata.name).as_str().into());
    if let Some(description) = &metadata.description {
        put("description", description.as_str().into());
    }
    put("type", "object".into());
    put("properties", properties(platform, blueprint).into());
    let required = blueprint.fields.iter().filter(|field| field.must_be_given());
    put("required", required.map(|field| field.name.as_str()).collect());
    put("additionalProperties", Value::Bool(false));

    let conditions = Conditions::new(&blueprint.fields);
    let mut not_exported: Vec<&str> = Vec::new();
    let mut rules: Vec<Value> = Vec::new();
    for rule in blueprint.rules.iter().filter(|rule| rule.severity == Severity::Error) {
        match exported(rule, blueprint, &conditions) {
            Some(Value::Bool(true)) => {}
            Some(schema) => rules.push(schema),
            None => not_exported.push(&rule.code),
        }
    }
    if !rules.is_empty() {
        put("allOf", rules.into());
    }
    if blueprint.fields.iter().any(|field| field.parameter.future) {
        not_exported.push("past");
    }
    not_exported.extend(NEEDS_CONTEXT);
    put(
        "$defs",
        json!({ "notExported": {
            "description": "Codes of violations that only Berth itself can find: this schema can't say them.",
            "enum": not_exported
        } }),
    );
    schema
}

fn properties(platform: &Platform, blueprint: &Blueprint) -> Map<String, Value> {
    let fields = blueprint.fields.iter().enumerate();
    fields
        .map(|(index, field)| {
            let mut schema = parameter::schema(field, &platform.document.spec.currency);
            if index == blueprint.name_field {
                let free = json!({ "title": "a name that is not reserved", "not": reserved(platform) });
                match schema.entry("allOf").or_insert_with(|| json!([])) {
                    Value::Array(all) => all.push(free),
                    other => *other = json!([free]),
                }
            }
            (field.name.clone(), schema.into())
        })
        .collect()
}

/// The names that the platform and the API keep for themselves.
fn reserved(platform: &Platform) -> Value {
    let reserved = &platform.document.spec.reserved;
    let names: Value =
        RESERVED_BY_THE_API.into_iter().chain(reserved.names.iter().map(String::as_str)).collect();
    let prefixes: Vec<String> = reserved.name_prefixes.iter().map(|prefix| escaped(prefix)).collect();
    let names = json!({ "enum": names });
    if prefixes.is_empty() {
        return names;
    }
    // Without its type a pattern would hold for everything that is no text.
    json!({ "anyOf": [names, { "type": "string", "pattern": format!("^(?:{})", prefixes.join("|")) }] })
}

/// The text as a regular expression that ECMAScript with the `u` flag reads, too: it refuses needless backslashes.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if r"^$\.*+?()[]{}|/".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

/// A rule: where `when` holds, `require` must hold. `true` when it says nothing, `None` when a schema can't say it.
fn exported(rule: &Rule, blueprint: &Blueprint, conditions: &Conditions<'_>) -> Option<Value> {
    let (when, require) = (conditions.schema(&rule.when)?, conditions.schema(&rule.require)?);
    if matches!(when, Schema::Constant(false)) || matches!(require, Schema::Constant(true)) {
        return Some(Value::Bool(true));
    }
    let mut schema = Map::new();
    let mut put = |key: &str, value: Value| {
        schema.insert(key.to_owned(), value);
    };
    put("$comment", rule.code.as_str().into());
    put("title", rule.message.as_str().into());
    if let Some(hint) = &rule.hint {
        put("description", hint.as_str().into());
    }
    // A rule that looks at a required parameter stays silent until it is given.
    let looked_at = blueprint.fields.iter().enumerate().filter(|(index, _)| rule.fields & bit(*index) != 0);
    let needed: Vec<&str> =
        looked_at.filter(|(_, field)| field.must_be_given()).map(|(_, field)| field.name.as_str()).collect();
    let when = when.with_required(&needed).into_keywords();
    let mut then = require.into_keywords();
    if when.is_empty() {
        schema.append(&mut then);
    } else {
        // Editors name the source of an error by the title next to it.
        then.shift_insert(0, "title".to_owned(), rule.message.as_str().into());
        put("if", when.into());
        put("then", then.into());
    }
    Some(schema.into())
}
