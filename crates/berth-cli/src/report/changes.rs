//! What a change does, for people: objects that come, change and go, field by field.

use std::borrow::Cow;
use std::io::{self, Write};

use berth_core::FieldChange;
use berth_core::plan::{Change, ObjectChange};
use serde_json::Value;

use crate::output::Styles;

/// The most of a value that is shown.
const LONGEST: usize = 60;

/// Writes what becomes of each object of a namespace; those that stay are only counted.
pub(crate) fn changes(
    writer: &mut impl Write,
    changes: &[ObjectChange],
    namespace: &str,
    styles: &Styles,
) -> io::Result<()> {
    let Styles { faint, good, active, bad, .. } = styles;
    for object in changes {
        let (style, sign) = match object.change {
            Change::Added => (good, '+'),
            Change::Changed => (active, '~'),
            Change::Removed => (bad, '-'),
            Change::Unchanged => continue,
        };
        write!(writer, "  {style}{sign} {} {}{style:#}", object.kind, object.name)?;
        match &object.namespace {
            Some(other) if other != namespace => writeln!(writer, " {faint}in {other}{faint:#}")?,
            _ => writeln!(writer)?,
        }
        for field in &object.fields {
            self::field(writer, field, styles)?;
        }
    }
    match changes.iter().filter(|object| object.change == Change::Unchanged).count() {
        0 => Ok(()),
        same if same == changes.len() => writeln!(writer, "  {faint}nothing changes{faint:#}"),
        1 => writeln!(writer, "  {faint}1 object stays as it is{faint:#}"),
        same => writeln!(writer, "  {faint}{same} objects stay as they are{faint:#}"),
    }
}

fn field(writer: &mut impl Write, field: &FieldChange, styles: &Styles) -> io::Result<()> {
    let Styles { good, bad, faint, .. } = styles;
    write!(writer, "      {}: ", path(&field.path))?;
    match (&field.from, &field.to) {
        (Some(from), Some(to)) => {
            writeln!(writer, "{bad}{}{bad:#} {faint}->{faint:#} {good}{}{good:#}", value(from), value(to))
        }
        (Some(from), None) => writeln!(writer, "{bad}{}{bad:#} {faint}goes{faint:#}", value(from)),
        (None, Some(to)) => writeln!(writer, "{good}{}{good:#} {faint}is new{faint:#}", value(to)),
        (None, None) => writeln!(writer, "{faint}differs{faint:#}"),
    }
}

/// A JSON pointer as people write a path: `spec.hard["requests.cpu"]`.
fn path(pointer: &str) -> String {
    let mut path = String::new();
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            path.extend(["[", &part, "]"]);
        } else if part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') {
            path.push_str(if path.is_empty() { "" } else { "." });
            path.push_str(&part);
        } else {
            path.extend(["[\"", &part, "\"]"]);
        }
    }
    path
}

/// A value on one line; text without its quotes.
fn value(value: &Value) -> Cow<'_, str> {
    let text = match value {
        Value::String(text) if !text.is_empty() && !text.chars().any(char::is_control) => {
            Cow::Borrowed(&**text)
        }
        other => Cow::Owned(other.to_string()),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => text,
    }
}
