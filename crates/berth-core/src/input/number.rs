//! The one rule for numbers: integers within ±(2^53−1), however they are written. It is exact: no float is involved,
//! neither here nor in what follows.

use serde_json::Number;

use super::error::Problem;
use super::limits::MAX_INTEGER;

/// An integer; `text` says what stands in the input.
pub(super) fn integer(value: i64, text: impl FnOnce() -> String) -> Result<Number, Problem> {
    if (-MAX_INTEGER..=MAX_INTEGER).contains(&value) {
        Ok(value.into())
    } else {
        Err(Problem::NumberTooLarge { text: text() })
    }
}

/// A decimal number, `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`; none if `text` is none.
///
/// `1.0` and `1e3` are the integers `1` and `1000`: JSON Schema and JavaScript can't tell them apart.
pub(super) fn decimal(text: &str) -> Option<Result<Number, Problem>> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, power_of_ten(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    if !all_digits(&digits) {
        return None;
    }
    let significant = digits.trim_end_matches('0');
    let zeros = digits.len() - significant.len() + exponent.max(0).unsigned_abs();
    let places = fraction.len() + exponent.min(0).unsigned_abs();
    let significant = significant.trim_start_matches('0');
    if significant.is_empty() {
        return Some(Ok(0.into()));
    }
    let Some(zeros) = zeros.checked_sub(places) else {
        return Some(Err(Problem::NumberNotWhole { text: text.to_owned() }));
    };
    if significant.len() + zeros > MAX_INTEGER.to_string().len() {
        return Some(Err(Problem::NumberTooLarge { text: text.to_owned() }));
    }
    let size: i64 = (significant.to_owned() + &"0".repeat(zeros)).parse().ok()?;
    Some(integer(if text.starts_with('-') { -size } else { size }, || text.to_owned()))
}

/// The exponent, cut to what no text is long enough to make up for.
fn power_of_ten(text: &str) -> Option<isize> {
    const FAR: isize = 1 << 30;
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !all_digits(digits) {
        return None;
    }
    let size = digits.parse().unwrap_or(FAR).min(FAR);
    Some(if text.starts_with('-') { -size } else { size })
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
