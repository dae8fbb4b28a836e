//! Numbers with a fraction or an exponent. `serde_json` reads them as floats, and not always as the nearest ones
//! (`9007166349168821.00` becomes `...820`), so that a second pass takes them from the text. They are rare.

use std::ops::Range;

use serde_json::{Number, Value};

use crate::input::error::{Fault, Problem};
use crate::input::locate::json_scalars;
use crate::input::number;
use crate::input::pointer::Step;

/// Puts the numbers of a text into the value that was read from it.
pub(super) fn settle(text: &str, value: &mut Value) -> Result<(), Fault> {
    let mut numbers = json_scalars(text).filter_map(|range| {
        let number = number::decimal(text.get(range.clone())?)?;
        Some((number, range))
    });
    put(&mut numbers, value)
}

type Numbers<'n> = dyn Iterator<Item = (Result<Number, Problem>, Range<usize>)> + 'n;

/// INVARIANT: maps keep the order of the text, so that the next number of the text is the next number of the value.
fn put(numbers: &mut Numbers<'_>, value: &mut Value) -> Result<(), Fault> {
    match value {
        Value::Number(number) => {
            if let Some((exact, range)) = numbers.next() {
                *number = exact.map_err(|problem| Fault::at(problem, range))?;
            }
            Ok(())
        }
        Value::Array(items) => items.iter_mut().enumerate().try_for_each(|(index, item)| {
            put(numbers, item).map_err(|fault| fault.under(Step::Index(index)))
        }),
        Value::Object(entries) => entries.iter_mut().try_for_each(|(key, value)| {
            put(numbers, value).map_err(|fault| fault.under(Step::Key(key.clone())))
        }),
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
    }
}
