//! Judges one value against its parameter.

use serde_json::Value;

use super::Violation;
use crate::document::FieldFormat;
use crate::policy::{Field, FieldKind, Options, Slot, bit};
use crate::text;

/// A value, judged: its slot, and what is wrong with it (paths are relative to the value).
pub(crate) struct Checked<'a> {
    pub(crate) slot: Slot<'a>,
    pub(crate) violations: Vec<Violation<'a>>,
}

impl<'a> Checked<'a> {
    fn fine(slot: Slot<'a>) -> Self {
        Self { slot, violations: Vec::new() }
    }

    fn wrong(violation: Violation<'a>) -> Self {
        Self { slot: Slot::Invalid, violations: vec![violation] }
    }
}

/// Judges `value`; `now` in seconds since the Unix epoch, where it is known.
pub(crate) fn check_value<'a>(field: &'a Field, value: &'a Value, now: Option<i64>) -> Checked<'a> {
    match (&field.kind, value) {
        (FieldKind::Text { .. }, Value::String(given)) => check_text(field, given, now),
        (FieldKind::Choice(options), Value::String(given)) => match position(options, given) {
            Some(index) => Checked::fine(Slot::Choice(index)),
            None => Checked::wrong(not_an_option(field, options, given)),
        },
        (FieldKind::Choices { options, unique, min, max }, Value::Array(items)) => {
            check_items(field, options, *unique, (*min, *max), items)
        }
        (FieldKind::Integer { min, max }, Value::Number(number)) => match number.as_i64() {
            Some(number) if number < *min => Checked::wrong(
                Violation::new("too-small", format!("`{number}` is less than {min}"))
                    .hint(format!("write at least {min}")),
            ),
            Some(number) if number > *max => Checked::wrong(
                Violation::new("too-large", format!("`{number}` is more than {max}"))
                    .hint(format!("write at most {max}")),
            ),
            Some(number) => Checked::fine(Slot::Integer(number)),
            None => Checked::wrong(wrong_type(field, value)),
        },
        (FieldKind::Boolean, Value::Bool(given)) => Checked::fine(Slot::Boolean(*given)),
        _ => Checked::wrong(wrong_type(field, value)),
    }
}

fn position(options: &Options, given: &str) -> Option<u8> {
    options.position(given).and_then(|index| u8::try_from(index).ok())
}

fn wrong_type<'a>(field: &Field, value: &Value) -> Violation<'a> {
    let wanted = match &field.kind {
        FieldKind::Text { .. } | FieldKind::Choice(_) => "text",
        FieldKind::Choices { .. } => "a list",
        FieldKind::Integer { .. } => "a whole number",
        FieldKind::Boolean => "`true` or `false`",
    };
    let violation =
        Violation::new("type", format!("`{}` must be {wanted}, found {}", field.name, text::kind(value)));
    match (wanted, value) {
        ("text", Value::Bool(_) | Value::Number(_)) => violation.hint("put quotes around it"),
        (_, Value::Null) if field.parameter.required => violation.hint("write a value"),
        (_, Value::Null) => violation.hint(format!("leave `{}` out to give no value", field.name)),
        ("a list", Value::String(given)) => violation.hint(as_list(field, given)),
        ("a whole number", Value::String(given)) if given.parse::<i64>().is_ok() => {
            violation.hint("write it without quotes")
        }
        ("`true` or `false`", Value::String(_)) => violation.hint("write `true` or `false`, without quotes"),
        _ => violation,
    }
}

/// The list that was meant: the options in the text, between commas; or just what a list looks like.
fn as_list(field: &Field, given: &str) -> String {
    let items: Vec<&str> = given.split([',', ' ']).filter(|item| !item.is_empty()).collect();
    let all = field.options().filter(|options| items.iter().all(|item| options.position(item).is_some()));
    match (all, field.options().and_then(|options| options.values().next())) {
        (Some(_), _) if !items.is_empty() => format!("write `[\"{}\"]`", items.join("\", \"")),
        (_, Some(first)) => format!("write a list, such as `[\"{first}\"]`"),
        (_, None) => "write a list in brackets".to_owned(),
    }
}

