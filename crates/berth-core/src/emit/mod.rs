//! Values become YAML here, for people and for every YAML reader; reading it is left to `input`.
//!
//! The layout is kubectl's own: block style, two spaces, lists not indented under their key, nothing folded. A string
//! stands without quotes only where no reader, of YAML 1.1 or 1.2, could take it for something else.

mod block;
mod serializer;
mod string;

use serde::Serialize;
use serde_json::Value;

use block::Node;

/// Writes one document, with a line break at its end.
///
/// The keys of maps are text; numbers and booleans become text as keys.
///
/// # Panics
///
/// When `value` refuses to be serialized or has a list or map as a key. A [`Value`] never does, nor does a type that
/// derives `Serialize` and has text as keys.
///
/// ```
/// use berth_core::emit::to_yaml;
/// let quota = serde_json::json!({"kind": "ResourceQuota", "hard": {"pods": 10, "requests.cpu": "2"}, "scopes": []});
/// assert_eq!(to_yaml(&quota), "kind: ResourceQuota\nhard:\n  pods: 10\n  requests.cpu: '2'\nscopes: []\n");
/// ```
pub fn to_yaml(value: &impl Serialize) -> String {
    let mut text = String::new();
    write_document(&mut text, value);
    text
}

/// Writes several documents with `---` between them.
pub fn to_yaml_documents(values: &[Value]) -> String {
    let mut text = String::new();
    for value in values {
        if !text.is_empty() {
            text.push_str("---\n");
        }
        write_document(&mut text, value);
    }
    text
}

#[expect(
    clippy::expect_used,
    reason = "only a type that breaks the documented rule for keys gets here: a bug, no input"
)]
fn write_document(text: &mut String, value: &impl Serialize) {
    value.serialize(Node::root(text)).expect("a value that can be serialized, with text as keys");
    text.push('\n');
}

#[cfg(test)]
mod tests;
