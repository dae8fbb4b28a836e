//! Patterns: the first line is one, the rest is a text. What Berth takes as a pattern, regex-lite takes too, and both
//! find the same texts matching.
#![no_main]

use berth_core::pattern::Pattern;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let (source, text) = input.split_once('\n').unwrap_or((input, ""));
    let Ok(pattern) = Pattern::parse(source) else { return };
    // regex-lite has a size limit of its own.
    let Ok(second) = regex_lite::Regex::new(source) else { return };
    assert_eq!(pattern.matches(text), second.is_match(text), "{source:?} on {text:?}");
});
