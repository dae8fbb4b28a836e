//! Answers in the form in which they are compared: without what every release changes.

use berth_core::input::InputError;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What stands for a value that every release, or every word in a document, changes.
const LEFT_OPEN: &str = "...";
/// Labels and annotations that hold such a value, below the label prefix.
const OPEN_KEYS: [&str; 3] = ["/core-version", "/policy-digest", "/spec-hash"];
/// Entries of decisions and plans that do.
const OPEN_ENTRIES: [&str; 2] = ["policyDigest", "coreVersion"];

/// A decision or a plan without `policyDigest` and `coreVersion`; of a rendering, the labels and
/// annotations of both and of the spec's hash are left open.
pub fn comparable(mut answer: Value) -> Value {
    if let Value::Object(entries) = &mut answer {
        for key in OPEN_ENTRIES {
            entries.shift_remove(key);
        }
    }
    leave_open(&mut answer);
    answer
}

fn leave_open(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(leave_open),
        Value::Object(entries) => {
            for (key, entry) in entries {
                if OPEN_KEYS.iter().any(|open| key.ends_with(open)) {
                    *entry = LEFT_OPEN.into();
                } else {
                    leave_open(entry);
                }
            }
        }
        _ => {}
    }
}

/// The same for YAML, line by line.
pub fn without_versions(yaml: &str) -> String {
    let open = |line: &str| match OPEN_KEYS
        .iter()
        .find_map(|key| line.find(&format!("{key}: ")).map(|at| at + key.len()))
    {
        Some(end) => format!("{}: {LEFT_OPEN}\n", line.get(..end).unwrap_or_default()),
        None => format!("{line}\n"),
    };
    yaml.lines().map(open).collect()
}

/// SHA-256 of the value as JSON without spaces, keys in their order.
pub fn digest(value: &Value) -> String {
    use std::fmt::Write as _;
    let mut text = "sha256:".to_owned();
    for byte in Sha256::digest(value.to_string().as_bytes()) {
        // Writing to a String can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A plan as a person would tell it: a line for each step with its objects, one for each that is left out, and of what
/// stands one for each object with the fields that change.
pub fn plan_in_short(plan: &Value) -> Value {
    let list = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let object = |object: &Value| match object["namespace"].as_str() {
        Some(namespace) => format!("{} {namespace}/{}", text(object, "kind"), text(object, "name")),
        None => format!("{} {}", text(object, "kind"), text(object, "name")),
    };
    let step = |step: &Value| {
        let objects: Vec<String> = list(step, "objects").iter().map(object).collect();
        format!("{}: {}", text(step, "id"), objects.join(", "))
    };
    let skipped = |step: &Value| format!("{}: {}", text(step, "id"), text(step, "reason"));
    let change = |change: &Value| {
        let paths: Vec<String> = list(change, "fields").iter().map(|field| text(field, "path")).collect();
        format!("{} {} {}", text(change, "change"), object(change), paths.join(" ")).trim_end().to_owned()
    };
    let mut short = json!({
        "planDigest": plan["planDigest"],
        "steps": list(plan, "steps").iter().map(step).collect::<Vec<_>>(),
        "skipped": list(plan, "skipped").iter().map(skipped).collect::<Vec<_>>(),
    });
    if let (Value::Object(short), Some(_)) = (&mut short, plan.get("changes")) {
        short.insert("kind".to_owned(), plan["kind"].clone());
        short.insert("changes".to_owned(), list(plan, "changes").iter().map(change).collect());
    }
    short
}

/// Why a text can't be read.
pub fn unreadable(error: &InputError) -> Value {
    json!({
        "code": error.code,
        "message": error.message,
        "hint": error.hint,
        "pointer": error.pointer,
        "line": error.location.map(|at| at.line),
        "column": error.location.map(|at| at.column),
    })
}
