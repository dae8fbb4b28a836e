//! JSON text: whatever it holds, reading gives a value, or an error with a place in the text; and YAML, where it reads
//! the same text, agrees.
#![no_main]

use berth_core::input::{Format, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let value = match parse(text, Format::Json) {
        Ok(value) => value,
        Err(error) => {
            let at = error.location.expect("every error in a short text has a place");
            assert!(text.get(at.start..at.end).is_some(), "{at:?} is no place in the text");
            return;
        }
    };
    let written = value.to_string();
    assert_eq!(parse(&written, Format::Json).as_ref(), Ok(&value), "written and read again");
    // YAML refuses some JSON (a key beyond 1,024 characters); what it reads must be the same.
    if let Ok(from_yaml) = parse(text, Format::Yaml) {
        assert_eq!(from_yaml, value, "JSON and YAML read one text in two ways");
    }
});
