//! How values are shown in messages: short, and never as they could do harm.

use std::borrow::Cow;

use serde_json::Value;

/// The most characters of a user's value in a message.
const MOST: usize = 60;

/// The text, cut to a length that fits a message, control characters escaped.
pub(crate) fn excerpt(text: &str) -> Cow<'_, str> {
    if text.len() <= MOST && !text.chars().any(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut short = String::with_capacity(MOST * 2);
    for character in text.chars().take(MOST) {
        if character.is_control() {
            short.extend(character.escape_default());
        } else {
            short.push(character);
        }
    }
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    Cow::Owned(short)
}

/// The [`excerpt`] in backticks; of an empty text, that it is one.
pub(crate) fn quoted(text: &str) -> Cow<'_, str> {
    if text.is_empty() { "an empty text".into() } else { format!("`{}`", excerpt(text)).into() }
}

/// What a value is, in words.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a map",
    }
}

/// The JSON pointer of a key.
pub(crate) fn pointer(key: &str) -> String {
    format!("/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// An amount in minor units as people write it: `100.00 USD`.
pub(crate) fn money(amount: i64, currency: &str, decimals: u8) -> String {
    let unit = 10i64.saturating_pow(u32::from(decimals));
    let decimals = usize::from(decimals);
    if decimals == 0 {
        return format!("{amount} {currency}");
    }
    let sign = if amount < 0 { "-" } else { "" };
    let (whole, rest) = ((amount / unit).unsigned_abs(), (amount % unit).unsigned_abs());
    format!("{sign}{whole}.{rest:0decimals$} {currency}")
}
