//! JSON in which Argo finds no tag.
//!
//! Argo replaces `{{...}}` in every string of a Workflow and has no escape for it. Inside JSON strings
//! `{` and `}` are written as `\u007b` and `\u007d`: Argo sees no tag, and kubectl reads the characters.
//! Structural braces are safe: `{"` never makes `{{`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

struct Neutral;

impl Formatter for Neutral {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            writer.write_all(if brace.starts_with('{') { b"\\u007b" } else { b"\\u007d" })?;
            rest = brace.get(1..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// The value as JSON without a brace inside any string.
pub(super) fn to_json(value: &impl Serialize) -> String {
    let mut bytes = Vec::with_capacity(1024);
    // Writing to memory can't fail, and what is written here has only text as keys.
    let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, Neutral));
    written.ok().and_then(|()| String::from_utf8(bytes).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::to_json;
    use serde_json::{Value, json};

    #[test]
    fn braces_in_strings_are_escaped_and_read_back() {
        let nasty = json!({ "{{k}}": "hi {{workflow.name}} {{=1+1}} $(whoami) `id` ' \" \\ \n {{{{x}}}} é 😀", "n": [{}, {"a": {}}] });
        let text = to_json(&nasty);
        assert!(!text.contains("{{"), "{text}");
        assert!(text.contains('😀'), "other characters stay as they are: {text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), nasty);
    }
}
