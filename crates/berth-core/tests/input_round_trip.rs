//! Chance against the two readers and the writer: what is written comes back, in either format, and is found again.

use berth_core::emit::{to_yaml, to_yaml_documents};
use berth_core::input::{Format, MAX_INTEGER, locate, locate_key, parse, parse_all};
use proptest::prelude::*;
use serde_json::{Map, Value};

/// Texts that are something else when they are written carelessly.
fn nasty_text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "",
        "~",
        "null",
        "NULL",
        "true",
        "Yes",
        "on",
        "off",
        "n",
        "Y",
        "<<",
        "=",
        "1",
        "-1",
        "+1",
        "0o17",
        "0x1F",
        "0b1",
        "017",
        "1_000",
        "1e3",
        "1.5",
        ".5",
        "1.",
        ".inf",
        "-.INF",
        ".nan",
        "12:30",
        "1:2",
        "2026-01-01",
        "2026-01-01T00:00:00Z",
        "---",
        "...",
        "--- a",
        "... a",
        "- a",
        "-",
        "--a",
        "? a",
        ": a",
        "a:",
        "a: b",
        "a #b",
        "#a",
        "%a",
        "@a",
        "`a",
        "!a",
        "!!str a",
        "&a",
        "*a",
        "|",
        ">-",
        "[a]",
        "{a: b}",
        "'",
        "''",
        "\"",
        "\\",
        "\\n",
        " a",
        "a ",
        "\t",
        "\n",
        "a\nb",
        "a\n\nb\n",
        "a\n\n",
        "\na",
        "a\n b",
        " a\nb",
        "a \nb",
        "a\r\nb",
        "\u{feff}a",
        "a\u{feff}",
        "\u{85}",
        "\u{a0}",
        "\u{2028}",
        "\u{200b}",
        "\u{0}",
        "\u{7f}",
        "\u{9f}",
        "\u{fffe}",
        "\u{10ffff}",
        "🚀",
        "größe",
        "{{workflow.name}}",
        "{\"a\": [1, 'b']}",
        "/",
        "~1",
        "a/b~c",
    ]);
    prop_oneof![
        4 => words.clone().prop_map(str::to_owned),
        2 => prop::collection::vec(words, 2..5).prop_map(|words| words.concat()),
        2 => "[ a-c:#'\"\\\\\\-\\n\\t~0-9.,\\[\\]{}&*!|>%@`?=<]{0,12}",
        1 => any::<String>(),
        1 => "[a-z]{1000,1100}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-MAX_INTEGER..=MAX_INTEGER).prop_map(Value::from),
        (-10_i64..10).prop_map(Value::from),
        nasty_text().prop_map(Value::String),
    ];
    scalar.prop_recursive(5, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::vec((nasty_text(), inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// The pointers to all values inside a value, with what is there.
fn pointers<'v>(value: &'v Value, pointer: &str, found: &mut Vec<(String, &'v Value)>) {
    found.push((pointer.to_owned(), value));
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{pointer}/{index}"), found);
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                let key = key.replace('~', "~0").replace('/', "~1");
                pointers(value, &format!("{pointer}/{key}"), found);
            }
        }
        _ => {}
    }
}

/// Maps with the same entries in another order are equal for `serde_json`; here they are not.
fn assert_same(read: &Value, written: &Value, text: &str) {
    assert_eq!(read, written, "{text}");
    assert_eq!(read.to_string(), written.to_string(), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn yaml_comes_back(value in value()) {
        let text = to_yaml(&value);
        assert_same(&parse(&text, Format::Yaml).expect(&text), &value, &text);
    }

    #[test]
    fn yaml_documents_come_back(values in prop::collection::vec(value(), 0..4)) {
        let text = to_yaml_documents(&values);
        prop_assert_eq!(parse_all(&text, Format::Yaml).expect(&text), values, "{}", text);
    }

    #[test]
    fn json_comes_back(value in value()) {
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            assert_same(&parse(&text, Format::Json).expect(&text), &value, &text);
        }
    }

    /// JSON is YAML, as far as keys are short and nothing is beyond the basic plane of Unicode in an escape.
    #[test]
    fn json_read_as_yaml_is_the_same(value in value()) {
        let text = value.to_string();
        if let Ok(read) = parse(&text, Format::Yaml) {
            assert_same(&read, &value, &text);
        } else {
            prop_assert!(text.len() > 1000 || text.contains(['\u{7f}', '\u{85}', '\u{9f}', '\u{feff}', '\u{fffe}']), "{}", text);
        }
    }

    #[test]
    fn numbers_mean_the_same_in_both_formats(digits in "-?(0|[1-9][0-9]{0,18})(\\.[0-9]{1,8})?([eE][-+]?[0-9]{1,2})?") {
        let [json, yaml] = [Format::Json, Format::Yaml].map(|format| parse(&digits, format).map_err(|error| error.code));
        prop_assert_eq!(json, yaml);
    }

    #[test]
    fn every_value_is_found(value in value()) {
        let mut all = Vec::new();
        pointers(&value, "", &mut all);
        for (format, text) in
            [(Format::Json, serde_json::to_string_pretty(&value).unwrap()), (Format::Yaml, to_yaml(&value))]
        {
            for (pointer, expected) in &all {
                let found = locate(&text, format, 0, pointer).expect(pointer);
                prop_assert!(found.exact);
                let part = &text[found.start..found.end];
                let before = text[..found.start].trim_end();
                let is_literal = before.ends_with('|') || before.ends_with("|-");
                let is_block = format == Format::Yaml && (expected.is_array() || expected.is_object());
                match expected.as_str() {
                    // The lines of a literal block are indented in the text.
                    Some(lines) if format == Format::Yaml && is_literal => {
                        prop_assert!(part.lines().map(str::trim).eq(lines.lines().map(str::trim)), "{} in {}", pointer, text);
                    }
                    _ if is_block => {}
                    _ => prop_assert_eq!(&parse(part, format).unwrap(), *expected, "{} in {}", pointer, text),
                }
                let key = locate_key(&text, format, 0, pointer).expect(pointer);
                if let Some((map, name)) = pointer.rsplit_once('/').filter(|(map, _)| value.pointer(map).unwrap().is_object()) {
                    let name = name.replace("~1", "/").replace("~0", "~");
                    let written = parse(&text[key.start..key.end], format).unwrap();
                    prop_assert_eq!(written, Value::String(name), "{} in {} at {}", pointer, text, map);
                } else {
                    prop_assert_eq!(key, found);
                }
                let missing = locate(&text, format, 0, &format!("{pointer}/no such key")).unwrap();
                prop_assert_eq!((missing.start, missing.end, missing.exact), (found.start, found.end, false));
            }
        }
    }

    /// Whatever is read, nothing panics, an error has a place within the text, and the two entry points agree.
    #[test]
    fn any_text_gets_an_answer(text in prop_oneof![nasty_text(), any::<String>(), "[\\[\\]{}:,\"'a-b1 \\n\\-&*!~#|>?\\\\]{0,40}"]) {
        for format in [Format::Json, Format::Yaml] {
            match parse(&text, format) {
                Ok(value) => prop_assert_eq!(parse_all(&text, format).unwrap(), [value]),
                Err(error) => {
                    if let Some(at) = error.location {
                        prop_assert!(text.get(at.start..at.end).is_some(), "{:?} in {:?}", at, text);
                    }
                    prop_assert!(!error.message.contains('\n'), "{}", error.message);
                }
            }
            let _ = locate(&text, format, 0, "/a/0/b");
        }
    }
}
