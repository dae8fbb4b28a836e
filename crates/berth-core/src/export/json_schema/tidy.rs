//! Schemas of Rust types, made fit for people: no `null` that nobody may write, no formats of Rust's integers,
//! choices of one said plainly, and what a reader wants first standing first.

use schemars::Schema;
use schemars::transform::{Transform, transform_subschemas};
use serde_json::{Map, Value};

/// What stands first in a schema.
const FIRST: [&str; 4] = ["$schema", "title", "description", "type"];

/// Tidies a schema and all that it holds.
pub(super) struct Tidy;

impl Transform for Tidy {
    fn transform(&mut self, schema: &mut Schema) {
        let Some(keywords) = schema.as_object_mut() else { return };
        // Formats such as `uint32` are not in the standard; the bounds stand beside them.
        keywords.shift_remove("format");
        unwrap_option(keywords);
        unwrap_only_choice(keywords);
        if let Some(Value::String(description)) = keywords.get_mut("description") {
            *description = description.replace('\n', " ");
        }
        for key in FIRST.iter().rev() {
            if let Some(value) = keywords.shift_remove(*key) {
                keywords.shift_insert(0, (*key).to_owned(), value);
            }
        }
        transform_subschemas(self, schema);
    }
}

/// What is optional is left out; it is never `null`.
fn unwrap_option(keywords: &mut Map<String, Value>) {
    let null = |one: &Value| one.get("type").is_some_and(|found| found == "null");
    if let Some(Value::Array(types)) = keywords.get_mut("type") {
        types.retain(|found| found != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            keywords.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(choices)) = keywords.get_mut("anyOf") {
        choices.retain(|choice| !null(choice));
        if let [Value::Object(only)] = choices.as_slice() {
            let only = only.clone();
            keywords.shift_remove("anyOf");
            put_under(keywords, only);
        }
    }
}

/// One choice is none: `oneOf` with a single member says the same as that member.
fn unwrap_only_choice(keywords: &mut Map<String, Value>) {
    if let Some(Value::Array(choices)) = keywords.get("oneOf")
        && let [Value::Object(only)] = choices.as_slice()
    {
        let only = only.clone();
        keywords.shift_remove("oneOf");
        put_under(keywords, only);
    }
}

/// Adds keywords; those that are there already stay.
fn put_under(keywords: &mut Map<String, Value>, more: Map<String, Value>) {
    for (key, value) in more {
        keywords.entry(key).or_insert(value);
    }
}