fn check_text<'a>(field: &'a Field, given: &'a str, now: Option<i64>) -> Checked<'a> {
    let FieldKind::Text { min, max, pattern, format, future } = &field.kind else {
        return Checked::fine(Slot::Text(given));
    };
    let mut violations = Vec::new();
    // Bytes are an upper bound of characters: most texts need no counting.
    let length = if given.is_ascii() { given.len() } else { given.chars().count() };
    if length < *min {
        violations.push(
            Violation::new("too-short", format!("`{}` {}", field.name, shortage(length, *min)))
                .hint(format!("write at least {}", characters(*min))),
        );
    }
    if let Some(max) = max
        && length > *max
    {
        violations.push(
            Violation::new(
                "too-long",
                format!("`{}` has {}, more than {max}", field.name, characters(length)),
            )
            .hint(format!("write at most {max}")),
        );
    }
    // Of a text that isn't there, that it isn't there is all that helps.
    let nothing = length == 0 && *min > 0;
    if let Some(pattern) = pattern
        && !nothing
        && !pattern.matches(given)
    {
        let violation = Violation::new(
            "pattern",
            format!("{} does not match `{}`", text::quoted(given), pattern.source()),
        );
        violations.push(
            match (suggested(given, |text| pattern.matches(text), *max), &field.parameter.description) {
                (Some(better), _) => violation.hint(format!("did you mean `{better}`?")),
                (None, Some(description)) => violation.hint(description.as_str()),
                (None, None) => violation,
            },
        );
    }
    if let Some(format) = format {
        violations.extend(check_format(*format, *future, given, now));
    }
    Checked { slot: Slot::Text(given), violations }
}

fn characters(length: usize) -> String {
    if length == 1 { "1 character".to_owned() } else { format!("{length} characters") }
}

fn shortage(length: usize, min: usize) -> String {
    if length == 0 { "is empty".to_owned() } else { format!("has {}, fewer than {min}", characters(length)) }
}

/// The given text in the spelling of Kubernetes names, if that is what the pattern wants. A name in
/// another script has none: what is left of it would be another word.
fn suggested(given: &str, fits: impl Fn(&str) -> bool, max: Option<usize>) -> Option<String> {
    let mut better = String::with_capacity(given.len().min(256));
    for character in given.chars().take(256) {
        match character {
            'a'..='z' | '0'..='9' => better.push(character),
            'A'..='Z' => better.push(character.to_ascii_lowercase()),
            _ if character.is_alphanumeric() => return None,
            _ if better.ends_with('-') => {}
            _ => better.push('-'),
        }
    }
    let better = better.trim_matches('-');
    let better = better.get(..better.len().min(max.unwrap_or(usize::MAX)))?.trim_end_matches('-');
    (!better.is_empty() && fits(better)).then(|| better.to_owned())
}

fn check_format<'a>(
    format: FieldFormat,
    future: bool,
    given: &str,
    now: Option<i64>,
) -> Option<Violation<'a>> {
    let seconds = match format {
        FieldFormat::DateTime => crate::time::parse_date_time(given),
        FieldFormat::Date => crate::time::parse_date(given),
    };
    match (seconds, now) {
        (None, _) => Some(
            Violation::new("format", format!("{} is not {}", text::quoted(given), format.title()))
                .hint(format!("write it like `{}`", format.example())),
        ),
        (Some(seconds), Some(now)) if future && seconds <= now => Some(
            Violation::new("past", format!("`{}` has passed", text::excerpt(given)))
                .hint("choose a moment to come"),
        ),
        _ => None,
    }
}

fn check_items<'a>(
    field: &'a Field,
    options: &'a Options,
    unique: bool,
    bounds: (usize, Option<usize>),
    items: &'a [Value],
) -> Checked<'a> {
    let mut violations = Vec::new();
    let mut chosen = 0u64;
    for (place, item) in items.iter().enumerate() {
        let Value::String(given) = item else {
            let message = format!("an item of `{}` must be text, found {}", field.name, text::kind(item));
            violations.push(Violation::new("type", message).at(format!("/{place}")));
            continue;
        };
        match options.position(given) {
            None => violations.push(not_an_option(field, options, given).at(format!("/{place}"))),
            Some(index) if unique && chosen & bit(index) != 0 => violations.push(
                Violation::new("duplicate-item", format!("`{given}` stands twice in `{}`", field.name))
                    .at(format!("/{place}"))
                    .hint("remove one of them"),
            ),
            Some(index) => chosen |= bit(index),
        }
    }
    let (min, max) = bounds;
    if items.len() < min {
        violations.push(
            Violation::new(
                "too-few",
                format!("`{}` has {}, fewer than {min}", field.name, count(items.len())),
            )
            .hint(format!("choose at least {min}")),
        );
    }
    if let Some(max) = max
        && items.len() > max
    {
        violations.push(
            Violation::new(
                "too-many",
                format!("`{}` has {}, more than {max}", field.name, count(items.len())),
            )
            .hint(format!("choose at most {max}")),
        );
    }
    Checked { slot: Slot::Choices(chosen), violations }
}

fn count(items: usize) -> String {
    match items {
        0 => "no item".to_owned(),
        1 => "1 item".to_owned(),
        _ => format!("{items} items"),
    }
}

fn not_an_option<'a>(field: &Field, options: &Options, given: &str) -> Violation<'a> {
    let hint = crate::suggest::hint(given, "options are", options.values());
    Violation::new("not-an-option", format!("{} is not an option of `{}`", text::quoted(given), field.name))
        .hint(hint)
}
