//! YAML that Berth writes: whatever the value, reading it back gives the same value, with its keys in the same order.
#![no_main]

use berth_core::emit::to_yaml;
use berth_core::input::{Format, MAX_BYTES, MAX_INTEGER, parse};
use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = value(&mut Unstructured::new(bytes), 0) else { return };
    let text = to_yaml(&value);
    if text.len() > MAX_BYTES {
        return;
    }
    let read = parse(&text, Format::Yaml).unwrap_or_else(|error| panic!("{error}, reading\n{text}"));
    assert_eq!(read.to_string(), value.to_string(), "written as\n{text}");
});

/// A value that Berth can hold: no floats, and not too deep.
fn value(bytes: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    Ok(match bytes.int_in_range(0..=if depth < 20 { 6 } else { 4 })? {
        0 => Value::Null,
        1 => Value::Bool(bytes.arbitrary()?),
        2 => bytes.int_in_range(-MAX_INTEGER..=MAX_INTEGER)?.into(),
        3 | 4 => Value::String(bytes.arbitrary()?),
        5 => Value::Array(
            (0..bytes.int_in_range(0..=4)?).map(|_| value(bytes, depth + 1)).collect::<Result<_>>()?,
        ),
        _ => Value::Object(
            (0..bytes.int_in_range(0..=4)?)
                .map(|_| Ok((bytes.arbitrary()?, value(bytes, depth + 1)?)))
                .collect::<Result<_>>()?,
        ),
    })
}
