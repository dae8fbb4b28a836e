//! CEL, the language of admission policies in Kubernetes: literals, conditions and templates as expressions.
//!
//! What an expression is about (a request's parameters, an object that is written) is left to `admission`.

mod condition;
mod json_text;
mod template;

use std::fmt::Write as _;

use serde_json::Value;

pub(super) use condition::{Conditions, Tests};
pub(super) use json_text::JsonTests;
pub(super) use json_text::escaped;
pub(super) use template::{Labels, Templates, entry, namespace_labels};

/// A text as a literal.
pub(super) fn text(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('\'');
    for character in text.chars() {
        match character {
            '\\' | '\'' => literal.extend(['\\', character]),
            '\n' => literal.push_str("\\n"),
            control if control.is_control() => {
                // Writing to a String can't fail.
                let _ = write!(literal, "\\u{:04x}", u32::from(control));
            }
            other => literal.push(other),
        }
    }
    literal.push('\'');
    literal
}

/// A list of texts as a literal.
pub(super) fn texts<'t>(list: impl IntoIterator<Item = &'t str>) -> String {
    let list: Vec<String> = list.into_iter().map(text).collect();
    format!("[{}]", list.join(", "))
}

/// A JSON value as a literal. Kubernetes wants the items of a list, and the values of a map, to be of one type:
/// `dyn` makes them so.
pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::String(string) => text(string),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            texts(items.iter().filter_map(Value::as_str))
        }
        Value::Array(items) => list(items.iter().map(literal)),
        Value::Object(entries) => map(entries.iter().map(|(key, value)| (key.as_str(), literal(value)))),
        scalar => scalar.to_string(),
    }
}

/// A list of expressions of any type.
pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.map(|item| format!("dyn({item})")).collect::<Vec<_>>().join(", "))
}

/// A map of expressions of any type.
pub(super) fn map<'k>(entries: impl Iterator<Item = (&'k str, String)>) -> String {
    let entry = |(key, value)| format!("{}: dyn({value})", text(key));
    format!("{{{}}}", entries.map(entry).collect::<Vec<_>>().join(", "))
}

/// All of them hold.
pub(super) fn all(conditions: &[String]) -> String {
    joined(conditions, " && ", "true")
}

/// One of them holds.
pub(super) fn any(conditions: &[String]) -> String {
    joined(conditions, " || ", "false")
}

fn joined(conditions: &[String], operator: &str, nothing: &str) -> String {
    match conditions {
        [] => nothing.to_owned(),
        [one] => one.clone(),
        several => several.iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(operator),
    }
}
