//! What a text may say and what it means.

use serde_json::{Value, json};

use super::{Format, InputError, MAX_BYTES, MAX_DEPTH, MAX_NODES, locate, locate_key, parse, parse_all};

fn yaml(text: &str) -> Value {
    parse(text, Format::Yaml).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn json(text: &str) -> Value {
    parse(text, Format::Json).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn code(text: &str, format: Format) -> &'static str {
    parse(text, format).map_or_else(|error| error.code, |value| panic!("{text}: {value}"))
}

#[test]
fn a_plain_scalar_means_what_the_core_schema_says() {
    let cases = [
        ("true", json!(true)),
        ("False", json!(false)),
        ("NULL", json!(null)),
        ("~", json!(null)),
        ("", json!(null)),
        ("on", json!("on")),
        ("no", json!("no")),
        ("Yes", json!("Yes")),
        ("y", json!("y")),
        ("tRUE", json!("tRUE")),
        ("007", json!(7)),
        ("+5", json!(5)),
        ("-5", json!(-5)),
        ("0o17", json!(15)),
        ("0x1F", json!(31)),
        ("-0x1F", json!("-0x1F")),
        ("0b1", json!("0b1")),
        ("1_000", json!("1_000")),
        ("12:30", json!("12:30")),
        ("2026-01-01", json!("2026-01-01")),
        ("1.0", json!(1)),
        ("1.", json!(1)),
        ("1e3", json!(1000)),
        (".5e1", json!(5)),
        ("-0.0", json!(0)),
        ("1e", json!("1e")),
        (".", json!(".")),
        ("inf", json!("inf")),
        ("nan", json!("nan")),
        ("infinity", json!("infinity")),
        ("10Gi", json!("10Gi")),
        ("'1'", json!("1")),
        ("\"true\"", json!("true")),
        ("!!str 1", json!("1")),
        ("! 1", json!("1")),
        ("!!int '3'", json!(3)),
        ("!!float 3", json!(3)),
        ("!!bool \"true\"", json!(true)),
        ("!!null ''", json!(null)),
        ("!!str", json!("")),
    ];
    for (scalar, meaning) in cases {
        assert_eq!(yaml(&format!("value: {scalar}\n")), json!({ "value": meaning }), "{scalar}");
    }
}

#[test]
fn a_number_is_an_integer_in_both_formats() {
    for (text, value) in [
        (
            "[9007199254740991, -9007199254740991]",
            json!([9_007_199_254_740_991_i64, -9_007_199_254_740_991_i64]),
        ),
        (
            "[9007166349168821.00, 90071663491688210e-1, 0.9007166349168821E+16]",
            [9_007_166_349_168_821_i64; 3].into(),
        ),
        ("[1.0, 1e3, -0, -0.0, 9007199254740991.0]", json!([1, 1000, 0, 0, 9_007_199_254_740_991_i64])),
    ] {
        assert_eq!(json(text), value);
        assert_eq!(yaml(text), value);
    }
    for text in [
        "1.5",
        "-0.1",
        "1e-1",
        "1.00000000000000000000000001",
        "9007199254740991.5",
        "1e-99999999999999999999",
    ] {
        assert_eq!(code(text, Format::Json), "not-whole", "{text}");
        assert_eq!(code(text, Format::Yaml), "not-whole", "{text}");
    }
    for text in [
        "9007199254740992",
        "-9007199254740992",
        "18446744073709551616",
        "1e300",
        "1e16",
        "9007199254740992.0",
    ] {
        assert_eq!(code(text, Format::Json), "number-too-large", "{text}");
        assert_eq!(code(text, Format::Yaml), "number-too-large", "{text}");
    }
    assert_eq!(code("1e400", Format::Json), "number-too-large");
    let error = parse(r#"{"a": "1.5", "2.5": [1.0, {"b": 0.50}]}"#, Format::Json).unwrap_err();
    assert_eq!(
        (&*error.message, error.pointer.as_deref()),
        ("`0.50` is not a whole number", Some("/2.5/1/b"))
    );
    assert_eq!(place(&error), (1, 33));
    assert_eq!(code(".inf", Format::Yaml), "not-whole");
    assert_eq!(code("-.INF", Format::Yaml), "not-whole");
    assert_eq!(code(".NaN", Format::Yaml), "not-whole");
}

#[test]
fn a_key_is_text() {
    assert_eq!(yaml("'1': a\n\"true\": b\non: c\n"), json!({"1": "a", "true": "b", "on": "c"}));
    assert_eq!(yaml("? team\n: payments\n"), json!({"team": "payments"}));
    for text in ["1: a", "true: a", "null: a", "~: a", ": a", "1.5: a", "[a]: b", "{a: b}: c", "!!int 1: a"] {
        assert_eq!(code(text, Format::Yaml), "key-not-text", "{text}");
    }
    let error = parse("spec:\n  1: a\n", Format::Yaml).unwrap_err();
    assert_eq!(error.pointer.as_deref(), Some("/spec/1"));
    assert_eq!(place(&error), (2, 3));
}

#[test]
fn a_key_stands_once() {
    let error = parse("team: payments\nspec:\n  size: 1\n  \"size\": 2\n", Format::Yaml).unwrap_err();
    assert_eq!((error.code, error.pointer.as_deref()), ("duplicate-key", Some("/spec/size")));
    assert_eq!(place(&error), (4, 3));
    assert_eq!(error.first.map(|first| (first.line, first.column)), Some((3, 3)));

    let text = r#"{"team": "payments", "spec": [{"size": 1, "s\u0069ze": 2}]}"#;
    let error = parse(text, Format::Json).unwrap_err();
    assert_eq!((error.code, error.pointer.as_deref()), ("duplicate-key", Some("/spec/0/size")));
    let location = error.location.unwrap();
    assert_eq!(&text[location.start..location.end], r#""s\u0069ze""#);
    let first = error.first.unwrap();
    assert_eq!(&text[first.start..first.end], r#""size""#);
}

#[test]
fn aliases_copy_what_they_name() {
    let text = "base: &base\n  cpu: 1\nteams:\n- *base\n- &base {cpu: 2}\n- *base\n&k key: *k\n";
    assert_eq!(
        yaml(text),
        json!({"base": {"cpu": 1}, "teams": [{"cpu": 1}, {"cpu": 2}, {"cpu": 2}], "key": "key"})
    );
    assert_eq!(code("a: &a [*a]", Format::Yaml), "alias");
    assert_eq!(code("a: *b", Format::Yaml), "alias");
    assert_eq!(code("--- &a x\n--- *a\n", Format::Yaml), "alias", "an anchor ends with its document");
    assert_eq!(code("base: &b {cpu: 1}\nmore:\n  <<: *b\n", Format::Yaml), "merge-key");
    assert_eq!(yaml("'<<': text"), json!({"<<": "text"}));
}

#[test]
fn documents_are_counted_without_the_empty_ones() {
    let text =
        "# nothing\n---\n---\nteam: payments\n...\n---\n# nothing either\n---\nteam: search\n---\nnull\n";
    let all = parse_all(text, Format::Yaml).unwrap();
    assert_eq!(all, [json!({"team": "payments"}), json!({"team": "search"}), json!(null)]);
    let at = |document, pointer| locate(text, Format::Yaml, document, pointer).map(|found| found.line);
    assert_eq!([at(0, "/team"), at(1, "/team"), at(2, ""), at(3, "")], [Some(4), Some(9), Some(11), None]);

    let error = parse(text, Format::Yaml).unwrap_err();
    assert_eq!((error.code, place(&error)), ("several-documents", (9, 1)));
    assert_eq!(code("", Format::Yaml), "no-document");
    assert_eq!(code("# nothing\n---\n", Format::Yaml), "no-document");
    assert_eq!(code(" ", Format::Json), "syntax");
    assert_eq!(parse_all("", Format::Yaml).unwrap(), Vec::<Value>::new());
    assert_eq!(parse_all("[1]", Format::Json).unwrap(), [json!([1])]);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    for format in [Format::Json, Format::Yaml] {
        let text = "\u{feff}{\"team\": \"payments\"}";
        assert_eq!(parse(text, format).unwrap(), json!({"team": "payments"}));
        let found = locate(text, format, 0, "/team").unwrap();
        assert_eq!((found.column, &text[found.start..found.end]), (10, "\"payments\""));
    }
}

#[test]
fn the_format_of_a_text() {
    let of = Format::of_file_name;
    assert_eq!(
        [of("a.json"), of("a.NDJSON"), of("a.yaml"), of("json"), of("-")],
        [Format::Json, Format::Json, Format::Yaml, Format::Yaml, Format::Yaml]
    );
    assert_eq!(Format::sniff("\u{feff} \n{"), Format::Json);
    assert_eq!(Format::sniff("[1]"), Format::Json);
    assert_eq!(Format::sniff("team: payments"), Format::Yaml);
}

#[test]
fn a_text_has_limits() {
    let lists = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let block = |depth| "- ".repeat(depth) + "x\n";
    let maps =
        |depth| (0..depth).map(|level| format!("{}a:\n", " ".repeat(level))).collect::<Vec<_>>().concat();
    for format in [Format::Json, Format::Yaml] {
        assert!(parse(&lists(MAX_DEPTH), format).is_ok());
        for depth in [MAX_DEPTH + 1, 10_000, 500_000] {
            let error = parse(&lists(depth), format).unwrap_err();
            assert_eq!((error.code, place(&error)), ("too-deep", (1, MAX_DEPTH + 1)), "{format:?} {depth}");
            assert_eq!(code(&"[".repeat(depth), format), "too-deep");
            assert!(locate(&lists(depth), format, 0, &"/0".repeat(depth)).is_none_or(|found| !found.exact));
        }
        let many = |count: usize| format!("[{}1]", "1,".repeat(count - 2));
        assert!(parse(&many(MAX_NODES), format).is_ok());
        assert_eq!(code(&many(MAX_NODES + 1), format), "too-many-values");
        assert_eq!(code(&" ".repeat(MAX_BYTES + 1), format), "too-long");
        assert_eq!(parse_all(&" ".repeat(MAX_BYTES + 1), format).unwrap_err().code, "too-long");
    }
    assert!(parse(&block(MAX_DEPTH), Format::Yaml).is_ok());
    assert_eq!(code(&block(10_000), Format::Yaml), "too-deep");
    assert!(parse(&maps(MAX_DEPTH), Format::Yaml).is_ok());
    assert_eq!(code(&maps(MAX_DEPTH + 1), Format::Yaml), "too-deep");
    assert_eq!(code(&maps(1_400), Format::Yaml), "too-deep");
}

#[test]
fn aliases_have_limits() {
    let laughs = (1..10)
        .map(|level| {
            format!("lol{level}: &lol{level} [{}]\n", vec![format!("*lol{}", level - 1); 9].join(", "))
        })
        .collect::<Vec<_>>()
        .concat();
    assert_eq!(code(&format!("lol0: &lol0 lol\n{laughs}"), Format::Yaml), "too-many-values");

    let long = format!("a: &a {}\nb: [{}*a]\n", "x".repeat(100_000), "*a, ".repeat(99));
    assert_eq!(code(&long, Format::Yaml), "too-much-copied");

    let deep = (1..=MAX_DEPTH + 1)
        .map(|level| format!("- &a{level} [*a{}]\n", level - 1))
        .collect::<Vec<_>>()
        .concat();
    assert_eq!(code(&format!("- &a0 x\n{deep}"), Format::Yaml), "too-deep");
}

#[test]
fn surrogates_come_in_pairs() {
    assert_eq!(json(r#""\ud83d\ude80""#), json!("🚀"));
    assert_eq!(yaml(r#""\ud83d\ude80""#), json!("🚀"));
    for text in [r#""\ud83d""#, r#""\ude80""#, r#""\ud83dx""#, r#""\ud83d\u0041""#] {
        for format in [Format::Json, Format::Yaml] {
            let error = parse(text, format).unwrap_err();
            assert!(error.message.contains("surrogate"), "{text} {format:?}: {error}");
            assert!(error.hint.is_some_and(|hint| hint.contains("both halves")), "{text} {format:?}");
        }
    }
}

#[test]
fn other_tags_are_refused() {
    for text in
        ["!secret x", "a: !<tag:example.com,2026:x> 1", "!!timestamp 2026-01-01", "!set {a: b}", "!!omap []"]
    {
        assert_eq!(code(text, Format::Yaml), "tag", "{text}");
    }
    for text in ["!!int x", "!!bool on", "!!null 0", "!!str [a]", "!!map [a]", "!!seq {a: b}", "!!seq x"] {
        assert_eq!(code(text, Format::Yaml), "tag", "{text}");
    }
    assert_eq!(yaml("a: !!seq [!!map {b: !!str 1}]"), json!({"a": [{"b": "1"}]}));
    assert_eq!(code("%YAML 1.1\n---\non: off\n", Format::Yaml), "yaml-version");
    assert_eq!(yaml("%YAML 1.2\n---\non: off\n"), json!({"on": "off"}));
}

fn place(error: &InputError) -> (usize, usize) {
    error.location.map(|location| (location.line, location.column)).unwrap_or_default()
}

#[test]
fn keys_and_values_are_found() {
    let text = "metadata:\n  name: payments   # who\n  labels: {}\nspec:\n- cpu: \"1\"\n  note: |\n    two\n    lines\n\n- größe: {a/b: [x, y~z]}\nempty:\n";
    let value = |pointer| {
        let found = locate(text, Format::Yaml, 0, pointer).unwrap();
        (&text[found.start..found.end], found.exact)
    };
    let key = |pointer| {
        let found = locate_key(text, Format::Yaml, 0, pointer).unwrap();
        (found.line, found.column, &text[found.start..found.end])
    };
    assert_eq!(value("/metadata/name"), ("payments", true));
    assert_eq!(value("/metadata/labels"), ("{}", true));
    assert_eq!(value("/metadata"), ("name: payments   # who\n  labels: {}", true));
    assert_eq!(value("/spec/0"), ("cpu: \"1\"\n  note: |\n    two\n    lines", true));
    assert_eq!(value("/spec/0/cpu"), ("\"1\"", true));
    assert_eq!(value("/spec/1/größe/a~1b/1"), ("y~z", true));
    assert_eq!(value("/spec/1/größe/a~1b/2"), ("[x, y~z]", false));
    assert_eq!(value("/metadata/team/lead"), ("name: payments   # who\n  labels: {}", false));
    assert_eq!(value("/metadata/name/first"), ("payments", false));
    assert_eq!(value("/empty"), ("", true));
    assert_eq!(key("/metadata/name"), (2, 3, "name"));
    assert_eq!(key("/metadata/labels/team"), (3, 3, "labels"));
    assert_eq!(key("/spec/1/größe/a~1b"), (10, 11, "a/b"));
    assert_eq!(key("/spec/1/größe/a~1b/0"), (10, 17, "x"));
    assert_eq!(locate(text, Format::Yaml, 0, "no pointer"), None);
}

#[test]
fn json_is_found_behind_escapes() {
    let text =
        "{\n  \"näme\": \"🚀\\\"\", \"\\ud83d\\ude80\": [1, {\"a\\\\\": -2.5e1}], \"n\\u00e4\": null }";
    let value = |pointer| {
        let found = locate(text, Format::Json, 0, pointer).unwrap();
        (found.line, found.column, &text[found.start..found.end], found.exact)
    };
    assert_eq!(value("/näme"), (2, 11, "\"🚀\\\"\"", true));
    assert_eq!(value("/🚀"), (2, 34, "[1, {\"a\\\\\": -2.5e1}]", true));
    assert_eq!(value("/🚀/1/a\\"), (2, 46, "-2.5e1", true));
    assert_eq!(value("/nä"), (2, 67, "null", true));
    assert_eq!(value("/🚀/01"), (2, 34, "[1, {\"a\\\\\": -2.5e1}]", false));
    assert_eq!(locate(text, Format::Json, 1, ""), None);
    assert_eq!(locate("", Format::Json, 0, ""), None);
}

#[test]
fn what_an_alias_stands_for_is_found_at_its_anchor() {
    let text = "small: &small {cpu: 1}\nteams: {payments: *small}\nloop: &loop [*loop]\n";
    let value = |pointer| {
        let found = locate(text, Format::Yaml, 0, pointer).unwrap();
        (found.line, &text[found.start..found.end])
    };
    assert_eq!(value("/teams/payments"), (2, "*small"));
    assert_eq!(value("/teams/payments/cpu"), (1, "1"));
    assert_eq!(value("/loop/0/0/0"), (3, "*loop"));
}

#[test]
fn broken_text_is_found_up_to_the_break() {
    let text = r#"{"team": "payments", "spec": {"cpu": 1,, }"#;
    let found = locate(text, Format::Json, 0, "/spec/cpu").unwrap();
    assert_eq!(&text[found.start..found.end], "1");
    let yaml = "team: payments\nspec: {cpu: 1\n";
    let found = locate(yaml, Format::Yaml, 0, "/team").unwrap();
    assert_eq!(&yaml[found.start..found.end], "payments");
}
