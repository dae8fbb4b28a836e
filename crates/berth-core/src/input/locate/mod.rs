//! Where in the text a value or a key stands: a second pass, made only when somebody has to be told.
//!
//! Both formats become one list of [`Mark`]s (`json`, `yaml`); the walk along the pointer is the same for both.

mod json;
mod walk;
#[cfg(feature = "yaml")]
mod yaml;

use std::borrow::Cow;
use std::ops::Range;

use super::limits::MAX_NODES;
use super::{Format, pointer, without_bom};

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Location {
    /// The line of the first character, from 1.
    pub line: usize,
    /// The column of the first character, from 1, in Unicode characters. A byte-order mark doesn't count.
    pub column: usize,
    /// The offset of the first byte.
    pub start: usize,
    /// The offset of the byte after the last one.
    pub end: usize,
    /// False if the pointer names something that is not in the text, and this is the nearest list or map around it
    /// (or the scalar that stands in its place).
    pub exact: bool,
}

impl Location {
    /// The place of some bytes, counted without the text's byte-order mark.
    pub(super) fn new(text: &str, range: Range<usize>) -> Self {
        let body = without_bom(text);
        let mark = text.len() - body.len();
        let before = body.get(..range.start).unwrap_or(body);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            start: mark + range.start,
            end: mark + range.end,
            exact: true,
        }
    }
}

/// Finds the value that a JSON pointer names in a text.
///
/// `document` counts the documents that `parse_all` gives, from 0. If the text holds no such value, this is the nearest
/// list, map or scalar on the way to it, and `exact` is false. What an alias stands for is found where it was anchored.
/// The text may be broken further down. None if there is no such document, or `pointer` is no JSON pointer.
///
/// ```
/// use berth_core::input::{Format, locate};
/// let text = "team: payments\nfeatures: [monitoring-enhanced, gpu]\n";
/// let gpu = locate(text, Format::Yaml, 0, "/features/1").unwrap();
/// assert_eq!((gpu.line, gpu.column, &text[gpu.start..gpu.end]), (2, 33, "gpu"));
/// ```
pub fn locate(text: &str, format: Format, document: usize, pointer: &str) -> Option<Location> {
    find(text, format, document, pointer, Target::Value)
}

/// Finds the key of the entry that a JSON pointer names, as [`locate`] finds its value.
///
/// An item of a list has no key: this is the item itself, as it is for the whole document.
pub fn locate_key(text: &str, format: Format, document: usize, pointer: &str) -> Option<Location> {
    find(text, format, document, pointer, Target::Key(Occurrence::First))
}

/// The scalars of a JSON text and its keys, in their order.
pub(super) fn json_scalars(text: &str) -> impl Iterator<Item = Range<usize>> {
    json::marks(text).into_iter().filter(|mark| mark.kind == Kind::Scalar).map(|mark| mark.range)
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Value,
    Key(Occurrence),
}

/// Which of two equal keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occurrence {
    First,
    Second,
}

pub(super) fn find(
    text: &str,
    format: Format,
    document: usize,
    pointer: &str,
    target: Target,
) -> Option<Location> {
    let steps = pointer::split(pointer)?;
    let body = without_bom(text);
    let marks = match format {
        Format::Json if document > 0 => return None,
        Format::Json => json::marks(body),
        #[cfg(feature = "yaml")]
        Format::Yaml => yaml::marks(body, document),
        #[cfg(not(feature = "yaml"))]
        Format::Yaml => return None,
    };
    let (range, exact) = walk::find(&marks, &steps, target)?;
    Some(Location { exact, ..Location::new(text, range) })
}

/// More marks than a text within the limits has: a value has at most a key, a mark of its own and the end of a list or map.
const MAX_MARKS: usize = 3 * MAX_NODES;

/// One token of a text, in the order of the text.
#[derive(Debug)]
struct Mark<'t> {
    kind: Kind,
    /// What a scalar says, without quotes and escapes.
    text: Cow<'t, str>,
    range: Range<usize>,
    /// The id that aliases know it by; 0 if it has none.
    anchor: usize,
    /// The anchor that it is an alias of; 0 if it is none.
    alias: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Or an alias.
    Scalar,
    Map,
    List,
    /// The end of a map or a list.
    Close,
}
