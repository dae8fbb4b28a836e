//! Parameters of a Workflow as expressions: each is JSON text, as `render` writes it, and CEL reads no JSON.
//!
//! INVARIANT: a text is taken only in the one form that `render` writes. Then equal values are equal texts, and a
//! prefix of a value is a prefix of its text, since no character's form begins with that of another.

use serde_json::Value;

use super::{Tests, text, texts};
use crate::document::FieldFormat;
use crate::emit::to_json_without_braces as json_text;
use crate::pattern::Pattern;
use crate::policy::{Check, Field, FieldKind, Options, bit};
use crate::time::{DATE_PATTERN, DATE_TIME_PATTERN};

/// A character inside a JSON string, as `render` writes it: braces and what JSON escapes are escaped.
const CHARACTER: &str = r#"(?:[^"\\{}\x00-\x1f]|\\["\\bfnrt]|\\u00(?:0[0-7bef]|1[0-9a-f]|7[bd]))"#;
/// A whole number of up to sixteen digits.
const INTEGER: &str = "^(?:0|-?[1-9][0-9]{0,15})$";

/// Tests of the parameters of a blueprint.
pub(in super::super) struct JsonTests<'a> {
    pub(in super::super) fields: &'a [Field],
}

impl JsonTests<'_> {
    /// The variable that holds a parameter's text, with its default; empty when there is none.
    pub(in super::super) fn variable(field: &Field) -> String {
        format!("value_{}", field.name)
    }

    /// The parameter's default as JSON text; empty when there is none.
    pub(in super::super) fn default(field: &Field) -> String {
        field.default.as_ref().map(json_text).unwrap_or_default()
    }

    /// An expression for "the text in `variable` is a value that the parameter takes"; `None` when a pattern can't
    /// be carried over to JSON text.
    pub(in super::super) fn takes(field: &Field, variable: &str) -> Option<String> {
        Some(match &field.kind {
            FieldKind::Text { min, max, pattern, format, .. } => {
                let mut conditions = vec![matches(variable, &format!("^\"{CHARACTER}*\"$"))];
                let length = format!("{variable}.findAll({}).size()", text(CHARACTER));
                // The text is at most six times as long as what it stands for: what is far too long isn't counted.
                conditions
                    .extend(max.map(|max| format!("size({variable}) <= {}", max.saturating_mul(6) + 2)));
                conditions.extend((*min > 0).then(|| format!("{length} >= {min}")));
                conditions.extend(max.map(|max| format!("{length} <= {max}")));
                if let Some(pattern) = pattern {
                    conditions.push(matches(variable, &in_quotes(pattern)?));
                }
                conditions.extend(format.map(|format| {
                    let pattern = match format {
                        FieldFormat::DateTime => DATE_TIME_PATTERN,
                        FieldFormat::Date => DATE_PATTERN,
                    };
                    matches(variable, &quoted(pattern))
                }));
                super::all(&conditions)
            }
            FieldKind::Choice(options) => one_of(variable, options.values()),
            FieldKind::Choices { options, unique, min, max } => {
                let item = regex_of(options)?;
                let mut conditions = vec![matches(variable, &format!(r"^\[(?:{item}(?:,{item})*)?\]$"))];
                let items = format!("{variable}.findAll({})", text(&item));
                conditions.extend((*min > 0).then(|| format!("{items}.size() >= {min}")));
                conditions.extend(max.map(|max| format!("{items}.size() <= {max}")));
                // Where each may stand once, there are at most as many as options: no long list is gone through.
                let most = options.list.len();
                conditions.extend(unique.then(|| {
                    format!("{items}.size() <= {most} && {items}.all(item, {items}.exists_one(other, other == item))")
                }));
                super::all(&conditions)
            }
            FieldKind::Integer { min, max } => {
                format!(
                    "{} && int({variable}) >= {min} && int({variable}) <= {max}",
                    matches(variable, INTEGER)
                )
            }
            FieldKind::Boolean => one_of(variable, ["true", "false"].into_iter()),
        })
    }

    fn named(&self, field: usize) -> Option<(&Field, String)> {
        let field = self.fields.get(field)?;
        Some((field, format!("variables.{}", Self::variable(field))))
    }
}

