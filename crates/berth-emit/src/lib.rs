//! Values become text here, JSON and YAML; reading it is left to `berth_core::input`.
//!
//! A type tells what it is made of only once, to `serializer`, and each format is a `Sink` of what it tells: `serde`'s
//! code is not made anew for each format, which in WebAssembly would be four times as much. For its sake this is a crate
//! of its own, too: it is what a decision spends most of its time in, and compiled for speed where the rest is compiled
//! for size.
//!
//! A number with a fraction becomes `null`, as JSON does with infinity: nothing that `berth_core::input` has read holds
//! one, and the code that prints it would be larger than all that is here.

mod bytes;
mod json;
mod serializer;
mod value;
mod yaml;

use serde::Serialize;
use serde_json::Value;

use json::{Braces, Json};
use serializer::Events;
use value::Values;
use yaml::Yaml;

/// What a serializer tells of a value, part by part.
trait Sink {
    fn null(&mut self);
    fn boolean(&mut self, value: bool);
    /// A whole number: its sign and its size.
    fn integer(&mut self, negative: bool, size: u64);
    fn text(&mut self, text: &str);
    /// A list or a map begins.
    fn begin(&mut self, kind: Kind);
    /// A value of the list follows.
    fn item(&mut self);
    /// The value of this key of the map follows.
    fn key(&mut self, key: &str);
    /// The list or map that began last is complete.
    fn end(&mut self, kind: Kind);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    List,
    Map,
}

/// Writes a value as compact JSON.
///
/// # Panics
///
/// As [`to_yaml`].
pub fn to_json(value: &impl Serialize) -> String {
    let mut text = String::new();
    write_json(&mut text, value);
    text
}

/// Adds a value as compact JSON to the end of a text.
///
/// # Panics
///
/// As [`to_yaml`].
pub fn write_json(text: &mut String, value: &impl Serialize) {
    tell(value, &mut Json::new(text, Braces::Kept));
}

/// Writes a value as compact JSON without a brace in any string: `{` and `}` become `\u007b` and `\u007d` there.
///
/// # Panics
///
/// As [`to_yaml`].
pub fn to_json_without_braces(value: &impl Serialize) -> String {
    let mut text = String::with_capacity(1024);
    tell(value, &mut Json::new(&mut text, Braces::Escaped));
    text
}

/// The value as JSON knows it.
///
/// # Panics
///
/// As [`to_yaml`].
pub fn to_value(value: &impl Serialize) -> Value {
    let mut values = Values::default();
    tell(value, &mut values);
    values.finish()
}

/// Writes one YAML document, with a line break at its end.
///
/// The keys of maps are text; numbers and booleans become text as keys.
///
/// # Panics
///
/// When `value` refuses to be serialized or has a list or map as a key. A [`Value`] never does, nor does a type that
/// derives `Serialize` and has text as keys.
///
/// ```
/// use berth_emit::to_yaml;
/// let quota = serde_json::json!({"kind": "ResourceQuota", "hard": {"pods": 10, "requests.cpu": "2"}, "scopes": []});
/// assert_eq!(to_yaml(&quota), "kind: ResourceQuota\nhard:\n  pods: 10\n  requests.cpu: '2'\nscopes: []\n");
/// ```
pub fn to_yaml(value: &impl Serialize) -> String {
    let mut text = String::new();
    write_yaml(&mut text, value);
    text
}

/// Adds a YAML document to the end of a text, with a line break at its own end.
///
/// # Panics
///
/// As [`to_yaml`].
pub fn write_yaml(text: &mut String, value: &impl Serialize) {
    tell(value, &mut Yaml::new(text));
    text.push('\n');
}

/// Writes several YAML documents with `---` between them.
pub fn to_yaml_documents(values: &[Value]) -> String {
    let mut text = String::new();
    write_yaml_documents(&mut text, values);
    text
}

/// As [`to_yaml_documents`], at the end of a text.
pub fn write_yaml_documents(text: &mut String, values: &[Value]) {
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            text.push_str("---\n");
        }
        write_yaml(text, value);
    }
}

#[expect(
    clippy::expect_used,
    reason = "only a type that breaks the documented rules gets here: a bug, no input"
)]
fn tell(value: &impl Serialize, sink: &mut dyn Sink) {
    value.serialize(Events::of(sink)).expect("a value that can be serialized, with text as keys");
}

/// Writes a whole number in digits.
fn push_integer(out: &mut String, negative: bool, mut size: u64) {
    let mut digits = [0; 20];
    let mut first = digits.len();
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + u8::try_from(size % 10).unwrap_or_default();
        first -= 1;
        size /= 10;
        if size == 0 {
            break;
        }
    }
    if negative {
        out.push('-');
    }
    out.extend(digits.iter().skip(first).map(|digit| char::from(*digit)));
}
