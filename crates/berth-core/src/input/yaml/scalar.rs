//! What a scalar and its tag mean: the core schema of YAML 1.2 (§10.3.2), and nothing of YAML 1.1. So `on`, `no`,
//! `1_000`, `12:30` and `2026-01-01` are strings.

use std::borrow::Cow;

use granit_parser::{ScalarStyle, Tag};
use serde_json::{Number, Value};

use super::YamlProblem;
use crate::input::error::{Problem, shown};
use crate::input::number;

/// The value of a scalar.
pub(super) fn value(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, Problem> {
    let Some(tag) = tag else {
        return if style == ScalarStyle::Plain { plain(text) } else { Ok(text.into()) };
    };
    let fitting = match tag.core_suffix() {
        Some("str") => return Ok(text.into()),
        Some("null") => is_null(&text).then_some(Ok(Value::Null)),
        Some("bool") => boolean(&text).map(|value| Ok(value.into())),
        Some("int") => integer(&text).map(|number| number.map(Value::Number)),
        Some("float") => integer(&text).or_else(|| float(&text)).map(|number| number.map(Value::Number)),
        None if is_unspecific(tag) => return Ok(text.into()),
        None => return Err(YamlProblem::CustomTag { tag: tag.original() }.into()),
        Some(_) => None,
    };
    fitting.unwrap_or_else(|| {
        Err(YamlProblem::TagMisfit { tag: tag.original(), what: format!("`{}`", shown(&text)) }.into())
    })
}

/// Checks the tag of a list (`seq`) or map (`map`).
pub(super) fn check_tag(tag: Option<&Tag>, fitting: &str, what: &str) -> Result<(), Problem> {
    match tag {
        Some(tag) if tag.is_yaml_core_schema_tag(fitting) || is_unspecific(tag) => Ok(()),
        Some(tag) if tag.is_custom() => Err(YamlProblem::CustomTag { tag: tag.original() }.into()),
        Some(tag) => Err(YamlProblem::TagMisfit { tag: tag.original(), what: what.to_owned() }.into()),
        None => Ok(()),
    }
}

/// `!` alone: the node is what it looks like, and a scalar is a string.
fn is_unspecific(tag: &Tag) -> bool {
    tag.original() == "!"
}

fn plain(text: Cow<'_, str>) -> Result<Value, Problem> {
    if is_null(&text) {
        return Ok(Value::Null);
    }
    if let Some(value) = boolean(&text) {
        return Ok(value.into());
    }
    match integer(&text).or_else(|| float(&text)) {
        Some(number) => number.map(Value::Number),
        None => Ok(text.into()),
    }
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// `[-+]?[0-9]+`, `0o[0-7]+` or `0x[0-9a-fA-F]+`; none if it is not written as an integer.
fn integer(text: &str) -> Option<Result<Number, Problem>> {
    let (digits, radix) = if let Some(octal) = text.strip_prefix("0o") {
        (octal, 8)
    } else if let Some(hexadecimal) = text.strip_prefix("0x") {
        (hexadecimal, 16)
    } else {
        (text.strip_prefix(['-', '+']).unwrap_or(text), 10)
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    // Only digits are left, so that the one possible error is a number too large.
    let size = i64::from_str_radix(digits, radix).unwrap_or(i64::MAX);
    Some(number::integer(if text.starts_with('-') { -size } else { size }, || text.to_owned()))
}

/// A decimal number, an infinity or not-a-number; none if it is not written so.
fn float(text: &str) -> Option<Result<Number, Problem>> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(Err(Problem::NumberNotWhole { text: text.to_owned() }));
    }
    number::decimal(text)
}