impl Tests for JsonTests<'_> {
    fn test(&self, field: usize, check: &Check) -> Option<String> {
        let (field, variable) = self.named(field)?;
        let chosen = |mask: u64| {
            let options = field.options().map(|options| options.values().enumerate());
            options
                .into_iter()
                .flatten()
                .filter(move |(index, _)| mask & bit(*index) != 0)
                .map(|(_, value)| value)
        };
        Some(match check {
            Check::Given => format!("{variable} != ''"),
            Check::OneOf(mask) => one_of_texts(&variable, chosen(*mask)),
            Check::Has(mask) => {
                let item = regex_of(field.options()?)?;
                let items = format!("{variable}.findAll({})", text(&item));
                let wanted: Vec<String> = chosen(*mask).map(json_of).collect();
                format!("{items}.exists(item, item in {})", texts(wanted.iter().map(String::as_str)))
            }
            Check::TextIn(list) => one_of_texts(&variable, list.iter().map(String::as_str)),
            Check::Matches(pattern) => matches(&variable, &in_quotes(pattern)?),
            Check::Between(low, high) => {
                let mut conditions = vec![matches(&variable, INTEGER)];
                conditions.extend((*low > i64::MIN).then(|| format!("int({variable}) >= {low}")));
                conditions.extend((*high < i64::MAX).then(|| format!("int({variable}) <= {high}")));
                conditions.join(" && ")
            }
            Check::Is(wanted) => format!("{variable} == '{wanted}'"),
            Check::SameAs(other) => {
                let (_, other) = self.named(*other)?;
                format!("{variable} != '' && {variable} == {other}")
            }
            Check::StartsWith(other) => {
                let (_, other) = self.named(*other)?;
                format!("{other} != '' && {variable}.startsWith({other}.substring(0, size({other}) - 1))")
            }
        })
    }
}

fn matches(variable: &str, pattern: &str) -> String {
    format!("{variable}.matches({})", text(pattern))
}

fn json_of(value: &str) -> String {
    json_text(&Value::from(value))
}

fn one_of<'v>(variable: &str, values: impl Iterator<Item = &'v str>) -> String {
    let values: Vec<&str> = values.collect();
    if values == ["true", "false"] {
        return format!("{variable} in {}", texts(values));
    }
    one_of_texts(variable, values.into_iter())
}

fn one_of_texts<'v>(variable: &str, values: impl Iterator<Item = &'v str>) -> String {
    let values: Vec<String> = values.map(json_of).collect();
    format!("{variable} in {}", texts(values.iter().map(String::as_str)))
}

/// A pattern over the text between the quotes. `None` when it speaks of characters that are escaped there.
fn in_quotes(pattern: &Pattern) -> Option<String> {
    let shape = pattern.shape();
    let escaped = |character: char| matches!(character, '"' | '\\' | '{' | '}') || character.is_control();
    let plain =
        !(0..=127u8).map(char::from).any(|one| escaped(one) && one != '\u{7f}' && shape.all.contains(one));
    plain.then(|| quoted(pattern.source()))
}

/// A pattern that is anchored at both ends, with quotes around it.
fn quoted(anchored: &str) -> String {
    let inner = anchored.strip_prefix('^').unwrap_or(anchored);
    let inner = inner.strip_suffix('$').unwrap_or(inner);
    format!("^\"(?:{inner})\"$")
}

/// One of the options, as it stands in a list.
fn regex_of(options: &Options) -> Option<String> {
    let mut list = Vec::with_capacity(options.list.len());
    for value in options.values() {
        let json = json_of(value);
        let inner = json.get(1..json.len().checked_sub(1)?)?;
        list.push(escaped(inner));
    }
    Some(format!("\"(?:{})\"", list.join("|")))
}

/// The text as a regular expression.
pub(in super::super) fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if r"^$\.*+?()[]{}|".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}
