//! The tokens of a JSON text with their positions. It never fails: what is wrong with a text is said by the reader.
//! Beyond the reader's limits it stops, since nothing there is ever reported.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use super::{Kind, MAX_MARKS, Mark};
use crate::input::json;
use crate::input::limits::MAX_DEPTH;

/// The marks of a text.
pub(super) fn marks(text: &str) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    let mut at = 0;
    let mut depth = 0usize;
    while let Some(&byte) = text.as_bytes().get(at) {
        let (kind, end) = match byte {
            b'{' => (Kind::Map, at + 1),
            b'[' => (Kind::List, at + 1),
            b'}' | b']' => (Kind::Close, at + 1),
            b'"' => (Kind::Scalar, end_of_string(text, at)),
            b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' => {
                at += 1;
                continue;
            }
            _ => (Kind::Scalar, end_of_word(text, at)),
        };
        marks.push(Mark { kind, text: content(text, at..end), range: at..end, anchor: 0, alias: 0 });
        at = end;
        match kind {
            Kind::Map | Kind::List => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::Scalar => {}
        }
        if depth > MAX_DEPTH || marks.len() > MAX_MARKS {
            break;
        }
    }
    marks
}

/// The byte after the closing quote, or the end of the text.
fn end_of_string(text: &str, start: usize) -> usize {
    let mut escaped = false;
    for (offset, byte) in text.bytes().enumerate().skip(start + 1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return offset + 1,
            _ => {}
        }
    }
    text.len()
}

/// The end of a number, `true`, `false`, `null`, or of something that is no JSON.
fn end_of_word(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    start + rest.find(|next: char| ",:{}[]\" \t\n\r".contains(next)).unwrap_or(rest.len())
}

/// What a token says: a string without its quotes and escapes, anything else as it is.
fn content(text: &str, range: Range<usize>) -> Cow<'_, str> {
    let raw = text.get(range).unwrap_or_default();
    match raw.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        Some(inner) if !inner.contains('\\') => Cow::Borrowed(inner),
        Some(inner) => match json::parse(raw) {
            Ok(Value::String(text)) => Cow::Owned(text),
            _ => Cow::Borrowed(inner),
        },
        None => Cow::Borrowed(raw),
    }
}
