//! The one rule for numbers: integers within ±(2^53−1), however they are written.

use serde_json::Number;

use super::error::Problem;
use super::limits::MAX_INTEGER;

/// An integer that was written as one; `text` is what stands in the input.
pub(super) fn from_integer(value: i64, text: impl FnOnce() -> String) -> Result<Number, Problem> {
    if (-MAX_INTEGER..=MAX_INTEGER).contains(&value) {
        Ok(value.into())
    } else {
        Err(Problem::NumberTooLarge { text: text() })
    }
}

/// A number with a fraction or an exponent. `1.0` and `1e3` are integers: JSON Schema and JavaScript can't tell
/// them from `1` and `1000`.
pub(super) fn from_float(value: f64, text: impl FnOnce() -> String) -> Result<Number, Problem> {
    if !value.is_finite() || value.fract() != 0.0 {
        return Err(Problem::NumberNotWhole { text: text() });
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a whole number; `as` saturates, and the range is checked next"
    )]
    from_integer(value as i64, text)
}
