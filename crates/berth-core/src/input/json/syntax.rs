//! What `serde_json` says about broken JSON, with a position and with help.

use std::ops::Range;

use crate::input::error::{Fault, LONE_SURROGATE, Problem, WRITE_BOTH_HALVES};
use crate::input::pointer::Step;

/// What `serde_json` says, what we say, and what to do. Anything else is passed on as it is.
const SAYINGS: &[(&str, &str, Option<&str>)] = &[
    ("EOF while parsing a list", "the text ends inside a list", Some("close it with `]`")),
    ("EOF while parsing an object", "the text ends inside an object", Some("close it with `}`")),
    ("EOF while parsing a string", "the text ends inside a string", Some("close it with `\"`")),
    ("EOF while parsing a value", "the text ends where a value should stand", Some("write a value")),
    ("expected `:`", "expected `:`", Some("write `:` between a key and its value")),
    ("expected `,` or `]`", "expected `,` or `]`", Some("separate the values of a list by commas")),
    ("expected `,` or `}`", "expected `,` or `}`", Some("separate the entries of an object by commas")),
    (
        "expected ident",
        "expected a value",
        Some("write `true`, `false` or `null`, or put text in double quotes"),
    ),
    ("expected value", "expected a value", Some("put text in double quotes")),
    ("key must be a string", "a key is not in double quotes", Some("put the key in double quotes")),
    ("trailing comma", "a comma stands before the closing bracket", Some("remove the comma")),
    ("trailing characters", "something follows the value", Some("give one JSON value")),
    ("invalid escape", "unknown escape in a string", Some("write `\\\\` for a backslash")),
    (
        "invalid number",
        "a number is malformed",
        Some("write digits, without leading zeros; or put it in double quotes if it is text"),
    ),
    (
        "control character (\\u0000-\\u001F) found while parsing a string",
        "a control character stands in a string",
        Some("write a line break as `\\n` and a tab as `\\t`"),
    ),
    ("lone leading surrogate in hex escape", LONE_SURROGATE, Some(WRITE_BOTH_HALVES)),
    ("unexpected end of hex escape", LONE_SURROGATE, Some(WRITE_BOTH_HALVES)),
];

/// The fault behind an error of `serde_json` in `text`.
pub(super) fn fault(text: &str, error: &serde_json::Error, path: Vec<Step>) -> Fault {
    let saying = error.to_string();
    let saying = saying.rsplit_once(" at line ").map_or(saying.as_str(), |(saying, _)| saying);
    let at = offset(text, error);
    if saying == "number out of range" {
        let range = number_around(text, at);
        let written = text.get(range.clone()).unwrap_or_default().to_owned();
        return Fault { path, ..Fault::at(Problem::NumberTooLarge { text: written }, range) };
    }
    let (why, hint) = SAYINGS
        .iter()
        .find(|(theirs, ..)| *theirs == saying)
        .map_or((saying, None), |&(_, ours, hint)| (ours, hint));
    let end = text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |next| at + next.len_utf8());
    Fault::at(Problem::Syntax { language: "JSON", why: why.to_owned(), hint }, at..end)
}

/// The byte that `serde_json` stopped at. It counts lines and, in each, bytes from one.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    if error.is_eof() {
        return text.trim_end().len();
    }
    let line = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let mut at = (line + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn number_around(text: &str, at: usize) -> Range<usize> {
    let number = |character: char| character.is_ascii_alphanumeric() || "+-.".contains(character);
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at..).unwrap_or_default();
    before.trim_end_matches(number).len()..at + (after.len() - after.trim_start_matches(number).len())
}
