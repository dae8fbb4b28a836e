//! YAML text: whatever it holds, reading gives values, or an error with a place in the text; every value can be written
//! as JSON and be found in the text again.
#![no_main]

use berth_core::input::{Format, locate, locate_key, parse, parse_all};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let documents = match parse_all(text, Format::Yaml) {
        Ok(documents) => documents,
        Err(error) => {
            let at = error.location.expect("every error in a short text has a place");
            assert!(text.get(at.start..at.end).is_some(), "{at:?} is no place in the text");
            return;
        }
    };
    for (index, value) in documents.iter().enumerate() {
        let written = value.to_string();
        assert_eq!(parse(&written, Format::Json).as_ref(), Ok(value), "written as JSON and read again");
        assert!(locate(text, Format::Yaml, index, "").is_some(), "document {index} has a place");
        for key in value.as_object().into_iter().flat_map(|object| object.keys()) {
            let pointer = format!("/{}", key.replace('~', "~0").replace('/', "~1"));
            assert!(
                locate(text, Format::Yaml, index, &pointer).is_some(),
                "the value of `{key}` has a place"
            );
            assert!(locate_key(text, Format::Yaml, index, &pointer).is_some(), "`{key}` has a place");
        }
    }
});
